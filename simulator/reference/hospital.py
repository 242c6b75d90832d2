"""The hospital as the plain reference tells it: emergency department, beds, stays, return."""

from __future__ import annotations

import math
from collections import deque
from typing import Any

import simpy

from simulator.care.causes import AGED_65, FALL, HEART_FAILURE, LUNG, OTHER, URGENT
from simulator.care.emergency import LONGEST_HOME_CARE
from simulator.care.hospital import PLANNED_AT
from simulator.care.municipal import LONGEST_SHORT_STAY
from simulator.care.offer import COORDINATION, MONITORING, PLANNED_DISCHARGES, REVIEW, REVIEWS
from simulator.care.unmet import MONTH_DAYS, MOST_DAYS
from simulator.care.ward import ACUTE_STAY, PLANNED_STAY
from simulator.core.dates import DAY
from simulator.core.log import (
    ADMITTED,
    BOARDING,
    CARER_ADMITTED,
    DISCHARGED,
    ED_ARRIVAL,
    HOME_CARE,
    READY,
    SHORT_TERM,
    TREATMENT_END,
    TREATMENT_START,
)
from simulator.core.randomness import Purpose
from simulator.core.record import AWAY, DEATH_AFTER_BOARDING, LET_BE, LONGER_STAY, REQUESTED, SERVED
from simulator.core.state import IN_HOSPITAL, PLANNED_ADMISSION, RING_DAYS
from simulator.core.units import UNIT_ED, UNIT_WARD
from simulator.core.words import CASE_BITS, CASE_MASK, SLOT_BITS, SLOT_MASK, age_group_of, rub_of
from simulator.people.households import HEAVY_RUB
from simulator.reference.end_of_life import LastMonths
from simulator.reference.ground import Process, plain_case
from simulator.reference.state import (
    Desk,
    Person,
    Turn,
    plain_quantile,
)

TIE_LEAVING, TIE_TREATED, TIE_CALL, TIE_ARRIVAL = (n << 68 for n in range(2, 6))
"""Order of the events of one second; among equals the hospital, the earlier request, then the person."""


