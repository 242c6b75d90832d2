"""Charts that several pages draw, as plain Vega-Lite: points or bars by row, spans from supply to need, lines in time.

Figures are rows of `scenarios.exhibits.estimated`, put into the specification as they are; texts for tooltips are made
here, in Swedish. Plain dictionaries, because a layered Altair chart costs some fifty milliseconds of Python each.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.exhibits.charts import SOURCE, config
from scenarios.exhibits.exhibit import Spec
from scenarios.exhibits.palette import ink, looks
from scenarios.exhibits.wording import interval
from scenarios.text.swedish import number

Row = Mapping[str, Any]
VEGA_LITE = "https://vega.github.io/schema/vega-lite/v6.json"
LABEL_WIDTH = 24
"""Characters of a row's label on one line, so that half of a narrow screen is left for the figures."""
WRAPPED = "split(datum.label, '\\n')"


def zero(channel: str) -> Spec:
    """Return a dashed line at zero of a channel, x or y."""
    return {
        "data": {"values": [{"zero": 0}]},
        "mark": {"type": "rule", "strokeDash": [3, 3]},
        "encoding": {channel: {"field": "zero", "type": "quantitative"}},
    }


@dataclass(frozen=True, slots=True)
class Series:
    """The scenarios of a chart: labels by name, in order."""

    labels: Mapping[str, str]
    dark: bool

    def scale(self, channel: str) -> Spec:
        """Return the fixed scale of a channel (color, shape, strokeDash), so that a scenario never changes looks."""
        scenario_looks = [look for name, look in looks(self.labels).items() if name in self.labels]
        of = {
            "color": [look.colour(self.dark) for look in scenario_looks],
            "shape": [look.shape for look in scenario_looks],
            "strokeDash": [list(look.dash) or [1, 0] for look in scenario_looks],
        }
        return {"domain": list(self.labels.values()), "range": of[channel]}

    def encoding(self, channel: str, legend: bool = True) -> Spec:
        """Return a channel that tells the scenarios apart."""
        legend_spec: Spec = {"legend": {"title": None}} if legend else {"legend": None}
        return {"field": "scenario", "type": "nominal", "scale": self.scale(channel), **legend_spec}


def wrapped(text: str) -> str:
    """Return a row's label in lines."""
    return "\n".join(textwrap.wrap(text, LABEL_WIDTH)) or text


def told(rows: Iterable[Row], decimals: int, unit: str) -> list[dict[str, Any]]:
    """Return rows with the texts of their tooltips, labels wrapped."""
    return [
        {
            **row,
            "value_text": f"{number(row['value'], decimals)} {unit}".strip(),
            "interval_text": interval(row["low"], row["high"], decimals),
            "difference_text": number(row["difference"], decimals, sign=True),
            "difference_interval_text": interval(row["difference_low"], row["difference_high"], decimals),
            **({"row": wrapped(str(row["row"]))} if "row" in row else {}),
        }
        for row in rows
    ]


def tooltip(first: Sequence[tuple[str, str]], label: str, baseline: str) -> list[Spec]:
    """Return the tooltip of such rows: fields of the place with their titles, then the figures."""
    fields = (
        *first, ("scenario", "Scenario"), ("value_text", label), ("interval_text", "95 %-intervall"),
        ("difference_text", f"Skillnad mot {baseline}"), ("difference_interval_text", "95 %-intervall för skillnaden"),
    )  # fmt: skip
    return tips(*fields)


def tips(*fields: tuple[str, str]) -> list[Spec]:
    """Return a tooltip of fields that hold texts, each with its title."""
    return [{"field": field, "type": "nominal", "title": title} for field, title in fields]


