"""Comparisons and lists as Swedish text on a terminal, wide or narrow."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import xarray as xr
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scenarios.commands.result import labels_of
from scenarios.effects.areas import effect_of
from scenarios.effects.effect import Effect
from scenarios.effects.sentences import carried_sv, measured_sv, sides_sv, value_sv
from scenarios.findings.compare import ComparedFigure, baseline_of, budgets_of, compare
from scenarios.levers.lever import Evidence, Lever
from scenarios.measures.figures import INDICATORS, Figure
from scenarios.places.register import entries_named
from scenarios.statistics.variance import LEAST_PAIRS
from scenarios.strategies.budget import Bill
from scenarios.strategies.strategy import Strategy
from scenarios.text.swedish import number, span

if TYPE_CHECKING:
    from simulator.region.pack import Region

WIDE_TERMINAL = 99
"""Columns that the table needs; a narrower terminal gets one block of lines an indicator."""

_WIDTHS = (23, 9, 19, 8, 22, 8)
_HEADERS = ("Scenario", "Värde", "95 %-intervall", "Skillnad", "95 %-intervall", "Medelfel")
_PLACES_SV = {
    "municipality": "kommun",
    "centre": "hälsocentral",
    "age_group": "åldersgrupp",
    "segment": "segment",
}


def print_result(
    console: Console,
    dataset: xr.Dataset,
    years: Sequence[int],
    names: Sequence[str],
    baseline: str | None = None,
) -> None:
    """Print the named indicators of a result in some years, and what its budgets sufficed for.

    Raises InputError when the baseline is not in the results.
    """
    labels = labels_of(dataset)
    records = compare(dataset, [INDICATORS[name] for name in names], years, baseline)
    against, sizes = baseline_of(dataset, baseline), dataset.sizes
    print_comparison(console, records, labels, against, sizes["replication"], sizes.get("draw", 0))
    print_budgets(
        console, {labels.get(name, name): str(bill.get("text_sv", "")) for name, bill in budgets_of(dataset).items()}
    )


def print_comparison(
    console: Console,
    records: Sequence[ComparedFigure],
    labels: Mapping[str, str],
    baseline: str,
    replications: int,
    draws: int = 0,
) -> None:
    """Print records, one group for each indicator and year, then how to read them.

    `draws` is the number of draws of parameters beside the replications.
    """
    wide = console.width >= WIDE_TERMINAL
    if wide:
        console.print(_columns(header=True))
    for (name, year), group in itertools.groupby(records, key=lambda r: (r.indicator, r.year)):
        indicator = INDICATORS[name]
        console.print(Text(f"{indicator.label_sv}, {year} ({indicator.unit_sv})", style="bold"))
        rows = list(group)
        console.print(_table(rows, indicator, labels) if wide else _lines(rows, indicator, labels))
        if spread := _spread(rows, labels):
            console.print(Padding(Text(spread, style="dim"), (0, 0, 0, 2)))
        console.print()
    console.print(Text(_reading(labels.get(baseline, baseline), replications, draws), style="dim"))


def _spread(records: Iterable[ComparedFigure], labels: Mapping[str, str]) -> str:
    """Return how the spread of each scenario's difference (or value) splits, where parameters were drawn."""
    parts = []
    for record in records:
        if record.parameters_distinguishable is None:
            continue
        split = "antagandenas del går inte att skilja från slumpen"
        if record.parameters_distinguishable:
            chance, assumptions = number(record.chance_share, 0), number(record.parameter_share, 0)
            split = f"slump\xa0{chance}\xa0%, antaganden\xa0{assumptions}\xa0%"
        parts.append(f"{labels.get(record.scenario, record.scenario)}: {split}")
    return f"Spridningen kommer av: {'; '.join(parts)}." if parts else ""


