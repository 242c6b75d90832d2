"""What a difference carries: better, worse, or nothing that can be said; and which differences are the largest.

A direction is said only where the 95 % interval of the paired difference leaves out zero. Where assumptions were drawn
too, whether their interval does is kept apart: a difference may hold against chance and not against them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scenarios.documents.results_read import Material
from scenarios.documents.rounding import places_of, rounded_sv, with_interval
from scenarios.exhibits.wording import VERDICTS_SV
from scenarios.findings.compare import ComparedFigure
from scenarios.live.answer import Verdict, verdict
from scenarios.measures.figure import Figure
from scenarios.measures.figures import INDICATORS
from scenarios.statistics.intervals import mean_of
from scenarios.statistics.limits import of_differences

KEY_MEASURES = (
    "assessed_within_3_days", "specialist_within_90_days", "continuity_index", "bed_days", "staff_shortage", "cost",
)  # fmt: skip
"""The measures of the page for leadership."""
SET_BY_LEVERS = (
    "persons_with_contact", "persons_with_plan", "home_nursing_plan", "medication_reviews", "listed_heaviest",
)  # fmt: skip
"""Measures that levers set themselves, or that say how well a list is made: no gain of care, and not ranked as one."""
SURE: frozenset[Verdict] = frozenset(("better", "worse", "changed"))


@dataclass(frozen=True, slots=True)
class Judged:
    """A difference and what it carries.

    `holds` tells whether the interval leaves out zero when assumptions are drawn too; None where none were drawn, or
    too few for an interval.
    """

    figure: Figure
    record: ComparedFigure
    verdict: Verdict
    holds: bool | None

    @property
    def sure(self) -> bool:
        """Tell whether the difference is safe from chance."""
        return self.verdict in SURE

    @property
    def firm(self) -> bool:
        """Tell whether the difference is safe from chance, and from other assumptions where some were drawn."""
        return self.sure and self.holds is not False

    @property
    def relative(self) -> float:
        """The difference as a share of the larger of both values, without sign; 0 where both are 0."""
        difference = self.record.difference or 0.0
        largest = max(abs(self.record.value), abs(self.record.value - difference))
        return abs(difference) / largest if largest else 0.0

    @property
    def leans_better(self) -> bool:
        """Tell whether the difference itself, sure or not, points the good way."""
        difference = self.record.difference or 0.0
        return difference > 0 if self.figure.good == "up" else difference < 0

    @property
    def label(self) -> str:
        """The measure as it is called within a sentence."""
        return within_sentence(self.figure.label_sv)

    def difference_sv(self) -> str:
        """Return the difference with its interval, rounded after it."""
        r = self.record
        return with_interval(r.difference, r.difference_low, r.difference_high, self.figure.decimals, sign=True)

    def from_to_sv(self) -> str:
        """Return the value in what is compared with, and here: as exact as the difference is known."""
        r = self.record
        places = min(places_of(r.difference_low, r.difference_high, self.figure.decimals), self.figure.decimals)
        before = r.value - (r.difference or 0.0)
        return f"från {rounded_sv(before, places)} till {rounded_sv(r.value, places)}{unit_after(self.figure)}"

    def verdict_sv(self) -> str:
        """Return in words what the difference carries."""
        words = VERDICTS_SV[self.verdict]
        return f"{words}, givet antagandena" if self.sure and not self.firm else words


GIVEN_SV = ", men inte säkert när antagandena varieras"
"""Said in sentences of a difference that holds against chance alone."""


def within_sentence(label: str) -> str:
    """Return a label with its first letter small, unless it is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def unit_after(figure: Figure) -> str:
    """Return the unit as it follows a value: nothing for an index."""
    unit = figure.unit_sv.partition(",")[0]
    return "" if unit.startswith("index") else f" {unit}"


def finding(material: Material, indicator: str, scenario: str, year: int | None = None) -> Judged | None:
    """Return how an indicator of a scenario differs from the baseline, in the last year unless told."""
    record = material.record(indicator, scenario, material.last if year is None else year)
    if record is None or record.difference is None:
        return None
    figure = INDICATORS[indicator]
    low, high = record.difference_low_with_parameters, record.difference_high_with_parameters
    holds = None if low is None or high is None else not low <= 0 <= high
    return Judged(figure, record, verdict(record, figure.good), holds)


def findings(material: Material, scenario: str) -> list[Judged]:
    """Return every measure of outcome that has a good and a bad way, of a scenario in the last year."""
    names = (name for name in material.answer.names if INDICATORS[name].good != "neither" and name not in SET_BY_LEVERS)
    told = (finding(material, name, scenario) for name in names)
    return [each for each in told if each is not None]


def largest(found: Iterable[Judged], which: Verdict, most: int) -> list[Judged]:
    """Return the findings of a verdict that are largest against the value itself, at most so many."""
    return sorted((each for each in found if each.verdict == which), key=lambda each: -each.relative)[:most]


def largest_against(found: Iterable[Judged]) -> Judged | None:
    """Return the largest difference in the bad direction that is not sure; None where none points that way."""
    against = [f for f in found if not f.sure and f.record.difference and not f.leans_better]
    return max(against, key=lambda each: each.relative, default=None)


def change_to_last(material: Material, indicator: str, scenario: str) -> Judged | None:
    """Return how an indicator of one scenario changes from today to the last year, in pairs within replications."""
    if indicator not in material.answer.names or material.record(indicator, scenario, material.today) is None:
        return None
    figure, record = INDICATORS[indicator], material.record(indicator, scenario, material.last)
    if record is None:
        return None
    before, after = (material.answer.sample(indicator, scenario, year) for year in (material.today, material.last))
    apart = mean_of(after - before, of_differences(figure.limits))
    changed = ComparedFigure(
        indicator, figure.unit, material.last, scenario, record.value, record.low, record.high,
        apart.value, *apart.bounds, apart.error,
    )  # fmt: skip
    return Judged(figure, changed, verdict(changed, figure.good), None)
