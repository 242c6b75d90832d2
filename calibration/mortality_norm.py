"""How the norm of deaths drifts in today's course: what `mortality.norm_drift_*` of the pack is worked out from.

`python -m calibration.mortality_norm` simulates today's course to 2040 with the norm worked out anew every year, and
prints by decade of life how much it rises a year from the year in which strategies begin. The frail die first and
illness, housing and education part from each other, so the same excess means less from year to year; without the drift
deaths would sink below the rates that are stated. Whoever changes what moves deaths runs it and takes over the figures.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial

import numpy as np

from scenarios.strategies.defaults import HOME_REGION
from simulator import year
from simulator.core.dates import EPOCH, LAST_DATE
from simulator.core.fields import Array
from simulator.region.pack import load_region
from simulator.simulation import Simulation
from simulator.tables import NORM_DECADES

REPLICATIONS = 10


def norms(region: str, seed: int) -> Array:
    """Norm of deaths of each year from the first of strategies on, by decade of life: float64[years, decades].

    Ages of a decade have the weight of the deaths in it in the first of these years. Raises RegionError as
    `load_region` does.
    """
    year.LAST_NORMED, first = LAST_DATE.year, year.LAST_NORMED
    simulation = Simulation(load_region(region), seed)
    rates = year.through_the_year(simulation.tables.mortality)
    norm, people = [], []
    for number in range(first, LAST_DATE.year):
        simulation.run(date(number, 1, 2))
        norm.append(simulation.state.hazard / rates / year.mortality_trend(simulation.region, number))
        people.append(simulation.record.population[number - EPOCH.year].sum(axis=0))
    year.LAST_NORMED = first
    weight = people[0] * rates
    ends = (*NORM_DECADES[1:], None)
    spans = [slice(age, end) for age, end in zip(NORM_DECADES, ends, strict=True)]
    return np.array([[np.average(row[:, span], weights=weight[:, span]) for span in spans] for row in norm])


def drift(by_seed: Array) -> tuple[Array, Array]:
    """Yearly rise by decade and its standard error over replications [seeds, years, decades], float64[decades] each."""
    years = np.arange(by_seed.shape[1])
    slopes = np.array([np.polyfit(years, np.log(of_seed), 1)[0] for of_seed in by_seed])
    return np.expm1(slopes.mean(axis=0)), slopes.std(axis=0, ddof=1) / np.sqrt(len(slopes))


def main() -> None:
    """Print the drift of a region's norm by decade of life."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--region", default=HOME_REGION)
    parser.add_argument("--replications", type=int, default=REPLICATIONS)
    arguments = parser.parse_args()
    seeds = range(1, arguments.replications + 1)
    with ProcessPoolExecutor() as executor:
        by_seed = np.array(list(executor.map(partial(norms, arguments.region), seeds)))
    stated = load_region(arguments.region).parameters
    for age, rise, error in zip(NORM_DECADES, *drift(by_seed), strict=True):
        name = f"mortality.norm_drift_{age}"
        print(f"{name}: {rise:.4f} (standard error {error:.4f}); the pack has {stated[name]:g}")


if __name__ == "__main__":
    main()
