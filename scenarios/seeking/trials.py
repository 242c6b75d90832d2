"""Points run by the machinery of studies: each round is a study in a folder of its own, and resumes as one.

A search's rounds run the draws alone, for nothing else is asked of them; what is confirmed is run as any study, with
the stated assumptions too, so that every command that reads results can read it. Seeds decide everything, so the
same file proposes the same points again: a search that was stopped goes on where it stood.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

import numpy as np
import xarray as xr
import yaml

from scenarios.measures.figure import OF_REGION
from scenarios.running.batch import stamp
from scenarios.running.folder import WriteError
from scenarios.running.runner import Engine, Progress
from scenarios.seeking.reading import Read, W
from scenarios.statistics.arrays import Array
from scenarios.strategies.library import BASELINE, library
from scenarios.strategies.scenario import read_strategy
from scenarios.strategies.strategy import Strategy
from scenarios.studies.cases import cases_of
from scenarios.studies.conduct import Conducted, conduct
from scenarios.studies.gathering import gather
from scenarios.studies.ledger import Ledger
from scenarios.studies.plan import StudyPlan, StudyTask
from scenarios.studies.reading import ReadStudy
from scenarios.studies.run_file import RunRecord, read_runs
from scenarios.studies.study import Futures, OwnScenario, Study
from scenarios.text.problems import InputError, Problem

CONFIRMATION = "bekraftelse"
"""Folder of the runs that confirm: a study as any other."""
MOST_FAILURES_TOLD = 12


class DrawsAlone(StudyPlan):
    """The plan of a study whose drawn runs alone are wanted."""

    def tasks(self, replications: int) -> tuple[StudyTask, ...]:
        """Return the tasks of the draws."""
        return tuple(task for task in super().tasks(replications) if task.drawn)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Headline figures of strategies over draws: float64 [indicator, scenario, draw, year], with what they are of.

    `parameters` are the values drawn, by name, one mapping a draw.
    """

    values: Array
    indicators: tuple[str, ...]
    scenarios: tuple[str, ...]
    years: tuple[int, ...]
    parameters: tuple[Mapping[str, float], ...]

    def of(self, indicator: str, year: int) -> Array:
        """Return an indicator in a year, float64 [scenario, draw]; raises InputError where it is not measured."""
        if indicator in self.indicators and year in self.years:
            values: Array = self.values[self.indicators.index(indicator), :, :, self.years.index(year)]
            if not np.isnan(values).any():
                return values
        message = f"indikatorn saknar värde {year} i minst en körning, och går inte att söka på."
        raise InputError([Problem("indicator", message, indicator)])


