"""`naravard board`: the follow-up board of a result."""

import csv
import io
import json

from command_line import printed

from scenarios.cli import main


def test_the_board_is_made_of_a_result(folder, capsys):
    text = printed(capsys, "board", str(folder), "--scenario", "nulage", "--year", "2030")
    assert "följs upp genom enkät, modelleras inte" in text
    assert "    Nuläge\n      2030  " in text
    figures = json.loads(printed(capsys, "board", str(folder), "--format", "json"))
    assert {figure["scenario"] for figure in figures} == {None, "nulage", "bemanning-1100"}
    assert {figure["year"] for figure in figures} == {None, *range(2022, 2031)}, "31 December 2022 counts too"
    rows = list(csv.DictReader(io.StringIO(printed(capsys, "board", str(folder), "--format", "csv"))))
    assert len(rows) == len(figures)


def test_faults_in_what_the_board_is_to_show_come_at_once(folder, capsys):
    assert main(["board", str(folder), "--scenario", "nulge", "--year", "1999"]) == 2
    message = capsys.readouterr().err
    assert 'Menade du "nulage"?' in message
    assert "2022 till 2030" in message
