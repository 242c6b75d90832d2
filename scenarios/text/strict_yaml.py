"""Read YAML written by people, refusing whatever could be read in more than one way.

PyYAML's safe loader keeps the last of duplicate keys, takes NO for false, 12:30 for 750, 010 for 8 and 1e3
for text, and follows anchors and nesting as far as they go. Here only a plain subset is accepted: mappings
with text keys, sequences, text, true/false/null, decimal numbers and dates written YYYY-MM-DD.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as FilePath

import yaml

from scenarios.text.outside import composed
from scenarios.text.problems import Problem, ScenarioError, quoted, reason_sv
from scenarios.text.swedish import number
from scenarios.text.yaml_faults import fault_sv, line_of

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
MAX_NODES = 4000
"""Keys, values, lists and tables in a file; checking time grows with them, and a strategy of 100 levers has 2 000."""
MAX_DIGITS = 40

Path = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)?(\.[0-9]*)?([eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Document:
    """The content of a file, and the line (from 1) on which each path in it stands.

    `problems` are the faults that did not stop the reading (a repeated key, a date that does not exist): the
    caller adds what else is wrong with the content and reports everything together.
    """

    source: str
    data: object
    lines: dict[Path, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def place(self, path: Path) -> str:
        """Return `file:path.to.key` for a path into the document."""
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        return f"{self.source}:{steps.lstrip('.')}" if steps else self.source

    def line(self, path: Path) -> int | None:
        """Return the line of the path, or of the nearest thing around it that was written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


class _RefusedError(Exception):
    """The file breaks a rule of the subset; carries the Swedish message and the line."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message, self.line = message, line


class _Composer(yaml.SafeLoader):
    """Composes nodes only; anchors, aliases, tags, depth and number are refused before they cost anything."""

    depth = 0
    nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _RefusedError("ankare och alias (& och *) är inte tillåtna.", line)
        if getattr(event, "tag", None) is not None:
            raise _RefusedError("taggar (!) är inte tillåtna.", line)
        self.depth += 1
        self.nodes += 1
        if self.depth > MAX_DEPTH:
            raise _RefusedError(f"för djup nästling, högst {MAX_DEPTH} nivåer.", line)
        if self.nodes > MAX_NODES:
            raise _RefusedError(f"för många värden, högst {number(MAX_NODES)}.", line)
        node: yaml.Node | None = super().compose_node(parent, index)  # type: ignore[arg-type]
        self.depth -= 1
        return node


class _Reader:
    """Turns nodes into plain values and collects every problem on the way."""

    def __init__(self, source: str) -> None:
        self.document = Document(source, None)
        self.problems: list[Problem] = []

    def refuse(self, path: Path, node: yaml.Node, message: str, value: object = None) -> None:
        given = None if value is None else quoted(value)
        line = node.start_mark.line + 1
        self.problems.append(Problem(self.document.place(path), message, value=given, line=line))

    def value(self, node: yaml.Node, path: Path) -> object:
        self.document.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, i)) for i, child in enumerate(node.value)]
        return self.scalar(node, path)

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, object]:
        result: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = self.key(key_node, path)
            if key is None:
                continue
            if key in result:
                first = self.document.lines[(*path, key)]
                self.refuse((*path, key), key_node, f"nyckeln finns redan (rad {first}).")
                continue
            self.document.lines[(*path, key)] = key_node.start_mark.line + 1
            result[key] = self.value(value_node, (*path, key))
        return result

    def key(self, node: yaml.Node, path: Path) -> str | None:
        key = self.scalar(node, path) if isinstance(node, yaml.ScalarNode) else node
        if isinstance(key, str):
            return key
        written = node.value if isinstance(node, yaml.ScalarNode) else "en lista eller tabell"
        self.refuse(path, node, "nycklar måste vara text.", written)
        return None

    def scalar(self, node: yaml.Node, path: Path) -> object:
        text = str(node.value)
        if getattr(node, "style", None) is not None:
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        for pattern, convert in _CONVERSIONS:
            if pattern.fullmatch(text):
                return self.converted(convert, text, node, path)
        return text

    def converted(self, convert: Callable[[str], object], text: str, node: yaml.Node, path: Path) -> object:
        if len(text) > MAX_DIGITS:
            self.refuse(path, node, f"talet är för långt, högst {MAX_DIGITS} tecken.", text)
            return None
        try:
            return convert(text)
        except ValueError:
            self.refuse(path, node, "det datumet finns inte.", text)
            return None


def _special(text: str) -> float:
    return float(text.lower().replace(".", "", 1))


_CONVERSIONS: tuple[tuple[re.Pattern[str], Callable[[str], object]], ...] = (
    (_INTEGER, int),
    (re.compile(rf"(?=.*[0-9])(?![-+]?[eE]){_FLOAT.pattern}"), float),
    (_SPECIAL, _special),
    (_DATE, date.fromisoformat),
)


def load(path: FilePath) -> Document:
    """Read a YAML file.

    Raises ScenarioError when nothing can be made of the file: it cannot be read, is larger than 256 kB, is
    not UTF-8, is no YAML, holds too many values, or uses anchors, aliases, tags or deep nesting. Lesser faults
    stand in `problems`.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ScenarioError([Problem(str(path), f"filen går inte att läsa: {reason_sv(error)}.")]) from None
    return parse(content, str(path))


def parse(content: bytes, source: str) -> Document:
    """Parse the bytes of a YAML file called `source`, its letters composed; raises ScenarioError as `load` does."""
    text = _decoded(content, source)
    try:
        node = _Composer(text).get_single_node()
    except _RefusedError as error:
        raise ScenarioError([Problem(source, error.message, line=error.line)]) from None
    except yaml.YAMLError as error:
        message = f"filen är inte giltig YAML: {fault_sv(error)}."
        raise ScenarioError([Problem(source, message, line=line_of(error, text))]) from None
    reader = _Reader(source)
    data = None if node is None else reader.value(node, ())
    return Document(source, data, reader.document.lines, tuple(reader.problems))


def _decoded(content: bytes, source: str) -> str:
    if len(content) > MAX_BYTES:
        raise ScenarioError([Problem(source, "filen är för stor.", allowed="högst 256 kB")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ScenarioError([Problem(source, "filen är inte UTF-8.", line=line)]) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise ScenarioError([Problem(source, "filen innehåller NUL-tecken.", line=line)])
    return composed(text)
