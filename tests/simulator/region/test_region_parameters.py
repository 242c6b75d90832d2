"""A region with other parameters: its own digest, what follows from them, and the same future from the same figures."""

from datetime import date

import numpy as np
import pytest

from simulator.checkpoint import CheckpointError
from simulator.simulation import Simulation
from simulator.tables import rules_of, tables_of


def test_no_new_value_is_the_same_region(county):
    stated = {name: county.parameters[name] for name in list(county.parameters)[:5]}
    assert county.with_parameters({}) is county
    assert county.with_parameters(stated | {"costs.gp_year": county.costs["gp_year"].value}) is county


def test_a_new_value_is_read_everywhere_and_changes_the_digest(county):
    other = county.with_parameters({"primary_care.referral_share": 0.1, "costs.gp_year": 1.6e6})
    assert other.parameters["primary_care.referral_share"] == 0.1
    assert other.costs["gp_year"].value == 1.6e6
    assert rules_of(other)["referral_new"] / rules_of(county)["referral_new"] == pytest.approx(0.1 / 0.08)
    (row,) = [p for p in other.parameter_table if p.name == "primary_care.referral_share"]
    assert row.value == 0.1
    digests = {county.digest, other.digest, county.with_parameters({"costs.gp_year": 1.6e6}).digest}
    assert len(digests) == 3
    assert county.parameters["primary_care.referral_share"] != 0.1


def test_tables_are_those_of_the_region_they_are_asked_for(county):
    stated = county.parameters["hospital.length_of_stay_days"]
    longer = county.with_parameters({"hospital.length_of_stay_days": 5.0})
    assert tables_of(longer).stay[0] == pytest.approx(tables_of(county).stay[0] * 5.0 / stated)
    assert tables_of(county) is tables_of(county)
    for draw in range(8):
        tables_of(county.with_parameters({"hospital.length_of_stay_days": 4.1 + draw / 100}))
    assert tables_of.cache_info().currsize <= tables_of.cache_info().maxsize == 4


def test_mortality_follows_its_level(county):
    higher = county.with_parameters({"mortality.level": county.parameters["mortality.level"] * 1.05})
    np.testing.assert_allclose(higher.mortality, county.mortality * 1.05)
    assert not higher.mortality.flags.writeable


def test_a_name_that_the_pack_does_not_have_is_refused(county):
    with pytest.raises(KeyError):
        county.with_parameters({"work.gp_turnoverr": 0.1})


def test_a_checkpoint_does_not_fit_other_parameters(small_region):
    history = Simulation(small_region, 3)
    history.run(date(2023, 2, 1))
    with pytest.raises(CheckpointError):
        Simulation.resume(small_region.with_parameters({"work.gp_turnover": 0.1}), history.checkpoint())
