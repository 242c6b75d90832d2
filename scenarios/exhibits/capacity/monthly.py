"""Exhibits by month: beds, queues and waits, of a hospital, of all of them, or of the county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np

from scenarios.exhibits import marks
from scenarios.exhibits.charts import FIRST_SHOWN, baseline_label
from scenarios.exhibits.estimated import Row, columns, coordinate, rows, variable
from scenarios.exhibits.exhibit import Column, Exhibit, Spec
from scenarios.exhibits.marks import Series
from scenarios.live.answer import Answer
from scenarios.measures.figure import Direction
from scenarios.places.names import QUEUES_SV
from scenarios.statistics.estimates import Array
from scenarios.strategies.strategy import FIRST_START
from scenarios.text.swedish import number

COUNTY = ""
"""In place of a hospital's code: the county."""
Where = Literal["county", "hospital", "both"]
_MONTHS_SV = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Monthly:
    """Something that is followed by month.

    `variable` of the details, with `queue` where it has several lines; `where` tells whether it is known of the
    county, of each hospital, or of both (a sum). `limit` is a variable that is drawn as a thin line beside it.
    """

    key: str
    label_sv: str
    unit_sv: str
    decimals: int
    good: Direction
    variable: str
    where: Where
    queue: str = ""
    limit: str = ""
    note_sv: str = ""


BEDS = (
    Monthly(
        "belagda", "Belagda vårdplatser", "vårdplatser", 0, "neither", "occupied_beds", "both", limit="available_beds",
        note_sv="Den prickade linjen är de vårdplatser som är öppna; på sommaren är de färre.",
    ),
    Monthly("belaggning", "Beläggning", "procent av öppna vårdplatser", 1, "down", "occupied_share", "both"),
    Monthly(
        "vantan-vardplats", "Väntan på akuten på vårdplats", "timmar i månaden", 0, "down", "boarding_hours", "both"
    ),
    Monthly(
        "utskrivningsklara", "Dygn på sjukhus som utskrivningsklar", "dygn i månaden", 0, "down",
        "discharge_ready_days_by_month", "county",
    ),
    Monthly("vardtillfallen", "Inläggningar", "i månaden", 0, "down", "admissions_by_month", "county"),
    Monthly("akutbesok", "Akutbesök", "i månaden", 0, "down", "ed_visits_by_month", "county"),
)  # fmt: skip
LINES = (
    Monthly(
        "vantan-lakare", "Väntan på läkarbesök på hälsocentral, medel", "dagar", 1, "down", "waiting_days_by_month",
        "county",
    ),
    Monthly(
        "bedomda", "Medicinsk bedömning inom tre dagar", "procent", 1, "up", "assessed_by_month", "county"
    ),
    *(
        Monthly(
            f"ko-{queue.replace('_', '-')}", label, "personer vid månadens slut", 0, "down", "waiting_for_hospital",
            "both", queue,
        )
        for queue, label in QUEUES_SV.items()
    ),
    Monthly(
        "vantan-specialist", "Väntan på första besök efter remiss, nio av tio inom", "dagar", 0, "down",
        "specialist_wait_p90", "hospital",
    ),
    Monthly("tid-akut", "Tid på akutmottagning, nio av tio inom", "minuter", 0, "down", "ed_stay_p90", "hospital"),
    Monthly(
        "ko-boende", "Väntande på särskilt boende", "personer", 0, "down", "housing_queue_by_month", "county"
    ),
)  # fmt: skip


def offered(answer: Answer, measures: Sequence[Monthly]) -> list[Monthly]:
    """Return those of which the details hold the figures."""
    return [measure for measure in measures if _values(answer, measure, COUNTY) is not None]


def wheres(answer: Answer, measure: Monthly) -> list[str]:
    """Return the places of which a measure is known: COUNTY, codes of hospitals."""
    hospitals = coordinate(answer, "hospital") if measure.where != "county" else []
    return [*([] if measure.where == "hospital" else [COUNTY]), *hospitals]


def values(answer: Answer, measure: Monthly, where: str) -> Array | None:
    """Return a measure at a place, [scenario, replication, month]; None where it was not kept."""
    return _values(answer, measure, where)


