"""A file of effects is read strictly: what is wrong is told with file, record and field, all of it at once."""

import re
from pathlib import Path

import pytest
from effect_examples import RECORD, STUDY, WHY, changed, written

from scenarios.effects import areas
from scenarios.effects.reading import EffectError, read_effects


def refused(*records):
    with pytest.raises(EffectError) as caught:
        read_effects(written(*records), "made")
    return caught.value


def test_a_whole_record_is_read():
    (effect,) = read_effects(written(RECORD), "made")
    assert (effect.key, effect.area) == ("made.up", "made")
    assert effect.outcome.differs
    assert not effect.unit.differs
    assert effect.outcome.why_sv == WHY
    assert effect.on("for")[0].value == 0.7
    assert effect.strongest("against") == effect.studies[1]
    assert effect.strongest("neither") is None


MISSING = [(name,) for name in RECORD] + [("outcome", "model"), ("unit", "measured")]
MISSING += [("studies", 0, name) for name in ("side", "cite", "design", "population_sv", "outcome_sv", "read", "grade")]


@pytest.mark.parametrize("path", MISSING, ids=lambda path: ".".join(map(str, path)))
def test_what_is_missing_is_named_with_its_record(path):
    error = refused(changed(path, None))
    places = [problem.place for problem in error.problems]
    record = "post 1" if path == ("key",) else "made.up"
    assert all(place.startswith(f"made.yaml, {record}") for place in places)
    assert any(place.endswith(str(path[-1])) for place in places)


@pytest.mark.parametrize("name", ["outcome", "population", "unit"])
def test_what_was_measured_may_be_another_only_with_a_reason(name):
    other = {"outcome": "death", "population": "aged_75", "unit": "days"}[name]
    pair = {**RECORD[name], "measured": other}
    pair.pop("why_sv", None)
    (problem,) = refused(changed((name,), pair)).problems
    assert problem.place == f"made.yaml, made.up, {name}, why_sv"
    assert "inget säger varför" in problem.message
    (problem,) = refused(changed((name,), {**pair, "why_sv": "Det är så."})).problems
    assert "för kort" in problem.message
    assert read_effects(written(changed((name,), {**pair, "why_sv": WHY})), "made")


def test_a_reason_where_nothing_differs_is_refused():
    assert "behövs inte" in str(refused(changed(("unit", "why_sv"), WHY)))


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("key",), "other.up", "filens namn"),
        (("key",), "made", "filens namn"),
        (("label_sv",), 5, "måste vara text"),
        (("rule_sv",), "Utan punkt", "sluta med punkt"),
        (("reasoning_sv",), "Kort.", "för kort"),
        (("parameters",), "continuity.naming_effect", "lista"),
        (("parameters",), ["Naming Effect"], "namn på parametrar"),
        (("parameters",), ["a.b", "a.b"], "två gånger"),
        (("parameters",), [], "not_in_model_sv"),
        (("not_in_model_sv",), "Finns inte.", "bara då"),
        (("no_counter_sv",), "Inget hittades.", "bara då"),
        (("general",), "ja", "true eller false"),
        (("outcome", "measured"), "emergency_visits", 'Menade du "emergency_visit"'),
        (("population", "model"), "all", "okänt"),
        (("unit", "model"), "odds", "okänt"),
        (("design",), "rct", "okänt"),
        (("outcome",), "death", "tabell"),
        (("studies",), [], "minst en studie"),
        (("studies",), [STUDY], "no_counter_sv"),
        (("studies", 1), "B et al.", "tabell"),
        (("studies", 0, "side"), "pro", "okänt"),
        (("studies", 0, "grade"), "C", "okänt"),
        (("studies", 0, "value"), "0,7", "måste vara ett tal"),
        (("studies", 0, "value"), 0.9, "utanför sitt intervall"),
        (("studies", 0, "high"), None, "båda sina gränser"),
        (("studies", 0, "low"), 0.9, "utanför sitt intervall"),
        (("studies", 0, "unit_sv"), None, "när det finns ett tal"),
        (("studies", 0, "people"), 1.5, "heltal"),
        (("studies", 0, "people"), -1, "heltal"),
        (("studies", 0, "finding_sv"), "Färre", "sluta med punkt"),
        (("studies", 0, "read"), "memory", "grad B"),
        (("studies", 0, "read"), "summary", "grad B"),
        (("studies", 0, "read"), "summary", "säger var"),
        (("studies", 0, "findings_sv"), "Färre.", 'Menade du "finding_sv"'),
        (("proposed",), 0.15, "fältet är okänt"),
    ],
)
def test_each_kind_of_bad_record_is_refused(path, value, told):
    error = refused(changed(path, value))
    assert told in str(error)
    assert all(problem.place.startswith("made.yaml, ") for problem in error.problems)


def test_a_key_twice_is_refused():
    assert "finns två gånger" in str(refused(RECORD, RECORD))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "lista med poster"), (b"a: 1", "lista med poster"), (b"- a: [", "YAML"), (b"\xff", "UTF-8"),
        (b"- &a {key: b}", "ankare"), (b"- {key: made.up, key: made.up}", "finns redan"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_records_is_refused(content, told):
    with pytest.raises(EffectError, match=told):
        read_effects(content, "made")


def test_all_that_is_wrong_is_told_at_once():
    record = changed(("design",), "rct")
    record["studies"][1]["read"] = "memory"
    assert len(refused(record).problems) == 2


def test_the_record_of_the_how_to_is_one_that_can_be_read():
    page = (Path(__file__).parents[3] / "docs" / "howto-lever.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", page, flags=re.DOTALL)
    (effect,) = read_effects(block.encode(), "prevention")
    assert effect.unit.differs
    assert effect.on("against")


def test_nothing_is_read_before_it_is_asked_for_and_then_once(monkeypatch):
    asked = []
    monkeypatch.setattr(areas, "read_effects", lambda content, area: asked.append(area) or read_effects(content, area))
    areas.effects_in.cache_clear()
    try:
        areas.effect_of("digital.induced")
        areas.effect_of("digital.revisit")
        assert asked == ["digital"]
    finally:
        areas.effects_in.cache_clear()


@pytest.mark.parametrize("key", ["nothing.here", "digital.nothing", "digital", "../digital.induced"])
def test_a_key_that_there_is_not_is_refused(key):
    with pytest.raises(KeyError):
        areas.effect_of(key)
