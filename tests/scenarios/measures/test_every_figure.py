"""The registry: a figure is added in one place and seen everywhere; all are complete and worked out by hand."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import test_access
import test_consequences
import test_equity
import test_figure
import test_mental_figures
import test_outcomes
import test_risk
import xarray as xr
from fake_engine import REGION as COUNTY
from fake_engine import tiny_dataset
from rich.console import Console

from scenarios.commands.tables import print_comparison
from scenarios.findings.compare import ComparedFigure, compare
from scenarios.live.kept import details_of, unpack
from scenarios.measures.figure import BY_CENTRE, BY_MONTH, BY_MUNICIPALITY, OF_REGION, UNLISTED, figure
from scenarios.measures.figures import FIGURES, INDICATORS, MAIN, ORDER, Results, offered, table_of
from scenarios.measures.reading import parse
from scenarios.statistics.limits import PERCENT
from scenarios.text.records import to_csv

PAGE = Path(__file__).parents[3] / "docs" / "howto-indicator.md"
EVERY = [record for figures in FIGURES.values() for record in figures.values()]


@pytest.fixture
def visits_of_needs() -> Iterator[str]:
    """The figure of docs/howto-indicator.md, registered by the block that stands there, for the test alone."""
    before = {dimensions: dict(figures) for dimensions, figures in FIGURES.items()}
    (block,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    exec(compile(block, PAGE.name, "exec"), {})
    yield "visits_of_needs"
    for dimensions, figures in before.items():
        FIGURES[dimensions].clear()
        FIGURES[dimensions].update(figures)


@pytest.fixture
def dataset() -> xr.Dataset:
    """A year of 10, 20 and 70 visits a month to three health centres, of 40, 40 and 80 needs; two replications."""
    small = tiny_dataset([1000] * 12)
    needs = ("month", "health_centre"), np.tile(np.array([40, 40, 80], np.int32), (12, 1))
    two = small.assign_coords(municipality=["0880"]).assign(needs_assessed=needs)
    return two.expand_dims(scenario=["nulage", "ny"], replication=[1, 2])


def test_a_figure_is_added_in_one_place_for_region_municipality_centre_and_month(
    dataset: xr.Dataset, visits_of_needs: str
) -> None:
    results = Results(dataset, COUNTY)
    found = {
        dimensions: table_of(results, dimensions).sel({dimensions.listed: visits_of_needs, "year": 2023})[0, 0].values
        for dimensions in (OF_REGION, BY_MUNICIPALITY, BY_CENTRE)
    }
    assert found[OF_REGION] == pytest.approx(62.5)
    assert found[BY_MUNICIPALITY].tolist() == pytest.approx([37.5])  # its own two health centres
    assert found[BY_CENTRE].tolist() == pytest.approx([25.0, 50.0, 87.5])
    assert FIGURES[BY_MONTH][visits_of_needs].values(results)[0, 0].values.tolist() == pytest.approx([62.5] * 12)
    assert float(parse("visits_of_needs(year=2023)").of_year(results)[0, 0]) == pytest.approx(62.5)


def test_it_is_in_the_table_and_the_files_of_results(dataset: xr.Dataset, visits_of_needs: str) -> None:
    records = compare(dataset, years=[2023])
    lines = io.StringIO(to_csv(records, ComparedFigure))
    rows = [row for row in csv.DictReader(lines) if row["indicator"] == visits_of_needs]
    assert [(row["scenario"], float(row["value"]), row["unit"]) for row in rows] == [
        ("nulage", 62.5, "%"), ("ny", 62.5, "%"),
    ]  # fmt: skip
    screen = Console(file=io.StringIO(), width=120)
    print_comparison(screen, records, {}, "nulage", 2)
    assert "Bedömda behov som blev läkarbesök, 2023 (procent)" in screen.file.getvalue()


def test_it_is_kept_of_a_run(dataset: xr.Dataset, visits_of_needs: str) -> None:
    run = dataset.isel(scenario=0, replication=0, drop=True)
    book = unpack(details_of(run, COUNTY))
    for dimensions in (OF_REGION, BY_MUNICIPALITY, BY_CENTRE):
        assert visits_of_needs in book.coordinates[dimensions.listed]
    dims, months = book.variables["visits_of_needs_by_month"]
    assert (dims, months.tolist()) == (("month",), [62.5] * 12)
    row = book.coordinates["centre_measure"].tolist().index(visits_of_needs)
    assert book.variables["by_centre"][1][row, :, 0].tolist() == [25.0, 50.0, 87.5]


def test_it_goes_as_it_came() -> None:
    assert "visits_of_needs" not in {record.name for figures in FIGURES.values() for record in figures.values()}


# --- all of them


def test_every_indicator_is_worked_out_by_hand() -> None:
    files = (
        test_figure, test_access, test_outcomes, test_consequences, test_equity, test_risk, test_mental_figures,
    )  # fmt: skip
    assert sorted(name for file in files for name, _ in file.WORKED_OUT) == sorted(INDICATORS)


def test_indicators_are_shown_by_topic() -> None:
    first_of_each = ["population", "gp_contacts", "gp_gap", "gp_wait_p90", "avoidable_admissions", "multimorbid"]
    assert sorted(first_of_each, key=list(INDICATORS).index) == first_of_each
    assert len(INDICATORS) == 139


@pytest.mark.parametrize("record", EVERY, ids=lambda record: f"{record.name} {' '.join(record.dimensions.names)}")
def test_a_record_is_complete(record) -> None:
    assert FIGURES[record.dimensions][record.name] is record
    assert record.label_sv[0].isupper()
    assert record.unit
    assert record.unit_sv
    assert record.reads
    assert (record.limits == PERCENT) == (record.unit == "%") == (record.unit_sv.split()[0] == "procent")
    assert bool(np.isfinite(record.limits).all()) == (record.unit in ("%", "index", "1"))


def test_names_tell_figures_over_the_same_dimensions_apart() -> None:
    assert not INDICATORS.keys() & FIGURES[UNLISTED].keys()
    with pytest.raises(ValueError, match="already registered"):
        figure("ed_visits", "Annat", "1", "st", 0, "up", over=(UNLISTED,))(lambda g: g["cost"])


def test_what_is_told_and_offered_first_is_registered() -> None:
    assert set(MAIN) <= set(INDICATORS)
    for dimensions, names in ORDER.items():
        assert set(names) == set(FIGURES[dimensions])


def test_what_the_results_lack_is_not_offered(dataset: xr.Dataset) -> None:
    there = {record.name for record in offered(Results(dataset.drop_vars("available_beds")))}
    assert set(INDICATORS) - there == {"occupied_beds_share"}
