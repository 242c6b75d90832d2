"""The municipalities as equal tiles, laid out like the map, each with a small line per scenario over the years.

One view with all the tiles in it, their lines moved to their places here: facets do not stretch with the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from scenarios.exhibits.charts import FIRST_SHOWN, Spec, config
from scenarios.exhibits.exhibit import Exhibit
from scenarios.exhibits.map.county_map import PICKED
from scenarios.exhibits.map.place_rows import Row, View, columns, shown, table_row, texts, tooltip, unit_of
from scenarios.exhibits.palette import Look, ink, looks
from scenarios.findings.place_figures import PlaceFigure, PlaceFigures
from scenarios.places.boundaries import Boundaries, Spot
from scenarios.strategies.period import FIRST_START
from scenarios.text.swedish import number

MOST_LINES = 4
"""Scenarios in a tile; with more no line can be followed."""
TILE_HEIGHT = 122
_EDGE, _LEFT, _RIGHT, _TOP, _BOTTOM = 0.025, 0.1, 0.9, 0.42, 0.79
"""Edge of a tile, and where its lines lie in it, as shares of its width and height."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where years and values lie within a tile."""

    first: int
    last: int
    low: float
    high: float

    def at(self, spot: Spot, year: float, value: float) -> tuple[float, float]:
        """Return where a value is drawn, in tiles from the north-west."""
        along = (year - self.first) / max(self.last - self.first, 1)
        up = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return spot.column + _LEFT + along * (_RIGHT - _LEFT), spot.row + _BOTTOM - up * (_BOTTOM - _TOP)


def tiles_exhibit(figures: PlaceFigures, bounds: Boundaries, view: View) -> Exhibit:
    """Return the tiles of a measure, and its table of all places, years and scenarios that are drawn."""
    measure, names = figures.measure, scenarios_drawn(figures, view)
    baseline = view.labels[figures.baseline]
    what = f", skillnad mot {baseline}" if view.differs(figures) else ""
    rows = [f for f in figures.every() if f.scenario in names and f.year >= FIRST_SHOWN and f.place in bounds.spots]
    return Exhibit(
        key="kommuner-per-ar",
        title=f"{measure.label_sv}{what}, per kommun och år",
        alt=_alt(figures, bounds, view, names),
        columns=columns(measure, "Kommun", baseline),
        rows=[table_row(figure, view, measure.good) for figure in rows],
        draw=partial(draw, figures, bounds, view),
        unit=unit_of(measure, view.differs(figures)),
        note=_note(figures, view),
        scenarios=names,
    )


def scenarios_drawn(figures: PlaceFigures, view: View) -> tuple[str, ...]:
    """Return the scenario compared with (not for differences), the one looked at and the next ones, at most MOST."""
    order = list(dict.fromkeys([figures.baseline, view.scenario, *figures.scenarios]))[:MOST_LINES]
    return tuple(n for n in figures.scenarios if n in order and not (view.differs(figures) and n == figures.baseline))


def draw(figures: PlaceFigures, bounds: Boundaries, view: View, dark: bool) -> Spec:
    """Return the tiles as a Vega-Lite specification with figures in it."""
    colours, names = ink(dark), scenarios_drawn(figures, view)
    scale = _scale(figures, bounds, view, names)
    styles = {name: looks(view.labels)[name] for name in names}
    points = _points(figures, bounds, view, names, scale)
    layers = [
        _tiles(bounds, view, colours.grid, colours.text),
        _marks(bounds, scale, view.differs(figures), colours.rule),
        _line(view, styles, dark),
        _ends(view, styles, dark, scale.last),
        _hover(figures, view),
        *_texts(figures, bounds, view, scale, colours.text, colours.faint),
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": TILE_HEIGHT * bounds.rows,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": points},
        "layer": [{**layer, "encoding": {**_axes(bounds), **layer["encoding"]}} for layer in layers],
        "config": config(colours),
    }


