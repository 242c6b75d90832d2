"""What a document holds, whatever file it becomes: plain records that know no format.

Writers read these and nothing else; what is said is decided before (`scenarios.documents.strategy_document`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from scenarios.exhibits.exhibit import Exhibit
from scenarios.report.origin import Origin

ParagraphLook = Literal["body", "lead", "note"]
NativeKind = Literal["line", "bar"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text; a lead is said on slides too, a note is small."""

    text: str
    look: ParagraphLook = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """Sentences of a list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading within a section, of level 2."""

    text: str


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure that is to be seen from afar: what it is, its value with unit, and what is to be known of it."""

    label: str
    value: str
    about: str


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Key figures beside each other, at most four."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as it is read: cells are text, of which the first column heads its row.

    `shares` are the widths of columns as parts of the whole; the columns at `right` hold numbers. `data` are the same
    figures unrounded, for a workbook; without it the workbook has the texts. On slides a long table is cut unless it is
    `whole`, and without `on_slides` it is only for reading.
    """

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    right: frozenset[int] = frozenset()
    note: str = ""
    data: Exhibit | None = None
    on_slides: bool = True
    whole: bool = False


@dataclass(frozen=True, slots=True)
class NativeChart:
    """How an exhibit's rows become a chart of an office program: which fields are category, series, value, bounds.

    Bounds are "" where no interval is drawn; `unit` stands at the axis of values. `note` stands below the chart.
    """

    kind: NativeKind
    category: str
    series: str
    value: str
    low: str = ""
    high: str = ""
    decimals: int = 0
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An exhibit with a chart, and what it shows in a sentence; `native` where office programs can draw it.

    `share` is how much of the width of a page it takes. A `map` is shown as such on slides too; its native chart is for
    workbooks.
    """

    exhibit: Exhibit
    message: str
    native: NativeChart | None = None
    share: float = 1.0
    map: bool = False


Block: TypeAlias = Paragraph | Bullets | Subheading | KeyFigures | PrintedTable | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 1 with what stands below it; `own_page` begins a page and is to fit on it.

    Without `on_slides` it is for reading alone, and no slide is made of it.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    own_page: bool = False
    on_slides: bool = True


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document in Swedish.

    `name` is that of its files, without ending. With `front` it has a title page and a list of contents. `created` is
    when the results were made, and no other time: the same results give the same bytes. `foot` stands below every
    figure and table: hash, seed, data and command.
    """

    name: str
    title: str
    subtitle: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    origin: Origin
    created: datetime
    foot: str
    front: bool = True

    def pictures(self) -> Iterator[Picture]:
        """Yield every chart, in order."""
        yield from (block for section in self.sections for block in section.blocks if isinstance(block, Picture))
