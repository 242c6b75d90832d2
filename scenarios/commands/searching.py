"""What the commands that search share: options, the file read and the folder opened, workers, runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.commands.arguments import Arguments, Option, whole
from scenarios.commands.folder import alone
from scenarios.commands.options import WORKERS_OPTION
from scenarios.strategies.defaults import LARGEST_SEED
from scenarios.strategies.period import FIRST_START, LAST_DAY
from scenarios.text.problems import InputError, Problem
from scenarios.text.terminal import console

# What takes time to import is imported where it is used: help and the first progress must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from scenarios.seeking.reading import Read
    from scenarios.seeking.trials import Bench

OF_THE_FILE = {
    "region": "region", "horizon": "horizon", "seed": "seed", "points": "search.points", "draws": "search.draws",
    "rounds": "search.rounds", "confirming_draws": "search.confirming_draws",
}  # fmt: skip
"""Options that stand in place of what the file says, and its keys."""
SEARCH_OPTIONS = (
    Option("--out", "MAPP", "mapp för sökningen", str, required=True),
    WORKERS_OPTION,
    Option("--timeout", "MINUTER", "längsta tid för en framtid av tjugo lägen", whole(1, 10_000), 60),
    Option("--cluster", "ADRESS", "låt ett Dask-kluster räkna: tcp://VÄRD:PORT (tillägget cluster)", str),
    Option("--region", "NAMN", "i stället för filens: region, eller mappen med dess data", str),
    Option("--horizon", "ÅR", "i stället för filens: sista år", whole(FIRST_START.year, LAST_DAY.year)),
    Option("--points", "ANTAL", "i stället för filens: lägen i första omgången", whole(4, 1_000)),
    Option("--draws", "ANTAL", "i stället för filens: framtider för varje läge", whole(2, 1_000)),
    Option("--rounds", "ANTAL", "i stället för filens: omgångar efter den första", whole(0, 20)),
    Option("--confirming-draws", "ANTAL", "i stället för filens: framtider som bekräftar", whole(2, 1_000)),
    Option("--seed", "TAL", "i stället för filens: frö", whole(0, LARGEST_SEED)),
)


def libraries_or_problem(problems: list[Problem]) -> None:
    """Add a problem where the libraries of searches are not installed: they are an extra of the project."""
    try:
        import pymoo  # noqa: F401
        import sklearn  # noqa: F401
    except ImportError:
        missing = Problem("naravard", "sökningar kräver tillägget search.", allowed='pip install "naravard[search]"')
        raise InputError([*problems, missing]) from None


@contextmanager
def bench_of(
    given: Arguments, problems: list[Problem], reader: Callable[..., Read[Any]]
) -> Iterator[tuple[Read[Any], Bench[Any]]]:
    """Read a file by a reader, open its folder, and give a bench with workers; nobody else may use the folder."""
    from scenarios.running.progress import display

    libraries_or_problem(problems)
    from scenarios.seeking.search_folder import check_search_folder, open_search

    folder = Path(given.out) if given.out else None
    problems += check_search_folder(folder) if folder else []
    with alone(folder, problems), display(console(stderr=True)) as progress:
        progress.say("Läser in filen …")
        options = {
            key: given.options[option] for option, key in OF_THE_FILE.items() if given.options[option] is not None
        }
        read = reader(given.words[0] if given.words else "", options, problems)
        if folder is None:
            raise InputError(problems)
        open_search(folder, read)
        from scenarios.running.compilation import compile_if_needed
        from scenarios.running.engine import SimulatorEngine
        from scenarios.seeking.trials import Bench
        from scenarios.studies.executors import workers_of

        compile_if_needed(read.wanted.region, progress.say)
        seconds = 60.0 * given.timeout
        with workers_of(given.cluster, given.workers, seconds, folder) as executor:
            yield read, Bench(read, folder, SimulatorEngine(), executor, progress, progress.say, seconds)