def _scale(figures: PlaceFigures, bounds: Boundaries, view: View, names: Sequence[str]) -> _Scale:
    values = [
        value
        for figure in figures.every()
        if figure.scenario in names and figure.year >= FIRST_SHOWN and figure.place in bounds.spots
        and (value := shown(figure, view.differs(figures))[0]) is not None
    ] or [0.0]  # fmt: skip
    if view.differs(figures):
        values.append(0.0)
    return _Scale(FIRST_SHOWN, figures.years[-1], min(values), max(values))


def _axes(bounds: Boundaries) -> Row:
    def axis(field: str, end: int, turned: bool) -> Row:
        scale: Row = {"domain": [end, 0] if turned else [0, end], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "axis": None, "scale": scale}

    return {"x": axis("x", bounds.columns, False), "y": axis("y", bounds.rows, True)}


def _points(figures: PlaceFigures, bounds: Boundaries, view: View, names: Sequence[str], scale: _Scale) -> list[Row]:
    """Return a row for each place, scenario and year that is known, with where it is drawn and its texts.

    Those of the scenario looked at come last, so that its lines lie on top.
    """
    rows = []
    for figure in sorted(figures.every(), key=lambda figure: figure.scenario == view.scenario):
        value, _, _ = shown(figure, view.differs(figures))
        spot = bounds.spots.get(figure.place)
        if figure.scenario in names and figure.year >= FIRST_SHOWN and spot is not None and value is not None:
            x, y = scale.at(spot, figure.year, value)
            where = {"x": round(x, 4), "y": round(y, 4), "code": figure.place, "year": figure.year}
            rows.append(where | texts(figure, view, figures.measure))
    return rows


# --- layers


def _layer(rows: Sequence[Row] | None, mark: str, encoding: Row, **style: Any) -> Spec:
    """Return a layer of its own rows; with None, of those of the whole specification."""
    data = {} if rows is None else {"data": {"values": list(rows)}}
    return {**data, "mark": {"type": mark, "tooltip": None, **style}, "encoding": encoding}


def _tiles(bounds: Boundaries, view: View, fill: str, text: str) -> Spec:
    rows = [
        {
            "code": code, "x": spot.column + _EDGE, "x2": spot.column + 1 - _EDGE,
            "y": spot.row + _EDGE, "y2": spot.row + 1 - _EDGE, "outline": 2.5 if code == view.municipality else 0,
        }
        for code, spot in bounds.spots.items()
    ]  # fmt: skip
    encoding = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    width = {"expr": "datum.outline"}
    picked = {"name": PICKED, "select": {"type": "point", "fields": ["code"], "on": "click", "clear": "dblclick"}}
    style = {"fill": fill, "fillOpacity": 0.45, "stroke": text, "strokeWidth": width, "cornerRadius": 4}
    layer = _layer(rows, "rect", encoding, **style, cursor="pointer")
    return {**layer, "params": [picked]}


def _marks(bounds: Boundaries, scale: _Scale, differs: bool, stroke: str) -> Spec:
    """Return thin lines: where strategies begin, and for differences zero."""
    begins = FIRST_START.year - 0.5
    rows = []
    for spot in bounds.spots.values():
        x, _ = scale.at(spot, begins, scale.high)
        rows.append({"x": x, "y": spot.row + _BOTTOM, "x2": x, "y2": spot.row + _TOP})
        x, y = scale.at(spot, scale.first, 0.0)
        rows += [{"x": x, "y": y, "x2": scale.at(spot, scale.last, 0.0)[0], "y2": y}] if differs else []
    return _layer(rows, "rule", {"x2": {"field": "x2"}, "y2": {"field": "y2"}}, stroke=stroke, strokeDash=[2, 3])


def _scenario(view: View, styles: dict[str, Look], channel: str, dark: bool) -> Row:
    legend: Row | None = {"columns": 2, "direction": "horizontal"} if channel != "strokeDash" else None
    of = {"color": [look.colour(dark) for look in styles.values()],
          "shape": [look.shape for look in styles.values()],
          "strokeDash": [list(look.dash) or [1, 0] for look in styles.values()]}  # fmt: skip
    scale = {"domain": [view.labels[name] for name in styles], "range": of[channel]}
    return {"field": "scenario_text", "type": "nominal", "legend": legend, "scale": scale}


