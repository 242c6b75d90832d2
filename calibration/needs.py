"""Rates of need by stream, age group and RUB band, from stated levels by age and relative loads by band.

`python -m calibration.needs` rewrites rub_by_age.csv and need_rates.csv of a region pack. For each stream the
levels by age are scaled so that the start population reaches the county's total, and within an age group the
bands share the level by their relative load. The share of each age group by band is an ordered logit: the
thresholds give the county's assumed 30/15/20/27/6/2 %, the age shifts people upwards as they grow older.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from scipy.optimize import brentq

from calibration.backcast import write_rows
from calibration.projection import Array
from scenarios.strategies.defaults import HOME_REGION
from simulator.region.axes import AGE_GROUP_START, AGE_GROUPS, RUB_BANDS, STREAMS
from simulator.region.pack import by_place_sex_age, regions_folder
from simulator.region.table_schema import TableProblem, read_description, read_tables

# All assumptions (grade C) unless said otherwise; the shapes by age follow the usual curve of Swedish care.
RUB_SHARE = (0.30, 0.15, 0.20, 0.27, 0.06, 0.02)
RUB_SHIFT = (-0.75, -0.35, 0.10, 0.60, 0.85, 1.10, 1.40, 1.70, 1.90)
# Needs per inhabitant and year in the county: GP contacts (1.48 physician visits in primary care nationally
# in 2015, fewer since), other primary care with phone and digital, needs that go straight to an emergency
# department (56 300 of some 65 000 visits a year; the rest come by way of a health centre or return after a
# stay), visits to specialist clinics (physician visits in all care were 2.87 nationally in 2015), planned
# admissions (with a third of the emergency visits they come near the published rate of admissions).
DIRECT_VISITS, ALL_VISITS = 56_300, 65_000
LEVEL = {"gp": 1.49, "nurse": 3.6, "emergency": DIRECT_VISITS / 247_711, "specialist": 1.4, "elective": 0.0615}
BY_AGE = {
    "gp": (0.95, 0.95, 1.25, 1.70, 1.95, 2.30, 2.60, 2.80, 2.70),
    "nurse": (2.6, 2.4, 3.1, 4.6, 5.6, 7.0, 8.0, 8.5, 8.0),
    # 734 visits per 1 000 people aged 80+ is the county's own figure; the rest follows the national shape.
    "emergency": (0.235, 0.215, 0.195, 0.26, 0.33, 0.47, 0.67, 0.87, 0.98),
    "specialist": (1.3, 1.5, 1.8, 2.7, 3.2, 3.6, 3.4, 2.8, 1.9),
    "elective": (0.03, 0.06, 0.06, 0.12, 0.14, 0.16, 0.15, 0.11, 0.07),
}
BY_RUB = {
    "gp": (0.12, 0.6, 1.0, 1.8, 3.0, 4.2),
    "nurse": (0.12, 0.5, 0.9, 1.8, 3.6, 6.0),
    "emergency": (0.35, 0.7, 0.9, 1.3, 2.8, 5.0),
    "specialist": (0.10, 0.4, 0.9, 1.8, 3.8, 5.5),
    "elective": (0.10, 0.3, 0.7, 1.7, 4.5, 8.0),
}


def by_age_group(people: Array) -> Array:
    """Persons [A] of a population [M, 2, 101]."""
    counts: Array = np.add.reduceat(people.sum((0, 1)), AGE_GROUP_START)
    return counts


def rub_share_by_age(people: Array) -> Array:
    """Share [A, 6] of each age group by RUB band such that the whole population gets RUB_SHARE."""
    weight = by_age_group(people) / people.sum()
    above = 1 - np.cumsum(RUB_SHARE)[:-1]
    cuts = [_threshold(weight, share) for share in above]
    exceeding = np.column_stack([_above(cut) for cut in cuts])
    edges = np.column_stack([np.ones(len(weight)), exceeding, np.zeros(len(weight))])
    shares: Array = -np.diff(edges, axis=1)
    return shares


def _above(cut: float) -> Array:
    share: Array = 1 / (1 + np.exp(cut - np.array(RUB_SHIFT)))
    return share


def _threshold(weight: Array, share: float) -> float:
    return float(brentq(lambda cut: float(weight @ _above(cut)) - share, -20.0, 20.0, xtol=1e-14))


def need_rates(people: Array) -> Array:
    """Needs per person-year [S, A, 6] that reach LEVEL in the population [M, 2, 101]."""
    shares, counts = rub_share_by_age(people), by_age_group(people)
    return np.stack([_stream(name, shares, counts) for name in STREAMS])


def _stream(name: str, shares: Array, counts: Array) -> Array:
    by_age, load = np.array(BY_AGE[name]), np.array(BY_RUB[name])
    by_age = by_age * LEVEL[name] * counts.sum() / (by_age @ counts)
    rates: Array = by_age[:, None] * load / (shares @ load)[:, None]
    return rates


def total_needs(people: Array, shares: Array, rates: Array) -> dict[str, float]:
    """Needs a year by stream of a population [M, 2, 101] with RUB shares [A, 6] and rates [S, A, 6]."""
    totals = np.einsum("a,ar,sar->s", by_age_group(people), shares, rates)
    return dict(zip(STREAMS, totals.tolist(), strict=True))


def write_tables(folder: Path) -> None:
    """Rewrite rub_by_age.csv and need_rates.csv of the pack in `folder`; they need not exist yet."""
    problems: list[TableProblem] = []
    tables = read_tables(folder, read_description(folder, problems), problems)
    people = by_place_sex_age(tables["population"], "persons")
    shares, rates = rub_share_by_age(people), need_rates(people)
    cells = [(g, r, f"{shares[a, r]:.6f}") for a, g in enumerate(AGE_GROUPS) for r in RUB_BANDS]
    write_rows(folder / "rub_by_age.csv", ("age_group", "rub", "share"), cells)
    needs = [
        (stream, group, band, f"{rates[s, a, band]:.5f}")
        for s, stream in enumerate(STREAMS)
        for a, group in enumerate(AGE_GROUPS)
        for band in RUB_BANDS
    ]
    write_rows(folder / "need_rates.csv", ("stream", "age_group", "rub", "needs_per_person_year"), needs)


def main() -> None:
    """Command line: rewrite the tables of need of one pack."""
    parser = argparse.ArgumentParser(description="Rewrite the tables of need of a region pack.")
    parser.add_argument("--pack", type=Path, default=regions_folder() / HOME_REGION, help="the pack's folder")
    write_tables(parser.parse_args().pack)


if __name__ == "__main__":
    main()
