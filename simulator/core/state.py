"""The whole state of a simulation, in arrays and nowhere else.

Processes hold nothing between two events, so a copy of these arrays is a checkpoint: a run that is
continued from it gives the same bits as one that was never stopped. The records below are the nouns
of the model; the modules named after them hold the rules.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.core.fields import Array, array, fields_of

PRESENT, IN_HOSPITAL, HOME_NURSING, SPECIAL_HOUSING, CHRONIC, COMPLEX, SAW_OWN_GP, LOW_USE = (1 << n for n in range(8))
"""Bits of `PERSON.status`."""

PERSON = np.dtype(
    [
        ("key", np.uint64),  # permanent identity, the person's part of every draw
        ("cell", np.uint16),  # municipality x age group
        ("status", np.uint8),  # bits above
        ("dose", np.uint8),  # level of relationship continuity, index into the effect tables
        ("chair", np.uint8),  # chair of the permanent GP at the own centre, NO_CHAIR if none
        ("centre", np.uint8),
        ("risk", np.uint8),  # age group x RUB, index into rates and risks
        ("hospital", np.uint8),  # of the catchment
    ]
)
"""What a contact reads of a person: one 16-byte record, so one cache line a contact."""

NO_CHAIR = 255
GP_CHAIRS = 24
"""GP posts that a health centre can have."""
CHAIRS = GP_CHAIRS + 4
"""Chairs of a centre: those of the GPs, and behind them those of the residents."""
LOCUM, RESIDENT = 1, 2
"""Values of `CHAIR.agency`; 0 is a permanent GP."""

MOST_CONDITIONS = 16
"""Conditions that a region can tell apart: bits of `BACKGROUND.conditions`."""

BACKGROUND = np.dtype(
    [
        ("partner", np.int32),  # slot + 1 of who one lives with from old age on, 0 = nobody
        ("conditions", np.uint16),  # bit per chronic condition
        ("coded", np.uint16),  # those of them that were diagnosed because more is looked for
        ("municipality", np.uint8),
        ("sex", np.uint8),  # 0 men, 1 women
        ("age", np.int8),  # completed years on the last 31 December, -1 if born or moving in this year
        ("education", np.uint8),
        ("rub", np.uint8),
        ("segment", np.uint8),  # 0 no contact, 1 few contacts, 2 chronic, 3 complex
        ("granted", np.uint8),  # 1 = waits for a place in special housing
        ("dying", np.uint8),  # 1 = in hospital, or on the way there, until death
        ("cared_at_home", np.uint8),  # 1 = had hospital care at home this year, until the next has been opened
        ("lost", np.uint8),  # 1 = the partner died this year
        ("palliative", np.uint8),  # care at home until death: 0 not asked for, see simulator.care.end_of_life
        ("habits", np.uint8),  # bits below; above them the year in which support made a smoker stop
        ("given", np.uint8),  # at enrolment in home nursing beyond today's: 1 = individual plan, 2 = medication review
    ]
)
"""What the yearly steps and hospital cases read."""

SMOKER, OBESE = 1, 2
"""Bits of `BACKGROUND.habits`: smokes every day, or did until support made that stop; has obesity."""
RISK_CLASS = SMOKER | OBESE
"""Mask of the class of risk: neither, smokes, has obesity, both."""
STOPPED_BIT = 2
"""First bit of the year of stopping: 0 still smokes, 1 the first simulated year, and so on."""

RELATION = np.dtype(
    [
        ("gp", np.uint32),  # GP with whom the person has a relationship, 0 = none
        ("since", np.int16),  # day number of its first visit, negative before 2023
        ("last", np.int16),  # day number of its latest visit
        ("share", np.float32),  # moving share of GP visits that were to that GP
        ("visits", np.uint8),  # GP visits this year
        ("visits_before", np.uint8),  # in the year before
        ("used", np.uint16),  # care used this year, in visits to a GP of equal price
        ("used_before", np.uint16),  # in the year before
        ("bed", np.uint16),  # in hospital: ward + 1 and BED_READY; after it WAS_IN_HOSPITAL and the day of discharge
    ]
)

BED_READY = 1 << 3
"""Mark of a bed whose patient is ready for discharge and waits for the municipality."""
WARD_MASK = BED_READY - 1
WAS_IN_HOSPITAL = 1 << 15

CENTRE = np.dtype(
    [
        ("chairs", np.int32),  # chairs in use
        ("residents", np.int32),  # the last of them, which residents hold
        ("hospital", np.int32),
        ("municipality", np.int32),
        ("patience", np.int32),  # extra days that people are booked ahead to see their own GP
        ("own_first", np.float64),  # share of bookings that look for the own GP first
        ("digital", np.float64),  # share of needs met digitally
        ("posts", np.float64),  # funded GP posts, FTE
        ("recruitment", np.float64),  # monthly chance that a vacant post is filled
        ("turnover", np.float64),  # monthly chance that a GP leaves, pension aside
        ("agency", np.float64),  # share of vacant posts held by locums
        ("acute", np.float64),  # share of visits kept for same-day needs
        ("consultation", np.float64),  # share of referrals about which the clinic's physician is asked first
        (
            "home_visits",
            np.float64,
        ),  # share of GP visits to those with home nursing or in housing made there
        ("calls", np.int64),  # on the telephone, since the phones were last open
        ("callbacks", np.int64),  # who were promised to be called back
        ("phone", np.float64),  # calls a day that the time on the telephone suffices for
        ("phone_share", np.float64),  # share of the nurses' time on the telephone on the first day
        ("phone_time", np.float64),  # factor on it
        ("named", np.float64),  # share of the listed with a named GP
        ("complex", np.float64),  # its people with complex needs on 1 January
        ("team", np.float64),  # share of its people with complex needs whom a närvårdsteam follows
        ("first_line", np.float64),  # share of GP needs about mental health that the first line meets
        ("later", np.float64),  # years by which pension comes later than today
    ]
)

CHAIR = np.dtype(
    [
        ("gp", np.uint32),  # who sits there, 0 = nobody
        ("generation", np.uint32),  # how many have sat there
        ("agency", np.uint8),  # 1 = locum, 2 = resident: nobody's own GP
        ("age", np.uint8),
        ("acute_left", np.int16),  # same-day visits left today
        ("began", np.int32),  # month number in which whoever sits there came, negative before 2023
        ("first_free", np.int32),  # no earlier day has a bookable visit left
        ("fte", np.float64),
        ("planned", np.float64),  # bookable visits a day
        ("acute", np.float64),  # same-day visits a day
    ]
)
"""A GP post: locums and successors inherit the chair, its bookings and its named patients."""

POOL = np.dtype(
    [
        ("over", np.int64),  # seconds by which the last contact ran over: the next day begins so much later
        ("service", np.int64),  # seconds that a contact takes the desk, NOT_STAFFED = nobody works
        ("patience", np.int64),  # seconds after which people give up
        ("opens", np.int32),  # second of the day
        ("closes", np.int32),
        ("every_day", np.int32),
        ("kind", np.int32),
        ("classes", np.int64),  # of priority that its line has
        ("spread", np.float64),  # part of a class among whom the next is called
    ]
)
"""A desk with opening hours; whom it sees first is the line's matter."""

