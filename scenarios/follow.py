"""Follow Clara: one simulated person's path through care under two scenarios, under the same chance."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from scenarios.description import Description, describe, relaxations, settings
from scenarios.problems import InputError, Problem
from scenarios.runner import replication_seed
from scenarios.strategy import FIRST_START
from scenarios.study import Study
from scenarios.swedish import number
from simulator.dates import day_number
from simulator.diary import Diary, diary_of
from simulator.parting import Parting, parting_of
from simulator.region import Region
from simulator.simulation import Simulation
from simulator.watch import Picture, Watch

if TYPE_CHECKING:
    from simulator.state import Array, State

MOST_WATCHED = 300
"""People who fit and are watched: the first by key. More would cost memory and change nothing for those chosen."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom to follow: a description, which of those who fit (from 1), and how many alike to average over.

    The description holds on 31 December 2022 or, with `at_start_of_strategies`, on 1 January 2027, among those who
    lived here in 2022. With `survivor` only those count who are alive and live in the region at the horizon in
    every scenario.
    """

    description: Description
    number: int = 1
    survivor: bool = False
    alike: int = 0
    at_start_of_strategies: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """The person on a date, in the words of the region."""

    on: date
    age: int
    sex: int
    municipality: str
    centre: str
    education: int
    rub: int
    segment: int
    setting: int
    conditions: tuple[str, ...]
    named_gp: int

    def as_dict(self) -> dict[str, object]:
        """Return it for JSON."""
        return asdict(self) | {"on": self.on.isoformat()}


@dataclass(frozen=True, slots=True)
class Path:
    """A person's diary under a scenario, and those of the people alike, the person first among them."""

    name: str
    label: str
    diary: Diary
    alike: tuple[Diary, ...] = ()


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of a wish: who fits, who was chosen, both paths and where they part."""

    region: Region
    wish: Wish
    replication: int
    base_seed: int
    horizon: int
    fitting: int
    eligible: int
    key: int
    start: Person
    before: Person
    paths: tuple[Path, Path]

    @property
    def parting(self) -> Parting | None:
        """The first difference of any kind."""
        return parting_of(self.paths[0].diary.events, self.paths[1].diary.events)

    @property
    def parting_in_care(self) -> Parting | None:
        """The first difference in what is met."""
        return parting_of(self.paths[0].diary.events, self.paths[1].diary.events, support=False)


def follow(study: Study, region: Region, replication: int, wish: Wish, say: Callable[[str], None]) -> Followed:
    """Simulate history and both scenarios with everybody watched who fits, then choose the person.

    `study` has two scenarios. Raises InputError when nobody fits or too few are left to choose from.
    """
    run = study.run
    seed = replication_seed(run.base_seed, replication)
    simulation = Simulation(region, seed)
    slots, fitting = _fitting(wish, simulation.state, region, seed)
    say(f"{number(fitting)} passar. Simulerar historiken 2023–2026 …")
    watch = Watch.begin(simulation, slots, FIRST_START)
    watch.run(FIRST_START)
    checkpoint = simulation.hand_over()
    branches = []
    for name, changes in run.scenarios:
        say(f"Simulerar {study.labels[name]} till och med {run.until.year - 1} …")
        branch = watch.resume(region, checkpoint, changes, run.until)
        branch.run(run.until)
        branches.append(branch)
    left = _eligible(checkpoint.state, branches, slots, wish)
    chosen, alike = int(left[wish.number - 1]), left[: wish.alike]
    paths = []
    for (name, _), branch in zip(run.scenarios, branches, strict=True):
        diaries = _diaries(branch, [chosen, *alike], region, run.until)
        paths.append(Path(name, study.labels[name], diaries[0], tuple(diaries[1:])))
    first, begun = watch.pictures[0], day_number(FIRST_START)
    last = next(picture for picture in branches[0].pictures if picture.day >= begun)
    return Followed(
        region, wish, replication, run.base_seed, run.until.year - 1, fitting, left.size,
        int(first.person["key"][chosen]), person_in(first, chosen, region, date(2022, 12, 31)),
        person_in(last, chosen, region, FIRST_START), (paths[0], paths[1]),
    )  # fmt: skip


def _fitting(wish: Wish, state: State, region: Region, seed: int) -> tuple[Array, int]:
    """Slots of those who fit, the first by key and at most `MOST_WATCHED`, and how many fit."""
    people, when, wanted = state.person.size, "den 31 december 2022", wish.description
    if wish.at_start_of_strategies:
        begun = Simulation(region, seed)
        begun.run(FIRST_START + timedelta(days=1))
        state, when = begun.state, "2022 är den 1 januari 2027"
    slots = np.flatnonzero(wanted.fits(state)[:people])
    if not slots.size:
        be = "" if wish.at_start_of_strategies else " är"
        told = f"ingen av {number(people)} invånare {when}{be} {describe(wanted, region)}."
        others = "; ".join(relaxations(wanted, state, region, people))
        raise InputError([Problem("beskrivningen", f"{told} Så många passar om ett villkor ändras: {others}.")])
    slots = slots[np.argsort(state.person["key"][slots], kind="stable")]
    return slots[:MOST_WATCHED], int(slots.size)


def _eligible(state: State, branches: Sequence[Watch], slots: Array, wish: Wish) -> Array:
    """Places of those whose path can be compared. Raises InputError when there are fewer than asked for."""
    from simulator.state import PRESENT  # noqa: PLC0415

    here = (state.person["status"][slots] & PRESENT) != 0
    told = "lever och bor kvar i länet när strategierna börjar, den 1 januari 2027"
    if wish.survivor:
        for branch in branches:
            here &= (branch.simulation.state.person["status"][slots] & PRESENT) != 0
        told = "lever och bor kvar i länet vid horisontens slut i båda scenarierna"
    left = np.flatnonzero(here)
    among = f"{number(left.size)} av {number(slots.size)} som passar {told}"
    problems = []
    if not left.size:
        advice = "Vidga åldern eller ta bort ett villkor" + (", eller --survivor." if wish.survivor else ".")
        problems.append(Problem("beskrivningen", f"{among}: ingen väg att jämföra. {advice}"))
    else:
        for flag, count in (("--number", wish.number), ("--anyone-like", wish.alike)):
            if count > left.size:
                problems.append(Problem(flag, f"{among}.", number(count), f"1 till {number(left.size)}"))
    if problems:
        raise InputError(problems)
    return left


def _diaries(branch: Watch, places: Sequence[int], region: Region, until: date) -> list[Diary]:
    rows = branch.rows
    return [
        diary_of(rows[rows[:, 2] == branch.slots[place]], branch.pictures, int(place), region, until)
        for place in places
    ]


def person_in(picture: Picture, place: int, region: Region, on: date) -> Person:
    """Describe the person with a place in a picture."""
    person, back = picture.person[place], picture.background[place]
    ill = tuple(c.code for n, c in enumerate(region.conditions) if int(back["conditions"]) >> n & 1)
    return Person(
        on, max(int(back["age"]), 0), int(back["sex"]), region.municipality_names[back["municipality"]],
        region.centre_names[person["centre"]], int(back["education"]), int(back["rub"]), int(back["segment"]),
        int(settings(picture.person[place : place + 1])[0]), ill,
        0 if picture.agency[place] else int(picture.gp[place]),
    )  # fmt: skip


def mean_years(diaries: Sequence[Diary]) -> list[dict[str, float | None]]:
    """Mean of every figure of the years over people, None where nobody has one."""
    out = []
    for years in zip(*(diary.years for diary in diaries), strict=True):
        rows = [year.as_dict() for year in years]
        mean: dict[str, float | None] = {}
        for name in rows[0]:
            values = [float(str(row[name])) for row in rows if row[name] is not None]
            mean[name] = sum(values) / len(values) if values else None
        out.append(mean)
    return out


def to_json(followed: Followed) -> str:
    """Return everything for programs: the person, both paths as dated events and years, where they part."""
    wish, parting, care = followed.wish, followed.parting, followed.parting_in_care
    body = {
        "description": asdict(wish.description),
        "base_seed": followed.base_seed,
        "replication": followed.replication,
        "horizon": followed.horizon,
        "fitting": followed.fitting,
        "eligible": followed.eligible,
        "number": wish.number,
        "survivor": wish.survivor,
        "described_on": "2027-01-01" if wish.at_start_of_strategies else "2022-12-31",
        "key": f"{followed.key:016x}",
        "start": followed.start.as_dict(),
        "start_of_strategies": followed.before.as_dict(),
        "parting": _parting_dict(parting),
        "parting_in_care": _parting_dict(care),
        "scenarios": [
            {"name": path.name, "label": path.label}
            | path.diary.as_dict()
            | ({"people_alike": len(path.alike), "years_alike": mean_years(path.alike)} if path.alike else {})
            for path in followed.paths
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _parting_dict(parting: Parting | None) -> dict[str, object] | None:
    if parting is None:
        return None
    day = date.fromordinal(date(2023, 1, 1).toordinal() + parting.day)
    events = [event.as_dict() if event else None for event in (parting.ours, parting.theirs)]
    return {"date": day.isoformat(), "reason": parting.reason, "events": events}
