import numpy as np
from fake_engine import tiny_dataset

from scenarios.measures.figures import INDICATORS
from scenarios.measures.headline import headline


def test_every_indicator_of_one_run_by_year():
    run = tiny_dataset([1000] * 96)
    figures = headline(run)
    assert set(figures.data_vars) == set(INDICATORS)
    assert all(array.dims == ("year",) for array in figures.data_vars.values())
    assert figures["ed_visits"].sel(year=2030) == 12_000
    assert np.isnan(figures["ed_visits"].sel(year=2022))  # a stock is counted then, a flow is not
    assert figures["population"].sel(year=2022) == 202
    assert figures.nbytes < 12_000


def test_what_was_not_measured_is_left_out():
    figures = headline(tiny_dataset([1000] * 96).drop_vars("available_beds"))
    assert set(INDICATORS) - set(figures.data_vars) == {"occupied_beds_share"}
