"""docs/strategier.md tells of every strategy in the library, with its question, its levers and a place for results."""

from pathlib import Path

import pytest

from scenarios.strategies.library import library
from scenarios.strategies.scenario import read_strategy
from simulator.region.pack import load_region

PAGE = Path(__file__).parents[2] / "docs" / "strategier.md"
PARTS = ("**Fråga.**", "**Ändras.**", "**Så verkar det.**", "**Underlag.**", "**Kan inte visa.**", "**Titta på.**")
PLACE = "<!-- results -->"


@pytest.fixture(scope="module")
def sections():
    parts = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    return dict(part.split("\n", 1) for part in parts)


def test_the_strategies_stand_in_the_order_of_the_library(sections):
    assert [heading.split("`")[1] for heading in sections] == list(library())


@pytest.mark.parametrize("name", list(library()))
def test_a_strategy_is_told_in_full(name, sections):
    strategy = read_strategy(library()[name], load_region("kalmar"))
    text = sections[f"{strategy.label_sv} (`{name}`)"]
    assert [part for part in PARTS if part not in text] == []
    assert text.count(PLACE) == 1
    assert [setting.lever for setting in strategy.levers if f"`{setting.lever}`" not in text] == []
