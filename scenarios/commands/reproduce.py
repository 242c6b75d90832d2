"""`naravard reproduce`: make results or documents again from what they say of themselves, and tell whether they agree.

What a document was made of stands in the manifest beside it, what results were made of in theirs: the command, with
seed, data and version of the code. The command is given anew, and every figure compared with the old one; documents are
written anew with the time of the old ones, so that those that agree are the same to the byte.
"""

from __future__ import annotations

import hashlib
import io
import math
import shlex
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.commands.arguments import Arguments, Command, Option, read_arguments
from scenarios.commands.options import WORKERS_OPTION
from scenarios.commands.report import FORMS
from scenarios.commands.run import RUN
from scenarios.commands.study import STUDY
from scenarios.running.folder import (
    MANIFEST,
    STUDY_KIND,
    STUDY_MANIFEST,
    check_folder,
    read_manifest,
)
from scenarios.text.problems import InputError, Problem, quoted
from scenarios.text.terminal import FAILED, complain, tell

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    import xarray as xr

    from scenarios.documents.content import Paper

AGAIN: dict[str, Command] = {command.name: command for command in (RUN, STUDY)}
"""The commands that make results."""
FILES = (".yaml", ".yml")
MOST_APART = 10


@dataclass(frozen=True, slots=True)
class Made:
    """What is to be made again: `results` is the folder of the old results, `documents` that of documents.

    Either may be None; `told` is what the manifest of documents says, `command` what made the results.
    """

    results: Path | None
    documents: Path | None
    told: Mapping[str, Any]
    command: str


def _reproduce(given: Arguments, problems: list[Problem]) -> int:
    out = Path(given.out) if given.out else None
    problems += check_folder(out) if out else []
    if problems:
        raise InputError(problems)
    made = _made(Path(given.words[0]))
    words = _words(made)
    with tempfile.TemporaryDirectory(prefix="naravard-") as spare:
        folder = out or Path(spare, "resultat")
        command, arguments = AGAIN[words[1]], _elsewhere(words[2:], folder, given.workers)
        tell(f"Kör om: {shlex.join(['naravard', words[1], *arguments])}")
        values, faults = read_arguments(command, arguments)
        with redirect_stdout(io.StringIO()):  # what it prints stands in the old results already
            code = command.run(values, faults)
        if code:
            return code
        return _told(made, folder, words)


# --- what it was made of


def _made(what: Path) -> Made:
    """Return what a path leads to; raises InputError when that does not say how it was made."""
    if what.is_dir():
        made = _of_results(what) or _of_documents(what)
    elif what.name in (MANIFEST, STUDY_MANIFEST):
        made = _of_results(what.parent)
    elif what.is_file():
        made = _of_documents(what.parent, what)
    else:
        raise InputError([Problem(quoted(str(what)), "filen eller mappen finns inte.")])
    if made is None:
        allowed = "en resultatmapp, ett dokument med dokument.json bredvid, eller en av de filerna"
        raise InputError([Problem(quoted(str(what)), "här står inte hur det gjordes.", allowed=allowed)])
    return made


def _of_results(folder: Path) -> Made | None:
    run, study = read_manifest(folder), read_manifest(folder, STUDY_MANIFEST, STUDY_KIND)
    if run is None and study is None:
        return None
    told = (run or {}) if run is not None else ((study or {}).get("results") or {})
    return Made(folder, None, {}, str((told.get("attributes") or {}).get("command", "")))


def _of_documents(folder: Path, file: Path | None = None) -> Made | None:
    from scenarios.documents.writers.manifest import DOCUMENTS_KIND, DOCUMENTS_MANIFEST

    told = read_manifest(folder, DOCUMENTS_MANIFEST, DOCUMENTS_KIND)
    if told is None:
        return None
    files = {str(name): _record(file) for name, file in dict(told.get("files") or {}).items()}
    if file is not None and file.name != DOCUMENTS_MANIFEST:
        if file.name not in files:
            known = ", ".join(files)
            raise InputError([Problem(quoted(file.name), "dokumentet nämns inte i dokument.json.", allowed=known)])
        if _sum(file.read_bytes()) != files[file.name].get("sha256"):
            raise InputError([Problem(quoted(file.name), "dokumentet är ändrat sedan det gjordes.")])
        files = {file.name: files[file.name]}
    of_results = _of_results(folder.absolute().parent)
    results = of_results.results if of_results else None
    command = of_results.command if of_results else ""
    return Made(results, folder, {**told, "files": files}, command or str(told.get("command", "")))


def _record(file: Any) -> Mapping[str, Any]:
    """Return what a manifest tells of a file; an older version told its checksum alone."""
    return file if isinstance(file, Mapping) else {"sha256": str(file)}


def _words(made: Made) -> list[str]:
    """Return the words of the command, with files where they are now; raises InputError when it cannot be given."""
    try:
        words = shlex.split(made.command)
    except ValueError:
        words = []
    if len(words) < 3 or Path(words[0]).name != "naravard" or words[1] not in AGAIN:
        message = "kommandot som står där kan inte köras om."
        raise InputError([Problem("kommandot", message, quoted(made.command), "naravard run eller naravard study")])
    problems: list[Problem] = []
    found = [_file(word, made, words[1], problems) if word.endswith(FILES) else word for word in words[2:]]
    if problems:
        raise InputError(problems)
    return ["naravard", words[1], *found]


def _file(word: str, made: Made, command: str, problems: list[Problem]) -> str:
    """Return where a file of the command is: where it was, or beside the results; a study has a copy there."""
    places = [Path(word)]
    if made.results is not None:
        places.append(made.results / Path(word).name)
        places += [made.results / "study.yaml"] if command == "study" else []
    for place in places:
        if place.is_file():
            return str(place)
    problems.append(Problem(quoted(word), "filen som kommandot behöver finns inte här.", allowed="filen bredvid"))
    return word


