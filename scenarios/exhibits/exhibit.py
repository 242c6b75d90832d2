"""An exhibit: one chart with everything that belongs to it, alike on the screen, in a file and to a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

Spec = dict[str, Any]
Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an exhibit's table: the field of its rows, the Swedish heading, and how values are written.

    `decimals` None is text; a number is written with so many places on the screen and unrounded in files.
    `unit` and `description` are for the data dictionary.
    """

    field: str
    title: str
    decimals: int | None = None
    unit: str = ""
    description: str = ""
    sign: bool = False

    @property
    def align(self) -> Align:
        """Numbers to the right."""
        return "left" if self.decimals is None else "right"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A chart, its words, its figures and its table.

    `key` names files and widgets (a-z, 0-9, hyphens). `draw` takes whether the theme is dark and returns a Vega-Lite
    specification that has its figures in it, without one the exhibit is a table alone. `alt` says in Swedish what
    the chart shows, with its main figures. `rows` and `columns` are the table; `note` stands below the chart.
    """

    key: str
    title: str
    alt: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    draw: Callable[[bool], Spec] | None = None
    unit: str = ""
    note: str = ""
    scenarios: Sequence[str] = field(default_factory=tuple)

    def frame(self) -> pd.DataFrame:
        """Return the table with Swedish headings and unrounded numbers."""
        return pd.DataFrame(
            [[row.get(column.field) for column in self.columns] for row in self.rows],
            columns=[column.title for column in self.columns],
        )
