"""Exhibits and an origin that reports are made of."""

from datetime import date

import pytest
from report_examples import made

from scenarios.report.origin import Origin, ToldScenario
from scenarios.strategies.library import find_strategies


@pytest.fixture
def exhibits():
    return [made(note="Axeln börjar inte vid noll."), made("tabell", "Bara en tabell", draw=None)]


@pytest.fixture
def origin():
    strategies = find_strategies(("nulage", "kontinuitet"))
    told = tuple(ToldScenario(s.name, s.label_sv, f"{number:064d}", s) for number, s in enumerate(strategies))
    return Origin(
        told, date(2026, 11, 22), "kalmar", "f" * 64, "0.1.0+abc", "7", 20, "2030-12-31",
        "naravard run nulage kontinuitet --replications 20 --seed 7",
    )  # fmt: skip
