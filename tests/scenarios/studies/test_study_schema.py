import json

import pytest
from jsonschema import Draft202012Validator
from made_study import GOOD

from scenarios.cli import main
from scenarios.studies.reading import shipped_studies
from scenarios.studies.schema import STUDY_SCHEMA_FILE, study_schema, study_schema_text
from scenarios.text.strict_yaml import load, parse

VALIDATOR = Draft202012Validator(study_schema())


def as_json(data):
    return json.loads(json.dumps(data, default=str))


def test_the_exported_schema_is_current():
    """When this fails: naravard schema studie --out scenarios/studies/study.schema.json"""
    assert STUDY_SCHEMA_FILE.read_text("utf-8") == study_schema_text()


def test_it_is_a_schema_and_the_command_shows_it(capsys):
    Draft202012Validator.check_schema(study_schema())
    assert main(["schema", "studie"]) == 0
    assert capsys.readouterr().out == study_schema_text()
    assert main(["schema", "studi"]) == 2
    assert 'Menade du "studie"' in capsys.readouterr().err


@pytest.mark.parametrize("name", shipped_studies())
def test_the_studies_that_come_along_obey_it(name):
    assert list(VALIDATOR.iter_errors(as_json(load(shipped_studies()[name]).data))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nulage", "nulge"), ("value: 1.1", "value: 9"), ("beds", "bed"), ("horizon", "horisont"),
        ("parameter_draws", "draws"), ("[vintertopp]", "[]"), ("replications: 3", "replications: many"),
    ],
)  # fmt: skip
def test_what_the_reader_refuses_an_editor_marks_too(old, new):
    assert VALIDATOR.is_valid(as_json(parse(GOOD.encode(), "f").data))
    assert not VALIDATOR.is_valid(as_json(parse(GOOD.replace(old, new).encode(), "f").data))
