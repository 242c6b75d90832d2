import math

import pytest

from scenarios.text.swedish import MISSING, number


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, None, "1\xa0234,5"),
        (-0.04, 1, "0,0"),
        (-36.0, 1, "−36,0"),
        (1e15, 0, "1×10^15"),
        (1.5e29, 1, "1,5×10^29"),
        (-1e300, 0, "−1×10^300"),
        (1.7976931348623157e308, None, "1,7976931348623157×10^308"),
        (math.inf, 0, "∞"),
        (-math.inf, 0, "−∞"),
        (5e-324, 2, "0,00"),
        (math.nan, 0, MISSING),
        (None, 0, MISSING),
    ],
)
def test_any_number_can_be_written(value, decimals, text):
    assert number(value, decimals) == text


def test_a_plus_stands_before_what_is_above_zero_after_rounding():
    assert [number(value, 1, sign=True) for value in (0.04, 0.06, 1e20, -1.0)] == ["0,0", "+0,1", "+1×10^20", "−1,0"]
