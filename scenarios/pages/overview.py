"""The first page, for leadership: the question, five figures, one paragraph and one chart to remember."""

from __future__ import annotations

from html import escape

import streamlit as st

from scenarios.exhibits import series, telling
from scenarios.live.answer import Answer
from scenarios.pages import basis, frame, session
from scenarios.pages.show import show
from scenarios.strategies.labels import told_apart
from scenarios.strategies.library import BASELINE
from scenarios.text.exits import literal

FIRST_FOCUS = "malbild-2030"
REMEMBERED = "staff_shortage"
"""The indicator of the chart to remember."""


@frame.guarded
def page() -> None:
    """Draw the page."""
    frame.head(
        "Nära vård 2030",
        "Räcker vården i Region Kalmar län till 2030? Modellen följer alla 247 000 invånare, en och en, och varje "
        "vårdkontakt, och jämför dagens kurs med en strategi.",
    )
    name = _focus()
    scenarios = tuple(each for each in session.offered().values() if each.name in (BASELINE, name))
    answer = session.answer(scenarios, draws=True)
    frame.state_of_work(answer)
    if answer is None:
        return
    drawn = _drawn(answer)
    _question(name, answer)
    label, baseline = (answer.labels[each] for each in (name, answer.baseline))
    st.markdown(f"**{literal(label)}** jämfört med {literal(baseline)}, år {answer.last_year}:")
    st.html(_cards(answer, name, drawn))
    st.caption(telling.chance_of_what(drawn, coming=bool(st.session_state.wanted)))
    st.markdown(telling.paragraph(answer, name, drawn))
    st.subheader("Bilden att minnas", anchor=False)
    show(series.lines(answer, REMEMBERED))
    st.caption(
        "Vårdgarantins tredagarsgräns gäller alla; här räknas den som klarad när minst 90 procent bedöms i tid "
        "(antagande, grad C), eftersom en del själva väljer en senare tid."
    )
    basis.show(answer)


def _focus() -> str:
    """Draw the choice of the scenario that is held against today's course."""
    offered = told_apart({name: each.label for name, each in session.offered().items()})
    del offered[BASELINE]
    names = list(offered)
    state = st.session_state
    kept = state.get("focus_name", FIRST_FOCUS)
    chosen = st.selectbox(
        "Strategi att jämföra med dagens kurs",
        names,
        index=names.index(kept) if kept in names else 0,
        format_func=lambda name: offered[name],
        key="focus",
        filter_mode=None,
        placeholder="Välj",
    )
    state.focus_name = chosen if chosen in names else names[0]
    return str(state.focus_name)


def _question(name: str, answer: Answer) -> None:
    strategy = next((s for s in session.service().strategies if s.name == name), None)
    question = strategy.question_sv.strip() if strategy else f"Vad ger {answer.labels[name]}?"
    st.subheader(literal(question), anchor=False)


def _drawn(answer: Answer) -> Answer | None:
    """Return the same scenarios under drawn assumptions, once there are some draws by the same code."""
    drawn = session.service().drawn(answer.shown)
    enough = drawn is not None and drawn.version == answer.version and drawn.replications >= telling.FEWEST_DRAWS
    return drawn if enough else None


def _cards(answer: Answer, name: str, drawn: Answer | None) -> str:
    kind = "nv-dark" if frame.dark() else "nv-light"
    body = "".join(_card(card) for card in telling.cards(answer, name, drawn))
    return f'<div class="nv-cards {kind}">{body}</div>'


def _card(card: telling.Card) -> str:
    beside = f'<span class="nv-now">{escape(card.beside)}</span>' if card.beside else ""
    return (
        f'<div class="nv-card"><h3>{escape(card.label)}</h3>'
        f'<span class="nv-of">{escape(card.unit)}</span>'
        f'<span class="nv-big">{card.value}</span>'
        f'<span class="nv-now">Nuläge {card.today} '
        f'<span class="nv-{card.verdict}">({card.difference}, {escape(card.meaning)})</span></span>'
        f"{beside}"
        f'<span class="nv-chance">{escape(card.chance)}</span></div>'
    )