CLASSES = 3
"""Most classes of priority in a line."""
RING = np.dtype(
    [
        ("offset", np.int64),  # of its ring in `waiting`
        ("mask", np.int64),  # ring size - 1
        ("head", np.int64),
        ("tail", np.int64),
        ("target", np.int64),  # seconds within which those of the class should be seen
    ]
)
"""Those of one class of priority who wait in a line, in the order in which they came."""

NURSE_DESK, DIGITAL_DESK, REFERRAL, RETURN_VISIT, HOME_VISITS, PLANNED_ADMISSION = range(6)
"""Kinds of desk. Planned admissions wait in a line too, but the hospital calls them."""
SPECIALTIES = 3
"""Clinics of a hospital that new patients are referred to, each with a line of its own."""
NOT_STAFFED = -1

HOSPITAL = np.dtype(
    [
        ("places", np.int32),  # treatment places in the emergency department
        ("beds", np.int32),  # open beds
        ("reserve", np.int32),  # beds kept free of planned admissions
        ("boarders", np.int32),  # most who wait for a bed; further ones are cared for elsewhere
        ("usual", np.int32),  # planned admissions a day without evening and Saturday surgery
        ("bought", np.int32),  # planned admissions that are bought elsewhere this month
        ("referred", np.float64),  # share of its catchment's low acuity that primary care meets instead
        ("passes_on", np.float64),  # share of emergencies and planned admissions that the county hospital takes
        ("line", np.int32),  # pool of those waiting for a planned admission
        ("busy", np.int32),  # treatment places taken
        ("occupied", np.int32),
        ("home_beds", np.int32),  # places for hospital care at home
        ("home_taken", np.int32),
        ("palliative_places", np.int32),  # places of palliative care at home beyond today's
        ("palliative_taken", np.int32),
        ("boarding_head", np.int64),
        ("boarding_tail", np.int64),
        ("arrived", np.int64),  # of today's arrivals, how many have come
        ("next", np.int64),  # next event of the day, second x KINDS + kind
        ("call", np.int64),  # second at which planned admissions are called in today
        ("changed", np.int64),  # second of the last change in occupied beds
    ]
)


