"""The inhabitants: ages as in reference, generations that grow older together, births, deaths and moves that agree."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from simulator.region import texts
from simulator.region.axes import AGES, SEXES
from simulator.region.plausible import patterns
from simulator.region.plausible.cells import Held, against_profile, values
from simulator.region.plausible.finding import Finding, outside
from simulator.region.plausible.reference import profiles, totals
from simulator.region.table_schema import Table, TableProblem, line_of

FloatArray = npt.NDArray[np.float64]
Tables = Mapping[str, Table]
HEADCOUNTS = (("population", 2022), ("population_2024", 2024), ("population_county_2015", 2015))
"""Tables of inhabitants and the end of the year that each tells of."""
COHORTS = slice(0, 78)
"""Ages over which a generation is followed: those of the oldest die too fast for their size to tell."""
TREND, CLEARER = 11, 1.15
"""Ages over which a trend is taken away, and how much clearer another lag must be."""
MOVES = (("in_migration", "persons_per_year"), ("out_migration", "departures_per_person_year"))
ADULT_FROM, AGED_TO, SPAN = 20, 95, 5
LEAST_RISE = 0.95
"""Mortality of five ages against the five before, from which it is said not to rise; a tenth a year is usual."""


def people(tables: Tables) -> Iterator[Finding]:
    """Everything that is unlikely of who lives in the region."""
    for check in (_ages, _cohorts, _sexes, _growth, _deaths, _ratios, _births, _moves, _flows):
        yield from check(tables)


def counted(table: Table, column: str = "persons") -> FloatArray:
    """A complete table by municipality (if it has any), sex and age as [M, 2, 101]; it is sorted so."""
    return np.array(table[column], dtype=np.float64).reshape(-1, len(SEXES), AGES)


def _usual(name: str, file: str, column: str, row: str, figure: float, line: int = 0) -> Iterator[Finding]:
    """The finding of a total outside its range."""
    usual = totals()[name]
    if not usual.low <= figure <= usual.high:
        yield outside(file, line, column, row, name, figure, usual)


def _ages(tables: Tables) -> Iterator[Finding]:
    """Each age and sex of the region against two counties' own."""
    for name, _ in HEADCOUNTS:
        table, profile = tables[name], profiles()[name, "persons"]
        county = counted(table).sum(0)
        total = max(county.sum(), 1.0)
        cells = [
            Held(0, row, county[SEXES.index(row.split()[0]), int(row.split()[1])] / total, usual, total, total)
            for row, usual in profile.items()
        ]
        yield from against_profile(table.file, "persons", cells, alone=False)


def _cohorts(tables: Tables) -> Iterator[Finding]:
    """Big and small generations are found again as many years older as lie between two tables."""
    for (early, first), (late, last) in itertools.permutations(HEADCOUNTS, 2):
        if first < last:
            sizes = [counted(tables[name]).sum((0, 1)) for name in (early, late)]
            lag = _best_lag(sizes[0], sizes[1], last - first)
            if lag != last - first:
                file = tables[early].file
                other = tables[late].file
                said, allowed = texts.years_apart(lag), texts.generations(other, last - first)
                problem = TableProblem(file, 0, "age", said, allowed, "", texts.CAUSE_SHIFTED, "", "cohorts")
                yield Finding(problem, refused=False)


def _best_lag(early: FloatArray, late: FloatArray, expected: int) -> int:
    """The lag within two years of the expected one at which generations fit best, if it is clearly better."""
    rough = {lag: _roughness(early, late, lag) for lag in range(max(expected - 2, 0), expected + 3)}
    best = min(rough, key=lambda lag: rough[lag])
    return best if rough[expected] > CLEARER * rough[best] else expected


def _roughness(early: FloatArray, late: FloatArray, lag: int) -> float:
    """How unevenly generations grow or shrink from age to age (root mean square of logarithms about their trend)."""
    start, end = early[COHORTS], late[lag:][COHORTS]
    change = np.log((end + 0.5) / (start + 0.5))
    trend = np.convolve(change, np.ones(TREND) / TREND, mode="valid")
    half = TREND // 2
    return float(np.sqrt(np.mean((change[half:-half] - trend) ** 2)))


def _sexes(tables: Tables) -> Iterator[Finding]:
    """Most of the old are women, most of the young men."""
    for name, _ in HEADCOUNTS:
        table = tables[name]
        men, women = counted(table).sum(0)
        for total, ages, few, many in (
            ("women_share_80_plus", slice(80, AGES), women, men), ("men_share_0_39", slice(0, 40), men, women),
        ):  # fmt: skip
            share = few[ages].sum() / max(few[ages].sum() + many[ages].sum(), 1)
            usual = totals()[total]
            slack = 2 / math.sqrt(max(few[ages].sum() + many[ages].sum(), 1)) / 2
            if not usual.low - slack <= share <= usual.high + slack:
                finding = outside(table.file, 0, "sex, persons", "", total, share, usual)
                yield Finding(replace(finding.problem, cause=texts.CAUSE_SEXES), refused=False)


