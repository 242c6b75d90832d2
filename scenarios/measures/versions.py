"""Results of another version: which of their variables no figure can be worked out of."""

from __future__ import annotations

import xarray as xr

from scenarios.measures.figure import BY_CELL, OF_REGION, UNLISTED, Figure
from scenarios.measures.figures import FIGURES, Results
from scenarios.measures.grouped import LEAD

_LOOKED_AT = (OF_REGION, UNLISTED, BY_CELL)
"""Dimensions of the figures that are told of results on disk."""


def readable(dataset: xr.Dataset) -> xr.Dataset:
    """Return results without the variables of which this version can make nothing: their form is another one's.

    What is left out counts as missing from then on (`Figure.missing`), so that the rest can be told.
    """
    while suspects := _suspects(dataset):
        dataset = dataset.drop_vars(suspects)
    return dataset


def _suspects(dataset: xr.Dataset) -> set[str]:
    """Return the variables that only failing figures read; all that one reads where others can make use of them."""
    # Every run of a dataset has the same form: one tells what all of them would, whose variables may not fit in memory.
    results = Results(dataset.isel({dim: slice(0, 1) for dim in LEAD if dim in dataset.sizes}))
    figures = [each for of in _LOOKED_AT for each in FIGURES[of].values() if not each.missing(results)]
    failing = [each for each in figures if not _works(each, results)]
    sound = set().union(*(_variables(each) for each in figures if each not in failing))
    return set().union(*(_variables(each) - sound or _variables(each) for each in failing))


def _works(figure: Figure, results: Results) -> bool:
    try:
        figure.worked_out(results)
    except Exception:  # whatever another version may have written
        return False
    return True


def _variables(figure: Figure) -> set[str]:
    return {read.partition(":")[0] for read in figure.reads}
