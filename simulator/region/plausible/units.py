"""Health centres, hospitals and municipalities: staff, beds and places for those they serve, and against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from simulator.region import texts
from simulator.region.axes import AGES, PROFESSIONS_OF, WARDS
from simulator.region.plausible import patterns
from simulator.region.plausible.finding import Finding, outside
from simulator.region.plausible.people import counted
from simulator.region.plausible.reference import Bounds, totals
from simulator.region.table_schema import Table, TableProblem, line_of

Tables = Mapping[str, Table]
OTHERS, FEW, POST = 3.0, 1.5, 0.3
"""How many times its region's middle a unit's figure may be; what a small whole number and a post may differ by."""


NEVER_NONE = ("beds_per_1000", "ed_places_per_1000", "housing_places", "receptions_per_day")
"""What every region has some of; another may do without residents, agency staff or vacancies."""
SEVERAL = 6
"""Units from which two with each other's figures can be told from two that differ."""


@dataclass(slots=True)
class Measure:
    """A figure by unit, per what it serves; `slack` is what a small count may differ by, `alike` if units
    of one region are near each other."""

    name: str
    file: str
    column: str
    lines: list[int] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    figures: list[float] = field(default_factory=list)
    served: list[float] = field(default_factory=list)
    slack: float = 0.0
    alike: bool = True

    def add(self, line: int, unit: str, value: float, served: float) -> None:
        """Add one unit's value; nothing is asked of one that serves nobody."""
        if served > 0:
            self.lines.append(line)
            self.units.append(unit)
            self.figures.append(value / served)
            self.served.append(served)


def units(tables: Tables) -> Iterator[Finding]:
    """Everything that is unlikely of those who give care."""
    for measure in (*_staff(tables), *_hospitals(tables), *_municipal(tables), *_listed(tables)):
        yield from _judged(measure)
    yield from _wards(tables)
    yield from _professions(tables)


def _judged(measure: Measure) -> Iterator[Finding]:
    """Each unit within the usual range, then near the middle of its region."""
    usual, figures = totals()[measure.name], np.array(measure.figures)
    if not len(figures):
        return
    if len(figures) > 1 and usual.value > 0 and not figures.any():
        problem = TableProblem(
            measure.file, 0, measure.column, "0", texts.NOT_ALL_ZERO, "", texts.CAUSE_ZERO, "", "zeros"
        )
        yield Finding(problem, refused=measure.name in NEVER_NONE)
        return
    middle = float(np.median(figures[figures > 0])) if figures.any() else 0.0
    if measure.alike:
        yield from _in_place(measure, middle)
    of_units = (_of_unit(measure, index, usual, figure, middle) for index, figure in enumerate(measure.figures))
    found = [finding for finding in of_units if finding is not None]
    if len(found) > 2 and 2 * len(found) >= len(figures) and not usual.low <= middle <= usual.high:
        yield outside(measure.file, 0, measure.column, "", f"{measure.name} level", middle, usual)
    else:
        yield from found


def _in_place(measure: Measure, middle: float) -> Iterator[Finding]:
    """Units with each other's figures: what each has is nearer to what another would have at the region's middle."""
    filled = [index for index, figure in enumerate(measure.figures) if figure > 0]
    own = {measure.units[i]: measure.figures[i] * measure.served[i] for i in filled}
    expected = {measure.units[i]: middle * measure.served[i] for i in filled}
    if own:
        yield from patterns.shifted(measure.file, measure.column, own, expected)
        if len(own) >= SEVERAL:
            yield from patterns.exchanged_rows(measure.file, measure.column, own, expected)


def _of_unit(measure: Measure, index: int, usual: Bounds, figure: float, middle: float) -> Finding | None:
    where = (measure.file, measure.lines[index], measure.column, measure.units[index])
    share = usual.unit.startswith("andel")
    slack = measure.slack / measure.served[index]
    if not usual.low - slack <= figure <= usual.high + slack and not (share and figure == 0):
        finding = outside(*where, measure.name, figure, usual, measure.served[index])
        # A single unit may have next to nothing of something, but not many times what others have.
        return Finding(finding.problem, finding.refused and figure > usual.high and not share)
    others = Bounds(middle, middle / OTHERS, middle * OTHERS, usual.unit, usual.source, usual.grade)
    if not measure.alike or len(measure.figures) < 2 or (figure == 0 and (share or usual.low == 0)):
        return None
    if others.low - slack <= figure <= others.high + slack:
        return None
    return Finding(outside(*where, "others", figure, others, measure.served[index]).problem, refused=False)


def _staff(tables: Tables) -> Iterator[Measure]:
    """Posts per what a unit serves, shares vacant and shares of agency staff, by profession."""
    table, served = tables["staff"], _served(tables)
    for kind, professions in PROFESSIONS_OF.items():
        for work in professions:
            posts = Measure(f"posts_{work}", table.file, "posts_fte", slack=POST)
            vacancy, agency = (
                Measure(f"{name}_{work}", table.file, column)
                for name, column in (("vacancy", "vacancy"), ("agency", "agency_share"))
            )
            for index, row in enumerate(table.rows()):
                if (row["unit_kind"], row["profession"]) == (kind, work):
                    name = f"{row['unit']} {work}"
                    posts.add(line_of(index), name, row["posts_fte"], served[kind].get(row["unit"], 0.0))
                    vacancy.add(line_of(index), name, row["vacancy"], 1.0)
                    agency.add(line_of(index), name, row["agency_share"], 1.0)
            yield from (posts, vacancy, agency)


