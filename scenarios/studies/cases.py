"""Cases: every scenario of a study under every future that it names, with what each changes in the region.

A stress test is stacked on a scenario, it does not replace it: levers that multiply or add act together (half the
recruitment under a strategy that raises it by half gives three quarters), and its budget pays for the strategy
alone. A lever that sets a value can be in one of both; in both it is refused, for neither could be meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from scenarios.running.batch import label_of
from scenarios.strategies.budget import Bill
from scenarios.strategies.labels import told_apart
from scenarios.strategies.library import BASELINE
from scenarios.strategies.scenario import Scenario, in_order
from scenarios.strategies.strategy import Strategy
from scenarios.studies.study import Study
from scenarios.text.problems import Problem, ScenarioError, quoted
from scenarios.text.swedish import number
from simulator.changes import Change
from simulator.controls import CONTROLS
from simulator.region.pack import Region

MOST_CASES = 5_000
MOST_KEPT_WHOLE = 100
"""Cases of which all variables may be kept; of more the headline figures alone."""


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario under one future: the strategy, the stress test it is put to (None for none), what both change."""

    name: str
    label_sv: str
    strategy: Strategy
    stress: Strategy | None
    changes: tuple[Change, ...]
    bill: Bill | None

    @property
    def stress_name(self) -> str:
        """Name of the stress test, "" for none."""
        return "" if self.stress is None else self.stress.name


def cases_of(
    study: Study,
    strategies: Iterable[Strategy],
    stresses: Iterable[Strategy],
    region: Region,
    place: Callable[[str], str],
) -> tuple[Case, ...]:
    """Return every scenario as it is and under every stress test, today's course first where it is one of them.

    `place` tells where in the file a key is. Raises ScenarioError with everything that is wrong.
    """
    strategies = sorted(strategies, key=lambda strategy: strategy.name != BASELINE)
    tests = tuple(stresses)
    problems = [*_too_many(study, len(strategies) * (1 + len(tests)), place), *_repeated(strategies, tests, place)]
    if problems:
        raise ScenarioError(problems)
    horizon = date(study.horizon, 12, 31)
    made = _Changes(study.region, horizon, region, problems)
    under = {None: ()} | {test.name: made.of(test) for test in tests}
    cases = [_case(strategy, test, made, under, problems, place) for test in (None, *tests) for strategy in strategies]
    if problems:
        raise ScenarioError(problems)
    labels = told_apart({case.name: case.label_sv for case in cases})
    return tuple(replace(case, label_sv=labels[case.name]) for case in cases)


class _Changes:
    """What strategies change, each worked out once; what they cannot is added to `problems`."""

    def __init__(self, name: str, horizon: date, region: Region, problems: list[Problem]) -> None:
        self.name, self.horizon, self.region, self.problems = name, horizon, region, problems
        self._known: dict[str, tuple[tuple[Change, ...], Bill | None]] = {}

    def of(self, strategy: Strategy) -> tuple[Change, ...]:
        return self._worked_out(strategy)[0]

    def bill(self, strategy: Strategy) -> Bill | None:
        return self._worked_out(strategy)[1]

    def _worked_out(self, strategy: Strategy) -> tuple[tuple[Change, ...], Bill | None]:
        if strategy.name not in self._known:
            try:
                scenario = Scenario(region=self.name, strategy=strategy, horizon=self.horizon)
                budget = strategy.budget_msek_per_year
                bill = None if budget is None else scenario.bill(self.region)
                self._known[strategy.name] = scenario.changes(self.region), bill
            except ScenarioError as error:
                self.problems += error.problems
                self._known[strategy.name] = (), None
        return self._known[strategy.name]


def _case(
    strategy: Strategy, test: Strategy | None, made: _Changes, under: dict[str | None, tuple[Change, ...]],
    problems: list[Problem], place: Callable[[str], str],
) -> Case:  # fmt: skip
    own, bill = made.of(strategy), made.bill(strategy)
    label = label_of(strategy, bill)
    if test is None:
        return Case(strategy.name, label, strategy, None, own, bill)
    stress = under[test.name]
    problems += [
        Problem(place("futures.stress_tests"), f"{strategy.name} under {test.name}: {fault}")
        for fault in conflicts(own, stress)
    ]
    changes = in_order((*own, *stress))
    return Case(f"{strategy.name}-{test.name}", f"{label} ({test.label_sv})", strategy, test, changes, bill)


def conflicts(own: Iterable[Change], stress: Iterable[Change]) -> Iterator[str]:
    """Yield in Swedish why changes of a strategy and of a stress test cannot be stacked."""
    tests = tuple(stress)
    for change in own:
        for other in tests:
            if other.control != change.control or not _meet(change, other):
                continue
            if "set" in (change.operation, other.operation):
                yield f"{change.control} sätts till ett värde, och bara faktorer och tillägg kan läggas ihop."
                continue
            control = CONTROLS[change.control]
            adds = change.operation == "add"
            value = control.baseline + change.value + other.value if adds else change.value * other.value
            if not control.low <= value <= control.high:
                yield (
                    f"{change.control} blir {number(value)} tillsammans, utanför {number(control.low)} till "
                    f"{number(control.high)}."
                )


def _meet(one: Change, other: Change) -> bool:
    """Tell whether two changes reach anything in common, as far as their lists tell."""
    pairs = (
        (one.municipalities, other.municipalities), (one.centres, other.centres), (one.age_groups, other.age_groups),
        (one.segments, other.segments),
    )  # fmt: skip
    return all(not (mine and theirs) or {*mine} & {*theirs} for mine, theirs in pairs)


def _too_many(study: Study, count: int, place: Callable[[str], str]) -> list[Problem]:
    if count == 0:
        return [
            Problem(place("scenarios"), "studien har inga scenarier.", allowed="minst ett, eller ett svep (sweeps)")
        ]
    if count > MOST_CASES:
        message = "scenarier gånger framtider blir för många."
        return [Problem(place("scenarios"), message, number(count), f"högst {number(MOST_CASES)}")]
    if study.keep == "all" and count > MOST_KEPT_WHOLE:
        message = f"med {number(count)} scenarier kan bara huvudmåtten sparas; ange keep: headline."
        return [Problem(place("keep"), message, quoted(study.keep), f"all till och med {MOST_KEPT_WHOLE} scenarier")]
    return []


def _repeated(
    strategies: list[Strategy], tests: tuple[Strategy, ...], place: Callable[[str], str]
) -> Iterator[Problem]:
    """Yield names that two scenarios, crossed ones too, would have."""
    names = [strategy.name for strategy in strategies]
    names += [f"{strategy.name}-{test.name}" for test in tests for strategy in strategies]
    for name in sorted(name for name, count in Counter(names).items() if count > 1):
        yield Problem(place("scenarios"), "flera scenarier i studien heter så.", quoted(name))
    if BASELINE in (test.name for test in tests):
        yield Problem(place("futures.stress_tests"), "dagens kurs är inget stresstest.", quoted(BASELINE))
