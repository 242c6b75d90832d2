"""`naravard attribute`: what each lever of a strategy contributes to its effect."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.commands.arguments import Arguments, Command, Option, choice, switch, whole
from scenarios.commands.folder import alone
from scenarios.commands.options import INDICATORS_OPTION, SIMULATION_OPTIONS
from scenarios.running.folder import check_folder
from scenarios.strategies.period import FIRST_START, LAST_DAY
from scenarios.text.problems import Problem, unknown
from scenarios.text.terminal import FAILED, complain, console, tell

# What takes time to import is imported where it is used: help and the first progress must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from scenarios.findings.attribution import Plan
    from scenarios.measures.figure import Figure
    from scenarios.running.runner import Outcome


def _attribute(given: Arguments, problems: list[Problem]) -> int:
    from scenarios.running.progress import display

    with display(console(stderr=True)) as progress:
        progress.say("Läser in strategi och region …")
        from scenarios.findings.attribution_report import ATTRIBUTION_JSON, ATTRIBUTION_KIND
        from scenarios.running.batch import Batch, simulate

        folder = Path(given.out) if given.out else None
        problems += check_folder(folder, ATTRIBUTION_JSON, ATTRIBUTION_KIND) if folder else []
        with alone(folder, problems):
            plan, indicators, years = _plan(given, problems)
            outcomes = simulate(Batch(plan.run, {}), progress, given.workers, timeout=60.0 * given.timeout)
    _save(plan, outcomes, indicators, years, given)
    return _exit_code(plan, outcomes)


def _plan(given: Arguments, problems: list[Problem]) -> tuple[Plan, list[Figure], list[int]]:
    """Return what is to be run, and for which indicators and years; raises InputError with all that is wrong."""
    from scenarios.findings.attribution import plan, players_of
    from scenarios.measures.figures import INDICATORS
    from scenarios.running.batch import find_scenarios

    names = given.indicator or tuple(INDICATORS)
    missing = [name for name in names if name not in INDICATORS]
    problems += [unknown("--indicator", "indikatorn är okänd.", name, tuple(INDICATORS)) for name in missing]
    years = list(given.year or (given.horizon,))
    if max(years) > given.horizon:
        problems.append(Problem("--year", "året ligger efter horisonten.", str(max(years)), f"högst {given.horizon}"))
    region, (scenario, *_) = find_scenarios(given.words, given.region, given.horizon, problems)
    players = players_of(scenario.strategy, given.by, given.sequential)
    runs = plan(scenario, region, players, given.seed, given.replications, given.sequential)
    return runs, [INDICATORS[name] for name in names], years


def _save(
    plan: Plan, outcomes: Sequence[Outcome], indicators: Sequence[Figure], years: Sequence[int], given: Arguments
) -> None:
    """Save every indicator, print those that were asked for, or the main ones where nobody said which."""
    from scenarios.findings.attribution import contributions
    from scenarios.findings.attribution_report import print_contributions, write_report
    from scenarios.measures.figures import MAIN
    from scenarios.running.assembly import complete

    usable = complete(plan.run, outcomes)
    if not usable:
        return
    records = contributions(plan, usable, indicators, years)
    folder = Path(given.out)
    write_report(plan, records, len(usable), folder)
    main = [record for record in records if record.indicator in (given.indicator or MAIN)]
    print_contributions(console(), plan, main, len(usable))
    more = "" if given.indicator else ", alla mått; här visas de viktigaste"
    tell(f"Sparat i {folder}{more}")


def _exit_code(plan: Plan, outcomes: Sequence[Outcome]) -> int:
    from scenarios.running.assembly import complete

    failures = [failure.text() for outcome in outcomes for failure in outcome.failures]
    if not failures:
        return 0
    usable = len(complete(plan.run, outcomes))
    heading = f"{usable} av {len(outcomes)} replikationer blev hela; detta misslyckades:"
    return complain("\n  ".join([heading, *failures]), FAILED)


ATTRIBUTE = Command(
    "attribute",
    "Fördela en strategis effekt på dess spakar. Strategin körs med alla kombinationer av dem, under samma "
    "slump, och varje spak (eller grupp av spakar) får sin del (Shapleyvärdet).",
    _attribute,
    words="NAMN",
    least=1,
    most=1,
    options=(
        Option("--out", "MAPP", "mapp för attribution.json och attribution.csv", str, required=True),
        *SIMULATION_OPTIONS,
        Option("--by", "VAD", "lever eller group; utan val spakar om de är högst fem", choice("lever", "group")),
        Option("--sequential", "", "i stället för alla kombinationer: i filens ordning", switch, False),
        Option(
            "--year",
            "ÅR",
            "ett eller flera år; utan val det sista",
            whole(FIRST_START.year, LAST_DAY.year),
            many=True,
        ),
        INDICATORS_OPTION,
    ),
    examples=("naravard attribute bemanning-1100 --replications 20 --out results/delar",),
)
