"""The table of extremes: its cuts are dated changes of controls, and its page tells differences with intervals."""

from __future__ import annotations

import numpy as np

from calibration.extremes import CUTS, FROM, TOLD_OF_CUTS, changes_of, page
from simulator import controls


def test_every_cut_is_whole_from_the_first_day_of_strategies() -> None:
    for cut in CUTS.values():
        changes = changes_of(cut)
        controls.check(changes)
        assert {(change.start, change.full_effect) for change in changes} == {(FROM, FROM)}
        assert "(" in cut.carried_by_sv or cut.carried_by_sv == "Allt ovan", "the grade of what carries it"


def test_the_page_has_a_row_a_cut_with_mean_and_interval() -> None:
    found = np.zeros((4, 1 + len(CUTS), len(TOLD_OF_CUTS)))
    found[:, 1, 0] = [100.0, 102.0, 98.0, 100.0]
    text = page(found, np.zeros_like(found))
    rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]
    assert len(rows) == 1 + len(CUTS)
    assert "+100 ± 2" in rows[1], "1.96 x 1.63 / 2 = 1.6"
    assert "4 parade replikationer" in text
