"""The start population of 31 December 2022 and the migration since, worked back from the table of 2024.

`python -m calibration.backcast` rewrites population.csv, in_migration.csv, out_migration.csv and the current
level in fertility.csv of a region pack, from the tables of the pack that were read in a source.

Method. The 2024 table is survived backwards two years by municipality, sex and age, with migration taken
out, and must end on the municipality's published total of 2022. Three parts make the migration:

1. the county's level and age pattern: the gross flows of the fourth quarter of 2022 times four, and the
   published net domestic flow of 2023 with its loss at ages 19-26 and its gain from 30 on;
2. the municipality's age pattern at 16-38 (students to Kalmar, young adults out of the small municipalities),
   read from how the size of neighbouring ages in 2024 changes against the county;
3. the municipality's level, one number k each: in-migration times exp(k), out-migration times exp(-k), such
   that the published total of 2022 comes out.

The projection therefore meets the 2024 table by construction: every municipality's total and every age from
65 on; ages 0 and 1 follow from fertility, and ages 2-64 make room for them (by at most 0.4 %). The same flows
are taken to go on after 2024.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import brentq

from calibration.pack_text import pack_text
from calibration.projection import Array, Rates, expected_births, project_rates, staying, surviving_arrivals
from scenarios.strategies.defaults import HOME_REGION
from simulator.region.axes import AGES, SEXES
from simulator.region.pack import (
    MORTALITY_LEVEL,
    by_age,
    by_place_sex_age,
    load_published,
    mortality_of,
    regions_folder,
)
from simulator.region.table_schema import Table, TableProblem, read_description, read_tables

BACK_YEARS = 2
QUARTERS = 4
RETIREMENT_AGE = 65
ROUNDS = 8
WINDOW = 5  # ages taken together where the single ages of a small municipality are too few
YOUNG_ADULTS = range(16, 39)
# Out-migration by age: the Rogers-Castro form, children with their parents, a peak after school, a floor.
CHILDREN, CHILDREN_FALL = 0.04, 0.10
PEAK, PEAK_AGE, PEAK_FALL, PEAK_RISE = 0.16, 20.5, 0.13, 0.5
FLOOR = 0.008
# Net flows by age. The loss at 19-26 is published; "generally positive from 30" has no size in the source,
# and 180 persons a year for the loss of 791 in Kalmar is assumed; what is left of the published net falls at
# 0-18 and 27-29. Foreign net migration is assumed to be families and working ages.
GAIN_30_PLUS, FOR_LOSS = 180.0, 791.0
FOREIGN_SHARE = {(0, 18): 0.30, (19, 26): 0.25, (27, 29): 0.10, (30, 84): 0.35}
LEVEL_BOUND = 1.0  # flows up to e times the pattern; more would not be migration but an error in a total


def backcast(tables: Mapping[str, Table]) -> tuple[Array, Rates]:
    """The population [M, 2, 101] of 31 December 2022 (fractions of persons) and the yearly rates since.

    Raises ValueError when no level of migration leads from the published totals to the 2024 table.
    """
    table_2024 = by_place_sex_age(tables["population_2024"], "persons")
    aim = table_2024
    for _ in range(ROUNDS):
        population, rates = _backcast_to(aim, tables)
        infants = project_rates(population, rates, BACK_YEARS).population[-1, ..., :BACK_YEARS]
        aim = _making_room(table_2024, infants)
    return population, rates


def _backcast_to(aim: Array, tables: Mapping[str, Table]) -> tuple[Array, Rates]:
    published = load_published(tables)
    totals = np.array(tables["municipalities"]["population_2022"], dtype=np.float64)
    mortality = mortality_of(tables, parameter(tables, MORTALITY_LEVEL))
    inflow, outflow = migration_pattern(aim, published)
    level = _migration_level(aim, totals, mortality, inflow, outflow)
    flows = _at_level(inflow, outflow, level)
    population = survive_backwards(aim, _without_births(mortality, flows), BACK_YEARS)
    shape = by_age(tables["fertility"], "births_per_woman_year_2011_2015")
    rates = Rates(mortality, shape, *flows, parameter(tables, "births.share_boys"))
    scale = published["births_2023"] / expected_births(population, rates).sum()
    return population, replace(rates, fertility=shape * scale)


def _without_births(mortality: Array, flows: tuple[Array, Array]) -> Rates:
    return Rates(mortality, np.zeros(AGES), *flows, share_boys=0.5)


def _making_room(people: Array, infants: Array) -> Array:
    """The table [M, 2, 101] with ages 2-64 moved so that municipalities keep their totals with these infants.

    One curve of fertility gives some municipalities (Kalmar with its students) more children than they have;
    without this the whole municipality would be off by that much (0.3 % at most).
    """
    aim = people.copy()
    adults = slice(BACK_YEARS, RETIREMENT_AGE)
    excess = (infants - people[..., :BACK_YEARS]).sum((1, 2))
    aim[..., adults] *= 1 - (excess / people[..., adults].sum((1, 2)))[:, None, None]
    return aim


def parameter(tables: Mapping[str, Table], name: str) -> float:
    """A value of the parameter register."""
    register = tables["parameters"]
    return float(register["value"][register["name"].index(name)])


def migration_pattern(people: Array, published: Mapping[str, float]) -> tuple[Array, Array]:
    """In-migration (persons a year) and out-migration (rates), [M, 2, 101], before the municipal levels."""
    county = people.sum(0)
    ages = np.arange(AGES)
    out_shape = CHILDREN * np.exp(-CHILDREN_FALL * ages) + FLOOR
    rise = np.exp(-PEAK_RISE * (ages - PEAK_AGE))
    out_shape += PEAK * np.exp(-PEAK_FALL * (ages - PEAK_AGE) - rise)
    gross_in, gross_out = _gross_flows(published)
    rate = out_shape * gross_out / (out_shape * county).sum()
    incoming = _with_net(rate * county, _net_by_age(published))
    incoming *= gross_in / incoming.sum()
    weight = people.sum((1, 2)) / people.sum()
    pattern = _local_growth(people)
    inflow = weight[:, None, None] * incoming + np.maximum(pattern, 0) * people
    outflow = np.broadcast_to(rate, people.shape) + np.maximum(-pattern, 0)
    return inflow, outflow


def _gross_flows(published: Mapping[str, float]) -> tuple[float, float]:
    """Persons a year into and out of the county; the fourth quarter stands for a quarter of the year."""
    incoming = published["domestic_in_migration_2022_q4"] + published["immigration_2022_q4"]
    foreign_net = published["immigration_2022_q4"] - published["emigration_2022_q4"]
    net = published["net_domestic_migration_2023"] + QUARTERS * foreign_net
    return QUARTERS * incoming, QUARTERS * incoming - net


def _net_by_age(published: Mapping[str, float]) -> dict[tuple[int, int], float]:
    """Net persons a year by span of ages."""
    students = published["net_domestic_migration_2023_ages_19_26"]
    older = GAIN_30_PLUS * -students / FOR_LOSS
    rest = published["net_domestic_migration_2023"] - students - older
    domestic = {(0, 18): 0.8 * rest, (19, 26): students, (27, 29): 0.2 * rest, (30, 84): older}
    foreign = QUARTERS * (published["immigration_2022_q4"] - published["emigration_2022_q4"])
    return {span: net + FOREIGN_SHARE[span] * foreign for span, net in domestic.items()}


def _with_net(outgoing: Array, net: Mapping[tuple[int, int], float]) -> Array:
    """In-migration by sex and age: the out-migration of each span of ages, raised by the span's net flow."""
    factor = np.ones(AGES)
    for (first, last), persons in net.items():
        factor[first : last + 1] += persons / outgoing[:, first : last + 1].sum()
    return outgoing * _smoothed(factor)


