"""Charts that PowerPoint draws itself, so that whoever presents may change them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Length, Pt

from scenarios.documents.content import NativeChart, Picture
from scenarios.exhibits.charts import FIRST_SHOWN
from scenarios.exhibits.exhibit import Exhibit
from scenarios.exhibits.palette import LIGHT, looks
from scenarios.report.origin import Origin
from scenarios.text.exits import seen

Place = tuple[Length, Length, Length, Length]
Rows = Sequence[Mapping[str, Any]]
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_TEXT_SIZE = Pt(12)
_INK = LIGHT.faint.lstrip("#")


def chart_rows(exhibit: Exhibit, native: NativeChart) -> list[Mapping[str, Any]]:
    """Return the rows that a native chart shows: those with a value, and of years those that charts show."""
    rows = [row for row in exhibit.rows if row.get(native.value) is not None]
    return [row for row in rows if row["year"] >= FIRST_SHOWN] if native.category == "year" else rows


def series_of(rows: Rows, native: NativeChart) -> tuple[list[Any], dict[str, dict[Any, Mapping[str, Any]]]]:
    """Return the categories, and of each series its rows by category, in the order of the rows."""
    categories = list(dict.fromkeys(row[native.category] for row in rows))
    series: dict[str, dict[Any, Mapping[str, Any]]] = {}
    for row in rows:
        series.setdefault(str(row[native.series]), {})[row[native.category]] = row
    return categories, series


def colours_of(origin: Origin) -> dict[str, str]:
    """Return the colour of each scenario by its label, six hexadecimal digits."""
    named = looks(scenario.name for scenario in origin.scenarios)
    return {scenario.label: named[scenario.name].light.lstrip("#") for scenario in origin.scenarios}


def add_chart(slide: Any, picture: Picture, native: NativeChart, origin: Origin, place: Place) -> Any:
    """Add the chart of a picture to a slide and return its frame."""
    rows = chart_rows(picture.exhibit, native)
    categories, series = series_of(rows, native)
    data = CategoryChartData(number_format=_format(native))
    data.categories = [seen(str(category)) for category in categories]
    for name, by_category in series.items():
        values = [by_category[c][native.value] if c in by_category else None for c in categories]
        data.add_series(seen(name), [None if value is None else float(value) for value in values])
    kind = XL_CHART_TYPE.LINE_MARKERS if native.kind == "line" else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, *place, data)
    _dress(frame.chart, native, rows, colours_of(origin))
    if native.low:
        for plotted, by_category in zip(frame.chart.plots[0].series, series.values(), strict=True):
            _error_bars(plotted, with_intervals(categories, by_category, native), native)
    return frame


def with_intervals(
    categories: Sequence[Any], by_category: Mapping[Any, Mapping[str, Any]], native: NativeChart
) -> list[Mapping[str, Any] | None]:
    """Return the rows of a series whose intervals are drawn, None for the others: of lines by year only the last.

    Where lines run close, bars at every year hide them.
    """
    last = len(categories) - 1
    drawn = (at == last or native.kind == "bar" for at in range(len(categories)))
    return [by_category.get(category) if shown else None for category, shown in zip(categories, drawn, strict=True)]


def _format(native: NativeChart) -> str:
    return "#,##0" + ("." + "0" * native.decimals if native.decimals else "")


def _dress(chart: Any, native: NativeChart, rows: Rows, colours: Mapping[str, str]) -> None:
    chart.font.size, chart.font.color.rgb = _TEXT_SIZE, RGBColor.from_string(LIGHT.text.lstrip("#"))
    chart.has_title = False
    chart.has_legend = len(chart.plots[0].series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    axis = chart.value_axis
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(LIGHT.grid.lstrip("#"))
    axis.format.line.fill.background()
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = _format(native), False
    axis.has_title = True
    axis.axis_title.text_frame.text = seen(native.unit)
    axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = _TEXT_SIZE
    axis.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if native.kind == "bar":  # bars begin at the bottom otherwise, and the legend at the top
        chart.category_axis.reverse_order = True
        axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    axis.minimum_scale, axis.maximum_scale = axis_ends(rows, native)
    for series in chart.plots[0].series:
        _colour(series, native, RGBColor.from_string(colours.get(series.name, LIGHT.rule.lstrip("#"))))


def axis_ends(rows: Rows, native: NativeChart) -> tuple[float, float]:
    """Return round ends of the axis around all values and their intervals, and zero where there are bars."""
    fields = [field for field in (native.value, native.low, native.high) if field]
    values = [float(row[field]) for row in rows for field in fields if row.get(field) is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    low, high = (min(low, 0.0), max(high, 0.0)) if native.kind == "bar" else (low, high)
    step = 10.0 ** math.floor(math.log10(max(high - low, 1e-9)))
    step = step / 2 if (high - low) / step < 4 else step
    return math.floor(low / step) * step, math.ceil(high / step) * step


def _colour(series: Any, native: NativeChart, colour: RGBColor) -> None:
    if native.kind == "bar":
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        series.invert_if_negative = False
        return
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = colour, Pt(2.25)
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour


def _error_bars(series: Any, rows: Sequence[Mapping[str, Any] | None], native: NativeChart) -> None:
    """Add the 95 % interval of each value, as custom error bars."""
    plus, minus = ([error_length(row, native, side) for row in rows] for side in (native.high, native.low))
    direction = '<c:errDir val="y"/>' if native.kind == "line" else ""
    xml = (
        f'<c:errBars xmlns:c="{_CHART}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{direction}'
        f'<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_numbers(plus)}</c:plus><c:minus>{_numbers(minus)}</c:minus>"
        f'<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="{_INK}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    series._element.find(qn("c:cat")).addprevious(parse_xml(xml))


def error_length(row: Mapping[str, Any] | None, native: NativeChart, side: str) -> float:
    """Return how far the interval of a row reaches to a side, 0 where none is drawn."""
    if row is None or row.get(side) is None:
        return 0.0
    return abs(float(row[side]) - float(row[native.value]))


def _numbers(values: Sequence[float]) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{value:.6g}</c:v></c:pt>' for at, value in enumerate(values))
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numLit>'
