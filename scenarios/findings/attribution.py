"""What each part of a strategy contributes to its effect, by runs with and without it under the same chance.

The players are the strategy's levers, or groups of them. Every subset of players is a scenario (at neutral for the
players left out) run from the same history with the same seeds; the value v(S) of a subset is an indicator, and
the contribution of player i its Shapley value (Shapley 1953): the mean of what i adds to a subset, over all orders
in which the players could have been added,

    sum over S without i of  |S|! (n - |S| - 1)! / n!  x  (v(S with i) - v(S)).

All 2^n subsets are run, so it is exact but for chance, and within each replication the contributions sum to the
effect of the whole strategy. With `sequential` only the order of the file counts: each player's contribution is
what it adds to those before it. Either way `alone` is what the player does by itself, and `interaction` the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Literal

import numpy as np

from scenarios.levers.lever import Lever
from scenarios.levers.registry import LEVERS
from scenarios.measures.figures import INDICATORS, Figure
from scenarios.running.runner import Outcome, Run
from scenarios.statistics.arrays import Array
from scenarios.statistics.intervals import mean_of
from scenarios.statistics.limits import of_differences
from scenarios.strategies.budget import Bill
from scenarios.strategies.scenario import Scenario, in_order
from scenarios.strategies.strategy import Strategy
from scenarios.text.problems import InputError, Problem
from simulator.changes import Change
from simulator.controls import CONTROLS
from simulator.region.pack import Region

MOST_PLAYERS = 5
"""2^5 = 32 runs from each history; more players double the time each."""

TOTAL = "total"
By = Literal["lever", "group"]

_KINDS_SV = {
    "centre": "Hälsocentral",
    "hospital": "Sjukhus",
    "municipality": "Kommunal vård",
    "person": "Insatser och behov hos invånarna",
}
REST = "Övrigt"


@dataclass(frozen=True, slots=True)
class Player:
    """A lever or a group of levers whose contribution is told."""

    label_sv: str
    levers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which subsets of players are run, as bits, and the scenario of `run` that each of them is.

    Subsets that change the same have one scenario. `bill` is there when the strategy has a budget; its levers are
    scaled to it before they are taken apart.
    """

    strategy: Strategy
    bill: Bill | None
    players: tuple[Player, ...]
    sequential: bool
    scenarios: Mapping[int, str]
    run: Run


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one player, or the whole strategy (`TOTAL`), adds to an indicator in a year, mean over replications.

    `low` and `high` bound it with 95 % confidence over replications and `monte_carlo_error` is its standard error;
    None with one replication. `alone` and `interaction` sum to it; `share` is percent of the total, None where
    the total's interval holds zero.
    """

    indicator: str
    unit: str
    year: int
    player: str
    label_sv: str
    contribution: float
    low: float | None
    high: float | None
    monte_carlo_error: float | None
    alone: float
    interaction: float
    share: float | None


def players_of(strategy: Strategy, by: By | None, sequential: bool = False) -> tuple[Player, ...]:
    """Return the players: levers where that is affordable unless `by` says otherwise, else groups.

    Raises InputError when there are none, or too many for every subset to be run.
    """
    names = tuple(dict.fromkeys(setting.lever for setting in strategy.levers))
    levers = tuple(Player(LEVERS[name].label_sv, (name,)) for name in names)
    affordable = sequential or len(levers) <= MOST_PLAYERS
    players = levers if by == "lever" or (by is None and affordable) else _groups(strategy, names, sequential)
    problems = []
    if not players:
        problems.append(Problem(strategy.name, "strategin har inga spakar att fördela effekten på."))
    elif len(players) > MOST_PLAYERS and not sequential:
        cost_sv = f"{len(players)} delar kräver {2 ** len(players)} körningar i varje replikation."
        allowed = f"högst {MOST_PLAYERS} delar: --by group, färre grupper (groups) i filen, eller --sequential"
        problems.append(Problem(strategy.name, cost_sv, allowed=allowed))
    if problems:
        raise InputError(problems)
    return players


def _groups(strategy: Strategy, names: Sequence[str], sequential: bool) -> tuple[Player, ...]:
    """Return the file's groups and, of levers in none of them, one group a kind of lever; the smallest together."""
    stated = [Player(label, levers) for label, levers in (strategy.groups or {}).items() if levers]
    grouped = {lever for player in stated for lever in player.levers}
    kinds: dict[str, tuple[str, ...]] = {}
    for name in names:
        if name not in grouped:
            kind = kind_of(LEVERS[name])
            kinds[kind] = (*kinds.get(kind, ()), name)
    room = max(1, MOST_PLAYERS - len(stated))
    if len(kinds) > room and not sequential:
        largest = sorted(kinds, key=lambda kind: -len(kinds[kind]))[: room - 1]
        rest = tuple(name for kind, levers in kinds.items() if kind not in largest for name in levers)
        kinds = {kind: levers for kind, levers in kinds.items() if kind in largest} | {REST: rest}
    return (*stated, *(Player(label, levers) for label, levers in kinds.items()))


