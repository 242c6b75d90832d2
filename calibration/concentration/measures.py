"""The measures of two consecutive years of today's course, and the runs that give them.

People are those who live in the region when a year has begun; who dies or moves is counted until then.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from calibration.concentration.gathering import (
    beyond_poisson,
    explained,
    frequent,
    heaviest,
    negative_binomial_k,
    share_of,
    staying,
    top_share,
)
from calibration.concentration.use import LoggedYear, log_year
from simulator.core.fields import Array
from simulator.region.pack import Region
from simulator.simulation import Simulation

INDEX_YEAR = 2024
"""The year in which people are chosen; they are seen again in the next."""


def measures_of(region: Region, seed: int) -> dict[str, float]:
    """Every measure of today's course under a seed."""
    simulation, p = Simulation(region, seed), region.parameters
    simulation.run(date(INDEX_YEAR, 1, 1))
    index = log_year(simulation, INDEX_YEAR)
    after = log_year(simulation, INDEX_YEAR + 1)
    everybody = sum(p[f"segment.{name}"] for name in ("no_contact", "few_contacts", "chronic"))
    return measures(index, after, p["segment.complex"] / everybody)


def measures(index: LoggedYear, after: LoggedYear, few: float) -> dict[str, float]:
    """Every measure of two consecutive years; `few` is the share of people who are as many as those on the list."""
    index = _as_long(index, after.present.size)
    return {
        **_gathered(index),
        **_differing(index, after),
        **_remaining(index, after),
        **_few(index, after, max(round(few * int(index.present.sum())), 1)),
    }


def _as_long(year: LoggedYear, people: int) -> LoggedYear:
    """A year with nobody in the places of those who came later."""

    def longer(values: Array) -> Array:
        return np.concatenate([values, np.zeros(people - values.size, values.dtype)])

    present, listed, age, risk, use = year
    longer_use = {name: longer(values) for name, values in use.items()}
    return LoggedYear(longer(present), longer(listed), longer(age), longer(risk), longer_use)


def _gathered(year: LoggedYear) -> dict[str, float]:
    """How a year's use gathers in those who live in the region as it begins, shares in percent."""
    use, age = {name: values[year.present] for name, values in year.use.items()}, year.age[year.present]
    out = {
        f"{name}_top_{share}": 100.0 * top_share(use[name], share / 100.0)
        for name in ("cost", "whole", "bed_day")
        for share in (1, 5, 10)
    }
    for least in (4, 5):
        people, visits = frequent(use["ed_visit"], least)
        out |= {f"ed_{least}_people": 100.0 * people, f"ed_{least}_visits": 100.0 * visits}
    admitted = use["admission"] > 0
    return out | {
        "ed_5_aged": 100.0 * float((use["ed_visit"][age >= 65] >= 5).mean()),
        "admitted": 100.0 * float(admitted.mean()),
        "admissions_each": float(use["admission"].sum() / admitted.sum()),
        "gp_top_10_middle": 100.0 * top_share(use["gp_visit"][(age >= 50) & (age <= 65)], 0.1),
    }


def _differing(index: LoggedYear, after: LoggedYear) -> dict[str, float]:
    """How much those who stay the whole first year differ beyond chance: k among all, alpha within age and RUB."""
    stayed = index.present & after.present
    out = {}
    for name, kind in (("gp", "gp_visit"), ("ed", "ed_visit"), ("admission", "admission")):
        counts = index.use[kind][stayed]
        out[f"k_{name}"] = negative_binomial_k(counts)
        out[f"alpha_{name}"] = beyond_poisson(counts, index.risk[stayed].astype(np.int64))
    return out


def _remaining(index: LoggedYear, after: LoggedYear) -> dict[str, float]:
    """How far the next year's use is that of the year before, among those who live in the region in both; percent."""
    stayed = index.present & after.present
    use, later = ({name: values[stayed] for name, values in year.use.items()} for year in (index, after))
    often = use["ed_visit"] >= 5
    return {
        "ed_5_again": 100.0 * float((later["ed_visit"][often] >= 5).mean()),
        "stay_5": 100.0 * staying(use["cost"], later["cost"], 0.05),
        "stay_10": 100.0 * staying(use["cost"], later["cost"], 0.10),
        "gp_explained": 100.0 * explained(use["gp_visit"], later["gp_visit"]),
        "primary_explained": 100.0 * explained(use["primary"], later["primary"]),
        "cost_explained": 100.0 * explained(use["cost"], later["cost"]),
    }


def _few(index: LoggedYear, after: LoggedYear, number: int) -> dict[str, float]:
    """What as many as the list holds use in the year that chooses them and in the next, by how they are chosen."""
    top, whole_top = (heaviest(index.use[name], number) for name in ("cost", "whole"))
    out = _both_years("whole_top", "whole", whole_top, index, after)
    for name, group in (("top", top), ("listed", after.listed)):
        for measure, kind in (("cost", "cost"), ("bed_days", "bed_day")):
            out |= _both_years(f"{name}_{measure}", kind, group, index, after)
        remain = group & after.present
        days, later = (float(year.use["bed_day"][remain].mean()) for year in (index, after))
        out |= {f"{name}_days_each": days, f"{name}_days_each_next": later}
        out[f"{name}_change"] = 100.0 * (later / days - 1.0) if days else np.nan
    return out | _both_years("listed_whole", "whole", after.listed, index, after)


def _both_years(name: str, kind: str, group: Array, index: LoggedYear, after: LoggedYear) -> dict[str, float]:
    """A group's share of use in the year that chose it and in the next, percent."""
    return {
        name: 100.0 * share_of(index.use[kind], group),
        f"{name}_next": 100.0 * share_of(after.use[kind], group),
    }
