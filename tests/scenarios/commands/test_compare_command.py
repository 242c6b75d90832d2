"""`naravard compare`: records, tables, and what may be asked for."""

import csv
import io
import json

from command_line import STEPS, printed

from scenarios.cli import main
from scenarios.findings.compare import ComparedFigure
from scenarios.measures.figures import INDICATORS
from scenarios.running.results import read_results, write_results


def test_json_and_csv_hold_the_same_records(folder, capsys):
    records = json.loads(printed(capsys, "compare", str(folder), "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(printed(capsys, "compare", str(folder), "--format", "csv"))))
    assert len(records) == len(rows) == 2 * len(INDICATORS)
    assert set(records[0]) == set(ComparedFigure.__dataclass_fields__)
    assert {record["year"] for record in records} == {2030}
    difference = next(r for r in records if (r["indicator"], r["scenario"]) == ("ed_visits", "bemanning-1100"))
    assert difference["difference"] == 12 * 10 * STEPS


def test_indicator_year_and_baseline_can_be_chosen(folder, capsys):
    chosen = (
        "--indicator",
        "ed_visits,cost",
        "--year",
        "2023",
        "--year",
        "2028",
        "--baseline",
        "bemanning-1100",
    )
    records = json.loads(printed(capsys, "compare", str(folder), "--format", "json", *chosen))
    assert {(r["indicator"], r["year"]) for r in records} == {
        (name, year) for name in ("ed_visits", "cost") for year in (2023, 2028)
    }
    assert {r["scenario"] for r in records if r["difference"] is None} == {"bemanning-1100"}
    every = json.loads(printed(capsys, "compare", str(folder), "--format", "json", "--year", "alla"))
    assert {r["year"] for r in every} == set(range(2022, 2031))


def test_the_table_has_every_indicator_and_scenario(folder, capsys):
    text = printed(capsys, "compare", str(folder))
    unbroken = " ".join(text.split())  # a long title goes on a second line on a narrow screen
    for indicator in INDICATORS.values():
        assert f"{indicator.label_sv}, 2030 ({indicator.unit_sv})" in unbroken
    assert "1 100 per läkare" in text
    assert max(map(len, text.splitlines())) <= 100


def test_faults_in_a_comparison_come_at_once(folder, capsys):
    assert main(["compare", str(folder), "--indicator", "edvisits", "--year", "1999"]) == 2
    message = capsys.readouterr().err
    assert 'Menade du "ed_visits"?' in message
    assert "2022 till 2030" in message
    assert main(["compare", str(folder), "--baseline", "nulge"]) == 2
    assert 'Menade du "nulage"?' in capsys.readouterr().err


def test_what_a_result_does_not_hold_is_left_out_unless_asked_for(folder, capsys):
    write_results(read_results(folder).drop_vars("available_beds"), folder)
    text = printed(capsys, "compare", str(folder))
    assert "Belagda vårdplatser," not in text
    assert main(["compare", str(folder), "--indicator", "occupied_beds_share"]) == 2
    assert "finns inte i resultatet" in capsys.readouterr().err
