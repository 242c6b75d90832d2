"""The plan of a study: tasks, each some scenarios in one replication, and the name under which its runs are kept.

A task simulates the history of its replication once and every scenario of its block from there, as
`scenarios.running.runner` does. Blocks are as few and as even as `LARGEST_BLOCK` allows: each costs a history of four
years again, and is what is lost when a worker dies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from scenarios.running.runner import Run
from scenarios.strategies.scenario import scenario_hash
from scenarios.studies.cases import Case
from scenarios.studies.reading import ReadStudy
from scenarios.studies.study import Study
from simulator.core.sources import digest_of

LARGEST_BLOCK = 20
"""Most scenarios of a task: their runs are in a worker's memory together, some megabytes each."""
SHOWN = ("label_sv", "question_sv", "description_sv", "indicators", "documents")
"""Keys of a study that decide nothing that is simulated: they may change between two calls."""
_MAKES_RUNS = (
    "simulator.simulation", "scenarios.running.parameter_draws", "scenarios.measures.figures",
    "scenarios.studies.run_file",
)  # fmt: skip


def code_of_runs() -> str:
    """Return the digest of the sources that runs depend on, as this process found them."""
    return digest_of(*_MAKES_RUNS)[:12]


class StudyTask(NamedTuple):
    """One replication of one block of scenarios, with the stated parameters or those of the draw of that number."""

    number: int
    drawn: bool
    block: int

    def text_sv(self) -> str:
        """Return what a report calls it."""
        drawn = " med dragna antaganden" if self.drawn else ""
        return f"replikation {self.number}{drawn}, block {self.block + 1}"


@dataclass(frozen=True)
class StudyPlan:
    """What is to be run of a study, by the code as it is now."""

    read: ReadStudy
    code: str

    @classmethod
    def of(cls, read: ReadStudy) -> StudyPlan:
        """Return the plan of a study."""
        return cls(read, code_of_runs())

    @property
    def study(self) -> Study:
        """What the file asks for."""
        return self.read.study

    @cached_property
    def blocks(self) -> tuple[tuple[Case, ...], ...]:
        """The cases in their order, parted as evenly as can be."""
        cases = self.read.cases
        count = -(-len(cases) // LARGEST_BLOCK)
        ends = [len(cases) * n // count for n in range(count + 1)]
        return tuple(cases[start:end] for start, end in pairwise(ends))

    def tasks(self, replications: int) -> tuple[StudyTask, ...]:
        """Return the tasks of so many replications, and of the draws, each replication whole before the next."""
        numbers = [(n, False) for n in range(1, replications + 1)]
        numbers += [(n, True) for n in range(1, self.study.futures.parameter_draws + 1)]
        return tuple(StudyTask(*number, block) for number in numbers for block in range(len(self.blocks)))

    def run(self, cases: tuple[Case, ...], replications: int) -> Run:
        """Return cases as the runner takes them."""
        study, named = self.study, tuple((case.name, case.changes) for case in cases)
        digest, draws = self.read.region.digest, study.futures.parameter_draws
        return Run(study.region, digest, named, study.until, study.seed, replications, draws, draws_whole=True)

    def key(self, task: StudyTask) -> str:
        """Return the SHA-256 of all that decides what comes of a task: its runs are kept under it."""
        content = {
            "scenarios": [(case.name, self._hash(case)) for case in self.blocks[task.block]],
            "region": self.read.region.digest,
            "code": self.code,
            "seed": self.study.seed,
            "keep": self.study.keep,
            "task": (task.number, task.drawn),
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    @cached_property
    def identity(self) -> Mapping[str, Any]:
        """What must be the same for runs that are there to belong to this study, by its name in Swedish."""
        asked = self.study.model_dump(mode="json", exclude_defaults=True)
        return {
            "koden": self.code,
            "regionens data": self.read.region.digest[:12],
            "studiefilen": {key: value for key, value in asked.items() if key not in SHOWN},
            "scenariot": {case.name: self._hash(case)[:12] for case in self.read.cases},
        }

    def _hash(self, case: Case) -> str:
        return scenario_hash(case.changes, self.read.region.digest, self.study.until - timedelta(days=1))


def differences(before: Any, now: Any, place: str = "") -> list[tuple[str, str, str]]:
    """Return where two identities differ: path in dots, what it was and what it is; "saknas" for what is not there."""
    if isinstance(before, dict) and isinstance(now, dict):
        keys = dict.fromkeys([*before, *now])
        return [each for key in keys for each in differences(before.get(key), now.get(key), f"{place} {key}".strip())]
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        pairs = enumerate(zip(before, now, strict=True))
        return [each for n, (old, new) in pairs for each in differences(old, new, f"{place}[{n}]")]
    return [] if before == now else [(place, _short(before), _short(now))]


def _short(value: Any) -> str:
    return "saknas" if value is None else json.dumps(value, ensure_ascii=False)