MUNICIPALITY = np.dtype(
    [
        ("receptions", np.float64),  # people who can be received home from hospital a day
        ("left", np.int32),  # of them today
        ("short_places", np.int32),  # short-term places
        ("short_taken", np.int32),
        ("housing_places", np.int32),  # places in special housing
        ("residents", np.int32),
        ("queue_head", np.int64),  # of those waiting for special housing
        ("queue_tail", np.int64),
        ("mobile", np.float64),  # visits a day that mobile teams can make
        ("mobile_left", np.int32),  # of them today
        ("help_gap", np.float64),  # share of the hours of home help needed that are not given this month
        ("help_gap_at_start", np.float64),  # its mean over the last months before the first
        ("aged", np.int32),  # people aged 80 and over on 1 January
        ("aged_at_start", np.int32),
    ]
)
"""What a municipality can receive. Its home nursing is a desk."""

MENTAL_LINE = np.dtype(
    [
        ("head", np.int64),
        ("tail", np.int64),
        ("per_day", np.float64),  # people whom the staff can meet on an open day
        ("left", np.float64),  # of them today, with the fraction that yesterday left
    ]
)
"""A line of mental health care: the first line of each health centre, then psychiatry's clinic of each hospital."""

PSYCHIATRY = np.dtype(
    [
        ("beds", np.int32),  # open beds
        ("taken", np.int32),
        ("cares", np.int32),  # hospital that has the emergency reception and the beds for its catchment
        ("head", np.int64),  # of those who wait for a bed
        ("tail", np.int64),
    ]
)
"""Psychiatry's wards at a hospital."""

BY_PERSON = ("person", "background", "relation", "seen")
"""Arrays of `State` with a row for everybody, those who died or moved included."""


ROW_DAY, ROW_EVENT, ROW_PERSON, ROW_MOTHER = range(4)
"""Columns of `State.coming`."""
HEAD, TAIL = range(2)
"""Columns of `State.ed_line`."""


