"""The rules of care told once more, plainly: one SimPy process for every contact.

The engine moves the people of a day through compiled kernels; here each need runs its own course - it
waits, is met, is referred, lies in a bed, returns - and knows nothing of rings, heaps and packed words.
Both read the same needs and the same keyed draws, so their events must be equal one by one
(`tests/verification`), and the time that this one takes is what the engine is measured against
(`benchmarks/engine.py`). The engine never imports it.

What the engine settles once a day rather than second by second - who dies or moves, the list of home
visits, the appointments, where needs are sent - happens here in the last second before that day.
Capacities stay what they are on the first day.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from typing import Any

import simpy

from simulator.appointments import BOOKING, HORIZON, PLANNED, PRIORITY, SAME_DAY, WAY, WITHIN_3_DAYS
from simulator.causes import AGED_65, FALL, URGENT
from simulator.demand import EMERGENCY, HEIGHT_BITS, HEIGHT_ONE, NURSE, SECOND_SHIFT, SPECIALIST, STREAM_BITS
from simulator.demography import DIES, GRANTED, LEAVES
from simulator.municipal import STARTS, WEEK
from simulator.randomness import Purpose
from simulator.record import DIVERTED, REQUESTED, SERVED
from simulator.reference_hospital import Hospitals, Process, plain_case
from simulator.reference_state import (
    Chair,
    Desk,
    Person,
    Town,
    Turn,
    chairs_of,
    desk_of,
    person_of,
    town_of,
    whole_visits,
)
from simulator.state import (
    DIGITAL,
    HOME_NURSING,
    NO_CHAIR,
    PLANNED_ADMISSION,
    PRESENT,
    REFERRAL,
    RING_DAYS,
    SLOT_BITS,
    SLOT_MASK,
    SPECIAL_HOUSING,
    SPECIALTIES,
)
from simulator.world import (
    CLOSES,
    DAY,
    DESK_CONTACT,
    DIED,
    GP_VISIT,
    HOUSING_GRANTED,
    LINE_DIGITAL,
    LINE_HOME,
    LINE_NURSE,
    LINE_REFERRAL,
    LINE_RETURN,
    MOBILE_VISIT,
    MOVED_AWAY,
    MOVED_IN,
    OPENS,
    SENT_TO_ED,
    UNIT_GP,
    World,
)

FOLLOWED_UP = {
    DIGITAL: ("digital_to_visit_share", WITHIN_3_DAYS),
    REFERRAL: ("return_to_gp_share", PLANNED),
}
PEOPLE_AT, HOME_AT, BOOKED_AT, NEEDS_AT = -0.5, -0.375, -0.25, -0.125
"""When a day is settled, in seconds before it begins; sums of powers of two, so the clock stays exact."""


class Reference(Hospitals):
    """Care from one midnight on.

    `log` collects (second, kind, person, unit, second of request) as the engine's log does; `ledger`
    int64[U, 4] counts requests, served, withdrawn and diverted by unit of account.
    """

    def __init__(self, world: World, day: int, new_year: int = 0) -> None:
        """Take over people, queues and patients as they are when `day` begins; `new_year` is its 1 January.

        The world's needs and fixed tables are read while running, everything else is copied.
        """
        super().__init__(world, day)
        self.until, self.new_year = day, new_year
        self.away: frozenset[int] = frozenset()  # in hospital since before today
        self.people = [person_of(world, slot) for slot in range(world.person.size)]
        self.chairs = [chairs_of(world, h) for h in range(world.centre.size)]
        self.desks = [desk_of(world, p) for p in range(world.pool.size)]
        self.towns = [town_of(world, m, self.people, day) for m in range(world.municipality.size)]
        self.listed = world.home_list.copy(), world.home_start.copy()
        self.coming = deque([int(x) for x in row] for row in world.coming[world.coming_next[0] :])
        self._take_over()
        self.clock.process(self._days())
        for desk in self.desks:
            called_by_ward = desk.kind == PLANNED_ADMISSION
            self.clock.process(self.call_days(desk) if called_by_ward else self._desk_days(desk))

    def run(self, days: int) -> None:
        """Live through some days."""
        self.until += days
        self.clock.run(until=self.until * DAY + PEOPLE_AT)

    # --- the day is settled ------------------------------------------------------------------------

    def _days(self) -> Process:
        """Who is there; whom home nursing visits; the appointments; then every need that arises."""
        day = self.day
        while True:
            yield self.at(day * DAY + PEOPLE_AT)
            while self.coming and self.coming[0][0] <= day:
                self._live(day * DAY, *self.coming.popleft()[1:])
            for m in range(len(self.towns)):
                self._move_in(m, day * DAY)
            self.away = frozenset(self.inpatients)
            yield self.at(day * DAY + HOME_AT)
            for m in range(self.listed[1].shape[1] - 1):
                self._list_home_visits(m, day)
            yield self.at(day * DAY + BOOKED_AT)
            for chair in (chair for centre in self.chairs for chair in centre):
                self._call_booked(chair, day)
            yield self.at(day * DAY + NEEDS_AT)
            for turn in range(len(self.chairs)):
                self._let_needs_arise((day + turn) % len(self.chairs), day)
            day += 1

    def _live(self, tick: int, event: int, slot: int, mother: int) -> None:
        """One death, departure, arrival or birth."""
        person = self.people[slot]
        town = self.towns[person.municipality]
        if event == GRANTED:
            self._grant_housing(town, person, tick)
        elif event in {DIES, LEAVES}:
            if person.present:
                self.note(tick, DIED if event == DIES else MOVED_AWAY, person, person.municipality, tick)
            town.residents -= person.present and person.housed
            person.mark(PRESENT, False)
            if person.stay is not None:
                person.stay.interrupt()
        elif mother < 0 or self.people[mother].present:
            person.mark(PRESENT, True)
            town.residents += person.housed

    def _grant_housing(self, town: Town, person: Person, tick: int) -> None:
        if not person.present or person.housed or person.granted or len(town.queue) >= town.queue_room:
            return
        person.granted = True
        person.mark(HOME_NURSING, True)
        town.queue.append(person)
        self.note(tick, HOUSING_GRANTED, person, person.municipality, tick)

    def _move_in(self, m: int, tick: int) -> None:
        """Let those who have waited longest for special housing move in."""
        town = self.towns[m]
        while town.queue and town.residents < town.housing_places:
            person = town.queue.popleft()
            if person.present:
                person.granted = False
                person.mark(HOME_NURSING, False)
                person.mark(SPECIAL_HOUSING, True)
                town.residents += 1
                self.note(tick, MOVED_IN, person, m, tick)

    def _list_home_visits(self, m: int, day: int) -> None:
        """Ask for the visits of the weekday, beginning with another patient each day."""
        self.towns[m].mobile_left = whole_visits(self.towns[m].mobile, day)
        patients, starts = self.listed
        first, last = starts[day % WEEK, m : m + 2]
        planned = [self.people[slot] for slot in patients[first:last]]
        begin = day % max(len(planned), 1)
        for person in planned[begin:] + planned[:begin]:
            if person.reachable and person.home_nursing:
                desk = self.desks[self.lines[LINE_HOME] + m]
                self.clock.process(self._at_desk(desk, person, day * DAY + STARTS))

    def _call_booked(self, chair: Chair, day: int) -> None:
        """Call the chair's patients of the day one after the other; then its same-day visits are open."""
        turns = chair.diary.pop(day, [])
        for i, turn in enumerate(turns):
            turn.called.succeed(day * DAY + OPENS + i * ((CLOSES - OPENS) // len(turns)))
        works = self.world.opening[day] and chair.gp
        chair.acute_left = whole_visits(chair.acute, day) if works else 0

    def _let_needs_arise(self, h: int, day: int) -> None:
        starts, date = self.world.point_start[h], day - self.new_year
        for word in self.world.point[starts[date] : starts[date + 1]]:
            self.clock.process(self._need(h, day, int(word)))

    # --- a need, and where it goes -----------------------------------------------------------------

    def _need(self, h: int, day: int, word: int) -> Process:
        """One need: does it stand, and who is to meet it?"""
        person = self.people[(word >> (STREAM_BITS + HEIGHT_BITS)) & SLOT_MASK]
        stream = (word >> HEIGHT_BITS) & ((1 << STREAM_BITS) - 1)
        tick = day * DAY + (word >> SECOND_SHIFT)
        height = word & (HEIGHT_ONE - 1)
        if not person.reachable or height >= self.world.accept[stream, person.dose, int(person.saw_own)]:
            return
        if stream <= NURSE:
            yield from self._primary_need(h, person, tick, stream)
        elif stream == EMERGENCY:
            yield from self._emergency_need(person, tick, plain_case(tick))
        elif stream == SPECIALIST:
            yield from self._specialist_need(h, person, tick)
        else:
            line = self.desks[self.line[self._hospital_for(person, tick)]]
            yield from self._planned_admission(line, person, tick)

    def _emergency_need(self, person: Person, tick: int, case: int) -> Process:
        """Spared by fall prevention, met at home by a mobile team, or to the emergency department."""
        tried = person.risk >= AGED_65 and self.part(person, tick, BOOKING) < self.rules["falls_spared"]
        if tried and self.cause(person, case) == FALL:
            return
        town = self.towns[person.municipality]
        at_home = person.home_nursing or person.housed
        if at_home and town.mobile_left > 0 and self.acuity(person, case) != URGENT:
            town.mobile_left -= 1
            self.note(tick, MOBILE_VISIT, person, person.municipality, tick)
            return
        yield from self.emergency(person, self._hospital_for(person, tick), tick, case)

    def _hospital_for(self, person: Person, occurrence: int) -> int:
        """The catchment's hospital, or the county hospital for what the county concentrates."""
        passed_on = self.draw(Purpose.COUNTY_HOSPITAL, person, occurrence) < self.passes_on[person.hospital]
        return 0 if passed_on else person.hospital

    def _clinic_for(self, person: Person, occurrence: int) -> int:
        """Line of the specialty that a person is referred to."""
        u, share = self.draw(Purpose.SPECIALTY, person, occurrence), self.world.clinic[person.risk // 6]
        specialty = int(u >= share[0]) + int(u >= share[1])
        return self.lines[LINE_REFERRAL] + SPECIALTIES * self._hospital_for(person, occurrence) + specialty

    def _primary_need(self, h: int, person: Person, tick: int, stream: int) -> Process:
        u = self.part(person, tick, WAY)
        digital = float(self.world.centre[h]["digital"])
        if person.risk >= 4 * 6:
            digital *= self.rules["digital_old_age_factor"]
        if u >= 1.0 - self.rules["self_care_share"]:
            return
        if u < digital:
            yield from self._at_desk(self.desks[self.lines[LINE_DIGITAL] + h], person, tick)
        elif stream == NURSE:
            yield from self._at_desk(self.desks[self.lines[LINE_NURSE] + h], person, tick)
        else:
            yield from self._see_gp(h, person, tick, self._priority(person, tick), tick)

    def _priority(self, person: Person, tick: int) -> int:
        u, same_day = self.part(person, tick, PRIORITY), self.rules["same_day_share"]
        if u < same_day:
            return SAME_DAY
        return WITHIN_3_DAYS if u < same_day + self.rules["within_3_days_share"] else PLANNED

    def _specialist_need(self, h: int, person: Person, tick: int) -> Process:
        u, moved = self.part(person, tick, WAY), self.rules["specialist_to_primary"]
        if u >= moved:
            clinic = self.lines[LINE_RETURN] + self._hospital_for(person, tick)
            yield from self._at_desk(self.desks[clinic], person, tick)
        elif u < moved * self.rules["shift_to_gp_share"]:
            yield from self._see_gp(h, person, tick, PLANNED, tick)
        else:
            yield from self._at_desk(self.desks[self.lines[LINE_NURSE] + h], person, tick)

    # --- desks -------------------------------------------------------------------------------------

    def _join(self, desk: Desk, person: Person, tick: int) -> Turn | None:
        """Stand last in a line; None when it has no room left."""
        self.ledger[desk.number, REQUESTED] += 1
        if len(desk.line) >= desk.room:
            self.give_up(tick, person, desk.number, tick)
            return None
        turn = self.turn(person, tick)
        desk.line.append(turn)
        return turn

    def _at_desk(self, desk: Desk, person: Person, tick: int) -> Process:
        turn = self._join(desk, person, tick)
        if turn is not None:
            yield from self._wait_at_desk(desk, turn)

    def _wait_at_desk(self, desk: Desk, turn: Turn) -> Process:
        """Be called, or give up; some digital contacts and first visits to a clinic lead to the health centre."""
        start = yield turn.called
        if start is None or desk.kind not in FOLLOWED_UP:
            return
        u, (share, priority) = self.draw(Purpose.OUTCOME, turn.person, turn.requested), FOLLOWED_UP[desk.kind]
        if u < self.rules[share]:
            if desk.kind == REFERRAL:  # written to the health centre at the end of the day
                start = yield from self._end_of_day(desk, start)
            yield from self._see_gp(turn.person.centre, turn.person, start, priority, start)

    def _end_of_day(self, desk: Desk, start: int) -> Generator[simpy.Event, Any, int]:
        """Wait for closing time; what waits for it happens desk by desk, in the order of the day's contacts."""
        closing = start - start % DAY + desk.closes
        yield self.at(closing, ((desk.number + 1) << 64) + start)
        return closing

    def _desk_days(self, desk: Desk) -> Process:
        """See whoever's turn comes before closing; those who waited too long or are gone give up."""
        day = self.day
        while True:
            yield self.at(day * DAY + desk.opens)
            if self.world.opening[day] or desk.every_day:
                yield from self._desk_day(desk, day * DAY + desk.opens, day * DAY + desk.closes)
            day += 1

    def _desk_day(self, desk: Desk, opening: int, closing: int) -> Process:
        """One day; what the last contact runs over is taken off the next."""
        free_at = opening + desk.over
        if desk.service >= 0:
            desk.over = max(free_at - closing, 0)
        while desk.line:
            turn = desk.line[0]
            gone = not turn.person.present or turn.person.slot in self.away
            if gone or closing - turn.requested > desk.patience:
                desk.line.popleft()
                self.give_up(closing, turn.person, desk.number, turn.requested)
                turn.called.succeed(None)
                continue
            start = max(turn.requested, free_at)
            if desk.service < 0 or start >= closing:
                return
            desk.line.popleft()
            free_at = start + desk.service
            desk.over = max(free_at - closing, 0)
            yield self.at(start)
            self.ledger[desk.number, SERVED] += 1
            self.note(start, DESK_CONTACT, turn.person, desk.number, turn.requested)
            turn.called.succeed(start)

    def _planned_admission(self, line: Desk, person: Person, tick: int) -> Process:
        turn = self._join(line, person, tick)
        if turn is not None:
            yield from self.wait_for_call(line, turn)

    # --- GPs ---------------------------------------------------------------------------------------

    def _see_gp(self, h: int, person: Person, tick: int, priority: int, since: int) -> Process:
        """Find a GP: today, within 3 days or planned; long waits divert, endless ones are given up.

        The wait counts from `since`.
        """
        self.ledger[self.lines[UNIT_GP] + h, REQUESTED] += 1
        asks = self.part(person, tick, BOOKING) < self.world.centre[h]["own_first"]
        own = self._own_chair(h, person) if asks or person.housed else NO_CHAIR
        if priority == SAME_DAY:
            opens, closes = tick - tick % DAY + OPENS, tick - tick % DAY + CLOSES
            too_late = not self.world.opening[tick // DAY] or tick >= closes
            chair = None if too_late else self._same_day_chair(h, own, person.housed)
            if chair is not None:
                chair.acute_left -= 1
                yield from self._visit(h, chair, person, since, max(tick, opens))
                return
            goes = self.rules["divert_closed_share" if too_late else "divert_same_day_share"]
            if self.draw(Purpose.DIVERSION, person, tick) < goes:
                yield from self._divert(h, person, tick)
                return
            priority = WITHIN_3_DAYS
        yield from self._book(h, person, tick, priority, own, since)

    def _book(self, h: int, person: Person, tick: int, priority: int, own: int, since: int) -> Process:
        day, unit = tick // DAY, self.lines[UNIT_GP] + h
        target = 3 if priority == WITHIN_3_DAYS else int(self.rules["planned_target_days"])
        if person.housed:
            target = max(target, int(self.rules["housing_patience_days"]))
        chair, when = self._offer(h, own, day, target)
        impatient = priority == WITHIN_3_DAYS and when - day > self.rules["divert_wait_days"]
        if impatient and self.draw(Purpose.DIVERSION, person, tick) < self.rules["divert_wait_share"]:
            yield from self._divert(h, person, tick)
        elif chair is None:
            self.give_up(tick, person, unit, since)
        else:
            turn = self.turn(person, since, priority)
            chair.diary.setdefault(when, []).append(turn)
            yield from self._keep_appointment(h, chair, turn)

    def _keep_appointment(self, h: int, chair: Chair, turn: Turn) -> Process:
        """Wait for the day; whoever is away then withdraws, and if the chair was left one books anew."""
        tick = yield turn.called
        if not turn.person.reachable:
            self.give_up(tick, turn.person, self.lines[UNIT_GP] + h, turn.requested)
        elif not chair.gp:
            self.ledger[self.lines[UNIT_GP] + h, REQUESTED] -= 1
            yield from self._see_gp(h, turn.person, tick, turn.priority, turn.requested)
        else:
            yield from self._visit(h, chair, turn.person, turn.requested, tick)

    def _own_chair(self, h: int, person: Person) -> int:
        """Chair of the named GP, or else of the GP who is remembered and still there."""
        if person.chair != NO_CHAIR:
            return person.chair
        known = [chair.number for chair in self.chairs[h] if chair.gp and chair.gp == person.gp]
        return known[0] if known else NO_CHAIR

    def _same_day_chair(self, h: int, own: int, housed: bool) -> Chair | None:
        """The own GP's chair if it has a same-day visit left, else the one with most left.

        Special housing waits for its own GP as long as there is one.
        """
        if housed and any(chair.gp and chair.number == own and not chair.acute_left for chair in self.chairs[h]):
            return None
        chairs = [chair for chair in self.chairs[h] if chair.acute_left > 0]
        mine = [chair for chair in chairs if chair.number == own]
        return mine[0] if mine else max(chairs, key=lambda chair: chair.acute_left, default=None)

    def _first_free(self, chair: Chair, day: int) -> int:
        """First day after `day` with room in the chair's diary; beyond the horizon if there is none."""
        for later in range(day + 1, day + HORIZON + 1):
            visits = whole_visits(chair.planned, later) if self.world.opening[later] else 0
            if len(chair.diary.get(later, ())) < visits:
                return later
        return day + HORIZON + 1

    def _offer(self, h: int, own: int, day: int, target: int) -> tuple[Chair | None, int]:
        """The own GP if soon enough, otherwise whoever is first: chair and day."""
        never = day + HORIZON + 1
        free = {chair.number: self._first_free(chair, day) for chair in self.chairs[h] if chair.gp}
        soonest = min(free.values(), default=never)
        mine = free.get(own, never)
        patience = int(self.world.centre[h]["patience"])
        if mine < never and mine <= max(day + target, soonest + patience):
            return self.chairs[h][own], mine
        first = [number for number, when in free.items() if when == soonest < never]
        return (self.chairs[h][first[0]] if first else None), soonest

    def _visit(self, h: int, chair: Chair, person: Person, requested: int, tick: int) -> Process:
        """One visit: resolved, referred, or sent to the emergency department."""
        self.ledger[self.lines[UNIT_GP] + h, SERVED] += 1
        self.note(tick, GP_VISIT, person, h * 64 + chair.number, requested)
        person.remember(chair, tick // DAY, self.rules["memory_days"], self.rules["full_share"])
        u = self.draw(Purpose.OUTCOME, person, requested)
        if u < self.rules["referral_share"]:
            clinic = self._clinic_for(person, requested)
            yield from self._at_desk(self.desks[clinic], person, tick)
        elif u >= 1.0 - self.rules["sent_to_ed_share"]:
            hospital = self._hospital_for(person, requested)
            yield from self.emergency(person, hospital, _later_today(tick, 3600), plain_case(requested))

    def _divert(self, h: int, person: Person, tick: int) -> Process:
        self.ledger[self.lines[UNIT_GP] + h, DIVERTED] += 1
        self.note(tick, SENT_TO_ED, person, h, tick)
        yield from self.emergency(person, self._hospital_for(person, tick), _later_today(tick, 7200), plain_case(tick))

    # --- what is under way on the first day --------------------------------------------------------

    def _take_over(self) -> None:
        """Continue every visit booked, turn in line, emergency and stay that the world holds."""
        for h, centre in enumerate(self.chairs):
            for chair in centre:
                self._take_over_diary(h, chair)
        for desk in self.desks:
            self._take_over_line(desk)
        for k in range(len(self.line)):
            self.take_over_hospital(k)

    def _take_over_diary(self, h: int, chair: Chair) -> None:
        for when in range(self.day, self.day + RING_DAYS):
            place = (h, chair.number, when % RING_DAYS)
            for word in self.world.book[place][: self.world.booked[place]]:
                person = self.people[(int(word) >> 1) & SLOT_MASK]
                turn = self.turn(person, int(word) >> (1 + SLOT_BITS), PLANNED if word & 1 else WITHIN_3_DAYS)
                chair.diary.setdefault(when, []).append(turn)
                self.clock.process(self._keep_appointment(h, chair, turn))

    def _take_over_line(self, desk: Desk) -> None:
        ring = self.world.pool[desk.number]
        wait = self.wait_for_call if desk.kind == PLANNED_ADMISSION else self._wait_at_desk
        for i in range(ring["head"], ring["tail"]):
            tick, person = self.unpacked(self.world.waiting[ring["offset"] + (i & ring["mask"])])
            turn = self.turn(person, tick)
            desk.line.append(turn)
            self.clock.process(wait(desk, turn))


def _later_today(tick: int, seconds: int) -> int:
    return min(tick + seconds, tick - tick % DAY + DAY - 1)