def _reading(baseline: str, replications: int, draws: int) -> str:
    if replications < 2:
        return (
            f"Skillnad mot {baseline}, samma slump i båda. Endast en replikation: intervall och medelfel "
            "går inte att räkna ut. Kör med --replications 10 eller fler."
        )
    return (
        f"{number(replications)} replikationer. Skillnad mot {baseline} är parad: samma slump i båda. "
        f"{_covered(draws)} Medelfel är det fel som "
        "antalet replikationer lämnar kvar i skillnaden (i värdet för det som jämförs med)."
    )


def _covered(draws: int) -> str:
    if not draws:
        return "Intervallen täcker slumpen i modellen, inte osäkerheten i dess antaganden."
    if draws < LEAST_PAIRS:
        return f"Intervallen täcker bara slumpen: för antagandena behövs minst {LEAST_PAIRS} dragningar, här {draws}."
    return (
        f"Första intervallet täcker slumpen, det under (med antaganden) också osäkerheten i modellens antaganden, "
        f"ur {number(draws)} dragningar. Spridningen gäller skillnaden (värdet för det som jämförs med) i en enskild "
        "framtid."
    )


def _columns(header: bool = False) -> Table:
    table = Table(box=None, show_header=header, pad_edge=False, padding=(0, 1), header_style="dim")
    for title, width in zip(_HEADERS, _WIDTHS, strict=True):
        table.add_column(title, width=width, justify="left" if title == "Scenario" else "right", overflow="fold")
    return table


def _table(records: Iterable[ComparedFigure], indicator: Figure, labels: Mapping[str, str]) -> Table:
    table = _columns()
    for record in records:
        table.add_row(labels.get(record.scenario, record.scenario), *_cells(record, indicator))
        if record.low_with_parameters is not None:
            value, difference = _with_parameters(record, indicator)
            table.add_row("  med antaganden", "", value, "", difference, "", style="dim")
    return table


def _with_parameters(record: ComparedFigure, indicator: Figure) -> tuple[str, str]:
    """Return the intervals of value and difference that include parameters."""
    low, high = record.difference_low_with_parameters, record.difference_high_with_parameters
    return (
        span(record.low_with_parameters, record.high_with_parameters, indicator.decimals, "–"),
        span(low, high, indicator.decimals, " till ") if low is not None else "",
    )


def _cells(record: ComparedFigure, indicator: Figure) -> tuple[str, str, Text, str, str]:
    places = indicator.decimals
    return (
        number(record.value, places),
        span(record.low, record.high, places, "–"),
        Text(number(record.difference, places, sign=True), style=_style(record, indicator)),
        span(record.difference_low, record.difference_high, places, " till "),
        number(record.monte_carlo_error, places + 1),
    )


def _style(record: ComparedFigure, indicator: Figure) -> str:
    """Colour a difference whose interval leaves out zero, by whether that is good."""
    low, high = record.difference_low, record.difference_high
    if low is None or high is None or low <= 0 <= high or indicator.good == "neither":
        return ""
    return "green" if (low > 0) == (indicator.good == "up") else "red"


def _lines(records: Iterable[ComparedFigure], indicator: Figure, labels: Mapping[str, str]) -> Padding:
    text = Text()
    for record in records:
        value, interval, difference, paired, error = _cells(record, indicator)
        text.append(f"{labels.get(record.scenario, record.scenario)}\n")
        text.append(f"  {value} ({interval})" if record.low is not None else f"  {value}")
        if record.difference is not None:
            text.append("\n  skillnad ").append_text(difference)
            text.append(f" ({paired})" if record.difference_low is not None else "")
        text.append(f", medelfel {error}\n" if record.monte_carlo_error is not None else "\n")
        if record.low_with_parameters is not None:
            value, paired = _with_parameters(record, indicator)
            text.append(f"  med antaganden {value}" + (f", skillnad {paired}\n" if paired else "\n"))
    text.rstrip()
    return Padding(text, (0, 0, 0, 2))


