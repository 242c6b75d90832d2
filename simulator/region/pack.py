"""One region as read-only data: people, flows, care units, staff, illness, needs, costs and parameters.

A region is a folder of plain tables (`simulator/regions/<code>/`), described by its datapackage.json, loaded
and checked as a whole by `load_region`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.core.units import Units
from simulator.region import checks as region_checks
from simulator.region import texts
from simulator.region.axes import (
    AGE_GROUP_START,
    AGE_GROUPS,
    AGES,
    EDUCATION_LABELS,
    EDUCATIONS,
    HOSPITAL_MIX,
    PROFESSION_LABELS,
    RUB_BANDS,
    SEXES,
    STREAMS,
    WARDS,
    WORK_AGES,
)
from simulator.region.board import BoardRow, board_of, shares_of
from simulator.region.plausible.check import implausible
from simulator.region.plausible.exceptions import read_exceptions
from simulator.region.rows import Condition, Cost, Footprint, Parameter, StaffPost
from simulator.region.table_schema import (
    DESCRIPTION,
    Table,
    TableProblem,
    digest,
    foreign_key_problems,
    nearest,
    read_description,
    read_tables,
)

__all__ = [
    "AGES", "AGE_GROUPS", "AGE_GROUP_START", "EDUCATIONS", "EDUCATION_LABELS", "PROFESSION_LABELS",
    "RUB_BANDS", "SEXES", "STREAMS", "WORK_AGES", "Condition", "Cost", "Footprint", "Parameter", "Region",
    "RegionError", "StaffPost", "available_regions", "load_region",
]  # fmt: skip

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]
IndexArray = npt.NDArray[np.int16]

MORTALITY_LEVEL = "mortality.level"
COST = "costs."
"""What the name of a unit cost begins with where parameters and unit costs are named together."""
MOST_PROBLEMS_SHOWN = 100
ACUTE_CARE = ("admission_share", "stay_factor", "treatment_factor")


class RegionError(ValueError):
    """A region that cannot be used: `problems` lists everything wrong, the message its first hundred."""

    def __init__(self, problems: Sequence[TableProblem]) -> None:
        """The error of these problems, in the order found."""
        self.problems = tuple(problems)
        count = len(self.problems)
        lines = [texts.count(count)]
        lines += [str(problem) for problem in self.problems[:MOST_PROBLEMS_SHOWN]]
        if count > MOST_PROBLEMS_SHOWN:
            lines.append(texts.rest(count - MOST_PROBLEMS_SHOWN))
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A whole region, read-only: M municipalities, H centres, K hospitals, S streams, A age groups.

    population, population_2024 int32 [M, 2, 101] persons on 31 December 2022 and 2024 (the later for
    validation, and for how the mean of migration differs from that of two years); earlier_population [M] persons
    at earlier_year [M], nan where not known; mortality [2, 101] deaths, out_migration [M, 2, 101] departures and
    fertility [101] births per person-year; in_migration [M, 2, 101] persons per year by age at its end. education_share
    [2, E, 3] from the ages education_ages [E] on; education_mortality [2, 3] ratios with mean about 1.
    rub_share [A, 6] assumed share of each age group by RUB; need_rates [S, A, 6] needs per person-year,
    season [S, 12] their factor by month, arrival_hours [S, 24] their weight by hour of the day;
    home_nursing_share and special_housing_share [A, 6] share of people by age group and RUB; acute_care
    [3, A] share of emergency visits admitted, factor of length of stay, factor of treatment time; hospital_mix
    [A, parts] shares by mix (region_axes.HOSPITAL_MIX). ward_beds [K, wards] beds by specialty group;
    psychiatry_beds [K] beds in psychiatry, beside beds [K];
    housing_places, short_term_places [M] places, receptions [M] people received home from hospital a day.
    staff_ages [3, W] share of staff at the start, share of those hired, factor on leaving, by WORK_AGES.
    home_nursing_gp, medication_reviews [M, 3] share of home-nursing patients (all, RUB 4, RUB 5) with a
    permanent GP, with a medication review; nan = not readable in the source. warnings: what in the pack is unlikely
    though not impossible, and no exception of its own explains.
    """

    code: str
    name: str
    name_sv: str
    digest: str
    folder: Path
    municipalities: tuple[str, ...]
    municipality_names: tuple[str, ...]
    population: IntArray
    population_2024: IntArray
    earlier_population: FloatArray
    earlier_year: FloatArray
    mortality: FloatArray
    fertility: FloatArray
    in_migration: FloatArray
    out_migration: FloatArray
    education_share: FloatArray
    education_ages: IntArray
    education_mortality: FloatArray
    centres: tuple[str, ...]
    centre_names: tuple[str, ...]
    centre_municipality: IndexArray
    centre_listed: IntArray
    hospitals: tuple[str, ...]
    hospital_names: tuple[str, ...]
    beds: IntArray
    beds_summer: IntArray
    ed_places: IntArray
    to_county_share: FloatArray
    treatment_time_factor: FloatArray
    urgent_factor: FloatArray
    walk_in_until: tuple[date | None, ...]
    psychiatry_beds: IntArray
    catchment: IndexArray
    staff: tuple[StaffPost, ...]
    staff_ages: FloatArray
    footprints: tuple[Footprint, ...]
    conditions: tuple[Condition, ...]
    rub_share: FloatArray
    need_rates: FloatArray
    season: FloatArray
    arrival_hours: FloatArray
    home_nursing_share: FloatArray
    special_housing_share: FloatArray
    acute_care: FloatArray
    hospital_mix: Mapping[str, FloatArray]
    ward_beds: IntArray
    housing_places: IntArray
    short_term_places: IntArray
    receptions: FloatArray
    costs: Mapping[str, Cost]
    parameters: Mapping[str, float]
    parameter_table: tuple[Parameter, ...]
    published: Mapping[str, float]
    home_nursing_gp: FloatArray
    medication_reviews: FloatArray
    followup_board: tuple[BoardRow, ...]
    warnings: tuple[TableProblem, ...] = ()
    professions: tuple[str, ...] = tuple(PROFESSION_LABELS)
    profession_labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(PROFESSION_LABELS))

    @property
    def units(self) -> Units:
        """The units of this region in their order."""
        return Units(self.centres, self.hospitals, self.municipalities)

    def with_parameters(self, values: Mapping[str, float]) -> Region:
        """The region with other values of parameters ("work.gp_turnover") and unit costs ("costs.gp_year").

        The digest differs whenever a value does, so no checkpoint fits both; with no new value it is this
        region itself. What the loader works out from a parameter (mortality) follows. Raises KeyError for a
        name that the pack does not have.
        """
        stated = dict(self.parameters) | {f"{COST}{name}": cost.value for name, cost in self.costs.items()}
        new = {name: float(values[name]) for name in sorted(values) if stated[name] != values[name]}
        if not new:
            return self
        level = new.get(MORTALITY_LEVEL, self.parameters[MORTALITY_LEVEL]) / self.parameters[MORTALITY_LEVEL]
        costs = {name: replace(c, value=new.get(f"{COST}{name}", c.value)) for name, c in self.costs.items()}
        mine = {name: value for name, value in new.items() if not name.startswith(COST)}
        return replace(
            self,
            digest=hashlib.sha256(f"{self.digest} {json.dumps(new)}".encode()).hexdigest(),
            mortality=self.mortality if level == 1 else _fixed(self.mortality * level),
            costs=MappingProxyType(costs),
            parameters=MappingProxyType(dict(self.parameters) | mine),
            parameter_table=tuple(replace(p, value=mine.get(p.name, p.value)) for p in self.parameter_table),
        )


