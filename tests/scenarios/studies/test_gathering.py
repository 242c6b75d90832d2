"""One file of all runs: what `naravard run` would have given, read as it is asked for."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from fake_engine import FakeEngine
from made_study import GOOD, carried_out, plan_of, stand_in

from scenarios.findings.compare import compare
from scenarios.measures.figures import INDICATORS
from scenarios.measures.versions import readable
from scenarios.running.assembly import Provenance, assemble
from scenarios.running.folder import DATA, FolderError
from scenarios.running.results import read_results
from scenarios.running.runner import run_all
from scenarios.studies.run_file import packed, plain_types, unpacked

OWN = ["strategy", "stress_test", "indicators"]
"""What a study's dataset has that a batch's has not."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a plan, and the folder of its study."""
    folder = tmp_path_factory.mktemp("study")
    with pytest.MonkeyPatch.context() as monkeypatch:
        stand_in(monkeypatch)
        plan = plan_of(folder)
        carried_out(plan, folder / "ut")
    return plan, folder / "ut"


def test_it_is_what_one_batch_of_the_same_scenarios_gives(made):
    plan, folder = made
    run = replace(plan.run(plan.read.cases, 3), draws_whole=False)
    labels = {case.name: case.label_sv for case in plan.read.cases}
    batch = assemble(run, run_all(FakeEngine(), run), Provenance("v", "nu", "naravard study", labels))
    study = read_results(folder).load()
    assert set(study.variables) - set(batch.variables) == set(OWN)
    for name, array in batch.variables.items():
        assert study[name].dtype == array.dtype or array.dtype.kind in "UOTM", name
        xr.testing.assert_identical(study[name].variable, array)
    assert study.attrs == batch.attrs | {"created": study.attrs["created"], "study": "prov"}
    assert study["stress_test"].values.tolist() == 3 * [""] + 3 * ["vintertopp"]
    assert study["strategy"].values.tolist() == 2 * ["nulage", "bemanning-1100", "fler"]


def test_figures_that_are_kept_are_those_that_would_be_worked_out(made):
    study = readable(read_results(made[1]))
    chosen = [INDICATORS[name] for name in ("ed_visits", "cost", "assessed_within_3_days", "admissions")]
    kept = compare(study.drop_vars(["drawn", "drawn_parameter"]), chosen)
    worked_out = compare(study.drop_vars(["indicators", "drawn", "drawn_parameter"]), chosen)
    assert kept == worked_out
    assert len(kept) > 4 * 6


def test_nothing_is_read_before_it_is_asked_for_and_one_scenario_is_few_bytes(made):
    study = read_results(made[1])
    lazy = [name for name, array in study.data_vars.items() if not array.variable._in_memory]
    assert {"ed_visits", "contacts", "population"} <= set(lazy)
    one = study["ed_visits"].sel(scenario="fler").load()
    assert one.dims == ("replication", "month", "municipality", "age_group")
    assert not study["ed_visits"].variable._in_memory
    with xr.open_dataset(made[1] / DATA, engine="h5netcdf") as opened:
        assert opened["ed_visits"].encoding["chunksizes"][:2] == (1, 1)


def test_headline_figures_alone_are_enough_to_compare(monkeypatch, tmp_path, made):
    stand_in(monkeypatch)
    carried_out(plan_of(tmp_path, GOOD + "keep: headline\n"), tmp_path / "ut")
    study = readable(read_results(tmp_path / "ut"))
    assert set(study.data_vars) == {"indicators", "drawn", "drawn_parameter"}
    last = [int(study["year"].values[-1])]
    assert compare(study, years=last) == compare(readable(read_results(made[1])), years=last)


def test_blocks_of_scenarios_are_put_together(monkeypatch, tmp_path, made):
    stand_in(monkeypatch)
    monkeypatch.setattr("scenarios.studies.plan.LARGEST_BLOCK", 2)
    plan = plan_of(tmp_path, GOOD + "keep: headline\n")
    assert [[case.name for case in block] for block in plan.blocks] == [
        ["nulage", "bemanning-1100"], ["fler", "nulage-vintertopp"], ["bemanning-1100-vintertopp", "fler-vintertopp"],
    ]  # fmt: skip
    carried_out(plan, tmp_path / "ut")
    study, whole = read_results(tmp_path / "ut"), read_results(made[1])
    for name in ("indicators", "drawn", "drawn_parameter"):
        assert study[name].drop_attrs().equals(whole[name].drop_attrs())


def test_a_damaged_file_is_refused(made, tmp_path):
    import shutil

    folder = shutil.copytree(made[1], tmp_path / "ut")
    content = (folder / DATA).read_bytes()
    (folder / DATA).write_bytes(content[:-1])
    with pytest.raises(FolderError, match="skadad eller ändrad"):
        read_results(folder)


def test_a_study_without_results_says_so(tmp_path, monkeypatch):
    stand_in(monkeypatch)
    from scenarios.studies.ledger import Ledger

    Ledger.open(tmp_path / "ut", plan_of(tmp_path))
    with pytest.raises(FolderError, match="inga resultat än"):
        read_results(tmp_path / "ut")


def test_runs_are_the_same_after_they_were_kept():
    dataset = xr.Dataset(
        {
            "persons": (("scenario", "x"), np.array([[1.0, np.nan]]), {"units": "persons"}),
            "large": ("x", np.array([1, 2**40]), {"units": "1"}),
            "words": ("x", np.array(["å", "bc"])),
        },
        {"scenario": ["a"], "x": [1.5, 2.5], "month": np.array(["2023-01-01"], "datetime64[ns]")},
        {"title": "Prov"},
    )
    kept = unpacked(packed(dataset))
    assert kept.identical(dataset)
    assert packed(dataset) == packed(dataset.copy())
    assert plain_types(dataset) == {"persons": "int32"}
    assert unpacked(packed(dataset), "persons").identical(dataset[["persons"]].drop_vars("month", errors="ignore"))


@pytest.mark.parametrize("content", [b"", b"PK", b"\0" * 100])
def test_what_is_no_file_of_runs_is_told(content):
    with pytest.raises(ValueError, match="not the runs"):
        unpacked(content)
