"""What a mechanism brings by itself is taken from the rates, so that the sources' level stays."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator import norms
from simulator.controls import values_in
from simulator.core.record import (
    BACK_TO_GP,
    CONSEQUENCES,
    DEATH_AFTER_BOARDING,
    LONGER_STAY,
    URGENT_GIVEN_UP,
    URGENT_HOUSING,
)
from simulator.core.state import HOME_NURSING, PRESENT, SPECIAL_HOUSING, State
from simulator.core.tables import Tables
from simulator.norms import ADMISSION_NORM, DEATH_NORM, STAY_NORM
from simulator.people.demography import through_the_year
from simulator.region.axes import EMERGENCY, GP
from simulator.region.pack import Region
from simulator.start import first_state
from simulator.tables import tables_of


@pytest.fixture(scope="module")
def tables(small_region: Region) -> Tables:
    return tables_of(small_region)


@pytest.fixture
def state(small_region: Region, tables: Tables) -> State:
    return first_state(small_region, tables, 1, values_in(date(2023, 1, 1), (), small_region))


def with_unmet(state: State, tables: Tables, **brought: float) -> np.ndarray:
    """The normalisers when unmet need brings so much in a year."""
    unmet = np.zeros(len(CONSEQUENCES))
    for name, number in brought.items():
        unmet[CONSEQUENCES.index(name)] = number
    norms.set_norms(state, tables, unmet)
    return state.normaliser.copy()


def emergencies(state: State, tables: Tables) -> float:
    here = state.person["status"] & PRESENT != 0
    return float(tables.rates[EMERGENCY][state.person["risk"][here]].sum())


def test_rates_of_emergencies_are_lower_by_what_unmet_need_brings(state, tables) -> None:
    """A tenth in three kinds together; needs that come back to GPs and longer stays take nothing."""
    plain, tenth = with_unmet(state, tables), emergencies(state, tables) / 10
    some = with_unmet(
        state, tables, urgent_given_up=0.5 * tenth, urgent_waiting=0.3 * tenth, urgent_housing=0.2 * tenth,
        back_to_gp=999.0, longer_stay=999.0,
    )  # fmt: skip
    assert some[EMERGENCY] == pytest.approx(plain[EMERGENCY] / 0.9)
    rest = np.arange(plain.size) != EMERGENCY
    assert np.array_equal(some[rest], plain[rest])
    assert (BACK_TO_GP, URGENT_GIVEN_UP, URGENT_HOUSING, LONGER_STAY) == (0, 1, 5, 6), "what lies between is urgent"


def test_needs_of_gps_are_lower_by_what_waiting_for_clinics_brings(state, tables) -> None:
    here = state.person["status"] & PRESENT != 0
    needs = float(tables.rates[GP][state.person["risk"][here]].sum())
    plain, some = with_unmet(state, tables), with_unmet(state, tables, gp_waiting=0.1 * needs)
    assert some[GP] / plain[GP] == pytest.approx(1 / 0.9)
    assert np.array_equal(np.delete(some, GP), np.delete(plain, GP))


def test_the_mean_share_of_visits_that_are_referred_stays(state, tables) -> None:
    """Weighted by needs of GPs: whoever the dose, the mean of what is worked off is the pack's."""
    norms.set_norms(state, tables)
    needs = tables.rates[GP][state.person["risk"]]
    factor = tables.referral_effect[state.person["dose"]] / state.normaliser[norms.REFERRAL_NORM]
    assert np.average(factor, weights=needs) == pytest.approx(1.0)
    assert tables.referral_effect[0] == 1.0 > tables.referral_effect[-1]


def test_the_hazard_of_death_is_lower_by_those_who_die_of_boarding(state, tables) -> None:
    here, back = state.person["status"] & PRESENT != 0, state.background
    chance = -np.expm1(-through_the_year(tables.mortality))[back["sex"], back["age"]]
    dying = chance[here].sum()
    plain, some = with_unmet(state, tables), with_unmet(state, tables, death_after_boarding=0.05 * dying)
    assert plain[DEATH_NORM] == 1.0
    assert some[DEATH_NORM] == pytest.approx(0.95)
    assert some[EMERGENCY] == plain[EMERGENCY]
    assert CONSEQUENCES[DEATH_AFTER_BOARDING] == "death_after_boarding"


def test_at_most_half_of_a_rate_is_taken(state, tables) -> None:
    plain, most = with_unmet(state, tables), with_unmet(state, tables, urgent_given_up=1e9, death_after_boarding=1e9)
    assert most[EMERGENCY] == pytest.approx(2 * plain[EMERGENCY])
    assert most[DEATH_NORM] == 0.5


def test_last_illnesses_in_hospital_come_by_where_people_are_cared_for(state, small_region) -> None:
    """Of those who die this year, by hand."""
    region = small_region.with_parameters({
        "last_year.hospital_share_home": 0.4, "last_year.hospital_share_home_nursing": 0.3,
        "last_year.hospital_share_special_housing": 0.1,
    })  # fmt: skip
    state.person["status"][:4] = PRESENT, PRESENT | HOME_NURSING, PRESENT | SPECIAL_HOUSING, PRESENT
    state.dies_on[:4] = 364, 100, 0, 365
    assert norms.last_illness(state, region, 0, 365)[:4].tolist() == [0.4, 0.3, 0.1, 0.0]
    assert norms.last_illness(state, region, 0, 365)[4:].sum() == 0.0
    assert norms.last_illness(state, region, 365, 365)[3] == 0.4


def test_stays_and_bed_days_are_as_many_with_last_illnesses_as_without(state, tables, small_region) -> None:
    """Expected numbers of a year: 30 last illnesses of six days among some 450 acute stays."""
    last, p = 30.0, small_region.parameters
    risk = state.person["risk"][state.person["status"] & PRESENT != 0]
    acuity = np.repeat(small_region.hospital_mix["acuity"], 6, axis=0).T
    chance = (tables.admission_by_risk * acuity).sum(axis=0)[risk]
    rates = tables.rates[EMERGENCY][risk]
    visits, stays = rates.sum(), (rates * chance).sum()
    days = (rates * chance * tables.stay[0, risk]).sum()
    before = state.normaliser.copy()
    norms.leave_room_for_last_illness(state, tables, small_region, last)
    lower = before[ADMISSION_NORM] / state.normaliser[ADMISSION_NORM]
    others = (visits - last) / visits * stays * lower
    assert 5 * last < stays
    assert others + last == pytest.approx(stays)
    mean = days / stays * state.normaliser[STAY_NORM]
    assert others * mean + last * p["last_year.illness_days"] == pytest.approx(days)
    assert np.array_equal(state.normaliser[:ADMISSION_NORM], before[:ADMISSION_NORM])
    assert state.normaliser[GP] > 0.0


def test_where_half_of_all_stays_were_last_illnesses_nothing_is_changed(state, tables, small_region) -> None:
    before = state.normaliser.copy()
    norms.leave_room_for_last_illness(state, tables, small_region, 1e6)
    assert np.array_equal(state.normaliser, before)
