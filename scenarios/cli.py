"""The command line `naravard`. Exit codes: 0 done, 1 failed, 2 unusable input, 130 stopped."""

from __future__ import annotations

import importlib.util
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.commands.arguments import (
    Arguments,
    Command,
    Option,
    alone,
    choice,
    overview,
    read_arguments,
    switch,
    whole,
)
from scenarios.commands.binds import BINDS, MATRIX
from scenarios.commands.board import BOARD
from scenarios.commands.follow import FOLLOW
from scenarios.commands.strategy import attribute, check
from scenarios.commands.validate import VALIDATE
from scenarios.running.folder import WriteError, check_folder
from scenarios.text.problems import InputError, Problem, quoted, unknown
from scenarios.text.terminal import complain, console

# What takes time to import is imported where it is used: help and the first progress must come at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    import xarray as xr

    from scenarios.running.runner import Outcome
    from scenarios.running.study import Study

FAILED, UNUSABLE, STOPPED = 1, 2, 130
_LARGEST_SEED = 2**63 - 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; faults in the input are told in one message."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return _dispatch(given)
    except InputError as error:
        return complain(error.text(), UNUSABLE)
    except WriteError as error:
        return complain(str(error), FAILED)
    except KeyboardInterrupt:
        return complain("Avbrutet.", STOPPED)
    except BrokenPipeError:
        # Whoever read the output has gone; nothing is left to tell it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        if os.environ.get("NARAVARD_DEBUG"):
            raise
        reason = f"{type(error).__name__}: {error}"
        return complain(f"Internt fel: {reason}\nSätt NARAVARD_DEBUG=1 för att se var.", FAILED)


def _dispatch(given: list[str]) -> int:
    if not given or given[0] in ("-h", "--help"):
        print(overview(COMMANDS, metadata.version("naravard")))
        return 0 if given else UNUSABLE
    if given[0] == "--version":
        print(f"naravard {metadata.version('naravard')}")
        return 0
    commands = {command.name: command for command in COMMANDS}
    if given[0] not in commands:
        raise InputError([unknown("KOMMANDO", "kommandot är okänt.", given[0], tuple(commands))])
    command = commands[given[0]]
    if {"-h", "--help"} & set(given[1:]):
        print(command.usage())
        return 0
    values, problems = read_arguments(command, given[1:])
    return command.run(values, problems)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise InputError(problems)


# --- run and compare


def _run(given: Arguments, problems: list[Problem]) -> int:
    from scenarios.running.progress import display

    folder = Path(given.out) if given.out else None
    problems += check_folder(folder) if folder else []
    with alone(folder, problems), display(console(stderr=True)) as shown:
        shown.say("Läser in scenarier och region …")
        from scenarios.running.study import prepare, simulate

        options = (given.region, given.horizon, given.seed, given.replications, problems, given.parameter_draws)
        study = prepare(given.words, *options)
        outcomes = simulate(study, shown, given.workers, timeout=60.0 * given.timeout)
        shown.say("Sammanställer …")
        if folder is None:
            raise InputError([Problem("--out", "måste anges.")])
        dataset = _store(study, outcomes, folder)
    if dataset is not None:
        told, known = _main_of(dataset)
        _print_table(dataset, dataset["year"].values.tolist()[-1:], told, None)
        print(f"Sparat i {folder}", file=sys.stderr)
        if len(told) < known:
            print(f"Visar {len(told)} av {known} mått; alla: naravard compare {folder}", file=sys.stderr)
    return _report(outcomes, dataset)


def _main_of(dataset: xr.Dataset) -> tuple[list[str], int]:
    """Return the names of the main indicators that were measured, and how many were measured in all."""
    from scenarios.findings.compare import measured
    from scenarios.measures.figures import MAIN

    names = [indicator.name for indicator in measured(dataset)]
    return [name for name in MAIN if name in names], len(names)


def _store(study: Study, outcomes: Sequence[Outcome], folder: Path) -> xr.Dataset | None:
    """Write the replications in which every scenario finished; None when there are none."""
    from scenarios.running.assembly import Provenance, assemble, complete
    from scenarios.running.results import write_results
    from scenarios.running.study import stamp

    usable = complete(study.run, outcomes)
    if all(outcome.drawn for outcome in usable):
        return None
    version, created = stamp()
    command = shlex.join(["naravard", *sys.argv[1:]])
    dataset = assemble(study.run, usable, Provenance(version, created, command, study.labels, study.budgets))
    write_results(dataset, folder)
    return dataset


