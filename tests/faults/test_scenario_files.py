"""Bad strategy files: each is refused with where, what was given, what is allowed and the nearest name."""

from datetime import date
from pathlib import Path

import pytest
from fake_engine import REGION
from hypothesis import given
from hypothesis import strategies as st

from scenarios.cli import main
from scenarios.levers.registry import LEVERS
from scenarios.strategies.scenario import check_strategy, read_strategy
from scenarios.strategies.strategy import Strategy
from scenarios.text.problems import ScenarioError
from scenarios.text.strict_yaml import Document

GOOD = """\
name: prov
label_sv: Prov
question_sv: Vad händer?
description_sv: Ett prov.
rationale: Antaget.
levers:
  - lever: gp_posts
    value: 1.2
    start: 2027-01-01
    full_effect: 2028-01-01
    reach:
      municipalities: [Kalmar, "0883"]
"""


def lever(text):
    """Return the good file with other lines for its only lever."""
    return GOOD[: GOOD.index("  - lever")] + text


# what is wrong: file, place, line, and pieces of the message
FILES = {
    "not a mapping": ("- 1\n", "", 1, ["tabell"]),
    "empty": ("", "", None, ["tabell"]),
    "text only": ("hej", "", 1, ["tabell"]),
    "name missing": (GOOD.replace("name: prov\n", ""), "name", 1, ["saknas"]),
    "label missing": (GOOD.replace("label_sv: Prov\n", ""), "label_sv", 1, ["saknas"]),
    "levers missing": (GOOD[: GOOD.index("levers:")], "levers", 1, ["saknas"]),
    "rationale missing": (GOOD.replace("rationale: Antaget.\n", ""), "rationale", 1, ["saknas"]),
    "name with space": (GOOD.replace("prov\n", "mitt prov\n", 1), "name", 1, ['"mitt prov"', "a-z"]),
    "name with path": (GOOD.replace("prov\n", "../prov\n", 1), "name", 1, ['"../prov"', "a-z"]),
    "name is number": (GOOD.replace("prov\n", "7\n", 1), "name", 1, ["Angivet: 7", "text"]),
    "name too long": (GOOD.replace("prov\n", "p" * 65 + "\n", 1), "name", 1, ["högst 64"]),
    "name with newline": (GOOD.replace("prov\n", '"prov\\n"\n', 1), "name", 1, ["a-z"]),
    "label empty": (GOOD.replace("Prov\n", '""\n', 1), "label_sv", 2, ["tom"]),
    "label with escape": (GOOD.replace("Prov\n", '"\\e[2J"\n', 1), "label_sv", 2, ["styrtecken", "\\x1b"]),
    "label of two lines": (GOOD.replace("Prov\n", '"Rad1\\nRad2"\n', 1), "label_sv", 2, ["flera rader", "en rad"]),
    "label blank": (GOOD.replace("Prov\n", '"   "\n', 1), "label_sv", 2, ["tom"]),
    "label turned around": (GOOD.replace("Prov\n", '"\\u202eProv"\n', 1), "label_sv", 2, ["styrtecken"]),
    "rationale with escape": (GOOD.replace("Antaget.", '"\\e[2J"'), "rationale", 5, ["styrtecken", "\\x1b"]),
    "group with escape": (GOOD + 'groups:\n  "\\e[2J=1+1": [gp_posts]\n', "groups.\x1b[2J=1+1", 14, ["styrtecken"]),
    "group of two lines": (GOOD + 'groups:\n  "a\\nb": [gp_posts]\n', "groups.a\nb", 14, ["en rad"]),
    "group without levers": (GOOD + "groups:\n  a: []\n", "groups.a", 14, ["tom", "minst ett"]),
    "group without a name": (GOOD + 'groups:\n  "": [gp_posts]\n', "groups.", 14, ["tom"]),
    "budget negative": (GOOD + "budget_msek_per_year: -1\n", "budget_msek_per_year", 13, ["negativ", "0 till"]),
    "budget enormous": (
        GOOD + "budget_msek_per_year: 1e29\n",
        "budget_msek_per_year",
        13,
        ["för stor", "0 till 1\xa0000\xa0000"],
    ),
    "nowhere": (GOOD.replace('[Kalmar, "0883"]', "[]"), "levers[0].reach.municipalities", 12, ["tom", "minst ett"]),
    "no centre": (
        lever("  - {lever: gp_posts, value: 1.1, reach: {health_centres: []}}"),
        "levers[0].reach.health_centres",
        7,
        ["tom"],
    ),
    "nobody of any age": (
        lever("  - {lever: need_gp, value: 1.1, reach: {age_groups: []}}"),
        "levers[0].reach.age_groups",
        7,
        ["tom"],
    ),
    "no segment": (
        lever("  - {lever: need_gp, value: 1.1, reach: {segments: []}}"),
        "levers[0].reach.segments",
        7,
        ["tom"],
    ),
    "municipality by code and by name": (
        GOOD.replace('"0883"', '"0880"'),
        "levers[0].reach.municipalities",
        12,
        ["Kalmar", "0880", "samma plats"],
    ),
    "label is true": (GOOD.replace("Prov\n", "true\n", 1), "label_sv", 2, ["Angivet: true"]),
    "label is null": (GOOD.replace("Prov\n", "\n", 1), "label_sv", 2, ["inget värde"]),
    "unknown key": (GOOD + "labl_sv: x\n", "labl_sv", 13, ['Menade du "label_sv"', "question_sv"]),
    "duplicate key": (GOOD + "name: annat\n", "name", 13, ["finns redan (rad 1)"]),
    "levers is text": (lever("  gp_posts"), "levers", 6, ["lista"]),
    "levers is mapping": (lever("  gp_posts: 1.2"), "levers", 6, ["lista"]),
    "lever is text": (lever("  - gp_posts\n"), "levers[0]", 7, ["tabell"]),
    "lever missing": (lever("  - value: 1.2\n"), "levers[0].lever", 7, ["saknas"]),
    "value missing": (lever("  - lever: beds\n"), "levers[0].value", 7, ["saknas"]),
    "unknown lever": (
        lever("  - {lever: gp_post, value: 1}\n"),
        "levers[0].lever",
        7,
        ['"gp_post"', 'Menade du "gp_posts"', "Tillåtet: own_gp_patience_days"],
    ),
    "lever in capitals": (lever("  - {lever: BEDS, value: 1}\n"), "levers[0].lever", 7, ['Menade du "beds"']),
    "lever is number": (lever("  - {lever: 5, value: 1}\n"), "levers[0].lever", 7, ["text", "Angivet: 5"]),
    "value too high": (GOOD.replace("1.2", "9"), "levers[0].value", 8, ["Angivet: 9", "0,7 till 1,6"]),
    "value too low": (GOOD.replace("1.2", "-1"), "levers[0].value", 8, ["Angivet: -1", "0,7 till 1,6"]),
    "value not a number": (GOOD.replace("1.2", ".nan"), "levers[0].value", 8, ["nan", "ändligt"]),
    "value infinite": (GOOD.replace("1.2", "-.inf"), "levers[0].value", 8, ["-inf", "ändligt"]),
    "value overflows": (GOOD.replace("1.2", "1e999"), "levers[0].value", 8, ["inf", "ändligt"]),
    "value is text": (GOOD.replace("1.2", '"1.2"'), "levers[0].value", 8, ['"1.2"', "tal"]),
    "decimal comma": (GOOD.replace("1.2", "1,2"), "levers[0].value", 8, ['"1,2"', "decimalpunkt"]),
    "value in per cent": (GOOD.replace("1.2", "120 %"), "levers[0].value", 8, ["120", "tal"]),
    "value is true": (GOOD.replace("1.2", "true"), "levers[0].value", 8, ["Angivet: true", "tal"]),
    "value is null": (GOOD.replace("1.2", "~"), "levers[0].value", 8, ["tal"]),
    "value is a list": (GOOD.replace("1.2", "[1.2]"), "levers[0].value", 8, ["tal"]),
    "value is sexagesimal": (GOOD.replace("1.2", "1:10"), "levers[0].value", 8, ['"1:10"', "tal"]),
    "value is octal": (GOOD.replace("1.2", "01"), "levers[0].value", 8, ['"01"', "tal"]),
    "start in history": (
        GOOD.replace("2027-01-01", "2026-12-31"),
        "levers[0].start",
        9,
        ["Angivet: 2026-12-31", "2027-01-01 till 2040-12-31"],
    ),
    "start too late": (GOOD.replace("2027-01-01", "2041-01-01"), "levers[0].start", 9, ["2041-01-01"]),
    "start impossible": (GOOD.replace("2027-01-01", "2027-02-29"), "levers[0].start", 9, ["finns inte"]),
    "start is a year": (GOOD.replace("2027-01-01", "2027"), "levers[0].start", 9, ["2027", "ÅÅÅÅ-MM-DD"]),
    "start in words": (GOOD.replace("2027-01-01", "januari"), "levers[0].start", 9, ["ÅÅÅÅ-MM-DD"]),
    "full effect before start": (
        GOOD.replace("2028-01-01", "2026-06-01"),
        "levers[0].full_effect",
        10,
        ["Angivet: 2026-06-01", "2027-01-01 till"],
    ),
    "ramp of a lever without one": (
        lever("  - lever: listed_per_gp\n    value: 1100\n    full_effect: 2028-01-01\n"),
        "levers[0].full_effect",
        9,
        ["trappas in", "Tillåtet: 2027-01-01"],
    ),
    "reach is a list": (lever("  - {lever: beds, value: 1.1, reach: []}"), "levers[0].reach", 7, ["tabell"]),
    "reach has unknown key": (
        GOOD.replace("municipalities", "municipality"),
        "levers[0].reach.municipality",
        12,
        ['Menade du "municipalities"', "health_centres"],
    ),
    "unknown municipality": (
        GOOD.replace("Kalmar", "Kalmer"),
        "levers[0].reach.municipalities[0]",
        12,
        ['"Kalmer"', 'Menade du "Kalmar"', "Västervik"],
    ),
    "code without its zero": (
        GOOD.replace('"0883"', '"883"'),
        "levers[0].reach.municipalities[1]",
        12,
        ['"883"', 'Menade du "0883"'],
    ),
    "code as a number": (
        GOOD.replace('"0883"', "1883"),
        "levers[0].reach.municipalities[1]",
        12,
        ["citattecken", "1883"],
    ),
    "municipality twice": (
        GOOD.replace('"0883"', "Kalmar"),
        "levers[0].reach.municipalities",
        12,
        ['"Kalmar"', "två gånger"],
    ),
    "municipalities is text": (
        GOOD.replace('[Kalmar, "0883"]', "Kalmar"),
        "levers[0].reach.municipalities",
        12,
        ["lista"],
    ),
    "unknown centre": (
        GOOD.replace('municipalities: [Kalmar, "0883"]', "health_centres: [h9]"),
        "levers[0].reach.health_centres[0]",
        12,
        ['"h9"', "Kalmar 1"],
    ),
    "two kinds of place": (
        GOOD + "      health_centres: [h1]\n",
        "levers[0].reach",
        11,
        ["inte båda"],
    ),
    "reach that the lever does not have": (
        GOOD.replace('municipalities: [Kalmar, "0883"]', "age_groups: [90+]"),
        "levers[0].reach",
        11,
        ["gp_posts kan inte avgränsas till åldersgrupp", "kommun"],
    ),
    "unknown age group": (
        lever("  - {lever: need_gp, value: 1.1, reach: {age_groups: [80-85]}}\n"),
        "levers[0].reach.age_groups[0]",
        7,
        ['"80-85"', 'Menade du "80-84"', "0-17"],
    ),
    "unknown segment": (
        lever("  - {lever: need_gp, value: 1.1, reach: {segments: [komplex]}}\n"),
        "levers[0].reach.segments[0]",
        7,
        ['Menade du "complex"', "no_contact"],
    ),
    "lever twice": (
        lever("  - {lever: beds, value: 1.1}\n  - {lever: beds, value: 1.2}\n"),
        "levers[1].lever",
        8,
        ["beds är redan satt i levers[0]"],
    ),
    "lever twice for overlapping reach": (
        lever(
            "  - {lever: gp_posts, value: 1.1, reach: {municipalities: [Kalmar]}}\n"
            "  - {lever: gp_posts, value: 1.2, reach: {health_centres: [h2]}}\n"
        ),
        "levers[1].lever",
        8,
        ["gp_posts är redan satt"],
    ),
}


