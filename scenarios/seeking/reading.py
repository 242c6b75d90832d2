"""A goal file or a portfolio file read: its schema, the files and names in it, its space; every problem at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from scenarios.running.parameter_draws import uncertain
from scenarios.seeking.space import Space, professions_of
from scenarios.seeking.wanted import GoalFile, PortfolioFile, Wanted
from scenarios.strategies.library import BASELINE
from scenarios.strategies.period import year_end
from scenarios.strategies.scenario import Scenario
from scenarios.strategies.strategy import Strategy
from scenarios.studies.cases import conflicts
from scenarios.studies.reading import EntriesRead, checked_as, region_of_file, region_place, with_instead
from scenarios.studies.study import FILE_ENDINGS
from scenarios.text import strict_yaml
from scenarios.text.problems import InputError, Problem, ScenarioError, quoted, unknown
from scenarios.text.strict_yaml import Document
from simulator.changes import Change
from simulator.region.pack import Region

SHIPPED_SEARCHES = Path(__file__).parent / "library"
"""Where the files lie that come with the project."""
W = TypeVar("W", bound=Wanted)


class SearchError(InputError):
    """A goal file or portfolio file is not valid."""

    heading = "Filen går inte att använda"


@dataclass(frozen=True, slots=True)
class Read(Generic[W]):
    """What is asked for, with its region, the strategy it starts from, its stress tests, and the levers' space."""

    wanted: W
    region: Region
    base: Strategy
    stresses: tuple[Strategy, ...]
    space: Space
    text: bytes


def shipped_searches(kind: type[Wanted]) -> dict[str, Path]:
    """Return the files of a kind that come with the project, by name."""
    files = {path.stem: path for path in sorted(SHIPPED_SEARCHES.glob("*.yaml"))}
    return {name: file for name, file in files.items() if f"\n{_KEY_OF[kind]}:" in file.read_text("utf-8")}


_KEY_OF: Mapping[type[Wanted], str] = {GoalFile: "goals", PortfolioFile: "aims"}
"""The key that tells what kind a file is."""


def read_goals(word: str, instead: Mapping[str, object], problems: Sequence[Problem] = ()) -> Read[GoalFile]:
    """Return a goal file by name or path; see `read_wanted`."""
    return read_wanted(GoalFile, word, instead, problems)


def read_portfolio(word: str, instead: Mapping[str, object], problems: Sequence[Problem] = ()) -> Read[PortfolioFile]:
    """Return a portfolio file by name or path; see `read_wanted`."""
    return read_wanted(PortfolioFile, word, instead, problems)


def read_wanted(kind: type[W], word: str, instead: Mapping[str, object], problems: Sequence[Problem] = ()) -> Read[W]:
    """Return a file of a kind, with `instead` in place of what it says under the same keys ("search.draws").

    Raises SearchError with `problems` and everything else that is wrong.
    """
    faults = list(problems)
    try:
        file = _file(word, kind)
        document = with_instead(strict_yaml.load(file), instead)
    except InputError as error:
        raise SearchError([*faults, *error.problems]) from None
    region = region_of_file(document, file.parent, "region" in instead, faults)
    wanted = checked_as(kind, document, region, faults)
    if region is not None and wanted is not None:
        faults += _names(wanted, document, region)
    if wanted is None or region is None or len(faults) > len(problems):
        raise SearchError(faults)
    wanted = wanted.model_copy(update={"region": region_place(wanted.region, file.parent)})
    found = EntriesRead(document, region, file.parent, faults)
    base = found.strategy(wanted.base, ("base",))
    entries = wanted.stress_tests if isinstance(wanted, PortfolioFile) else ()
    stresses = tuple(filter(None, (found.strategy(entry, ("stress_tests", n)) for n, entry in enumerate(entries))))
    if base is None or faults:
        raise SearchError(faults)
    try:
        space = Space.of(wanted, base, region)
    except ScenarioError as error:
        raise SearchError(error.problems) from None
    if faults := _without_room(space, document) or _stacked(space, stresses, document, region):
        raise SearchError(faults)
    return Read(wanted, region, base, stresses, space, file.read_bytes())


def _file(word: str, kind: type[Wanted]) -> Path:
    if word.endswith(FILE_ENDINGS):
        return Path(word)
    known = shipped_searches(kind)
    if word not in known:
        raise SearchError([unknown("FIL", "filen är okänd.", word, (*known, "en fil som slutar på .yaml"))])
    return known[word]


def _names(wanted: Wanted, document: Document, region: Region) -> list[Problem]:
    """Return the professions and assumptions that a region does not have."""
    professions = tuple(professions_of(region))
    problems = [
        unknown(document.place(("posts", name)), "yrket är okänt.", name, professions)
        for name in wanted.posts
        if name not in professions
    ]
    if isinstance(wanted, PortfolioFile) and wanted.assumptions:
        drawn = tuple(parameter.name for parameter in uncertain(region))
        problems += [
            unknown(document.place(("assumptions", n)), "antagandet dras inte.", name, drawn)
            for n, name in enumerate(wanted.assumptions)
            if name not in drawn
        ]
    return problems


def _without_room(space: Space, document: Document) -> list[Problem]:
    """Return levers that can stand at one value alone, and limits that what cannot be moved passes already."""
    narrow = [
        Problem(document.place(("levers", n)), f"{axis.lever.name} har inget att röra sig mellan på sitt rutnät.")
        for n, axis in enumerate(space.axes)
        if len(axis.values) < 2
    ]
    if narrow:
        return narrow
    least = space.today[None]
    return [
        Problem(document.place((_KEYS.get(limit, "posts"),)), "gränsen passeras redan utan att någon spak flyttas.")
        for limit, over in zip(space.limits, space.excess(least)[0], strict=True)
        if over > 0 and not space.allowed(least)[0]
    ]


_KEYS = {"budget": "budget_msek_per_year", "posts": "posts_in_all"}


def _stacked(space: Space, stresses: Sequence[Strategy], document: Document, region: Region) -> list[Problem]:
    """Return what cannot be stacked: a stress test on a lever at either end of what it may be."""
    problems = [
        Problem(document.place(("stress_tests", n)), "dagens kurs är inget stresstest.", quoted(BASELINE))
        for n, stress in enumerate(stresses)
        if stress.name == BASELINE
    ]
    ends = [space.strategy(end, "ytterst", "Ytterst") for end in (space.sizes * 0, space.sizes - 1)]
    for n, stress in enumerate(stresses):
        pairs = (conflicts(_changes(end, space, region), _changes(stress, space, region)) for end in ends)
        faults = sorted({fault for each in pairs for fault in each})
        problems += [Problem(document.place(("stress_tests", n)), f"{stress.name}: {fault}") for fault in faults]
    return problems


def _changes(strategy: Strategy, space: Space, region: Region) -> tuple[Change, ...]:
    """Return what a strategy changes when money does not bind."""
    free = strategy.model_copy(update={"budget_msek_per_year": None})
    return Scenario(region=space.wanted.region, strategy=free, horizon=year_end(space.wanted.horizon)).changes(region)
