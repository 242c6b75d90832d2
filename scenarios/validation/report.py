"""Observed beside simulated as records (JSON, CSV) and as Swedish text (terminal, Markdown)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scenarios.text.swedish import number
from scenarios.validation.evaluation import Result, computed, scopes_sv, summary_sv
from scenarios.validation.targets import Target

NOT_COMPARED = "not_compared"
OBSERVED_UNITS_SV = {
    "persons": "personer", "births": "födda", "deaths": "döda", "years": "år", "beds": "vårdplatser", "days": "dagar",
    "minutes": "minuter", "share": "andel", "ratio": "kvot", "children/woman": "barn per kvinna", "index": "index",
    "visits/year": "besök per år", "persons/year": "personer per år", "h/year": "timmar per år",
    "persons/GP": "personer per läkare", "nurses": "sjuksköterskor", "% of population": "% av invånarna",
    "days/person-year": "dygn per invånare", "beds/1000": "platser per 1 000", "FTE": "heltider", "id": "",
    "kpi id": "", "package": "", "flag": "", "cells": "celler", "direction": "", "% higher": "% högre",
    "% of time": "% av tiden", "% of FTE": "% av tjänsterna", "index change": "förändring av index",
    "contacts": "kontakter", "% of consultations": "% av besöken",
    "% (goal)": "% (mål)", "of 8 studies": "av 8 studier",
    "visits/inhabitant": "besök per invånare", "visits/day": "besök per dag", "% of 75+": "% av alla 75 år och äldre",
    "% of 22 studies": "% av 22 studier", "per 100 000": "per 100 000", "% (target end 2022)": "% (mål)",
}  # fmt: skip
"""Swedish for the units of sources; others are printed as they are."""
VALUES_SV = {"none": "saknas", "yes": "ja", "more often": "oftare"}
YEARS_SV = {"any": "", "1991 (year from memory)": "1991 (ur minnet)"}
_MADE = "<!-- Sidan är gjord av `{command}`; ändra i scenarios/validation/kalmar.csv, inte här. -->\n"
_INTRO = """\
Nuläget simulerat 2023–2025 bredvid varje siffra som är observerad i länet, eller i landet där länets inte finns.
En rad är en siffra med sin källa. Siffror från 2021 och 2022 jämförs med 2023, modellens första år.
Siffror för riket jämförs per invånare eller åldersgrupp. *Simulerat* är medelvärdet över
replikationerna med 95 procents intervall, som täcker slumpen och inget annat. *Inom 15 %* gäller medelvärdet mot
den observerade siffran; *inom spannet* bara där källan anger ett.

