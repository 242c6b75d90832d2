"""Classes of values: round bounds, symmetric differences, colours that can be read and told apart."""

from itertools import pairwise

import numpy as np
import pytest

from scenarios.exhibits.map.colour_classes import (
    MOST_CLASSES,
    UNSURE_FILL,
    class_of,
    contrast,
    difference_classes,
    text_on,
    value_classes,
)

THEMES = pytest.mark.parametrize("dark", [False, True])


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_values_get_round_classes_that_meet():
    classes = value_classes([82.3, 84.0, 91.9], dark=False)
    assert [one.label for one in classes] == ["under 84", "84–86", "86–88", "88–90", "90 eller mer"]
    assert all(one.high == other.low for one, other in pairwise(classes))


def test_decimals_follow_the_width():
    assert value_classes([0.29, 0.41, 0.44], dark=False)[1].label == "0,32–0,34"
    assert value_classes([0.0, 17.0], dark=False)[1].label == "2,5–5,0"
    assert value_classes([-2.0, 3.0], dark=False)[1].label == "−1 till 0"


@pytest.mark.parametrize("scale", [1e-3, 0.7, 1.0, 33.0, 1e6])
def test_there_are_never_too_many_classes_and_all_values_have_one(scale):
    draws = np.random.default_rng(1)
    for _ in range(200):
        values = draws.normal(draws.uniform(-5, 5), draws.uniform(0.01, 5), 30) * scale
        classes = value_classes(values, dark=False)
        assert 2 <= len(classes) <= MOST_CLASSES
        assert len({one.label for one in classes}) == len({one.colour for one in classes}) == len(classes)
        for value in values:
            found = class_of(value, classes)
            assert found.low <= value or found is classes[0]
            assert value < found.high or found is classes[-1]


@pytest.mark.parametrize("values", [[], [np.nan], [7.0], [0.0, 0.0], [7.0, np.inf]])
def test_few_or_no_values_still_have_classes(values):
    assert len(value_classes(values, dark=True)) >= 2
    assert len(difference_classes(values, "up", dark=True)) == 6


def test_one_place_far_away_does_not_take_the_scale():
    classes = value_classes([*np.linspace(80, 90, 40), 1000.0], dark=False)
    assert classes[-1].low <= 90


def test_differences_are_symmetric_around_zero_and_tell_better_from_worse():
    classes = difference_classes([-38.0, 2.0], "down", dark=False)
    assert [one.low for one in classes] == [-one.high for one in reversed(classes)]
    assert [one.label for one in classes] == [
        "under −40, bättre", "−40 till −20, bättre", "−20 till 0, bättre",
        "0–20, sämre", "20–40, sämre", "40 eller mer, sämre",
    ]  # fmt: skip


@THEMES
def test_better_has_the_same_colour_whichever_way_it_is(dark):
    down = [one.colour for one in difference_classes([-3, 3], "down", dark)]
    up = [one.colour for one in difference_classes([-3, 3], "up", dark)]
    assert down == up[::-1]
    assert not set(down) & {one.colour for one in difference_classes([-3, 3], "neither", dark)}


def test_what_is_neither_good_nor_bad_is_lower_or_higher():
    labels = [one.label for one in difference_classes([-3, 3], "neither", dark=False)]
    assert all("lägre" in label for label in labels[:3])
    assert all("högre" in label for label in labels[3:])


@THEMES
def test_text_can_be_read_on_every_class(dark):
    kinds = [value_classes(range(n), dark) for n in range(2, 9)]
    kinds += [difference_classes([-3, 3], good, dark) for good in ("up", "down", "neither")]
    for one in (one for classes in kinds for one in classes):
        assert contrast(one.text, one.colour) >= 4.5, one
    assert contrast(text_on(UNSURE_FILL[dark]), UNSURE_FILL[dark]) >= 4.5


@THEMES
def test_classes_run_from_pale_to_strong(dark):
    page = "#11181e" if dark else "#ffffff"
    strength = [contrast(one.colour, page) for one in value_classes(range(8), dark)]
    assert strength == sorted(strength)
    away = [contrast(one.colour, page) for one in difference_classes([-3, 3], "up", dark)]
    assert away[:3] == sorted(away[:3], reverse=True)
    assert away[3:] == sorted(away[3:])


def test_no_value_has_no_class():
    assert class_of(None, value_classes([1.0, 2.0], dark=False)) is None
