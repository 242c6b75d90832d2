"""The health centres of a municipality: a point with its interval for each, values or differences, as Vega-Lite."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Protocol

from scenarios.exhibits.charts import Spec, config
from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.exhibits.map.place_rows import Row, View, columns, shown, table_row, texts, tooltip, unit_of
from scenarios.exhibits.palette import Look, ink, looks
from scenarios.exhibits.wording import interval
from scenarios.findings.place_figures import PlaceFigure, PlaceFigures
from scenarios.places.places import Places
from scenarios.text.swedish import number

ASSUMED_SV = (
    "Länets hälsocentraler är 38 i modellen. Hur stora de är, hur personalen är fördelad och vad de flesta heter är "
    "antaganden (grad C): länets och kommunernas tal är fördelade på dem. Läs dem som exempel på hur olika enheter kan "
    "drabbas, inte som en prognos för en viss hälsocentral."
)
CENTRE_HEIGHT = 46
_KINDS = ("Hälsocentralen ", "Hälsocentral ")


class Centres(Places, Protocol):
    """A region with its health centres' lists; simulator.region.pack.Region is one."""

    @property
    def centre_listed(self) -> Sequence[int] | Any:
        """People listed at the start, of each health centre."""


def centres_of(region: Places, municipality: str) -> tuple[str, ...]:
    """Return the codes of a municipality's health centres, in the order of the region; none for an unknown one."""
    homes = [region.municipalities[at] for at in region.centre_municipality]
    return tuple(code for code, home in zip(region.centres, homes, strict=True) if home == municipality)


def short_name(name: str) -> str:
    """Return the name of a health centre without the word for it: the axis has said it."""
    for kind in _KINDS:
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name


def centres_exhibit(figures: PlaceFigures, region: Centres, view: View, town: str) -> Exhibit:
    """Return the health centres of the municipality looked at; `town` is its name, `view.names` are of centres."""
    measure, codes = figures.measure, centres_of(region, view.municipality)
    baseline, differs = view.labels[figures.baseline], view.differs(figures)
    what = f", skillnad mot {baseline}" if differs else ""
    names = _scenarios(figures, view)
    chosen = [figures.at(name, code, view.year) for code in codes for name in names]
    listed = dict(zip(region.centres, region.centre_listed, strict=True))
    return Exhibit(
        key="halsocentraler",
        title=f"{measure.label_sv}{what}: hälsocentraler i {town} år {view.year}",
        alt=_alt(figures, view, town, chosen),
        columns=(
            *columns(measure, "Hälsocentral", baseline),
            Column("listed", "Listade vid start", 0, "personer", "Listade 31 december 2022 i modellen, ett antagande."),
        ),
        rows=[{**table_row(f, view, measure.good), "listed": int(listed[f.place])} for f in chosen],
        draw=partial(draw, figures, codes, view),
        unit=unit_of(measure, differs),
        note=_note(differs),
        scenarios=names,
    )


def draw(figures: PlaceFigures, codes: Sequence[str], view: View, dark: bool) -> Spec:
    """Return points with 95 % intervals, a health centre a row, as a Vega-Lite specification."""
    colours, differs, names = ink(dark), view.differs(figures), _scenarios(figures, view)
    styles = {name: looks(view.labels)[name] for name in names}
    rows = [row for code in codes for name in names if (row := _row(figures.at(name, code, view.year), figures, view))]
    order = [short_name(view.names[code]) for code in codes]
    y = {"field": "centre", "type": "nominal", "sort": order, "title": None, "scale": {"domain": order},
         "axis": {"labelLimit": 150, "ticks": False, "domain": False, "grid": True}}  # fmt: skip
    base = {"y": y, "yOffset": {"field": "scenario_text", "sort": [view.labels[name] for name in names]}}
    span = {"x": _x("low", figures, differs), "x2": {"field": "high"}, "color": _scale(view, styles, "color", dark)}
    point = {
        "x": _x("value", figures, differs),
        **{channel: _scale(view, styles, channel, dark) for channel in ("color", "shape")},
        "tooltip": tooltip("Hälsocentral", view.labels[figures.baseline]),
    }
    layers: list[Spec] = [
        {"mark": {"type": "rule", "strokeWidth": 2.5}, "encoding": {**base, **span}},
        {"mark": _mark(differs, styles[view.scenario], dark, colours.page), "encoding": {**base, **point}},
    ]
    if differs:
        layers.insert(0, {"mark": {"type": "rule", "strokeDash": [3, 3]}, "encoding": {"x": {"datum": 0}}})
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": 30 + CENTRE_HEIGHT * max(len(codes), 1),
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": rows},
        "layer": layers,
        "config": config(colours),
    }


