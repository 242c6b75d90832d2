"""The register of what a region pack is held against: rules, ranges of totals and profiles, as a page in Swedish.

`python -m calibration.registers` writes it with the other registers.
"""

from __future__ import annotations

from collections.abc import Mapping

from calibration.register_text import cell, table_text
from scenarios.places.register_words import COLUMNS_SV, TABLES_SV
from simulator.region.plausible.finding import IMPOSSIBLE
from simulator.region.plausible.reference import Bounds, profiles, totals
from simulator.region.texts import RULE_WORDS

PLAUSIBILITY_PAGE = "register-rimlighet.md"
_INTRODUCTION = f"""\
Det som regionens tabeller prövas mot när var cell för sig är tillåten, i `simulator/region/plausible/`. Det som ingen
region kan ha **vägras**: en kolumn av nollor eller av fel enhet, en uppgift mer än {IMPOSSIBLE:g} gånger utanför sitt
mellanrum, män som dör mer sällan än kvinnor. Annat **sägs** som varning och stoppar inget. Regionens egna undantag, med
skäl och källa, står i dess `exceptions.csv` och tar bort båda; ett undantag som inget svarar mot vägras.
[Så fylls en region i](howto-region.md).

Referensen ligger i `simulator/regions/reference/` och avgör inget resultat. Den följer inte med när hemregionens tal
ändras: en måttstock som görs av det den mäter finner inget. Grad **A**: läst i källan. **B**: ur litteraturen, ska
verifieras. **C**: antagande; där inget tal för riket lästs är det hemregionens. *Mellanrummen* är antaganden också där
värdet är läst. Källor står på engelska, som i regionens datafiler.
"""


def plausibility_page(made: str) -> str:
    """The page; `made` says what makes it."""
    parts = [
        "# Rimlighet: vad en regions data prövas mot\n",
        f"{made}{_INTRODUCTION}",
        "## Regler\n",
        "Namnet är det som ett undantag anger som `rule`; regler om totaler heter som totalen.\n",
        table_text(("Regel", "Vad som sägs"), ((f"`{name}`", text) for name, text in RULE_WORDS.items())),
        "## Totaler\n",
        table_text(("Total", "Vanligt", "Lägst", "Högst", "Enhet", "Källa", "Grad"), map(_total, totals().items())),
        "## Mönster\n",
        "Rad för rad i `profiles.csv`. *Lägst* och *högst*: hur många gånger värdet, den trängsta raden.\n",
        table_text(
            ("Tabell", "Kolumn", "Rader", "Lägst", "Högst", "Enhet", "Källa", "Grad"),
            (_profile(*place, list(profile.values())) for place, profile in profiles().items()),
        ),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _total(item: tuple[str, Bounds]) -> tuple[object, ...]:
    name, usual = item
    return (f"`{name}`", usual.value, usual.low, usual.high, usual.unit, usual.source, usual.grade)


def _profile(table: str, column: str, rows: list[Bounds]) -> tuple[object, ...]:
    positive = [row for row in rows if row.value > 0 and row.low > 0]
    low = max((row.low / row.value for row in positive), default=float("nan"))
    high = min((row.high / row.value for row in positive), default=float("nan"))
    named = TABLES_SV.get(table, "Parametrar"), COLUMNS_SV.get(column, column)
    units, sources, grades = (_each(rows, name) for name in ("unit", "source", "grade"))
    return (*named, len(rows), low, high, units, sources, grades)


def _each(rows: list[Bounds], name: str) -> str:
    """The different texts of rows, up to three of them."""
    texts: Mapping[str, None] = dict.fromkeys(getattr(row, name) for row in rows)
    listed = list(texts)
    return cell("; ".join(listed[:3]) + (f"; och {len(listed) - 3} till" if len(listed) > 3 else ""))
