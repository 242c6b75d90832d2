from datetime import UTC, datetime

import numpy as np
import pytest
import xarray as xr

from scenarios.library import find_strategies
from scenarios.live.answer import Answer, Shown
from scenarios.live.course import course_of
from scenarios.report.origin import EARLIEST, Origin, origin_of, origin_of_answer, repeatable


def dataset():
    found = xr.Dataset(
        {"x": (("scenario", "replication"), [[1.0, 2.0], [3.0, 4.0]])},
        {"scenario": ["nulage", "egen"], "scenario_label": ("scenario", ["Nuläge", "Egen"]),
         "scenario_hash": ("scenario", ["a" * 64, "b" * 64])},
    )  # fmt: skip
    return found.assign_attrs(
        region="kalmar", region_digest="d", code_version="v", base_seed=7, created="2026-01-02T03:04:05+01:00",
        command="naravard run nulage --out /srv/x", horizon="2030-12-31",
    )  # fmt: skip


def test_an_origin_is_what_the_results_say():
    found = origin_of(dataset(), find_strategies(("nulage",)))
    assert [(told.name, told.label, told.hash[0]) for told in found.scenarios] == [
        ("nulage", "Nuläge", "a"), ("egen", "Egen", "b"),
    ]  # fmt: skip
    assert found.scenarios[0].strategy is not None
    assert found.scenarios[1].strategy is None
    assert (found.seed, found.replications, found.horizon) == ("7", 2, "2030-12-31")
    assert found.time == datetime(2026, 1, 2, 2, 4, 5, tzinfo=UTC)


def test_results_that_say_little_are_told_with_little():
    found = origin_of(xr.Dataset(coords={"scenario": ["a"]}))
    assert (found.labels, found.code_version, found.replications) == (("a",), "", 0)
    assert found.time == EARLIEST


@pytest.mark.parametrize("created", ["", "nonsense", "1970-01-01T00:00:00"])
def test_a_time_that_cannot_be_read_or_zipped_is_the_earliest(created):
    assert Origin((), created=created).time == EARLIEST


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("naravard run a --out /srv/b --seed 3", "naravard run a --out resultat --seed 3"),
        ("naravard run a", "naravard run a"),
        ("naravard run a --out", "naravard run a --out"),
        ("unbalanced ' --out /x", "unbalanced ' --out /x"),
    ],
)
def test_the_command_names_no_folder_of_the_machine(command, told):
    assert repeatable(command) == told


def test_an_answer_of_the_app_is_told_with_what_it_knows():
    strategies = find_strategies(("nulage", "kontinuitet"))
    courses = {s.name: course_of(s) for s in strategies}
    shown = tuple(Shown(name, "Samma", course) for name, course in courses.items())
    answer = Answer(shown, "nulage", 4, (), (2030,), np.zeros((2, 4, 0, 1)), None, "1+x", 20)
    found = origin_of_answer(answer, "naravard run", strategies[1:], "d" * 64)
    assert found.labels == ("Samma (nulage)", "Samma (kontinuitet)")
    assert [told.hash for told in found.scenarios] == [course.scenario_hash for course in courses.values()]
    assert [told.strategy is None for told in found.scenarios] == [True, False]
    assert (found.seed, found.replications, found.horizon, found.code_version) == ("1", 4, "2030-12-31", "1+x")
    assert found.time == EARLIEST
