"""`naravard schema`: the JSON schema of strategy files."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command
from scenarios.commands.folder import write_file
from scenarios.commands.options import OUT_FILE_OPTION
from scenarios.text.problems import InputError, Problem

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


def _schema(given: Arguments, problems: list[Problem]) -> int:
    if problems:
        raise InputError(problems)
    from scenarios.strategies.schema import schema_text

    if given.out is None:
        print(schema_text(), end="")
    else:
        write_file(given.out, schema_text())
    return 0


SCHEMA = Command("schema", "Visa JSON-schemat för strategifiler.", _schema, options=(OUT_FILE_OPTION,))
