import pickle

import pytest
from fake_engine import FakeEngine
from parsed_html import Parsed, names

from scenarios.exhibits.sources.validation_table import (
    STANDINGS_SV,
    from_json,
    kind_of,
    shipped,
    validation_exhibit,
    validation_html,
    validation_json,
    validation_of,
)
from scenarios.validation.evaluation import simulate_today
from scenarios.validation.targets import targets_of


@pytest.fixture(scope="module")
def dataset():
    return simulate_today(FakeEngine(), "kalmar", 1, 2)


@pytest.fixture(scope="module")
def validation(dataset):
    return validation_of(dataset)


def test_every_observed_figure_is_of_one_kind(validation):
    assert sum(len(validation.of(kind)) for kind in STANDINGS_SV) == len(targets_of("kalmar"))
    (line,) = [line for line in validation.lines if line.key == "akutbesok_i_lanet"]
    assert kind_of(line) == "outside"
    assert validation.replications == 2
    assert "inom 15 procent" in validation.summary


def test_it_is_small_enough_to_keep(validation):
    assert len(pickle.dumps(validation)) < 500_000
    assert pickle.loads(pickle.dumps(validation)) == validation


def test_it_is_read_as_it_was_written(validation):
    assert from_json(validation_json(validation)) == validation


def test_the_project_brings_one_of_the_figures_of_today():
    brought = shipped("kalmar")
    targets = targets_of("kalmar")
    assert brought.version
    assert brought.replications >= 10
    assert [line.key for line in brought.lines] == [target.key for target in targets], "make it anew (CONTRIBUTING.md)"
    assert [line.reason for line in brought.lines] == [target.reason_sv for target in targets]
    assert shipped("annanstans") is None
    assert shipped("../kalmar") is None


def test_where_nothing_is_observed_there_is_none(dataset):
    assert validation_of(dataset.assign_attrs(region="annanstans")) is None
    with pytest.raises(KeyError):
        validation_of(dataset.assign_coords(scenario=["annat"]))


@pytest.mark.parametrize("kind", STANDINGS_SV)
def test_how_a_figure_stands_is_told_in_words_beside_its_sign(validation, kind):
    found = validation.of(kind)
    parsed = Parsed(validation_html(validation, found, "Om"))
    assert names(parsed).count("tr") == 1 + len(found)
    assert parsed.text.count(STANDINGS_SV[kind].lower()) >= len(found)
    assert all(line.label in parsed.text for line in found)


def test_reasons_and_readings_are_shown(validation):
    text = Parsed(validation_html(validation, validation.of("never"), "Om")).text
    assert all(line.reason in text or line.reason[1:] in text for line in validation.of("never"))


def test_the_file_has_all_of_them(validation):
    exhibit = validation_exhibit(validation, validation.lines)
    assert len(exhibit.rows) == len(validation.lines)
    row = next(row for row in exhibit.rows if row["label"].startswith("Akutbesök i länet"))
    assert row["difference"] == pytest.approx(100 * (row["simulated"] / row["observed"] - 1))
    assert validation.summary in exhibit.note
