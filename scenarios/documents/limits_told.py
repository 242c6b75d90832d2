"""What binds: which time, places and posts could meet fewest of those who asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scenarios.documents.content import Block, Bullets, Paragraph, PrintedTable, Section
from scenarios.documents.results_read import Material
from scenarios.documents.rounding import with_interval
from scenarios.documents.tables import groups
from scenarios.exhibits.capacity.limits import LIMITS_NOTE, sentences
from scenarios.findings.binding import RESOURCES_SV, Binding
from scenarios.text.swedish import MISSING, number

NOT_COUNTED_SV = "Resultatet är från en äldre version som inte räknade vad som begränsar."
TOLD_EACH = 2
"""Sentences for each scenario."""


def limits_told(material: Material) -> Section:
    """Return the section of what binds."""
    scenarios = (material.baseline, *material.strategies)
    ranked = {name: material.bindings(name, material.last) for name in scenarios}
    title = "Vad begränsar"
    if not any(ranked.values()):
        return Section("begransar", title, (Paragraph(NOT_COUNTED_SV),))
    told = tuple(
        f"{material.label(name)}: {sentence[:1].lower()}{sentence[1:]}"
        for name in scenarios
        for sentence in sentences(material.answer, material.bindings(name, material.last, alone=True))[:TOLD_EACH]
    )
    return Section("begransar", title, (Bullets(told), *_tables(material, ranked), Paragraph(LIMITS_NOTE, "note")))


def _tables(material: Material, ranked: Mapping[str, list[Binding]]) -> Iterator[Block]:
    by_name = {name: {row.resource: row for row in rows} for name, rows in ranked.items()}
    order = [resource for resource in RESOURCES_SV if any(resource in rows for rows in by_name.values())]
    base = by_name[material.baseline]
    order.sort(key=lambda resource: -(base[resource].lost if resource in base else 0.0))
    for at, names in enumerate(list(groups(material.strategies)) or [()]):
        base_head = f"{material.label(material.baseline)} {material.last}"
        heads = ("Det som begränsar", base_head, *map(material.label, names))
        rows = tuple(
            (RESOURCES_SV[resource][0], _lost(base.get(resource)),
             *(_difference(by_name[name].get(resource)) for name in names))
            for resource in order
        )  # fmt: skip
        shares = (0.3, 0.19, *(0.51 / max(len(names), 1) for _ in names))
        title = f"Förfrågningar som inte möttes i tid {material.last}"
        note = f"Andel av det efterfrågade inom parentes; strategierna: skillnad i antal mot {material.course}."
        right = frozenset(range(1, len(heads)))
        yield PrintedTable(
            f"begransar{f'-{at + 1}' if at else ''}", title, heads, rows, shares, right, note, on_slides=not at
        )


def _lost(row: Binding | None) -> str:
    if row is None:
        return MISSING
    share = f" ({number(row.lost_share, 1)} %)" if row.lost_share is not None else ""
    return f"{number(row.lost, 0)}{share}"


def _difference(row: Binding | None) -> str:
    if row is None or row.difference is None:
        return MISSING
    low, high = row.difference_low, row.difference_high
    told = with_interval(row.difference, low, high, 0, sign=True)
    if low is None or high is None:
        return f"{told}\nutan intervall"
    words = "ingen säker skillnad" if low <= 0 <= high else "färre" if high < 0 else "fler"
    return f"{told}\n{words}"
