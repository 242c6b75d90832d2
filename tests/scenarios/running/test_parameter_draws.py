from dataclasses import replace

import numpy as np
import pytest

from scenarios.running import parameter_draws
from scenarios.running.parameter_draws import draw_parameters, place, quantile, uncertain
from simulator.region.pack import load_region
from simulator.region.rows import Parameter


@pytest.fixture(scope="module")
def county():
    return load_region("kalmar")


def parameter(distribution, value, low, high, unit="ratio"):
    return Parameter("a.b", value, unit, low, high, distribution, "s", "C", "A", "")


def test_a_draw_depends_on_nothing_but_seed_number_and_name(county):
    assert draw_parameters(county, 1, 3) == draw_parameters(county, 1, 3)
    fewer = replace(county, parameter_table=county.parameter_table[::-1][:40])
    some, every = draw_parameters(fewer, 1, 3), draw_parameters(county, 1, 3)
    alone = {n for group in (*parameter_draws.ORDERED, *parameter_draws.PARTS) for n in group}
    assert all(every[name] == value for name, value in some.items() if name not in alone)
    assert draw_parameters(county, 1, 4) != every != draw_parameters(county, 2, 3)


def test_places_are_spread_evenly():
    places = np.sort([place(7, draw, "x") for draw in range(1, 2001)])
    assert np.abs(places - np.linspace(0, 1, 2000)).max() < 1.63 / np.sqrt(2000)  # Kolmogorov, 1 %


@pytest.mark.parametrize(
    ("given", "u", "value"),
    [
        (parameter("triangular", 2, 1, 5), 0.0, 1.0),
        (parameter("triangular", 2, 1, 5), 0.25, 2.0),  # the part below the mode is (mode - low) / (high - low)
        (parameter("triangular", 2, 1, 5), 1.0, 5.0),
        (parameter("uniform", 2, 1, 5), 0.25, 2.0),
        (parameter("normal", 10, 8, 12), 0.025, 8.0),
        (parameter("normal", 10, 8, 12), 0.5, 10.0),
        (parameter("lognormal", 2, 1, 4), 0.5, 2.0),
        (parameter("lognormal", 2, 1, 4), 0.975, 4.0),
    ],
)
def test_value_low_and_high_are_read_as_documented(given, u, value):
    assert quantile(given, u) == pytest.approx(value, abs=1e-3)


def test_a_beta_has_its_value_as_mean_and_its_range_as_spread():
    given = parameter("beta", 0.33, 0.30, 0.36, "share")
    drawn = np.array([quantile(given, u) for u in (np.arange(2000) + 0.5) / 2000])
    assert drawn.mean() == pytest.approx(0.33, abs=1e-4)
    assert drawn.std() == pytest.approx(0.06 / 2 / 1.96, rel=0.01)


def test_a_share_stays_a_share_without_piling_up_at_the_bound():
    given = parameter("normal", 0.95, 0.85, 1.0, "share per month")
    drawn = [quantile(given, u) for u in np.linspace(0.001, 0.999, 500)]
    assert 0 < min(drawn) < max(drawn) <= 1
    assert len(set(drawn)) == 500


def test_what_cannot_be_is_told():
    with pytest.raises(ValueError, match="cannot have"):
        quantile(parameter("lognormal", 1, -1, 4), 0.5)
    with pytest.raises(ValueError, match="cannot have"):
        quantile(parameter("beta", 0.5, -1, 2, "ratio"), 0.5)


def test_fixed_and_fitted_figures_are_not_drawn(county):
    names = {p.name for p in uncertain(county)}
    assert not names & {"segment.complex", "complexity.judgement", "morbidity.clustering", "continuity.least_visits"}
    assert {"work.gp_turnover", "costs.gp_year", "continuity.causal_share_emergency"} <= names


def test_dependent_figures_stay_in_order_and_in_their_whole(county):
    wide = tuple(
        replace(p, low=0.2, high=0.95) if p.name.startswith("primary_care.") and "_days_share" in p.name else p
        for p in county.parameter_table
    )
    wide = tuple(replace(p, low=0.1, high=0.9) if p.name == "primary_care.same_day_share" else p for p in wide)
    region = replace(county, parameter_table=wide)
    over = 0
    for draw in range(1, 60):
        values = draw_parameters(region, 1, draw)
        factors = [values[f"emergency.admission_rub_factor_{rub}"] for rub in range(6)]
        assert factors == sorted(factors)
        for outcome in ("emergency", "admission", "death"):
            name = f"continuity.{outcome}_odds_ratio_"
            assert values[name + "over_15_years"] <= values[name + "2_3_years"]
        parts = values["primary_care.same_day_share"] + values["primary_care.within_3_days_share"]
        assert parts <= 1 + 1e-12
        over += parts > 1 - 1e-12
    assert over  # the rule was needed


def test_every_draw_lies_within_what_the_register_says(county):
    stated = {p.name: p for p in uncertain(county)}
    ordered = {n for group in parameter_draws.ORDERED for n in group}
    for draw in range(1, 30):
        for name, value in draw_parameters(county, 5, draw).items():
            given = stated[name]
            if given.distribution == "triangular" and name not in ordered:
                assert given.low <= value <= given.high, name
