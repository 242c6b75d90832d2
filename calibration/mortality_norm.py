"""How the norms of deaths and needs drift in today's course: `mortality.norm_drift_*` and `lasting_need.norm_drift*`.

`python -m calibration.mortality_norm` simulates today's course to 2040 with the norms worked out anew every year, and
prints how much that of deaths rises a year by decade of life, and that of needs falls by stream, from the year in which
strategies begin. The frail die first and illness, housing and education part from each other, so the same excess means
less from year to year; without the drift deaths and needs would sink below what is stated. Whoever changes what moves
deaths or how people differ runs it and takes over the figures.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial

import numpy as np

from scenarios.strategies.defaults import HOME_REGION
from simulator import coming_year, needs
from simulator.core.dates import EPOCH, LAST_DATE
from simulator.core.fields import Array
from simulator.core.state import PRESENT
from simulator.people import demography
from simulator.region.axes import EMERGENCY, STREAMS
from simulator.region.pack import load_region
from simulator.simulation import Simulation
from simulator.tables import NORM_DECADES

REPLICATIONS = 10


def norms(region: str, seed: int) -> tuple[Array, Array]:
    """Norms of each year from the first of strategies on: of deaths by decade of life, of needs by stream.

    float64[years, decades] and float64[years, S]. Ages of a decade have the weight of the deaths in it in the first of
    these years, risks that of their needs. Raises RegionError as `load_region` does.
    """
    first = coming_year.LAST_NORMED
    coming_year.LAST_NORMED = needs.NORMED_UNTIL = LAST_DATE.year
    simulation = Simulation(load_region(region), seed)
    rates = demography.through_the_year(simulation.tables.mortality)
    norm, people, of_needs = [], [], []
    weight = np.zeros_like(simulation.tables.rates)
    for number in range(first, LAST_DATE.year):
        simulation.run(date(number, 1, 2))
        norm.append(simulation.state.hazard / rates / coming_year.mortality_trend(simulation.region, number))
        people.append(simulation.record.population[number - EPOCH.year].sum(axis=0))
        if number == first:
            person = simulation.state.person
            risks = np.bincount(person["risk"][(person["status"] & PRESENT) != 0], minlength=weight.shape[1])
            weight = simulation.tables.rates * risks
        of_needs.append((simulation.state.need_norm * weight).sum(axis=1) / weight.sum(axis=1))
    coming_year.LAST_NORMED, needs.NORMED_UNTIL = first, first
    dying = people[0] * rates
    ends = (*NORM_DECADES[1:], None)
    spans = [slice(age, end) for age, end in zip(NORM_DECADES, ends, strict=True)]
    of_deaths = [[np.average(row[:, span], weights=dying[:, span]) for span in spans] for row in norm]
    return np.array(of_deaths), np.array(of_needs)


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
        of_deaths, of_needs = (
            np.array(rows) for rows in zip(*executor.map(partial(norms, arguments.region), seeds), strict=True)
        )
    stated = load_region(arguments.region).parameters
    for age, rise, error in zip(NORM_DECADES, *drift(of_deaths), strict=True):
        name = f"mortality.norm_drift_{age}"
        print(f"{name}: {rise:.4f} (standard error {error:.4f}); the pack has {stated[name]:g}")
    for stream, rise, error in zip(STREAMS, *drift(of_needs), strict=True):
        name = f"lasting_need.norm_drift{'_emergency' if stream == STREAMS[EMERGENCY] else ''}"
        print(f"{name} ({stream}): {-rise:.4f} (standard error {error:.4f}); the pack has {stated[name]:g}")


if __name__ == "__main__":
    main()