def _report(outcomes: Sequence[Outcome], dataset: xr.Dataset | None) -> int:
    failures = [failure for outcome in outcomes for failure in outcome.failures]
    if not failures:
        return 0
    saved = 0 if dataset is None else dataset.sizes["replication"]
    count = "1 körning" if len(failures) == 1 else f"{len(failures)} körningar"
    wanted = sum(not outcome.drawn for outcome in outcomes)
    kept = f"{saved} av {wanted} replikationer"
    if wanted < len(outcomes):
        drawn = 0 if dataset is None else dataset.sizes.get("draw", 0)
        kept += f" och {drawn} av {len(outcomes) - wanted} dragningar"
    lines = [f"{count} misslyckades; {kept} är sparade:"]
    return complain("\n".join([*lines, *(f"  {failure.text()}" for failure in failures)]), FAILED)


def _compare(given: Arguments, problems: list[Problem]) -> int:
    _refuse(problems)
    from scenarios.findings.compare import compare, measured, to_csv, to_json
    from scenarios.measures.figures import INDICATORS
    from scenarios.running.results import read_results

    dataset = read_results(Path(given.words[0]))
    known = tuple(indicator.name for indicator in measured(dataset))
    names = known if given.indicator is None else given.indicator
    years = _years(given.year, dataset, problems)
    for name in names:
        if name not in known:
            problems.append(unknown("--indicator", "indikatorn finns inte i resultatet.", name, known))
    _refuse(problems)
    if given.format == "table":
        _print_table(dataset, years, names, given.baseline)
        return 0
    records = compare(dataset, [INDICATORS[name] for name in names], years, given.baseline)
    print(to_json(records) if given.format == "json" else to_csv(records).rstrip("\n"))
    return 0


def _years(wanted: Sequence[str] | None, dataset: xr.Dataset, problems: list[Problem]) -> list[int]:
    """Return the years asked for: the last one unless told, `alla` for every one."""
    measured: list[int] = dataset["year"].values.tolist()
    if wanted is None:
        return measured[-1:]
    if "alla" in wanted:
        return measured
    for year in wanted:
        if year not in map(str, measured):
            allowed = f"{measured[0]} till {measured[-1]}, eller alla"
            problems.append(Problem("--year", "året finns inte i resultatet.", quoted(year), allowed))
    return [year for year in measured if str(year) in wanted]


def _print_table(dataset: xr.Dataset, years: list[int], names: Sequence[str] | None, baseline: str | None) -> None:
    from scenarios.commands.tables import print_budgets, print_comparison
    from scenarios.findings.compare import baseline_of, budgets_of, compare, measured
    from scenarios.measures.figures import INDICATORS

    chosen = measured(dataset) if names is None else [INDICATORS[name] for name in names]
    scenarios, names_sv = dataset["scenario"].values.tolist(), dataset["scenario_label"].values.tolist()
    labels = dict(zip(scenarios, names_sv, strict=True))
    records = compare(dataset, chosen, years, baseline)
    against = baseline_of(dataset, baseline)
    screen, sizes = console(), dataset.sizes
    print_comparison(screen, records, labels, against, sizes["replication"], sizes.get("draw", 0))
    print_budgets(screen, {labels[name]: told["text_sv"] for name, told in budgets_of(dataset).items()})


# --- lists and checks


def _scenarios(_: Arguments, problems: list[Problem]) -> int:
    _refuse(problems)
    from scenarios.commands.tables import print_strategies
    from scenarios.strategies.library import find_strategies, library

    print_strategies(console(), find_strategies(library()))
    return 0


def _levers(_: Arguments, problems: list[Problem]) -> int:
    _refuse(problems)
    from scenarios.commands.tables import print_levers
    from scenarios.levers.registry import LEVERS

    print_levers(console(), LEVERS.values())
    return 0


def _schema(given: Arguments, problems: list[Problem]) -> int:
    _refuse(problems)
    from scenarios.strategies.schema import schema_text

    if given.out is None:
        print(schema_text(), end="")
        return 0
    try:
        Path(given.out).write_text(schema_text(), encoding="utf-8")
    except OSError as error:
        raise InputError([Problem("--out", f"filen går inte att skriva ({error.strerror}).")]) from None
    return 0


def _validate_region(given: Arguments, problems: list[Problem]) -> int:
    from scenarios.running.study import region_or_problems

    name = given.words[0] if given.words else "kalmar"
    region = region_or_problems(name, problems)
    _refuse(problems)
    if region is not None:
        people = int(region.population.sum())
        print(
            f"{region.name_sv} är hel: {people} invånare, {len(region.municipalities)} kommuner, "
            f"{len(region.centres)} hälsocentraler, {len(region.hospitals)} sjukhus."
        )
        print(f"Kontrollsumma {region.digest}")
    return 0


