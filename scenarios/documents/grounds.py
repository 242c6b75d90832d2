"""What the results rest on: assumptions with studies for and against, what has been observed, method, how to repeat."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.documents.content import Block, Bullets, Paragraph, PrintedTable, Section, Subheading
from scenarios.documents.foot import command_sv
from scenarios.documents.results_read import Material
from scenarios.effects.areas import effect_of
from scenarios.effects.sentences import strongest_sv
from scenarios.exhibits.lever_words import evidence_sv, in_region_sv
from scenarios.exhibits.sources.validation_table import Validation
from scenarios.levers.lever import Lever
from scenarios.levers.registry import LEVERS
from scenarios.report.about import front
from scenarios.text.swedish import MISSING, dated, number
from scenarios.validation.report import ObservedFigure, shown

GRADES_READ_SV = (
    "Grad A: läst i källan. Grad B: ur litteraturen, ska verifieras. Grad C: antagande. För varje effekt står den "
    "studie som säger mest för och den som säger mest emot; källor står på källans språk."
)
OUTSIDE_SHOWN = 10
"""Observed figures outside the tolerance that are told; the page of validation has them all."""
METHOD = (
    "Modellen är en simulering av en hel region. Varje invånare är en person med ålder, kommun, hälsocentral och "
    "sjukdomar, och varje behov av vård är en händelse som söker sig till egenvård, hälsocentral, mottagning, akut, "
    "avdelning eller kommunens vård. Dag för dag från 2023 möter behoven den tid som personalen har och de platser som "
    "finns; det som inte ryms väntar, går någon annanstans eller blir utan.",
    "Strategier ändrar spakar från 2027. Åren före är gemensamma för alla scenarier, och varje replikation har samma "
    "slump i alla. Därför kan skillnader mot {course} räknas par för par, och små skillnader synas; intervallen är "
    "Students t på de parade skillnaderna. En riktning sägs bara när 95 %-intervallet inte rymmer noll.",
    "Ingen strategi skapar personal: nya tjänster står tomma tills de tillsätts. Svagt underlag ger ingen effekt om "
    "den inte dras ur sitt spann. Kostnader är i 2022 års priser. Modellen jämför vägar under samma antaganden och är "
    "ingen prognos för en enskild enhet eller ett enskilt år.",
)  # fmt: skip


def grounds(material: Material) -> Iterator[Section]:
    """Yield the sections of assumptions, validation, method and how to make the results again."""
    yield Section("underlag", "Antaganden som ändras och deras underlag", tuple(_evidence(material)), on_slides=False)
    yield Section("validering", "Hur modellen står sig mot det som observerats", tuple(_observed(material)))
    texts = (text.format(course=material.course) for text in METHOD)
    yield Section("metod", "Metod", tuple(Paragraph(text) for text in texts))
    yield Section("gor-om", "Gör om resultaten", tuple(_repeat(material)))


def _evidence(material: Material) -> Iterator[Block]:
    yield Paragraph(GRADES_READ_SV, "note")
    strategies = [each.strategy for each in material.origin.scenarios if each.strategy is not None]
    names = dict.fromkeys(setting.lever for strategy in strategies for setting in strategy.levers)
    told: dict[str, str] = {}
    for name in names:
        users = [strategy.label_sv for strategy in strategies if name in {s.lever for s in strategy.levers}]
        yield Subheading(LEVERS[name].label_sv)
        yield Paragraph(f"{LEVERS[name].description_sv} Ändras i: {', '.join(users)}.")
        yield Bullets(tuple(_known(LEVERS[name], str(material.dataset.attrs.get("region", "")), told)))
    unknown = [each.label for each in material.origin.scenarios if each.strategy is None]
    if unknown:
        yield Paragraph(f"Utan strategifil här, och därför utan underlag: {', '.join(unknown)}.")
    if not names and not unknown:
        yield Paragraph("Inga spakar är ändrade i dessa scenarier.")


def _known(lever: Lever, region: str, told: dict[str, str]) -> Iterator[str]:
    """Yield what a lever rests on; an effect that stands under another lever already, by its name alone."""
    for effect in map(effect_of, lever.effects):
        if effect.key in told:
            yield f"{effect.label_sv}: se {told[effect.key]}."
            continue
        told[effect.key] = lever.label_sv
        yield f"{effect.label_sv}: {in_region_sv(effect, region)}."
        yield from strongest_sv(effect)
    yield from (evidence_sv(item) for item in lever.evidence)


def _observed(material: Material) -> Iterator[Block]:
    found = material.validation
    if found is None:
        yield Paragraph("För den här regionen finns inga observerade siffror att ställa resultaten bredvid.")
        return
    yield Paragraph(
        f"{found.summary[:1].upper()}{found.summary[1:]} av de observerade siffror som modellen prövas mot. "
        f"{found.scopes} Nivåer är osäkrare än skillnader: läs rapporten för skillnaderna."
    )
    if outside := _outside(found):
        yield outside


def _outside(found: Validation) -> PrintedTable | None:
    lines = sorted(found.of("outside"), key=lambda line: -abs(line.difference or 0.0))[:OUTSIDE_SHOWN]
    if not lines:
        return None
    rows = tuple(_observed_row(found, line) for line in lines)
    heads = ("Observerad siffra", "Var och när", "Observerat", "Simulerat", "Avvikelse")
    title = f"De {number(len(lines))} siffror som avviker mest av {number(len(found.of('outside')))} utanför 15 procent"
    return PrintedTable("utanfor", title, heads, rows, (0.4, 0.2, 0.15, 0.13, 0.12), frozenset((2, 3, 4)))


def _observed_row(found: Validation, line: ObservedFigure) -> tuple[str, ...]:
    apart = MISSING if line.difference is None else f"{number(100 * line.difference, 0, sign=True)} %"
    return line.label, found.places[line.key], found.printed[line.key], shown(line.simulated), apart


def _repeat(material: Material) -> Iterator[Block]:
    origin = material.origin
    if origin.command:
        yield Paragraph(f"Kommandot gör om resultaten med samma modellversion: {command_sv(origin.command)}", "lead")
    yield Paragraph(f"Resultaten gjordes {dated(material.created.date())}.")
    told = {scenario.name: scenario for scenario in origin.scenarios}
    rows = tuple((each.label, name, each.hash or MISSING) for name, each in told.items())
    heads, shares = ("Scenario", "Namn", "Kontrollsumma"), (0.22, 0.2, 0.58)
    yield PrintedTable("kontrollsummor", "Scenarierna och deras kontrollsummor", heads, rows, shares)
    facts = [pair for pair in front(origin) if not pair[0].startswith(("Scenario ", "Gör om", "Så läses", "Uttaget"))]
    yield PrintedTable("uppgifter", "Uppgifter om körningen", ("Uppgift", "Värde"), tuple(facts), (0.25, 0.75))
