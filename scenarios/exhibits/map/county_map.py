"""The county as a map: municipalities by their boundaries, coloured by value or by difference, as Vega-Lite.

What is not sure is grey and hatched, with its figure in brackets; colour is never alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from scenarios.exhibits.charts import Spec, config
from scenarios.exhibits.exhibit import Exhibit
from scenarios.exhibits.map.colour_classes import (
    UNSURE_FILL,
    ColourClass,
    class_of,
    difference_classes,
    text_on,
    value_classes,
)
from scenarios.exhibits.map.hatching import hatching
from scenarios.exhibits.map.place_rows import Row, View, columns, compared, shown, table_row, texts, tooltip, unit_of
from scenarios.exhibits.palette import ink
from scenarios.exhibits.wording import interval
from scenarios.findings.place_figures import PlaceFigure, PlaceFigures
from scenarios.places.boundaries import Boundaries
from scenarios.text.swedish import number

PICKED = "kommun"
"""Name of the selection that a click on a municipality makes; its field `code` is the municipality."""
HEIGHT = 660
UNSURE_SV = "ingen säker skillnad"
MISSING_SV = "uppgift saknas"
_HATCHED = "M-1,-1H1V1H-1ZM-1,0L0,-1M-1,1L1,-1M0,1L1,0"
_MARGIN = 0.16
"""Degrees of longitude kept free west and east of the county for names that stand beside their municipality."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A municipality as it is drawn: its figure, its class, its fill and what is written there."""

    figure: PlaceFigure
    kind: str
    fill: str
    text: str
    label: str
    unsure: bool


def map_exhibit(figures: PlaceFigures, bounds: Boundaries, view: View) -> Exhibit:
    """Return the map of a measure of municipalities in a scenario and year, and its table of all of them."""
    measure, differs = figures.measure, view.differs(figures)
    baseline = view.labels[figures.baseline]
    what = f", skillnad mot {baseline}" if differs else ""
    chosen = figures.of(view.scenario, view.year, _drawn(figures, bounds))
    return Exhibit(
        key="karta",
        title=f"{measure.label_sv} år {view.year}: {view.labels[view.scenario]}{what}",
        alt=_alt(figures, view, chosen),
        columns=columns(measure, "Kommun", baseline),
        rows=[table_row(figure, view, measure.good) for figure in chosen],
        draw=partial(draw, figures, bounds, view),
        unit=unit_of(measure, differs),
        note=_note(figures, bounds, differs),
        scenarios=(view.scenario,),
    )


def draw(figures: PlaceFigures, bounds: Boundaries, view: View, dark: bool) -> Spec:
    """Return the map as a Vega-Lite specification with boundaries and figures in it."""
    colours, differs = ink(dark), view.differs(figures)
    classes = _classes(figures, view, dark)
    chosen = figures.of(view.scenario, view.year, _drawn(figures, bounds))
    places = [_place(figure, classes, figures.measure.decimals, differs, dark) for figure in chosen]
    scales = _scales(_entries(places, classes, dark), colours.rule)
    layers = [
        _frame(bounds),
        _areas(places, bounds, view, figures, scales["fill"], colours.faint),
        _lines([p.figure.place for p in places if p.unsure], bounds, colours.rule),
        _outline(view.municipality, bounds, colours.text),
        *_labels(places, bounds, view, colours.text, colours.page),
        _legend(scales, bounds),
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "projection": {"type": "mercator"},
        "layer": layers,
        "config": config(colours),
    }


def _drawn(figures: PlaceFigures, bounds: Boundaries) -> tuple[str, ...]:
    """Return the municipalities of the map that there are figures of, in the order of the map."""
    return tuple(code for code in bounds.rings if code in figures.places)


def _classes(figures: PlaceFigures, view: View, dark: bool) -> list[ColourClass]:
    values = compared(figures, view)
    if view.differs(figures):
        return difference_classes(values, figures.measure.good, dark)
    return value_classes(values, dark)


