"""Fit the start population to the picture of December 2022: chronic, complex, home nursing, housing.

`python -m calibration.start_picture` rewrites the fitted figures of a region pack: the clustering of
conditions, the weights of the complexity score, and the shares with home nursing and in special
housing. What it fits to is in the same pack (`segment.*`, `home_nursing.patients*`,
`special_housing.share_80_plus`, `share_among_complex`). Only the start is fitted; every later year is
a result.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

from calibration.backcast import write_rows
from scenarios.strategies.defaults import HOME_REGION
from simulator.core.state import CHRONIC, HOME_NURSING, SPECIAL_HOUSING, State
from simulator.region.axes import AGE_GROUPS
from simulator.region.pack import Region, load_region
from simulator.simulation import Simulation

Array = npt.NDArray[Any]
START_SEED = 2022


def with_parameters(region: Region, values: Mapping[str, float]) -> Region:
    """Return the region with some parameters changed."""
    return replace(region, parameters=MappingProxyType(dict(region.parameters) | dict(values)))


def start(region: Region) -> State:
    """Synthesise the start population."""
    return Simulation(region, START_SEED).state


def chronically_ill(region: Region, clustering: float) -> int:
    """People with a chronic condition at the start when conditions cluster so much."""
    state = start(with_parameters(region, {"morbidity.clustering": clustering}))
    return int(((state.person["status"] & CHRONIC) != 0).sum())


def fit_clustering(region: Region) -> float:
    """Clustering at which the chronically ill of the start are as many as counted."""
    wanted = region.parameters["segment.chronic"]
    return float(brentq(lambda c: chronically_ill(region, c) - wanted, 0.3, 0.8, xtol=1e-3))


def fit_complexity(region: Region, state: State) -> tuple[Array, Array]:
    """Weights of the conditions and (score of the list's last, aged 70+, men), by Newton's method.

    What people have used stands beside them with the weight that the pack gives it. One equation each for the
    conditions whose share among the complex is known, for their number and
    for their shares of people aged 70+ and men. Other conditions keep their weight.
    """
    ill = (state.person["status"] & CHRONIC) != 0
    back, bond = state.background[ill], state.relation[ill]
    has = ((back["conditions"][:, None] >> np.arange(len(region.conditions))) & 1).astype(float)
    weights = np.array([condition.complexity_weight for condition in region.conditions])
    shares = np.array([condition.share_among_complex for condition in region.conditions])
    known = np.isfinite(shares)
    p = region.parameters
    features = np.column_stack([np.ones(len(back)), back["age"] >= 70, back["sex"] == 0, has[:, known]])
    kept = has[:, ~known] @ weights[~known]
    kept += p["complexity.use_weight"] * np.log1p(bond["used"].astype(float) + bond["used_before"])
    moments = np.array([1.0, p["segment.complex_share_70_plus"], p["segment.complex_share_men"], *shares[known]])
    theta = np.concatenate([[-9.0, 0.5, 0.3], weights[known]])
    for _ in range(300):
        chance = 1.0 / (1.0 + np.exp(-(features @ theta + kept) / p["complexity.judgement"]))
        error = moments * p["segment.complex"] - chance @ features
        slope = (features * (chance * (1.0 - chance))[:, None]).T @ features / p["complexity.judgement"]
        step = np.linalg.solve(slope, error)
        theta += step * min(1.0, 1.0 / np.abs(step).max())
    weights[known] = theta[3:]
    return weights, theta[:3]


def fit_settings(region: Region) -> tuple[Array, Array]:
    """Shares [A, 6] with home nursing and in special housing that give the counted numbers."""
    home, housing = region.home_nursing_share.copy(), region.special_housing_share.copy()
    p = region.parameters
    rest = p["home_nursing.patients"] - p["home_nursing.patients_rub_4"] - p["home_nursing.patients_rub_5"]
    for _ in range(6):
        state = start(replace(region, home_nursing_share=home, special_housing_share=housing))
        status, rub = state.person["status"], state.background["rub"]
        at_home = np.bincount(rub[(status & HOME_NURSING) != 0], minlength=6)
        old = state.background["age"] >= 80
        housed = ((status & SPECIAL_HOUSING) != 0)[old].mean()
        home[:, :4] *= rest / at_home[:4].sum()
        home[:, 4] *= p["home_nursing.patients_rub_4"] / at_home[4]
        home[:, 5] *= p["home_nursing.patients_rub_5"] / at_home[5]
        home = np.minimum(home, 0.9)
        housing = np.minimum(housing * p["special_housing.share_80_plus"] / housed, 0.9)
    return home, housing


def _rewrite(path: Path, change: Mapping[tuple[str, ...], Mapping[str, float]], keys: tuple[str, ...]) -> None:
    """Put new figures into rows of a table; `change` maps the key columns' values to columns."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for column, value in change.get(tuple(row[k] for k in keys), {}).items():
            row[column] = f"{value:.5g}"
    write_rows(path, list(rows[0]), (list(row.values()) for row in rows))


def main(folder: Path) -> None:
    """Fit and rewrite the pack in `folder`."""
    region = load_region(folder)
    clustering = fit_clustering(region)
    region = with_parameters(region, {"morbidity.clustering": clustering})
    weights, (_, old, men) = fit_complexity(region, start(region))
    home, housing = fit_settings(region)
    fitted = {
        "morbidity.clustering": clustering,
        "complexity.aged_70_plus": old,
        "complexity.men": men,
    }
    _rewrite(folder / "parameters.csv", {(k,): {"value": v} for k, v in fitted.items()}, ("name",))
    by_condition = zip(region.conditions, weights, strict=True)
    _rewrite(folder / "conditions.csv", {(c.code,): {"complexity_weight": w} for c, w in by_condition}, ("condition",))
    cells: dict[tuple[str, ...], Mapping[str, float]] = {
        (group, str(rub)): {"home_nursing": home[a, rub], "special_housing": housing[a, rub]}
        for a, group in enumerate(AGE_GROUPS)
        for rub in range(6)
    }
    _rewrite(folder / "care_settings.csv", cells, ("age_group", "rub"))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else load_region(HOME_REGION).folder)