def _elsewhere(words: Sequence[str], folder: Path, workers: int | None) -> list[str]:
    """Return the words of a command that puts its results into another folder, with so many processes."""
    kept, rest = [], list(words)
    while rest:
        word = rest.pop(0)
        flag, equals, _ = word.partition("=")
        if flag not in ("--out", "--cluster", *(["--workers"] if workers else [])):
            kept.append(word)
        elif not equals and rest:
            rest.pop(0)
    return [*kept, "--out", str(folder), *(["--workers", str(workers)] if workers else [])]


# --- whether it agrees


def _told(made: Made, folder: Path, words: Sequence[str]) -> int:
    """Tell whether figures and documents agree; return the exit code."""
    from scenarios.running.results import read_results

    again, old = read_results(folder), None if made.results is None else read_results(made.results)
    lines = [] if old is None else list(_figures_apart(old, again))
    unlike = [] if made.documents is None else _not_comparable(made)
    if made.documents is not None:
        lines += _documents_apart(made, again, words, unlike)
    if lines:
        lines += _other_ground(made.told if old is None else old.attrs, again)
        return complain("\n".join(["Stämmer inte:", *(f"  {line}" for line in lines)]), FAILED)
    if unlike:
        tell(f"Inte jämfört, för det har en egen mall eller är från en annan version: {', '.join(unlike)}.")
    compared = made.documents is not None and len(unlike) < len(made.told["files"])
    parts = [*(["alla siffror"] if made.results else []), *(["alla jämförda dokument"] if compared else [])]
    if not parts:
        return complain("Ingenting gick att jämföra: lägg dokumenten där resultatet finns.", FAILED)
    tell(f"Stämmer: {' och '.join(parts)} är desamma, {'bit för bit' if made.results else 'byte för byte'}.")
    return 0


def _not_comparable(made: Made) -> list[str]:
    """Return the documents that cannot be written again: of a Word template of one's own, or of an unknown form."""
    return [
        name
        for name, file in made.told["files"].items()
        if name.rpartition(".")[2] not in FORMS
        or ((file.get("asked") or {}).get("own_template") and name.endswith(".docx"))
    ]


def _other_ground(told: Mapping[Any, Any], again: xr.Dataset) -> Iterator[str]:
    """Yield what the old figures rest on that is something else now."""
    for key, what in (("code_version", "Modellens version"), ("region_digest", "Regionens data")):
        then, now = str(told.get(key, "")), str(again.attrs.get(key, ""))
        if then != now:
            yield f"{what} är en annan: då {then[:32]}, nu {now[:32]}."


def _figures_apart(old: xr.Dataset, again: xr.Dataset) -> Iterator[str]:
    from scenarios.findings.agreement import agreement
    from scenarios.text.swedish import number

    count, differing = agreement(old, again)
    if not differing:
        return
    yield f"{number(len(differing))} av {number(count)} variabler skiljer:"
    for each in sorted(differing, key=lambda each: -each.share)[:MOST_APART]:
        share = f"{number(100 * each.share, 1)} % av talen, som mest {number(100 * each.largest, 2)} %"
        yield f"  {each.name}: {'inte alls samma' if math.isnan(each.share) else share}"
    if len(differing) > MOST_APART:
        yield f"  … och {number(len(differing) - MOST_APART)} till."


def _documents_apart(made: Made, again: xr.Dataset, words: Sequence[str], unlike: Sequence[str]) -> Iterator[str]:
    """Yield the documents, but for those `unlike`, that are not the same to the byte when written anew."""
    from scenarios.documents.papers import DocumentOrder
    from scenarios.documents.writers.files import in_forms

    told = again.assign_attrs(created=str(made.told.get("created", "")), command=made.command)
    by_asked: dict[DocumentOrder, dict[str, str]] = {}
    for name, file in made.told["files"].items():
        if name in unlike:
            continue
        by_asked.setdefault(DocumentOrder.read(file.get("asked") or {}), {})[name] = str(file.get("sha256", ""))
    for asked, sums in by_asked.items():
        forms = tuple(dict.fromkeys(name.rpartition(".")[2] for name in sums))
        written = in_forms(_papers(made, asked, told, words), forms)
        for name, expected in sums.items():
            if _sum(written.get(name, b"")) != expected:
                yield f"{name} blir inte samma fil."


def _papers(made: Made, asked: Any, dataset: xr.Dataset, words: Sequence[str]) -> list[Paper]:
    from scenarios.documents.papers import papers_of
    from scenarios.documents.results_read import STRATEGY_ENDINGS

    if asked.of_study:
        from scenarios.commands.study import instead_of
        from scenarios.documents.study_document import document_of_study
        from scenarios.studies.reading import read_study

        values, _ = read_arguments(STUDY, list(words[2:]))
        read = read_study(values.words[0], instead_of(values))
        return [document_of_study(dataset, read.study, read.cases)]
    folder = made.results or made.documents
    assert folder is not None
    return papers_of(dataset, asked, sorted(path for path in folder.iterdir() if path.suffix in STRATEGY_ENDINGS))


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


REPRODUCE = Command(
    "reproduce",
    "Gör om ett resultat eller ett dokument och säg om det stämmer. Kommandot som står i resultatet, eller i "
    "dokument.json bredvid dokumentet, körs om med samma frö, och varje siffra och varje fil jämförs.",
    _reproduce,
    words="VAD",
    least=1,
    most=1,
    options=(Option("--out", "MAPP", "behåll det nya resultatet i en mapp; utan val slängs det", str), WORKERS_OPTION),
    examples=(
        "naravard reproduce results/first",
        "naravard reproduce results/first/dokument/strategidokument.docx",
    ),
)
