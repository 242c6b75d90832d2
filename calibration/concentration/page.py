"""How care gathers in few people, told: lines for the terminal and the page docs/koncentration.md.

What is measured, its target, source and grade are the rows of targets.csv; what the model gives comes
from `calibration.concentration.measures`, one table of values a run.
"""

from __future__ import annotations

import csv
import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np

from scenarios.text.swedish import number, span
from scenarios.validation.evaluation import TOLERANCE

TARGETS_FILE = Path(__file__).with_name("targets.csv")
_HALF = 45.0
"""Percent from which a share is told as about half."""
_LABEL, _MODEL, _TARGET, _SOURCE = 60, 8, 18, 28
"""Widths of the columns in the terminal."""
Runs = Sequence[Mapping[str, float]]


class ToldMeasure(NamedTuple):
    """A row of the table: a measure, and what has been read of it, a figure or a range; nan where nothing has."""

    measure: str
    part_sv: str
    label_sv: str
    unit_sv: str
    decimals: int
    value: float
    low: float
    high: float
    place_sv: str
    source: str
    grade: str
    note_sv: str

    @property
    def observed(self) -> bool:
        """Whether there is a target."""
        return not (math.isnan(self.value) and math.isnan(self.low))

    @property
    def bounds(self) -> tuple[float, float]:
        """What counts as met: the source's range, or so near its only figure as in the table of validation."""
        if math.isnan(self.low):
            return self.value * (1.0 - TOLERANCE), self.value * (1.0 + TOLERANCE)
        return self.low, self.high

    def met(self, value: float) -> bool:
        """Whether the model's value, rounded as it is shown, meets the target."""
        low, high = self.bounds
        return low <= round(value, self.decimals) <= high


