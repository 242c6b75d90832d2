"""Exhibits on the screen: heading, chart, note, and the table with its downloads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from scenarios.exhibits import html_table
from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.pages import basis, session
from scenarios.pages.frame import dark
from scenarios.report import picture
from scenarios.report.formats import exhibit_csv
from scenarios.report.origin import Origin
from scenarios.text.exits import literal
from scenarios.text.swedish import number

ROWS_SHOWN = 400
"""Rows of a table on the screen; the files have all."""


def show(
    exhibit: Exhibit,
    key: str = "",
    select: tuple[str, Callable[[], None]] | None = None,
    origin: Origin | None = None,
) -> None:
    """Draw an exhibit; `key` tells two of the same apart, `origin` how it came to be when not by the answer shown.

    `select` is the selection parameter of its specification and what is called when something is selected; the event
    then lies in the session's state under "chart-" and the exhibit's key.
    """
    session.take_note(exhibit)
    name = f"{exhibit.key}-{key}" if key else exhibit.key
    unit = f" ({exhibit.unit})" if exhibit.unit else ""
    st.markdown(f"**{literal(exhibit.title)}**{literal(unit)}")
    if exhibit.draw is not None:
        chart: dict[str, Any] = {"theme": None, "key": f"chart-{name}", "alt": exhibit.alt}
        if select is not None:
            chart |= {"selection_mode": select[0], "on_select": select[1]}
        st.vega_lite_chart(exhibit.draw(dark()), **chart)
    if exhibit.note:
        st.caption(literal(exhibit.note))
    if exhibit.draw is None:
        st.html(table(exhibit))
        _downloads(exhibit, name, origin)
        return
    drawer = st.expander("Tabell och nedladdning", key=f"table-{name}", on_change="rerun")
    if drawer.open:
        with drawer:
            st.html(table(exhibit))
            _downloads(exhibit, name, origin)


def _downloads(exhibit: Exhibit, name: str, origin: Origin | None) -> None:
    made = origin or basis.origin()
    forms: list[tuple[str, str, Callable[[], bytes]]] = [("csv", "text/csv", partial(exhibit_csv, exhibit))]
    if exhibit.draw is not None and made is not None:
        forms += [
            ("png", "image/png", partial(picture.png, exhibit, made)),
            ("svg", "image/svg+xml", partial(picture.svg, exhibit, made)),
        ]
    with st.container(horizontal=True):
        for suffix, mime, write in forms:
            st.download_button(
                f"Ladda ner {_FORMS_SV[suffix]}", write, file_name=f"nara-vard-2030-{exhibit.key}.{suffix}", mime=mime,
                key=f"{suffix}-{name}", on_click="ignore",
            )  # fmt: skip


_FORMS_SV = {"csv": "tabellen (CSV)", "png": "bilden (PNG)", "svg": "bilden (SVG)"}


def table(exhibit: Exhibit) -> str:
    """Return the table as HTML that becomes cards on a narrow screen."""
    heads = (html_table.column_head(column.title, _side(column)) for column in exhibit.columns)
    rows = (_row(exhibit.columns, row) for row in exhibit.rows[:ROWS_SHOWN])
    more = len(exhibit.rows) - ROWS_SHOWN
    rest = f"<p>{number(more)} rader till finns i filen.</p>" if more > 0 else ""
    kind = "nv-dark" if dark() else "nv-light"
    return f'<div class="nv-figures {kind}">{html_table.table(heads, rows, exhibit.title)}{rest}</div>'


def _row(columns: Sequence[Column], row: Any) -> Markup:
    return html_table.row(
        html_table.cell(html_table.key(column.title) + written(column, row.get(column.field)), _side(column))
        for column in columns
    )


def written(column: Column, value: object) -> str:
    """Return a value as people read it."""
    if column.decimals is None:
        return "–" if value is None else str(value)
    return number(value if isinstance(value, int | float) else None, column.decimals, column.sign)


def _side(column: Column) -> str:
    return "nv-right" if column.align == "right" else ""
