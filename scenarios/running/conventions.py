"""Results as the file has them: after the CF conventions, so that any program can read them and know what they are.

In memory a variable has the unit in which people count (visits, FTE, SEK) and numbers as they were computed. UDUNITS,
and with it CF, knows no such units: in the file they are dimensionless, with the unit beside (`counted_in`). Readers
in R and elsewhere hold numbers as doubles or 32-bit integers: seeds are text, counts are 32-bit integers also where
some are missing, and `computed_as` says what they were. Reading gives back what was written, bit for bit.

CF Metadata Conventions 1.11, sections 2.6 (attributes), 3.1 (units), 4.4 (time), 6.1 (labels) and 7.1 (bounds).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import xarray as xr
from xarray.backends import BackendArray
from xarray.core.indexing import ExplicitIndexer, IndexingSupport, LazilyIndexedArray, explicit_indexing_adapter

CONVENTIONS = "CF-1.11"
UNITS_OF_TIME = ("days", "hours", "minutes", "years")
COUNTED_IN, COMPUTED_AS = "counted_in", "computed_as"
_TIME = {"standard_name": "time", "axis": "T", "bounds": "month_bounds", "units_metadata": "leap_seconds: none"}
_EPOCH, _CALENDAR = "days since 2023-01-01", "proleptic_gregorian"
_LONG_NAMES = {"year": "calendar year", "age": "age in years", "rub": "resource utilisation band"}
"""Of coordinates that speak for themselves in the code."""
_OF_THE_FILE = ("Conventions", "history", "source")
_AS_TEXT = "base_seed"
"""An attribute that R would round."""
_WHOLE_COUNTS = ("persons", "deaths", "needs", "places")
"""Units of which there are no parts, also where a variable has floating point numbers because some are missing."""
_MISSING = -(2**31) + 1
_DOUBLE_HOLDS = 2**53
_COMPRESSION = {"zlib": True, "complevel": 4, "shuffle": True}

Encoding = dict[Hashable, dict[str, Any]]


def as_in_file(dataset: xr.Dataset) -> tuple[xr.Dataset, Encoding]:
    """Return a dataset as the file has it, and how its variables are written."""
    dataset = dataset.drop_encoding()
    variables = {name: _written(name, array) for name, array in dataset.variables.items() if name != "month"}
    whole = _with_bounds(dataset).assign(variables)
    whole.attrs = _attributes(dataset.attrs)
    return whole, _encoding(whole)


def as_in_memory(dataset: xr.Dataset, lazily: bool = False) -> xr.Dataset:
    """Return a dataset of a file as it was in memory when it was written; older files are as they are.

    With `lazily` the values of variables are read, and become what they were, whenever they are asked for.
    """
    dataset = dataset.drop_vars("month_bounds", errors="ignore").drop_encoding()
    changed = {
        name: _computed(name, array, lazily and name in dataset.data_vars)
        for name, array in dataset.variables.items()
        if name != "month"
    }
    whole = dataset.assign(changed)
    if "month" in whole.variables:
        whole["month"].attrs = {name: text for name, text in whole["month"].attrs.items() if _TIME.get(name) != text}
    whole.attrs = {name: value for name, value in dataset.attrs.items() if name not in _OF_THE_FILE}
    if isinstance(seed := whole.attrs.get(_AS_TEXT), str) and seed.isdecimal():
        whole.attrs[_AS_TEXT] = int(seed)
    return whole


def missing_mark(computed: np.dtype[Any], in_file: np.dtype[Any]) -> np.int32 | None:
    """Return what stands for a missing number in a file where counts with some missing are whole numbers; else None."""
    return np.int32(_MISSING) if computed.kind == "f" and in_file == np.int32 else None


# --- variables


def _written(name: Hashable, array: xr.Variable) -> xr.Variable:
    values, attributes = _plain_numbers(array), _named(name) | dict(array.attrs)
    unit = attributes.get("units")
    if unit is not None and unit not in ("1", *UNITS_OF_TIME):
        attributes |= {"units": "1", COUNTED_IN: unit}
    if values.dtype != array.dtype:
        attributes[COMPUTED_AS] = str(array.dtype)
    return xr.Variable(array.dims, values, attributes)


def _plain_numbers(array: xr.Variable) -> Any:
    """Return whole numbers as 32-bit integers where they fit and as text where a double would round them."""
    values = array.values
    if values.dtype.kind == "f" and array.attrs.get("units") in _WHOLE_COUNTS:
        return _whole_numbers(values)
    if values.dtype.kind not in "iu" or values.dtype.itemsize < 8 or not values.size:
        return values
    largest = max(abs(int(values.min())), abs(int(values.max())))
    if largest < 2**31 - 1:
        return values.astype(np.int32)
    return values if largest <= _DOUBLE_HOLDS else values.astype(str)


def _whole_numbers(values: Any) -> Any:
    """Return counts of which some may be missing as 32-bit integers; as they are where there are parts of one."""
    known = np.nan_to_num(values, nan=0.0)
    if not (np.abs(known) < 2**31 - 1).all() or (known != np.trunc(known)).any():
        return values
    return np.where(np.isnan(values), _MISSING, known.astype(np.int64)).astype(np.int32)


def _named(name: Hashable) -> dict[str, str]:
    return {"long_name": _LONG_NAMES[str(name)]} if name in _LONG_NAMES else {}


def _computed(name: Hashable, array: xr.Variable, lazily: bool) -> xr.Variable:
    attributes = {key: text for key, text in array.attrs.items() if (key, text) not in _named(name).items()}
    unit, kind = attributes.pop(COUNTED_IN, None), attributes.pop(COMPUTED_AS, None)
    if unit is not None:
        attributes["units"] = unit
    if lazily:
        return xr.Variable(array.dims, LazilyIndexedArray(_AsComputed(array, kind)), attributes)
    return xr.Variable(array.dims, array.values if kind is None else array.values.astype(kind), attributes)


class _AsComputed(BackendArray):
    """The values of a variable in a file, read part by part and given the type that they had."""

    def __init__(self, stored: xr.Variable, kind: str | None) -> None:
        self.stored, self.shape = stored, stored.shape
        self.dtype = stored.dtype if kind is None else np.dtype(kind)

    def __getitem__(self, key: ExplicitIndexer) -> Any:
        return explicit_indexing_adapter(key, self.shape, IndexingSupport.OUTER, self._read)

    def _read(self, key: tuple[Any, ...]) -> Any:
        return self.stored[key].values.astype(self.dtype, copy=False)


def _with_bounds(dataset: xr.Dataset) -> xr.Dataset:
    """Return a dataset whose months are CF's time: each with its first day and that of the next."""
    if "month" not in dataset.variables:
        return dataset
    first = dataset["month"].values
    following = (first.astype("datetime64[M]") + 1).astype(first.dtype)
    bounded = dataset.assign(month_bounds=(("month", "bound"), np.stack([first, following], axis=-1)))
    bounded["month"].attrs = {**dataset["month"].attrs, **_TIME}
    return bounded


