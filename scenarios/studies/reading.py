"""A study file read: its schema, the files and names in it, and its cases; every problem of all of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from scenarios.running.region import region_or_problems
from scenarios.strategies.defaults import HOME_REGION
from scenarios.strategies.invalid import problems_of
from scenarios.strategies.library import TAKEN_SV, library, shadowed
from scenarios.strategies.scenario import read_strategy
from scenarios.strategies.strategy import Strategy, StrictModel
from scenarios.studies.cases import Case, cases_of
from scenarios.studies.study import FILE_ENDINGS, OwnScenario, Study
from scenarios.studies.sweeps import strategies_of
from scenarios.text import strict_yaml
from scenarios.text.problems import InputError, Problem, ScenarioError, quoted, unknown
from scenarios.text.strict_yaml import Document
from simulator.region.pack import Region

M = TypeVar("M", bound=StrictModel)
SHIPPED_FOLDER = Path(__file__).parent / "library"
"""Where the studies lie that come with the project."""


class StudyError(InputError):
    """A study file is not valid."""

    heading = "Studien går inte att använda"


@dataclass(frozen=True, slots=True)
class ReadStudy:
    """A study with its region and its cases, and the text of the file."""

    study: Study
    region: Region
    cases: tuple[Case, ...]
    text: bytes


def shipped_studies() -> dict[str, Path]:
    """Return the file of every study that comes with the project, by name."""
    return {path.stem: path for path in sorted(SHIPPED_FOLDER.glob("*.yaml"))}


def study_file(word: str) -> Path:
    """Return the file of a study by the name of one that comes with the project, or by path; raises StudyError."""
    if word.endswith(FILE_ENDINGS):
        return Path(word)
    known = shipped_studies()
    if word not in known:
        raise StudyError([unknown("FIL", "studien är okänd.", word, (*known, "en fil som slutar på .yaml"))])
    return known[word]


def read_study(word: str, instead: Mapping[str, object], problems: Sequence[Problem] = ()) -> ReadStudy:
    """Return a study by name or file, with `instead` in place of what it says under the same keys.

    `instead` has keys of the study, and those of `futures` with their path ("futures.parameter_draws"). Raises
    StudyError with `problems` and everything else that is wrong.
    """
    faults = list(problems)
    try:
        file = study_file(word)
        document = with_instead(strict_yaml.load(file), instead)
    except InputError as error:
        raise StudyError([*faults, *error.problems]) from None
    region = region_of_file(document, file.parent, "region" in instead, faults)
    study = checked_as(Study, document, region, faults)
    if study is None or region is None or len(faults) > len(problems):
        raise StudyError(faults)
    if "region" not in instead:
        study = study.model_copy(update={"region": region_place(study.region, file.parent)})
    cases = _cases(study, document, region, file.parent, faults)
    if faults:
        raise StudyError(faults)
    return ReadStudy(study, region, cases, file.read_bytes())


def region_place(region: str, folder: Path) -> str:
    """Return the name of a region, or the path of its folder as seen from that of the study file."""
    return str(folder / region) if "/" in region or "\\" in region else region


def with_instead(document: Document, instead: Mapping[str, object]) -> Document:
    """Return a document with values in place of its own; a key with a dot is one within another."""
    if not isinstance(document.data, dict):
        return document
    data = dict(document.data)
    for key, value in instead.items():
        outer, _, inner = key.partition(".")
        under = data.get(outer, {})
        data[outer] = ({**under, inner: value} if isinstance(under, dict) else under) if inner else value
    return replace(document, data=data)


def region_of_file(document: Document, folder: Path, on_command_line: bool, faults: list[Problem]) -> Region | None:
    """Return the region that a file names, None after adding what is wrong with it to `faults`."""
    data = document.data if isinstance(document.data, dict) else {}
    name = data.get("region", HOME_REGION)
    if not isinstance(name, str):
        return None
    found: list[Problem] = []
    region = region_or_problems(name if on_command_line else region_place(name, folder), found)
    here = {"place": document.place(("region",)), "line": document.line(("region",))}
    of_name = [problem.place == "--region" and not on_command_line for problem in found]
    faults += [replace(each, **here) if own else each for each, own in zip(found, of_name, strict=True)]  # type: ignore[arg-type]
    return region


def checked_as(kind: type[M], document: Document, region: Region | None, faults: list[Problem]) -> M | None:
    """Return the content of a document as a model, None after adding what is wrong with it to `faults`."""
    faults += document.problems
    seen = {problem.place for problem in document.problems}
    try:
        return kind.model_validate(document.data, context={"region": region})
    except ValidationError as error:
        faults += [each for each in problems_of(error, kind, document) if each.place not in seen]
        return None


def _cases(study: Study, document: Document, region: Region, folder: Path, faults: list[Problem]) -> tuple[Case, ...]:
    """Return the cases of a study, none after adding what is wrong with them to `faults`."""
    found = EntriesRead(document, region, folder, faults)
    strategies = [found.strategy(entry, ("scenarios", n)) for n, entry in enumerate(study.scenarios)]
    tests = [
        found.strategy(entry, ("futures", "stress_tests", n)) for n, entry in enumerate(study.futures.stress_tests)
    ]
    bases = [found.strategy(sweep.base or "", ("sweeps", n, "base")) for n, sweep in enumerate(study.sweeps)]
    if faults:
        return ()
    for sweep, base in zip(study.sweeps, bases, strict=True):
        strategies += strategies_of(sweep, base)

    def place(key: str) -> str:
        return document.place(tuple(key.split(".")))

    try:
        return cases_of(study, filter(None, strategies), filter(None, tests), region, place)
    except ScenarioError as error:
        faults += error.problems
        return ()


@dataclass(frozen=True, slots=True)
class EntriesRead:
    """Entries of a study file as strategies; what is wrong with those in other files is added to `faults`."""

    document: Document
    region: Region
    folder: Path
    faults: list[Problem]

    def strategy(self, entry: str | OwnScenario, path: strict_yaml.Path) -> Strategy | None:
        """Return the strategy of an entry; None for "" and where it cannot be used."""
        strategy = self._of_name(entry) if isinstance(entry, str) else _plain(entry)
        if strategy is not None and shadowed(strategy):
            place, line = self.document.place(path), self.document.line(path)
            self.faults.append(Problem(place, TAKEN_SV, quoted(strategy.name), line=line))
            return None
        return strategy

    def _of_name(self, entry: str) -> Strategy | None:
        if not entry:
            return None
        file = self.folder / entry if entry.endswith(FILE_ENDINGS) else library()[entry]
        try:
            return read_strategy(file, self.region)
        except ScenarioError as error:
            self.faults.extend(error.problems)
            return None


def _plain(own: OwnScenario) -> Strategy:
    """Return a lever set of the study file as the strategy that it is, with the texts that were left out."""
    texts = {"question_sv": own.question_sv, "description_sv": own.description_sv, "rationale": own.rationale}
    return Strategy(**(texts | own.content()))
