"""A scenario: a region, a strategy and a horizon, resolved into dated changes for the simulator."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from scenarios.levers.lever import Lever
from scenarios.levers.registry import LEVERS
from scenarios.places.places import Places, places
from scenarios.strategies.budget import Bill, within
from scenarios.strategies.defaults import HORIZON_YEAR
from scenarios.strategies.invalid import problems_of
from scenarios.strategies.period import FIRST_START, LAST_DAY, year_end
from scenarios.strategies.strategy import (
    LeverSetting,
    Reach,
    Strategy,
    fault,
    overlap_message,
    overlaps,
)
from scenarios.text import strict_yaml
from scenarios.text.outside import folded
from scenarios.text.problems import Problem, ScenarioError, quoted
from scenarios.text.swedish import number
from simulator.changes import Change
from simulator.controls import CONTROLS
from simulator.region.axes import AGE_GROUPS, SEGMENTS
from simulator.region.pack import Region


def _year_end(horizon: date) -> date:
    if not FIRST_START <= horizon <= LAST_DAY or horizon != year_end(horizon.year):
        raise fault("horisonten måste vara en 31 december.", f"{FIRST_START.year} till {LAST_DAY.year}")
    return horizon


class Scenario(BaseModel):
    """One strategy in one region (code or folder of its pack) until 31 December of the horizon's year."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    region: str
    strategy: Strategy
    horizon: Annotated[date, AfterValidator(_year_end)] = year_end(HORIZON_YEAR)

    @property
    def until(self) -> date:
        """First date that is not simulated."""
        return self.horizon + timedelta(days=1)

    def changes(self, region: Places) -> tuple[Change, ...]:
        """Return what the simulator is to change, in an order that does not depend on the file's.

        Levers at neutral are left out, and a budget has been kept. Raises ScenarioError when the strategy names
        places that the region does not have, or begins after the horizon.
        """
        return in_order(change for _, change in self.parts(region))

    def parts(self, region: Places) -> tuple[tuple[Lever, Change], ...]:
        """Return what each lever changes, in the order of the file, within the budget if there is one.

        Raises ScenarioError as `changes` does.
        """
        wanted = self._wanted(region)
        budget = self.strategy.budget_msek_per_year
        return wanted if budget is None else within(wanted, budget, cast("Region", region))[0]

    def bill(self, region: Region) -> Bill:
        """Return what the strategy costs a year and what its budget leaves of it; raises ScenarioError."""
        wanted = self._wanted(region)
        late = tuple(dict.fromkeys(lever.name for lever, change in wanted if change.full_effect > self.horizon))
        return replace(within(wanted, self.strategy.budget_msek_per_year, region)[1], late=late)

    def _wanted(self, region: Places) -> tuple[tuple[Lever, Change], ...]:
        check_strategy(strict_yaml.Document(self.strategy.name, self.strategy.content()), region)
        problems = [*self._too_late(), *_without_centres(self.strategy, region)]
        if problems:
            raise ScenarioError(problems)
        settings = ((LEVERS[setting.lever], _change(setting, region)) for setting in self.strategy.levers)
        wanted = _together((lever, change) for lever, change in settings if change is not None)
        if problems := _reached_twice(self.strategy.name, wanted, region):
            raise ScenarioError(problems)
        return wanted

    def _too_late(self) -> list[Problem]:
        return [
            Problem(
                f"{self.strategy.name}:levers[{position}].start",
                "spaken börjar verka först efter horisonten.",
                value=str(setting.start),
                allowed=f"{FIRST_START} till {self.horizon}",
            )
            for position, setting in enumerate(self.strategy.levers)
            if setting.start > self.horizon
        ]


def read_strategy(path: Path, region: Places | None = None) -> Strategy:
    """Read a strategy file and check everything in it, names of places too when a region is given.

    Raises ScenarioError with every problem found.
    """
    return check_strategy(strict_yaml.load(path), region)


def check_strategy(document: strict_yaml.Document, region: Places | None = None) -> Strategy:
    """Make a Strategy of the content of a document; raises ScenarioError with every problem found."""
    problems = list(document.problems)
    seen = {problem.place for problem in problems}
    strategy: Strategy | None = None
    try:
        strategy = Strategy.model_validate(document.data, context={"region": region})
    except ValidationError as error:
        found = problems_of(error, Strategy, document, told_elsewhere="overlap")
        problems += [problem for problem in found if problem.place not in seen]
    problems += _overlap_problems(document, region)
    if problems or strategy is None:
        raise ScenarioError(problems)
    return strategy


