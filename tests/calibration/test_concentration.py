"""How care gathers in few people: the plain functions, what a log says that people used, and the page."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from calibration.concentration import gathering
from calibration.concentration.measures import measures, measures_of
from calibration.concentration.page import ToldMeasure, lines, page, read_measures
from calibration.concentration.use import LoggedYear, bed_days, municipal_cost, use_of_care
from simulator.care import municipal
from simulator.core.dates import DAY, day_number
from simulator.core.log import ADMITTED, DISCHARGED, GP_VISIT, LOG_COLUMNS
from simulator.region.pack import Region
from simulator.simulation import Simulation
from simulator.staff.capacity import WEEKS_A_MONTH


def test_the_heaviest_are_those_who_used_the_most_and_among_equals_the_first() -> None:
    use = np.array([2.0, 7.0, 2.0, 0.0])
    assert gathering.heaviest(use, 2).tolist() == [True, True, False, False]
    assert gathering.top_share(use, 0.25) == pytest.approx(7 / 11)
    assert gathering.top_share(use, 0.01) == pytest.approx(7 / 11), "one person at least"
    assert gathering.share_of(use, np.array([False, False, True, True])) == pytest.approx(2 / 11)
    assert np.isnan(gathering.share_of(np.zeros(2), np.array([True, False])))


def test_the_heaviest_users_use_at_least_as_much_as_any_group_of_their_size() -> None:
    use = np.random.default_rng(1).exponential(size=50)
    group = np.arange(50) % 5 == 0
    assert gathering.share_of(use, group) < gathering.top_share(use, 0.2)


def test_frequent_attenders_are_counted_among_those_who_came() -> None:
    assert gathering.frequent(np.array([0.0, 1.0, 4.0, 5.0]), 4) == (pytest.approx(2 / 3), pytest.approx(0.9))


def test_dispersion_is_what_variance_has_beyond_the_mean() -> None:
    counts = np.array([0.0, 0.0, 0.0, 8.0])  # mean 2, variance 12
    assert gathering.negative_binomial_k(counts) == pytest.approx(4 / 10)
    assert gathering.negative_binomial_k(np.ones(4)) == np.inf
    alike = np.array([0.0, 2.0, 4.0, 8.0])  # means 1 and 6, variances 1 and 4
    assert gathering.beyond_poisson(alike, np.array([0, 0, 2, 2])) == pytest.approx((2 * 0 + 2 * -2) / (2 * 1 + 2 * 36))
    assert gathering.beyond_poisson(counts, np.zeros(4, int)) == pytest.approx(
        1 / gathering.negative_binomial_k(counts)
    )


def test_gamma_mixed_poisson_counts_give_their_own_dispersion_back() -> None:
    random = np.random.default_rng(7)
    group = np.repeat([0, 1], 100_000)
    counts = random.poisson(np.array([0.5, 3.0])[group] * random.gamma(2.0, 0.5, group.size)).astype(float)
    assert gathering.beyond_poisson(counts, group) == pytest.approx(0.5, rel=0.05)
    assert 1 / gathering.negative_binomial_k(counts) > 0.6, "the groups' own means differ besides"


def test_staying_and_being_explained() -> None:
    use, after = np.array([9.0, 8.0, 1.0, 0.0]), np.array([9.0, 0.0, 8.0, 0.0])
    assert gathering.staying(use, after, 0.5) == 0.5
    assert gathering.explained(use, 2.0 * use + 1.0) == pytest.approx(1.0)
    assert gathering.explained(np.array([1.0, -1.0, 1.0, -1.0]), np.array([1.0, 1.0, -1.0, -1.0])) == pytest.approx(0.0)


def event(day: float, kind: int, slot: int, asked: float = 0.0) -> list[int]:
    return [int(day * DAY), kind, slot, 0, int(asked * DAY), 0]


def test_bed_days_are_those_inside_the_period() -> None:
    log = np.array([
        event(12, ADMITTED, 0), event(15, DISCHARGED, 0, 12),
        event(13, DISCHARGED, 1, 4),  # came before the log began
        event(18, ADMITTED, 2),  # is there still
        event(19, ADMITTED, 0),  # a second stay
        event(11, GP_VISIT, 3),
    ])  # fmt: skip
    assert log.shape[1] == LOG_COLUMNS
    assert bed_days(log, 4, 10 * DAY, 20 * DAY).tolist() == [4.0, 3.0, 2.0, 0.0]


def of_a_year(**use: list[float]) -> LoggedYear:
    """Four people who all stay, the last of them listed, with the same use of every kind unless told."""
    kinds = ("gp_visit", "ed_visit", "admission", "bed_day", "primary", "cost", "whole")
    values = {kind: np.array(use.get(kind, [6.0, 1.0, 0.0, 5.0])) for kind in kinds}
    everybody = np.ones(4, bool)
    return LoggedYear(
        everybody, np.array([False, False, False, True]), np.array([70, 55, 60, 80]), np.zeros(4, int), values
    )


def test_what_the_few_use_falls_back_in_the_year_after() -> None:
    index, after = of_a_year(), of_a_year(cost=[2.0, 2.0, 4.0, 2.0], bed_day=[1.5, 0.0, 0.0, 4.0])
    found = measures(index, after, 0.25)
    assert (found["top_cost"], found["top_cost_next"]) == (50.0, 20.0)
    assert (found["top_days_each"], found["top_days_each_next"], found["top_change"]) == (6.0, 1.5, -75.0)
    assert (found["listed_cost"], found["listed_cost_next"]) == (pytest.approx(500 / 12), 20.0)
    assert found["listed_change"] == pytest.approx(-20.0)
    assert (found["admitted"], found["admissions_each"]) == (75.0, 4.0)
    assert found["ed_5_aged"] == 100.0
    assert found["gp_top_10_middle"] == 100.0


def test_who_died_counts_in_the_shares_of_the_year_but_is_not_followed_into_the_next() -> None:
    gone = np.array([False, True, True, True])
    index, after = of_a_year(), of_a_year(cost=[0.0, 1.0, 0.0, 1.0], bed_day=[0.0, 0.0, 0.0, 5.0])
    found = measures(index, after._replace(present=gone), 0.5)
    assert found["top_cost"] == pytest.approx(1100 / 12)
    assert (found["top_days_each"], found["top_change"]) == (5.0, 0.0), "the one of the two who is left"


def test_those_who_come_later_were_not_there_the_year_before() -> None:
    after = of_a_year()
    longer = after._replace(
        **{name: np.append(getattr(after, name), 1) for name in ("age", "risk")},
        present=np.append(after.present, True),
        listed=np.append(after.listed, False),
        use={name: np.append(use, 100.0) for name, use in after.use.items()},
    )
    assert measures(of_a_year(), longer, 0.25)["top_cost"] == 50.0


@pytest.mark.usefixtures("kernels")
def test_what_people_used_sums_to_what_was_recorded(small_region: Region) -> None:
    simulation = Simulation(small_region, 3, log=400_000)
    simulation.run(date(2023, 4, 1))
    people, end = simulation.state.person.size, day_number(date(2023, 4, 1))
    used = use_of_care(simulation.log[: simulation.logged[0]], people, small_region, 0, end)
    record = simulation.record
    assert used["gp_visit"].sum() == record.wait.sum()
    assert used["ed_visit"].sum() == record.ed_visits.sum()
    assert used["admission"].sum() == record.admissions.sum()
    assert used["desk"].sum() + used["gp_visit"].sum() + used["ed_visit"].sum() == pytest.approx(
        record.contacts.sum() - record.contacts[..., 4].sum()
    ), "every contact but self-care advice, which is not logged"
    assert used["bed_day"].sum() == pytest.approx(record.bed_days.sum(), rel=0.1), "those there since 2022 are missing"
    assert used["cost"].min() >= 0.0
    assert (used["primary"] <= used["cost"]).all()


@pytest.mark.usefixtures("kernels")
def test_home_help_costs_what_the_municipality_counts(small_region: Region) -> None:
    simulation = Simulation(small_region, 3)
    simulation.run(date(2023, 3, 1))
    state = simulation.state
    counted = np.zeros((len(small_region.municipalities), municipal.COUNTED_OF_HELP))
    simulation.run(date(2023, 3, 2))  # the hours of the month are counted as it begins
    terms = municipal.help_terms(state, small_region)
    municipal.count_helped(state.seed[0], state.person, state.background, terms, counted)
    housed = simulation.state.municipality["residents"].sum() * small_region.costs["special_housing_year"].value
    hours = counted[:, municipal.HELP_HOURS].sum() * WEEKS_A_MONTH * 12.0
    helped = hours * small_region.costs["home_nursing_hour"].value
    assert hours > 0
    assert municipal_cost(state, small_region).sum() == pytest.approx(housed + helped)


@pytest.mark.usefixtures("kernels")
def test_every_measure_has_its_row_and_every_row_its_measure(small_region: Region) -> None:
    found = measures_of(small_region, 3)
    assert set(found) == {row.measure for row in read_measures()}
    printed = lines(read_measures(), [found, found])
    assert max(map(len, printed)) <= 120
    told = page(read_measures(), [found, found], 2024, "python -m calibration.concentration")
    assert all(f"| {row.label_sv}" in told for row in read_measures())
    assert "nan" not in told.lower().split()


def row(**told: float) -> ToldMeasure:
    return read_measures()[0]._replace(**told)


def test_a_target_is_met_inside_its_range_or_near_its_only_figure() -> None:
    single = row(value=20.0, low=np.nan, high=np.nan, decimals=1)
    assert single.met(17.0)
    assert not single.met(16.9)
    span = row(value=np.nan, low=18.0, high=22.4, decimals=1)
    assert span.observed
    assert span.met(17.96), "as it is shown"
    assert not span.met(22.5)
    assert not row(value=np.nan, low=np.nan, high=np.nan).observed


def test_every_target_has_a_source_and_a_grade_and_no_other_row_has() -> None:
    for measure in read_measures():
        assert bool(measure.source and measure.place_sv) == measure.observed, measure.measure
        assert (measure.grade in ("A", "B", "C")) == measure.observed, measure.measure
        assert np.isnan(measure.low) == np.isnan(measure.high), measure.measure
        assert measure.observed or measure.note_sv or "_top" in measure.measure or "De" in measure.part_sv, (
            measure.measure
        )


def test_the_page_tells_what_is_met_and_what_is_half() -> None:
    rows = read_measures()
    runs = [{row.measure: 50.0 for row in rows}, {row.measure: 54.0 for row in rows}]
    told = page(rows, runs, 2024, "python -m calibration.concentration --seeds 1 2")
    assert "Ungefär hälften eller mer är det av kostnaden, vårddygnen och kostnaden med" in told
    assert "52,0 (50,0–54,0)" in told
    assert "Medelvärden av 2 replikationer" in told
    assert "Modellen ligger över: de 1 % som kostar mest (52,0 mot 23)" in told
    small = page(rows, [{row.measure: 10.0 for row in rows}], 2024, "x")
    assert "Inget av det är nära hälften." in small
    assert "En replikation." in small
