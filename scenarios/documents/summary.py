"""The page for leadership: three to five sentences and the key table, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenarios.documents.content import Bullets, PrintedTable, Section
from scenarios.documents.judging import (
    GIVEN_SV,
    KEY_MEASURES,
    Judged,
    change_to_last,
    finding,
    findings,
    largest,
    largest_against,
    unit_after,
)
from scenarios.documents.results_read import Material
from scenarios.documents.tables import difference_cell, named, plain_value_sv, records_exhibit
from scenarios.exhibits.telling import listed
from scenarios.exhibits.wording import counted
from scenarios.measures.figures import INDICATORS
from scenarios.text.swedish import number

SENTENCE_EACH = 3
"""Strategies up to which each has a sentence of its own; of more, measures are told across them."""
BRIEF_FROM = 5
"""Strategies from which the key table has differences without intervals: they would not fit on the page."""
NAMED_AT_MOST = 3


def summary(material: Material) -> Section:
    """Return the page for leadership."""
    blocks = (Bullets(tuple(sentences(material))), key_table(material))
    return Section("sammanfattning", "Sammanfattning för ledningen", blocks, own_page=True)


def sentences(material: Material) -> Iterator[str]:
    """Yield three to five sentences: without a decision, with each strategy, what binds, and how sure it is."""
    yield course_sv(material)
    if 0 < len(material.strategies) <= SENTENCE_EACH:
        yield from (strategy_sv(material, name) for name in material.strategies)
    elif material.strategies:
        yield from across_sv(material)
    yield certainty_sv(material)


def course_sv(material: Material) -> str:
    """Return what becomes of the key measures without a decision, from today to the last year."""
    told = (change_to_last(material, name, material.baseline) for name in KEY_MEASURES)
    changes = [change for change in told if change is not None]
    start = f"Med {material.course}, {material.undecided}," if material.undecided else f"Med {material.course}"
    span = f"från {material.today} till {material.last}"
    worse, better = ([f"{c.label} ({c.from_to_sv()})" for c in changes if c.verdict == v] for v in ("worse", "better"))
    if any(change.verdict == "unknown" for change in changes):
        return f"{start} ändras vården {span}, men en enda replikation kan inte skilja en förändring från slump."
    if not worse and not better:
        return f"{start} syns {span} ingen säker förändring i de {_count(len(changes))} nyckelmåtten."
    parts = [
        *([f"försämras {span} {listed(worse)}"] if worse else []),
        *([f"förbättras {'' if worse else span + ' '}{listed(better)}"] if better else []),
    ]
    return f"{start} {', och '.join(parts)}."


def _count(count: int) -> str:
    return counted(count, "", "").strip()


def strategy_sv(material: Material, scenario: str) -> str:
    """Return the largest gain and the largest loss of a strategy in one sentence; the loss is always told."""
    found, label = findings(material, scenario), material.label(scenario)
    if not found or all(each.verdict == "unknown" for each in found):
        return f"{label}: en enda replikation kan inte skilja en effekt från slump."
    best, worst = (next(iter(largest(found, which, 1)), None) for which in ("better", "worse"))
    gain = f"störst säker förbättring är {_told(best)}" if best else "ingen säker förbättring syns"
    return f"{label}, jämfört med {material.course} {material.last}: {gain}; {loss_sv(worst, found)}."


def loss_sv(worst: Judged | None, found: Sequence[Judged]) -> str:
    """Return the largest loss that is sure, else the largest that is not and that it is not."""
    if worst is not None:
        return f"störst säker försämring är {_told(worst)}"
    nearest = largest_against(found)
    if nearest is None:
        return "ingen säker försämring syns"
    return (
        f"ingen säker försämring syns; störst åt det hållet är {nearest.label}, "
        f"{nearest.difference_sv()}{unit_after(nearest.figure)}, {nearest.verdict_sv()}"
    )


def _told(each: Judged) -> str:
    weak = GIVEN_SV if each.holds is False else ""
    return f"{each.label} ({each.from_to_sv()}{weak})"


def across_sv(material: Material) -> Iterator[str]:
    """Yield for the measures in which most strategies differ which are better and which worse, then the worst loss."""
    sure = {name: [f for f in _of(material, name) if f.firm] for name in KEY_MEASURES}
    for name in sorted((name for name in sure if sure[name]), key=lambda name: -len(sure[name]))[:2]:
        yield _measure_sv(material, name, sure[name])
    losses = (largest(findings(material, scenario), "worse", 1) for scenario in material.strategies)
    worst = max((loss[0] for loss in losses if loss), key=lambda each: each.relative, default=None)
    if worst is None:
        yield f"Ingen av de {number(len(material.strategies))} strategierna visar någon säker försämring."
    else:
        yield f"Den största säkra försämringen av alla har {material.label(worst.record.scenario)}: {_told(worst)}."


def _of(material: Material, indicator: str) -> list[Judged]:
    told = (finding(material, indicator, scenario) for scenario in material.strategies)
    return [each for each in told if each is not None]


def _measure_sv(material: Material, indicator: str, found: Sequence[Judged]) -> str:
    parts = []
    for which, word in (("better", "säkert bättre"), ("worse", "säkert sämre")):
        names = [material.label(f.record.scenario) for f in found if f.verdict == which]
        if names:
            rest = len(names) - NAMED_AT_MOST
            shown = names if rest <= 0 else [*names[:NAMED_AT_MOST], f"{_count(rest)} till"]
            parts.append(f"{word} med {listed(shown)}")
    return f"{INDICATORS[indicator].label_sv} {material.last}, jämfört med {material.course}: {'; '.join(parts)}."


def certainty_sv(material: Material) -> str:
    """Return what binds in the baseline, and what the intervals cover, in one sentence."""
    rows = [row for row in material.bindings(material.baseline, material.last) if row.rank == 1]
    binds = f"Det som begränsar mest är {_small(rows[0].label_sv)}. " if rows else ""
    count = counted(material.answer.replications, "replikation", "replikationer")
    if material.answer.replications < 2:
        return f"{binds}En enda replikation ger inga intervall: kör om med flera innan något beslutas."
    if material.draws:
        futures = counted(material.draws, "framtid", "framtider")
        return f"{binds}Intervallen rymmer slumpen över {count}; antagandena är varierade för sig i {futures}."
    return (
        f"{binds}Intervallen rymmer slumpen över {count}, men inte att modellens antaganden kan vara fel: de är inte "
        "varierade i dessa resultat."
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def key_table(material: Material) -> PrintedTable:
    """Return the key measures: today, the last year with the baseline, then with each strategy."""
    names = [name for name in KEY_MEASURES if name in material.answer.names]
    brief, base = len(material.strategies) > BRIEF_FROM, material.baseline
    heads = ("", *(named(INDICATORS[name]) for name in names))
    rows = [
        (f"{material.today}, i dag", *(plain_value_sv(material, name, base, material.today) for name in names)),
        (
            f"{material.last}, {material.course}",
            *(plain_value_sv(material, name, base, material.last) for name in names),
        ),
    ]
    for scenario in material.strategies:
        cells = (_key_cell(material, name, scenario, brief) for name in names)
        rows.append((f"{material.last}, {material.label(scenario)}", *cells))
    spans = "; ej säker: 95 %-intervallet rymmer noll" if brief else ", med 95 %-intervall inom parentes"
    given = " Givet antagandena: säkert mot slumpen, men inte när antagandena varieras." if material.draws else ""
    note = (
        f"Strategiernas rader: {'' if brief else 'värde, därunder '}parad skillnad mot {material.course}{spans}. "
        "Bättre och sämre sägs bara när hela intervallet ligger på ena sidan om noll. Talen för i dag är simulerade."
        f"{given}"
    )
    title = f"Nyckeltal: i dag, {material.undecided or f'med {material.course}'} och med varje strategi"
    shares = (0.16, *(0.84 / len(names) for _ in names))
    scenarios = (base, *material.strategies)
    data = records_exhibit(material, "nyckeltal", "Nyckeltal", names, scenarios, (material.today, material.last))
    right = frozenset(range(1, len(heads)))
    return PrintedTable("nyckeltal", title, heads, tuple(rows), shares, right, note, data)


def _key_cell(material: Material, indicator: str, scenario: str, brief: bool) -> str:
    told = finding(material, indicator, scenario)
    if brief:
        return difference_cell(told, brief)
    return f"{plain_value_sv(material, indicator, scenario, material.last)}\n{difference_cell(told)}"