def _growth(tables: Tables) -> Iterator[Finding]:
    """Young and old are as many as elsewhere, and no municipality grows or shrinks as none does."""
    now, later, before = (counted(tables[name]).sum((1, 2)) for name, _ in HEADCOUNTS)
    ages = counted(tables["population"]).sum((0, 1)) / max(now.sum(), 1)
    file, places = tables["population"].file, tables["municipalities"]["municipality"]
    yield from _usual("share_80_plus", file, "persons", "", float(ages[80:].sum()))
    yield from _usual("share_0_19", file, "persons", "", float(ages[:20].sum()))
    for place, start, end in zip(places, now, later, strict=True):
        yield from _usual("growth_2022_2024", tables["population_2024"].file, "persons", place, float(end / start))
    ratio = float(now.sum() / max(before.sum(), 1))
    yield from _usual("growth_2015_2022", tables["population_county_2015"].file, "persons", "", ratio)


def _deaths(tables: Tables) -> Iterator[Finding]:
    """Lives are as long as in the country, infants die more than children, men more than women of their age."""
    table = tables["mortality"]
    rates = np.array(table["deaths_per_person_year"]).reshape(2, AGES)
    column = "deaths_per_person_year"
    for sex, own in zip(SEXES, rates, strict=True):
        alive = float(np.exp(-np.cumsum(own)).sum()) + 0.5
        yield from _usual(f"life_expectancy_{sex}", table.file, column, sex, alive)
        if own[1] > 0:
            yield from _usual("infant_for_child", table.file, column, f"{sex} 0", float(own[0] / own[1]))
    yield from _men_and_women(table.file, rates)
    for sex, own in zip(SEXES, rates, strict=True):
        yield from _rising(table.file, sex, own)


def _men_and_women(file: str, rates: FloatArray) -> Iterator[Finding]:
    usual = totals()["men_for_women_mortality"]
    men, women = rates[:, ADULT_FROM:AGED_TO].reshape(2, -1, SPAN).mean(-1)
    ratio = men / np.maximum(women, 1e-9)
    if (ratio < 1).mean() > 0.5:
        allowed = texts.MEN_DIE_MORE
        problem = TableProblem(file, 0, "deaths_per_person_year", "", allowed, "", texts.CAUSE_SEXES, "", "sexes")
        yield Finding(problem, refused=True)
        return
    for index in np.flatnonzero((ratio < usual.low) | (ratio > usual.high)):
        row = f"{ADULT_FROM + SPAN * index}-{ADULT_FROM + SPAN * index + SPAN - 1}"
        figure = float(ratio[index])
        yield outside(file, 0, "deaths_per_person_year", row, "men_for_women_mortality", figure, usual)


def _rising(file: str, sex: str, rates: FloatArray) -> Iterator[Finding]:
    """Mortality rises with age after 30, seen over five years."""
    means = rates[30:AGED_TO].reshape(-1, SPAN).mean(-1)
    for index in np.flatnonzero(means[1:] < LEAST_RISE * means[:-1]):
        row = f"{sex} {30 + SPAN * (index + 1)}-{34 + SPAN * (index + 1)}"
        said, allowed = texts.figure(float(means[index + 1])), texts.above(float(means[index]))
        problem = TableProblem(file, 0, "deaths_per_person_year", said, allowed, "", texts.CAUSE_OTHER, row, "rising")
        yield Finding(problem, refused=False)


def _ratios(tables: Tables) -> Iterator[Finding]:
    table = tables["mortality_ratio"]
    for index, row in enumerate(table.rows()):
        key = f"{row['sex']} {row['age_from']}"
        yield from _usual("mortality_ratio", table.file, "ratio", key, row["ratio"], line_of(index))


def _births(tables: Tables) -> Iterator[Finding]:
    """Children per woman, children per inhabitant, and births for the women there are."""
    table, published = tables["fertility"], _published(tables)
    for column in ("births_per_woman_year_2011_2015", "births_per_woman_year"):
        yield from _usual("children_per_woman", table.file, column, "", sum(table[column]))
    now, before = (table[column] for column in ("births_per_woman_year", "births_per_woman_year_2011_2015"))
    level = sum(now) / max(sum(before), 1e-9)
    own, then = (
        {str(age): rate for age, rate in zip(table["age"], rates, strict=True) if rate > 0}
        for rates in (now, [rate * level for rate in before])
    )
    if own and then:
        yield from patterns.shifted(table.file, "births_per_woman_year", own, then)
    women = counted(tables["population"]).sum(0)[1]
    births = sum(women[age] * rate for age, rate in zip(table["age"], table["births_per_woman_year"], strict=True))
    ratio = published["births_2023"] / max(births, 1e-9)
    yield from _usual("births_for_fertility", table.file, "births_per_woman_year", "births_2023", ratio)


def _published(tables: Tables) -> Mapping[str, float]:
    table = tables["published_totals"]
    return dict(zip(table["name"], table["value"], strict=True))


