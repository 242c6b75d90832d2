import re
from dataclasses import replace

import pytest
from document_examples import material

from scenarios.documents.content import Bullets, PrintedTable
from scenarios.documents.summary import across_sv, sentences, strategy_sv, summary

DIRECTIONS = re.compile(r"\b(bättre|sämre|förbättras|försämras|dyrare|billigare|fler|färre)\b")


def cells(section):
    tables = (block for block in section.blocks if isinstance(block, PrintedTable))
    return [cell for table in tables for row in table.rows for cell in row]


def test_three_to_five_sentences_and_the_key_table(sure):
    section = summary(sure)
    (bullets, table) = section.blocks
    assert isinstance(bullets, Bullets)
    assert 3 <= len(bullets.items) <= 5
    assert section.own_page
    assert [row[0] for row in table.rows] == [
        "2026, i dag", "2030, dagens kurs", "2030, Bättre", "2030, Kris <i>svår</i>",
    ]  # fmt: skip


def test_the_course_without_a_decision_is_never_called_as_today(sure):
    text = " ".join([*sentences(sure), *cells(summary(sure))])
    assert "nuläge" not in text.lower()


def test_wide_intervals_say_no_direction(vague):
    told = [*sentences(vague), *cells(summary(vague))]
    assert [text for text in told if DIRECTIONS.search(text)] == []
    assert any("ingen säker skillnad" in cell for cell in cells(summary(vague)))
    assert all("ingen säker förbättring syns" in strategy_sv(vague, name) for name in vague.strategies)


def test_the_largest_loss_is_always_told(sure, vague):
    assert "störst säker försämring är" in strategy_sv(sure, "kris")
    told = strategy_sv(vague, "kris")
    assert "ingen säker försämring syns; störst åt det hållet är" in told
    assert told.endswith("ingen säker skillnad.")


def test_one_replication_says_that_it_can_tell_nothing():
    told = " ".join(sentences(material(replications=1)))
    assert not DIRECTIONS.search(told)
    assert "en enda replikation" in told


def test_drawn_assumptions_are_told_apart_from_chance(sure):
    drawn = material(widen={"continuity_index": (-0.4, 0.1)})
    assert "men inte säkert när antagandena varieras" in " ".join(sentences(drawn))
    assert "antagandena är varierade för sig i sex framtider" in " ".join(sentences(drawn))
    assert "de är inte varierade i dessa resultat" in " ".join(sentences(sure))


def test_many_strategies_are_told_across_them(sure):
    told = list(across_sv(sure))
    assert 1 <= len(told) <= 3
    assert "säkra försämringen" in told[-1]


@pytest.mark.parametrize("names", [("battre",), ("kris",)])
def test_a_sentence_names_figures_of_both(sure, names):
    for name in names:
        assert re.search(r"från [\d\u00a0,]+ till [\d\u00a0,]+", strategy_sv(sure, name))


def test_results_without_measures_of_the_page_say_so(sure):
    poor = replace(sure, answer=replace(sure.answer, names=()), compared={})
    assert "enda replikation" in strategy_sv(poor, "battre")
