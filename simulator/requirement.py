"""Staff required: what demand, met or not, asks of each profession, in full-time equivalents."""

from __future__ import annotations

import numpy as np

from simulator.record import DIVERTED, REQUESTED, Record
from simulator.region import Region
from simulator.state import Array


def requests_by_kind(record: Record, region: Region, years: int) -> dict[str, Array]:
    """Requests a year by kind of contact, float64[years] each.

    A request that was diverted from the health centre is asked for again where it goes, and is
    counted there.
    """
    h, k, m = len(region.centres), len(region.hospitals), len(region.municipalities)
    ledger = record.ledger[: 12 * years].reshape(years, 12, -1, 4).sum(axis=1).astype(float)
    asked = ledger[..., REQUESTED] - ledger[..., DIVERTED]
    kinds = ("nurse", "digital", "referral", "return_visit", "home_visit", "planned", "gp", "emergency", "bed")
    sizes = (h, h, k, k, m, k, h, k, k)
    ends = np.cumsum(sizes)
    return {
        kind: asked[:, end - size : end].sum(axis=1) for kind, size, end in zip(kinds, sizes, ends, strict=True)
    }


def fte_required(record: Record, region: Region, years: int) -> Array:
    """FTE by year and profession, float64[years, P].

    Minutes of all requests over the minutes of patient work that a full-time equivalent can have booked
    without long waits (`work.target_utilisation`). Hospital
    nurses and assistant nurses are tied to bed-days, the footprint being today's posts over the
    open beds' days (assumption: the wards are staffed for their beds).
    """
    p = region.parameters
    asked = requests_by_kind(record, region, years)
    productive = p["work.net_hours_per_fte"] * 60.0 * p["work.share_patient_time"] * p["work.target_utilisation"]
    clinic = (asked["referral"] + asked["return_visit"]) * p["consultation.specialist_minutes"]
    beds = _bed_days_wanted(record, years) / (region.beds.sum() * 365.25)
    posts = {name: sum(s.posts_fte for s in region.staff if s.profession == name) for name in region.professions}
    nurse_share = _nurse_share(region)
    required = {
        "gp": asked["gp"] * p["consultation.gp_minutes"] / productive,
        "nurse": (
            asked["nurse"] * nurse_share * p["consultation.nurse_minutes"]
            + asked["digital"] * p["consultation.digital_minutes"]
        ) / productive,
        "rehab": asked["nurse"] * (1.0 - nurse_share) * p["consultation.rehab_minutes"] / productive,
        "hospital_physician": clinic / productive / p["specialist.share_of_physician_time"],
        "hospital_nurse": posts["hospital_nurse"] * beds / p["hospital.target_occupancy"],
        "assistant_nurse": posts["assistant_nurse"] * beds / p["hospital.target_occupancy"],
        "municipal_nurse": asked["home_visit"] * p["home_nursing.visit_minutes"] / productive,
    }  # fmt: skip
    return np.stack([required[name] for name in region.professions], axis=-1)


def _nurse_share(region: Region) -> float:
    """Share of the desk's contacts that nurses take, by the contacts that posts can give."""
    p = region.parameters
    of = {name: sum(s.posts_fte for s in region.staff if s.profession == name) for name in ("nurse", "rehab")}
    nurse = of["nurse"] * (1.0 - p["digital.share_of_nurse_time"]) / p["consultation.nurse_minutes"]
    return nurse / (nurse + of["rehab"] / p["consultation.rehab_minutes"])


def _bed_days_wanted(record: Record, years: int) -> Array:
    """Bed-days used and waited for by boarders, float64[years]."""
    seconds = (record.occupied + record.boarded)[: 12 * years].reshape(years, -1)
    days: Array = seconds.sum(axis=1) / 86_400.0
    return days


