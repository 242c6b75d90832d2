"""The exported schemas of goal files and portfolio files are current, and take the files that come along."""

import json

import jsonschema
import pytest
import yaml

from scenarios.seeking.reading import shipped_searches
from scenarios.seeking.schema import SEARCH_SCHEMAS, search_schema_text


@pytest.mark.parametrize("file", SEARCH_SCHEMAS, ids=lambda file: file.name)
def test_the_exported_schema_is_current(file):
    assert file.read_text("utf-8") == search_schema_text(SEARCH_SCHEMAS[file])


@pytest.mark.parametrize("file", SEARCH_SCHEMAS, ids=lambda file: file.name)
def test_the_files_that_come_along_fit_and_a_wrong_one_does_not(file):
    schema = json.loads(file.read_text("utf-8"))
    for path in shipped_searches(SEARCH_SCHEMAS[file]).values():
        content = yaml.safe_load(path.read_text("utf-8"))
        jsonschema.validate(content, schema)
        content["levers"][0]["lever"] = "bed"
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(content, schema)
