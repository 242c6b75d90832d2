"""Follow Clara: one simulated person's path through care under two scenarios, under the same chance."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from scenarios.follow.description import Description, describe, relaxations, settings
from scenarios.running.batch import Batch
from scenarios.running.runner import replication_seed
from scenarios.strategies.period import FIRST_START
from scenarios.text.problems import InputError, Problem
from scenarios.text.swedish import number
from simulator.core.dates import EPOCH, date_of, day_number
from simulator.lives.diary import Diary, diary_of
from simulator.lives.parting import Parting, parting_of
from simulator.lives.watch import Snapshot, Watch
from simulator.region.pack import Region
from simulator.simulation import Simulation

if TYPE_CHECKING:
    from simulator.checkpoint import Checkpoint
    from simulator.core.fields import Array
    from simulator.core.state import State

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
class Portrait:
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
    start: Portrait
    before: Portrait
    paths: tuple[Path, Path]

    @property
    def parting(self) -> Parting | None:
        """The first difference of any kind."""
        return parting_of(self.paths[0].diary.events, self.paths[1].diary.events)

    @property
    def parting_in_care(self) -> Parting | None:
        """The first difference in what is met."""
        return parting_of(self.paths[0].diary.events, self.paths[1].diary.events, support=False)


def follow(batch: Batch, region: Region, replication: int, wish: Wish, say: Callable[[str], None]) -> Followed:
    """Simulate history and both scenarios with everybody watched who fits, then choose the person.

    `batch` has two scenarios. Raises InputError when nobody fits or too few are left to choose from.
    """
    lives = live(batch, region, replication, wish, say)
    _refuse_too_few(lives, wish)
    return lives.of(wish.number, wish.alike)


class Lives:
    """Both futures of everybody who fits a wish; diaries are written when they are asked for."""

    def __init__(
        self, batch: Batch, region: Region, replication: int, wish: Wish, fitting: int, branches: Sequence[Watch],
        left: Array, pause: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        """Take the branches of both scenarios and the places of those whose paths can be compared.

        `pause` is called before each diary, which takes some 20 ms, and may raise.
        """
        self.batch, self.region, self.replication, self.wish = batch, region, replication, wish
        self.fitting, self.branches, self.left = fitting, branches, left
        self._rows = [branch.rows for branch in branches]
        self._diaries: dict[tuple[int, int], Diary] = {}
        self._pause = pause

    @property
    def eligible(self) -> int:
        """How many there are to choose from."""
        return int(self.left.size)

    def of(self, number: int, alike: int) -> Followed:
        """Return the person with a number, from 1, with the diaries of the first `alike`."""
        run, labels = self.batch.run, self.batch.labels
        chosen = int(self.left[number - 1])
        paths = [
            Path(name, labels[name], self._diary(n, chosen), tuple(self._diary(n, int(p)) for p in self.left[:alike]))
            for n, (name, _) in enumerate(run.scenarios)
        ]
        pictures = self.branches[0].pictures
        first, begun = pictures[0], day_number(FIRST_START)
        last = next(picture for picture in pictures if picture.day >= begun)
        return Followed(
            self.region, replace(self.wish, number=number), self.replication, run.base_seed, run.until.year - 1,
            self.fitting, self.eligible, int(first.person["key"][chosen]),
            person_in(first, chosen, self.region, EPOCH - timedelta(days=1)),
            person_in(last, chosen, self.region, FIRST_START), (paths[0], paths[1]),
        )  # fmt: skip

    def _diary(self, branch: int, place: int) -> Diary:
        if (branch, place) not in self._diaries:
            self._pause()
            watch, rows = self.branches[branch], self._rows[branch]
            mine = rows[rows[:, 2] == watch.slots[place]]
            written = diary_of(mine, watch.pictures, place, self.region, self.batch.run.until)
            self._diaries[branch, place] = written
        return self._diaries[branch, place]


def live(
    batch: Batch,
    region: Region,
    replication: int,
    wish: Wish,
    say: Callable[[str], None] = lambda _: None,
    tick: Callable[[date], None] | None = None,
    begun: Checkpoint | None = None,
) -> Lives:
    """Simulate history and both scenarios with everybody watched who fits, whatever the wish's number.

    `tick` is called once a simulated month, and before each diary. `begun` is the same history without anybody watched,
    if it is at hand: then who fits on 1 January 2027 is read there. Raises InputError when nobody fits or is left.
    """
    run = batch.run
    simulation = Simulation(region, replication_seed(run.base_seed, replication))
    slots, fitting = _fitting(wish, simulation, begun)
    say(f"{number(fitting)} passar. Simulerar historiken 2023–2026 …")
    watch = Watch.begin(simulation, slots, FIRST_START)
    watch.run(FIRST_START, tick)
    checkpoint = simulation.hand_over()
    branches = []
    for name, changes in run.scenarios:
        say(f"Simulerar {batch.labels[name]} till och med {run.until.year - 1} …")
        branch = watch.resume(region, checkpoint, changes, run.until)
        branch.run(run.until, tick)
        branches.append(branch)
    left = _eligible(checkpoint.state, branches, slots, wish)
    return Lives(
        batch, region, replication, wish, fitting, branches, left,
        pause=lambda: None if tick is None else tick(run.until),
    )  # fmt: skip


def _fitting(wish: Wish, simulation: Simulation, begun: Checkpoint | None) -> tuple[Array, int]:
    """Slots of those who fit, the first by key and at most `MOST_WATCHED`, and how many fit."""
    region, state = simulation.region, simulation.state
    people, when, wanted = state.person.size, "den 31 december 2022", wish.description
    if wish.at_start_of_strategies:
        state, when = _on_first_day(simulation, begun), "2022 är den 1 januari 2027"
    slots = np.flatnonzero(wanted.fits(state)[:people])
    if not slots.size:
        be = "" if wish.at_start_of_strategies else " är"
        nobody_sv = f"ingen av {number(people)} invånare {when}{be} {describe(wanted, region)}."
        others = "; ".join(relaxations(wanted, state, region, people))
        raise InputError([Problem("beskrivningen", f"{nobody_sv} Så många passar om ett villkor ändras: {others}.")])
    slots = slots[np.argsort(state.person["key"][slots], kind="stable")]
    return slots[:MOST_WATCHED], int(slots.size)


def _on_first_day(simulation: Simulation, begun: Checkpoint | None) -> State:
    """Return the state of 1 January 2027, when the year's changes have been made, of a future like `simulation`."""
    region = simulation.region
    seed = int(simulation.state.seed[0])
    future = Simulation(region, seed) if begun is None else Simulation.resume(region, begun)
    future.run(FIRST_START + timedelta(days=1))
    return future.state


