"""What happens in each municipality: a map where the region has one, and a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from scenarios.documents.content import Block, NativeChart, Paragraph, Picture, PrintedTable, Section
from scenarios.documents.results_read import Material
from scenarios.documents.rounding import places_of, rounded_sv, with_interval
from scenarios.documents.tables import groups
from scenarios.exhibits.exhibit import Exhibit, Spec
from scenarios.exhibits.map.county_map import map_exhibit
from scenarios.exhibits.map.place_rows import View, columns, judged, summary, table_row
from scenarios.exhibits.wording import VERDICTS_SV
from scenarios.findings.place_figures import PlaceFigure, PlaceFigures, place_figures
from scenarios.measures.figure import BY_MUNICIPALITY, Dimensions, Figure
from scenarios.measures.figures import FIGURES
from scenarios.places.boundaries import boundaries
from scenarios.text.swedish import MISSING

MAPPED = "assessed_within_3_days"
TABLED = (MAPPED, "continuity_index", "staff_shortage_share")
MAPS_OF_DIFFERENCES = 3
"""Strategies that get a map of their own."""
BARS_SV = "Strecken är 95 %-intervall; når de över noll är skillnaden inte säker."
NO_MAP_SV = "För den här regionen finns ingen karta; tabellerna har alla kommuner."
MAP_SHARE, MAP_WIDTH = 0.55, 500
"""Share of a page's width that a map takes, and the pixels that it is drawn in."""


def places_told(material: Material) -> Section:
    """Return the section of the municipalities."""
    return Section("kommuner", "Kommun för kommun", tuple(_blocks(material)))


def figures_of(material: Material, dimensions: Dimensions, name: str) -> PlaceFigures | None:
    """Return a measure by place, compared with the baseline; None where the results do not have it."""
    details = material.answer.details
    if details is None or dimensions.variable not in details:
        return None
    if name not in details[dimensions.listed].values or not details.sizes[dimensions.names[0]]:
        return None
    return place_figures(details, FIGURES[dimensions][name], material.baseline)


def municipality_names(material: Material) -> dict[str, str]:
    """Return the Swedish names of the municipalities by code."""
    return dict(zip(material.region.municipalities, material.region.municipality_names, strict=True))


def _blocks(material: Material) -> Iterator[Block]:
    mapped = figures_of(material, BY_MUNICIPALITY, MAPPED)
    if mapped is not None:
        yield from _maps(material, mapped)
    for name in TABLED:
        figures = figures_of(material, BY_MUNICIPALITY, name)
        if figures is not None:
            tables = enumerate(_tables(material, figures))
            yield from (replace(table, on_slides=at == 0 and name == MAPPED) for at, table in tables)


def _view(material: Material, scenario: str, differs: bool) -> View:
    return View(
        scenario, material.last, "difference" if differs else "value", material.answer.labels,
        municipality_names(material),
    )  # fmt: skip


def _maps(material: Material, figures: PlaceFigures) -> Iterator[Block]:
    try:
        bounds = boundaries(material.region.code)
    except FileNotFoundError:
        yield Paragraph(NO_MAP_SV)
        return
    for scenario in (material.baseline, *material.strategies[:MAPS_OF_DIFFERENCES]):
        view = _view(material, scenario, scenario != material.baseline)
        unit, decimals = figures.measure.unit_sv, figures.measure.decimals
        fields = ("difference", "difference_low", "difference_high") if view.differs(figures) else ("value", "", "")
        native = NativeChart("bar", "place", "scenario", *fields, decimals, unit, BARS_SV)
        exhibit = map_exhibit(figures, bounds, view)
        yield Picture(_keyed(exhibit, scenario), summary(figures, view), native, MAP_SHARE, map=True)


def _keyed(exhibit: Exhibit, scenario: str) -> Exhibit:
    """Return a map under a key of its own, for a document has several, and no wider than the county needs."""
    return replace(exhibit, key=f"{exhibit.key}-{scenario}", draw=partial(_narrow, exhibit))


def _narrow(exhibit: Exhibit, dark: bool) -> Spec:
    return {**exhibit.draw(dark), "width": MAP_WIDTH} if exhibit.draw else {}


def _tables(material: Material, figures: PlaceFigures) -> Iterator[PrintedTable]:
    names, measure = municipality_names(material), figures.measure
    parts = list(groups(material.strategies)) or [()]
    for at, scenarios in enumerate(parts):
        key = f"kommun-{measure.name.replace('_', '-')}{f'-{at + 1}' if at else ''}"
        title = f"{measure.label_sv} ({measure.unit_sv}) per kommun"
        heads = (
            "Kommun", f"{material.today}, i dag", f"{material.last}, {material.course}",
            *map(material.label, scenarios),
        )  # fmt: skip
        rows = tuple(_row(material, figures, code, name, scenarios) for code, name in names.items())
        shares = (0.2, 0.13, 0.17, *(0.5 / max(len(scenarios), 1) for _ in scenarios))
        note = f"Strategiernas kolumner: parad skillnad mot {material.course} {material.last} med 95 %-intervall."
        note = f"{note} {measure.note_sv}".strip() if scenarios else measure.note_sv
        data = _data(material, figures, key, title, scenarios)
        yield PrintedTable(key, title, heads, rows, shares, frozenset(range(1, len(heads))), note, data)


def _row(material: Material, figures: PlaceFigures, code: str, name: str, scenarios: Sequence[str]) -> tuple[str, ...]:
    base = [figures.at(material.baseline, code, year) for year in (material.today, material.last)]
    cells = (difference_at(figures.at(scenario, code, material.last), figures.measure) for scenario in scenarios)
    return name, *(value_at(figure, figures.measure) for figure in base), *cells


def value_at(figure: PlaceFigure, measure: Figure) -> str:
    """Return a value at a place, as exact as its interval allows."""
    return rounded_sv(figure.value, places_of(figure.low, figure.high, measure.decimals))


def difference_at(figure: PlaceFigure, measure: Figure) -> str:
    """Return a difference at a place with its interval, and below it what it carries."""
    if figure.difference is None:
        return MISSING
    bounds = figure.difference_low, figure.difference_high
    told = with_interval(figure.difference, *bounds, measure.decimals, sign=True)
    return f"{told}\n{VERDICTS_SV[judged(figure, measure.good)]}"


def _data(material: Material, figures: PlaceFigures, key: str, title: str, scenarios: Sequence[str]) -> Exhibit:
    view, measure = _view(material, material.baseline, differs=False), figures.measure
    rows = [
        table_row(figures.at(scenario, code, year), view, measure.good)
        for code in figures.places
        for scenario in (material.baseline, *scenarios)
        for year in (material.today, material.last)
    ]
    return Exhibit(key, title, title, columns(measure, "Kommun", material.label(material.baseline)), rows)
