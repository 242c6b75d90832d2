"""The page of levels, docs/nivaer.md: today's course as it was reckoned before and is now, beside what is observed.

`python -m calibration.levels` makes it from the library's results that come with the project. What was before stands
in levels_before.csv: means and the middle nine tenths of twenty replications of version 0.1.0 before unmet need, people
who differ and the last year of life had consequences.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from scenarios.live.shipped import SHIPPED_FILE, arrays_of, shipped
from scenarios.measures.figures import INDICATORS
from scenarios.statistics.arrays import Array
from scenarios.strategies.library import BASELINE
from scenarios.text.swedish import number

LEVELS_PAGE = Path(__file__).parents[1] / "docs" / "nivaer.md"
BEFORE = Path(__file__).with_name("levels_before.csv")
LEVEL_YEARS = (2023, 2026, 2030)
CHANCE = (0.05, 0.95)


class Level(NamedTuple):
    """An indicator of the table, and in words what has been observed."""

    indicator: str
    observed_sv: str


LEVELS_TOLD = (
    Level("population", "247 711 år 2022; regionens budget 2026: nära 2 000 färre till 2030"),
    Level("population_80_plus", "19 515 år 2024 (SCB); 23 716 år 2030 i en kohortframskrivning utan flyttning"),
    Level("deaths", "omkring 2 770 år 2023 (ur publicerad befolkningsbalans)"),
    Level("chronically_ill", "92 000 år 2022; regionen skriver nästan 100 000 till 2030"),
    Level("highest_need", "inget observerat"),
    Level("gp_contacts", "1,3–1,5 per invånare i riket"),
    Level("contacts", "inget observerat för länet"),
    Level("ed_visits", "55 000–70 000 (2018, härlett 65 000)"),
    Level("ed_time_median", "190 minuter i länet"),
    Level("ed_time_p90", "480 minuter i länet"),
    Level("admissions", "15 907 per 100 000 invånare 2021: 39 400"),
    Level("bed_days", "medelvårdtid 4,2 dagar och nio tiondelars beläggning: omkring 160 000"),
    Level("occupied_beds_share", "90 % antas i härledningen av vårdtid"),
    Level("avoidable_admissions", "532 per 100 000 år 2020, åldersstandardiserat"),
    Level("assessed_within_3_days", "87 % i januari 2022"),
    Level("waiting_days", "inget observerat för länet"),
    Level("continuity_index", "0,37–0,40 (uppföljningstavlan 2021–2022)"),
    Level("specialist_within_90_days", "82 % i april 2022"),
    Level("planned_within_90_days", "74 % (operation) i april 2022"),
    Level("gave_up", "inget observerat"),
    Level("diverted", "inget observerat"),
    Level("unmet_needs", "inget observerat"),
    Level("unmet_urgent", "inget observerat"),
    Level("admitted_in_year", "omkring 9,5 %, härlett ur 1,67 inläggningar per vårdad i riket"),
    Level("deaths_in_hospital", "33,6 % i sydöstra Sverige; inställt efter det"),
    Level("deaths_admitted_last_year", "69,9 % av 65 år och äldre; inställt efter det"),
    Level("complex_use_in_index_year", "regionen skriver hälften av resurserna"),
    Level("complex_use_in_next_year", "regionen skriver hälften av resurserna"),
    Level("discharged_same_day", "mer än 90 %"),
    Level("discharge_ready_days", "inget observerat för länet efter 2018"),
    Level("housing_queue", "inget observerat"),
    Level("gp_gap", "20 % vakanta läkartjänster i primärvården"),
    Level("staff_shortage", "1 700 av regionens 8 000 i pensionsålder till 2031"),
    Level("agency_cost", "168 miljoner 2025, 20 % lägre (dagensvimmerby.se)"),
    Level("bought_care", "köpt vård bland orsakerna till högre kostnad 2023"),
    Level("cost_region", "9 400 miljoner i skatt och bidrag 2022; modellen ser drygt hälften"),
    Level("cost_municipality", "ingen jämförbar uppgift"),
)


def page() -> str:
    """Return the page as Markdown. Raises OSError when the shipped results are not there."""
    head = (
        "# Nivåer i dagens kurs, före och nu\n\n"
        "<!-- Sidan är gjord av `python -m calibration.levels`; ändra där, inte här. -->\n\n"
        "Medelvärden av tjugo replikationer av nuläget. *Före* är samma version innan ouppfyllda "
        "behov fick följder, människor skilde sig åt och vården steg mot livets slut ([ändringarna](../CHANGELOG.md)); "
        "*nu* är det som följer med. Inom parentes de mittersta nio tiondelarna av replikationerna: så mycket kan ett "
        "enskilt år skilja av slump. *Observerat* är det som lästs; det står med källa i "
        "[registret](register-parametrar.md) eller på [valideringssidan](validering.md). Inget av målen är skrivet in "
        "i modellen; nivåer som avviker står kvar.\n\n"
    )
    years = " | ".join(f"{year} {when}" for year in LEVEL_YEARS for when in ("före", "nu"))
    rows = [f"| Mått | {years} | Observerat |", "|---|" + "---:|" * (2 * len(LEVEL_YEARS)) + "---|", *_rows()]
    return head + "\n".join(rows) + "\n"


def _rows() -> Iterator[str]:
    before, now = _before(), _now()
    for level in LEVELS_TOLD:
        figure = INDICATORS[level.indicator]
        cells = [
            _told(table.get((level.indicator, year)), figure.decimals)
            for year in LEVEL_YEARS
            for table in (before, now)
        ]
        yield f"| {figure.label_sv} ({figure.unit_sv}) | {' | '.join(cells)} | {level.observed_sv} |"


def _told(values: tuple[float, float, float] | None, decimals: int) -> str:
    if values is None:
        return "–"
    mean, low, high = (number(value, decimals) for value in values)
    return f"{mean} ({low}–{high})"


def _before() -> dict[tuple[str, int], tuple[float, float, float]]:
    with BEFORE.open(encoding="utf-8", newline="") as file:
        return {
            (row["indicator"], int(row["year"])): (float(row["mean"]), float(row["low"]), float(row["high"]))
            for row in csv.DictReader(file)
        }


def _now() -> dict[tuple[str, int], tuple[float, float, float]]:
    arrays, row = arrays_of(SHIPPED_FILE, "whole"), list(shipped(SHIPPED_FILE).keys).index(BASELINE)
    table, years = arrays["indicators|indicator|year"][row].astype(float), arrays["@year"].tolist()
    names = [str(name) for name in arrays["@indicator"]]
    return {
        (name, year): _spread(table[:, i, years.index(year)]) for i, name in enumerate(names) for year in LEVEL_YEARS
    }


def _spread(values: Array) -> tuple[float, float, float]:
    low, high = np.nanquantile(values, CHANCE)
    return float(np.nanmean(values)), float(low), float(high)


def main() -> None:
    """Write the page."""
    LEVELS_PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
