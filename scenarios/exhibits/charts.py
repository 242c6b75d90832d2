"""The charts of a comparison as Vega-Lite, with the Swedish locale and the project's theme in the spec.

Streamlit draws them with `theme=None`, so that screen and export are alike. Figures are a named dataset, for
`with_figures` to put in; texts for tooltips are formatted here, in Swedish, and not by the browser.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from scenarios.exhibits.palette import Ink, ink, looks
from scenarios.exhibits.wording import interval
from scenarios.findings.compare import ComparedFigure
from scenarios.live.answer import Answer
from scenarios.live.kept import FIRST_YEAR
from scenarios.measures.figure import Figure
from scenarios.strategies.period import FIRST_START
from scenarios.text.swedish import number

Spec = dict[str, Any]

FIRST_SHOWN = FIRST_YEAR
"""The first year of charts. The year before it is simulated too, but not told: it fills books, beds and lines."""

LOCALE_SV = {
    "number": {
        "decimal": ",",
        "thousands": "\u00a0",
        "grouping": [3],
        "currency": ["", "\u00a0kr"],
        "minus": "−",
        "percent": "\u00a0%",
    },
    "time": {
        "dateTime": "%A den %d %B %Y %X",
        "date": "%Y-%m-%d",
        "time": "%H:%M:%S",
        "periods": ["fm", "em"],
        "days": ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"],
        "shortDays": ["sön", "mån", "tis", "ons", "tors", "fre", "lör"],
        "months": [
            *("januari", "februari", "mars", "april", "maj", "juni"),
            *("juli", "augusti", "september", "oktober", "november", "december"),
        ],
        "shortMonths": [
            *("jan", "feb", "mars", "apr", "maj", "juni"),
            *("juli", "aug", "sep", "okt", "nov", "dec"),
        ],
    },
}

SOURCE = "figures"
_FONT = "'Source Sans', 'Source Sans Pro', 'Segoe UI', Arial, sans-serif"


def config(colours: Ink) -> Spec:
    """Return the theme of every chart in the colours of the page."""
    axis = {
        "labelColor": colours.text,
        "titleColor": colours.faint,
        "gridColor": colours.grid,
        "domainColor": colours.rule,
        "tickColor": colours.rule,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelPadding": 6,
        "aria": False,
    }
    legend = {
        "labelColor": colours.text,
        "labelFontSize": 13,
        "labelLimit": 0,
        "symbolSize": 110,
        "symbolStrokeWidth": 2.5,
        "symbolOpacity": 1,
        "title": None,
        "orient": "top",
        "direction": "vertical",
        "offset": 12,
        "aria": False,
    }
    # The chart as a whole has a text alternative; its marks, axes and legends one by one have none in Swedish.
    return {
        "background": "transparent",
        "mark": {"aria": False},
        "font": _FONT,
        "view": {"stroke": None},
        "axis": axis,
        "legend": legend,
        "text": {"color": colours.faint, "fontSize": 12},
        "rule": {"color": colours.rule},
        "locale": LOCALE_SV,
    }


@alt.theme.register("naravard", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    return {"config": config(ink(dark=False))}  # type: ignore[typeddict-item]


def frame(answer: Answer, indicator: Figure) -> pd.DataFrame:
    """Return a row for each scenario and year: figures to draw, and texts for the tooltips."""
    rows = [_row(record, answer, indicator) for record in answer.of(indicator.name)]
    return pd.DataFrame(rows)


def _row(record: ComparedFigure, answer: Answer, indicator: Figure) -> dict[str, object]:
    places = indicator.decimals
    return {
        "scenario": answer.labels[record.scenario],
        "year": record.year,
        "value": record.value,
        "low": record.low,
        "high": record.high,
        "difference": record.difference,
        "difference_low": record.difference_low,
        "difference_high": record.difference_high,
        "value_text": f"{number(record.value, places)} {indicator.unit_sv}",
        "interval_text": interval(record.low, record.high, places),
        "difference_text": number(record.difference, places, sign=True),
        "difference_interval_text": interval(record.difference_low, record.difference_high, places),
    }


def shown_in_lines(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the years that charts show."""
    return figures[figures["year"] >= FIRST_SHOWN].reset_index(drop=True)