Det som modellen får som indata, eller är anpassad till, står för sig och räknas inte i summeringen. Några nivåer
är valda för hand med stöd av en siffra här; det står då i läsningen, och siffran är då ingen oberoende prövning.
Källor är på källans språk.
"""


@dataclass(frozen=True, slots=True)
class ObservedFigure:
    """One observed figure for programs; None where there is nothing to tell, shares as fractions."""

    key: str
    origin: str
    role: str
    status: str
    label: str
    observed: float | None
    observed_low: float | None
    observed_high: float | None
    unit: str
    year: str
    geography: str
    simulated_year: int | None
    simulated: float | None
    simulated_low: float | None
    simulated_high: float | None
    difference: float | None
    within_15_per_cent: bool | None
    within_bounds: bool | None
    waits_for: str
    grade: str
    source: str
    note: str
    reason: str


def lines(targets: Sequence[Target], results: Sequence[Result]) -> list[ObservedFigure]:
    """Return every observed figure once, in order, the compared with their results."""
    by_key = {result.target.key: result for result in results}
    return [_line(target, by_key.get(target.key)) for target in targets]


def _line(target: Target, result: Result | None) -> ObservedFigure:
    low, high = target.bounds if target.comparison else (math.nan, math.nan)
    done = result if result is not None and result.status == "computed" else None
    return ObservedFigure(
        target.key, target.origin, target.role, NOT_COMPARED if result is None else result.status, target.label_sv,
        _known(target.observed) if target.comparison else _figure(target.value), _known(low), _known(high),
        target.compared_unit or target.unit, target.year, target.geography,
        target.comparison.year if target.comparison else None,
        done.mean if done else None, done.low if done else None, done.high if done else None,
        _known(done.difference) if done else None, done.within if done else None,
        done.within_bounds if done else None, " ".join(result.missing if result else ()),
        target.grade, target.source, target.note_sv, target.reason_sv,
    )  # fmt: skip


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _figure(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


# --- Swedish text


def shown(value: float | None) -> str:
    """A figure with about three digits."""
    if value is None or math.isnan(value):
        return number(None)
    size = abs(value)
    return number(value, 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3)


def _per_cent(share: float) -> str:
    return number(100 * share, 0, sign=True) + " %"


def _interval(result: Result) -> str:
    return number(None) if result.low is None else f"{shown(result.low)} till {shown(result.high)}"


def _yes(value: bool | None) -> str:
    return number(None) if value is None else ("ja" if value else "nej")


def print_results(console: Console, results: Sequence[Result]) -> None:
    """Print the checks, then those outside with their reason, what waits, and the line that sums up."""
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    table.add_column("Siffra", max_width=38)
    for title in ("Observerat", "Simulerat", "95 %-intervall", "Skillnad", "Inom 15 %", "I spannet"):
        table.add_column(title, justify="right")
    for r in computed(results, "check"):
        table.add_row(
            f"{r.target.label_sv} ({r.target.compared_unit})", shown(r.target.observed), shown(r.mean), _interval(r),
            _per_cent(r.difference), _yes(r.within), _yes(r.within_bounds),
        )  # fmt: skip
    console.print(table)
    outside = [r for r in computed(results, "check") if not r.within]
    for r in outside:
        console.print(Text(f"Utanför: {r.target.label_sv}. {reason_sv(r)}"))
    waiting = [r for r in results if r.target.role == "check" and r.status == "not_yet"]
    if waiting:
        console.print(Text("Beräknas inte än: " + "; ".join(r.target.label_sv for r in waiting) + "."))
    console.print(Text(scopes_sv(results)))
    console.print(Text(summary_sv(results), style="bold"))


def reason_sv(result: Result) -> str:
    """Why a figure lies outside: the hand-written reason, or that there is none yet."""
    return _sentence(result.target.reason_sv or "orsaken är inte utredd")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def markdown(targets: Sequence[Target], results: Sequence[Result], command: str, replications: int) -> str:
    """Return the page docs/validering.md."""
    checks = computed(results, "check")
    parts = [
        "# Prövning mot observerade siffror\n",
        _MADE.format(command=command),
        _INTRO,
        f"**{summary_sv(results)}.** {scopes_sv(results)} {replications} replikationer. Indata räknas inte.\n",
        "## Prövade siffror\n",
        _checks(checks),
        "## Utanför 15 procent, och varför\n",
        _table(
            ("Siffra", "Skillnad", "Orsak"),
            ((r.target.label_sv, _per_cent(r.difference), reason_sv(r)) for r in checks if not r.within),
        ),
        *_waiting(results),
        "## Indata, visade för sig\n",
        "Modellen får siffran eller är anpassad till den; att den återkommer prövar bara att räkningen går ihop.\n",
        _inputs(targets, results),
        "## Det som modellen inte kan ge\n",
        _table(
            ("Siffra", "Observerat", "Var och när", "Varför inte"),
            ((t.label_sv, printed(t), place_of(t), _sentence(t.reason_sv)) for t in targets if t.role == "none"),
        ),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _checks(results: Sequence[Result]) -> str:
    header = (
        "Siffra", "Enhet", "Observerat", "Var och när", "Simulerat", "95 %-intervall", "År", "Skillnad", "Inom 15 %",
        "Källans spann", "Inom spannet", "Läsning", "Grad", "Källa",
    )  # fmt: skip
    return _table(header, map(_check, results))


def _check(r: Result) -> tuple[str, ...]:
    t, (low, high) = r.target, r.target.bounds
    assert t.comparison is not None
    span = number(None) if r.within_bounds is None else f"{shown(low)} till {shown(high)}"
    return (
        t.label_sv, t.compared_unit, shown(t.observed), place_of(t), shown(r.mean), _interval(r),
        str(t.comparison.year), _per_cent(r.difference), _yes(r.within), span, _yes(r.within_bounds), t.note_sv,
        t.grade, t.source,
    )  # fmt: skip


def _waiting(results: Sequence[Result]) -> list[str]:
    checks = [r for r in results if r.target.role == "check"]
    not_yet = [r for r in checks if r.status == "not_yet"]
    later = [r for r in checks if r.status == "outside_years"]
    parts: list[str] = []
    if not_yet:
        rows = (
            (r.target.label_sv, _observed(r), place_of(r.target), r.target.note_sv, _coded(r.missing)) for r in not_yet
        )
        header = ("Siffra", "Observerat", "Var och när", "Läsning", "Väntar på")
        parts += ["## Beräknas inte än\n", "Resultaten saknar det som jämförelsen görs med.\n", _table(header, rows)]
    if later:
        rows_later = ((r.target.label_sv, _observed(r), place_of(r.target), r.target.note_sv) for r in later)
        parts += [
            "## Ligger efter 2025\n",
            "Jämförs när `naravard validate MAPP` får ett resultat som når dit.\n",
            _table(("Siffra", "Observerat", "Var och när", "Läsning"), rows_later),
        ]
    return parts


def _inputs(targets: Sequence[Target], results: Sequence[Result]) -> str:
    by_key = {result.target.key: result for result in results if result.status == "computed"}
    rows = []
    for t in (t for t in targets if t.role == "input"):
        r = by_key.get(t.key)
        observed = _observed(r) if r else printed(t)
        simulated = (shown(r.mean), _per_cent(r.difference)) if r else (number(None),) * 2
        rows.append((t.label_sv, observed, place_of(t), *simulated, _sentence(t.note_sv)))
    return _table(("Siffra", "Observerat", "Var och när", "Simulerat", "Skillnad", "Hur den används"), rows)


def _observed(result: Result) -> str:
    return f"{shown(result.target.observed)} {result.target.compared_unit}"


def printed(target: Target) -> str:
    """Return a figure as its source prints it, with its unit; codes stand as they are."""
    value = _figure(target.value)
    if not target.value:
        return number(None)
    code = value is None or (target.value.startswith("0") and target.value.isdigit() and len(target.value) > 1)
    text = VALUES_SV.get(target.value, target.value) if code or value is None else number(value)
    return f"{text} {OBSERVED_UNITS_SV.get(target.unit, target.unit)}".strip()


def place_of(target: Target) -> str:
    """Return where and when a figure was observed."""
    return f"{target.geography} {YEARS_SV.get(target.year, target.year)}".strip()


def _coded(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(header)} |", f"|{'---|' * len(header)}", *body]) + "\n"
