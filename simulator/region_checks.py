"""What must hold between the cells of a region pack once each cell is fine by itself: order, sums, ranges."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulator.region_axes import AGE_GROUPS, AGES, EDUCATIONS, PROFESSIONS_OF, RUB_BANDS, SEXES, STREAMS
from simulator.table_schema import DESCRIPTION, Problem, Table, line_of

TABLES = (
    "municipalities", "catchments", "population_2024", "population", "mortality", "mortality_ratio",
    "fertility", "in_migration", "out_migration", "published_totals", "education", "education_mortality",
    "health_centres", "hospitals", "staff", "conditions", "rub_by_age", "need_rates", "costs", "parameters",
)  # fmt: skip
REQUIRED_PARAMETERS = ("mortality.level",)
SUM_TOLERANCE = 1e-3
FEWEST_CHILDREN, MOST_CHILDREN = 0.7, 4.0
SHORTEST_LIFE, LONGEST_LIFE = 65.0, 95.0
Tables = Mapping[str, Table]


def missing_resources(description: Mapping[str, Any]) -> list[Problem]:
    """Tables and names that the description leaves out."""
    if not description:
        return []
    listed = {resource["name"] for resource in description["resources"]}
    missing = [name for name in TABLES if name not in listed]
    problems = [Problem(DESCRIPTION, 0, "resources", "", f"a resource named {name}") for name in missing]
    for key in ("name", "title", "title_sv"):
        if not isinstance(description.get(key), str):
            problems.append(Problem(DESCRIPTION, 0, key, "", "a text"))
    return problems


def contents(tables: Tables) -> list[Problem]:
    """Everything that spans several cells; presumes that every table has been read without a problem."""
    checks = (
        _complete,
        _ratios,
        _catchments,
        _people,
        _listed,
        _beds,
        _staff,
        _shares,
        _ranges,
        _fractions,
        _plausible,
        _required,
    )
    return [problem for check in checks for problem in check(tables)]


def _complete(tables: Tables) -> Iterable[Problem]:
    """Tables that must hold every combination of their keys once, in order, since they become arrays."""
    places, ages = tables["municipalities"]["municipality"], range(AGES)
    fertile = range(min(tables["fertility"]["age"]), max(tables["fertility"]["age"]) + 1)
    steps = list(dict.fromkeys(tables["education"]["age_from"]))
    wanted: dict[str, dict[str, Sequence[Any]]] = {
        "catchments": {"municipality": places},
        "mortality": {"sex": SEXES, "age": ages},
        "fertility": {"age": fertile},
        "education": {"sex": SEXES, "age_from": sorted({0, *steps}), "education": EDUCATIONS},
        "education_mortality": {"sex": SEXES, "education": EDUCATIONS},
        "rub_by_age": {"age_group": AGE_GROUPS, "rub": RUB_BANDS},
        "need_rates": {"stream": STREAMS, "age_group": AGE_GROUPS, "rub": RUB_BANDS},
    }
    for name in ("population", "population_2024", "in_migration", "out_migration"):
        wanted[name] = {"municipality": places, "sex": SEXES, "age": ages}
    for name, keys in wanted.items():
        yield from _every_combination(tables[name], keys)


def _every_combination(table: Table, keys: Mapping[str, Sequence[Any]]) -> Iterable[Problem]:
    names = " + ".join(keys)
    expected = list(itertools.product(*keys.values()))
    found = list(zip(*(table[name] for name in keys), strict=True))
    if found == expected:
        return
    for cells in Counter(expected) - Counter(found):
        yield Problem(table.file, 0, names, _said(cells) + " is missing", "every combination once")
    for cells in Counter(found) - Counter(expected):
        line = line_of(found.index(cells))
        yield Problem(table.file, line, names, _said(cells), f"the {len(expected)} combinations that exist")
    if sorted(found) == sorted(expected):
        line = line_of(next(i for i, cells in enumerate(found) if cells != expected[i]))
        yield Problem(table.file, line, names, "rows out of order", "rows sorted by " + names)


def _said(cells: Sequence[Any]) -> str:
    return " ".join(map(str, cells))


def _ratios(tables: Tables) -> Iterable[Problem]:
    """The county ratios must cover each age of each sex once."""
    table = tables["mortality_ratio"]
    for sex in ("men", "women"):
        rows = [row for row in table.rows() if row["sex"] == sex]
        covered = Counter(age for row in rows for age in range(row["age_from"], row["age_to"] + 1))
        wrong = [age for age in range(101) if covered[age] != 1]
        if wrong:
            yield Problem(table.file, 0, "age_from, age_to", f"{sex} aged {wrong[0]}", "every age in one row")


def _catchments(tables: Tables) -> Iterable[Problem]:
    """Every hospital serves somebody."""
    table = tables["hospitals"]
    for index, hospital in enumerate(table["hospital"]):
        if hospital not in tables["catchments"]["hospital"]:
            yield Problem(table.file, line_of(index), "hospital", hospital, "a hospital with a catchment")


def _by_municipality(table: Table, column: str) -> Counter[str]:
    total: Counter[str] = Counter()
    for place, count in zip(table["municipality"], table[column], strict=True):
        total[place] += count
    return total


def _people(tables: Tables) -> Iterable[Problem]:
    """The start population ends on the published total of each municipality."""
    table, counted = tables["municipalities"], _by_municipality(tables["population"], "persons")
    for index, row in enumerate(table.rows()):
        if counted[row["municipality"]] != row["population_2022"]:
            allowed = f"{counted[row['municipality']]}, the sum of population.csv"
            yield Problem(table.file, line_of(index), "population_2022", str(row["population_2022"]), allowed)


def _listed(tables: Tables) -> Iterable[Problem]:
    """Every inhabitant is listed at one centre of the own municipality."""
    table, counted = tables["health_centres"], _by_municipality(tables["population"], "persons")
    listed = _by_municipality(table, "listed")
    for place, people in counted.items():
        if listed[place] != people:
            yield Problem(table.file, 0, "listed", f"{listed[place]} in {place}", f"{people}, its population")


def _beds(tables: Tables) -> Iterable[Problem]:
    table = tables["hospitals"]
    for index, row in enumerate(table.rows()):
        if row["beds_summer"] > row["beds"]:
            summer = str(row["beds_summer"])
            yield Problem(table.file, line_of(index), "beds_summer", summer, f"up to {row['beds']}")


def _staff(tables: Tables) -> Iterable[Problem]:
    """Every unit exists and has the professions of its kind."""
    units = {
        "centre": tables["health_centres"]["centre"],
        "hospital": tables["hospitals"]["hospital"],
        "municipality": tables["municipalities"]["municipality"],
    }
    table = tables["staff"]
    found = list(zip(table["unit_kind"], table["unit"], table["profession"], strict=True))
    wanted = {(kind, unit, work) for kind in units for unit in units[kind] for work in PROFESSIONS_OF[kind]}
    for index, cells in enumerate(found):
        if cells not in wanted:
            allowed = "a unit of this kind that exists, with its professions"
            yield Problem(table.file, line_of(index), "unit", _said(cells), allowed)
    for cells in sorted(wanted - set(found)):
        yield Problem(table.file, 0, "unit", _said(cells) + " is missing", "every unit with its professions")


def _shares(tables: Tables) -> Iterable[Problem]:
    """Shares of a whole sum to one."""
    for name, keys in (("education", ("sex", "age_from")), ("rub_by_age", ("age_group",))):
        table = tables[name]
        total: dict[tuple[Any, ...], float] = {}
        for row in table.rows():
            group = tuple(row[key] for key in keys)
            total[group] = total.get(group, 0.0) + row["share"]
        for group, share in total.items():
            if abs(share - 1) > SUM_TOLERANCE:
                yield Problem(table.file, 0, "share", f"{share:g} for {_said(group)}", "a sum of 1")


def _ranges(tables: Tables) -> Iterable[Problem]:
    """A figure lies within its own range."""
    for name in ("parameters", "costs"):
        table = tables[name]
        for index, row in enumerate(table.rows()):
            low = row["value"] if math.isnan(row["low"]) else row["low"]
            high = row["value"] if math.isnan(row["high"]) else row["high"]
            if not low <= row["value"] <= high:
                allowed = f"low <= value <= high, here {row['low']:g} to {row['high']:g}"
                yield Problem(table.file, line_of(index), "value", f"{row['value']:g}", allowed)


def _fractions(tables: Tables) -> Iterable[Problem]:
    """A share is a fraction, not per cent."""
    table = tables["parameters"]
    for index, row in enumerate(table.rows()):
        if row["unit"].startswith("share") and not -1 <= row["value"] <= 1:
            yield Problem(
                table.file, line_of(index), "value", f"{row['value']:g}", "a fraction, not per cent"
            )


def _plausible(tables: Tables) -> Iterable[Problem]:
    """Rates are per person and year: a table per 1 000 gives an impossible course of life."""
    children = sum(tables["fertility"]["births_per_woman_year"])
    if not FEWEST_CHILDREN <= children <= MOST_CHILDREN:
        allowed = f"{FEWEST_CHILDREN:g} to {MOST_CHILDREN:g} children per woman in all"
        yield Problem(tables["fertility"].file, 0, "births_per_woman_year", f"{children:g}", allowed)
    table = tables["mortality"]
    for sex in SEXES:
        rates = [
            rate
            for own, rate in zip(table["sex"], table["deaths_per_person_year"], strict=True)
            if own == sex
        ]
        alive = [math.exp(-before) for before in itertools.accumulate(rates)]
        if not SHORTEST_LIFE <= sum(alive) <= LONGEST_LIFE:
            allowed = f"a life expectancy of {SHORTEST_LIFE:g} to {LONGEST_LIFE:g} years"
            yield Problem(table.file, 0, "deaths_per_person_year", f"{sum(alive):.1f} for {sex}", allowed)


def _required(tables: Tables) -> Iterable[Problem]:
    table = tables["parameters"]
    for name in REQUIRED_PARAMETERS:
        if name not in table["name"]:
            yield Problem(table.file, 0, "name", name + " is missing", "a row for it")
