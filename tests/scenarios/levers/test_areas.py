from collections import Counter

from scenarios.levers.areas import AREAS, STRESS
from scenarios.levers.registry import LEVERS
from scenarios.levers.stress import STRESS_LEVERS
from scenarios.strategies.library import find_strategies


def test_every_lever_stands_in_one_area():
    counts = Counter(name for area in AREAS for name in area.levers)
    assert set(counts) == set(LEVERS)
    assert set(counts.values()) == {1}


def test_areas_are_few_and_small_enough_to_draw():
    assert 6 <= len(AREAS) <= 9
    assert all(3 <= len(area.levers) <= 9 for area in AREAS)
    assert len({area.label_sv for area in AREAS}) == len(AREAS)


def test_what_nobody_chooses_stands_apart():
    (stress,) = (area for area in AREAS if area.name == STRESS)
    assert set(stress.levers) == {lever.name for lever in STRESS_LEVERS}


def test_the_groups_of_the_library_are_not_torn_apart():
    """Continuity and the few with great needs mean the same on the page as in the strategy of the aims."""
    (strategy,) = find_strategies(["malbild-2030"])
    for group in ("Kontinuitet", "Mycket till få", "Flytt till primärvård"):
        levers = set(strategy.groups[group])
        assert any(levers <= set(area.levers) for area in AREAS)


def test_an_area_gives_its_levers_in_order():
    assert [lever.name for lever in AREAS[0].records()] == list(AREAS[0].levers)
