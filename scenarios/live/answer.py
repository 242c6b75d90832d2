"""An answer: what a page needs of some scenarios, compared in pairs over the replications that all of them have."""

from __future__ import annotations

import zipfile
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import RLock
from typing import Any, Literal

import numpy as np
import xarray as xr

from scenarios.findings.compare import ComparedFigure
from scenarios.live.course import Course
from scenarios.live.kept import Book, unpack
from scenarios.live.shelf import Shelf
from scenarios.live.work import Kind, book_name
from scenarios.measures.figures import INDICATORS, Figure
from scenarios.statistics.arrays import Array
from scenarios.statistics.estimates import Estimates, estimate
from scenarios.statistics.limits import Limits, along
from scenarios.strategies.labels import told_apart

Verdict = Literal["better", "worse", "unclear", "changed", "unknown"]
COURSES_IN_MEMORY = 30
"""Courses whose books are kept unpacked, some 4 MB each with 20 replications."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A scenario on the screen: a name that tells it from the others there, its Swedish label, its course."""

    name: str
    label: str
    course: Course


@dataclass(frozen=True, eq=False)
class Answer:
    """Some scenarios compared with `baseline`, the first unless today's course is among them.

    `indicators_by_run` is float[scenario, replication, indicator, year]. `details` holds what pages show beside
    indicators, with leading dimensions scenario and replication; None in a first answer, which has the main
    indicators alone.
    """

    shown: tuple[Shown, ...]
    baseline: str
    replications: int
    names: tuple[str, ...]
    years: tuple[int, ...]
    indicators_by_run: Array
    details: xr.Dataset | None
    version: str
    wanted: int

    @property
    def labels(self) -> dict[str, str]:
        """Return the Swedish label of each scenario, told apart where two look the same, in order."""
        return told_apart({each.name: each.label for each in self.shown})

    @property
    def preliminary(self) -> bool:
        """Tell whether more replications are on their way."""
        return self.replications < self.wanted

    @property
    def last_year(self) -> int:
        """Return the last year that was simulated."""
        return self.years[-1]

    @property
    def indicators(self) -> tuple[Figure, ...]:
        """Return what was measured, in the order of the register."""
        return tuple(indicator for name, indicator in INDICATORS.items() if name in self.names)

    @cached_property
    def estimates(self) -> Estimates:
        """Return means, intervals and differences, [scenario, indicator, year]."""
        limits = along([INDICATORS[name].limits for name in self.names], 1)
        return self.estimate(self.indicators_by_run, limits)

    def estimate(self, values: Array, limits: Limits) -> Estimates:
        """Return the estimates of values[scenario, replication, ...] within limits against this answer's baseline."""
        return estimate(values, [each.name for each in self.shown].index(self.baseline), limits)

    def sample(self, indicator: str, scenario: str, year: int) -> Array:
        """Return an indicator of a scenario and year in every replication, float[replication]."""
        at = [each.name for each in self.shown].index(scenario), self.names.index(indicator), self.years.index(year)
        values: Array = self.indicators_by_run[at[0], :, at[1], at[2]]
        return values

    def record(self, indicator: str, scenario: str, year: int) -> ComparedFigure:
        """Return what is known of an indicator in a scenario and year; raises ValueError when it was not measured."""
        i = [each.name for each in self.shown].index(scenario)
        return self._record(i, self.names.index(indicator), self.years.index(year))

    def of(self, indicator: str, year: int | None = None) -> Iterator[ComparedFigure]:
        """Yield the records of an indicator, of every year unless told, by year and scenario; none where not known."""
        if indicator not in self.names:
            return
        j = self.names.index(indicator)
        for k, each in enumerate(self.years):
            if year in (None, each):
                for i in range(len(self.shown)):
                    if not np.isnan(self.estimates.value[i, j, k]):
                        yield self._record(i, j, k)

    def _record(self, i: int, j: int, k: int) -> ComparedFigure:
        e = self.estimates
        name = self.names[j]

        def known(values: Array) -> float | None:
            value = float(values[i, j, k])
            return None if np.isnan(value) else value

        return ComparedFigure(
            name, INDICATORS[name].unit, self.years[k], self.shown[i].name, float(e.value[i, j, k]),
            known(e.low), known(e.high), known(e.difference), known(e.difference_low), known(e.difference_high),
            known(e.error),
        )  # fmt: skip


