"""`naravard binds`: what limits each scenario of a result."""

from __future__ import annotations

from scenarios.commands.arguments import Arguments, Command, Option, whole
from scenarios.commands.options import BASELINE_OPTION, FORMAT_OPTION, OUT_FILE_OPTION, SCENARIOS_OPTION, YEARS_OPTION
from scenarios.commands.result import (
    labels_of,
    print_records,
    read_result,
    scenarios_and_years,
    tell_left_out,
)
from scenarios.text.problems import Problem

# What takes time to import is imported where it is used: help must come at once.
# ruff: noqa: PLC0415

_NEEDED = {f"resource_{part}": ("unit", "resource") for part in ("offered", "used", "requests", "lost", "lack")}


def _binds(given: Arguments, problems: list[Problem]) -> int:
    dataset = read_result(given, problems, needed=_NEEDED)
    from scenarios.findings.binding import RESOURCES_SV, Binding, binding_text, places_text, rank_binding
    from scenarios.places.names import places_of
    from scenarios.running.region import region_of_results

    names, years = scenarios_and_years(given, dataset)
    places = places_of(region_of_results(str(dataset.attrs.get("region", ""))))
    tell_left_out(str(name) for name in dataset["resource"].values if name not in RESOURCES_SV)
    rows = rank_binding(dataset, places, names, years, given.baseline)
    if given.format == "table":
        print(binding_text(rows, labels_of(dataset), given.top), end="")
        return 0
    kept = [row for row in rows if 0 < row.rank <= given.top]
    print_records(given.format, kept, Binding, {"units": places_text})
    return 0


BINDS = Command(
    "binds",
    "Visa vad som begränsar. För varje scenario och år: vilken enhet, vilket yrke eller vilka platser som räckte till "
    "minst, och hur många förfrågningar det kostade.",
    _binds,
    words="MAPP",
    least=1,
    most=1,
    options=(
        SCENARIOS_OPTION,
        YEARS_OPTION,
        BASELINE_OPTION,
        FORMAT_OPTION,
        OUT_FILE_OPTION,
        Option("--top", "ANTAL", "så många visas för varje år", whole(1, 100), 5),
    ),
    examples=("naravard binds results/first --year 2027,2030",),
)