def _values(answer: Answer, measure: Monthly, where: str) -> Array | None:
    if measure.variable == "occupied_share":
        used, open_ = (_at(answer, variable(answer, name), where) for name in ("occupied_beds", "available_beds"))
        if used is None or open_ is None:
            return None
        share: Array = 100.0 * used / np.where(open_ > 0, open_, np.nan)
        return share
    found = variable(answer, measure.variable)
    if found is not None and measure.queue:
        found = found[..., coordinate(answer, "queue").index(measure.queue)]
    return found if measure.where == "county" else _at(answer, found, where)


def _at(answer: Answer, found: Array | None, where: str) -> Array | None:
    if found is None:
        return None
    hospitals = coordinate(answer, "hospital")
    total: Array = found.sum(axis=3) if where == COUNTY else found[..., hospitals.index(where)]
    return total


def by_month(answer: Answer, measure: Monthly, where: str) -> list[Row]:
    """Return a measure by month and scenario, with its `limit` where it has one."""
    found = _values(answer, measure, where)
    if found is None:
        return []
    months = [str(np.datetime64(month, "M")) for month in answer.details["month"].values] if answer.details else []
    named = [{"month": f"{month}-01", "told": _month_sv(month), "marked": month.endswith("-01")} for month in months]
    out = rows(answer, found, named, measure.good)
    if measure.limit:
        limit = _at(answer, variable(answer, measure.limit), where)
        if limit is not None:
            mean = limit.mean(axis=1)
            at = {f"{month}-01": i for i, month in enumerate(months)}
            names = list(answer.labels)
            out = [{**row, "limit": float(mean[names.index(row["name"]), at[row["month"]]])} for row in out]
    return out


def _month_sv(month: str) -> str:
    return f"{_MONTHS_SV[int(month[5:7]) - 1]} {month[:4]}"


def exhibit(answer: Answer, measure: Monthly, where: str, hospitals: Mapping[str, str]) -> Exhibit:
    """Return a measure by month at a place, a line a scenario; `hospitals` names their codes."""
    found = by_month(answer, measure, where)
    place = hospitals.get(where, "hela länet")
    title = f"{measure.label_sv}: {place}"
    extra = (Column("limit", "Öppna vårdplatser", measure.decimals, measure.unit_sv, "Vårdplatser som är öppna."),)
    return Exhibit(
        key=f"manad-{measure.key}" + (f"-{where}" if where else ""),
        title=title,
        unit=measure.unit_sv,
        alt=f"{title}, per månad {FIRST_SHOWN}–{answer.last_year}, {measure.unit_sv}. {_means(answer, measure, found)}",
        columns=(
            *columns(
                (Column("month", "Månad", None, "", "Månadens första dag."),), measure.label_sv, measure.unit_sv,
                measure.decimals, baseline_label(answer),
            ),
            *(extra if measure.limit else ()),
        ),
        rows=found,
        draw=partial(_draw, answer, measure, found),
        note=f"{measure.note_sv} Bandet är 95 %-intervallet. Den lodräta axeln börjar inte vid noll. "
        f"Strategier verkar från {FIRST_START.year}.".strip(),
        scenarios=tuple(answer.labels),
    )  # fmt: skip


def _means(answer: Answer, measure: Monthly, found: Sequence[Row]) -> str:
    """Say in words what the last year's months are on average."""
    parts = []
    for name, label in answer.labels.items():
        last = [r["value"] for r in found if r["name"] == name and r["month"].startswith(str(answer.last_year))]
        if last:
            parts.append(f"{label} {number(sum(last) / len(last), measure.decimals)}")
    return f"Medel av månaderna {answer.last_year}: {', '.join(parts)}."


def _draw(answer: Answer, measure: Monthly, found: Sequence[Row], dark: bool) -> Spec:
    shown = [row for row in found if row["month"] >= str(FIRST_SHOWN)]
    tips = marks.tooltip((("told", "Månad"),), measure.label_sv, baseline_label(answer))
    told: list[dict[str, Any]] = marks.told(shown, measure.decimals, measure.unit_sv)
    return marks.lines(told, Series(answer.labels, dark), tips, measure.decimals, marks.months())
