"""Posts, and the GPs in them: who sits in which chair, leaves, retires, is recruited, stands in.

GPs are individuals in chairs, since continuity hangs on who they are; the other professions are
full-time equivalents by unit and age (`staff_flows`). Vacant posts are filled at the rate that keeps
today's vacancy where nothing else changes, and locums hold part of what is vacant. Residents sit in
chairs behind those of the GPs: they see patients, and are nobody's own GP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simulator.care.offer import moved_share, specialist_needs
from simulator.core.fields import Array
from simulator.core.kernels import cold, integer, kernel, rule
from simulator.core.randomness import Purpose, draw, purpose_key
from simulator.core.record import HIRED, LEFT, RETIRED
from simulator.core.state import CENTRE, CHAIR, CHAIRS, GP_CHAIRS, LOCUM, NOT_STAFFED, RESIDENT
from simulator.core.words import GENERATIONS, gp_of, post_of, residents_of
from simulator.region.pack import Region

SUCCESSIONS = 1 << 16
"""Where the draws of GPs' successions in the year before the first begin, beyond those of all months after it."""
BOOK_SLOTS = 16
"""Bookable visits a chair can hold in a day."""
YOUNGEST_GP, OLDEST_GP = 34, 72
"""Ages of GPs on the first day; beyond the second nobody works."""
"""Ways out of a unit's staff, and in: staff = before - left - retired - given up with the post + hired.

Where a GP post grows with its holder, less than nothing is given up.
"""
OPEN_DAYS = 250.0
"""Days a year on which health centres and clinics are open, in round figures; the calendar decides which."""


@dataclass(frozen=True)
class Establishment:
    """Posts, vacancy and agency share float64[U, P]; units are centres, hospitals, municipalities."""

    posts: Array
    vacancy: Array
    agency: Array


@lru_cache(maxsize=4)
def establishment(region: Region) -> Establishment:
    """Read the region's staff table into arrays."""
    kinds = {"centre": region.centres, "hospital": region.hospitals, "municipality": region.municipalities}
    order = [(kind, code) for kind, codes in kinds.items() for code in codes]
    shape = (len(order), len(region.professions))
    posts, vacancy, agency = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for post in region.staff:
        u = order.index((post.unit_kind, post.unit))
        p = region.professions.index(post.profession)
        posts[u, p], vacancy[u, p], agency[u, p] = post.posts_fte, post.vacancy, post.agency_share
    return Establishment(posts, vacancy, agency)


def filling_rate(vacancy: Array, leaving: float) -> Array:
    """Monthly chance of filling a vacant post at which `vacancy` stays as it is when `leaving` go a month."""
    return np.where(vacancy > 0.0, np.minimum(leaving * (1.0 - vacancy) / np.maximum(vacancy, 1e-9), 1.0), 1.0)


@cold
def seat_gps(seed: int, centre: Array, chair: Array, vacancy: Array, ages: Array) -> Array:
    """Fill the chairs of the first day; returns years of tenure float64[H, C].

    `ages` are the running shares of GPs by age from YOUNGEST_GP on, the last one 1.
    """
    key = purpose_key(seed, Purpose.WORKFORCE)
    tenure = np.zeros(chair.shape)
    for h in range(centre.size):
        for c in range(centre[h]["chairs"] - centre[h]["residents"]):
            post = np.uint64(post_of(h, c))
            if draw(key, post, np.uint64(1)) < vacancy[h]:
                seat_nobody(chair, h, c)
                if draw(key, post, np.uint64(2)) < centre[h]["agency"]:
                    seat(chair, h, c, 1, 45, -1)
            else:
                age = YOUNGEST_GP
                u = draw(key, post, np.uint64(3))
                while u >= ages[age - YOUNGEST_GP]:
                    age += 1
                tenure[h, c] = min(-8.0 * np.log(1.0 - draw(key, post, np.uint64(4))), age - 33.0)
                seat(chair, h, c, 0, age, -1 - int(12.0 * tenure[h, c]))
    return tenure


def gp_retirement(region: Region) -> Array:
    """Monthly chance of retiring of a GP by completed age, float64[OLDEST_GP + 1]; a logistic, 1 at the last."""
    p = region.parameters
    age = np.arange(OLDEST_GP + 1) + 0.5 - p["work.gp_pension_age"]
    at_work = 1.0 / (1.0 + np.exp(np.stack([age, age + 1.0]) / p["work.gp_pension_age_spread"]))
    chance: Array = 1.0 - (at_work[1] / at_work[0]) ** (1.0 / 12.0)
    chance[:YOUNGEST_GP], chance[-1] = 0.0, 1.0
    return chance


