"""Rows of a region pack that are used whole: staff, footprints, conditions, costs, parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UnitKind = Literal["centre", "hospital", "municipality"]


@dataclass(frozen=True, slots=True)
class StaffPost:
    """Funded posts of one profession at one unit.

    posts_fte: full-time equivalents. vacancy: share of the posts without a permanent holder. agency_share:
    share of the vacant time that agency staff cover.
    """

    unit: str
    unit_kind: UnitKind
    profession: str
    posts_fte: float
    vacancy: float
    agency_share: float
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class Footprint:
    """Minutes of a profession that one contact takes: `minutes`, or the value of the parameter named."""

    contact: str
    profession: str
    parameter: str
    minutes: float
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A chronic condition: how common it is and at what ages.

    prevalence_men, prevalence_women: share of the county's men and women of all ages. The share at age x is
    in proportion to age_floor + (1 - age_floor) / (1 + exp(-(x - age_half) / age_slope)). mortality_ratio:
    death rate against people of the same age and sex without it. complexity_weight: first guess of its pull
    towards the complex group. share_among_complex: share of that group who have it (nan: not published).
    """

    code: str
    label_sv: str
    prevalence_men: float
    prevalence_women: float
    age_half: float
    age_slope: float
    age_floor: float
    mortality_ratio: float
    complexity_weight: float
    share_among_complex: float
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class Cost:
    """A unit cost in SEK at the prices of `price_year`, with its range, and who pays."""

    value: float
    low: float
    high: float
    unit: str
    payer: Literal["region", "municipality"]
    price_year: int
    label_sv: str
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A single figure: its range, the shape of its uncertainty, where it comes from, how sure it is."""

    name: str
    value: float
    unit: str
    low: float
    high: float
    distribution: str
    source: str
    grade: str
    label_sv: str
    note: str
