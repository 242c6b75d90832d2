"""What may be asked for on the page Följ Clara: two scenarios, and whom to follow."""

from __future__ import annotations

import streamlit as st

from scenarios.follow.description import SETTING_LABELS, SEX_LABELS, Description, age_span
from scenarios.follow.presets import PRESETS
from scenarios.live.answer import Shown
from scenarios.live.service import TARGET
from scenarios.pages import session
from scenarios.places.places import SEGMENT_LABELS
from scenarios.strategies.library import BASELINE
from scenarios.text.exits import literal
from scenarios.text.problems import InputError, Problem, quoted
from simulator.region.pack import Region

OWN_DESCRIPTION = "egen"
ANY = "spelar ingen roll"


def scenarios() -> tuple[Shown, Shown]:
    """Draw the choice of two scenarios and return them."""
    offered = session.offered()
    left, right = st.columns(2)
    with left:
        first = _scenario("Första scenariot", "follow-first", BASELINE, offered)
    rest = {name: each for name, each in offered.items() if name != first}
    with right:
        second = _scenario("Andra scenariot", "follow-second", TARGET if first != TARGET else BASELINE, rest)
    return offered[first], offered[second]


def _scenario(label: str, key: str, default: str, offered: dict[str, Shown]) -> str:
    names, state = list(offered), st.session_state
    if state.get(key) not in names:
        state[key] = default
    chosen = st.selectbox(
        label,
        names,
        key=key,
        format_func=lambda n: offered[n].label,
        filter_mode=None,
        placeholder="Välj scenario",
        persist_state="session",
    )
    return chosen if chosen in names else default


def person(region: Region) -> tuple[str, Description]:
    """Draw the choice of a person, and return a name to tell with and the description."""
    labels = {preset.name: preset.label(region) for preset in PRESETS} | {OWN_DESCRIPTION: "Beskriv någon själv …"}
    key = "follow-who"
    if st.session_state.get(key) not in labels:
        st.session_state[key] = PRESETS[0].name
    chosen = st.selectbox(
        "Vem vill du följa, som hon eller han är den 1 januari 2027?",
        list(labels),
        key=key,
        format_func=lambda n: labels[n],
        filter_mode=None,
        placeholder="Välj vem",
        persist_state="session",
    )
    st.caption("Förnamnen är påhittade. Modellen väljer någon som stämmer på beskrivningen.")
    if chosen == OWN_DESCRIPTION:
        return "", _own(region)
    preset = next((each for each in PRESETS if each.name == chosen), PRESETS[0])
    return preset.name, preset.description(region)


def _own(region: Region) -> Description:
    """Draw the free description; what was sent last counts."""
    with st.form("follow-own", enter_to_submit=False):
        left, right = st.columns(2)
        with left:
            age = st.text_input(
                "Ålder, eller spann som 75–85", "75–85", max_chars=9, key="follow-age", persist_state="session"
            )
            sex = _option("Kön", "follow-sex", SEX_LABELS)
            setting = _option("Boende", "follow-setting", SETTING_LABELS)
        with right:
            town = _option("Kommun", "follow-town", region.municipality_names)
            centre = _option("Hälsocentral", "follow-centre", region.centre_names)
            segment = _option("Behovsgrupp", "follow-segment", SEGMENT_LABELS)
        ill = st.pills(
            "Kroniska sjukdomar, alla som väljs ska finnas",
            range(len(region.conditions)),
            selection_mode="multi",
            format_func=lambda n: literal(region.conditions[n].label_sv),
            key="follow-conditions",
            persist_state="session",
        )
        sent = st.form_submit_button("Följ den här personen")
    if sent or "follow_own" not in st.session_state:
        described = Description(_age(age), sex, town, tuple(sorted(ill)), setting, None, segment, centre)
        st.session_state.follow_own = described
    own: Description = st.session_state.follow_own
    return own


def _age(text: str) -> tuple[int, int] | None:
    """Return the span of ages that was written, none for nothing; raises InputError."""
    if not text.strip():
        return None
    try:
        return age_span(text)
    except ValueError as error:
        raise InputError([Problem("Ålder", f"ska vara {error}.", quoted(text))]) from error


def _option(label: str, key: str, names: tuple[str, ...]) -> int | None:
    """Draw the choice of one of some names or none, and return its place."""
    chosen = st.selectbox(
        label,
        [None, *range(len(names))],
        key=key,
        format_func=lambda n: ANY if n is None else names[n],
        filter_mode=None,
        placeholder=ANY,
        persist_state="session",
    )
    return chosen if chosen in range(len(names)) else None
