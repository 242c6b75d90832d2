"""How care gathers in few people: today's course beside what has been read.

`python -m calibration.concentration` logs every event of two years under today's course and prints each measure beside
its target; with `--out docs/koncentration.md` it writes the page. Targets stand in targets.csv.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from calibration.concentration.measures import INDEX_YEAR, measures_of
from calibration.concentration.page import lines, page, read_measures
from scenarios.strategies.defaults import HOME_REGION
from simulator.region.pack import load_region


def main(words: Sequence[str] | None = None) -> None:
    """Command line: print the measures beside their targets, or write the page."""
    parser = argparse.ArgumentParser(description="How care gathers in few people, beside what has been read.")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2], help="seeds of the runs")
    parser.add_argument("--out", type=Path, help="Markdown page to write instead of printing")
    arguments = parser.parse_args(words)
    region = load_region(HOME_REGION)
    runs = [measures_of(region, seed) for seed in arguments.seeds]
    if arguments.out:
        command = f"python -m calibration.concentration --seeds {' '.join(map(str, arguments.seeds))}"
        arguments.out.write_text(
            page(read_measures(), runs, INDEX_YEAR, f"{command} --out {arguments.out.as_posix()}"), encoding="utf-8"
        )
    else:
        print("\n".join(lines(read_measures(), runs)))


if __name__ == "__main__":
    main()
