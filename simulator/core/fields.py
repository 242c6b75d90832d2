"""One table of all arrays: whose each is, its type, dimensions, unit and meaning.

What holds arrays (`State`, `Record`, `Tables`, `Terms`) is a dataclass whose fields are declared with `array`. Empty
arrays, checks of shapes and the kernels' view (`World`) are made from these declarations and from nothing else.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from math import prod
from typing import Any, cast

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Sizes = Mapping[str, int]
"""Length of each dimension by its name."""
_DECLARED = "array"


@dataclass(frozen=True, slots=True)
class Field:
    """An array: `dims` are names of dimensions, "a*b" is one axis that runs over a and within it over b.

    `seen` by kernels, those of a record without their month.
    """

    name: str
    owner: str
    dtype: np.dtype[Any]
    dims: tuple[str, ...]
    meaning: str
    unit: str
    seen: bool

    def shape(self, sizes: Sizes) -> tuple[int, ...]:
        """Return the lengths of the axes; raises KeyError for a dimension that `sizes` does not have."""
        return tuple(prod(sizes[name] for name in dim.split("*")) for dim in self.dims)


def array(dtype: npt.DTypeLike, dims: str, meaning: str, unit: str = "", seen: bool = False) -> Any:
    """Declare a field of a dataclass as an array with the dimensions named in `dims`."""
    return field(metadata={_DECLARED: (np.dtype(dtype), tuple(dims.split()), meaning, unit, seen)})


def fields_of(owner: type) -> tuple[Field, ...]:
    """Return the arrays that a class declares, in its order."""
    return _fields_of(cast(Hashable, owner))


@cache
def _fields_of(owner: type) -> tuple[Field, ...]:
    declared = ((f.name, f.metadata[_DECLARED]) for f in fields(owner) if _DECLARED in f.metadata)
    return tuple(Field(name, owner.__name__, *about) for name, about in declared)


def table_of(owners: Iterable[type]) -> dict[str, Field]:
    """Return the arrays of all classes by name; raises ValueError when a name has two owners."""
    table: dict[str, Field] = {}
    for each in (declared for owner in owners for declared in fields_of(owner)):
        if each.name in table:
            raise ValueError(f"{each.name} is declared by {table[each.name].owner} and by {each.owner}")
        table[each.name] = each
    return table


def zeros(owner: type, sizes: Sizes) -> dict[str, Array]:
    """Return arrays of zeros for all that a class declares, by name."""
    return {each.name: np.zeros(each.shape(sizes), each.dtype) for each in fields_of(owner)}


def check_shapes(holder: object, sizes: Sizes) -> None:
    """Raise ValueError naming every array of a holder that is not as declared; dimensions without a size may be any."""
    faults = []
    for each in fields_of(type(holder)):
        values = getattr(holder, each.name)
        if values.dtype != each.dtype or values.ndim != len(each.dims) or not _fits(each, values.shape, sizes):
            faults.append(
                f"{each.name} is {values.dtype}{list(values.shape)}, not {each.dtype}[{', '.join(each.dims)}]"
            )
    if faults:
        raise ValueError("; ".join(faults))


def _fits(declared: Field, shape: tuple[int, ...], sizes: Sizes) -> bool:
    known = (
        (length, prod(sizes[name] for name in dim.split("*")))
        for length, dim in zip(shape, declared.dims, strict=True)
        if all(name in sizes for name in dim.split("*"))
    )
    return all(length == wanted for length, wanted in known)
