"""The first state: the people, the posts and the relationships that a simulation begins with."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator import norms
from simulator.care.causes import ACUITY_COUNT
from simulator.core.dates import CLOSES, DAY, EPOCH, OPENS
from simulator.core.fields import Array
from simulator.core.randomness import Purpose, draws
from simulator.core.state import (
    CHAIRS,
    HEAD,
    HOME_NURSING,
    HOME_VISITS,
    HOSPITAL,
    MENTAL_LINE,
    MOST_CONDITIONS,
    MOST_PLACES,
    MUNICIPALITY,
    NOT_SOON,
    PLANNED_ADMISSION,
    POOL,
    PSYCHIATRY,
    REFERRAL,
    RING,
    RING_DAYS,
    SPECIAL_HOUSING,
    SPECIALTIES,
    TAIL,
    State,
)
from simulator.core.tables import Tables
from simulator.core.units import LINE_PLANNED, LINE_REFERRAL, UNIT_ED, UNIT_GP, UNIT_WARD, Units
from simulator.core.words import pack_all
from simulator.groups import classify, count_groups
from simulator.people import habits, households, lasting_need, morbidity
from simulator.people.demography import through_the_year
from simulator.people.population import name_gps, named_share, recall_gps, synthesise
from simulator.region.axes import (
    ACUITIES,
    AGE_GROUPS,
    AGES,
    EDUCATIONS,
    ELECTIVE,
    EMERGENCY,
    GP,
    RUB_BANDS,
    RUB_GROUPS,
    SEGMENTS,
    SEXES,
    WARDS,
)
from simulator.region.pack import Region
from simulator.staff import workforce
from simulator.staff.clinics import first_clinic_share
from simulator.staff.phone_time import first_phone_share
from simulator.staff.staff_flows import first_staff
from simulator.staff.workforce import BOOK_SLOTS
from simulator.tables import rules_of, targets_of
from simulator.year import changes_of_gp

HOME_OPENS, HOME_CLOSES = 7 * 3600, 22 * 3600


def first_state(region: Region, tables: Tables, seed: int, controls: Mapping[str, Array], day: int = 0) -> State:
    """Build the state of a day, that of 1 January 2023 unless told, before anything has happened."""
    people = synthesise(region, seed)
    centre, chair = workforce.empty_centres(region)
    size = people.person.size
    state = State(
        seed=np.array([seed], np.uint64),
        day=np.array([day], np.int64),
        person=people.person,
        background=people.background,
        relation=people.relation,
        seen=people.seen,
        centre=centre,
        chair=chair,
        book=np.zeros((len(centre), CHAIRS, RING_DAYS, BOOK_SLOTS), np.int64),
        booked=np.zeros((len(centre), CHAIRS, RING_DAYS), np.uint8),
        **_lines(region, size),
        clinic_share=first_clinic_share(region),
        ordered=np.zeros((len(region.hospitals), round(region.parameters["hospital.bought_months"]))),
        clinic_time=np.ones(len(region.hospitals)),
        **_hospitals(region, size),
        **_municipalities(region, size),
        home_start=np.zeros((7, len(region.municipalities) + 1), np.int64),
        home_list=np.zeros(0, np.int64),
        **first_staff(region, workforce.establishment(region)),
        threshold=np.zeros((morbidity.AGE_GROUP_COUNT, 5)),
        few_score=np.full(1, np.inf),
        normaliser=np.ones(norms.NORMS),
        balance=np.ones(2),
        need_norm=np.ones_like(tables.rates),
        hazard=through_the_year(tables.mortality),
        dies_on=np.full(size, NOT_SOON, np.int32),
        **_unmet(region, size),
        **_mental(region, size),
        point=np.zeros(0, np.int64),
        point_start=np.zeros((len(centre), 1), np.int64),
        coming=np.zeros((0, 4), np.int64),
        coming_next=np.zeros(1, np.int64),
    )
    habits.take_habits(
        state.seed[0], state.person, state.background, 0, size, habits.shares_of(region), habits.LAST_AGE
    )
    morbidity.draw_conditions(state.seed[0], state.person, state.background, 0, size, tables.prevalence)
    classify(state, tables, region, 2022, 0)
    _expect_use(state, tables, region)
    classify(state, tables, region, 2022, 0)
    state.relation["used"] = 0
    morbidity.settle(state.seed[0], state.person, state.background, 0, size, tables.home_share, tables.housing_share)
    households.link(state, region)
    state.balance[:] = households.balance(state, tables, region)
    housed = (state.person["status"] & SPECIAL_HOUSING) != 0
    state.municipality["residents"] = np.bincount(
        state.background["municipality"][housed], minlength=len(region.municipalities)
    )
    _fill_housing_queue(state, tables, region)
    count_groups(state)
    _staff_first_day(state, region, tables, controls)
    state.centre["phone_share"] = first_phone_share(state, tables, region, workforce.establishment(region))
    norms.set_norms(state, tables)
    _fill_lines(state, tables, region)
    return state


def _expect_use(state: State, tables: Tables, region: Region) -> None:
    """Let everybody have used, in the two years before, the care that people of their risk need."""
    rules = rules_of(region)[0]
    share = region.hospital_mix["acuity"].repeat(6, axis=0).T
    admitted = (tables.admission_by_risk * share).sum(axis=0)
    days = tables.rates[EMERGENCY] * admitted * tables.stay[0] + tables.rates[ELECTIVE] * tables.stay[1]
    by_risk = tables.rates[GP] + tables.rates[EMERGENCY] * rules["use_of_ed_visit"] + days * rules["use_of_bed_day"]
    spread = lasting_need.spread_of(region)
    factor = lasting_need.need_factors(state.seed[0], 2022, state.person, spread, only=GP)
    used = np.rint(np.minimum(by_risk[state.person["risk"]] * factor[:, GP], 10_000.0))
    state.relation["used"] = state.relation["used_before"] = used


def recall_use(state: State, region: Region) -> None:
    """Let everybody have used, in the year before the last, what somebody alike in risk and need used in that."""
    spread, last_year = lasting_need.spread_of(region), EPOCH.year - 1
    factor = lasting_need.need_factors(state.seed[0], last_year, state.person, spread, only=EMERGENCY)
    order = np.lexsort((state.person["key"], factor[:, EMERGENCY], state.person["risk"]))
    state.relation["used_before"][order] = np.roll(state.relation["used"][order], 1)


def _fill_lines(state: State, tables: Tables, region: Region) -> None:
    """Let people wait for clinics and planned admission already, on average as long as the parameters say.

    As many as need it in so many days, the oldest request first; who they are is drawn by need. A class waits in
    proportion to its target, as it does where a line has been long for a while; what cannot wait does not wait.
    """
    p, kinds = region.parameters, state.pool["kind"]
    days = [p[f"specialist.start_wait_days_{ward}"] for ward in WARDS]
    referred = tables.rates[GP] * p["primary_care.referral_share"]
    to_clinic, to_ward = _class_shares(tables)
    target = targets_of(region)
    for k in range(len(region.hospitals)):
        for g, pool in enumerate(np.flatnonzero(kinds == REFERRAL).reshape(-1, SPECIALTIES)[k]):
            up_to = tables.clinic[:, g] if g < SPECIALTIES - 1 else np.ones(len(tables.clinic))
            share = up_to - (tables.clinic[:, g - 1] if g else 0.0)
            wanted = referred * np.repeat(to_clinic * share[:, None], 6, axis=0).T
            _fill_line(state, int(pool), k, wanted, days[g], target[LINE_REFERRAL])
        wanted = tables.rates[ELECTIVE] * np.repeat(to_ward, 6, axis=0).T
        wanted[0] = 0.0
        line = int(state.hospital["line"][k])
        _fill_line(state, line, k, wanted, p["hospital.planned_start_wait_days"], target[LINE_PLANNED])


def _fill_housing_queue(state: State, tables: Tables, region: Region) -> None:
    """Let people wait for special housing already, as many as are granted it in so many days, with home nursing."""
    days, back = region.parameters["special_housing.start_wait_days"], state.background
    chance = tables.housing_entry[np.maximum(back["age"], 0), back["rub"]]
    chance = np.where(state.person["status"] & SPECIAL_HOUSING, 0.0, chance)
    chance *= households.housing_factor(state, region, np.zeros(len(state.municipality)))
    u = draws(state.seed[0], Purpose.HOUSING, np.ascontiguousarray(state.person["key"]), 0)
    race = -np.log1p(-u) / np.maximum(chance, 1e-12)
    for m, town in enumerate(state.municipality):
        here = np.flatnonzero((back["municipality"] == m) & (chance > 0.0))
        number = min(round(chance[here].sum() * days / 365.25), state.housing_queue.shape[1], here.size)
        slots = here[_smallest(race[here], number)]
        back["granted"][slots] = 1
        state.person["status"][slots] |= HOME_NURSING
        state.housing_queue[m, :number] = slots
        town["queue_tail"] = number


def _class_shares(tables: Tables) -> Array:
    """Share of referrals and of planned admissions in each class of priority, float64[2, A, CLASSES]."""
    return np.diff(tables.priority, axis=2, prepend=0.0, append=1.0)


def _fill_line(state: State, pool: int, k: int, wanted: Array, days: float, target: Array) -> None:
    """Fill a line with people of hospital `k`'s catchment who wait `days` on average.

    `wanted` float64[CLASSES, A * 6] requests a person and year, `target` float64[CLASSES] days.
    """
    here = np.flatnonzero(state.person["hospital"] == k)
    risk = state.person["risk"][here]
    total = wanted[:, risk].sum(axis=1)
    if not total.any():
        return
    waits = days * target * total.sum() / (total @ target)
    u = draws(state.seed[0], Purpose.START_LINE, state.person["key"][here], pool)
    able = int(np.count_nonzero(wanted.sum(axis=0)[risk]))
    numbers = [
        min(round(n), int(ring["mask"])) for n, ring in zip(total * waits / 365.25, state.ring[pool], strict=True)
    ]
    # Exponential races: chances by weight, and nobody stands in two classes.
    order = _smallest(-np.log1p(-u) / np.maximum(wanted.sum(axis=0)[risk], 1e-12), min(sum(numbers), able))
    first = 0
    for ring, in_line, wait in zip(state.ring[pool], numbers, waits, strict=True):
        number = min(in_line, able - first)
        if number <= 0:
            continue
        slots = here[order[first : first + number]]
        ticks = state.day[0] * DAY - np.linspace(wait * DAY, 1.0, number).astype(np.int64)
        state.waiting[ring["offset"] : ring["offset"] + number] = pack_all(ticks, slots)
        ring["tail"] = number
        first += number


def _smallest(values: Array, number: int) -> Array:
    """Return the places of the smallest values, in their order."""
    if number >= values.size:
        return np.argsort(values, kind="stable")
    places = np.argpartition(values, number)[:number]
    order: Array = places[np.argsort(values[places], kind="stable")]
    return order


def sizes_of(units: Units, professions: int, years: int) -> dict[str, int]:
    """Return the lengths of the dimensions of what is recorded in so many years."""
    return {
        "month": 12 * years, "year": years, "census": years + 1, "municipality": len(units.municipalities),
        "health_centre": len(units.centres), "hospital": len(units.hospitals), "unit": len(units),
        "unit_of_account": units.accounts,
        "mental_unit": len(units.centres) + len(units.hospitals),
        "profession": professions, "sex": len(SEXES), "age": AGES,
        "age_group": len(AGE_GROUPS), "segment": len(SEGMENTS), "rub": len(RUB_BANDS),
        "rub_group": len(RUB_GROUPS), "condition": MOST_CONDITIONS, "acuity": len(ACUITIES),
        "education": len(EDUCATIONS),
    }  # fmt: skip


def standing(state: State, lines: Array) -> Array:
    """Requests that wait at each unit of account, counted where they stand: lines, books, lists, int64[U].

    `lines` are the first units of each kind (`Units.first`).
    """
    h, k, house = len(state.centre), len(state.hospital), state.hospital
    out = np.zeros(len(state.pool) + h + 2 * k, np.int64)
    out[: len(state.pool)] = (state.ring["tail"] - state.ring["head"]).sum(axis=1)
    out[lines[UNIT_GP] : lines[UNIT_GP] + h] = state.booked.sum(axis=(1, 2))
    waiting_room = (state.ed_line[:, :, TAIL] - state.ed_line[:, :, HEAD]).sum(axis=1)
    out[lines[UNIT_ED] : lines[UNIT_ED] + k] = waiting_room + state.ed_due_count.sum(axis=1)
    out[lines[UNIT_WARD] : lines[UNIT_WARD] + k] = house["boarding_tail"] - house["boarding_head"]
    return out


def _ring(expected: float) -> int:
    """Size of a ring that holds so many with room to spare: a power of two."""
    return 1 << max(int(np.ceil(np.log2(max(expected, 1.0)))), 6)


def _lines(region: Region, people: int) -> dict[str, Array]:
    """Build the desks of centres, clinics and municipalities and those waiting for planned admission."""
    p, h, k, m = region.parameters, len(region.centres), len(region.hospitals), len(region.municipalities)
    kinds = region.units.desk_kinds
    pool = np.zeros(kinds.size, POOL)
    pool["kind"], pool["opens"], pool["closes"], pool["service"] = kinds, OPENS, CLOSES, -1
    patience = ["primary_care.patience_days"] * 2 + ["specialist.patience_days"] * 2
    patience += ["home_nursing.patience_days", "hospital.planned_patience_days"]
    pool["patience"] = [int(p[patience[kind]] * DAY) for kind in kinds]
    home = kinds == HOME_VISITS
    pool["every_day"], pool["opens"][home], pool["closes"][home] = home, HOME_OPENS, HOME_CLOSES
    # Rings hold half (digital, a specialty: a quarter, home nursing, wards: a tenth) of a unit's people; full ones turn
    # people away.
    share = np.array([0.5, 0.25, 0.25, 0.5, 0.1, 0.1]) * people / np.array([h, h, k, k, m, k])
    target = targets_of(region)[kinds]
    pool["classes"] = (target > 0.0).sum(axis=1)
    pool["spread"] = np.where(kinds == REFERRAL, p["specialist.order_spread"], 0.0)
    pool["spread"][kinds == PLANNED_ADMISSION] = p["hospital.planned_order_spread"]
    sizes = np.where(target > 0.0, np.array([_ring(share[kind]) for kind in kinds])[:, None], 1)
    ring = np.zeros(sizes.shape, RING)
    ring["mask"], ring["target"] = sizes - 1, target * DAY
    ring["offset"] = (np.cumsum(sizes) - sizes.ravel()).reshape(sizes.shape)
    return {"pool": pool, "ring": ring, "waiting": np.zeros(sizes.sum(), np.int64)}


def _hospitals(region: Region, people: int) -> dict[str, Array]:
    """Empty hospitals with room for every arrival, patient and boarder that the population could bring."""
    k, beds = len(region.hospitals), _ring(max(region.beds.max() * 4, people / 250))
    places, day = _ring(max(region.ed_places.max() * 4, 64)), _ring(max(people / 250, 256))
    hospital = np.zeros(k, HOSPITAL)
    hospital["passes_on"] = region.to_county_share
    hospital["line"] = region.units.first[LINE_PLANNED] + np.arange(k)
    return {
        "hospital": hospital,
        "ed_due": np.zeros((k, RING_DAYS, day), np.int64),
        "ed_due_count": np.zeros((k, RING_DAYS), np.int32),
        "ed_queue": np.zeros((k, ACUITY_COUNT, day * 8), np.int64),
        "ed_line": np.zeros((k, ACUITY_COUNT, 2), np.int64),
        "ed_end": np.zeros((k, places), np.int64),
        "ed_patient": np.zeros((k, places), np.int64),
        "boarding": np.zeros((k, day * 8), np.int64),
        "stay_end": np.zeros((k, beds), np.int64),
        "stay_patient": np.zeros((k, beds), np.int64),
        "ward_beds": np.zeros((k, len(WARDS)), np.int32),
        "ward_occupied": np.zeros((k, len(WARDS)), np.int32),
        "home_place": np.zeros((k, MOST_PLACES), np.int64),
        "palliative_place": np.zeros((k, MOST_PLACES), np.int64),
    }


def _mental(region: Region, people: int) -> dict[str, Array]:
    """Nobody in line for mental health care and psychiatry's beds empty, with room for a fifth of a unit's people."""
    k, lines = len(region.hospitals), len(region.centres) + len(region.hospitals)
    wards, own = np.zeros(k, PSYCHIATRY), region.psychiatry_beds > 0
    wards["cares"] = np.where(own, np.arange(k), np.argmax(own) if own.any() else 0)
    return {
        "mental_line": np.zeros(lines, MENTAL_LINE),
        "mental_waiting": np.zeros((lines, _ring(people / k / 5)), np.int64),
        "mental_chance": np.zeros(2),
        "psychiatry_norm": np.zeros(4),
        "psychiatry": wards,
        "psychiatry_place": np.zeros((k, MOST_PLACES), np.int64),
        "psychiatry_waiting": np.zeros((k, _ring(people / k / 100)), np.int64),
        "psychiatry_need": np.zeros(0, np.int64),
        "psychiatry_next": np.zeros(1, np.int64),
    }


def _unmet(region: Region, people: int) -> dict[str, Array]:
    """Nobody whose need is to come back, and nobody dying of waiting."""
    h = len(region.centres)
    return {
        "back_due": np.zeros((h, RING_DAYS, _ring(people / h / 50)), np.int64),
        "back_due_count": np.zeros((h, RING_DAYS), np.int32),
        "dying_due": np.zeros((RING_DAYS, _ring(people / 4_000)), np.int64),
        "dying_due_count": np.zeros(RING_DAYS, np.int32),
    }


def _municipalities(region: Region, people: int) -> dict[str, Array]:
    """Municipalities whose places are opened by the month, and nobody waiting."""
    m = len(region.municipalities)
    return {
        "municipality": np.zeros(m, MUNICIPALITY),
        "short_place": np.zeros((m, MOST_PLACES), np.int64),
        "housing_queue": np.zeros((m, _ring(people / 16 / m)), np.int64),
    }


def _staff_first_day(state: State, region: Region, tables: Tables, controls: Mapping[str, Array]) -> None:
    """Fill the posts, name the GPs and recall the relationships that earlier years have left."""
    p, seed = region.parameters, state.seed[0]
    staff = workforce.establishment(region)
    residents = state.training.sum(axis=1) * p["work.resident_patient_share"]
    workforce.set_centres(state.centre, state.chair, region, staff, controls, residents=residents)
    gp = region.professions.index("gp")
    vacancy = staff.vacancy[: len(region.centres), gp]
    tenure = workforce.seat_gps(seed, state.centre, state.chair, vacancy, workforce.gp_ages(region))
    name_gps(
        seed, 2022, state.person, 0, state.person.size, state.centre, state.chair, named_share(region),
        p["home_nursing.permanent_gp_share"], p["primary_care.renamed_share"],
    )  # fmt: skip
    visits = tables.rates[GP] * p["continuity.memory_days"] / 365.25 * p["continuity.start_own_share"]
    recall_gps(
        seed, int(state.day[0]), state.person, state.relation, state.centre, state.chair, 1.0 - np.exp(-visits), tenure,
        p["continuity.full_share"], p["continuity.start_own_share"], changes_of_gp(state, region, EPOCH.year - 1),
    )  # fmt: skip