def _app(given: Arguments, problems: list[Problem]) -> int:
    _refuse(problems)
    spec = importlib.util.find_spec("app")
    if spec is None or spec.origin is None:
        return complain("Appen (app.py) hittades inte.", FAILED)
    options = {
        "browser.gatherUsageStats": "false",
        "client.showErrorDetails": "none",
        "server.showEmailPrompt": "false",
        "client.toolbarMode": "minimal",
        "server.maxUploadSize": "1",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    flags += [f"--server.port={given.port}"] if given.port is not None else []
    flags += ["--server.headless=true"] if given.headless else []
    return _become([sys.executable, "-m", "streamlit", "run", spec.origin, *flags])


def _become(command: list[str]) -> int:
    """Run a command in this process's place, so that who stops this one stops it; beside it where that cannot be."""
    if hasattr(os, "execv") and os.name == "posix":
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.call(command)


_REGION = Option("--region", "NAMN", "region, eller mappen med dess data", str, "kalmar")
_SIMULATION = (
    Option("--replications", "ANTAL", "antal replikationer", whole(1, 10_000), 10),
    Option("--horizon", "ÅR", "sista år som simuleras", whole(2027, 2040), 2030),
    Option("--workers", "ANTAL", "processer; utan val en per kärna", whole(1, 256)),
    Option("--timeout", "MINUTER", "längsta tid för en replikation i en egen process", whole(1, 10_000), 60),
    Option("--seed", "TAL", "frö som replikationernas frön beror på", whole(0, _LARGEST_SEED), 1),
    _REGION,
)

COMMANDS = (
    Command(
        "run",
        "Simulera scenarier och spara resultatet. Namn är strategier ur biblioteket (naravard "
        "scenarios) eller YAML-filer. Alla scenarier i en replikation delar slump och historik "
        "till 2027.",
        _run,
        words="NAMN …",
        least=1,
        most=None,
        options=(
            Option("--out", "MAPP", "mapp för resultatet", str, required=True),
            *_SIMULATION,
            Option(
                "--parameter-draws",
                "ANTAL",
                "så många av replikationerna körs också med dragna antaganden, för intervall som täcker dem",
                whole(0, 10_000),
                0,
            ),
        ),
        examples=("naravard run nulage kontinuitet flytt-till-primarvard --out results/first",),
    ),
    Command(
        "compare",
        "Jämför scenarierna i ett resultat.",
        _compare,
        words="MAPP",
        least=1,
        most=1,
        options=(
            Option("--format", "FORM", "table, json eller csv", choice("table", "json", "csv"), "table"),
            Option("--year", "ÅR", "ett eller flera år, eller alla; utan val det sista", str, many=True),
            Option("--indicator", "NAMN", "en eller flera indikatorer; utan val alla", str, many=True),
            Option("--baseline", "NAMN", "scenariot att jämföra med; utan val nulage", str),
        ),
        examples=("naravard compare results/first --format json --year 2030 --indicator admissions,cost",),
    ),
    Command(
        "attribute",
        "Fördela en strategis effekt på dess spakar. Strategin körs med alla kombinationer av dem, under samma "
        "slump, och varje spak (eller grupp av spakar) får sin del (Shapleyvärdet).",
        attribute,
        words="NAMN",
        least=1,
        most=1,
        options=(
            Option("--out", "MAPP", "mapp för attribution.json och attribution.csv", str, required=True),
            *_SIMULATION,
            Option("--by", "VAD", "lever eller group; utan val spakar om de är högst fem", choice("lever", "group")),
            Option("--sequential", "", "i stället för alla kombinationer: i filens ordning", switch, False),
            Option("--year", "ÅR", "ett eller flera år; utan val det sista", whole(2027, 2040), many=True),
            Option("--indicator", "NAMN", "en eller flera indikatorer; utan val alla", str, many=True),
        ),
        examples=("naravard attribute bemanning-1100 --replications 20 --out results/delar",),
    ),
    Command(
        "check",
        "Kontrollera strategier: vad de ändrar, vad de kostar om året och vad en budget räcker till.",
        check,
        words="NAMN …",
        least=1,
        most=None,
        options=(_REGION,),
        examples=("naravard check kontinuitet",),
    ),
    BINDS,
    MATRIX,
    BOARD,
    FOLLOW,
    VALIDATE,
    Command("scenarios", "Visa strategierna i biblioteket.", _scenarios),
    Command("levers", "Visa spakarna: gränser, kostnad och underlag.", _levers),
    Command(
        "schema",
        "Visa JSON-schemat för strategifiler.",
        _schema,
        options=(Option("--out", "FIL", "skriv till en fil i stället", str),),
    ),
    Command(
        "app",
        "Starta appen i webbläsaren.",
        _app,
        options=(
            Option("--port", "NUMMER", "port för appen", whole(1, 65_535)),
            Option("--headless", "", "öppna ingen webbläsare: för en server", switch, False),
        ),
    ),
    Command("validate-region", "Kontrollera en regions data.", _validate_region, words="[NAMN]", most=1),
)

if __name__ == "__main__":
    raise SystemExit(main())
