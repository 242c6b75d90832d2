"""What observed figures are compared with. To add a measure, write the function and decorate it."""

from __future__ import annotations

import xarray as xr

from scenarios.measures.indicators import INDICATORS
from scenarios.validation.measure import aged, local, measure, months_of, of_year, people, summed, total

# --- people


@measure("population")
def population(
    data: xr.Dataset, year: int, age_from: int = 0, age_to: int = 100, municipality: str = ""
) -> xr.DataArray:
    """Persons on 31 December."""
    values = of_year(data["population"], year).sel(age=slice(age_from, age_to))
    return summed(values.sel(municipality=municipality) if municipality else values)


@measure("population")
def population_share(data: xr.Dataset, year: int, age_from: int) -> xr.DataArray:
    """Per cent of the inhabitants who have reached an age."""
    return 100 * people(data, year, age_from) / people(data, year)


@measure("population")
def growth(data: xr.Dataset, year: int, age_from: int, base: int) -> xr.DataArray:
    """Growth in per cent of those who have reached an age, against a number of persons."""
    return 100 * (people(data, year, age_from) / base - 1)


@measure("births")
def births(data: xr.Dataset, year: int, municipality: str = "") -> xr.DataArray:
    """Births in a year."""
    return local(data, "births", year, municipality)


@measure("deaths")
def deaths(data: xr.Dataset, year: int, municipality: str = "") -> xr.DataArray:
    """Deaths in a year."""
    return local(data, "deaths", year, municipality)


@measure("need_segment")
def segment(data: xr.Dataset, year: int, name: str) -> xr.DataArray:
    """Persons in a need segment on 31 December."""
    return summed(of_year(data["need_segment"], year).sel(segment=name))


@measure("complex_needs")
def complex_aged(data: xr.Dataset, year: int, age_from: int) -> xr.DataArray:
    """Per cent of those with complex needs who have reached an age."""
    values = of_year(data["complex_needs"], year)
    return 100 * summed(aged(values, age_from)) / summed(values)


@measure("with_condition", "population")
def condition_share(data: xr.Dataset, year: int, condition: str) -> xr.DataArray:
    """Per cent of the inhabitants with a condition."""
    return 100 * summed(of_year(data["with_condition"], year).sel(condition=condition)) / people(data, year)


@measure("multimorbid", "population")
def multimorbid_share(data: xr.Dataset, year: int) -> xr.DataArray:
    """Per cent of the inhabitants with two conditions or more."""
    return 100 * total(data, "multimorbid", year) / people(data, year)


@measure("resource_band")
def resource_band_share(data: xr.Dataset, year: int, rub: int) -> xr.DataArray:
    """Per cent of the inhabitants in a resource band (RUB)."""
    bands = of_year(data["resource_band"], year)
    return 100 * summed(bands.sel(rub=rub)) / summed(bands)


# --- use of care


@measure()
def indicator(data: xr.Dataset, year: int, name: str) -> xr.DataArray:
    """A headline indicator of a year."""
    values = INDICATORS[name].values(data.expand_dims(scenario=["observed"])).isel(scenario=0, drop=True)
    return of_year(values, year)


@measure("ed_visits")
def ed_visits(data: xr.Dataset, year: int) -> xr.DataArray:
    """Visits to emergency departments in a year."""
    return total(data, "ed_visits", year)


@measure("ed_visits", "population")
def ed_visits_per_1000(data: xr.Dataset, year: int) -> xr.DataArray:
    """Visits to emergency departments per 1 000 inhabitants."""
    return 1000 * total(data, "ed_visits", year) / people(data, year)


@measure("ed_acuity")
def ed_visits_per_day(data: xr.Dataset, year: int, hospital: str) -> xr.DataArray:
    """Visits a day to one emergency department."""
    days = 366 if year % 4 == 0 else 365
    return summed(of_year(data["ed_acuity"], year).sel(hospital=hospital)) / days


@measure("admissions", "planned_admitted", "ed_visits")
def emergency_admission_share(data: xr.Dataset, year: int) -> xr.DataArray:
    """Unplanned admissions in per cent of emergency visits."""
    unplanned = total(data, "admissions", year) - total(data, "planned_admitted", year)
    return 100 * unplanned / total(data, "ed_visits", year)


@measure("ed_stay_median", "available_beds")
def ed_stay_median(data: xr.Dataset, year: int) -> xr.DataArray:
    """Median minutes at the emergency department: mean over months and hospitals, weighted by beds."""
    median, beds = months_of(data["ed_stay_median"], year), months_of(data["available_beds"], year)
    return summed(median * beds) / summed(beds)


@measure("admissions", "population")
def admissions_per_100000(data: xr.Dataset, year: int) -> xr.DataArray:
    """Hospital admissions per 100 000 inhabitants."""
    return 1e5 * total(data, "admissions", year) / people(data, year)


