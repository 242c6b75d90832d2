"""All runs of a study as one netCDF file, `results.nc`: the same as of `naravard run`, and as large as need be.

Variables have the dimensions scenario and replication in front, and a chunk is one run: readers that are lazy
(xarray's own opening, R's ncdf4) fetch the scenarios that they want. The file is filled run by run, with no more in
memory than one task's runs.

A replication is there when every scenario finished in it. A scenario that finished in none is left out and told, so
that one that cannot be run costs the others nothing.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5netcdf
import h5py
import numpy as np
import xarray as xr

from scenarios.measures.figure import OF_REGION
from scenarios.measures.grouped import LEAD
from scenarios.running.assembly import Provenance, alike, attributes, coordinates, drawn_variables
from scenarios.running.conventions import COMPUTED_AS, as_in_file, missing_mark
from scenarios.running.folder import DATA, FolderError, WriteError
from scenarios.running.runner import Run
from scenarios.studies.ledger import Ledger
from scenarios.studies.plan import StudyTask
from scenarios.studies.run_file import RunRecord, read_runs
from scenarios.text.files import replacing
from scenarios.text.problems import Problem, reason_sv

_COMPRESSION = {"compression": "gzip", "compression_opts": 1, "shuffle": True}


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is in a study's file: scenarios, replications and draws, and the scenarios that finished in none."""

    scenarios: tuple[str, ...]
    replications: tuple[int, ...]
    draws: tuple[int, ...]
    left_out: tuple[str, ...]


def gather(ledger: Ledger, tasks: Sequence[StudyTask], command: str, code_version: str) -> Gathered | None:
    """Write the runs of tasks that are whole to `results.nc`, or nothing (None) where no replication is.

    Raises FolderError when the runs of a task are not those that were written, and WriteError.
    """
    records = ledger.done(tasks)
    found = _whole(ledger, records)
    if not found.replications:
        return None
    labels = {case.name: case.label_sv for case in ledger.plan.read.cases}
    bills = {case.name: case.bill.attributes() for case in ledger.plan.read.cases if case.bill is not None}
    provenance = Provenance(code_version, ledger.begun, command, labels, bills)
    cases = tuple(case for case in ledger.plan.read.cases if case.name in found.scenarios)
    run = ledger.plan.run(cases, max(task.number for task in tasks if not task.drawn))
    gathered = {task: record for task, record in records.items() if _is_in(task, found)}
    kept = _Kept(ledger.folder, gathered, found.scenarios)
    head = _head(run, found, provenance, kept, ledger)
    place = ledger.folder / DATA
    before = ledger.results.get("sha256")
    try:
        with replacing(place) as beside:
            _write(beside, head, found, kept)
            sha256 = _sha256(beside)
            ledger.results = {
                "sha256": sha256,
                "previous_sha256": before,
                "scenarios": found.scenarios,
                "replications": len(found.replications),
                "draws": len(found.draws),
                "left_out": found.left_out,
                "attributes": {str(name): str(value) for name, value in head.attrs.items()},
            }
            ledger.write(tasks)
    except OSError as error:
        raise WriteError(f"{place} kunde inte skrivas: {reason_sv(error)}. Det som fanns där är orört.") from error
    return found


# --- what there is


def _whole(ledger: Ledger, records: Mapping[StudyTask, RunRecord]) -> Gathered:
    """Return what can be gathered of the tasks that are there."""
    finished: dict[tuple[int, bool], set[str]] = {}
    for task, record in records.items():
        finished.setdefault((task.number, task.drawn), set()).update(record.scenarios)
    names = tuple(case.name for case in ledger.plan.read.cases)
    somewhere = set().union(*(those for (_, drawn), those in finished.items() if not drawn))
    there = tuple(name for name in names if name in somewhere)
    whole = sorted(key for key, those in finished.items() if those >= set(there))
    return Gathered(
        there,
        tuple(number for number, drawn in whole if not drawn),
        tuple(number for number, drawn in whole if drawn),
        tuple(name for name in names if name not in somewhere),
    )