def scenario_hash(changes: Sequence[Change], region_digest: str, horizon: date) -> str:
    """Return the SHA-256 of all that decides a scenario's outcome but the seed and the code.

    Name, texts and the order of the levers are no part of it, so two strategies that do the same have the
    same hash.
    """
    content = {
        "changes": [asdict(change) for change in sorted(changes, key=_order)],
        "region": region_digest,
        "horizon": horizon,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), default=date.isoformat, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes in an order that depends on nothing but themselves."""
    return tuple(sorted(changes, key=_order))


def _order(change: Change) -> tuple[object, ...]:
    return tuple(asdict(change).values())


def full_effect(lever: Lever, setting: LeverSetting) -> date:
    """Return the date from which a lever acts wholly: the one given, or start plus the lever's ramp."""
    if setting.full_effect is not None:
        return setting.full_effect
    if not lever.ramp_months:
        return setting.start
    years, month = divmod(setting.start.month - 1 + lever.ramp_months, 12)
    return date(setting.start.year + years, month + 1, min(setting.start.day, 28))


def _change(setting: LeverSetting, region: Places) -> Change | None:
    lever, reach = LEVERS[setting.lever], setting.reach
    municipalities, centres = _places(lever, reach, region)
    return lever.change(
        setting.value,
        setting.start,
        full_effect(lever, setting),
        municipalities,
        centres,
        tuple(sorted(AGE_GROUPS.index(name) for name in reach.age_groups)),
        tuple(sorted(SEGMENTS.index(name) for name in reach.segments)),
    )


def _together(parts: Iterable[tuple[Lever, Change]]) -> tuple[tuple[Lever, Change], ...]:
    """Put changes of a lever that differ in their places alone together: it does not matter how a reach is split.

    A hospital that serves two municipalities is reached once by a lever for both, not once for each.
    """
    merged: dict[tuple[str, Change], tuple[Lever, Change]] = {}
    for lever, change in parts:
        key = lever.name, replace(change, municipalities=(), centres=())
        _, other = merged.get(key, (lever, change))
        merged[key] = (
            lever,
            replace(
                change,
                municipalities=tuple(sorted({*other.municipalities, *change.municipalities})),
                centres=tuple(sorted({*other.centres, *change.centres})),
            ),
        )
    return tuple(merged.values())


def _reached_twice(name: str, parts: Iterable[tuple[Lever, Change]], region: Places) -> list[Problem]:
    """Refuse two values of one lever at a hospital: it would have both, one on top of the other."""
    hospital_of = [int(hospital) for hospital in region.catchment]
    reached: dict[tuple[str, int], list[Change]] = {}
    for lever, change in parts:
        if CONTROLS[lever.control].dimension in ("hospital", "unit"):
            for hospital in {hospital_of[m] for m in change.municipalities}:
                reached.setdefault((lever.name, hospital), []).append(change)
    return [
        Problem(
            f"{name}:levers",
            f"{lever} har flera värden för kommuner som hör till {region.hospital_names[hospital]}.",
            value=" och ".join(number(change.value) for change in changes),
            allowed="ett värde och en tid för alla kommuner i ett sjukhus upptagningsområde",
        )
        for (lever, hospital), changes in reached.items()
        if len(changes) > 1
    ]


def _places(lever: Lever, reach: Reach, region: Places) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return indices of municipalities and of centres; a lever on centres always gets centres."""
    by_name = places(region, "municipality")
    municipalities = tuple(sorted({by_name[folded(name)] for name in reach.municipalities}))
    if "centre" not in lever.reach:
        return municipalities, ()
    by_name = places(region, "centre")
    chosen = {by_name[folded(name)] for name in reach.health_centres}
    inside = {i for i, home in enumerate(region.centre_municipality) if int(home) in municipalities}
    return (), tuple(sorted(chosen | inside))


def _without_centres(strategy: Strategy, region: Places) -> list[Problem]:
    """Refuse a reach that holds no health centre: to the simulator, no centre at all would mean every one."""
    return [
        Problem(
            f"{strategy.name}:levers[{position}].reach.municipalities",
            "där finns ingen hälsocentral som spaken kan verka på.",
            value=quoted(", ".join(setting.reach.municipalities)),
        )
        for position, setting in enumerate(strategy.levers)
        if setting.reach.municipalities
        and "centre" in LEVERS[setting.lever].reach
        and not _places(LEVERS[setting.lever], setting.reach, region)[1]
    ]


def _overlap_problems(document: strict_yaml.Document, region: Places | None) -> list[Problem]:
    levers = document.data.get("levers") if isinstance(document.data, dict) else None
    settings = levers if isinstance(levers, list | tuple) else []
    return [
        Problem(
            document.place(("levers", second, "lever")),
            overlap_message(first, settings[second]["lever"]),
            line=document.line(("levers", second, "lever")),
        )
        for first, second in overlaps(settings, region)
    ]