@dataclass
class State:
    """All arrays that decide the future; lengths that a name does not tell are chosen in `simulator.start`."""

    seed: Array = array(np.uint64, "one", "base of all draws")
    day: Array = array(np.int64, "one", "the next day to be simulated", "days")
    person: Array = array(PERSON, "person", "what a contact reads of everybody", seen=True)
    background: Array = array(BACKGROUND, "person", "what yearly steps and hospital cases read", seen=True)
    relation: Array = array(RELATION, "person", "memory of GPs, and where somebody lies", seen=True)
    seen: Array = array(np.uint32, "person latest_gp", "GPs seen this year, the oldest overwritten", seen=True)
    centre: Array = array(CENTRE, "health_centre", "health centres", seen=True)
    chair: Array = array(CHAIR, "health_centre chair", "GP posts and who holds them", seen=True)
    book: Array = array(
        np.int64, "health_centre chair ring_day slot", "second of request and person of each booked visit", seen=True
    )
    booked: Array = array(np.uint8, "health_centre chair ring_day", "visits booked", "visits", seen=True)
    pool: Array = array(POOL, "pool", "desks and lines", seen=True)
    ring: Array = array(RING, "pool priority", "who waits in each line, by class of priority", seen=True)
    waiting: Array = array(np.int64, "waiting", "places of all rings: second of request and person", seen=True)
    clinic_share: Array = array(np.float64, "hospital specialty", "share of clinics' time that new referrals have", "1")
    clinic_time: Array = array(np.float64, "hospital", "physicians' time at clinics over that of the first day", "1")
    ordered: Array = array(
        np.float64, "hospital month_ahead", "planned admissions ordered elsewhere for the months ahead", "persons"
    )
    hospital: Array = array(HOSPITAL, "hospital", "hospitals", seen=True)
    ed_due: Array = array(np.int64, "hospital ring_day due", "arrivals at the emergency departments", seen=True)
    ed_due_count: Array = array(np.int32, "hospital ring_day", "how many of them", "visits", seen=True)
    back_due: Array = array(
        np.int64, "health_centre ring_day back", "second and person of needs that come back to a GP", seen=True
    )
    back_due_count: Array = array(np.int32, "health_centre ring_day", "how many of them", "needs", seen=True)
    dying_due: Array = array(
        np.int64, "ring_day dying", "who dies after long boarding, beside those of `coming`", seen=True
    )
    dying_due_count: Array = array(np.int32, "ring_day", "how many of them", "persons", seen=True)
    dies_on: Array = array(
        np.int32,
        "person",
        "day of death of those whose last year has begun as the year opens, else NOT_SOON",
        seen=True,
    )
    ed_queue: Array = array(
        np.int64, "hospital acuity ed_queue", "rings of people waiting for a treatment place", seen=True
    )
    ed_line: Array = array(np.int64, "hospital acuity end", "head and tail of each ring", seen=True)
    ed_end: Array = array(np.int64, "hospital place", "heap of ends of treatment", "seconds", seen=True)
    ed_patient: Array = array(np.int64, "hospital place", "arrival and person beside it", seen=True)
    boarding: Array = array(np.int64, "hospital boarding", "ring of people waiting for a bed", seen=True)
    stay_end: Array = array(np.int64, "hospital bed", "heap of ends of hospital stays", "seconds", seen=True)
    stay_patient: Array = array(np.int64, "hospital bed", "start and person beside it", seen=True)
    ward_beds: Array = array(np.int32, "hospital ward", "open beds", "beds", seen=True)
    ward_occupied: Array = array(np.int32, "hospital ward", "beds taken", "beds", seen=True)
    home_place: Array = array(
        np.int64, "hospital most_places", "hospital care at home: day of its end and person", seen=True
    )
    palliative_place: Array = array(
        np.int64, "hospital most_places", "palliative care at home beyond today's: who has it", seen=True
    )
    municipality: Array = array(MUNICIPALITY, "municipality", "what municipalities can receive", seen=True)
    short_place: Array = array(
        np.int64, "municipality most_places", "short-term places: day on which it is left and person", seen=True
    )
    housing_queue: Array = array(
        np.int64, "municipality housing_queue", "ring of people waiting for special housing", seen=True
    )
    home_start: Array = array(
        np.int64, "weekday municipality+1", "where each municipality's part of `home_list` begins", seen=True
    )
    home_list: Array = array(np.int64, "home_patient", "patients with a visit, by weekday and municipality", seen=True)
    staff: Array = array(np.float64, "unit profession", "staff employed", "FTE")
    staff_age: Array = array(np.float64, "unit profession work_age", "the same by age", "FTE")
    training: Array = array(
        np.float64, "health_centre training_month", "residents by months of training behind them", "FTE"
    )
    load: Array = array(np.float64, "unit profession", "work asked for over working time, smoothed", "1")
    load_reference: Array = array(np.float64, "unit profession", "its mean over the year before the first", "1")
    threshold: Array = array(np.float64, "age_group band_edge", "morbidity scores that part the RUB bands")
    few_score: Array = array(np.float64, "one", "score that puts somebody on the list of people with complex needs")
    normaliser: Array = array(
        np.float64, "stream_admission_death", "keeps rates at their source's mean given the start", "1"
    )
    balance: Array = array(
        np.float64,
        "household_balance",
        "divisor of the factor on special housing of those alone; share with home help of those alone",
        "1",
    )
    need_norm: Array = array(
        np.float64, "stream age_group*rub", "mean factor on needs of people who differ, by which rates are divided", "1"
    )
    hazard: Array = array(np.float64, "sex age", "death in the year of a person without excess risk", "a year")
    point: Array = array(np.int64, "need", "this year's needs by centre and day", seen=True)
    point_start: Array = array(np.int64, "health_centre day_and_end", "where each day's needs begin", seen=True)
    mental_line: Array = array(MENTAL_LINE, "mental_unit", "lines of the first line and of psychiatry", seen=True)
    mental_waiting: Array = array(
        np.int64, "mental_unit mental_ring", "rings of second of request and person in them", seen=True
    )
    mental_chance: Array = array(
        np.float64,
        "depression",
        "chance that a GP need is about mental health, without and with depression",
        "1",
        seen=True,
    )
    psychiatry_norm: Array = array(
        np.float64,
        "psychiatry_normed",
        "mean weights of children and adults, visits beyond the first and emergency visits of a patient",
    )
    psychiatry: Array = array(PSYCHIATRY, "hospital", "psychiatry's wards", seen=True)
    psychiatry_place: Array = array(
        np.int64, "hospital most_places", "psychiatry's beds: day on which each is left and person", seen=True
    )
    psychiatry_waiting: Array = array(
        np.int64, "hospital psychiatry_ring", "rings of day and person who wait for a bed", seen=True
    )
    psychiatry_need: Array = array(
        np.int64, "psychiatry_need", "this year's needs of psychiatry: day and kind, and person, in order", seen=True
    )
    psychiatry_next: Array = array(np.int64, "one", "the next of them", seen=True)
    coming: Array = array(np.int64, "coming column_of_coming", "this year's events of the population", seen=True)
    coming_next: Array = array(np.int64, "one", "the next of them", seen=True)

    def copy(self, room: bool = False) -> State:
        """Return a state of its own with equal arrays, if asked for with room for people who will be added."""
        arrays = {each.name: getattr(self, each.name) for each in fields_of(State)}
        return State(**{name: _copied(array, room and name in BY_PERSON) for name, array in arrays.items()})


