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
    schema = Strategy.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Strategi för Nära vård 2030"
    setting, reach = schema["$defs"]["LeverSetting"], schema["$defs"]["Reach"]
    setting["properties"]["lever"] = {"enum": list(LEVERS), "title": "Spak"}
    setting["properties"]["start"] |= {"pattern": _DATE_PATTERN}
    setting["allOf"] = [_bounds(lever) for lever in LEVERS.values()]
    schema["properties"]["budget_msek_per_year"]["anyOf"][0] |= {"minimum": 0, "maximum": MOST_BUDGET}
    for kind in reach["properties"].values():
        del kind["default"]  # a list that is left out is everywhere; one that is empty is refused
    reach["properties"]["age_groups"]["items"] = {"enum": list(AGE_GROUPS)}
    reach["properties"]["segments"]["items"] = {"enum": list(SEGMENTS)}
    return schema


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
    return json.dumps(strategy_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
