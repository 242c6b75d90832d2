"""What an answer rests on: the strategies' reasons, the grades of the inputs, the command that repeats it."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable
from functools import partial

import streamlit as st

from scenarios.documents.results_read import material_of_answer
from scenarios.documents.strategy_document import strategy_document
from scenarios.documents.writers.forms import written
from scenarios.live.answer import Answer
from scenarios.pages.session import on_screen, service, strategies
from scenarios.report.origin import Origin, origin_of_answer
from scenarios.running.engine import load_region
from scenarios.strategies.defaults import BASE_SEED, HOME_REGION, HORIZON_YEAR
from scenarios.text.exits import literal
from scenarios.text.swedish import number
from simulator.region.pack import RegionError

STRENGTHS_SV = {
    "A": "bygger på officiell statistik eller stora studier (A)",
    "B": "bygger på svagare källor (B)",
    "C": "är antaganden utan egen källa (C)",
}


def show(answer: Answer) -> None:
    """Draw what the answer rests on."""
    st.subheader("Vad svaret vilar på", anchor=False)
    st.markdown(grades_sv(HOME_REGION))
    with st.expander("Scenariernas motivering"):
        for name, label in answer.labels.items():
            _reasons(name, label)
    with st.expander("Gör om körningen"):
        st.markdown("Kommandot ger samma siffror med samma modellversion:")
        st.code(command(answer), language=None, wrap_lines=True)


def command(answer: Answer) -> str:
    """Return the command that makes the same results; a scenario made here is run from its file."""
    library, mine = {strategy.name for strategy in service().strategies}, strategies()
    names = [name if name in library or name not in mine else f"{mine[name].name}.yaml" for name in answer.labels]
    options = ["--replications", str(answer.replications), "--seed", str(BASE_SEED), "--horizon", str(HORIZON_YEAR)]
    return shlex.join(["naravard", "run", *names, *options, "--region", HOME_REGION, "--out", "MAPP"])


def origin() -> Origin | None:
    """Return how the answer on the screen came to be, None when there is none."""
    answer = on_screen()
    if answer is None:
        return None
    known = [strategy.model_copy(update={"name": name}) for name, strategy in strategies().items()]
    return origin_of_answer(answer, command(answer), known, load_region(HOME_REGION).digest)


def paper() -> Callable[[str], bytes] | None:
    """Return what writes the answer on the screen as a strategy document in a form; None while it is not whole."""
    answer, made = on_screen(), origin()
    if answer is None or made is None or answer.details is None:
        return None
    return partial(_written, answer, made)


def _written(answer: Answer, made: Origin, form: str) -> bytes:
    return written(strategy_document(material_of_answer(answer, made, load_region(HOME_REGION))), form)


@st.cache_data(max_entries=4, show_spinner=False)
def grades_sv(region: str) -> str:
    """Return how many of the region's parameters are assumptions; empty when the region is not at hand."""
    try:
        parameters = load_region(region).parameter_table
    except (RegionError, OSError):
        return ""
    counts = Counter(parameter.grade for parameter in parameters)
    parts = [f"{number(counts[g])} {text}" for g, text in STRENGTHS_SV.items() if counts[g]]
    return (
        f"Modellen har {number(len(parameters))} parametrar: {', '.join(parts)}. "
        "**Ändras ett antagande kan svaret ändras mer än intervallen visar**: de täcker slumpen, inte "
        "underlaget. Läs skillnaderna som vad modellen säger om antagandena håller, inte som en prognos."
    )


def _reasons(name: str, label: str) -> None:
    strategy = strategies().get(name)
    if strategy is None:
        st.markdown(f"**{literal(label)}** är gjort här och finns inte i biblioteket.")
        return
    st.markdown(f"**{literal(label)}.** {literal(strategy.description_sv.strip())}")
    st.caption(literal(strategy.rationale.strip()))
