"""Other regions that could be: larger or smaller, older or younger, sicker, worse staffed, with a hospital more.

`python -m calibration.plausible_regions` makes many from each shipped pack and prints what is refused (nothing should
be) and warned of (little should be). Every figure is moved by up to a fifth by chance, on top of what the region is.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.pack_mutations import Pack, read_pack
from simulator.region.axes import AGES, HOSPITAL_MIX, SEXES
from simulator.region.checks import contents
from simulator.region.pack import regions_folder
from simulator.region.plausible.check import implausible
from simulator.region.plausible.finding import Finding
from simulator.region.table_schema import Table

FloatArray = npt.NDArray[np.float64]
Tables = dict[str, Table]
JITTER = 0.2
BY_SIZE = ("persons", "FTE", "visits per year", "births per year", "persons per year", "persons per quarter")
LOOSE = {
    "conditions": ("age_slope", "mortality_ratio", "share_among_complex"),
    "need_rates": ("needs_per_person_year",),
    "acute_care": ("admission_share", "stay_factor", "treatment_factor"),
    "care_settings": ("home_nursing", "special_housing"),
    "season": ("factor",),
    "arrival_hours": ("weight",),
    "staff_ages": ("turnover_factor",),
    "footprints": ("minutes",),
    "mortality": ("deaths_per_person_year",),
    "out_migration": ("departures_per_person_year",),
    "in_migration": ("persons_per_year",),
    "education_mortality": ("hazard_ratio",),
}
"""Columns in which every cell is moved by chance of its own."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a region is like: size, growth of cohorts a year older, illness, vacancies; drawn anew for each region."""

    size: float
    ageing: float
    illness: float
    vacancies: float
    another_hospital: bool


def drawn(chance: np.random.Generator) -> Kind:
    """A region's kind: 0.3 to 9 times the people, 30 per cent sicker or healthier, half to twice the vacancies."""
    size = float(np.exp(chance.uniform(np.log(0.3), np.log(9))))
    ageing, illness, vacancies = chance.uniform(-0.006, 0.006), chance.uniform(0.7, 1.3), chance.uniform(0.5, 2)
    return Kind(size, float(ageing), float(illness), float(vacancies), bool(chance.integers(2)))


def region_like(pack: Pack, kind: Kind, chance: np.random.Generator) -> Tables:
    """The tables of a region of this kind made from a pack; they pass all checks of sums and keys."""
    tables = {
        name: Table(table.file, {c: list(v) for c, v in table.columns.items()}) for name, table in pack.tables.items()
    }
    if kind.another_hospital:
        _add_hospital(tables)
    for copy in range(1, round(kind.size)):
        _add_centres(tables, copy)
    _people(tables, kind, chance)
    _care(tables, kind, chance)
    _rates(tables, kind, chance)
    _shares(tables, chance)
    _single(tables, kind, chance)
    return tables


def _moved(chance: np.random.Generator, count: int) -> FloatArray:
    return chance.uniform(1 - JITTER, 1 + JITTER, count)


def _people(tables: Tables, kind: Kind, chance: np.random.Generator) -> None:
    """Inhabitants: generations of another size, more or fewer old, the same generations in each table."""
    cohorts = _moved(chance, 160)
    for name, year in (("population", 2022), ("population_2024", 2024), ("population_county_2015", 2015)):
        people = np.array(tables[name]["persons"], float).reshape(-1, len(SEXES), AGES)
        born = year - np.arange(AGES) - 1900
        factor = cohorts[born % 160] * np.exp(kind.ageing * (np.arange(AGES) - 42))
        tables[name].columns["persons"][:] = np.rint(people * factor * kind.size).astype(int).ravel().tolist()
    sums = np.array(tables["population"]["persons"]).reshape(-1, len(SEXES) * AGES).sum(1).tolist()
    tables["municipalities"].columns["population_2022"][:] = sums
    _list_people(tables)


def _list_people(tables: Tables) -> None:
    centres, places = tables["health_centres"], tables["municipalities"]
    for place, people in zip(places["municipality"], places["population_2022"], strict=True):
        mine = [i for i, own in enumerate(centres["municipality"]) if own == place]
        listed = np.array([centres["listed"][i] for i in mine], float)
        whole = np.floor(listed / listed.sum() * people).astype(int)
        whole[0] += people - whole.sum()
        for index, number in zip(mine, whole.tolist(), strict=True):
            centres.columns["listed"][index] = number


