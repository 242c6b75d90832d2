"""`naravard run`: simulate scenarios and keep the results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.commands.arguments import Arguments, Command, Option, whole
from scenarios.commands.folder import alone
from scenarios.commands.options import SIMULATION_OPTIONS
from scenarios.running.folder import check_folder
from scenarios.text.problems import Problem
from scenarios.text.terminal import FAILED, complain, console, tell

# What takes time to import is imported where it is used: help and the first progress must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    import xarray as xr

    from scenarios.running.runner import Outcome


def _run(given: Arguments, problems: list[Problem]) -> int:
    from scenarios.running.progress import display

    folder = Path(given.out) if given.out else None
    problems += check_folder(folder) if folder else []
    with alone(folder, problems), display(console(stderr=True)) as progress:
        progress.say("Läser in scenarier och region …")
        from scenarios.running.batch import prepare, put_together, simulate
        from scenarios.running.region import word_of_warnings
        from scenarios.running.results import write_results

        options = (given.region, given.horizon, given.seed, given.replications, problems, given.parameter_draws)
        batch = prepare(given.words, *options)
        word = word_of_warnings(given.region)
        outcomes = simulate(batch, progress, given.workers, timeout=60.0 * given.timeout)
        progress.say("Sammanställer …")
        dataset = put_together(batch, outcomes)
        if dataset is not None and folder is not None:
            write_results(dataset, folder)
    if word:
        tell(word)
    if dataset is not None:
        _print_main(dataset, folder)
    return _exit_code(outcomes, dataset)


def _print_main(dataset: xr.Dataset, folder: Path | None) -> None:
    """Print the main indicators of the last year, and where the others are."""
    from scenarios.commands.tables import print_result
    from scenarios.findings.compare import measured
    from scenarios.measures.figures import MAIN

    names = [indicator.name for indicator in measured(dataset)]
    main = [name for name in MAIN if name in names]
    print_result(console(), dataset, dataset["year"].values.tolist()[-1:], main)
    tell(f"Sparat i {folder}")
    if len(main) < len(names):
        tell(f"Visar {len(main)} av {len(names)} mått; alla: naravard compare {folder}")


def _exit_code(outcomes: Sequence[Outcome], dataset: xr.Dataset | None) -> int:
    """Tell what failed, if anything did, and how much was kept nevertheless."""
    failures = [failure for outcome in outcomes for failure in outcome.failures]
    if not failures:
        return 0
    count = "1 körning" if len(failures) == 1 else f"{len(failures)} körningar"
    heading = f"{count} misslyckades; {_kept(outcomes, dataset)} är sparade:"
    return complain("\n".join([heading, *(f"  {failure.text()}" for failure in failures)]), FAILED)


def _kept(outcomes: Sequence[Outcome], dataset: xr.Dataset | None) -> str:
    sizes = {} if dataset is None else dataset.sizes
    wanted = sum(not outcome.drawn for outcome in outcomes)
    replications = f"{sizes.get('replication', 0)} av {wanted} replikationer"
    if wanted == len(outcomes):
        return replications
    return f"{replications} och {sizes.get('draw', 0)} av {len(outcomes) - wanted} dragningar"


RUN = Command(
    "run",
    "Simulera scenarier och spara resultatet. Namn är strategier ur biblioteket (naravard scenarios) eller YAML-filer. "
    "Alla scenarier i en replikation delar slump och historik till 2027.",
    _run,
    words="NAMN …",
    least=1,
    most=None,
    options=(
        Option("--out", "MAPP", "mapp för resultatet", str, required=True),
        *SIMULATION_OPTIONS,
        Option(
            "--parameter-draws",
            "ANTAL",
            "så många av replikationerna körs också med dragna antaganden, för intervall som täcker dem",
            whole(0, 10_000),
            0,
        ),
    ),
    examples=("naravard run nulage kontinuitet flytt-till-primarvard --out results/first",),
)
