"""The municipality: home visits, home help, places in special housing, and whom it receives from hospital."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.care.offer import PLAN_GIVEN, REVIEW_GIVEN, offered
from simulator.care.places import has_place, places_kept, take_place
from simulator.care.waiting_line import FIRST_CLASS, LOOK_AHEAD, join
from simulator.core.dates import DAY, WEEKDAYS
from simulator.core.fields import Array
from simulator.core.kernels import constant, integer, kernel, prefetch, rule
from simulator.core.log import HOUSING_GRANTED, MOVED_IN, SHORT_TERM, note, note_with
from simulator.core.randomness import LASTING, Purpose, draw, purpose_key, quantile, whole_of_day
from simulator.core.record import TO_SHORT_TERM
from simulator.core.state import COMPLEX, HOME_NURSING, IN_HOSPITAL, PRESENT, SPECIAL_HOUSING, State
from simulator.core.units import LINE_HOME
from simulator.core.words import age_group_of, rub_of
from simulator.core.world import World
from simulator.people.enrolment import P_ENROLMENT, given_at_enrolment
from simulator.people.households import HELP_SHARE, dementia_bit, lives_with, needs_much
from simulator.region.pack import Region

VISITS_BEGIN = 7 * 3600
LONGEST_SHORT_STAY = constant(62)
"""Days in a short-term place."""
P_DISCHARGE, P_SHORT_TERM = int(Purpose.DISCHARGE), int(Purpose.SHORT_TERM)


# --- home nursing --------------------------------------------------------------------------------------


@kernel
def plan_home_visits(
    seed: int,
    year: int,
    person: Array,
    patients: Array,
    place: Array,
    per_day: float,
    factor: float,
    out: Array,
    start: Array,
) -> None:
    """Lay down each patient's weekdays with a visit for the year.

    `patients` int64[n] in order of municipality, `place` their municipality. Writes the patients of
    each weekday and municipality to `out` and their first places to `start` int64[WEEKDAYS, M + 1].
    """
    key = purpose_key(seed, Purpose.HOME_VISIT)
    n = 0
    for weekday in range(WEEKDAYS):
        m = -1
        for i in range(patients.size):
            while m < place[i]:
                m += 1
                start[weekday, m] = n
            me = person[patients[i]]
            visits = per_day * factor if rub_of(me["risk"]) >= 4 else per_day
            if draw(key, me["key"], np.uint64(year * WEEKDAYS + weekday)) < visits:
                out[n] = patients[i]
                n += 1
        while m < start.shape[1] - 1:
            m += 1
            start[weekday, m] = n


@kernel
def list_home_visits(w: World, day: int) -> None:
    """Ask for today's home visits, beginning with another patient each day so that none is always last."""
    tick = day * DAY + VISITS_BEGIN
    weekday = day % WEEKDAYS
    last = w.home_start[weekday, w.home_start.shape[1] - 1]
    for m in range(w.home_start.shape[1] - 1):
        w.municipality[m]["mobile_left"] = whole_of_day(w.municipality[m]["mobile"], day)
        first, end = w.home_start[weekday, m], w.home_start[weekday, m + 1]
        place = first + day % max(end - first, 1)
        for _ in range(end - first):
            slot = w.home_list[place]
            prefetch(w.person, w.home_list[min(place + LOOK_AHEAD, last - 1)])
            place += 1
            if place == end:
                place = first
            status = w.person[slot]["status"]
            if status & PRESENT and status & HOME_NURSING and not status & IN_HOSPITAL:
                join(w, w.lines[LINE_HOME] + m, tick, slot, FIRST_CLASS)


# --- home help -----------------------------------------------------------------------------------------


def help_shares(state: State, region: Region) -> Array:
    """Share of home nursing's patients who have home help, float64[2] without and with a partner at home."""
    alone = float(state.balance[HELP_SHARE])
    return np.array([alone, alone * region.parameters["carers.partner_home_help_ratio"]])


