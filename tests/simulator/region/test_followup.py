"""What the region follows up: read where it can be read, missing where it cannot."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.core.state import HOME_NURSING, NO_CHAIR, PERSON, PRESENT, SPECIAL_HOUSING
from simulator.people.population import name_gps, named_share
from simulator.region.board import completed
from simulator.region.pack import Region
from simulator.staff.workforce import empty_centres


def place(region: Region, name: str) -> int:
    return region.municipality_names.index(name)


def test_shares_are_as_printed_and_unreadable_cells_are_missing(county: Region) -> None:
    gp, reviews = county.home_nursing_gp, county.medication_reviews
    assert gp.shape == reviews.shape == (12, 3)
    assert gp[place(county, "Kalmar")].tolist() == [0.975, 0.978, 0.979]
    assert np.isnan(gp[place(county, "Hultsfred")]).all()
    assert np.isnan(gp[place(county, "Högsby")]).tolist() == [False, True, False]
    assert reviews[place(county, "Vimmerby")].tolist() == [0.649, 0.66, 0.91]
    assert np.isnan(reviews[place(county, "Västervik")]).all()


def test_what_is_kept_can_be_true_together(county: Region) -> None:
    """All must lie between what RUB 4 and RUB 5 leave when nobody, and when everybody, else has it."""
    p = county.parameters
    rub_4, rub_5 = (p[f"home_nursing.patients_rub_{band}"] / p["home_nursing.patients"] for band in (4, 5))
    for shares in (county.home_nursing_gp, county.medication_reviews):
        total, four, five = shares[~np.isnan(shares).any(axis=1)].T
        others = (total - rub_4 * four - rub_5 * five) / (1 - rub_4 - rub_5)
        assert (others <= 1.01).all()
        assert (others >= 0).all()


def test_the_first_figure_of_the_board_is_the_regions(county: Region) -> None:
    board = {row.indicator: row for row in county.followup_board}
    p = county.parameters
    assert board["admissions"].region_value == p["hospital.admissions_per_100000_2021"]
    assert board["continuity_chronic"].region_value == p["continuity.index_chronic_2021"]
    assert board["avoidable_admissions"].region_value == p["hospital.avoidable_admissions_per_100000_2020"]
    contact = p["coordination.permanent_contact_share_2021"]
    assert board["permanent_contact"].region_value == pytest.approx(100 * contact)
    assert np.isnan(board["talk_therapy_children"].region_value)
    assert [row.number for row in county.followup_board] == list(range(1, len(board) + 1))


def test_the_own_figure_of_the_municipality_names_gps_and_the_countys_where_it_is_missing(county: Region) -> None:
    share, p = named_share(county), county.parameters
    assert share.shape == (len(county.centres), 3)
    of = {name: share[county.centre_municipality == place(county, name)] for name in ("Kalmar", "Hultsfred", "Högsby")}
    assert {tuple(row) for row in of["Kalmar"][:, 1:].tolist()} == {(0.978, 0.979)}
    assert {tuple(row) for row in of["Högsby"][:, 1:].tolist()} == {(0.874, 0.95)}, "RUB 4 cannot be read there"
    county_wide = tuple(p[f"home_nursing.permanent_gp_share_rub_{band}"] for band in (4, 5))
    assert {tuple(row) for row in of["Hultsfred"][:, 1:].tolist()} == {county_wide}


def test_the_others_have_what_leaves_the_figure_of_all_as_printed(county: Region) -> None:
    p = county.parameters
    weight = np.array([p[f"home_nursing.patients_rub_{band}"] for band in (4, 5)]) / p["home_nursing.patients"]
    weight = np.r_[1.0 - weight.sum(), weight]
    gp, reviews = (0.925, 0.925, 0.931), (0.739, 0.739, 0.739)
    for table, of_county in ((county.home_nursing_gp, gp), (county.medication_reviews, reviews)):
        shares = completed(table, of_county, p)
        assert ((shares >= 0.0) & (shares <= 1.0)).all()
        total = np.where(np.isnan(table[:, 0]), of_county[0], table[:, 0])
        assert shares @ weight == pytest.approx(total, abs=0.01), "as far as a share can be that"
        assert np.array_equal(shares[:, 1:][~np.isnan(table[:, 1:])], table[:, 1:][~np.isnan(table[:, 1:])])


def test_home_nursing_follows_its_centre_and_special_housing_the_county(county: Region) -> None:
    centre, chair = empty_centres(county)
    centre["chairs"], centre["named"] = 1, 0.0
    chair["gp"][:, 0], chair["fte"][:, 0], chair["agency"][:, 0] = 1, 1.0, 0
    person = np.zeros(6000, PERSON)
    person["key"] = np.arange(1, person.size + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    person["chair"], person["status"] = NO_CHAIR, PRESENT | HOME_NURSING
    person["centre"] = np.arange(person.size) % 2
    person["status"][4000:] = PRESENT | SPECIAL_HOUSING
    home = np.zeros((len(county.centres), 3))
    home[0], home[1] = 1.0, (0.3, 0.9, 0.0)
    name_gps(np.uint64(1), 2023, person, 0, person.size, centre, chair, home, 0.6, 0.5)
    named = person["chair"] != NO_CHAIR
    at_home = np.arange(person.size) < 4000
    assert named[at_home & (person["centre"] == 0)].all()
    assert named[at_home & (person["centre"] == 1)].mean() == pytest.approx(0.3, abs=0.04)
    assert named[~at_home].mean() == pytest.approx(0.6, abs=0.04)
    for rub, share in ((4, 0.9), (5, 0.0)):
        person["chair"], person["risk"] = NO_CHAIR, 6 * 6 + rub
        name_gps(np.uint64(1), 2023, person, 0, person.size, centre, chair, home, 0.6, 0.5)
        named = person["chair"] != NO_CHAIR
        assert named[at_home & (person["centre"] == 1)].mean() == pytest.approx(share, abs=0.03)
