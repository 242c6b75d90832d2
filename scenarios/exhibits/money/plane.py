"""The plane of cost against outcome: a numbered point a strategy, with both intervals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from scenarios.exhibits import marks
from scenarios.exhibits.charts import baseline_label
from scenarios.exhibits.exhibit import Column, Exhibit, Spec
from scenarios.exhibits.money.costs import MSEK
from scenarios.exhibits.money.worth import BESIDE_COLUMN, Gain, row, weigh
from scenarios.exhibits.palette import ink, looks
from scenarios.exhibits.wording import interval
from scenarios.live.answer import Answer
from scenarios.text.swedish import number


def plane(answer: Answer, outcome: Gain, years: Sequence[int], period: str) -> Exhibit:
    """Return strategies by what they gain and what they cost more, a numbered point each with both intervals."""
    weighed = weigh(answer, outcome, years)
    points = [{"number": n, **row(outcome, each), "meaning": each.verdict_sv} for n, each in enumerate(weighed, 1)]
    baseline = baseline_label(answer)
    words = "; ".join(
        f"{row['number']} {row['scenario']}: {number(row['gain'], outcome.decimals, sign=True)} och "
        f"{number(row['cost'], 0, sign=True)} miljoner kronor ({row['verdict']})"
        for row in points
    )
    return Exhibit(
        key=f"kostnad-mot-{outcome.key}",
        title=f"Kostnad mot utfall, {period}",
        unit=f"{outcome.label_sv.lower()} om året och miljoner kronor om året",
        alt=f"Varje strategi efter vad den vinner (vågrätt) och kostar mer (lodrätt) än {baseline}, {period}. {words}.",
        columns=(
            Column("number", "Nummer", 0, "", "Punktens nummer i diagrammet."),
            Column("scenario", "Scenario", None, "", "Scenariots namn."),
            Column("meaning", "Betyder", None, "", "Sägs bara där intervallen inte rymmer noll."),
            BESIDE_COLUMN,
            Column("gain", outcome.label_sv, outcome.decimals, "om året", "Minus är försämring.", sign=True),
            Column("gain_low", "Undre gräns", outcome.decimals, "om året", "Undre gräns, 95 %.", sign=True),
            Column("gain_high", "Övre gräns", outcome.decimals, "om året", "Övre gräns, 95 %.", sign=True),
            Column("cost", "Merkostnad, Mkr", 1, f"{MSEK} om året", f"Skillnad mot {baseline}, parad.", sign=True),
            Column("cost_low", "Undre gräns", 1, f"{MSEK} om året", "Undre gräns, 95 %.", sign=True),
            Column("cost_high", "Övre gräns", 1, f"{MSEK} om året", "Övre gräns, 95 %.", sign=True),
        ),
        rows=points,
        draw=partial(_draw, answer, outcome, points),
        note=f"Till höger: {'färre' if outcome.less_care else 'bättre'} än i {baseline}. Under nollinjen: billigare. "
        f"Strecken är 95 %-intervallen. {LESS_NOTE if outcome.less_care else ''}",
        scenarios=tuple(answer.labels),
    )


LESS_NOTE = "Mindre vård är en vinst bara när behoven ändå möts: se i tabellen vad som försämras samtidigt."


def _draw(answer: Answer, outcome: Gain, points: Sequence[dict[str, Any]], dark: bool) -> Spec:
    data = [_told(row, outcome) for row in points]
    mine = {name: look.colour(dark) for name, look in looks(answer.labels).items()}
    scale = {"domain": [row["legend"] for row in data], "range": [mine[row["name"]] for row in data]}
    legend = {
        "title": None, "orient": "bottom", "columns": {"expr": "width > 620 ? 3 : 1"}, "labelLimit": 0,
        "symbolType": "circle",
    }  # fmt: skip
    colour = {"field": "legend", "type": "nominal", "scale": scale, "legend": legend}
    layers = [marks.zero("x"), marks.zero("y"), *_points(outcome, colour, dark)]
    return marks.finished({"layer": layers}, data, dark, 480 + 7 * len(data))


def _axes(outcome: Gain) -> tuple[Spec, Spec]:
    """Return the channels of what is gained and of what it costs, the title of the latter above its axis."""
    form = f"(datum.value > 0 ? '+' : '') + format(datum.value, '{marks.number_format(outcome.decimals)}')"
    axis = {"labelExpr": form, "tickCount": 5, "labelOverlap": True, "grid": True}
    above = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "start", "titleX": 0, "titleY": -14}
    shared = {"type": "quantitative", "scale": {"padding": 20}}
    gain = {**shared, "title": f"{outcome.label_sv.lower()} →", "axis": axis}
    return gain, {**shared, "title": "merkostnad, miljoner kronor ↑", "axis": {**axis, **above}}


def _points(outcome: Gain, colour: Spec, dark: bool) -> list[Spec]:
    """Return both intervals, a ring and a number for each strategy."""
    colours, (x, y) = ink(dark), _axes(outcome)
    at = {"x": {"field": "gain", **x}, "y": {"field": "cost", **y}}
    across = {**at, "x": {"field": "gain_low", **x}, "x2": {"field": "gain_high"}, "color": colour}
    along = {**at, "y": {"field": "cost_low", **y}, "y2": {"field": "cost_high"}, "color": colour}
    ring = {"type": "point", "size": 420, "filled": True, "opacity": 1, "fill": colours.page, "strokeWidth": 2.2}
    digits = {"type": "text", "fontSize": 12, "fontWeight": "bold", "color": colours.text}
    tips = marks.tips(
        ("scenario", "Scenario"), ("meaning", "Betyder"), ("gain_text", outcome.label_sv),
        ("cost_text", "Merkostnad"), ("told", "Kostnad per utfall"), ("beside", "Försämras samtidigt"),
    )  # fmt: skip
    return [
        *({"mark": {"type": "rule", "strokeWidth": 1.8}, "encoding": span} for span in (across, along)),
        {"mark": ring, "encoding": {**at, "stroke": colour, "tooltip": tips}},
        {"mark": digits, "encoding": {**at, "text": {"field": "number", "type": "nominal"}, "tooltip": tips}},
    ]


def _told(row: dict[str, Any], outcome: Gain) -> dict[str, Any]:
    places = outcome.decimals
    return {
        **row,
        "legend": f"{row['number']}  {row['scenario']}",
        "gain_text": f"{number(row['gain'], places, sign=True)} "
        f"({interval(row['gain_low'], row['gain_high'], places)})",
        "cost_text": f"{number(row['cost'], 1, sign=True)} miljoner kronor "
        f"({interval(row['cost_low'], row['cost_high'], 1)})",
    }
