"""What a model of outside data did not take, in Swedish: pydantic's errors as problems with their place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scenarios.text.problems import Problem, nearest, one_of, quoted
from scenarios.text.strict_yaml import Document

_MESSAGES = {
    "missing": "fältet saknas.",
    "string_type": "måste vara text; sätt citattecken om det ser ut som ett tal eller datum.",
    "string_too_short": "texten är tom.",
    "string_too_long": "texten är för lång.",
    "string_pattern_mismatch": "namnet har fel form.",
    "float_type": "måste vara ett tal, med decimalpunkt och utan citattecken.",
    "finite_number": "måste vara ett ändligt tal.",
    "date_type": "måste vara ett datum.",
    "date_from_datetime_parsing": "måste vara ett datum.",
    "tuple_type": "måste vara en lista.",
    "too_long": "listan är för lång.",
    "too_short": "listan är tom.",
    "model_type": "måste vara en tabell med nycklar.",
    "extra_forbidden": "nyckeln är okänd.",
    "dict_type": "måste vara en tabell med nycklar.",
    "int_type": "måste vara ett heltal, utan citattecken.",
    "literal_error": "värdet är okänt.",
    "union_tag_not_found": "måste vara ett namn, en fil eller en tabell med nycklar.",
    "string_unicode": "texten innehåller tecken som inte finns.",
}
_NO_MESSAGE = "går inte att använda."

_ALLOWED = {
    "too_short": "minst ett namn",
    "string_pattern_mismatch": "små bokstäver a-z, siffror och enkla bindestreck, med en bokstav först",
    "date_type": "ÅÅÅÅ-MM-DD",
}


def problems_of(
    error: ValidationError, model: type[BaseModel], document: Document, told_elsewhere: str = ""
) -> list[Problem]:
    """Return every problem of a document that `model` did not take, but errors of a type that is told elsewhere.

    Where a model offers several forms, their tags stand in brackets ("[table]"): they are no part of a place.
    """
    return [_problem(detail, model, document) for detail in error.errors() if detail["type"] != told_elsewhere]


def _problem(detail: ErrorDetails, model: type[BaseModel], document: Document) -> Problem:
    path = tuple(step for step in detail["loc"] if not _is_tag(step))
    context = detail.get("ctx", {})
    kind = detail["type"]
    allowed, close = context.get("allowed"), context.get("nearest")
    if kind == "extra_forbidden":
        keys = _keys_at(model, path)
        allowed, close = one_of(keys), nearest(path[-1], keys)
    if kind in ("too_long", "string_too_long"):
        allowed = f"högst {context['max_length']}"
    if kind == "literal_error":
        names = re.findall(r"'([^']*)'", context["expected"])
        allowed, close = one_of(names), nearest(detail["input"], names)
    leaf = not isinstance(detail["input"], dict | list | tuple | BaseModel)
    return Problem(
        document.place(path),
        context.get("message") or _MESSAGES.get(kind, _NO_MESSAGE),
        value=quoted(detail["input"]) if leaf and kind != "extra_forbidden" else None,
        allowed=allowed or _ALLOWED.get(kind),
        nearest=close,
        line=document.line(path),
    )


def _is_tag(step: int | str) -> bool:
    return isinstance(step, str) and step.startswith("[") and step.endswith("]")


def _keys_at(model: type[BaseModel], path: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the keys that are allowed beside the last step of `path`."""
    for step in path[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            model = next(_models_in(model.model_fields[step].annotation), model)
    return tuple(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that an annotation is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