def print_told(
    console: Console, sentences: Iterable[str], headers: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:  # fmt: skip
    """Print paragraphs and under them a table of texts, the first and last column from the left."""
    for sentence in sentences:
        console.print(Text(sentence))
        console.print()
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    for n, header in enumerate(headers):
        table.add_column(header, justify="left" if n in (0, len(headers) - 1) else "right", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def print_budgets(console: Console, budgets: Mapping[str, str]) -> None:
    """Print what each strategy with a budget costs and how much of it is left, by label."""
    for label, text in budgets.items():
        console.print(Text(f"{label}: {text}"))


def print_bill(console: Console, strategy: Strategy, bill: Bill) -> None:
    """Print what a strategy costs a year, lever by lever, and how far its budget goes."""
    console.print(Text.assemble((strategy.name, "bold"), f" – {strategy.label_sv}"))
    for item in bill.items:
        low, high = number(item.low, 1), number(item.high, 1)
        amount = f"{number(item.value, 1)} miljoner kronor om året ({low} till {high})"
        spared = " Räknas inte mot budgeten." if item.value < 0 else ""
        console.print(Padding(Text(f"{item.label_sv}: {amount}; {item.what_sv}.{spared}"), (0, 0, 0, 2)))
    console.print(Padding(Text(bill.text_sv()), (0, 0, 1, 2)))


def print_strategies(console: Console, strategies: Iterable[Strategy]) -> None:
    """Print name, label, question and description of strategies."""
    for strategy in strategies:
        console.print(Text.assemble((strategy.name, "bold"), f" – {strategy.label_sv}"))
        console.print(Padding(Text(strategy.question_sv, style="italic"), (0, 0, 0, 2)))
        console.print(Padding(Text(strategy.description_sv.strip()), (0, 0, 1, 2)))


def print_levers(console: Console, levers: Iterable[Lever], region: Region | None = None) -> None:
    """Print levers with bounds, reach, cost, staffing and evidence; of a region both sides of their effects too."""
    for lever in levers:
        console.print(Text.assemble((lever.name, "bold"), f" – {lever.label_sv}"))
        known = _pointer(lever) if region is None else ()
        lines = [lever.description_sv, _bounds(lever), lever.cost_sv, lever.staffing_sv, *known, *_evidence(lever)]
        for line in lines:
            console.print(Padding(Text(line), (0, 0, 0, 2)))
        console.print()
        if region is not None:
            for key in lever.effects:
                _print_effect(console, effect_of(key), region)


def _pointer(lever: Lever) -> tuple[str, ...]:
    return (f"Effekter, för och emot: naravard levers {lever.name}",) if lever.effects else ()


def _print_effect(console: Console, effect: Effect, region: Region) -> None:
    """Print an effect: what the model does, with what, how it was measured, each study, and the reasoning."""
    console.print(Padding(Text(effect.label_sv, style="bold"), (0, 0, 0, 2)))
    values = [
        f"{e.label}: {value_sv(e.value, e.low, e.high, e.unit)}, grad {e.grade}."
        for e in entries_named(region, effect.parameters)
        if isinstance(e.value, float)
    ]
    lines = [effect.rule_sv, *(values or [effect.not_in_model_sv]), measured_sv(effect), *carried_sv(effect)]
    lines += [*sides_sv(effect), f"Resonemanget: {effect.reasoning_sv}"]
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, 4)))
    console.print()


def _bounds(lever: Lever) -> str:
    reach = " eller ".join(_PLACES_SV[kind] for kind in sorted(lever.reach))
    ramp = f" Full effekt efter {lever.ramp_months} månader." if lever.ramp_months else ""
    limits = f"{number(lever.low)} till {number(lever.high)} {lever.unit}; {number(lever.neutral)} ändrar inget."
    return f"{limits}{ramp} " + (f"Kan avgränsas till {reach}." if reach else "Verkar i hela regionen.")


def _evidence(lever: Lever) -> list[str]:
    return [f"Underlag ({item.grade}): {item.finding_sv}{_effect(item)} {item.source}" for item in lever.evidence]


def _effect(item: Evidence) -> str:
    if item.effect is None:
        return ""
    interval = f" ({number(item.low)} till {number(item.high)})" if item.low is not None else ""
    return f" {number(item.effect)}{interval} {item.unit}."
