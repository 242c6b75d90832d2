"""The ledger of a study's folder: which tasks are done, which failed, which are to do.

The truth lies in `runs/`: a task is done when its record is there without failures and the file beside it has the
record's checksum. `study.json` marks the folder, says what the study is, and tells how far it has come; it is
rewritten as tasks end, and nothing is lost when it is a moment behind.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scenarios.running.folder import (
    STUDY_KIND,
    STUDY_MANIFEST,
    FolderError,
    WriteError,
    check_folder,
    read_manifest,
    write_files,
)
from scenarios.studies.plan import StudyPlan, StudyTask, differences
from scenarios.studies.run_file import RUNS, RunRecord
from scenarios.text.files import write_whole
from scenarios.text.problems import Problem, reason_sv

STUDY_COPY = "study.yaml"
_LEFT_BEHIND = re.compile(r"\.([0-9a-f]{32}-|naravard-)")
"""Names of what a process leaves that was killed while it wrote."""
MOST_DIFFERENCES = 12


def check_study_folder(folder: Path) -> list[Problem]:
    """Return what is wrong with a folder as that of a study: it may be new, empty, or hold a study already."""
    with suppress(OSError):
        names = [path.name for path in folder.iterdir()]
        if names and all(map(_LEFT_BEHIND.match, names)):
            return []  # killed before anything was there
    return check_folder(folder, STUDY_MANIFEST, STUDY_KIND)


@dataclass(slots=True)
class Ledger:
    """A study's folder, opened for a plan."""

    folder: Path
    plan: StudyPlan
    begun: str = ""
    records: dict[StudyTask, RunRecord] = field(default_factory=dict)
    damaged: list[StudyTask] = field(default_factory=list)
    results: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, plan: StudyPlan) -> Ledger:
        """Open a folder: begin in it, or go on where it was left.

        Raises FolderError when what is there was made by other code, of other data or for another study, naming what
        differs, and WriteError.
        """
        manifest = read_manifest(folder, STUDY_MANIFEST, STUDY_KIND)
        if manifest is None:
            ledger = cls(folder, plan, datetime.now(UTC).isoformat(timespec="seconds"))
            ledger._begin()
            return ledger
        if problems := list(_other_study(manifest, plan, folder)):
            raise FolderError(problems)
        _tidy(folder)
        write_files({STUDY_COPY: plan.read.text}, folder)
        return cls(folder, plan, str(manifest.get("begun", "")), results=dict(manifest.get("results") or {}))

    def _begin(self) -> None:
        write_files({STUDY_COPY: self.plan.read.text, STUDY_MANIFEST: self._text(())}, self.folder)

    def look(self, tasks: Iterable[StudyTask]) -> None:
        """Read what is there of tasks, and check it."""
        for task in tasks:
            if task in self.records:
                continue
            record = self._record(task)
            if record is not None and record.sha256 and not self._is_whole(record):
                self.damaged.append(task)
            elif record is not None:
                self.records[task] = record

    def to_do(self, tasks: Iterable[StudyTask]) -> list[StudyTask]:
        """Return the tasks that are not done, those that failed before too."""
        return [task for task in tasks if task not in self.records or self.records[task].failures]

    def done(self, tasks: Iterable[StudyTask]) -> dict[StudyTask, RunRecord]:
        """Return the records of the tasks of which there are runs, all of them or some."""
        return {task: self.records[task] for task in tasks if task in self.records and self.records[task].sha256}

    def write(self, tasks: Sequence[StudyTask]) -> None:
        """Tell in `study.json` how far these tasks have come; raises WriteError."""
        try:
            write_whole(self.folder / STUDY_MANIFEST, self._text(tasks), durable=False)
        except OSError as error:
            raise WriteError(f"{self.folder / STUDY_MANIFEST} kunde inte skrivas: {reason_sv(error)}.") from error

    def _record(self, task: StudyTask) -> RunRecord | None:
        key = self.plan.key(task)
        try:
            record = RunRecord.read(json.loads((self.folder / RUNS / f"{key}.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return record if record.key == key else None

    def _is_whole(self, record: RunRecord) -> bool:
        try:
            with (self.folder / RUNS / f"{record.key}.npz").open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == record.sha256
        except OSError:
            return False

    def _text(self, tasks: Sequence[StudyTask]) -> bytes:
        states = {task: self._state(task) for task in tasks}
        count = {state: sum(each == state for each in states.values()) for state in ("done", "failed", "to do")}
        content = {
            "kind": STUDY_KIND,
            "name": self.plan.study.name,
            "label_sv": self.plan.study.label_sv,
            "begun": self.begun,
            "identity": self.plan.identity,
            "count": count,
            "tasks": [
                {"key": self.plan.key(task), **task._asdict(), "state": state, "failures": self._failures(task)}
                for task, state in states.items()
            ],
            "results": self.results,
        }
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()

    def _state(self, task: StudyTask) -> str:
        if task not in self.records:
            return "to do"
        return "failed" if self.records[task].failures else "done"

    def _failures(self, task: StudyTask) -> Sequence[tuple[str, str]]:
        return self.records[task].failures if task in self.records else ()


def _tidy(folder: Path) -> None:
    """Take away what killed processes left: files beside their place, and folders of files that tell of progress."""
    for path in [*folder.iterdir(), *(folder / RUNS).glob("*")]:
        if _LEFT_BEHIND.match(path.name) and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif _LEFT_BEHIND.match(path.name):
            path.unlink(missing_ok=True)


def _other_study(manifest: Mapping[str, Any], plan: StudyPlan, folder: Path) -> Iterable[Problem]:
    """Yield what differs between the study of a folder and one that is to be gone on with."""
    now = json.loads(json.dumps(plan.identity))
    found = differences(manifest.get("identity") or {}, now)
    for place, before, after in found[:MOST_DIFFERENCES]:
        message = f"{place} är något annat än när studien började; välj en ny mapp, eller ändra tillbaka."
        yield Problem(str(folder), message, f"nu {after}", f"då {before}")
    if (rest := len(found) - MOST_DIFFERENCES) > 0:
        yield Problem(str(folder), f"och {rest} skillnader till.")
