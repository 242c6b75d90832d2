"""Effects and the studies for and against them as a page needs them: searched, as HTML, and as tables for files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scenarios.effects.areas import EFFECT_AREAS
from scenarios.effects.effect import Effect, StudyFinding
from scenarios.effects.sentences import (
    about_sv,
    capital,
    carried_sv,
    counts_sv,
    figure_sv,
    measured_sv,
    read_sv,
    strongest_sv,
)
from scenarios.effects.vocabulary import (
    DESIGNS_SV,
    EFFECT_UNITS_SV,
    HOW_READ_SV,
    MEASURED_OUTCOMES_SV,
    SIDES_SV,
    STUDIED_POPULATIONS_SV,
    Side,
)
from scenarios.exhibits import cards
from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.exhibits.html_table import joined
from scenarios.exhibits.sides import cited, entry_sv, strongest_html
from scenarios.levers.lever import Lever
from scenarios.places.register import Entry, entries_named
from scenarios.text import search
from scenarios.text.swedish import number
from simulator.region.pack import Region

_SIGNS: Mapping[Side, str] = {"for": "+", "against": "−", "neither": "±"}


@dataclass(frozen=True, slots=True)
class EffectShown:
    """An effect with its parameters in a region, and the names of the levers that bear on it."""

    effect: Effect
    values: tuple[Entry, ...]
    levers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StudyShown:
    """A study with the effect for or against which it speaks."""

    effect: Effect
    study: StudyFinding


def shown_effects(effects: Iterable[Effect], region: Region, levers: Iterable[Lever]) -> tuple[EffectShown, ...]:
    """Return effects as they are shown of a region."""
    every = tuple(levers)
    return tuple(
        EffectShown(
            effect,
            entries_named(region, effect.parameters),
            tuple(lever.label_sv for lever in every if effect.key in lever.effects),
        )
        for effect in effects
    )


def found_effects(shown: Iterable[EffectShown], text: str = "", grades: Iterable[str] = ()) -> tuple[EffectShown, ...]:
    """Return the effects with all words of `text`, and a value of one of `grades` (none is all)."""
    wanted, kept = search.words(text), frozenset(grades)
    return tuple(
        each
        for each in shown
        if (not kept or kept & {entry.grade for entry in each.values}) and search.found(_effect_hay(each), wanted)
    )


def found_studies(effects: Iterable[Effect], text: str = "", grades: Iterable[str] = ()) -> tuple[StudyShown, ...]:
    """Return the studies with all words of `text`, and one of `grades` (none is all)."""
    wanted, kept = search.words(text), frozenset(grades)
    every = (StudyShown(effect, study) for effect in effects for study in effect.studies)
    return tuple(s for s in every if (not kept or s.study.grade in kept) and search.found(_study_hay(s), wanted))


def _effect_hay(shown: EffectShown) -> str:
    effect = shown.effect
    texts = (effect.key, effect.label_sv, effect.rule_sv, effect.reasoning_sv, EFFECT_AREAS[effect.area])
    return search.haystack((*texts, *effect.parameters, *shown.levers, *carried_sv(effect), *_cites(effect)))


def _cites(effect: Effect) -> list[str]:
    return [study.cite for study in effect.studies]


def _study_hay(shown: StudyShown) -> str:
    study = shown.study
    texts = (study.cite, study.doi, study.finding_sv, about_sv(study), SIDES_SV[study.side])
    return search.haystack((*texts, shown.effect.label_sv, EFFECT_AREAS[shown.effect.area]))


# --- HTML

_EFFECT_HEADS = (
    cards.Head("Effekt", share=18), cards.Head("Värde i modellen", share=20),
    cards.Head("Från mätt till modell", share=38), cards.Head("För och emot", share=24),
)  # fmt: skip
_STUDY_HEADS = (
    cards.Head("Studie", share=24), cards.Head("Sida", share=10), cards.Head("Mätte", share=14),
    cards.Head("Fann", share=30), cards.Head("Läst", share=22),
)  # fmt: skip


def effects_html(shown: Iterable[EffectShown], caption: str) -> str:
    """Return effects as a table."""
    return cards.table(caption, _EFFECT_HEADS, map(_effect_row, shown))


def _effect_row(shown: EffectShown) -> tuple[str, ...]:
    effect = shown.effect
    values = joined(cards.valued(entry_sv(entry), entry.label) for entry in shown.values)
    levers = f"Spakar: {', '.join(shown.levers)}" if shown.levers else ""
    reasons = cards.lines(measured_sv(effect), *carried_sv(effect), effect.reasoning_sv)
    return (
        cards.named(effect.label_sv, EFFECT_AREAS[effect.area], levers, effect.key),
        values or effect.not_in_model_sv,
        Markup("{}{}").format(effect.rule_sv, reasons),
        cards.valued(counts_sv(effect), *strongest_html(effect)),
    )


def studies_html(shown: Iterable[StudyShown], caption: str) -> str:
    """Return studies as a table; the side is told by a sign and in words."""
    return cards.table(caption, _STUDY_HEADS, map(_study_row, shown))


def _study_row(shown: StudyShown) -> tuple[str, ...]:
    study = shown.study
    return (
        cards.named(cited(study), shown.effect.label_sv),
        cards.mark(_SIGNS[study.side], SIDES_SV[study.side]),
        cards.valued(figure_sv(study)) if figure_sv(study) else "",
        study.finding_sv,
        Markup("{}{}").format(cards.grade(study.grade), cards.lines(capital(read_sv(study)), about_sv(study))),
    )


# --- files

_EFFECT_COLUMNS = (
    Column("area", "Område"), Column("effect", "Effekt"), Column("key", "Namn"), Column("levers", "Spakar"),
    Column("rule", "Regeln", description="Vad modellen gör."),
    Column("values", "Värde", description="Parametrar i regionens data med spann, enhet och grad."),
    Column("outcome_measured", "Utfall, mätt"), Column("outcome_model", "Utfall, i modellen"),
    Column("population_measured", "Grupp, mätt"), Column("population_model", "Grupp, i modellen"),
    Column("unit_measured", "Mått, mätt"), Column("unit_model", "Mått, i modellen"),
    Column("carried", "Varför det får föras över", description="Där det mätta är ett annat än modellens."),
    Column("design", "Bästa underlag"), Column("time", "Tid till effekt"), Column("follow_up", "Uppföljning"),
    Column("reasoning", "Resonemang"), Column("counts", "Studier"), Column("support", "Starkast för"),
    Column("counter", "Starkast emot"),
)  # fmt: skip
_STUDY_COLUMNS = (
    Column("effect", "Effekt"), Column("key", "Namn"), Column("side", "Sida"),
    Column("cite", "Studie", description="På källans språk."), Column("doi", "DOI"), Column("design", "Upplägg"),
    Column("country", "Land"), Column("people", "Personer", 0), Column("population", "Grupp"),
    Column("outcome", "Utfall"), Column("value", "Värde", 3), Column("low", "Lägst", 3), Column("high", "Högst", 3),
    Column("unit", "Enhet"), Column("follow_up", "Uppföljning"), Column("finding", "Fann"),
    Column("read", "Läst"), Column("where", "Var", description="Den som berättade, när det inte är studien själv."),
    Column("grade", "Grad"),
)  # fmt: skip


def effects_exhibit(shown: Sequence[EffectShown]) -> Exhibit:
    """Return effects as a table for files."""
    alt = f"{number(len(shown))} effekter med vad som mättes, vad modellen gör och varför."
    return Exhibit("effekter", "Effekter: från mätt till modell", alt, _EFFECT_COLUMNS, list(map(_effect_file, shown)))


def _effect_file(shown: EffectShown) -> dict[str, str]:
    effect = shown.effect
    support, counter = strongest_sv(effect)
    return {
        "area": EFFECT_AREAS[effect.area], "effect": effect.label_sv, "key": effect.key,
        "levers": ", ".join(shown.levers), "rule": effect.rule_sv,
        "values": "; ".join(f"{e.name} {entry_sv(e)}" for e in shown.values) or effect.not_in_model_sv,
        "outcome_measured": MEASURED_OUTCOMES_SV[effect.outcome.measured],
        "outcome_model": MEASURED_OUTCOMES_SV[effect.outcome.model] if effect.parameters else "",
        "population_measured": STUDIED_POPULATIONS_SV[effect.population.measured],
        "population_model": STUDIED_POPULATIONS_SV[effect.population.model] if effect.parameters else "",
        "unit_measured": EFFECT_UNITS_SV[effect.unit.measured],
        "unit_model": EFFECT_UNITS_SV[effect.unit.model] if effect.parameters else "",
        "carried": " ".join(carried_sv(effect)), "design": DESIGNS_SV[effect.design],
        "time": effect.time_to_effect_sv, "follow_up": effect.follow_up_sv, "reasoning": effect.reasoning_sv,
        "counts": counts_sv(effect), "support": support, "counter": counter,
    }  # fmt: skip


def studies_exhibit(shown: Sequence[StudyShown]) -> Exhibit:
    """Return studies as a table for files."""
    alt = f"{number(len(shown))} studier för och emot effekterna, med värde, spann och hur de lästes."
    return Exhibit("studier", "Studier för och emot", alt, _STUDY_COLUMNS, list(map(_study_file, shown)))


def _study_file(shown: StudyShown) -> dict[str, float | str | None]:
    study = shown.study
    return {
        "effect": shown.effect.label_sv, "key": shown.effect.key, "side": SIDES_SV[study.side], "cite": study.cite,
        "doi": study.doi, "design": DESIGNS_SV[study.design], "country": study.country_sv, "people": study.people,
        "population": study.population_sv, "outcome": study.outcome_sv, "value": study.value, "low": study.low,
        "high": study.high, "unit": study.unit_sv, "follow_up": study.follow_up_sv, "finding": study.finding_sv,
        "read": HOW_READ_SV[study.read], "where": study.where_sv, "grade": study.grade,
    }  # fmt: skip
