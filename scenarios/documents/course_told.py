"""What happens: from today without a decision, and then with each strategy."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.documents.content import Block, NativeChart, Paragraph, Picture, Section, Subheading
from scenarios.documents.judging import finding
from scenarios.documents.question import starts_sv
from scenarios.documents.results_read import Material
from scenarios.documents.tables import comparison_tables, course_table
from scenarios.effects.sentences import capital
from scenarios.exhibits import series
from scenarios.exhibits.telling import listed
from scenarios.live.answer import Verdict
from scenarios.measures.figures import INDICATORS

MEASURES = (
    "population_80_plus", "assessed_within_3_days", "waiting_days", "specialist_within_90_days",
    "planned_within_90_days", "continuity_index", "unmet_needs", "ed_visits", "admissions", "bed_days",
    "discharge_ready_days", "gp_gap", "staff_shortage", "cost",
)  # fmt: skip
"""The measures of the tables."""
DRAWN = ("assessed_within_3_days", "continuity_index", "bed_days", "staff_shortage")
"""The measures that are drawn by year."""


LINES_SV = "Strecken vid det sista året är 95 %-intervall. Den lodräta axeln börjar inte vid noll."


def course_told(material: Material) -> Section:
    """Return the section of what happens."""
    today, last = material.today, material.last
    blocks: list[Block] = [
        Paragraph(
            f"Först vad som händer {material.undecided}, från {today} till {last} med {material.course}; sedan vad "
            f"varje strategi ändrar {last}. {starts_sv(material)}".rstrip().replace(" ,", ",")
        ),
        Subheading(f"{capital(material.undecided or f'med {material.course}')}: från {today} till {last}"),
        course_table(material, "utan-beslut", f"Från {today} till {last} med {material.course}", MEASURES),
    ]
    if material.strategies:
        blocks.append(Subheading(f"Med varje strategi: {last} jämfört med {material.course}"))
        blocks += comparison_tables(material, "strategier", f"Strategierna {last}", MEASURES)
    blocks.append(Subheading("År för år"))
    blocks += _charts(material)
    return Section("vad-hander", "Vad händer", tuple(blocks))


def _charts(material: Material) -> Iterator[Picture]:
    for name in DRAWN:
        if name in material.answer.names:
            figure = INDICATORS[name]
            bounds = ("low", "high") if material.answer.replications > 1 else ("", "")
            native = NativeChart(
                "line", "year", "scenario", "value", *bounds, figure.decimals, figure.unit_sv, LINES_SV
            )
            yield Picture(series.lines(material.answer, name), message(material, name), native)


def message(material: Material, indicator: str) -> str:
    """Return what the strategies do to a measure in the last year, in a sentence that its intervals carry."""
    label = INDICATORS[indicator].label_sv
    told = [each for name in material.strategies if (each := finding(material, indicator, name)) is not None]
    if not told:
        return f"{label} från {material.today} till {material.last} med {material.course}"
    words: dict[Verdict, str] = {"better": "bättre med", "worse": "sämre med", "changed": "säkert annorlunda med"}
    parts = []
    for which, word in words.items():
        names = [material.label(each.record.scenario) for each in told if each.firm and each.verdict == which]
        if names:
            parts.append(f"{word} {_few(names)}")
    if not parts:
        unknown = all(each.verdict == "unknown" for each in told)
        loose = ", när antagandena varieras" if any(each.sure for each in told) else ""
        ending = "en replikation kan inte visa någon skillnad" if unknown else f"ingen säker skillnad{loose}"
        return f"{label} {material.last}: {ending}"
    return f"{label} {material.last}: {', '.join(parts)}"


def _few(names: list[str]) -> str:
    return listed(names) if len(names) <= 3 else f"{len(names)} strategier"
