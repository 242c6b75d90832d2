"""Another explanation that fits better: rows moved by one, men and women exchanged, columns exchanged.

A column is laid on its reference as it stands, and as it would be after a usual slip. Where the slip leaves about half
of the difference or less, it is said; a region that merely differs fits neither way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from simulator.region import texts
from simulator.region.axes import AGE_GROUPS
from simulator.region.plausible.finding import Finding
from simulator.region.table_schema import TableProblem

BETTER, LEAST = 0.55, 0.045
"""A slip explains if it leaves at most this share of the difference, which must be at least this (logarithm)."""
FEWEST = 4
"""Rows from which a pattern can be told."""
EXCHANGED_SEX = {"men": "women", "women": "men"}
FloatArray = npt.NDArray[np.float64]
Figures = Mapping[str, float]
"""Figures above 0 by the key of their row."""


def shifted(file: str, column: str, own: Figures, reference: Figures) -> Iterator[Finding]:
    """Rows moved by one step, along an axis of the key (age, band, month, hour) or down the file."""
    axes = [axis for axis in range(len(next(iter(reference)).split())) if _is_ordered(reference, axis)]
    for step in (-1, 1):
        if any(_explains(own, reference, moved) for moved in _ways(reference, axes, step)):
            problem = TableProblem(
                file, 0, column, "", texts.AS_REFERENCE_BY_ROW, "", texts.CAUSE_SHIFTED, "", "shifted"
            )
            yield Finding(problem, refused=False)
            return


def _ways(reference: Figures, axes: Sequence[int], step: int) -> Iterator[Figures]:
    yield from (_moved(reference, axis, step) for axis in axes)
    rows, figures = list(reference), list(reference.values())
    cut = slice(1, None) if step < 0 else slice(None, -1)
    yield dict(zip(rows[cut], figures[slice(None, -1) if step < 0 else slice(1, None)], strict=True))


def _moved(reference: Figures, axis: int, step: int) -> Figures:
    """The reference with each row's figure from the row `step` away along an axis; rows without one fall away."""
    order = _parts(reference, axis)
    place = {part: index for index, part in enumerate(order)}
    moved = {}
    for row in reference:
        parts = row.split()
        there = place[parts[axis]] + step
        if 0 <= there < len(order):
            other = " ".join([*parts[:axis], order[there], *parts[axis + 1 :]])
            if other in reference:
                moved[row] = reference[other]
    return moved


def _parts(reference: Figures, axis: int) -> list[str]:
    return list(dict.fromkeys(row.split()[axis] for row in reference))


def _is_ordered(reference: Figures, axis: int) -> bool:
    return all(part in AGE_GROUPS or part.isdigit() for part in _parts(reference, axis))


def _explains(own: Figures, reference: Figures, other: Figures) -> bool:
    """Whether `other` fits better than the reference, as it stands or at the region's own level."""
    rows = [row for row in other if row in own and row in reference]
    if len(rows) < FEWEST:
        return False
    mine, usual, moved = (np.log([figures[row] for row in rows]) for figures in (own, reference, other))
    given, explained = mine - usual, mine - moved
    return explains(given, explained) or explains(given - given.mean(), explained - explained.mean())


def explains(given: FloatArray, explained: FloatArray) -> bool:
    """Whether a slip leaves so much less of the differences (logarithms) that it is the likelier reading."""
    as_given, as_slip = (math.sqrt(float(np.mean(each**2))) for each in (given, explained))
    return as_given > LEAST and as_slip < BETTER * as_given


def exchanged_sexes(file: str, column: str, own: Figures, reference: Figures) -> Iterator[Finding]:
    """Men's figures in women's rows; what tells is the ratio between them."""
    pairs = [(row, _other_sex(row)) for row in reference if row.split()[0] == "men"]
    yield from _exchanged(
        file, column, texts.CAUSE_SEXES,
        [(own[men] / own[women], reference[men] / reference[women]) for men, women in pairs
         if men in own and women in own and women in reference],
    )  # fmt: skip


def exchanged_rows(file: str, column: str, own: Figures, reference: Figures) -> Iterator[Finding]:
    """Two rows with each other's figures, while all others are as the reference."""
    rows = [row for row in reference if row in own]
    if len(rows) < FEWEST - 1:
        return
    given = np.log([own[row] / reference[row] for row in rows])
    first, second = np.argsort(np.abs(given))[-2:].tolist()
    explained = given.copy()
    explained[first] = math.log(own[rows[first]] / reference[rows[second]])
    explained[second] = math.log(own[rows[second]] / reference[rows[first]])
    if explains(given, explained):
        pair = ", ".join(sorted((rows[first], rows[second])))
        problem = TableProblem(
            file, 0, column, "", texts.AS_REFERENCE_BY_ROW, "", texts.CAUSE_ROWS, pair, "exchanged rows"
        )
        yield Finding(problem, refused=False)


def _other_sex(row: str) -> str:
    sex, *rest = row.split()
    return " ".join([EXCHANGED_SEX[sex], *rest])


def exchanged_columns(
    file: str, columns: tuple[str, str], own: tuple[Figures, Figures], reference: tuple[Figures, Figures]
) -> Iterator[Finding]:
    """Two neighbouring columns in each other's place; what tells is the ratio between them, row by row."""
    (a, b), (p, q) = own, reference
    rows = [row for row in p if row in q and row in a and row in b]
    cause = texts.CAUSE_SEXES if columns[0].endswith("_men") else texts.cause_columns(*columns)
    pairs = [(a[row] / b[row], p[row] / q[row]) for row in rows]
    yield from _exchanged(file, ", ".join(columns), cause, pairs)


def _exchanged(file: str, column: str, cause: str, pairs: Sequence[tuple[float, float]]) -> Iterator[Finding]:
    """Yield one finding where the ratios are those of the reference upside down."""
    if len(pairs) < 2:
        return
    own, reference = np.log(np.array(pairs)).T
    if math.sqrt(float(np.mean(reference**2))) > LEAST and explains(own - reference, own + reference):
        problem = TableProblem(file, 0, column, "", texts.AS_REFERENCE_BETWEEN, "", cause, "", "exchanged")
        yield Finding(problem, refused=False)
