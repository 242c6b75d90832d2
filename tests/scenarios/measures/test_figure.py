from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from fake_engine import figure_of, tiny_dataset

from scenarios.measures import figures
from scenarios.measures.figure import OF_REGION, Figure, figure
from scenarios.measures.figures import INDICATORS, Results
from simulator.core.sources import sources_of

MONTHS = 24


@pytest.fixture(scope="module")
def dataset():
    """One scenario and replication with 1000, 1001, 1002 ... emergency visits a month for two years."""
    return tiny_dataset([1000 + month for month in range(MONTHS)]).expand_dims(scenario=[("nulage")], replication=[1])


DAYS_2023 = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


WORKED_OUT = [
    ("population", 1 * 2 * 101),
    ("population_80_plus", 2 * 21),
    ("chronically_ill", 80),
    ("complex_needs", 6),
    ("gp_contacts", 12 * 100),
    ("contacts", 12 * 2 * 16),
    ("ed_visits", 12 * 1000 + 66),
    ("admissions", sum((1000 + month) // 3 for month in range(12))),
    ("bed_days", 12 * 1000 + 66),
    ("occupied_beds_share", 75.0),
    ("assessed_within_3_days", 100 * (0.5 * 1 + 1.0 * 2) / 3),
    ("waiting_days", (1.0 * 10 + 2.0 * 20 + 3.0 * 70) / 100),
    ("continuity_index", 0.4),
    ("gp_gap", 3.0),
    ("fte_beyond_posts", 3.0),
    ("staff_shortage", 3.0),  # the surplus of the other profession is no help
    ("cost_region", 4.0),
    ("cost_municipality", 4.0),
    ("cost", 8.0),
    ("bought_care", 3.0),
    ("agency_cost", 2.0),
    ("overtime_cost", 4.0),
    ("care_value", 5.0),
]
HERE = [name for name, _ in WORKED_OUT]


@pytest.mark.parametrize(("name", "expected"), WORKED_OUT)
def test_an_indicator_is_what_can_be_worked_out_by_hand(dataset, name, expected):
    assert figure_of(dataset, name, 2023) == pytest.approx(expected)


@pytest.mark.parametrize("name", HERE)
def test_dimensions_and_attributes_are_the_same_for_all(dataset, name):
    values = INDICATORS[name].values(Results(dataset))
    assert values.dims == ("scenario", "replication", "year")
    assert values.attrs["units"] == INDICATORS[name].unit
    assert values.attrs["label_sv"] == INDICATORS[name].label_sv


def test_a_year_of_which_months_are_missing_is_left_out(dataset):
    short = dataset.isel(month=slice(0, 18))
    assert INDICATORS["ed_visits"].values(Results(short))["year"].values.tolist() == [2023]


def test_occupied_beds_weigh_months_by_their_days(dataset):
    beds = np.zeros((1, 1, MONTHS, 2))
    beds[..., 1, :] = [100, 20]
    changed = dataset.assign(occupied_beds=(("scenario", "replication", "month", "hospital"), beds))
    assert figure_of(changed, "occupied_beds_share", 2023) == pytest.approx(100 * 28 / DAYS_2023.sum())


def test_a_municipality_without_an_index_has_no_weight(dataset):
    two = xr.concat([dataset, dataset.assign_coords(municipality=["0883"])], ("municipality"), data_vars="minimal")
    index = np.array([[np.nan, np.nan], [0.4, np.nan], [0.4, 0.6]])
    ill = np.broadcast_to(np.array([10, 30])[:, None], (3, 2, 2))
    two = two.assign(
        continuity_index=(("scenario", "replication", "year", "municipality"), index[None, None]),
        chronically_ill=(("scenario", "replication", "year", "municipality", "age_group"), ill[None, None]),
    )
    assert np.isnan(figure_of(two, "continuity_index", 2022))
    assert figure_of(two, "continuity_index", 2023) == pytest.approx(0.4)
    assert figure_of(two, "continuity_index", 2024) == pytest.approx(0.25 * 0.4 + 0.75 * 0.6)


def test_a_name_can_be_registered_once():
    with pytest.raises(ValueError, match="already registered"):
        figure("ed_visits", "Annat", "1", "st", 0, "up")(lambda g: g["cost"])


def test_a_figure_that_leaves_other_dimensions_is_refused(dataset):
    wrong = Figure("wrong", OF_REGION, "Fel", "1", "st", 0, "up", lambda g: g["cost"], ("cost",))
    with pytest.raises(ValueError, match="dimensions"):
        wrong.values(Results(dataset))


def test_a_file_of_figures_that_nobody_reads_is_noticed():
    """Figures register themselves when their file is imported: by the registry, and by no other chance."""
    folder = Path(figures.__file__).parent
    registering = {file.stem for file in folder.glob("*.py") if "@figure(" in file.read_text("utf-8")}
    assert len(registering) > 5
    read = sources_of("scenarios.measures.figures")
    assert {name for name in registering if f"scenarios/measures/{name}.py" not in read} == set()
