"""What is counted while the clock runs: additive tallies, month by month and year by year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.core.fields import Array, Sizes, array, fields_of, zeros

CELLS = 16
"""Cells of the structure matrix: 4 levels x 4 modes."""
PROMOTION, PRIMARY, LOCAL, SPECIALISED = range(4)
SELF_CARE, DIGITAL, HOME, ON_SITE = range(4)
CARE_LEVELS = ("health_promotion", "primary_care", "narsjukvard", "specialised")
CARE_MODES = ("self_care", "digital", "home", "on_site")

WAIT_DAYS = 128
WAIT_WEEKS = 64
"""Weeks of a wait for hospital that are told apart; the last holds all that are longer."""
STAY_QUARTERS = 96
"""Quarters of an hour in the emergency department that are told apart."""

# Columns of tallies, in their order; the dimension that each set belongs to stands in COLUMNS.
REQUESTED, SERVED, WITHDRAWN, DIVERTED = range(4)
AWAY, LET_BE, CAME_BACK, BECAME_URGENT = range(4)
FATES = ("away", "let_be", "came_back", "became_urgent")
"""What became of who left without being met: gone or in hospital; nothing; another wish for a GP; an emergency."""
(
    BACK_TO_GP, URGENT_GIVEN_UP, URGENT_MISSED_VISIT, URGENT_WAITING, URGENT_HELP, URGENT_HOUSING, LONGER_STAY,
    DEATH_AFTER_BOARDING, GP_WAITING,
) = range(9)  # fmt: skip
CONSEQUENCES = (
    "back_to_gp", "urgent_given_up", "urgent_missed_visit", "urgent_waiting", "urgent_home_help", "urgent_housing",
    "longer_stay", "death_after_boarding", "gp_waiting",
)  # fmt: skip
"""What unmet need brought (`simulator.care.unmet`); those that begin with "urgent" are emergencies."""
(
    IN_HOSPITAL_BED, IN_HOUSING, WITH_NURSING, IN_OWN_HOME, ADMITTED_LAST_YEAR, DAYS_OF_LAST_90, DAYS_OF_LAST_YEAR,
    ED_VISITS_OF_LAST_YEAR,
) = range(8)  # fmt: skip
(
    FORESEEN, WISH_KNOWN, WANTED_TO_STAY, STAYED, KNOWN_TO_STAY, KNOWN_AND_STAYED, DIED_WITH_PALLIATIVE, HAD_NO_PLACE,
) = range(8)  # fmt: skip
LAST_WISHES = (
    "foreseen", "wish_known", "wanted_to_stay", "stayed", "known_to_stay", "known_and_stayed", "with_palliative_care",
    "had_no_place",
)  # fmt: skip
"""Deaths by wish, talk and palliative care at home; last, who asked for such care and had no place."""
PALLIATIVE_OPEN, PALLIATIVE_HELD = range(2)
USE_OF_ALL, USE_OF_CHOSEN, USE_OF_LISTED = range(3)
TOP_1, TOP_5, TOP_10, STAY_IN_TOP_5, EXPLAINED, ADMITTED_OF_ALL = range(6)
STILL_LISTED, USED_BEFORE, USED_NOW, HEAVIEST = range(4)
OF_LISTED = ("people", "used_before", "used", "heaviest")
"""Of those on the list of complex needs who live the year out: how many, their care, how many need the most of all."""
CONCENTRATION = ("top_1", "top_5", "top_10", "stay_in_top_5", "explained", "admitted")
"""How use of care gathers in people: shares of the heaviest users, how many of them stay so, and so on."""
LAST_DAYS = (
    "died_in_hospital", "died_in_housing", "died_with_nursing", "died_at_home", "admitted_last_year",
    "hospital_days_of_last_90", "hospital_days_of_last_year", "ed_visits_of_last_year",
)  # fmt: skip
OFFERED, DELIVERED = range(2)
CARER_AWAY, PLACE_FOUND, NO_PLACE_FOUND = range(3)
READMITTED, AVOIDABLE, AFTER_FALL, HIP_FRACTURE, WAS_PLANNED = range(5)
COMPLEX_ED, COMPLEX_ADMITTED, COMPLEX_BED_DAYS = CELLS, CELLS + 1, CELLS + 2
VISITS, SECONDS_WAITED = range(2)
FIRST_VISITS, PLANNED_STAYS = range(2)
IN_TIME, ALL_CALLED = range(2)
RECEIVED, RECEIVED_ON_THE_DAY, TO_SHORT_TERM = range(3)
HOME_CASES, HOME_DAYS = range(2)
ASSESSED_SOON, ALL_ASSESSED = range(2)
BIRTHS, ARRIVALS, DEPARTURES = range(3)
PLACES, RESIDENTS, WAITING, HELPED, HELP_NEEDED, HELP_GIVEN = range(6)
WITH_HOME_NURSING, IN_SPECIAL_HOUSING = range(2)
SMOKING, WITH_OBESITY, AT_RISK = range(3)
"""Columns of `Record.habits`: adults who smoke daily, have obesity, and run a great risk of ill health."""
OF_CHRONICALLY_ILL, OF_SPECIAL_HOUSING, OF_HOME_NURSING = range(3)
SUM_OF_COC, SUM_OF_UPC, COUNTED = range(3)
LEFT, RETIRED, GIVEN_UP, HIRED = range(4)
FLOWS = ("left", "retired", "given_up", "hired")
(
    WITH_GP, WITH_KNOWN_GP, WITH_CONTACT, WITH_PLAN, IS_COMPLEX, COMPLEX_PLAN, NURSED_WITH_GP, HOUSED_WITH_GP,
    HELPED_65,
) = range(9)  # fmt: skip
COORDINATED = (
    "with_gp", "with_known_gp", "with_contact", "with_plan", "complex", "complex_with_plan",
    "home_nursing_with_gp", "special_housing_with_gp", "home_help_65_plus",
)  # fmt: skip
PATIENTS, PATIENTS_GP, PATIENTS_CONTACT, PATIENTS_PLAN, AGED_75, REVIEWED = range(6)
NURSED = ("patients", "with_gp", "with_contact", "with_plan", "aged_75", "reviewed")
"""What is counted of home-nursing patients by RUB group: others, RUB 4, RUB 5; reviews among those aged 75 and over."""
ENROLLED, PLAN_ADDED, REVIEW_ADDED = range(3)
ASKED_FIRST, SPARED = range(2)
CALLS, ANSWERED_SAME_DAY, NOT_CALLED_BACK = range(3)
SHORT_PLACES, RECEPTIONS, WANTED, FOLLOWED, MONITORED, COMPLEX_HOUSED, COMPLEX_HELP = range(7)
TRAINED, LINK_USERS, CONTACTS_ADDED, PLANS_ADDED, REABLED, RECEPTIONS_ADDED, JUDGED = range(7, 14)
SMOKERS_SUPPORTED, IN_PROGRAMME = range(14, 16)
CARERS, STRAINED, CARE_HOURS, SUPPORTED = range(16, 20)
PROGRAMMES = (
    "short_term_places", "receptions_per_day", "team_wanted", "team_followed", "monitored", "complex_housed",
    "complex_help_minutes", "in_fall_training", "link_worker_users", "contacts_added", "plans_added", "in_reablement",
    "receptions_added", "judged", "smokers_supported", "in_weight_programme", "carers", "strained_carers",
    "care_hours_a_week", "supported_carers",
)  # fmt: skip
"""What is counted on the first of a month; TRAINED to IN_PROGRAMME and SUPPORTED only strategies bring."""
MENTAL_ASKED, MENTAL_MET, MENTAL_LEFT, MENTAL_GONE, MENTAL_DAYS, MENTAL_WITHIN_30 = range(6)
"""Who joined a line of mental health, was met, left unmet, was gone; days waited by those met, of them within 30."""
(
    PSYCHIATRIC_ED, PSYCHIATRIC_ADMITTED, PSYCHIATRIC_BED_DAYS, PSYCHIATRIC_BED_WAIT, PSYCHIATRIC_AT_HOME,
    PSYCHIATRIC_OPEN_DAYS,
) = range(6)  # fmt: skip
"""Psychiatry: emergency visits, admissions, bed-days, days waited for a bed, cared for at home for want of one, and
open beds summed over days."""
COLUMNS = {
    "mental_count": 6, "psychiatry_count": 6, "mental_class": 2,
    "cell": CELLS, "cell_and_hospital": CELLS + 3, "request": 4, "desk_time": 2, "kind_of_case": 5,
    "visit_and_wait": 2, "ward_and_other": 4, "guarantee": 2, "kept": 2, "reception": 3, "home_case": 2,
    "carer_away": 3, "assessment": 2, "flow": 3, "town": 6, "setting": 2, "group_measured": 3, "sum": 3,
    "effort_kind": 4, "enrolment": 3, "consultation": 2, "call": 3, "habit": 3,
    "fate": len(FATES), "consequence": len(CONSEQUENCES), "last_days": len(LAST_DAYS),
    "last_wish": len(LAST_WISHES), "open_and_held": 2, "use_summed": 3,
    "concentration": len(CONCENTRATION), "of_listed": len(OF_LISTED), "movement": len(FLOWS),
    "coordinated": len(COORDINATED), "nursing": len(NURSED), "programme": len(PROGRAMMES),
    "wait_day": WAIT_DAYS, "wait_week": WAIT_WEEKS, "quarter": STAY_QUARTERS,
}  # fmt: skip
"""Lengths of the dimensions that a tally brings with it."""


def cell_of(level: int, mode: int) -> int:
    """Index of a cell of the structure matrix."""
    return level * 4 + mode


PROMOTION_CELL = cell_of(PROMOTION, ON_SITE)
SELF_CARE_CELL, DIGITAL_CELL, HOME_CELL, VISIT_CELL = (cell_of(PRIMARY, mode) for mode in range(4))
MONITORING_CELL, TEAM_CELL, LOCAL_CELL = (cell_of(LOCAL, mode) for mode in (DIGITAL, HOME, ON_SITE))
HOSPITAL_HOME_CELL, SPECIALIST_CELL = cell_of(SPECIALISED, HOME), cell_of(SPECIALISED, ON_SITE)


@dataclass
class Record:
    """Tallies by month, by year, or of each census (the last day of 2022 and of every year)."""

    demand: Array = array(
        np.int32, "month municipality*age_group cell", "needs by the cell that they were routed to", "needs", seen=True
    )
    contacts: Array = array(np.int32, "month municipality*age_group cell", "contacts by cell", "contacts", seen=True)
    complex_use: Array = array(
        np.int32,
        "month cell_and_hospital",
        "people with complex needs: contacts, then ED visits, admissions, bed-days",
        seen=True,
    )
    ed_visits: Array = array(np.int32, "month municipality*age_group", "emergency visits", "visits", seen=True)
    admissions: Array = array(np.int32, "month municipality*age_group", "admissions", "admissions", seen=True)
    bed_days: Array = array(np.int32, "month municipality*age_group", "census at midnight", "bed-days", seen=True)
    cases: Array = array(
        np.int32, "month municipality*age_group kind_of_case", "admissions that were something", "admissions", seen=True
    )
    acuity_wait: Array = array(
        np.int64,
        "month hospital acuity visit_and_wait",
        "emergency visits, and waits for a treatment place",
        "visits, seconds",
        seen=True,
    )
    ward_days: Array = array(
        np.int32,
        "month hospital ward_and_other",
        "census at midnight by ward; last, admissions to another's ward",
        "bed-days",
        seen=True,
    )
    guarantee: Array = array(
        np.int32, "month hospital guarantee kept", "those called from a line: within 90 days, all", "persons", seen=True
    )
    bought: Array = array(
        np.int32, "month hospital", "planned admissions that were bought elsewhere", "persons", seen=True
    )
    sent_away: Array = array(
        np.int32, "month hospital", "who was to be admitted and was cared for elsewhere", "persons", seen=True
    )
    extra_surgery: Array = array(
        np.int32, "month hospital", "planned admissions by evening and Saturday surgery", "admissions", seen=True
    )
    expected_wait: Array = array(
        np.float64, "month hospital guarantee", "what somebody who joins a line can expect to wait", "days"
    )
    reception: Array = array(
        np.int32, "month municipality reception", "discharges to the municipality", "discharges", seen=True
    )
    ready_seconds: Array = array(
        np.int64, "month municipality", "time in hospital after being ready for discharge", "seconds", seen=True
    )
    home_care: Array = array(
        np.int32, "month municipality home_case", "hospital care at home", "cases, days", seen=True
    )
    carer_away: Array = array(
        np.int32,
        "month municipality carer_away",
        "people who need much at home and whose carer was taken to hospital: all, with a short-term place, without",
        "persons",
        seen=True,
    )
    mobile_visits: Array = array(np.int32, "month municipality", "visits of mobile teams", "visits", seen=True)
    team_visits: Array = array(np.int32, "month health_centre", "contacts of närvårdsteam", "contacts", seen=True)
    monitoring: Array = array(
        np.int32, "month hospital", "contacts with people who monitor at home", "contacts", seen=True
    )
    effort: Array = array(
        np.float64,
        "month municipality effort_kind",
        "advice, reviews, planned discharges, talks beyond today's (`simulator.care.offer`)",
        seen=True,
    )
    town: Array = array(
        np.float64, "month municipality town", "special housing and home help on the first", "places, persons, minutes"
    )
    deaths: Array = array(np.int32, "month municipality*age_group", "deaths", "deaths", seen=True)
    flows: Array = array(np.int32, "month municipality flow", "births, arrivals, departures", "persons", seen=True)
    wait: Array = array(np.int32, "month health_centre wait_day", "GP visits by days waited", "visits", seen=True)
    assessed: Array = array(
        np.int32, "month health_centre assessment", "needs assessed: within three days, all", "needs", seen=True
    )
    ledger: Array = array(np.int64, "month unit_of_account request", "what became of requests", "requests", seen=True)
    brought: Array = array(np.int64, "unit_of_account", "requests that stood at the beginning", "requests")
    desk: Array = array(
        np.int64, "month unit_of_account desk_time", "time offered and delivered, GPs' in visits", "seconds", seen=True
    )
    occupied: Array = array(np.int64, "month hospital", "time in beds", "bed-seconds", seen=True)
    beds: Array = array(np.int32, "month hospital", "open beds", "beds")
    boarded: Array = array(np.int64, "month hospital", "time waited for a bed", "seconds", seen=True)
    ed_stay: Array = array(
        np.int32,
        "month hospital quarter",
        "visits by quarters of an hour in the emergency department",
        "visits",
        seen=True,
    )
    population: Array = array(np.int32, "census municipality sex age", "people", "persons")
    segment: Array = array(np.int32, "census municipality age_group segment", "people by need segment", "persons")
    rub: Array = array(np.int32, "census municipality sex age_group rub", "people by resource band", "persons")
    setting: Array = array(
        np.int32, "census municipality sex age_group setting", "people with home nursing, in special housing", "persons"
    )
    condition: Array = array(np.int32, "census condition", "people by condition", "persons")
    habits: Array = array(
        np.int32, "census municipality age_group habit", "adults who smoke, have obesity, run a great risk", "persons"
    )
    new_cases: Array = array(np.int32, "year municipality condition", "people who fell ill on 1 January", "persons")
    continuity: Array = array(np.float64, "year municipality group_measured sum", "indices summed over people")
    coordination: Array = array(
        np.int32, "census municipality coordinated", "people with GP, contact, plan, help", "persons"
    )
    deaths_education: Array = array(
        np.int32, "month education sex age", "deaths by age on the last 31 December", "deaths", seen=True
    )
    education: Array = array(np.int32, "census education sex age", "people by education", "persons")
    employed: Array = array(np.float64, "month unit profession", "staff, agency apart", "FTE")
    agency: Array = array(np.float64, "month unit profession", "agency staff", "FTE")
    posts: Array = array(np.float64, "month unit profession", "funded posts", "FTE")
    sick: Array = array(np.float64, "month unit profession", "share of working time lost to sickness", "1")
    staff_flow: Array = array(
        np.float64, "month unit profession movement", "staff who left, retired, were given up, were hired", "FTE"
    )
    programmes: Array = array(np.float64, "month municipality programme", "what strategies run, on the first")
    gave_up: Array = array(
        np.int32,
        "month municipality*age_group cell",
        "people present who gave up or were turned away",
        "needs",
        seen=True,
    )
    diverted: Array = array(
        np.int32,
        "month municipality*age_group",
        "who would not wait for a GP and went to an emergency department",
        "needs",
        seen=True,
    )
    fate: Array = array(
        np.int64,
        "month unit_of_account fate",
        "what became of those who left without being met, as many as withdrew",
        "requests",
        seen=True,
    )
    unmet: Array = array(
        np.int32, "month municipality*age_group consequence", "what unmet need brought", "consequences", seen=True
    )
    last_days: Array = array(
        np.int32,
        "month municipality*age_group last_days",
        "deaths by place, of them admitted in their last year; days in hospital and visits before deaths to come",
        "deaths, days, visits",
        seen=True,
    )
    last_wishes: Array = array(
        np.int32,
        "month municipality*age_group last_wish",
        "deaths by wish, talk and palliative care at home; who had no place (`simulator.care.end_of_life`)",
        "deaths, persons",
        seen=True,
    )
    palliative_days: Array = array(
        np.int32,
        "month hospital open_and_held",
        "places of palliative care at home beyond today's, that stood open and that were taken",
        "days",
        seen=True,
    )
    ambulance: Array = array(
        np.int32, "month municipality*age_group", "emergency visits that came by ambulance", "visits", seen=True
    )
    clinic_weeks: Array = array(
        np.int32,
        "month hospital guarantee wait_week",
        "first visits and planned stays by weeks waited",
        "persons",
        seen=True,
    )
    mental: Array = array(
        np.int64,
        "month mental_unit mental_count",
        "lines of the first line and of psychiatry",
        "persons, days",
        seen=True,
    )
    psychiatry_care: Array = array(
        np.int64,
        "month hospital psychiatry_count",
        "psychiatry's emergency visits and wards",
        "visits, days",
        seen=True,
    )
    mental_in_line: Array = array(
        np.int32, "month mental_unit", "who waited in each line on the first of the month", "persons"
    )
    psychiatric_visits: Array = array(
        np.int32, "month municipality*age_group", "outpatient visits in psychiatry", "visits", seen=True
    )
    psychiatric_patients: Array = array(
        np.int32, "year mental_class", "children and adults with a need of psychiatry in the year", "persons"
    )
    multimorbid: Array = array(
        np.int32, "census municipality age_group", "people with two conditions or more", "persons"
    )
    few: Array = array(np.int32, "census municipality sex age_group", "people with complex needs", "persons")
    few_by_centre: Array = array(np.int32, "census health_centre", "people with complex needs", "persons")
    use_of_few: Array = array(
        np.float64,
        "year use_summed",
        "use of all, of those whom this year's use puts on the list of complex needs, of those on it this year",
        "visits to a GP",
    )
    listed: Array = array(
        np.float64,
        "year of_listed",
        "those on the list of complex needs who live the year out: persons; their use the year before and in it, in "
        "visits to a GP; those among as many who used most",
        "persons, visits",
    )
    concentrated: Array = array(
        np.float64,
        "year concentration",
        "share of use by the heaviest 1, 5 and 10 %; share of last year's heaviest 5 % who are so again; share of use "
        "explained by last year's; share of people who were admitted",
        "1",
    )
    nursed: Array = array(np.int32, "census municipality rub_group nursing", "people with home nursing", "persons")
    calls: Array = array(
        np.int32, "month health_centre call", "calls: all, answered on the day, not promised a call back", "calls",
        seen=True,
    )  # fmt: skip
    gp_at_home: Array = array(np.int32, "month health_centre", "GP visits made where people live", "visits", seen=True)
    consulted: Array = array(
        np.int32,
        "month health_centre consultation",
        "referrals about which a clinic's physician was asked first: all, those that were not needed then",
        "referrals",
        seen=True,
    )
    enrolled: Array = array(
        np.int32,
        "month municipality enrolment",
        "enrolments in home nursing: all, with a plan and with a review that strategies add",
        "persons",
        seen=True,
    )
    helped: Array = array(np.int32, "census municipality age_group", "people with home help", "persons")

    @classmethod
    def empty(cls, sizes: Sizes) -> Record:
        """Return a record of zeros; `sizes` has all dimensions but those in COLUMNS."""
        return cls(**zeros(cls, {**sizes, **COLUMNS}))

    def month(self, number: int) -> dict[str, Array]:
        """Return the tallies of a month that kernels write to, by name."""
        return {each.name: getattr(self, each.name)[number] for each in fields_of(Record) if each.seen}

    def copy(self, begun: int) -> Record:
        """Return a record of its own with the `begun` first months; the others, still empty, take no memory."""
        copies = {}
        for each in fields_of(Record):
            tally = getattr(self, each.name)
            if each.dims[0] == "month":
                copies[each.name] = np.zeros(tally.shape, tally.dtype)
                copies[each.name][:begun] = tally[:begun]
            else:
                copies[each.name] = tally.copy()
        return Record(**copies)
