"""The rates of need reach the stated totals in the start population and fall where they should."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.needs import ALL_VISITS, DIRECT_VISITS, LEVEL, RUB_SHARE, by_age_group, total_needs
from simulator.region.axes import AGE_GROUPS, STREAMS
from simulator.region.pack import Region, load_region

OLD = slice(AGE_GROUPS.index("80-84"), None)


@pytest.fixture(scope="module")
def kalmar() -> Region:
    return load_region("kalmar")


def rates_by_age(region: Region, stream: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.asarray((region.rub_share * region.need_rates[STREAMS.index(stream)]).sum(1))


def test_totals_per_inhabitant_and_year(kalmar: Region) -> None:
    people = kalmar.population.astype(float)
    totals = total_needs(people, kalmar.rub_share, kalmar.need_rates)
    per_head = {stream: count / people.sum() for stream, count in totals.items()}
    assert per_head == pytest.approx(LEVEL, rel=1e-3)


def test_admissions_add_up_to_the_published_rate(kalmar: Region) -> None:
    """7 % too few: what the county's own 65 000 visits and the country's third who are admitted give."""
    people = kalmar.population.astype(float)
    elective = total_needs(people, kalmar.rub_share, kalmar.need_rates)["elective"]
    acute = ALL_VISITS * kalmar.parameters["emergency.admission_share"]
    published = kalmar.parameters["hospital.admissions_per_100000_2021"] * people.sum() / 100_000
    assert elective + acute == pytest.approx(published, rel=0.07)


def test_rub_shares_of_the_county_and_their_rise_with_age(kalmar: Region) -> None:
    counts = by_age_group(kalmar.population.astype(float))
    np.testing.assert_allclose(counts @ kalmar.rub_share / counts.sum(), RUB_SHARE, atol=1e-5)
    heavy = kalmar.rub_share[:, 4:].sum(1)
    assert (np.diff(heavy) > 0).all()


def test_emergency_visits_of_the_oldest(kalmar: Region) -> None:
    counts, rates = by_age_group(kalmar.population.astype(float)), rates_by_age(kalmar, "emergency")
    direct = (counts[OLD] @ rates[OLD]) / counts[OLD].sum() * 1000
    total = direct * ALL_VISITS / DIRECT_VISITS
    assert total == pytest.approx(kalmar.parameters["emergency.visits_80_plus_per_1000"], rel=0.05)


@pytest.mark.parametrize("stream", STREAMS)
def test_needs_rise_with_the_resource_band(kalmar: Region, stream: str) -> None:
    rates = kalmar.need_rates[STREAMS.index(stream)]
    assert (np.diff(rates, axis=1) > 0).all()
    assert (rates > 0).all()
    assert rates_by_age(kalmar, stream)[0] < rates_by_age(kalmar, stream)[4], "children need less than those of 70-74"