def _place(figure: PlaceFigure, classes: Sequence[ColourClass], decimals: int, differs: bool, dark: bool) -> _Place:
    value, _, _ = shown(figure, differs)
    text = number(value, decimals, sign=differs)
    unsure = differs and value is not None and not figure.sure
    colour_class = class_of(value, classes)
    if colour_class is None or unsure:
        return _Place(figure, UNSURE_SV if unsure else MISSING_SV, UNSURE_FILL[dark], f"({text})" if unsure else text,
                      text_on(UNSURE_FILL[dark]), unsure)  # fmt: skip
    return _Place(figure, colour_class.label, colour_class.colour, text, colour_class.text, unsure)


# --- layers


def _feature(code: str, bounds: Boundaries) -> Row:
    return {"type": "Feature", "code": code, "geometry": _geometry(code, bounds)}


def _geometry(code: str, bounds: Boundaries) -> Row:
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in bounds.rings[code]]}


def _geoshape(features: Sequence[Row], encoding: Row | None = None, **mark: Any) -> Spec:
    return {
        "data": {"values": list(features)},
        "mark": {"type": "geoshape", **mark},
        "encoding": encoding or {},
    }


def _frame(bounds: Boundaries) -> Spec:
    """Return invisible corners around the county: the projection is fitted to what is drawn, and so to them."""
    (west, south), (east, north) = _corners(bounds)
    corners = {"type": "MultiPoint", "coordinates": [(west - _MARGIN / 4, south), (east + _MARGIN, north)]}
    return _geoshape([{"type": "Feature", "geometry": corners}], opacity=0)


def _corners(bounds: Boundaries) -> tuple[tuple[float, float], tuple[float, float]]:
    points = [point for rings in bounds.rings.values() for ring in rings for point in ring]
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys)), (max(xs), max(ys))


def _areas(
    places: Sequence[_Place], bounds: Boundaries, view: View, figures: PlaceFigures, fill: Row, stroke: str
) -> Spec:
    features = [
        {**_feature(place.figure.place, bounds), "kind": place.kind, **texts(place.figure, view, figures.measure)}
        for place in places
    ]
    encoding = {"fill": fill, "tooltip": tooltip("Kommun", view.labels[figures.baseline])}
    picked = {"name": PICKED, "select": {"type": "point", "fields": ["code"], "on": "click", "clear": "dblclick"}}
    return {**_geoshape(features, encoding, stroke=stroke, strokeWidth=1, cursor="pointer"), "params": [picked]}


def _lines(codes: Sequence[str], bounds: Boundaries, stroke: str) -> Spec:
    lines = [
        {"type": "Feature", "geometry": {"type": "MultiLineString", "coordinates": hatching(bounds.rings[code])}}
        for code in codes
    ]
    return _geoshape(lines, filled=False, stroke=stroke, strokeWidth=1, strokeOpacity=0.6, tooltip=None)


def _outline(code: str, bounds: Boundaries, stroke: str) -> Spec:
    features = [_feature(code, bounds)] if code in bounds.rings else []
    return _geoshape(features, filled=False, stroke=stroke, strokeWidth=3, strokeJoin="round")


def _labels(places: Sequence[_Place], bounds: Boundaries, view: View, text: str, page: str) -> list[Spec]:
    """Return names and figures, each with a halo in the colour behind it, for names may be wider than their place."""
    rows = [_label(place, bounds, view, text, page) for place in places]
    layers = []
    for align in sorted({row["align"] for row in rows}):
        mine = [row for row in rows if row["align"] == align]
        for field, size, weight, dy in (("name", 12, "normal", -8), ("text", 14, "bold", 8)):
            mark = {"type": "text", "align": align, "fontSize": size, "fontWeight": weight, "dy": dy, "tooltip": None}
            layers += [_text(mine, field, mark, halo=True), _text(mine, field, mark, halo=False)]
    return layers


def _label(place: _Place, bounds: Boundaries, view: View, text: str, page: str) -> Row:
    spot = bounds.spots[place.figure.place]
    inside = spot.align == "center"
    return {
        "longitude": spot.longitude,
        "latitude": spot.latitude,
        "align": spot.align,
        "name": view.names[place.figure.place],
        "text": place.text,
        "ink": place.label if inside else text,
        "halo": place.fill if inside else page,
    }


