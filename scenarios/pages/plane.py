"""The plane of cost against outcome: a numbered point a strategy, with both intervals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from scenarios.live.answer import Answer
from scenarios.pages import marks
from scenarios.pages.charts import baseline_label
from scenarios.pages.exhibit import Column, Exhibit, Spec
from scenarios.pages.palette import ink, looks
from scenarios.pages.wording import interval
from scenarios.pages.worth import BESIDE_COLUMN, MSEK, Outcome, row, weigh
from scenarios.swedish import number


def plane(answer: Answer, outcome: Outcome, years: Sequence[int], period: str) -> Exhibit:
    """Return strategies by what they gain and what they cost more, a numbered point each with both intervals."""
    weighed = weigh(answer, outcome, years)
    found = [{"number": n, **row(outcome, each), "meaning": each.verdict_sv} for n, each in enumerate(weighed, 1)]
    baseline = baseline_label(answer)
    words = "; ".join(
        f"{row['number']} {row['scenario']}: {number(row['gain'], outcome.decimals, sign=True)} och "
        f"{number(row['cost'], 0, sign=True)} miljoner kronor ({row['verdict']})"
        for row in found
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
        rows=found,
        draw=partial(_draw, answer, outcome, found),
        note=f"Till höger: {'färre' if outcome.less_care else 'bättre'} än i {baseline}. Under nollinjen: billigare. "
        f"Strecken är 95 %-intervallen. {LESS_NOTE if outcome.less_care else ''}",
        scenarios=tuple(answer.labels),
    )


LESS_NOTE = "Mindre vård är en vinst bara när behoven ändå möts: se i tabellen vad som försämras samtidigt."


def _draw(answer: Answer, outcome: Outcome, found: Sequence[dict[str, Any]], dark: bool) -> Spec:
    colours = ink(dark)
    mine = {name: look.colour(dark) for name, look in looks(answer.labels).items()}
    shown = [_told(row, outcome) for row in found]
    scale = {"domain": [row["legend"] for row in shown], "range": [mine[row["name"]] for row in shown]}
    colour = {
        "field": "legend", "type": "nominal", "scale": scale,
        "legend": {"title": None, "orient": "bottom", "columns": {"expr": "width > 620 ? 3 : 1"},
                   "labelLimit": 0, "symbolType": "circle"},
    }  # fmt: skip
    form = f"(datum.value > 0 ? '+' : '') + format(datum.value, '{marks.number_format(outcome.decimals)}')"
    axis = {"labelExpr": form, "tickCount": 5, "labelOverlap": True, "grid": True}
    x = {"type": "quantitative", "title": f"{outcome.label_sv.lower()} →", "axis": axis, "scale": {"padding": 20}}
    y = {
        "type": "quantitative", "title": ["merkostnad, miljoner kronor ↑"], "scale": {"padding": 20},
        "axis": {**axis, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "start", "titleX": 0, "titleY": -14},
    }  # fmt: skip
    tips = [
        {"field": field, "type": "nominal", "title": title}
        for field, title in (
            ("scenario", "Scenario"), ("meaning", "Betyder"), ("gain_text", outcome.label_sv),
            ("cost_text", "Merkostnad"), ("told", "Kostnad per utfall"), ("beside", "Försämras samtidigt"),
        )
    ]  # fmt: skip
    at = {"x": {"field": "gain", **x}, "y": {"field": "cost", **y}}
    layers = [
        marks.zero("x"), marks.zero("y"),
        {"mark": {"type": "rule", "strokeWidth": 1.8},
         "encoding": {**at, "x": {"field": "gain_low", **x}, "x2": {"field": "gain_high"}, "color": colour}},
        {"mark": {"type": "rule", "strokeWidth": 1.8},
         "encoding": {**at, "y": {"field": "cost_low", **y}, "y2": {"field": "cost_high"}, "color": colour}},
        {"mark": {"type": "point", "size": 420, "filled": True, "opacity": 1, "fill": colours.page, "strokeWidth": 2.2},
         "encoding": {**at, "stroke": colour, "tooltip": tips}},
        {"mark": {"type": "text", "fontSize": 12, "fontWeight": "bold", "color": colours.text},
         "encoding": {**at, "text": {"field": "number", "type": "nominal"}, "tooltip": tips}},
    ]  # fmt: skip
    return marks.finished({"layer": layers}, shown, dark, 480 + 7 * len(shown))


def _told(row: dict[str, Any], outcome: Outcome) -> dict[str, Any]:
    places = outcome.decimals
    return {
        **row,
        "legend": f"{row['number']}  {row['scenario']}",
        "gain_text": f"{number(row['gain'], places, sign=True)} "
        f"({interval(row['gain_low'], row['gain_high'], places)})",
        "cost_text": f"{number(row['cost'], 1, sign=True)} miljoner kronor "
        f"({interval(row['cost_low'], row['cost_high'], 1)})",
    }