def _scenarios(figures: PlaceFigures, view: View) -> tuple[str, ...]:
    if view.differs(figures) or view.scenario == figures.baseline:
        return (view.scenario,)
    return (figures.baseline, view.scenario)


def _row(figure: PlaceFigure, figures: PlaceFigures, view: View) -> Row:
    """Return a point to draw, empty where nothing is known; without an interval it is a point alone."""
    value, low, high = shown(figure, view.differs(figures))
    if value is None:
        return {}
    return {
        "centre": short_name(view.names[figure.place]),
        "value": value,
        "low": value if low is None else low,
        "high": value if high is None else high,
        "filled": figure.sure or not view.differs(figures),
        **texts(figure, view, figures.measure),
    }


def _x(field: str, figures: PlaceFigures, differs: bool) -> Row:
    title = f"{'skillnad, ' if differs else ''}{unit_of(figures.measure, differs)}"
    axis = {"format": f",.{figures.measure.decimals}~f", "tickCount": 5, "labelOverlap": True}
    scale = {"zero": differs, "nice": True, "padding": 10}
    return {"field": field, "type": "quantitative", "title": title, "axis": axis, "scale": scale}


def _scale(view: View, styles: dict[str, Look], channel: str, dark: bool) -> Row:
    of = {"color": [look.colour(dark) for look in styles.values()], "shape": [look.shape for look in styles.values()]}
    scale = {"domain": [view.labels[name] for name in styles], "range": of[channel]}
    return {"field": "scenario_text", "type": "nominal", "scale": scale, "legend": {} if len(styles) > 1 else None}


def _mark(differs: bool, look: Look, dark: bool, page: str) -> Row:
    """Return how points are drawn: filled, or for differences hollow where they are not sure."""
    mark = {"type": "point", "size": 110, "strokeWidth": 2, "opacity": 1}
    if not differs:
        return {**mark, "filled": True}
    return {**mark, "fill": {"expr": f"datum.filled ? '{look.colour(dark)}' : '{page}'"}}


def _note(differs: bool) -> str:
    spread = "Strecket är 95 %-intervallet. "
    hollow = "Ihåliga punkter: skillnaden är inte säker. " if differs else "Axeln börjar inte vid noll. "
    return f"{spread}{hollow}{ASSUMED_SV}"


def _alt(figures: PlaceFigures, view: View, town: str, chosen: Sequence[PlaceFigure]) -> str:
    measure, differs = figures.measure, view.differs(figures)
    parts = []
    for figure in chosen:
        value, low, high = shown(figure, differs)
        spread = f" ({interval(low, high, measure.decimals)})" if low is not None else ""
        who = f"{short_name(view.names[figure.place])}, {view.labels[figure.scenario]}"
        parts.append(f"{who} {number(value, measure.decimals, sign=differs)}{spread}")
    what = f", skillnad mot {view.labels[figures.baseline]}" if differs else ""
    about = f"{measure.label_sv}{what} år {view.year} vid hälsocentralerna i {town}, {unit_of(measure, differs)}"
    return f"{about}: {'; '.join(parts)}."