def _line(view: View, styles: dict[str, Look], dark: bool) -> Spec:
    encoding = {channel: _scenario(view, styles, channel, dark) for channel in ("color", "strokeDash")}
    encoding["detail"] = {"field": "code", "type": "nominal"}
    encoding["order"] = {"field": "year", "type": "quantitative"}
    return _layer(None, "line", encoding, strokeWidth=2.2, clip=False)


def _ends(view: View, styles: dict[str, Look], dark: bool, last: int) -> Spec:
    encoding = {channel: _scenario(view, styles, channel, dark) for channel in ("color", "shape")}
    layer = _layer(None, "point", encoding, filled=True, size=55, opacity=1)
    return {**layer, "transform": [{"filter": f"datum.year === {last}"}]}


def _hover(figures: PlaceFigures, view: View) -> Spec:
    encoding = {"tooltip": tooltip("Kommun", view.labels[figures.baseline])}
    layer = _layer(None, "point", encoding, size=160, opacity=0, filled=True)
    layer["mark"].pop("tooltip")
    return layer


def _texts(figures: PlaceFigures, bounds: Boundaries, view: View, scale: _Scale, text: str, faint: str) -> list[Spec]:
    """Return the name of each tile, the figure of the scenario and year looked at, and the first and last year."""
    names, values, years = [], [], []
    for code, spot in bounds.spots.items():
        names.append({"x": spot.column + _LEFT / 1.4, "y": spot.row + 0.14, "text": view.names.get(code, code)})
        values.append({"x": spot.column + _LEFT / 1.4, "y": spot.row + 0.29, "text": _value(figures, code, view)})
        for year, align in ((scale.first, "left"), (scale.last, "right")):
            x, _ = scale.at(spot, year, 0.0)
            years.append({"x": x, "y": spot.row + 0.915, "text": str(year), "align": align})
    shown_as = {"text": {"field": "text", "type": "nominal"}}
    left = [row for row in years if row["align"] == "left"]
    right = [row for row in years if row["align"] == "right"]
    return [
        _layer(names, "text", shown_as, align="left", fontSize=13, fontWeight="bold", color=text),
        _layer(values, "text", shown_as, align="left", fontSize=12, color=text),
        _layer(left, "text", shown_as, align="left", fontSize=11, color=faint),
        _layer(right, "text", shown_as, align="right", fontSize=11, color=faint),
    ]


def _value(figures: PlaceFigures, code: str, view: View) -> str:
    if code not in figures.places:
        return number(None)
    differs = view.differs(figures)
    value, _, _ = shown(figures.at(view.scenario, code, view.year), differs)
    return f"{view.year}: {number(value, figures.measure.decimals, sign=differs)}"


# --- words


def _alt(figures: PlaceFigures, bounds: Boundaries, view: View, names: Sequence[str]) -> str:
    measure, differs, last = figures.measure, view.differs(figures), figures.years[-1]

    def told(figure: PlaceFigure) -> str:
        text = number(shown(figure, differs)[0], measure.decimals, sign=differs)
        return f"{view.labels[figure.scenario]} {text}"

    places = [code for code in bounds.spots if code in figures.places]
    by_place = {code: ", ".join(told(figures.at(name, code, last)) for name in names) for code in places}
    parts = [f"{view.names[code]}: {text}" for code, text in by_place.items()]
    what = f", skillnad mot {view.labels[figures.baseline]}" if differs else ""
    return (
        f"En ruta per kommun, ordnade som på kartan, med en linje per scenario {FIRST_SHOWN}–{last}: "
        f"{measure.label_sv}{what}, {unit_of(measure, differs)}. {last}: {'; '.join(parts)}."
    )


def _note(figures: PlaceFigures, view: View) -> str:
    few = (
        f"Högst {MOST_LINES} scenarier ritas; nuläget och det valda alltid. "
        if len(figures.scenarios) > MOST_LINES
        else ""
    )
    of, start = view.labels[view.scenario], "" if view.differs(figures) else ", som inte börjar vid noll"
    return (
        f"Alla rutor har samma skala{start}. Talet i rutan gäller {of}, år {view.year}. "
        f"Den streckade lodräta linjen är strategiernas första start, {FIRST_START.year}. {few}"
    ).strip()
