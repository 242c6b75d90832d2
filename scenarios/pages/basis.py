"""What an answer rests on: the strategies' reasons, the grades of the inputs, the command that repeats it."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from scenarios.engine import load_region
from scenarios.library import library
from scenarios.pages.answer import Answer
from scenarios.scenario import read_strategy
from scenarios.strategy import Strategy
from scenarios.swedish import number
from simulator.region import RegionError

GRADES_SV = {
    "A": "bygger på officiell statistik eller stora studier (A)",
    "B": "bygger på svagare källor (B)",
    "C": "är antaganden utan egen källa (C)",
}


def show(answer: Answer) -> None:
    """Draw what the answer rests on."""
    st.subheader("Vad svaret vilar på", anchor=False)
    grades = grades_sv(answer.region)
    if grades:
        st.markdown(grades)
    with st.expander("Scenariernas motivering"):
        for name in answer.labels:
            _reasons(name, answer.labels[name])
    if answer.command:
        with st.expander("Gör om körningen"):
            st.markdown("Kommandot ger samma siffror med samma modellversion:")
            st.code(answer.command, language=None, wrap_lines=True)


@st.cache_data(max_entries=4, show_spinner=False)
def grades_sv(region: str) -> str:
    """Return how many of the region's parameters are assumptions; empty when the region is not at hand."""
    try:
        parameters = load_region(region).parameter_table
    except (RegionError, OSError):
        return ""
    counts = Counter(parameter.grade for parameter in parameters)
    parts = [f"{number(counts[g])} {text}" for g, text in GRADES_SV.items() if counts[g]]
    return (
        f"Modellen har {number(len(parameters))} parametrar: {', '.join(parts)}. "
        "**Ändras ett antagande kan svaret ändras mer än intervallen visar**: de täcker slumpen, inte "
        "underlaget. Läs skillnaderna som vad modellen säger om antagandena håller, inte som en prognos."
    )


def _reasons(name: str, label: str) -> None:
    strategy = _strategy(name)
    if strategy is None:
        st.markdown(f"**{label}** finns inte i biblioteket; se filen som den kördes från.")
        return
    st.markdown(f"**{label}.** {strategy.description_sv.strip()}")
    st.caption(strategy.rationale.strip())


@st.cache_data(max_entries=32, show_spinner=False)
def _strategy(name: str) -> Strategy | None:
    """Return a strategy of the library; a name is only ever looked up, never used as a path."""
    place = library().get(name)
    return None if place is None else read_strategy(place)
