"""What a region follows up beside the model: its board of indicators and its tables by municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from simulator.region.table_schema import Table

FOLLOW_UP_COLUMNS = ("total", "rub_4", "rub_5")
OF_ALL, FIRST_BAND = 0, 1
"""Places in FOLLOW_UP_COLUMNS of everybody, and of the first band of RUB."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One indicator that the region follows up, with the figures that its board printed.

    Values are in `unit`, years are calendar years; nan where nothing is printed or can be read. `kind`: derived
    (the model has it), survey (asked of people, not modelled), missing (no figure, or no part of the model).
    """

    number: int
    shift: str
    indicator: str
    label_sv: str
    unit: str
    region_value: float
    region_year: float
    country_value: float
    country_year: float
    earlier_value: float
    earlier_year: float
    good: Literal["up", "down", "neither"]
    kind: Literal["derived", "survey", "missing"]
    note: str
    source: str
    grade: str


def board_of(tables: Mapping[str, Table]) -> tuple[BoardRow, ...]:
    """The rows of the follow-up board, in the order of the board."""
    return tuple(BoardRow(**row) for row in tables["followup_board"].rows())


def completed(
    shares: npt.NDArray[np.float64], county: tuple[float, float, float], parameters: Mapping[str, float]
) -> npt.NDArray[np.float64]:
    """Shares of home-nursing patients [M, 3]: other than RUB 4 and 5, RUB 4, RUB 5; whole where the source is not.

    `shares` is as `shares_of` gives them, `county` the county's own: all, RUB 4, RUB 5. A municipality's own figure
    of all stands for a band that cannot be read, the county's for a municipality that cannot. The others have what
    leaves the figure of all as printed when patients are in the bands as in the county, as far as a share can be that.
    """
    bands = [parameters["home_nursing.patients_rub_4"], parameters["home_nursing.patients_rub_5"]]
    weight = np.array(bands) / parameters["home_nursing.patients"]
    of_all, of_bands = shares[:, OF_ALL], shares[:, FIRST_BAND:]
    unread = np.isnan(of_all)
    total = np.where(unread, county[OF_ALL], of_all)
    spare = np.where(unread[:, None], county[FIRST_BAND:], total[:, None])
    own = np.where(np.isnan(of_bands), spare, of_bands)
    others = (total - own @ weight) / (1.0 - weight.sum())
    whole: npt.NDArray[np.float64] = np.clip(np.column_stack([others, own]), 0.0, 1.0)
    return whole


def shares_of(table: Table) -> npt.NDArray[np.float64]:
    """A table by municipality as [M, 3]: all, RUB 4 and RUB 5; nan where the source cannot be read."""
    shares = np.array([table[name] for name in FOLLOW_UP_COLUMNS], dtype=np.float64).T.copy()
    shares.flags.writeable = False
    return shares
