"""Records of effects out of a file: every rule that a record must keep, and nothing taken for granted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from typing import TypeVar

from scenarios.effects.effect import Carried, Effect, StudyFinding
from scenarios.effects.fields import SHORTEST_REASON, Fields
from scenarios.effects.vocabulary import (
    DESIGNS_SV,
    EFFECT_UNITS_SV,
    HOW_READ_SV,
    MEASURED_OUTCOMES_SV,
    SIDES_SV,
    STUDIED_POPULATIONS_SV,
    STUDY_GRADES,
)
from scenarios.text.problems import InputError, Problem
from scenarios.text.strict_yaml import parse

_Code = TypeVar("_Code", bound=str)
_EFFECT, _STUDY, _CARRIED = (tuple(field.name for field in fields(kind)) for kind in (Effect, StudyFinding, Carried))
_KEY = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*")
LEAST_REASONING = 150
"""Characters below which a text is no reasoning on how what was measured became a rule."""


class EffectError(InputError):
    """A file of effects is not what it must be."""

    heading = "Underlaget om effekter går inte att läsa"


def read_effects(content: bytes, area: str) -> tuple[Effect, ...]:
    """Return the effects of a file by its content; raises EffectError that names every file, record and field."""
    file = f"{area}.yaml"
    try:
        document = parse(content, file)
    except InputError as error:
        raise EffectError(error.problems) from None
    problems = list(document.problems)
    if not isinstance(document.data, list) or not document.data:
        raise EffectError([*problems, Problem(file, "måste vara en lista med poster.")])
    effects = [_effect(file, area, number, data, problems) for number, data in enumerate(document.data, 1)]
    keys = Counter(effect.key for effect in effects)
    problems += [Problem(f"{file}, {key}", "nyckeln finns två gånger.") for key in keys if keys[key] > 1]
    if problems:
        raise EffectError(problems)
    return tuple(effects)


def _effect(file: str, area: str, number: int, data: object, problems: list[Problem]) -> Effect:
    key = data.get("key") if isinstance(data, dict) else None
    given = Fields(f"{file}, {key if isinstance(key, str) else f'post {number}'}", data, problems)
    effect = Effect(
        key=_key(given, area),
        label_sv=given.text("label_sv"),
        rule_sv=given.sentence("rule_sv"),
        parameters=_parameters(given),
        outcome=_carried(given, "outcome", MEASURED_OUTCOMES_SV),
        population=_carried(given, "population", STUDIED_POPULATIONS_SV),
        unit=_carried(given, "unit", EFFECT_UNITS_SV),
        design=given.word("design", DESIGNS_SV),
        time_to_effect_sv=given.sentence("time_to_effect_sv"),
        follow_up_sv=given.sentence("follow_up_sv"),
        reasoning_sv=given.sentence("reasoning_sv", least=LEAST_REASONING),
        studies=tuple(_study(given, which, study) for which, study in enumerate(given.listed("studies"), 1)),
        general=given.flag("general"),
        not_in_model_sv=given.sentence("not_in_model_sv", required=False),
        no_counter_sv=given.sentence("no_counter_sv", required=False),
    )
    given.rest(_EFFECT)
    _whole(given, effect)
    return effect


def _key(given: Fields, area: str) -> str:
    key = given.text("key")
    if key and not (_KEY.fullmatch(key) and key.startswith(f"{area}.")):
        given.refuse("key", "måste vara filens namn, en punkt och ett namn.", key, f"{area}.namn")
    return key


def _parameters(given: Fields) -> tuple[str, ...]:
    names = given.listed("parameters")
    for name in names:
        if not (isinstance(name, str) and _KEY.fullmatch(name)):
            given.refuse("parameters", "måste vara namn på parametrar.", name)
    if len(set(map(str, names))) < len(names):
        given.refuse("parameters", "har samma namn två gånger.")
    return tuple(map(str, names))


def _carried(given: Fields, name: str, words: Mapping[_Code, str]) -> Carried[_Code]:
    """Read what was measured and what the model has; where they differ, and only there, it must say why."""
    pair = given.under(name)
    why_sv = pair.sentence("why_sv", required=False, least=SHORTEST_REASON)
    carried = Carried(pair.word("measured", words), pair.word("model", words), why_sv)
    pair.rest(_CARRIED)
    if carried.differs and not carried.why_sv:
        pair.refuse("why_sv", "saknas: det mätta är ett annat än modellens, och inget säger varför det får föras över.")
    if carried.why_sv and not carried.differs:
        pair.refuse("why_sv", "behövs inte: det mätta är detsamma som modellens.", carried.why_sv)
    return carried


def _study(given: Fields, which: int, data: object) -> StudyFinding:
    row = Fields(f"{given.place}, studies {which}", data, given.problems)
    study = StudyFinding(
        side=row.word("side", SIDES_SV),
        cite=row.text("cite"),
        design=row.word("design", DESIGNS_SV),
        population_sv=row.text("population_sv"),
        outcome_sv=row.text("outcome_sv"),
        read=row.word("read", HOW_READ_SV),
        grade=row.word("grade", dict.fromkeys(STUDY_GRADES, "")),
        finding_sv=row.sentence("finding_sv"),
        doi=row.text("doi", required=False),
        country_sv=row.text("country_sv", required=False),
        people=row.count("people"),
        value=row.number("value"),
        low=row.number("low"),
        high=row.number("high"),
        unit_sv=row.text("unit_sv", required=False),
        follow_up_sv=row.text("follow_up_sv", required=False),
        where_sv=row.text("where_sv", required=False),
    )
    row.rest(_STUDY)
    _measured(row, study)
    _honest(row, study)
    return study


def _measured(row: Fields, study: StudyFinding) -> None:
    """Refuse figures that contradict each other, or are in nothing."""
    low, high = study.low, study.high
    if (low is None) != (high is None):
        row.refuse("low", "intervallet behöver båda sina gränser.")
    elif low is not None and high is not None and not low <= (low if study.value is None else study.value) <= high:
        row.refuse("value", "ligger utanför sitt intervall.", study.value)
    if (study.value is not None or low is not None) != bool(study.unit_sv):
        row.refuse("unit_sv", "ska finnas när det finns ett tal, och bara då.")


def _honest(row: Fields, study: StudyFinding) -> None:
    """Refuse a study that claims to be better read than it is."""
    if study.read in ("memory", "summary") and study.grade != "B":
        row.refuse("grade", "det som är ur minnet eller läst hos andra har grad B.", study.grade)
    if study.read == "summary" and not study.where_sv:
        row.refuse("where_sv", "saknas: den som har läst om studien hos andra säger var.")


def _whole(given: Fields, effect: Effect) -> None:
    """Refuse a record whose parts do not go together."""
    if bool(effect.parameters) == bool(effect.not_in_model_sv):
        given.refuse("not_in_model_sv", "ska finnas när inga parametrar är angivna, och bara då.")
    if effect.general and not effect.parameters:
        given.refuse("general", "gäller bara det som finns i modellen.")
    if not effect.studies:
        given.refuse("studies", "måste ha minst en studie.")
    counter = bool(effect.on("against") or effect.on("neither"))
    if counter == bool(effect.no_counter_sv):
        given.refuse("no_counter_sv", "ska finnas när ingen studie talar emot, och bara då.")
