"""Moves made while the answer to the one before is being made: none is lost, and none that was undone returns."""

import random

import pytest
from test_journeys import press, standing

MOVED = (1, 2, 4)
"""Places of the sliders that are moved; one step to the right is within the bounds of each."""


@pytest.mark.parametrize("seed", range(2))
def test_three_moves_and_three_undoings_before_any_answer_end_where_they_began(visit, seed):
    from playwright.sync_api import expect

    pauses = random.Random(seed)
    with visit("verkstad", 390) as page:
        page.get_by_role("slider").first.wait_for(timeout=60_000)
        standing(page)
        moved, undo = page.get_by_role("button", name="Ta bort"), page.get_by_role("button", name="Ångra")
        for _ in range(3):
            for place in MOVED:
                press(page, page.get_by_role("slider").nth(place), "ArrowRight")
                page.wait_for_timeout(pauses.randrange(0, 600))
            moved.nth(len(MOVED) - 1).wait_for()
            for left in (2, 1, 0):
                undo.click()
                expect(moved).to_have_count(left)
            page.get_by_text("Ingen spak är ändrad").wait_for()
            page.wait_for_timeout(
                2_500
            )  # what the browser repeats comes with the next look at the work, twice a second
            assert moved.count() == 0
        assert page.faults == []
