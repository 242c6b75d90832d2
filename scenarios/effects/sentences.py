"""What is said of effects and studies in words, alike on pages, in reports, on a terminal and in the documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from scenarios.effects.effect import Carried, Effect, StudyFinding
from scenarios.effects.vocabulary import (
    DESIGNS_SV,
    EFFECT_UNITS_SV,
    HOW_READ_SV,
    MEASURED_OUTCOMES_SV,
    SIDES_SV,
    STUDIED_POPULATIONS_SV,
)
from scenarios.text.swedish import number

_Code = TypeVar("_Code", bound=str)
NOT_IN_MODEL_SV = "inte i modellen"


def figure_sv(study: StudyFinding) -> str:
    """Return what a study measured, with its interval and as many decimals as it printed; "" without a figure."""
    known = [value for value in (study.value, study.low, study.high) if value is not None]
    if not known:
        return ""
    places = max(map(_places, known))
    bounds = "" if study.low is None or study.high is None else _between(study.low, study.high, places)
    text = bounds if study.value is None else number(study.value, places) + (f" ({bounds})" if bounds else "")
    return f"{text} {study.unit_sv}"


def _places(value: float) -> int:
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def about_sv(study: StudyFinding) -> str:
    """Return design, country and size of a study, whom and what it measured, and for how long."""
    people = f"{number(study.people)} personer" if study.people else ""
    study_is = capital(_listed(DESIGNS_SV[study.design], study.country_sv, people))
    followed = f"uppföljning {study.follow_up_sv}" if study.follow_up_sv else ""
    return f"{study_is}. {capital(study.population_sv)}: {_listed(study.outcome_sv, followed)}."


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def read_sv(study: StudyFinding) -> str:
    """Return how a study was read, and the grade that follows."""
    where = f" ({study.where_sv})" if study.where_sv else ""
    return f"{HOW_READ_SV[study.read]}{where}, grad {study.grade}"


def study_sv(study: StudyFinding) -> str:
    """Return a study on one line: who, how much, what it found, in whom, how it was read."""
    figure = f" {figure_sv(study)}." if figure_sv(study) else ""
    return f"{study.cite}:{figure} {study.finding_sv} {about_sv(study)} {capital(read_sv(study))}."


def sides_sv(effect: Effect) -> Iterator[str]:
    """Yield the studies of an effect, those for it first, each after the name of its side."""
    for side, name in SIDES_SV.items():
        yield from (f"{name}: {study_sv(study)}" for study in effect.on(side))
    if effect.no_counter_sv:
        yield f"{SIDES_SV['against']}: {effect.no_counter_sv}"


def counts_sv(effect: Effect) -> str:
    """Return how many studies there are on each side; what speaks neither way only where there is some."""
    counts = [(len(effect.on(side)), name.lower()) for side, name in SIDES_SV.items()]
    return ", ".join(f"{count} {name}" for count, name in counts if count or name != counts[-1][1])


def strongest(effect: Effect) -> tuple[tuple[str, StudyFinding | None, str], ...]:
    """Return name, study and what it says in short: what says most for an effect, and what says most against it.

    Without a study against it, one that speaks neither way stands there; without any, none and why.
    """
    supports, counters = effect.strongest("for"), effect.strongest("against") or effect.strongest("neither")
    return (
        (SIDES_SV["for"], supports, "ingen läst studie" if supports is None else shortly_sv(supports)),
        (SIDES_SV["against"], counters, effect.no_counter_sv.rstrip(".") if counters is None else shortly_sv(counters)),
    )


def strongest_sv(effect: Effect) -> tuple[str, ...]:
    """Return the studies that say most for and against an effect, a sentence each."""
    return tuple(
        f"{side}: {told}." if study is None else f"{side}: {told} ({study.cite}; {quality_sv(study)})."
        for side, study, told in strongest(effect)
    )


def shortly_sv(study: StudyFinding) -> str:
    """Return what a study found, its figure first."""
    return _listed(figure_sv(study), study.finding_sv.rstrip("."))


def quality_sv(study: StudyFinding) -> str:
    """Return the design of a study and how it was read."""
    return f"{DESIGNS_SV[study.design]}; {read_sv(study)}"


def measured_sv(effect: Effect) -> str:
    """Return what was measured: outcome, in whom, in which unit, by which design."""
    whom, what = STUDIED_POPULATIONS_SV[effect.population.measured], MEASURED_OUTCOMES_SV[effect.outcome.measured]
    unit, design = EFFECT_UNITS_SV[effect.unit.measured], DESIGNS_SV[effect.design]
    return f"Mätt: {what} hos {whom}, {unit}. Bästa underlag: {design}."


def carried_sv(effect: Effect) -> tuple[str, ...]:
    """Return what the model has instead of what was measured, where they differ, each with the reason."""
    told = (
        _carried("Utfall", effect.outcome, MEASURED_OUTCOMES_SV),
        _carried("Grupp", effect.population, STUDIED_POPULATIONS_SV),
        _carried("Mått", effect.unit, EFFECT_UNITS_SV),
    )
    return tuple(text for text in told if text)


def _carried(heading: str, pair: Carried[_Code], words: Mapping[_Code, str]) -> str:
    if not pair.differs:
        return ""
    return f"{heading}: mätt {words[pair.measured]}, i modellen {words[pair.model]}. {pair.why_sv}"


def value_sv(value: float, low: float | None, high: float | None, unit: str) -> str:
    """Return the value of a region's parameter with its range."""
    bounds = "" if low is None or high is None else f" ({_between(low, high)})"
    return f"{number(value)}{bounds} {unit}".rstrip()


def _between(low: float, high: float, places: int | None = None) -> str:
    return f"{number(low, places)}{' till ' if low < 0 else '–'}{number(high, places)}"


def capital(text: str) -> str:
    """Return a text with its first letter large and the others as they are."""
    return text[:1].upper() + text[1:]
