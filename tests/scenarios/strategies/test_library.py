import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from fake_engine import REGION

from scenarios.levers.registry import LEVERS
from scenarios.strategies.library import BASELINE, find_strategies, library
from scenarios.strategies.scenario import Scenario, read_strategy
from scenarios.strategies.schema import SCHEMA_FILE, schema_text, strategy_schema
from scenarios.text.problems import ScenarioError
from scenarios.text.strict_yaml import load

NAMES = tuple(library())
WANTED = {
    "nulage",
    "kontinuitet",
    "kontinuitet-utan-lakare",
    "flytt-till-primarvard",
    "flytt-till-primarvard-utan-resurser",
    "bemanning-1100",
}


def plain(value):
    """Return what a JSON parser would have given."""
    return json.loads(json.dumps(value, default=date.isoformat))


def test_the_library_holds_what_was_promised_with_todays_course_first():
    assert set(NAMES) >= WANTED
    assert NAMES[0] == BASELINE


@pytest.mark.parametrize("name", NAMES)
def test_a_strategy_is_valid_and_called_like_its_file(name):
    (strategy,) = find_strategies([name], REGION)
    assert strategy.name == name
    assert strategy.question_sv.endswith("?")
    Scenario(region="kalmar", strategy=strategy).changes(REGION)


@pytest.mark.parametrize("name", NAMES)
def test_a_strategy_satisfies_the_json_schema(name):
    jsonschema.validate(plain(load(library()[name]).data), strategy_schema())


def test_todays_course_changes_nothing():
    (strategy,) = find_strategies([BASELINE])
    assert strategy.levers == ()


def test_both_faces_of_a_strategy_share_their_values():
    with_gps, without = find_strategies(["kontinuitet", "kontinuitet-utan-lakare"])
    values = {setting.lever: setting.value for setting in with_gps.levers}
    assert {setting.lever: setting.value for setting in without.levers}.items() < values.items()
    moved, alone = find_strategies(["flytt-till-primarvard", "flytt-till-primarvard-utan-resurser"])
    assert [setting.lever for setting in alone.levers] == ["specialist_to_primary"]
    assert alone.levers[0] in moved.levers


def test_the_exported_schema_is_current():
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), (
        "run: naravard schema --out scenarios/strategies/strategy.schema.json"
    )


@pytest.mark.parametrize(
    "setting",
    [
        {"lever": "gp_post", "value": 1},
        {"lever": "beds", "value": 5},
        {"lever": "beds"},
        {"lever": "beds", "value": "1.1"},
        {"lever": "beds", "value": 1.1, "extra": 1},
        {"lever": "beds", "value": 1.1, "start": "2026-01-01"},
        {"lever": "beds", "value": 1.1, "reach": {"age_groups": ["90+"]}},
        {"lever": "need_gp", "value": 1.1, "reach": {"age_groups": ["91+"]}},
    ],
)
def test_the_schema_refuses_what_the_models_refuse(setting):
    strategy = plain(load(library()[BASELINE]).data) | {"levers": [setting]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(strategy, strategy_schema())


def test_the_schema_knows_every_lever_and_its_bounds():
    setting = strategy_schema()["$defs"]["LeverSetting"]
    assert setting["properties"]["lever"]["enum"] == list(LEVERS)
    bounds = {
        rule["if"]["properties"]["lever"]["const"]: rule["then"]["properties"]["value"] for rule in setting["allOf"]
    }
    for name, lever in LEVERS.items():
        assert (bounds[name]["minimum"], bounds[name]["maximum"]) == (lever.low, lever.high)


def test_an_own_file_stands_beside_the_library(tmp_path):
    own = tmp_path / "min.yaml"
    text = library()["kontinuitet"].read_text(encoding="utf-8")
    own.write_text(text.replace("name: kontinuitet", "name: min"), encoding="utf-8")
    assert [strategy.name for strategy in find_strategies(["nulage", str(own)])] == ["nulage", "min"]


@pytest.mark.parametrize("name", ["../nulage", "nulage\0", "con", "", "/etc/passwd", "nul\nage", "__init__"])
def test_a_name_is_looked_up_and_never_taken_for_a_path(name):
    with pytest.raises(ScenarioError, match="scenariot är okänt"):
        find_strategies([name])


def test_every_unknown_name_is_told_with_its_nearest():
    with pytest.raises(ScenarioError) as caught:
        find_strategies(["nulge", "kontinuitt", str(Path("saknas.yaml")), "nulage", "nulage"])
    texts = [problem.text() for problem in caught.value.problems]
    assert 'Menade du "nulage"?' in texts[0]
    assert 'Menade du "kontinuitet"?' in texts[1]
    assert "saknas.yaml" in texts[2]
    assert "flera gånger" in texts[3]


def called(name, text, **replaced):
    """Return a file of a strategy of the library with other lines."""
    for old, new in replaced.items():
        text = text.replace(old, new)
    return text.replace("name: kontinuitet", f"name: {name}")


def test_what_is_called_as_one_of_the_library_and_does_something_else_is_refused(tmp_path):
    text = library()["kontinuitet"].read_text(encoding="utf-8")
    own = tmp_path / "min.yaml"
    for name in NAMES:
        own.write_text(called(name, text, **{"value: 1.5": "value: 1.6"}), encoding="utf-8")
        with pytest.raises(ScenarioError) as caught:
            find_strategies([str(own)])
        (problem,) = caught.value.problems
        assert problem.text() == (
            f"{own}:name: namnet hör till ett av bibliotekets scenarier; ge scenariot ett annat namn. "
            f'Angivet: "{name}".'
        )


def test_a_copy_of_one_of_the_library_is_that_one_even_with_other_reasons(tmp_path):
    text = library()["kontinuitet"].read_text(encoding="utf-8")
    own = tmp_path / "min.yaml"
    own.write_text(text.replace("rationale: >-\n", "rationale: >-\n  Egna skäl.\n"), encoding="utf-8")
    (strategy,) = find_strategies([str(own)])
    assert strategy.levers == read_strategy(library()["kontinuitet"]).levers
    own.write_text(text.replace("label_sv: ", "label_sv: En annan "), encoding="utf-8")
    with pytest.raises(ScenarioError, match="namnet hör till"):
        find_strategies([str(own)])
