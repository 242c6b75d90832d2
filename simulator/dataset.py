"""From tallies to a labelled dataset: dimensions, units and long names of everything that is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from simulator.dates import DAY, EPOCH, day_number, month_number, month_start
from simulator.economy import cost
from simulator.morbidity import SEGMENTS
from simulator.record import CARE_LEVELS, CARE_MODES, REQUESTED, SERVED, WAIT_DAYS, WITHDRAWN
from simulator.region import AGE_GROUPS
from simulator.requirement import fte_required
from simulator.state import Array
from simulator.waiting_line import PLANNED_ADMISSION, REFERRAL, RETURN_VISIT

if TYPE_CHECKING:
    from simulator.simulation import Simulation

Variable = tuple[tuple[str, ...], Array, dict[str, str]]
PLACE = ("municipality", "age_group")
QUEUES = {"referral": REFERRAL, "return_visit": RETURN_VISIT, "planned_admission": PLANNED_ADMISSION}


def _attrs(units: str, long_name: str, label_sv: str) -> dict[str, str]:
    return {"units": units, "long_name": long_name, "label_sv": label_sv}


def dataset_of(simulation: Simulation) -> xr.Dataset:
    """Everything recorded from January 2023 up to today, whole months and whole years only."""
    months = month_number(simulation.today)
    years = months // 12
    variables: dict[str, Variable] = {}
    variables |= _people(simulation, years)
    variables |= _care(simulation, months)
    variables |= _access(simulation, months)
    variables |= _hospital(simulation, months)
    variables |= _yearly(simulation, years)
    coords = _coordinates(simulation, months, years)
    used = {dim for dims, _, _ in variables.values() for dim in dims}
    data = xr.Dataset(variables, {name: value for name, value in coords.items() if name in used})
    data.attrs = {"region": simulation.region.code, "region_digest": simulation.region.digest}
    return data


def _coordinates(simulation: Simulation, months: int, years: int) -> dict[str, Any]:
    region = simulation.region
    return {
        "year": np.arange(EPOCH.year - 1, EPOCH.year + years),
        "month": np.array([month_start(m) for m in range(months)], "datetime64[ns]"),
        "municipality": list(region.municipalities),
        "sex": ["men", "women"],
        "age": np.arange(101),
        "age_group": list(AGE_GROUPS),
        "health_centre": list(region.centres),
        "hospital": list(region.hospitals),
        "care_level": list(CARE_LEVELS),
        "care_mode": list(CARE_MODES),
        "profession": list(region.professions),
        "payer": ["region", "municipality"],
        "segment": list(SEGMENTS),
        "rub": np.arange(6),
        "statistic": ["mean", "p90"],
        "queue": list(QUEUES),
        "condition": [condition.code for condition in region.conditions],
    }


def _people(simulation: Simulation, years: int) -> dict[str, Variable]:
    """31 December of each year, the start picture of 2022 included."""
    record, n = simulation.record, years + 1
    segment = record.segment[:n]
    kinds = len(simulation.region.conditions)
    return {
        "population": (
            ("year", "municipality", "sex", "age"), record.population[:n],
            _attrs("persons", "population on 31 December", "Folkmängd 31 december"),
        ),
        "chronically_ill": (
            ("year", *PLACE), segment[..., 2:].sum(axis=-1),
            _attrs("persons", "people with at least one chronic condition", "Personer med kronisk sjukdom"),
        ),
        "complex_needs": (
            ("year", *PLACE), segment[..., 3],
            _attrs("persons", "people with complex needs", "Personer med komplexa behov"),
        ),
        "need_segment": (
            ("year", *PLACE, "segment"), segment,
            _attrs("persons", "people by need segment", "Personer efter behovsgrupp"),
        ),
        "resource_band": (
            ("year", "rub"), record.rub[:n], _attrs("persons", "people by RUB", "Personer efter RUB"),
        ),
        "with_condition": (
            ("year", "condition"), record.condition[:n, :kinds],
            _attrs("persons", "people with each condition", "Personer med sjukdomen"),
        ),
        "home_nursing_patients": (
            ("year", "municipality"), record.setting[:n, :, 0],
            _attrs("persons", "people with home nursing", "Personer med hemsjukvård"),
        ),
        "special_housing_residents": (
            ("year", "municipality"), record.setting[:n, :, 1],
            _attrs("persons", "residents of special housing", "Boende i särskilt boende"),
        ),
    }  # fmt: skip


def _by_place(simulation: Simulation, table: Array, months: int) -> Array:
    """Split the place x age axis of a tally."""
    m = len(simulation.region.municipalities)
    return table[:months].reshape(months, m, len(AGE_GROUPS), *table.shape[2:])


def _care(simulation: Simulation, months: int) -> dict[str, Variable]:
    record = simulation.record
    contacts = _by_place(simulation, record.contacts, months)
    contacts = contacts.reshape(*contacts.shape[:3], len(CARE_LEVELS), len(CARE_MODES))
    dims = ("month", *PLACE)
    return {
        "contacts": (
            (*dims, "care_level", "care_mode"), contacts,
            _attrs("contacts", "contacts by cell of the structure matrix", "Vårdkontakter"),
        ),
        "ed_visits": (
            dims, _by_place(simulation, record.ed_visits, months),
            _attrs("visits", "visits to emergency departments", "Akutbesök"),
        ),
        "admissions": (
            dims, _by_place(simulation, record.admissions, months),
            _attrs("admissions", "hospital admissions", "Vårdtillfällen"),
        ),
        "bed_days": (
            dims, _by_place(simulation, record.bed_days, months),
            _attrs("bed-days", "bed-days, census at midnight", "Vårddygn"),
        ),
        "deaths": (
            dims, _by_place(simulation, record.deaths, months), _attrs("deaths", "deaths", "Döda"),
        ),
        "births": (
            ("month", "municipality"), record.flows[:months, :, 0], _attrs("births", "births", "Födda"),
        ),
        "arrivals": (
            ("month", "municipality"), record.flows[:months, :, 1], _attrs("persons", "in-migrants", "Inflyttade"),
        ),
        "departures": (
            ("month", "municipality"), record.flows[:months, :, 2], _attrs("persons", "out-migrants", "Utflyttade"),
        ),
    }  # fmt: skip


def _access(simulation: Simulation, months: int) -> dict[str, Variable]:
    """Waits for a GP, and assessment within three days by any licensed professional."""
    record = simulation.record
    assessed = record.assessed[:months].astype(float)
    wait = record.wait[:months].astype(float)
    visits, days = wait.sum(axis=-1), np.arange(WAIT_DAYS)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = assessed[..., 0] / assessed[..., 1]
        mean = (wait * days).sum(axis=-1) / visits
    p90 = np.where(visits > 0, (np.cumsum(wait, axis=-1) < 0.9 * visits[..., None]).sum(axis=-1), np.nan)
    dims = ("month", "health_centre")
    return {
        "assessed_within_3_days": (
            dims, share,
            _attrs("1", "share of needs assessed within three days", "Medicinsk bedömning inom tre dagar"),
        ),
        "needs_assessed": (
            dims, record.assessed[:months, :, 1],
            _attrs("needs", "needs assessed at the health centre", "Bedömda behov"),
        ),
        "waiting_days": (
            (*dims, "statistic"), np.stack([mean, p90], axis=-1),
            _attrs("days", "days waited for a GP visit: mean and 90th percentile", "Väntetid till läkarbesök"),
        ),
        "gp_visits": (
            dims, record.wait[:months].sum(axis=-1),
            _attrs("visits", "visits to GPs", "Läkarbesök på hälsocentral"),
        ),
    }  # fmt: skip


def _hospital(simulation: Simulation, months: int) -> dict[str, Variable]:
    record, dims = simulation.record, ("month", "hospital")
    waiting = _waiting(simulation, months)
    length = np.diff([day_number(month_start(m)) for m in range(months + 1)]) * DAY
    beds = record.occupied[:months] / length[:, None]
    return {
        "occupied_beds": (dims, beds, _attrs("beds", "mean number of occupied beds", "Belagda vårdplatser")),
        "available_beds": (
            dims, record.beds[:months], _attrs("beds", "open beds", "Disponibla vårdplatser"),
        ),
        "waiting_for_hospital": (
            (*dims, "queue"), waiting,
            _attrs("persons", "people waiting for a clinic or a planned admission at the end of the month",
                   "Väntande på mottagning eller planerad inläggning"),
        ),
        "boarding_hours": (
            dims, record.boarded[:months] / 3600.0,
            _attrs("hours", "hours waited in the emergency department for a bed", "Timmars väntan på vårdplats"),
        ),
        "ed_stay_median": (
            dims, _median_stay(record.ed_stay[:months]),
            _attrs("minutes", "median stay in the emergency department", "Mediantid på akutmottagning"),
        ),
    }


def _waiting(simulation: Simulation, months: int) -> Array:
    """People in the hospitals' lines at the end of each month, int64[months, K, queues]."""
    ledger = np.cumsum(simulation.record.ledger[:months], axis=0)
    standing = ledger[..., REQUESTED] - ledger[..., SERVED] - ledger[..., WITHDRAWN]
    kinds = simulation.state.pool["kind"]
    return np.stack([standing[:, np.flatnonzero(kinds == kind)] for kind in QUEUES.values()], axis=-1)


