"""What becomes of unmet needs as the plain reference tells it: they come back, or become emergencies."""

from __future__ import annotations

import math

from simulator.care.causes import URGENT
from simulator.care.unmet import DELAY, FATE, MARKS_TRIED, MOMENT, MOST_DAYS, SPARE_DAYS
from simulator.core.dates import DAY
from simulator.core.randomness import Purpose
from simulator.core.record import (
    BACK_TO_GP,
    BECAME_URGENT,
    CAME_BACK,
    LET_BE,
    URGENT_GIVEN_UP,
    URGENT_MISSED_VISIT,
)
from simulator.core.state import HOME_VISITS, PLANNED_ADMISSION, REFERRAL, RING_DAYS
from simulator.core.words import CASE_MASK, SLOT_BITS, SLOT_MASK
from simulator.reference.ground import plain_case
from simulator.reference.hospital import Hospitals
from simulator.reference.state import Desk, Person, plain_part


class Unmet(Hospitals):
    """Who leaves a line without having been met, and what comes of it."""

    back: dict[tuple[int, int], list[tuple[int, Person]]]

    def leave_gp_unmet(self, person: Person, unit: int, tick: int, requested: int) -> None:
        """Nobody at the health centre has a time."""
        urgent = self.rules["unmet_urgent"] * (self.rules["unmet_chronic"] if person.chronic else 1.0)
        self._leave_unmet(person, unit, tick, requested, self.rules["unmet_back"], urgent)

    def leave_line_unmet(self, desk: Desk, person: Person, tick: int, requested: int) -> None:
        """Give up in a line, or find no room in it."""
        back, urgent = self.rules["unmet_back_desk"], 0.0
        if desk.kind == HOME_VISITS:
            back, urgent = 0.0, self.rules["unmet_home_visit"]
        elif desk.kind in {REFERRAL, PLANNED_ADMISSION}:
            back = self.rules["unmet_back"] if desk.kind == REFERRAL else 0.0
        kind = URGENT_MISSED_VISIT if desk.kind == HOME_VISITS else URGENT_GIVEN_UP
        self._leave_unmet(person, desk.number, tick, requested, back, urgent, kind)

    def _leave_unmet(
        self,
        person: Person,
        unit: int,
        tick: int,
        requested: int,
        back: float,
        urgent: float,
        kind: int = URGENT_GIVEN_UP,
    ) -> None:
        u, fate = self._unmet_part(person, requested, FATE), LET_BE
        if u < urgent + back:
            mean = self.rules["unmet_return_days"]
            within = -math.expm1(-(MOST_DAYS - SPARE_DAYS) / mean)
            days = int(-mean * math.log1p(-self._unmet_part(person, requested, DELAY) * within))
            later = (tick // DAY + 1 + days) * DAY + int(self._unmet_part(person, requested, MOMENT) * DAY)
            if u < urgent:
                fate = BECAME_URGENT
                self.tell(tick, person, kind)
                case = self._worse_case(person, plain_case(requested))
                self.clock.process(self.emergency(person, self.hospital_for(person, later), later, case))
            elif self._come_back(person, tick, later):
                fate = CAME_BACK
        self.give_up(tick, person, unit, requested, fate)

    def _unmet_part(self, person: Person, requested: int, n: int) -> float:
        return plain_part(self.keys[Purpose.UNMET], person.key, requested, n)

    def _worse_case(self, person: Person, case: int) -> int:
        before, worse = self.acuity(person, case), case
        for _ in range(MARKS_TRIED):
            worse = (5 * worse + 1) & CASE_MASK
            if self.acuity(person, worse) < before or self.acuity(person, worse) == URGENT:
                return worse
        return case

    def _come_back(self, person: Person, tick: int, later: int) -> bool:
        """Ask again on a day, or the next with room."""
        for day in range(later // DAY, tick // DAY + MOST_DAYS):
            waiting = self.back.setdefault((person.centre, day), [])
            if len(waiting) < self.world.back_due.shape[2]:
                waiting.append((day * DAY + later % DAY, person))
                self.tell(tick, person, BACK_TO_GP)
                return True
        return False

    def take_over_unmet(self) -> None:
        """Expect the needs and deaths that the world holds."""
        w = self.world
        for day in range(self.day, self.day + RING_DAYS):
            ring = day % RING_DAYS
            for h, due in enumerate(w.back_due[:, ring]):
                words = due[: w.back_due_count[h, ring]]
                self.back[h, day] = [(int(x) >> SLOT_BITS, self.people[int(x) & SLOT_MASK]) for x in words]
            self.doomed[day] = [int(slot) for slot in w.dying_due[ring, : w.dying_due_count[ring]]]
