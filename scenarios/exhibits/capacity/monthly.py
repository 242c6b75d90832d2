"""Exhibits by month: beds, queues and waits, of a hospital, of all of them, or of the county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from scenarios.exhibits import marks
from scenarios.exhibits.charts import FIRST_SHOWN, baseline_label
from scenarios.exhibits.estimated import Row, columns, coordinate, rows, variable, worked_out
from scenarios.exhibits.exhibit import Column, Exhibit, Spec
from scenarios.exhibits.marks import Series
from scenarios.live.answer import Answer
from scenarios.measures.figure import BY_HOSPITAL, BY_HOSPITAL_SHOWN, BY_MONTH, BY_MONTH_SHOWN
from scenarios.measures.figures import FIGURES, Figure
from scenarios.measures.published import BY_QUEUE
from scenarios.places.names import QUEUES_SV
from scenarios.statistics.arrays import Array
from scenarios.strategies.period import FIRST_START
from scenarios.text.swedish import number

COUNTY = ""
"""In place of a hospital's code: the county."""
_MONTHS_SV = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Monthly:
    """A figure that is followed by month: of the county, or of each hospital.

    `summed` tells that hospitals are summed to the county (a share is that of the sums), `queue` is the line where the
    figure has several, and `limit` a figure that is drawn as a thin line beside it.
    """

    key: str
    figure: Figure
    summed: bool = False
    queue: str = ""
    limit: Figure | None = None
    note_sv: str = ""

    @property
    def label_sv(self) -> str:
        """Return the Swedish label."""
        return QUEUES_SV[self.queue] if self.queue else self.figure.label_sv

    @property
    def by_hospital(self) -> bool:
        """Tell whether hospitals can be told apart."""
        return "hospital" in self.figure.dimensions.names


_COUNTY, _HOSPITAL = FIGURES[BY_MONTH], FIGURES[BY_HOSPITAL]
_WAITING = FIGURES[BY_QUEUE]["waiting_for_hospital"]
BEDS = (
    Monthly(
        "belagda", _HOSPITAL["occupied_beds"], summed=True, limit=_HOSPITAL["available_beds"],
        note_sv="Den prickade linjen är de vårdplatser som är öppna; på sommaren är de färre.",
    ),
    Monthly("belaggning", FIGURES[BY_HOSPITAL_SHOWN]["occupancy"], summed=True),
    Monthly("vantan-vardplats", _HOSPITAL["boarding_hours"], summed=True),
    Monthly("utskrivningsklara", _COUNTY["discharge_ready_days"]),
    Monthly("vardtillfallen", _COUNTY["admissions"]),
    Monthly("akutbesok", _COUNTY["ed_visits"]),
)  # fmt: skip
LINES = (
    Monthly("vantan-lakare", _COUNTY["waiting_days"]),
    Monthly("bedomda", _COUNTY["assessed"]),
    *(Monthly(f"ko-{queue.replace('_', '-')}", _WAITING, summed=True, queue=queue) for queue in QUEUES_SV),
    Monthly("vantan-specialist", _HOSPITAL["specialist_wait_p90"]),
    Monthly("tid-akut", _HOSPITAL["ed_stay_p90"]),
    Monthly("ko-boende", _COUNTY["housing_queue"]),
)


def offered(answer: Answer, measures: Sequence[Monthly]) -> list[Monthly]:
    """Return those of which the details hold the figures."""
    return [measure for measure in measures if values(answer, measure, COUNTY) is not None]


def wheres(answer: Answer, measure: Monthly) -> list[str]:
    """Return the places of which a measure is known: COUNTY, codes of hospitals."""
    hospitals = coordinate(answer, "hospital") if measure.by_hospital else []
    return [*([] if measure.by_hospital and not measure.summed else [COUNTY]), *hospitals]


def values(answer: Answer, measure: Monthly, where: str) -> Array | None:
    """Return a measure at a place, [scenario, replication, month]; None where it was not kept."""
    figure = measure.figure
    if not figure.dimensions.variable and where == COUNTY:
        return worked_out(answer, FIGURES[BY_MONTH_SHOWN][figure.name])
    kept = figure.dimensions.variable.format(figure.name)
    by_run = variable(answer, kept) if kept else worked_out(answer, figure)
    if by_run is not None and measure.queue:
        by_run = by_run[..., coordinate(answer, "queue").index(measure.queue)]
    return _at(answer, by_run, where) if measure.by_hospital else by_run


def _at(answer: Answer, by_run: Array | None, where: str) -> Array | None:
    if by_run is None:
        return None
    hospitals = coordinate(answer, "hospital")
    total: Array = by_run.sum(axis=3) if where == COUNTY else by_run[..., hospitals.index(where)]
    return total


def by_month(answer: Answer, measure: Monthly, where: str) -> list[Row]:
    """Return a measure by month and scenario, with its `limit` where it has one."""
    by_run = values(answer, measure, where)
    if by_run is None:
        return []
    months = [str(np.datetime64(month, "M")) for month in answer.details["month"].values] if answer.details else []
    named = [{"month": f"{month}-01", "told": _month_sv(month), "marked": month.endswith("-01")} for month in months]
    out = rows(answer, by_run, named, measure.figure.limits, measure.figure.good)
    if measure.limit:
        limit = _at(answer, variable(answer, measure.limit.name), where)
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
    month_rows = by_month(answer, measure, where)
    place, decimals, unit = hospitals.get(where, "hela länet"), measure.figure.decimals, measure.figure.unit_sv
    title = f"{measure.label_sv}: {place}"
    extra = (Column("limit", "Öppna vårdplatser", decimals, unit, "Vårdplatser som är öppna."),)
    return Exhibit(
        key=f"manad-{measure.key}" + (f"-{where}" if where else ""),
        title=title,
        unit=unit,
        alt=f"{title}, per månad {FIRST_SHOWN}–{answer.last_year}, {unit}. {_means(answer, measure, month_rows)}",
        columns=(
            *columns(
                (Column("month", "Månad", None, "", "Månadens första dag."),), measure.label_sv, unit, decimals,
                baseline_label(answer),
            ),
            *(extra if measure.limit else ()),
        ),
        rows=month_rows,
        draw=partial(_draw, answer, measure, month_rows),
        note=f"{measure.note_sv} Bandet är 95 %-intervallet. Den lodräta axeln börjar inte vid noll. "
        f"Strategier verkar från {FIRST_START.year}.".strip(),
        scenarios=tuple(answer.labels),
    )  # fmt: skip


def _means(answer: Answer, measure: Monthly, month_rows: Sequence[Row]) -> str:
    """Say in words what the last year's months are on average."""
    parts = []
    for name, label in answer.labels.items():
        last = [r["value"] for r in month_rows if r["name"] == name and r["month"].startswith(str(answer.last_year))]
        if last:
            parts.append(f"{label} {number(sum(last) / len(last), measure.figure.decimals)}")
    return f"Medel av månaderna {answer.last_year}: {', '.join(parts)}."


def _draw(answer: Answer, measure: Monthly, month_rows: Sequence[Row], dark: bool) -> Spec:
    drawn = [row for row in month_rows if row["month"] >= str(FIRST_SHOWN)]
    tips = marks.tooltip((("told", "Månad"),), measure.label_sv, baseline_label(answer))
    data: list[dict[str, Any]] = marks.told(drawn, measure.figure.decimals, measure.figure.unit_sv)
    return marks.lines(data, Series(answer.labels, dark), tips, measure.figure.decimals, marks.months())
