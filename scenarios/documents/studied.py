"""A study's results as its document asks of them: all cases, those that were named, those under each stress test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from scenarios.documents.judging import KEY_MEASURES, SET_BY_LEVERS, Judged, finding
from scenarios.documents.results_read import Material, material_of
from scenarios.findings.compare import compare
from scenarios.live.answer import verdict
from scenarios.measures.figures import INDICATORS
from scenarios.report.origin import ToldScenario
from scenarios.studies.cases import Case
from scenarios.studies.study import Study
from scenarios.studies.sweeps import names_of


@dataclass(frozen=True, eq=False)
class Studied:
    """A study with its results.

    `whole` has every case under no stress test, `named` those of them that no sweep made, and `stressed` by stress
    test the cases put to it, compared with the same baseline under the same test. Cases that have no results are left
    out. `indicators` are the measures that are told in tables. Only a study of named strategies alone is worked out by
    place.
    """

    study: Study
    cases: Mapping[str, Case]
    whole: Material
    named: Material
    stressed: Mapping[str, Material]
    indicators: tuple[str, ...]

    def found(self, indicator: str) -> list[Judged]:
        """Return how an indicator of every case differs from the baseline in the last year, under no stress test."""
        told = (finding(self.whole, indicator, name) for name in self.whole.strategies)
        return [each for each in told if each is not None]

    def under(self, stress: str, indicator: str, name: str) -> Judged | None:
        """Return how a case put to a stress test differs from the baseline put to it, None without results."""
        material = self.stressed[stress]
        case = f"{name}-{stress}"
        return finding(material, indicator, case) if case in material.answer.labels else None

    def worst(self) -> Judged | None:
        """Return the largest loss of all cases in all measures of outcome that is safe from chance."""
        largest = max(self._losses(), default=None)
        if largest is None:
            return None
        _, scenario, indicator = largest
        material, figure = self.whole, INDICATORS[indicator]
        both = material.dataset.sel(scenario=[material.baseline, scenario])
        records = compare(both, [figure], [material.last], material.baseline)
        record = next(each for each in records if each.scenario == scenario)
        low, high = record.difference_low_with_parameters, record.difference_high_with_parameters
        holds = None if low is None or high is None else not low <= 0 <= high
        return Judged(figure, record, verdict(record, figure.good), holds)

    def _losses(self) -> Iterator[tuple[float, str, str]]:
        """Yield the size against the value itself of every sure loss, with its scenario and indicator."""
        answer, e = self.whole.answer, self.whole.answer.estimates
        for j, name in enumerate(answer.names):
            good = INDICATORS[name].good
            if good == "neither" or name in SET_BY_LEVERS:
                continue
            low, high, difference = e.difference_low[:, j, -1], e.difference_high[:, j, -1], e.difference[:, j, -1]
            sure = high < 0 if good == "up" else low > 0
            for i in np.flatnonzero(sure):
                value = float(e.value[i, j, -1])
                largest = max(abs(value), abs(value - float(difference[i])))
                yield abs(float(difference[i])) / largest, answer.shown[i].name, name


def studied_of(dataset: xr.Dataset, study: Study, cases: Sequence[Case]) -> Studied:
    """Return a study with its results; raises InputError when nothing can be told of them."""
    there = {str(name) for name in dataset["scenario"].values}
    known = {case.name: case for case in cases if case.name in there}
    indicators = study.indicators or KEY_MEASURES
    told = tuple(dict.fromkeys((*KEY_MEASURES, *indicators)))
    plain = [name for name, case in known.items() if case.stress is None]
    swept = {name for sweep in study.sweeps for name in names_of(sweep)}
    whole = material_of(dataset, plain, indicators=told, places=False)
    alone = not study.sweeps and not study.futures.stress_tests
    named = material_of(dataset, [name for name in plain if name not in swept], whole.baseline, places=alone)
    stressed = {}
    for stress in dict.fromkeys(case.stress_name for case in known.values() if case.stress is not None):
        put_to = [name for name, case in known.items() if case.stress_name == stress]
        if f"{whole.baseline}-{stress}" in put_to:
            baseline = f"{whole.baseline}-{stress}"
            stressed[stress] = material_of(dataset, put_to, baseline, indicators=told, places=False)
    measured = tuple(name for name in indicators if name in whole.answer.names)
    return Studied(study, known, _told(whole, known), _told(named, known), stressed, measured)


def _told(material: Material, cases: Mapping[str, Case]) -> Material:
    """Return a material whose scenarios have the strategies of their cases, wherever those came from."""
    told = tuple(_with_strategy(each, cases) for each in material.origin.scenarios)
    return replace(material, origin=replace(material.origin, scenarios=told))


def _with_strategy(told: ToldScenario, cases: Mapping[str, Case]) -> ToldScenario:
    return replace(told, strategy=cases[told.name].strategy) if told.name in cases else told
