"""`naravard report`: a finished strategy document from results, or a page for each municipality or health centre."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.commands.arguments import Arguments, Command, Option
from scenarios.commands.options import BASELINE_OPTION, SCENARIOS_OPTION
from scenarios.commands.result import read_result
from scenarios.running.folder import DOCUMENTS_FOLDER
from scenarios.text.problems import InputError, Problem, reason_sv, unknown
from scenarios.text.terminal import tell

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    import xarray as xr

    from scenarios.documents.content import Paper
    from scenarios.documents.papers import DocumentOrder

FORMS = ("docx", "pdf", "pptx", "xlsx", "html")
SHEET_KINDS = ("kommun", "halsocentral")


def _report(given: Arguments, problems: list[Problem]) -> int:
    forms, kinds = tuple(dict.fromkeys(given.format or FORMS)), tuple(dict.fromkeys(given.sheets or ()))
    problems += [unknown("--format", "formen är okänd.", name, FORMS) for name in forms if name not in FORMS]
    problems += [
        unknown("--sheets", "bladet är okänt.", name, SHEET_KINDS) for name in kinds if name not in SHEET_KINDS
    ]
    out = Path(given.out) if given.out else Path(given.words[0] if given.words else ".") / DOCUMENTS_FOLDER
    template = _template(given, problems)
    dataset = read_result(given, [*problems, *_unusable(out)])
    _check_scenarios(given, dataset)
    from scenarios.documents.papers import DocumentOrder
    from scenarios.documents.writers.files import write_documents

    chosen = None if given.scenario is None else tuple(given.scenario)
    asked = DocumentOrder(chosen, given.baseline, kinds, own_template=template is not None)
    documents = _documents(asked, Path(given.words[0]), dataset)
    tell(f"Skrivet till {out}: {', '.join(write_documents(documents, forms, out, asked, template))}")
    return 0


def _unusable(out: Path) -> list[Problem]:
    from scenarios.documents.writers.files import unusable

    return unusable(out)


def _template(given: Arguments, problems: list[Problem]) -> bytes | None:
    """Return a Word template of one's own, None for that of the project."""
    if given.template is None:
        return None
    try:
        content = Path(given.template).read_bytes()
        from scenarios.documents.writers.word import opened

        opened(content)
    except (OSError, ValueError) as error:
        found = error.problems if isinstance(error, InputError) else ()
        reason = reason_sv(error) if not found else ""
        problems += found or [Problem("--template", f"filen går inte att läsa: {reason}.", given.template)]
        return None
    return content


def _check_scenarios(given: Arguments, dataset: xr.Dataset) -> None:
    names = [str(name) for name in dataset["scenario"].values]
    missing = [name for name in given.scenario or () if name not in names]
    if missing:
        told = [unknown("--scenario", "scenariot finns inte i resultatet.", name, names) for name in missing]
        raise InputError(told)


def _documents(asked: DocumentOrder, folder: Path, dataset: xr.Dataset) -> list[Paper]:
    from scenarios.documents.papers import papers_of
    from scenarios.documents.results_read import STRATEGY_ENDINGS

    own = sorted(path for path in folder.iterdir() if path.suffix in STRATEGY_ENDINGS)
    return papers_of(dataset, asked, own)


REPORT = Command(
    "report",
    "Gör ett färdigt strategidokument av ett resultat. Word, PDF, PowerPoint, Excel och webbsida med sammanfattning "
    "för ledningen, diagram, karta, osäkerhet och underlag; eller blad per kommun och hälsocentral.",
    _report,
    words="MAPP",
    least=1,
    most=1,
    options=(
        Option("--format", "FORM", f"{', '.join(FORMS)}; utan val alla", str, many=True),
        Option("--out", "MAPP", f"mapp för dokumenten; utan val {DOCUMENTS_FOLDER} i resultatmappen", str),
        Option("--sheets", "BLAD", f"blad i stället för strategidokumentet: {', '.join(SHEET_KINDS)}", str, many=True),
        SCENARIOS_OPTION,
        BASELINE_OPTION,
        Option("--template", "FIL", "egen Word-mall med samma formatmallar som projektets", str),
    ),
    examples=(
        "naravard report results/first --format docx,pdf",
        "naravard report results/first --sheets kommun,halsocentral --format pdf",
    ),
)
