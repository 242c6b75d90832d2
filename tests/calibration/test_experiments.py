"""Natural experiments in the simulator: what is counted, what is compared, and what the page says of it."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest

from calibration.experiments.exits import YEAR_BEFORE, exits
from calibration.experiments.followed import FOLLOWED_SV, follow_year
from calibration.experiments.page import NORWAY, STUDIED, TRUE, Experiments, chart, implied, page, range_of
from calibration.experiments.years import ASSOCIATED, SPANS, logistic, years
from simulator.core.record import WAS_PLANNED
from simulator.region.pack import Region
from simulator.region.scaled import scaled
from simulator.simulation import Simulation

NOTHING = {
    **{f"continuity.causal_share_{name}": 0.0 for name in ("emergency", "admission", "death")},
    "continuity.revisit_interval_gain": 0.0, "continuity.referral_reduction": 0.0,
}  # fmt: skip


def test_a_year_is_followed_to_the_last_event(small_region: Region) -> None:
    simulation = Simulation(small_region, 3)
    simulation.run(date(2024, 1, 1))
    used = follow_year(simulation, 2024)
    months = slice(12, 24)
    record = simulation.record
    assert used["gp"].sum() == record.wait[months].sum()
    assert used["death"].sum() == record.deaths[months].sum()
    planned = record.cases[months, :, WAS_PLANNED].sum()
    assert used["admission"].sum() == record.admissions[months].sum() - planned
    assert used["planned"].sum() > planned > 0
    # Who came on the last day may be treated after it, and the other way round.
    assert abs(used["emergency"].sum() - record.ed_visits[months].sum()) < 30


def test_where_a_relationship_does_nothing_the_exit_of_gps_moves_nobody(small_region: Region) -> None:
    """Another of the same age takes over: the same visits, until somebody leaves who else had stayed."""
    found = exits(small_region.with_parameters(NOTHING), 3, taken_over=True)
    assert found.people > 100
    assert (found.truth[:, 0] == 1.0).all()
    assert found.truth[:, 1] == pytest.approx(np.ones(len(FOLLOWED_SV)), abs=0.03)


def test_a_vacant_post_costs_visits_in_truth_as_in_the_study(small_region: Region) -> None:
    """Without effects too: it is the time that is missing. One of the GPs leaves."""
    found = exits(small_region.with_parameters(NOTHING), 5, taken_over=False)
    visits = list(FOLLOWED_SV).index("gp")
    assert found.truth[visits, 0] < 1.0
    assert found.study.shape == found.truth.shape == (len(FOLLOWED_SV), 2)


def test_it_is_the_effect_that_exits_show(small_region: Region) -> None:
    """A causal share of one and the published odds ratios made three times as strong: 6 000 people, one seed."""
    strong = NOTHING | {
        "continuity.causal_share_emergency": 1.0, "continuity.emergency_odds_ratio_2_3_years": 0.5,
        "continuity.emergency_odds_ratio_over_15_years": 0.2,
    }  # fmt: skip
    found = exits(small_region.with_parameters(strong), 5, taken_over=True)
    assert found.truth[list(FOLLOWED_SV).index("emergency"), 0] > 1.03


def test_years_with_a_gp_go_with_less_care_where_who_needs_more_changes_oftener(county: Region) -> None:
    """A quarter of the county, one seed, no effect: the mean logarithm of the longer spans has an error of 0.03.

    -0.3 as with the pack's slope and 0 without one are told apart.
    """
    emergency, quarter = ASSOCIATED.index("emergency"), scaled(county, 1 / 4)
    found = years(quarter.with_parameters(NOTHING), 1)
    assert found.people > 25_000
    assert np.log(found.odds[emergency, 1:]).mean() < -0.15
    alike = years(quarter.with_parameters(NOTHING | {"continuity.change_need": 0.0}), 1)
    assert abs(np.log(alike.odds[emergency, 1:]).mean()) < 0.1
    assert np.log(found.seen_through[emergency, 1:]).mean() > np.log(found.odds[emergency, 1:]).mean() + 0.05


def test_the_regression_finds_coefficients_that_are_known() -> None:
    """200 000 draws: standard errors some 0.01."""
    rng = np.random.default_rng(4)
    told = np.column_stack([np.ones(200_000), rng.random(200_000) < 0.3, rng.normal(size=200_000)])
    truth = np.array([-2.0, 0.7, -0.4])
    happened = rng.random(200_000) < 1.0 / (1.0 + np.exp(-told @ truth))
    assert logistic(told, happened) == pytest.approx(truth, abs=0.05)


def made_up(runs: int = 4) -> Experiments:
    """Experiments whose exits move nothing without effect and 3 % with half of it."""
    wave = np.linspace(-0.01, 0.01, runs)[:, None, None, None]
    exits_of, years_of = np.ones((runs, 2, len(FOLLOWED_SV), 2)), np.full((runs, 2, len(ASSOCIATED), len(SPANS)), 0.8)
    shares = {f"continuity.causal_share_{name}": 0.25 for name in ASSOCIATED}
    return Experiments(
        exits_of + wave, exits_of + 0.1 + wave, exits_of, exits_of + 0.03, years_of + wave, years_of + wave, 0.5, shares
    )


def test_the_share_that_an_exit_implies_is_read_off_the_line_between_the_runs() -> None:
    share = implied(made_up(), "emergency", (1.03, 1.0, 1.06))
    assert share == pytest.approx((0.5, 0.0, 1.0))


def test_a_mean_has_the_interval_of_students_t() -> None:
    values = np.array([0.9, 1.0, 1.1])
    found = range_of(values)
    assert found.mean == pytest.approx(1.0)
    assert found.high - found.mean == pytest.approx(4.3027 * 0.1 / np.sqrt(3), rel=1e-4)
    assert found.text_sv(1) == "1,0 (0,8–1,2)"


def test_the_page_sets_both_experiments_beside_the_norwegian_figures() -> None:
    text = page(made_up())
    assert "1,04 (0,99–1,09)" in text
    assert "0,70 (0,69–0,71)" in text
    assert all(label in text for label in FOLLOWED_SV.values())
    assert text.count("\n|---") == len(ASSOCIATED) + 2
    assert "nan" not in re.findall(r"\w+", text)
    drawn = chart(made_up())
    assert drawn.startswith("<svg")
    assert all(words in drawn for words in ("Norsk studie", "Modellen utan verkan", "Läkaren slutar"))


def test_what_was_read_of_norway_has_a_row_for_every_outcome() -> None:
    assert list(NORWAY) == list(FOLLOWED_SV)
    assert (STUDIED, TRUE) == (0, 1)
    assert YEAR_BEFORE == 2024
