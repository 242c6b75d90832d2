"""The validation that comes with the project: today's course of a results folder beside what has been observed.

`python -m calibration.validation_results MAPP` writes scenarios/validation/<region>-nulage.json, which the app shows.
To be made anew when results change.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from scenarios.exhibits.sources.validation_table import validation_json, validation_of
from scenarios.running.results import read_results
from scenarios.strategies.library import BASELINE
from scenarios.validation.targets import FOLDER


def main() -> None:
    """Command line: write the file for the region of a results folder."""
    parser = argparse.ArgumentParser(description="Write the validation that the app shows.")
    parser.add_argument("folder", type=Path, help="results folder of naravard run, with today's course")
    dataset = read_results(parser.parse_args().folder).sel(scenario=[BASELINE])
    validation = validation_of(dataset)
    if validation is None:
        raise SystemExit("nothing has been observed in the region")
    (FOLDER / f"{dataset.attrs['region']}-nulage.json").write_text(validation_json(validation), encoding="utf-8")


if __name__ == "__main__":
    main()
