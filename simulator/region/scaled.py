"""A region of the same make at another size, for tests and for timing against the number of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from simulator.core.fields import Array
from simulator.region.pack import Region
from simulator.region.rows import StaffPost


def scaled(region: Region, factor: float) -> Region:
    """Return the region with `factor` times the people, moves, staff, beds and treatment places.

    Below 1 every unit shrinks; above 1 the factor must be whole and health centres multiply, since a
    centre's GPs are individuals and have limited room. Raises ValueError otherwise.
    """
    if factor <= 0 or (factor > 1 and factor != int(factor)):
        raise ValueError(f"a region can be scaled by a fraction or a whole number, not by {factor}")
    copies = max(int(factor), 1)
    return replace(
        region,
        digest=f"{region.digest}-times-{factor:g}",
        population=_people(region.population, factor),
        in_migration=region.in_migration * factor,
        centres=tuple(f"{code}{_mark(n)}" for n in range(copies) for code in region.centres),
        centre_names=region.centre_names * copies,
        centre_municipality=np.tile(region.centre_municipality, copies),
        centre_listed=np.tile(_people(region.centre_listed, factor / copies), copies),
        beds=_people(region.beds, factor),
        beds_summer=_people(region.beds_summer, factor),
        ward_beds=_wards(region, factor),
        psychiatry_beds=_people(region.psychiatry_beds, factor),
        housing_places=_people(region.housing_places, factor),
        short_term_places=_people(region.short_term_places, factor),
        receptions=region.receptions * factor,
        ed_places=np.maximum(_people(region.ed_places, factor), 1),
        staff=tuple(_posts(region.staff, factor, copies)),
    )


def _people(number: Array, factor: float) -> Array:
    return np.rint(number * factor).astype(np.int32)


def _wards(region: Region, factor: float) -> Array:
    """Beds by ward that sum to each hospital's; the largest ward takes what rounding leaves."""
    wards = _people(region.ward_beds, factor)
    wards[np.arange(len(wards)), region.ward_beds.argmax(axis=1)] += _people(region.beds, factor) - wards.sum(axis=1)
    return wards


def _mark(copy: int) -> str:
    return f"-{copy + 1}" if copy else ""


def _posts(staff: Iterable[StaffPost], factor: float, copies: int) -> Iterable[StaffPost]:
    for post in staff:
        if post.unit_kind != "centre":
            yield replace(post, posts_fte=post.posts_fte * factor)
            continue
        for n in range(copies):
            yield replace(post, unit=f"{post.unit}{_mark(n)}", posts_fte=post.posts_fte * factor / copies)
