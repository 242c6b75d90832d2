"""`naravard study`: carry out a study file, or go on with one that was stopped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.commands.arguments import Arguments, Command, Option, whole
from scenarios.commands.folder import alone
from scenarios.commands.options import WORKERS_OPTION
from scenarios.running.folder import DOCUMENTS_FOLDER
from scenarios.strategies.defaults import LARGEST_SEED
from scenarios.strategies.period import FIRST_START, LAST_DAY
from scenarios.text.problems import InputError, Problem
from scenarios.text.terminal import FAILED, complain, console, tell

# What takes time to import is imported where it is used: help and the first progress must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from scenarios.running.progress import Display
    from scenarios.studies.conduct import Conducted
    from scenarios.studies.gathering import Gathered
    from scenarios.studies.ledger import Ledger
    from scenarios.studies.reading import ReadStudy
    from scenarios.studies.whole import Finished

INSTEAD = {
    "region": "region", "horizon": "horizon", "replications": "replications", "seed": "seed",
    "parameter_draws": "futures.parameter_draws",
}  # fmt: skip
"""Options that stand in place of what the file says, and its keys."""


def instead_of(given: Arguments) -> dict[str, object]:
    """Return what options put in place of what a study file says, by its keys."""
    return {key: given.options[option] for option, key in INSTEAD.items() if given.options[option] is not None}


def _study(given: Arguments, problems: list[Problem]) -> int:
    from scenarios.running.progress import display
    from scenarios.studies.ledger import check_study_folder

    folder = Path(given.out) if given.out else None
    problems += check_study_folder(folder) if folder else []
    with alone(folder, problems), display(console(stderr=True)) as progress:
        progress.say("Läser in studien …")
        from scenarios.running.region import word_of_warnings
        from scenarios.studies.reading import read_study
        from scenarios.studies.whole import finish

        read = read_study(given.words[0] if given.words else "", instead_of(given), problems)
        if folder is None:
            raise InputError(problems)
        _check_documents(read, folder)
        word = word_of_warnings(read.study.region)
        finished = finish(read, folder, progress, given.workers, 60.0 * given.timeout, given.cluster)
        documents = _write_documents(read, finished, progress)
    if word:
        tell(word)
    code = _told(finished.ledger, finished.conducted, finished.gathered)
    if documents:
        tell(f"Dokument i {folder / DOCUMENTS_FOLDER}: {', '.join(documents)}.")
    return code


def _check_documents(read: ReadStudy, folder: Path) -> None:
    """Raise InputError when the study's documents would have no place; before anything is simulated."""
    if read.study.documents and folder.is_dir():
        from scenarios.documents.writers.files import unusable

        if problems := unusable(folder / DOCUMENTS_FOLDER):
            raise InputError(problems)


def _write_documents(read: ReadStudy, finished: Finished, progress: Display) -> list[str]:
    """Write the documents that a study asks for, of what is there of it; return the names of their files."""
    if finished.gathered is None or not read.study.documents:
        return []
    progress.say("Skriver dokument …")
    from scenarios.documents.papers import DocumentOrder
    from scenarios.documents.study_document import document_of_study
    from scenarios.documents.writers.files import write_documents
    from scenarios.running.results import read_results

    folder = finished.ledger.folder
    with read_results(folder) as dataset:
        paper = document_of_study(dataset, read.study, read.cases)
    asked = DocumentOrder(of_study=True)
    return write_documents([paper], read.study.documents, folder / DOCUMENTS_FOLDER, asked)


def _told(ledger: Ledger, conducted: Conducted, found: Gathered | None) -> int:
    """Tell what there is, how precise it is and what failed; return the exit code."""
    if found is not None:
        draws = f" och {len(found.draws)} dragningar" if ledger.plan.study.futures.parameter_draws else ""
        tell(
            f"Sparat i {ledger.folder}: {len(found.scenarios)} scenarier i {len(found.replications)} av "
            f"{conducted.replications} replikationer{draws}. Jämför: naravard compare {ledger.folder}"
        )
    _tell_precision(ledger, conducted)
    if not conducted.failed:
        return 0
    lines = [
        f"  {task.text_sv()}, {scenario or 'hela uppgiften'}: {reason}"
        for task in conducted.tasks
        if task in ledger.records
        for scenario, reason in ledger.records[task].failures
    ]
    left_out = "" if found is None or not found.left_out else f" Utan resultat: {', '.join(found.left_out)}."
    count = "1 uppgift" if len(conducted.failed) == 1 else f"{len(conducted.failed)} uppgifter"
    heading = f"{count} misslyckades vid två försök; samma kommando försöker igen.{left_out}"
    return complain("\n".join([heading, *lines]), FAILED)


def _tell_precision(ledger: Ledger, conducted: Conducted) -> None:
    wanted, precise = ledger.plan.study.precision, conducted.precise
    if wanted is None or precise is None:
        return
    from scenarios.measures.figures import INDICATORS
    from scenarios.text.swedish import number

    figure = INDICATORS[wanted.indicator]
    reached = "nådd" if precise.is_enough(wanted.half_width) else "INTE nådd"
    width = number(precise.half_width, figure.decimals + 1)
    tell(
        f"Precisionen är {reached}: skillnadens intervall för {figure.label_sv} är som bredast ±{width} "
        f"{figure.unit_sv} ({precise.scenario or 'inget scenario'}), begärt ±{number(wanted.half_width)}."
    )


STUDY = Command(
    "study",
    "Genomför en studie: en fil säger vad som ska simuleras, och en mapp samlar allt. FIL är en studiefil (.yaml) "
    "eller namnet på en som följer med. Samma kommando igen fortsätter där den slutade; inget görs om.",
    _study,
    words="FIL",
    least=1,
    most=1,
    options=(
        Option("--out", "MAPP", "mapp för studien", str, required=True),
        WORKERS_OPTION,
        Option(
            "--timeout",
            "MINUTER",
            "längsta tid för en uppgift: en replikation av tjugo scenarier",
            whole(1, 10_000),
            60,
        ),
        Option("--cluster", "ADRESS", "låt ett Dask-kluster räkna: tcp://VÄRD:PORT (tillägget cluster)", str),
        Option("--region", "NAMN", "i stället för filens: region, eller mappen med dess data", str),
        Option("--horizon", "ÅR", "i stället för filens: sista år", whole(FIRST_START.year, LAST_DAY.year)),
        Option("--replications", "ANTAL", "i stället för filens: replikationer", whole(1, 10_000)),
        Option("--parameter-draws", "ANTAL", "i stället för filens: dragningar av antaganden", whole(0, 10_000)),
        Option("--seed", "TAL", "i stället för filens: frö", whole(0, LARGEST_SEED)),
    ),
    examples=(
        "naravard study biblioteket --out results/biblioteket",
        "naravard study egen.yaml --replications 2 --region template --out results/prov",
    ),
)
