"""A person's two paths as a timeline that one can tell a story with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from scenarios.exhibits import charts
from scenarios.exhibits.exhibit import Column, Exhibit, Spec
from scenarios.exhibits.palette import Look, ink
from scenarios.exhibits.person.events import ENDINGS, MARKS, TIMELINE_ROWS, group_of, present
from scenarios.live.life import SIDES, Figures, Life, ToldEvent, total
from scenarios.strategies.period import FIRST_START, THIS_YEAR
from scenarios.text.swedish import number

FIRST_DRAWN = THIS_YEAR
"""One year of the common past is drawn, so that one sees the paths part."""
TIMELINE_NOTE = (
    "Prickad linje: strategierna börjar. Streckad linje: vägarna skiljs. Akut av ouppfyllt behov är akutbesök sedan "
    "läkartid eller hembesök har uteblivit, hjälpen från hemtjänsten inte räckt eller väntan blivit lång. Övriga "
    "kontakter är sköterska, rehab, specialist och digitalt; vård hemma är mobilt team och sjukhusvård i hemmet; stöd "
    "är närvårdsteam, fast vårdkontakt, plan (SIP) och egenmonitorering; läget är sjukdom, behovsgrupp, boende, "
    "hemsjukvård och fast läkare, som ses över varje 1 januari, och livets slut. Hemsjukvårdens besök ritas inte: de "
    "räknas nedan."
)
_LANE = len(TIMELINE_ROWS) + 1.9
_ROW_PIXELS, _LEGEND_PIXELS = 24, 19


@dataclass(frozen=True, slots=True)
class Pair:
    """What the two paths are called and how they look, and the last year."""

    labels: tuple[str, str]
    looks: tuple[Look, Look]
    horizon: int


def timeline(life: Life, pair: Pair) -> Exhibit:
    """Return both paths as dated marks, one lane a scenario; the table has every event, side by side."""
    return Exhibit(
        key="tidslinje",
        title=f"{life.title}: två vägar {FIRST_DRAWN}–{pair.horizon}",
        alt=timeline_alt(life, pair),
        columns=(
            Column("day", "Datum", description="Händelsens dag."),
            Column("until", "Till och med", description="Sista dag för det som varar."),
            Column("kind", "Slag", description="Slag av händelse, som i tidslinjens förklaring."),
            Column("ours", pair.labels[0], description=f"Vad som händer i {pair.labels[0]}."),
            Column("theirs", pair.labels[1], description=f"Vad som händer i {pair.labels[1]}."),
        ),
        rows=event_rows(life),
        draw=partial(draw, life, pair),
        note=TIMELINE_NOTE,
        scenarios=pair.labels,
    )


def timeline_alt(life: Life, pair: Pair) -> str:
    """Return the story in two sentences."""
    sides = [
        f"I {label} {_telling(life.years[side], life.paths[side])}"
        for side, label in zip(SIDES, pair.labels, strict=True)
    ]
    parted = "Vägarna är lika hela tiden" if life.parted is None else f"Vägarna skiljs {life.parted.date_sv}"
    return f"{life.title}, {FIRST_START.year}–{pair.horizon}: {parted}. {'; '.join(sides)}."


def _telling(years: Sequence[Figures], events: Sequence[ToldEvent]) -> str:
    parts = [
        f"{number(total(years, name))} {label}"
        for name, label in (
            ("gp_visits", "läkarbesök"), ("own_gp_visits", "av dem hos den fasta läkaren"),
            ("emergency_visits", "akutbesök"), ("days_hospital", "nätter på sjukhus"),
        )
    ]  # fmt: skip
    unmet = sum(group_of(event) == "unmet" for event in events if event.day >= FIRST_START.isoformat())
    if unmet:
        parts.insert(3, f"{number(unmet)} av dem av ouppfyllt behov")
    endings = [(event.text.split(",")[0].lower(), event.date_sv) for event in events if event.kind in ENDINGS]
    leaves = [f", och {text} {when}" for text, when in endings]
    return ", ".join(parts) + "".join(leaves)


def beside(life: Life) -> Iterator[tuple[ToldEvent | None, ToldEvent | None, bool]]:
    """Yield the events side by side, in order of time, and whether they are the same to the person."""
    for a, b, same in life.pairs:
        yield None if a is None else life.paths[0][a], None if b is None else life.paths[1][b], same


def event_rows(life: Life) -> list[dict[str, str]]:
    """Return every event of both paths, the same in one row."""
    rows = []
    for ours, theirs, same in beside(life):
        event = ours or theirs
        if event is not None:
            rows.append(
                {
                    "day": event.day, "until": event.until, "kind": MARKS[group_of(event)].label,
                    "ours": ours.text if ours else "–", "theirs": "lika" if same else theirs.text if theirs else "–",
                }
            )  # fmt: skip
    return rows


# --- the chart


def draw(life: Life, pair: Pair, dark: bool) -> Spec:
    """Return the timeline as Vega-Lite, its figures in it."""
    drawn = [[e for e in path if e.day >= f"{FIRST_DRAWN}"] for path in life.paths]
    groups = present([*drawn[0], *drawn[1]])
    marks = [row for side in SIDES for row in _marks(drawn[side], side, pair)]
    behind = [_gone(life, pair, dark), *_dates(life, pair, dark), *_lanes(pair, dark)]
    everyday = [mark for mark in marks if mark["group"] == MARKS["contact"].label]
    turns = [mark for mark in marks if mark["group"] != MARKS["contact"].label]
    points = [_points(everyday, dark), _points(turns, dark)]  # what stands in the row of many contacts is seen
    layers = [*behind, _bars(marks), *points]
    for layer in layers[-3:]:
        layer["encoding"]["color"] = {
            "field": "group", "type": "nominal", "legend": _legend(),
            "scale": {"domain": [MARKS[g].label for g in groups], "range": [MARKS[g].colour(dark) for g in groups]},
        }  # fmt: skip
    for layer in points:
        layer["encoding"]["shape"] = {
            "field": "group", "type": "nominal", "legend": _legend(),
            "scale": {"domain": [MARKS[g].label for g in groups], "range": [MARKS[g].shape for g in groups]},
        }  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container", "height": round(2 * _LANE * _ROW_PIXELS) + _LEGEND_PIXELS * (len(groups) + 1) // 2,
        "autosize": {"type": "fit", "contains": "padding"},
        "layer": [{**layer, "encoding": {"x": _time(pair), "y": _place(), **layer["encoding"]}} for layer in layers],
        "config": charts.config(ink(dark)),
    }  # fmt: skip


def _time(pair: Pair) -> Spec:
    return {
        "field": "day", "type": "temporal", "title": None,
        "scale": {"type": "utc", "domain": [f"{FIRST_DRAWN}-01-01", f"{pair.horizon + 1}-01-01"]},
        "axis": {
            "tickCount": {"interval": "year", "step": 1}, "grid": True, "labelAlign": "left",
            "labelExpr": f"utcyear(datum.value) > {pair.horizon} ? '' : utcFormat(datum.value, '%Y')",
        },
    }  # fmt: skip


def _place() -> Spec:
    places = [side * _LANE + 1 + n for side in SIDES for n in range(len(TIMELINE_ROWS))]
    first = ", ".join(f"'{row}'" for row in TIMELINE_ROWS)
    label = f"[{first}][datum.value < {_LANE} ? round(datum.value - 1) : round(datum.value - {_LANE} - 1)]"
    axis = {"values": places, "labelExpr": label, "grid": True, "gridDash": [1, 4], "ticks": False, "domain": False}
    scale = {"domain": [-0.3, 2 * _LANE - 0.8], "reverse": True, "nice": False, "zero": False}
    return {"field": "place", "type": "quantitative", "title": None, "scale": scale, "axis": axis}


def _legend() -> Spec:
    return {"title": None, "orient": "top", "direction": "horizontal", "columns": 2, "symbolStrokeWidth": 0}


def _marks(events: Iterable[ToldEvent], side: int, pair: Pair) -> list[dict[str, Any]]:
    marks = []
    for event in events:
        mark = MARKS[group_of(event)]
        lasts = bool(event.until)
        when = f"{event.day} till {event.until}" if lasts and event.until != event.day else event.day
        marks.append(
            {
                "day": event.day, "until": event.until or event.day, "bar": mark.lasts or lasts, "group": mark.label,
                "place": round(side * _LANE + 1 + mark.row, 2), "when": when, "what": event.text,
                "scenario": pair.labels[side], "spoken": f"{event.date_sv}, {pair.labels[side]}: {event.text}",
            }
        )  # fmt: skip
    return marks


_SPOKEN = {"field": "spoken", "type": "nominal"}
"""What a screen reader says of a mark; marks that only order the picture are silent."""
_TOOLTIP = [
    {"field": "when", "type": "nominal", "title": "När"},
    {"field": "what", "type": "nominal", "title": "Vad"},
    {"field": "scenario", "type": "nominal", "title": "Scenario"},
]


def _bars(marks: Sequence[Mapping[str, Any]]) -> Spec:
    """What lasts, at least as wide as can be seen."""
    values = [mark for mark in marks if mark["bar"]]
    return {
        "data": {"values": values},
        "mark": {"type": "rule", "strokeWidth": 13, "strokeCap": "butt"},
        "encoding": {"x2": {"field": "shown_until"}, "tooltip": _TOOLTIP, "description": _SPOKEN},
        "transform": [{"calculate": f"max(toDate(datum.until), toDate(datum.day) + {_SEEN})", "as": "shown_until"}],
    }


_SEEN = 4 * 86_400_000
"""Milliseconds that a bar covers at least: a stay of one night would not be seen among five years."""


def _points(marks: Sequence[Mapping[str, Any]], dark: bool) -> Spec:
    values = [mark for mark in marks if not mark["bar"]]
    return {
        "data": {"values": values},
        "mark": {
            "type": "point", "filled": True, "size": 95, "opacity": 1, "stroke": ink(dark).page, "strokeWidth": 0.8,
        },
        "encoding": {"tooltip": _TOOLTIP, "description": _SPOKEN},
    }  # fmt: skip


def _lanes(pair: Pair, dark: bool) -> list[Spec]:
    """The name of each scenario above its rows, in its colour."""
    return [
        {
            "data": {"values": [{"day": f"{FIRST_DRAWN}-01-01", "place": round(side * _LANE + 0.15, 2)}]},
            "mark": {
                "type": "text", "aria": False, "align": "left", "baseline": "middle", "fontSize": 14,
                "fontWeight": "bold", "text": pair.labels[side], "color": pair.looks[side].colour(dark), "limit": 0,
                "dx": 2,
            },
            "encoding": {},
        }
        for side in SIDES
    ]  # fmt: skip


def _gone(life: Life, pair: Pair, dark: bool) -> Spec:
    """Time after death or a move away."""
    last = f"{pair.horizon + 1}-01-01"
    values = [
        {
            "day": e.day, "until": last, "place": side * _LANE + 0.6, "end": side * _LANE + len(TIMELINE_ROWS) + 0.5,
            "what": e.text,
        }
        for side in SIDES
        for e in life.paths[side]
        if e.kind in ENDINGS
    ]  # fmt: skip
    return {
        "data": {"values": values},
        "mark": {"type": "rect", "color": ink(dark).grid, "opacity": 0.75, "aria": False},
        "encoding": {"x2": {"field": "until"}, "y2": {"field": "end"}, "tooltip": [_TOOLTIP[1]]},
    }


def _dates(life: Life, pair: Pair, dark: bool) -> list[Spec]:
    """Where strategies begin, and where the paths part."""
    lines = [(FIRST_START.isoformat(), [3, 3], ink(dark).rule, 1.0)]
    if life.parted is not None:
        lines.append((life.parted.day, [7, 3], ink(dark).text, 1.6))
    rules: list[Spec] = [
        {
            "data": {"values": [{"day": day}]},
            "mark": {"type": "rule", "aria": False, "strokeDash": dash, "color": colour, "strokeWidth": width},
            "encoding": {"y": None},
        }
        for day, dash, colour, width in lines
    ]
    if life.parted is None:
        return rules
    place = {"day": life.parted.day, "place": round(_LANE - 0.75, 2)}
    late = life.parted.day >= f"{(FIRST_DRAWN + pair.horizon + 1) // 2}"
    text = {
        "type": "text", "aria": False, "align": "right" if late else "left", "baseline": "middle",
        "dx": -5 if late else 5, "fontSize": 13, "fontWeight": "bold",
        "text": f"här skiljs vägarna, {life.parted.date_sv}", "color": ink(dark).text, "limit": 0,
    }  # fmt: skip
    return [*rules, {"data": {"values": [place]}, "mark": text, "encoding": {}}]
