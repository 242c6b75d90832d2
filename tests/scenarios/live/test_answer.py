"""What an answer works out of runs, beside what its exhibits say of it."""

import dataclasses

import numpy as np
from made_up_answer import made_up

from scenarios.measures.figures import INDICATORS


def test_intervals_of_the_app_end_where_values_do():
    """Two replications far apart: Student's t reaches far beyond both ends of a share."""
    answer = made_up(2, details=False)
    runs = answer.indicators_by_run.copy()
    for j, name in enumerate(answer.names):
        ends = [end for end in INDICATORS[name].limits if np.isfinite(end)]
        runs[1, :, j] = np.array([[0.98 * max(ends[-1], 1.0)], [0.1]])
    far = dataclasses.replace(answer, indicators_by_run=runs)
    for name in answer.names:
        low, high = INDICATORS[name].limits
        record = far.record(name, "battre", 2030)
        assert (record.low, record.high > record.value) == (low, True)
        assert record.high <= high
        assert low - high <= record.difference_low < record.difference_high <= high - low
    share, index = (far.record(name, "battre", 2030) for name in ("assessed_within_3_days", "continuity_index"))
    assert (share.high, index.high) == (100.0, 1.0)
