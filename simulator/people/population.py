"""The start population: every inhabitant of 31 December 2022, one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.core.fields import Array
from simulator.core.kernels import integer, kernel, rule
from simulator.core.randomness import Purpose, draw, mix, purpose_key
from simulator.core.state import (
    BACKGROUND,
    HOME_NURSING,
    NO_CHAIR,
    PERSON,
    PRESENT,
    RELATION,
    SAW_OWN_GP,
    SPECIAL_HOUSING,
)
from simulator.core.words import rub_of
from simulator.people.continuity import dose_level
from simulator.region.board import completed
from simulator.region.pack import Region


@dataclass(frozen=True)
class People:
    """PERSON[N], BACKGROUND[N], RELATION[N] and seen uint32[N, 8]."""

    person: Array
    background: Array
    relation: Array
    seen: Array


def empty_people(n: int) -> People:
    """Return `n` people about whom nothing is known."""
    return People(np.zeros(n, PERSON), np.zeros(n, BACKGROUND), np.zeros(n, RELATION), np.zeros((n, 8), np.uint32))


def synthesise(region: Region, seed: int) -> People:
    """Create everybody in the region's population table, grouped by health centre."""
    people = empty_people(int(region.population.sum()))
    _fill_cells(seed, region.population, people.person, people.background)
    choose_education(seed, people, 0, region)
    choose_centre(seed, people, 0, region)
    order = np.argsort(people.person["centre"], kind="stable")
    people.person["status"], people.person["chair"] = PRESENT, NO_CHAIR
    return People(people.person[order], people.background[order], people.relation, people.seen)


@kernel
def _fill_cells(seed: int, table: Array, person: Array, background: Array) -> None:
    """One record for each person of the table [M, 2, 101]; keys hang on the cell and the place in it."""
    key = purpose_key(seed, Purpose.IDENTITY)
    i = 0
    for m in range(table.shape[0]):
        for sex in range(2):
            for age in range(table.shape[2]):
                cell = np.uint64((m * 2 + sex) * 128 + age)
                for j in range(table[m, sex, age]):
                    person[i]["key"] = mix(key ^ cell, np.uint64(j))
                    background[i]["municipality"] = m
                    background[i]["sex"] = sex
                    background[i]["age"] = age
                    i += 1


def choose_education(seed: int, people: People, first: int, region: Region) -> None:
    """Draw the education group of people from `first` on, by sex and age."""
    band = np.searchsorted(region.education_ages, np.arange(128), side="right") - 1
    cumulative = np.cumsum(region.education_share[:, np.maximum(band, 0)], axis=2)
    _choose_education(seed, people.person, people.background, first, cumulative)


@kernel
def _choose_education(seed: int, person: Array, background: Array, first: int, cumulative: Array) -> None:
    key = purpose_key(seed, Purpose.EDUCATION)
    for i in range(first, person.size):
        u = draw(key, person[i]["key"], np.uint64(0))
        shares = cumulative[background[i]["sex"], max(background[i]["age"], 0)]
        background[i]["education"] = (u >= shares[0]) + (u >= shares[1])


def choose_centre(seed: int, people: People, first: int, region: Region) -> None:
    """List people from `first` on at a centre of their municipality, in proportion to the listed."""
    listed = region.centre_listed.astype(np.float64)
    by_municipality = np.zeros((len(region.municipalities), listed.size))
    by_municipality[region.centre_municipality, np.arange(listed.size)] = listed
    cumulative = np.cumsum(by_municipality / by_municipality.sum(axis=1, keepdims=True), axis=1)
    _choose_centre(seed, people.person, people.background, first, cumulative, region.catchment)


@kernel
def _choose_centre(
    seed: int, person: Array, background: Array, first: int, cumulative: Array, catchment: Array
) -> None:
    key = purpose_key(seed, Purpose.CENTRE)
    for i in range(first, person.size):
        m = background[i]["municipality"]
        u = draw(key, person[i]["key"], np.uint64(0)) * 0.999999999
        person[i]["centre"] = np.searchsorted(cumulative[m], u, side="right")
        person[i]["hospital"] = catchment[m]


def named_share(region: Region) -> Array:
    """The share of home-nursing patients with a named GP at each centre, float64[H, 3]: others, RUB 4, RUB 5.

    Its municipality's own figures; the county's stand where they cannot be read in the source (`followup.completed`).
    """
    p = region.parameters
    county = (
        p["home_nursing.permanent_gp_share"], p["home_nursing.permanent_gp_share_rub_4"],
        p["home_nursing.permanent_gp_share_rub_5"],
    )  # fmt: skip
    share: Array = completed(region.home_nursing_gp, county, p)[region.centre_municipality]
    return share


@rule
def rub_group(rub: int) -> int:
    """Group of a patient in home nursing by RUB, as the region follows them up: others, RUB 4, RUB 5."""
    return max(integer(rub) - 3, 0)