def _median_stay(histogram: Array) -> Array:
    """Median of a histogram in quarters of an hour, minutes."""
    cumulative = np.cumsum(histogram, axis=-1)
    half = cumulative[..., -1:] / 2.0
    quarters: Array = (cumulative < half).sum(axis=-1)
    return quarters * 15.0 + 7.5


def _yearly(simulation: Simulation, years: int) -> dict[str, Variable]:
    """Whole years; what 31 December 2022 cannot show is missing there."""
    record, region = simulation.record, simulation.region
    with np.errstate(invalid="ignore", divide="ignore"):
        index = record.continuity[:years, :, 0] / record.continuity[:years, :, 1]
    available, agency, posts = (
        table[: 12 * years].reshape(years, 12, *table.shape[1:]).mean(axis=1).sum(axis=1)
        for table in (record.staff, record.agency, record.posts)
    )
    required = fte_required(record, region, years)
    rows = {
        "continuity_index": (
            ("year", "municipality"), index,
            _attrs("1", "continuity of care index (Bice-Boxerman) of the chronically ill in primary care",
                   "Kontinuitetsindex för patienter med kronisk sjukdom"),
        ),
        "fte_required": (
            ("year", "profession"), required, _attrs("FTE", "FTE that demand requires", "Behov av årsarbetare"),
        ),
        "fte_available": (
            ("year", "profession"), available,
            _attrs("FTE", "FTE employed, agency staff apart", "Tillgängliga årsarbetare"),
        ),
        "fte_agency": (("year", "profession"), agency, _attrs("FTE", "FTE of agency staff", "Hyrpersonal")),
        "fte_posts": (("year", "profession"), posts, _attrs("FTE", "funded posts", "Budgeterade tjänster")),
        "staffing_gap": (
            ("year", "profession"), required - available,
            _attrs("FTE", "FTE required less FTE employed", "Bemanningsgap"),
        ),
        "cost": (
            ("year", "care_level", "payer"), cost(record, region, years),
            _attrs("SEK", "cost in prices of 2022", "Kostnad"),
        ),
    }  # fmt: skip
    return {name: (dims, _from_2022(values), attrs) for name, (dims, values, attrs) in rows.items()}


def _from_2022(values: Array) -> Array:
    """Put a missing row for 2022 before yearly values."""
    return np.concatenate([np.full((1, *values.shape[1:]), np.nan), values])