class Hospitals(LastMonths):
    """Hospitals from the beginning of a day on; `log` and `ledger` as in `reference.Reference`."""

    away: frozenset[int]
    home_held: list[list[tuple[int, Person]]]

    # --- emergency department and beds ---------------------------------------------------------------

    def emergency(self, person: Person, k: int, tick: int, case: int) -> Process:
        """Go to an emergency department at a second of the clock."""
        self.ledger[self.lines[UNIT_ED] + k, REQUESTED] += 1
        yield from self.arrive(person, k, tick, case)

    def arrive(self, person: Person, k: int, tick: int, case: int) -> Process:
        """Arrive when it is time and take a seat in the waiting room."""
        yield self.at(tick, TIE_ARRIVAL + _word(k, tick, person, case))
        self.note(tick, ED_ARRIVAL, person, k, tick)
        yield from self._wait_for_treatment(person, k, tick, case)

    def _wait_for_treatment(self, person: Person, k: int, arrived: int, case: int) -> Process:
        yield self.rooms[k].wait(self.clock, self.acuity(person, case))
        if not person.reachable:
            self.give_up(self.now, person, self.lines[UNIT_ED] + k, arrived)
            self.rooms[k].leave()
            return
        u = self.draw(Purpose.TREATMENT_TIME, person, case)
        factor = plain_quantile(self.world.treatment_quantile, u)
        seconds = int(self.world.treatment[k, age_group_of(person.risk)] * factor)
        self.ledger[self.lines[UNIT_ED] + k, SERVED] += 1
        self.note(self.now, TREATMENT_START, person, k, arrived)
        yield from self._be_treated(person, k, arrived, self.now + seconds, case)

    def _be_treated(self, person: Person, k: int, arrived: int, until: int, case: int) -> Process:
        """Be treated; then go home, or ask for a bed before the place is given to the next."""
        yield self.at(until, TIE_TREATED + _word(k, arrived, person, case))
        self.note(until, TREATMENT_END, person, k, arrived)
        if not person.reachable or not (person.dying or self._is_to_be_admitted(person, case)):
            self.rooms[k].leave()
            return
        if not person.dying and self._fits_home(person, k, case):
            self.rooms[k].leave()
            yield from self._care_at_home(person, k, until, case)
            return
        self.ledger[self.lines[UNIT_WARD] + k, REQUESTED] += 1
        if len(self.beds[k].get_queue) >= self.boarders[k]:
            self.give_up(until, person, self.lines[UNIT_WARD] + k, until, LET_BE)
            self.rooms[k].leave()
            return
        self.note(until, BOARDING, person, k, until)
        bed = self.beds[k].get(1)
        self.rooms[k].leave()
        yield from self._board(person, k, until, bed, case)

    def hospital_for(self, person: Person, occurrence: int) -> int:
        """The catchment's hospital, or the county hospital for what the county concentrates."""
        passed_on = self.draw(Purpose.COUNTY_HOSPITAL, person, occurrence) < self.passes_on[person.hospital]
        return 0 if passed_on else person.hospital

    def acuity(self, person: Person, case: int) -> int:
        """Acuity of a case, 0 the most urgent."""
        u = self.draw(Purpose.ACUITY, person, case)
        return sum(int(u >= share) for share in self.world.acuity[person.hospital, age_group_of(person.risk)])

    def cause(self, person: Person, case: int) -> int:
        """Cause of a case: how many of the running sums of shares the draw reaches."""
        u = self.draw(Purpose.CAUSE, person, case)
        return sum(int(u >= share) for share in self.world.cause[age_group_of(person.risk), person.causes])

    def _is_to_be_admitted(self, person: Person, case: int) -> bool:
        """Draw, where a team, monitoring and palliative care at home change the chance."""
        cause, factor = self.cause(person, case), 1.0
        if self._followed(person):
            factor *= 1.0 + self.rules["team_effect"]
        if cause <= LUNG and self.draw(Purpose.MONITORING, person, 0) < self.offered(MONITORING, person):
            factor *= self.rules["heart_failure_effect" if cause == HEART_FAILURE else "lung_effect"]
        if self.has_palliative_care(person):
            factor *= self.rules["palliative_admission"]
        chance = float(self.world.admission[self.acuity(person, case), person.risk, person.dose]) * factor
        return self.draw(Purpose.ADMISSION, person, case) < chance

    def _followed(self, person: Person) -> bool:
        """Whether a närvårdsteam follows somebody with complex needs."""
        team = float(self.world.centre[person.centre]["team"])
        return person.complex and self.draw(Purpose.TEAM, person, 0) < team

    def _fits_home(self, person: Person, k: int, case: int) -> bool:
        """A place for hospital care at home, for an adult who is not urgent and belongs in medicine."""
        if len(self.home_held[k]) >= self.home_beds[k] or self.acuity(person, case) == URGENT or person.risk < 6:
            return False
        medical = self.draw(Purpose.WARD, person, case) < self.world.ward[ACUTE_STAY, age_group_of(person.risk), 0]
        cause = self.cause(person, case)
        medical = cause < FALL or (cause == OTHER and medical)
        return medical and self.draw(Purpose.HOME_CARE, person, case) < self.rules["home_care_share"]

    def _care_at_home(self, person: Person, k: int, tick: int, case: int) -> Process:
        factor = plain_quantile(self.world.stay_quantile, self.draw(Purpose.LENGTH_OF_STAY, person, case))
        days = min(1 + int(self.world.stay[ACUTE_STAY, person.risk] * factor), LONGEST_HOME_CARE)
        self.home_held[k].append((tick // DAY + days, person))
        self.note(tick, HOME_CARE, person, k, tick)
        yield from self._return_later(person, k, tick + days * DAY, case, 1.0)

    def _board(self, person: Person, k: int, decided: int, bed: simpy.Event, case: int) -> Process:
        yield bed
        if person.reachable:
            yield from self._stay(person, k, decided, ACUTE_STAY, case)
        else:
            self.give_up(self.now, person, self.lines[UNIT_WARD] + k, decided)
            self.beds[k].put(1)

    def wait_for_call(self, line: Desk, turn: Turn) -> Process:
        """Wait at home for a planned admission."""
        if (yield turn.called):
            k = self.line.index(line.number)
            yield from self._stay(turn.person, k, turn.requested, PLANNED_STAY, plain_case(turn.requested))

    def call_days(self, line: Desk) -> Process:
        """Call in who stood in line as the day began.

        Who cannot wait, while a bed is free; the others on open days, while beds beyond the reserve are free.
        """
        day, k = self.day, self.line.index(line.number)
        direct = line.lines[0]
        while True:
            yield self.at(day * DAY + PLANNED_AT, TIE_CALL + (k << 64))
            left = line.service if self.world.opening[day] else 0
            while True:
                yield from self._strike_off(line)
                first = bool(direct) and direct[0].requested < day * DAY
                chosen = direct if first else line.whose_turn(day * DAY - 1)
                if not chosen or (left <= 0 and not first):
                    break
                if self.beds[k].level <= (0 if first else self.reserve[k]):
                    break
                left -= not first
                self.call_forward(line, chosen, day * DAY - 1)
                turn = chosen.popleft()
                self._call(turn, k, line.number)
                yield turn.called
            day += 1

    def call_forward(self, desk: Desk, line: deque[Turn], now: int) -> None:
        """Let somebody in the first part of a class change places with the first, unless gone or come after now."""
        among = int(desk.spread * sum(turn.requested <= now for turn in line))
        if among < 2:
            return
        chosen = int(self.draw(Purpose.CALL, line[0].person, line[0].requested) * among)
        if not self.gone(desk, line[chosen].person) and line[chosen].requested <= now:
            line[0], line[chosen] = line[chosen], line[0]

    def is_struck_off(self, desk: Desk, turn: Turn, now: int) -> bool:
        """Whether somebody who came before today is gone or has waited too long."""
        left = self.gone(desk, turn.person) or now - turn.requested > desk.patience
        return turn.requested // DAY < now // DAY and left

    def gone(self, desk: Desk, person: Person) -> bool:
        """Not in the region, or in hospital: for a desk since the day before, for a ward now."""
        away = person.in_hospital if desk.kind == PLANNED_ADMISSION else person.slot in self.away
        return not person.present or away

    def _strike_off(self, line: Desk) -> Process:
        """Strike off whoever stands first in a class and is gone, in hospital, or has waited too long."""
        for queue in line.lines:
            while queue and self.is_struck_off(line, queue[0], self.now):
                turn = queue.popleft()
                fate = AWAY if self.gone(line, turn.person) else LET_BE
                self.give_up(self.now, turn.person, line.number, turn.requested, fate)
                turn.called.succeed(False)
                yield turn.called

    def _call(self, turn: Turn, k: int, line: int) -> None:
        """Call one person in."""
        self.ledger[line, SERVED] += 1
        self.ledger[self.lines[UNIT_WARD] + k, REQUESTED] += 1
        self.beds[k].get(1)
        turn.called.succeed(True)

    def _stay(self, person: Person, k: int, asked: int, kind: int, case: int) -> Process:
        """Lie in a bed that was given, for a time that hangs on the case."""
        began = self.now
        self.ledger[self.lines[UNIT_WARD] + k, SERVED] += 1
        self.note(began, ADMITTED, person, k, asked)
        person.mark(IN_HOSPITAL, True)
        self._miss_carer(person, began, case)
        u = self.draw(Purpose.LENGTH_OF_STAY, person, case)
        mean = self.world.stay[kind, person.risk] * (self.rules["ordinary_stay"] if kind == ACUTE_STAY else 1.0)
        if self._followed(person):
            mean *= 1.0 + self.rules["team_stay"]
        seconds = int(mean * plain_quantile(self.world.stay_quantile, u) * DAY)
        if kind == ACUTE_STAY and self._coordinated(person, case):
            seconds -= int(self.rules["coordinated_seconds"])
        if kind == ACUTE_STAY:
            seconds += self._harm_of_boarding(person, began, began - asked, case)
        yield from self._lie(person, k, began, began + max(seconds, 3600), case)

    def _miss_carer(self, carer: Person, tick: int, case: int) -> None:
        """Some who need much care at home cannot be without a partner: a short-term place, or an emergency tomorrow."""
        if carer.partner < 0 or carer.housed:
            return
        person = self.people[carer.partner]
        at_home = person.reachable and person.home_nursing and not person.housed
        if not at_home or not (person.granted or rub_of(person.risk) >= HEAVY_RUB):
            return
        if self.draw(Purpose.CARER, person, case) >= self.rules["carer_missed"]:
            return
        held = any(who is person for _, who in self.towns[person.municipality].short_held)
        found = held or self._short_term(person, tick, case)
        self.note(tick, CARER_ADMITTED, person, person.municipality, tick)
        if not found:
            later = tick + DAY
            k = self.hospital_for(person, later)
            self.clock.process(self.emergency(person, k, later, plain_case(later)))

    def _short_term(self, person: Person, tick: int, case: int) -> bool:
        """Take a short-term place for some days, if one is free."""
        factor = plain_quantile(self.world.stay_quantile, self.draw(Purpose.SHORT_TERM, person, case))
        days = min(1 + int(self.world.short_stay[0] * factor), LONGEST_SHORT_STAY)
        taken = self.towns[person.municipality].short_term(person, tick // DAY + days)
        if taken:
            self.note(tick, SHORT_TERM, person, person.municipality, tick)
        return taken

    def _harm_of_boarding(self, person: Person, tick: int, waited: int, case: int) -> int:
        """Stay longer after a long wait for a bed; some of the old die within a month."""
        if waited <= self.rules["boarding_seconds"] or person.dying:
            return 0
        if self.rules["boarding_longer"] > 0.0:
            self.tell(tick, person, LONGER_STAY)
        u, share = self.draw(Purpose.BOARDING, person, case), self.rules["boarding_death"]
        if person.risk >= AGED_65 and u < share:
            self._expect_death(person, tick, 1 + int(min(u / share, 0.9999) * (MONTH_DAYS - 1)))
        return int(self.rules["boarding_longer"])

    def _expect_death(self, person: Person, tick: int, days: int) -> None:
        for day in range(tick // DAY + days, tick // DAY + MOST_DAYS):
            doomed = self.doomed.setdefault(day, [])
            if len(doomed) < self.world.dying_due.shape[1]:
                doomed.append(person.slot)
                self.tell(tick, person, DEATH_AFTER_BOARDING)
                return

    def _coordinated(self, person: Person, case: int) -> bool:
        u = self.draw(Purpose.DISCHARGE, person, case + CASE_MASK + 1)
        return self._wants_reception(person, case) and u < self.offered(COORDINATION, person)

    def _wants_reception(self, person: Person, case: int) -> bool:
        """Whether the municipality must prepare for a patient's return."""
        share = self.world.new_need[age_group_of(person.risk)]
        if person.home_nursing:
            share = self.rules["home_nursing_reception_share"]
        return not person.housed and self.draw(Purpose.DISCHARGE, person, case) < share

    def _received(self, person: Person, case: int) -> bool:
        """Home today, or to a short-term place."""
        town, day = self.towns[person.municipality], self.now // DAY
        back = any(who is person for _, who in town.short_held)
        if not self._wants_reception(person, case) or back or town.has_room(day):
            return True
        return self._short_term(person, self.now, case)

    def _return_later(self, person: Person, k: int, tick: int, case: int, factor: float) -> Process:
        """Come back as an emergency within a month, or not."""
        u, share = self.draw(Purpose.READMISSION, person, case), self.rules["readmission_share"]
        if u < share * factor:
            later = int(min(u / share, 0.9999) * 29 * DAY)
            yield from self.emergency(person, k, tick + DAY + later, (5 * case + 1) & CASE_MASK)

    def _lie(self, person: Person, k: int, began: int, until: int, case: int) -> Process:
        """Leave at the end, or at midnight when one dies or moves away; some return as emergencies."""
        person.stay = self.clock.active_process
        self.inpatients.add(person.slot)
        try:
            yield self.at(until, TIE_LEAVING + _word(k, began, person, case))
            while person.dying or not self._received(person, case):
                if not person.dying:
                    self.note(until, READY, person, k, began)
                until = (until // DAY + 1) * DAY
                yield self.at(until, TIE_LEAVING + _word(k, began, person, case))
        except simpy.Interrupt:
            until = math.ceil(self.clock.now)
        person.stay = None
        person.mark(IN_HOSPITAL, False)
        self.inpatients.discard(person.slot)
        self.note(until, DISCHARGED, person, k, began)
        yield self.at(until)  # the bed of somebody who died is free once the day has begun
        self.beds[k].put(1)
        if person.present:
            yield from self._return_later(person, k, until, case, self._readmission_factor(person, case))

    def _readmission_factor(self, person: Person, case: int) -> float:
        """What a medication review and a discharge planned together leave of the chance to return."""
        reviewed = self.offered(REVIEW, person) if person.risk >= AGED_65 else 0.0
        self.effort[person.municipality, REVIEWS] += reviewed
        factor = 1.0 - reviewed * self.rules["returns_spared"]
        if self._coordinated(person, case):
            self.effort[person.municipality, PLANNED_DISCHARGES] += 1.0
            factor *= self.rules["coordinated_readmission"]
        return factor

    # --- what is under way on the first day --------------------------------------------------------

    def take_over_hospital(self, k: int) -> None:
        """Continue the stays, treatments, queues and arrivals that the world holds."""
        w, start = self.world, self.clock.process
        house = w.hospital[k]
        for i in range(house["occupied"]):
            began, person, case = self.unpacked_case(w.stay_patient[k, i])
            start(self._lie(person, k, began, int(w.stay_end[k, i]), case))
        for i in range(house["busy"]):
            arrived, person, case = self.unpacked_case(w.ed_patient[k, i])
            start(self._be_treated(person, k, arrived, int(w.ed_end[k, i]), case))
        for i in range(house["boarding_head"], house["boarding_tail"]):
            decided, person, case = self.unpacked_case(w.boarding[k, i % w.boarding.shape[1]])
            start(self._board_since_before(person, k, decided, case))
        for acuity, line in enumerate(w.ed_line[k]):
            for i in range(*line):
                arrived, person, case = self.unpacked_case(w.ed_queue[k, acuity, i % w.ed_queue.shape[2]])
                start(self._wait_since_before(person, k, arrived, case))
        for ring in range(RING_DAYS):
            for word in w.ed_due[k, ring, : w.ed_due_count[k, ring]]:
                tick, person, case = self.unpacked_case(word)
                start(self.arrive(person, k, tick, case))

    def _board_since_before(self, person: Person, k: int, decided: int, case: int) -> Process:
        yield self.at(self.day * DAY)
        yield from self._board(person, k, decided, self.beds[k].get(1), case)

    def _wait_since_before(self, person: Person, k: int, arrived: int, case: int) -> Process:
        yield self.at(self.day * DAY)
        yield from self._wait_for_treatment(person, k, arrived, case)

    def held(self, words: Any, taken: Any) -> list[tuple[int, Person]]:
        """Read the places held, each with the day of its end."""
        return [self.unpacked(word) for word in words[:taken]]

    def free_places(self, day: int) -> None:
        """Free the places of those whose days are over, or who died, moved away or lie in hospital."""
        for held in (*self.home_held, *(town.short_held for town in self.towns)):
            held[:] = [(until, who) for until, who in held if until > day and who.reachable]

    def unpacked(self, word: Any) -> tuple[int, Person]:
        """Unpack the engine's word of a second and a person."""
        return int(word) >> SLOT_BITS, self.people[int(word) & SLOT_MASK]

    def unpacked_case(self, word: Any) -> tuple[int, Person, int]:
        """Unpack the engine's word of a second, a person and a case."""
        return *self.unpacked(int(word) >> CASE_BITS), int(word) & CASE_MASK


def _word(k: int, tick: int, person: Person, case: int) -> int:
    return (k << 64) | (((tick << SLOT_BITS) | person.slot) << CASE_BITS) | case
