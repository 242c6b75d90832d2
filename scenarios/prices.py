"""What levers cost a year: unit costs of the region's pack (costs.csv) times what the lever adds to today's.

The unit costs carry the range, source and grade. Posts are priced as if filled, beds as if used every day: what a
budget has to hold, not what the simulation ends up paying.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scenarios.lever import Price
from simulator.region import Region, StaffPost
from simulator.state import Array

DAYS = 365.25
Quantity = Callable[[Region, Array], float]


def _at_units(region: Region, profession: str, of: Callable[[StaffPost], float]) -> Array:
    """Return a figure of each unit that has the profession, in the order of the region (float64[U])."""
    posts = {post.unit: post for post in region.staff if post.profession == profession}
    return np.array([of(posts[unit]) for unit in _units(region, next(iter(posts.values())))])


def _units(region: Region, post: StaffPost) -> tuple[str, ...]:
    kinds = {"centre": region.centres, "hospital": region.hospitals, "municipality": region.municipalities}
    return kinds[post.unit_kind]


def _posts(profession: str) -> Quantity:
    """FTE that a factor on today's posts adds."""

    def quantity(region: Region, factor: Array) -> float:
        return float(((factor - 1.0) * _at_units(region, profession, lambda post: post.posts_fte)).sum())

    return quantity


def _for_short_lists(region: Region, limit: Array) -> float:
    """FTE of GPs that a limit of listed people per post adds; a limit of 0 is none."""
    wanted = np.where(limit > 0.0, region.centre_listed / np.maximum(limit, 1.0), 0.0)
    return float(np.maximum(wanted - _at_units(region, "gp", lambda post: post.posts_fte), 0.0).sum())


def _locums(region: Region, factor: Array) -> float:
    """FTE of locums that a factor on their share of vacant GP time adds."""
    covered = _at_units(region, "gp", lambda post: post.posts_fte * post.vacancy * post.agency_share)
    return float(((factor - 1.0) * covered).sum())


def _bed_days(region: Region, factor: Array) -> float:
    """Bed-days a year that a factor on open beds adds."""
    return float(((factor - 1.0) * region.beds).sum()) * DAYS


GP_POSTS = (Price("gp_year", "läkartjänster", _posts("gp")),)
LISTED_PER_GP = (Price("gp_year", "läkartjänster", _for_short_lists),)
LOCUMS = (Price("agency_gp_year", "hyrläkare, heltider", _locums),)
NURSE_POSTS = (
    Price("nurse_year", "sjukskötersketjänster", _posts("nurse")),
    Price("rehab_year", "tjänster i rehab och psykosocial resurs", _posts("rehab")),
)
CLINIC_POSTS = (Price("hospital_physician_year", "läkartjänster på sjukhus", _posts("hospital_physician")),)
BED_DAYS = (Price("bed_day", "vårddygn", _bed_days),)
HOME_NURSING_POSTS = (Price("municipal_nurse_year", "sjukskötersketjänster i kommunen", _posts("municipal_nurse")),)
