"""The page of levels is the one that the results that come with the project give."""

from calibration.levels import BEFORE, LEVELS_PAGE, LEVELS_TOLD, page
from scenarios.measures.figures import INDICATORS


def test_the_page_is_the_one_that_would_be_made_now() -> None:
    assert LEVELS_PAGE.read_text(encoding="utf-8") == page()


def test_the_table_has_levels_enough_and_each_says_what_is_observed() -> None:
    assert len(LEVELS_TOLD) >= 25
    assert all(level.indicator in INDICATORS and level.observed_sv for level in LEVELS_TOLD)
    known = {line.split(",")[0] for line in BEFORE.read_text(encoding="utf-8").splitlines()}
    new = {
        "unmet_needs", "unmet_urgent", "deaths_in_hospital", "deaths_admitted_last_year", "admitted_in_year",
        "complex_use_in_index_year", "complex_use_in_next_year",
    }  # fmt: skip
    assert {level.indicator for level in LEVELS_TOLD} - known == new, "what was not reckoned before"
