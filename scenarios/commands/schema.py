"""`naravard schema`: the JSON schema of strategy files, study files, goal files or portfolio files."""

from __future__ import annotations

from collections.abc import Callable

from scenarios.commands.arguments import Arguments, Command
from scenarios.commands.options import OUT_FILE_OPTION
from scenarios.text.problems import InputError, Problem, unknown

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415


OF_STRATEGY, OF_STUDY, OF_GOALS, OF_PORTFOLIO = KINDS_OF_FILE = ("strategi", "studie", "mål", "portfölj")


def _schema(given: Arguments, problems: list[Problem]) -> int:
    problems += [
        unknown("SLAG", "slaget av fil är okänt.", word, KINDS_OF_FILE)
        for word in given.words
        if word not in KINDS_OF_FILE
    ]
    if problems:
        raise InputError(problems)
    from scenarios.seeking.schema import search_schema_text
    from scenarios.seeking.wanted import GoalFile, PortfolioFile
    from scenarios.strategies.schema import schema_text
    from scenarios.studies.schema import study_schema_text

    texts: dict[str, Callable[[], str]] = {
        OF_STUDY: study_schema_text,
        OF_GOALS: lambda: search_schema_text(GoalFile),
        OF_PORTFOLIO: lambda: search_schema_text(PortfolioFile),
    }
    print(texts.get(given.words[0] if given.words else OF_STRATEGY, schema_text)(), end="")
    return 0


SCHEMA = Command(
    "schema",
    "Visa JSON-schemat för strategifiler, eller med ett av orden studie, mål och portfölj för sådana filer.",
    _schema,
    words="[SLAG]",
    most=1,
    options=(OUT_FILE_OPTION,),
    examples=("naravard schema studie --out studie.schema.json",),
)
