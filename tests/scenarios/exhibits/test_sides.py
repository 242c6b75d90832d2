from dataclasses import replace

import pytest
from parsed_html import HOSTILE, Parsed, names

from scenarios.effects.areas import all_effects, effect_of
from scenarios.exhibits import sides
from scenarios.places.register import entries_named
from scenarios.running.engine import load_region

REGION = load_region("kalmar")


def shown(effect):
    return sides.details(effect, entries_named(REGION, effect.parameters))


def test_an_effect_is_one_line_that_opens():
    html = shown(effect_of("continuity.naming"))
    line = Parsed(html.partition("</summary>")[0]).text.replace("\xa0", " ")
    assert line == "Att bara namnge en fast läkare0 (−0,01 till 0,02) förändring av index, grad A. 1 för, 2 emot."
    assert names(Parsed(html))[0] == "details"
    assert "open" not in Parsed(html).tags[0][1]


def test_what_the_model_lacks_says_so_on_the_line():
    line = Parsed(shown(effect_of("team.plan")).partition("</summary>")[0]).text
    assert "Inte i modellen. " in line


@pytest.mark.parametrize("effect", all_effects(), ids=[effect.key for effect in all_effects()])
def test_every_study_stands_on_its_side_with_its_link(effect):
    html = shown(effect)
    text = Parsed(html).text
    assert text.index(effect.rule_sv) < text.index(effect.studies[0].finding_sv) < text.index(effect.reasoning_sv)
    for study in effect.studies:
        assert study.cite in text
        assert not study.doi or f'href="https://doi.org/{study.doi}"' in html
    assert not effect.no_counter_sv or f"Emot. {effect.no_counter_sv}" in text
    assert names(Parsed(html)).count("li") >= len(effect.studies)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_record_is_markup(text):
    effect = effect_of("digital.revisit")
    study = replace(effect.studies[0], cite=text, doi=text, finding_sv=text, population_sv=text, where_sv=text)
    hostile = replace(effect, label_sv=text, rule_sv=text, reasoning_sv=text, studies=(study,), no_counter_sv=text)
    for html in (shown(hostile), *sides.strongest_html(hostile)):
        assert "script" not in names(Parsed(html))
        assert "img" not in names(Parsed(html))
        assert "tr" not in names(Parsed(html))