def regions_folder() -> Path:
    """Where the region packs that come with the simulator lie."""
    return Path(__file__).parents[1] / "regions"


def available_regions() -> list[str]:
    """The codes that `load_region` knows, in alphabetical order."""
    return sorted(path.parent.name for path in regions_folder().glob(f"*/{DESCRIPTION}"))


def load_region(code_or_path: str | Path) -> Region:
    """The region of a code ("kalmar") or of a pack folder (a Path, or text with a slash), checked as a whole.

    Raises RegionError with every problem found: folder, files, columns, values, keys, references, sums.
    """
    folder = _folder(code_or_path)
    problems: list[TableProblem] = []
    description = read_description(folder, problems)
    tables = read_tables(folder, description, problems)
    problems += region_checks.missing_resources(description)
    problems += foreign_key_problems(description, tables)
    # Sums and completeness mean something only in tables of which every cell can be trusted.
    problems += region_checks.contents(tables, {problem.file for problem in problems})
    exceptions = read_exceptions(folder, problems)
    if problems:
        raise RegionError(problems)
    # What is likely means something only in a pack that is whole.
    findings = implausible(tables, exceptions)
    if any(finding.refused for finding in findings):
        raise RegionError([finding.problem for finding in sorted(findings, key=lambda each: not each.refused)])
    return _region(folder, description, tables, tuple(finding.problem for finding in findings))