def _add_centres(tables: Tables, copy: int) -> None:
    """As many centres again, with their staff: a larger region has more of them, not larger ones."""
    for name, key in (("health_centres", "centre"), ("staff", "unit")):
        table = tables[name]
        for row in [row for row in table.rows() if row.get("unit_kind", "centre") == "centre" and "--" not in row[key]]:
            for column, cells in table.columns.items():
                cells.append(f"{row[column]}--{copy}" if column in (key, "name") else row[column])


def _add_hospital(tables: Tables) -> None:
    """Half of the last hospital becomes one of its own, for the last municipality."""
    old = tables["hospitals"]["hospital"][-1]
    for name in ("hospitals", "wards", "staff"):
        key = "unit" if name == "staff" else "hospital"
        table = tables[name]
        for row in [row for row in table.rows() if row[key] == old and row.get("unit_kind", "hospital") == "hospital"]:
            for column, cells in table.columns.items():
                cells.append("nya" if column == key else "Nya sjukhuset" if column == "name" else row[column])
    tables["catchments"].columns["hospital"][-1] = "nya"
    if old not in tables["catchments"]["hospital"]:
        tables["catchments"].columns["hospital"][0] = old


def _care(tables: Tables, kind: Kind, chance: np.random.Generator) -> None:
    """Beds, places and posts in proportion to those they serve, vacancies at another level."""
    hospitals, wards = tables["hospitals"], tables["wards"]
    beds = np.maximum(np.rint(np.array(wards["beds"]) * kind.size * _moved(chance, len(wards))), 0).astype(int)
    wards.columns["beds"][:] = beds.tolist()
    total = beds.reshape(len(hospitals), -1).sum(1)
    total_before = np.array(hospitals["beds"])
    hospitals.columns["beds_summer"][:] = (
        np.maximum(np.floor(total * chance.uniform(0.65, 0.95)), 1).astype(int).tolist()
    )
    hospitals.columns["beds"][:] = total.tolist()
    places = np.maximum(np.rint(np.array(hospitals["ed_places"]) * kind.size * _moved(chance, len(hospitals))), 1)
    hospitals.columns["ed_places"][:] = places.astype(int).tolist()
    _municipal(tables, chance)
    _posts(tables, kind, chance, dict(zip(hospitals["hospital"], (total / total_before).tolist(), strict=True)))


def _municipal(tables: Tables, chance: np.random.Generator) -> None:
    care = tables["municipal_care"]
    people = np.array(tables["population"]["persons"], float).reshape(-1, len(SEXES), AGES)
    aged = people[..., 80:].sum((1, 2))
    for column, share in (("housing_places", 0.165), ("short_term_places", 0.0065)):
        values = np.rint(aged * share * _moved(chance, len(care))).astype(int)
        care.columns[column][:] = np.maximum(values, 1).tolist()
    level = 0.00064 if len(care) > 5 else 0.0045
    care.columns["receptions_per_day"][:] = (aged * level * _moved(chance, len(care))).tolist()


def _posts(tables: Tables, kind: Kind, chance: np.random.Generator, hospitals: Mapping[str, float]) -> None:
    staff, moved = tables["staff"], _moved(chance, len(tables["staff"]))
    posts = staff.columns["posts_fte"]
    ageing = np.exp(kind.ageing * 42)
    for index, row in enumerate(staff.rows()):
        own = {"centre": kind.size / max(round(kind.size), 1), "municipality": kind.size * ageing}.get(
            row["unit_kind"]
        ) or hospitals[row["unit"]]
        posts[index] = row["posts_fte"] * own * moved[index]
    vacancy = np.array(staff["vacancy"]) * kind.vacancies * _moved(chance, len(staff))
    staff.columns["vacancy"][:] = np.minimum(vacancy, 0.7).tolist()
    agency = np.array(staff["agency_share"]) * _moved(chance, len(staff))
    staff.columns["agency_share"][:] = np.minimum(agency, 1).tolist()


def _rates(tables: Tables, kind: Kind, chance: np.random.Generator) -> None:
    for name, columns in LOOSE.items():
        for column in columns:
            values = np.array(tables[name][column], float) * _moved(chance, len(tables[name]))
            if column == "persons_per_year":
                values *= kind.size
            tables[name].columns[column][:] = np.minimum(values, 1).tolist() if "share" in column else values.tolist()
    settings = tables["care_settings"]
    for column in ("home_nursing", "special_housing"):
        settings.columns[column][:] = np.minimum(settings[column], 1).tolist()
    conditions = tables["conditions"]
    for column in ("prevalence_men", "prevalence_women"):
        conditions.columns[column][:] = (
            np.array(conditions[column]) * kind.illness * _moved(chance, len(conditions))
        ).tolist()


