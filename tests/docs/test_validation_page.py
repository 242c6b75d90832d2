"""docs/validering.md holds the table of observed figures as it is now; the simulated ones are of the run it names."""

from pathlib import Path

import pytest

from scenarios.validation.targets import targets_of

PAGE = Path(__file__).parents[2] / "docs" / "validering.md"
MAKE = "naravard validate --replications 10 --format markdown --out docs/validering.md"


@pytest.fixture(scope="module")
def page():
    return PAGE.read_text(encoding="utf-8")


def test_the_page_says_how_it_was_made(page):
    assert MAKE in page


def test_every_figure_is_on_the_page_with_its_reading_or_reason(page):
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    for target in targets_of("kalmar"):
        own = [row for row in rows if row.startswith(f"| {target.label_sv} |")]
        assert own, f"{target.key}: run {MAKE}"
        told = target.reason_sv if target.role == "none" else target.note_sv
        assert any(told.lower().replace("|", "\\|") in row.lower() for row in own), f"{target.key}: run {MAKE}"


def test_every_figure_outside_has_a_reason_written_by_hand(page):
    outside = page.split("## Utanför 15 procent, och varför")[1].split("\n## ")[0]
    assert "är inte utredd" not in outside
