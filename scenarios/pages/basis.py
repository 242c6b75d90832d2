"""What an answer rests on: the strategies' reasons, the grades of the inputs, the command that repeats it."""

from __future__ import annotations

import shlex
from collections import Counter

import streamlit as st

from scenarios.engine import load_region
from scenarios.live.answer import Answer
from scenarios.live.course import HORIZON, REGION, SEED
from scenarios.pages.session import service
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
    st.markdown(grades_sv(REGION))
    with st.expander("Scenariernas motivering"):
        for name, label in answer.labels.items():
            _reasons(name, label)
    with st.expander("Gör om körningen"):
        st.markdown("Kommandot ger samma siffror med samma modellversion:")
        st.code(command(answer), language=None, wrap_lines=True)


def command(answer: Answer) -> str:
    """Return the command that makes the same results."""
    library = {strategy.name for strategy in service().strategies}
    names = [name if name in library else f"{name}.yaml" for name in answer.labels]
    options = ["--replications", str(answer.replications), "--seed", str(SEED), "--horizon", str(HORIZON)]
    return shlex.join(["naravard", "run", *names, *options, "--region", REGION, "--out", "MAPP"])


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
        st.markdown(f"**{label}** är gjort här och finns inte i biblioteket.")
        return
    st.markdown(f"**{label}.** {strategy.description_sv.strip()}")
    st.caption(strategy.rationale.strip())


def _strategy(name: str) -> Strategy | None:
    return next((strategy for strategy in service().strategies if strategy.name == name), None)