RECIPIENTS, HELP_HOURS, COMPLEX_HELP_HOURS, COMPLEX_RESIDENTS, CARED_FOR, HEAVILY, CARED_HOURS, WITH_DEMENTIA = range(8)
"""Columns of what `count_helped` counts."""
COUNTED_OF_HELP = 8


class HelpTerms(NamedTuple):
    """Who has home help and how many hours a week, and what partners give."""

    share: Array  # float64[2], share of home nursing's patients who have home help, without and with a partner at home
    hours: float  # of those with home help
    factor: float  # on them in RUB 4-5
    waiting: float  # hours of those who wait for special housing
    cared: float  # hours that a partner gives
    cared_much: float  # to somebody who needs much
    dementia: int  # bit of the condition


@kernel
def count_helped(seed: int, person: Array, background: Array, terms: HelpTerms, out: Array) -> None:
    """Count who has home help and a carer and the hours a week, by municipality: `out` float64[M, COUNTED_OF_HELP].

    Home help goes to a share of those with home nursing and to all who wait for special housing. Who lies in hospital
    needs none there, and neither gives care to a partner nor gets it. Also the hours of people with complex needs,
    those of them in special housing, and of carers those of somebody who needs much and of people with dementia.
    """
    key = purpose_key(seed, Purpose.HOME_HELP)
    out[:] = 0.0
    for i in range(person.size):
        status = person[i]["status"]
        if not status & PRESENT:
            continue
        if status & SPECIAL_HOUSING:
            out[background[i]["municipality"], COMPLEX_RESIDENTS] += (status & COMPLEX) != 0
        elif status & HOME_NURSING and not status & IN_HOSPITAL:
            back, need = background[i], 0.0
            counted = out[back["municipality"]]
            other = lives_with(person, background, i)
            if back["granted"]:
                need = terms.waiting
            elif draw(key, person[i]["key"], LASTING) < terms.share[integer(other >= 0)]:
                need = terms.hours * terms.factor if back["rub"] >= 4 else terms.hours
            counted[RECIPIENTS] += need > 0.0
            counted[HELP_HOURS] += need
            if status & COMPLEX:
                counted[COMPLEX_HELP_HOURS] += need
            if other >= 0 and not person[other]["status"] & IN_HOSPITAL:
                much = needs_much(person, background, i)
                counted[CARED_FOR] += 1.0
                counted[HEAVILY] += much
                counted[CARED_HOURS] += terms.cared_much if much else terms.cared
                counted[WITH_DEMENTIA] += (back["conditions"] & terms.dementia) != 0


def help_terms(state: State, region: Region) -> HelpTerms:
    """Read who has help; the parameter of hours is the mean, higher in RUB 4-5."""
    p = region.parameters
    frail = (p["home_nursing.patients_rub_4"] + p["home_nursing.patients_rub_5"]) / p["home_nursing.patients"]
    hours = p["home_help.hours_per_week"] / (1.0 + frail * (p["home_help.rub_factor"] - 1.0))
    return HelpTerms(
        help_shares(state, region), hours, p["home_help.rub_factor"], p["home_help.waiting_hours_per_week"],
        p["carers.hours"], p["carers.hours_strained"], dementia_bit(region),
    )  # fmt: skip


# --- who is received from hospital -----------------------------------------------------------------------


@rule
def wants_reception(w: World, slot: int, case: int) -> bool:
    """Whether a patient goes home only when the municipality has prepared for it.

    Residents of special housing go back to their place.
    """
    me = w.person[slot]
    if me["status"] & SPECIAL_HOUSING:
        return False
    home = me["status"] & HOME_NURSING
    share: float = w.rules[0]["home_nursing_reception_share"] if home else w.new_need[age_group_of(me["risk"])]
    return draw(w.keys[P_DISCHARGE], me["key"], np.uint64(case)) < share


