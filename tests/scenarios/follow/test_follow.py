"""Follow Clara: the description, who is chosen, the paths side by side, the command."""

from __future__ import annotations

import json

import numpy as np
import pytest

import scenarios.running.region
from scenarios.cli import main
from scenarios.follow.description import Description, age_span, describe, read_description, relaxations
from scenarios.follow.text import side_by_side
from scenarios.text.problems import Problem
from simulator.core.state import HOME_NURSING
from simulator.lives.event import Event
from simulator.region.pack import Region
from simulator.simulation import Simulation

OLD = ("--age", "75-90", "--setting", "hemsjukvård", "--horizon", "2027")


@pytest.fixture
def small(monkeypatch, small_region):
    monkeypatch.setattr(scenarios.running.region, "load_region", lambda _: small_region)
    monkeypatch.setattr("scenarios.running.compilation.kernels_are_compiled", lambda: True)


@pytest.fixture(scope="module")
def state(small_region: Region):
    return Simulation(small_region, 1).state


def followed(capsys, *arguments):
    assert main(["follow", *OLD, *arguments]) == 0
    return capsys.readouterr().out


def test_names_are_known_by_label_and_code_whatever_the_case(small_region: Region) -> None:
    problems: list[Problem] = []
    given = {"age": (81, 81), "sex": "Kvinna", "municipality": "mellanby", "conditions": ("hjärtsvikt", "KOL", "copd"),
             "setting": "säbo", "education": "Gymnasial", "segment": "complex"}  # fmt: skip
    found = read_description(given, small_region, problems)
    assert not problems
    assert found == Description((81, 81), 1, small_region.municipality_names.index("Mellanby"), (3, 7), 2, 1, 3)
    assert describe(found, small_region).startswith("kvinna, 81 år, Mellanby, särskilt boende, gymnasial utbildning")


def test_a_health_centre_is_part_of_a_description(state, small_region: Region) -> None:
    problems: list[Problem] = []
    found = read_description({"centre": small_region.centre_names[2]}, small_region, problems)
    assert (found.centre, problems) == (2, [])
    assert describe(found, small_region) == small_region.centre_names[2]
    assert (state.person["centre"][found.fits(state)] == 2).all()
    assert found.fits(state).any()


def test_every_unknown_name_is_told_with_the_nearest(small_region: Region) -> None:
    problems: list[Problem] = []
    given = {"sex": "kvinnna", "municipality": "Melanby", "conditions": ("hjärtsvik", "KOL"), "setting": "hemsjukvard"}
    read_description(given, small_region, problems)
    assert {problem.nearest for problem in problems} == {'"kvinna"', '"Mellanby"', '"Hjärtsvikt"', '"hemsjukvård"'}


@pytest.mark.parametrize("text", ["", "gammal", "83-79", "101", "-4", "80-"])
def test_an_age_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ålder"):
        age_span(text)


def test_who_fits_is_who_has_everything(state, small_region: Region) -> None:
    wanted = Description((80, 89), 1, None, (0, 1), 1)
    fit = wanted.fits(state)
    back = state.background[fit]
    assert 0 < fit.sum() < 100
    assert ((back["age"] >= 80) & (back["age"] <= 89) & (back["sex"] == 1) & (back["conditions"] & 3 == 3)).all()
    assert (state.person["status"][fit] & HOME_NURSING).all()
    counts = {text: Description((80, 89), 1, None, (0, 1)).fits(state).sum() for text in ("hemsjukvård",)}
    assert any(f"hemsjukvård: {counts['hemsjukvård']}" in told for told in relaxations(wanted, state, small_region))


@pytest.mark.usefixtures("small")
def test_nobody_who_fits_says_what_to_relax(capsys) -> None:
    everything = ["--conditions", "hjärtsvikt,kol,demens,stroke,astma,depression", "--municipality", "Söderby"]
    assert main(["follow", "--age", "97", *everything]) == 2
    told = capsys.readouterr().err
    assert "passar" in told or "ett villkor" in told
    assert "hjärtsvikt" in told


@pytest.mark.usefixtures("small")
def test_all_faults_come_at_once(capsys) -> None:
    faults = ["--sex", "kvina", "--age", "x", "--conditions", "kool", "--scenarios", "nulge", "nulage"]
    assert main(["follow", *faults]) == 2
    told = capsys.readouterr().err
    assert all(place in told for place in ("--sex", "--age", "--conditions", "NAMN"))
    assert main(["follow", "--scenarios", "nulage", "kontinuitet", "mycket-till-fa"]) == 2
    assert "två olika namn" in capsys.readouterr().err


@pytest.mark.usefixtures("small")
def test_the_text_tells_who_where_they_part_and_the_years(capsys) -> None:
    text = followed(capsys, "--anyone-like", "3", "--scenarios", "nulage", "mycket-till-fa")
    headings = ("Var vägarna skiljs", "År för år", "I medeltal för 3", "Händelser från 2027")
    for wanted in ("passar", "lottordning", *headings):
        assert wanted in text
    assert "Nätter hemma" in text
    assert "Traceback" not in text


@pytest.mark.usefixtures("small")
def test_json_holds_both_paths_the_same_until_the_strategies_begin(capsys) -> None:
    first = json.loads(followed(capsys, "--format", "json"))
    assert first == json.loads(followed(capsys, "--format", "json"))
    assert first["eligible"] <= first["fitting"]
    ours, theirs = first["scenarios"]
    assert [path["name"] for path in (ours, theirs)] == ["nulage", "mycket-till-fa"]
    early = [[event for event in path["events"] if event["date"] < "2027"] for path in (ours, theirs)]
    assert early[0] == early[1] != []
    for year in ours["years"]:
        assert sum(value for name, value in year.items() if name in DAYS) == 366 if year["year"] == 2024 else 365


DAYS = ("days_home", "days_housing", "days_short_term", "days_hospital", "days_gone")


@pytest.mark.usefixtures("small")
def test_the_description_may_hold_when_the_strategies_begin(capsys) -> None:
    found = json.loads(followed(capsys, "--described", "2027", "--format", "json"))
    person = found["start_of_strategies"]
    assert found["fitting"] == found["eligible"]
    assert (person["on"], person["setting"]) == ("2027-01-01", 1)
    assert 75 <= person["age"] <= 90
    assert 71 <= found["start"]["age"] <= 86


@pytest.mark.usefixtures("small")
def test_another_number_is_another_person_and_too_high_a_one_is_refused(capsys) -> None:
    found = [json.loads(followed(capsys, "--number", n, "--format", "json")) for n in ("1", "2")]
    keys = [int(one["key"], 16) for one in found]
    assert keys[0] < keys[1]
    assert main(["follow", *OLD, "--number", "300", "--survivor"]) == 2
    assert "--number" in capsys.readouterr().err


def test_rows_side_by_side_are_in_order_and_lose_nothing() -> None:
    ours = [Event(n * 86_400, "nurse_visit", requested=n * 86_400) for n in (1, 2, 2, 5)]
    theirs = [Event(n * 86_400 + 60, "nurse_visit", requested=n * 86_400) for n in (2, 3, 5)]
    rows = side_by_side(ours, theirs)
    assert [(a is not None, b is not None) for a, b in rows] == [
        (True, False), (True, True), (True, False), (False, True), (True, True),
    ]  # fmt: skip
    assert len([a for a, _ in rows if a]) == len(ours)
    assert len([b for _, b in rows if b]) == len(theirs)
    days = np.array([(a or b).day for a, b in rows])
    assert (np.diff(days) >= 0).all()
