"""What became of one person's needs that were not met: which later rows of the log came of which.

A row UNMET says when a consequence was decided and of what kind (`simulator.care.unmet`), not when it comes. Most come
days later, and not at all to somebody who has died, moved or lies in hospital by then; so each is told where it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from simulator.care.causes import FALL
from simulator.care.unmet import MARKS_TRIED, MOMENT, MONTH_DAYS, MOST_DAYS
from simulator.core.dates import DAY
from simulator.core.log import ED_ARRIVAL, GAVE_UP, GP_VISIT, SENT_TO_ED, UNMET, unpack_arrival
from simulator.core.randomness import Purpose, part, purpose_key, word_of
from simulator.core.record import (
    BACK_TO_GP,
    CONSEQUENCES,
    DEATH_AFTER_BOARDING,
    GP_WAITING,
    LONGER_STAY,
    URGENT_GIVEN_UP,
    URGENT_HELP,
    URGENT_HOUSING,
    URGENT_MISSED_VISIT,
    URGENT_WAITING,
)
from simulator.core.words import case_of, next_case
from simulator.lives.row import Row, RowsOfKind

OF_A_NEED = (URGENT_GIVEN_UP, URGENT_MISSED_VISIT)
"""Emergencies that one need became."""
OF_A_MONTH = (URGENT_WAITING, URGENT_HELP, URGENT_HOUSING)
"""Emergencies that a month of waiting or of missing help brought."""
DEATH_SECONDS = 35 * DAY
"""Time from a long wait for a bed to the death that it brought, at most: a month, and room for crowded days."""
Moment = Callable[[int], int]
"""Second of the day at which a need comes back, by the second at which it was first asked for."""


def moment_of(seed: int, key: int) -> Moment:
    """Return when the needs of a person with this key come back; of the day the engine tells no more than this."""
    purpose, person = np.uint64(purpose_key(np.uint64(seed), Purpose.UNMET)), np.uint64(key)
    return lambda requested: int(part(np.uint64(word_of(purpose, person, np.uint64(requested))), MOMENT) * DAY)


class UnmetNeed:
    """The consequences in one person's log; each brings at most one emergency."""

    def __init__(self, of_kind: RowsOfKind, moment: Moment | None) -> None:
        """Take the rows of one person; without `moment` no need is seen to come back."""
        self._of_kind, self._moment = of_kind, moment
        self._left = list(of_kind.get(UNMET, ()))
        self._brought: dict[Row, str] = {}

    def brought(self, arrival: Row) -> str:
        """Name of the consequence that an arrival at the emergency department is, "" if it is none."""
        if arrival not in self._brought:
            self._brought[arrival] = self._take(arrival)
        return self._brought[arrival]

    def _take(self, arrival: Row) -> str:
        for row in self._left:
            if self._explains(row, arrival) and not (_is_first(arrival) and self._explains_another(row)):
                self._left.remove(row)
                return CONSEQUENCES[row.particulars]
        return ""

    def came_back(self) -> Iterator[tuple[Row, Row, int]]:
        """Yield each consequence that is a need which came back, what was given up, and when it was asked for again."""
        for row in self._of_kind.get(UNMET, ()):
            if row.particulars == BACK_TO_GP and (found := self._asked_again(row)):
                yield row, *found

    def came_of_waiting(self, asked: int) -> bool:
        """Whether a need of a GP, by the second at which it was asked for, came of waiting for a clinic."""
        days = ((asked - row.requested) / DAY for row in self._of(GP_WAITING))
        return any(0 <= wait < MOST_DAYS and wait == int(wait) for wait in days)

    def made_longer(self, admitted: Row) -> bool:
        """Whether a long wait for the bed made a stay longer."""
        return any(row.tick == admitted.tick for row in self._of(LONGER_STAY))

    def ended(self, died: Row) -> bool:
        """Whether somebody dies soon after a long wait for a bed, of which a death was to come."""
        return any(0 <= died.tick - row.tick <= DEATH_SECONDS for row in self._of(DEATH_AFTER_BOARDING))

    def _of(self, consequence: int) -> list[Row]:
        return [row for row in self._of_kind.get(UNMET, ()) if row.particulars == consequence]

    def _explains(self, row: Row, arrival: Row) -> bool:
        if row.particulars in OF_A_NEED:
            return any(self._returns(row, gave.requested, arrival.tick) for gave in self._given_up(row))
        if row.particulars not in OF_A_MONTH or not 0 <= arrival.tick - row.tick < MONTH_DAYS * DAY:
            return False
        case, cause, _ = unpack_arrival(arrival.particulars)
        # Another mark than the need of that second would have had; but a fall is sought from that mark on.
        may_be_first = row.particulars == URGENT_HELP and cause == FALL
        return _comes_after(case_of(arrival.tick), case, not may_be_first)

    def _explains_another(self, row: Row) -> bool:
        """Whether a consequence explains an arrival that is not of its own second, which nothing else may explain."""
        return any(not _is_first(each) and self._explains(row, each) for each in self._of_kind.get(ED_ARRIVAL, ()))

    def _given_up(self, row: Row) -> list[Row]:
        return [gave for gave in self._of_kind.get(GAVE_UP, ()) if gave.tick == row.tick]

    def _returns(self, row: Row, requested: int, again: int) -> bool:
        """Whether a need asked for at a second can be the one that comes at another."""
        days = again // DAY - row.tick // DAY
        return self._moment is not None and 1 <= days <= MOST_DAYS and again % DAY == self._moment(requested)

    def _asked_again(self, row: Row) -> tuple[Row, int] | None:
        asked = [each.requested for kind in (GP_VISIT, SENT_TO_ED, GAVE_UP) for each in self._of_kind.get(kind, ())]
        for gave in self._given_up(row):
            for again in asked:
                if self._returns(row, gave.requested, again):
                    return gave, again
        return None


def _is_first(arrival: Row) -> bool:
    """Whether an arrival has the mark of a need that arises in its own second."""
    case: int = unpack_arrival(arrival.particulars)[0]
    return case == case_of(arrival.tick)


def _comes_after(first: int, case: int, later: bool) -> bool:
    """Whether a mark is among those that are tried from `first` on, without that one itself if `later`."""
    mark = next_case(first) if later else first
    for _ in range(MARKS_TRIED):
        if mark == case:
            return True
        mark = next_case(mark)
    return False
