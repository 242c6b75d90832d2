"""The follow-up board as HTML, a section for each shift, that becomes cards on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from scenarios.exhibits.board.board_lines import GOOD_SV, UNITS_SV, Line, Value, printed, turned
from scenarios.exhibits.palette import looks
from scenarios.exhibits.wording import VERDICTS_SV
from scenarios.findings.board import SHIFTS_SV, in_unit, rounded
from scenarios.live.answer import Answer
from scenarios.strategies.period import THIS_YEAR


def board(found: Sequence[Line], answer: Answer, dark: bool) -> str:
    """Return every shift with its indicators."""
    kind = "nv-dark" if dark else "nv-light"
    parts = [
        _section(shift, list(group), answer, dark)
        for shift, group in groupby(found, key=lambda line: line.row.shift)
    ]  # fmt: skip
    return f'<div class="nv-board {kind}">{"".join(parts)}</div>'


def _section(shift: str, found: Sequence[Line], answer: Answer, dark: bool) -> str:
    title = SHIFTS_SV.get(shift, shift)
    heads = ("Indikator", "Tryckt siffra", f"Modellen i dag, {THIS_YEAR}", f"Modellen {answer.last_year}")
    head = "".join(f'<th scope="col" role="columnheader">{escape(text)}</th>' for text in heads)
    body = "".join(_row(line, answer, heads, dark) for line in found)
    return (
        f"<section><h3>{escape(title)}</h3>"
        f'<div class="nv-figures"><table role="table" aria-label="{escape(title)}"><thead role="rowgroup">'
        f'<tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div></section>'
    )


def _row(line: Line, answer: Answer, heads: Sequence[str], dark: bool) -> str:
    row = line.row
    good = f", {GOOD_SV[row.good]}" if row.kind != "missing" else ""
    name = (
        f'<th scope="row" role="rowheader"><span class="nv-name">{escape(row.label_sv)}</span>'
        f'<span class="nv-unit">{escape(UNITS_SV.get(row.unit, row.unit))}{good}</span></th>'
    )
    first, *others = (escape(text) for text in printed(row))
    rest = "".join(f'<span class="nv-unit">{text}</span>' for text in others)
    cells = [f'{_key(heads[1])}<span class="nv-value">{first}</span>{rest}']
    if line.status:
        told = _sentence(line.status)
        return f'<tr role="row">{name}{_cell(cells[0])}<td role="cell" colspan="2" class="nv-not">{told}</td></tr>'
    cells.append(_key(heads[2]) + ("–" if line.today is None else _figure(line.today, row.unit)))
    items = "".join(_later(value, line, answer, dark) for value in line.later)
    cells.append(f'{_key(heads[3])}<ul class="nv-later">{items}</ul>')
    return f'<tr role="row">{name}{"".join(map(_cell, cells))}</tr>'


def _sentence(text: str) -> str:
    return escape(f"{text[:1].upper()}{text[1:]}.")


def _key(text: str) -> str:
    return f'<span class="nv-key nv-block">{escape(text)}</span>'


def _cell(content: str) -> str:
    return f'<td role="cell">{content}</td>'


def _figure(value: Value, unit: str) -> str:
    return f'<span class="nv-value">{in_unit(value.value, unit)}</span> {_interval(value.low, value.high, unit)}'


def _interval(low: float | None, high: float | None, unit: str, sign: bool = False) -> str:
    if low is None or high is None:
        return ""
    bounds = [rounded(bound, unit, sign) for bound in (low, high)]
    between = " till " if sign or low < 0 else "–"
    return f'<span class="nv-small">({between.join(bounds)})</span>'


def _later(value: Value, line: Line, answer: Answer, dark: bool) -> str:
    colour = looks(answer.labels)[value.scenario].colour(dark)
    unit = line.row.unit
    swatch = f'<span class="nv-swatch" style="background:{colour}" aria-hidden="true"></span>'
    shown = value.arrow or ""
    way = f'<span aria-hidden="true">{shown}</span> {turned(value)}' if shown else ""
    difference = ""
    if value.difference is not None:
        meaning = VERDICTS_SV[value.verdict]
        bounds = _interval(value.difference_low, value.difference_high, unit, True)
        points = " procentenheter" if unit == "%" else ""
        text = f"{rounded(value.difference, unit, True)}{points} {bounds}"
        difference = f'<span class="nv-change"><span class="nv-{value.verdict}">{meaning}</span> {text}</span>'
    return (
        f"<li>{swatch}{escape(answer.labels[value.scenario])}: {_figure(value, unit)} "
        f'<span class="nv-arrow">{way}</span>{difference}</li>'
    )
