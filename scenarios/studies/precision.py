"""Whether there are replications enough: how wide the intervals of the paired differences still are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scenarios.measures.figure import OF_REGION
from scenarios.measures.figures import INDICATORS
from scenarios.statistics.arrays import Array
from scenarios.statistics.intervals import means, student
from scenarios.statistics.limits import of_differences
from scenarios.strategies.library import BASELINE
from scenarios.studies.cases import Case
from scenarios.studies.plan import StudyPlan, StudyTask
from scenarios.studies.run_file import RunRecord, read_runs


@dataclass(frozen=True, slots=True)
class Reached:
    """How wide the widest interval is: its half-width in the indicator's unit, whose it is, of how many replications.

    NaN where nothing is known yet.
    """

    half_width: float
    scenario: str
    replications: int

    def is_enough(self, wanted: float) -> bool:
        """Tell whether every interval is as narrow as wanted."""
        return self.half_width <= wanted


def baseline_under(cases: Sequence[Case]) -> dict[str, str]:
    """Return for each case the one that it is compared with: today's course, or the first, under the same future."""
    names: dict[str, str] = {}
    for case in cases:
        if case.stress_name not in names or case.strategy.name == BASELINE:
            names[case.stress_name] = case.name
    return {case.name: names[case.stress_name] for case in cases}


def reached(plan: StudyPlan, records: Mapping[StudyTask, RunRecord], folder: Path) -> Reached:
    """Return how precise the study's differences are with the replications that are whole in `records`."""
    precision, cases = plan.study.precision, plan.read.cases
    if precision is None:
        raise ValueError("the study asks for no precision")
    values = _values(plan, records, folder, precision.indicator, precision.year or plan.study.horizon)
    if values.shape[1] < 2:
        return Reached(float("nan"), "", values.shape[1])
    index, against = {case.name: n for n, case in enumerate(cases)}, baseline_under(cases)
    paired = values - values[[index[against[case.name]] for case in cases]]
    errors = means(paired, 1, of_differences(INDICATORS[precision.indicator].limits)).error
    half = student(values.shape[1] - 1) * errors
    if np.isnan(half).all():
        return Reached(float("nan"), "", values.shape[1])
    widest = int(np.nanargmax(half))
    return Reached(float(half[widest]), cases[widest].name, values.shape[1])


def _values(plan: StudyPlan, records: Mapping[StudyTask, RunRecord], folder: Path, indicator: str, year: int) -> Array:
    """Return an indicator in a year, [case, replication], of replications in which every case finished."""
    by_number: dict[int, dict[str, float]] = {}
    for task, record in records.items():
        if not task.drawn:
            figures = read_runs(record, folder, OF_REGION.variable)[OF_REGION.variable]
            row = figures.sel({OF_REGION.listed: indicator, "year": year})[:, 0].values.tolist()
            by_number.setdefault(task.number, {}).update(zip(record.scenarios, row, strict=True))
    names = [case.name for case in plan.read.cases]
    whole = [row for _, row in sorted(by_number.items()) if row.keys() == set(names)]
    return np.array([[row[name] for row in whole] for name in names], np.float64).reshape(len(names), len(whole))
