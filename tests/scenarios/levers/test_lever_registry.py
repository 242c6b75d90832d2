from collections import Counter
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from scenarios.levers import registry
from scenarios.levers.lever import Registry
from scenarios.levers.registry import AREAS, LEVERS, levers_in
from scenarios.strategies.library import find_strategies

FOLDER = Path(registry.__file__).parent


def test_a_name_and_a_number_can_be_registered_once():
    lever = LEVERS["beds"]
    with pytest.raises(ValueError, match="beds is already registered"):
        Registry([lever, replace(lever, number=900)])
    with pytest.raises(ValueError, match=r"lever other: number \d+ is that of beds"):
        Registry([lever, replace(lever, name="other")])


def test_levers_are_registered_in_the_order_of_their_numbers():
    second, first = replace(LEVERS["beds"], number=8), replace(LEVERS["ed_places"], number=7)
    assert list(Registry([second, first])) == ["ed_places", "beds"]
    numbers = [lever.number for lever in LEVERS.values()]
    assert numbers == sorted(numbers)


def test_every_lever_stands_in_one_area():
    counts = Counter(lever.name for area in AREAS for lever in levers_in(area))
    assert set(counts) == set(LEVERS)
    assert set(counts.values()) == {1}


@pytest.mark.parametrize("area", AREAS, ids=[area.name for area in AREAS])
def test_a_file_holds_the_levers_of_its_area_in_the_order_in_which_they_are_shown(area):
    file = import_module(f"scenarios.levers.{area.name}")
    assert area == file.AREA
    assert levers_in(area) == file.RECORDS


def test_no_file_of_levers_is_left_out():
    written = {file.stem for file in FOLDER.glob("*.py") if "\nAREA = " in file.read_text(encoding="utf-8")}
    assert written == {area.name for area in AREAS}


def test_areas_are_few_and_small_enough_to_draw():
    assert 6 <= len(AREAS) <= 12
    assert all(3 <= len(levers_in(area)) <= 9 for area in AREAS)
    assert len({area.label_sv for area in AREAS}) == len(AREAS)


def test_what_nobody_chooses_stands_apart_and_has_no_price():
    assert AREAS[-1].name == "stress"
    assert not any(lever.prices for lever in levers_in(AREAS[-1]))


def test_the_groups_of_the_library_are_not_torn_apart():
    """Continuity and the few with great needs mean the same on the page as in the strategy of the aims."""
    (strategy,) = find_strategies(["malbild-2030"])
    for group in ("Kontinuitet", "Mycket till få", "Flytt till primärvård"):
        levers = set(strategy.groups[group])
        assert any(levers <= {lever.name for lever in levers_in(area)} for area in AREAS)
