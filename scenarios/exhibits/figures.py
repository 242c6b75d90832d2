"""Figures as tables: HTML that becomes a list of cards on a narrow screen, and CSV for Swedish Excel."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from scenarios.exhibits import html_table
from scenarios.exhibits.palette import looks
from scenarios.exhibits.wording import VERDICTS_SV, interval
from scenarios.findings.compare import ComparedFigure
from scenarios.live.answer import Answer, verdict
from scenarios.measures.figures import INDICATORS, Figure
from scenarios.text.swedish import number

HEADLINES = (
    "ed_visits",
    "admissions",
    "bed_days",
    "assessed_within_3_days",
    "waiting_days",
    "unmet_needs",
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
    rows = (_indicator_row(answer, INDICATORS[name], dark, compact) for name in names if name in answer.names)
    heads = [html_table.column_head(_named(answer, name, dark)) for name in answer.labels]
    caption = (
        f"År {answer.last_year}: värde{'' if compact else ' med 95 %-intervall'}, därunder skillnaden mot "
        f"{answer.labels[answer.baseline]} med sitt 95 %-intervall."
    )
    whole = html_table.table([html_table.column_head("Mått"), *heads], rows, caption)
    kind = f"nv-{'dark' if dark else 'light'}{' nv-compact' if compact else ''}"
    figures = f'<div class="nv-figures {kind}" data-answer="{told_of(answer)}">{whole}</div>'
    if len(answer.labels) <= FIT:
        return figures
    return f'<div class="nv-wide" role="region" aria-label="Tabell att rulla i sidled" tabindex="0">{figures}</div>'


def told_of(answer: Answer) -> str:
    """Return which answer a table shows, for whoever waits for it: the last scenario's key and the replications."""
    return f"{answer.shown[-1].course.key[:12]}:{answer.replications}"


def _named(answer: Answer, name: str, dark: bool) -> Markup:
    """Return a scenario's label beside its colour."""
    return html_table.swatch(looks(answer.labels)[name].colour(dark)) + answer.labels[name]


def _indicator_row(answer: Answer, indicator: Figure, dark: bool, compact: bool) -> Markup:
    records = list(answer.of(indicator.name, answer.last_year))
    if not records:
        return Markup()
    name = Markup('<span class="nv-name">{}</span><span class="nv-unit">{}</span>')
    head = html_table.row_head(name.format(indicator.label_sv, indicator.unit_sv))
    return html_table.row((head, *(_cell(answer, record, indicator, dark, compact) for record in records)))


def _cell(answer: Answer, record: ComparedFigure, indicator: Figure, dark: bool, compact: bool) -> Markup:
    places = indicator.decimals
    value = Markup('<span class="nv-value">{}</span>').format(number(record.value, places))
    if record.low is not None and not compact:
        value += Markup(' <span class="nv-small">{}</span>').format(interval(record.low, record.high, places))
    key = html_table.key(_named(answer, record.scenario, dark), block=True)
    return html_table.cell(key + value + _change(record, indicator))


def _change(record: ComparedFigure, indicator: Figure) -> Markup:
    """Return the paired difference, its interval, and in words what it means."""
    if record.difference is None:
        return Markup()
    meaning = verdict(record, indicator.good)
    places = indicator.decimals
    spread = (
        f" ({interval(record.difference_low, record.difference_high, places)})"
        if record.difference_low is not None
        else ""
    )
    difference = f"{number(record.difference, places, sign=True)}\u00a0{VERDICTS_SV[meaning]}"
    html = Markup('<span class="nv-change nv-{}">{}<span class="nv-small">{}</span></span>')
    return html.format(meaning, difference, spread)


def strip(answer: Answer, names: Iterable[str], dark: bool) -> str:
    """Return HTML with the last scenario's differences in a few measures on one line, told to screen readers too."""
    kind = "nv-dark" if dark else "nv-light"
    records = [answer.record(name, answer.shown[-1].name, answer.last_year) for name in names if name in answer.names]
    parts = "".join(_in_strip(record, INDICATORS[record.indicator]) for record in records)
    state = "<span>preliminärt</span>" if answer.preliminary else ""
    return f'<div class="nv-strip {kind}" role="status">{parts}{state}</div>'


def _in_strip(record: ComparedFigure, indicator: Figure) -> str:
    meaning = verdict(record, indicator.good)
    value = number(record.difference, indicator.decimals, sign=True)
    verdict_sv = f" {VERDICTS_SV[meaning]}" if meaning in ("better", "worse") else ""
    return f'<span>{escape(indicator.label_sv)} <b class="nv-{meaning}">{value}{verdict_sv}</b></span>'
