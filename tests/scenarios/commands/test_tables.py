import io
from dataclasses import replace

import pytest
from rich.console import Console

from scenarios.commands.tables import print_comparison, print_levers, print_strategies
from scenarios.effects.areas import effect_of
from scenarios.effects.sentences import carried_sv, sides_sv
from scenarios.findings.compare import ComparedFigure
from scenarios.levers.registry import LEVERS
from scenarios.places.register import entries_named
from scenarios.running.engine import load_region
from scenarios.strategies.library import find_strategies, library
from scenarios.text.swedish import number

LABELS = {"nulage": "Nuläge", "ny": "Flytt till primärvård, utan resurser"}
RECORDS = [
    ComparedFigure(
        ("contacts"), "contacts", 2030, "nulage", 2_613_456.4, 2_610_000, 2_616_912, None, None, None, 1_728.2
    ),
    ComparedFigure(
        ("contacts"),
        "contacts",
        2030,
        "ny",
        2_500_000,
        2_490_000,
        2_510_000,
        -113_456,
        -115_000,
        -111_912,
        772.0,
    ),
    ComparedFigure("continuity_index", "index", 2030, "nulage", 0.4, 0.39, 0.41, None, None, None, 0.005),
    ComparedFigure("continuity_index", "index", 2030, "ny", 0.45, 0.44, 0.46, 0.05, 0.04, 0.06, 0.005),
]


def printed(width, show, *arguments):
    stream = io.StringIO()
    show(Console(file=stream, width=width, markup=False, highlight=False), *arguments)
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_nothing_is_clipped_at_any_width(width):
    text = printed(width, print_comparison, RECORDS, LABELS, "nulage", 10)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    flat = " ".join(text.split()).replace("\xa0", " ")
    for piece in (
        "2 613 456",
        "−113 456",
        "−115 000 till",
        "−111 912",
        "0,450",
        "+0,050",
        "1 728,2",
        "medel",
    ):
        assert piece in flat.replace("Medel", "medel")


def test_a_wide_table_has_one_line_a_scenario():
    lines = printed(100, print_comparison, RECORDS[2:], LABELS | {"ny": "Ny"}, "nulage", 10).splitlines()
    (line,) = [line for line in lines if line.startswith("Ny")]
    assert line.split() == ["Ny", "0,450", "0,440–0,460", "+0,050", "0,040", "till", "0,060", "0,0050"]


def test_one_replication_is_told():
    alone = [ComparedFigure("contacts", "contacts", 2030, "nulage", 5.0, None, None, None, None, None, None)]
    for width in (60, 100):
        assert ("Endast en replikation") in " ".join(
            printed(width, print_comparison, alone, LABELS, "nulage", 1).split()
        )


@pytest.mark.parametrize("width", [60, 100])
def test_intervals_with_parameters_and_the_split_are_shown(width):
    base = replace(
        RECORDS[2], low_with_parameters=0.3, high_with_parameters=0.52, chance_share=12.4, parameter_share=87.6,
        parameters_distinguishable=True,
    )  # fmt: skip
    new = replace(
        RECORDS[3], low_with_parameters=0.33, high_with_parameters=0.58, difference_low_with_parameters=-0.01,
        difference_high_with_parameters=0.11, parameters_distinguishable=False,
    )  # fmt: skip
    text = printed(width, print_comparison, [base, new], LABELS, "nulage", 20, 10)
    flat = " ".join(text.replace("\xa0", " ").split())
    assert "med antaganden 0,300–0,520" in flat
    assert "−0,010 till 0,110" in flat
    assert "Nuläge: slump 12 %, antaganden 88 %" in flat
    assert "utan resurser: antagandenas del går inte att skilja från slumpen" in flat
    assert "ur 10 dragningar" in flat
    assert max(map(len, text.splitlines())) <= width


def test_too_few_draws_are_told():
    text = printed(100, print_comparison, RECORDS[2:], LABELS, "nulage", 10, 3)
    assert "behövs minst 4 dragningar, här 3" in " ".join(text.split())


def test_lists_show_every_strategy_and_lever():
    strategies = printed(80, print_strategies, find_strategies(library()))
    for name in library():
        assert name in strategies
    levers = printed(80, print_levers, LEVERS.values())
    flat = " ".join(levers.split())
    for lever in LEVERS.values():
        assert f"{lever.name} – {lever.label_sv}" in levers
        assert all(" ".join(item.finding_sv.split()) in flat for item in lever.evidence)
    assert "0,7 till 1,6" in levers
    assert "naravard levers own_gp_booking" in flat


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if lever.effects])
def test_a_lever_by_name_shows_both_sides_of_its_effects(name):
    shown = printed(80, print_levers, [LEVERS[name]], load_region("kalmar"))
    assert max(map(len, shown.splitlines())) <= 80
    flat = " ".join(shown.split())
    for effect in map(effect_of, LEVERS[name].effects):
        for text in (effect.label_sv, effect.rule_sv, effect.reasoning_sv, *carried_sv(effect), *sides_sv(effect)):
            assert " ".join(text.split()) in flat
        for entry in entries_named(load_region("kalmar"), effect.parameters):
            assert f"{entry.label}: " in flat
            assert f"grad {entry.grade}." in flat


@pytest.mark.parametrize(
    ("value", "decimals", "sign", "text"),
    [
        (1234.5, 1, False, "1\xa0234,5"),
        (1234567, 0, False, "1\xa0234\xa0567"),
        (0.5, None, False, "0,5"),
        (3000, None, False, "3\xa0000"),
        (-1234.56, 1, False, "−1\xa0234,6"),
        (12.34, 1, True, "+12,3"),
        (-0.04, 1, True, "0,0"),
        (0.04, 1, True, "0,0"),
        (None, 1, False, "–"),
        (float("nan"), 1, False, "–"),
    ],
)
def test_numbers_are_swedish(value, decimals, sign, text):
    assert number(value, decimals, sign) == text
