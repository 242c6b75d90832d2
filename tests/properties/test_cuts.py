"""No cut is free: what is taken away raises emergency visits, admissions or deaths, or leaves needs unmet.

The whole county, one pair of futures a cut, seed 5: two years behind a cut that is whole at once on 1 January 2024.
Bounds lie far below what was found and far above what pairs differ by chance (some 50 visits, a few deaths).
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from calibration.extremes import CUTS, changes_of
from simulator.checkpoint import Checkpoint
from simulator.core.record import (
    AWAY,
    DEATH_AFTER_BOARDING,
    PLANNED_STAYS,
    URGENT_GIVEN_UP,
    URGENT_HELP,
    URGENT_HOUSING,
    URGENT_MISSED_VISIT,
    URGENT_WAITING,
    WITHDRAWN,
    Record,
)
from simulator.norms import DEATH_NORM
from simulator.region.pack import Region
from simulator.simulation import Simulation

SEED, FROM, UNTIL = 5, date(2024, 1, 1), date(2026, 1, 1)
YEARS = slice(12, 36)
MORE_VISITS = {
    "no_gps": 5_000, "nurses": 700, "home_nursing": 200, "home_help": 200, "housing": 200,
    "crisis": 1_500,
}  # fmt: skip
"""Emergency visits by which two years of a cut must rise at least."""
WAYS = {
    "no_gps": URGENT_GIVEN_UP, "home_nursing": URGENT_MISSED_VISIT, "home_help": URGENT_HELP,
    "housing": URGENT_HOUSING, "specialists": URGENT_WAITING, "beds": DEATH_AFTER_BOARDING,
    "crisis": URGENT_MISSED_VISIT,
}  # fmt: skip
"""By which consequence each cut harms, whatever else it does."""


@pytest.fixture(scope="module")
def start(county: Region) -> Checkpoint:
    simulation = Simulation(county, SEED)
    simulation.run(FROM)
    return simulation.checkpoint()


def lived(region: Region, start: Checkpoint, name: str = "") -> Record:
    changes = changes_of(CUTS[name], FROM) if name else ()
    simulation = Simulation.resume(region, start, changes)
    simulation.run(UNTIL)
    return simulation.record


@pytest.fixture(scope="module")
def futures(county: Region, start: Checkpoint) -> dict[str, Record]:
    return {name: lived(county, start, name) for name in ("", *CUTS)}


def brought(record: Record, kind: int) -> int:
    return int(record.unmet[YEARS, :, kind].sum())


def unmet(record: Record) -> int:
    return int(record.ledger[YEARS, :, WITHDRAWN].sum() - record.fate[YEARS, :, AWAY].sum())


@pytest.mark.parametrize("name", MORE_VISITS)
def test_emergency_visits_rise(futures: dict[str, Record], name: str) -> None:
    before, after = (int(futures[each].ed_visits[YEARS].sum()) for each in ("", name))
    assert after - before > MORE_VISITS[name], after - before


@pytest.mark.parametrize("name", WAYS)
def test_harm_comes_the_way_that_it_should(futures: dict[str, Record], name: str) -> None:
    assert brought(futures[name], WAYS[name]) > 1.2 * brought(futures[""], WAYS[name]) + 3


@pytest.mark.parametrize("name", CUTS)
def test_no_cut_leaves_fewer_needs_unmet(futures: dict[str, Record], name: str) -> None:
    # Chance moves some hundreds of the thirty thousand a year: full books tip from week to week.
    assert unmet(futures[name]) > 0.95 * unmet(futures[""])


def test_fewer_beds_cost_lives(futures: dict[str, Record]) -> None:
    """Long waits for a bed: seventeen deaths in the first two years, a Poisson number, and more as lines grow."""
    before, after = (brought(futures[each], DEATH_AFTER_BOARDING) for each in ("", "beds"))
    assert after - before > 6
    deaths = [int(futures[each].deaths[YEARS].sum()) for each in ("", "beds")]
    assert deaths[1] > deaths[0]


def test_who_cannot_be_received_stays_in_hospital_and_others_wait(futures: dict[str, Record]) -> None:
    days = [futures[each].ready_seconds[YEARS].sum() for each in ("", "receptions")]
    assert days[1] > 1.5 * days[0]
    (soon, asked), (soon_cut, asked_cut) = (
        futures[each].guarantee[24:36, :, PLANNED_STAYS].sum(axis=(0, 1)) for each in ("", "receptions")
    )
    assert soon_cut / asked_cut < soon / asked - 0.03


def test_access_falls_when_nobody_is_there_to_give_it(futures: dict[str, Record]) -> None:
    """It rose before those who gave up or went elsewhere were counted."""
    soon, asked = (futures[""].assessed[YEARS].sum(axis=(0, 1)), futures["no_gps"].assessed[YEARS])
    assert asked.sum(axis=(0, 1))[0] / asked.sum(axis=(0, 1))[1] < soon[0] / soon[1] - 0.05


def test_the_switch_takes_every_consequence_away(county: Region) -> None:
    region = county.with_parameters({"unmet.consequences": 0.0})
    simulation = Simulation(region, SEED, changes_of(CUTS["beds"], date(2023, 1, 1)))
    simulation.run(date(2024, 1, 1))
    assert not simulation.record.unmet.any()
    assert (simulation.record.fate[..., AWAY + 1 :].sum(axis=(0, 1)) > 0).tolist() == [True, False, False]
    assert np.isclose(simulation.state.normaliser[DEATH_NORM], 1.0)
