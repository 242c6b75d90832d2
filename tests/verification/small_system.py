"""Small systems with everything at random: a world of arrays made by hand, and the kernels run over it."""

from __future__ import annotations

import numpy as np

from simulator.care import comings, hospital, municipal, primary_care, psychiatry
from simulator.care.offer import ADVICE, MOVED, OFFERS
from simulator.core.dates import WEEKDAYS
from simulator.core.log import LOG_COLUMNS
from simulator.core.record import Record
from simulator.core.rules import RULES
from simulator.core.state import (
    BACKGROUND,
    CENTRE,
    CHAIR,
    CHAIRS,
    CHRONIC,
    CLASSES,
    COMPLEX,
    HOME_NURSING,
    HOSPITAL,
    LOW_USE,
    MENTAL_LINE,
    MOST_PLACES,
    MUNICIPALITY,
    NO_CHAIR,
    NOT_SOON,
    PERSON,
    POOL,
    PRESENT,
    PSYCHIATRY,
    RELATION,
    RING,
    RING_DAYS,
    SAW_OWN_GP,
    SPECIAL_HOUSING,
)
from simulator.core.units import LINE_PLANNED, Units
from simulator.core.words import GENERATIONS, SLOT_BITS
from simulator.core.world import World
from simulator.people import demography
from simulator.people.continuity import DOSES
from simulator.people.demand import HEIGHT_BITS, HEIGHT_ONE, SECOND_SHIFT, STREAM_BITS, STREAM_COUNT
from simulator.people.morbidity import AGE_GROUP_COUNT
from simulator.start import sizes_of
from simulator.tables import lognormal_quantiles, purpose_keys

DAY = 86_400
SLOTS = 8
CLASSES_OF_KIND = (2, 1, 3, 1, 1, 3)
"""Classes of priority in the line of each kind of desk."""
EMPTY_COMING = np.zeros((0, 4), np.int64)


PLACES = 256
"""Places of each class of a line; powers of two."""


def desks(kinds):
    """POOL of desks of some kinds, the rings of the classes of their lines, and the places of the rings."""
    pool, ring = np.zeros(len(kinds), POOL), np.zeros((len(kinds), CLASSES), RING)
    pool["kind"], pool["classes"] = kinds, np.array(CLASSES_OF_KIND)[kinds]
    pool["opens"], pool["closes"], pool["service"], pool["patience"] = 8 * 3600, 17 * 3600, 600, 10**9
    ring["mask"], ring["target"] = PLACES - 1, np.array([3, 14, 90]) * DAY
    ring["offset"] = PLACES * np.arange(ring.size).reshape(ring.shape)
    return pool, ring, np.zeros(PLACES * ring.size, np.int64)


def gp_numbers(h, c):
    """Numbers of the first GPs in the chairs of `h` centres, uint32[h, c]."""
    return ((np.arange(h * c) + 1) * GENERATIONS + 1).astype(np.uint32).reshape(h, c)


def units_of(h, k, m):
    """So many health centres, hospitals and municipalities."""
    return Units(*(tuple(map(str, range(count))) for count in (h, k, m)))


