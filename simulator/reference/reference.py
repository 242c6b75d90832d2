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

from simulator.care.appointments import BOOKING, FOLLOW_UP, PLANNED, PRIORITY, SAME_DAY, WAY, WITHIN_3_DAYS
from simulator.care.causes import AGED_65, FALL, STANDARD, URGENT
from simulator.care.municipal import VISITS_BEGIN
from simulator.care.offer import ADVICE, ADVISED, EXERCISE, MOVED
from simulator.care.routing import AGED_70
from simulator.core.dates import CLOSES, DAY, OPENS, WEEKDAYS
from simulator.core.log import DIED, HOUSING_GRANTED, LAST_ILLNESS, MOBILE_VISIT, MOVED_AWAY, MOVED_IN, PARTNER_DIED
from simulator.core.randomness import Purpose
from simulator.core.state import HOME_NURSING, PLANNED_ADMISSION, PRESENT, SPECIAL_HOUSING
from simulator.core.units import LINE_DIGITAL, LINE_HOME, LINE_NURSE, LINE_RETURN
from simulator.core.words import SLOT_MASK
from simulator.core.world import World
from simulator.people.demand import HEIGHT_BITS, HEIGHT_ONE, SECOND_SHIFT, STREAM_BITS
from simulator.people.demography import ASKS_FOR_PALLIATIVE, DIES, FALLS_ILL_LAST, GRANTED, LEAVES
from simulator.reference.first_line import FirstLines
from simulator.reference.ground import Process, plain_case
from simulator.reference.state import (
    Chair,
    Person,
    Town,
    chairs_of,
    desk_of,
    person_of,
    town_of,
    whole_visits,
)
from simulator.region.axes import EMERGENCY, NURSE, SPECIALIST

PEOPLE_COME_AT, HOME_AT, BOOKED_AT, BACK_AT, NEEDS_AT = -0.5, -0.375, -0.25, -0.1875, -0.125
"""When a day is settled, in seconds before it begins; sums of powers of two, so the clock stays exact."""


