"""The strategy document of made-up results: what it holds, and that it says no more than intervals carry."""

import re

from document_examples import LAST, MADE

from scenarios.documents.content import Bullets, Paragraph, Picture, PrintedTable
from scenarios.documents.gains import payers_sv, picked
from scenarios.documents.judging import findings
from scenarios.documents.strategy_document import strategy_document

SURE_WORDS = re.compile(r"\bsäkert (bättre|sämre|dyrare|billigare)|\n(bättre|sämre)|(bättre|sämre) med ")


def told(document):
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Bullets):
                yield from block.items
            elif isinstance(block, Picture):
                yield block.message
            elif isinstance(block, PrintedTable):
                yield from (cell for row in block.rows for cell in row)
            elif isinstance(block, Paragraph):
                yield block.text


def test_every_section_is_there_and_none_is_empty(sure):
    document = strategy_document(sure)
    assert [section.key for section in document.sections] == [
        "sammanfattning", "fragan", "vad-hander", "basta-och-samsta", "vem", "kommuner", "begransar", "hur-sakert",
        "underlag", "validering", "metod", "gor-om",
    ]  # fmt: skip
    assert [s.key for s in document.sections if not s.blocks and s.key != "kommuner"] == []
    assert document.created == MADE


def test_wide_intervals_give_no_direction_anywhere(vague, sure):
    assert [text for text in told(strategy_document(vague)) if SURE_WORDS.search(text)] == []
    assert [text for text in told(strategy_document(sure)) if SURE_WORDS.search(text)]


def test_a_loss_is_picked_of_every_strategy(sure, vague):
    for material in (sure, vague):
        for name in material.strategies:
            chosen = picked(findings(material, name))
            assert chosen[-1] is None or not chosen[-1].leans_better


def test_who_pays_is_told_without_direction_where_it_is_not_sure(vague):
    assert "säkert" not in payers_sv(vague, "battre")


def test_keys_of_tables_and_charts_are_unique(sure):
    document = strategy_document(sure)
    blocks = [block for section in document.sections for block in section.blocks]
    keys = [b.key for b in blocks if isinstance(b, PrintedTable)] + [
        b.exhibit.key for b in blocks if isinstance(b, Picture)
    ]
    assert len(keys) == len(set(keys))


def test_the_foot_has_hash_seed_data_and_a_command_of_no_machine(sure):
    foot = strategy_document(sure).foot
    assert foot == (
        "Nära vård 2030: Nuläge 00000000, Bättre 00000000, Kris <i>svår</i> 00000000; frö 7; indata kalmar ffffffff; "
        "modell 0.1.0+abc; naravard run nulage battre --out first."
    )


def test_tables_have_a_cell_for_every_head(sure):
    for section in strategy_document(sure).sections:
        for block in section.blocks:
            if isinstance(block, PrintedTable):
                assert {len(row) for row in block.rows} == {len(block.heads)} == {len(block.shares)}, block.key


def test_alternative_texts_tell_what_charts_show(sure):
    pictures = list(strategy_document(sure).pictures())
    assert pictures
    assert all(len(picture.exhibit.alt) > 40 and str(LAST) in picture.exhibit.alt for picture in pictures)
