"""Which documents are made of results: what was asked for, kept in their manifest so that they can be made again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from scenarios.documents.content import Paper
from scenarios.documents.results_read import material_of
from scenarios.documents.sheets import SHEETS
from scenarios.documents.strategy_document import strategy_document


@dataclass(frozen=True, slots=True)
class DocumentOrder:
    """What documents were asked for: of which scenarios (all for None), against which, which sheets instead.

    `of_study` tells that they are those of a study file, `own_template` that Word has a template of one's own.
    """

    scenarios: tuple[str, ...] | None = None
    baseline: str | None = None
    sheets: tuple[str, ...] = ()
    of_study: bool = False
    own_template: bool = False

    def told(self) -> dict[str, Any]:
        """Return it for a manifest."""
        return asdict(self)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> DocumentOrder:
        """Return what a manifest tells; what it does not tell is as if nothing had been asked."""
        scenarios = told.get("scenarios")
        return cls(
            None if scenarios is None else tuple(map(str, scenarios)),
            told.get("baseline"),
            tuple(map(str, told.get("sheets") or ())),
            bool(told.get("of_study")),
            bool(told.get("own_template")),
        )


def papers_of(dataset: xr.Dataset, asked: DocumentOrder, beside: Iterable[Path] = ()) -> list[Paper]:
    """Return the documents of results that no study file describes; `beside` are files that may hold strategies.

    Raises InputError when nothing can be told of the results.
    """
    material = material_of(dataset, asked.scenarios, asked.baseline, beside)
    return [SHEETS[kind](material) for kind in asked.sheets] if asked.sheets else [strategy_document(material)]
