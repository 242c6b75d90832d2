"""A results file of the smallest region: as the conventions have it, and read as far as it goes whoever wrote it."""

import hashlib
import json
import re

import cf_units
import h5netcdf
import numpy as np
import pytest
import xarray as xr
from command_line import python

import scenarios.running.results
from scenarios.cli import main
from scenarios.measures.figures import INDICATORS
from scenarios.running.folder import DATA, MANIFEST
from scenarios.running.results import read_results, write_results
from scenarios.running.runner import replication_seed

COMMANDS = ("compare", "board", "binds", "matrix")
LARGEST_SEED = 2**63 - 1
RECOMMENDED = re.compile(r"not in the recommended order T, Z, Y, X")
"""Time before places is as one reads it, and the conventions only recommend another order."""
OF_GRIDS = ("check_grid_coordinates", "check_reduced_horizontal_grid")
"""Checks of latitude and longitude, which no variable here has; they take most of the checker's time all the same."""


@pytest.fixture(scope="module")
def real(tmp_path_factory, kernels):  # noqa: ARG001 - they are to be compiled
    """Return a folder with real results, drawn parameters among them."""
    folder = tmp_path_factory.mktemp("file") / "real"
    given = ["--region", "template", "--horizon", "2027", "--replications", "1", "--parameter-draws", "1"]
    workers = ["--workers", "1", "--seed", str(LARGEST_SEED)]
    assert main(["run", "nulage", "kontinuitet", "--out", str(folder), *given, *workers]) == 0
    return folder


@pytest.fixture(scope="module")
def dataset(real):
    return read_results(real)


# --- the conventions


def test_a_checker_of_the_conventions_finds_no_fault(real, dataset):
    """In a process of its own: it brings an HDF5 of its own."""
    script = (
        "import sys\n"
        "from compliance_checker.runner import CheckSuite, ComplianceChecker\n"
        "CheckSuite.load_all_available_checkers()\n"
        "out = {'output_filename': '-', 'output_format': 'json', 'skip_checks': sys.argv[2:]}\n"
        "ComplianceChecker.run_checker(sys.argv[1], ['cf:1.11'], 0, 'strict', **out)\n"
    )
    assert not {"lat", "lon", "latitude", "longitude"} & set(dataset.variables)
    done = python("-c", script, str(real / DATA), *OF_GRIDS)
    found = json.loads(done.stdout[done.stdout.index("{") :])["cf:1.11"]
    assert found["scored_points"] > 1000, "it looked at everything"
    checks = [check for part in ("high", "medium", "low") for check in found[f"{part}_priorities"]]
    assert [text for check in checks for text in check["msgs"] if not RECOMMENDED.search(text)] == []


def test_every_unit_is_one_that_udunits_knows_and_what_is_counted_stands_beside(real, dataset):
    with h5netcdf.File(real / DATA) as file:
        units = {name: variable.attrs.get("units") for name, variable in file.variables.items()}
        counted = {name: variable.attrs.get("counted_in") for name, variable in file.variables.items()}
        assert file.attrs["Conventions"] == "CF-1.11"
    for name in dataset.data_vars:
        assert cf_units.Unit(units[name] or "1"), name
        assert counted[name] or units[name] == dataset[name].attrs.get("units")
        assert (counted[name] or units[name]) == dataset[name].attrs.get("units")
    assert (units["population"], counted["population"]) == ("1", "persons")
    assert (units["cost"], counted["cost"]) == ("1", "SEK")
    assert (units["waiting_days"], counted["waiting_days"]) == ("days", None)


def test_numbers_are_those_that_r_holds(real):
    """A double holds whole numbers up to 2^53; a reader of the classic model 32 bits."""
    with xr.open_dataset(real / DATA, decode_cf=False) as file:
        assert {array.dtype.kind for array in file.variables.values()} <= set("iUfO")
        assert {str(array.dtype) for array in file.variables.values() if array.dtype.kind == "i"} == {"int32"}
        assert file["seed"].values.tolist() == [str(replication_seed(LARGEST_SEED, 1))]
        assert file.attrs["base_seed"] == str(LARGEST_SEED)
        assert file["deaths_by_education"].dtype == file["deaths_by_education"].attrs["_FillValue"].dtype == np.int32
        assert (file["deaths_by_education"].values[:, :, 0] == file["deaths_by_education"].attrs["_FillValue"]).all()


def test_months_are_time_with_bounds(real):
    with xr.open_dataset(real / DATA, decode_cf=False) as file:
        month = file["month"]
        assert month.attrs["standard_name"] == "time"
        assert month.attrs["units"] == "days since 2023-01-01"
        bounds = file[month.attrs["bounds"]].values
    assert (bounds[:, 0] == month.values).all()
    assert (bounds[1:, 0] == bounds[:-1, 1]).all()
    assert bounds[:3].tolist() == [[0, 31], [31, 59], [59, 90]]


def test_what_is_read_is_what_was_written_to_the_bit(dataset, tmp_path):
    write_results(dataset, tmp_path / "again")
    assert read_results(tmp_path / "again").identical(dataset)
    assert {name: array.dtype for name, array in read_results(tmp_path / "again").variables.items()} == {
        name: array.dtype for name, array in dataset.variables.items()
    }
    assert dataset["deaths_by_education"].dtype == np.float32
    assert dataset["seed"].values.tolist() == [replication_seed(LARGEST_SEED, 1)]
    assert dataset.attrs["base_seed"] == LARGEST_SEED
    assert dataset["population"].attrs["units"] == "persons"