def _is_in(task: StudyTask, found: Gathered) -> bool:
    return task.number in (found.draws if task.drawn else found.replications)


@dataclass(frozen=True, slots=True)
class _Kept:
    """The runs that are gathered, read one task at a time."""

    folder: Path
    records: Mapping[StudyTask, RunRecord]
    scenarios: tuple[str, ...]

    def read(self, drawn: bool) -> Iterator[tuple[StudyTask, xr.Dataset]]:
        """Yield tasks with their runs; raises FolderError when a file is not what was written."""
        for task, record in sorted(self.records.items()):
            gathered = [n for n, name in enumerate(record.scenarios) if name in self.scenarios]
            if task.drawn == drawn and gathered:
                runs = self.one(record)
                yield task, runs if len(gathered) == len(record.scenarios) else runs.isel(scenario=gathered)

    def one(self, record: RunRecord) -> xr.Dataset:
        """Return the runs of one task; raises FolderError likewise."""
        try:
            return read_runs(record, self.folder)
        except (OSError, ValueError):
            message = "filen är skadad eller ändrad; kör samma kommando igen, så görs den om."
            raise FolderError([Problem(str(self.folder / f"{record.key}.npz"), message)]) from None

    def plain(self) -> dict[str, str]:
        """Return the type in the file of each variable that all runs can have so."""
        each = [record.plain for task, record in self.records.items() if not task.drawn]
        return {name: kind for name, kind in each[0].items() if all(other.get(name) == kind for other in each)}


# --- the file


def _head(run: Run, found: Gathered, provenance: Provenance, kept: _Kept, ledger: Ledger) -> xr.Dataset:
    """Return all of the dataset that does not grow with the runs' variables: labels, attributes, draws."""
    first = next(runs for _, runs in kept.read(False))
    head = first.coords.to_dataset().drop_vars(LEAD)
    head = head.assign_coords(coordinates(run, list(found.replications), provenance))
    by_name = {case.name: case for case in ledger.plan.read.cases}
    strategies = [by_name[name].strategy.name for name in found.scenarios]
    stresses = [by_name[name].stress_name for name in found.scenarios]
    head = head.assign_coords(
        strategy=("scenario", strategies, {"long_name": "strategy of the scenario", "label_sv": "Strategi"}),
        stress_test=("scenario", stresses, {"long_name": "stress test it is put to", "label_sv": "Stresstest"}),
    )
    head.attrs = attributes(run, list(found.replications), provenance) | {"study": ledger.plan.study.name}
    if not found.draws:
        return head
    return head.assign(drawn_variables(_drawn_figures(found, kept, head), _drawn_parameters(found, kept)))


def _drawn_figures(found: Gathered, kept: _Kept, head: xr.Dataset) -> xr.DataArray:
    """Return the headline figures of the draws, [indicator, scenario, draw, year]."""
    row = {name: n for n, name in enumerate(found.scenarios)}
    column = {number: n for n, number in enumerate(found.draws)}
    table: xr.DataArray | None = None
    for task, runs in kept.read(True):
        figures = runs[OF_REGION.variable].reindex(year=head["year"]).transpose(OF_REGION.listed, *LEAD, "year")
        if table is None:
            indicators = figures[OF_REGION.listed].values
            shape = (len(indicators), len(row), len(column), head.sizes["year"])
            there = {name: head[name].reset_coords(drop=True) for name in ("scenario", "year")}
            labels = {OF_REGION.listed: indicators, **there}
            table = xr.DataArray(np.full(shape, np.nan), labels, (OF_REGION.listed, "scenario", "draw", "year"))
        if figures[OF_REGION.listed].values.tolist() != table[OF_REGION.listed].values.tolist():
            raise ValueError("the draws do not have the same figures")
        rows = [row[name] for name in runs["scenario"].values.tolist()]
        table.values[:, rows, column[task.number]] = figures.values[:, :, 0]
    assert table is not None
    return table


