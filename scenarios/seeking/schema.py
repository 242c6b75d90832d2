"""The JSON Schemas of goal files and portfolio files, for editors and other programs; made from models and levers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scenarios.levers.registry import LEVERS
from scenarios.measures.figures import INDICATORS
from scenarios.seeking.wanted import GoalFile, PortfolioFile, Wanted
from scenarios.strategies.schema import json_text, with_levers
from scenarios.strategies.strategy import Strategy

SEARCH_SCHEMAS = {
    Path(__file__).parent / "goals.schema.json": GoalFile,
    Path(__file__).parent / "portfolio.schema.json": PortfolioFile,
}
"""Where the exported schemas lie; a test keeps them current."""
_TITLES: dict[type[Wanted], str] = {
    GoalFile: "Målfil för Nära vård 2030", PortfolioFile: "Portföljfil för Nära vård 2030",
}  # fmt: skip


def search_schema(kind: type[Wanted]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a kind of file, with names and bounds of every lever."""
    schema = kind.model_json_schema()
    schema["$defs"] = Strategy.model_json_schema()["$defs"] | schema["$defs"]
    schema = with_levers(schema, _TITLES[kind])
    defs = schema["$defs"]
    defs["MovableLever"]["properties"]["lever"] = {"enum": list(LEVERS), "title": "Spak"}
    for model in ("Goal", "Aim"):
        if model in defs:
            defs[model]["properties"]["indicator"] = {"enum": list(INDICATORS)}
    return schema


def search_schema_text(kind: type[Wanted]) -> str:
    """Return the schema as the text of the exported file."""
    return json_text(search_schema(kind))
