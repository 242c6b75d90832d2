"""Results on disk: a folder with one netCDF file and its checksum, replaced as a whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xarray as xr

from scenarios.measures.figure import OF_REGION
from scenarios.running.conventions import as_in_file, as_in_memory
from scenarios.running.folder import (
    DATA,
    MANIFEST,
    RESULTS_KIND,
    STUDY_KIND,
    STUDY_MANIFEST,
    FolderError,
    WriteError,
    check_folder,
    read_manifest,
    write_files,
)
from scenarios.text.problems import Problem, reason_sv

_ALWAYS_READ = (OF_REGION.variable, "drawn", "drawn_parameter")
"""Variables of a study that are small, and asked for again and again."""


def write_results(dataset: xr.Dataset, folder: Path) -> Path:
    """Write a dataset and its manifest to `folder` and return the path of the data file.

    The manifest goes first and accepts the old data too, so that a stop between the two moves leaves a folder
    that can be read. Raises WriteError as `write_files` does.
    """
    content = _netcdf(dataset)
    problems = check_folder(folder)
    if problems:
        raise WriteError(FolderError(problems).text())
    write_files({MANIFEST: _manifest_text(dataset, content, folder).encode(), DATA: content}, folder)
    return folder / DATA


def read_results(folder: Path) -> xr.Dataset:
    """Read the dataset of a results folder: in memory, or of a study as it is asked for.

    A study's file may be larger than memory: a variable's values are read when they are used, and not kept
    (`isel` and `sel` first, then `load`). What cannot be read of another file is left out. Raises FolderError when the
    folder holds no results, the file is not the one that was written, or nothing can be made of it.
    """
    place = str(folder)
    manifest = read_manifest(folder)
    if manifest is None and (study := read_manifest(folder, STUDY_MANIFEST, STUDY_KIND)) is not None:
        return _of_study(folder, study)
    if manifest is None:
        raise FolderError([Problem(place, "här finns inget resultat.", allowed="en mapp från naravard run --out")])
    try:
        content = (folder / DATA).read_bytes()
    except OSError as error:
        raise FolderError([Problem(f"{place}/{DATA}", f"filen går inte att läsa: {reason_sv(error)}.")]) from None
    if hashlib.sha256(content).hexdigest() not in (manifest.get("sha256"), manifest.get("previous_sha256")):
        raise FolderError([Problem(f"{place}/{DATA}", "filen är skadad eller ändrad: kör om för ett nytt resultat.")])
    try:
        return as_in_memory(_loaded(content))
    except Exception:  # whatever HDF5, a decoder or another version makes of it
        message = "filen går inte att tolka: den är från en annan version, eller trasig; kör om för ett nytt resultat."
        raise FolderError([Problem(f"{place}/{DATA}", message)]) from None


def _of_study(folder: Path, manifest: Mapping[str, Any]) -> xr.Dataset:
    """Return the dataset of a study's folder, opened but not read; raises FolderError."""
    place, told = folder / DATA, manifest.get("results") or {}
    if not told:
        message = "studien har inga resultat än: inget är klart, eller den avbröts; kör naravard study igen."
        raise FolderError([Problem(str(folder), message)])
    try:
        with place.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise FolderError([Problem(str(place), f"filen går inte att läsa: {reason_sv(error)}.")]) from None
    if found not in (told.get("sha256"), told.get("previous_sha256")):
        message = "filen är skadad eller ändrad: kör naravard study igen, så sätts den ihop på nytt."
        raise FolderError([Problem(str(place), message)])
    try:
        dataset = as_in_memory(xr.open_dataset(place, engine="h5netcdf", cache=False), lazily=True)
        small = [name for name in _ALWAYS_READ if name in dataset]
        return dataset.assign({name: dataset[name].load() for name in small})
    except Exception:  # whatever HDF5, a decoder or another version makes of it
        message = "filen går inte att tolka: den är från en annan version; kör om studien i en ny mapp."
        raise FolderError([Problem(str(place), message)]) from None


def _loaded(content: bytes) -> xr.Dataset:
    """Return what can be read of a file."""
    with xr.open_dataset(io.BytesIO(content), engine="h5netcdf") as opened:
        return opened.drop_vars([name for name, array in opened.variables.items() if not _loads(array)]).load()


def _loads(array: xr.Variable) -> bool:
    try:
        array.load()
    except Exception:  # one damaged or odd variable costs itself alone
        return False
    return True


def _manifest_text(dataset: xr.Dataset, data: bytes, folder: Path) -> str:
    content = {
        "kind": RESULTS_KIND,
        "sha256": hashlib.sha256(data).hexdigest(),
        "previous_sha256": _sha256(folder / DATA) if (folder / DATA).exists() else None,
        "scenarios": [str(name) for name in dataset["scenario"].values],
        "replications": int(dataset.sizes["replication"]),
        "attributes": {str(key): _plain(value) for key, value in dataset.attrs.items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else str(value)


def _netcdf(dataset: xr.Dataset) -> bytes:
    """Return the dataset as a compressed netCDF file, in memory: writing it is then one plain file write.

    HDF5 reports a full disk as it likes, Python's own file as an OSError.
    """
    whole, encoding = as_in_file(dataset)
    return bytes(whole.to_netcdf(engine="h5netcdf", encoding=encoding))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
