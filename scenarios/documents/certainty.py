"""How sure it is: chance and assumptions apart."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.documents.content import Block, Bullets, Paragraph, PrintedTable, Section
from scenarios.documents.judging import KEY_MEASURES, Judged, finding, findings
from scenarios.documents.results_read import Material
from scenarios.documents.tables import named
from scenarios.exhibits.telling import listed
from scenarios.exhibits.wording import FEW_REPLICATIONS, counted, interval
from scenarios.report.about import reading
from scenarios.text.swedish import MISSING, number

NOT_DRAWN_SV = (
    "Antagandena är inte varierade i dessa resultat. Intervallen säger alltså hur slumpen slår, inte om antagandena "
    "stämmer, och det mesta av osäkerheten ligger i antagandena. Kör om med --parameter-draws för intervall som också "
    "rymmer dem."
)
DRAWN_SV = (
    "I {futures} är varje osäkert antagande draget ur sitt spann, med samma slump som i motsvarande replikation. "
    "Tabellen ställer intervallet för slumpen bredvid det som rymmer antagandena också."
)
BY_PLACE_SV = (
    "Tal per kommun och hälsocentral, och vad som begränsar, är inte varierade: deras intervall rymmer slumpen."
)
TOO_FEW_SV = "Dragningarna är för få för intervall som rymmer antagandena."


def certainty(material: Material) -> Section:
    """Return the section of how sure the results are."""
    return Section("hur-sakert", "Hur säkert är det", tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    yield Bullets(tuple(_points(material)))
    told = [each for each in _key_findings(material) if each.holds is not None]
    if told:
        yield _table(material, told)
    yield Paragraph(reading(material.answer.replications))


def _points(material: Material) -> Iterator[str]:
    runs = counted(material.answer.replications, "replikation", "replikationer")
    few = 1 < material.answer.replications < FEW_REPLICATIONS
    yield f"Slumpen: varje scenario är räknat i {runs} med samma slump i alla scenarier." + (
        " Så få replikationer ger breda intervall." if few else ""
    )
    for name in material.strategies:
        found = findings(material, name)
        sure = sum(each.sure for each in found)
        yield (
            f"{material.label(name)}: {number(sure)} av {number(len(found))} skillnader mot {material.course} "
            f"{material.last} är säkra mot slumpen."
        )
    yield from _assumed(material)


def _assumed(material: Material) -> Iterator[str]:
    if not material.draws:
        yield NOT_DRAWN_SV
        return
    yield DRAWN_SV.format(futures=counted(material.draws, "framtid", "framtider"))
    yield BY_PLACE_SV
    told = [each for name in material.strategies for each in findings(material, name) if each.sure]
    if all(each.holds is None for each in told):
        yield TOO_FEW_SV
        return
    for name in material.strategies:
        loose = [each.label for each in findings(material, name) if each.sure and each.holds is False]
        if loose:
            shown = [*loose[:4], *([f"{number(len(loose) - 4)} mått till"] if len(loose) > 4 else [])]
            yield f"{material.label(name)}: riktningen är inte säker när antagandena varieras för {listed(shown)}."


def _key_findings(material: Material) -> Iterator[Judged]:
    for indicator in KEY_MEASURES:
        for scenario in material.strategies:
            told = finding(material, indicator, scenario) if indicator in material.answer.names else None
            if told is not None:
                yield told


def _table(material: Material, told: list[Judged]) -> PrintedTable:
    heads = ("Mått", "Strategi", "Skillnad, slumpen", "95 %, antaganden med", "Andel slump", "Håller")
    rows = tuple(_row(material, each) for each in told)
    note = (
        "Andel slump är hur stor del av skillnadens spridning mellan framtider som slumpen står för; ett streck står "
        "där antagandenas del inte går att skilja från den."
    )
    title, shares = "Slumpen och antagandena var för sig", (0.28, 0.18, 0.2, 0.16, 0.09, 0.09)
    return PrintedTable("slump-och-antaganden", title, heads, rows, shares, frozenset((2, 3, 4)), note)


def _row(material: Material, each: Judged) -> tuple[str, ...]:
    r, places = each.record, each.figure.decimals
    wide = interval(r.difference_low_with_parameters, r.difference_high_with_parameters, places)
    share = MISSING if r.chance_share is None else f"{number(r.chance_share, 0)} %"
    holds = ("ja" if each.holds else "nej") if each.sure else MISSING
    return named(each.figure), material.label(r.scenario), each.difference_sv(), wide, share, holds
