"""The exact interval of a share against tabled values."""

import pytest

from scenarios.statistics.proportions import share_interval


@pytest.mark.parametrize(
    ("count", "of", "low", "high"), [(0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0), (8, 10, 0.4439, 0.9748)]
)
def test_the_interval_is_clopper_and_pearsons(count, of, low, high):
    assert share_interval(count, of) == pytest.approx((low, high), abs=5e-5)


def test_more_than_all_is_refused():
    with pytest.raises(ValueError, match="k"):
        share_interval(3, 2)
