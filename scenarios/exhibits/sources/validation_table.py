"""Today's course beside what has been observed, small enough to keep, as HTML and as a table for files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Literal

from scenarios.exhibits import cards
from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.text.swedish import MISSING, number
from scenarios.validation.evaluation import evaluate, scopes_sv, summary_sv
from scenarios.validation.report import OBSERVED_UNITS_SV, ObservedFigure, lines, place_of, printed, shown
from scenarios.validation.targets import FOLDER, observed_regions, targets_of

if TYPE_CHECKING:
    import xarray as xr

Kind = Literal["outside", "within", "input", "later", "never"]

STANDINGS_SV: dict[Kind, str] = {
    "outside": "Utanför 15 procent",
    "within": "Inom 15 procent",
    "input": "Indata",
    "later": "Utanför åren eller saknar underlag",
    "never": "Kan inte jämföras",
}
_MARKS: dict[Kind, tuple[str, Literal["solid", "dashed", "dotted"]]] = {
    "outside": ("✕", "solid"),
    "within": ("✓", "solid"),
    "input": ("i", "dotted"),
    "later": ("…", "dashed"),
    "never": (MISSING, "dashed"),
}


@dataclass(frozen=True, slots=True)
class Validation:
    """Every observed figure beside the simulated one, and the two lines that sum up.

    `printed` and `places` tell by key how the source prints a figure, and where and when it was observed; `version`
    is that of the code that simulated today's course.
    """

    lines: tuple[ObservedFigure, ...]
    printed: Mapping[str, str]
    places: Mapping[str, str]
    summary: str
    scopes: str
    replications: int
    version: str

    def of(self, kind: Kind) -> tuple[ObservedFigure, ...]:
        """Return the figures of one kind, in order."""
        return tuple(line for line in self.lines if kind_of(line) == kind)


def validation_of(dataset: xr.Dataset) -> Validation | None:
    """Return the validation of results that hold today's course; None where nothing is observed in their region.

    Raises KeyError when today's course is not among the scenarios.
    """
    region = str(dataset.attrs.get("region", ""))
    if region not in observed_regions():
        return None
    targets = targets_of(region)
    results = evaluate(dataset, targets)
    observed_lines = tuple(lines(targets, results))
    texts = {target.key: printed(target) for target in targets}
    places = {target.key: place_of(target) for target in targets}
    runs, version = int(dataset.sizes["replication"]), str(dataset.attrs.get("code_version", ""))
    return Validation(observed_lines, texts, places, summary_sv(results), scopes_sv(results), runs, version)


def shipped(region: str) -> Validation | None:
    """Return the validation that comes with the project; None where there is none for the region."""
    place = FOLDER / f"{region}-nulage.json"
    return from_json(place.read_text(encoding="utf-8")) if region in observed_regions() and place.is_file() else None


def validation_json(validation: Validation) -> str:
    """Return a validation as JSON, a figure a line."""
    rest = {field.name: getattr(validation, field.name) for field in fields(validation) if field.name != "lines"}
    rows = ",\n".join(json.dumps(asdict(line), ensure_ascii=False, allow_nan=False) for line in validation.lines)
    about = json.dumps(rest, ensure_ascii=False, allow_nan=False)
    return f'{about[:-1]}, "lines": [\n{rows}\n]}}\n'


def from_json(text: str) -> Validation:
    """Return a validation that was written by `validation_json`."""
    content = json.loads(text)
    return Validation(**{**content, "lines": tuple(ObservedFigure(**line) for line in content["lines"])})


def kind_of(line: ObservedFigure) -> Kind:
    """Return how a figure stands."""
    if line.role == "none":
        return "never"
    if line.role == "input":
        return "input"
    if line.status != "computed":
        return "later"
    return "within" if line.within_15_per_cent else "outside"


_HEADS = (
    cards.Head("Siffra", share=24), cards.Head("Observerat", share=12), cards.Head("Simulerat", share=14),
    cards.Head("Skillnad", share=14), cards.Head("Läsning och orsak", share=20), cards.Head("Källa", share=16),
)  # fmt: skip


def validation_html(validation: Validation, observed_lines: Sequence[ObservedFigure], caption: str) -> str:
    """Return some of the figures as a table; how each stands is told by a sign and in words."""
    return cards.table(caption, _HEADS, (_row(validation, line) for line in observed_lines))


def _row(validation: Validation, line: ObservedFigure) -> tuple[str, ...]:
    sign, edge = _MARKS[kind_of(line)]
    difference = "" if line.difference is None else f"{number(100 * line.difference, 0, sign=True)}\u00a0%"
    simulated = "" if line.simulated is None else cards.valued(shown(line.simulated), _spread(line), _year(line))
    return (
        cards.named(line.label, validation.places[line.key]),
        cards.valued(*_observed(validation, line)),
        simulated,
        cards.valued(difference, cards.mark(sign, STANDINGS_SV[kind_of(line)].lower(), edge)),
        cards.lines(_sentence(line.note), _sentence(line.reason)),
        cards.foreign(line.source) + cards.lines(f"Grad {line.grade}"),
    )


def _observed(validation: Validation, line: ObservedFigure) -> tuple[str, ...]:
    """Return the observed figure and its unit: in the unit of the comparison, or as the source prints it."""
    if line.observed is None or kind_of(line) == "never":
        return (validation.printed[line.key],)
    return shown(line.observed), OBSERVED_UNITS_SV.get(line.unit, line.unit)


def _spread(line: ObservedFigure) -> str:
    if line.simulated_low is None or line.simulated_high is None:
        return ""
    return f"{shown(line.simulated_low)} till {shown(line.simulated_high)}"


def _year(line: ObservedFigure) -> str:
    return "" if line.simulated_year is None else f"år {line.simulated_year}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


_COLUMNS = (
    Column("kind", "Utfall", description="Hur den simulerade siffran står sig mot den observerade."),
    Column("label", "Siffra"),
    Column("place", "Var och när"),
    Column("unit", "Enhet"),
    Column("observed", "Observerat", 3),
    Column("simulated_year", "Simulerat år"),
    Column("simulated", "Simulerat", 3, description="Medelvärde över replikationerna."),
    Column("low", "Undre gräns", 3, description="95 %-intervall, som täcker slumpen och inget annat."),
    Column("high", "Övre gräns", 3),
    Column("difference", "Skillnad", 1, "procent", "Simulerat mot observerat.", sign=True),
    Column("note", "Läsning"),
    Column("reason", "Orsak"),
    Column("grade", "Grad"),
    Column("source", "Källa", description="På källans språk."),
)


def validation_exhibit(validation: Validation, observed_lines: Sequence[ObservedFigure]) -> Exhibit:
    """Return some of the figures as a table for files."""
    rows = [
        {
            "kind": STANDINGS_SV[kind_of(line)], "label": line.label, "place": validation.places[line.key],
            "unit": OBSERVED_UNITS_SV.get(line.unit, line.unit), "observed": line.observed,
            "simulated_year": line.simulated_year, "simulated": line.simulated, "low": line.simulated_low,
            "high": line.simulated_high, "note": _sentence(line.note), "reason": _sentence(line.reason),
            "difference": None if line.difference is None else 100 * line.difference,
            "grade": line.grade, "source": line.source,
        }
        for line in observed_lines
    ]  # fmt: skip
    alt = "Nuläget i modellen bredvid observerade siffror."
    note = f"{validation.summary}. {validation.scopes} {number(validation.replications)} replikationer av nuläget."
    return Exhibit("provning-mot-observerat", "Prövning mot observerat", alt, _COLUMNS, rows, note=note)