def gp_ages(region: Region) -> Array:
    """Running shares of GPs by age on the first day, from YOUNGEST_GP to OLDEST_GP: alike until they retire."""
    staying = (1.0 - gp_retirement(region)[YOUNGEST_GP:-1]) ** 12
    still_there = np.cumprod(np.concatenate([[1.0], staying]))
    shares: Array = np.cumsum(still_there) / still_there.sum()
    shares[-1] = 1.0
    return shares


@rule
def seat(chair: Array, h: int, c: int, agency: int, age: int, month: int) -> None:
    """Let somebody new take a chair in a month."""
    post = chair[h, c]
    post["generation"] = post["generation"] % (GENERATIONS - 1) + 1
    post["gp"] = gp_of(h, c, post["generation"])
    post["agency"] = agency
    post["age"] = age
    post["began"] = month


@rule
def seat_nobody(chair: Array, h: int, c: int) -> None:
    """Leave a chair vacant."""
    chair[h, c]["gp"] = 0
    chair[h, c]["agency"] = 0


@kernel
def staff_chairs(
    seed: int, month: int, centre: Array, chair: Array, retiring: Array, renewal: float, flow: Array
) -> None:
    """Let one month of leaving, retiring, recruiting and hiring of locums pass at every GP's chair.

    `retiring` float64[ages] is the monthly chance of retiring by completed age. A locum stays on with the chance
    `renewal`, scaled so that locums hold the agency share of vacancies.
    Adds the FTE of those who left, retired and were recruited to `flow` float64[H, 4].
    """
    key = purpose_key(seed, Purpose.WORKFORCE)
    for h in range(centre.size):
        house = centre[h]
        for c in range(house["chairs"] - house["residents"]):
            post = chair[h, c]
            if post["fte"] <= 0.0:
                continue
            who = np.uint64(post_of(h, c))
            when = np.uint64(16 + 8 * month)
            permanent = post["gp"] != 0 and post["agency"] == 0
            if permanent:
                if month % 12 == 0:
                    post["age"] += 1
                age = int(max(post["age"] - house["later"], 0.0))
                goes = draw(key, who, when) < house["turnover"]
                retires = draw(key, who, when + np.uint64(1)) < retiring[min(age, retiring.size - 1)]
                if goes or retires:
                    flow[h, LEFT if goes else RETIRED] += post["fte"]
                    seat_nobody(chair, h, c)
            elif draw(key, who, when + np.uint64(2)) < house["recruitment"]:
                flow[h, HIRED] += post["fte"]
                seat(chair, h, c, 0, 33 + int(draw(key, who, when + np.uint64(3)) * 20), month)
            elif post["agency"] and draw(key, who, when + np.uint64(5)) < renewal:
                continue
            elif draw(key, who, when + np.uint64(4)) < house["agency"] * (1.0 - renewal) / (
                1.0 - house["agency"] * renewal
            ):
                seat(chair, h, c, 1, 45, month)
            else:
                seat_nobody(chair, h, c)


@kernel
def succeed_gps(seed: int, month: int, centre: Array, chair: Array, retiring: Array) -> None:
    """Let permanent GPs leave as in any month, each followed at once by somebody of the same age.

    So relationships end as often as they do, and as many work as before. Other draws than those of `staff_chairs`.
    """
    key = purpose_key(seed, Purpose.WORKFORCE)
    for h in range(centre.size):
        for c in range(centre[h]["chairs"] - centre[h]["residents"]):
            post = chair[h, c]
            if post["fte"] <= 0.0 or post["gp"] == 0 or post["agency"] != 0:
                continue
            u = draw(key, np.uint64(post_of(h, c)), np.uint64(SUCCESSIONS + month))
            if u < centre[h]["turnover"] + retiring[min(integer(post["age"]), retiring.size - 1)]:
                seat(chair, h, c, 0, post["age"], month)


@cold
def replace_gps(chair: Array, leaving: Array, month: int, taken_over: bool) -> None:
    """Let GPs leave at once, bool[H, C]; somebody of the same age takes over, or the post is vacant."""
    for h in range(chair.shape[0]):
        for c in range(chair.shape[1]):
            if leaving[h, c]:
                if taken_over:
                    seat(chair, h, c, 0, chair[h, c]["age"], month)
                else:
                    seat_nobody(chair, h, c)