def _eligible(state: State, branches: Sequence[Watch], slots: Array, wish: Wish) -> Array:
    """Places of those whose path can be compared. Raises InputError when there is nobody."""
    from simulator.core.state import PRESENT  # noqa: PLC0415

    here = (state.person["status"][slots] & PRESENT) != 0
    if wish.survivor:
        for branch in branches:
            here &= (branch.simulation.state.person["status"][slots] & PRESENT) != 0
    left = np.flatnonzero(here)
    if not left.size:
        condition = ", eller villkoret att leva kvar" if wish.survivor else ""
        advice = f"Vidga åldern eller ta bort ett villkor{condition}."
        nobody_sv = f"{_among(0, slots.size, wish)}: ingen väg att jämföra. {advice}"
        raise InputError([Problem("beskrivningen", nobody_sv)])
    return left


def _among(left: int, watched: int, wish: Wish) -> str:
    condition_sv = "lever och bor kvar i länet när strategierna börjar, den 1 januari 2027"
    if wish.survivor:
        condition_sv = "lever och bor kvar i länet vid horisontens slut i båda scenarierna"
    return f"{number(left)} av {number(watched)} som passar {condition_sv}"


def _refuse_too_few(lives: Lives, wish: Wish) -> None:
    """Raise InputError when more are asked for than there are."""
    left = lives.eligible
    among = _among(left, min(lives.fitting, MOST_WATCHED), wish)
    problems = [
        Problem(flag, f"{among}.", number(count), f"1 till {number(left)}")
        for flag, count in (("--number", wish.number), ("--anyone-like", wish.alike))
        if count > left
    ]
    if problems:
        raise InputError(problems)


def person_in(picture: Snapshot, place: int, region: Region, on: date) -> Portrait:
    """Describe the person with a place in a picture."""
    person, back = picture.person[place], picture.background[place]
    ill = tuple(c.code for n, c in enumerate(region.conditions) if int(back["conditions"]) >> n & 1)
    return Portrait(
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


def followed_json(followed: Followed) -> str:
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
        "described_on": (FIRST_START if wish.at_start_of_strategies else EPOCH - timedelta(days=1)).isoformat(),
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
    events = [event.as_dict() if event else None for event in (parting.ours, parting.theirs)]
    return {"date": date_of(parting.day).isoformat(), "reason": parting.reason, "events": events}
