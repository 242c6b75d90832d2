"""Many runs as one dataset: dimensions scenario and replication in front, provenance in the attributes.

Draws of parameters stand beside them as two variables: `drawn[indicator, scenario, draw, year]`, the headline
figures alone so that memory and file stay small, and `drawn_parameter[draw, parameter]`, what was drawn.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
import xarray as xr

from scenarios.running.runner import Outcome, Run, replication_seed
from scenarios.strategies.scenario import scenario_hash


class MissingRunError(RuntimeError):
    """A dataset was asked for with runs missing; they are never filled in."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a dataset says about how it came to be, beside what `Run` knows.

    `budgets` holds what is to be told of each scenario that has a budget (scenarios.strategies.budget).
    """

    code_version: str
    created: str
    command: str
    labels: Mapping[str, str]
    budgets: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def complete(run: Run, outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Return the replications and draws in which every scenario finished: only they can be compared in pairs."""
    names = {name for name, _ in run.scenarios}
    return tuple(outcome for outcome in outcomes if outcome.datasets.keys() == names)


def assemble(run: Run, outcomes: Sequence[Outcome], provenance: Provenance) -> xr.Dataset:
    """Put runs together as one Dataset with leading dimensions scenario and replication.

    Raises MissingRunError when a scenario is missing in a replication or nothing was run, and ValueError when
    the runs do not have the same variables, dimensions, types and coordinates.
    """
    draws = [outcome for outcome in outcomes if outcome.drawn]
    outcomes = [outcome for outcome in outcomes if not outcome.drawn]
    if not outcomes or len(complete(run, [*outcomes, *draws])) < len(outcomes) + len(draws):
        raise MissingRunError("every scenario must have finished in every replication")
    names = [name for name, _ in run.scenarios]
    dataset = grid([[outcome.datasets[name] for outcome in outcomes] for name in names])
    numbers = [outcome.replication for outcome in outcomes]
    dataset = dataset.assign_coords(coordinates(run, numbers, provenance))
    dataset.attrs = attributes(run, numbers, provenance)
    return dataset.assign(_with_draws(draws, dataset)) if draws else dataset


def _with_draws(draws: Sequence[Outcome], dataset: xr.Dataset) -> dict[str, xr.DataArray]:
    """Return the headline figures and the parameters of the draws, with the scenarios and years of `dataset`."""
    names = dataset["scenario"].values.tolist()
    alike([outcome.datasets[name] for outcome in draws for name in names])
    rows = [_stack([outcome.datasets[name] for outcome in draws], "draw") for name in names]
    figures = _stack(rows, "scenario").to_dataarray("indicator").reindex(year=dataset["year"])
    figures = figures.assign_coords(scenario=dataset["scenario"].reset_coords(drop=True))
    return drawn_variables(figures, {outcome.replication: outcome.parameters for outcome in draws})


def drawn_variables(figures: xr.DataArray, parameters: Mapping[int, Mapping[str, float]]) -> dict[str, xr.DataArray]:
    """Return figures [indicator, scenario, draw, year] of draws, and their parameters by number, as variables."""
    numbers = _coordinate("draw", list(parameters), "draw, of the replication's seed", "Dragning")
    names = list(next(iter(parameters.values())))
    values = np.array([[drawn[name] for name in names] for drawn in parameters.values()])
    return {
        "drawn": figures.assign_coords(draw=numbers).assign_attrs(
            long_name="headline figures under drawn parameters", label_sv="Mått med dragna antaganden"
        ),
        "drawn_parameter": xr.DataArray(
            values.reshape(len(parameters), len(names)),
            {"draw": numbers, "parameter": names},
            ("draw", "parameter"),
            attrs={"long_name": "parameters as drawn", "label_sv": "Dragna antaganden"},
        ),
    }


def alike(datasets: Sequence[xr.Dataset]) -> None:
    """Refuse runs that differ in shape, which concatenation would paper over with NaN."""
    first = _shape(datasets[0])
    for dataset in datasets[1:]:
        if _shape(dataset) != first:
            raise ValueError("the runs do not have the same variables, dimensions and types")


def _shape(dataset: xr.Dataset) -> dict[str, tuple[object, ...]]:
    return {str(name): (array.dims, array.shape, array.dtype) for name, array in dataset.variables.items()}


def grid(rows: Sequence[Sequence[xr.Dataset]]) -> xr.Dataset:
    """Put runs [scenario][replication] together, each variable in one step: their copies would be gigabytes."""
    first, every = rows[0][0], [dataset for row in rows for dataset in row]
    alike(every)
    if any(not first.coords.to_dataset().equals(dataset.coords.to_dataset()) for dataset in every[1:]):
        raise ValueError("the runs do not have the same coordinates")
    variables = {}
    for name, array in first.data_vars.items():
        values = np.empty((len(rows), len(rows[0]), *array.shape), array.dtype)
        for i, row in enumerate(rows):
            for j, dataset in enumerate(row):
                values[i, j] = dataset[name].values
        variables[name] = (("scenario", "replication", *array.dims), values, array.attrs)
    return xr.Dataset(variables, first.coords, first.attrs)


def _stack(datasets: Sequence[xr.Dataset], dimension: str) -> xr.Dataset:
    return xr.concat(
        datasets,
        dim=dimension,
        data_vars="all",
        coords="minimal",
        join="exact",
        combine_attrs="override",
        compat="equals",
    )


def coordinates(run: Run, numbers: Sequence[int], provenance: Provenance) -> dict[str, xr.DataArray]:
    """Return the labels of scenarios and replications: names, labels, hashes, numbers and seeds."""
    names = [name for name, _ in run.scenarios]
    horizon = run.until - timedelta(days=1)
    hashes = [scenario_hash(changes, run.region_digest, horizon) for _, changes in run.scenarios]
    return {
        "scenario": _coordinate("scenario", names, "scenario", "Scenario"),
        "replication": _coordinate("replication", numbers, "replication number", "Replikation"),
        "scenario_label": _coordinate(
            "scenario",
            [provenance.labels.get(name, name) for name in names],
            "label of the scenario",
            "Scenario",
        ),
        "scenario_hash": _coordinate("scenario", hashes, "SHA-256 of what the scenario changes", "Kontrollsumma"),
        "seed": _coordinate(
            "replication",
            np.array([replication_seed(run.base_seed, number) for number in numbers], np.int64),
            "seed of the replication",
            "Frö",
        ),
    }


def _coordinate(dimension: str, values: object, long_name: str, label_sv: str) -> xr.DataArray:
    return xr.DataArray(values, dims=dimension, attrs={"long_name": long_name, "label_sv": label_sv})


def attributes(run: Run, numbers: Sequence[int], provenance: Provenance) -> dict[str, object]:
    """Return what a dataset of a run says of how it came to be; replications that are not in `numbers` failed."""
    missing = sorted(set(range(1, run.replications + 1)) - set(numbers))
    return {
        "title": "Nära vård 2030",
        "region": run.region,
        "region_digest": run.region_digest,
        "horizon": (run.until - timedelta(days=1)).isoformat(),
        "base_seed": run.base_seed,
        "code_version": provenance.code_version,
        "created": provenance.created,
        "command": provenance.command,
        "failed_replications": json.dumps(missing),
        "parameter_draws": run.parameter_draws,
        "budgets": json.dumps(provenance.budgets, ensure_ascii=False),
    }