def points(
    rows: Sequence[Row], series: Series, tips: Sequence[Spec], title: str, decimals: int, of: str = "value"
) -> Spec:
    """Return points with their 95 % intervals: a band of rows a place, a row a scenario, and a line at zero.

    `of` is "value" or "difference".
    """
    low, high = ("low", "high") if of == "value" else ("difference_low", "difference_high")
    axis = _axis(title, decimals, signed=of == "difference")
    span = {
        "mark": {"type": "rule", "strokeWidth": 2.5},
        "encoding": {"x": {"field": low, **axis}, "x2": {"field": high}},
    }
    point = {
        "mark": {"type": "point", "size": 110, "filled": True, "opacity": 1},
        "encoding": {"x": {"field": of, **axis}, "shape": series.encoding("shape"), "tooltip": list(tips)},
    }
    return _by_row([span, point], rows, series, zero("x"))


def bars(rows: Sequence[Row], series: Series, tips: Sequence[Spec], title: str, decimals: int) -> Spec:
    """Return bars from zero with their 95 % intervals, a band of rows a place, a bar a scenario."""
    axis = _axis(title, decimals)
    bar = {
        "mark": {"type": "bar", "height": {"band": 0.85}},
        "encoding": {"x": {"field": "value", **axis}, "tooltip": list(tips)},
    }
    known = any(row["low"] is not None for row in rows)
    spans_ = whiskers({"x": {"field": "low", **axis}, "x2": {"field": "high"}}, series.dark) if known else []
    return _by_row([bar, *spans_], rows, series)


def spans(rows: Sequence[Row], series: Series, tips: Sequence[Spec], title: str, decimals: int) -> Spec:
    """Return a line from what there is (`value`, a symbol) to what is needed (`required`, a stroke) by row."""
    axis = _axis(title, decimals)
    between = {
        "mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.45},
        "encoding": {"x": {"field": "value", **axis}, "x2": {"field": "required"}},
    }
    need = {
        "mark": {"type": "tick", "thickness": 3, "size": 14, "opacity": 1},
        "encoding": {"x": {"field": "required", **axis}, "tooltip": list(tips)},
    }
    there = {
        "mark": {"type": "point", "size": 110, "filled": True, "opacity": 1},
        "encoding": {"x": {"field": "value", **axis}, "shape": series.encoding("shape"), "tooltip": list(tips)},
    }
    return _by_row([between, need, there], rows, series)


def whiskers(encoding: Spec, dark: bool) -> list[Spec]:
    """Return intervals that are seen on bars of any colour: the colour of text, edged with that of the page."""
    widths = ((4.5, ink(dark).page), (1.8, ink(dark).text))
    return [
        {"mark": {"type": "rule", "strokeWidth": width}, "encoding": {**encoding, "color": {"value": colour}}}
        for width, colour in widths
    ]


def _axis(title: str, decimals: int, signed: bool = False) -> Spec:
    form = f"'{number_format(decimals)}'"
    text = f"(datum.value > 0 ? '+' : '') + format(datum.value, {form})" if signed else f"format(datum.value, {form})"
    axis = {"labelExpr": text, "tickCount": 4, "labelOverlap": True}
    scale = {"zero": True, "nice": True, "padding": 8}
    return {"type": "quantitative", "title": title, "axis": axis, "scale": scale}


def number_format(decimals: int) -> str:
    """Return a number format with thousands parted; trailing zeros are dropped."""
    return f",.{decimals}~f" if decimals else ",.10~r"


def _by_row(layers: list[Spec], rows: Sequence[Row], series: Series, *behind: Spec) -> Spec:
    kept = list(dict.fromkeys(row["row"] for row in rows))
    y: Spec = {
        "field": "row", "type": "nominal", "title": None, "sort": kept, "scale": {"paddingInner": 0.3},
        "axis": {"labelExpr": WRAPPED, "labelLimit": 190, "ticks": False, "domain": False, "labelLineHeight": 14},
    }  # fmt: skip
    several = len({row["scenario"] for row in rows}) > 1
    offset = {"field": "scenario", "type": "nominal", "scale": {"domain": list(series.labels.values())}}
    shared: Spec = {"y": y, "color": series.encoding("color"), **({"yOffset": offset} if several else {})}
    placed = [*behind, *({**layer, "encoding": {**shared, **layer["encoding"]}} for layer in layers)]
    lines = max((text.count("\n") + 1 for text in kept), default=1)
    band = max(len(series.labels) * 15 if several else 18, lines * 15)
    height = len(kept) * (band + 12) + 24 * len(series.labels) + 60
    return finished({"layer": placed}, rows, series.dark, height)


