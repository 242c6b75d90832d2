"""Health centres and clinics as the plain reference tells them: desks, GPs and their diaries, referrals."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from simulator.care.appointments import BOOKING, FOLLOW_UP, HORIZON, SAME_DAY, WITHIN_3_DAYS
from simulator.care.referrals import ANSWER, QUESTION, TO_CLINIC, TO_WARD
from simulator.core.dates import CLOSES, DAY, OPENS
from simulator.core.log import DESK_CONTACT, GP_VISIT, SENT_TO_ED
from simulator.core.randomness import Purpose
from simulator.core.record import DIVERTED, REQUESTED, SERVED
from simulator.core.state import DIGITAL_DESK, NO_CHAIR, PLANNED_ADMISSION, REFERRAL, RING_DAYS, SPECIALTIES
from simulator.core.units import LINE_REFERRAL, UNIT_GP
from simulator.core.words import SLOT_BITS, SLOT_MASK, age_group_of, post_of
from simulator.reference.ground import Process, plain_case
from simulator.reference.state import Chair, Desk, Person, Turn, plain_part, whole_visits
from simulator.reference.unmet import Unmet

FOLLOWED_UP = {
    DIGITAL_DESK: ("digital_to_visit_share", WITHIN_3_DAYS),
    REFERRAL: ("return_to_gp_share", FOLLOW_UP),
}


class Practices(Unmet):
    """Desks and chairs from the beginning of a day on; `log` and `ledger` as in `reference.Reference`."""

    chairs: list[list[Chair]]
    desks: list[Desk]

    def _clinic_for(self, person: Person, occurrence: int) -> int:
        """Line of the specialty that a person is referred to."""
        u, share = self.draw(Purpose.SPECIALTY, person, occurrence), self.world.clinic[age_group_of(person.risk)]
        specialty = int(u >= share[0]) + int(u >= share[1])
        return self.lines[LINE_REFERRAL] + SPECIALTIES * self.hospital_for(person, occurrence) + specialty

    # --- desks -------------------------------------------------------------------------------------

    def _join(self, desk: Desk, person: Person, tick: int, rank: int) -> Turn | None:
        """Stand last in a class of a line; None when it has no room left."""
        self.ledger[desk.number, REQUESTED] += 1
        if len(desk.lines[rank]) >= desk.rooms[rank]:
            self.leave_line_unmet(desk, person, tick, tick)
            return None
        turn = self.turn(person, tick)
        desk.lines[rank].append(turn)
        return turn

    def _class_of(self, kind: int, person: Person, occurrence: int) -> int:
        """Class of priority of a referral or a planned admission."""
        u = self.draw(Purpose.PRIORITY, person, occurrence)
        return sum(int(u >= share) for share in self.world.priority[kind, age_group_of(person.risk)])

    def _at_desk(self, desk: Desk, person: Person, tick: int, rank: int = 0) -> Process:
        turn = self._join(desk, person, tick, rank)
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
        while True:
            self._let_go(desk, closing)
            yesterday = opening - opening % DAY - 1
            line = desk.whose_turn(yesterday) if desk.kind == REFERRAL else desk.next_in_line(free_at)
            if line is None or desk.service < 0:
                return
            start = max(line[0].requested, free_at)
            if start >= closing:
                return
            self.call_forward(desk, line, yesterday)
            turn = line.popleft()
            free_at = start + desk.service
            desk.over = max(free_at - closing, 0)
            yield self.at(start)
            self.ledger[desk.number, SERVED] += 1
            self.note(start, DESK_CONTACT, turn.person, desk.number, turn.requested)
            turn.called.succeed(start)

    def _let_go(self, desk: Desk, now: int) -> None:
        """Strike off whoever stands first in a class and is gone, or has waited too long."""
        for line in desk.lines:
            while line and self.is_struck_off(desk, line[0], now):
                turn = line.popleft()
                if self.gone(desk, turn.person):
                    self.give_up(now, turn.person, desk.number, turn.requested)
                else:
                    self.leave_line_unmet(desk, turn.person, now, turn.requested)
                turn.called.succeed(None)

    def _planned_admission(self, line: Desk, person: Person, tick: int) -> Process:
        turn = self._join(line, person, tick, self._class_of(TO_WARD, person, tick))
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
                yield from self._visit(h, chair, person, since, max(tick, opens), priority)
                return
            goes = self.rules["divert_closed_share" if too_late else "divert_same_day_share"]
            if self.draw(Purpose.DIVERSION, person, tick) < goes:
                yield from self._divert(h, person, tick, since, priority)
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
            yield from self._divert(h, person, tick, since, priority)
        elif chair is None:
            self._refer_unseen(person, tick, since, priority)
            self.leave_gp_unmet(person, unit, tick, since)
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
            yield from self._visit(h, chair, turn.person, turn.requested, tick, turn.priority)

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

    def _referral_share(self, person: Person, priority: int) -> float:
        """Share of problems that are referred: new, planned or known to a clinic; less by who knows the person."""
        if priority == FOLLOW_UP:
            return 0.0
        share = self.rules["referral_new" if priority in (SAME_DAY, WITHIN_3_DAYS) else "referral_planned"]
        return float(share * self.world.referral[person.dose])

    def _refer(self, person: Person, tick: int, requested: int) -> Process:
        clinic = self._clinic_for(person, requested)
        yield from self._at_desk(self.desks[clinic], person, tick, self._class_of(TO_CLINIC, person, requested))

    def _refer_unseen(self, person: Person, tick: int, requested: int, priority: int) -> None:
        """Some of those who should have been referred are, though no GP of the centre sees them; they wait aside."""
        share = self._referral_share(person, priority) * self.rules["referral_unseen_share"]
        if self.draw(Purpose.OUTCOME, person, requested) < share:
            desk = self.desks[self._clinic_for(person, requested)]
            turn = self._join(desk, person, tick, self._class_of(TO_CLINIC, person, requested))
            if turn is not None:
                self.clock.process(self._wait_at_desk(desk, turn))

    def _visit(self, h: int, chair: Chair, person: Person, requested: int, tick: int, priority: int) -> Process:
        """One visit: resolved, referred, or sent to the emergency department."""
        self.ledger[self.lines[UNIT_GP] + h, SERVED] += 1
        self.note(tick, GP_VISIT, person, post_of(h, chair.number), requested)
        known = self.rules["memory_days"], self.rules["full_share"], self.rules["regular_visits"]
        person.remember(chair, tick // DAY, *known)
        u = self.draw(Purpose.OUTCOME, person, requested)
        if u < self._referral_share(person, priority):
            if not self._answered_instead(h, person, requested):
                yield from self._refer(person, tick, requested)
        elif u >= 1.0 - self.rules["sent_to_ed_share"]:
            hospital = self.hospital_for(person, requested)
            yield from self.emergency(person, hospital, _later_today(tick, 3600), plain_case(requested))

    def _answered_instead(self, h: int, person: Person, requested: int) -> bool:
        """Whether the clinic's physician, asked first, answers so that nobody need go there."""
        key = self.keys[Purpose.CONSULTATION]
        asked, answered = (plain_part(key, person.key, requested, n) for n in (QUESTION, ANSWER))
        return bool(asked < self.world.centre[h]["consultation"] and answered < self.rules["consultation_spares"])

    def _divert(self, h: int, person: Person, tick: int, since: int, priority: int) -> Process:
        self._refer_unseen(person, tick, since, priority)
        self.ledger[self.lines[UNIT_GP] + h, DIVERTED] += 1
        self.note(tick, SENT_TO_ED, person, h, tick)
        yield from self.emergency(person, self.hospital_for(person, tick), _later_today(tick, 7200), plain_case(tick))

    # --- what is under way on the first day --------------------------------------------------------

    def _take_over_diary(self, h: int, chair: Chair) -> None:
        for when in range(self.day, self.day + RING_DAYS):
            place = (h, chair.number, when % RING_DAYS)
            for word in self.world.book[place][: self.world.booked[place]]:
                person = self.people[(int(word) >> 2) & SLOT_MASK]
                turn = self.turn(person, int(word) >> (2 + SLOT_BITS), int(word) & 3)
                chair.diary.setdefault(when, []).append(turn)
                self.clock.process(self._keep_appointment(h, chair, turn))

    def _take_over_line(self, desk: Desk) -> None:
        wait = self.wait_for_call if desk.kind == PLANNED_ADMISSION else self._wait_at_desk
        for line, ring in zip(desk.lines, self.world.ring[desk.number], strict=False):
            for i in range(ring["head"], ring["tail"]):
                tick, person = self.unpacked(self.world.waiting[ring["offset"] + (i & ring["mask"])])
                turn = self.turn(person, tick)
                line.append(turn)
                self.clock.process(wait(desk, turn))


def _later_today(tick: int, seconds: int) -> int:
    return min(tick + seconds, tick - tick % DAY + DAY - 1)