@dataclass(frozen=True, slots=True)
class Bench(Generic[W]):
    """Where points are run: the file that asks, a folder, a simulator, workers, and to whom progress is told."""

    read: Read[W]
    folder: Path
    engine: Engine
    executor: Executor
    progress: Callable[[Progress], None] = lambda _: None
    told: Callable[[str], None] = lambda _: None
    longest_silence: float | None = None

    def search(self, name: str, strategies: Sequence[Strategy]) -> Outcomes:
        """Run strategies over the draws of the search, in a folder of that name; raises WriteError where some fail."""
        study = self._study(name, strategies, self.read.wanted.search.draws, self.read.wanted.seed)
        ledger = Ledger.open(self.folder / name, DrawsAlone.of(self._planned(study, strategies)))
        return _outcomes(ledger, self._conducted(ledger))

    def confirm(
        self, strategies: Sequence[Strategy], stresses: Sequence[Strategy] = (), whole: bool = True
    ) -> Outcomes:
        """Run strategies, today's course and the base among them, over draws that no search has seen.

        All variables are kept if `whole`. Raises WriteError where runs fail.
        """
        wanted = self.read.wanted
        study = self._study(
            CONFIRMATION, strategies, wanted.search.confirming_draws, other_seed(wanted.seed), stresses, whole
        )
        ledger = Ledger.open(self.folder / CONFIRMATION, StudyPlan.of(self._planned(study, strategies, stresses)))
        conducted = self._conducted(ledger)
        version, _, command = stamp()
        gather(ledger, conducted.tasks, command, version)
        return _outcomes(ledger, conducted)

    def _study(
        self, name: str, strategies: Sequence[Strategy], draws: int, seed: int, stresses: Sequence[Strategy] = (),
        whole: bool = False,
    ) -> Study:  # fmt: skip
        wanted = self.read.wanted
        tests = {"stress_tests": tuple(map(_entry, stresses))} if stresses else {}
        return Study(
            name=f"{wanted.name}-{name}"[:64].rstrip("-"),
            label_sv=wanted.label_sv,
            question_sv=wanted.question_sv,
            description_sv=wanted.description_sv,
            region=wanted.region,
            horizon=wanted.horizon,
            seed=seed,
            replications=draws,
            scenarios=tuple(map(_entry, strategies)),
            futures=Futures(parameter_draws=draws, **tests),
            keep="all" if whole else "headline",
        )

    def _planned(self, study: Study, strategies: Sequence[Strategy], stresses: Sequence[Strategy] = ()) -> ReadStudy:
        region = self.read.region
        cases = cases_of(study, strategies, stresses, region, lambda key: f"{study.name}:{key}")
        text = yaml.safe_dump(study.model_dump(mode="json", exclude_defaults=True), allow_unicode=True, sort_keys=False)
        return ReadStudy(study, region, cases, text.encode())

    def _conducted(self, ledger: Ledger) -> Conducted:
        conducted = conduct(ledger, self.engine, self.executor, self.progress, self.longest_silence, self.told)
        if conducted.failed:
            failures = [
                f"  {record.number}, {scenario or 'hela uppgiften'}: {reason}"
                for record in conducted.failed
                for scenario, reason in record.failures
            ]
            heading = f"Körningar i {ledger.folder} misslyckades vid två försök; samma kommando försöker igen."
            raise WriteError("\n".join([heading, *failures[:MOST_FAILURES_TOLD]]))
        return conducted


def other_seed(seed: int) -> int:
    """Return the seed of the draws that confirm: never that of the search, whose best points are lucky in its draws."""
    return seed + 1 if seed % 2 == 0 else seed - 1


def references(bench: Bench[W]) -> list[Strategy]:
    """Return what every confirmation is compared with: today's course, and the base where that is another."""
    base = bench.read.base
    return [base] if base.name == BASELINE else [read_strategy(library()[BASELINE]), base]


def _entry(strategy: Strategy) -> str | OwnScenario:
    if strategy.name in library():
        return strategy.name
    return OwnScenario(**{name: getattr(strategy, name) for name in Strategy.model_fields})


def _outcomes(ledger: Ledger, conducted: Conducted) -> Outcomes:
    """Return the drawn figures of every case of a study, read one task at a time."""
    names = tuple(case.name for case in ledger.plan.read.cases)
    drawn = {task: record for task, record in ledger.done(conducted.tasks).items() if task.drawn}
    first = _figures(next(iter(drawn.values())), ledger)
    indicators, years = tuple(first[OF_REGION.listed].values.tolist()), tuple(first["year"].values.tolist())
    numbers = sorted({task.number for task in drawn})
    values = np.full((len(indicators), len(names), len(numbers), len(years)), np.nan)
    parameters: dict[int, Mapping[str, float]] = {}
    for task, record in drawn.items():
        figures = _figures(record, ledger).reindex({OF_REGION.listed: list(indicators), "year": list(years)})
        rows = [names.index(name) for name in figures["scenario"].values.tolist()]
        values[:, rows, numbers.index(task.number)] = figures.transpose(
            OF_REGION.listed, "scenario", "replication", "year"
        ).values[:, :, 0]
        parameters[task.number] = record.parameters
    return Outcomes(values, indicators, names, years, tuple(parameters[number] for number in numbers))


def _figures(record: RunRecord, ledger: Ledger) -> xr.DataArray:
    return read_runs(record, ledger.folder, OF_REGION.variable)[OF_REGION.variable]
