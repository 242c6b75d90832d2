"""One page for each municipality, and one for each health centre for its yearly dialogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scenarios.documents.content import Block, KeyFigure, KeyFigures, Paper, Paragraph, Picture, PrintedTable, Section
from scenarios.documents.foot import foot_of
from scenarios.documents.places_told import figures_of, municipality_names, value_at
from scenarios.documents.results_read import Material
from scenarios.documents.rounding import rounded_sv, with_interval
from scenarios.documents.spread_chart import SpreadLine, spread_exhibit
from scenarios.documents.strategy_document import about, subtitle
from scenarios.documents.tables import BRIEFLY_UNSURE_SV, FIT_BESIDE, named
from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.exhibits.map.centre_chart import centres_of
from scenarios.exhibits.map.place_rows import View, columns, judged, table_row
from scenarios.exhibits.telling import listed
from scenarios.exhibits.wording import VERDICTS_SV
from scenarios.findings.place_figures import PlaceFigure, PlaceFigures
from scenarios.live.answer import Verdict
from scenarios.measures.figure import BY_CENTRE, BY_MUNICIPALITY, Dimensions, Figure
from scenarios.text.problems import InputError, Problem
from scenarios.text.swedish import MISSING, number

MUNICIPALITY_MEASURES = (
    "population_80_plus", "share_80_plus", "complex_needs", "assessed_within_3_days", "waiting_days",
    "continuity_index", "persons_with_gp", "ed_visits", "bed_days", "avoidable_admissions", "discharge_ready_days",
    "home_help_given", "housing_queue", "staff_shortage_share",
)  # fmt: skip
CENTRE_MEASURES = (
    "complex", "assessed_within_3_days", "phone_same_day", "waiting_days", "gp_visits", "gp_required", "gp_available",
    "gp_gap",
)  # fmt: skip
OF_TOWN = ("continuity_index", "persons_with_gp")
"""Measures that the model has by municipality alone, told on the sheet of a centre as those of its municipality."""
FIGURES_SHOWN = 4
"""Key figures at the top of a page."""
NUMBERED_SV = (
    "Modellen har {count} hälsocentraler. Hur stora de är, hur personalen fördelas på dem och vad de flesta heter är "
    "antaganden (grad C): länets och kommunernas tal är fördelade på dem. Hälsocentralen på bladet är alltså ingen "
    "verklig enhet; läs den som ett exempel att samtala om."
)
CONTINUITY_SV = "Kontinuitet och fast läkare finns i modellen per kommun; raderna är hälsocentralens kommun."
SHORT_VERDICTS_SV: Mapping[Verdict, str] = {"better": "bättre", "worse": "sämre", "changed": "säkert"}
NO_PLACES_SV = "resultatet är från en äldre version och saknar mått per kommun och hälsocentral; kör om det."


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a sheet: a measure of a place, beside those of all places."""

    figures: PlaceFigures
    place: str
    label: str


def municipality_sheets(material: Material) -> Paper:
    """Return a page for each municipality; raises InputError when the results have no measures of any."""
    figures = _known(material, BY_MUNICIPALITY, MUNICIPALITY_MEASURES)
    sections = tuple(
        Section(f"kommun-{code}", name, tuple(_municipality(material, figures, code)), own_page=True)
        for code, name in municipality_names(material).items()
    )
    return _document(material, "kommunblad", "Blad per kommun", sections)


def centre_sheets(material: Material) -> Paper:
    """Return a page for each health centre; raises InputError when the results have no measures of any."""
    figures = _known(material, BY_CENTRE, CENTRE_MEASURES)
    towns = [figures_of(material, BY_MUNICIPALITY, name) for name in OF_TOWN]
    sections = tuple(
        Section(f"hc-{code}", title, tuple(_centre(material, figures, towns, code)), own_page=True)
        for code, title in _centre_titles(material).items()
    )
    return _document(material, "halsocentralblad", "Blad per hälsocentral", sections)


