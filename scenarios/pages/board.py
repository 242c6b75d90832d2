"""The page of the region's follow-up board: its four shifts, today and projected."""

from __future__ import annotations

from html import escape

import streamlit as st

from scenarios.exhibits.board import board_chart, board_html, board_lines
from scenarios.exhibits.board.board_lines import BoardLine
from scenarios.exhibits.wording import uncertainty
from scenarios.live.answer import Answer
from scenarios.pages import frame
from scenarios.pages.show import show
from scenarios.running.engine import load_region
from scenarios.strategies.defaults import HOME_REGION
from scenarios.strategies.period import THIS_YEAR


@frame.guarded
def page() -> None:
    """Draw the page."""
    frame.head(
        "Uppföljning",
        "Regionens uppföljningstavla för nära vård från maj 2022, med sina fyra förflyttningar, och uppföljningen "
        "november 2025: vad som trycktes, vad modellen säger i dag och vart det bär hän.",
    )
    answer = frame.scenarios()
    if answer is None:
        return
    if answer.details is None:
        st.info("Tavlans mått räknas ut när det första hela svaret är klart, om några sekunder.")
        return
    lines = board_lines.lines(load_region(HOME_REGION).followup_board, answer)
    _summary(lines, answer)
    st.markdown(reading(answer))
    st.html(board_html.board(lines, answer, frame.dark()))
    _by_year(lines, answer)
    with st.expander("Hela tavlan som tabeller", key="board-table", on_change="rerun") as drawer:
        if drawer.open:
            show(board_lines.projected(lines, answer))
            show(board_lines.as_printed(lines))
    st.info(uncertainty(answer))


def _summary(lines: list[BoardLine], answer: Answer) -> None:
    sentences = [
        f'<div class="nv-card"><h3>{escape(label)}</h3><span class="nv-now">{escape(text)}</span></div>'
        for label, text in board_lines.summaries(lines, answer)
    ]
    if sentences:
        baseline = answer.labels[answer.baseline]
        cards = f'<div class="nv-cards nv-board-cards">{"".join(sentences)}</div>'
        st.html(f'<p class="nv-lead">Mot {escape(baseline)}:</p>{cards}')


def reading(answer: Answer) -> str:
    """Return how the board is to be read."""
    baseline = answer.labels[answer.baseline]
    return (
        "**Så läses tavlan.** Den tryckta siffran är regionens senaste och mäter inte alltid samma sak som modellen: "
        f"läs förändringen, inte nivån. Pilen jämför {answer.last_year} med modellens {THIS_YEAR}: ▲▲ och ▼▼ är 5 "
        "procent eller mer, ▲ och ▼ mindre, ► oförändrat; *inte säkert* när förändringens intervall rymmer noll. Pilen "
        "säger åt vilket håll, inte om det är bra: det står i ord vid varje indikator. *Bättre* och *sämre* gäller "
        f"skillnaden mot {baseline} samma år, med samma slump. Inom parentes står 95 %-intervallet."
    )


def _by_year(lines: list[BoardLine], answer: Answer) -> None:
    st.subheader("En indikator år för år", anchor=False)
    modelled = {line.row.indicator: line for line in lines if line.all_years}
    if not modelled:
        return
    names = list(modelled)
    chosen = st.selectbox(
        "Indikator",
        names,
        format_func=lambda name: modelled[name].row.label_sv,
        key="board-indicator",
        filter_mode=None,
        placeholder="Välj indikator",
        persist_state="session",
    )
    show(board_chart.by_year(modelled[chosen if chosen in modelled else names[0]], answer))
