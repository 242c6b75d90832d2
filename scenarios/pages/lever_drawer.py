"""The drawer below a lever: what is known, what it costs, when it begins, where and for whom it acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from scenarios.exhibits.lever_words import effects_html, evidence_sv, ground_sv
from scenarios.levers.lever import Lever, ReachKind
from scenarios.pages.drafting import After, history, small, take
from scenarios.pages.steered import kept, key_for, moved
from scenarios.places.places import SEGMENT_LABELS, PlaceKind, places
from scenarios.strategies.defaults import HORIZON_YEAR
from scenarios.strategies.differences import when_sv
from scenarios.strategies.draft import Draft
from scenarios.strategies.period import FIRST_START
from scenarios.strategies.strategy import LeverSetting
from scenarios.text.exits import bullets, linked, literal
from scenarios.text.outside import folded
from simulator.region.axes import AGE_GROUPS, SEGMENTS
from simulator.region.pack import Region

DRAWER_TITLE = "Om spaken: underlag, kostnad, start och räckvidd"
START_DATES = tuple(date(year, 1, 1) for year in range(FIRST_START.year, HORIZON_YEAR + 1))
_FIELDS: Mapping[ReachKind, tuple[str, str]] = {
    "municipality": ("municipalities", "Kommuner"),
    "centre": ("health_centres", "Hälsocentraler"),
    "age_group": ("age_groups", "Åldersgrupper"),
    "segment": ("segments", "Behov"),
}


def drawer(lever: Lever, region: Region, after: After = None) -> None:
    """Draw the drawer of a lever; nothing is drawn in one that is closed."""
    opened = st.expander(DRAWER_TITLE, key=f"drawer-{lever.name}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        _known(lever, region)
        draft = history().now
        for which, setting in enumerate(draft.settings(lever.name)):
            _start(lever, setting, which, after)
            _reach(lever, setting, which, region, after)
        if not draft.settings(lever.name):
            small("Start och räckvidd kan väljas när spaken är ändrad.")


def _known(lever: Lever, region: Region) -> None:
    st.markdown(literal(lever.description_sv))
    if lever.effects:
        st.markdown("**Effekter: vad som talar för och emot**")
        st.html(effects_html(lever, region))
    if lever.evidence:
        _listed("Läge och antaganden", [evidence_sv(evidence) for evidence in lever.evidence])
    _listed("Lägena låg, trolig och hög", [ground_sv(lever, mark) for mark in lever.marks])
    _listed("Kostnad och bemanning", [lever.cost_sv, lever.staffing_sv])


def _listed(heading: str, texts: Sequence[str]) -> None:
    st.markdown(f"**{literal(heading)}**\n\n{bullets(texts, linked)}")


def _start(lever: Lever, setting: LeverSetting, which: int, after: After) -> None:
    key = key_for(f"start-{lever.name}-{which}", setting.start)
    st.segmented_control(
        "Börjar",
        START_DATES if setting.start in START_DATES else (setting.start, *START_DATES),
        format_func=lambda start: literal(str(start.year) if start in START_DATES else start.isoformat()),
        required=True,
        key=key,
        on_change=_started,
        args=(lever.name, which, key, after),
    )
    small(f"Verkar {when_sv(setting)}.")


def _started(name: str, which: int, key: str, after: After) -> None:
    if moved(key) and (start := kept(key)) is not None:
        take(lambda draft: draft.with_start(name, start, which), after)


def _reach(lever: Lever, setting: LeverSetting, which: int, region: Region, after: After) -> None:
    if not lever.reach:
        small("Spaken verkar alltid i hela länet och för alla.")
        return
    for kind in _FIELDS:
        if kind in lever.reach:
            _field(kind, lever, setting, which, region, after)


def _field(kind: ReachKind, lever: Lever, setting: LeverSetting, which: int, region: Region, after: After) -> None:
    """Draw the choice of places or people of one kind; nothing chosen is all of them."""
    field, label = _FIELDS[kind]
    options, texts = _options(kind, region)
    chosen = _as_offered(kind, getattr(setting.reach, field), region)
    key = key_for(reach_name(kind, lever.name, which), chosen)
    options = (*options, *(name for name in chosen if name not in options))
    args = (kind, lever.name, which, key, region, after)
    if kind == "centre":
        st.multiselect(
            label, options, placeholder="Alla, om ingen väljs", filter_mode=None, select_all=False,
            disabled=bool(setting.reach.municipalities), key=key, on_change=_reached, args=args,
        )  # fmt: skip
    else:
        st.pills(
            f"{label} (alla, om ingen väljs)", options, selection_mode="multi", wrap=True,
            format_func=lambda name: literal(texts(name)), key=key, on_change=_reached, args=args,
            disabled=kind == "municipality" and bool(setting.reach.health_centres),
        )  # fmt: skip


def reach_name(kind: ReachKind, lever: str, which: int = 0) -> str:
    """Return the name of a lever's choice of places or people of one kind."""
    return f"reach-{kind}-{lever}-{which}"


def _options(kind: ReachKind, region: Region) -> tuple[tuple[str, ...], Callable[[str], str]]:
    """Return what can be chosen, and how it is written."""
    if kind == "municipality":
        return tuple(sorted(region.municipality_names, key=_alphabet)), str
    if kind == "centre":
        return region.centre_names, str
    if kind == "age_group":
        return AGE_GROUPS, lambda group: group.replace("-", "–")
    labels = dict(zip(SEGMENTS, SEGMENT_LABELS, strict=True))
    return SEGMENTS, lambda segment: labels[segment]


def _alphabet(name: str) -> str:
    return name.casefold().translate(str.maketrans("åäö", "{|}"))


def _as_offered(kind: ReachKind, given: Sequence[str], region: Region) -> list[str]:
    """Return places by the names that are offered: a file may give codes, and any case."""
    kinds: dict[ReachKind, tuple[PlaceKind, tuple[str, ...]]] = {
        "municipality": ("municipality", region.municipality_names),
        "centre": ("centre", region.centre_names),
    }
    if kind not in kinds:
        return list(given)
    place, names = kinds[kind]
    index = places(region, place)
    return [names[index[folded(name)]] if folded(name) in index else name for name in given]


def _reached(kind: ReachKind, name: str, which: int, key: str, region: Region, after: After) -> None:
    """Set the part of a lever's reach that a field says; the rest stays."""
    if not moved(key):
        return

    def step(draft: Draft) -> Draft:
        reach = draft.settings(name)[which].reach
        said = {field: tuple(_as_offered(of, getattr(reach, field), region)) for of, (field, _) in _FIELDS.items()}
        reached = draft.with_reach(name, said | {_FIELDS[kind][0]: tuple(kept(key) or ())}, which)
        reached.check(region)
        return reached

    take(step, after)
