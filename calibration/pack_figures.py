"""The figures that a table of a region pack comes to, and whether a slip changes one of them.

The sum of a column, and of its rows of one municipality, sex, stream, band of age or of RUB; rates are weighted by the
people whom they are for. A row that stands for itself is a figure of its own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from simulator.region.axes import AGE_GROUP_START, AGE_GROUPS, AGES, SEXES
from simulator.region.table_schema import Table

MATTERS = 0.05
Tables = Mapping[str, Table]
FloatArray = npt.NDArray[np.float64]
OF_THEIR_OWN = (
    "municipalities", "health_centres", "hospitals", "wards", "staff", "municipal_care", "conditions", "parameters",
    "costs", "footprints", "followup_board", "published_totals", "home_nursing_gp", "medication_reviews",
    "mortality_ratio", "education_mortality", "staff_ages", "season", "acute_care", "catchments",
)  # fmt: skip
"""Tables whose every row is a figure."""
BANDS = (0, 20, 65, 80)
HOUR_BANDS = (0, 7, 12, 17)


def changed(tables: Tables, name: str, after: Table, columns: Sequence[str]) -> bool:
    """Whether a table after a slip gives any figure of these columns that differs by more than the tolerance."""
    before = tables[name]
    if len(before) != len(after):
        return True
    groups, weights = _groups(name, before), _weights(tables, name)
    for column in columns:
        old, new = before[column], after[column]
        if not old or isinstance(old[0], str):
            if old != new:
                return True
            continue
        if _differs(name, (np.array(old, float), np.array(new, float)), groups, weights):
            return True
    return False


def _differs(
    name: str, columns: tuple[FloatArray, FloatArray], groups: Sequence[Sequence[object]], weights: FloatArray
) -> bool:
    old, new = columns
    if (np.isnan(old) != np.isnan(new)).any():
        return True
    old, new = np.nan_to_num(old), np.nan_to_num(new)
    if name == "arrival_hours":
        old, new = (each / max(each.sum(), 1e-12) for each in (old, new))
    return any(_sums_differ(old * weights, new * weights, group) for group in groups)


def _sums_differ(old: FloatArray, new: FloatArray, group: Sequence[object]) -> bool:
    sums: dict[object, list[float]] = {}
    for key, was, becomes in zip(group, old.tolist(), new.tolist(), strict=True):
        both = sums.setdefault(key, [0.0, 0.0])
        both[0] += was
        both[1] += becomes
    return any(not math.isclose(a, b, rel_tol=MATTERS, abs_tol=1e-12) for a, b in sums.values())


def _groups(name: str, table: Table) -> list[Sequence[object]]:
    """For each way to sum, the group of each row."""
    if name in OF_THEIR_OWN:
        return [range(len(table))]
    keys = [key for key in ("municipality", "sex", "stream", "age_group", "rub", "education") if key in table.columns]
    groups: list[Sequence[object]] = [[0] * len(table), *(table[key] for key in keys)]
    if "age" in table.columns:
        bands = [sum(age >= start for start in BANDS) for age in table["age"]]
        groups += [bands, *(list(zip(table[key], bands, strict=True)) for key in keys)]
    if "hour" in table.columns:
        hours = [sum(hour >= start for start in HOUR_BANDS) for hour in table["hour"]]
        groups = [list(zip(table["stream"], hours, strict=True))]
    if "mix" in table.columns:
        groups = [
            list(zip(table["mix"], table["part"], strict=True)),
            list(zip(table["age_group"], table["mix"], table["part"], strict=True)),
        ]
    return groups


def _weights(tables: Tables, name: str) -> FloatArray:
    """The people whom each row's rate is for; 1 where a row is a count or a share of its own."""
    table, people = tables[name], _people(tables)
    if name == "mortality":
        return np.asarray(people.sum(0).ravel())
    if name == "out_migration":
        return people.ravel()
    if name == "fertility":
        return np.array([people.sum(0)[1, age] for age in table["age"]])
    if "age_group" in table.columns and name not in OF_THEIR_OWN:
        return _by_band(tables, table, people)
    return np.ones(len(table))


def _people(tables: Tables) -> FloatArray:
    return np.array(tables["population"]["persons"], float).reshape(-1, len(SEXES), AGES)


def _by_band(tables: Tables, table: Table, people: FloatArray) -> FloatArray:
    ends = (*AGE_GROUP_START[1:], AGES)
    spans = zip(AGE_GROUPS, AGE_GROUP_START, ends, strict=True)
    inhabitants = {group: float(people[..., first:end].sum()) for group, first, end in spans}
    weights = np.array([inhabitants[group] for group in table["age_group"]])
    if "rub" in table.columns:
        rub = tables["rub_by_age"]
        share = dict(zip(zip(rub["age_group"], rub["rub"], strict=True), rub["share"], strict=True))
        weights *= [share[key] for key in zip(table["age_group"], table["rub"], strict=True)]
    return weights
