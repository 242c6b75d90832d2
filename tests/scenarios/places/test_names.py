import pytest

from scenarios.places.names import (
    MOVEMENTS_SV,
    PROFESSIONS_SV,
    QUEUES_SV,
    UNIT_KINDS_SV,
    hospital_names,
    kind_of_profession,
    units_of,
)
from simulator.core.record import FLOWS
from simulator.region.axes import PROFESSIONS_OF
from simulator.results.dataset import QUEUES


def test_every_unit_of_the_county_has_a_name_and_its_place(county):
    found = {unit.code: unit for unit in units_of(county)}
    assert len(found) == len(county.centres) + len(county.hospitals) + len(county.municipalities)
    assert found["oskarshamn-gripen"].place == "Hälsocentralen Gripen (Oskarshamn)"
    assert found["kalmar-1"].place == "Hälsocentral Kalmar 1"
    assert found["hospital-vastervik"].place == "Västerviks sjukhus"
    assert found["0885"].place == "Borgholm"


def test_every_profession_works_somewhere():
    assert {kind_of_profession(name) for name in PROFESSIONS_SV} == set(UNIT_KINDS_SV)
    assert all(kind_of_profession(name) == kind for kind, names in PROFESSIONS_OF.items() for name in names)
    with pytest.raises(KeyError):
        kind_of_profession("nobody")


def test_queues_movements_and_hospitals_are_those_of_the_simulator(county):
    assert set(QUEUES_SV) == set(QUEUES)
    assert set(MOVEMENTS_SV) == set(FLOWS)
    assert hospital_names(county)["kalmar"] == "Länssjukhuset i Kalmar"
