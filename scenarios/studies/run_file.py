"""The runs of one task on disk: arrays in a zip file of NumPy's, whole or not there, and beside it a record.

Two files under the task's key: `KEY.npz` with every variable and what it is (`@form`), the same bytes whoever makes
them; and then `KEY.json`, which tells the checksum of the first, how the runs came to be, and what failed. netCDF
would hold the same, but takes seconds for two hundred variables, a tenth of the simulation itself.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from scenarios.measures.figure import OF_REGION
from scenarios.measures.figures import Results, table_of
from scenarios.running.assembly import grid
from scenarios.running.conventions import as_in_file
from scenarios.running.folder import write_files
from scenarios.running.runner import Outcome

RUNS = "runs"
FORM = "@form"
ZIP_LEVEL = 1
"""Of compression: higher ones take seconds more a task and save little."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What is told of the runs of a task; `failures` are (scenario, reason), the scenario "" for the whole task.

    `sha256` and `size` (bytes) are those of the file with the runs, "" and 0 where there is none. `seconds` and
    `memory` (bytes, the most that its process had) are what it took. `plain` are the `plain_types` of the runs.
    """

    key: str
    number: int
    drawn: bool
    block: int
    scenarios: tuple[str, ...]
    failures: tuple[tuple[str, str], ...]
    parameters: Mapping[str, float]
    code_version: str
    region_digest: str
    made: str
    seconds: float
    memory: int
    sha256: str = ""
    size: int = 0
    plain: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, content: Any) -> RunRecord:
        """Return a record of what its file holds; raises TypeError, KeyError or ValueError where it is not one."""
        failures = tuple((str(scenario), str(reason)) for scenario, reason in content["failures"])
        return cls(**content | {"scenarios": tuple(content["scenarios"]), "failures": failures})


def runs_of(outcome: Outcome, whole: bool) -> xr.Dataset:
    """Return the runs of an outcome: all variables if `whole`, and `indicators`, the figures of the region by year.

    The figures are worked out here, for all scenarios together: one by one takes as many times as long.
    """
    labels = {"scenario": list(outcome.datasets), "replication": [outcome.replication]}
    together = grid([[dataset] for dataset in outcome.datasets.values()]).assign_coords(labels)
    figures = table_of(Results(together), OF_REGION).reindex(year=together["year"])
    figures = figures.assign_attrs(long_name="headline figures", label_sv="Mått")
    kept = together if whole else xr.Dataset(attrs=together.attrs)
    return kept.assign({OF_REGION.variable: figures})


def packed(dataset: xr.Dataset) -> bytes:
    """Return a dataset as the bytes of a file; the same dataset gives the same bytes."""
    variables = {str(name): _array(variable) for name, variable in dataset.variables.items()}
    form = {
        "attrs": dataset.attrs,
        "coordinates": sorted(map(str, dataset.coords)),
        "variables": {
            str(name): {"dims": variable.dims, "attrs": variable.attrs} for name, variable in dataset.variables.items()
        },
    }
    files = {FORM: json.dumps(form, ensure_ascii=False).encode()}
    files |= {f"{name}.npy": _as_npy(array) for name, array in variables.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():  # with the time of no clock: the same bytes again
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, ZIP_LEVEL)
    return stream.getvalue()


def plain_types(dataset: xr.Dataset) -> dict[str, str]:
    """Return the type that a netCDF file best has for a variable, where that is not its own.

    So counts can be whole numbers there also where some are missing (`scenarios.running.conventions`).
    """
    in_file, _ = as_in_file(dataset)
    types = {str(name): (array.dtype, in_file[name].dtype) for name, array in dataset.data_vars.items()}
    return {name: str(plain) for name, (computed, plain) in types.items() if plain != computed}


def _as_npy(array: Any) -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, allow_pickle=False)
    return stream.getvalue()


def _array(variable: xr.Variable) -> Any:
    """Return the values of a variable as NumPy writes them without pickling."""
    values = np.ascontiguousarray(variable.values)
    return values if values.dtype.kind in "biufM" else values.astype(str)


def unpacked(content: bytes, only: str | None = None) -> xr.Dataset:
    """Return what a file holds, of its variables `only` one with its coordinates if told; raises ValueError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            form = json.loads(archive.read(FORM))
            names = [only, *form["variables"][only]["dims"]] if only else list(form["variables"])
            arrays = {
                name: np.lib.format.read_array(io.BytesIO(archive.read(f"{name}.npy")), allow_pickle=False)
                for name in names
                if name in form["variables"]
            }
    except (zipfile.BadZipFile, KeyError, TypeError, EOFError) as error:
        raise ValueError(f"not the runs of a task: {error}") from None
    made = {
        name: (form["variables"][name]["dims"], array, form["variables"][name]["attrs"])
        for name, array in arrays.items()
    }
    coordinates = {name: made.pop(name) for name in form["coordinates"] if name in made}
    return xr.Dataset(made, coordinates, form["attrs"])


def write_runs(record: RunRecord, content: bytes | None, folder: Path) -> None:
    """Write the runs of a task and their record to a study's folder; raises scenarios.running.folder.WriteError.

    Without `content` the record alone is written: nothing came of the task.
    """
    told = json.dumps(asdict(record), ensure_ascii=False, indent=1).encode()
    files = {} if content is None else {f"{record.key}.npz": content}
    write_files({**files, f"{record.key}.json": told}, folder / RUNS)


def read_runs(record: RunRecord, folder: Path, only: str | None = None) -> xr.Dataset:
    """Return the runs of a task from a study's folder; raises ValueError when they are not those that were written."""
    content = (folder / RUNS / f"{record.key}.npz").read_bytes()
    if hashlib.sha256(content).hexdigest() != record.sha256:
        raise ValueError(f"{record.key}.npz: not what was written")
    return unpacked(content, only)
