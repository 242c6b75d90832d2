"""How people differ: means, spreads, correlations over years, and norms that keep every risk's level."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from simulator.core.randomness import LASTING, Purpose, draws
from simulator.core.state import BACKGROUND, LOW_USE, NOT_SOON, PERSON, PRESENT
from simulator.people import demand, lasting_need, need_rates
from simulator.people.demand import STREAM_COUNT
from simulator.people.lasting_need import RISKS, Differences, need_factors, parts_of_year
from simulator.region.axes import EMERGENCY, GP, NURSE
from simulator.region.pack import Region

N, SEED = 200_000, 7
SPREAD = Differences(lasting=0.6, illness=0.5, common=0.7, need=np.array([0.6, 0.7, 1.1, 1.1, 1.0]), death=0.4)
ALONE = SPREAD._replace(common=1.0)
"""All of a stream's spread is general need, so its logarithm tells G."""


@pytest.fixture(scope="module")
def person() -> np.ndarray:
    person = np.zeros(N, PERSON)
    person["key"] = np.arange(1, N + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    person["status"] = PRESENT
    return person


def general(person: np.ndarray, year: int, spread: Differences = ALONE) -> np.ndarray:
    """G of everybody in a year."""
    a = spread.need[GP]
    g: np.ndarray = (np.log(need_factors(SEED, year, person, spread)[:, GP].astype(float)) + 0.5 * a**2) / a
    return g


def correlated(a: np.ndarray, b: np.ndarray, expected: float) -> bool:
    """Whether two series correlate as expected, by Fisher's z and four standard errors: 0.009 in 200 000 pairs."""
    return bool(abs(np.arctanh(np.corrcoef(a, b)[0, 1]) - np.arctanh(expected)) < 4 / np.sqrt(N))


def test_factors_have_mean_one_and_the_stated_spread(person) -> None:
    """Four standard errors: 1 % of the mean where the spread is widest, 0.7 % of the spread.

    The knots of the normal end at four standard deviations: their mean of exp(1.1 z) is 0.2 % too low.
    """
    factors = need_factors(SEED, 2024, person, SPREAD).astype(float)
    assert factors.dtype == float
    assert (factors > 0.0).all()
    for s, a in enumerate(SPREAD.need):
        error = np.sqrt((np.exp(a**2) - 1) / N)
        assert abs(factors[:, s].mean() - 1.0) < 4 * error + 0.003
        assert abs(np.log(factors[:, s]).mean() + a**2 / 2) < 4 * a / np.sqrt(N)
        assert abs(np.log(factors[:, s]).std() - a) < 4 * a / np.sqrt(2 * N)
    death = lasting_need.death_factors(SEED, 2024, person, SPREAD).astype(float)
    assert abs(death.mean() - 1.0) < 4 * np.sqrt((np.exp(0.16) - 1) / N)
    assert abs(np.log(death).std() - 0.4) < 4 * 0.4 / np.sqrt(2 * N)


def test_general_need_is_a_standard_normal(person) -> None:
    g = general(person, 2024)
    assert abs(g.mean()) < 4 / np.sqrt(N)
    assert abs(g.std() - 1.0) < 4 / np.sqrt(2 * N)
    for beyond in (1.0, 2.0, 3.0):
        share = 1 - 0.5 * (1 + np.array([0.6826895, 0.9544997, 0.9973002])[int(beyond) - 1])
        assert abs((g > beyond).mean() - share) < 4 * np.sqrt(share / N)


def test_years_correlate_by_what_lasts_and_half_of_what_drifts(person) -> None:
    """l + (1 - l) / 2 from one year to the next; l from the year after on, however far apart."""
    first = general(person, 2024)
    assert correlated(first, general(person, 2025), 0.6 + 0.2)
    for later in (2026, 2031):
        assert correlated(first, general(person, later), 0.6)
    fleeting = ALONE._replace(lasting=0.0)
    assert correlated(general(person, 2024, fleeting), general(person, 2025, fleeting), 0.5)
    assert correlated(general(person, 2024, fleeting), general(person, 2026, fleeting), 0.0)
    for_life = ALONE._replace(lasting=1.0)
    assert np.array_equal(general(person, 2024, for_life), general(person, 2031, for_life))


def test_what_lasts_goes_with_the_frailty_that_gathers_conditions(person) -> None:
    frailty = ndtri(draws(np.uint64(SEED), Purpose.FRAILTY, np.ascontiguousarray(person["key"]), LASTING))
    assert correlated(general(person, 2024), frailty, np.sqrt(0.6) * 0.5)
    assert correlated(general(person, 2024, ALONE._replace(illness=0.0)), frailty, 0.0)


def test_streams_correlate_by_what_is_common_and_death_is_all_of_it(person) -> None:
    logs = np.log(need_factors(SEED, 2024, person, SPREAD).astype(float))
    for a, b in ((GP, NURSE), (GP, EMERGENCY), (NURSE, EMERGENCY)):
        assert correlated(logs[:, a], logs[:, b], 0.7)
    later = np.log(need_factors(SEED, 2031, person, SPREAD).astype(float))
    assert correlated(logs[:, GP], later[:, GP], 0.7 * 0.6 + 0.3), "a stream's own part lasts for life"
    death = np.log(lasting_need.death_factors(SEED, 2024, person, SPREAD).astype(float))
    np.testing.assert_allclose((death + 0.08) / 0.4, general(person, 2024), atol=1e-5)


def test_a_person_is_the_same_whoever_else_is_there(person) -> None:
    some = person[::1000].copy()
    assert np.array_equal(need_factors(SEED, 2024, some, SPREAD), need_factors(SEED, 2024, person, SPREAD)[::1000])
    other = need_factors(SEED + 1, 2024, some, SPREAD)
    assert not np.isin(other, need_factors(SEED, 2024, some, SPREAD)).any()


def test_what_is_known_already_and_one_stream_alone_change_no_bit(person) -> None:
    some = person[::100].copy()
    whole = need_factors(SEED, 2024, some, SPREAD)
    known = lasting_need.exact_general_need(SEED, 2024, some[:700], SPREAD)
    assert np.array_equal(need_factors(SEED, 2024, some, SPREAD, known), whole)
    alone = need_factors(SEED, 2024, some, SPREAD, only=EMERGENCY)
    assert np.array_equal(alone[:, EMERGENCY], whole[:, EMERGENCY])
    assert (np.delete(alone, EMERGENCY, axis=1) == 1.0).all()


def test_without_spread_nobody_differs_to_the_bit(person) -> None:
    none = SPREAD._replace(need=np.zeros(STREAM_COUNT), death=0.0)
    factors, deaths = need_factors(SEED, 2024, person, none), lasting_need.death_factors(SEED, 2024, person, none)
    for values in (factors, deaths):
        assert values.dtype == np.float32
        assert (values == 1.0).all()
    one = SPREAD._replace(need=np.array([0.6, 0.0, 0.0, 0.0, 0.0]))
    assert (need_factors(SEED, 2024, person, one)[:, 1:] == 1.0).all()


def test_the_spreads_are_those_of_the_pack(county: Region) -> None:
    p, spread = county.parameters, lasting_need.spread_of(county)
    assert spread.need[EMERGENCY] == p["lasting_need.spread_emergency"] > spread.need[GP] > 0.0
    assert (spread.lasting, spread.death) == (p["lasting_need.lasting_share"], p["lasting_need.spread_death"])


def counts(person: np.ndarray, factor: np.ndarray, rate: float) -> np.ndarray:
    """Needs of each person in a year by stream, int64[N, S], everybody of the same risk."""
    days, months = 365, np.minimum(np.arange(365) // 31, 11)
    needs = need_rates.needs_of_year(
        np.full((STREAM_COUNT, RISKS), rate), np.ones((STREAM_COUNT, 12)), np.ones((12, STREAM_COUNT, 1, 9, 4)),
        need_rates.arrival_profile(np.ones((STREAM_COUNT, 24))), months, np.ones((STREAM_COUNT, days)),
    )  # fmt: skip
    background = np.zeros(person.size, BACKGROUND)
    members, start = demand.members_by_centre(person, np.zeros(person.size, np.uint8), 1)
    size = int(person.size * rate * STREAM_COUNT * 2)
    out, first = np.zeros(size, np.int64), np.zeros((1, days + 1), np.int64)
    n = demand.draw_needs(
        np.uint64(SEED), 2024, person, background, members, start, needs, 1.0, factor,
        np.full(person.size, NOT_SOON, np.int32), 1.0, np.zeros(size, np.int64), np.zeros(size, np.int32),
        np.zeros(days * demand.BUCKETS + 1, np.int32), np.empty(STREAM_COUNT), out, first,
    )  # fmt: skip
    slot = (out[:n] >> (demand.STREAM_BITS + demand.HEIGHT_BITS)) & ((1 << 21) - 1)
    stream = (out[:n] >> demand.HEIGHT_BITS) & ((1 << demand.STREAM_BITS) - 1)
    return np.bincount(slot * STREAM_COUNT + stream, minlength=person.size * STREAM_COUNT).reshape(-1, STREAM_COUNT)


def test_numbers_of_needs_vary_beyond_poisson_as_a_lognormal_mixture_does(person) -> None:
    """Variance = mean + alpha mean^2 with alpha = exp(a^2) - 1 (Greenwood and Yule), within one risk.

    40 parts of 5 000 people, seed 7: twice the standard errors, a spread of 0.6 that were 0.56 would be found.
    """
    spread = SPREAD._replace(need=np.array([0.6, 0.3, 0.6, 0.0, 0.45]))
    number = counts(person, need_factors(SEED, 2024, person, spread), 2.0)
    for s, a in enumerate(spread.need):
        parts = number[:, s].reshape(40, -1)
        mean = 2.0 * 365 / 365.25
        alpha = (parts.var(axis=1) - parts.mean(axis=1)) / mean**2
        error = alpha.std(ddof=1) / np.sqrt(40)
        assert error < 0.03
        assert abs(alpha.mean() - (np.exp(a**2) - 1)) < 4 * error
        assert abs(parts.mean() / mean - 1) < 4 * np.sqrt((1 / mean + np.exp(a**2) - 1) / N)


def test_without_spread_the_points_are_those_of_people_alike(person) -> None:
    some = person[:3_000]
    none = need_factors(SEED, 2024, some, SPREAD._replace(need=np.zeros(STREAM_COUNT)))
    alike = counts(some, np.ones((some.size, STREAM_COUNT), np.float32), 2.0)
    assert np.array_equal(counts(some, none, 2.0), alike)
    assert not np.array_equal(counts(some, need_factors(SEED, 2024, some, SPREAD), 2.0), alike)


# --- the last year of life and the norms ---------------------------------------------------------------------


def test_parts_of_a_year_lived_and_of_the_last_twelve_months() -> None:
    """By hand, of a year of 365 days: who dies on its 101st day has all of what is lived in the last year."""
    dies_on = np.array([NOT_SOON, 1_000, 1_100, 1_364, 1_365, 1_465, 1_729, 1_730, 999], np.int32)
    lived, last = parts_of_year(dies_on, 1_000, 365)
    np.testing.assert_allclose(lived * 365, [365, 0, 100, 364, 365, 365, 365, 365, 0])
    np.testing.assert_allclose(last * 365, [0, 0, 100, 364, 365, 265, 1, 0, 0])
    lived, last = parts_of_year(dies_on, 999, 366)
    np.testing.assert_allclose(lived * 366, [366, 1, 101, 365, 366, 366, 366, 366, 0])
    np.testing.assert_allclose(last * 366, [0, 1, 101, 365, 365, 265, 1, 0, 0])


def day_by_day(dies_after: np.ndarray, ratio: float) -> tuple[np.ndarray, np.ndarray]:
    """Days lived of a year of 365, and those days with the last 365 before death counted `ratio` times."""
    day = np.arange(365)
    alive = day < dies_after[:, None]
    near = alive & (day >= dies_after[:, None] - 365)
    return alive.sum(axis=1) / 365, (alive + (ratio - 1.0) * near).sum(axis=1) / 365


@pytest.mark.parametrize("dying", [False, True])
@pytest.mark.parametrize("certain", [False, True])
def test_rates_over_the_norm_keep_the_level_of_every_risk(dying: bool, certain: bool) -> None:
    """Needs of people alike, day by day; emergencies with those of the last year and the last illness."""
    rng, n, ratio, low_use = np.random.default_rng(3), 4_000, 5.0, 0.2
    person = np.zeros(n, PERSON)
    person["risk"] = rng.integers(0, 40, n)  # the higher risks have nobody
    person["status"] = np.where(rng.random(n) < 0.9, PRESENT, 0) | np.where(rng.random(n) < 0.2, LOW_USE, 0)
    factor = rng.lognormal(-0.2, 0.6, (n, STREAM_COUNT)).astype(np.float32)
    dies_after = np.where(rng.random(n) < 0.1 * dying, rng.integers(0, 730, n), NOT_SOON)
    last = 0.3 * (dies_after < 365) * certain
    rates = rng.uniform(0.5, 2.0, RISKS)
    norm = lasting_need.norms(person, factor, low_use, parts_of_year(dies_after, 0, 365), ratio, last, rates)
    assert norm.shape == (STREAM_COUNT, RISKS)
    assert (norm[:, 40:] == 1.0).all()
    weight = np.where(person["status"] & LOW_USE, low_use, 1.0) * ((person["status"] & PRESENT) != 0)
    lived, raised = day_by_day(dies_after, ratio)
    for s in range(STREAM_COUNT):
        needs = weight * factor[:, s] * (raised if s == EMERGENCY else lived)
        needs = np.bincount(person["risk"], needs, RISKS) * rates / norm[s]
        if s == EMERGENCY:
            needs += np.bincount(person["risk"], last * ((person["status"] & PRESENT) != 0), RISKS)
        np.testing.assert_allclose(needs, np.bincount(person["risk"], weight * lived, RISKS) * rates)
    assert (norm[EMERGENCY].mean() > 1.1) == dying


def test_the_norm_of_people_alike_of_whom_nobody_dies_is_one() -> None:
    person = np.zeros(500, PERSON)
    person["status"], person["risk"] = PRESENT, np.arange(500) % RISKS
    alike, never = np.ones((500, STREAM_COUNT), np.float32), np.full(500, NOT_SOON, np.int32)
    norm = lasting_need.norms(person, alike, 0.2, parts_of_year(never, 0, 365), 5.0, np.zeros(500), np.ones(RISKS))
    assert (norm == 1.0).all()


def test_last_illnesses_take_at_most_seven_tenths_of_a_risks_emergencies() -> None:
    """Where as many die as have emergencies, some are left for others."""
    person = np.zeros(10, PERSON)
    person["status"] = PRESENT
    alike, never = np.ones((10, STREAM_COUNT), np.float32), np.full(10, NOT_SOON, np.int32)
    norm = lasting_need.norms(person, alike, 1.0, parts_of_year(never, 0, 365), 5.0, np.ones(10), np.full(RISKS, 0.5))
    assert norm[EMERGENCY, 0] == pytest.approx(1 / 0.3)
    assert norm[GP, 0] == 1.0
