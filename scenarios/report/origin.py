"""How the figures of a report came to be: which scenarios, of what data and code, and the command that repeats it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scenarios.strategy import Strategy

if TYPE_CHECKING:
    import xarray as xr

    from scenarios.live.answer import Answer

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""The time of files whose results do not say when they were made; zip files know none before."""


@dataclass(frozen=True, slots=True)
class Told:
    """A scenario of a report: its name, Swedish label, SHA-256 of what it changes, and its strategy if at hand."""

    name: str
    label: str
    hash: str = ""
    strategy: Strategy | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Everything that a file says about how its figures came to be.

    `created` is the time of the results in ISO format, not of the file: the same results give the same file.
    `command` makes the results again, with the same code version; `seed` is the base seed.
    """

    scenarios: tuple[Told, ...]
    region: str = ""
    region_digest: str = ""
    code_version: str = ""
    seed: str = ""
    replications: int = 0
    horizon: str = ""
    created: str = ""
    command: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the scenarios."""
        return tuple(told.label for told in self.scenarios)

    @property
    def time(self) -> datetime:
        """When the results were made, in UTC; `EARLIEST` where they do not say."""
        try:
            found = datetime.fromisoformat(self.created)
        except ValueError:
            return EARLIEST
        return max(found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC), EARLIEST)


def origin_of(dataset: xr.Dataset, strategies: Iterable[Strategy] = ()) -> Origin:
    """Return how a dataset of the results contract came to be; `strategies` are those at hand, found by name."""
    about = {str(name): str(value) for name, value in dataset.attrs.items()}
    return Origin(
        _told(dataset, {strategy.name: strategy for strategy in strategies}),
        about.get("region", ""),
        about.get("region_digest", ""),
        about.get("code_version", ""),
        about.get("base_seed", ""),
        int(dataset.sizes.get("replication", 0)),
        about.get("horizon", ""),
        about.get("created", ""),
        repeatable(about.get("command", "")),
    )


def origin_of_answer(answer: Answer, command: str, strategies: Iterable[Strategy] = (), digest: str = "") -> Origin:
    """Return how an answer of the app came to be; `digest` is that of the region's data.

    An answer says not when it was made: the same scenarios give the same file whenever it is written.
    """
    known = {strategy.name: strategy for strategy in strategies}
    labels = answer.labels
    told = tuple(Told(s.name, labels[s.name], s.course.scenario_hash, known.get(s.name)) for s in answer.shown)
    course = answer.shown[0].course
    horizon = f"{course.horizon}-12-31"
    return Origin(
        told, course.region, digest, answer.version, str(course.seed), answer.replications, horizon, "", command
    )


def repeatable(command: str) -> str:
    """Return a command with a folder of its own for the results: the one on this machine is nobody else's business."""
    try:
        words = shlex.split(command)
    except ValueError:
        return command
    if "--out" not in words[:-1]:
        return command
    words[words.index("--out") + 1] = "resultat"
    return shlex.join(words)


def _told(dataset: xr.Dataset, strategies: Mapping[str, Strategy]) -> tuple[Told, ...]:
    names = [str(name) for name in dataset["scenario"].values]
    labels = _texts(dataset, "scenario_label", names)
    hashes = _texts(dataset, "scenario_hash", [""] * len(names))
    return tuple(
        Told(name, label, digest, strategies.get(name))
        for name, label, digest in zip(names, labels, hashes, strict=True)
    )


def _texts(dataset: xr.Dataset, name: str, otherwise: list[str]) -> list[str]:
    return [str(value) for value in dataset[name].values] if name in dataset.coords else otherwise