@rule
def receive(w: World, m: int, slot: int, tick: int, case: int) -> bool:
    """Receive a patient at home if one more can be today, else in a short-term place if one is free.

    Who left a short-term place for hospital this same day goes back to it.
    """
    town = w.municipality[m]
    if has_place(w.short_place[m], town["short_taken"], slot):
        return True
    if town["left"] > 0:
        town["left"] -= 1
        return True
    placed = give_short_term(w, m, slot, tick, case)
    w.reception[m, TO_SHORT_TERM] += placed
    return placed


@rule
def give_short_term(w: World, m: int, slot: int, tick: int, case: int) -> bool:
    """Give somebody a short-term place, if one is free, for days drawn by the case."""
    town = w.municipality[m]
    if town["short_taken"] >= min(town["short_places"], w.short_place.shape[1]):
        return False
    u = draw(w.keys[P_SHORT_TERM], w.person[slot]["key"], np.uint64(case))
    days = min(1 + integer(w.short_stay[0] * quantile(w.stay_quantile, u)), LONGEST_SHORT_STAY)
    take_place(w.short_place[m], town["short_taken"], tick // DAY + days, slot)
    town["short_taken"] += 1
    note_with(w, tick, SHORT_TERM, slot, m, tick, days)
    return True


@rule
def open_receptions(w: World, day: int) -> None:
    """Begin a municipality's day: whom it can receive, and which short-term places are free again."""
    for m in range(w.municipality.size):
        town = w.municipality[m]
        town["left"] = whole_of_day(town["receptions"], day)
        town["short_taken"] = places_kept(w, w.short_place[m], town["short_taken"], day)


# --- special housing -------------------------------------------------------------------------------------


@rule
def grant_housing(w: World, slot: int, tick: int) -> None:
    """Grant a place in special housing: the person waits for one, with home nursing meanwhile."""
    me, back = w.person[slot], w.background[slot]
    town = w.municipality[back["municipality"]]
    full = town["queue_tail"] - town["queue_head"] >= w.housing_queue.shape[1]
    if not me["status"] & PRESENT or me["status"] & SPECIAL_HOUSING or back["granted"] or full:
        return
    back["granted"] = 1
    if not me["status"] & HOME_NURSING:
        me["status"] |= HOME_NURSING
        back["given"] = given_at_enrolment(
            w.keys[P_ENROLMENT], me["key"], offered(w, PLAN_GIVEN, slot), offered(w, REVIEW_GIVEN, slot),
            w.enrolled[back["municipality"]],
        )  # fmt: skip
    w.housing_queue[back["municipality"], town["queue_tail"] & (w.housing_queue.shape[1] - 1)] = slot
    town["queue_tail"] += 1
    note(w, tick, HOUSING_GRANTED, slot, integer(back["municipality"]), tick)


@rule
def move_in(w: World, tick: int) -> None:
    """Let those who have waited longest move in where places are free."""
    for m in range(w.municipality.size):
        town = w.municipality[m]
        while town["queue_head"] < town["queue_tail"] and town["residents"] < town["housing_places"]:
            slot = w.housing_queue[m, town["queue_head"] & (w.housing_queue.shape[1] - 1)]
            town["queue_head"] += 1
            me = w.person[slot]
            if not me["status"] & PRESENT:
                continue
            w.background[slot]["granted"] = 0
            me["status"] = (me["status"] & (255 - HOME_NURSING)) | SPECIAL_HOUSING
            town["residents"] += 1
            note(w, tick, MOVED_IN, slot, m, tick)


def waiting_for_housing(municipality: Array, housing_queue: Array, person: Array) -> Array:
    """People present who wait for special housing, int64[M]."""
    size = housing_queue.shape[1]
    out = np.zeros(len(municipality), np.int64)
    for m, town in enumerate(municipality):
        places = np.arange(town["queue_head"], town["queue_tail"]) & (size - 1)
        out[m] = ((person["status"][housing_queue[m, places]] & PRESENT) != 0).sum()
    return out
