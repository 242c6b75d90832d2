"""The page of strategies before and after: what each showed against today's course, shows now, and why it differs.

`python -m calibration.before_and_after` makes docs/fore-och-efter.md from the library's results that come with the
project. What was before stands in strategies_before.csv: mean paired differences in 2030 with 95 % intervals over
twenty replications of version 0.1.0 before each effect was held to what speaks for and against it; `--keep FILE` writes
it anew from an archive of results. The reasons are written by hand: whoever changes results again writes them anew.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

from scipy.stats import t as student

from calibration.backcast import write_rows
from scenarios.live.shipped import SHIPPED_FILE, arrays_of, shipped
from scenarios.measures.figures import INDICATORS
from scenarios.statistics.arrays import Array
from scenarios.strategies.defaults import HORIZON_YEAR
from scenarios.strategies.library import BASELINE, library
from scenarios.strategies.period import FIRST_START
from scenarios.strategies.scenario import read_strategy
from scenarios.text.swedish import number

BEFORE_AND_AFTER_PAGE = Path(__file__).parents[1] / "docs" / "fore-och-efter.md"
STRATEGIES_BEFORE = Path(__file__).with_name("strategies_before.csv")
REASONS = Path(__file__).with_name("strategies_reasons.csv")
TOLD = (
    "ed_visits", "admissions", "bed_days", "deaths", "assessed_within_3_days", "planned_within_90_days",
    "staff_shortage", "cost", "unmet_needs", "life_expectancy",
)  # fmt: skip
TWO_SIDED = 0.975
DEATHS_OF_ALL = "deaths of all years"
Interval = tuple[float, float, float]


def page() -> str:
    """Return the page as Markdown. Raises OSError when the shipped results are not there."""
    head = (
        "# Strategierna före och efter\n\n"
        "<!-- Sidan är gjord av `python -m calibration.before_and_after`; ändra där, inte här. -->\n\n"
        f"Skillnad mot dagens kurs år {HORIZON_YEAR}, medel av tjugo parade replikationer med 95-procentiga intervall. "
        "*Före* är samma version innan varje effekt prövades mot det som talar för och emot den "
        "([sidan om evidens](evidens.md)); *nu* är det som följer med. "
        "Dagens kurs själv står på [sidan om nivåer](nivaer.md), "
        "nedskärningarna på [sidan om ytterligheter](ytterligheter.md) och vad varje strategi är på "
        "[sidan om strategier](strategier.md).\n"
    )
    before, now, reasons = _before(), _differences(SHIPPED_FILE), _reasons()
    names = [name for name in library() if name != BASELINE]
    return "\n".join([head, *(line for name in names for line in _strategy(name, before, now, reasons))])


def _strategy(
    name: str, before: dict[tuple[str, str], Interval], now: dict[tuple[str, str], Interval], reasons: dict[str, str]
) -> Iterator[str]:
    yield f"## {read_strategy(library()[name]).label_sv}\n"
    yield f"{reasons[name]}\n"
    yield "| Mått | Före | Nu |"
    yield "|---|---:|---:|"
    for indicator in TOLD:
        figure = INDICATORS[indicator]
        cells = (_told(table[name, indicator], figure.decimals) for table in (before, now))
        yield f"| {figure.label_sv} ({figure.unit_sv}) | {' | '.join(cells)} |"
    died = (_told(table[name, DEATHS_OF_ALL], 0) for table in (before, now))
    yield f"| Döda {FIRST_START.year}–{HORIZON_YEAR} (personer) | {' | '.join(died)} |"
    yield ""


def _told(values: Interval, decimals: int) -> str:
    mean, low, high = (number(value, decimals, sign=True) for value in values)
    return f"{mean} ({low} till {high})"


def _before() -> dict[tuple[str, str], Interval]:
    with STRATEGIES_BEFORE.open(encoding="utf-8", newline="") as file:
        return {
            (row["strategy"], row["indicator"]): (float(row["mean"]), float(row["low"]), float(row["high"]))
            for row in csv.DictReader(file)
        }


def _reasons() -> dict[str, str]:
    with REASONS.open(encoding="utf-8", newline="") as file:
        return {row["strategy"]: row["reason_sv"] for row in csv.DictReader(file)}


def _differences(archive: Path) -> dict[tuple[str, str], Interval]:
    """Mean paired difference to today's course with its interval, by strategy and indicator."""
    arrays, keys = arrays_of(archive, "whole"), list(shipped(archive).keys)
    names, years = [str(name) for name in arrays["@indicator"]], arrays["@year"].tolist()
    table = arrays["indicators|indicator|year"].astype(float)
    difference = table - table[keys.index(BASELINE)]
    last, acting = years.index(HORIZON_YEAR), years.index(FIRST_START.year)
    found = {}
    for row, key in enumerate(keys):
        for indicator in TOLD:
            found[key, indicator] = _interval(difference[row, :, names.index(indicator), last])
        found[key, DEATHS_OF_ALL] = _interval(difference[row, :, names.index("deaths"), acting : last + 1].sum(axis=1))
    return found


def _interval(values: Array) -> Interval:
    mean, n = float(values.mean()), len(values)
    error = float(student.ppf(TWO_SIDED, n - 1) * values.std(ddof=1) / n**0.5)
    return mean, mean - error, mean + error


def keep(archive: Path) -> None:
    """Make an archive's differences what was before."""
    rows = [
        (*key, *(f"{value:.6g}" for value in values))
        for key, values in _differences(archive).items()
        if key[0] != BASELINE
    ]
    write_rows(STRATEGIES_BEFORE, ("strategy", "indicator", "mean", "low", "high"), rows)


def main() -> None:
    """Command line: write the page, or keep an archive's results as those of before."""
    parser = argparse.ArgumentParser(description="What strategies showed before and show now.")
    parser.add_argument("--keep", type=Path, help="archive of results whose figures become those of before")
    if (archive := parser.parse_args().keep) is not None:
        keep(archive)
        return
    BEFORE_AND_AFTER_PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