def _text(rows: Sequence[Row], field: str, mark: Row, halo: bool) -> Spec:
    encoding = {
        "longitude": {"field": "longitude", "type": "quantitative"},
        "latitude": {"field": "latitude", "type": "quantitative"},
        "text": {"field": field, "type": "nominal"},
    }
    # Colours as expressions of the mark: a scale of null here would split the legend of the areas' scale in two.
    mark = {**mark, "color": {"expr": "datum.halo" if halo else "datum.ink"}}
    if halo:
        mark |= {"stroke": {"expr": "datum.halo"}, "strokeWidth": 4, "strokeJoin": "round"}
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


def _entries(places: Sequence[_Place], classes: Sequence[ColourClass], dark: bool) -> list[tuple[str, str]]:
    """Return label and colour of each entry of the legend; what is not sure or not known only where it is met.

    A legend of two columns fills row by row: the entries are put so that the lower half stands to the left.
    """
    kinds = {place.kind for place in places}
    entries = [(one.label, one.colour) for one in classes]
    half = (len(entries) + 1) // 2
    rows = [pair for at in range(half) for pair in entries[at::half]]
    return rows + [(kind, UNSURE_FILL[dark]) for kind in (UNSURE_SV, MISSING_SV) if kind in kinds]


def _scales(entries: Sequence[tuple[str, str]], stroke: str) -> dict[str, Row]:
    """Return fill, shape and stroke of the classes: what is hatched on the map is so in the legend too.

    The stroke is a scale, of one colour, for Vega-Lite draws the symbols of a fill without one otherwise.
    """
    labels = [label for label, _ in entries]
    legend = {"symbolStrokeWidth": 1, "symbolSize": 200, "columns": 2, "direction": "horizontal"}
    shapes = [_HATCHED if label == UNSURE_SV else "square" for label in labels]
    ranges = {"fill": [colour for _, colour in entries], "shape": shapes, "stroke": [stroke]}
    return {
        channel: {"field": "kind", "type": "nominal", "legend": legend, "scale": {"domain": labels, "range": values}}
        for channel, values in ranges.items()
    }


def _legend(scales: dict[str, Row], bounds: Boundaries) -> Spec:
    """Return a layer of invisible points: areas have no symbols, points have, and so the legend gets its own."""
    (west, _), (_, north) = _corners(bounds)
    kinds = scales["fill"]["scale"]["domain"]
    return {
        "data": {"values": [{"kind": kind, "longitude": west, "latitude": north} for kind in kinds]},
        "mark": {"type": "point", "opacity": 0, "tooltip": None},
        "encoding": {
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            **scales,
        },
    }


# --- words


def _alt(figures: PlaceFigures, view: View, chosen: Sequence[PlaceFigure]) -> str:
    measure, differs = figures.measure, view.differs(figures)
    parts = []
    for figure in chosen:
        value, low, high = shown(figure, differs)
        text = f"{view.names[figure.place]} {number(value, measure.decimals, sign=differs)}"
        parts.append(f"{text} ({interval(low, high, measure.decimals)})" if differs else text)
    what = f"skillnad mot {view.labels[figures.baseline]}, " if differs else ""
    return (
        f"Karta över kommunerna: {measure.label_sv} år {view.year} i {view.labels[view.scenario]}, "
        f"{what}{unit_of(measure, differs)}. {', '.join(parts)}."
    )


def _note(figures: PlaceFigures, bounds: Boundaries, differs: bool) -> str:
    scale = "Färgskalan är densamma alla år. "
    unsure = (
        "Snedstreckad yta och parentes: skillnadens 95 %-intervall når över noll. Av tjugo kommuner utan verklig "
        "skillnad ser ungefär en ändå säker ut. "
    )
    basis = f"{figures.measure.note_sv} " if figures.measure.note_sv else ""
    return f"{scale}{unsure if differs else ''}{basis}{bounds.source}."
