from dataclasses import replace

import pytest

from scenarios.levers.registry import LEVERS
from scenarios.report import about
from scenarios.report.origin import ToldScenario
from scenarios.strategies.strategy import Reach


def test_the_first_page_tells_everything_that_is_needed_to_repeat(origin):
    text = "\n".join(line for pair in about.front(origin) for line in pair)
    for part in (origin.code_version, origin.region_digest, origin.seed, origin.command, "2026-11-22"):
        assert part in text
    for told in origin.scenarios:
        assert told.label in text
        assert told.hash in text
    assert "95 %-intervall" in text


def test_one_replication_is_said_to_have_no_interval(origin):
    text = dict(about.front(replace(origin, replications=1)))["Så läses siffrorna"]
    assert "inget intervall" in text


def test_what_is_not_known_is_not_told(origin):
    bare = dict(about.front(replace(origin, replications=0, command="", scenarios=())))
    assert set(bare) == {"Uttaget", "Modellversion", "Region", "Till och med", "Frö"}


def test_the_dictionary_has_every_column_with_unit_and_note(exhibits):
    rows = about.dictionary({"a": exhibits[0], "b": exhibits[1]}).rows
    assert [row["sheet"] for row in rows] == ["a"] * 5 + ["b"] * 4
    assert rows[2] == {
        "sheet": "a", "title": "Akutbesök", "column": "Värde (besök)", "kind": "tal", "unit": "besök",
        "description": "Medelvärde över replikationerna.",
    }  # fmt: skip
    assert rows[0]["kind"] == "text"
    assert rows[4]["description"] == "Axeln börjar inte vid noll."


def test_assumptions_have_every_lever_of_every_scenario(origin):
    rows = about.assumptions(origin).rows
    strategy = origin.scenarios[1].strategy
    assert rows[0]["lever"] == "Inga spakar ändras"
    assert [row["lever"] for row in rows[1:]] == [LEVERS[s.lever].label_sv for s in strategy.levers]
    assert rows[1]["value"] == strategy.levers[0].value
    assert {row["start"] for row in rows[1:]} == {"2027-01-01"}
    assert all("(A: " in row["evidence"] or "(C: " in row["evidence"] for row in rows[1:])


def test_a_strategy_that_is_not_at_hand_is_said_to_be_missing(origin):
    rows = about.assumptions(replace(origin, scenarios=(ToldScenario("egen", "Egen"),))).rows
    assert "inte sparad" in rows[0]["rationale"]


@pytest.mark.parametrize(
    ("reach", "text"),
    [
        (Reach(), "hela regionen"),
        (Reach(municipalities=("Kalmar", "Nybro"), age_groups=("80-84", "85-89")), "Kalmar, Nybro; 80-84, 85-89 år"),
        (Reach(segments=("complex",)), "hela regionen; komplexa behov"),
    ],
)
def test_reach_is_told_in_swedish(reach, text):
    assert about.reach_sv(reach) == text


def test_the_companion_tells_columns_and_assumptions(origin, exhibits):
    text = about.companion(origin, about.names_of(exhibits))
    assert "akutbesok: Akutbesök\n  År\n  Scenario\n  Värde (besök): Medelvärde" in text
    assert "Kontinuitet: Listade per läkare, högst 1\xa0300" in text
    assert origin.command in text


@pytest.mark.parametrize(
    ("keys", "names"),
    [
        (("a", "a", "A"), ["a", "a-2", "a-3"]),
        (("../../etc/passwd", "\x00", "con åäö"), ["etc-passwd", "tabell", "con"]),
        (("x" * 300,), ["x" * 60]),
    ],
)
def test_names_of_files_are_safe_and_their_own(keys, names, exhibits):
    assert list(about.names_of([replace(exhibits[0], key=key) for key in keys])) == names
