import pytest
from parsed_html import HOSTILE, Parsed, names

from scenarios.effects.areas import all_effects, effect_of
from scenarios.exhibits.sources import effect_table as table
from scenarios.levers.registry import LEVERS
from scenarios.running.engine import load_region


@pytest.fixture(scope="module")
def shown():
    return table.shown_effects(all_effects(), load_region("kalmar"), LEVERS.values())


def test_every_effect_is_there_with_value_levers_reasoning_and_both_sides(shown):
    text = Parsed(table.effects_html(shown, "Om")).text
    for each in shown:
        assert each.effect.label_sv in text
        assert each.effect.reasoning_sv in text
        assert each.effect.not_in_model_sv in text
        assert each.effect.strongest("for") is None or each.effect.strongest("for").cite in text
    (naming,) = [each for each in shown if each.effect.key == "continuity.naming"]
    assert naming.levers == (LEVERS["named_gp_share"].label_sv,)
    assert [entry.name for entry in naming.values] == ["continuity.naming_effect"]


def test_effects_are_searched_by_words_parameters_levers_and_studies(shown):
    for text in ("akutbesok samma lakare", "continuity.causal_share_emergency", "sabety", "vantan pa egen lakare"):
        assert "continuity.emergency" in {each.effect.key for each in table.found_effects(shown, text)}
    assert table.found_effects(shown) == shown
    assert table.found_effects(shown, "ingenting sådant") == ()
    graded = table.found_effects(shown, "", "A")
    assert graded
    assert all("A" in {entry.grade for entry in each.values} for each in graded)


def test_studies_are_searched_by_side_design_country_and_grade():
    every = table.found_studies(all_effects())
    assert len(every) == sum(len(effect.studies) for effect in all_effects())
    against = table.found_studies(all_effects(), "emot lottat danmark")
    assert {(s.study.design, s.study.country_sv) for s in against} == {("trial", "Danmark")}
    assert "against" in {s.study.side for s in against}
    remembered = table.found_studies(all_effects(), "", "B")
    assert {s.study.grade for s in remembered} == {"B"}
    assert len(remembered) < len(every)


def test_every_study_is_a_row_with_its_side_in_words():
    found = table.found_studies([effect_of("continuity.emergency")])
    parsed = Parsed(table.studies_html(found, "Om"))
    assert names(parsed).count("tr") == len(found) + 1
    assert parsed.text.count("Emot") == len([s for s in found if s.study.side == "against"])
    assert all(s.study.finding_sv in parsed.text for s in found)


@pytest.mark.parametrize("text", [*HOSTILE, "\x00", "x" * 100_000, "%' OR 1=1"])
def test_hostile_searches_find_nothing_and_do_nothing(shown, text):
    assert len(table.found_effects(shown, text)) < len(shown)
    assert len(table.found_studies(all_effects(), text)) < sum(len(e.studies) for e in all_effects())


def test_the_files_have_a_row_each_with_both_sides_and_numbers_as_numbers(shown):
    exhibit = table.effects_exhibit(shown)
    columns = {column.field for column in exhibit.columns}
    assert len(exhibit.rows) == len(shown)
    assert all(set(row) == columns for row in exhibit.rows)
    assert all(row["support"].startswith("För: ") and row["counter"].startswith("Emot: ") for row in exhibit.rows)
    assert all(
        bool(row["outcome_model"]) == bool(e.effect.parameters) for row, e in zip(exhibit.rows, shown, strict=True)
    )
    studies = table.studies_exhibit(table.found_studies(all_effects()))
    assert {type(row["value"]) for row in studies.rows} == {float, type(None)}
    assert {row["side"] for row in studies.rows} == {"För", "Emot", "Varken eller"}
