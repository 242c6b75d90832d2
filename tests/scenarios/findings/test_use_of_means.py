"""The ranking of what binds, and the matrix, on results that can be worked out by hand."""

import csv
import io
import json

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from scenarios.findings.binding import RESOURCES_SV, binding_text, headline_sv, rank_binding, to_csv, to_json
from scenarios.findings.structure import IDLE, LEVELS_SV, MODES_SV, make_matrix, print_matrix
from scenarios.findings.structure import to_csv as matrix_csv
from scenarios.measures.figure import CELL
from scenarios.measures.figures import Results, table_of
from scenarios.text.problems import InputError
from simulator.results.binding import RESOURCE_NAMES

UNITS = ("c1", "c2", "c3", "hospital-kalmar", "0880")
PLACES = dict(zip(UNITS, ("Västervik", "Västervik", "Hultsfred", "Kalmar", "Kalmar"), strict=True))
LABELS = {"nulage": "Nuläge", "prov": "Prov"}


def results(**lost):
    """Two scenarios, two replications: `prov` loses what is told, by resource and unit; today half of it."""
    shape = (2, 2, 2, len(UNITS), len(RESOURCE_NAMES))
    found = np.full(shape, np.nan)
    for resource, units in lost.items():
        for unit, value in units.items():
            found[:, :, 1, UNITS.index(unit), RESOURCE_NAMES.index(resource)] = np.array([value / 2, value])[:, None]
            found[:, 1, 1, UNITS.index(unit), RESOURCE_NAMES.index(resource)] += 2
    dims = ("scenario", "replication", "year", "unit", "resource")
    asked = np.where(np.isnan(found), np.nan, 1000.0)
    parts = {"lost": found, "lack": found * 60, "requests": asked, "used": asked * 0.9, "offered": asked}
    return xr.Dataset(
        {f"resource_{name}": (dims, values) for name, values in parts.items()},
        {
            "scenario": ["nulage", "prov"], "replication": [1, 2], "year": [2029, 2030], "unit": list(UNITS),
            "resource": list(RESOURCE_NAMES),
        },
    )  # fmt: skip


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
    (first, _) = csv.DictReader(io.StringIO(to_csv(rows)))
    assert first["units"] == "Västervik 301.0; Hultsfred 101.0"


def test_an_unknown_baseline_is_refused():
    with pytest.raises(InputError):
        rank_binding(results(gp_time={"c1": 1}), PLACES, ["prov"], [2030], "borta")


# --- the matrix


def care():
    """In `prov` ten contacts a month have moved from specialised to primary care on site, with their money."""
    months = pd.date_range("2030-01-01", periods=12, freq="MS")
    needs = np.zeros((2, 2, 12, 1, 1, 4, 4))
    needs[..., 1, 3], needs[..., 3, 3] = 100, 50
    needs[1, ..., 1, 3] += 10
    needs[1, ..., 3, 3] -= 10
    contacts, gave_up = needs * 0.9, needs[..., 0, :, :] * 0.06
    diverted = np.full((2, 2, 12, 1, 1), 1.0)
    minutes, cost = np.zeros((2, 2, 1, 1, 4, 4)), np.zeros((2, 2, 1, 4, 4, 2))
    minutes[:, :, 0, 0] = contacts[:, :, :, 0, 0].sum(axis=2) * 60
    cost[:, :, 0, ..., 0] = contacts[:, :, :, 0, 0].sum(axis=2) * 1e6
    first = ("scenario", "replication")
    place, cells = ("month", "municipality", "age_group"), ("care_level", "care_mode")
    return xr.Dataset(
        {
            "needs": ((*first, *place, *cells), needs),
            "contacts": ((*first, *place, *cells), contacts),
            "gave_up": ((*first, "month", "municipality", *cells), gave_up),
            "diverted": ((*first, *place), diverted),
            "minutes_by_cell": ((*first, "year", "profession", *cells), minutes),
            "cost_by_cell": ((*first, "year", *cells, "payer"), cost),
            "cost_idle": ((*first, "year", "payer"), np.full((2, 2, 1, 2), 1e6)),
        },
        {
            "scenario": ["nulage", "prov"], "month": months, "year": [2030], "care_level": list(LEVELS_SV),
            "care_mode": list(MODES_SV),
        },
    )  # fmt: skip


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
    assert float(table_of(Results(care()), CELL).sel(figure="unmet").sum()) > 0


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
    assert matrix_csv(cells).count("\n") == 1 + 2 * 97
