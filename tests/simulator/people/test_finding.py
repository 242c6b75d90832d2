"""How the list of people with complex needs is made otherwise: whose places, in which order, how many."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.people import finding
from simulator.people.lasting_need import general_need, spread_of
from simulator.simulation import Simulation
from simulator.tables import tables_of


@pytest.fixture(scope="module")
def year(small_region) -> finding.NewYear:
    """A year of the first state of a small region."""
    state = Simulation(small_region, 3).state
    return finding.NewYear(state, tables_of(small_region), small_region, 2024)


def shares(year: finding.NewYear, **filled: float) -> dict[str, np.ndarray]:
    centres = year.state.centre.size
    return {name: np.full(centres, filled.get(name, 0.0)) for name in finding.RANKINGS}


def listed(year: finding.NewYear, **filled: float) -> tuple[np.ndarray, np.ndarray]:
    """The region's own list and the one that is filled otherwise, bool[N]."""
    own = finding.own_score(year, 0)
    few = own >= np.sort(own)[-60]
    return few, finding.listed(own, few, year, shares(year, **filled), year.state.relation["used"].astype(float))


def test_the_list_keeps_its_places_at_every_centre(year: finding.NewYear) -> None:
    few, chosen = listed(year, finding_by_use=0.5, finding_by_judgement=0.25)
    centre = year.state.person["centre"]
    assert np.array_equal(np.bincount(centre[few]), np.bincount(centre[chosen]))
    assert (few & chosen).any()
    assert not np.array_equal(few, chosen)


def test_a_list_by_use_has_those_who_used_most(year: finding.NewYear) -> None:
    few, chosen = listed(year, finding_by_use=1.0)
    used, ill = year.state.relation["used"], year.state.background["conditions"] != 0
    for h in range(year.state.centre.size):
        here = ill & (year.state.person["centre"] == h)
        if (few & here).any():
            assert used[chosen & here].min() >= used[here & ~chosen].max()


def test_more_than_all_places_are_parted_in_proportion(year: finding.NewYear) -> None:
    """One whole list each is a third each, whichever is asked for first."""
    few, chosen = listed(year, **dict.fromkeys(finding.RANKINGS, 1.0))
    again = listed(year, **dict.fromkeys(finding.RANKINGS, 1.0 / 3.0))[1]
    assert chosen.sum() == few.sum()
    assert np.array_equal(chosen, again)


def test_a_gps_judgement_goes_with_need_as_the_parameter_says(year: finding.NewYear) -> None:
    """Correlation 0.5 with need beside diagnoses; some thousands of people, standard error below 0.03."""
    scores = finding.scores(year, year.state.relation["used"].astype(float))
    ill = np.isfinite(scores["finding_by_diagnoses"])
    seen = scores["finding_by_judgement"][ill] - scores["finding_by_diagnoses"][ill]
    need = general_need(year.state.seed[0], year.number, year.state.person, spread_of(year.region))[ill]
    assert np.corrcoef(seen, need)[0, 1] == pytest.approx(year.region.parameters["complexity.seen_by_gps"], abs=0.09)
    assert seen.std() == pytest.approx(1.0, abs=0.06)


def test_nobody_without_a_chronic_illness_is_listed(year: finding.NewYear) -> None:
    for name in finding.RANKINGS:
        assert (year.state.background["conditions"][listed(year, **{name: 1.0})[1]] != 0).all()


def test_no_place_filled_otherwise_is_the_own_list(year: finding.NewYear) -> None:
    assert not finding.moved(shares(year))
    few, chosen = listed(year)
    assert np.array_equal(few, chosen)
