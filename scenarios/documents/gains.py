"""What each strategy does best and worst, who gains, and who pays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenarios.documents.content import Block, Bullets, NativeChart, Paragraph, Picture, PrintedTable, Section
from scenarios.documents.judging import GIVEN_SV, SURE, Judged, finding, findings, largest, largest_against
from scenarios.documents.results_read import Material
from scenarios.documents.rounding import places_of, rounded_sv
from scenarios.documents.tables import comparison_tables, difference_cell, named, records_exhibit
from scenarios.exhibits.money import costs
from scenarios.text.swedish import MISSING

MOST_EACH_WAY = 3
"""Differences each way that are told of a strategy."""
PAYERS = ("cost_region", "cost_municipality", "cost")
GROUP_MEASURES = (
    "complex_admissions", "complex_bed_days", "home_nursing_gp", "strained_carers", "housing_queue",
    "psychiatric_within_30_days", "spread_assessed", "spread_continuity", "life_expectancy_gap",
)  # fmt: skip
"""Measures of people with great needs, of those who care for them, and of how unlike the care is."""
VACANT_SV = "Vakanta tjänster kostar inget i modellen, så en lägre kostnad kan bero på att personal saknas."
RANKED_SV = (
    "Störst räknas mot måttets eget värde, bland alla mått av vården som har en god och en dålig riktning; mått som en "
    "spak själv sätter är inte med. Så många mått jämförs att några skillnader ser säkra ut av en slump: ungefär en av "
    "tjugo där ingen skillnad finns."
)


def gains(material: Material) -> list[Section]:
    """Return the sections of gains and losses, and of who gains and who pays; none without strategies."""
    if not material.strategies:
        return []
    both = (_both(material), Paragraph(RANKED_SV, "note"))
    return [
        Section("basta-och-samsta", "Största förbättringar och försämringar", both),
        Section("vem", "Vem vinner och vem betalar", tuple(_who(material))),
    ]


def _both(material: Material) -> PrintedTable:
    base = material.label(material.baseline)
    chosen = [(name, each) for name in material.strategies for each in picked(findings(material, name))]
    rows = tuple(_row(material, name, each) for name, each in chosen)
    indicators = list(dict.fromkeys(each.record.indicator for _, each in chosen if each is not None))
    key, title = "basta-och-samsta", f"Störst förbättring och störst försämring {material.last}"
    heads = ("Strategi", "Mått", base, "Med strategin", "Skillnad", "Bedömning")
    shares = (0.16, 0.28, 0.12, 0.12, 0.18, 0.14)
    data = records_exhibit(material, key, title, indicators, (material.baseline, *material.strategies))
    return PrintedTable(key, title, heads, rows, shares, frozenset((2, 3, 4)), data=data, whole=True)


def picked(found: Sequence[Judged]) -> list[Judged | None]:
    """Return the largest sure gains and losses; without a sure loss the largest that is not sure, or None for none."""
    losses: list[Judged | None] = [*largest(found, "worse", MOST_EACH_WAY)]
    return [*largest(found, "better", MOST_EACH_WAY), *(losses or [largest_against(found)])]


def _row(material: Material, scenario: str, each: Judged | None) -> tuple[str, ...]:
    if each is None:
        return material.label(scenario), "Inget mått pekar åt fel håll", MISSING, MISSING, MISSING, MISSING
    r, most = each.record, each.figure.decimals
    places = places_of(r.difference_low, r.difference_high, most)
    before = r.value - (r.difference or 0.0)
    values = (rounded_sv(before, places), rounded_sv(r.value, places), each.difference_sv())
    return material.label(scenario), named(each.figure), *values, each.verdict_sv()


def _who(material: Material) -> Iterator[Block]:
    yield Bullets(tuple(payers_sv(material, name) for name in material.strategies))
    yield from comparison_tables(material, "betalare", f"Kostnad per betalare {material.last}", PAYERS)
    chart = costs.level_differences(material.answer, material.last)
    if chart.rows:
        native = NativeChart(
            "bar", "part", "scenario", "difference", "difference_low", "difference_high", 1, costs.MSEK, chart.note
        )
        title = f"Kostnadens skillnad mot {material.course} {material.last}, per vårdnivå och betalare"
        yield Picture(chart, title, native)
    yield Paragraph(f"{costs.PRICES} {costs.LEVEL_NOTE} {VACANT_SV}", "note")
    title = f"De som behöver mest, och hur lika vården är {material.last}"
    yield from comparison_tables(material, "grupper", title, GROUP_MEASURES)


def payers_sv(material: Material, scenario: str) -> str:
    """Return what a strategy does to the costs of region and municipalities, in a sentence that intervals carry."""
    parts = []
    for name, who in (("cost_region", "regionen"), ("cost_municipality", "kommunerna")):
        told = finding(material, name, scenario)
        if told is not None:
            parts.append(f"för {who} {_cost_sv(told)}")
    return f"{material.label(scenario)}: {'; '.join(parts)}." if parts else f"{material.label(scenario)}: {MISSING}"


def _cost_sv(told: Judged) -> str:
    spread = difference_cell(told).partition("\n")[0]
    if told.verdict not in SURE:
        return f"{told.verdict_sv()} i kostnad, {spread} miljoner kronor"
    word = "dyrare" if told.verdict == "worse" else "billigare"
    weak = GIVEN_SV if told.holds is False else ""
    return f"säkert {word}, {spread} miljoner kronor{weak}"
