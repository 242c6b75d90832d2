import re
from dataclasses import replace

import pytest

from scenarios.effects.areas import effect_of
from scenarios.levers.lever import LEVELS, TO_TRY, Mark, marks_on
from scenarios.levers.registry import LEVERS
from scenarios.levers.today import today_of
from scenarios.running.engine import load_region

EVERY = pytest.mark.parametrize("lever", LEVERS.values(), ids=list(LEVERS))
BEDS = LEVERS["beds"]


@EVERY
def test_every_lever_has_its_three_marks(lever):
    assert tuple(mark.level for mark in lever.marks) == LEVELS


@EVERY
def test_marks_lie_within_bounds_and_on_the_slider(lever):
    for mark in lever.marks:
        assert lever.allows(mark.value)
        steps = (mark.value - lever.low) / lever.step
        assert steps == pytest.approx(round(steps), abs=1e-6)


@EVERY
def test_marks_go_away_from_neutral_in_one_direction(lever):
    distances = [mark.value - lever.neutral for mark in lever.marks]
    assert 0 < abs(distances[0]) < abs(distances[1]) < abs(distances[2])
    assert len({distance > 0 for distance in distances}) == 1


@EVERY
def test_a_mark_says_what_it_means_in_a_few_words(lever):
    words = [mark.words_sv for mark in lever.marks]
    assert len(set(words)) == 3
    for text in words:
        assert len(text) <= 36
        assert text[0].isupper() or text[0].isdigit()
        assert not text.endswith(".")


@EVERY
def test_what_rests_on_judgement_says_so_and_what_was_read_names_its_source(lever):
    region = load_region("kalmar")
    known = {item.source for every in LEVERS.values() for item in every.evidence}
    known |= {row.source for row in region.parameter_table}
    known |= {study.cite for key in lever.effects for study in effect_of(key).studies}
    for mark in lever.marks:
        assert mark.ground_sv.endswith(".")
        assert (mark.grade == "C") == mark.ground_sv.startswith("Antagande: ") == (mark.source == "assumption")
        assert mark.grade == "C" or mark.source in known


@EVERY
def test_numbers_in_the_words_are_those_of_the_county(lever):
    today = today_of(lever, load_region("kalmar"))
    for mark in lever.marks:
        if (written := re.match(r"\d+", mark.words_sv)) is not None:
            factor = lever.operation == "multiply"
            added = today.amount * (mark.value - 1.0) if factor else today.scale * mark.value
            assert int(written[0]) == pytest.approx(added, abs=0.6)


def test_some_words_have_numbers():
    assert sum(mark.words_sv[0].isdigit() for lever in LEVERS.values() for mark in lever.marks) > 10


@pytest.mark.parametrize(
    "values",
    [
        (1.05, 1.1, 1.35),
        (1.05, 1.1, 1.12),
        (1.05, 1.2, 1.1),
        (1.05, 1.0, 1.1),
        (1.0, 1.05, 1.1),
        (0.95, 1.05, 1.1),
        (1.05, 1.1),
    ],
    ids=["out of bounds", "off the grid", "back", "neutral", "from neutral", "both ways", "two"],
)
def test_marks_that_nobody_can_start_from_are_refused(values):
    marks = tuple(Mark(level, value, "Ord") for level, value in zip(LEVELS, values, strict=False))
    with pytest.raises(ValueError, match=r"lever beds: .*marks"):
        replace(BEDS, marks=marks)


def test_marks_in_another_order_are_refused():
    with pytest.raises(ValueError, match="lever beds: needs marks low, likely, high"):
        replace(BEDS, marks=(Mark("high", 1.05, "a"), Mark("likely", 1.1, "b"), Mark("low", 1.2, "c")))


@pytest.mark.parametrize(
    "broken",
    [
        {"words_sv": ""},
        {"source": ""},
        {"source": "BMJ 2016"},
        {"grade": "A"},
        {"ground_sv": "Så har andra gjort."},
        {"ground_sv": "Antagande: ingen punkt"},
        {"ground_sv": TO_TRY, "source": "BMJ 2016", "grade": "A"},
    ],
)
def test_a_mark_that_does_not_say_what_it_rests_on_is_refused(broken):
    with pytest.raises(ValueError, match="mark "):
        replace(Mark("low", 1.05, "Var tjugonde"), **broken)


def test_marks_on_one_ground_are_told_low_to_high():
    marks = marks_on("Antagande: så.", (1, "a"), (2, "b"), (3, "c"))
    assert [(mark.level, mark.value, mark.words_sv) for mark in marks] == [
        ("low", 1, "a"),
        ("likely", 2, "b"),
        ("high", 3, "c"),
    ]
    assert {(mark.ground_sv, mark.source, mark.grade) for mark in marks} == {("Antagande: så.", "assumption", "C")}
