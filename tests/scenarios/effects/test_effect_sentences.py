from dataclasses import replace

import pytest
from effect_examples import RECORD, WHY, written

from scenarios.effects.reading import read_effects
from scenarios.effects.sentences import (
    about_sv,
    capital,
    carried_sv,
    counts_sv,
    figure_sv,
    measured_sv,
    read_sv,
    sides_sv,
    strongest_sv,
    value_sv,
)

(EFFECT,) = read_effects(written(RECORD), "made")
FOR, AGAINST = EFFECT.studies


@pytest.mark.parametrize(
    ("value", "low", "high", "unit", "text"),
    [
        (0.7, 0.69, 0.71, "OR", "0,70 (0,69–0,71) OR"),
        (1.0, None, None, "RR", "1 RR"),
        (-12, -19, -4, "%", "−12 (−19 till −4) %"),
        (None, 7, 107, "platser", "7–107 platser"),
        (157400, None, None, "kvinnor", "157 400 kvinnor"),
        (None, None, None, "", ""),
    ],
)
def test_a_figure_is_written_as_it_was_printed(value, low, high, unit, text):
    study = replace(FOR, value=value, low=low, high=high, unit_sv=unit)
    assert figure_sv(study).replace("\xa0", " ") == text


def test_a_study_tells_whom_what_and_how_it_was_read():
    assert about_sv(FOR) == "Lottat försök, Norge, 100 personer. Alla: jourbesök, uppföljning ett år."
    assert about_sv(replace(FOR, country_sv="", people=None, follow_up_sv="")) == "Lottat försök. Alla: jourbesök."
    assert read_sv(FOR) == "läst: sammandraget, grad A"
    assert read_sv(replace(FOR, read="summary", where_sv="DN", grade="B")) == "läst hos andra (DN), grad B"


def test_only_what_differs_is_told_with_its_reason():
    assert carried_sv(EFFECT) == (
        f"Utfall: mätt besök hos jourläkare i primärvården, i modellen besök på akutmottagning. {WHY}",
    )
    assert measured_sv(EFFECT).startswith("Mätt: besök hos jourläkare i primärvården hos alla listade, oddskvot.")


def test_both_sides_are_told_in_order_and_counted():
    told = list(sides_sv(EFFECT))
    assert [text.partition(":")[0] for text in told] == ["För", "Emot"]
    assert counts_sv(EFFECT) == "1 för, 1 emot"
    alone = replace(EFFECT, studies=(FOR,), no_counter_sv="Ingen hittades.")
    assert list(sides_sv(alone))[-1] == "Emot: Ingen hittades."
    assert strongest_sv(alone)[1] == "Emot: Ingen hittades."
    assert counts_sv(replace(EFFECT, studies=(FOR, replace(FOR, side="neither")))) == "1 för, 0 emot, 1 varken eller"


def test_the_strongest_is_well_read_then_says_most_of_cause_then_has_an_interval():
    weak = replace(FOR, design="cohort", cite="cohort")
    remembered = replace(FOR, read="memory", grade="B", cite="memory")
    vague = replace(FOR, value=None, low=None, high=None, unit_sv="", cite="vague")
    big = replace(FOR, people=1000, cite="big")
    effect = replace(EFFECT, studies=(remembered, weak, vague, FOR, big))
    assert effect.strongest("for") == big
    assert effect.strongest("against") is None
    assert strongest_sv(effect)[0].startswith("För: 0,7 (0,6–0,8) OR, Färre besök (big; lottat försök; läst: ")
    assert strongest_sv(replace(EFFECT, studies=(AGAINST,)))[0] == "För: ingen läst studie."


def test_a_value_has_its_range_and_unit():
    assert value_sv(0.15, 0.0, 0.4, "andel") == "0,15 (0–0,4) andel"
    assert value_sv(-0.12, -0.28, 0.05, "andel") == "−0,12 (−0,28 till 0,05) andel"
    assert value_sv(3, None, None, "") == "3"
    assert capital("lakartidningen.se, NIHR") == "Lakartidningen.se, NIHR"
