"""Both natural experiments in the simulator, beside what the Norwegian studies found.

`python -m calibration.experiments [--replications 10]` makes docs/experiment.md and its chart: GPs who leave and the
people they had, and years with the same GP across people. It says too which share of the association the Norwegian
experiment implies, told again in a county with Norway's continuity.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np

from calibration.experiments.exits import exits_of
from calibration.experiments.page import CHART_FILE, EXPERIMENT_PAGE, Experiments, chart, page
from calibration.experiments.years import years_of
from scenarios.strategies.defaults import HOME_REGION
from simulator.core.fields import Array
from simulator.region.pack import load_region

NORWEGIAN = {
    "primary_care.named_gp_share": 1.0, "primary_care.own_gp_booking_share": 1.0, "continuity.start_own_share": 0.8,
    "primary_care.planned_target_days": 21.0, "home_nursing.permanent_gp_share": 1.0,
}  # fmt: skip
"""The county with everybody named a GP and booked with that one where at all possible: usual provider some 0.77."""
EFFECTS = tuple(f"continuity.causal_share_{name}" for name in ("emergency", "admission", "death"))
TRIED = 0.5
"""Causal share with which the effect of an exit is told again; an effect of nothing is the other."""


def main(words: Sequence[str] | None = None) -> None:
    """Command line: run both experiments and write the page and its chart."""
    parser = argparse.ArgumentParser(description="Natural experiments in the simulator, beside the Norwegian ones.")
    parser.add_argument("--replications", type=int, default=10, help="seeds of each run, 1 to this")
    seeds = range(1, parser.parse_args(words).replications + 1)
    nothing, half = (dict.fromkeys(EFFECTS[:2], share) for share in (0.0, TRIED))
    with ProcessPoolExecutor() as workers:

        def over_seeds(experiment: Callable[[int], Array]) -> Array:
            return np.array(list(workers.map(experiment, seeds)))

        results = Experiments(
            exits=over_seeds(partial(exits_of, {}, True)),
            vacant=over_seeds(partial(exits_of, {}, False)),
            without_effect=over_seeds(partial(exits_of, NORWEGIAN | nothing, True)),
            half_effect=over_seeds(partial(exits_of, NORWEGIAN | half, True)),
            years=over_seeds(partial(years_of, {})),
            years_without_effect=over_seeds(partial(years_of, dict.fromkeys(EFFECTS, 0.0))),
            tried=TRIED,
            shares={name: load_region(HOME_REGION).parameters[name] for name in EFFECTS},
        )
    EXPERIMENT_PAGE.write_text(page(results), encoding="utf-8")
    CHART_FILE.write_text(chart(results), encoding="utf-8")


if __name__ == "__main__":
    main()