def set_chairs(
    centre: Array, chair: Array, posts: Array, visits_a_day: Array | float, residents: Array | float = 0.0
) -> None:
    """Cut each centre's GP posts into chairs, put its residents behind them and give each chair its visits.

    Who sits in a chair keeps that person's own hours as posts are added: those are for others to fill.
    `visits_a_day` float64[H] of one FTE; `residents` float64[H] in FTE of a GP's visits. Raises ValueError
    beyond GP_CHAIRS posts.
    """
    if posts.max(initial=0.0) > GP_CHAIRS:
        raise ValueError(f"{posts.max():.1f} GP posts at one centre; the model holds {GP_CHAIRS}")
    seats = np.minimum(np.broadcast_to(residents, posts.shape), CHAIRS - GP_CHAIRS)
    of_gps, of_residents = np.zeros(len(posts)), np.ceil(seats - 1e-9)
    of_chair = np.zeros(chair.shape)
    _share_posts(chair, np.asarray(posts, float), of_chair, of_gps)
    behind = np.arange(chair.shape[1])[None, :] - of_gps[:, None]
    fte = np.where(behind < 0, of_chair, np.clip(seats[:, None] - behind, 0.0, 1.0))
    centre["posts"], centre["residents"], centre["chairs"] = posts, of_residents, of_gps + of_residents
    acute, visits = centre["acute"][:, None], fte * np.broadcast_to(visits_a_day, posts.shape)[:, None]
    chair["fte"] = fte
    chair["planned"] = np.minimum(visits * (1.0 - acute), BOOK_SLOTS)
    chair["acute"] = visits * acute
    _vacate(chair, (behind >= 0) | (chair["agency"] == RESIDENT) | (fte <= 0.0))


@kernel
def _share_posts(chair: Array, posts: Array, fte: Array, used: Array) -> None:
    """Share each centre's posts [H] over its chairs: whoever sits there keeps the hours, vacant chairs share the rest.

    Writes FTE of every chair to `fte` [H, C] and how many chairs are in use to `used` [H].
    """
    for h in range(posts.size):
        rest = posts[h]
        for c in range(GP_CHAIRS):
            post = chair[h, c]
            if post["gp"] != 0 and post["agency"] == 0:
                fte[h, c] = min(post["fte"], rest)
                rest -= fte[h, c]
        for c in range(GP_CHAIRS):
            if rest > 1e-9 and fte[h, c] == 0.0:
                fte[h, c] = min(rest, 1.0)
                rest -= fte[h, c]
        for c in range(GP_CHAIRS):
            if fte[h, c] > 0.0:
                used[h] = c + 1


def _vacate(chair: Array, mask: Array) -> None:
    chair["gp"][mask] = 0
    chair["agency"][mask] = 0


def seat_residents(centre: Array, chair: Array, year: int) -> None:
    """Let residents sit in the chairs behind the GPs'; each year others, for they move between units."""
    place = np.arange(chair.shape[1])[None, :]
    last, first = centre["chairs"][:, None], (centre["chairs"] - centre["residents"])[:, None]
    here = (place >= first) & (place < last)
    number = residents_of(np.arange(len(chair))[:, None], place, year)
    chair["gp"] = np.where(here, number, chair["gp"])
    chair["agency"][here] = RESIDENT


def chair_fte(chair: Array) -> tuple[Array, Array]:
    """FTE of permanent GPs and of locums by centre, float64[H] each; residents are neither."""
    seated = (chair["gp"] != 0) * chair["fte"]
    return (seated * (chair["agency"] == 0)).sum(axis=1), (seated * (chair["agency"] == LOCUM)).sum(axis=1)


def service_seconds(contacts_a_day: Array, seconds_open: Array) -> Array:
    """Seconds int64[P] for which a contact takes each desk, NOT_STAFFED where there is nobody."""
    seconds = np.rint(seconds_open / np.where(contacts_a_day > 0.0, contacts_a_day, 1.0))
    longest: Array = np.where(contacts_a_day > 0.0, np.maximum(seconds, 1.0), NOT_STAFFED).astype(np.int64)
    return longest


def empty_centres(region: Region) -> tuple[Array, Array]:
    """CENTRE[H] and CHAIR[H, CHAIRS] with places filled in and nobody at work."""
    centre = np.zeros(len(region.centres), CENTRE)
    centre["municipality"] = region.centre_municipality
    centre["hospital"] = region.catchment[region.centre_municipality]
    return centre, np.zeros((len(region.centres), CHAIRS), CHAIR)


