"""`naravard schema`: the JSON schema of strategy files."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command
from scenarios.commands.options import OUT_FILE_OPTION
from scenarios.text.problems import InputError, Problem

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


def _schema(_: Arguments, problems: list[Problem]) -> int:
    if problems:
        raise InputError(problems)
    from scenarios.strategies.schema import schema_text

    print(schema_text(), end="")
    return 0


SCHEMA = Command("schema", "Visa JSON-schemat för strategifiler.", _schema, options=(OUT_FILE_OPTION,))
