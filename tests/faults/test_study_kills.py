"""A study that is killed, robbed of its disk or of its files: nothing lost, nothing doubled, nothing of other code."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fake_engine import FakeEngine
from made_study import SMALL, carried_out, plan_of, runs_in, stand_in

from scenarios.cli import main
from scenarios.running.batch_lock import locked
from scenarios.running.folder import DATA, STUDY_MANIFEST, FolderError, WriteError
from scenarios.running.results import read_results
from scenarios.studies.conduct import conduct
from scenarios.studies.ledger import Ledger, check_study_folder

HERE = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def region(monkeypatch):
    stand_in(monkeypatch)


def same_data(one, other):
    """Tell whether two studies' results are the same, bit for bit, but for the time at which they were begun."""
    first, second = (read_results(folder).load() for folder in (one, other))
    first.attrs["created"] = second.attrs["created"]
    names = {*first.variables, *second.variables}
    numbers = [name for name in names if first[name].dtype.kind in "iuf"]
    return first.identical(second) and all(
        np.array_equal(first[name].values.view(np.uint8), second[name].values.view(np.uint8)) for name in numbers
    )


KILLS = 20
KILLED = """
import json, os, random, signal, sys, time
from pathlib import Path
sys.path[:0] = sys.argv[2].split(os.pathsep)
import scenarios.running.region
from fake_engine import REGION, FakeEngine
from made_study import SMALL, carried_out, plan_of
scenarios.running.region.load_region = lambda _: REGION

folder, rng, states = Path(sys.argv[1]), random.Random(3), []
plan = plan_of(folder, SMALL.replace("replications: 3", "replications: 12"))
carried_out(plan, folder / "whole")
for kill in range(int(sys.argv[3])):
    child = os.fork()
    if child == 0:
        carried_out(plan, folder / "killed", threads=1)
        os._exit(0)
    time.sleep(rng.uniform(0.0, 1.0))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    states.append((len(list((folder / "killed").glob("runs/*.json"))), os.WIFSIGNALED(status)))
carried_out(plan, folder / "killed")
print(json.dumps(states))
"""
"""Has a child carry out a study, kills it again and again, tells how many tasks were there, and has it finished."""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_study_killed_twenty_times_is_what_it_is_undisturbed(tmp_path, record_property):
    paths = os.pathsep.join([str(HERE.parent), str(HERE), str(HERE / "scenarios"), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), paths, str(KILLS)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    states = json.loads(done.stdout)
    counts = [count for count, _ in states]
    assert counts == sorted(counts), "no task was lost"
    assert sum(killed for _, killed in states) >= 5
    assert 0 < len(set(counts)) <= 15
    assert runs_in(tmp_path / "killed") == runs_in(tmp_path / "whole")
    assert same_data(tmp_path / "killed", tmp_path / "whole")
    names = {path.name for path in (tmp_path / "killed").iterdir()}
    assert names == {"runs", "study.json", "study.yaml", DATA}, "nothing is left behind"
    assert {path.suffix for path in (tmp_path / "killed" / "runs").iterdir()} == {".json", ".npz"}
    record_property("kills_of_a_study", KILLS)


@pytest.fixture
def study(tmp_path):
    """Return a plan and a folder in which it is carried out."""
    plan = plan_of(tmp_path, SMALL)
    carried_out(plan, tmp_path / "ut")
    return plan, tmp_path / "ut"


def spoil_contents(runs):
    runs[0].write_bytes(runs[0].read_bytes()[:-1] + b"x")


def spoil_length(runs):
    runs[0].write_bytes(runs[0].read_bytes()[:100])


def spoil_presence(runs):
    runs[0].unlink()


def spoil_record(runs):
    runs[0].with_suffix(".json").write_text('{"key": 7}')


def spoil_names(runs):
    one, other = runs[0].read_bytes(), runs[1].read_bytes()
    runs[0].write_bytes(other)
    runs[1].write_bytes(one)


@pytest.mark.parametrize("spoil", [spoil_contents, spoil_length, spoil_presence, spoil_record, spoil_names])
def test_runs_that_were_spoiled_are_found_and_done_again(study, spoil):
    plan, folder = study
    before = runs_in(folder)
    spoil(sorted((folder / "runs").glob("*.npz")))
    ledger = Ledger.open(folder, plan)
    tasks = plan.tasks(3)
    ledger.look(tasks)
    assert len(ledger.to_do(tasks)) == (2 if spoil is spoil_names else 1)
    carried_out(plan, folder)
    assert runs_in(folder) == before


def test_runs_spoiled_while_they_are_gathered_are_told(study):
    plan, folder = study
    ledger = Ledger.open(folder, plan)
    tasks = plan.tasks(3)
    ledger.look(tasks)
    spoil_contents(sorted((folder / "runs").glob("*.npz")))
    from scenarios.studies.gathering import gather

    before = (folder / DATA).read_bytes()
    with pytest.raises(FolderError, match="kör samma kommando igen"):
        gather(ledger, tasks, "naravard study", "v")
    assert (folder / DATA).read_bytes() == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda plan, _: replace(plan, code="andrad"), "koden är något annat"),
        (lambda _, folder: plan_of(folder, SMALL + "seed: 2\n"), "studiefilen seed"),
        (lambda _, folder: plan_of(folder, SMALL.replace("1.1", "1.2")), r"levers\[0\] value"),
        (lambda _, folder: plan_of(folder, SMALL.replace("ions: 3", "ions: 4")), "studiefilen replications"),
        (lambda plan, _: _of_region(plan), "regionens data är något annat"),
    ],
)  # fmt: skip
def test_a_change_of_code_data_or_study_is_refused_and_named(study, tmp_path, change, told):
    plan, folder = study
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(FolderError, match=told):
        Ledger.open(folder, change(plan, tmp_path))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def _of_region(plan):
    return replace(plan, read=replace(plan.read, region=replace(plan.read.region, digest="e" * 64)))


