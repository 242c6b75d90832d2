"""The register of parameters as a page needs it: searched and filtered, as HTML, and as a table for files."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scenarios.exhibits import cards
from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.levers.lever import Evidence, Lever
from scenarios.places.register import GRADES_SV, PARAMETERS, Entry
from scenarios.places.register_words import TABLES_SV
from scenarios.text import search
from scenarios.text.swedish import MISSING, number

GRADES = tuple(GRADES_SV)
EVERYTHING = "Alla områden"


@dataclass(frozen=True, slots=True)
class Register:
    """Entries with what is searched in each, folded once."""

    entries: tuple[Entry, ...]
    hays: tuple[str, ...]

    @property
    def areas(self) -> tuple[str, ...]:
        """Areas in the order of the Swedish alphabet, families of parameters before tables."""
        families = {entry.area for entry in self.entries if entry.table == PARAMETERS}
        tables = [title for title in TABLES_SV.values() if title in {entry.area for entry in self.entries}]
        return (*sorted(families, key=_alphabetic), *(title for title in tables if title not in families))

    def found(self, text: str = "", grades: Iterable[str] = (), area: str = EVERYTHING) -> tuple[Entry, ...]:
        """Return the entries with every word of `text`, of one of `grades` (none is all) and of an area."""
        wanted, kept = search.words(text), frozenset(grades) or frozenset(GRADES)
        return tuple(
            entry
            for entry, hay in zip(self.entries, self.hays, strict=True)
            if entry.grade in kept and area in (EVERYTHING, entry.area) and search.found(hay, wanted)
        )


def _alphabetic(text: str) -> str:
    """Return text so that å, ä and ö come last."""
    return text.casefold().translate(str.maketrans("åäö", "{|}"))


def register_of(entries: Iterable[Entry]) -> Register:
    """Return the entries ready to be searched: parameters by area, then the tables in order."""
    ordered = sorted(entries, key=_place)
    hays = (
        search.haystack((e.label, e.name, e.area, e.unit, e.source, e.note, e.distribution, _text(e.value)))
        for e in ordered
    )
    return Register(tuple(ordered), tuple(hays))


def _place(entry: Entry) -> tuple[bool, str]:
    return (False, _alphabetic(entry.area)) if entry.table == PARAMETERS else (True, "")


def counts_sv(entries: Iterable[Entry]) -> str:
    """Return how many parameters and figures of tables have each grade."""
    every = list(entries)
    parameters = [entry for entry in every if entry.table == PARAMETERS]
    parts = [f"{_counted(len(parameters), 'parameter', 'parametrar')}: {_grades(parameters)}"] if parameters else []
    rest = [entry for entry in every if entry.table != PARAMETERS]
    parts += [f"{number(len(rest))} tal i tabeller: {_grades(rest)}"] if rest else []
    return ". ".join(parts) + "." if parts else "Inga tal."


def _counted(count: int, one: str, many: str) -> str:
    return f"{number(count)} {one if count == 1 else many}"


def _grades(entries: Sequence[Entry]) -> str:
    counts = Counter(entry.grade for entry in entries)
    by_grade = [f"{number(counts[grade])} med grad {grade} ({_share(counts[grade], len(entries))})" for grade in GRADES]
    return ", ".join(by_grade)


def _share(count: int, total: int) -> str:
    share = 100 * count / total
    return "under 1\u00a0%" if 0 < share < 1 else f"{number(share, 0)}\u00a0%"


# --- HTML

_HEADS = (
    cards.Head("Benämning", share=30), cards.Head("Värde", share=14), cards.Head("Spann", share=13),
    cards.Head("Grad", share=6), cards.Head("Källa och anmärkning", share=37),
)  # fmt: skip


def register_html(entries: Iterable[Entry], caption: str) -> str:
    """Return entries as a table; sources are marked as English."""
    return cards.table(caption, _HEADS, map(_row, entries))


def _row(entry: Entry) -> tuple[str, ...]:
    unit = "" if isinstance(entry.value, str) else entry.unit
    value = cards.valued(_text(entry.value), unit) if entry.value is not None else cards.lines(unit)
    note = cards.lines(cards.foreign(entry.note))
    return (
        cards.named(entry.label, entry.area, entry.name),
        value,
        cards.valued(span_of(entry), entry.distribution) if span_of(entry) else entry.distribution,
        cards.grade(entry.grade),
        cards.foreign(entry.source) + note,
    )


def span_of(entry: Entry) -> str:
    """Return the range of a figure; empty without one."""
    if entry.low is None or entry.high is None:
        return ""
    between = " till " if entry.low < 0 else "–"
    return f"{_figure(entry.low)}{between}{_figure(entry.high)}"


def _text(value: float | str | None) -> str:
    if isinstance(value, str):
        return value
    return MISSING if value is None else _figure(value)


def _figure(value: float) -> str:
    """Return a figure with up to five digits that count, as Swedes write it."""
    if value == 0 or not math.isfinite(value):
        return number(value)
    places = 4 - math.floor(math.log10(abs(value)))
    text = number(value, min(max(places, 0), 9))
    return text.rstrip("0").rstrip(",") if "," in text else text


# --- files

_COLUMNS = (
    Column("area", "Område", description="Del av modellen, eller tabell i regionens data."),
    Column("label", "Benämning"),
    Column("name", "Namn", description="Namnet i regionens data."),
    Column("value", "Värde", 6, description="Talet som modellen räknar med; tomt där hela kolumner sammanfattas."),
    Column("text", "Värde i ord", description="Där värdet är ett namn eller följer en annan parameter."),
    Column("unit", "Enhet"),
    Column("low", "Lägst", 6, description="Nedre gräns för vad talet rimligen kan vara."),
    Column("high", "Högst", 6, description="Övre gräns för vad talet rimligen kan vara."),
    Column("distribution", "Fördelning", description="Hur talet dras när antagandena varieras."),
    Column("grade", "Grad", description="; ".join(f"{grade}: {text}" for grade, text in GRADES_SV.items()) + "."),
    Column("source", "Källa", description="På källans språk; för antaganden hur det resonerades."),
    Column("note", "Anmärkning", description="På engelska, som i regionens datafiler."),
)


def register_exhibit(entries: Sequence[Entry]) -> Exhibit:
    """Return entries as a table for files."""
    rows, counts = [_file_row(entry) for entry in entries], counts_sv(entries)
    return Exhibit("parametrar", "Parametrar och andra tal", counts, _COLUMNS, rows, note=counts)


def _file_row(entry: Entry) -> dict[str, float | str | None]:
    words = isinstance(entry.value, str)
    return {
        "area": entry.area, "label": entry.label, "name": entry.name, "value": None if words else entry.value,
        "text": entry.value if words else "", "unit": entry.unit, "low": entry.low, "high": entry.high,
        "distribution": entry.distribution, "grade": entry.grade, "source": entry.source, "note": entry.note,
    }  # fmt: skip


# --- evidence of the levers


@dataclass(frozen=True, slots=True)
class Found:
    """A lever with one finding on its effect."""

    lever: Lever
    evidence: Evidence


def evidence_of(levers: Iterable[Lever], text: str = "", grades: Iterable[str] = ()) -> tuple[Found, ...]:
    """Return every finding of the levers with all words of `text` and one of `grades` (none is all)."""
    wanted, kept = search.words(text), frozenset(grades) or frozenset(GRADES)
    every = (Found(lever, item) for lever in levers for item in lever.evidence)
    return tuple(f for f in every if f.evidence.grade in kept and search.found(_hay(f), wanted))


def _hay(finding: Found) -> str:
    lever, item = finding.lever, finding.evidence
    return search.haystack((lever.label_sv, lever.name, lever.description_sv, item.finding_sv, item.source, item.unit))


_EVIDENCE_HEADS = (
    cards.Head("Spak", share=22), cards.Head("Underlag", share=34), cards.Head("Effekt", share=12),
    cards.Head("Grad", share=6), cards.Head("Källa", share=26),
)  # fmt: skip


def evidence_html(findings: Iterable[Found], caption: str) -> str:
    """Return findings as a table."""
    return cards.table(caption, _EVIDENCE_HEADS, map(_evidence_row, findings))


def _evidence_row(finding: Found) -> tuple[str, ...]:
    lever, item = finding.lever, finding.evidence
    reasoned = item.source.removeprefix("assumption: ")
    source = "Antagande: se underlaget." if reasoned == item.finding_sv else cards.foreign(item.source)
    effect = "" if item.effect is None else cards.valued(_figure(item.effect), _between(item), item.unit)
    return cards.named(lever.label_sv, lever.name), item.finding_sv, effect, cards.grade(item.grade), source


def _between(item: Evidence) -> str:
    if item.low is None or item.high is None:
        return ""
    return f"{_figure(item.low)} till {_figure(item.high)}"


_EVIDENCE_COLUMNS = (
    Column("lever", "Spak"), Column("name", "Namn"), Column("finding", "Underlag"), Column("effect", "Effekt", 3),
    Column("low", "Lägst", 3), Column("high", "Högst", 3), Column("unit", "Enhet"), Column("grade", "Grad"),
    Column("source", "Källa", description="På källans språk."),
)  # fmt: skip


def evidence_exhibit(findings: Sequence[Found]) -> Exhibit:
    """Return findings as a table for files."""
    rows = [
        {
            "lever": f.lever.label_sv, "name": f.lever.name, "finding": f.evidence.finding_sv,
            "effect": f.evidence.effect, "low": f.evidence.low, "high": f.evidence.high, "unit": f.evidence.unit,
            "grade": f.evidence.grade, "source": f.evidence.source,
        }
        for f in findings
    ]  # fmt: skip
    alt = f"{number(len(rows))} fynd om spakarnas effekt med källa och grad."
    return Exhibit("spakarnas-underlag", "Spakarnas underlag", alt, _EVIDENCE_COLUMNS, rows)
