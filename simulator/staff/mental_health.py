"""Staff of mental health care: what it lets the first line, psychiatry's clinics and its wards do in a month.

Psychiatry's staff cares first for the beds that are open and for last month's emergency visits; what is left of each
profession's time goes to outpatient visits, and the profession that suffices for fewest decides how many. So more beds
with the same staff make fewer visits and longer lines. First lines have posts only where a strategy funds them, and
take no larger share of needs than their staff has time for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from simulator.core.fields import Array
from simulator.core.record import PSYCHIATRIC_ED, Record
from simulator.core.state import MOST_PLACES, State
from simulator.region.axes import AGE_GROUP_START, AGE_GROUPS, GP, PSYCHIATRY_PROFESSIONS
from simulator.region.pack import Region
from simulator.staff.workforce import OPEN_DAYS

_VISIT, _EMERGENCY, _BED_DAY = "psychiatric_visit", "psychiatric_ed_visit", "psychiatric_bed_day"


def minutes_a_year(region: Region) -> float:
    """Minutes with patients of one FTE."""
    p = region.parameters
    return float(p["work.net_hours_per_fte"] * 60.0 * p["work.share_patient_time"])


@lru_cache(maxsize=4)
def mental_needs(region: Region) -> Array:
    """Needs of a GP about mental health that the listed of each health centre have a year, float64[H].

    As many an inhabitant as the ages of the municipality need, self-care and digital contacts included.
    """
    group = np.searchsorted(AGE_GROUP_START, np.arange(region.population.shape[2]), side="right") - 1
    people = np.zeros((len(region.municipalities), len(AGE_GROUPS)))
    np.add.at(people.T, group, region.population.sum(axis=1).T)
    a_person = people @ (region.rub_share * region.need_rates[GP]).sum(axis=1) / np.maximum(people.sum(axis=1), 1.0)
    needs: Array = region.centre_listed * a_person[region.centre_municipality]
    return needs * region.parameters["mental.share_of_gp_visits"]


def first_line_posts(region: Region, share: Array) -> Array:
    """Posts float64[H] that meet a share [H] of the needs about mental health without long waits."""
    p = region.parameters
    minutes = mental_needs(region) * p["consultation.psychosocial_minutes"]
    posts: Array = share * minutes / (minutes_a_year(region) * p["work.target_utilisation"])
    return posts


def psychiatry_minutes(region: Region, contact: str) -> Array:
    """Minutes of each of PSYCHIATRY_PROFESSIONS that a contact takes, float64[2]."""
    of = {each.profession: each.minutes for each in region.footprints if each.contact == contact}
    return np.array([of[name] for name in PSYCHIATRY_PROFESSIONS])


def set_mental_health(
    state: State, region: Region, working: Array, controls: Mapping[str, Array], record: Record, month: int
) -> None:
    """Turn `working` FTE float64[U, P] into what the month's first lines, clinics and wards can do.

    The emergency visits of the month before are taken for those of this `month`.
    """
    of, units = region.professions.index, region.units
    minutes = minutes_a_year(region)
    _set_first_line(state, region, working[units.at_centres, of("psychosocial")] * minutes, controls)
    beds = np.rint(region.psychiatry_beds * controls["psychiatry_beds"])
    state.psychiatry["beds"] = np.minimum(beds, MOST_PLACES)
    days = beds * 365.25 * region.parameters["hospital.target_occupancy"]
    emergencies = record.psychiatry_care[month - 1, :, PSYCHIATRIC_ED] * 12.0
    time = working[units.at_hospitals][:, [of(name) for name in PSYCHIATRY_PROFESSIONS]] * minutes
    time = time - np.outer(days, psychiatry_minutes(region, _BED_DAY))
    time -= np.outer(emergencies, psychiatry_minutes(region, _EMERGENCY))
    visits = (np.maximum(time, 0.0) / psychiatry_minutes(region, _VISIT)).min(axis=1)
    line = state.mental_line[units.in_psychiatry]
    line["per_day"] = visits / OPEN_DAYS * used_for_visits(region, line["tail"] - line["head"], visits)
    state.mental_line[units.in_psychiatry] = line
    record.mental_in_line[month] = state.mental_line["tail"] - state.mental_line["head"]


def used_for_visits(region: Region, waiting: Array, visits: Array) -> Array:
    """Share of clinics' time for visits that they use for them, float64[K], when `waiting` [K] stand in line.

    All of it where the line is as long as usual or longer; below that other work takes more, as at other clinics.
    `visits` [K] a year is what all of the time suffices for.
    """
    p = region.parameters
    wait = 365.25 * waiting / np.maximum(visits, 1e-9)
    share: Array = np.exp(p["specialist.time_response"] * np.minimum(wait / p["psychiatry.usual_wait_days"] - 1.0, 0.0))
    return share


def _set_first_line(state: State, region: Region, minutes: Array, controls: Mapping[str, Array]) -> None:
    """Open the first lines: as many visits as `minutes` float64[H] a year suffice for, and no larger share of needs."""
    visits = minutes / region.parameters["consultation.psychosocial_minutes"]
    possible = visits / np.maximum(mental_needs(region), 1e-9)
    state.centre["first_line"] = np.minimum(controls["first_line_mental"], possible)
    state.mental_line["per_day"][region.units.in_first_line] = visits / OPEN_DAYS
