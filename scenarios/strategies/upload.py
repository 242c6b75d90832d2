"""A strategy that somebody sends: a YAML file from a browser, bounded before it is read and told of in one message."""

from __future__ import annotations

from scenarios.places.places import Places
from scenarios.strategies.library import TAKEN_SV, shadowed
from scenarios.strategies.scenario import check_strategy
from scenarios.strategies.strategy import Strategy
from scenarios.text import strict_yaml
from scenarios.text.problems import Problem, ScenarioError, quoted
from scenarios.text.swedish import number

MOST_TOLD = 12
"""Problems that a message spells out; a file that is no strategy at all may have thousands."""


class UploadError(ScenarioError):
    """A file that was sent cannot be used as a scenario."""

    heading = "Filen går inte att använda"


def read_upload(name: str, content: bytes, region: Places | None = None) -> Strategy:
    """Return the strategy in a file's bytes; its name is only repeated in messages, never used as a path.

    Raises UploadError when the file is larger than 256 kB, is not text in UTF-8, is no plain YAML (anchors, tags and
    deep nesting are refused), says what a strategy may not say or is called as one of the library's; at most
    `MOST_TOLD` problems are told.
    """
    try:
        strategy = check_strategy(strict_yaml.parse(content, name or "fil"), region)
    except ScenarioError as error:
        raise UploadError(told(error.problems)) from None
    if shadowed(strategy):
        raise UploadError([Problem(f"{name or 'fil'}:name", TAKEN_SV, quoted(strategy.name))])
    return strategy


def told(problems: tuple[Problem, ...]) -> list[Problem]:
    """Return the first problems, and how many more there are."""
    rest = len(problems) - MOST_TOLD
    more = [Problem("…", f"och {number(rest)} problem till.")] if rest > 0 else []
    return [*problems[:MOST_TOLD], *more]
