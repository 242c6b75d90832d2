"""The value of every control in a month, from dated changes."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.changes import Change
from simulator.controls import CONTROLS, ControlError, check, shape_of, values_in
from simulator.region.pack import Region

START, FULL = date(2027, 1, 1), date(2028, 1, 1)


def value(region: Region, when: date, *changes: Change) -> np.ndarray:
    return values_in(when, changes, region)[changes[0].control]


def test_without_changes_every_control_stands_at_its_baseline(county: Region) -> None:
    values = values_in(START, (), county)
    for name, control in CONTROLS.items():
        assert values[name].shape == shape_of(control, county)
        assert (values[name] == control.baseline).all()
        assert control.low <= control.baseline <= control.high


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (date(2026, 12, 1), 1.0),
        (START, 1.0),
        (date(2027, 7, 1), 1.0 - 0.5 * 181 / 365),
        (FULL, 0.5),
        (date(2030, 5, 1), 0.5),
    ],
)
def test_an_effect_grows_from_its_start_to_its_full_date(county: Region, when: date, expected: float) -> None:
    assert value(county, when, Change("beds", "multiply", 0.5, START, FULL)) == pytest.approx(expected)


def test_the_same_date_means_at_once(county: Region) -> None:
    at_once = Change("beds", "multiply", 0.5, START, START)
    assert (value(county, date(2026, 12, 1), at_once) == 1.0).all()
    assert (value(county, START, at_once) == 0.5).all()


def test_factors_multiply_addends_add_and_the_furthest_setting_holds(county: Region) -> None:
    half = Change("beds", "multiply", 0.5, START, START)
    assert (value(county, START, half, half) == 0.25).all()
    days = [Change("own_gp_patience_days", "add", d, START, START) for d in (3.0, 4.0)]
    assert (value(county, START, *days) == 7.0).all()
    lists = [Change("listed_per_gp", "set", n, START, START) for n in (1100.0, 1500.0)]
    assert (value(county, START, *lists) == 1500.0).all()


def test_a_change_reaches_where_it_is_told_to(county: Region) -> None:
    posts = value(county, START, Change("gp_posts", "multiply", 2.0, START, START, municipalities=(3,)))
    assert np.array_equal(posts == 2.0, county.centre_municipality == 3)
    beds = value(county, START, Change("beds", "multiply", 2.0, START, START, municipalities=(0,)))
    assert np.flatnonzero(beds == 2.0).tolist() == [county.catchment[0]]
    home = value(county, START, Change("home_nursing_posts", "multiply", 2.0, START, START, municipalities=(5, 6)))
    assert np.flatnonzero(home == 2.0).tolist() == [5, 6]
    need = value(county, START, Change("need_gp", "multiply", 0.5, START, START, age_groups=(8,), segments=(3,)))
    assert np.argwhere(need == 0.5).tolist() == [[m, 8, 3] for m in range(len(county.municipalities))]
    where = {"municipalities": (3,), "age_groups": (7, 8), "segments": (2,)}
    share = value(county, START, Change("telemonitoring", "add", 0.5, START, START, **where))
    assert np.argwhere(share == 0.5).tolist() == [[3, 7, 2], [3, 8, 2]]
    assert share.sum() == 1.0
    one = value(county, START, Change("gp_posts", "multiply", 2.0, START, START, centres=(4,)))
    assert np.flatnonzero(one == 2.0).tolist() == [4]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Change("bedz", "multiply", 1.0, START, START), "unknown control 'bedz'"),
        (Change("beds", "multiply", float("nan"), START, START), "not a number"),
        (Change("beds", "multiply", float("inf"), START, START), "not a number"),
        (Change("beds", "multiply", 1.0, FULL, START), "before start"),
        (Change("resources_follow", "set", 1.5, START, START), "outside"),
    ],
)
def test_impossible_changes_are_refused(change: Change, says: str) -> None:
    with pytest.raises(ControlError, match=says):
        check([change])


def test_all_problems_are_told_at_once() -> None:
    bad = [Change("bedz", "multiply", 1.0, START, START), Change("beds", "multiply", float("nan"), START, START)]
    with pytest.raises(ControlError, match=r"bedz.*; beds"):
        check(bad)


def test_changes_that_leave_the_bounds_together_are_refused(county: Region) -> None:
    with pytest.raises(ControlError, match="beds"):
        value(county, FULL, *[Change("beds", "multiply", 2.0, START, START)] * 2)
