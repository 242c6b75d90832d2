"""The ranking of what binds, and the matrix, on results that can be worked out by hand."""

import csv
import io
import json

import pytest
from results_of_use import LABELS, PLACES, care, results

from scenarios.findings.binding import RESOURCES_SV, Binding, binding_text, headline_sv, places_text, rank_binding
from scenarios.findings.structure import IDLE, LEVELS_SV, MODES_SV, Cell, make_matrix, print_matrix
from scenarios.measures.figure import BY_CELL
from scenarios.measures.figures import Results, table_of
from scenarios.text.problems import InputError
from scenarios.text.records import to_csv, to_json
from simulator.results.binding import RESOURCE_NAMES


def ranked(dataset, scenario="prov"):
    return rank_binding(dataset, PLACES, [scenario], [2029, 2030])


def test_every_resource_of_the_simulator_has_a_swedish_name():
    assert tuple(RESOURCES_SV) == RESOURCE_NAMES


def test_the_resource_that_lost_most_comes_first_and_its_places_are_named():
    rows = ranked(results(gp_time={"c1": 300, "c2": 200, "c3": 400}, beds={"hospital-kalmar": 100}))
    assert [(row.resource, row.rank, row.year) for row in rows] == [("gp_time", 1, 2030), ("beds", 2, 2030)]
    gp = rows[0]
    assert gp.lost == pytest.approx(903)
    assert gp.units == (("Västervik", 502.0), ("Hultsfred", 401.0))
    assert gp.utilisation == pytest.approx(90)
    assert gp.lost_share == pytest.approx(30.1)
    assert gp.sentence_sv.startswith("Läkartid på hälsocentralerna: 903 förfrågningar fick ingen läkartid i tid")
    assert "(Västervik och Hultsfred)" in gp.sentence_sv


def test_the_difference_to_the_baseline_is_paired():
    gp = ranked(results(gp_time={"c1": 300}))[0]
    assert (gp.difference, gp.difference_low, gp.difference_high) == pytest.approx((150, 150, 150))
    assert "150 fler än i det som jämförs med" in gp.sentence_sv
    assert ranked(results(gp_time={"c1": 300}), "nulage")[0].difference is None


def test_a_scenario_that_lacks_nothing_says_so():
    dataset = results(gp_time={"c1": 0})
    dataset["resource_lost"] *= 0
    rows = ranked(dataset)
    assert [row.rank for row in rows] == [0]
    assert headline_sv(rows) == "Inget begränsar: allt som efterfrågades gavs i tid."


def test_lack_is_told_in_its_own_measure():
    row = ranked(results(home_help={"0880": 10}))[0]
    assert row.lack == pytest.approx(11)  # minutes by the hour
    assert "11 timmar hemtjänst som inte gavs" in row.sentence_sv


def test_text_json_and_csv_tell_the_same():
    rows = ranked(results(gp_time={"c1": 300, "c3": 100}, beds={"hospital-kalmar": 50}))
    text = binding_text(rows, LABELS, top=1)
    assert "Prov, 2030\n  Begränsar mest: läkartid på hälsocentralerna: 402" in text
    assert "Vårdplatser på sjukhus:" not in text
    assert [row["resource"] for row in json.loads(to_json(rows))] == ["gp_time", "beds"]
    (first, _) = csv.DictReader(io.StringIO(to_csv(rows, Binding, {"units": places_text})))
    assert first["units"] == "Västervik 301.0; Hultsfred 101.0"


def test_an_unknown_baseline_is_refused():
    with pytest.raises(InputError):
        rank_binding(results(gp_time={"c1": 1}), PLACES, ["prov"], [2030], "borta")


# --- the matrix


def test_a_shift_moves_need_time_and_money_together():
    cells = {(c.care_level, c.care_mode, c.figure): c for c in make_matrix(care(), ["prov"], [2030])}
    assert len(cells) == 16 * 6 + 1
    changes = {"needs": 120, "contacts": 108, "unmet": 7.2, "waiting_change": 4.8, "staff_hours": 0.108, "cost": 108}
    for figure, change in changes.items():
        assert cells["primary_care", "on_site", figure].difference == pytest.approx(change)
        assert cells["specialised", "on_site", figure].difference == pytest.approx(-change)
    assert cells["primary_care", "on_site", "unmet"].value == pytest.approx(12 * (0.06 * 110 + 1)), "diverted are here"
    assert cells["specialised", "on_site", "unmet"].value == pytest.approx(12 * 0.06 * 40), "and not there"
    assert cells[IDLE, IDLE, "cost"].value == 2


def test_the_baseline_has_no_difference_and_a_missing_year_is_left_out():
    cells = make_matrix(care(), ["nulage"], [2029, 2030])
    assert {cell.year for cell in cells} == {2030}
    assert {cell.difference for cell in cells} == {None}
    assert float(table_of(Results(care()), BY_CELL).sel(figure="unmet").sum()) > 0


def test_the_matrix_is_printed_in_swedish(capsys):
    from rich.console import Console

    cells = make_matrix(care(), ["nulage", "prov"], [2030])
    print_matrix(Console(width=120), cells, LABELS)
    told = capsys.readouterr().out
    for word in (*LEVELS_SV.values(), *MODES_SV.values()):
        assert word.split()[0] in told
    lines = [[part.strip() for part in line.split("│")] for line in told.splitlines()]
    first = next(n for n, parts in enumerate(lines) if any(part.endswith("1\xa0320") for part in parts))
    column = next(n for n, part in enumerate(lines[first]) if part.endswith("1\xa0320"))
    assert lines[first + 1][column] == "(+120)", "the change stands under the value, never broken"
    assert "Ledig personaltid utanför rutorna: 2,0 (0,0) miljoner kronor." in told
    assert to_csv(cells, Cell).count("\n") == 1 + 2 * 97