@measure("bed_days", "admissions")
def length_of_stay(data: xr.Dataset, year: int) -> xr.DataArray:
    """Mean length of stay: bed-days per admission."""
    return total(data, "bed_days", year) / total(data, "admissions", year)


@measure("bed_days", "population")
def bed_days_per_person(data: xr.Dataset, year: int) -> xr.DataArray:
    """Bed-days per inhabitant."""
    return total(data, "bed_days", year) / people(data, year)


@measure("avoidable_admissions", "population")
def avoidable_admissions(data: xr.Dataset, year: int, age_from: int, per: int) -> xr.DataArray:
    """Avoidable admissions per so many inhabitants of an age or more."""
    return _per_aged(data, "avoidable_admissions", year, age_from, per)


@measure("fall_admissions", "population")
def fall_admissions(data: xr.Dataset, year: int, age_from: int, per: int) -> xr.DataArray:
    """Admissions after falls per so many inhabitants of an age or more."""
    return _per_aged(data, "fall_admissions", year, age_from, per)


@measure("hip_fractures", "population")
def hip_fractures(data: xr.Dataset, year: int, age_from: int) -> xr.DataArray:
    """Hip fractures in per cent of the inhabitants of an age or more."""
    return _per_aged(data, "hip_fractures", year, age_from, 100)


def _per_aged(data: xr.Dataset, name: str, year: int, age_from: int, per: int) -> xr.DataArray:
    return per * summed(aged(of_year(data[name], year), age_from)) / people(data, year, age_from)


@measure("gp_visits", "population")
def gp_visits_per_inhabitant(data: xr.Dataset, year: int) -> xr.DataArray:
    """Visits to GPs per inhabitant."""
    return total(data, "gp_visits", year) / people(data, year)


@measure("gp_visits", "contacts", "population")
def physician_visits_per_inhabitant(data: xr.Dataset, year: int) -> xr.DataArray:
    """Visits to GPs, clinics and emergency departments per inhabitant; clinics count other professions too."""
    contacts = of_year(data["contacts"], year).sel(care_level=["narsjukvard", "specialised"], care_mode="on_site")
    return (total(data, "gp_visits", year) + summed(contacts)) / people(data, year)


# --- access, discharge, continuity


@measure("planned_within_90_days", "planned_admitted")
def planned_within_90_days(data: xr.Dataset, year: int) -> xr.DataArray:
    """Per cent of planned admissions within 90 days."""
    return 100 * total(data, "planned_within_90_days", year) / total(data, "planned_admitted", year)


@measure("specialist_visits_within_90_days", "specialist_visits_first")
def specialist_within_90_days(data: xr.Dataset, year: int) -> xr.DataArray:
    """Per cent of first specialist visits within 90 days."""
    return 100 * total(data, "specialist_visits_within_90_days", year) / total(data, "specialist_visits_first", year)


@measure("discharges_same_day", "discharges_to_municipality")
def discharge_same_day(data: xr.Dataset, year: int) -> xr.DataArray:
    """Per cent of those discharged to the municipality who leave on the day they are ready."""
    return 100 * total(data, "discharges_same_day", year) / total(data, "discharges_to_municipality", year)


@measure("discharge_ready_days", "discharges_to_municipality")
def discharge_ready_days(data: xr.Dataset, year: int) -> xr.DataArray:
    """Mean days as ready for discharge, of those discharged to the municipality."""
    return total(data, "discharge_ready_days", year) / total(data, "discharges_to_municipality", year)


@measure("upc", "chronically_ill")
def upc(data: xr.Dataset, year: int) -> xr.DataArray:
    """Usual provider continuity, municipalities weighted by their chronically ill."""
    return _weighted(data, "upc", year)


@measure("continuity_index_housing", "special_housing_residents")
def continuity_housing(data: xr.Dataset, year: int) -> xr.DataArray:
    """Continuity index of residents of special housing in per cent, municipalities weighted by residents."""
    return 100 * _weighted(data, "continuity_index_housing", year, "special_housing_residents")


def _weighted(data: xr.Dataset, name: str, year: int, weights: str = "chronically_ill") -> xr.DataArray:
    values, weight = of_year(data[name], year), of_year(data[weights], year)
    weight = weight.sum([dim for dim in weight.dims if dim not in values.dims]).where(values.notnull())
    return (values * weight).sum("municipality", min_count=1) / weight.sum("municipality", min_count=1)


@measure("population")
def share_with(data: xr.Dataset, year: int, name: str) -> xr.DataArray:
    """Per cent of the inhabitants with a permanent GP, contact or plan."""
    return 100 * total(data, name, year) / people(data, year)


