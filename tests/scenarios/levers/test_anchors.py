import re

import pytest

from scenarios.levers.anchors import LEVELS, anchors_of
from scenarios.levers.registry import LEVERS
from scenarios.levers.today import today_of
from scenarios.running.engine import load_region

EVERY = pytest.mark.parametrize("lever", LEVERS.values(), ids=list(LEVERS))


@EVERY
def test_every_lever_has_its_three_marks(lever):
    assert tuple(anchor.level for anchor in anchors_of(lever.name)) == LEVELS


@EVERY
def test_marks_lie_within_bounds_and_on_the_slider(lever):
    for anchor in anchors_of(lever.name):
        assert lever.allows(anchor.value)
        steps = (anchor.value - lever.low) / lever.step
        assert steps == pytest.approx(round(steps), abs=1e-6)


@EVERY
def test_marks_go_away_from_neutral_in_one_direction(lever):
    distances = [anchor.value - lever.neutral for anchor in anchors_of(lever.name)]
    assert 0 < abs(distances[0]) < abs(distances[1]) < abs(distances[2])
    assert len({distance > 0 for distance in distances}) == 1


@EVERY
def test_a_mark_says_what_it_means_in_a_few_words(lever):
    words = [anchor.words_sv for anchor in anchors_of(lever.name)]
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
    for anchor in anchors_of(lever.name):
        assert anchor.ground_sv.endswith(".")
        assert (anchor.grade == "C") == anchor.ground_sv.startswith("Antagande: ") == (anchor.source == "assumption")
        assert anchor.grade == "C" or anchor.source in known


COUNTED = ("beds", "short_term_places", "housing_places", "gp_posts", "resident_posts", "mobile_visits", "home_beds")


@pytest.mark.parametrize("name", COUNTED)
def test_numbers_in_the_words_are_those_of_the_county(name):
    lever, today = LEVERS[name], today_of(LEVERS[name], load_region("kalmar"))
    told = 0
    for anchor in anchors_of(name):
        if (written := re.match(r"\d+", anchor.words_sv)) is not None:
            told += 1
            factor = lever.operation == "multiply"
            added = today.amount * (anchor.value - 1.0) if factor else today.scale * anchor.value
            assert int(written[0]) == pytest.approx(added, abs=0.6)
    assert told


def test_a_lever_that_does_not_exist_has_no_marks():
    with pytest.raises(KeyError):
        anchors_of("nothing")
