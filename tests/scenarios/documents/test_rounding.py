import pytest

from scenarios.documents.rounding import places_of, rounded_sv, with_interval


@pytest.mark.parametrize(
    ("low", "high", "most", "places"),
    [
        (63_837, 68_608, 0, -2),
        (80.9, 86.6, 1, 1),
        (56.4, 74.8, 1, 1),
        (-90.0, 12.0, 1, 0),
        (0.3604, 0.3881, 3, 3),
        (None, None, 1, 1),
        (5.0, 5.0, 1, 1),
    ],
)
def test_places_follow_the_interval(low, high, most, places):
    assert places_of(low, high, most) == places


def test_a_figure_is_rounded_with_its_interval():
    assert with_interval(66_222.0, 63_837.0, 68_608.0, 0) == "66\u00a0200 (63\u00a0800–68\u00a0600)"
    assert with_interval(-544.0, -1_632.0, 544.0, 0, sign=True) == "−500 (−1\u00a0600 till 500)"
    assert with_interval(0.1, None, None, 1, sign=True) == "+0,1"


def test_a_bound_that_leaves_out_zero_never_reads_as_zero():
    text = with_interval(-0.05, -0.09, -0.01, 1, sign=True)
    assert text == "−0,05 (−0,09 till −0,01)"


def test_a_bound_close_to_zero_is_still_rounded_where_the_interval_has_zero_in_it():
    assert with_interval(0.9, -0.01, 1.8, 1, sign=True) == "+0,9 (0,0–1,8)"


def test_nothing_is_a_dash():
    assert rounded_sv(None, 1) == "–"
