"""The first line of mental health as the plain reference tells it: who joins, who is met, who sees a GP after all."""

from __future__ import annotations

from collections import deque

from simulator.care.appointments import PLANNED, WITHIN_3_DAYS
from simulator.care.mental_line import GP_TOO
from simulator.core.dates import CLOSES, DAY
from simulator.core.randomness import Purpose
from simulator.core.record import MENTAL_ASKED, MENTAL_GONE, MENTAL_LEFT, MENTAL_MET
from simulator.reference.ground import Process
from simulator.reference.practice import Practices
from simulator.reference.state import Person

Waiting = deque[tuple[int, Person]]


class FirstLines(Practices):
    """A line at each health centre; `mental` int64[lines, 6] counts as the record does, but for days waited."""

    def take_over_first_lines(self) -> None:
        """Continue the lines that the world holds, and work them from today on."""
        self.first_lines: list[Waiting] = []
        self.left = [float(line["left"]) for line in self.world.mental_line]
        self.mental = self.world.mental.copy() * 0
        size = self.world.mental_waiting.shape[1]
        for h in range(len(self.world.centre)):
            line, words = self.world.mental_line[h], self.world.mental_waiting[h]
            self.first_lines.append(deque(self.unpacked(words[i % size]) for i in range(line["head"], line["tail"])))
        self.clock.process(self._first_line_days())

    def joins_first_line(self, h: int, person: Person, tick: int) -> bool:
        """Whether a need of a GP is about mental health and waits for the first line instead."""
        depressed = int(self.world.background[person.slot]["conditions"]) & int(self.rules["depression"])
        chance = self.world.mental_chance[1 if depressed else 0] * self.world.centre[h]["first_line"]
        if self.draw(Purpose.FIRST_LINE, person, tick) >= chance:
            return False
        if len(self.first_lines[h]) >= self.world.mental_waiting.shape[1]:
            return False
        self.mental[h, MENTAL_ASKED] += 1
        self.first_lines[h].append((tick, person))
        return True

    def _first_line_days(self) -> Process:
        day = self.day
        while True:
            yield self.at(day * DAY + CLOSES, (len(self.desks) + 2) << 64)  # after all desks
            if self.world.opening[day]:
                for h, line in enumerate(self.first_lines):
                    self._work_first_line(h, line, day)
            day += 1

    def _work_first_line(self, h: int, line: Waiting, day: int) -> None:
        """Meet as many as there is time for; who has waited too long wants a GP instead."""
        self.left[h] += float(self.world.mental_line[h]["per_day"])
        while line:
            tick, person = line[0]
            if not person.present or person.slot in self.away:
                self.mental[h, MENTAL_GONE] += 1
            elif day - tick // DAY > self.rules["first_line_patience"]:
                self.mental[h, MENTAL_LEFT] += 1
                self._then_gp(person, day, WITHIN_3_DAYS)
            elif self.left[h] < 1.0:
                break
            else:
                self.left[h] -= 1.0
                self.mental[h, MENTAL_MET] += 1
                if self.draw(Purpose.FIRST_LINE, person, tick + int(GP_TOO)) < self.rules["first_line_to_gp"]:
                    self._then_gp(person, day, PLANNED)
            line.popleft()
        self.left[h] -= int(self.left[h])

    def _then_gp(self, person: Person, day: int, priority: int) -> None:
        closing = day * DAY + CLOSES
        self.clock.process(self._see_gp(person.centre, person, closing, priority, closing))