def following_posts(region: Region, staff: Establishment, controls: Mapping[str, Array]) -> Array:
    """Posts float64[U, P] that follow work moved from clinics to health centres; those given up are negative.

    The clinic time of the moved needs is freed (that for new referrals is not: none of them moves), and its cost buys
    GPs and nurses in equal parts, spread over the centres of the municipalities that it comes from by what moves and
    their listed people. What is not set to follow stays at the hospital, idle; whose people follow needs no posts.
    """
    moved = moved_share(region, controls) * controls["resources_follow"] * (1.0 - controls["people_follow"])
    of, freed = region.professions.index, _freed(region, staff, moved)
    out = np.zeros_like(staff.posts)
    out[region.units.at_hospitals, of("hospital_physician")] = -freed
    money = freed.sum() * region.costs["hospital_physician_year"].value
    share = _at_centres(region, moved)
    for profession in ("gp", "nurse"):
        out[region.units.at_centres, of(profession)] = 0.5 * money / region.costs[f"{profession}_year"].value * share
    return out


def following_people(region: Region, staff: Establishment, controls: Mapping[str, Array]) -> Array:
    """Staff float64[U, P] who themselves move with work from clinics to health centres, each one of them there.

    Physicians who held the moved visits hold them at a health centre from then on, in a chair of no GP; nobody is
    recruited and no post stands vacant. Those who left the hospitals are negative.
    """
    moved = moved_share(region, controls) * controls["people_follow"]
    of, freed = region.professions.index, _freed(region, staff, moved)
    out = np.zeros_like(staff.posts)
    out[region.units.at_hospitals, of("hospital_physician")] = -freed
    out[region.units.at_centres, of("gp")] = freed.sum() * _at_centres(region, moved)
    return out


def _freed(region: Region, staff: Establishment, moved: Array) -> Array:
    """Physicians' FTE float64[K] whose clinic time is freed as a share `moved` [M] of the needs leaves the clinics."""
    p, k = region.parameters, len(region.hospitals)
    wanted = specialist_needs(region).sum(axis=1)
    whole = np.maximum(np.bincount(region.catchment, wanted, k), 1e-9)
    of_hospital = np.bincount(region.catchment, wanted * moved, k) / whole
    clinic = p["specialist.share_of_physician_time"] * (1.0 - p["specialist.referral_capacity_share"])
    physicians = staff.posts[region.units.at_hospitals, region.professions.index("hospital_physician")]
    freed: Array = physicians * clinic * of_hospital
    return freed


def _at_centres(region: Region, moved: Array) -> Array:
    """Share float64[H] of each centre in what moves: by a share `moved` [M] of the needs and by listed people."""
    weight = region.centre_listed * moved[region.centre_municipality]
    share: Array = weight / max(weight.sum(), 1e-9)
    return share


def set_centres(
    centre: Array,
    chair: Array,
    region: Region,
    staff: Establishment,
    controls: Mapping[str, Array],
    hours: Array | float = 1.0,
    residents: Array | float = 0.0,
) -> None:
    """Bring every centre's posts, chances and habits to this month's control values.

    `hours` float64[H] is the working time of a GP against that at usual sick leave; `residents`
    float64[H] their FTE in a GP's visits.
    """
    p, gp = region.parameters, region.professions.index("gp")
    posts = staff.posts[region.units.at_centres, gp] * controls["gp_posts"]
    listed_per_gp = controls["listed_per_gp"]
    wanted = region.centre_listed / np.maximum(listed_per_gp, 1.0)
    posts = np.where(listed_per_gp > 0.0, np.maximum(posts, wanted), posts)
    posts = posts + following_posts(region, staff, controls)[region.units.at_centres, gp]
    leaving = p["work.gp_turnover"] / 12.0
    centre["turnover"] = leaving * controls["gp_turnover"]
    centre["later"] = controls["retirement_age"][region.units.at_centres]
    centre["agency"] = np.minimum(staff.agency[region.units.at_centres, gp] * controls["agency_cover"], 1.0)
    centre["patience"] = np.rint(controls["own_gp_patience_days"])
    own_first = p["primary_care.own_gp_booking_share"] + controls["own_gp_booking"]
    centre["own_first"] = np.clip(own_first, 0.0, 1.0)
    centre["digital"] = p["digital.share_of_gp_needs"] + controls["digital_share"]
    centre["acute"] = p["primary_care.acute_share"] + controls["acute_share"]
    centre["phone_time"] = controls["telephone_time"]
    centre["home_visits"] = controls["gp_home_visits"]
    centre["consultation"] = controls["physician_consultation"]
    centre["named"] = p["primary_care.named_gp_share"] + controls["named_gp_share"]
    minutes = p["consultation.gp_minutes"]
    a_year = p["work.net_hours_per_fte"] * 60.0 * p["work.share_patient_time"] / minutes
    set_chairs(centre, chair, posts, a_year / OPEN_DAYS * hours, residents)