SHEETS: Mapping[str, Callable[[Material], Paper]] = {
    "kommun": municipality_sheets,
    "halsocentral": centre_sheets,
}
"""The kinds of sheets by the name under which they are asked for."""


def _document(material: Material, name: str, title: str, sections: tuple[Section, ...]) -> Paper:
    return Paper(
        name, f"{title}: {material.region.name_sv}", subtitle(material), about(material), sections, material.origin,
        material.created, foot_of(material.origin), front=False,
    )  # fmt: skip


def _known(material: Material, dimensions: Dimensions, names: Sequence[str]) -> list[PlaceFigures]:
    found = [figures_of(material, dimensions, name) for name in names]
    known = [figures for figures in found if figures is not None]
    if not known:
        raise InputError([Problem("MAPP", NO_PLACES_SV)])
    return known


# --- a municipality


def _municipality(material: Material, figures: Sequence[PlaceFigures], code: str) -> Iterator[Block]:
    rows = [_Row(each, code, named(each.measure)) for each in figures]
    yield KeyFigures(tuple(_key(material, row) for row in rows[:FIGURES_SHOWN]))
    yield _table(material, rows, "Kommun", code)
    notes = dict.fromkeys(row.figures.measure.note_sv for row in rows if row.figures.measure.note_sv)
    if notes:
        yield Paragraph(" ".join(notes), "note")


# --- a health centre


def _centre_titles(material: Material) -> dict[str, str]:
    region = material.region
    towns = region.municipality_names
    homes = zip(region.centres, region.centre_names, region.centre_municipality, strict=True)
    return {code: name if towns[at] in name else f"{name}, {towns[at]}" for code, name, at in homes}


def _centre(
    material: Material, figures: Sequence[PlaceFigures], towns: Sequence[PlaceFigures | None], code: str
) -> Iterator[Block]:
    region = material.region
    listed_then = int(region.centre_listed[region.centres.index(code)])
    town = next(m for m in region.municipalities if code in centres_of(region, m))
    rows = [_Row(each, code, named(each.measure)) for each in figures]
    of_town = [_Row(each, town, f"{named(each.measure)}, kommunen") for each in towns if each is not None]
    first = KeyFigure("Listade vid start", number(listed_then), f"länet {_listed_spread(material)}")
    yield KeyFigures((first, *(_key(material, row) for row in rows[: FIGURES_SHOWN - 1])))
    yield _table(material, [*rows, *of_town], "Hälsocentral", code)
    yield _spread_picture(material, rows, code)
    told = [NUMBERED_SV.format(count=number(len(region.centres))), *([CONTINUITY_SV] if of_town else [])]
    yield Paragraph(" ".join(told), "note")


def _listed_spread(material: Material) -> str:
    sizes = np.asarray(material.region.centre_listed, float)
    return f"{number(sizes.min(), 0)}–{number(sizes.max(), 0)}"


def _spread_picture(material: Material, rows: Sequence[_Row], code: str) -> Picture:
    spreads = [
        SpreadLine(row.label, row.figures.measure.decimals, tuple(_values(material, row.figures)),
               row.figures.places.index(row.place))
        for row in rows
    ]  # fmt: skip
    title = f"Bland länets hälsocentraler {material.last} med {material.course}"
    return Picture(spread_exhibit(f"spridning-{code}", title, spreads), title, share=0.8)


# --- both


def _key(material: Material, row: _Row) -> KeyFigure:
    at = [row.figures.at(material.baseline, row.place, year) for year in (material.last, material.today)]
    last, today = (value_at(figure, row.figures.measure) for figure in at)
    return KeyFigure(row.label, last, f"{material.last} med {material.course}; {material.today}: {today}")


def _values(material: Material, figures: PlaceFigures) -> list[float]:
    base, year = figures.scenarios.index(material.baseline), figures.years.index(material.last)
    values: list[float] = figures.value[base, :, year].tolist()
    return values


