"""How the figures of a report came to be: which scenarios, of what data and code, and the command that repeats it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from scenarios.strategies.strategy import Strategy

if TYPE_CHECKING:
    from scenarios.live.answer import Answer


@dataclass(frozen=True, slots=True)
class ToldScenario:
    """A scenario of a report: its name, Swedish label, SHA-256 of what it changes, and its strategy if at hand."""

    name: str
    label: str
    hash: str = ""
    strategy: Strategy | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Everything that a file says about how its figures came to be.

    `taken` is the day on which they were taken out: the same results on the same day give the same file.
    `command` makes the results again, with the same code version; `seed` is the base seed.
    """

    scenarios: tuple[ToldScenario, ...]
    taken: date
    region: str = ""
    region_digest: str = ""
    code_version: str = ""
    seed: str = ""
    replications: int = 0
    horizon: str = ""
    command: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the scenarios."""
        return tuple(scenario.label for scenario in self.scenarios)


def today() -> date:
    """Return the day where the app runs."""
    return datetime.now().astimezone().date()


def origin_of_answer(answer: Answer, command: str, strategies: Iterable[Strategy] = (), digest: str = "") -> Origin:
    """Return how an answer of the app came to be; `digest` is that of the region's data."""
    known = {strategy.name: strategy for strategy in strategies}
    labels = answer.labels
    told_scenarios = tuple(
        ToldScenario(s.name, labels[s.name], s.course.scenario_hash, known.get(s.name)) for s in answer.shown
    )
    course = answer.shown[0].course
    horizon = f"{course.horizon}-12-31"
    return Origin(
        told_scenarios,
        today(),
        course.region,
        digest,
        answer.version,
        str(course.seed),
        answer.replications,
        horizon,
        command,
    )
