"""The results on the page of strategies, docs/strategier.md, made from a batch of the whole library.

`naravard run <every strategy> --replications 20 --out results/library`, then
`python -m calibration.strategy_results results/library` fills the place that each strategy has for them.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

import xarray as xr

from scenarios.findings.binding import headline_sv, rank_binding
from scenarios.findings.compare import ComparedFigure, compare
from scenarios.measures.figures import INDICATORS, MAIN, Figure
from scenarios.places.names import places_of
from scenarios.running.results import read_results
from scenarios.strategies.defaults import HORIZON_YEAR
from scenarios.strategies.library import BASELINE
from scenarios.strategies.period import THIS_YEAR
from scenarios.text.swedish import number, span
from simulator.core.dates import EPOCH
from simulator.region.pack import load_region

STRATEGIES_PAGE = Path(__file__).parents[1] / "docs" / "strategier.md"
RESULTS_BEGIN, RESULTS_END = "<!-- results -->", "<!-- end -->"
COURSE_YEARS = (EPOCH.year, THIS_YEAR, HORIZON_YEAR)


def chosen() -> list[Figure]:
    """Return the indicators told, in the order of the page."""
    return [INDICATORS[name] for name in MAIN]


def page_with(text: str, dataset: xr.Dataset) -> str:
    """Return the page with results in every strategy's place.

    Raises ValueError when a strategy of the page is not in the results.
    """
    names = re.findall(r"^## .*\(`([\w-]+)`\)$", text, flags=re.MULTILINE)
    lacking = sorted(set(names) - {str(name) for name in dataset["scenario"].values})
    if lacking:
        raise ValueError(f"not in the results: {', '.join(lacking)}")
    records = compare(dataset, chosen(), COURSE_YEARS)
    binds = rank_binding(dataset, places_of(load_region(str(dataset.attrs["region"]))), names, [HORIZON_YEAR])
    head, *parts = re.split(rf"{RESULTS_BEGIN}.*?{RESULTS_END}", text, flags=re.DOTALL)
    filled = head
    for name, rest in zip(names, parts, strict=True):
        binding_sv = headline_sv([row for row in binds if row.scenario == name])
        rows = _course(records) if name == BASELINE else _strategy(records, name)
        filled += "\n".join([RESULTS_BEGIN, *rows, "", binding_sv, "", _made(dataset), RESULTS_END]) + rest
    return filled


def _course(records: Sequence[ComparedFigure]) -> list[str]:
    """Rows of today's course: its level in some years."""
    rows = [f"| Mått | {' | '.join(map(str, COURSE_YEARS))} | 95 %-intervall {HORIZON_YEAR} |", "|---|" + "---:|" * 4]
    for indicator in chosen():
        mine = {r.year: r for r in records if (r.indicator, r.scenario) == (indicator.name, BASELINE)}
        values = " | ".join(number(mine[year].value, indicator.decimals) for year in COURSE_YEARS)
        last = span(mine[HORIZON_YEAR].low, mine[HORIZON_YEAR].high, indicator.decimals, "–")
        rows.append(f"| {_label(indicator)} | {values} | {last} |")
    return rows


def _strategy(records: Sequence[ComparedFigure], name: str) -> list[str]:
    """Rows of a strategy: today's course and the strategy in the last year, and the paired difference."""
    rows = [f"| Mått, {HORIZON_YEAR} | Nuläge | Strategi | Skillnad | 95 %-intervall |", "|---|---:|---:|---:|---:|"]
    for indicator in chosen():
        of = {r.scenario: r for r in records if (r.indicator, r.year) == (indicator.name, HORIZON_YEAR)}
        mine, places = of[name], indicator.decimals
        bounds = span(mine.difference_low, mine.difference_high, places, "–")
        difference = number(mine.difference, places, sign=True)
        if mine.difference_low is not None and not mine.difference_low <= 0.0 <= (mine.difference_high or 0.0):
            difference = f"**{difference}**"
        rows.append(
            f"| {_label(indicator)} | {number(of[BASELINE].value, places)} | {number(mine.value, places)} "
            f"| {difference} | {bounds} |"
        )
    return rows


def _label(indicator: Figure) -> str:
    return f"{indicator.label_sv} ({indicator.unit_sv})"


def _made(dataset: xr.Dataset) -> str:
    return (
        f"*{dataset.sizes['replication']} replikationer, version `{dataset.attrs['code_version']}`. "
        "Intervallen täcker slumpen, inte osäkra antaganden; fet skillnad är skild från noll.*"
    )


def main() -> None:
    """Rewrite the page from a folder of results."""
    parser = argparse.ArgumentParser(description="Fill docs/strategier.md with results.")
    parser.add_argument("folder", type=Path)
    dataset = read_results(parser.parse_args().folder)
    STRATEGIES_PAGE.write_text(page_with(STRATEGIES_PAGE.read_text(encoding="utf-8"), dataset), encoding="utf-8")


if __name__ == "__main__":
    main()
