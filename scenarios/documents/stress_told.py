"""Whether strategies hold: their differences as it is and under every stress test, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenarios.documents.content import Block, Paragraph, PrintedTable, Section
from scenarios.documents.judging import SURE, Judged, finding
from scenarios.documents.studied import Studied
from scenarios.documents.tables import difference_cell, named
from scenarios.effects.sentences import capital
from scenarios.exhibits.telling import listed
from scenarios.measures.figures import INDICATORS
from scenarios.text.swedish import number

AS_IT_IS_SV = "Utan stresstest"


def stress_told(studied: Studied) -> Section:
    """Return the section of what becomes of the strategies under stress tests."""
    return Section("stresstest", "Håller det under påfrestning", tuple(_blocks(studied)))


def _blocks(studied: Studied) -> Iterator[Block]:
    yield Paragraph(
        "Ett stresstest läggs ovanpå varje scenario. En strategi jämförs med "
        f"{studied.whole.course} under samma stresstest, så att det är strategin och inte påfrestningen som syns."
    )
    for stress in studied.stressed:
        yield Paragraph(kept_sv(studied, stress), "lead")
    if studied.named.strategies:
        few = len(studied.named.strategies) < len(studied.indicators)
        yield from (_of_strategy(studied, name) for name in studied.named.strategies if few)
        yield from (_of_measure(studied, indicator) for indicator in studied.indicators if not few)


def label_of(studied: Studied, stress: str) -> str:
    """Return the Swedish label of a stress test."""
    return next(case.stress.label_sv for case in studied.cases.values() if case.stress and case.stress_name == stress)


def kept_sv(studied: Studied, stress: str) -> str:
    """Return in a sentence how many of the sure gains and losses keep their sign under a stress test."""
    kept = {"better": [0, 0], "worse": [0, 0]}
    turned: list[str] = []
    for indicator in studied.indicators:
        for told in studied.found(indicator):
            if told.verdict not in kept or not told.firm:
                continue
            under = studied.under(stress, indicator, told.record.scenario)
            if under is None:
                continue
            kept[told.verdict][1] += 1
            kept[told.verdict][0] += under.verdict == told.verdict
            if under.verdict in kept and under.verdict != told.verdict:
                turned.append(f"{studied.whole.label(told.record.scenario)} ({told.label})")
    label = capital(label_of(studied, stress))
    parts = [
        f"{number(held)} av {number(count)} säkra {word}"
        for (held, count), word in ((kept["better"], "förbättringar"), (kept["worse"], "försämringar"))
        if count
    ]
    if not parts:
        return f"{label}: det fanns inga säkra skillnader att pröva."
    ending = "ingen byter tecken" if not turned else f"byter tecken: {listed(turned[:4])}" + _rest(len(turned) - 4)
    return f"{label}: {' och '.join(parts)} består; {ending}."


def _rest(count: int) -> str:
    return f" och {number(count)} till" if count > 0 else ""


def _of_measure(studied: Studied, indicator: str) -> PrintedTable:
    """Return a measure's differences, a row a strategy, a column a future."""
    rows = [(studied.named.label(name), *_cells(studied, indicator, name)) for name in studied.named.strategies]
    return _table(studied, f"stress-{indicator.replace('_', '-')}", named(INDICATORS[indicator]), "Strategi", rows)


def _of_strategy(studied: Studied, name: str) -> PrintedTable:
    """Return a strategy's differences, a row a measure, a column a future."""
    rows = [(named(INDICATORS[indicator]), *_cells(studied, indicator, name)) for indicator in studied.indicators]
    return _table(studied, f"stress-{name}", studied.named.label(name), "Mått", rows)


def _cells(studied: Studied, indicator: str, name: str) -> tuple[str, ...]:
    put_to = (studied.under(test, indicator, name) for test in studied.stressed)
    return _cell(finding(studied.named, indicator, name)), *map(_cell, put_to)


def _table(studied: Studied, key: str, title: str, head: str, rows: Sequence[tuple[str, ...]]) -> PrintedTable:
    tests = list(studied.stressed)
    heads = (head, AS_IT_IS_SV, *(label_of(studied, test) for test in tests))
    shares = (0.26, *(0.74 / (1 + len(tests)) for _ in (AS_IT_IS_SV, *tests)))
    note = f"Parad skillnad {studied.whole.last} mot {studied.whole.course} i samma framtid, med 95 %-intervall."
    return PrintedTable(key, title, heads, tuple(rows), shares, frozenset(range(1, len(heads))), note)


def _cell(told: Judged | None) -> str:
    """Return a difference with its interval and verdict; without the interval's words where nothing is sure."""
    return difference_cell(told, brief=told is not None and told.verdict not in SURE and told.verdict != "unknown")