def test_texts_and_documents_may_change(study, tmp_path):
    _, folder = study
    changed = SMALL.replace("label_sv: Prov", "label_sv: Annat") + "documents: [pdf]\nindicators: [cost]\n"
    Ledger.open(folder, plan_of(tmp_path, changed))


def test_a_second_study_on_the_folder_is_refused(study, tmp_path, capsys):
    _, folder = study
    file = tmp_path / "prov.yaml"
    with locked(folder):
        assert main(["study", str(file), "--out", str(folder)]) == 2
    assert "en annan körning håller på" in capsys.readouterr().err


def test_a_study_folder_takes_no_batch_and_a_batch_folder_no_study(study, tmp_path, capsys):
    _, folder = study
    assert main(["run", "nulage", "--out", str(folder)]) == 2
    assert "innehåller annat än resultat" in capsys.readouterr().err
    (tmp_path / "annat").mkdir()
    (tmp_path / "annat" / "run.json").write_text('{"kind": "naravard-results"}')
    assert main(["study", str(tmp_path / "prov.yaml"), "--out", str(tmp_path / "annat")]) == 2
    assert "innehåller annat än resultat" in capsys.readouterr().err


def test_a_folder_left_by_a_kill_before_anything_was_there_can_be_used(tmp_path):
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut" / f".{'0' * 32}-study.json").write_text("{")
    assert check_study_folder(tmp_path / "ut") == []
    plan = plan_of(tmp_path, SMALL)
    carried_out(plan, tmp_path / "ut")
    assert read_results(tmp_path / "ut").sizes["scenario"] == 6


def test_a_disk_that_is_full_stops_the_study_and_room_lets_it_go_on(tmp_path, monkeypatch):
    plan, folder = plan_of(tmp_path, SMALL), tmp_path / "ut"
    from scenarios.studies import conduct as conducting

    written = []

    def full_after_two(record, content, place, write=conducting.write_runs):
        if len(written) >= 2:
            raise WriteError("Resultatet kunde inte skrivas: disken är full.")
        written.append(record.key)
        write(record, content, place)

    with monkeypatch.context() as patch:
        patch.setattr(conducting, "write_runs", full_after_two)
        with pytest.raises(WriteError, match="disken är full"), ThreadPoolExecutor(1) as executor:
            conduct(Ledger.open(folder, plan), FakeEngine(), executor)
    assert len(runs_in(folder)) == 2
    ledger = Ledger.open(folder, plan)
    ledger.look(plan.tasks(3))
    assert len(ledger.to_do(plan.tasks(3))) == 3
    carried_out(plan, folder)
    carried_out(plan, tmp_path / "whole")
    assert same_data(folder, tmp_path / "whole")


def test_a_file_that_may_grow_no_further_is_the_system_s_own_refusal(tmp_path):
    resource = pytest.importorskip("resource")
    plan, folder = plan_of(tmp_path, SMALL), tmp_path / "ut"
    carried_out(plan, folder)
    before = (folder / DATA).read_bytes()
    ledger = Ledger.open(folder, plan)
    ledger.look(plan.tasks(3))
    from scenarios.studies.gathering import gather

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(WriteError, match="kunde inte skrivas"):
            gather(ledger, plan.tasks(3), "naravard study", "v")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (folder / DATA).read_bytes() == before
    assert read_results(folder).sizes["replication"] == 3
    assert {path.name for path in folder.iterdir()} == {"runs", "study.json", "study.yaml", DATA}


def test_a_folder_that_takes_nothing_is_refused_before_anything_is_simulated(tmp_path, monkeypatch, capsys):
    plan_of(tmp_path, SMALL)
    (tmp_path / "ut").mkdir()
    monkeypatch.setattr("scenarios.running.folder._takes_files", lambda _: False)
    assert main(["study", str(tmp_path / "prov.yaml"), "--out", str(tmp_path / "ut")]) == 2
    assert "skrivskyddad" in capsys.readouterr().err
    assert not (tmp_path / "ut" / STUDY_MANIFEST).exists()
