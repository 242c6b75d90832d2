"""The page of strategies before and after is the one that the results that come with the project give."""

from __future__ import annotations

from calibration.before_and_after import BEFORE_AND_AFTER_PAGE, DEATHS_OF_ALL, REASONS, STRATEGIES_BEFORE, TOLD, page
from scenarios.strategies.library import BASELINE, library


def test_the_page_is_made_of_the_shipped_results() -> None:
    assert BEFORE_AND_AFTER_PAGE.read_text(encoding="utf-8") == page()


def test_every_strategy_has_a_before_and_a_reason() -> None:
    names = [name for name in library() if name != BASELINE]
    before = STRATEGIES_BEFORE.read_text(encoding="utf-8").splitlines()
    assert len(before) == 1 + len(names) * len((*TOLD, DEATHS_OF_ALL))
    reasons = dict(line.split(",", 1) for line in REASONS.read_text(encoding="utf-8").splitlines()[1:])
    assert list(reasons) == names
    assert all(len(text) > 80 for text in reasons.values())