def _shares(tables: Tables, chance: np.random.Generator) -> None:
    """Shares of a whole are moved and sum to one again."""
    for name, keys in (
        ("education", ("sex", "age_from")),
        ("rub_by_age", ("age_group",)),
        ("hospital_mix", ("age_group", "mix")),
    ):
        table = tables[name]
        values = np.minimum(np.array(table["share"]) * _moved(chance, len(table)), 1)
        groups = list(zip(*(table[key] for key in keys), strict=True))
        for group in dict.fromkeys(groups):
            mine = [i for i, own in enumerate(groups) if own == group]
            if name != "hospital_mix" or len(HOSPITAL_MIX[group[1]]) > 1:
                values[mine] /= values[mine].sum()
        table.columns["share"][:] = values.tolist()
    ages = tables["staff_ages"]
    for column in ("share_at_start", "share_of_hired"):
        values = np.array(ages[column]) * _moved(chance, len(ages))
        ages.columns[column][:] = (values / values.sum()).tolist()


def _single(tables: Tables, kind: Kind, chance: np.random.Generator) -> None:
    """Parameters and costs within their own ranges, fixed ones and the published totals as the people."""
    for name in ("parameters", "costs"):
        table = tables[name]
        for index, row in enumerate(table.rows()):
            size = kind.size if row["unit"] in BY_SIZE and "per_centre" not in row["name"] else 1.0
            for column in ("value", "low", "high"):
                table.columns[column][index] = row[column] * size
            if not np.isnan(row["low"]):
                table.columns["value"][index] = size * chance.uniform(row["low"], row["high"])
    board = tables["followup_board"]
    for index, row in enumerate(board.rows()):
        board.columns["region_value"][index] = row["region_value"] * (kind.size if row["unit"] in BY_SIZE else 1.0)
    _published(tables, kind, chance)


def _published(tables: Tables, kind: Kind, chance: np.random.Generator) -> None:
    table = tables["published_totals"]
    people = {
        name: np.array(tables[name]["persons"], float).reshape(-1, len(SEXES), AGES)
        for name in ("population", "population_2024", "population_county_2015")
    }
    rates = zip(tables["fertility"]["age"], tables["fertility"]["births_per_woman_year"], strict=True)
    births = sum(people["population"][:, 1, age].sum() * rate for age, rate in rates)
    known = {
        "population_2022": people["population"].sum(),
        "population_2023": (people["population"].sum() + people["population_2024"].sum()) / 2,
        "population_2024": people["population_2024"].sum(),
        "births_2023": births * chance.uniform(0.96, 1.04),
        "population_80_plus_2015": people["population_county_2015"][..., 80:].sum(),
    }
    for index, row in enumerate(table.rows()):
        table.columns["value"][index] = float(round(known.get(row["name"], row["value"] * kind.size)))


def findings(tables: Mapping[str, Table], exceptions: Table | None) -> list[Finding]:
    """What is said of a made-up region; raises ValueError if it does not hold together, which is a fault here."""
    faults = contents(tables)
    if faults:
        raise ValueError("\n".join(map(str, faults)))
    return implausible(tables, exceptions)


def main(given: Sequence[str] | None = None) -> None:
    """Command line: make regions from both shipped packs and count what is said of them."""
    parser = argparse.ArgumentParser(description="Make plausible regions and count what is refused or warned of.")
    parser.add_argument("--regions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2030)
    asked: Any = parser.parse_args(given)
    for name in ("kalmar", "template"):
        pack, rules, numbers = read_pack(regions_folder() / name), Counter[str](), []
        refused = 0
        for number in range(asked.regions):
            chance = np.random.default_rng([asked.seed, number])
            said = findings(region_like(pack, drawn(chance), chance), pack.exceptions)
            refused += any(finding.refused for finding in said)
            numbers.append(len(said))
            rules.update(
                {f"{f.problem.file} {f.problem.column} {f.problem.rule}" + " REFUSED" * f.refused for f in said}
            )
        print(f"\n{name}: {asked.regions} regions, {refused} refused; warnings a region: "
              f"median {np.median(numbers):g}, nine in ten at most {np.quantile(numbers, 0.9):g}")  # fmt: skip
        for rule, count in rules.most_common(25):
            print(f"  {count:4} of {asked.regions} regions: {rule}")


if __name__ == "__main__":
    main()
