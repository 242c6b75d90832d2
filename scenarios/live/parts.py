"""The parts of a strategy one after another: courses that each have one part more, from today's to the whole.

Courses are known by their content, so today's course and the whole strategy are those that are there already, and two
strategies that begin alike share their beginnings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.findings.attribution import Player, kind_of, players_of
from scenarios.levers.lever import Lever
from scenarios.levers.registry import LEVERS
from scenarios.live.answer import Shown
from scenarios.live.course import Course
from scenarios.strategies.defaults import HORIZON_YEAR
from scenarios.strategies.period import year_end
from scenarios.strategies.scenario import Scenario, in_order, scenario_hash
from scenarios.strategies.strategy import Strategy
from simulator.changes import Change
from simulator.region.pack import Region

MOST_LEVERS = 7
"""Above this many levers, groups of them are added one after another instead."""
PART_REPLICATIONS = 8
"""Replications of each course: half of an answer's work and more would be spent on chance."""
LeverChange = tuple[Lever, Change]


@dataclass(frozen=True, slots=True)
class Parts:
    """What is added, in order, and the scenarios before, between and after: one more than there are players."""

    players: tuple[Player, ...]
    shown: tuple[Shown, ...]

    @property
    def key(self) -> str:
        """Return what tells these parts from others."""
        return "+".join(each.course.key[:16] for each in self.shown)


def parts_of(today: Shown, whole: Shown, strategy: Strategy | None, region: Region) -> Parts:
    """Return the parts of `whole`, in the order of its strategy's file, else of the register of levers.

    Levers one by one, or the file's groups (else kinds of levers) when there are more than MOST_LEVERS. Parts that
    change nothing are left out. Raises InputError when the strategy does not fit the region.
    """
    changes = changes_of(whole.course, strategy, region)
    players = _players(changes, strategy)
    own = [[change for lever, change in changes if lever.name in player.levers] for player in players]
    kept = [(player, mine) for player, mine in zip(players, own, strict=True) if mine]
    scenarios, so_far = [today], list[Change]()
    for place, (player, mine) in enumerate(kept, 1):
        so_far += mine
        scenarios.append(Shown(f"{whole.name}+{place}", player.label_sv, _course(so_far, player.label_sv, region)))
    return Parts(tuple(player for player, _ in kept), tuple(scenarios))


def changes_of(course: Course, strategy: Strategy | None, region: Region) -> tuple[LeverChange, ...]:
    """Return what each lever changes: as the strategy's file has it, within its budget, else as the course has it.

    Without the file, of several levers that could have made a change it is the first in the register. Raises
    ScenarioError when the strategy does not fit the region.
    """
    if strategy is not None:
        return Scenario(region=course.region, strategy=strategy).parts(region)
    by_lever = [(_lever_behind(change), change) for change in course.changes]
    return tuple(sorted(by_lever, key=lambda part: part[0].number))


def _lever_behind(change: Change) -> Lever:
    return next(lever for lever in LEVERS.values() if lever.could_make(change))


def _players(changes: Sequence[LeverChange], strategy: Strategy | None) -> tuple[Player, ...]:
    names = tuple(dict.fromkeys(lever.name for lever, _ in changes))
    if len(names) <= MOST_LEVERS:
        return tuple(Player(LEVERS[name].label_sv, (name,)) for name in names)
    if strategy is not None:
        return players_of(strategy, "group", sequential=True)
    kinds: dict[str, tuple[str, ...]] = {}
    for name in names:
        kind = kind_of(LEVERS[name])
        kinds[kind] = (*kinds.get(kind, ()), name)
    return tuple(Player(label, levers) for label, levers in kinds.items())


def _course(changes: Sequence[Change], label: str, region: Region) -> Course:
    ordered = in_order(changes)
    return Course(ordered, scenario_hash(ordered, region.digest, year_end(HORIZON_YEAR)), label)
