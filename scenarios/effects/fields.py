"""The fields of one record as a file gives them, read strictly: all that is wrong is told with file, record, field."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeVar, cast

from scenarios.text.problems import Problem, nearest, one_of, quoted, unknown

_Word = TypeVar("_Word", bound=str)
SHORTEST_REASON = 60
"""Characters below which a text gives no reason."""


class Fields:
    """A mapping from a file, asked field by field; `rest` tells what nobody asked for.

    A faulty field is told in `problems` and stands in for something of its type, so that the others can be read.
    """

    def __init__(self, place: str, data: object, problems: list[Problem]) -> None:
        """Begin with a mapping at `place`, which names file and record; anything else is a problem."""
        self.place, self.problems = place, problems
        self._left: dict[str, object] = dict(data) if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.refuse("", "posten måste vara en tabell.", data)

    def refuse(self, name: str, message: str, value: object = None, allowed: str | None = None) -> None:
        """Tell what is wrong with a field."""
        place = f"{self.place}, {name}" if name else self.place
        self.problems.append(Problem(place, message, None if value is None else quoted(value), allowed))

    def text(self, name: str, required: bool = True) -> str:
        """Return a text, "" where one that is not required is missing."""
        value = self._left.pop(name, None)
        if value is None:
            if required:
                self.refuse(name, "saknas.")
            return ""
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
        self.refuse(name, "måste vara text.", value)
        return ""

    def sentence(self, name: str, required: bool = True, least: int = 1) -> str:
        """Return a text of at least so many characters that ends as a sentence does."""
        text = self.text(name, required)
        if text and not text.endswith("."):
            self.refuse(name, "måste sluta med punkt.", text)
        if text and len(text) < least:
            self.refuse(name, f"är för kort för att säga varför, minst {least} tecken.", text)
        return text

    def number(self, name: str) -> float | None:
        """Return a number, None where there is none."""
        value = self._left.pop(name, None)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
        self.refuse(name, "måste vara ett tal.", value)
        return None

    def count(self, name: str) -> int | None:
        """Return a whole number above zero, None where there is none."""
        value = self.number(name)
        if value is None or (value > 0 and value == int(value)):
            return None if value is None else int(value)
        self.refuse(name, "måste vara ett heltal större än noll.", value)
        return None

    def flag(self, name: str) -> bool:
        """Return true or false, false where nothing is said."""
        value = self._left.pop(name, False)
        if not isinstance(value, bool):
            self.refuse(name, "måste vara true eller false.", value)
        return value is True

    def word(self, name: str, words: Mapping[_Word, str]) -> _Word:
        """Return one of the codes of a vocabulary; the first stands in for one that is not known."""
        value = self.text(name)
        if value and value not in words:
            self.problems.append(unknown(f"{self.place}, {name}", "ordet är okänt.", value, tuple(words)))
        return cast("_Word", value) if value in words else next(iter(words))

    def listed(self, name: str) -> list[object]:
        """Return a list; missing, or something else, is a problem."""
        value = self._left.pop(name, None)
        if isinstance(value, list):
            return value
        self.refuse(name, "måste vara en lista.", value)
        return []

    def under(self, name: str) -> Fields:
        """Return the fields of a mapping below this one."""
        return Fields(f"{self.place}, {name}", self._left.pop(name, None), self.problems)

    def rest(self, known: tuple[str, ...]) -> None:
        """Tell of fields that are left over; call it last."""
        for name in self._left:
            near = nearest(name, known)
            self.problems.append(Problem(f"{self.place}, {name}", "fältet är okänt.", None, one_of(known), near))
