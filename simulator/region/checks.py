"""What must hold between the cells of a region pack once each cell is fine by itself: order, sums, ranges."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from simulator.region import texts
from simulator.region.axes import (
    AGE_GROUPS,
    AGES,
    EDUCATIONS,
    HOSPITAL_MIX,
    PROFESSION_LABELS,
    RUB_BANDS,
    SEXES,
    STREAMS,
    WARDS,
)
from simulator.region.name_checks import is_plain, names
from simulator.region.staff_checks import SUM_TOLERANCE, Tables, footprints, said, staff, staff_ages, staffed
from simulator.region.table_schema import DESCRIPTION, Table, TableProblem, line_of, nearest

# Every table of a pack and its columns, in order.
TABLES = {
    "municipalities": (
        "municipality name population_2022 source grade population_earlier earlier_year earlier_source earlier_grade"
    ),
    "catchments": "municipality hospital source grade",
    "population_county_2015": "sex age persons",
    "population_2024": "municipality sex age persons",
    "population": "municipality sex age persons",
    "mortality": "sex age deaths_per_person_year",
    "mortality_ratio": "sex age_from age_to ratio source grade",
    "fertility": "age births_per_woman_year_2011_2015 births_per_woman_year",
    "in_migration": "municipality sex age persons_per_year",
    "out_migration": "municipality sex age departures_per_person_year",
    "published_totals": "name value unit year source grade",
    "education": "sex age_from education share source grade",
    "education_mortality": "sex education hazard_ratio source grade",
    "health_centres": "centre name municipality listed source grade",
    "hospitals": (
        "hospital name beds beds_summer source grade ed_places ed_places_source ed_places_grade "
        "to_county_share to_county_share_source to_county_share_grade treatment_time_factor treatment_source "
        "treatment_grade urgent_factor urgent_source urgent_grade walk_in_until walk_in_source walk_in_grade "
        "psychiatry_beds psychiatry_source psychiatry_grade"
    ),
    "staff": "unit unit_kind profession posts_fte vacancy agency_share source grade",
    "staff_ages": "age_from age_to share_at_start share_of_hired turnover_factor source grade",
    "footprints": "contact profession parameter minutes source grade",
    "conditions": (
        "condition label_sv prevalence_men prevalence_women age_half age_slope age_floor "
        "mortality_ratio complexity_weight share_among_complex source grade"
    ),
    "rub_by_age": "age_group rub share",
    "need_rates": "stream age_group rub needs_per_person_year",
    "costs": "name label_sv value low high unit payer price_year source grade",
    "parameters": "name value unit low high distribution source grade label_sv note",
    "season": "stream month factor source grade",
    "arrival_hours": "stream hour weight source grade",
    "care_settings": "age_group rub home_nursing special_housing source grade",
    "acute_care": "age_group admission_share stay_factor treatment_factor source grade",
    "hospital_mix": "age_group mix part share source grade",
    "wards": "hospital ward beds source grade",
    "municipal_care": "municipality housing_places short_term_places receptions_per_day source grade",
    "home_nursing_gp": "municipality total rub_4 rub_5 note source grade",
    "medication_reviews": "municipality total rub_4 rub_5 note source grade",
    "followup_board": (
        "number shift indicator label_sv unit region_value region_year country_value country_year "
        "earlier_value earlier_year good kind note source grade"
    ),
}
# Rows that the simulator or the backcast asks for by name; a pack may have more.
REQUIRED_ROWS = {
    "parameters": ("mortality.level", "births.share_boys"),
    "published_totals": (
        "population_2022", "population_2024", "births_2023", "net_domestic_migration_2023",
        "net_domestic_migration_2023_ages_19_26", "domestic_in_migration_2022_q4",
        "domestic_out_migration_2022_q4", "immigration_2022_q4", "emigration_2022_q4",
    ),
    "costs": (
        "gp_visit", "nurse_visit", "rehab_visit", "digital_contact", "ed_visit", "bed_day",
        "psychosocial_visit", "psychiatric_visit", "psychiatric_ed_visit", "psychiatric_bed_day",
        "specialist_visit", "home_nursing_hour", "special_housing_year", "agency_gp_year",
        "agency_nurse_year", "short_term_place_year", "telemonitoring_month", "bought_planned_stay",
        "extra_surgery_stay",
        *(f"{profession}_year" for profession in PROFESSION_LABELS),
    ),
    "conditions": (
        "hypertension", "diabetes", "angina", "heart_failure", "lipid_disorder", "depression",
        "low_back_pain", "copd", "osteoporosis", "hypothyroidism", "dementia", "stroke",
    ),
}  # fmt: skip
FERTILE_AGES = range(15, 50)
FEWEST_CHILDREN, MOST_CHILDREN = 0.7, 4.0
SHORTEST_LIFE, LONGEST_LIFE = 65.0, 95.0


def missing_resources(description: Mapping[str, Any]) -> list[TableProblem]:
    """Tables, columns and names that the description leaves out or has too many of."""
    if not description:
        return []
    columns = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in description["resources"]}
    problems = []
    for name, wanted in TABLES.items():
        if columns.get(name) != wanted.split():
            listed = ", ".join(columns.get(name, [texts.NO_TABLE]))
            problems.append(TableProblem(DESCRIPTION, 0, f"resource {name}", listed, wanted.replace(" ", ", ")))
    for name in columns.keys() - TABLES.keys():
        hint = nearest(name, TABLES)
        problems.append(TableProblem(DESCRIPTION, 0, "resources", name, texts.one_of(list(TABLES)), hint))
    for key in ("name", "title", "title_sv"):
        if not isinstance(description.get(key), str) or not is_plain(description[key]):
            problems.append(TableProblem(DESCRIPTION, 0, key, str(description.get(key, "")), texts.A_TEXT))
    return problems


class _Untrusted(Exception):  # noqa: N818 - no error, but the end of a check
    """A check asks for a table that has not been read without a problem."""


class _Sound(Mapping[str, Table]):
    """The tables that have been read without a problem."""

    def __init__(self, tables: Tables, broken: Collection[str]) -> None:
        self._tables = {name: table for name, table in tables.items() if table.file not in broken}

    def __getitem__(self, name: str) -> Table:
        if name not in self._tables:
            raise _Untrusted(name)
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def contents(tables: Tables, broken: Collection[str] = ()) -> list[TableProblem]:
    """Everything that spans several cells, as far as it can be judged without the files that are `broken`."""
    checks = (
        _complete,
        _ratios,
        _catchments,
        _people,
        _published,
        _listed,
        _beds,
        staff,
        staff_ages,
        footprints,
        _shares,
        _ranges,
        _fractions,
        _plausible,
        _required,
        _board,
        names,
    )
    if DESCRIPTION in broken:
        return []
    problems: list[TableProblem] = []
    for check in checks:
        with suppress(_Untrusted):
            problems.extend(check(_Sound(tables, broken)))
    if {"staff", "hospitals"} <= set(tables):
        problems.extend(staffed(tables["staff"], tables["hospitals"]))
    return problems


def _complete(tables: Tables) -> Iterable[TableProblem]:
    """Tables that must hold every combination of their keys once, in order, since they become arrays."""
    places, ages = tables["municipalities"]["municipality"], range(AGES)
    steps = list(dict.fromkeys(tables["education"]["age_from"]))
    wanted: dict[str, dict[str, Sequence[Any]]] = {
        "catchments": {"municipality": places},
        "mortality": {"sex": SEXES, "age": ages},
        "population_county_2015": {"sex": SEXES, "age": ages},
        "fertility": {"age": FERTILE_AGES},
        "education": {"sex": SEXES, "age_from": sorted({0, *steps}), "education": EDUCATIONS},
        "education_mortality": {"sex": SEXES, "education": EDUCATIONS},
        "rub_by_age": {"age_group": AGE_GROUPS, "rub": RUB_BANDS},
        "need_rates": {"stream": STREAMS, "age_group": AGE_GROUPS, "rub": RUB_BANDS},
        "season": {"stream": STREAMS, "month": tuple(range(1, 13))},
        "arrival_hours": {"stream": STREAMS, "hour": tuple(range(24))},
        "care_settings": {"age_group": AGE_GROUPS, "rub": RUB_BANDS},
        "acute_care": {"age_group": AGE_GROUPS},
        "wards": {"hospital": tables["hospitals"]["hospital"], "ward": WARDS},
        "municipal_care": {"municipality": places},
        "home_nursing_gp": {"municipality": places},
        "medication_reviews": {"municipality": places},
    }
    for name in ("population", "population_2024", "in_migration", "out_migration"):
        wanted[name] = {"municipality": places, "sex": SEXES, "age": ages}
    for name, keys in wanted.items():
        yield from _every_combination(tables[name], keys)
    mixed = [(age, mix, part) for age in AGE_GROUPS for mix, parts in HOSPITAL_MIX.items() for part in parts]
    yield from _same_rows(tables["hospital_mix"], ("age_group", "mix", "part"), mixed)


def _every_combination(table: Table, keys: Mapping[str, Sequence[Any]]) -> Iterable[TableProblem]:
    return _same_rows(table, tuple(keys), list(itertools.product(*keys.values())))


def _same_rows(table: Table, keys: Sequence[str], expected: Sequence[tuple[Any, ...]]) -> Iterable[TableProblem]:
    names = " + ".join(keys)
    rows = list(zip(*(table[name] for name in keys), strict=True))
    if rows == expected:
        return
    for cells in Counter(expected) - Counter(rows):
        yield TableProblem(table.file, 0, names, texts.missing(said(cells)), texts.EVERY_COMBINATION)
    for cells in Counter(rows) - Counter(expected):
        line = line_of(rows.index(cells))
        yield TableProblem(table.file, line, names, said(cells), texts.combinations(len(expected)))
    if sorted(rows) == sorted(expected):
        line = line_of(next(i for i, cells in enumerate(rows) if cells != expected[i]))
        yield TableProblem(table.file, line, names, texts.OUT_OF_ORDER, texts.sorted_by(names))


def _ratios(tables: Tables) -> Iterable[TableProblem]:
    """The county ratios must cover each age of each sex once."""
    table = tables["mortality_ratio"]
    for sex in ("men", "women"):
        rows = [row for row in table.rows() if row["sex"] == sex]
        covered = Counter(age for row in rows for age in range(row["age_from"], row["age_to"] + 1))
        wrong = [age for age in range(101) if covered[age] != 1]
        if wrong:
            yield TableProblem(table.file, 0, "age_from, age_to", f"{sex} {wrong[0]}", texts.EVERY_AGE)


def _catchments(tables: Tables) -> Iterable[TableProblem]:
    """Every hospital serves somebody."""
    table = tables["hospitals"]
    for index, hospital in enumerate(table["hospital"]):
        if hospital not in tables["catchments"]["hospital"]:
            yield TableProblem(table.file, line_of(index), "hospital", hospital, texts.WITH_CATCHMENT)


def _by_municipality(table: Table, column: str) -> Counter[str]:
    total: Counter[str] = Counter()
    for place, count in zip(table["municipality"], table[column], strict=True):
        total[place] += count
    return total


def _people(tables: Tables) -> Iterable[TableProblem]:
    """The start population ends on the published total of each municipality."""
    table, counted = tables["municipalities"], _by_municipality(tables["population"], "persons")
    for index, row in enumerate(table.rows()):
        if counted[row["municipality"]] != row["population_2022"]:
            allowed = texts.sum_of(counted[row["municipality"]], "population.csv")
            yield TableProblem(table.file, line_of(index), "population_2022", str(row["population_2022"]), allowed)


def _published(tables: Tables) -> Iterable[TableProblem]:
    """The tables of people sum to the published totals."""
    table = tables["published_totals"]
    published = dict(zip(table["name"], table["value"], strict=True))
    for total, name in (("population_2022", "population"), ("population_2024", "population_2024")):
        people = sum(tables[name]["persons"])
        if published.get(total, people) != people:
            allowed = texts.sum_of(people, f"{name}.csv")
            yield TableProblem(table.file, 0, "value", f"{total} {published[total]:.0f}", allowed)


def _listed(tables: Tables) -> Iterable[TableProblem]:
    """Every inhabitant is listed at one centre of the own municipality."""
    table, counted = tables["health_centres"], _by_municipality(tables["population"], "persons")
    listed = _by_municipality(table, "listed")
    for place, people in counted.items():
        if listed[place] != people:
            yield TableProblem(table.file, 0, "listed", f"{listed[place]} i {place}", texts.population_of(people))


def _beds(tables: Tables) -> Iterable[TableProblem]:
    table = tables["hospitals"]
    for index, row in enumerate(table.rows()):
        if row["beds_summer"] > row["beds"]:
            summer = str(row["beds_summer"])
            yield TableProblem(table.file, line_of(index), "beds_summer", summer, texts.at_most(row["beds"]))
    wards = tables["wards"]
    for row in table.rows():
        beds = sum(w["beds"] for w in wards.rows() if w["hospital"] == row["hospital"])
        if beds != row["beds"]:
            yield TableProblem(wards.file, 0, "beds", f"{beds} i {row['hospital']}", texts.beds_in_all(row["beds"]))


def _shares(tables: Tables) -> Iterable[TableProblem]:
    """Shares of a whole sum to one."""
    for name, keys in (("education", ("sex", "age_from")), ("rub_by_age", ("age_group",))):
        table = tables[name]
        total: dict[tuple[Any, ...], float] = {}
        for row in table.rows():
            group = tuple(row[key] for key in keys)
            total[group] = total.get(group, 0.0) + row["share"]
        for group, share in total.items():
            if abs(share - 1) > SUM_TOLERANCE:
                yield TableProblem(table.file, 0, "share", f"{share:g} för {said(group)}", texts.SUM_1)
    yield from _whole_mixes(tables["hospital_mix"])


def _whole_mixes(table: Table) -> Iterable[TableProblem]:
    """Mixes of several parts are shares of a whole."""
    total: Counter[tuple[str, str]] = Counter()
    for row in table.rows():
        total[row["age_group"], row["mix"]] += row["share"]
    for (age, mix), share in total.items():
        if len(HOSPITAL_MIX[mix]) > 1 and abs(share - 1) > SUM_TOLERANCE:
            yield TableProblem(table.file, 0, "share", f"{share:g} för {age} {mix}", texts.SUM_1)


def _ranges(tables: Tables) -> Iterable[TableProblem]:
    """A figure lies within its own range, which has both its ends; an uncertain one has a range."""
    for name in ("parameters", "costs"):
        table = tables[name]
        for index, row in enumerate(table.rows()):
            ends = [math.isnan(row[end]) for end in ("low", "high")]
            if any(ends) and (not all(ends) or row.get("distribution", "fixed") != "fixed"):
                yield TableProblem(table.file, line_of(index), "low, high", row["name"], texts.BOTH_ENDS)
            low = row["value"] if math.isnan(row["low"]) else row["low"]
            high = row["value"] if math.isnan(row["high"]) else row["high"]
            if not low <= row["value"] <= high:
                allowed = texts.within(row["low"], row["high"])
                yield TableProblem(table.file, line_of(index), "value", f"{row['value']:g}", allowed)


def _fractions(tables: Tables) -> Iterable[TableProblem]:
    """A share is a fraction, not per cent."""
    table = tables["parameters"]
    for index, row in enumerate(table.rows()):
        if row["unit"].startswith("share") and not -1 <= row["value"] <= 1:
            yield TableProblem(table.file, line_of(index), "value", f"{row['value']:g}", texts.FRACTION)


def _plausible(tables: Tables) -> Iterable[TableProblem]:
    """Rates are per person and year: a table per 1 000 gives an impossible course of life."""
    children = sum(tables["fertility"]["births_per_woman_year"])
    if not FEWEST_CHILDREN <= children <= MOST_CHILDREN:
        allowed = texts.children(FEWEST_CHILDREN, MOST_CHILDREN)
        yield TableProblem(tables["fertility"].file, 0, "births_per_woman_year", f"{children:g}", allowed)
    table = tables["mortality"]
    for sex in SEXES:
        rates = [rate for own, rate in zip(table["sex"], table["deaths_per_person_year"], strict=True) if own == sex]
        alive = [math.exp(-before) for before in itertools.accumulate(rates)]
        if not SHORTEST_LIFE <= sum(alive) <= LONGEST_LIFE:
            allowed = texts.life(SHORTEST_LIFE, LONGEST_LIFE)
            yield TableProblem(table.file, 0, "deaths_per_person_year", f"{sum(alive):.1f} för {sex}", allowed)


def _required(tables: Tables) -> Iterable[TableProblem]:
    """The rows that code asks for by name are there."""
    for name, rows in REQUIRED_ROWS.items():
        table = tables[name]
        key = TABLES[name].split()[0]
        for row in rows:
            if row not in table[key]:
                yield TableProblem(table.file, 0, key, texts.missing(row), texts.A_ROW, nearest(row, table[key]))


def _board(tables: Tables) -> Iterable[TableProblem]:
    """The rows of the follow-up board are numbered in order; a year goes with a value."""
    table = tables["followup_board"]
    for index, row in enumerate(table.rows()):
        if row["number"] != index + 1:
            yield TableProblem(table.file, line_of(index), "number", str(row["number"]), texts.in_order(index + 1))
        for name in ("region", "country"):
            if math.isnan(row[f"{name}_value"]) and not math.isnan(row[f"{name}_year"]):
                year = f"{row[f'{name}_year']:g}"
                yield TableProblem(table.file, line_of(index), f"{name}_year", year, texts.NO_YEAR)
