"""The JSON Schema of a strategy file, for editors and other programs; made from the models and the levers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scenarios.levers.lever import Lever
from scenarios.levers.registry import LEVERS
from scenarios.strategies.strategy import MOST_BUDGET, Strategy
from simulator.region.axes import AGE_GROUPS, SEGMENTS

SCHEMA_FILE = Path(__file__).parent / "strategy.schema.json"
"""Where the exported schema lies; a test keeps it current."""

_DATE_PATTERN = r"^20(2[7-9]|3[0-9]|40)-[0-9]{2}-[0-9]{2}$"


def strategy_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a strategy, with names and bounds of every lever."""
    schema = with_levers(Strategy.model_json_schema(), "Strategi för Nära vård 2030")
    _with_budget(schema["properties"])
    return schema


def with_levers(schema: dict[str, Any], title: str) -> dict[str, Any]:
    """Return a schema whose models set levers, with what pydantic does not know: names, bounds, reach, dates."""
    schema |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    models = schema["$defs"]
    models["LeverSetting"]["properties"]["lever"] = {"enum": list(LEVERS), "title": "Spak"}
    models["LeverSetting"]["allOf"] = [_bounds(lever) for lever in LEVERS.values()]
    for model in models.values():
        if "start" in model["properties"]:
            model["properties"]["start"] |= {"pattern": _DATE_PATTERN}
        _with_budget(model["properties"])
    for kind in models["Reach"]["properties"].values():
        del kind["default"]  # a list that is left out is everywhere; one that is empty is refused
    models["Reach"]["properties"]["age_groups"]["items"] = {"enum": list(AGE_GROUPS)}
    models["Reach"]["properties"]["segments"]["items"] = {"enum": list(SEGMENTS)}
    return schema


def _with_budget(properties: dict[str, Any]) -> None:
    if "budget_msek_per_year" in properties:
        properties["budget_msek_per_year"]["anyOf"][0] |= {"minimum": 0, "maximum": MOST_BUDGET}


def _bounds(lever: Lever) -> dict[str, Any]:
    """Return the rule that a setting of this lever keeps its bounds and its reach."""
    keys = {
        "municipality": "municipalities",
        "centre": "health_centres",
        "age_group": "age_groups",
        "segment": "segments",
    }
    forbidden = {key: {"maxItems": 0} for kind, key in keys.items() if kind not in lever.reach}
    described = f"{lever.label_sv} ({lever.unit}; {lever.neutral:g} ändrar inget). {lever.description_sv}"
    return {
        "if": {"properties": {"lever": {"const": lever.name}}, "required": ["lever"]},
        "then": {
            "properties": {
                "value": {"minimum": lever.low, "maximum": lever.high, "description": described},
                "reach": {"properties": forbidden},
            }
        },
    }


def schema_text() -> str:
    """Return the schema as the text of the exported file."""
    return json_text(strategy_schema())


def json_text(schema: dict[str, Any]) -> str:
    """Return a schema as the text of a file."""
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