def _drawn_parameters(found: Gathered, kept: _Kept) -> dict[int, Mapping[str, float]]:
    by_number = {task.number: record.parameters for task, record in kept.records.items() if task.drawn}
    return {number: by_number[number] for number in found.draws}


def _write(place: Path, head: xr.Dataset, found: Gathered, kept: _Kept) -> None:
    """Write the file: the head by xarray, then the runs' variables one task after the other."""
    in_file, encoding = as_in_file(head)
    place.write_bytes(bytes(in_file.to_netcdf(engine="h5netcdf", encoding=encoding)))
    plain, first = kept.plain(), next(runs for _, runs in kept.read(False))
    row = {name: n for n, name in enumerate(found.scenarios)}
    column = {number: n for n, number in enumerate(found.replications)}
    with _Sink(place, "r+") as sink:
        with h5netcdf.File(sink, "r+") as file:
            _declare(file, dict(first.sizes) | dict(zip(LEAD, _shape(found), strict=True)), first, plain)
        with h5py.File(sink, "r+") as file:
            for task, runs in kept.read(False):
                alike([each.isel(scenario=slice(0, 1)).drop_vars(LEAD) for each in (first, runs)])
                rows = [row[name] for name in runs["scenario"].values.tolist()]
                _fill(file, runs, plain, rows, column[task.number])
                if sink.refusal is not None:
                    break
        sink.settle()


class _Sink(io.FileIO):
    """A file that never tells HDF5 that it took no more, for HDF5 crashes when it is told while it closes a file."""

    refusal: OSError | None = None

    def write(self, data: Any) -> int:
        """Write all of `data`; what went wrong is kept for `settle`."""
        rest = memoryview(data).cast("B")
        try:
            while self.refusal is None and rest:
                rest = rest[super().write(rest) :]
        except OSError as error:
            self.refusal = error
        return memoryview(data).nbytes

    def truncate(self, size: int | None = None) -> int:
        """Cut or lengthen the file."""
        try:
            return super().truncate(size)
        except OSError as error:
            self.refusal = self.refusal or error
            return size or 0

    def settle(self) -> None:
        """Have all on the disk; raises OSError when anything was not taken."""
        if self.refusal is not None:
            raise self.refusal
        os.fsync(self.fileno())


def _shape(found: Gathered) -> tuple[int, int]:
    return len(found.scenarios), len(found.replications)


def _fill(file: Any, runs: xr.Dataset, plain: Mapping[str, str], rows: list[int], column: int) -> None:
    """Write the runs of one task: a variable of neighbouring scenarios in one step, where they are neighbours."""
    in_file, _ = as_in_file(runs[[name for name in runs.data_vars if str(name) in plain]])
    together = rows == list(range(rows[0], rows[0] + len(rows)))
    for name, array in runs.data_vars.items():
        values = (in_file[name] if str(name) in plain else array).values[:, 0]
        if together:
            file[str(name)][rows[0] : rows[0] + len(rows), column] = values
            continue
        for n, at in enumerate(rows):
            file[str(name)][at, column] = values[n]


def _declare(file: Any, sizes: Mapping[Any, int], runs: xr.Dataset, plain: Mapping[str, str]) -> None:
    """Declare every variable of the runs at its full size, in chunks of one run."""
    written, _ = as_in_file(runs)
    for dim in runs.dims:
        if dim not in file.dimensions:
            file.dimensions[str(dim)] = sizes[dim]
    for name, array in runs.data_vars.items():
        is_plain = str(name) in plain
        kind = np.dtype(plain[str(name)]) if is_plain else array.dtype
        chunks, fill = (1, 1, *array.shape[2:]), missing_mark(array.dtype, kind)
        dims = tuple(map(str, array.dims))
        variable = file.create_variable(str(name), dims, kind, fillvalue=fill, chunks=chunks, **_COMPRESSION)
        for key, value in written[name].attrs.items():
            if key != COMPUTED_AS or is_plain:
                variable.attrs[str(key)] = value


def _sha256(place: Path) -> str:
    with place.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
