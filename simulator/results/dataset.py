"""From tallies to a labelled dataset: dimensions, units and long names of everything that is recorded."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from simulator.core.dates import DAY, EPOCH, day_number, month_number, month_start
from simulator.core.fields import Array
from simulator.core.record import (
    ALL_ASSESSED,
    ARRIVALS,
    ASSESSED_SOON,
    BIRTHS,
    CARE_LEVELS,
    CARE_MODES,
    CONCENTRATION,
    CONSEQUENCES,
    COUNTED,
    DEPARTURES,
    FATES,
    FIRST_VISITS,
    FLOWS,
    OF_CHRONICALLY_ILL,
    OF_HOME_NURSING,
    OF_SPECIAL_HOUSING,
    REQUESTED,
    SERVED,
    SUM_OF_COC,
    SUM_OF_UPC,
    WAIT_DAYS,
    WITHDRAWN,
)
from simulator.core.state import PLANNED_ADMISSION, REFERRAL, RETURN_VISIT
from simulator.region.axes import ACUITIES, AGE_GROUPS, EDUCATIONS, RUB_GROUPS, SEGMENTS, WARDS
from simulator.results.binding import RESOURCE_NAMES as RESOURCES
from simulator.results.dataset_care import (
    COMPLEX_BEHIND,
    PLACE_DIMS,
    Variable,
    attributes,
    by_place,
    coordinated,
    life_expectancy,
    municipal_care,
    outcomes,
)
from simulator.results.dataset_life import (
    PLACES_OF_DEATH,
    gathered_use,
    last_year_of_life,
    unmet_need,
    wishes_of_the_dying,
)
from simulator.results.dataset_local import (
    QUANTILES,
    by_education,
    fallen_ill,
    habits_of_people,
    home_nursing,
    local_waits,
    needs_of_people,
    quantile_of,
    ways_in,
)
from simulator.results.dataset_mental import mental_health, mental_health_of_years
from simulator.results.dataset_staff import staff_by_unit, staff_of_years
from simulator.results.dataset_use import use_of_means
from simulator.results.economy import bought_cost, care_value, cost
from simulator.results.recorded import Recorded
from simulator.staff.minutes import ACCOUNTS

QUEUES = {"referral": REFERRAL, "return_visit": RETURN_VISIT, "planned_admission": PLANNED_ADMISSION}


def dataset_of(recorded: Recorded) -> xr.Dataset:
    """Everything recorded from January 2023 up to today, whole months and whole years only."""
    months = month_number(recorded.today)
    years = months // 12
    variables: dict[str, Variable] = {}
    variables |= _people(recorded, years) | needs_of_people(recorded, years) | home_nursing(recorded, years)
    variables |= habits_of_people(recorded, years)
    variables |= _care(recorded, months)
    variables |= _access(recorded, months)
    variables |= _hospital(recorded, months)
    variables |= outcomes(recorded, months) | ways_in(recorded, months)
    variables |= municipal_care(recorded, months) | mental_health(recorded, months)
    variables |= unmet_need(recorded, months) | last_year_of_life(recorded, months)
    variables |= wishes_of_the_dying(recorded, months)
    variables |= coordinated(recorded, years)
    variables |= life_expectancy(recorded, years)
    variables |= _yearly(recorded, years)
    coords = _coordinates(recorded, months, years)
    used = {dim for dims, _, _ in variables.values() for dim in dims}
    data = xr.Dataset(variables, {name: value for name, value in coords.items() if name in used})
    data.attrs = {"region": recorded.region.code, "region_digest": recorded.region.digest}
    return data


def _coordinates(recorded: Recorded, months: int, years: int) -> dict[str, Any]:
    region = recorded.region
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
        "unit": region.units.names,
        "account": list(ACCOUNTS),
        "staff_movement": list(FLOWS),
        "payer": ["region", "municipality"],
        "segment": list(SEGMENTS),
        "rub": np.arange(6),
        "rub_group": list(RUB_GROUPS),
        "quantile": list(QUANTILES),
        "statistic": ["mean", "p90"],
        "queue": list(QUEUES),
        "condition": [condition.code for condition in region.conditions],
        "acuity": list(ACUITIES),
        "ward": list(WARDS),
        "education": list(EDUCATIONS),
        "resource": list(RESOURCES),
        "consequence": list(CONSEQUENCES),
        "fate": list(FATES),
        "place_of_death": list(PLACES_OF_DEATH),
        "concentration": list(CONCENTRATION),
        "complex_contact": [*(f"{level}_{mode}" for level in CARE_LEVELS for mode in CARE_MODES), *COMPLEX_BEHIND],
    }


def _people(recorded: Recorded, years: int) -> dict[str, Variable]:
    """31 December of each year, the start picture of 2022 included."""
    record, n = recorded.record, years + 1
    segment = record.segment[:n]
    kinds = len(recorded.region.conditions)
    return {
        "population": (
            ("year", "municipality", "sex", "age"), record.population[:n],
            attributes("persons", "population on 31 December", "Folkmängd 31 december"),
        ),
        "chronically_ill": (
            ("year", *PLACE_DIMS), segment[..., SEGMENTS.index("chronic") :].sum(axis=-1),
            attributes("persons", "people with at least one chronic condition", "Personer med kronisk sjukdom"),
        ),
        "complex_needs": (
            ("year", *PLACE_DIMS), segment[..., SEGMENTS.index("complex")],
            attributes("persons", "people with complex needs", "Personer med komplexa behov"),
        ),
        "need_segment": (
            ("year", *PLACE_DIMS, "segment"), segment,
            attributes("persons", "people by need segment", "Personer efter behovsgrupp"),
        ),
        "with_condition": (
            ("year", "condition"), record.condition[:n, :kinds],
            attributes("persons", "people with each condition", "Personer med sjukdomen"),
        ),
    }  # fmt: skip


def _care(recorded: Recorded, months: int) -> dict[str, Variable]:
    record, flows = recorded.record, recorded.record.flows[:months]
    contacts, needs = (
        by_place(recorded, table, months).reshape(months, -1, len(AGE_GROUPS), len(CARE_LEVELS), len(CARE_MODES))
        for table in (record.contacts, record.demand)
    )
    dims = ("month", *PLACE_DIMS)
    return {
        "contacts": (
            (*dims, "care_level", "care_mode"), contacts,
            attributes("contacts", "contacts by cell of the structure matrix", "Vårdkontakter"),
        ),
        "needs": (
            (*dims, "care_level", "care_mode"), needs,
            attributes("needs", "needs by the cell of the structure matrix that they were routed to", "Vårdbehov"),
        ),
        "ed_visits": (
            dims, by_place(recorded, record.ed_visits, months),
            attributes("visits", "visits to emergency departments", "Akutbesök"),
        ),
        "admissions": (
            dims, by_place(recorded, record.admissions, months),
            attributes("admissions", "hospital admissions", "Vårdtillfällen"),
        ),
        "bed_days": (
            dims, by_place(recorded, record.bed_days, months),
            attributes("bed-days", "bed-days, census at midnight", "Vårddygn"),
        ),
        "deaths": (
            dims, by_place(recorded, record.deaths, months), attributes("deaths", "deaths", "Döda"),
        ),
        "births": (
            ("month", "municipality"), flows[..., BIRTHS], attributes("births", "births", "Födda"),
        ),
        "arrivals": (
            ("month", "municipality"), flows[..., ARRIVALS], attributes("persons", "in-migrants", "Inflyttade"),
        ),
        "departures": (
            ("month", "municipality"), flows[..., DEPARTURES], attributes("persons", "out-migrants", "Utflyttade"),
        ),
    }  # fmt: skip


def _access(recorded: Recorded, months: int) -> dict[str, Variable]:
    """Waits for a GP, and assessment within three days by any licensed professional."""
    record = recorded.record
    assessed = record.assessed[:months].astype(float)
    wait = record.wait[:months].astype(float)
    visits, days = wait.sum(axis=-1), np.arange(WAIT_DAYS)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = assessed[..., ASSESSED_SOON] / assessed[..., ALL_ASSESSED]
        mean = (wait * days).sum(axis=-1) / visits
    p90 = np.where(visits > 0, (np.cumsum(wait, axis=-1) < 0.9 * visits[..., None]).sum(axis=-1), np.nan)
    dims = ("month", "health_centre")
    return {
        "assessed_within_3_days": (
            dims, share,
            attributes("1", "share of needs assessed within three days", "Medicinsk bedömning inom tre dagar"),
        ),
        "needs_assessed": (
            dims, record.assessed[:months, :, ALL_ASSESSED],
            attributes("needs", "needs assessed at the health centre", "Bedömda behov"),
        ),
        "waiting_days": (
            (*dims, "statistic"), np.stack([mean, p90], axis=-1),
            attributes("days", "days waited for a GP visit: mean and 90th percentile", "Väntetid till läkarbesök"),
        ),
        "gp_home_visits": (
            dims, record.gp_at_home[:months],
            attributes("visits", "of them made where people live", "Läkarbesök i hemmet"),
        ),
        "gp_visits": (
            dims, record.wait[:months].sum(axis=-1),
            attributes("visits", "visits to GPs", "Läkarbesök på hälsocentral"),
        ),
    }  # fmt: skip


def _hospital(recorded: Recorded, months: int) -> dict[str, Variable]:
    record, dims = recorded.record, ("month", "hospital")
    waiting = _waiting(recorded, months)
    length = np.diff([day_number(month_start(m)) for m in range(months + 1)]) * DAY
    beds = record.occupied[:months] / length[:, None]
    return {
        "occupied_beds": (dims, beds, attributes("beds", "mean number of occupied beds", "Belagda vårdplatser")),
        "available_beds": (
            dims,
            record.beds[:months],
            attributes("beds", "open beds", "Disponibla vårdplatser"),
        ),
        "waiting_for_hospital": (
            (*dims, "queue"),
            waiting,
            attributes(
                "persons",
                "people waiting for a clinic or a planned admission at the end of the month",
                "Väntande på mottagning eller planerad inläggning",
            ),
        ),
        "boarding_hours": (
            dims,
            record.boarded[:months] / 3600.0,
            attributes("hours", "hours waited in the emergency department for a bed", "Timmars väntan på vårdplats"),
        ),
        "ed_stay_median": (
            dims,
            _stay(record.ed_stay[:months], 0.5),
            attributes("minutes", "median stay in the emergency department", "Mediantid på akutmottagning"),
        ),
        "ed_stay_p90": (
            dims,
            _stay(record.ed_stay[:months], 0.9),
            attributes(
                "minutes",
                "90th percentile of the stay in the emergency department",
                "Tid på akutmottagning, nio av tio inom",
            ),
        ),
        "specialist_wait_p90": (
            dims,
            quantile_of(record.clinic_weeks[:months, :, FIRST_VISITS], 0.9) * 7.0 + 3.5,
            attributes(
                "days",
                "90th percentile of the wait for a first visit after referral",
                "Väntan på första besök på specialistmottagning, nio av tio inom",
            ),
        ),
    }


def _waiting(recorded: Recorded, months: int) -> Array:
    """People in the hospitals' lines at the end of each month, int64[months, K, queues]."""
    ledger = np.cumsum(recorded.record.ledger[:months], axis=0)
    standing = recorded.record.brought + ledger[..., REQUESTED] - ledger[..., SERVED] - ledger[..., WITHDRAWN]
    kinds = recorded.state.pool["kind"]
    k = len(recorded.region.hospitals)
    lines = [standing[:, np.flatnonzero(kinds == kind)].reshape(months, k, -1).sum(axis=-1) for kind in QUEUES.values()]
    return np.stack(lines, axis=-1)