def read_measures(path: Path = TARGETS_FILE) -> tuple[ToldMeasure, ...]:
    """Return the rows of a table of targets."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_measure(row) for row in csv.DictReader(file))


def _measure(row: Mapping[str, str]) -> ToldMeasure:
    numbers = {name: float(row[name] or "nan") for name in ("value", "low", "high")}
    return ToldMeasure(**{**row, **numbers, "decimals": int(row["decimals"])})  # type: ignore[arg-type]


def mean_of_runs(runs: Runs, measure: str) -> float:
    """Mean of a measure over runs."""
    return float(np.mean([run[measure] for run in runs]))


# --- the terminal ------------------------------------------------------------------------------------------


def lines(measures: Sequence[ToldMeasure], runs: Runs) -> list[str]:
    """The table as plain text, part by part."""
    out = [f"{'Mått':{_LABEL}}{'Modellen':>{_MODEL}}{'Observerat':>{_TARGET}}  G  Källa"]
    for part, rows in groupby(measures, key=lambda row: row.part_sv):
        out += ["", part]
        for row in rows:
            out += _line(row, mean_of_runs(runs, row.measure))
    return out


def _line(row: ToldMeasure, value: float) -> Iterator[str]:
    label = f"{row.label_sv}{f', {row.unit_sv}' if row.unit_sv else ''}"
    source = f"{row.place_sv}: {row.source}" if row.observed else ""
    wrapped = textwrap.wrap(source, _SOURCE) or [""]
    mark = " " if not row.observed else "=" if row.met(value) else "≠"
    shown = f"{label:{_LABEL}}{number(value, row.decimals):>{_MODEL}}{f'{mark} {_target(row)}':>{_TARGET}}"
    yield f"{shown}  {row.grade or ' '}  {wrapped[0]}".rstrip()
    yield from (f"{'':{_LABEL + _MODEL + _TARGET + 5}}{line}" for line in wrapped[1:])


def _target(row: ToldMeasure) -> str:
    if not row.observed:
        return "–"
    between = "" if math.isnan(row.low) else f"{number(row.low)}–{number(row.high)}"
    if math.isnan(row.value):
        return between
    return f"{number(row.value)} ({between})" if between else number(row.value)


# --- the page ----------------------------------------------------------------------------------------------


def page(measures: Sequence[ToldMeasure], runs: Runs, year: int, command: str) -> str:
    """The page as Markdown; `year` is the first of the two, `command` what made the page."""
    mean = {row.measure: mean_of_runs(runs, row.measure) for row in measures}
    parts = [
        "# Hur vården samlas hos få",
        f"<!-- Sidan är gjord av `{command}`; ändra i calibration/concentration/, inte här. -->",
        _introduction(len(runs), year),
        "## Vad som nås och inte",
        _verdict(measures, mean),
        "## Hälften av resurserna?",
        _half(mean, year),
        "## Nästa år är det delvis andra",
        _regression(mean, year),
    ]
    for part, rows in groupby(measures, key=lambda row: row.part_sv):
        parts += [f"## {part}", _table(list(rows), runs)]
    return "\n\n".join(parts) + "\n"


def _introduction(runs: int, year: int) -> str:
    made = (
        f"Medelvärden av {runs} replikationer, inom parentes den lägsta och högsta." if runs > 1 else "En replikation."
    )
    return (
        f"Nuläget simulerat till slutet av {year + 1}, med varje händelse loggad {year} och {year + 1}. {made} "
        "*Observerat* är det som lästs, med källans spann inom parentes, oftast från andra länder. *Nått*: modellen "
        f"ligger i spannet, eller inom {100 * TOLERANCE:.0f} procent där källan har ett enda tal. "
        "Grad: A läst i källan, B ur minnet, C härlett eller antaget.\n\n"
        "Personer är de som bor i länet när året börjar. Kostnad är modellens enhetskostnader för besök, kontakter, "
        "akutbesök, vårddygn och hemsjukvård; läkemedel, psykiatri och administration finns inte i modellen, och "
        "kommunens särskilda boende och hemtjänst är med bara där det står. Hur mycket människor skiljer sig är valt "
        "med stöd av flera av målen (`lasting_need` i [registret](register-parametrar.md)): tabellen är ingen "
        "oberoende prövning av det. Hela läget mot observerat står på [valideringssidan](validering.md)."
    )


def _verdict(measures: Sequence[ToldMeasure], mean: Mapping[str, float]) -> str:
    judged = [(row, mean[row.measure]) for row in measures if row.observed]
    found = {
        "Nås": [row for row, value in judged if row.met(value)],
        "Modellen ligger under": [row for row, value in judged if not row.met(value) and value < row.bounds[0]],
        "Modellen ligger över": [row for row, value in judged if not row.met(value) and value > row.bounds[0]],
    }
    told = [f"- {where}: {_listed(rows, mean)}." for where, rows in found.items() if rows]
    return "\n".join([f"**{len(found['Nås'])} av {len(judged)} mål nås.**", "", *told])


def _listed(rows: Sequence[ToldMeasure], mean: Mapping[str, float]) -> str:
    return "; ".join(
        f"{row.label_sv[0].lower()}{row.label_sv[1:]} ({number(mean[row.measure], row.decimals)} mot {_target(row)})"
        for row in rows
    )


def _half(mean: Mapping[str, float], year: int) -> str:
    hindsight = {"kostnaden": "top_cost", "vårddygnen": "top_bed_days",
                 "kostnaden med särskilt boende och hemtjänst": "whole_top"}  # fmt: skip
    ahead = {"kostnaden": "listed_cost_next", "vårddygnen": "listed_bed_days_next",
             "kostnaden med särskilt boende och hemtjänst": "listed_whole_next"}  # fmt: skip
    return (
        "Regionen skriver att de 5 400 med komplexa behov tar hälften av resurserna, men inte vilka resurser eller hur "
        f"gruppen är funnen. Lika många valda *i efterhand*, de som kostade mest {year}, tar "
        f"{_shares(hindsight, mean)}. {_about_half(hindsight, mean)} De som stod på listan när {year + 1} började tar "
        f"det året {_shares(ahead, mean)}. {_about_half(ahead, mean)} Hälften är alltså en fråga om vad som räknas och "
        "när man räknar, inte ett mål att ställa in modellen efter."
    )


def _shares(named: Mapping[str, str], mean: Mapping[str, float]) -> str:
    return _together([f"{number(mean[measure], 0)} procent av {name}" for name, measure in named.items()])


def _about_half(named: Mapping[str, str], mean: Mapping[str, float]) -> str:
    half = [name for name, measure in named.items() if mean[measure] >= _HALF]
    return f"Ungefär hälften eller mer är det av {_together(half)}." if half else "Inget av det är nära hälften."


def _together(parts: Sequence[str]) -> str:
    return " och ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def _regression(mean: Mapping[str, float], year: int) -> str:
    def told(measure: str, decimals: int = 1) -> str:
        return number(mean[measure], decimals)

    after = year + 1
    return (
        f"De som kostade mest {year} tog {told('top_cost', 0)} procent av kostnaden det året och "
        f"{told('top_cost_next', 0)} procent {after}. De av dem som bodde kvar låg inne {told('top_days_each')} dygn "
        f"var {year} och {told('top_days_each_next')} dygn {after}: {told('top_change', 0)} procent utan att någon "
        f"gjort något. De på listan tog {told('listed_cost', 0)} procent av kostnaden {year}, som valde dem, och "
        f"{told('listed_cost_next', 0)} procent {after}; de låg inne {told('listed_days_each')} dygn var och "
        f"{told('listed_days_each_next')} dygn: {told('listed_change', 0)} procent. Så mycket skulle en utvärdering "
        "före och efter skriva upp som effekt av vilken insats som helst. Bara en jämförelsegrupp som är vald på samma "
        "sätt visar vad insatsen gjort."
    )


def _table(rows: Sequence[ToldMeasure], runs: Runs) -> str:
    head = ["| Mått | Modellen | Observerat | Nått | Grad | Var, källa och läsning |", "|---|---:|---:|---|---|---|"]
    return "\n".join([*head, *(_row(row, runs) for row in rows)])


def _row(row: ToldMeasure, runs: Runs) -> str:
    label = f"{row.label_sv} ({row.unit_sv})" if row.unit_sv else row.label_sv
    met = ("ja" if row.met(mean_of_runs(runs, row.measure)) else "nej") if row.observed else "–"
    read = f"{row.place_sv}; {row.source}" if row.observed else ""
    told = "; ".join(part for part in (read, row.note_sv) if part)
    return f"| {label} | {_spread(row, runs)} | {_target(row)} | {met} | {row.grade or '–'} | {told} |"


def _spread(row: ToldMeasure, runs: Runs) -> str:
    values = [run[row.measure] for run in runs]
    shown = number(float(np.mean(values)), row.decimals)
    return shown if len(values) == 1 else f"{shown} ({span(min(values), max(values), row.decimals, '–')})"
