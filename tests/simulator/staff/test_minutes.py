"""The account of minutes closes, and what is demanded and delivered is what the contacts take."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_county import MONTHS, History

from simulator.core.record import SERVED, Record
from simulator.region.pack import Region
from simulator.results.activities import ACTIVITY_INDEX, staff_minutes, volumes
from simulator.results.requirement import fte_required, fte_required_by_unit
from simulator.staff import minutes
from simulator.staff.minutes import ACCOUNTS, ledger_slices
from simulator.start import sizes_of

WHOLE = slice(0, MONTHS)


@pytest.fixture(scope="module")
def account(history: History) -> dict[str, np.ndarray]:
    table = minutes.accounts(history.simulation.record, history.simulation.region, WHOLE)
    return {name: table[..., i] for i, name in enumerate(ACCOUNTS)}


def test_paid_time_is_absent_without_patients_or_available(account) -> None:
    assert np.allclose(account["paid"], account["absent"] + account["non_patient"] + account["available"])
    assert all((entry >= 0).all() for entry in account.values())


def test_available_time_is_delivered_or_idle(account) -> None:
    assert np.allclose(account["available"] + account["overtime"], account["delivered"] + account["idle"])
    assert not (account["overtime"] * account["idle"]).any(), "nobody is idle and in overtime in a month"


def test_every_unit_has_the_accounts_of_its_own_professions(history: History, account) -> None:
    region = history.simulation.region
    h, k = len(region.centres), len(region.hospitals)
    rows = {"gp": slice(0, h), "hospital_nurse": slice(h, h + k), "home_help": slice(h + k, None)}
    for profession, units in rows.items():
        demanded = account["demanded"][..., region.professions.index(profession)].sum(axis=0)
        assert (demanded[units] > 0).all()
        assert demanded.sum() == pytest.approx(demanded[units].sum())


def test_what_desks_deliver_is_what_the_footprints_say(history: History, account) -> None:
    record, region = history.simulation.record, history.simulation.region
    p, of, where = region.parameters, region.professions.index, ledger_slices(region)
    served = {kind: record.ledger[:MONTHS, units, SERVED].sum() for kind, units in where.items()}
    given = {name: account["delivered"][..., of(name)].sum() for name in region.professions}
    assert given["gp"] + given["resident"] == pytest.approx(served["gp"] * p["consultation.gp_minutes"])
    assert given["municipal_nurse"] == pytest.approx(served["home_visit"] * p["home_nursing.visit_minutes"])
    desk = given["nurse"] + given["district_nurse"] - served["digital"] * p["consultation.digital_minutes"]
    contacts = desk / p["consultation.nurse_minutes"] + given["rehab"] / p["consultation.rehab_minutes"]
    assert contacts == pytest.approx(served["nurse"])
    bed_days = record.occupied[:MONTHS].sum() / 86_400
    visits = served["referral"] + served["return_visit"]
    figure = {(f.contact, f.profession): f.minutes for f in region.footprints}
    expected = sum(
        figure[contact, "assistant_nurse"] * count
        for contact, count in (("bed_day", bed_days), ("ed_visit", served["emergency"]), ("specialist_visit", visits))
    )
    assert given["assistant_nurse"] == pytest.approx(expected)


def test_desks_do_not_deliver_more_than_there_is_time(history: History, account) -> None:
    """A contact begun before closing is finished, and whole visits do not divide a month evenly."""
    for profession in ("gp", "nurse", "rehab", "municipal_nurse"):
        p = history.simulation.region.professions.index(profession)
        assert account["overtime"][..., p].sum() < 0.02 * account["available"][..., p].sum(), profession


def test_required_staff_is_the_same_by_unit_and_in_all(history: History) -> None:
    record, region = history.simulation.record, history.simulation.region
    units = len(region.centres) + len(region.hospitals) + len(region.municipalities)
    by_unit = fte_required_by_unit(record, region, 2)
    assert by_unit.shape == (2, units, len(region.professions))
    assert np.allclose(by_unit.sum(axis=1), fte_required(record, region, 2))
    assert fte_required_by_unit(record, region, 0).shape == (0, units, len(region.professions))


def test_a_footprint_twice_as_long_requires_twice_the_staff(history: History) -> None:
    record, region = history.simulation.record, history.simulation.region
    longer = replace(region, footprints=tuple(replace(f, minutes=2 * f.minutes) for f in region.footprints))
    one, two = fte_required(record, region, 2), fte_required(record, longer, 2)
    nurse, gp = region.professions.index("hospital_nurse"), region.professions.index("gp")
    assert np.allclose(two[:, nurse], 2 * one[:, nurse])
    assert np.allclose(two[:, gp], one[:, gp]), "its minutes are a parameter"


def test_sick_leave_raises_the_staff_required(history: History) -> None:
    record, region = history.simulation.record.copy(MONTHS), history.simulation.region
    usual = fte_required(record, region, 2)
    share = record.sick[:MONTHS].mean()
    record.sick[:MONTHS] += 0.01
    more = fte_required(record, region, 2)
    asked = usual > 0  # coordinators have no contacts
    assert more[asked] / usual[asked] == pytest.approx(1 / (1 - 0.01 / (1 - share)), rel=2e-3)


def test_agency_staff_has_its_own_price(county: Region) -> None:
    from simulator.results.economy import agency_price

    assert agency_price(county, "gp") == county.costs["agency_gp_year"].value
    assert agency_price(county, "nurse") == pytest.approx(county.costs["agency_nurse_year"].value)
    for profession in county.professions:
        assert agency_price(county, profession) > county.costs[f"{profession}_year"].value


def test_home_visits_of_gps_take_their_longer_time_from_the_months_other_visits(county: Region) -> None:
    """Of 100 visits 30 at home, each worth two more at the centre: 160 visits' time for 100 leaves five eighths."""
    twice = county.with_parameters({"primary_care.home_visit_extra_minutes": 45.0})
    record = Record.empty(sizes_of(county.units, len(county.professions), 1))
    record.wait[0, 0, 3], record.gp_at_home[0, 0], record.wait[0, 1, 0] = 100, 30, 50
    left = minutes.left_by_home_visits(record, twice, 0)
    assert left[:3] == pytest.approx([1.0 / 1.6, 1.0, 1.0])
    record.ledger[0, ledger_slices(county)["gp"].start, SERVED] = 100
    record.employed[0, 0, county.professions.index("gp")] = 1.0
    given = minutes.delivered(record, twice, slice(0, 1))[..., county.professions.index("gp")]
    assert given.sum() == pytest.approx(160 * county.parameters["consultation.gp_minutes"])
    amount, taken = volumes(record, 1)[0], staff_minutes(record, twice, 1)[0].sum(axis=-1)
    assert amount[[ACTIVITY_INDEX["gp_visit"], ACTIVITY_INDEX["gp_home_visit"]]].tolist() == [120.0, 30.0]
    assert taken[ACTIVITY_INDEX["gp_home_visit"]] / taken[ACTIVITY_INDEX["gp_visit"]] == pytest.approx(90 / 120)
