"""Exhibits of staff: what is needed and there by profession and place, the gap, and how it moves by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from scenarios.exhibits import marks
from scenarios.exhibits.charts import FIRST_SHOWN, baseline_label
from scenarios.exhibits.estimated import Row, columns, coordinate, listed, rows, variable
from scenarios.exhibits.exhibit import Column, Exhibit, Spec
from scenarios.exhibits.marks import Series
from scenarios.live.answer import Answer
from scenarios.measures.figure import BY_PROFESSION, BY_UNIT, Direction
from scenarios.measures.figures import FIGURES, Figure
from scenarios.places.names import MOVEMENTS_SV, PROFESSIONS_SV, UNIT_KINDS_SV, Unit, UnitKind
from scenarios.statistics.arrays import Array
from scenarios.statistics.limits import FREE, FROM_ZERO, PERCENT, Limits
from scenarios.text.swedish import number
from simulator.region.axes import PROFESSIONS_OF

FTE = "heltider"
SIZES_NOTE = (
    "Hälsocentralernas storlek och de namn som slutar på en siffra är antaganden (grad C), liksom hur tjänsterna "
    "fördelar sig mellan enheterna."
)
GAP_NOTE = "Gapet är behovet minus anställda. Hyrpersonal räknas inte in: den täcker, men fyller inte tjänsten."


@dataclass(frozen=True, slots=True)
class Place:
    """Units that are summed: all of a kind (`whole`), those of one municipality, or one."""

    label: str
    kind: UnitKind
    codes: tuple[str, ...]
    short: str = ""
    whole: bool = False


def whole(units: Sequence[Unit], kind: UnitKind) -> Place:
    """Return all units of a kind as one place."""
    codes = tuple(unit.code for unit in units if unit.kind == kind)
    return Place(f"Alla {UNIT_KINDS_SV[kind].lower()}", kind, codes, whole=True)


def places(units: Sequence[Unit], kind: UnitKind) -> list[Place]:
    """Return the places of a kind: all together, health centres by municipality where it has several, each unit."""
    mine = [unit for unit in units if unit.kind == kind]
    several = [place for place in by_town(units) if len(place.codes) > 1] if kind == "centre" else []
    return [whole(units, kind), *several, *(Place(unit.place, kind, (unit.code,)) for unit in mine)]


def by_town(units: Sequence[Unit]) -> list[Place]:
    """Return the health centres of each municipality as one place, by name."""
    towns: dict[str, list[str]] = {}
    for unit in units:
        if unit.kind == "centre":
            towns.setdefault(unit.municipality, []).append(unit.code)
    return [Place(f"Hälsocentralerna i {town}", "centre", tuple(towns[town]), town) for town in sorted(towns)]


# --- a year, by profession


def by_profession(answer: Answer, year: int, place: Place) -> list[Row]:
    """Return what is employed (`value`) and needed (`required`) by profession and scenario, and the gap."""
    professions = list(PROFESSIONS_OF[place.kind])
    required, available = (_of_year(answer, name, year, place, professions) for name in ("required", "available"))
    if required is None or available is None:
        return []
    named = [{"row": PROFESSIONS_SV[each], "profession": PROFESSIONS_SV[each]} for each in professions]
    need = rows(answer, required, named, FROM_ZERO)
    there = rows(answer, available, named, FROM_ZERO)
    gap = rows(answer, required - available, named, FREE, "down")
    return [
        {**g, "gap": g["value"], "required": n["value"], "available": a["value"]}
        for g, n, a in zip(gap, need, there, strict=True)
    ]


def _of_year(answer: Answer, what: str, year: int, place: Place, professions: Sequence[str]) -> Array | None:
    """Return FTE of a year summed over a place, [scenario, replication, profession]."""
    by_year = _of_years(answer, what, place, professions)
    years = coordinate(answer, "year")
    return None if by_year is None or year not in years else by_year[:, :, years.index(year)]


def _of_years(answer: Answer, what: str, place: Place, professions: Sequence[str]) -> Array | None:
    """Return FTE summed over a place, [scenario, replication, year, profession]."""
    values = variable(answer, f"fte_{what}_by_unit")
    if values is None:
        return None
    units, known = coordinate(answer, "unit"), coordinate(answer, "profession")
    at = [units.index(code) for code in place.codes if code in units]
    of = [known.index(name) for name in professions]
    total: Array = np.nansum(values[:, :, :, at][..., of].astype(np.float64), axis=3)
    return total


_PROFESSION = (Column("profession", "Yrke", None, "", "Yrke."),)


def _gap_columns(first: Sequence[Column], baseline: str) -> tuple[Column, ...]:
    extra = (
        Column("required", "Behov", 1, FTE, "Heltider som vården kräver, medelvärde över replikationer."),
        Column("available", "Anställda", 1, FTE, "Heltider anställda, hyrpersonal oräknad."),
    )
    gap_columns = columns(first, "Gap", FTE, 1, baseline)
    at = len(first) + 1
    return (*gap_columns[:at], *extra, *gap_columns[at:])


def supply(answer: Answer, year: int, place: Place) -> Exhibit:
    """Return what is needed and employed by profession, one row a scenario."""
    profession_rows = by_profession(answer, year, place)
    there = [{**row, "value": row["available"]} for row in profession_rows]
    main = "; ".join(
        f"{row['profession']}, {row['scenario']}: behov {number(row['required'], 1)}, anställda "
        f"{number(row['available'], 1)}"
        for row in profession_rows[:6]
    )
    return Exhibit(
        key=f"bemanning-{place.kind}",
        title=f"Behov och anställda {year}: {place.label}",
        unit=FTE,
        alt=f"Behov och anställda per yrke {year}, {place.label}, i heltider. {main}.",
        columns=_gap_columns(_PROFESSION, baseline_label(answer)),
        rows=profession_rows,
        draw=partial(_draw_supply, answer, there),
        note="Symbolen är anställda, det lodräta strecket behovet; linjen mellan dem är gapet. "
        + (SIZES_NOTE if place.kind == "centre" and not place.whole else ""),
        scenarios=tuple(answer.labels),
    )


def _draw_supply(answer: Answer, profession_rows: Sequence[Row], dark: bool) -> Spec:
    drawn = [
        {
            **row, "row": marks.wrapped(row["row"]), "need_text": number(row["required"], 1),
            "there_text": number(row["available"], 1), "gap_text": number(row["gap"], 1, sign=True),
        }
        for row in profession_rows
    ]  # fmt: skip
    tips = marks.tips(
        ("profession", "Yrke"), ("scenario", "Scenario"), ("need_text", "Behov, heltider"),
        ("there_text", "Anställda, heltider"), ("gap_text", "Gap, heltider"),
    )  # fmt: skip
    return marks.spans(drawn, Series(answer.labels, dark), tips, FTE, 0)


def gaps(answer: Answer, year: int, place: Place) -> Exhibit:
    """Return the gap by profession with its interval, one row a scenario."""
    profession_rows = by_profession(answer, year, place)
    return Exhibit(
        key=f"gap-{place.kind}",
        title=f"Gap {year}: {place.label}",
        unit=f"{FTE} som saknas, minus är överskott",
        alt=f"Gapet, behov minus anställda, per yrke {year}, {place.label}, heltider. "
        + listed(profession_rows, "profession", 1),
        columns=_gap_columns(_PROFESSION, baseline_label(answer)),
        rows=profession_rows,
        draw=partial(_draw_gaps, answer, profession_rows, (("profession", "Yrke"),)),
        note=f"{GAP_NOTE} Strecket genom symbolen är 95 %-intervallet.",
        scenarios=tuple(answer.labels),
    )


def _draw_gaps(answer: Answer, profession_rows: Sequence[Row], first: Sequence[tuple[str, str]], dark: bool) -> Spec:
    tips = marks.tooltip(first, "Gap", baseline_label(answer))
    labels = {row["name"]: row["scenario"] for row in profession_rows}
    kept = {name: label for name, label in answer.labels.items() if name in labels}
    return marks.points(marks.told(profession_rows, 1, FTE), Series(kept, dark), tips, f"{FTE} som saknas", 1)


# --- a year and a profession, by place


def by_unit(answer: Answer, year: int, profession: str, at: Sequence[Place], names: Sequence[str]) -> list[Row]:
    """Return the gap of a profession at each place for some scenarios, the largest of the last one first."""
    kinds = ("required", "available")
    stacked = [[_of_year(answer, what, year, place, [profession]) for place in at] for what in kinds]
    if not at or any(values is None for pair in stacked for values in pair):
        return []
    required, available = (np.concatenate([v for v in pair if v is not None], axis=-1) for pair in stacked)
    named = [{"row": place.short or place.label, "place": place.label} for place in at]
    need = rows(answer, required, named, FROM_ZERO)
    gap = rows(answer, required - available, named, FREE, "down")
    unit_rows = [
        {**g, "required": n["value"], "available": n["value"] - g["value"]}
        for g, n in zip(gap, need, strict=True)
        if g["name"] in names
    ]
    size = {row["place"]: row["value"] for row in unit_rows if row["name"] == names[-1]}
    return sorted(unit_rows, key=lambda row: -size[row["place"]])


def at_places(answer: Answer, year: int, profession: str, at: Sequence[Place], names: Sequence[str]) -> Exhibit:
    """Return the gap of a profession by place with its interval, for today's course and the scenario looked at."""
    unit_rows = by_unit(answer, year, profession, at, names)
    label = PROFESSIONS_SV[profession]
    labelled = [{**row, "row": f"{row['row']}"} for row in unit_rows]
    return Exhibit(
        key="gap-platser",
        title=f"{label}, gap {year} per plats",
        unit=f"{FTE} som saknas, minus är överskott",
        alt=f"{label}: gapet, behov minus anställda, {year} per plats, i heltider. {listed(unit_rows, 'place', 1)}",
        columns=_gap_columns((Column("place", "Plats", None, "", "Enhet eller kommun."),), baseline_label(answer)),
        rows=unit_rows,
        draw=partial(_draw_gaps, answer, labelled, (("place", "Plats"),)),
        note=f"{GAP_NOTE} {SIZES_NOTE}",
        scenarios=tuple(names),
    )