@kernel
def name_gps(
    seed: int,
    year: int,
    person: Array,
    first: int,
    last: int,
    centre: Array,
    chair: Array,
    home_share: Array,
    housing_share: float,
    again: float,
) -> None:
    """Give those without a named GP one, as far as the centre names them and a chair has a permanent GP.

    A person's willingness is one lasting draw, so a higher share names more people and unnames none.
    `home_share` [H, 3] is the share among those with home nursing at each centre, other than RUB 4 and 5, RUB 4 and
    RUB 5; `housing_share` that in special housing.
    Of those whose GP has left, the share `again` gets another in a year; the others wait for the successor.
    """
    key = purpose_key(seed, Purpose.NAMED_GP)
    for i in range(first, last):
        me = person[i]
        house = centre[me["centre"]]
        if me["chair"] < house["chairs"] - house["residents"]:
            post = chair[me["centre"], me["chair"]]
            seated = post["gp"] != 0 and post["agency"] == 0
            if seated or draw(key, me["key"], np.uint64(year)) >= again:
                continue
        me["chair"] = NO_CHAIR
        share = house["named"]
        if me["status"] & HOME_NURSING:
            share = max(share, home_share[me["centre"], rub_group(rub_of(me["risk"]))])
        elif me["status"] & SPECIAL_HOUSING:
            share = max(share, housing_share)
        if draw(key, me["key"], np.uint64(0)) < share:
            u = draw(key, me["key"], np.uint64(1))
            me["chair"] = _permanent_chair(chair[me["centre"]], house["chairs"], u)


@kernel
def change_gps(
    seed: int, year: int, person: Array, relation: Array, chance: Array, centre: Array, chair: Array
) -> None:
    """Let some leave their GP by choice: with `chance` [N] they are named another of their centre, and know nobody yet.

    In special housing and home nursing the GP who makes the rounds stays.
    """
    key = purpose_key(seed, Purpose.CHANGE_OF_GP)
    for i in range(person.size):
        me, bond = person[i], relation[i]
        if not me["status"] & PRESENT or me["status"] & (SPECIAL_HOUSING | HOME_NURSING):
            continue
        if draw(key, me["key"], np.uint64(2 * year)) >= chance[i]:
            continue
        bond["gp"], bond["share"], me["dose"] = 0, 0.0, 0
        if me["chair"] != NO_CHAIR:
            house, u = centre[me["centre"]], draw(key, me["key"], np.uint64(2 * year + 1))
            me["chair"] = _permanent_chair(chair[me["centre"]], house["chairs"], u)


@rule
def _permanent_chair(chairs: Array, n: int, u: float) -> int:
    """Choose a chair with a permanent GP, in proportion to working time; NO_CHAIR if there is none."""
    total = 0.0
    for c in range(n):
        if chairs[c]["gp"] != 0 and chairs[c]["agency"] == 0:
            total += chairs[c]["fte"]
    place = u * total
    for c in range(n):
        if chairs[c]["gp"] != 0 and chairs[c]["agency"] == 0:
            place -= chairs[c]["fte"]
            if place < 0.0:
                return c
    return NO_CHAIR


@kernel
def recall_gps(
    seed: int,
    day: int,
    person: Array,
    relation: Array,
    centre: Array,
    chair: Array,
    visit_chance: Array,
    tenure: Array,
    full_share: float,
    own_share: float,
    leaving: Array,
) -> None:
    """Give people the relationship that earlier years have left: steady-state memory at the start.

    `visit_chance` [54] is the chance that somebody of that risk saw the own GP within the memory
    span, `tenure` [H, C] years that each GP has been there on that `day`, `own_share` the middle of the share of
    visits with the own GP. Nobody has known a GP for longer than since the last change by choice, at a rate of
    `leaving` [N] a year.
    """
    key = purpose_key(seed, Purpose.GP_HISTORY)
    for i in range(person.size):
        me = person[i]
        if draw(key, me["key"], np.uint64(0)) >= visit_chance[me["risk"]]:
            continue
        known = integer(me["chair"])
        if known == NO_CHAIR:  # people without a named GP know one too
            u = draw(key, me["key"], np.uint64(5))
            known = integer(_permanent_chair(chair[me["centre"]], centre[me["centre"]]["chairs"], u))
            if known == NO_CHAIR:
                continue
        post = chair[me["centre"], known]
        if post["gp"] == 0 or post["agency"] != 0:
            continue
        years = tenure[me["centre"], known] * draw(key, me["key"], np.uint64(1))
        if leaving[i] > 0.0:
            years = min(years, -np.log1p(-draw(key, me["key"], np.uint64(6))) / leaving[i])
        bond = relation[i]
        bond["gp"] = post["gp"]
        bond["since"] = day - int(years * 365.25) - 1
        bond["last"] = day - int(min(years, 1.0) * 365.0 * draw(key, me["key"], np.uint64(2))) - 1
        bond["share"] = min(2.0 * own_share * draw(key, me["key"], np.uint64(3)), 1.0)
        me["dose"] = dose_level(day - bond["since"], bond["share"], full_share)
        if draw(key, me["key"], np.uint64(4)) < bond["share"]:
            me["status"] |= SAW_OWN_GP