def _spread(material: Material, figures: PlaceFigures) -> str:
    """Return lowest, middle and highest of all places with the baseline in the last year."""
    known = [value for value in _values(material, figures) if not np.isnan(value)]
    if not known:
        return MISSING
    ends = (min(known), float(np.median(known)), max(known))
    low, middle, high = (rounded_sv(value, figures.measure.decimals) for value in ends)
    between = " till " if min(known) < 0 else "–"
    return f"{middle}\n{low}{between}{high}"


def _table(material: Material, rows: Sequence[_Row], place: str, code: str) -> PrintedTable:
    shown = material.strategies[:FIT_BESIDE]
    heads = (
        "Mått", f"{material.today}, i dag", f"{material.last}, {material.course}", f"Länet {material.last}",
        *map(material.label, shown),
    )  # fmt: skip
    cells = tuple(_cells(material, row, shown) for row in rows)
    shares = (0.25, 0.1, 0.11, 0.13, *(0.41 / max(len(shown), 1) for _ in shown))
    key = f"blad-{code}"
    title, right = (
        f"{place}: i dag, {material.undecided or f'med {material.course}'} och med strategierna",
        frozenset(range(1, len(heads))),
    )
    data = _data(material, rows, key, place)
    return PrintedTable(key, title, heads, cells, shares, right, _note(material, shown), data)


def _cells(material: Material, row: _Row, shown: Sequence[str]) -> tuple[str, ...]:
    at = [row.figures.at(material.baseline, row.place, year) for year in (material.today, material.last)]
    differences = (_difference(row.figures.at(name, row.place, material.last), row.figures.measure) for name in shown)
    own = (value_at(figure, row.figures.measure) for figure in at)
    return row.label, *own, _spread(material, row.figures), *differences


def _difference(figure: PlaceFigure, measure: Figure) -> str:
    """Return a difference with what it carries, and its interval below; of one that is not sure the interval alone."""
    if figure.difference is None:
        return MISSING
    bounds = figure.difference_low, figure.difference_high
    value, _, spread = with_interval(figure.difference, *bounds, measure.decimals, sign=True).partition(" (")
    words = judged(figure, measure.good)
    if words == "unclear":
        return f"{BRIEFLY_UNSURE_SV}\n({spread}"
    return f"{value} {SHORT_VERDICTS_SV[words]}\n({spread}" if spread else f"{value}\n{VERDICTS_SV[words]}"


def _note(material: Material, shown: Sequence[str]) -> str:
    rest = [material.label(name) for name in material.strategies if name not in shown]
    left_out = f" Ryms inte här: {listed(rest)}; välj med --scenario." if rest else ""
    return (
        f"Länet: mitten, därunder lägsta och högsta, med {material.course}. Strategierna: parad skillnad mot "
        f"{material.course} {material.last} med 95 %-intervall; {BRIEFLY_UNSURE_SV}: intervallet rymmer noll.{left_out}"
    )


_MEASURE = Column("measure", "Mått med enhet")


def _plain(column: Column) -> Column:
    """Return a column of a table in which every row has its own measure: no unit of one, and decimals for all."""
    return column if column.decimals is None else replace(column, decimals=3, unit="", description="")


def _data(material: Material, rows: Sequence[_Row], key: str, place: str) -> Exhibit:
    names = dict(zip(material.region.centres, material.region.centre_names, strict=True))
    view = View(material.baseline, material.last, "value", material.answer.labels, municipality_names(material) | names)
    lines = [
        {"measure": row.label, **table_row(row.figures.at(scenario, row.place, year), view, row.figures.measure.good)}
        for row in rows
        for scenario in material.answer.labels
        for year in (material.today, material.last)
    ]
    first, *rest = columns(rows[0].figures.measure, place, material.label(material.baseline))
    return Exhibit(key, view.names[rows[0].place], place, (first, _MEASURE, *map(_plain, rest)), lines)