# --- by year


@dataclass(frozen=True, slots=True)
class StaffMeasure:
    """Something about staff that is followed by year; `by_place` tells whether units can be told apart."""

    name: str
    label_sv: str
    unit_sv: str
    decimals: int
    good: Direction
    by_place: bool = False
    limits: Limits = FROM_ZERO


def _of_figure(name: str, figure: Figure, by_place: bool = False) -> StaffMeasure:
    return StaffMeasure(name, figure.label_sv, figure.unit_sv, figure.decimals, figure.good, by_place, figure.limits)


STAFF_MEASURES = (
    StaffMeasure("gap", "Gap (behov minus anställda)", FTE, 1, "down", True, FREE),
    _of_figure("required", FIGURES[BY_UNIT]["fte_required_by_unit"], by_place=True),
    _of_figure("available", FIGURES[BY_UNIT]["fte_available_by_unit"], by_place=True),
    *(_of_figure(name, FIGURES[BY_PROFESSION][name]) for name in ("fte_posts", "fte_agency", "fte_beyond_posts")),
    StaffMeasure(
        "sick_leave", FIGURES[BY_PROFESSION]["sick_leave"].label_sv, "procent av arbetstiden", 1, "down", limits=PERCENT
    ),
    *(StaffMeasure(f"flow_{name}", label, "heltider under året", 1, "neither") for name, label in MOVEMENTS_SV.items()),
)


