"""The JSON Schema of a study file, for editors and other programs; made from the models and the levers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scenarios.levers.registry import LEVERS
from scenarios.measures.figures import INDICATORS
from scenarios.strategies.library import library
from scenarios.strategies.schema import json_text, with_levers
from scenarios.studies.study import Study

STUDY_SCHEMA_FILE = Path(__file__).parent / "study.schema.json"
"""Where the exported schema lies; a test keeps it current."""


def study_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a study, with names and bounds of every lever."""
    schema = with_levers(Study.model_json_schema(), "Studie för Nära vård 2030")
    swept = schema["$defs"]["SweptLever"]["properties"]
    swept["lever"] = {"enum": list(LEVERS), "title": "Spak"}
    indicators = {"enum": list(INDICATORS)}
    schema["$defs"]["Precision"]["properties"]["indicator"] = indicators
    schema["properties"]["indicators"]["items"] = indicators
    name = "Strategi i biblioteket, eller en strategifil (.yaml) sedd från studiefilen."
    names = {"anyOf": [{"enum": list(library())}, {"type": "string", "pattern": r"\.ya?ml$"}], "description": name}
    for entries in (schema["properties"]["scenarios"], schema["$defs"]["Futures"]["properties"]["stress_tests"]):
        entries["items"] = {"oneOf": [names, {"$ref": "#/$defs/OwnScenario"}]}
        entries["minItems"] = 1
    return schema


def study_schema_text() -> str:
    """Return the schema as the text of the exported file."""
    return json_text(study_schema())
