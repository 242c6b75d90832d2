"""An effect with both its sides as HTML: one line that opens to what the model does, the studies and the reasoning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup, escape

from scenarios.effects.effect import Effect, StudyFinding
from scenarios.effects.sentences import (
    NOT_IN_MODEL_SV,
    about_sv,
    capital,
    carried_sv,
    counts_sv,
    figure_sv,
    measured_sv,
    quality_sv,
    read_sv,
    strongest,
    value_sv,
)
from scenarios.effects.vocabulary import SIDES_SV
from scenarios.exhibits import cards
from scenarios.exhibits.html_table import joined
from scenarios.places.register import Entry

_DOI = "https://doi.org/"


def details(effect: Effect, values: Sequence[Entry]) -> Markup:
    """Return an effect that opens; `values` are its parameters in a region."""
    return Markup('<details class="nv-effect"><summary>{}{}</summary>{}</details>').format(
        Markup('<span class="nv-name">{}</span>').format(effect.label_sv),
        Markup('<span class="nv-small">{}. {}.</span>').format(_briefly(values), counts_sv(effect)),
        joined((_model(effect, values), *_sides(effect), _reasoning(effect))),
    )


def _briefly(values: Sequence[Entry]) -> str:
    return entry_sv(values[0]) if values else capital(NOT_IN_MODEL_SV)


def entry_sv(entry: Entry) -> str:
    """Return the value of a parameter with range, unit and grade."""
    if not isinstance(entry.value, float):
        return f"grad {entry.grade}"
    return f"{value_sv(entry.value, entry.low, entry.high, entry.unit)}, grad {entry.grade}"


def _model(effect: Effect, values: Sequence[Entry]) -> Markup:
    """Return what the model does, with what, and what of it is not what was measured."""
    each = [f"{entry.label}: {entry_sv(entry)}." for entry in values] or [effect.not_in_model_sv]
    return _paragraph("Regeln", effect.rule_sv) + _list((*each, measured_sv(effect), *carried_sv(effect)))


def _sides(effect: Effect) -> Iterator[Markup]:
    for side, name in SIDES_SV.items():
        if studies := effect.on(side):
            yield _paragraph(name) + _list(map(_study, studies))
        elif side == "against" and effect.no_counter_sv:
            yield _paragraph(name, effect.no_counter_sv)


def _study(study: StudyFinding) -> Markup:
    figure = Markup(" <b>{}</b>.").format(figure_sv(study)) if figure_sv(study) else ""
    small = f"{about_sv(study)} {capital(read_sv(study))}."
    return Markup("{}:{} {}{}").format(cited(study), figure, study.finding_sv, cards.lines(small))


def cited(study: StudyFinding) -> Markup:
    """Return where a study was printed, in its own language, as a link where its DOI is known."""
    name = Markup('<span lang="en">{}</span>').format(study.cite)
    if not study.doi:
        return name
    return Markup('<a href="{}{}" target="_blank" rel="noopener noreferrer">{}</a>').format(_DOI, study.doi, name)


def strongest_html(effect: Effect) -> Iterator[Markup]:
    """Yield the studies that say most for and against an effect, with where they were printed in their own language."""
    for side, study, told in strongest(effect):
        if study is None:
            yield Markup("{}: {}.").format(side, told)
        else:
            yield Markup("{}: {} ({}; {}).").format(side, told, cited(study), quality_sv(study))


def _reasoning(effect: Effect) -> Markup:
    when = f"Tid till effekt: {effect.time_to_effect_sv} Uppföljning: {effect.follow_up_sv}"
    return _paragraph("Resonemanget", effect.reasoning_sv) + cards.lines(when)


def _paragraph(heading: str, text: str = "") -> Markup:
    return Markup("<p><strong>{}</strong>{}{}</p>").format(heading, ". " if text else "", text)


def _list(items: Iterable[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(joined(Markup("<li>{}</li>").format(escape(item)) for item in items))