def lines(rows: Sequence[Row], series: Series, tips: Sequence[Spec], decimals: int, time: Spec) -> Spec:
    """Return lines with the 95 % interval as a band, one colour and dash a scenario; `time` is the x channel.

    Symbols tell the scenarios apart where the rows are `marked`. Rows that have `limit` get a thin line of it too, in
    steps; one for all where it is the same.
    """
    axis = {"format": number_format(decimals), "tickCount": 5}
    y: Spec = {"type": "quantitative", "title": None, "scale": {"zero": False, "nice": True}, "axis": axis}
    band: Spec = {
        "mark": {"type": "area", "opacity": 0.13},
        "encoding": {"y": {"field": "low", **y}, "y2": {"field": "high"}},
    }
    line: Spec = {
        "mark": {"type": "line", "strokeWidth": 2.2},
        "encoding": {"y": {"field": "value", **y}, "strokeDash": series.encoding("strokeDash")},
    }
    point: Spec = {
        "transform": [{"filter": "datum.marked"}],
        "mark": {"type": "point", "filled": True, "size": 65, "opacity": 1},
        "encoding": {"y": {"field": "value", **y}, "shape": series.encoding("shape")},
    }
    touch: Spec = {
        "mark": {"type": "point", "filled": True, "size": 110, "opacity": 0},
        "encoding": {"y": {"field": "value", **y}, "tooltip": list(tips)},
    }
    layers = [band, *_limit(rows, series, y), line, point, touch]
    shared = {"x": time, "color": series.encoding("color")}
    placed = [{**layer, "encoding": {**shared, **layer["encoding"]}} for layer in layers]
    return finished({"layer": placed}, rows, series.dark, 300 + 24 * len(series.labels))


def _limit(rows: Sequence[Row], series: Series, y: Spec) -> list[Spec]:
    """Return the line of `limit`: one in the colour of text where all scenarios have the same, none without any."""
    if not any("limit" in row for row in rows):
        return []
    first = next(iter(series.labels.values()))
    of_first = {row["month"]: row["limit"] for row in rows if row["scenario"] == first}
    step: Spec = {
        "mark": {"type": "line", "strokeWidth": 1.3, "interpolate": "step-after", "strokeDash": [2, 2]},
        "encoding": {"y": {"field": "limit", **y}},
    }
    if any(row["limit"] != of_first.get(row["month"]) for row in rows):
        return [step]
    faint = {"color": {"value": ink(series.dark).text}}
    only = [{"filter": {"field": "scenario", "equal": first}}]
    return [{**step, "transform": only, "encoding": {**step["encoding"], **faint}}]


def years(first: int, last: int) -> Spec:
    """Return an x channel of whole years."""
    return {
        "field": "year", "type": "quantitative", "title": None,
        "scale": {"domain": [first, last], "nice": False, "zero": False, "padding": 14},
        "axis": {"format": "d", "tickMinStep": 1, "grid": False, "labelOverlap": True},
    }  # fmt: skip


def months() -> Spec:
    """Return an x channel of months, marked at the turn of years."""
    return {
        "field": "month", "type": "temporal", "title": None,
        "axis": {"format": "%Y", "tickCount": "year", "grid": True, "labelOverlap": True, "labelAlign": "left"},
    }  # fmt: skip


def finished(spec: Spec, rows: Sequence[Row], dark: bool, height: int) -> Spec:
    """Return a specification with its figures and the theme, as wide as its place."""
    return {
        "$schema": VEGA_LITE,
        "data": {"name": SOURCE},
        "datasets": {SOURCE: [dict(row) for row in rows]},
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": config(ink(dark)),
        **spec,
    }
