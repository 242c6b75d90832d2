"""What every report tells about itself: read me, data dictionary, the assumptions of its scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.exhibits.lever_words import known_sv
from scenarios.levers.lever import Lever
from scenarios.levers.registry import LEVERS
from scenarios.places.places import SEGMENT_LABELS
from scenarios.report.origin import Origin, ToldScenario
from scenarios.strategies.strategy import LeverSetting, Reach
from scenarios.text.swedish import number
from simulator.region.axes import SEGMENTS

REPORT_TITLE = "Nära vård 2030"
_SEGMENTS = dict(zip(SEGMENTS, SEGMENT_LABELS, strict=True))
_EVERYWHERE = "hela regionen"

_READING = (
    "Varje siffra är ett medelvärde över replikationerna: samma framtid räknad flera gånger med olika slump. Ett "
    "95 %-intervall rymmer den slumpen och inget annat; osäkerheten i antagandena kommer till. Skillnader mellan "
    "scenarier är parade, alltså räknade med samma slump i båda, och är säkrare än två värden var för sig. En skillnad "
    "är säker först när hela intervallet ligger på ena sidan om noll, och av tjugo jämförelser utan verklig skillnad "
    "ser ungefär en ändå säker ut."
)
_ALONE = (
    "En enda replikation är en av många möjliga utvecklingar: det finns inget intervall, och effekt går inte att "
    "skilja från slump."
)
_CAUTION = (
    "Modellen jämför möjliga utvecklingar och är ingen prognos för en enskild enhet. Läs skillnaderna som vad modellen "
    "säger om antagandena håller."
)


def reading(replications: int) -> str:
    """Return how intervals and differences of so many replications are to be read."""
    return f"{_ALONE if replications == 1 else _READING} {_CAUTION}"


def front(origin: Origin) -> list[tuple[str, str]]:
    """Return what the first page tells, as heading and text; what is not known is left out."""
    known = [
        ("Uttaget", origin.taken.isoformat()),
        ("Modellversion", origin.code_version),
        ("Region", _region(origin)),
        ("Till och med", origin.horizon),
        ("Replikationer", number(origin.replications) if origin.replications else ""),
        ("Frö", origin.seed),
        *((f"Scenario {scenario.label}", _told(scenario)) for scenario in origin.scenarios),
        ("Gör om resultaten", origin.command),
        ("Så läses siffrorna", reading(origin.replications) if origin.replications else ""),
    ]
    return [(heading, text) for heading, text in known if text]


def _region(origin: Origin) -> str:
    digest = f", kontrollsumma för indata {origin.region_digest}" if origin.region_digest else ""
    return f"{origin.region}{digest}"


def _told(scenario: ToldScenario) -> str:
    question = f"{scenario.strategy.question_sv.strip()} " if scenario.strategy else ""
    digest = f", kontrollsumma {scenario.hash}" if scenario.hash else ""
    return f"{question}Namn {scenario.name}{digest}."


def source_line(origin: Origin) -> str:
    """Return the line that stands under a picture: project, version, scenarios, seed."""
    parts = [
        REPORT_TITLE,
        f"modellversion {origin.code_version}" if origin.code_version else "",
        f"scenarier {', '.join(origin.labels)}" if origin.scenarios else "",
        _replications(origin.replications) if origin.replications else "",
        f"frö {origin.seed}" if origin.seed else "",
    ]
    return ", ".join(part for part in parts if part) + "."


def _replications(count: int) -> str:
    return f"{number(count)} {'replikation' if count == 1 else 'replikationer'}"


_DICTIONARY = (
    Column("sheet", "Blad", description="Bladets namn; i CSV filens namn."),
    Column("title", "Tabell", description="Tabellens rubrik i appen."),
    Column("column", "Kolumn", description="Kolumnens rubrik."),
    Column("kind", "Slag", description="Tal eller text."),
    Column("unit", "Enhet", description="Enheten som talen är i."),
    Column("description", "Beskrivning", description="Vad kolumnen säger, och tabellens anmärkning."),
)


def dictionary(sheets: Mapping[str, Exhibit]) -> Exhibit:
    """Return the data dictionary: every column of every table by name of its sheet."""
    rows = [row for name, exhibit in sheets.items() for row in _columns(name, exhibit)]
    alt = "Varje blad och kolumn med enhet och beskrivning."
    return Exhibit("datalexikon", "Datalexikon: varje blad och kolumn", alt, _DICTIONARY, rows)


def heading(column: Column) -> str:
    """Return the heading of a column in files, with its unit."""
    return f"{column.title} ({column.unit})" if column.unit else column.title


def _columns(name: str, exhibit: Exhibit) -> Iterator[dict[str, str]]:
    for column in exhibit.columns:
        yield {
            "sheet": name,
            "title": exhibit.title,
            "column": heading(column),
            "kind": "text" if column.decimals is None else "tal",
            "unit": column.unit or ("" if column.decimals is None else exhibit.unit),
            "description": column.description,
        }
    if exhibit.note:
        yield {"sheet": name, "title": exhibit.title, "column": "(hela tabellen)", "description": exhibit.note}


_ASSUMPTIONS = (
    Column("scenario", "Scenario"),
    Column("lever", "Spak"),
    Column("value", "Värde", 3, description="Det som scenariot sätter spaken till."),
    Column("unit", "Enhet"),
    Column("neutral", "Neutralt", 3, description="Värdet som inte ändrar något."),
    Column("start", "Start", description="Dagen då spaken börjar verka."),
    Column("full", "Full effekt", description="Dagen då den verkar helt."),
    Column("reach", "Gäller", description="Var och för vilka spaken verkar."),
    Column(
        "evidence",
        "Underlag",
        description=(
            "Spakens effekter i modellen med värde, spann och grad, den studie som säger mest för och den som säger"
            " mest emot; sedan läge och antaganden med källa."
        ),
    ),
    Column("rationale", "Motivering", description="Varför scenariot har de värden det har."),
)
_GRADES = "Grad A: läst i källan. B: ur litteraturen, ska verifieras. C: antagande. Källor står på källans språk."


def assumptions(origin: Origin) -> Exhibit:
    """Return what each scenario assumes: its levers with value, start, reach, evidence and reasons."""
    rows = _rows(origin, lambda lever: " ".join(known_sv(lever, origin.region)))
    alt = "Vad varje scenario antar: spakar med värde, start, räckvidd, underlag och motivering."
    return Exhibit("antaganden", "Antaganden: scenariernas spakar", alt, _ASSUMPTIONS, rows, note=_GRADES)


def told_settings(origin: Origin) -> list[dict[str, Any]]:
    """Return the rows of `assumptions` without what levers rest on, which takes reading."""
    return _rows(origin, lambda _: "")


def _rows(origin: Origin, known: Callable[[Lever], str]) -> list[dict[str, Any]]:
    return [row for scenario in origin.scenarios for row in _settings(scenario, known)]


def _settings(scenario: ToldScenario, known: Callable[[Lever], str]) -> Iterator[dict[str, Any]]:
    strategy = scenario.strategy
    if strategy is None:
        yield {"scenario": scenario.label, "rationale": "Strategin är inte sparad här; se filen som den kördes från."}
        return
    reasons = strategy.rationale.strip()
    if not strategy.levers:
        yield {"scenario": scenario.label, "lever": "Inga spakar ändras", "reach": _EVERYWHERE, "rationale": reasons}
    for setting in strategy.levers:
        yield {"scenario": scenario.label, **_setting(setting, known), "rationale": reasons}


def _setting(setting: LeverSetting, known: Callable[[Lever], str]) -> dict[str, Any]:
    lever = LEVERS[setting.lever]
    return {
        "lever": lever.label_sv,
        "value": setting.value,
        "unit": lever.unit,
        "neutral": lever.neutral,
        "start": setting.start.isoformat(),
        "full": setting.full_effect.isoformat() if setting.full_effect else _ramp(lever.ramp_months),
        "reach": reach_sv(setting.reach),
        "evidence": known(lever),
    }


def _ramp(months: int) -> str:
    return f"{months} månader efter start" if months else "vid start"


def reach_sv(reach: Reach) -> str:
    """Return where and for whom a lever acts, in Swedish."""
    parts = [
        ", ".join(reach.municipalities or reach.health_centres) or _EVERYWHERE,
        f"{', '.join(reach.age_groups)} år" if reach.age_groups else "",
        ", ".join(_SEGMENTS[name] for name in reach.segments),
    ]
    return "; ".join(part for part in parts if part)


def companion(origin: Origin, sheets: Mapping[str, Exhibit]) -> str:
    """Return the text file that goes with files that cannot tell themselves: read me, columns, assumptions."""
    parts = [REPORT_TITLE, "=" * len(REPORT_TITLE), ""]
    parts += [f"{heading}\n  {text}\n" for heading, text in front(origin)]
    parts += ["Kolumner", "--------", ""]
    for name, exhibit in sheets.items():
        parts += _told_columns(name, exhibit)
    parts += ["Antaganden", "----------", ""]
    for row in told_settings(origin):
        parts.append(_told_assumption(row))
    return "\n".join(parts).rstrip() + "\n"


def _told_columns(name: str, exhibit: Exhibit) -> list[str]:
    rows = list(_columns(name, exhibit))
    lines = [f"  {row['column']}{_described(row)}" for row in rows]
    return [f"{name}: {exhibit.title}", *lines, ""]


def _described(row: Mapping[str, str]) -> str:
    return f": {row['description']}" if row["description"] else ""


def _told_assumption(row: Mapping[str, Any]) -> str:
    if "value" not in row:
        return f"{row['scenario']}: {row.get('lever', row['rationale'])}"
    return (
        f"{row['scenario']}: {row['lever']} {number(row['value'])} {row['unit']} från {row['start']}, "
        f"full effekt {row['full']}, {row['reach']}"
    )


def names_of(exhibits: Sequence[Exhibit]) -> dict[str, Exhibit]:
    """Return exhibits by a file name of their own, without suffix: of a-z, 0-9 and hyphens alone."""
    by_name: dict[str, Exhibit] = {}
    for exhibit in exhibits:
        kept = "".join(c if c.isascii() and (c.isalnum() or c == "-") else "-" for c in exhibit.key.lower())
        stem = kept.strip("-")[:60] or "tabell"
        name, number_of = stem, 2
        while name in by_name:
            name, number_of = f"{stem}-{number_of}", number_of + 1
        by_name[name] = exhibit
    return by_name