def _smoothed(values: Array) -> Array:
    """Means over WINDOW neighbouring ages along the last axis, the ends repeated."""
    half = WINDOW // 2
    edges = [(0, 0)] * (values.ndim - 1) + [(half, half)]
    padded = np.pad(values, edges, mode="edge")
    mean: Array = np.lib.stride_tricks.sliding_window_view(padded, WINDOW, axis=-1).mean(-1)
    return mean


def _local_growth(people: Array) -> Array:
    """Yearly net rate [M, 1, 101] at which a municipality gains young adults of an age against the county."""
    young = slice(YOUNG_ADULTS[0] - 1, YOUNG_ADULTS[-1] + 1)  # of the oldest a small region may have none
    local, county = (np.log(_smoothed(each)[..., young]) for each in (people.sum(1), people.sum((0, 1))))
    pattern = np.zeros((people.shape[0], 1, AGES))
    pattern[:, 0, np.array(YOUNG_ADULTS)] = np.diff(local, axis=-1) - np.diff(county)
    return pattern


def _at_level(inflow: Array, outflow: Array, level: Array) -> tuple[Array, Array]:
    factor = np.exp(level)[:, None, None]
    return inflow * factor, outflow / factor


def _migration_level(people: Array, totals: Array, mortality: Array, inflow: Array, outflow: Array) -> Array:
    """The k [M] of each municipality with which surviving `people` backwards gives `totals`."""

    def total_at(level: Array) -> Array:
        rates = _without_births(mortality, _at_level(inflow, outflow, level))
        total: Array = survive_backwards(people, rates, BACK_YEARS).sum((1, 2))
        return total

    low, high = np.full(len(totals), -LEVEL_BOUND), np.full(len(totals), LEVEL_BOUND)
    # The more moved in since, the fewer there were: the total falls as the level rises.
    if np.any(total_at(low) < totals) or np.any(total_at(high) > totals):
        raise ValueError("no level of migration leads from the totals of 2022 to the table of 2024")

    def beyond(level: float, place: int) -> float:
        return float(total_at(np.full(len(totals), level))[place] - totals[place])

    return np.array([brentq(beyond, -LEVEL_BOUND, LEVEL_BOUND, args=(place,)) for place in range(len(totals))])