def kind_of(lever: Lever) -> str:
    """Return the Swedish name of the kind of lever: its own, or where its control is."""
    return lever.kind_sv or _KINDS_SV.get(CONTROLS[lever.control].dimension, REST)


def subsets(players: int, sequential: bool = False) -> tuple[int, ...]:
    """Return the subsets to be run, as bits: all, or those of the order of the file and each player alone."""
    if not sequential:
        return tuple(range(2**players))
    return tuple(sorted({2**k - 1 for k in range(players + 1)} | {2**k for k in range(players)}))


def plan(
    scenario: Scenario, region: Region, players: tuple[Player, ...], seed: int, replications: int, sequential: bool
) -> Plan:
    """Return what is to be run to tell the players' contributions; raises ScenarioError."""
    parts = scenario.parts(region)
    changes = [tuple(change for lever, change in parts if lever.name in player.levers) for player in players]
    names: dict[tuple[Change, ...], str] = {}
    scenarios: dict[int, str] = {}
    for subset in subsets(len(players), sequential):
        mine = in_order(change for i, own in enumerate(changes) if subset >> i & 1 for change in own)
        scenarios[subset] = names.setdefault(mine, _name(subset, len(players)))
    runs = tuple((name, mine) for mine, name in names.items())
    run = Run(scenario.region, region.digest, runs, scenario.until, seed, replications, headline_only=True)
    bill = None if scenario.strategy.budget_msek_per_year is None else scenario.bill(region)
    return Plan(scenario.strategy, bill, players, sequential, scenarios, run)


def _name(subset: int, players: int) -> str:
    """Return the name of a subset's scenario: a 1 for each player in it, in their order."""
    return "".join("1" if subset >> i & 1 else "0" for i in range(players))


def shapley(values: Mapping[int, Array], players: int) -> Array:
    """Return the Shapley values float64[players, ...] of subsets' values, subsets as bits, all of them there."""
    out = []
    for player in range(players):
        without = [subset for subset in range(2**players) if not subset >> player & 1]
        gains = [
            (values[subset | 1 << player] - values[subset]) / comb(players - 1, subset.bit_count())
            for subset in without
        ]
        out.append(np.sum(gains, axis=0) / players)
    return np.array(out)


def in_sequence(values: Mapping[int, Array], players: int) -> Array:
    """Return what each player adds to those before it, float64[players, ...]."""
    return np.array([values[2 ** (k + 1) - 1] - values[2**k - 1] for k in range(players)])


def contributions(
    made: Plan, outcomes: Sequence[Outcome], indicators: Iterable[Figure] | None = None, years: Sequence[int] = ()
) -> list[Contribution]:
    """Return the players' contributions and the total by indicator and year, the last year unless told.

    `outcomes` are whole replications (scenarios.running.assembly.complete), at least one; ValueError otherwise.
    """
    if not outcomes:
        raise ValueError("no replication in which every subset finished")
    chosen = INDICATORS.values() if indicators is None else indicators
    records: list[Contribution] = []
    for indicator in chosen:
        for year in years or (made.run.until.year - 1,):
            values = _values(made, outcomes, indicator.name, year)
            if values is not None:
                records += _contributions(made, indicator, year, values)
    return records


def _values(made: Plan, outcomes: Sequence[Outcome], indicator: str, year: int) -> dict[int, Array] | None:
    """Return an indicator by subset and replication; None where it was not measured."""
    first = next(iter(outcomes[0].datasets.values()))
    if indicator not in first or year not in first["year"].values:
        return None
    by_name = {
        name: np.array([float(outcome.datasets[name][indicator].sel(year=year)) for outcome in outcomes])
        for name, _ in made.run.scenarios
    }
    if any(np.isnan(values).any() for values in by_name.values()):
        return None
    return {subset: by_name[name] for subset, name in made.scenarios.items()}


def _contributions(made: Plan, indicator: Figure, year: int, values: Mapping[int, Array]) -> list[Contribution]:
    count = len(made.players)
    parts = in_sequence(values, count) if made.sequential else shapley(values, count)
    alone = np.array([values[1 << i] - values[0] for i in range(count)])
    total = values[2**count - 1] - values[0]
    limits = of_differences(indicator.limits)
    low, high = mean_of(total, limits).bounds
    sure = low is not None and high is not None and not low <= 0 <= high

    def record(player: str, label: str, sample: Array, by_itself: Array) -> Contribution:
        mean, single = mean_of(sample, limits), float(by_itself.mean())
        share = 100 * mean.value / float(total.mean()) if sure else None
        figures = (mean.value, *mean.bounds, mean.error, single, mean.value - single, share)
        return Contribution(indicator.name, indicator.unit, year, player, label, *figures)

    rows = [
        record("+".join(player.levers), player.label_sv, parts[i], alone[i]) for i, player in enumerate(made.players)
    ]
    return [*rows, record(TOTAL, "Hela strategin", total, alone.sum(axis=0))]
