"""The strategies that come with the project, and files of the user's own, found by name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from scenarios.places.places import Places
from scenarios.strategies.scenario import read_strategy
from scenarios.strategies.strategy import Strategy
from scenarios.text.problems import Problem, ScenarioError, quoted, unknown

TAKEN_SV = "namnet hör till ett av bibliotekets scenarier; ge scenariot ett annat namn."
"""Said of a strategy that is called as one of the library's and is another."""

BASELINE = "nulage"
"""Name of today's course, with which everything is compared unless the user says otherwise."""

_ORDER = (
    BASELINE, "kontinuitet", "kontinuitet-utan-lakare", "flytt-till-primarvard", "flytt-till-primarvard-utan-resurser",
    "mycket-till-fa", "vard-hemma", "digitalt-forst", "forebyggande", "lakemedel-och-utskrivning", "bemanning-1100",
    "malbild-2030", "bemanningskris", "vintertopp", "snabbare-aldrande",
)  # fmt: skip


def library() -> dict[str, Path]:
    """Return the file of every strategy in the library by name, today's course first."""
    files = {path.stem: path for path in (Path(__file__).parent / "library").glob("*.yaml")}
    return {name: files[name] for name in sorted(files, key=_rank)}


def _rank(name: str) -> tuple[int, str]:
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


def shadowed(strategy: Strategy) -> bool:
    """Tell whether a strategy is called as one of the library's and does something else: it would be taken for that."""
    own = library().get(strategy.name)
    return own is not None and _doing(read_strategy(own)) != _doing(strategy)


def _doing(strategy: Strategy) -> tuple[object, ...]:
    """Return what a strategy does and what it is called in tables; questions and reasons may be told in other words."""
    return strategy.levers, strategy.budget_msek_per_year, strategy.label_sv


def find_strategies(names: Iterable[str], region: Places | None = None) -> tuple[Strategy, ...]:
    """Return the strategies for names of the library or paths to YAML files, in the order given.

    A name is only ever looked up among the names; text that ends in .yaml or .yml is a path. Raises
    ScenarioError with every problem in every one of them.
    """
    strategies: list[Strategy] = []
    problems: list[Problem] = []
    for name in names:
        try:
            strategy = read_strategy(_file(name), region)
            if shadowed(strategy):
                raise ScenarioError([Problem(f"{name}:name", TAKEN_SV, quoted(strategy.name))])
            strategies.append(strategy)
        except ScenarioError as error:
            problems += error.problems
    if problems := problems + _repeated(strategies):
        raise ScenarioError(problems)
    return tuple(strategies)


def _file(name: str) -> Path:
    if name.endswith((".yaml", ".yml")):
        return Path(name)
    known = library()
    if name not in known:
        raise ScenarioError([unknown("NAMN", "scenariot är okänt.", name, tuple(known))])
    return known[name]


def _repeated(strategies: list[Strategy]) -> list[Problem]:
    names = [strategy.name for strategy in strategies]
    twice = sorted({name for name in names if names.count(name) > 1})
    return [Problem(quoted(name), "scenariot är angivet flera gånger.") for name in twice]