def measured(answer: Answer, measure: StaffMeasure, profession: str, place: Place) -> Array | None:
    """Return a measure of a profession, [scenario, replication, year]; None where it was not kept."""
    if measure.by_place:
        need, there = (_of_years(answer, what, place, [profession]) for what in ("required", "available"))
        if need is None or there is None:
            return None
        by_run: Array = {"gap": need - there, "required": need, "available": there}[measure.name][..., 0]
        return by_run
    flow = measure.name.removeprefix("flow_")
    values = variable(answer, "staff_flow" if measure.name != flow else measure.name)
    if values is None:
        return None
    mine: Array = values[:, :, :, coordinate(answer, "profession").index(profession)].astype(np.float64)
    if measure.name != flow:
        return np.asarray(mine[..., coordinate(answer, "staff_movement").index(flow)])
    return 100.0 * mine if measure.name == "sick_leave" else mine


def over_time(answer: Answer, measure: StaffMeasure, profession: str, place: Place) -> Exhibit:
    """Return a measure of a profession by year, a line a scenario."""
    values = measured(answer, measure, profession, place)
    years = [{"year": year, "marked": True} for year in coordinate(answer, "year")]
    year_rows = [] if values is None else rows(answer, values, years, measure.limits, measure.good)
    drawn = [row for row in year_rows if row["year"] >= FIRST_SHOWN]
    where = _lower(place.label) if measure.by_place and len(place.codes) > 1 else place.label
    where = where if measure.by_place else "hela länet"
    title = f"{PROFESSIONS_SV[profession]}, {where}: {_lower(measure.label_sv)}"
    last = [{**row, "year": str(row["year"])} for row in drawn if row["year"] == answer.last_year]
    return Exhibit(
        key="bemanning-ar",
        title=title,
        unit=measure.unit_sv,
        alt=f"{title}, per år {FIRST_SHOWN}–{answer.last_year}, {measure.unit_sv}. {listed(last, 'year', 1)}",
        columns=columns(
            (Column("year", "År", 0, "", "Kalenderår."),), measure.label_sv, measure.unit_sv, measure.decimals,
            baseline_label(answer),
        ),
        rows=year_rows,
        draw=partial(_draw_years, answer, drawn, measure),
        note="Bandet är 95 %-intervallet. Den lodräta axeln börjar inte vid noll.",
        scenarios=tuple(answer.labels),
    )  # fmt: skip


def _draw_years(answer: Answer, year_rows: Sequence[Row], measure: StaffMeasure, dark: bool) -> Spec:
    tips = marks.tooltip((("year", "År"),), measure.label_sv, baseline_label(answer))
    data: list[dict[str, Any]] = marks.told(year_rows, measure.decimals, measure.unit_sv)
    time = marks.years(FIRST_SHOWN, answer.last_year)
    return marks.lines(data, Series(answer.labels, dark), tips, measure.decimals, time)


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
