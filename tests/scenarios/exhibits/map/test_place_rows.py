"""Rows, texts and the summary that the exhibits of the map page share."""

import numpy as np
import pytest
from placed_values import LABELS, YEARS, made_up

from scenarios.exhibits.map.place_rows import (
    View,
    columns,
    compared,
    judged,
    shown,
    summary,
    table_row,
    texts,
    tooltip,
    unit_of,
)
from scenarios.findings.place_figures import PlaceFigure, place_figures
from scenarios.measures.figure import BY_MUNICIPALITY
from scenarios.measures.figures import FIGURES

ED = FIGURES[BY_MUNICIPALITY]["ed_visits"]


@pytest.fixture(scope="module")
def names(county):
    return dict(zip(county.municipalities, county.municipality_names, strict=True))


@pytest.fixture(scope="module")
def figures(county):
    return place_figures(made_up(county), ED, "nulage")


def view_of(names, scenario="kontinuitet", shows="difference", year=2030):
    return View(scenario, year, shows, LABELS, names, "0880")


def figure(low, high):
    middle = None if low is None else (low + high) / 2
    return PlaceFigure("kontinuitet", "0880", 2030, 40.0, 39.0, 41.0, middle, low, high)


@pytest.mark.parametrize(
    ("low", "high", "good", "verdict"),
    [
        (1.0, 2.0, "up", "better"), (1.0, 2.0, "down", "worse"), (-2.0, -1.0, "down", "better"),
        (-2.0, -1.0, "up", "worse"), (-1.0, 2.0, "up", "unclear"), (0.0, 2.0, "up", "unclear"),
        (1.0, 2.0, "neither", "changed"), (None, None, "up", "unknown"),
    ],
)  # fmt: skip
def test_better_and_worse_need_the_whole_interval(low, high, good, verdict):
    assert judged(figure(low, high), good) == verdict


def test_the_scenario_compared_with_shows_values_whatever_is_asked(figures, names):
    assert view_of(names).differs(figures)
    assert not view_of(names, "nulage").differs(figures)
    assert not view_of(names, shows="value").differs(figures)
    assert shown(figure(1.0, 2.0), differs=True) == (1.5, 1.0, 2.0)
    assert shown(figure(1.0, 2.0), differs=False) == (40.0, 39.0, 41.0)


def test_a_row_has_every_column(figures, names):
    view = view_of(names)
    fields = [column.field for column in columns(ED, "Kommun", "Nuläge")]
    row = table_row(figures.at("kontinuitet", "0880", 2030), view, "down")
    assert list(row) == fields
    assert (row["place"], row["scenario"], row["year"], row["meaning"]) == ("Kalmar", "Kontinuitet", "2030", "sämre")
    assert row["difference"] == pytest.approx(5.0, abs=1.5)
    assert table_row(figures.at("nulage", "0880", 2030), view, "down")["meaning"] == ""


def test_per_cents_differ_by_percentage_points():
    share = FIGURES[BY_MUNICIPALITY]["assessed_within_3_days"]
    assert (unit_of(share, differs=False), unit_of(share, differs=True)) == ("procent", "procentenheter")
    assert unit_of(ED, differs=True) == ED.unit_sv


def test_texts_are_in_swedish(figures, names):
    found = texts(figures.at("kontinuitet", "0880", 2030), view_of(names), ED)
    assert {row["field"] for row in tooltip("Kommun", "Nuläge")} == set(found)
    assert found["value_text"].endswith("per 1 000 invånare")
    assert found["difference_text"] in {"+5, sämre", "+6, sämre", "+4, sämre"}
    assert "." not in found["difference_interval_text"]


def test_a_scale_holds_in_every_year(figures, names):
    values = compared(figures, view_of(names, shows="value"))
    assert len(values) == 2 * 12 * 8  # two scenarios, twelve places, 2023 to 2030
    assert compared(figures, view_of(names, shows="value", year=2025)) == values
    assert len(compared(figures, view_of(names))) == 12 * 4  # differences from 2027 on
    assert np.isfinite(values).all()


def test_the_summary_tells_where_it_is_highest_and_what_is_sure(figures, names):
    text = summary(figures, view_of(names))
    assert text.startswith("Kontinuitet, år 2030: högst i Kalmar (")
    assert "lägst i Högsby (" in text
    assert "Mot Nuläge är det " in text
    assert "sämre i " in text
    assert summary(figures, view_of(names, "nulage")).endswith(").")


def test_the_summary_of_one_replication_claims_nothing(county, names):
    one = place_figures(made_up(county, 1), ED, "nulage")
    assert "krävs minst två replikationer" in summary(one, view_of(names))


def test_the_summary_of_no_difference_says_so(figures, names):
    assert "inte säker i någon kommun" in summary(figures, view_of(names, "bemanningskris"))


def test_the_summary_of_nothing_known_says_so(county, names):
    values = made_up(county)
    values["by_municipality"][:] = np.nan
    found = place_figures(values, ED, "nulage")
    assert summary(found, view_of(names)) == "Måttet finns inte för det året."
    assert YEARS[-1] == 2030