# --- the whole


def _attributes(of_results: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return the global attributes of a file: whole numbers as any reader has them, and what CF wants to know."""
    plain = {name: np.int32(value) if _is_small(value) else value for name, value in of_results.items()}
    if _AS_TEXT in of_results:
        plain[_AS_TEXT] = str(of_results[_AS_TEXT])
    created, command = (str(of_results.get(name, "")) for name in ("created", "command"))
    source = f"naravard {of_results.get('code_version', '')}".strip()
    return {
        "Conventions": CONVENTIONS,
        **plain,
        "history": f"{created}: {command}".strip(": ") or source,
        "source": source,
    }


def _is_small(value: Any) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool) and abs(int(value)) < 2**31


def _encoding(dataset: xr.Dataset) -> Encoding:
    encoding: Encoding = {
        name: dict(_COMPRESSION) for name, array in dataset.data_vars.items() if array.dtype.kind in "iufb"
    }
    for name, array in dataset.data_vars.items():
        if array.dtype == np.int32 and str(array.attrs.get(COMPUTED_AS, "")).startswith("float"):
            encoding[name]["_FillValue"] = _MISSING
    for name in ("month", "month_bounds"):
        if name in dataset.variables:
            encoding[name] = {"units": _EPOCH, "calendar": _CALENDAR, "dtype": "int32"}
    return encoding
