"""`naravard binds` and `naravard matrix`: means and money of a result, in the forms and for what was asked for."""

import csv
import io
import json

import pytest
from command_line import printed
from results_of_use import care, results

from scenarios.cli import main
from scenarios.findings.structure import LEVELS_SV, MODES_SV
from scenarios.running.results import write_results

MADE = {"binds": results(gp_time={"c1": 300, "c2": 200}, beds={"hospital-kalmar": 100}), "matrix": care()}


@pytest.fixture
def saved(tmp_path):
    """Return a function that writes results to a folder and returns its name."""

    def write(dataset):
        labels = ("scenario", ["Nuläge", "Provet"])
        named = dataset.assign_coords(replication=[1, 2], scenario_label=labels).assign_attrs(region="kalmar")
        write_results(named, tmp_path / "saved")
        return str(tmp_path / "saved")

    return write


@pytest.mark.parametrize("command", MADE)
def test_json_and_csv_hold_the_same_rows_of_what_was_asked_for(command, saved, capsys):
    chosen = (command, saved(MADE[command]), "--scenario", "prov", "--year", "alla")
    records = json.loads(printed(capsys, *chosen, "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(printed(capsys, *chosen, "--format", "csv"))))
    assert len(rows) == len(records) > 0
    assert [float(row["difference"]) for row in rows] == [record["difference"] for record in records]
    assert {(record["scenario"], record["year"]) for record in records} == {("prov", 2030)}


@pytest.mark.parametrize(
    ("command", "words"),
    [("binds", ("Läkartid på hälsocentralerna",)), ("matrix", (*LEVELS_SV.values(), *MODES_SV.values()))],
)
def test_the_table_tells_scenarios_by_their_labels(command, words, saved, capsys):
    folder = saved(MADE[command])
    text = printed(capsys, command, folder)
    assert all(word in text for word in ("Provet, 2030", "Nuläge, 2030", *words))
    assert "Nuläge, 2030" not in printed(capsys, command, folder, "--scenario", "prov")


def test_no_more_resources_are_listed_than_were_asked_for(saved, capsys):
    records = json.loads(printed(capsys, "binds", saved(MADE["binds"]), "--top", "1", "--format", "json"))
    assert [(record["scenario"], record["rank"]) for record in records] == [("nulage", 1), ("prov", 1)]


@pytest.mark.parametrize("command", MADE)
def test_faults_come_at_once(command, saved, capsys):
    assert main([command, saved(MADE[command]), "--scenario", "pruv", "--year", "1999"]) == 2
    message = capsys.readouterr().err
    assert 'Menade du "prov"?' in message
    assert "2030, eller alla" in message


@pytest.mark.parametrize(("command", "other"), [("binds", "matrix"), ("matrix", "binds")])
def test_results_without_what_is_needed_are_refused(command, other, saved, capsys):
    assert main([command, saved(MADE[other])]) == 2
    assert "äldre version" in capsys.readouterr().err
