"""The command line's grammar: commands and options as tables, and a reader that finds every fault at once.

The standard parsers stop at the first fault and speak English; here all are collected, in Swedish, so that
they can be told together with what is wrong in the files that were named.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scenarios.text.problems import Problem, nearest, one_of, quoted

HELP_WIDTH = 92


@dataclass(frozen=True, slots=True)
class Option:
    """One option with a value; `read` makes it of text, or raises ValueError saying what is allowed.

    With `many` the option may be repeated, and its value is a tuple; commas separate values too. An option without
    `metavar` is a switch: it takes no value and is True when given.
    """

    flag: str
    metavar: str
    help_sv: str
    read: Callable[[str], Any]
    default: Any = None
    required: bool = False
    many: bool = False

    @property
    def key(self) -> str:
        """Name of the value in `Arguments`."""
        return self.flag.lstrip("-").replace("-", "_")


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was given: words, and the value of every option by key."""

    words: tuple[str, ...]
    options: Mapping[str, Any]

    def __getattr__(self, key: str) -> Any:
        """Return the value of an option; raises AttributeError for one that the command does not have."""
        try:
            return self.options[key]
        except KeyError:
            raise AttributeError(key) from None


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it does, the words it takes (`most` None = any number) and its options."""

    name: str
    help_sv: str
    run: Callable[[Arguments, list[Problem]], int]
    words: str = ""
    least: int = 0
    most: int | None = 0
    options: tuple[Option, ...] = ()
    examples: tuple[str, ...] = ()

    def usage(self) -> str:
        """Return the Swedish help text of the command."""
        lines = [f"Användning: naravard {self.name} {self.words}".rstrip(), "", *_wrapped(self.help_sv, "")]
        rows = [(f"{o.flag} {o.metavar}".rstrip(), o.help_sv + _default(o)) for o in self.options]
        lines += ["", "Val:", *_rows([*rows, ("-h, --help", "visa den här hjälpen")])]
        if self.examples:
            lines += ["", "Exempel:", *(f"  {example}" for example in self.examples)]
        return "\n".join(lines)


def overview(commands: Sequence[Command], version: str) -> str:
    """Return the Swedish help text of the program."""
    rows = [(command.name, command.help_sv.split(". ")[0].rstrip(".")) for command in commands]
    return "\n".join(
        [
            f"naravard {version} – simulera nära vård i en region och jämför strategier",
            "",
            "Användning: naravard KOMMANDO …",
            "",
            *_rows(rows),
            "",
            "Mer om ett kommando: naravard KOMMANDO --help",
        ]
    )


@dataclass(slots=True)
class _Reading:
    """Words and option texts as they are found."""

    words: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_arguments(command: Command, arguments: Sequence[str]) -> tuple[Arguments, list[Problem]]:
    """Return what was given to a command and every problem in it; faulty options have their default."""
    reading = _split(command, arguments)
    values = {option.key: _value(option, reading) for option in command.options}
    count = len(reading.words)
    if count < command.least:
        reading.problems.append(Problem(command.words.strip("[]… "), "saknas."))
    if command.most is not None and count > command.most:
        extra = ", ".join(quoted(word) for word in reading.words[command.most :])
        reading.problems.append(Problem(extra, f"naravard {command.name} tar inte emot det."))
    return Arguments(tuple(reading.words), values), reading.problems


def _split(command: Command, arguments: Sequence[str]) -> _Reading:
    reading = _Reading()
    flags = {option.flag: option for option in command.options}
    rest = list(arguments)
    while rest:
        text = rest.pop(0)
        flag, equals, value = text.partition("=")
        if not text.startswith("-") or text == "-":
            reading.words.append(text)
        elif flag not in flags:
            known = (*flags, "--help")
            reading.problems.append(Problem(quoted(flag), "valet är okänt.", None, one_of(known), nearest(flag, known)))
            if not equals and rest and not rest[0].startswith("-") and nearest(flag, flags):
                rest.pop(0)
        elif not flags[flag].metavar and not equals:
            reading.texts.setdefault(flag, []).append("ja")
        elif equals or (rest and not rest[0].startswith("--")):
            reading.texts.setdefault(flag, []).append(value if equals else rest.pop(0))
        else:
            reading.problems.append(Problem(flag, "värdet saknas."))
            reading.texts.setdefault(flag, [])
    return reading


def _value(option: Option, reading: _Reading) -> Any:
    texts = reading.texts.get(option.flag)
    if texts is None:
        if option.required:
            reading.problems.append(Problem(option.flag, "måste anges.", allowed=option.help_sv))
        return option.default
    given = [part for text in texts for part in (text.split(",") if option.many else [text])]
    if option.read is str and texts and not any(given):
        reading.problems.append(Problem(option.flag, "värdet saknas."))
        return option.default
    if option.many:
        texts = [part for part in given if part]
    elif len(texts) > 1:
        reading.problems.append(Problem(option.flag, "är angivet flera gånger.", ", ".join(map(quoted, texts))))
    values = []
    for text in texts:
        try:
            values.append(option.read(text))
        except ValueError as error:
            reading.problems.append(Problem(option.flag, "värdet går inte att använda.", quoted(text), str(error)))
    if option.many:
        return tuple(values) or option.default
    return values[-1] if values else option.default


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return a reader of whole numbers in [low, high]."""

    def read(text: str) -> int:
        digits = text.removeprefix("+").removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 40 and low <= int(text) <= high):
            raise ValueError(f"heltal från {low} till {high}")
        return int(text)

    return read


def switch(text: str) -> bool:
    """Read a switch, which stands for itself."""
    if text != "ja":
        raise ValueError("utan värde")
    return True


def choice(*names: str) -> Callable[[str], str]:
    """Return a reader that accepts one of `names`."""

    def read(text: str) -> str:
        if text not in names:
            raise ValueError(one_of(names))
        return text

    return read


def _default(option: Option) -> str:
    return "" if option.default in (None, ()) or option.default is False else f" (förval {option.default})"


def _rows(rows: Sequence[tuple[str, str]]) -> list[str]:
    width = max(len(left) for left, _ in rows) + 4
    lines: list[str] = []
    for left, right in rows:
        first, *others = _wrapped(right, " " * width) or [""]
        lines += [f"  {left}".ljust(width) + first.lstrip(), *others]
    return lines


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, HELP_WIDTH, initial_indent=indent, subsequent_indent=indent)
