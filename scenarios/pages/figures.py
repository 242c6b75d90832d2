"""Figures as tables: HTML that becomes a list of cards on a narrow screen, and CSV for Swedish Excel."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from html import escape

from scenarios.compare import Record
from scenarios.indicators import INDICATORS, Indicator
from scenarios.live.answer import Answer, verdict
from scenarios.pages.palette import looks
from scenarios.pages.wording import VERDICTS_SV, interval
from scenarios.swedish import number

HEADLINES = (
    "ed_visits",
    "admissions",
    "bed_days",
    "assessed_within_3_days",
    "waiting_days",
    "continuity_index",
    "gp_gap",
    "staff_shortage",
    "fte_beyond_posts",
    "cost",
)
"""Indicators of the table at the top; the others are a click away."""


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def comparison_table(answer: Answer, names: Iterable[str], dark: bool) -> str:
    """Return HTML with a row for each indicator and a column for each scenario, in the last year.

    A cell holds the value with its interval, and the paired difference with its interval and what that means.
    """
    rows = "".join(_indicator_row(answer, INDICATORS[name], dark) for name in names)
    heads = "".join(_column_head(answer, name, dark) for name in answer.labels)
    caption = (
        f"År {answer.last_year}: värde med 95 %-intervall, därunder skillnaden mot "
        f"{escape(answer.labels[answer.baseline])} med sitt intervall."
    )
    head = f'<th scope="col" role="columnheader">Indikator</th>{heads}'
    return _table(caption, head, rows, dark)


def _table(caption: str, head: str, rows: str, dark: bool) -> str:
    """Return a table whose roles are spelled out, for laid out as cards it would lose them."""
    return (
        f'<div class="nv-figures nv-{"dark" if dark else "light"}"><table role="table">'
        f'<caption>{caption}</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def _swatch(answer: Answer, name: str, dark: bool) -> str:
    colour = looks(answer.labels)[name].colour(dark)
    return f'<span class="nv-swatch" style="background:{colour}" aria-hidden="true"></span>'


def _column_head(answer: Answer, name: str, dark: bool) -> str:
    label = escape(answer.labels[name])
    return f'<th scope="col" role="columnheader">{_swatch(answer, name, dark)}{label}</th>'


def _indicator_row(answer: Answer, indicator: Indicator, dark: bool) -> str:
    records = list(answer.of(indicator.name, answer.last_year))
    if not records:
        return ""
    head = (
        f'<th scope="row" role="rowheader"><span class="nv-name">{escape(indicator.label_sv)}</span>'
        f'<span class="nv-unit">{escape(indicator.unit_sv)}</span></th>'
    )
    cells = "".join(_cell(answer, record, indicator, dark) for record in records)
    return f'<tr role="row">{head}{cells}</tr>'


def _cell(answer: Answer, record: Record, indicator: Indicator, dark: bool) -> str:
    key = f"{_swatch(answer, record.scenario, dark)}{escape(answer.labels[record.scenario])}"
    places = indicator.decimals
    spread = interval(record.low, record.high, places)
    shown = f' <span class="nv-small">{spread}</span>' if record.low is not None else ""
    value = f'<span class="nv-value">{number(record.value, places)}</span>{shown}'
    return f'<td role="cell"><span class="nv-key nv-block">{key}</span>{value}{_change(record, indicator)}</td>'


def _change(record: Record, indicator: Indicator) -> str:
    """Return the paired difference, its interval, and in words what it means."""
    if record.difference is None:
        return ""
    meaning = verdict(record, indicator.good)
    places = indicator.decimals
    spread = (
        f" ({interval(record.difference_low, record.difference_high, places)})"
        if record.difference_low is not None
        else ""
    )
    shown = f"{number(record.difference, places, sign=True)}\u00a0{VERDICTS_SV[meaning]}"
    return f'<span class="nv-change nv-{meaning}">{shown}<span class="nv-small">{spread}</span></span>'


_COLUMNS = (
    ("År", ""),
    ("Scenario", ""),
    ("Värde", "nv-right"),
    ("95 %-intervall", "nv-right"),
    ("Skillnad", "nv-right"),
    ("95 %-intervall för skillnaden", "nv-right"),
    ("Medelfel", "nv-right"),
)


def indicator_table(answer: Answer, indicator: Indicator, dark: bool) -> str:
    """Return HTML with everything that is known of an indicator, every year and scenario, with its error."""
    head = "".join(f'<th scope="col" role="columnheader" class="{kind}">{title}</th>' for title, kind in _COLUMNS)
    rows = "".join(_year_row(answer, record, indicator) for record in answer.of(indicator.name))
    caption = (
        f"{escape(indicator.label_sv)}, {escape(indicator.unit_sv)}. Skillnad mot "
        f"{escape(answer.labels[answer.baseline])}. Medelfel är det fel som antalet replikationer lämnar "
        "kvar: i skillnaden, och för det som jämförs med i värdet."
    )
    return _table(caption, head, rows, dark)


def _year_row(answer: Answer, record: Record, indicator: Indicator) -> str:
    cells = "".join(
        f'<td role="cell" class="{kind}"><span class="nv-key">{title}</span>{escape(text)}</td>'
        for (title, kind), text in zip(_COLUMNS, _texts(answer, record, indicator), strict=True)
    )
    return f'<tr role="row">{cells}</tr>'


def _texts(answer: Answer, record: Record, indicator: Indicator) -> tuple[str, ...]:
    places = indicator.decimals
    return (
        str(record.year),
        answer.labels[record.scenario],
        number(record.value, places),
        interval(record.low, record.high, places),
        number(record.difference, places, sign=True),
        interval(record.difference_low, record.difference_high, places),
        number(record.monte_carlo_error, places + 1),
    )


CSV_HEADER = (
    "Indikator",
    "Enhet",
    "År",
    "Scenario",
    "Värde",
    "Undre gräns",
    "Övre gräns",
    "Skillnad",
    "Skillnad, undre gräns",
    "Skillnad, övre gräns",
    "Medelfel",
    "Replikationer",
)


def to_csv(answer: Answer, indicators: Sequence[Indicator]) -> bytes:
    """Return CSV that a Swedish Excel opens as it is: semicolons, decimal commas, UTF-8 with a mark.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    rows = [_csv_row(answer, record, indicator) for indicator in indicators for record in answer.of(indicator.name)]
    return csv_bytes(CSV_HEADER, rows)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as CSV for a Swedish spreadsheet; numbers unrounded, nothing where a figure is not known."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(title) for title in header])
    writer.writerows([_cell_text(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _cell_text(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return _harmless(value) if isinstance(value, str) else str(value)


def _csv_row(answer: Answer, record: Record, indicator: Indicator) -> list[object]:
    return [
        indicator.label_sv, indicator.unit_sv, record.year, answer.labels[record.scenario],
        record.value, record.low, record.high, record.difference, record.difference_low, record.difference_high,
        record.monte_carlo_error, answer.replications,
    ]  # fmt: skip


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
