"""What observed figures are compared with: each one function from results to a value per replication.

A measure takes the results of one scenario (a leading dimension replication), a year and what else its line in
its table says, and leaves only replication. To add one, write the function and decorate it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import xarray as xr

from scenarios.indicators import INDICATORS

Compute = Callable[..., xr.DataArray]


@dataclass(frozen=True, slots=True)
class Measure:
    """A registered measure: its function and the variables that it reads ("name:dimension" asks for a dimension)."""

    name: str
    compute: Compute
    variables: tuple[str, ...]

    def missing(self, dataset: xr.Dataset) -> list[str]:
        """Return the variables, or dimensions of variables, that the results do not have."""
        return [text for text in self.variables if not _there(text, dataset)]


MEASURES: dict[str, Measure] = {}


class OutsideYearsError(LookupError):
    """The results do not cover the year asked for."""


def measure(*variables: str) -> Callable[[Compute], Compute]:
    """Register the decorated function under its own name; raises ValueError when the name is taken."""

    def register(compute: Compute) -> Compute:
        name = compute.__name__
        if name in MEASURES:
            raise ValueError(f"a measure named {name} is already registered")
        MEASURES[name] = Measure(name, compute, variables)
        return compute

    return register


def _there(text: str, dataset: xr.Dataset) -> bool:
    name, _, dimension = text.partition(":")
    return name in dataset.data_vars and (not dimension or dimension in dataset[name].dims)


# --- years, months and ages


def _of_year(values: xr.DataArray, year: int) -> xr.DataArray:
    """The year's sum of a monthly variable, or the value of a yearly one, other dimensions kept."""
    if "month" not in values.dims:
        if year not in values["year"].values:
            raise OutsideYearsError(year)
        return values.sel(year=year, drop=True)
    months = values.sel(month=values["month"].dt.year == year)
    if months.sizes["month"] != 12:
        raise OutsideYearsError(year)
    return months.sum("month")


def _sum(values: xr.DataArray) -> xr.DataArray:
    """The sum over everything but replication."""
    return values.sum([dim for dim in values.dims if dim != "replication"], skipna=False)


def _months(values: xr.DataArray, year: int) -> xr.DataArray:
    """The months of a year; raises OutsideYearsError unless all twelve are there."""
    months = values.sel(month=values["month"].dt.year == year)
    if months.sizes["month"] != 12:
        raise OutsideYearsError(year)
    return months


def _aged(values: xr.DataArray, age_from: int) -> xr.DataArray:
    """The age groups that begin at an age or later."""
    groups = [str(group) for group in values["age_group"].values]
    return values.sel(age_group=[g for g in groups if int(g.split("-")[0].rstrip("+")) >= age_from])


def _people(data: xr.Dataset, year: int, age_from: int = 0, age_to: int = 100) -> xr.DataArray:
    return _sum(_of_year(data["population"], year).sel(age=slice(age_from, age_to)))


def _total(data: xr.Dataset, name: str, year: int) -> xr.DataArray:
    return _sum(_of_year(data[name], year))


def _local(data: xr.Dataset, name: str, year: int, municipality: str) -> xr.DataArray:
    values = _of_year(data[name], year)
    return _sum(values.sel(municipality=municipality) if municipality else values)


# --- people


@measure("population")
def population(
    data: xr.Dataset, year: int, age_from: int = 0, age_to: int = 100, municipality: str = ""
) -> xr.DataArray:
    """Persons on 31 December."""
    values = _of_year(data["population"], year).sel(age=slice(age_from, age_to))
    return _sum(values.sel(municipality=municipality) if municipality else values)


@measure("population")
def population_share(data: xr.Dataset, year: int, age_from: int) -> xr.DataArray:
    """Per cent of the inhabitants who have reached an age."""
    return 100 * _people(data, year, age_from) / _people(data, year)


@measure("population")
def growth(data: xr.Dataset, year: int, age_from: int, base: int) -> xr.DataArray:
    """Growth in per cent of those who have reached an age, against a number of persons."""
    return 100 * (_people(data, year, age_from) / base - 1)


@measure("births")
def births(data: xr.Dataset, year: int, municipality: str = "") -> xr.DataArray:
    """Births in a year."""
    return _local(data, "births", year, municipality)


@measure("deaths")
def deaths(data: xr.Dataset, year: int, municipality: str = "") -> xr.DataArray:
    """Deaths in a year."""
    return _local(data, "deaths", year, municipality)


@measure("need_segment")
def segment(data: xr.Dataset, year: int, name: str) -> xr.DataArray:
    """Persons in a need segment on 31 December."""
    return _sum(_of_year(data["need_segment"], year).sel(segment=name))


@measure("complex_needs")
def complex_aged(data: xr.Dataset, year: int, age_from: int) -> xr.DataArray:
    """Per cent of those with complex needs who have reached an age."""
    values = _of_year(data["complex_needs"], year)
    return 100 * _sum(_aged(values, age_from)) / _sum(values)


@measure("with_condition", "population")
def condition_share(data: xr.Dataset, year: int, condition: str) -> xr.DataArray:
    """Per cent of the inhabitants with a condition."""
    return 100 * _sum(_of_year(data["with_condition"], year).sel(condition=condition)) / _people(data, year)