def _folder(code_or_path: str | Path) -> Path:
    text = str(code_or_path)
    if isinstance(code_or_path, Path) or "/" in text or "\\" in text:
        folder = Path(code_or_path)
    elif text in available_regions():
        folder = regions_folder() / text
    else:
        known = available_regions()
        raise RegionError([TableProblem("region", 0, "", text, texts.one_of(known), nearest(text, known))])
    if not folder.is_dir():
        raise RegionError([TableProblem(str(folder), 0, "", texts.NO_FOLDER, texts.a_folder_with(DESCRIPTION))])
    return folder


def _region(
    folder: Path, description: Mapping[str, Any], tables: Mapping[str, Table], warnings: tuple[TableProblem, ...]
) -> Region:
    """The checked tables as a Region."""
    municipalities = tables["municipalities"]["municipality"]
    centres, hospitals = tables["health_centres"], tables["hospitals"]
    parameters = tuple(Parameter(**row) for row in tables["parameters"].rows())
    values = {parameter.name: parameter.value for parameter in parameters}
    return Region(
        code=description["name"],
        name=description["title"],
        name_sv=description["title_sv"],
        digest=digest(folder, description),
        folder=folder,
        municipalities=tuple(municipalities),
        municipality_names=tuple(tables["municipalities"]["name"]),
        population=_people(tables["population"]),
        population_2024=_people(tables["population_2024"]),
        earlier_population=_fixed(np.array(tables["municipalities"]["population_earlier"], float)),
        earlier_year=_fixed(np.array(tables["municipalities"]["earlier_year"], float)),
        mortality=_fixed(mortality_of(tables, values[MORTALITY_LEVEL])),
        fertility=_fixed(by_age(tables["fertility"], "births_per_woman_year")),
        in_migration=_fixed(by_place_sex_age(tables["in_migration"], "persons_per_year")),
        out_migration=_fixed(by_place_sex_age(tables["out_migration"], "departures_per_person_year")),
        education_share=_fixed(np.array(tables["education"]["share"]).reshape(2, -1, len(EDUCATIONS))),
        education_ages=_whole(list(dict.fromkeys(tables["education"]["age_from"]))),
        education_mortality=_fixed(np.array(tables["education_mortality"]["hazard_ratio"]).reshape(2, -1)),
        centres=tuple(centres["centre"]),
        centre_names=tuple(centres["name"]),
        centre_municipality=_places(centres["municipality"], municipalities),
        centre_listed=_whole(centres["listed"]),
        hospitals=tuple(hospitals["hospital"]),
        hospital_names=tuple(hospitals["name"]),
        beds=_whole(hospitals["beds"]),
        beds_summer=_whole(hospitals["beds_summer"]),
        ed_places=_whole(hospitals["ed_places"]),
        to_county_share=_fixed(np.array(hospitals["to_county_share"])),
        treatment_time_factor=_fixed(np.array(hospitals["treatment_time_factor"])),
        urgent_factor=_fixed(np.array(hospitals["urgent_factor"])),
        walk_in_until=tuple(date.fromisoformat(day) if day else None for day in hospitals["walk_in_until"]),
        psychiatry_beds=_whole(hospitals["psychiatry_beds"]),
        catchment=_places(tables["catchments"]["hospital"], hospitals["hospital"]),
        staff=tuple(StaffPost(**row) for row in tables["staff"].rows()),
        staff_ages=_fixed(_staff_ages(tables["staff_ages"])),
        footprints=tuple(Footprint(**row) for row in tables["footprints"].rows()),
        conditions=tuple(Condition(**_renamed(row)) for row in tables["conditions"].rows()),
        rub_share=_by_age_and_rub(tables["rub_by_age"], "share"),
        need_rates=_fixed(_needs(tables["need_rates"])),
        season=_fixed(np.array(tables["season"]["factor"]).reshape(len(STREAMS), 12)),
        arrival_hours=_fixed(np.array(tables["arrival_hours"]["weight"]).reshape(len(STREAMS), 24)),
        home_nursing_share=_by_age_and_rub(tables["care_settings"], "home_nursing"),
        acute_care=_fixed(np.array([tables["acute_care"][name] for name in ACUTE_CARE])),
        special_housing_share=_by_age_and_rub(tables["care_settings"], "special_housing"),
        hospital_mix=_mixes(tables["hospital_mix"]),
        ward_beds=_whole(np.array(tables["wards"]["beds"]).reshape(-1, len(WARDS))),
        housing_places=_whole(tables["municipal_care"]["housing_places"]),
        short_term_places=_whole(tables["municipal_care"]["short_term_places"]),
        receptions=_fixed(np.array(tables["municipal_care"]["receptions_per_day"])),
        costs=MappingProxyType({row.pop("name"): Cost(**row) for row in tables["costs"].rows()}),
        parameters=MappingProxyType(values),
        parameter_table=parameters,
        published=load_published(tables),
        home_nursing_gp=shares_of(tables["home_nursing_gp"]),
        medication_reviews=shares_of(tables["medication_reviews"]),
        followup_board=board_of(tables),
        warnings=warnings,
    )


