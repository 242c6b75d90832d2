"""`naravard schema`: the JSON schema of strategy files, or of study files."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command
from scenarios.commands.options import OUT_FILE_OPTION
from scenarios.text.problems import InputError, Problem, unknown

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


OF_STRATEGY, OF_STUDY = "strategi", "studie"


def _schema(given: Arguments, problems: list[Problem]) -> int:
    problems += [
        unknown("SLAG", "slaget av fil är okänt.", word, (OF_STRATEGY, OF_STUDY))
        for word in given.words
        if word not in (OF_STRATEGY, OF_STUDY)
    ]
    if problems:
        raise InputError(problems)
    from scenarios.strategies.schema import schema_text
    from scenarios.studies.schema import study_schema_text

    print(study_schema_text() if OF_STUDY in given.words else schema_text(), end="")
    return 0


SCHEMA = Command(
    "schema",
    "Visa JSON-schemat för strategifiler, eller med ordet studie för studiefiler.",
    _schema,
    words="[SLAG]",
    most=1,
    options=(OUT_FILE_OPTION,),
    examples=("naravard schema studie --out studie.schema.json",),
)