@measure("home_nursing_gp_by_band", "home_nursing_by_band")
def home_nursing_gp_share(data: xr.Dataset, year: int, municipality: str = "", rub: str = "") -> xr.DataArray:
    """Per cent of the home-nursing patients with a permanent GP who is there."""
    return _of_nursed(data, "home_nursing_gp_by_band", "home_nursing_by_band", year, municipality, rub)


@measure("medication_reviews_by_band", "home_nursing_75_by_band")
def medication_review_share(data: xr.Dataset, year: int, municipality: str = "", rub: str = "") -> xr.DataArray:
    """Per cent of the home-nursing patients aged 75 and over with a medication review."""
    return _of_nursed(data, "medication_reviews_by_band", "home_nursing_75_by_band", year, municipality, rub)


@measure("home_nursing_by_band")
def home_nursing_band(data: xr.Dataset, year: int, rub: str) -> xr.DataArray:
    """Home-nursing patients of a resource band."""
    return summed(of_year(data["home_nursing_by_band"], year).sel(rub_group=rub))


def _of_nursed(data: xr.Dataset, part: str, whole: str, year: int, municipality: str, rub: str) -> xr.DataArray:
    where = {"municipality": municipality} if municipality else {}
    where |= {"rub_group": rub} if rub else {}
    counted, of_all = (summed(of_year(data[name], year).sel(where)) for name in (part, whole))
    return 100 * counted / of_all


# --- municipality, staff, money


@measure()
def yearly_persons(data: xr.Dataset, year: int, name: str) -> xr.DataArray:
    """Persons of a yearly variable, or of a monthly one at the end of the year."""
    return summed(_end_of_year(data[name], year))


def _end_of_year(values: xr.DataArray, year: int) -> xr.DataArray:
    return months_of(values, year).isel(month=-1) if "month" in values.dims else of_year(values, year)


@measure("home_nursing_patients", "special_housing_residents", "population")
def municipal_care_share(data: xr.Dataset, year: int) -> xr.DataArray:
    """Home nursing and special housing, per cent of those aged 65 and over."""
    care = total(data, "home_nursing_patients", year) + total(data, "special_housing_residents", year)
    return 100 * care / people(data, year, 65)


@measure("home_help_recipients", "special_housing_residents", "population")
def social_service_share(data: xr.Dataset, year: int) -> xr.DataArray:
    """Home help and special housing, per cent of those aged 65 and over."""
    helped = yearly_persons(data, year, "home_help_recipients")
    return 100 * (helped + total(data, "special_housing_residents", year)) / people(data, year, 65)


@measure("home_help_users:age_group", "special_housing_residents:age_group", "population")
def social_service_share_80(data: xr.Dataset, year: int) -> xr.DataArray:
    """Home help and special housing, per cent of those aged 80 and over."""
    values = [of_year(data[name], year) for name in ("home_help_users", "special_housing_residents")]
    return 100 * sum(summed(aged(value, 80)) for value in values) / people(data, year, 80)


@measure("complex_cost", "total_cost")
def complex_cost_share(data: xr.Dataset, year: int) -> xr.DataArray:
    """Per cent of the cost that goes to those with complex needs."""
    return 100 * total(data, "complex_cost", year) / total(data, "total_cost", year)


@measure("cost")
def cost_share(data: xr.Dataset, year: int, level: str, payer: str) -> xr.DataArray:
    """A level's per cent of a payer's cost."""
    cost = of_year(data["cost"], year).sel(payer=payer)
    return 100 * summed(cost.sel(care_level=level)) / summed(cost)


@measure("fte_agency")
def agency_fte(data: xr.Dataset, year: int, profession: str) -> xr.DataArray:
    """Agency staff of a profession, mean FTE of the year."""
    return summed(of_year(data["fte_agency"], year).sel(profession=profession))


def _gps(data: xr.Dataset, name: str, year: int) -> xr.DataArray:
    return summed(of_year(data[name], year).sel(profession="gp"))


@measure("fte_available", "population")
def gp_per_100000(data: xr.Dataset, year: int) -> xr.DataArray:
    """Employed GPs, FTE per 100 000 inhabitants."""
    return 1e5 * _gps(data, "fte_available", year) / people(data, year)


@measure("fte_available", "fte_agency", "population")
def listed_per_gp(data: xr.Dataset, year: int, agency: int) -> xr.DataArray:
    """Inhabitants per FTE of GPs, agency staff counted or not."""
    gps = _gps(data, "fte_available", year)
    return people(data, year) / (gps + _gps(data, "fte_agency", year) if agency else gps)


@measure("fte_available", "fte_posts")
def gp_vacancy(data: xr.Dataset, year: int) -> xr.DataArray:
    """Per cent of the GP posts that nobody employed holds."""
    return 100 * (1 - _gps(data, "fte_available", year) / _gps(data, "fte_posts", year))