@measure("multimorbid", "population")
def multimorbid_share(data: xr.Dataset, year: int) -> xr.DataArray:
    """Per cent of the inhabitants with two conditions or more."""
    return 100 * _total(data, "multimorbid", year) / _people(data, year)


@measure("resource_band")
def resource_band_share(data: xr.Dataset, year: int, rub: int) -> xr.DataArray:
    """Per cent of the inhabitants in a resource band (RUB)."""
    bands = _of_year(data["resource_band"], year)
    return 100 * _sum(bands.sel(rub=rub)) / _sum(bands)


# --- use of care


@measure()
def indicator(data: xr.Dataset, year: int, name: str) -> xr.DataArray:
    """A headline indicator of a year."""
    values = INDICATORS[name].values(data.expand_dims(scenario=["observed"])).isel(scenario=0, drop=True)
    return _of_year(values, year)


@measure("ed_visits")
def ed_visits(data: xr.Dataset, year: int) -> xr.DataArray:
    """Visits to emergency departments in a year."""
    return _total(data, "ed_visits", year)


@measure("ed_visits", "population")
def ed_visits_per_1000(data: xr.Dataset, year: int) -> xr.DataArray:
    """Visits to emergency departments per 1 000 inhabitants."""
    return 1000 * _total(data, "ed_visits", year) / _people(data, year)


@measure("ed_acuity")
def ed_visits_per_day(data: xr.Dataset, year: int, hospital: str) -> xr.DataArray:
    """Visits a day to one emergency department."""
    days = 366 if year % 4 == 0 else 365
    return _sum(_of_year(data["ed_acuity"], year).sel(hospital=hospital)) / days


@measure("admissions", "planned_admitted", "ed_visits")
def emergency_admission_share(data: xr.Dataset, year: int) -> xr.DataArray:
    """Unplanned admissions in per cent of emergency visits."""
    unplanned = _total(data, "admissions", year) - _total(data, "planned_admitted", year)
    return 100 * unplanned / _total(data, "ed_visits", year)


@measure("ed_stay_median", "available_beds")
def ed_stay_median(data: xr.Dataset, year: int) -> xr.DataArray:
    """Median minutes at the emergency department: mean over months and hospitals, weighted by beds."""
    median, beds = _months(data["ed_stay_median"], year), _months(data["available_beds"], year)
    return _sum(median * beds) / _sum(beds)


@measure("admissions", "population")
def admissions_per_100000(data: xr.Dataset, year: int) -> xr.DataArray:
    """Hospital admissions per 100 000 inhabitants."""
    return 1e5 * _total(data, "admissions", year) / _people(data, year)


@measure("bed_days", "admissions")
def length_of_stay(data: xr.Dataset, year: int) -> xr.DataArray:
    """Mean length of stay: bed-days per admission."""
    return _total(data, "bed_days", year) / _total(data, "admissions", year)


@measure("bed_days", "population")
def bed_days_per_person(data: xr.Dataset, year: int) -> xr.DataArray:
    """Bed-days per inhabitant."""
    return _total(data, "bed_days", year) / _people(data, year)


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
    return per * _sum(_aged(_of_year(data[name], year), age_from)) / _people(data, year, age_from)


@measure("gp_visits", "population")
def gp_visits_per_inhabitant(data: xr.Dataset, year: int) -> xr.DataArray:
    """Visits to GPs per inhabitant."""
    return _total(data, "gp_visits", year) / _people(data, year)


@measure("gp_visits", "contacts", "population")
def physician_visits_per_inhabitant(data: xr.Dataset, year: int) -> xr.DataArray:
    """Visits to GPs, clinics and emergency departments per inhabitant; clinics count other professions too."""
    contacts = _of_year(data["contacts"], year).sel(care_level=["narsjukvard", "specialised"], care_mode="on_site")
    return (_total(data, "gp_visits", year) + _sum(contacts)) / _people(data, year)


# --- access, discharge, continuity


@measure("planned_within_90_days", "planned_admitted")
def planned_within_90_days(data: xr.Dataset, year: int) -> xr.DataArray:
    """Per cent of planned admissions within 90 days."""
    return 100 * _total(data, "planned_within_90_days", year) / _total(data, "planned_admitted", year)


@measure("specialist_visits_within_90_days", "specialist_visits_first")
def specialist_within_90_days(data: xr.Dataset, year: int) -> xr.DataArray:
    """Per cent of first specialist visits within 90 days."""
    return 100 * _total(data, "specialist_visits_within_90_days", year) / _total(data, "specialist_visits_first", year)


@measure("discharges_same_day", "discharges_to_municipality")
def discharge_same_day(data: xr.Dataset, year: int) -> xr.DataArray:
    """Per cent of those discharged to the municipality who leave on the day they are ready."""
    return 100 * _total(data, "discharges_same_day", year) / _total(data, "discharges_to_municipality", year)


@measure("discharge_ready_days", "discharges_to_municipality")
def discharge_ready_days(data: xr.Dataset, year: int) -> xr.DataArray:
    """Mean days as ready for discharge, of those discharged to the municipality."""
    return _total(data, "discharge_ready_days", year) / _total(data, "discharges_to_municipality", year)


