"""A course: what decides every run of a scenario - changes, region, horizon, seed, code - and the key of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from scenarios.running.engine import code_version, load_region
from scenarios.strategies.defaults import BASE_SEED, HOME_REGION, HORIZON_YEAR
from scenarios.strategies.period import year_end
from scenarios.strategies.scenario import Scenario, scenario_hash
from scenarios.strategies.strategy import Strategy
from simulator.changes import Change
from simulator.core.sources import digest_of

KEPT = "scenarios.live.kept"
"""The module that says what is kept of a run."""


@dataclass(frozen=True, slots=True)
class Course:
    """Dated changes in a region to the end of a year under a base seed.

    `label` is for people and no part of the key: two strategies that do the same share their runs. `known_key` is that
    of runs made by an earlier version of the code.
    """

    changes: tuple[Change, ...]
    scenario_hash: str
    label: str
    region: str = HOME_REGION
    seed: int = BASE_SEED
    horizon: int = HORIZON_YEAR
    known_key: str = ""

    @property
    def until(self) -> date:
        """First date that is not simulated."""
        return year_end(self.horizon) + timedelta(days=1)

    @property
    def key(self) -> str:
        """Return the SHA-256 of all that decides the runs, in hexadecimal digits."""
        return self.known_key or _digest(self.scenario_hash, digest_of(KEPT), *_ground(self.region, self.seed))

    @property
    def history_key(self) -> str:
        """Return the key of what is the same in every course: the years before strategies begin."""
        return _digest("history", *_ground(self.region, self.seed))


def course_of(strategy: Strategy, label: str | None = None) -> Course:
    """Return the course of a strategy; raises ScenarioError when it does not fit the region."""
    scenario = Scenario(region=HOME_REGION, strategy=strategy)
    region = load_region(HOME_REGION)
    changes = scenario.changes(region)
    digest = scenario_hash(changes, region.digest, scenario.horizon)
    return Course(changes, digest, strategy.label_sv if label is None else label)


@lru_cache(maxsize=8)
def _ground(region: str, seed: int) -> tuple[str, ...]:
    """Return what all courses of a process share; sources are read once, as they were imported once."""
    return code_version(), load_region(region).digest, str(seed)


@lru_cache(maxsize=4096)  # a crew asks for the keys of long lists all the time
def _digest(*content: str) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
