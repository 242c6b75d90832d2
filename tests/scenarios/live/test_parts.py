"""The parts of a strategy, one after another."""

import pytest

from scenarios.live.answer import Shown
from scenarios.live.course import course_of
from scenarios.live.parts import MOST_LEVERS, changes_of, parts_of
from scenarios.running.engine import load_region
from scenarios.strategies.library import find_strategies, library

STRATEGIES = {strategy.name: strategy for strategy in find_strategies(library())}
REGION = load_region("kalmar")


def shown(name):
    strategy = STRATEGIES[name]
    return Shown(name, strategy.label_sv, course_of(strategy))


def parts(name, strategy=True):
    return parts_of(shown("nulage"), shown(name), STRATEGIES[name] if strategy else None, REGION)


@pytest.mark.parametrize("name", [name for name in STRATEGIES if name != "nulage"])
@pytest.mark.parametrize("strategy", [True, False])
def test_they_begin_with_todays_course_and_end_with_the_whole(name, strategy):
    found = parts(name, strategy)
    assert len(found.shown) == len(found.players) + 1
    assert found.shown[0].course.key == shown("nulage").course.key
    assert found.shown[-1].course.key == shown(name).course.key
    sizes = [len(each.course.changes) for each in found.shown]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == len(sizes)


def test_levers_come_one_by_one_in_the_order_of_the_file():
    found = parts("kontinuitet")
    assert [player.levers for player in found.players] == [
        (setting.lever,) for setting in STRATEGIES["kontinuitet"].levers
    ]
    assert len(found.players) == MOST_LEVERS


def test_more_levers_come_in_the_groups_of_the_file():
    found = parts("malbild-2030")
    assert [player.label_sv for player in found.players] == list(STRATEGIES["malbild-2030"].groups)
    assert found.shown[1].course.key == shown("kontinuitet").course.key, "the same changes are the same course"


def test_without_the_strategy_many_levers_come_by_kind():
    assert 1 < len(parts("malbild-2030", strategy=False).players) < MOST_LEVERS


def test_a_lever_at_neutral_is_no_part():
    strategy = STRATEGIES["flytt-till-primarvard"]
    first = strategy.levers[0].model_copy(update={"value": 0.0})
    changed = strategy.model_copy(update={"levers": (first, *strategy.levers[1:])})
    found = parts_of(shown("nulage"), Shown("x", "X", course_of(changed)), changed, REGION)
    assert len(found.players) == len(strategy.levers) - 1


def test_a_courses_changes_are_those_of_its_levers():
    course = shown("bemanning-1100").course
    assert {change for _, change in changes_of(course, None, REGION)} == set(course.changes)
