from dataclasses import replace

import pytest

from scenarios.effects.areas import effect_of
from scenarios.exhibits.sides import entry_sv
from scenarios.levers.registry import LEVERS
from scenarios.places.register import entries_named
from scenarios.report import about
from scenarios.report.origin import ToldScenario
from scenarios.running.engine import load_region
from scenarios.strategies.library import find_strategies
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
    for row, setting in zip(rows[1:], strategy.levers, strict=True):
        lever = LEVERS[setting.lever]
        assert all(f"({item.grade}: {item.source})" in row["evidence"] for item in lever.evidence)
        assert all(f"{effect_of(key).label_sv}: " in row["evidence"] for key in lever.effects)


def test_the_evidence_tells_value_best_support_and_strongest_counter_evidence(origin):
    (told,) = [ToldScenario(s.name, s.label_sv, "", s) for s in find_strategies(("vard-hemma",))]
    rows = {row["lever"]: row["evidence"] for row in about.assumptions(replace(origin, scenarios=(told,))).rows}
    text = rows[LEVERS["home_beds"].label_sv].replace("\xa0", " ")
    effect = effect_of("home.hospital_readmission")
    (value,) = entries_named(load_region("kalmar"), effect.parameters)
    assert f"{effect.label_sv}: {entry_sv(value)}." in text
    assert f"För: 0,73 (0,57–0,94) RR, {effect.strongest('for').finding_sv[:-1]}" in text
    assert "Emot: 1,14 (0,97–1,34) RR" in text
    assert "Sjukhusvård hemma och död: inte i modellen." in text


def test_what_is_set_is_told_without_reading_what_it_rests_on(origin):
    whole, told = about.assumptions(origin).rows, about.told_settings(origin)
    assert [{**row, "evidence": ""} for row in whole if "value" in row] == [row for row in told if "value" in row]


def test_a_region_that_is_not_known_any_more_has_no_values(origin):
    rows = about.assumptions(replace(origin, region="finns-inte")).rows
    assert any("värdet står i regionens data" in row["evidence"] for row in rows[1:])


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