def _stay(histogram: Array, share: float) -> Array:
    """Time within which a share of visits ended, from a histogram in quarters of an hour, minutes."""
    return np.nan_to_num(quantile_of(histogram, share)) * 15.0 + 7.5


def _yearly(recorded: Recorded, years: int) -> dict[str, Variable]:
    """Whole years; what 31 December 2022 cannot show is missing there."""
    rows = staff_by_unit(recorded, years) | staff_of_years(recorded, years) | _money(recorded, years)
    rows |= _continuity(recorded, years) | use_of_means(recorded, years) | gathered_use(recorded, years)
    rows |= mental_health_of_years(recorded, years) | fallen_ill(recorded, years)
    rows |= local_waits(recorded, years) | by_education(recorded, years)
    return {name: (dims, _from_2022(values), attrs) for name, (dims, values, attrs) in rows.items()}


def _continuity(recorded: Recorded, years: int) -> dict[str, Variable]:
    """Indices of continuity: of the chronically ill, in special housing and in home nursing."""
    with np.errstate(invalid="ignore", divide="ignore"):
        sums = recorded.record.continuity[:years]
        coc, usual_provider = (sums[..., which] / sums[..., COUNTED] for which in (SUM_OF_COC, SUM_OF_UPC))
        index, usual = coc[..., OF_CHRONICALLY_ILL], usual_provider[..., OF_CHRONICALLY_ILL]
        housed, nursed = coc[..., OF_SPECIAL_HOUSING], coc[..., OF_HOME_NURSING]
    return {
        "continuity_index": (
            ("year", "municipality"), index,
            attributes("1", "continuity of care index (Bice-Boxerman) of the chronically ill in primary care",
                   "Kontinuitetsindex för patienter med kronisk sjukdom"),
        ),
        "upc": (
            ("year", "municipality"), usual,
            attributes("1", "usual provider of care index of the chronically ill in primary care",
                   "Andel besök hos den läkare man träffat mest, kroniskt sjuka"),
        ),
        "continuity_index_housing": (
            ("year", "municipality"), housed,
            attributes("1", "continuity of care index (Bice-Boxerman) in special housing",
                   "Kontinuitetsindex på särskilt boende"),
        ),
        "continuity_index_home_nursing": (
            ("year", "municipality"), nursed,
            attributes("1", "continuity of care index (Bice-Boxerman) of home-nursing patients",
                   "Kontinuitetsindex för patienter i hemsjukvården"),
        ),
    }  # fmt: skip


def _money(recorded: Recorded, years: int) -> dict[str, Variable]:
    """What care costs, what of it is bought, and what it is worth at its whole price."""
    record, region = recorded.record, recorded.region
    return {
        "care_value": (
            ("year",), care_value(record, region, years),
            attributes("SEK", "care given at its whole unit price; not to be added to cost",
                       "Given vård till full styckkostnad"),
        ),
        "bought_care": (
            ("year",), bought_cost(record, region, years),
            attributes("SEK", "care bought elsewhere and evening surgery", "Köpt vård och kvällsoperationer"),
        ),
        "cost": (
            ("year", "care_level", "payer"), cost(record, region, years),
            attributes("SEK", "modelled cost in prices of 2022", "Modellerad kostnad"),
        ),
    }  # fmt: skip


def _from_2022(values: Array) -> Array:
    """Put a missing row for 2022 before yearly values."""
    kind = values.dtype if values.dtype == np.float32 else np.float64
    return np.concatenate([np.full((1, *values.shape[1:]), np.nan, kind), values])
