"""The page on which scenarios are compared: figures of the last year, lines by year, differences, contributions."""

from __future__ import annotations

import streamlit as st

from scenarios.exhibits import figures, series
from scenarios.exhibits.wording import uncertainty
from scenarios.live.answer import Answer
from scenarios.measures.figures import INDICATORS
from scenarios.pages import basis, frame, waterfall
from scenarios.pages.show import show


@frame.guarded
def page() -> None:
    """Draw the page."""
    frame.head("Jämför", "Scenarier sida vid sida: vad de ger 2030, hur det blir år för år och hur säkert det är.")
    answer = frame.scenarios()
    if answer is None:
        return
    _headlines(answer)
    _by_year(answer)
    waterfall.draw(answer)
    basis.show(answer)


def _headlines(answer: Answer) -> None:
    st.subheader(f"Modellens utfall {answer.last_year}", anchor=False)
    present = [indicator.name for indicator in answer.indicators]
    first = [name for name in figures.HEADLINES if name in present]
    st.html(figures.comparison_table(answer, first, frame.dark()))
    rest = [name for name in present if name not in first]
    drawer = st.expander("Fler mått", key="more-figures", on_change="rerun")
    if rest and drawer.open:
        drawer.html(figures.comparison_table(answer, rest, frame.dark()))
    st.info(uncertainty(answer))


def _by_year(answer: Answer) -> None:
    st.subheader("År för år", anchor=False)
    name = indicator_choice(answer, "compare-indicator")
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        show(series.lines(answer, name))
    with right:
        show(series.differences(answer, name))


def indicator_choice(answer: Answer, key: str) -> str:
    """Draw the choice of an indicator, the headlines first, and return its name."""
    present = [indicator.name for indicator in answer.indicators]
    names = [n for n in figures.HEADLINES if n in present] + [n for n in present if n not in figures.HEADLINES]
    chosen = st.selectbox(
        "Mått",
        names,
        format_func=lambda name: INDICATORS[name].label_sv,
        key=key,
        filter_mode=None,
        placeholder="Välj mått",
    )
    return chosen if chosen in names else names[0]
