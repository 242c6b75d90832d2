"""The structure matrix on the screen: four levels by four modes of care, and as a table of an exhibit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from scenarios.exhibits import html_table
from scenarios.exhibits.charts import baseline_label
from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.findings.structure import IDLE, LEVELS_SV, MATRIX_READING_SV, MODES_SV, Cell, label_of, matrix_of
from scenarios.live.answer import Answer
from scenarios.measures.figure import BY_CELL
from scenarios.measures.figures import FIGURES
from scenarios.text.swedish import number

UNSURE_SIGN = "≈"
"""Before a difference whose interval holds zero."""
READING = f"{MATRIX_READING_SV} Tusen tim: personaltid. {UNSURE_SIGN} före en skillnad: inte säkert skild från noll."


def cells(answer: Answer, scenario: str, year: int) -> list[Cell]:
    """Return the cells of a scenario's year; nothing while the details are not there."""
    if answer.details is None or BY_CELL.variable not in answer.details:
        return []
    figures = answer.details[BY_CELL.variable]
    idle = answer.details["cost_idle"].sum("payer", min_count=1) / 1e6
    return matrix_of(figures, idle, [scenario], [year], answer.baseline)


def html(matrix: Sequence[Cell], caption: str, dark: bool) -> str:
    """Return the matrix as HTML: levels down, modes across, figures listed in each cell; cards where it is narrow."""
    at = {(cell.care_level, cell.care_mode, cell.figure): cell for cell in matrix}
    heads = map(html_table.column_head, ("Vårdnivå", *MODES_SV.values()))
    rows = (_level(at, level, label) for level, label in LEVELS_SV.items())
    table = html_table.table(heads, rows, caption)
    return f'<div class="nv-figures nv-matrix nv-{"dark" if dark else "light"}">{table}</div>'


def _level(at: Mapping[tuple[str, str, str], Cell], level: str, label: str) -> Markup:
    head = html_table.row_head(Markup('<span class="nv-name">{}</span>').format(label))
    return html_table.row((head, *(_cell(at, level, mode, name) for mode, name in MODES_SV.items())))


def _cell(at: Mapping[tuple[str, str, str], Cell], level: str, mode: str, name: str) -> Markup:
    kept = [cell for figure in FIGURES[BY_CELL] if (cell := at[level, mode, figure]).value or cell.difference]
    key = html_table.key(name, block=True)
    if not kept:
        return html_table.cell(key + "–", "nv-empty")
    return html_table.cell(key + Markup("<ul>{}</ul>").format(html_table.joined(map(_line, kept))))


def _line(cell: Cell) -> Markup:
    label = label_of(cell.figure)
    return Markup("<li><span>{}</span> <b>{}</b>{}</li>").format(label, _value(cell), _difference(cell))


def _value(cell: Cell) -> str:
    return number(cell.value, FIGURES[BY_CELL][cell.figure].decimals)


def _difference(cell: Cell) -> Markup:
    if cell.difference is None:
        return Markup()
    places = FIGURES[BY_CELL][cell.figure].decimals
    text = number(cell.difference, places, sign=True)
    return Markup(' <span class="nv-small">({}{})</span>').format(UNSURE_SIGN if unsure(cell) else "", text)


def unsure(cell: Cell) -> bool:
    """Tell whether a difference is not known to be other than zero."""
    low, high = cell.difference_low, cell.difference_high
    return low is None or high is None or low <= 0 <= high


def idle_text(matrix: Sequence[Cell]) -> str:
    """Say what staff time costs that no care took, with its difference."""
    cell = next((cell for cell in matrix if cell.care_level == IDLE), None)
    if cell is None:
        return ""
    difference = f"{UNSURE_SIGN if unsure(cell) else ''}{number(cell.difference, 1, sign=True)}"
    more = "" if cell.difference is None else f" ({difference})"
    return f"Ledig personaltid utanför rutorna: {number(cell.value, 1)} miljoner kronor{more}."


def exhibit(answer: Answer, matrix: Sequence[Cell], scenario: str, year: int) -> Exhibit:
    """Return every figure of the matrix as a table."""
    baseline = baseline_label(answer)
    return Exhibit(
        key="strukturmatris",
        title=f"Strukturmatris: {answer.labels[scenario]} {year}",
        alt=f"Strukturmatrisen för {answer.labels[scenario]} {year}: behov, vård, personaltid och pengar per ruta.",
        columns=(
            Column("level", "Vårdnivå", None, "", "Vårdnivå."),
            Column("mode", "Vårdform", None, "", "Hur vården ges."),
            Column("figure", "Mått", None, "", "Vad som räknas."),
            Column("unit", "Enhet", None, "", "Måttets enhet."),
            Column("value", "Värde", 1, "", "Medelvärde över replikationer."),
            Column("difference", f"Skillnad mot {baseline}", 1, "", "Parad skillnad.", sign=True),
            Column("difference_low", "Skillnad, undre", 1, "", "Undre gräns för 95 %-intervallet.", sign=True),
            Column("difference_high", "Skillnad, övre", 1, "", "Övre gräns för 95 %-intervallet.", sign=True),
        ),
        rows=[_row(cell) for cell in matrix if cell.value or cell.difference],
        scenarios=(scenario,),
    )


def _row(cell: Cell) -> dict[str, Any]:
    idle, figure = cell.care_level == IDLE, FIGURES[BY_CELL][cell.figure]
    return {
        "level": "Utanför rutorna" if idle else LEVELS_SV[cell.care_level],
        "mode": "Ledig personaltid" if idle else MODES_SV[cell.care_mode],
        "figure": figure.label_sv, "unit": figure.unit_sv, "value": cell.value,
        "difference": cell.difference, "difference_low": cell.difference_low, "difference_high": cell.difference_high,
    }  # fmt: skip