# --- other versions


@pytest.fixture
def kept(dataset, monkeypatch):
    """Return a function that puts results as another version may have written them in the place of those on disk."""

    def put(change):
        monkeypatch.setattr(scenarios.running.results, "read_results", lambda _: change(dataset.copy()))

    return put


def unreadable_visits(data):
    return data.assign(ed_visits=data["ed_visits"].astype(str))


OLDER = {
    "a variable missing": lambda d: d.drop_vars(["ed_visits", "cost_by_cell", "cost_idle"]),
    "another dimension": lambda d: d.assign(ed_visits=d["ed_visits"].rename(age_group="age_band")),
    "text in place of visits": unreadable_visits,
    "one dimension less": lambda d: d.assign(ed_visits=d["ed_visits"].sum("age_group", keep_attrs=True)),
    "text in place of numbers": lambda d: d.assign(staff_minutes=d["staff_minutes"].astype(str)),
    "labels missing": lambda d: d.drop_vars(["scenario_label", "scenario_hash", "seed"]),
    "other labels": lambda d: d.assign_coords(profession=[f"p{n}" for n in range(d.sizes["profession"])]),
    "no coordinates but the names": lambda d: d.drop_vars(["account", "profession", "statistic", "quantile"]),
    "other levels": lambda d: d.assign_coords(care_level=["a", "b", "c", "d"]),
    "unknown resources": lambda d: d.assign_coords(resource=[f"r{n}" for n in range(d.sizes["resource"])]),
    "other attributes": lambda d: d.assign_attrs(budgets="inte json", base_seed="x", horizon=2027),
    "other draws": lambda d: d.assign(drawn=d["drawn"].isel(draw=0, drop=True)),
    "no months": lambda d: d.drop_dims("month"),
    "months that are numbers": lambda d: d.assign_coords(month=np.arange(d.sizes["month"])),
}


@pytest.mark.parametrize("older", OLDER)
@pytest.mark.parametrize("command", COMMANDS)
def test_what_another_version_wrote_is_told_as_far_as_it_goes(kept, capsys, command, older):
    kept(OLDER[older])
    code = main([command, "first"])
    shown = capsys.readouterr()
    assert "Internt fel" not in shown.err
    assert code == (0 if shown.out else 2)
    assert shown.out or "äldre version" in shown.err


def test_what_is_left_out_is_named_in_one_line_and_the_rest_is_what_it_was(kept, capsys):
    def figures(change):
        kept(change)
        assert main(["compare", "first", "--format", "json"]) == 0
        shown = capsys.readouterr()
        return {row["indicator"]: row["value"] for row in json.loads(shown.out)}, shown.err

    whole, nothing = figures(lambda d: d)
    assert nothing == ""
    rest, line = figures(unreadable_visits)
    lost = [INDICATORS[name].label_sv for name in whole if name not in rest]
    assert "Akutbesök" in lost
    assert rest == {name: value for name, value in whole.items() if name in rest}
    assert line.count("\n") == 1
    assert all(label in line for label in lost)
    assert len(rest) > len(INDICATORS) / 2


@pytest.mark.parametrize("command", ["board", "binds", "validate"])
@pytest.mark.parametrize("region", ["borttagen", "/finns/inte", ""])
def test_a_region_that_is_no_longer_there_is_told(kept, capsys, command, region):
    kept(lambda d: d.assign_attrs(region=region))
    assert main([command, "first"]) == 2
    assert "Internt fel" not in capsys.readouterr().err


@pytest.fixture
def small(dataset, tmp_path):
    """Return a function that writes some of the results, changed, and returns the folder."""

    def write(change=lambda d: d):
        write_results(change(dataset[["population", "cost"]].copy()), tmp_path / "small")
        return tmp_path / "small"

    return write


def told_of(folder, capsys):
    messages = set()
    for command in (*COMMANDS, "validate"):
        assert main([command, str(folder)]) == 2
        messages.add(capsys.readouterr().err)
    (message,) = messages
    return message


@pytest.mark.parametrize("gone", ["scenario", "year", "replication"])
def test_without_what_every_table_needs_there_is_one_refusal(small, capsys, gone):
    assert "äldre version" in told_of(small(lambda d: d.drop_vars(gone)), capsys)


@pytest.mark.parametrize("damage", ["empty", "header alone", "cut off", "another kind"])
def test_a_file_that_is_no_results_file_is_refused(small, capsys, damage):
    folder = small()
    whole = (folder / DATA).read_bytes()
    content = {"empty": b"", "header alone": whole[:400], "cut off": whole[:-5000], "another kind": b"PK\x03\x04"}
    put_in_place(folder, content[damage])
    assert "filen går inte att tolka" in told_of(folder, capsys)


def put_in_place(folder, content):
    """Put other content in a results file's place, with a manifest that says it is the right one."""
    (folder / DATA).write_bytes(content)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["sha256"] = hashlib.sha256(content).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def test_one_damaged_variable_costs_itself_alone(small):
    folder = small()
    with h5netcdf.File(folder / DATA) as file:
        place = file.variables["cost"]._h5ds.id.get_chunk_info(0)
    content = bytearray((folder / DATA).read_bytes())
    content[place.byte_offset : place.byte_offset + place.size] = b"\xff" * place.size
    put_in_place(folder, bytes(content))
    assert list(read_results(folder).data_vars) == ["population"]
