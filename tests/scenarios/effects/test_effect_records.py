"""The records that are shipped: each says why what was measured may stand for the model's, and what speaks against."""

import re
from collections import Counter
from dataclasses import asdict
from functools import cache
from typing import get_args

import pytest
from effect_examples import written

from scenarios.effects import vocabulary
from scenarios.effects.areas import EFFECT_AREAS, all_effects, effect_of, effects_in
from scenarios.effects.fields import SHORTEST_REASON
from scenarios.effects.reading import EffectError, read_effects
from scenarios.levers.registry import LEVERS
from scenarios.running.engine import load_region

EVERY = pytest.mark.parametrize("effect", all_effects(), ids=[effect.key for effect in all_effects()])
QUOTED = re.compile(r"et al\.|Cochrane|\b10\.\d{4,}/|\d;\d+:|SSRN|PMC\d|\bs1\d{4}-")
"""A study, by authors, review, DOI, volume and page, or number."""
LEVELS = {
    "consultation.gp_minutes": "how long a visit takes",
    "digital.share_of_gp_needs": "how many contacts are digital",
    "primary_care.referral_*": "how GPs refer today",
    "primary_care.consultation_*_minutes": "how long a question to a clinic takes",
    "continuity.change_need": "who changes GP",
    "onset.trend_*": "how onset changes with the years",
    "lasting_need.*": "how people differ",
    "last_year.*": "what the last year of life is like",
    "team.caseload": "how much one coordinator does",
}
"""Parameters that quote a study of a level or a difference between people: of nothing that is done about it."""
ENGLISH = re.compile(
    r"\b(the|and|with|of|from|not|trial|study|studies|review|risk|ratio|share|press|table|women|patients|versus|mean"
    r"|hospital|care|nurse|abstract|summary|memory|follow|outcome|because|than|were|was|had|none)\b",
    re.I,
)
SWEDISH_TOO = {"risk", "studies"}
"""Words of both languages."""
ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}")


@cache
def rows():
    return {parameter.name: parameter for parameter in load_region("kalmar").parameter_table}


def level(name):
    return any(re.fullmatch(pattern.replace(".", r"\.").replace("*", ".*"), name) for pattern in LEVELS)


def swedish(effect):
    """Every Swedish text of a record, by field."""
    record = asdict(effect)
    for part in (record, *(record[name] for name in ("outcome", "population", "unit")), *record["studies"]):
        yield from ((name, text) for name, text in part.items() if name.endswith("_sv") and text)


@EVERY
def test_whatever_is_not_what_was_measured_has_a_reason_of_substance(effect):
    for pair in (effect.outcome, effect.population, effect.unit):
        assert pair.differs == bool(pair.why_sv)
        assert not pair.differs or len(pair.why_sv) >= SHORTEST_REASON
        assert not pair.differs or len(set(pair.why_sv.lower().split())) >= 8


@EVERY
@pytest.mark.parametrize("name", ["outcome", "population", "unit"])
def test_a_shipped_record_without_its_reason_could_not_be_read(effect, name):
    if not getattr(effect, name).differs:
        return
    record = as_file(effect)
    del record[name]["why_sv"]
    with pytest.raises(EffectError, match=f"{effect.key}, {name}, why_sv"):
        read_effects(written(record), effect.area)


def as_file(effect):
    """Return a record as it could stand in its file."""
    record = {name: value for name, value in asdict(effect).items() if value not in ("", False)}
    for name in ("outcome", "population", "unit"):
        record[name] = {key: value for key, value in record[name].items() if value}
    record["parameters"] = list(effect.parameters)
    record["studies"] = [{k: v for k, v in study.items() if v not in ("", None)} for study in record["studies"]]
    return record


@EVERY
def test_the_reasoning_has_something_to_say(effect):
    assert len(effect.reasoning_sv.split()) >= 30
    assert effect.reasoning_sv.count(".") >= 2


@EVERY
def test_every_effect_has_what_speaks_against_it_or_says_that_none_was_found(effect):
    assert bool(effect.on("against") or effect.on("neither")) != bool(effect.no_counter_sv)
    assert not effect.no_counter_sv or "hittades" in effect.no_counter_sv


@EVERY
def test_every_parameter_of_an_effect_is_one_of_the_pack(effect):
    assert set(effect.parameters) <= set(rows())
    assert bool(effect.parameters) != bool(effect.not_in_model_sv)