def verdict(record: ComparedFigure, good: Literal["up", "down", "neither"]) -> Verdict:
    """Tell what the paired difference means: better or worse only when its interval leaves out zero.

    `changed` is a sure difference of something that is neither good nor bad, `unknown` one without an
    interval (a single replication).
    """
    low, high = record.difference_low, record.difference_high
    if low is None or high is None:
        return "unknown"
    if low <= 0 <= high:
        return "unclear"
    if good == "neither":
        return "changed"
    return "better" if (low > 0) == (good == "up") else "worse"


class Reader:
    """Reads courses from a shelf and keeps the last ones in memory; safe to use from many threads."""

    def __init__(self, shelf: Shelf) -> None:
        """Read from `shelf`."""
        self.shelf = shelf
        self._lock = RLock()
        self._books: OrderedDict[str, dict[str, Book]] = OrderedDict()

    def replications(self, course: Course, most: int, kind: Kind = "whole") -> list[int]:
        """Return the numbers, from 1 to `most`, of the replications (or draws) of which a book of a kind is there."""
        return [n for n in range(1, most + 1) if self.shelf.has(course.key, book_name(n, kind))]

    def answer(self, scenarios: Sequence[Shown], wanted: int, baseline: str, version: str) -> Answer | None:
        """Return the answer from what is there of at most `wanted` replications, None when there is nothing yet.

        The very first may have the main indicators alone.
        """
        whole = self._common(scenarios, wanted, "whole")
        runs = whole or self._common(scenarios, wanted, "main")
        return self._of_runs(scenarios, wanted, baseline, version, runs, bool(whole)) if runs else None

    def drawn(self, scenarios: Sequence[Shown], wanted: int, baseline: str, version: str) -> Answer | None:
        """Return the main indicators of at most `wanted` draws of the assumptions, None when there are none yet."""
        runs = self._common(scenarios, wanted, "drawn")
        return self._of_runs(scenarios, wanted, baseline, version, runs, whole=False) if runs else None

    @staticmethod
    def _of_runs(
        scenarios: Sequence[Shown],
        wanted: int,
        baseline: str,
        version: str,
        runs: Sequence[Sequence[Book]],
        whole: bool,
    ) -> Answer:
        """Return the answer of books [scenario][replication]."""
        variables, coordinates = _stacked(runs)
        names = tuple(str(name) for name in coordinates["indicator"])
        years = tuple(int(year) for year in coordinates["year"])
        by_run = np.asarray(variables.pop("indicators")[1])
        details = _dataset(variables, coordinates, [each.name for each in scenarios]) if whole else None
        return Answer(tuple(scenarios), baseline, by_run.shape[1], names, years, by_run, details, version, wanted)

    def _common(self, scenarios: Sequence[Shown], most: int, kind: Kind) -> list[list[Book]]:
        """Return the books [scenario][replication] of the replications that all have; empty without any."""
        numbers = [self.replications(each.course, most, kind) for each in scenarios]
        common = sorted(set.intersection(*map(set, numbers))) if numbers else []
        rows = [[self._book(each.course.key, book_name(n, kind)) for n in common] for each in scenarios]
        readable = [n for n in range(len(common)) if all(row[n] is not None for row in rows)]
        return [[book for n in readable if (book := row[n]) is not None] for row in rows] if readable else []

    def _book(self, key: str, name: str) -> Book | None:
        """Return a book from memory or disk; None when it is not there. A damaged one is dropped, to be made again."""
        with self._lock:
            books = self._books.setdefault(key, {})
            self._books.move_to_end(key)
            while len(self._books) > COURSES_IN_MEMORY:
                self._books.popitem(last=False)
            if name in books:
                return books[name]
        content = self.shelf.read(key, name)
        try:
            book = None if content is None else unpack(content)
        except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile):
            self.shelf.drop(key, name)
            return None
        if book is not None:
            books[name] = book
        return book


def _stacked(
    runs: Sequence[Sequence[Book]],
) -> tuple[dict[str, tuple[tuple[str, ...], Array]], Mapping[str, Array]]:
    """Put books [scenario][replication] of one kind together: arrays with two dimensions more in front."""
    first = runs[0][0]
    variables = {}
    for name, (dims, _) in first.variables.items():
        rows = [np.stack([book.variables[name][1] for book in row]) for row in runs]
        variables[name] = (("scenario", "replication", *dims), np.stack(rows))
    return variables, first.coordinates


def _dataset(
    variables: Mapping[str, tuple[tuple[str, ...], Any]], coordinates: Mapping[str, Array], names: Sequence[str]
) -> xr.Dataset:
    return xr.Dataset(dict(variables), {**coordinates, "scenario": list(names)})