def world_of(h=1, k=1, m=1, people=1, seed=1, days=400, log=200_000, places=64, queue=1024):
    """A world with nobody at work and nothing happening; arrays may be filled in before it is run."""
    units = units_of(h, k, m)
    kinds = units.desk_kinds
    pool, rings, waiting = desks(kinds)
    hospitals = np.zeros(k, HOSPITAL)
    hospitals["line"] = units.first[LINE_PLANNED] + np.arange(k)
    hospitals["boarders"] = queue
    person, background = np.zeros(people, PERSON), np.zeros(people, BACKGROUND)
    person["key"] = np.arange(1, people + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    person["status"], person["chair"] = PRESENT, NO_CHAIR
    arrays = {
        "rules": np.zeros(1, RULES),
        "offer": np.zeros((len(OFFERS), m * AGE_GROUP_COUNT, 4)),
        "keys": purpose_keys(seed),
        "opening": np.ones(days + 2 * RING_DAYS, np.uint8),
        "lines": units.first,
        "accept": np.full((STREAM_COUNT, 16, 2), HEIGHT_ONE, np.int64),
        "admission": np.zeros((3, AGE_GROUP_COUNT * 6, 16)),
        "acuity": np.tile([0.3, 0.7], (k, AGE_GROUP_COUNT, 1)),
        "cause": np.tile([0.1, 0.2, 0.3, 0.5], (AGE_GROUP_COUNT, 16, 1)),
        "cause_set": (np.arange(1 << 14) % 16).astype(np.uint8),
        "ward": np.tile([0.5, 0.9], (2, AGE_GROUP_COUNT, 1)),
        "clinic": np.tile([0.4, 0.8], (AGE_GROUP_COUNT, 1)),
        "hip": np.full(AGE_GROUP_COUNT, 0.3),
        "new_need": np.zeros(AGE_GROUP_COUNT),
        "short_stay": np.full(1, 3.0),
        "stay": np.ones((2, AGE_GROUP_COUNT * 6)),
        "stay_quantile": lognormal_quantiles(0.8),
        "treatment": np.full((k, AGE_GROUP_COUNT), 3600.0),
        "treatment_quantile": lognormal_quantiles(0.5),
        "person": person,
        "background": background,
        "relation": np.zeros(people, RELATION),
        "seen": np.zeros((people, 8), np.uint32),
        "centre": np.zeros(h, CENTRE),
        "chair": np.zeros((h, CHAIRS), CHAIR),
        "book": np.zeros((h, CHAIRS, RING_DAYS, SLOTS), np.int64),
        "booked": np.zeros((h, CHAIRS, RING_DAYS), np.uint8),
        "pool": pool,
        "ring": rings,
        "priority": np.zeros((2, AGE_GROUP_COUNT, 2)),
        "waiting": waiting,
        "hospital": hospitals,
        "ed_due": np.zeros((k, RING_DAYS, queue), np.int64),
        "ed_due_count": np.zeros((k, RING_DAYS), np.int32),
        "back_due": np.zeros((h, RING_DAYS, 64), np.int64),
        "back_due_count": np.zeros((h, RING_DAYS), np.int32),
        "dying_due": np.zeros((RING_DAYS, 64), np.int64),
        "dying_due_count": np.zeros(RING_DAYS, np.int32),
        "dies_on": np.full(people, NOT_SOON, np.int32),
        "rates": np.ones((STREAM_COUNT, AGE_GROUP_COUNT * 6)),
        "ed_queue": np.zeros((k, 3, queue), np.int64),
        "ed_line": np.zeros((k, 3, 2), np.int64),
        "ed_end": np.zeros((k, places), np.int64),
        "ed_patient": np.zeros((k, places), np.int64),
        "boarding": np.zeros((k, queue), np.int64),
        "stay_end": np.zeros((k, places), np.int64),
        "stay_patient": np.zeros((k, places), np.int64),
        "ward_beds": np.zeros((k, 3), np.int32),
        "ward_occupied": np.zeros((k, 3), np.int32),
        "home_place": np.zeros((k, MOST_PLACES), np.int64),
        "palliative_place": np.zeros((k, MOST_PLACES), np.int64),
        "mental_line": np.zeros(h + k, MENTAL_LINE),
        "mental_waiting": np.zeros((h + k, 64), np.int64),
        "mental_chance": np.zeros(2),
        "psychiatry": np.zeros(k, PSYCHIATRY),
        "psychiatry_place": np.zeros((k, MOST_PLACES), np.int64),
        "psychiatry_waiting": np.zeros((k, 64), np.int64),
        "psychiatry_need": np.zeros(0, np.int64),
        "psychiatry_next": np.zeros(1, np.int64),
        "municipality": np.zeros(m, MUNICIPALITY),
        "short_place": np.zeros((m, MOST_PLACES), np.int64),
        "housing_queue": np.zeros((m, 64), np.int64),
        "home_start": np.zeros((WEEKDAYS, m + 1), np.int64),
        "home_list": np.zeros(0, np.int64),
        "point": np.zeros(0, np.int64),
        "point_start": np.zeros((h, days + 1), np.int64),
        "coming": EMPTY_COMING,
        "coming_next": np.zeros(1, np.int64),
        "log": np.zeros((log, LOG_COLUMNS), np.int64),
        "logged": np.zeros(1, np.int64),
        "followed": np.zeros(0, np.uint8),
        "referral": np.ones(DOSES),
    }
    arrays["rules"]["unmet_sent"] = arrays["rules"]["ordinary_stay"] = 1.0
    # As in a region's world, so that the kernels that are kept fit this one too: else all would be compiled again.
    arrays["rates"].setflags(write=False)
    return World(**arrays, **Record.empty(sizes_of(units, 7, 1)).month(0))


def set_rates(world, stream, value):
    """Set a stream's yearly needs of every risk."""
    world.rates.setflags(write=True)
    world.rates[stream] = value
    world.rates.setflags(write=False)


def with_needs(world, needs):
    """The world with needs (day, second, slot, stream, height): packed, sorted by centre and time."""
    days = world.point_start.shape[1] - 1
    words, where = [], []
    for day, second, slot, stream, height in needs:
        content = (stream << HEIGHT_BITS) | height
        words.append((second << SECOND_SHIFT) | (slot << (STREAM_BITS + HEIGHT_BITS)) | content)
        where.append(int(world.person[slot]["centre"]) * days + day)
    words, where = np.array(words, np.int64), np.array(where, np.int64)
    order = np.lexsort((words, where))
    start = np.searchsorted(where[order], np.arange(len(world.centre) * days + 1)).astype(np.int64)
    rows = [start[h * days : (h + 1) * days + 1] for h in range(len(world.centre))]
    return world._replace(point=words[order], point_start=np.array(rows, np.int64))


def random_world(seed, days, shared=False):
    """Everything at random: sizes, capacities, habits, people, needs, deaths and moves."""
    rng = np.random.default_rng(seed)
    h, k, m = (int(rng.integers(1, n)) for n in (4, 3, 3))
    world = world_of(h, k, m, people=int(rng.integers(20, 301)), seed=seed, days=days)
    coarse = bool(rng.random() < 0.5)  # many events in the same second: ties must fall alike
    _random_rules(world, rng, coarse)
    _random_staff(world, rng, shared)
    _random_people(world, rng)
    _random_towns(world, rng)
    _random_first_lines(world, np.random.default_rng([seed, 68]))
    world = _random_population(world, rng, days)
    load = float(rng.choice([0.02, 0.1, 0.4]))
    return with_needs(world, _random_needs(world, rng, days, load, coarse))


def _random_rules(world, rng, coarse):
    for name in world.rules.dtype.names:
        world.rules[name] = rng.random()
    for name in ("referral_new", "referral_planned"):
        world.rules[name] *= 0.5
    world.rules["sent_to_ed_share"] *= 0.3
    world.rules["same_day_share"] *= 0.6
    world.rules["within_3_days_share"] *= 0.4
    world.rules["self_care_share"] *= 0.3
    world.offer[:] = rng.random(world.offer.shape) * rng.choice([0.3, 1.0], (len(world.offer), 1, 1))
    world.offer[MOVED] *= 0.8
    world.offer[ADVICE] = world.rules["self_care_share"] + world.offer[ADVICE] * 0.3
    world.rules["digital_to_visit_share"] = rng.random()
    world.rules["planned_target_days"] = rng.integers(1, 20)
    world.rules["divert_wait_days"] = rng.integers(1, 12)
    world.rules["housing_patience_days"] = rng.integers(0, 20)
    world.rules["memory_days"] = rng.integers(20, 800)
    world.rules["full_share"] = rng.uniform(0.4, 1.0)
    world.rules["team_effect"] *= -1.0
    world.rules["team_stay"] = rng.uniform(-0.5, 0.5)
    world.rules["regular_visits"] = rng.integers(0, 5)
    world.referral[:] = rng.random(world.referral.size)
    world.rules["coordinated_seconds"] = rng.integers(0, 90_000)
    world.rules["unmet_return_days"] = rng.integers(1, 30)
    world.rules["unmet_chronic"] = rng.uniform(1.0, 2.0)
    world.rules["boarding_seconds"], world.rules["boarding_longer"] = rng.integers(0, 90_000, 2)
    world.rules["palliative_admission"] = rng.uniform(0.0, 1.5)
    world.rules["palliative_today"] *= 0.3
    world.rules["foreseeable_share"], world.rules["wish_to_stay"] = 1.0 - 0.3 * rng.random(2)
    world.acuity[:] = np.sort(rng.random(world.acuity.shape))
    world.cause[:] = np.sort(rng.random(world.cause.shape))
    world.ward[:] = np.sort(rng.random(world.ward.shape))
    world.opening[:] = rng.random(world.opening.size) < 0.8
    world.accept[:] = rng.integers(HEIGHT_ONE // 3, HEIGHT_ONE, world.accept.shape)
    world.admission[:] = rng.random(world.admission.shape) * rng.random()
    world.stay[:] = rng.uniform(0.02, rng.choice([0.5, 5.0]), world.stay.shape)
    world.treatment[:] = rng.uniform(300, rng.choice([4000, 40_000]), world.treatment.shape)
    if coarse:
        world.stay[:] = np.ceil(world.stay * 24) / 24
        world.treatment[:] = np.ceil(world.treatment / 1800) * 1800
        world.stay_quantile[:] = world.treatment_quantile[:] = 1.0


def _random_staff(world, rng, shared):
    h, k = len(world.centre), len(world.hospital)
    world.centre["chairs"] = rng.integers(0, 5, h)
    world.centre["hospital"], world.centre["municipality"] = rng.integers(0, k, h), 0
    world.centre["own_first"] = rng.random(h)
    world.centre["team"] = rng.random(h)
    # No draw of its own, which would make all that is drawn later another; a third of the centres never ask.
    world.centre["consultation"] = np.maximum(1.5 * world.centre["own_first"] - 0.5, 0.0)
    world.centre["patience"], world.centre["digital"] = rng.integers(0, 15, h), rng.random(h) * 0.5
    chair = world.chair
    gps = gp_numbers(*chair.shape)
    chair["gp"] = np.where(rng.random(chair.shape) < 0.25, 0, gps)
    chair["gp"][:, 4:] = 0
    chair["agency"] = (rng.random(chair.shape) < 0.3) & (chair["gp"] != 0)
    chair["planned"] = np.minimum(rng.random(chair.shape) * rng.choice([1.0, 4.0, 9.0]), SLOTS)
    chair["acute"] = rng.random(chair.shape) * rng.choice([0.5, 3.0])
    pool = world.pool
    world.ring["mask"] = rng.choice([4, 16, PLACES, PLACES], world.ring.shape) - 1
    pool["spread"] = rng.choice([0.0, 0.5, 1.0], pool.size)
    pool["spread"][~np.isin(pool["kind"], (2, 5))] = 0.0
    world.ring["target"] = rng.integers(1, 30, world.ring.shape) * 3600
    world.priority[:] = np.sort(rng.random(world.priority.shape), axis=2)
    service = rng.choice([60, 900, 7200, 100_000], pool.size)
    pool["service"] = np.where(rng.random(pool.size) < 0.15, -1, service)
    pool["service"] += pool["service"] > 0  # prime to whole hours
    pool["patience"] = rng.choice([0.3, 2.0, 9.0, 1e4], pool.size) * DAY
    home, planned = pool["kind"] == 4, pool["kind"] == 5
    pool["every_day"], pool["opens"] = home, np.where(home, 7, 8) * 3600
    pool["closes"] = np.where(home, 22, 17) * 3600
    pool["service"] = np.where(planned, rng.integers(0, 5, pool.size), pool["service"])
    world.hospital["places"], world.hospital["beds"] = rng.integers(0, 5, k), rng.integers(0, 6, k)
    world.ward_beds[:] = world.hospital["beds"][:, None] // 3
    world.ward_beds[:, 0] += world.hospital["beds"] - world.ward_beds.sum(axis=1)
    world.hospital["reserve"] = rng.integers(0, 3, k)
    world.hospital["boarders"] = rng.choice([1, 3, 1000], k)
    world.hospital["passes_on"] = rng.random(k) * 0.5 * shared
    world.hospital["referred"] = np.where(rng.random(k) < 0.5, rng.random(k), 0.0)


def _random_first_lines(world, rng):
    """First lines at some centres, from no time to time for all; most needs are about mental health."""
    h = len(world.centre)
    world.centre["first_line"] = rng.random(h) * rng.choice([0.0, 1.0], h)
    world.mental_chance[:] = rng.random(2)
    world.mental_line["per_day"][:h] = rng.random(h) * rng.choice([0.0, 1.0, 6.0], h)
    world.rules["depression"], world.rules["first_line_patience"] = 1 << 5, rng.integers(0, 6)


def _some_held(world, rng, places):
    """Up to three places of each unit that somebody has since before; returns how many."""
    taken = rng.integers(0, 4, len(places))
    until, slot = rng.integers(1, 20, places.shape), rng.integers(0, world.person.size, places.shape)
    held = np.arange(places.shape[1]) < taken[:, None]
    places[:] = np.where(held, (until << SLOT_BITS) | slot, 0)
    return taken


def _random_towns(world, rng):
    """Receptions, short-term and housing places; home beds. Few enough that there is waiting for all of them."""
    m, k = len(world.municipality), len(world.hospital)
    towns = world.municipality
    towns["receptions"], towns["mobile"] = rng.random(m) * rng.choice([0.3, 2.0]), rng.random(m) * 2
    towns["short_places"], towns["housing_places"] = rng.integers(0, 4, m), rng.integers(0, 40, m)
    towns["short_taken"] = _some_held(world, rng, world.short_place)
    world.hospital["home_beds"] = rng.integers(0, 9, k)
    world.hospital["home_taken"] = _some_held(world, rng, world.home_place)
    world.hospital["palliative_places"] = rng.integers(0, 4, k)
    world.new_need[:] = rng.random(AGE_GROUP_COUNT) * rng.choice([0.2, 1.0])
    world.short_stay[:] = rng.uniform(0.5, 8.0)


def _random_people(world, rng):
    person, n = world.person, world.person.size
    person["centre"] = rng.integers(0, len(world.centre), n)
    person["hospital"] = world.centre["hospital"][person["centre"]]
    person["chair"] = rng.choice([0, 1, 2, 3, NO_CHAIR], n)
    person["risk"], person["dose"] = rng.integers(0, AGE_GROUP_COUNT * 6, n), rng.integers(0, 16, n)
    world.background["municipality"] = rng.integers(0, world.home_start.shape[1] - 1, n)
    person["cell"] = world.background["municipality"] * AGE_GROUP_COUNT + person["risk"] // 6
    for bit, share in ((HOME_NURSING, 0.6), (CHRONIC, 0.4), (SAW_OWN_GP, 0.3), (COMPLEX, 0.3)):
        person["status"] |= np.where(rng.random(n) < share, bit, 0).astype(np.uint8)
    housed = ((person["status"] & HOME_NURSING) == 0) & (rng.random(n) < 0.3)
    person["status"] |= np.where(housed, SPECIAL_HOUSING, 0).astype(np.uint8)
    world.background["conditions"] = rng.integers(0, 1 << 14, n)
    low = (person["status"] & CHRONIC == 0) & (rng.random(n) < 0.3)
    person["status"] |= np.where(low, LOW_USE, 0).astype(np.uint8)
    ill, many = (person["status"] & CHRONIC) != 0, (person["status"] & COMPLEX) != 0
    world.background["segment"] = np.select([many, ill, low], [3, 2, 0], 1)
    pairs = rng.permutation(n)[: 2 * (n // 3)].reshape(2, -1)
    world.background["partner"][pairs] = pairs[::-1] + 1
    bond = world.relation
    known = gp_numbers(*world.chair.shape)[person["centre"], rng.integers(0, 4, n)]
    bond["gp"] = known * (rng.random(n) < 0.6) + (rng.random(n) < 0.1)  # nobody, a GP here, a predecessor
    bond["since"], bond["last"] = -rng.integers(300, 4000, n), -rng.integers(1, 300, n)
    bond["share"] = rng.random(n)
    bond["visits"], bond["visits_before"] = rng.integers(0, 3, (2, n))


def _random_population(world, rng, days):
    """Deaths and departures of some, births and arrivals of others, who are not there at first."""
    rows = []
    for slot in rng.permutation(world.person.size)[: world.person.size // 3]:
        event = int(rng.choice([0, 1, 2, 3, 4, 4, 5]))
        if event == demography.FALLS_ILL_LAST:  # some asked for palliative care at home before
            rows.append((int(rng.integers(0, days)), demography.ASKS_FOR_PALLIATIVE, int(slot), -1))
        mother = int(rng.integers(0, world.person.size)) if event == demography.IS_BORN else -1
        rows.append((int(rng.integers(0, days)), event, int(slot), mother))
        if event in (demography.ARRIVES, demography.IS_BORN):
            world.person[slot]["status"] &= 255 - PRESENT
    housed = (world.person["status"] & (SPECIAL_HOUSING | PRESENT)) == SPECIAL_HOUSING | PRESENT
    places = world.background["municipality"][housed]
    world.municipality["residents"] = np.bincount(places, minlength=len(world.municipality))
    coming = demography.in_order(np.array(rows, np.int64).reshape(-1, 4))
    homes, starts = _random_home_visits(world, rng)
    return world._replace(coming=coming, home_list=homes, home_start=starts)


def _random_home_visits(world, rng):
    """Patients of each weekday and municipality, some of whom have left home nursing since."""
    homes, starts = [], np.zeros(world.home_start.shape, np.int64)
    for weekday in range(WEEKDAYS):
        for m in range(starts.shape[1] - 1):
            starts[weekday, m] = len(homes)
            listed = rng.random(world.person.size) < 0.1
            homes.extend(np.flatnonzero(listed & (world.background["municipality"] == m)))
        starts[weekday, -1] = len(homes)
    return np.array(homes, np.int64), starts


def _random_needs(world, rng, days, load, coarse):
    count = rng.poisson(world.person.size * days * load)
    seconds = rng.integers(0, DAY, count)
    if coarse:
        seconds -= seconds % 1800
    columns = (
        rng.integers(0, days, count), seconds, rng.integers(0, world.person.size, count),
        rng.integers(0, STREAM_COUNT, count), rng.integers(0, HEIGHT_ONE, count),
    )  # fmt: skip
    return [tuple(int(x) for x in row) for row in zip(*columns, strict=True)]


def run_kernels(world, first, last):
    """Let the days [first, last) pass as `Simulation` does."""
    for day in range(first, last):
        comings.live_day(world, day)
        municipal.list_home_visits(world, day)
        primary_care.open_centres(world, day, day)
        primary_care.work_desks(world, day)
        psychiatry.work_mental(world, day)
        hospital.work_hospitals(world, day)


def events_of(world):
    """The log so far without particulars, sorted: rows (second, kind, person, unit, second of request)."""
    rows = world.log[: world.logged[0], :5]
    return rows[np.lexsort(rows.T[::-1])]


def copy_of(world):
    """A world of its own with equal arrays."""
    copies = [array.copy() for array in world]
    for copied, array in zip(copies, world, strict=True):
        copied.setflags(write=array.flags.writeable)
    return World(*copies)
