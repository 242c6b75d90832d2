"""The results that come with the project: complete, made by today's code, and laid out as the simulator makes them."""

import shutil

import pytest

from scenarios.live.course import course_of
from scenarios.live.kept import unpack
from scenarios.live.service import Service
from scenarios.live.shelf import Shelf
from scenarios.live.shipped import SHIPPED_FILE, lay_out, shipped, write_shipped
from scenarios.live.work import CourseRun, DrawnRun, book_name
from scenarios.running.engine import code_version
from scenarios.strategies.defaults import FULL_REPLICATIONS
from scenarios.strategies.library import find_strategies, library

KINDS = ("main", "whole", "drawn")
SIMULATED = ("nulage", "malbild-2030")
"""Strategies of which the first replication is simulated anew: the one that changes nothing, and the largest."""


@pytest.fixture(scope="module")
def shelf(laid_out, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shelf")
    shutil.copytree(laid_out, folder, dirs_exist_ok=True)
    return Shelf(folder)


def test_every_strategy_of_the_library_is_there_in_full(shelf):
    about = shipped()
    assert list(about.keys) == [strategy.name for strategy in find_strategies(library())]
    assert about.replications == FULL_REPLICATIONS
    for key in about.keys.values():
        assert all(shelf.has(key, book_name(n, kind)) for n in range(1, FULL_REPLICATIONS + 1) for kind in KINDS)


def test_they_were_made_by_todays_code_from_todays_strategies_and_region():
    about = shipped()
    assert about.version == code_version(), "run python -m calibration.library_results"
    for strategy in find_strategies(library()):
        assert about.keys[strategy.name] == course_of(strategy).key, strategy.name


@pytest.mark.parametrize("name", SIMULATED)
def test_a_run_made_anew_is_bit_for_bit_the_one_that_comes_with_the_project(shelf, tmp_path, monkeypatch, name):
    monkeypatch.setenv("NARAVARD_CACHE", str(tmp_path))
    strategy = next(strategy for strategy in find_strategies(library()) if strategy.name == name)
    course = course_of(strategy)
    anew = Shelf(tmp_path / "runs")
    CourseRun(course, 1).carry_out(anew, lambda _: None)
    DrawnRun(course, 1).carry_out(anew, lambda _: None)
    for kind in KINDS:
        old, new = (unpack(each.read(course.key, book_name(1, kind))) for each in (shelf, anew))
        assert old.variables.keys() == new.variables.keys()
        for variable, (dims, values) in new.variables.items():
            assert dims == old.variables[variable][0]
            assert values.tobytes() == old.variables[variable][1].tobytes(), variable


def test_laying_out_twice_writes_nothing_the_second_time(shelf):
    key = next(iter(shipped().keys.values()))
    place = shelf.place(key, book_name(1, "whole"))
    before = place.stat().st_mtime_ns
    lay_out(shelf)
    assert place.stat().st_mtime_ns == before
    shelf.drop(key, book_name(3, "whole"))
    lay_out(shelf)
    assert shelf.has(key, book_name(3, "whole"))


def test_the_same_runs_give_the_same_file(shelf, tmp_path):
    courses = {each.name: each.course for each in Service(shelf).library[:2]}
    for name in ("a", "b"):
        write_shipped(shelf, courses, 2, "v", tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert shipped(tmp_path / "a").version == "v"


def test_a_missing_run_is_not_passed_over(shelf, tmp_path):
    courses = {each.name: each.course for each in Service(shelf).library[:1]}
    with pytest.raises(LookupError, match=r"21\.main"):
        write_shipped(shelf, courses, 21, "v", tmp_path / "a")


def test_without_a_file_there_is_nothing(tmp_path):
    assert shipped(tmp_path / "no").keys == {}
    lay_out(Shelf(tmp_path), tmp_path / "no")
    assert SHIPPED_FILE.is_file()
