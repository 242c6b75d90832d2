"""A page of the app as the how-to says, carried out in a copy of the sources and opened there."""

import json
from pathlib import Path

import pytest
from carried_out import carry_out, copied, run

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("copy"), "simulator", "scenarios", "docs")


@pytest.fixture(scope="module")
def files(copy):
    return carry_out("howto-page.md", copy)


@pytest.fixture(scope="module")
def shown(copy, files):  # noqa: ARG001 - the blocks must be in place
    script = HERE / "shown_of_a_page.py"
    return json.loads(
        run(copy, str(script), paths=[str(HERE.parent / "scenarios")], NARAVARD_CACHE=str(copy / "cache"))
    )


def test_two_files_are_new_and_two_are_touched(files):
    assert files == (
        ["scenarios/exhibits/capacity/emergency_time.py", "scenarios/pages/emergency.py"],
        ["scenarios/pages/navigation.py", "docs/screenshots.py"],
    )


def test_the_menu_has_it_where_it_was_put(shown):
    menu = shown["menu"]["text"].splitlines()
    place = menu.index("Akutmottagningar: akut")
    assert (menu[place - 1], menu[place + 1]) == ("Ekonomi: ekonomi", "Uppföljning: uppfoljning")


def test_it_opens_with_its_chart_and_words(shown):
    page = shown["whole"]
    assert page["faults"] == []
    for words in ("Akutmottagningar", "Hur länge man är på länets", "Medel av årets månader", "replikationer"):
        assert words in page["text"]
    (alt,) = page["charts"]
    assert alt.startswith("Tid på akutmottagning, nio av tio inom, 2030, minuter. Länssjukhuset i Kalmar, Nuläge: ")


def test_it_says_that_it_waits_for_the_details(shown):
    page = shown["begun"]
    assert (page["faults"], page["charts"]) == ([], [])
    assert "räknas ut när det första hela svaret är klart" in page["text"]


def test_every_hospital_has_a_row_a_scenario(shown):
    places = ("Länssjukhuset i Kalmar", "Västerviks sjukhus", "Oskarshamns sjukhus")
    rows = [(row["row"], row["name"]) for row in shown["rows"]]
    assert rows == [(place, name) for place in places for name in ("nulage", "battre", "kris")]


def test_the_new_code_is_formatted(copy, files):
    new = [str(copy / name) for name in files[0]]
    for check in (("format", "--check"), ("check", "--ignore", "INP001")):
        run(copy, "-m", "ruff", *check, "--config", str(HERE.parents[1] / "pyproject.toml"), *new)