def survive_backwards(people: Array, rates: Rates, years: int) -> Array:
    """The population [M, 2, 101] `years` years before; those born in between fall away, nobody is below 0."""
    stay = staying(rates)
    oldest = _oldest_split(people, stay)
    for _ in range(years):
        stayers = np.maximum(people - surviving_arrivals(rates), 0.0)
        before = np.zeros_like(people)
        before[..., : AGES - 2] = stayers[..., 1 : AGES - 1] / stay[..., : AGES - 2]
        before[..., AGES - 2 :] = stayers[..., -1:] * oldest
        people = before
    return people


def _oldest_split(people: Array, stay: Array) -> Array:
    """People of 99 and of 100+ a year ago [M, 2, 2] per person of 100+ today; ages as in the county today."""
    oldest = people.sum(0)[:, AGES - 2 :]
    oldest = np.where(oldest.sum(-1, keepdims=True) > 0, oldest, 1.0)  # where there are none, none are split
    ages = oldest / oldest.sum(-1, keepdims=True)
    split: Array = ages / (ages * stay[..., AGES - 2 :]).sum(-1, keepdims=True)
    return split


def whole_persons(population: Array, totals: Sequence[int]) -> Array:
    """Fractions to whole persons [M, 2, 101] with the given totals [M]: the largest remainders go up."""
    flat = population.reshape(len(totals), -1)
    whole = np.floor(flat)
    for place, total in enumerate(totals):
        lacking = int(total - whole[place].sum())
        whole[place, np.argsort(whole[place] - flat[place], kind="stable")[:lacking]] += 1
    return whole.reshape(population.shape)


def write_tables(folder: Path) -> None:
    """Rewrite the derived tables of the pack in `folder`; the derived files themselves need not exist yet."""
    problems: list[TableProblem] = []
    tables = read_tables(folder, read_description(folder, problems), problems)
    population, rates = backcast(tables)
    people = whole_persons(population, tables["municipalities"]["population_2022"])
    places = tables["municipalities"]["municipality"]
    _write(folder / "population.csv", "persons", _cells(places, people, 0))
    _write(folder / "in_migration.csv", "persons_per_year", _cells(places, rates.in_migration, 4))
    _write(folder / "out_migration.csv", "departures_per_person_year", _cells(places, rates.out_migration, 6))
    _write_fertility(folder / "fertility.csv", tables["fertility"], rates.fertility)


def _cells(places: Sequence[str], values: Array, decimals: int) -> Iterable[tuple[str, str, int, str]]:
    for place, name in enumerate(places):
        for sex, label in enumerate(SEXES):
            for age in range(AGES):
                yield name, label, age, f"{values[place, sex, age]:.{decimals}f}"


def _write(path: Path, column: str, rows: Iterable[Sequence[object]]) -> None:
    write_rows(path, ("municipality", "sex", "age", column), rows)


def _write_fertility(path: Path, table: Table, rates: Array) -> None:
    observed = table["births_per_woman_year_2011_2015"]
    rows = [(age, f"{was:.6f}", f"{rates[age]:.6f}") for age, was in zip(table["age"], observed, strict=True)]
    write_rows(path, tuple(table.columns), rows)


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One CSV file of a pack: UTF-8, comma, line feed."""
    path.write_bytes(pack_text(header, rows).encode())


def main() -> None:
    """Command line: rewrite the derived tables of one pack."""
    parser = argparse.ArgumentParser(description="Rewrite the derived tables of a region pack.")
    parser.add_argument("--pack", type=Path, default=regions_folder() / HOME_REGION, help="the pack's folder")
    write_tables(parser.parse_args().pack)


if __name__ == "__main__":
    main()