@measure("upc", "chronically_ill")
def upc(data: xr.Dataset, year: int) -> xr.DataArray:
    """Usual provider continuity, municipalities weighted by their chronically ill."""
    return _weighted(data, "upc", year)


@measure("continuity_index_housing", "special_housing_residents")
def continuity_housing(data: xr.Dataset, year: int) -> xr.DataArray:
    """Continuity index of residents of special housing in per cent, municipalities weighted by residents."""
    return 100 * _weighted(data, "continuity_index_housing", year, "special_housing_residents")


def _weighted(data: xr.Dataset, name: str, year: int, weights: str = "chronically_ill") -> xr.DataArray:
    values, people = _of_year(data[name], year), _of_year(data[weights], year)
    people = people.sum([dim for dim in people.dims if dim not in values.dims]).where(values.notnull())
    return (values * people).sum("municipality", min_count=1) / people.sum("municipality", min_count=1)


@measure("population")
def share_with(data: xr.Dataset, year: int, name: str) -> xr.DataArray:
    """Per cent of the inhabitants with a permanent GP, contact or plan."""
    return 100 * _total(data, name, year) / _people(data, year)


@measure("home_nursing_with_gp", "home_nursing_patients")
def home_nursing_gp_share(data: xr.Dataset, year: int) -> xr.DataArray:
    """Per cent of the home-nursing patients with a permanent GP."""
    return 100 * _total(data, "home_nursing_with_gp", year) / _total(data, "home_nursing_patients", year)


# --- municipality, staff, money


@measure()
def yearly_persons(data: xr.Dataset, year: int, name: str) -> xr.DataArray:
    """Persons of a yearly variable, or of a monthly one at the end of the year."""
    return _sum(_end_of_year(data[name], year))


def _end_of_year(values: xr.DataArray, year: int) -> xr.DataArray:
    return _months(values, year).isel(month=-1) if "month" in values.dims else _of_year(values, year)


@measure("home_nursing_patients", "special_housing_residents", "population")
def municipal_care_share(data: xr.Dataset, year: int) -> xr.DataArray:
    """Home nursing and special housing, per cent of those aged 65 and over."""
    care = _total(data, "home_nursing_patients", year) + _total(data, "special_housing_residents", year)
    return 100 * care / _people(data, year, 65)


@measure("home_help_recipients", "special_housing_residents", "population")
def social_service_share(data: xr.Dataset, year: int) -> xr.DataArray:
    """Home help and special housing, per cent of those aged 65 and over."""
    helped = yearly_persons(data, year, "home_help_recipients")
    return 100 * (helped + _total(data, "special_housing_residents", year)) / _people(data, year, 65)


@measure("home_help_recipients:age_group", "special_housing_residents:age_group", "population")
def social_service_share_80(data: xr.Dataset, year: int) -> xr.DataArray:
    """Home help and special housing, per cent of those aged 80 and over."""
    values = [_end_of_year(data[name], year) for name in ("home_help_recipients", "special_housing_residents")]
    return 100 * sum(_sum(_aged(value, 80)) for value in values) / _people(data, year, 80)


@measure("complex_cost", "total_cost")
def complex_cost_share(data: xr.Dataset, year: int) -> xr.DataArray:
    """Per cent of the cost that goes to those with complex needs."""
    return 100 * _total(data, "complex_cost", year) / _total(data, "total_cost", year)


@measure("cost")
def cost_share(data: xr.Dataset, year: int, level: str, payer: str) -> xr.DataArray:
    """A level's per cent of a payer's cost."""
    cost = _of_year(data["cost"], year).sel(payer=payer)
    return 100 * _sum(cost.sel(care_level=level)) / _sum(cost)


@measure("fte_agency")
def agency_fte(data: xr.Dataset, year: int, profession: str) -> xr.DataArray:
    """Agency staff of a profession, mean FTE of the year."""
    return _sum(_of_year(data["fte_agency"], year).sel(profession=profession))


def _gps(data: xr.Dataset, name: str, year: int) -> xr.DataArray:
    return _sum(_of_year(data[name], year).sel(profession="gp"))


@measure("fte_available", "population")
def gp_per_100000(data: xr.Dataset, year: int) -> xr.DataArray:
    """Employed GPs, FTE per 100 000 inhabitants."""
    return 1e5 * _gps(data, "fte_available", year) / _people(data, year)


@measure("fte_available", "fte_agency", "population")
def listed_per_gp(data: xr.Dataset, year: int, agency: int) -> xr.DataArray:
    """Inhabitants per FTE of GPs, agency staff counted or not."""
    gps = _gps(data, "fte_available", year)
    return _people(data, year) / (gps + _gps(data, "fte_agency", year) if agency else gps)


@measure("fte_available", "fte_posts")
def gp_vacancy(data: xr.Dataset, year: int) -> xr.DataArray:
    """Per cent of the GP posts that nobody employed holds."""
    return 100 * (1 - _gps(data, "fte_available", year) / _gps(data, "fte_posts", year))