class Reference(FirstLines):
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
        self.towns = [
            town_of(world, m, self.people, self.held(words, world.municipality[m]["short_taken"]))
            for m, words in enumerate(world.short_place)
        ]
        self.home_held = [self.held(words, world.hospital[k]["home_taken"]) for k, words in enumerate(world.home_place)]
        self.listed = world.home_list.copy(), world.home_start.copy()
        self.coming = deque([int(x) for x in row] for row in world.coming[world.coming_next[0] :])
        self.back = {}
        self._take_over()
        self.take_over_unmet()
        self.take_over_palliative()
        self.take_over_first_lines()
        self.clock.process(self._days())
        for desk in self.desks:
            called_by_ward = desk.kind == PLANNED_ADMISSION
            self.clock.process(self.call_days(desk) if called_by_ward else self._desk_days(desk))

    def run(self, days: int) -> None:
        """Live through some days."""
        self.until += days
        self.clock.run(until=self.until * DAY + PEOPLE_COME_AT)

    # --- the day is settled ------------------------------------------------------------------------

    def _days(self) -> Process:
        """Who is there; whom home nursing visits; the appointments; then every need that arises."""
        day = self.day
        while True:
            yield self.at(day * DAY + PEOPLE_COME_AT)
            while self.coming and self.coming[0][0] <= day:
                self._live(day * DAY, *self.coming.popleft()[1:])
            for slot in self.doomed.pop(day, []):
                self._live(day * DAY, DIES, slot, -1)
            for m in range(len(self.towns)):
                self._move_in(m, day * DAY)
            self.away = frozenset(self.inpatients)
            self.free_places(day)
            yield self.at(day * DAY + HOME_AT)
            for m in range(self.listed[1].shape[1] - 1):
                self._list_home_visits(m, day)
            yield self.at(day * DAY + BOOKED_AT)
            for chair in (chair for centre in self.chairs for chair in centre):
                self._call_booked(chair, day)
            yield self.at(day * DAY + BACK_AT)
            for h in range(len(self.chairs)):
                for tick, person in sorted(self.back.pop((h, day), []), key=lambda due: (due[0], due[1].slot)):
                    if person.reachable and person.centre == h:
                        self.clock.process(self._see_gp(h, person, tick, WITHIN_3_DAYS, tick))
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
        elif event == FALLS_ILL_LAST:
            self._fall_ill_last(person, tick)
        elif event == ASKS_FOR_PALLIATIVE:
            self.ask_for_palliative_care(person, tick)
        elif event in {DIES, LEAVES}:
            if person.present:
                self.note(tick, DIED if event == DIES else MOVED_AWAY, person, person.municipality, tick)
                left = self.people[person.partner] if event == DIES and person.partner >= 0 else person
                if left is not person and left.present:
                    self.note(tick, PARTNER_DIED, left, left.municipality, tick)
            town.residents -= person.present and person.housed
            person.mark(PRESENT, False)
            if person.stay is not None:  # once: two deaths may have been foretold for one midnight
                person.stay.interrupt()
                person.stay = None
        elif mother < 0 or self.people[mother].present:
            person.mark(PRESENT, True)
            town.residents += person.housed

    def _fall_ill_last(self, person: Person, midnight: int) -> None:
        """Some are taken to hospital to die there."""
        if not person.present or self.draw(Purpose.LAST_ILLNESS, person, 0) >= self.share_in_hospital(person):
            return
        person.dying = True
        tick = midnight + int(self.draw(Purpose.LAST_ILLNESS, person, 1) * DAY)
        self.note(tick, LAST_ILLNESS, person, person.centre, tick)
        if not person.in_hospital:
            k = self.hospital_for(person, tick)
            self.clock.process(self.emergency(person, k, tick, plain_case(tick)))

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
        first, last = starts[day % WEEKDAYS, m : m + 2]
        planned = [self.people[slot] for slot in patients[first:last]]
        begin = day % max(len(planned), 1)
        for person in planned[begin:] + planned[:begin]:
            if person.reachable and person.home_nursing:
                desk = self.desks[self.lines[LINE_HOME] + m]
                self.clock.process(self._at_desk(desk, person, day * DAY + VISITS_BEGIN))

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
            yield from self._emergency_need(h, person, tick, plain_case(tick))
        elif stream == SPECIALIST:
            yield from self._specialist_need(h, person, tick)
        else:
            line = self.desks[self.line[self.hospital_for(person, tick)]]
            yield from self._planned_admission(line, person, tick)

    def _emergency_need(self, h: int, person: Person, tick: int, case: int) -> Process:
        """Spared by fall prevention, met at home by a mobile team or by primary care, or to the hospital."""
        exercise = self.offered(EXERCISE, person) * self.rules["falls_spared"]
        tried = person.risk >= AGED_65 and not person.housed and self.part(person, tick, BOOKING) < exercise
        if tried and self.cause(person, case) == FALL:
            return
        town = self.towns[person.municipality]
        at_home = person.home_nursing or person.housed
        if at_home and town.mobile_left > 0 and self.acuity(person, case) != URGENT:
            town.mobile_left -= 1
            self.note(tick, MOBILE_VISIT, person, person.municipality, tick)
            if self.draw(Purpose.MOBILE_VISIT, person, case) < self.rules["mobile_replaces"]:
                return
        share = self.world.hospital[person.hospital]["referred"]
        if self.acuity(person, case) > STANDARD and self.part(person, tick, WAY) < share:
            yield from self._at_desk(self.desks[self.lines[LINE_NURSE] + h], person, tick)
            return
        yield from self.emergency(person, self.hospital_for(person, tick), tick, case)

    def _primary_need(self, h: int, person: Person, tick: int, stream: int) -> Process:
        u = self.part(person, tick, WAY)
        digital = float(self.world.centre[h]["digital"])
        if person.risk >= AGED_70:
            digital *= self.rules["digital_old_age_factor"]
        if u >= 1.0 - self.offered(ADVICE, person):
            self.effort[person.municipality, ADVISED] += u < 1.0 - self.rules["self_care_share"]
            return
        if u < digital:
            yield from self._at_desk(self.desks[self.lines[LINE_DIGITAL] + h], person, tick)
        elif stream == NURSE:
            soon = self.part(person, tick, PRIORITY) < self.rules["nurse_soon_share"]
            yield from self._at_desk(self.desks[self.lines[LINE_NURSE] + h], person, tick, 0 if soon else 1)
        elif not self.joins_first_line(h, person, tick):
            yield from self._see_gp(h, person, tick, self._priority(person, tick), tick)

    def _priority(self, person: Person, tick: int) -> int:
        u, same_day = self.part(person, tick, PRIORITY), self.rules["same_day_share"]
        if u < same_day:
            return SAME_DAY
        return WITHIN_3_DAYS if u < same_day + self.rules["within_3_days_share"] else PLANNED

    def _specialist_need(self, h: int, person: Person, tick: int) -> Process:
        u, moved = self.part(person, tick, WAY), self.offered(MOVED, person)
        if u >= moved:
            clinic = self.lines[LINE_RETURN] + self.hospital_for(person, tick)
            yield from self._at_desk(self.desks[clinic], person, tick)
        elif u < moved * self.rules["shift_to_gp_share"]:
            yield from self._see_gp(h, person, tick, FOLLOW_UP, tick)
        else:
            yield from self._at_desk(self.desks[self.lines[LINE_NURSE] + h], person, tick, 1)

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