def _renamed(row: dict[str, Any]) -> dict[str, Any]:
    return {"code": row.pop("condition")} | row


def load_published(tables: Mapping[str, Table]) -> Mapping[str, float]:
    """The published totals that the start population and the flows are worked out from, by name."""
    table = tables["published_totals"]
    return MappingProxyType(dict(zip(table["name"], table["value"], strict=True)))


def mortality_of(tables: Mapping[str, Table], level: float) -> FloatArray:
    """Death rates [2, 101]: the national table times the county's ratio by age, times the level of today."""
    rates = np.array(tables["mortality"]["deaths_per_person_year"]).reshape(2, AGES)
    for row in tables["mortality_ratio"].rows():
        rates[SEXES.index(row["sex"]), row["age_from"] : row["age_to"] + 1] *= row["ratio"]
    return rates * level


def by_age(table: Table, column: str) -> FloatArray:
    """A column by age as [101], 0 at the ages that the table leaves out."""
    values = np.zeros(AGES)
    values[table["age"]] = table[column]
    return values


def by_place_sex_age(table: Table, column: str) -> FloatArray:
    """A column of a complete municipality x sex x age table, sorted in that order, as [M, 2, 101]."""
    return np.array(table[column], dtype=np.float64).reshape(-1, len(SEXES), AGES)


def _needs(table: Table) -> FloatArray:
    shape = (len(STREAMS), len(AGE_GROUPS), len(RUB_BANDS))
    return np.array(table["needs_per_person_year"]).reshape(shape)


def _by_age_and_rub(table: Table, column: str) -> FloatArray:
    return _fixed(np.array(table[column]).reshape(len(AGE_GROUPS), len(RUB_BANDS)))


def _mixes(table: Table) -> Mapping[str, FloatArray]:
    """Shares [A, parts] of each mix."""
    by_age = np.array(table["share"]).reshape(len(AGE_GROUPS), -1)
    ends = np.cumsum([len(parts) for parts in HOSPITAL_MIX.values()])
    cut = np.split(by_age, ends[:-1], axis=1)
    return MappingProxyType({mix: _fixed(part) for mix, part in zip(HOSPITAL_MIX, cut, strict=True)})


def _staff_ages(table: Table) -> FloatArray:
    """Shares spread evenly over the years of each row, and factors, [3, W]; ages left out have none."""
    values = np.zeros((3, len(WORK_AGES)))
    for row in table.rows():
        first, last = row["age_from"] - WORK_AGES[0], row["age_to"] - WORK_AGES[0]
        years = last - first + 1
        values[0, first : last + 1] = row["share_at_start"] / years
        values[1, first : last + 1] = row["share_of_hired"] / years
        values[2, first:] = row["turnover_factor"]  # the oldest row's holds beyond it
    return values


def _people(table: Table) -> IntArray:
    return _whole(by_place_sex_age(table, "persons"))


def _fixed(values: FloatArray) -> FloatArray:
    values = np.ascontiguousarray(values, dtype=np.float64)
    values.flags.writeable = False
    return values


def _whole(values: Any) -> IntArray:
    array: IntArray = np.array(values, dtype=np.int32)
    array.flags.writeable = False
    return array


def _places(names: Sequence[str], order: Sequence[str]) -> IndexArray:
    places: IndexArray = np.array([order.index(name) for name in names], dtype=np.int16)
    places.flags.writeable = False
    return places