NOT_SOON = 1 << 30
"""A day of death that is not known yet."""
RING_DAYS = 64
MOST_PLACES = 512
"""Days that bookings and expected arrivals reach ahead; must be a power of two."""


def grown(array: Array, size: int) -> Array:
    """Return a longer view with the same beginning, in the array's own spare room if that suffices.

    Fresh memory costs more than the work done in it (a page fault is some microseconds), so people
    and needs of a new year go where there is room already.
    """
    room = array.base
    if not isinstance(room, np.ndarray) or room.dtype != array.dtype or len(room) < size:
        room = np.empty((_with_room(size), *array.shape[1:]), array.dtype)
        _copy_bytes(array, room)
    view: Array = room[:size]
    return view


def _copied(array: Array, room: bool) -> Array:
    copy = np.empty((_with_room(len(array)) if room else len(array), *array.shape[1:]), array.dtype)
    _copy_bytes(array, copy)
    view: Array = copy[: len(array)]
    return view


def _with_room(size: int) -> int:
    """Rows for so many and four years of newborns and in-migrants."""
    return int(size * 1.15) + 1


def _copy_bytes(source: Array, target: Array) -> None:
    """Copy to the beginning of a longer array; numpy itself copies records field by field."""
    target.view(np.uint8).reshape(-1)[: source.nbytes] = source.view(np.uint8).reshape(-1)
