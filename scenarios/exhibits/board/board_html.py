"""The follow-up board as HTML, a section for each shift, that becomes cards on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup, escape

from scenarios.exhibits import html_table
from scenarios.exhibits.board.board_lines import BOARD_UNITS_SV, GOOD_SV, BoardLine, Value, printed, turned
from scenarios.exhibits.palette import looks
from scenarios.exhibits.wording import VERDICTS_SV
from scenarios.findings.board import SHIFTS_SV, in_unit, rounded
from scenarios.live.answer import Answer
from scenarios.strategies.period import THIS_YEAR
from simulator.region.board import BoardRow


def board(lines: Sequence[BoardLine], answer: Answer, dark: bool) -> str:
    """Return every shift with its indicators."""
    kind = "nv-dark" if dark else "nv-light"
    parts = [
        _section(shift, list(group), answer, dark)
        for shift, group in groupby(lines, key=lambda line: line.row.shift)
    ]  # fmt: skip
    return f'<div class="nv-board {kind}">{"".join(parts)}</div>'


def _section(shift: str, lines: Sequence[BoardLine], answer: Answer, dark: bool) -> str:
    title = SHIFTS_SV.get(shift, shift)
    heads = ("Indikator", "Tryckt siffra", f"Modellen i dag, {THIS_YEAR}", f"Modellen {answer.last_year}")
    rows = (_row(line, answer, heads, dark) for line in lines)
    table = html_table.table(map(html_table.column_head, heads), rows, label=title)
    return f'<section><h3>{escape(title)}</h3><div class="nv-figures">{table}</div></section>'


def _row(line: BoardLine, answer: Answer, heads: Sequence[str], dark: bool) -> Markup:
    row = line.row
    good = f", {GOOD_SV[row.good]}" if row.kind != "missing" else ""
    name = Markup('<span class="nv-name">{}</span><span class="nv-unit">{}{}</span>')
    head = html_table.row_head(name.format(row.label_sv, BOARD_UNITS_SV.get(row.unit, row.unit), good))
    _, in_print, today, later = (html_table.key(text, block=True) for text in heads)
    first = html_table.cell(in_print + _printed(row))
    if line.status:
        return html_table.row((head, first, html_table.cell(_sentence(line.status), "nv-not", columns=2)))
    second = html_table.cell(today + ("–" if line.today is None else _figure(line.today, row.unit)))
    items = html_table.joined(_later(value, line, answer, dark) for value in line.later)
    third = html_table.cell(later + Markup('<ul class="nv-later">{}</ul>').format(items))
    return html_table.row((head, first, second, third))


def _printed(row: BoardRow) -> Markup:
    first, *others = printed(row)
    rest = html_table.joined(Markup('<span class="nv-unit">{}</span>').format(text) for text in others)
    return Markup('<span class="nv-value">{}</span>{}').format(first, rest)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _figure(value: Value, unit: str) -> Markup:
    html = Markup('<span class="nv-value">{}</span> {}')
    return html.format(in_unit(value.value, unit), _interval(value.low, value.high, unit))


def _interval(low: float | None, high: float | None, unit: str, sign: bool = False) -> Markup:
    if low is None or high is None:
        return Markup()
    bounds = [rounded(bound, unit, sign) for bound in (low, high)]
    between = " till " if sign or low < 0 else "–"
    return Markup('<span class="nv-small">({})</span>').format(between.join(bounds))


def _later(value: Value, line: BoardLine, answer: Answer, dark: bool) -> Markup:
    swatch = html_table.swatch(looks(answer.labels)[value.scenario].colour(dark))
    way = Markup('<span aria-hidden="true">{}</span> {}').format(value.arrow, turned(value)) if value.arrow else ""
    html = Markup('<li>{}{}: {} <span class="nv-arrow">{}</span>{}</li>')
    unit = line.row.unit
    return html.format(swatch, answer.labels[value.scenario], _figure(value, unit), way, _difference(value, unit))


def _difference(value: Value, unit: str) -> Markup:
    if value.difference is None:
        return Markup()
    bounds = _interval(value.difference_low, value.difference_high, unit, True)
    points = " procentenheter" if unit == "%" else ""
    html = Markup('<span class="nv-change"><span class="nv-{}">{}</span> {}{} {}</span>')
    return html.format(value.verdict, VERDICTS_SV[value.verdict], rounded(value.difference, unit, True), points, bounds)
