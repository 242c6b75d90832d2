"""What goes in comes out: rates of need, birth, death and moving recovered from what happens.

Power is stated at each test: the deviation that would be found with 99.9 % certainty.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from scipy.stats import binom, chi2, norm
from small_county import MONTHS, History

from simulator.core.state import BACKGROUND, LOW_USE, NOT_SOON, PERSON, PRESENT
from simulator.core.words import SLOT_MASK
from simulator.needs import needs_of_year
from simulator.norms import last_illness
from simulator.people import demography
from simulator.people.demand import HEIGHT_BITS, STREAM_BITS, STREAM_COUNT
from simulator.people.demography import through_the_year
from simulator.people.lasting_need import need_factors, spread_of
from simulator.people.morbidity import AGE_GROUP_COUNT
from simulator.region.axes import EMERGENCY
from simulator.region.pack import Region
from simulator.simulation import Simulation

ALPHA = 0.001
YEARS = MONTHS // 12


def test_needs_arise_at_the_rates_of_the_pack(county: Region, record_property) -> None:
    """A stream whose rate were off by 6 standard deviations - 2 % of planned admissions, 0.3 % of GP needs.

    Needs in life, given how people differ and when they die; together they are what the pack says of people alike.
    """
    simulation = Simulation(county, 3)
    here = (simulation.state.person["status"] & PRESENT) != 0
    simulation.run(date(2023, 1, 2))
    state, p = simulation.state, simulation.region.parameters
    controls = [simulation._controls(m) for m in range(12)]
    needs = needs_of_year(county, simulation.tables, state.normaliser, state.need_norm, 2023, controls)
    low = here * np.where(state.person["status"] & LOW_USE, p["segment.low_use_factor"], 1.0)[: here.size]
    risk, dies_after = state.person["risk"][: here.size], state.dies_on[: here.size]
    season = np.average(county.season, axis=1, weights=np.bincount(needs.month_of_day)) * 365 / 365.25
    rates = simulation.tables.rates * (season / state.normaliser[:STREAM_COUNT])[:, None]
    differing = need_factors(3, 2023, state.person[: here.size], spread_of(county))
    lived = needs.calendar[:, np.minimum(dies_after, 365)]
    near = lived[EMERGENCY] - needs.calendar[EMERGENCY, np.clip(dies_after - 365, 0, 365)]
    weight = low * differing.T * lived
    weight[EMERGENCY] += low * differing[:, EMERGENCY] * (p["last_year.emergency_ratio"] - 1.0) * near
    plain, expected = (
        np.array([np.bincount(risk, row, AGE_GROUP_COUNT * 6) for row in w]) * rates for w in (low * lived, weight)
    )
    expected /= state.need_norm
    certain = np.zeros(STREAM_COUNT)  # last illnesses come whatever the rate, which is lower by them
    certain[EMERGENCY] = last_illness(state, county, 0, 365).sum() / state.normaliser[EMERGENCY]
    np.testing.assert_allclose(expected.sum(axis=1) + certain, plain.sum(axis=1), rtol=0.002)
    slots = (state.point >> (STREAM_BITS + HEIGHT_BITS)) & SLOT_MASK
    day = np.concatenate([np.repeat(np.arange(365), np.diff(first)) for first in state.point_start])
    mine = (slots < here.size) & (day < state.dies_on[slots])
    stream = ((state.point >> HEIGHT_BITS) & ((1 << STREAM_BITS) - 1))[mine]
    found = np.zeros((STREAM_COUNT, AGE_GROUP_COUNT * 6))
    np.add.at(found, (stream, state.person["risk"][slots[mine]]), 1)
    by_stream = (found.sum(axis=1) - expected.sum(axis=1)) / np.sqrt(expected.sum(axis=1))
    assert (np.abs(by_stream) < norm.ppf(1 - ALPHA / 2 / STREAM_COUNT)).all()
    enough = expected > 20
    statistic = ((found - expected)[enough] ** 2 / expected[enough]).sum()
    assert chi2.sf(statistic, enough.sum()) > ALPHA
    power = 6 / np.sqrt(expected.sum(axis=1))
    record_property("needs_power", round(100 * power.max(), 1))
    assert (power < 0.05).all(), "too few needs to tell"


def test_needs_keep_the_season_and_the_hours(county: Region) -> None:
    simulation = Simulation(county, 4)
    simulation.run(date(2023, 1, 2))
    state = simulation.state
    per_day = np.diff(state.point_start, axis=1).sum(axis=0)
    july, february = per_day[181:212].mean(), per_day[31:59].mean()
    stream = (state.point >> HEIGHT_BITS) & ((1 << STREAM_BITS) - 1)
    share = np.bincount(stream, minlength=STREAM_COUNT) / stream.size
    months = np.array([date.fromordinal(date(2023, 1, 1).toordinal() + day).month - 1 for day in range(365)])
    opened = simulation.tables.opening[:365] != 0
    weight = county.season[:, months] * np.where(opened, 1.0, simulation.tables.closed_weight[:, None])
    wanted = share @ (weight / weight.sum(axis=1, keepdims=True))
    in_july, in_february = wanted[181:212].mean(), wanted[31:59].mean()
    assert abs(july / february / (in_july / in_february) - 1) < 5 * np.sqrt(1 / (july * 31) + 1 / (february * 28))
    closed, open_too = per_day[~opened].sum(), wanted[~opened].sum() * per_day.sum()
    assert abs(closed - open_too) < 5 * np.sqrt(open_too), "days on which centres are closed have fewer needs"
    assert per_day.sum() == state.point.size


def test_a_closed_cohort_reproduces_its_life_table(record_property) -> None:
    """200 000 people aged 70 for 20 years; a rate off by 2 % would be found."""
    n, ages = 200_000, np.arange(102)
    person, background = np.zeros(n, PERSON), np.zeros(n, BACKGROUND)
    person["key"] = np.arange(n, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(99)
    person["status"], background["age"], background["sex"] = PRESENT, 70, 1
    mortality = through_the_year(np.tile(np.minimum(0.00003 * np.exp(0.095 * ages), 0.9), (2, 1)))
    factor, leaving = np.ones((1, AGE_GROUP_COUNT, 4)), np.zeros((1, 2, 102))
    alike = np.ones(n, np.float32)
    rest = (factor, leaving, np.ones((2, 3)), np.ones(1 << 10), 1.0, 1.0, np.ones(16), alike, alike)
    expected = 1.0
    for year in range(2023, 2043):
        events = np.empty((n, 4), np.int64)
        there_from = np.where(person["status"] & PRESENT, 0, demography.NOT_HERE)
        arrays = person, background, mortality, *rest, there_from, events, np.full(n, NOT_SOON, np.int32)
        count = demography.draw_departures(np.uint64(5), year, 0, 365, *arrays)
        assert (events[:count, 1] == demography.DIES).all()
        assert ((events[:count, 0] >= 0) & (events[:count, 0] < 365)).all()
        person["status"][events[:count, 2]] = 0
        age = background["age"][0]
        expected *= np.exp(-mortality[1, age])
        background["age"] += 1
    alive = int((person["status"] & PRESENT != 0).sum())
    low, high = binom.interval(1 - ALPHA, n, expected)
    record_property("cohort_away", round(100 * abs(alive / (n * expected) - 1), 2))
    assert low <= alive <= high
    assert (high - low) / 2 < 0.02 * n * expected


def test_births_deaths_and_moves_come_at_the_rates_of_the_pack(history: History) -> None:
    """Five years of the smallest region: deviations of some 12 % in births, 10 % in deaths."""
    record, region = history.simulation.record, history.simulation.region
    people = record.population[:YEARS].sum(axis=(0, 1)).astype(float)  # person-years by sex and age
    fertility = 0.5 * (region.fertility[:-1] + region.fertility[1:])
    expected = {
        "births": (people[1, :-1] * fertility).sum(),
        "arrivals": YEARS * region.in_migration.sum(),
        "departures": (record.population[:YEARS].sum(axis=0) * region.out_migration).sum(),
        "deaths": (people * region.mortality).sum() * 1.05,  # people grow older within the year
    }
    flows = record.flows[:MONTHS].sum(axis=(0, 1))
    found = dict(zip(("births", "arrivals", "departures"), flows, strict=True), deaths=record.deaths.sum())
    for name, number in expected.items():
        assert abs(found[name] - number) < 4.5 * np.sqrt(number) + 0.04 * number, name
        assert 4.5 * np.sqrt(number) < 0.3 * number, "too few to tell"
