"""Cells against a profile: each within its range, none far from the others, no column of zeros or of another unit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.region import texts
from simulator.region.plausible.finding import Finding, cause_of, outside
from simulator.region.plausible.reference import Bounds, Profile, profiles
from simulator.region.table_schema import Table, TableProblem, line_of

PEOPLE_COUNTED = ("persons", "FTE", "visits per year", "births per year", "persons per year", "persons per quarter")
"""Units of figures that grow with the number of people."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "mortality": ("sex", "age"),
    "fertility": ("age",),
    "education": ("sex", "age_from", "education"),
    "education_mortality": ("sex", "education"),
    "rub_by_age": ("age_group", "rub"),
    "need_rates": ("stream", "age_group", "rub"),
    "season": ("stream", "month"),
    "arrival_hours": ("stream", "hour"),
    "care_settings": ("age_group", "rub"),
    "acute_care": ("age_group",),
    "hospital_mix": ("age_group", "mix", "part"),
    "staff_ages": ("age_from", "age_to"),
    "footprints": ("contact", "profession"),
    "conditions": ("condition",),
    "parameters": ("name",),
    "costs": ("name",),
    "followup_board": ("indicator",),
    "home_nursing_gp": (),
    "medication_reviews": (),
}
"""The columns that name a row's place in its profile."""
ONE_SHAPE = ("mortality", "rub_by_age", "need_rates", "season", "care_settings", "acute_care", "hospital_mix")
"""Tables whose cells belong together, so that one alone far from its profile is a slip."""
ALONE, SPREADS, EVEN = math.log(1.5), 5.0, 0.04
"""A cell stands alone from this ratio on, and from so many spreads of the others, who differ by at least so much."""


@dataclass(frozen=True, slots=True)
class Held:
    """One figure beside its reference, both per what there are `of`; `people` are those of a count, 0 if it is none."""

    line: int
    row: str
    figure: float
    usual: Bounds
    people: float = 0.0
    of: float = 1.0

    @property
    def ratio(self) -> float:
        """The figure against its reference, natural logarithm; nan where either is 0."""
        return math.log(self.figure / self.usual.value) if self.figure > 0 and self.usual.value > 0 else math.nan

    @property
    def odd(self) -> bool:
        """Whether the figure lies outside its range by more than chance among few people gives."""
        return not self.usual.low <= self.figure <= self.usual.high and not self._by_chance()

    def _by_chance(self) -> bool:
        """Whether few people explain it: a count, or the mean of up to five years' counts, near the expected one."""
        expected, counted = self.usual.value * self.people, self.figure * self.people
        near = abs(counted - expected) <= 3 * math.sqrt(expected) + 1.5
        return self.people > 0 and near and any(abs(n * counted - round(n * counted)) < 0.01 * n for n in range(1, 6))


def cells_of(name: str, table: Table, column: str, people: float) -> list[Held]:
    """The cells of a column that have a reference and a value."""
    profile = profiles()[name, column]
    cells = []
    for index, (key, value) in enumerate(zip(rows_of(name, table), table[column], strict=True)):
        usual = profile.get(key)
        if usual is not None and not math.isnan(value):
            of = people if usual.unit.endswith(" per invånare") else 1.0
            cells.append(Held(line_of(index), key, value / of, usual, of=of))
    return cells


def rows_of(name: str, table: Table) -> list[str]:
    """The key of each row of a table in its profile."""
    columns = [table[key] for key in KEYS[name]]
    return [" ".join(map(str, cells)) for cells in zip(*columns, strict=True)] if columns else [""] * len(table)


def against_profile(file: str, column: str, cells: Sequence[Held], alone: bool) -> Iterator[Finding]:
    """What is odd in one column: as a whole if most cells are, else cell by cell; `alone` looks for single ones."""
    if not cells:
        return
    whole = list(_whole(file, column, cells))
    yield from whole
    if not whole:
        odd = [cell for cell in cells if cell.odd]
        for cell in odd:
            yield outside(file, cell.line, column, cell.row, "range", cell.figure, cell.usual, cell.of)
        if alone and not odd:
            yield from _alone(file, column, cells)


def _whole(file: str, column: str, cells: Sequence[Held]) -> Iterator[Finding]:
    wanted = [cell for cell in cells if cell.usual.value != 0]
    if len(wanted) > 1 and all(cell.figure == 0 for cell in wanted):
        problem = TableProblem(file, 0, column, "0", texts.NOT_ALL_ZERO, "", texts.CAUSE_ZERO, "", "zeros")
        yield Finding(problem, refused=True)
        return
    odd = [cell for cell in wanted if cell.odd and not math.isnan(cell.ratio)]
    signs = {cell.ratio > 0 for cell in odd}
    if len(odd) > 2 and len(signs) == 1 and 2 * len(odd) >= len(wanted):
        yield _level(file, column, float(np.median([cell.ratio for cell in odd])), odd)


def _level(file: str, column: str, ratio: float, odd: Sequence[Held]) -> Finding:
    times = math.exp(ratio)
    said = texts.times(times, len(odd))
    problem = TableProblem(file, 0, column, said, texts.SAME_LEVEL, "", cause_of(times), "", "level")
    return Finding(problem, refused=abs(ratio) > math.log(8))


def _alone(file: str, column: str, cells: Sequence[Held]) -> Iterator[Finding]:
    ratios = np.array([cell.ratio for cell in cells])
    if np.isnan(ratios).all():
        return
    middle = np.nanmedian(ratios)
    spread = max(1.4826 * float(np.nanmedian(np.abs(ratios - middle))), EVEN)
    far = np.abs(ratios - middle) > max(SPREADS * spread, ALONE)
    for cell in (cell for cell, is_far in zip(cells, far, strict=True) if is_far):
        level = cell.usual.value * math.exp(middle)
        usual = Bounds(level, level / 1.5, level * 1.5, cell.usual.unit, cell.usual.source, cell.usual.grade)
        yield Finding(
            outside(file, cell.line, column, cell.row, "alone", cell.figure, usual, cell.of).problem, refused=False
        )


def by_row(cells: Iterable[Held]) -> Mapping[str, float]:
    """Figures above 0 by the key of their row."""
    return {cell.row: cell.figure for cell in cells if cell.figure > 0}


def values(profile: Profile) -> Mapping[str, float]:
    """Reference values above 0 by the key of their row."""
    return {row: usual.value for row, usual in profile.items() if usual.value > 0}