def test_every_parameter_that_quotes_a_study_is_of_an_effect_or_a_level():
    named = {name for effect in all_effects() for name in effect.parameters}
    quoting = {name for name, row in rows().items() if QUOTED.search(row.source)}
    assert quoting - named - {name for name in quoting if level(name)} == set()


def test_every_level_is_one_that_quotes_a_study_and_no_effect():
    named = {name for effect in all_effects() for name in effect.parameters}
    for pattern in LEVELS:
        matching = [n for n in rows() if re.fullmatch(pattern.replace(".", r"\.").replace("*", ".*"), n)]
        assert any(QUOTED.search(rows()[name].source) for name in matching), pattern
        assert not set(matching) - {"last_year.hospital_share_special_housing"} & named, pattern


def test_a_parameter_is_of_one_effect():
    counts = Counter(name for effect in all_effects() for name in effect.parameters)
    assert {name for name, count in counts.items() if count > 1} == set()


def test_every_effect_that_a_lever_names_exists():
    for lever in LEVERS.values():
        assert len(set(lever.effects)) == len(lever.effects)
        for key in lever.effects:
            assert effect_of(key).key == key


def test_every_effect_in_the_model_is_named_by_a_lever_or_general():
    named = {key for lever in LEVERS.values() for key in lever.effects}
    assert {e.key for e in all_effects() if e.parameters and not e.general} <= named
    assert not {e.key for e in all_effects() if e.general} & named


def test_keys_are_unique_and_files_are_those_of_the_table():
    keys = [effect.key for effect in all_effects()]
    assert len(set(keys)) == len(keys)
    assert all(effects_in(area) for area in EFFECT_AREAS)


@EVERY
def test_swedish_fields_are_swedish(effect):
    for name, text in swedish(effect):
        assert {word.lower() for word in ENGLISH.findall(ADDRESS.sub("", text))} <= SWEDISH_TOO, (name, text)
        assert not re.search(r"\d\.\d|\d-\d|(?<!\w)-\d", text), (name, text)
        assert "  " not in text


@EVERY
def test_nothing_tells_where_the_records_were_collected(effect):
    told = " ".join([*(text for _, text in swedish(effect)), *(study.cite for study in effect.studies)])
    assert not re.search(r"evidence\d|\.md\b|\.yaml|bortklipp|utdrag|tidigare omgång|/\w+/\w", told, re.I)


@EVERY
def test_a_study_that_was_not_read_has_no_better_grade(effect):
    for study in effect.studies:
        assert study.read in ("text", "abstract") or study.grade == "B"
        assert study.read != "summary" or study.where_sv
        assert study.design != "judgement" or study.value is None or study.side == "neither" or study.where_sv


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (vocabulary.MeasuredOutcome, vocabulary.MEASURED_OUTCOMES_SV),
        (vocabulary.StudiedPopulation, vocabulary.STUDIED_POPULATIONS_SV),
        (vocabulary.EffectUnit, vocabulary.EFFECT_UNITS_SV),
        (vocabulary.Design, vocabulary.DESIGNS_SV),
        (vocabulary.Side, vocabulary.SIDES_SV),
        (vocabulary.HowRead, vocabulary.HOW_READ_SV),
    ],
)
def test_every_code_has_its_words_and_is_used(codes, words):
    assert get_args(codes) == tuple(words)
    texts = str([asdict(effect) for effect in all_effects()])
    assert [code for code in words if f"'{code}'" not in texts] == []


def test_the_norwegian_experiment_stands_with_its_own_interval():
    (study,) = [s for s in effect_of("continuity.emergency").studies if s.cite.startswith("Vinjerui")]
    assert (study.side, study.value, study.low, study.high) == ("neither", 1.04, 0.99, 1.09)
    assert {s.side for s in effect_of("continuity.death").studies if s.cite.startswith("Vinjerui")} == {"against"}


def test_naming_a_gp_has_no_effect_by_itself():
    naming = effect_of("continuity.naming")
    assert naming.key in LEVERS["named_gp_share"].effects
    (study,) = [s for s in naming.on("against") if s.cite.startswith("Barker")]
    assert (study.value, study.low, study.high) == (0.0, -0.01, 0.02)
    assert all(rows()[name].value == 0.0 for name in naming.parameters)


@pytest.mark.parametrize("lever", ["winter_surge", "need_gp", "need_emergency"])
def test_a_stress_test_rests_on_no_study_of_something_else(lever):
    assert LEVERS[lever].effects == ()
    assert {item.grade for item in LEVERS[lever].evidence} == {"C"}
