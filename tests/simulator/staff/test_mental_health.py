"""Staff of mental health: what beds leave for visits, and posts that follow what the first line is to meet."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.changes import Change
from simulator.controls import CONTROLS, shape_of
from simulator.core.record import MENTAL_ASKED, MENTAL_GONE, MENTAL_LEFT, MENTAL_MET, PSYCHIATRIC_ED, Record
from simulator.region.pack import Region
from simulator.simulation import Simulation
from simulator.staff.mental_health import (
    first_line_posts,
    mental_needs,
    minutes_a_year,
    set_mental_health,
    used_for_visits,
)
from simulator.start import first_state, sizes_of
from simulator.tables import tables_of

START = date(2023, 1, 1)


@pytest.fixture(scope="module")
def begun(sixteenth: Region):
    """The first day of a small region: state, and values of the controls that are today's."""
    values = {name: np.full(shape_of(each, sixteenth), each.baseline) for name, each in CONTROLS.items()}
    return first_state(sixteenth, tables_of(sixteenth), 1, values), values


def a_day(region, begun, fte, emergencies=0.0, **factors):
    """Visits a day float64[H + K] that so many FTE of every profession make possible."""
    state, values = begun
    record = Record.empty(sizes_of(region.units, len(region.professions), 1))
    record.psychiatry_care[0, :, PSYCHIATRIC_ED] = emergencies
    working = np.zeros((len(region.units), len(region.professions)))
    working[:, [region.professions.index(name) for name in fte]] = list(fte.values())
    values = values | {name: np.full_like(values[name], value) for name, value in factors.items()}
    set_mental_health(state, region, working, values, record, 1)
    return state.mental_line["per_day"].copy()


def test_beds_and_emergencies_come_first_and_the_scarcer_profession_decides(sixteenth: Region, begun) -> None:
    """The lines are empty, so the clinics use exp(-response) of what is left of their time."""
    p, k = sixteenth.parameters, 0
    fte = {"psychiatrist": 2.0, "psychiatric_staff": 20.0}
    days = sixteenth.psychiatry_beds[k] * 365.25 * p["hospital.target_occupancy"]
    minutes = minutes_a_year(sixteenth)
    physicians = (2.0 * minutes - days * 40 - 12 * 3 * 45) / 12
    others = (20.0 * minutes - days * 480 - 12 * 3 * 120) / 120
    assert others < physicians
    visits = a_day(sixteenth, begun, fte, emergencies=3)[sixteenth.units.in_psychiatry]
    assert visits[k] == pytest.approx(others / 250 * np.exp(-p["specialist.time_response"]))
    few = a_day(sixteenth, begun, fte | {"psychiatrist": 0.01})[sixteenth.units.in_psychiatry]
    assert few[k] == 0.0


def test_more_beds_leave_fewer_visits(sixteenth: Region, begun) -> None:
    fte = {"psychiatrist": 2.0, "psychiatric_staff": 20.0}
    today, more = (a_day(sixteenth, begun, fte, psychiatry_beds=factor) for factor in (1.0, 2.0))
    state, _ = begun
    assert state.psychiatry["beds"].tolist() == (2 * sixteenth.psychiatry_beds).tolist()
    with_beds = sixteenth.psychiatry_beds > 0
    fewer = more[sixteenth.units.in_psychiatry] < today[sixteenth.units.in_psychiatry]
    assert fewer.tolist() == with_beds.tolist()


def test_a_longer_line_gets_more_of_the_time_up_to_all(sixteenth: Region) -> None:
    """At half the usual wait exp(-response / 2); at the usual wait and beyond all of it."""
    p = sixteenth.parameters
    usual = p["psychiatry.usual_wait_days"]
    waiting = np.array([0.0, usual / 2, usual, 9 * usual]) * 1000 / 365.25
    r = p["specialist.time_response"]
    expected = [np.exp(-r), np.exp(-r / 2), 1.0, 1.0]
    assert used_for_visits(sixteenth, waiting, np.full(4, 1000.0)).tolist() == pytest.approx(expected)


def test_posts_meet_the_share_and_the_first_line_reaches_no_further_than_its_staff(sixteenth: Region, begun) -> None:
    state, _ = begun
    h = len(sixteenth.centres)
    posts = first_line_posts(sixteenth, np.full(h, 0.3))
    minutes = 0.3 * mental_needs(sixteenth) * sixteenth.parameters["consultation.psychosocial_minutes"]
    target = sixteenth.parameters["work.target_utilisation"]
    assert posts.tolist() == pytest.approx((minutes / minutes_a_year(sixteenth) / target).tolist())
    half = posts.sum() * target / 2 / h
    visits = a_day(sixteenth, begun, {"psychosocial": half}, first_line_mental=0.3)
    met = visits[sixteenth.units.in_first_line] * 250
    wanted = 0.3 * mental_needs(sixteenth)
    assert state.centre["first_line"].tolist() == pytest.approx(np.minimum(0.3 * met / wanted, 0.3).tolist())
    a_day(sixteenth, begun, {"psychosocial": 0.0}, first_line_mental=0.3)
    assert not state.centre["first_line"].any()


def test_mental_needs_are_the_share_of_gp_needs(county: Region) -> None:
    """1.49 needs of a GP an inhabitant, of whom as many are listed."""
    share = mental_needs(county).sum() / county.centre_listed.sum()
    assert share == pytest.approx(1.49 * county.parameters["mental.share_of_gp_visits"], rel=0.03)


@pytest.fixture(scope="module")
def two_years(sixteenth: Region, kernels: None) -> dict[str, Simulation]:  # noqa: ARG001 - compiled first
    """Two years of a small region today, and with a first line."""
    lives = {"today": (), "first": (Change("first_line_mental", "set", 0.5, START, START),)}
    out = {}
    for name, changes in lives.items():
        out[name] = Simulation(sixteenth, 5, changes)
        out[name].run(date(2025, 1, 1))
    return out


@pytest.mark.parametrize("life", ["today", "first"])
def test_everybody_who_joined_a_line_was_met_left_was_gone_or_waits(two_years, life: str) -> None:
    simulation = two_years[life]
    counted, line = simulation.record.mental[:24].sum(axis=0), simulation.state.mental_line
    closed = counted[:, [MENTAL_MET, MENTAL_LEFT, MENTAL_GONE]].sum(axis=1)
    waiting = simulation.record.mental_in_line[0]
    assert (waiting + counted[:, MENTAL_ASKED] == closed + line["tail"] - line["head"]).all()


def test_a_first_line_has_visits_posts_and_fewer_needs_of_a_gp(two_years) -> None:
    h = two_years["today"].region.units.in_first_line
    visits = {name: life.record.mental[:24, h, MENTAL_MET].sum() for name, life in two_years.items()}
    assert visits["today"] == 0
    assert visits["first"] > 500
    gp = {name: life.record.wait[:24].sum() for name, life in two_years.items()}
    assert gp["first"] < gp["today"]
    p = two_years["first"].region.professions.index("psychosocial")
    assert two_years["first"].record.posts[23, h, p].sum() > 0 == two_years["today"].record.posts[23, h, p].sum()


def test_levels_of_psychiatry_come_near_what_was_read(two_years) -> None:
    """Some 15 500 people: 6 600 visits a year, those of who is away or in bed fall away; severity makes a spread."""
    life = two_years["today"]
    people = life.record.population[1].sum()
    visits = life.record.psychiatric_visits[:24].sum() / 2 / people
    assert visits == pytest.approx(0.43 * 0.96, abs=0.06)
    assert life.record.psychiatric_patients[:2].sum() / 2 / people == pytest.approx(0.0576, abs=0.008)
