"""The structure matrix of a result: need, care, unmet need, staff time and money by level and mode of care."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

import xarray as xr
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scenarios.findings.compare import baseline_of
from scenarios.measures.indicator import yearly
from scenarios.statistics.intervals import interval
from scenarios.text.swedish import number

LEVELS_SV: Mapping[str, str] = {
    "health_promotion": "Hälsofrämjande", "primary_care": "Primärvård", "narsjukvard": "Närsjukvård",
    "specialised": "Specialiserad vård",
}  # fmt: skip
MODES_SV: Mapping[str, str] = {
    "self_care": "Egenvård",
    "digital": "Digitalt",
    "home": "Hemma",
    "on_site": "På plats",
}
FIGURES_SV: Mapping[str, tuple[str, int]] = {
    "needs": ("Behov", 0), "contacts": ("Vård", 0), "unmet": ("Ej mött", 0), "waiting_change": ("Kön växte", 0),
    "staff_hours": ("Tusen tim", 1), "cost": ("Mkr", 1),
}  # fmt: skip
"""What stands in each cell: needs routed to it, contacts, needs given up, turned away or gone to the emergency
department instead, what is left of needs (more people waiting), staff time, millions of SEK."""
IDLE = "idle"
"""In place of level and mode: staff time that no care took."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one cell in a scenario's year, and how it differs from the baseline (paired, 95 % interval).

    `staff_hours` is in thousands, `cost` in millions of SEK. Level and mode are `idle` for idle staff time.
    """

    scenario: str
    year: int
    care_level: str
    care_mode: str
    figure: str
    value: float
    difference: float | None
    difference_low: float | None
    difference_high: float | None


def figures_by_cell(dataset: xr.Dataset) -> xr.Dataset:
    """Return `FIGURES_SV` by scenario, replication, year, level and mode."""
    places = ["municipality", "age_group"]
    needs, contacts = (yearly(dataset[name].sum(places)) for name in ("needs", "contacts"))
    unmet = yearly(dataset["gave_up"].sum("municipality")) + _diverted(dataset)
    waiting = needs - contacts - unmet
    hours = dataset["minutes_by_cell"].sum("profession", min_count=1) / 60e3
    cost = dataset["cost_by_cell"].sum("payer", min_count=1) / 1e6
    return xr.Dataset(
        {
            "needs": needs, "contacts": contacts, "unmet": unmet, "waiting_change": waiting, "staff_hours": hours,
            "cost": cost,
        },
    )  # fmt: skip


def _diverted(dataset: xr.Dataset) -> xr.DataArray:
    """Needs of a GP that went to the emergency department instead, in their cell: primary care on site."""
    here = (dataset["care_level"] == "primary_care") & (dataset["care_mode"] == "on_site")
    return yearly(dataset["diverted"].sum(["municipality", "age_group"])) * here


def make_matrix(
    dataset: xr.Dataset, scenarios: Sequence[str], years: Sequence[int], baseline: str | None = None
) -> list[Cell]:
    """Return every figure of every cell, and the money for idle staff time; years without results are left out.

    Raises InputError when the baseline is not in the results.
    """
    idle = dataset["cost_idle"].sum("payer", min_count=1) / 1e6
    return matrix_of(figures_by_cell(dataset), idle, scenarios, years, baseline_of(dataset, baseline))


def matrix_of(
    figures: xr.Dataset, idle: xr.DataArray, scenarios: Sequence[str], years: Sequence[int], against: str
) -> list[Cell]:
    """Return the cells of what `figures_by_cell` gave and the cost of idle time in millions of SEK."""
    cells: list[Cell] = []
    for name in scenarios:
        for year in years:
            if year not in figures["year"].values or bool(figures["cost"].sel(year=year).isnull().all()):
                continue
            for level in LEVELS_SV:
                for mode in MODES_SV:
                    for figure in FIGURES_SV:
                        values = figures[figure].sel(year=year, care_level=level, care_mode=mode)
                        cells.append(_cell(values, name, against, year, (level, mode, figure)))
            cells.append(_cell(idle.sel(year=year), name, against, year, (IDLE, IDLE, "cost")))
    return cells


def _cell(values: xr.DataArray, name: str, against: str, year: int, place: tuple[str, str, str]) -> Cell:
    here = values.sel(scenario=name).values.astype(float)
    difference = low = high = None
    if name != against:
        paired = here - values.sel(scenario=against).values
        difference, (low, high) = float(paired.mean()), interval(paired)
    return Cell(name, year, *place, float(here.mean()), difference, low, high)


def print_matrix(console: Console, cells: Sequence[Cell], labels: Mapping[str, str]) -> None:
    """Print one table of four by four cells for each scenario and year, then how to read it."""
    for scenario, year in dict.fromkeys((cell.scenario, cell.year) for cell in cells):
        here = {(c.care_level, c.care_mode, c.figure): c for c in cells if (c.scenario, c.year) == (scenario, year)}
        console.print(Text(f"{labels.get(scenario, scenario)}, {year}", style="bold"))
        table = Table(show_lines=True, pad_edge=False)
        table.add_column("")
        for mode in MODES_SV.values():
            table.add_column(mode)
        for level, label in LEVELS_SV.items():
            table.add_row(label, *(_text(here, level, mode) for mode in MODES_SV))
        console.print(table)
        idle = here[IDLE, IDLE, "cost"]
        console.print(Text(f"Ledig personaltid utanför rutorna: {_figure(idle, 1)} miljoner kronor."))
        console.print()
    console.print(Text(READING_SV, style="dim"))


def _text(here: Mapping[tuple[str, str, str], Cell], level: str, mode: str) -> str:
    """Return the lines of a cell; empty where nothing happens."""
    rows = [(here[level, mode, figure], *told) for figure, told in FIGURES_SV.items()]
    kept = [row for row in rows if row[0].value or row[0].difference]
    return "\n".join(f"{label} {_figure(cell, places, chr(10) + '  ')}" for cell, label, places in kept) or "–"


def _figure(cell: Cell, places: int, between: str = " ") -> str:
    """Return the value and, beside another scenario, its change after `between`."""
    if cell.difference is None:
        return number(cell.value, places)
    return f"{number(cell.value, places)}{between}({number(cell.difference, places, sign=True)})"


READING_SV = (
    "Inom parentes: skillnad mot det som jämförs med, parad. Behov: där behovet hamnade; den som skickas vidare räknas"
    " på båda ställena. Ej mött: gavs upp, avvisades eller gick till akuten i stället. Kön växte: resten, alltså fler i"
    " kö vid årets slut än vid dess början, eller borta innan det blev deras tur. Vårddygn och akutbesök ligger i"
    " specialiserad vård på plats, hemsjukvård, hemtjänst och särskilt boende i primärvård hemma, korttidsplatser i"
    " närsjukvård på plats; de har tid eller pengar men dygn och timmar räknas inte som vård. Mkr: personal efter tid,"
    " och vad kontakten kostar."
)


def to_json(cells: Sequence[Cell]) -> str:
    """Return cells as a JSON list; what is not known is null."""
    return json.dumps([asdict(cell) for cell in cells], ensure_ascii=False, indent=2, allow_nan=False)


def to_csv(cells: Sequence[Cell]) -> str:
    """Return cells as CSV with a header and decimal points."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([field.name for field in fields(Cell)])
    writer.writerows([getattr(cell, field.name) for field in fields(Cell)] for cell in cells)
    return stream.getvalue()