PER_PEOPLE = {
    "births_2023": "births_per_1000",
    "net_domestic_migration_2023": "net_domestic_per_1000",
    "net_domestic_migration_2023_ages_19_26": "net_domestic_19_26_per_1000",
    "domestic_in_migration_2022_q4": "domestic_in_per_1000",
    "domestic_out_migration_2022_q4": "domestic_out_per_1000",
    "immigration_2022_q4": "immigration_per_1000",
    "emigration_2022_q4": "emigration_per_1000",
}
"""Published totals that are judged by a thousand inhabitants, and the range of each."""


def _moves(tables: Tables) -> Iterator[Finding]:
    """Published totals by the people there are, and against the tables that were made from them."""
    published, table = _published(tables), tables["published_totals"]
    people = counted(tables["population"])
    total = people.sum()
    for name, usual in PER_PEOPLE.items():
        line = line_of(table["name"].index(name))
        yield from _usual(usual, table.file, "value", name, 1000 * published[name] / total, line)
    yield from _agreeing(tables, published, people)
    old = published.get("population_80_plus_2015")
    if old is not None:
        aged = counted(tables["population_county_2015"])[..., 80:].sum()
        name = "people_80_plus_2015_for_table"
        yield from _usual(name, table.file, "value", "population_80_plus_2015", old / max(aged, 1))
    if "population_2023" in published:
        ratio = published["population_2023"] / total
        yield from _usual("growth_2022_2023", table.file, "value", "population_2023", ratio)


def _agreeing(tables: Tables, published: Mapping[str, float], people: FloatArray) -> Iterator[Finding]:
    incoming = counted(tables["in_migration"], "persons_per_year").sum()
    outgoing = (counted(tables["out_migration"], "departures_per_person_year") * people).sum()
    file, column = tables["in_migration"].file, "persons_per_year"
    over_border = 4 * (published["domestic_in_migration_2022_q4"] + published["immigration_2022_q4"])
    yield from _usual("in_migration_for_published", file, column, "", float(incoming / max(over_border, 1e-9)))
    foreign = 4 * (published["immigration_2022_q4"] - published["emigration_2022_q4"])
    net = published["net_domestic_migration_2023"] + foreign
    beyond = float(1000 * (incoming - outgoing - net) / people.sum())
    yield from _usual("net_migration_for_published", file, column, "", beyond)
    ratio = published["domestic_in_migration_2022_q4"] / max(published["domestic_out_migration_2022_q4"], 1e-9)
    name = tables["published_totals"].file
    yield from _usual("in_for_out_domestic", name, "value", "domestic_in_migration_2022_q4", ratio)


def _flows(tables: Tables) -> Iterator[Finding]:
    """Moves by age in each municipality: its own level, the usual pattern."""
    people = counted(tables["population"])
    for name, column in MOVES:
        table, reference = tables[name], _reference(name, column)
        flows = counted(table, column)
        weight = people if name == "out_migration" else np.broadcast_to(people.sum((1, 2))[:, None, None], people.shape)
        for place, code in enumerate(tables["municipalities"]["municipality"]):
            own = flows[place] if name == "out_migration" else flows[place] / people[place].sum()
            yield from _of_a_place(table, column, (code, place), own, weight[place])
            moved = float((own * weight[place]).sum() / people[place].sum() * 1000)
            yield from _usual(f"{name}_per_1000", table.file, column, code, moved)
        base = np.maximum(people.sum(0), 1) if name == "out_migration" else people.sum()
        whole = (flows * (people if name == "out_migration" else 1)).sum(0) / base
        own = {f"{sex} {age}": float(whole[s, age]) for s, sex in enumerate(SEXES) for age in range(15, 45)}
        level = np.exp(np.mean([math.log(own[row] / reference[row]) for row in own if own[row] > 0] or [0.0]))
        at_level = {row: figure / level for row, figure in own.items() if figure > 0}
        yield from patterns.shifted(table.file, column, at_level, {row: reference[row] for row in own})


def _reference(name: str, column: str) -> Mapping[str, float]:
    return values(profiles()[name, column])


def _of_a_place(
    table: Table, column: str, place: tuple[str, int], own: FloatArray, people: FloatArray
) -> Iterator[Finding]:
    """Ages of one municipality that stand out from the pattern at its own level."""
    code, index = place
    usual = profiles()[table.file.removesuffix(".csv"), column]
    rows = [(row, SEXES.index(row.split()[0]), int(row.split()[1])) for row in usual]
    ratios = [math.log(own[sex, age] / usual[row].value) for row, sex, age in rows if own[sex, age] > 0]
    level = math.exp(float(np.median(ratios))) if ratios else 1.0
    first = index * len(SEXES) * AGES
    of = people if table.file == "in_migration.csv" else np.ones_like(people)
    cells = [
        Held(line_of(first + sex * AGES + age), f"{code} {row}", float(own[sex, age]),
             usual[row].scaled(level), float(people[sex, age]), float(of[sex, age]))
        for row, sex, age in rows
    ]  # fmt: skip
    yield from against_profile(table.file, column, cells, alone=False)
