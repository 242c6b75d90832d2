"""The structure matrix of a result: need, care, unmet need, staff time and money by level and mode of care."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xarray as xr
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scenarios.findings.compare import baseline_of
from scenarios.measures.figure import BY_CELL
from scenarios.measures.figures import FIGURES, Results, table_of
from scenarios.measures.grouped import LEAD
from scenarios.statistics.intervals import mean_of
from scenarios.statistics.limits import of_differences
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
SHORT_SV: Mapping[str, str] = {"staff_hours": "Tusen tim", "cost": "Mkr"}
"""What stands in a cell where the figure's own label does not tell its unit."""
IDLE, IDLE_SV = "idle", "Ledig personaltid"
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


def label_of(figure: str) -> str:
    """Return the Swedish label with which a figure stands in a cell."""
    return SHORT_SV.get(figure, FIGURES[BY_CELL][figure].label_sv)


def make_matrix(
    dataset: xr.Dataset, scenarios: Sequence[str], years: Sequence[int], baseline: str | None = None
) -> list[Cell]:
    """Return every figure of every cell, and the money for idle staff time; years without results are left out.

    Raises InputError when the baseline is not in the results.
    """
    idle = dataset["cost_idle"].sum("payer", min_count=1) / 1e6 if idle_is_known(dataset) else None
    against = baseline_of(dataset, baseline)
    return matrix_of(table_of(Results(dataset), BY_CELL), idle, scenarios, years, against)


def matrix_of(
    figures: xr.DataArray, idle: xr.DataArray | None, scenarios: Sequence[str], years: Sequence[int], against: str
) -> list[Cell]:
    """Return the cells of the figures by cell (`table_of`) and of the cost of idle time in millions of SEK.

    What older results do not have is left out: figures, levels, modes, the idle time.
    """
    cells: list[Cell] = []
    levels, modes, names = (figures[dim].values.tolist() for dim in ("care_level", "care_mode", "figure"))
    for name in scenarios:
        for year in years:
            if year not in figures["year"].values or bool(figures.sel(year=year).isnull().all()):
                continue
            for level in (level for level in LEVELS_SV if level in levels):
                for mode in (mode for mode in MODES_SV if mode in modes):
                    for figure in names:
                        values = figures.sel(figure=figure, year=year, care_level=level, care_mode=mode)
                        cells.append(_cell(values, name, against, year, (level, mode, figure)))
            if idle is not None:
                cells.append(_cell(idle.sel(year=year), name, against, year, (IDLE, IDLE, "cost")))
    return cells


def idle_is_known(dataset: xr.Dataset) -> bool:
    """Tell whether results have the cost of idle time."""
    return "cost_idle" in dataset and {*dataset["cost_idle"].dims} == {*LEAD, "year", "payer"}


def _cell(values: xr.DataArray, name: str, against: str, year: int, place: tuple[str, str, str]) -> Cell:
    here = values.sel(scenario=name).values.astype(float)
    difference = low = high = None
    if name != against:
        limits = of_differences(FIGURES[BY_CELL][place[-1]].limits)
        apart = mean_of(here - values.sel(scenario=against).values, limits)
        difference, (low, high) = apart.value, apart.bounds
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
        if idle := here.get((IDLE, IDLE, "cost")):
            console.print(Text(f"{IDLE_SV} utanför rutorna: {_figure(idle)} miljoner kronor."))
        console.print()
    console.print(Text(MATRIX_READING_SV, style="dim"))


def _text(here: Mapping[tuple[str, str, str], Cell], level: str, mode: str) -> str:
    """Return the lines of a cell; empty where nothing happens."""
    cells = [here[level, mode, figure] for figure in FIGURES[BY_CELL] if (level, mode, figure) in here]
    kept = [cell for cell in cells if cell.value or cell.difference]
    return "\n".join(f"{label_of(cell.figure)} {_figure(cell, chr(10) + '  ')}" for cell in kept) or "–"


def _figure(cell: Cell, between: str = " ") -> str:
    """Return the value and, beside another scenario, its change after `between`."""
    places = FIGURES[BY_CELL][cell.figure].decimals
    if cell.difference is None:
        return number(cell.value, places)
    return f"{number(cell.value, places)}{between}({number(cell.difference, places, sign=True)})"


MATRIX_READING_SV = (
    "Inom parentes: skillnad mot det som jämförs med, parad. Behov: där behovet hamnade; den som skickas vidare räknas"
    " på båda ställena. Ej mött: gavs upp, avvisades eller gick till akuten i stället. Kön växte: resten, alltså fler i"
    " kö vid årets slut än vid dess början, eller borta innan det blev deras tur. Vårddygn och akutbesök ligger i"
    " specialiserad vård på plats, hemsjukvård, hemtjänst och särskilt boende i primärvård hemma, korttidsplatser i"
    " närsjukvård på plats; de har tid eller pengar men dygn och timmar räknas inte som vård. Mkr: personal efter tid,"
    " och vad kontakten kostar."
)