def _professions(tables: Tables) -> Iterator[Finding]:
    """Shares vacant and of agency staff are those of their profession, not of the next row's."""
    table = tables["staff"]
    for name, column in (("vacancy", "vacancy"), ("agency", "agency_share")):
        rows = [(f"{row['unit']} {row['profession']}", row["profession"], row[column]) for row in table.rows()]
        own = {row: value for row, _, value in rows if value > 0}
        usual = {row: totals()[f"{name}_{work}"].value for row, work, _ in rows}
        yield from patterns.shifted(table.file, column, own, {row: v for row, v in usual.items() if v > 0})


def _served(tables: Tables) -> Mapping[str, Mapping[str, float]]:
    """What each unit serves: thousands listed, beds, inhabitants aged 80 and over."""
    centres, hospitals = tables["health_centres"], tables["hospitals"]
    return {
        "centre": dict(zip(centres["centre"], [n / 1000 for n in centres["listed"]], strict=True)),
        "hospital": dict(zip(hospitals["hospital"], map(float, hospitals["beds"]), strict=True)),
        "municipality": _aged(tables),
    }


def _aged(tables: Tables) -> Mapping[str, float]:
    aged = counted(tables["population"])[..., 80:AGES].sum((1, 2))
    return dict(zip(tables["municipalities"]["municipality"], aged.tolist(), strict=True))


def _hospitals(tables: Tables) -> Iterator[Measure]:
    """Beds and places for the whole region, of which each hospital has its part."""
    table = tables["hospitals"]
    people = counted(tables["population"]).sum() / 1000
    for name, column in (
        ("beds_per_1000", "beds"), ("ed_places_per_1000", "ed_places"), ("psychiatry_beds_per_1000", "psychiatry_beds"),
    ):  # fmt: skip
        measure = Measure(name, table.file, column, slack=FEW)
        measure.add(0, "", float(sum(table[column])), people)
        yield measure
    summer, county = (
        Measure("summer_beds", table.file, "beds_summer"),
        Measure("to_county_share", table.file, "to_county_share"),
    )
    places = Measure("ed_places_per_bed", table.file, "ed_places", slack=FEW)
    treatment, urgent = (Measure(name, table.file, name) for name in ("treatment_time_factor", "urgent_factor"))
    for index, row in enumerate(table.rows()):
        summer.add(line_of(index), row["hospital"], row["beds_summer"], row["beds"])
        # The first hospital is the county's own: what it would send to itself says nothing.
        county.add(line_of(index), row["hospital"], row["to_county_share"], min(index, 1))
        places.add(line_of(index), row["hospital"], row["ed_places"], row["beds"])
        treatment.add(line_of(index), row["hospital"], row["treatment_time_factor"], 1)
        urgent.add(line_of(index), row["hospital"], row["urgent_factor"], 1)
    yield from (summer, places, county, treatment, urgent)


def _wards(tables: Tables) -> Iterator[Finding]:
    """Beds by specialty: shares of the hospital's and of the region's."""
    table = tables["wards"]
    beds = np.array(table["beds"], dtype=np.float64).reshape(-1, len(WARDS))
    shares = beds / np.maximum(beds.sum(1, keepdims=True), 1)
    whole = beds.sum(0) / max(beds.sum(), 1)
    own = {name: share for name, share in zip(WARDS, whole.tolist(), strict=True) if share > 0}
    usual_shares = {name: totals()[f"ward_{name}"].value for name in WARDS}
    yield from patterns.exchanged_rows(table.file, "beds", own, usual_shares)
    for ward, name in enumerate(WARDS):
        usual = totals()[f"ward_{name}"]
        if not usual.low <= whole[ward] <= usual.high:
            yield outside(table.file, 0, "beds", name, f"ward_{name}", float(whole[ward]), usual)
        for hospital, share in enumerate(shares[:, ward].tolist()):
            slack = FEW / max(beds[hospital].sum(), 1)
            if not usual.low - slack <= share <= usual.high + slack:
                line = line_of(hospital * len(WARDS) + ward)
                row = f"{table['hospital'][hospital * len(WARDS)]} {name}"
                yield Finding(
                    outside(table.file, line, "beds", row, f"ward_{name}", share, usual).problem, refused=False
                )


def _municipal(tables: Tables) -> Iterator[Measure]:
    """Places and receptions by inhabitants aged 80 and over."""
    table, aged = tables["municipal_care"], _aged(tables)
    for name in ("housing_places", "short_term_places", "receptions_per_day"):
        measure = Measure(name, table.file, name, slack=0.0 if name == "receptions_per_day" else FEW)
        for index, (place, value) in enumerate(zip(table["municipality"], table[name], strict=True)):
            measure.add(line_of(index), place, value, aged[place])
        yield measure


def _listed(tables: Tables) -> Iterator[Measure]:
    table = tables["health_centres"]
    measure = Measure("listed_per_centre", table.file, "listed", alike=False)
    for index, (centre, listed) in enumerate(zip(table["centre"], table["listed"], strict=True)):
        measure.add(line_of(index), centre, listed, 1.0)
    yield measure
