"""Figures by place, worked out by hand on two municipalities and three health centres."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from fake_engine import REGION as COUNTY

from scenarios.measures.figure import BY_CENTRE, BY_MUNICIPALITY
from scenarios.measures.figures import BY_PLACE, FIGURES, INDICATORS, ORDER, Results, table_of

TOWNS, CENTRES = ["0880", "0883"], ["h1", "h2", "h3"]  # h1 and h2 in 0880, h3 in 0883
MONTHS, YEARS = 27, [2022, 2023, 2024]
SIZES = {
    "municipality": 2, "health_centre": 3, "sex": 2, "age": 101, "age_group": 2, "care_level": 4, "care_mode": 4,
    "statistic": 2, "unit": 6, "profession": 2,
}  # fmt: skip
MONTHLY = {
    "ed_visits": ("municipality", "age_group"), "admissions": ("municipality", "age_group"),
    "bed_days": ("municipality", "age_group"), "avoidable_admissions": ("municipality", "age_group"),
    "gave_up": ("municipality", "care_level", "care_mode"), "discharge_ready_days": ("municipality",),
    "discharges_same_day": ("municipality",), "discharges_to_municipality": ("municipality",),
    "housing_queue": ("municipality",), "home_help_minutes_given": ("municipality",),
    "home_help_minutes_needed": ("municipality",), "assessed_within_3_days": ("health_centre",),
    "needs_assessed": ("health_centre",), "gp_visits": ("health_centre",),
    "waiting_days": ("health_centre", "statistic"), "calls": ("health_centre",), "calls_same_day": ("health_centre",),
    "psychiatric_visits": ("municipality", "age_group"), "first_line_visits": ("health_centre",),
    "first_line_waiting_days": ("health_centre",),
}  # fmt: skip
YEARLY = {
    "population": ("municipality", "sex", "age"), "complex_needs": ("municipality", "age_group"),
    "daily_smokers": ("municipality", "age_group"), "with_obesity": ("municipality", "age_group"),
    "at_great_risk": ("municipality", "age_group"),
    "assessed_by_municipality": ("municipality",), "continuity_index": ("municipality",),
    "persons_with_gp": ("municipality",), "persons_with_known_gp": ("municipality",),
    "complex_by_centre": ("health_centre",),
    "fte_required_by_unit": ("unit", "profession"), "fte_available_by_unit": ("unit", "profession"),
}  # fmt: skip


@pytest.fixture
def dataset():
    """Ones everywhere, over two whole years and three months more; tests put their figures in."""
    variables = {
        name: ((time, *dims), np.ones((length, *(SIZES[dim] for dim in dims))))
        for time, length, table in (("month", MONTHS, MONTHLY), ("year", 3, YEARLY))
        for name, dims in table.items()
    }
    coordinates = {
        "month": pd.date_range("2023-01-01", periods=MONTHS, freq="MS"), "year": YEARS, "municipality": TOWNS,
        "health_centre": CENTRES, "age": np.arange(101), "unit": [*CENTRES, "hospital-a", *TOWNS],
        "profession": ["gp", "nurse"],
    }  # fmt: skip
    made = xr.Dataset(variables, coordinates, {"region": "kalmar"})
    return made.expand_dims(scenario=["nulage"], replication=[1]).copy(deep=True)


def of(dataset, kind, name, year=2023):
    """Return the values of a measure in a year, by place."""
    found = FIGURES[BY_PLACE[kind]][name].values(Results(dataset, COUNTY)).sel(year=year)
    return found.isel(scenario=0, replication=0).values.tolist()


def tables(dataset):
    """Return every figure by municipality, and by health centre."""
    return [table_of(Results(dataset, COUNTY), dimensions) for dimensions in (BY_MUNICIPALITY, BY_CENTRE)]


def test_every_record_is_worked_out_with_the_dimensions_of_the_contract(dataset):
    by_municipality, by_centre = tables(dataset)
    assert by_municipality.dims == ("scenario", "replication", "municipality_measure", "municipality", "year")
    assert by_centre.dims == ("scenario", "replication", "centre_measure", "health_centre", "year")
    assert by_municipality["municipality_measure"].values.tolist() == list(ORDER[BY_MUNICIPALITY])
    assert by_centre["centre_measure"].values.tolist() == list(ORDER[BY_CENTRE])
    for made in (by_municipality, by_centre):
        assert made["year"].values.tolist() == YEARS  # of 2025 only three months are there
        assert np.isfinite(made.sel(year=[2023, 2024])).all()
    assert np.isnan(by_municipality.sel(municipality_measure="ed_visits", year=2022)).all()  # 2022 has no months


def test_a_rate_is_of_the_mean_population_of_the_year(dataset):
    dataset["population"][..., 0, 0, :, :] = 3.0  # 606 on 31 December 2022, 202 a year later: 404 in the mean
    dataset["ed_visits"][..., :12, 0, :] = 2.0  # 2 age groups, 12 months: 48
    assert of(dataset, "municipality", "ed_visits") == pytest.approx([1000 * 48 / 404, 1000 * 24 / 202])


def test_unmet_need_of_all_cells_counts(dataset):
    assert of(dataset, "municipality", "gave_up")[0] == pytest.approx(1000 * 12 * 16 / 202)


def test_the_old_are_those_of_80_and_over_at_the_end_of_the_year(dataset):
    dataset["population"][..., 1, 1, :, :80] = 0.0
    assert of(dataset, "municipality", "population_80_plus") == [42, 42]
    assert of(dataset, "municipality", "share_80_plus") == pytest.approx([100 * 42 / 202, 100.0])


def test_the_queue_is_of_those_who_wait_on_the_first_of_a_month(dataset):
    dataset["housing_queue"][..., 0:6, 0] = 3.0
    assert of(dataset, "municipality", "housing_queue")[0] == pytest.approx(1000 * 2 / 42)


def test_every_visit_at_the_centres_of_a_municipality_weighs_alike(dataset):
    dataset["gp_visits"][..., 0] = 3.0
    dataset["waiting_days"][..., 0, 0] = 5.0
    dataset["waiting_days"][..., 1] = 99.0  # the 90th percentile, not asked for
    dataset["waiting_days"][..., 0, 1, 0] = np.nan  # nobody came in January
    dataset["gp_visits"][..., 0, 1] = 0.0
    assert of(dataset, "municipality", "waiting_days") == pytest.approx([(36 * 5 + 11 * 1) / 47, 1.0])
    assert of(dataset, "centre", "waiting_days") == pytest.approx([5.0, 1.0, 1.0])


def test_every_call_to_a_centre_weighs_alike(dataset):
    dataset["calls"][..., 0] = 4.0
    dataset["calls"][..., 6:12, 0], dataset["calls_same_day"][..., 6:12, 0] = 8.0, 7.0  # from July
    assert of(dataset, "centre", "phone_same_day") == pytest.approx([100 * (6 * 1 + 6 * 7) / (6 * 4 + 6 * 8), 100, 100])


def test_a_municipality_without_health_centres_has_no_wait(dataset):
    moved = dataset.assign_coords(health_centre=["h1", "h2", "unknown"])
    moved = moved.assign_coords(unit=["h1", "h2", "unknown", "hospital-a", *TOWNS])
    assert np.isnan(of(moved, "municipality", "waiting_days")[1])


def test_assessment_at_a_centre_is_weighed_by_what_was_assessed(dataset):
    dataset["assessed_within_3_days"][..., 0] = 0.5
    dataset["assessed_within_3_days"][..., 0, 0] = np.nan
    dataset["assessed_within_3_days"][..., 1, 0] = 1.0
    dataset["needs_assessed"][..., 1, 0] = 10.0
    assert of(dataset, "centre", "assessed_within_3_days")[0] == pytest.approx(100 * (10 + 5) / 20)


def test_a_surplus_of_one_profession_does_not_help_another(dataset):
    required = dataset["fte_required_by_unit"]  # units: h1 h2 h3 hospital 0880 0883
    required[..., 0, :] = [3.0, 0.0]  # h1 lacks 2 GPs and has a nurse to spare
    required[..., 3, :] = 50.0  # the hospital is nobody's own
    required[..., 4, :] = [1.0, 2.5]  # the municipality lacks 1.5
    assert of(dataset, "municipality", "staff_shortage") == pytest.approx([3.5, 0.0])
    assert of(dataset, "municipality", "staff_shortage_share")[0] == pytest.approx(100 * 3.5 / (3.0 + 2.0 + 3.5))
    assert of(dataset, "centre", "gp_gap") == pytest.approx([2.0, 0.0, 0.0])
    assert of(dataset, "centre", "gp_required")[0] == 3.0
    assert of(dataset, "centre", "gp_available")[0] == 1.0


def test_units_are_found_by_code_and_not_by_place(dataset):
    dataset["fte_required_by_unit"][..., 0, 0] = 4.0
    turned = dataset.isel(unit=slice(None, None, -1))
    assert of(turned, "centre", "gp_gap") == of(dataset, "centre", "gp_gap") == pytest.approx([3.0, 0.0, 0.0])


def test_what_the_results_lack_is_not_offered(dataset):
    poorer = dataset.drop_vars(["continuity_index", "unit", "complex_by_centre"])
    by_municipality, by_centre = tables(poorer)
    missing = {"continuity_index", "staff_shortage", "staff_shortage_share"}
    assert set(FIGURES[BY_MUNICIPALITY]) - set(by_municipality["municipality_measure"].values.tolist()) == missing
    left = [
        "assessed_within_3_days", "waiting_days", "phone_same_day", "gp_visits", "first_line_visits",
        "first_line_wait",
    ]  # fmt: skip
    assert by_centre["centre_measure"].values.tolist() == left


def test_nobody_to_count_is_no_figure(dataset):
    dataset["discharges_to_municipality"][..., 0] = 0.0
    assert np.isnan(of(dataset, "municipality", "discharged_same_day")[0])


def test_less_than_a_year_gives_no_year(dataset):
    short = dataset.isel(month=slice(0, 11), year=slice(0, 1))
    flows = table_of(Results(short, COUNTY), BY_MUNICIPALITY, [FIGURES[BY_MUNICIPALITY]["ed_visits"]])
    assert np.isnan(flows).all()
    assert FIGURES[BY_MUNICIPALITY]["ed_visits"].values(Results(short, COUNTY)).sizes["year"] == 0


def test_many_runs_at_once_are_what_each_gives_alone(dataset):
    both = xr.concat([dataset, dataset.assign(ed_visits=dataset["ed_visits"] * 2)], "replication")
    both = both.assign_coords(replication=[1, 2])
    alone = [tables(both.isel(replication=[n])) for n in (0, 1)]
    for together, *runs in zip(tables(both), *alone, strict=True):
        xr.testing.assert_identical(together, xr.concat(runs, "replication"))


def test_measures_agree_with_the_indicators_of_the_county(dataset):
    results = Results(dataset.isel(month=slice(0, 24)), COUNTY)
    people = dataset["population"].sum(["sex", "age"]).sel(year=[2023, 2024])
    for name in ("ed_visits", "admissions", "bed_days", "gave_up"):
        rate = FIGURES[BY_MUNICIPALITY][name].values(results)
        whole = INDICATORS[name].values(results)
        np.testing.assert_allclose((rate * people / 1000).sum("municipality"), whole, rtol=1e-5)


def test_a_run_is_small():
    assert 8 * 12 * len(FIGURES[BY_MUNICIPALITY]) * 4 + 8 * 38 * len(FIGURES[BY_CENTRE]) * 4 < 60_000


def test_without_a_region_nobody_knows_where_a_health_centre_lies(dataset):
    with pytest.raises(ValueError, match="no region"):
        FIGURES[BY_MUNICIPALITY]["waiting_days"].values(Results(dataset))


def test_a_rate_needs_the_year_before(dataset):
    with pytest.raises(ValueError, match="does not reach back"):
        FIGURES[BY_MUNICIPALITY]["ed_visits"].values(Results(dataset.isel(year=slice(1, None)), COUNTY))


def test_what_is_assumed_of_places_is_said():
    for dimensions in (BY_MUNICIPALITY, BY_CENTRE):
        for figure in FIGURES[dimensions].values():
            assert not figure.centre or figure.centre in FIGURES[BY_CENTRE]
            assert not figure.note_sv or "antagande (grad C)" in figure.note_sv
