"""Figures as tables: HTML that becomes a list of cards on a narrow screen, and CSV for Swedish Excel."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from scenarios.exhibits.palette import looks
from scenarios.exhibits.wording import VERDICTS_SV, interval
from scenarios.findings.compare import Record
from scenarios.live.answer import Answer, verdict
from scenarios.measures.figures import INDICATORS, Figure
from scenarios.text.swedish import number

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
FIT = 6
"""Scenarios whose columns fit beside each other; a table of more is scrolled."""


def comparison_table(answer: Answer, names: Iterable[str], dark: bool, compact: bool = False) -> str:
    """Return HTML with a row for each indicator and a column for each scenario, in the last year.

    A cell holds the value with its interval, and the paired difference with its interval and what that means; in a
    compact table the value stands without its interval.
    """
    rows = "".join(_indicator_row(answer, INDICATORS[name], dark, compact) for name in names if name in answer.names)
    heads = "".join(_column_head(answer, name, dark) for name in answer.labels)
    caption = (
        f"År {answer.last_year}: värde{'' if compact else ' med 95 %-intervall'}, därunder skillnaden mot "
        f"{escape(answer.labels[answer.baseline])} med sitt 95 %-intervall."
    )
    head = f'<th scope="col" role="columnheader">Mått</th>{heads}'
    table = _table(caption, head, rows, dark, compact, told_of(answer))
    if len(answer.labels) <= FIT:
        return table
    return f'<div class="nv-wide" role="region" aria-label="Tabell att rulla i sidled" tabindex="0">{table}</div>'


def told_of(answer: Answer) -> str:
    """Return which answer a table shows, for whoever waits for it: the last scenario's key and the replications."""
    return f"{answer.shown[-1].course.key[:12]}:{answer.replications}"


def _table(caption: str, head: str, rows: str, dark: bool, compact: bool = False, told: str = "") -> str:
    """Return a table whose roles are spelled out, for laid out as cards it would lose them."""
    kind = f"nv-{'dark' if dark else 'light'}{' nv-compact' if compact else ''}"
    return (
        f'<div class="nv-figures {kind}" data-answer="{told}"><table role="table">'
        f'<caption>{caption}</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def _swatch(answer: Answer, name: str, dark: bool) -> str:
    colour = looks(answer.labels)[name].colour(dark)
    return f'<span class="nv-swatch" style="background:{colour}" aria-hidden="true"></span>'


def _column_head(answer: Answer, name: str, dark: bool) -> str:
    label = escape(answer.labels[name])
    return f'<th scope="col" role="columnheader">{_swatch(answer, name, dark)}{label}</th>'


def _indicator_row(answer: Answer, indicator: Figure, dark: bool, compact: bool) -> str:
    records = list(answer.of(indicator.name, answer.last_year))
    if not records:
        return ""
    head = (
        f'<th scope="row" role="rowheader"><span class="nv-name">{escape(indicator.label_sv)}</span>'
        f'<span class="nv-unit">{escape(indicator.unit_sv)}</span></th>'
    )
    cells = "".join(_cell(answer, record, indicator, dark, compact) for record in records)
    return f'<tr role="row">{head}{cells}</tr>'


def _cell(answer: Answer, record: Record, indicator: Figure, dark: bool, compact: bool) -> str:
    key = f"{_swatch(answer, record.scenario, dark)}{escape(answer.labels[record.scenario])}"
    places = indicator.decimals
    spread = interval(record.low, record.high, places)
    shown = f' <span class="nv-small">{spread}</span>' if record.low is not None and not compact else ""
    value = f'<span class="nv-value">{number(record.value, places)}</span>{shown}'
    return f'<td role="cell"><span class="nv-key nv-block">{key}</span>{value}{_change(record, indicator)}</td>'


def _change(record: Record, indicator: Figure) -> str:
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


def strip(answer: Answer, names: Iterable[str], dark: bool) -> str:
    """Return HTML with the last scenario's differences in a few measures on one line, told to screen readers too."""
    kind = "nv-dark" if dark else "nv-light"
    records = [answer.record(name, answer.shown[-1].name, answer.last_year) for name in names if name in answer.names]
    parts = "".join(_in_strip(record, INDICATORS[record.indicator]) for record in records)
    state = "<span>preliminärt</span>" if answer.preliminary else ""
    return f'<div class="nv-strip {kind}" role="status">{parts}{state}</div>'


def _in_strip(record: Record, indicator: Figure) -> str:
    meaning = verdict(record, indicator.good)
    value = number(record.difference, indicator.decimals, sign=True)
    told = f" {VERDICTS_SV[meaning]}" if meaning in ("better", "worse") else ""
    return f'<span>{escape(indicator.label_sv)} <b class="nv-{meaning}">{value}{told}</b></span>'
