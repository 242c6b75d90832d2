"""What money does best, from a file to mixes: rounds of runs along the front, confirmation, chance of best, regret.

What is told of a mix is what its confirmation gave, over draws that the search has not seen; what the surrogate
expected stands beside it, marked where it lies outside the interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.measures.figures import INDICATORS
from scenarios.seeking.front import first_front, front, objectives, spread_out
from scenarios.seeking.prim import Box, discover
from scenarios.seeking.regret import AS_GOOD, chance_of_being_best, regrets
from scenarios.seeking.space import Space, distinct, without
from scenarios.seeking.surrogate import GaussianProcess, MakeSurrogate, Surrogate
from scenarios.seeking.trials import Bench, Outcomes, references
from scenarios.seeking.wanted import Aim, PortfolioFile, year_of
from scenarios.statistics.arrays import Array
from scenarios.statistics.intervals import Mean, mean_of
from scenarios.statistics.limits import of_differences
from scenarios.strategies.strategy import Strategy

MIX = "blandning"


@dataclass(frozen=True, slots=True)
class Mix:
    """A mix of levers: what it takes, and whether it is on the front of what was confirmed too.

    `cost_msek` in millions of SEK a year, `posts` in FTE beyond today's; `unpriced` names levers in it without a price.
    """

    scenario: str
    label_sv: str
    cost_msek: float
    posts: float
    on_front: bool
    unpriced: str
    change_sv: str


@dataclass(frozen=True, slots=True)
class MixGain:
    """What a mix gains of one aim over the base, paired, in the indicator's unit; more is better whichever way is good.

    `gain` is the mean over the futures that confirm with its 95 % interval, `expected` what the surrogate said, and
    `as_expected` tells whether that lies within. `best_share` is the percent of futures in which no other mix gains
    more, `holds_share` that in which it gains more than nothing, or what the file asks for. `regret_most` and
    `regret_mean` are over the futures of `tests`, stress tests and none; None without stress tests.
    """

    scenario: str
    indicator: str
    unit: str
    year: int
    gain: float
    low: float | None
    high: float | None
    expected: float
    as_expected: bool
    best_share: float
    holds_share: float
    regret_most: float | None
    regret_mean: float | None


@dataclass(frozen=True, slots=True)
class Discovery:
    """Under which drawn assumptions a mix does not hold for an aim; `box` None where nothing carries."""

    scenario: str
    indicator: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Mixes from the cheapest to the dearest, what they gain, and when the best of each aim does not hold."""

    mixes: tuple[Mix, ...]
    gains: tuple[MixGain, ...]
    discoveries: tuple[Discovery, ...]
    strategies: tuple[Strategy, ...]
    tests: tuple[str, ...]
    tried: int
    points: int

    def best_of(self, aim: Aim) -> MixGain:
        """Return the mix that gains most of an aim, of those on the confirmed front."""
        kept = {mix.scenario for mix in self.mixes if mix.on_front}
        return max(
            (gain for gain in self.gains if gain.indicator == aim.indicator and gain.scenario in kept),
            key=lambda gain: gain.gain,
        )


def portfolio(bench: Bench[PortfolioFile], make: MakeSurrogate | None = None) -> Portfolio:
    """Search, confirm and compare; raises InputError where an indicator has no value, and WriteError."""
    wanted, space = bench.read.wanted, bench.read.space
    fitted = _Explored.first(bench, make or (lambda: GaussianProcess(wanted.seed % 2**32)))
    for number in range(1, wanted.search.rounds + 1):
        found = front(space, fitted.expected, fitted.points, wanted.seed)
        new = without(found, fitted.points)
        if not len(new):
            break
        table = objectives(space, new, fitted.expected(new))
        fitted = fitted.joined(number, new[spread_out(table, wanted.search.points_per_round)])
    found = front(space, fitted.expected, fitted.points, wanted.seed)
    found = without(found, space.today[None]) if len(found) > 1 else found
    picked = found[spread_out(objectives(space, found, fitted.expected(found)), wanted.mixes)]
    picked = picked[np.lexsort((space.posts(picked).sum(axis=1), space.cost(picked)))]
    bench.told(f"Bekräftar {len(picked)} blandningar med {wanted.search.confirming_draws} nya framtider …")
    names = [f"{MIX}-{n}" for n in range(1, len(picked) + 1)]
    labels = [f"Blandning {n}" for n in range(1, len(picked) + 1)]
    strategies = [space.strategy(*each) for each in zip(picked, names, labels, strict=True)]
    outcomes = bench.confirm([*references(bench), *strategies], bench.read.stresses, whole=False)
    return compared(bench, picked, strategies, fitted.expected(picked), outcomes, len(fitted.points))


def gains_of(outcomes: Outcomes, aim: Aim, year: int, names: Sequence[str], base: str, test: str = "") -> Array:
    """Return what scenarios gain over the base in each draw under a stress test, float64 [scenario, draw]."""
    values = outcomes.of(aim.indicator, year)
    ending = f"-{test}" if test else ""
    rows = [outcomes.scenarios.index(f"{name}{ending}") for name in names]
    return np.asarray(aim.sign * (values[rows] - values[outcomes.scenarios.index(f"{base}{ending}")]))


