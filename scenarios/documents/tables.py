"""Tables of measures as documents print them, and the same figures unrounded for workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from scenarios.documents.content import PrintedTable
from scenarios.documents.judging import Judged, change_to_last, finding
from scenarios.documents.results_read import Material
from scenarios.documents.rounding import with_interval
from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.exhibits.wording import VERDICTS_SV
from scenarios.findings.compare import ComparedFigure
from scenarios.live.answer import verdict
from scenarios.measures.figure import Figure
from scenarios.measures.figures import INDICATORS
from scenarios.text.swedish import MISSING

FIT_BESIDE = 3
"""Strategies whose columns fit beside each other on a standing page; more make a further table."""
BRIEFLY_UNSURE_SV = "ej säker"
"""A difference whose interval has zero in it, where there is no room for more; a note says what it means."""
MINUS_SV = ", minus är överskott"


def named(figure: Figure) -> str:
    """Return a measure with its unit, as the head of a row or column."""
    return f"{figure.label_sv} ({figure.unit_sv.removesuffix(MINUS_SV)})"


def value_sv(material: Material, indicator: str, scenario: str, year: int) -> str:
    """Return a value with its interval, a dash where it was not measured."""
    record = material.record(indicator, scenario, year)
    if record is None:
        return MISSING
    return with_interval(record.value, record.low, record.high, INDICATORS[indicator].decimals)


def plain_value_sv(material: Material, indicator: str, scenario: str, year: int) -> str:
    """Return a value as exactly as its interval allows, without it."""
    return value_sv(material, indicator, scenario, year).partition(" (")[0]


def difference_cell(told: Judged | None, brief: bool = False) -> str:
    """Return a difference with its interval, and below it what it carries; in brief the value where it is sure."""
    if told is None:
        return MISSING
    if brief:
        value = told.difference_sv().partition(" (")[0]
        return (
            f"{value} {told.verdict_sv()}" if told.sure else BRIEFLY_UNSURE_SV if told.verdict == "unclear" else MISSING
        )
    return f"{told.difference_sv()}\n{told.verdict_sv()}"


def groups(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield names in groups that fit beside each other."""
    for at in range(0, len(names), FIT_BESIDE):
        yield tuple(names[at : at + FIT_BESIDE])


def comparison_tables(material: Material, key: str, title: str, indicators: Sequence[str]) -> list[PrintedTable]:
    """Return tables with a row a measure: the last year with the baseline, and how each strategy differs from it.

    There are several where strategies are too many to stand beside each other, and none where nothing was measured.
    """
    known = [name for name in indicators if name in material.answer.names]
    parts = list(groups(material.strategies)) if known else []
    tables = [
        _comparison(material, key if at == 0 else f"{key}-{at + 1}", _part(title, at, len(parts)), known, names)
        for at, names in enumerate(parts)
    ]
    return [replace(table, on_slides=at == 0) for at, table in enumerate(tables)]


def _part(title: str, at: int, count: int) -> str:
    return title if count == 1 else f"{title} ({at + 1} av {count})"


def _comparison(
    material: Material, key: str, title: str, indicators: Sequence[str], names: Sequence[str]
) -> PrintedTable:
    rows = tuple(
        (
            named(INDICATORS[name]),
            plain_value_sv(material, name, material.baseline, material.last),
            *(difference_cell(finding(material, name, scenario)) for scenario in names),
        )
        for name in indicators
    )
    heads = ("Mått", f"{material.label(material.baseline)} {material.last}", *map(material.label, names))
    shares = (0.3, 0.16, *(0.54 / len(names) for _ in names))
    note = f"Skillnad mot {material.course}, parad, med 95 %-intervall inom parentes."
    right = frozenset(range(1, len(heads)))
    data = records_exhibit(material, key, title, indicators, (material.baseline, *names))
    return PrintedTable(key, title, heads, rows, shares, right, note, data)


def course_table(material: Material, key: str, title: str, indicators: Sequence[str]) -> PrintedTable:
    """Return a table with a row a measure: today, the last year with the baseline, and the change in between."""
    known = [name for name in indicators if name in material.answer.names]
    rows = []
    for name in known:
        base = material.baseline
        values = (plain_value_sv(material, name, base, year) for year in (material.today, material.last))
        rows.append((named(INDICATORS[name]), *values, difference_cell(change_to_last(material, name, base))))
    label = material.label(material.baseline)
    heads = ("Mått", f"{material.today}, i dag", f"{material.last}, {within(label)}", "Förändring")
    note = "Förändringen är parad inom varje replikation, med 95 %-intervall inom parentes. Alla tal är simulerade."
    data = records_exhibit(material, key, title, known, (material.baseline,), (material.today, material.last))
    return PrintedTable(key, title, heads, tuple(rows), (0.4, 0.15, 0.17, 0.28), frozenset((1, 2, 3)), note, data)


def within(label: str) -> str:
    """Return a scenario's label within a heading: today's course with a small letter."""
    return label[:1].lower() + label[1:] if label.startswith("Dagens") else label


_COLUMNS = (
    Column("measure", "Mått"),
    Column("unit", "Enhet"),
    Column("year", "År"),
    Column("scenario", "Scenario"),
    Column("value", "Värde", 3, "", "Medelvärde över replikationerna."),
    Column("low", "Undre gräns", 3, "", "Undre gräns för värdets 95 %-intervall."),
    Column("high", "Övre gräns", 3, "", "Övre gräns för värdets 95 %-intervall."),
    Column("difference", "Skillnad", 3, "", "Parad skillnad mot det scenario som de andra jämförs med.", sign=True),
    Column("difference_low", "Skillnad, undre", 3, "", "Undre gräns för skillnadens 95 %-intervall.", sign=True),
    Column("difference_high", "Skillnad, övre", 3, "", "Övre gräns för skillnadens 95 %-intervall.", sign=True),
    Column(
        "with_low",
        "Undre, antaganden med",
        3,
        "",
        "Undre gräns när också antagandena dras; tomt utan dragningar.",
        True,
    ),
    Column(
        "with_high", "Övre, antaganden med", 3, "", "Övre gräns när också antagandena dras; tomt utan dragningar.", True
    ),
    Column("meaning", "Betyder", description="Bättre och sämre sägs bara när skillnadens intervall inte rymmer noll."),
)


def records_exhibit(
    material: Material,
    key: str,
    title: str,
    indicators: Sequence[str],
    scenarios: Sequence[str],
    years: Sequence[int] = (),
) -> Exhibit:
    """Return measures with all that is known of them as a table of numbers; the last year unless told."""
    found = (
        record
        for name in indicators
        for year in years or (material.last,)
        for scenario in scenarios
        if (record := material.record(name, scenario, year)) is not None
    )
    rows = [_record_row(material, record) for record in found]
    return Exhibit(key, title, title, _COLUMNS, rows)


def _record_row(material: Material, record: ComparedFigure) -> dict[str, Any]:
    figure = INDICATORS[record.indicator]
    return {
        "measure": figure.label_sv, "unit": figure.unit_sv, "year": str(record.year),
        "scenario": material.label(record.scenario), "value": record.value, "low": record.low, "high": record.high,
        "difference": record.difference, "difference_low": record.difference_low,
        "difference_high": record.difference_high, "with_low": record.difference_low_with_parameters,
        "with_high": record.difference_high_with_parameters,
        "meaning": "" if record.difference is None else VERDICTS_SV[verdict(record, figure.good)],
    }  # fmt: skip
