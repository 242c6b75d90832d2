"""What it takes, from a file to an answer: search, confirmation, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.findings.binding import headline_sv, rank_binding
from scenarios.places.names import places_of
from scenarios.running.results import read_results
from scenarios.seeking.binds import binding_of
from scenarios.seeking.goals import margins, scales_of
from scenarios.seeking.smallest import ladder, search
from scenarios.seeking.surrogate import GaussianProcess, MakeSurrogate
from scenarios.seeking.trials import CONFIRMATION, Bench, references
from scenarios.seeking.verdict import MISSED, Confirmed, GoalMet, chosen, confirmed, goals_met
from scenarios.seeking.wanted import GoalFile
from scenarios.statistics.arrays import Array
from scenarios.strategies.strategy import Strategy

ANSWER_NAME = "svar"
"""Name of the strategy that is the answer."""
NEAREST_NAME = "narmast"
"""Name of the one that comes nearest, where nothing reaches the goals."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is told: points with their confirmation, the smallest first, the one that answers, and what binds there.

    `strategy` is the answer as an ordinary strategy; `tried` counts the points that were run, of how many there are.
    `unpriced` names the levers that cost nothing in a budget.
    """

    rungs: tuple[Confirmed, ...]
    goals: tuple[GoalMet, ...]
    best: Confirmed
    strategy: Strategy
    binding: tuple[str, ...]
    tried: int
    points: int
    unpriced: tuple[str, ...]


def seek(bench: Bench[GoalFile], make: MakeSurrogate | None = None) -> Sought:
    """Search, confirm and answer; raises InputError where an indicator has no value, and WriteError."""
    wanted, space = bench.read.wanted, bench.read.space

    def run(number_of_round: int, points: Array) -> Array:
        bench.told(f"Omgång {number_of_round}: {len(points)} punkter …")
        names = [f"punkt-{number_of_round}-{n:03d}" for n in range(1, len(points) + 1)]
        strategies = [space.strategy(point, name, name) for point, name in zip(points, names, strict=True)]
        outcomes = bench.search(f"omgang-{number_of_round}", strategies)
        rows = [outcomes.scenarios.index(name) for name in names]
        return margins(outcomes, wanted.goals)[:, rows]

    found = search(wanted, space, run, make or (lambda: GaussianProcess(wanted.seed % 2**32)))
    points = ladder(found, space, wanted.probability)
    names = [f"forslag-{n}" for n in range(1, len(points) + 1)]
    strategies = [
        space.strategy(point, name, f"Förslag {n}")
        for n, (point, name) in enumerate(zip(points, names, strict=True), 1)
    ]
    bench.told(f"Bekräftar {len(points)} punkter med {wanted.search.confirming_draws} nya framtider …")
    outcomes = bench.confirm([*references(bench), *strategies])
    rungs = confirmed(wanted, space, points, names, outcomes, scales_of(found.table))
    best = chosen(rungs)
    at = names.index(best.scenario)
    missed = best.reached == MISSED
    name, label = (NEAREST_NAME, "Närmast målen") if missed else (ANSWER_NAME, "Svar")
    strategy = space.strategy(points[at], f"{name}-{wanted.name}"[:64].rstrip("-"), f"{label}: {wanted.label_sv}"[:160])
    binding = [*binding_of(space, points[at], bench.read.region), *_resource(bench, best.scenario)]
    goals = goals_met(wanted, [bench.read.base.name, *names], outcomes)
    free = tuple(axis.lever.name for axis in space.axes if not axis.lever.prices)
    return Sought(tuple(rungs), tuple(goals), best, strategy, tuple(binding), len(found.points), space.count, free)


def _resource(bench: Bench[GoalFile], scenario: str) -> list[str]:
    """Say which resource binds most in the last year of the goals, where the runs tell it."""
    dataset = read_results(bench.folder / CONFIRMATION)
    if "resource_lost" not in dataset:
        return []
    year = max(year for goal in bench.read.wanted.goals for year in goal.years)
    rows = rank_binding(dataset, places_of(bench.read.region), [scenario], [year])
    return [f"{headline_sv(rows).rstrip('.')} ({year})"]
