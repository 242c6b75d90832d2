"""What the exhibits of the map page have in common: what is looked at, rows of tables, texts, a summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from scenarios.exhibits.charts import FIRST_SHOWN
from scenarios.exhibits.exhibit import Column
from scenarios.exhibits.wording import VERDICTS_SV, counted, interval
from scenarios.findings.place_figures import PlaceFigure, PlaceFigures
from scenarios.live.answer import Verdict
from scenarios.measures.figure import Direction, Figure
from scenarios.strategies.period import FIRST_START
from scenarios.text.swedish import number

Shows = Literal["value", "difference"]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: a scenario, a year, its value or its difference, and the municipality chosen, if any.

    `labels` holds the Swedish name of every scenario, `names` that of every place, by code.
    """

    scenario: str
    year: int
    shows: Shows
    labels: Mapping[str, str]
    names: Mapping[str, str]
    municipality: str = ""

    def differs(self, figures: PlaceFigures) -> bool:
        """Tell whether differences are shown; there are none of the scenario compared with."""
        return self.shows == "difference" and self.scenario != figures.baseline


def shown(figure: PlaceFigure, differs: bool) -> tuple[float | None, float | None, float | None]:
    """Return value and interval, or difference and its interval."""
    if differs:
        return figure.difference, figure.difference_low, figure.difference_high
    return figure.value, figure.low, figure.high


def judged(figure: PlaceFigure, good: Direction) -> Verdict:
    """Tell what a difference means: better or worse only when its interval leaves out zero."""
    if figure.difference_low is None:
        return "unknown"
    if not figure.sure:
        return "unclear"
    if good == "neither":
        return "changed"
    return "better" if (figure.difference_low > 0) == (good == "up") else "worse"


def unit_of(measure: Figure, differs: bool) -> str:
    """Return the unit of a value, or of a difference: per cents differ by percentage points."""
    return "procentenheter" if differs and measure.unit_sv == "procent" else measure.unit_sv


def columns(measure: Figure, place: str, baseline: str) -> tuple[Column, ...]:
    """Return the columns of a table by place; `place` is the heading of the first."""
    unit, apart, decimals = measure.unit_sv, unit_of(measure, differs=True), measure.decimals
    rule = "Bättre och sämre bara när hela intervallet ligger på ena sidan om noll."
    about = "95 %-intervall för medelvärdet över replikationer; det slutar där måttet slutar."
    paired = f"Parad skillnad mot {baseline}, samma slump i båda."
    return (
        Column("place", place),
        Column("scenario", "Scenario"),
        Column("year", "År"),
        Column("value", "Värde", decimals, unit, measure.label_sv),
        Column("low", "Undre gräns", decimals, unit, about),
        Column("high", "Övre gräns", decimals, unit, about),
        Column("difference", f"Skillnad mot {baseline}", decimals, apart, paired, sign=True),
        Column("difference_low", "Skillnad, undre gräns", decimals, apart, paired, sign=True),
        Column("difference_high", "Skillnad, övre gräns", decimals, apart, paired, sign=True),
        Column("meaning", "Bedömning", description=rule),
    )


def table_row(figure: PlaceFigure, view: View, good: Direction) -> Row:
    """Return a figure as a row of `columns`."""
    return {
        "place": view.names[figure.place],
        "scenario": view.labels[figure.scenario],
        "year": str(figure.year),
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "difference": figure.difference,
        "difference_low": figure.difference_low,
        "difference_high": figure.difference_high,
        "meaning": VERDICTS_SV[judged(figure, good)] if figure.difference is not None else "",
    }


def texts(figure: PlaceFigure, view: View, measure: Figure) -> Row:
    """Return the texts of a tooltip, formatted here, in Swedish, and not by the browser."""
    decimals = measure.decimals
    changed = number(figure.difference, decimals, sign=True)
    meaning = judged(figure, measure.good)
    return {
        "place_text": view.names[figure.place],
        "scenario_text": view.labels[figure.scenario],
        "year_text": str(figure.year),
        "value_text": f"{number(figure.value, decimals)} {measure.unit_sv}",
        "interval_text": interval(figure.low, figure.high, decimals),
        "difference_text": f"{changed}, {VERDICTS_SV[meaning]}" if figure.difference is not None else changed,
        "difference_interval_text": interval(figure.difference_low, figure.difference_high, decimals),
    }


def tooltip(place: str, baseline: str) -> list[Row]:
    """Return the tooltip of `texts`; `place` is the heading of the place."""
    titles = {
        "place_text": place,
        "scenario_text": "Scenario",
        "year_text": "År",
        "value_text": "Värde",
        "interval_text": "95 %-intervall",
        "difference_text": f"Skillnad mot {baseline}",
        "difference_interval_text": "95 %-intervall för skillnaden",
    }
    return [{"field": field, "type": "nominal", "title": title} for field, title in titles.items()]


def compared(figures: PlaceFigures, view: View) -> list[float]:
    """Return what the figures shown are set against, so that a colour means the same in every year.

    Values of the scenario looked at and the one compared with, of all places and years that are shown; differences
    of the scenario looked at, of the years in which strategies can make any.
    """
    differs = view.differs(figures)
    names = {view.scenario} if differs else {view.scenario, figures.baseline}
    begins = FIRST_START.year if differs else FIRST_SHOWN
    rows = sorted(figures.scenarios.index(name) for name in names)
    years = [at for at, year in enumerate(figures.years) if year >= begins]
    table = figures.difference if differs else figures.value
    values: list[float] = table[rows][:, :, years].ravel().tolist()
    return values


def summary(figures: PlaceFigures, view: View) -> str:
    """Return in Swedish where the measure is highest and lowest, and in how many places a difference is sure."""
    known = sorted((f for f in figures.of(view.scenario, view.year) if f.value is not None), key=lambda f: f.value or 0)
    if not known:
        return "Måttet finns inte för det året."
    lowest, highest = known[0], known[-1]
    unit, decimals = figures.measure.unit_sv, figures.measure.decimals
    text = (
        f"{view.labels[view.scenario]}, år {view.year}: högst i {view.names[highest.place]} "
        f"({number(highest.value, decimals)} {unit}), lägst i {view.names[lowest.place]} "
        f"({number(lowest.value, decimals)})."
    )
    return text if view.scenario == figures.baseline else f"{text} {_changes(known, figures, view)}"


def _changes(known: Sequence[PlaceFigure], figures: PlaceFigures, view: View) -> str:
    against = f"Mot {view.labels[figures.baseline]}"
    verdicts = [judged(figure, figures.measure.good) for figure in known]
    if "unknown" in verdicts:
        return f"{against} går det inte att säga något säkert: det krävs minst två replikationer."
    named: dict[Verdict, str] = {"better": "bättre", "worse": "sämre", "changed": "säkert annorlunda"}
    counts = {verdict: counted(verdicts.count(verdict), "kommun", "kommuner") for verdict in verdicts}
    parts = [f"{word} i {counts[verdict]}" for verdict, word in named.items() if verdict in counts]
    if not parts:
        return f"{against} är skillnaden inte säker i någon kommun."
    rest = f"; i {counts['unclear']} är skillnaden inte säker" if "unclear" in counts else ""
    return f"{against} är det {' och '.join(parts)}{rest}."
