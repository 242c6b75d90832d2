"""Lists of the few: how they are made, what is compared, and what the page says of it."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.experiments.lists import (
    CASE_FINDING_PAGE,
    LISTS_SV,
    SHOWN_PAGE,
    TOLD_OF_LISTS,
    area_under_curve,
    one_history,
    page,
    shown,
)
from scenarios.strategies.defaults import HOME_REGION


@pytest.fixture(scope="module")
def found() -> np.ndarray:
    """Every list followed in one future of the county, [lists, columns]."""
    return one_history(HOME_REGION, 2)


def column(rows: np.ndarray, name: str) -> dict[str, float]:
    return dict(zip(LISTS_SV, rows[:, TOLD_OF_LISTS.index(name)].tolist(), strict=True))


def test_who_was_chosen_for_a_heavy_year_has_a_lighter_one_and_whom_gps_choose_a_heavier(found: np.ndarray) -> None:
    """Some 5 000 people a list and 0.3-1.8 admissions each: standard errors of the changes are below 0.04."""
    before, without, claimed = (column(found, name) for name in ("before", "without", "claimed"))
    assert without["use"] < 0.6 * before["use"]
    assert without["judgement"] > before["judgement"]
    assert claimed["use"] < -0.45 < 0.0 < claimed["judgement"]


def test_the_truth_is_the_teams_effect_whatever_the_list(found: np.ndarray) -> None:
    """-12 % of admissions from an emergency, eleven months of a year; whoever returns is spared twice."""
    for truth in column(found, "truth").values():
        assert -0.16 < truth < -0.04


def test_lists_that_see_more_find_more(found: np.ndarray) -> None:
    hit, share, ranked = (column(found, name) for name in ("hit", "found", "ranked"))
    assert hit["mixed"] > hit["diagnoses"]
    assert share["use"] > share["diagnoses"]
    assert all(0.6 < area < 0.9 for area in ranked.values())
    assert all(0.0 < part < 0.3 for part in share.values()), "most of those admitted are on no list"


def test_the_area_is_the_chance_that_who_was_struck_ranks_higher() -> None:
    score, struck = np.array([3.0, 2.0, 2.0, 1.0]), np.array([True, True, False, False])
    assert area_under_curve(score, struck) == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    assert area_under_curve(-score, struck) == pytest.approx(1 - 3.5 / 4)


def test_the_page_tells_what_is_claimed_beside_what_is_true(found: np.ndarray) -> None:
    text = page(np.stack([found, found + 0.01]))
    assert all(label in text for label in LISTS_SV.values())
    assert text.count("\n|---") == 2
    assert "Påstått" in text


def test_the_app_shows_the_page_without_how_it_was_made(found: np.ndarray) -> None:
    text = page(np.stack([found, found + 0.01]))
    told = shown(text)
    assert told.startswith("### Att hitta de få")
    assert "<!--" not in told
    assert told.count("\n") == text.count("\n") - 2


def test_the_shown_text_is_that_of_the_page() -> None:
    assert SHOWN_PAGE.read_text(encoding="utf-8") == shown(CASE_FINDING_PAGE.read_text(encoding="utf-8"))
