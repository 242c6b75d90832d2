"""What a page says about a lever: its value, today, the marks to start from, and what is known, for and against."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from scenarios.effects.areas import effect_of
from scenarios.effects.effect import Effect
from scenarios.effects.sentences import NOT_IN_MODEL_SV, strongest_sv
from scenarios.exhibits import sides
from scenarios.exhibits.html_table import joined
from scenarios.exhibits.wording import interval
from scenarios.levers.amount import value_sv
from scenarios.levers.lever import Evidence, Grade, Level, Lever, Mark, Today
from scenarios.levers.today import reached_sv
from scenarios.places.register import entries_named
from scenarios.running.engine import load_region
from scenarios.strategies.defaults import HOME_REGION
from scenarios.strategies.draft import Draft
from scenarios.strategies.strategy import Reach
from scenarios.text.swedish import number
from simulator.region.pack import Region, RegionError

EVIDENCE_GRADES_SV: dict[Grade, str] = {
    "A": "grad A: läst i källan",
    "B": "grad B: ur litteraturen, ska verifieras",
    "C": "grad C: antagande",
}
MARK_LEVELS_SV: dict[Level, str] = {"low": "låg", "likely": "trolig", "high": "hög"}
CHANGED, MANY_CHANGED = "ändrad", "ändrade"


def now_sv(lever: Lever, draft: Draft, which: int, today: Today) -> str:
    """Return what a lever is set to and what that makes of today's amount where it acts everywhere."""
    value = draft.value(lever.name, which)
    if value == lever.neutral:
        return "Som i dag"
    settings = draft.settings(lever.name)
    everywhere = len(settings) == 1 and settings[0].reach == Reach()
    reached = reached_sv(lever, value, today) if everywhere else ""
    return " · ".join([value_sv(lever, value), *([f"motsvarar {reached}"] if reached else [])])


def today_sv(today: Today) -> str:
    """Return what a lever acts on today, with the grade of the figures."""
    return (
        f"I dag: {today.text_sv[:1].lower()}{today.text_sv[1:].removesuffix('.')} ({EVIDENCE_GRADES_SV[today.grade]})."
    )


def level_at(lever: Lever, value: float) -> Level | None:
    """Return the mark at which a value lies, if it does."""
    return next((mark.level for mark in lever.marks if abs(mark.value - value) < 1e-9), None)


def button_sv(mark: Mark) -> str:
    """Return a mark as the text of a button: Trolig: hälften fortare."""
    words = mark.words_sv
    return f"{MARK_LEVELS_SV[mark.level].capitalize()}: {words[:1].lower()}{words[1:]}"


def ground_sv(lever: Lever, mark: Mark) -> str:
    """Return what a mark rests on."""
    mark_sv = f"{MARK_LEVELS_SV[mark.level].capitalize()}, {value_sv(lever, mark.value)}. {mark.ground_sv}"
    return mark_sv if mark.grade == "C" else f"{mark_sv} Källa: {mark.source} ({EVIDENCE_GRADES_SV[mark.grade]})."


def effects_html(lever: Lever, region: Region) -> Markup:
    """Return the effects on which a lever bears, each with both sides and its values in a region."""
    effects = map(effect_of, lever.effects)
    return joined(sides.details(effect, entries_named(region, effect.parameters)) for effect in effects)


def known_sv(lever: Lever, region: str) -> Iterator[str]:
    """Yield what a lever rests on in sentences: each effect with its value in a region and both sides, then the rest.

    In a region that is not known any more effects have no values.
    """
    for effect in map(effect_of, lever.effects):
        yield f"{effect.label_sv}: {in_region_sv(effect, region)}."
        yield from strongest_sv(effect)
    for item in lever.evidence:
        yield f"{item.finding_sv} ({item.grade}: {item.source})"


def in_region_sv(effect: Effect, region: str) -> str:
    """Return the values of an effect's parameters in a region, or that it is not in the model."""
    if not effect.parameters:
        return NOT_IN_MODEL_SV
    try:
        values = entries_named(load_region(region or HOME_REGION), effect.parameters)
    except RegionError:
        values = ()
    return "; ".join(map(sides.entry_sv, values)) or "värdet står i regionens data"


def evidence_sv(evidence: Evidence) -> str:
    """Return a finding with its figure, interval, source and grade."""
    if evidence.grade == "C":
        return f"{evidence.finding_sv} (G{EVIDENCE_GRADES_SV['C'][1:]}.)"
    figure = "" if evidence.effect is None else f" {_figure(evidence, evidence.effect)}."
    return f"{evidence.finding_sv}{figure} Källa: {evidence.source} ({EVIDENCE_GRADES_SV[evidence.grade]})."


def _figure(evidence: Evidence, effect: float) -> str:
    bounds = [value for value in (effect, evidence.low, evidence.high) if value is not None]
    places = max(_places(value) for value in bounds)
    span = "" if evidence.low is None else f" ({interval(evidence.low, evidence.high, places)})"
    return f"{number(effect, places)}{span} {evidence.unit}".rstrip()


def _places(value: float) -> int:
    """Return the decimals that a figure has as it was written in its source."""
    written = f"{value:.6f}".rstrip("0")
    return len(written.partition(".")[2])
