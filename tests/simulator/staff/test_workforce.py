"""Posts, chairs, leaving, recruiting, locums, and the capacity they give."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.controls import values_in
from simulator.core.dates import EPOCH
from simulator.core.record import FLOWS, HIRED, LEFT, RETIRED
from simulator.core.state import CENTRE, CHAIR, CHAIRS, GP_CHAIRS, NOT_STAFFED, RESIDENT
from simulator.region.pack import Region
from simulator.staff import workforce
from simulator.staff.workforce import OLDEST_GP, YOUNGEST_GP

H = 200


def centres(chairs: int = 4, **values: float) -> tuple[np.ndarray, np.ndarray]:
    centre, chair = np.zeros(H, CENTRE), np.zeros((H, CHAIRS), CHAIR)
    workforce.set_chairs(centre, chair, np.full(H, float(chairs)), 10.0)
    for name, value in values.items():
        centre[name] = value
    return centre, chair


AGES = np.linspace(0.0, 1.0, OLDEST_GP - YOUNGEST_GP + 2)[1:]
"""Running shares of GPs who are as many at every age."""


def month(centre, chair, number=1, retirement=0.0, renewal=0.0) -> np.ndarray:
    flow, retiring = np.zeros((H, len(FLOWS))), np.zeros(OLDEST_GP + 1)
    retiring[62:], retiring[-1] = retirement, 1.0
    workforce.staff_chairs(np.uint64(1), number, centre, chair, retiring, renewal, flow)
    return flow


def permanent(chair: np.ndarray) -> np.ndarray:
    return (chair["gp"] != 0) & (chair["agency"] == 0)


def test_the_first_day_has_its_vacancies_and_locums() -> None:
    centre, chair = centres(agency=0.5)
    tenure = workforce.seat_gps(np.uint64(1), centre, chair, np.full(H, 0.2), AGES)
    seats = chair[:, :4]
    assert abs(permanent(seats).mean() - 0.8) < 4 * np.sqrt(0.16 / seats.size)
    assert abs((seats["agency"] != 0).mean() - 0.1) < 4 * np.sqrt(0.09 / seats.size)
    assert not chair["gp"][:, 4:].any()
    assert np.unique(chair["gp"][chair["gp"] != 0]).size == (chair["gp"] != 0).sum()
    assert (tenure[:, :4][permanent(seats)] >= 0).all()
    assert not tenure[:, :4][~permanent(seats)].any()


def test_leaving_and_recruiting_balance_at_the_given_vacancy() -> None:
    leaving, vacancy = 0.02, 0.25
    filling = float(workforce.filling_rate(np.array([vacancy]), leaving)[0])
    centre, chair = centres(turnover=leaving, recruitment=filling)
    workforce.seat_gps(np.uint64(1), centre, chair, np.full(H, vacancy), AGES)
    chair["age"][chair["age"] > 0] = 40
    filled = []
    for number in range(1, 120):
        month(centre, chair, number)
        filled.append(permanent(chair[:, :4]).mean())
    assert abs(np.mean(filled) - (1 - vacancy)) < 0.03


def test_a_successor_is_another_person() -> None:
    centre, chair = centres(turnover=1.0)
    workforce.seat_gps(np.uint64(1), centre, chair, np.zeros(H), AGES)
    first = chair["gp"][:, :4].copy()
    month(centre, chair, 1)
    assert not chair["gp"].any()
    centre["recruitment"] = 1.0
    month(centre, chair, 2)
    assert permanent(chair[:, :4]).all()
    assert not (chair["gp"][:, :4] == first).any()


@pytest.mark.parametrize("later", [0.0, 2.0])
def test_everybody_retires(later: float) -> None:
    centre, chair = centres(later=later)
    workforce.seat_gps(np.uint64(1), centre, chair, np.zeros(H), AGES)
    chair["age"][:, :4] = OLDEST_GP - 1 + later
    month(centre, chair, 11)
    assert permanent(chair[:, :4]).all()
    flow = month(centre, chair, 12)
    assert not chair["gp"].any()
    assert flow[:, RETIRED].sum() == 4 * H


def test_whoever_leaves_and_comes_is_counted() -> None:
    centre, chair = centres(turnover=0.3, recruitment=0.2)
    workforce.seat_gps(np.uint64(1), centre, chair, np.full(H, 0.25), AGES)
    for number in range(1, 13):
        before = workforce.chair_fte(chair)[0]
        flow = month(centre, chair, number, retirement=0.01)
        after = before + flow[:, HIRED] - flow[:, LEFT] - flow[:, RETIRED]
        assert np.array_equal(workforce.chair_fte(chair)[0], after)


def test_residents_sit_behind_the_gps_and_are_neither_gps_nor_locums() -> None:
    centre, chair = np.zeros(3, CENTRE), np.zeros((3, CHAIRS), CHAIR)
    workforce.set_chairs(centre, chair, np.array([0.0, 2.0, 2.4]), 12.0, np.array([0.3, 0.0, 1.5]))
    workforce.seat_gps(np.uint64(1), centre, chair, np.zeros(3), AGES)
    workforce.seat_residents(centre, chair, 4)
    assert centre["chairs"].tolist() == [1, 2, 5]
    assert centre["residents"].tolist() == [1, 0, 2]
    assert np.allclose(chair["fte"].sum(axis=1), [0.3, 2.0, 3.9])
    assert (chair["agency"] == RESIDENT).sum(axis=1).tolist() == [1, 0, 2]
    assert np.allclose(workforce.chair_fte(chair), [[0.0, 2.0, 2.4], [0.0, 0.0, 0.0]])
    workforce.set_chairs(centre, chair, np.array([1.0, 2.0, 5.0]), 12.0)
    assert not (chair["agency"] == RESIDENT).any()
    assert chair["gp"][0, 0] == 0, "a resident does not inherit a GP's post"


@pytest.mark.parametrize("renewal", [0.0, 0.6])
def test_locums_hold_the_agency_share_of_vacancies(renewal: float) -> None:
    centre, chair = centres(agency=0.4)
    held = []
    for number in range(1, 40):
        month(centre, chair, number, renewal=renewal)
        held.append((chair["agency"][:, :4] != 0).mean())
    assert abs(np.mean(held[10:]) - 0.4) < 0.02


def test_posts_are_cut_into_chairs_and_visits() -> None:
    centre, chair = np.zeros(3, CENTRE), np.zeros((3, CHAIRS), CHAIR)
    centre["acute"] = 0.25
    workforce.set_chairs(centre, chair, np.array([0.0, 2.0, 2.4]), 12.0)
    assert centre["chairs"].tolist() == [0, 2, 3]
    assert np.allclose(chair["fte"].sum(axis=1), [0.0, 2.0, 2.4])
    assert np.allclose(chair["planned"].sum(axis=1), np.array([0.0, 2.0, 2.4]) * 9.0)
    assert np.allclose(chair["acute"].sum(axis=1), np.array([0.0, 2.0, 2.4]) * 3.0)
    with pytest.raises(ValueError, match="GP posts"):
        workforce.set_chairs(centre, chair, np.array([0.0, 0.0, GP_CHAIRS + 1.0]), 12.0)


def test_nobodys_hours_grow_with_the_posts() -> None:
    """Posts that are added are for others to fill, at every centre; who leaves is followed by a whole post."""
    centre, chair = np.zeros(3, CENTRE), np.zeros((3, CHAIRS), CHAIR)
    workforce.set_chairs(centre, chair, np.array([1.4, 2.0, 3.7]), 12.0)
    workforce.seat_gps(np.uint64(1), centre, chair, np.zeros(3), AGES)
    for more in (1.25, 1.0, 2.0):
        workforce.set_chairs(centre, chair, more * np.array([1.4, 2.0, 3.7]), 12.0)
        assert np.allclose(workforce.chair_fte(chair)[0], [1.4, 2.0, 3.7]), more
        assert np.allclose(chair["fte"].sum(axis=1), more * np.array([1.4, 2.0, 3.7]))
    workforce.set_chairs(centre, chair, np.array([0.9, 2.0, 3.0]), 12.0)
    assert np.allclose(workforce.chair_fte(chair)[0], [0.9, 2.0, 3.0]), "what is withdrawn is given up"
    chair["gp"][1, 0] = 0
    workforce.set_chairs(centre, chair, np.array([0.9, 2.5, 3.0]), 12.0)
    assert chair["fte"][1, :3].tolist() == [1.0, 1.0, 0.5]


def test_gps_retire_at_their_own_ages(county: Region) -> None:
    chance, p = 1.0 - (1.0 - workforce.gp_retirement(county)) ** 12, county.parameters
    assert (np.diff(chance[YOUNGEST_GP:]) >= 0.0).all()
    assert chance[55] < 0.005
    assert chance[60] < 0.05 < chance[65]
    left = np.cumprod(1.0 - chance[YOUNGEST_GP:])
    median = YOUNGEST_GP + int((left > 0.5).sum())
    assert abs(median + 0.5 - p["work.gp_pension_age"]) < 1.5
    ages = np.diff(workforce.gp_ages(county), prepend=0.0)
    assert ages.sum() == pytest.approx(1.0)
    assert ages[0] == pytest.approx(ages[55 - YOUNGEST_GP], rel=0.02)
    assert 0.0 < ages[68 - YOUNGEST_GP] < 0.4 * ages[0]


def test_a_contact_takes_the_desk_for_its_share_of_the_day() -> None:
    seconds = workforce.service_seconds(np.array([9.0, 0.0, 1e9]), np.full(3, 32_400))
    assert seconds.tolist() == [3_600, NOT_STAFFED, 1]


def test_moved_work_carries_staff_only_when_told(county: Region) -> None:
    staff = workforce.establishment(county)
    values = values_in(EPOCH, (), county)
    assert not workforce.following_posts(county, staff, values).any()
    values["specialist_to_primary"], values["resources_follow"] = np.full((12, 9, 4), 0.3), np.ones(12)
    posts = workforce.following_posts(county, staff, values)
    of = county.professions.index
    cost = {name: county.costs[f"{name}_year"].value for name in ("gp", "nurse", "hospital_physician")}
    money = sum(posts[:, of(name)].sum() * price for name, price in cost.items())
    assert money == pytest.approx(0.0, abs=1.0), "what is bought costs what is freed"
    assert posts[:, of("hospital_physician")].sum() < 0 < posts[:, of("gp")].sum()


def test_people_who_follow_are_the_same_people_elsewhere(county: Region) -> None:
    """Nobody is conjured: what the centres gain the hospitals lose, and money follows for the rest alone."""
    staff, values = workforce.establishment(county), dict(values_in(EPOCH, (), county))
    values |= {"specialist_to_primary": np.full((12, 9, 4), 0.15), "resources_follow": np.ones(12)}
    posts = workforce.following_posts(county, staff, values)
    values["people_follow"] = np.ones(12)
    people = workforce.following_people(county, staff, values)
    assert people.sum() == pytest.approx(0.0, abs=1e-9)
    assert people[county.units.at_centres, county.professions.index("gp")].sum() > 3.0
    assert not workforce.following_posts(county, staff, values).any()
    values["people_follow"] = np.full(12, 0.5)
    np.testing.assert_allclose(workforce.following_people(county, staff, values), people / 2)
    np.testing.assert_allclose(workforce.following_posts(county, staff, values), posts / 2)