def shown_as_points(figures: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the differences of a year, without the scenario compared with."""
    return figures[(figures["year"] == year) & figures["difference"].notna()].reset_index(drop=True)


def lines(answer: Answer, indicator: Figure, dark: bool) -> Spec:
    """Return lines by year with the 95 % interval as a band, one colour, dash and point a scenario."""
    year = alt.X(
        "year:Q",
        title=None,
        scale=alt.Scale(domain=[FIRST_SHOWN, answer.last_year], nice=False, zero=False, padding=14),
        axis=alt.Axis(format="d", tickMinStep=1, grid=False, labelOverlap=True),
    )
    colour, dash, shape = scenario_scales(answer, dark)
    value = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=True),
        axis=alt.Axis(format=axis_format(indicator), tickCount=5),
    )
    base = alt.Chart(alt.NamedData(SOURCE)).encode(x=year, color=colour)
    band = base.mark_area(opacity=0.13).encode(y=alt.Y("low:Q", title=None), y2="high:Q")
    line = base.mark_line(strokeWidth=2.5).encode(y=value, strokeDash=dash)
    point = base.mark_point(size=65, filled=True, opacity=1).encode(
        y=value,
        shape=shape,
        tooltip=[
            alt.Tooltip("scenario:N", title="Scenario"),
            alt.Tooltip("year:Q", title="År", format="d"),
            alt.Tooltip("value_text:N", title=indicator.label_sv),
            alt.Tooltip("interval_text:N", title="95 %-intervall"),
            alt.Tooltip("difference_text:N", title=f"Skillnad mot {baseline_label(answer)}"),
            alt.Tooltip("difference_interval_text:N", title="95 %-intervall för skillnaden"),
        ],
    )
    start = alt.Chart(alt.InlineData([{"start": FIRST_START.year - 0.5}])).encode(x="start:Q")
    begin = start.mark_rule(strokeDash=[3, 3]) + start.mark_text(
        text=f"strategier från {FIRST_START.year} →", align="left", dx=5, y=8
    )
    return finished(alt.layer(begin, band, line, point), dark, 380)


def points(answer: Answer, indicator: Figure, dark: bool) -> Spec:
    """Return paired differences as points with their 95 % intervals, a scenario a row, and a line at zero."""
    colour, _, shape = scenario_scales(answer, dark, legend=False)
    others = [label for name, label in answer.labels.items() if name != answer.baseline]
    row = alt.Y("scenario:N", title=None, sort=others, axis=alt.Axis(labelLimit=170, ticks=False, domain=False))
    base = alt.Chart(alt.NamedData(SOURCE)).encode(y=row, color=colour)
    title = f"skillnad mot {baseline_label(answer)}, {indicator.unit_sv}"
    sign = f"(datum.value > 0 ? '+' : '') + format(datum.value, '{axis_format(indicator)}')"
    axis = alt.Axis(labelExpr=sign, tickCount=5, labelOverlap=True)
    scale = alt.Scale(zero=True, nice=True, padding=12)
    span = base.mark_rule(strokeWidth=3).encode(
        x=alt.X("difference_low:Q", title=title, axis=axis, scale=scale), x2="difference_high:Q"
    )
    point = base.mark_point(size=170, filled=True, opacity=1).encode(
        x=alt.X("difference:Q", title=title, axis=axis, scale=scale),
        shape=shape,
        tooltip=[
            alt.Tooltip("scenario:N", title="Scenario"),
            alt.Tooltip("difference_text:N", title=f"Skillnad mot {baseline_label(answer)}"),
            alt.Tooltip("difference_interval_text:N", title="95 %-intervall"),
            alt.Tooltip("value_text:N", title="Värde"),
        ],
    )
    zero = alt.Chart(alt.InlineData([{"zero": 0}])).mark_rule(strokeDash=[3, 3]).encode(x="zero:Q")
    return finished(alt.layer(zero, span, point), dark, 60 + 44 * len(others))


def scenario_scales(answer: Answer, dark: bool, legend: bool = True) -> tuple[alt.Color, alt.StrokeDash, alt.Shape]:
    """Return colour, dash and shape with domain and range fixed, so that a scenario never changes looks."""
    by_name = looks(answer.labels)
    domain = [answer.labels[name] for name in by_name]
    key = alt.Legend() if legend else None
    return (
        alt.Color(
            "scenario:N",
            legend=key,
            scale=alt.Scale(domain=domain, range=[look.colour(dark) for look in by_name.values()]),
        ),
        alt.StrokeDash(
            "scenario:N",
            legend=None,
            scale=alt.Scale(domain=domain, range=[list(look.dash) or [1, 0] for look in by_name.values()]),
        ),
        alt.Shape(
            "scenario:N",
            legend=key,
            scale=alt.Scale(domain=domain, range=[look.shape for look in by_name.values()]),
        ),
    )


def finished(chart: Any, dark: bool, height: int) -> Spec:
    """Return the specification in the theme's colours, as wide as its place."""
    spec: Spec = chart.properties(height=height, width="container").to_dict()
    spec["config"] = config(ink(dark))
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    return spec


def with_figures(spec: Spec, figures: pd.DataFrame) -> Spec:
    """Return a specification with the figures that it is to draw."""
    return {**spec, "datasets": {**spec.get("datasets", {}), SOURCE: figures}}


def axis_format(indicator: Figure) -> str:
    """Return a number format with thousands parted; trailing zeros are dropped where there are decimals."""
    return f",.{indicator.decimals}~f" if indicator.decimals else ",.10~r"


def baseline_label(answer: Answer) -> str:
    """Return the label of what the others are compared with."""
    return answer.labels[answer.baseline]


def lines_alt(answer: Answer, indicator: Figure) -> str:
    """Return the chart of lines in words: what it shows and the figures of the last year."""
    year = answer.last_year
    figures = ", ".join(
        f"{answer.labels[record.scenario]} {number(record.value, indicator.decimals)}"
        for record in answer.of(indicator.name, year)
    )
    return f"{indicator.label_sv} per år {FIRST_SHOWN}–{year} ({indicator.unit_sv}). {year}: {figures}."


def points_alt(answer: Answer, indicator: Figure) -> str:
    """Return the chart of differences in words."""
    year = answer.last_year
    figures = ", ".join(
        f"{answer.labels[record.scenario]} {number(record.difference, indicator.decimals, sign=True)} "
        f"({interval(record.difference_low, record.difference_high, indicator.decimals)})"
        for record in answer.of(indicator.name, year)
        if record.difference is not None
    )
    return f"Skillnad mot {baseline_label(answer)} {year}, {indicator.label_sv} ({indicator.unit_sv}): {figures}."