@pytest.fixture
def refused(tmp_path, monkeypatch):
    """Write a file and return the problems that reading it ends in."""
    monkeypatch.chdir(tmp_path)

    def refuse(text):
        Path("f.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(ScenarioError) as caught:
            read_strategy(Path("f.yaml"), REGION)
        return caught.value.problems

    return refuse


def test_the_good_file_is_good(tmp_path):
    path = tmp_path / "good.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_strategy(path, REGION).levers[0].value == 1.2


@pytest.mark.parametrize(("text", "place", "line", "pieces"), FILES.values(), ids=FILES.keys())
def test_a_bad_file_is_refused_with_place_value_range_and_nearest_name(refused, text, place, line, pieces):
    (problem,) = refused(text)
    assert (problem.place, problem.line) == (f"f.yaml:{place}".rstrip(":"), line)
    for piece in pieces:
        assert piece in problem.text()


def test_the_command_tells_of_sixty_bad_files_without_a_traceback(tmp_path, monkeypatch, capsys, record_property):
    monkeypatch.chdir(tmp_path)
    for name, (text, *_) in FILES.items():
        Path("f.yaml").write_text(text, encoding="utf-8")
        assert main(["check", "f.yaml"]) == 2, name
        shown = capsys.readouterr()
        assert shown.err.startswith("Det som angavs går inte att använda"), name
        assert "Traceback" not in shown.err, name
        assert "Internt fel" not in shown.err, name
        assert "f.yaml" in shown.err, name
        assert shown.out == "", name
    record_property("files", len(FILES))
    assert len(FILES) >= 60


def test_all_problems_come_at_once(refused):
    problems = refused(
        """\
name: Fel Namn
label_sv: 12
question_sv: Vad?
question_sv: Vad?
rationale: x
levers:
  - {lever: gp_post, value: true, start: 2027-13-01}
  - {lever: beds, value: 5, start: 2020-01-01, reach: {age_groups: [x, 90+]}}
  - {lever: beds, value: .nan, vale: 1}
  - 7
"""
    )
    assert {problem.place.removeprefix("f.yaml:") for problem in problems} == {
        "name",
        "label_sv",
        "question_sv",
        "description_sv",
        "levers[0].lever",
        "levers[0].value",
        "levers[0].start",
        "levers[1].value",
        "levers[1].start",
        "levers[1].reach.age_groups[0]",
        "levers[2].value",
        "levers[2].vale",
        "levers[2].lever",
        "levers[3]",
    }


def test_a_message_never_repeats_control_characters_or_whole_files(refused):
    (problem,) = refused(GOOD.replace("prov\n", '"' + "\\x1b[31m" * 50 + '"\n', 1))
    assert "\x1b" not in problem.text()
    assert len(problem.text()) < 500


KEYS = st.sampled_from([*Strategy.model_fields, "lever", "value", "start", "full_effect", "reach", "x"])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=8),
    st.sampled_from([*LEVERS, "Kalmar", "90+", "complex", date(2027, 1, 1)]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
SETTINGS = st.fixed_dictionaries(
    {"lever": st.sampled_from(list(LEVERS)) | SCALARS, "value": st.floats(0, 3) | SCALARS},
    optional={"start": st.dates() | SCALARS, "reach": st.dictionaries(KEYS, VALUES, max_size=2), "x": VALUES},
)
STRATEGIES = st.fixed_dictionaries(
    {
        "name": st.from_regex(r"[a-z]{1,5}", fullmatch=True) | SCALARS,
        "label_sv": st.text(max_size=5),
        "question_sv": st.just("Vad?"),
        "description_sv": st.just("Prov."),
        "rationale": st.just("Antaget."),
        "levers": st.lists(SETTINGS, max_size=3) | VALUES,
    }
)


@given(STRATEGIES | VALUES)
def test_anything_at_all_is_valid_or_a_scenario_error(data):
    try:
        strategy = check_strategy(Document("f", data), REGION)
    except ScenarioError:
        return
    for setting in strategy.levers:
        assert LEVERS[setting.lever].allows(setting.value)
        assert setting.start >= date(2027, 1, 1)