def compared(
    bench: Bench[PortfolioFile], points: Array, strategies: Sequence[Strategy], expected: Array, outcomes: Outcomes,
    tried: int,
) -> Portfolio:  # fmt: skip
    """Return what a confirmation says of mixes; `expected` is what the surrogate said, float64 [mix, aim]."""
    wanted, space, names = bench.read.wanted, bench.read.space, [each.name for each in strategies]
    tests = tuple(stress.name for stress in bench.read.stresses)
    base = bench.read.base.name
    rows: list[MixGain] = []
    means = []
    for n, aim in enumerate(wanted.aims):
        year = year_of(aim, wanted)
        drawn = {test: gains_of(outcomes, aim, year, names, base, test) for test in ("", *tests)}
        rows += gain_rows(aim, year, names, drawn, expected[:, n])
        means.append(drawn[""].mean(axis=1))
    kept = first_front(objectives(space, points, np.column_stack(means)))
    mixes = [
        _mix(space, point, strategy, n in kept)
        for n, (point, strategy) in enumerate(zip(points, strategies, strict=True))
    ]
    made = Portfolio(tuple(mixes), tuple(rows), (), tuple(strategies), tests, tried, space.count)
    found = tuple(_discovery(bench, made.best_of(aim), aim, outcomes) for aim in wanted.aims)
    return Portfolio(made.mixes, made.gains, found, made.strategies, tests, tried, space.count)


def gain_rows(
    aim: Aim, year: int, names: Sequence[str], drawn: Mapping[str, Array], expected: Array
) -> list[MixGain]:  # fmt: skip
    """Return the rows of an aim; `drawn` are gains [mix, draw] by stress test ("" for none), `expected` [mix]."""
    figure = INDICATORS[aim.indicator]
    plain = drawn[""]
    best, lost = chance_of_being_best(plain), regrets(np.column_stack([each.mean(axis=1) for each in drawn.values()]))
    rows = []
    for n, name in enumerate(names):
        mean = mean_of(plain[n], of_differences(figure.limits))
        within = _is_within(float(expected[n]), mean)
        holds = plain[n] >= aim.holds_from if aim.holds_from > 0 else plain[n] > 0
        regretted = (float(lost[n].max()), float(lost[n].mean())) if len(drawn) > 1 else (None, None)
        rows.append(
            MixGain(
                name, aim.indicator, figure.unit, year, mean.value, mean.low, mean.high, float(expected[n]), within,
                100 * float(best[n]), 100 * float(holds.mean()), *regretted,
            )
        )  # fmt: skip
    return rows


def _is_within(value: float, mean: Mean) -> bool:
    """Tell whether a value is within an interval, its ends and what is left of binary fractions included."""
    if mean.low is None or mean.high is None:
        return False
    return mean.low - AS_GOOD * abs(mean.low) <= value <= mean.high + AS_GOOD * abs(mean.high)


def _mix(space: Space, point: Array, strategy: Strategy, on_front: bool) -> Mix:
    cost, posts = float(space.cost(point[None])[0]), float(space.posts(point[None]).sum())
    moved = [axis.lever for axis, at in zip(space.axes, point.tolist(), strict=True) if axis.distance[at] > 0]
    free = ", ".join(lever.name for lever in moved if not lever.prices)
    return Mix(strategy.name, strategy.label_sv, cost, posts, on_front, free, space.told(point))


def _discovery(bench: Bench[PortfolioFile], best: MixGain, aim: Aim, outcomes: Outcomes) -> Discovery:
    gains = gains_of(outcomes, aim, best.year, [best.scenario], bench.read.base.name)[0]
    fails = gains < aim.holds_from if aim.holds_from > 0 else gains <= 0
    names = bench.read.wanted.assumptions or tuple(sorted(outcomes.parameters[0]))
    values = np.array([[drawn[name] for name in names] for drawn in outcomes.parameters])
    return Discovery(best.scenario, aim.indicator, discover(values, fails, names, bench.read.wanted.seed % 2**32))


@dataclass(frozen=True)
class _Explored:
    """Points that were run, int64 [point, lever], what they gained, float64 [aim, point, draw], and what is fitted."""

    bench: Bench[PortfolioFile]
    make: MakeSurrogate
    points: Array
    table: Array
    fitted: tuple[Surrogate, ...]

    @classmethod
    def first(cls, bench: Bench[PortfolioFile], make: MakeSurrogate) -> _Explored:
        points = bench.read.space.hypercube(bench.read.wanted.search.points, bench.read.wanted.seed)
        return cls._of(bench, make, points, _run(bench, 0, points))

    @classmethod
    def _of(cls, bench: Bench[PortfolioFile], make: MakeSurrogate, points: Array, table: Array) -> _Explored:
        fitted = []
        for gains in table:
            surrogate = make()
            surrogate.fit(bench.read.space.scaled(points), gains)
            fitted.append(surrogate)
        return cls(bench, make, points, table, tuple(fitted))

    def joined(self, number: int, points: Array) -> _Explored:
        table = np.concatenate([self.table, _run(self.bench, number, points)], axis=1)
        return self._of(self.bench, self.make, distinct(np.vstack([self.points, points])), table)

    def expected(self, points: Array) -> Array:
        """Return the mean gain over draws that is expected, float64 [point, aim]."""
        scaled = self.bench.read.space.scaled(points)
        return np.column_stack([surrogate.predict(scaled)[0].mean(axis=1) for surrogate in self.fitted])


def _run(bench: Bench[PortfolioFile], number: int, points: Array) -> Array:
    """Return what points gain over the base, float64 [aim, point, draw]."""
    wanted, base = bench.read.wanted, bench.read.base
    bench.told(f"Omgång {number}: {len(points)} punkter …")
    names = [f"punkt-{number}-{n:03d}" for n in range(1, len(points) + 1)]
    strategies = [bench.read.space.strategy(point, name, name) for point, name in zip(points, names, strict=True)]
    outcomes = bench.search(f"omgang-{number}", [base, *strategies])
    return np.stack([gains_of(outcomes, aim, year_of(aim, wanted), names, base.name) for aim in wanted.aims])
