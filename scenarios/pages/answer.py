"""An answer: what a page needs of a result, small enough to keep in memory for many users."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import xarray as xr

from scenarios.compare import Record, baseline_of, compare
from scenarios.indicators import INDICATORS, Indicator
from scenarios.results import read_results

Verdict = Literal["better", "worse", "unclear", "changed", "unknown"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Every indicator, year and scenario of a result, compared with `baseline`.

    `labels` holds the Swedish name of each scenario, in the order in which they were run.
    """

    records: tuple[Record, ...]
    labels: dict[str, str]
    baseline: str
    replications: int
    seed: str
    region: str
    code_version: str
    created: str
    command: str

    @property
    def last_year(self) -> int:
        """Return the last year that was simulated."""
        return max(record.year for record in self.records)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Return what was measured, in the order of the register."""
        present = {record.indicator for record in self.records}
        return tuple(indicator for name, indicator in INDICATORS.items() if name in present)

    def of(self, indicator: str, year: int | None = None) -> Iterator[Record]:
        """Yield the records of an indicator, of every year unless told, by year and scenario."""
        for record in self.records:
            if record.indicator == indicator and year in (None, record.year):
                yield record


def answer_from(dataset: xr.Dataset) -> Answer:
    """Return the answer that a dataset of the results contract holds."""
    names = dataset["scenario"].values.tolist()
    labels = _distinct(names, dataset["scenario_label"].values.tolist())
    about = {str(name): str(value) for name, value in dataset.attrs.items()}
    return Answer(
        records=tuple(compare(dataset)),
        labels=labels,
        baseline=baseline_of(dataset),
        replications=dataset.sizes["replication"],
        seed=about.get("base_seed", ""),
        region=about.get("region", ""),
        code_version=about.get("code_version", ""),
        created=about.get("created", ""),
        command=about.get("command", ""),
    )


def _distinct(names: list[str], labels: list[str]) -> dict[str, str]:
    """Return the label of each scenario, with its name where another one has the same."""
    return {
        name: label if labels.count(label) == 1 else f"{label} ({name})"
        for name, label in zip(names, labels, strict=True)
    }


def read_answer(folder: Path) -> Answer:
    """Read the answer of a results folder; raises scenarios.folder.FolderError."""
    return answer_from(read_results(folder))


def verdict(record: Record, good: Literal["up", "down", "neither"]) -> Verdict:
    """Tell what the paired difference means: better or worse only when its interval leaves out zero.

    `changed` is a sure difference of something that is neither good nor bad, `unknown` one without an
    interval (a single replication).
    """
    low, high = record.difference_low, record.difference_high
    if low is None or high is None:
        return "unknown"
    if low <= 0 <= high:
        return "unclear"
    if good == "neither":
        return "changed"
    return "better" if (low > 0) == (good == "up") else "worse"
