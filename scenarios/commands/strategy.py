"""The commands about one strategy: `naravard check` and `naravard attribute`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.commands.arguments import alone
from scenarios.running.folder import check_folder
from scenarios.text.problems import InputError, Problem, ScenarioError, unknown
from scenarios.text.terminal import complain, console

# What takes time to import is imported where it is used: help and the first progress must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scenarios.commands.arguments import Arguments
    from scenarios.findings.attribution import Plan
    from scenarios.measures.figure import Figure
    from scenarios.running.progress import Display
    from scenarios.running.runner import Outcome
    from scenarios.strategies.scenario import Scenario
    from simulator.region.pack import Region


def check(given: Arguments, problems: list[Problem]) -> int:
    """Tell what strategies change, cost and have a budget for; raises InputError with all that is wrong."""
    from scenarios.commands.tables import print_bill

    region, scenarios = _scenarios(given.words, given.region, 2040, problems)
    for scenario in scenarios:
        print_bill(console(), scenario.strategy, scenario.bill(region))
    return 0


def _scenarios(
    names: Sequence[str], region: str, horizon: int, problems: list[Problem]
) -> tuple[Region, list[Scenario]]:
    """Return the region and scenarios, every fault in one InputError."""
    from datetime import date

    from scenarios.running.study import region_or_problems
    from scenarios.strategies.library import find_strategies
    from scenarios.strategies.scenario import Scenario

    loaded = region_or_problems(region, problems)
    scenarios: list[Scenario] = []
    try:
        last = date(horizon, 12, 31)
        strategies = find_strategies(names, loaded)
        scenarios = [Scenario(region=region, strategy=strategy, horizon=last) for strategy in strategies]
        if loaded is not None:
            for scenario in scenarios:
                scenario.parts(loaded)
    except ScenarioError as error:
        problems += error.problems
    if problems or loaded is None:
        raise InputError(problems)
    return loaded, scenarios


def attribute(given: Arguments, problems: list[Problem]) -> int:
    """Run every subset of a strategy's players and tell what each contributes."""
    from scenarios.findings.attribution_report import KIND, REPORT
    from scenarios.running.progress import display

    folder = Path(given.out) if given.out else None
    problems += check_folder(folder, REPORT, KIND) if folder else []
    with alone(folder, problems), display(console(stderr=True)) as shown:
        shown.say("Läser in strategi och region …")
        made, chosen, years = _plan(given, problems)
        outcomes = _simulate(given, made, shown)
    return _report(made, outcomes, chosen, years, folder, given.indicator)


def _plan(given: Arguments, problems: list[Problem]) -> tuple[Plan, list[Figure], list[int]]:
    from scenarios.findings.attribution import plan, players_of
    from scenarios.measures.figures import INDICATORS

    names = given.indicator or tuple(INDICATORS)
    missing = [name for name in names if name not in INDICATORS]
    problems += [unknown("--indicator", "indikatorn är okänd.", name, tuple(INDICATORS)) for name in missing]
    years = list(given.year or (given.horizon,))
    if max(years) > given.horizon:
        problems.append(Problem("--year", "året ligger efter horisonten.", str(max(years)), f"högst {given.horizon}"))
    region, (scenario, *_) = _scenarios(given.words, given.region, given.horizon, problems)
    sequential = given.sequential
    players = players_of(scenario.strategy, given.by, sequential)
    made = plan(scenario, region, players, given.seed, given.replications, sequential)
    return made, [INDICATORS[name] for name in names], years


def _simulate(given: Arguments, made: Plan, shown: Display) -> tuple[Outcome, ...]:
    from scenarios.running.study import Study, simulate

    return simulate(Study(made.run, {}), shown, given.workers, timeout=60.0 * given.timeout)


def _report(
    made: Plan, outcomes: tuple[Outcome, ...], chosen: list[Figure], years: list[int], folder: Path | None,
    wanted: Sequence[str] | None,
) -> int:  # fmt: skip
    """Save every indicator, print those `wanted`, or the main ones where nobody said which."""
    from scenarios.findings.attribution import contributions
    from scenarios.findings.attribution_report import print_contributions, write_report
    from scenarios.measures.figures import MAIN
    from scenarios.running.assembly import complete

    whole = complete(made.run, outcomes)
    if whole and folder is not None:
        records = contributions(made, whole, chosen, years)
        write_report(made, records, len(whole), folder)
        told = [record for record in records if record.indicator in (wanted or MAIN)]
        print_contributions(console(), made, told, len(whole))
        print(f"Sparat i {folder}" + ("" if wanted else ", alla mått; här visas de viktigaste"), file=sys.stderr)
    failures = [failure.text() for outcome in outcomes for failure in outcome.failures]
    if not failures:
        return 0
    heading = f"{len(whole)} av {len(outcomes)} replikationer blev hela; detta misslyckades:"
    return complain("\n  ".join([heading, *failures]), 1)
