"""Following people as work: its key, its book, and one run on a small county."""

from collections import OrderedDict
from dataclasses import replace
from datetime import date

import pytest

import scenarios.live.course
import scenarios.running.engine
from scenarios.follow.description import Description
from scenarios.follow.follow import Wish, live
from scenarios.follow.presets import PRESETS
from scenarios.live import work
from scenarios.live.course import Course
from scenarios.live.following import Following, kept, usual
from scenarios.live.shelf import Shelf
from scenarios.live.work import StoppedError
from scenarios.running.batch import Batch
from scenarios.running.runner import Run

TODAY = Course((), "0" * 64, "Nuläge", horizon=2027)
OLD = Description((75, 90), setting=1)


@pytest.fixture
def other():
    return replace(TODAY, scenario_hash="1" * 64, label="Annat")


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "runs")


@pytest.fixture
def small(monkeypatch, small_region, tmp_path):
    """Have the small region everywhere, and nothing known of before."""
    monkeypatch.setattr(scenarios.running.engine, "load_region", lambda _: small_region)
    monkeypatch.setattr(scenarios.live.course, "load_region", lambda _: small_region)
    monkeypatch.setattr(work, "_at_hand", OrderedDict())
    monkeypatch.setenv("NARAVARD_CACHE", str(tmp_path / "cache"))
    scenarios.live.course._ground.cache_clear()
    yield small_region
    scenarios.live.course._ground.cache_clear()


def test_the_key_holds_all_that_decides_and_blocks_share_it(other):
    first = Following((TODAY, other), OLD)
    different = [
        replace(first, courses=(other, TODAY)), replace(first, description=Description((75, 91), setting=1)),
        replace(first, survivor=True), replace(first, replication=2),
    ]  # fmt: skip
    assert len({each.key for each in [first, *different]}) == 5
    assert replace(first, block=1).key == first.key
    assert replace(first, block=1).name != first.name


def test_the_usual_people_are_known_before_anybody_asks(other):
    works = usual(TODAY, other)
    assert len({work.key for work in works}) == len(PRESETS)
    assert works[0].courses == (TODAY, other)


def test_labels_are_no_part_of_the_key(other):
    assert Following((TODAY, other), OLD).key == Following((TODAY, replace(other, label="x")), OLD).key


def test_a_damaged_book_is_dropped(shelf, other):
    following = Following((TODAY, other), OLD)
    assert kept(following, shelf) is None
    shelf.put(following.key, following.book, b"{}]")
    assert following.done(shelf)
    assert kept(following, shelf) is None
    assert not following.done(shelf)


@pytest.mark.usefixtures("small")
def test_that_nobody_fits_is_kept_as_an_answer(shelf, other):
    following = Following((TODAY, other), Description((100, 100), sex=0, conditions=tuple(range(6))))
    following.carry_out(shelf, lambda _: None)
    found = kept(following, shelf)
    assert found is not None
    assert not found.people
    assert "Så många passar om ett villkor ändras" in found.problem
    assert "--" not in found.problem


def test_people_are_kept_with_both_paths_and_are_those_of_the_command_line(shelf, other, small):
    following = Following((TODAY, other), OLD)
    following.carry_out(shelf, lambda _: None)
    found = kept(following, shelf)
    assert found is not None
    assert not found.problem
    assert [life.number for life in found.people] == list(range(1, 11))
    assert found.alike == min(50, found.eligible)
    first = found.people[0]
    assert first.parted is None  # both courses are today's
    assert first.paths[0] == first.paths[1]
    assert all(same for *_, same in first.pairs)
    assert "bor hemma med hemsjukvård" in first.portrait
    assert all(one.difference == 0 for one in found.sums_alike)
    run = Run("kalmar", small.digest, (("a", ()), ("b", ())), date(2028, 1, 1), TODAY.seed, 1)
    alone = live(Batch(run, {"a": "a", "b": "b"}), small, 1, Wish(OLD, at_start_of_strategies=True))
    assert f"{alone.of(1, 0).key:016x}" == first.key
    assert alone.eligible == found.eligible


@pytest.mark.usefixtures("small")
def test_it_stops_when_nobody_waits(shelf, other):
    def gone(_):
        raise StoppedError

    with pytest.raises(StoppedError):
        Following((TODAY, other), OLD).carry_out(shelf, gone)
    assert not Following((TODAY, other), OLD).done(shelf)


@pytest.mark.usefixtures("small")
def test_it_stops_while_diaries_are_written_too(shelf, other):
    ends = date(TODAY.horizon + 1, 1, 1)

    def gone_at_the_end(when):
        if when >= ends:
            raise StoppedError

    with pytest.raises(StoppedError):
        Following((TODAY, other), OLD).carry_out(shelf, gone_at_the_end)
