"""`naravard run` with a simulator that is a stand-in."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from command_line import ALONE, STEPS, printed, python
from fake_engine import REGION

import scenarios.running.region
from scenarios.cli import main
from scenarios.measures.figures import INDICATORS, MAIN
from scenarios.running.batch_lock import locked
from scenarios.running.results import read_results
from scenarios.strategies.library import library


@pytest.mark.usefixtures("fake")
def test_results_are_the_same_for_any_number_of_workers(tmp_path):
    for workers in ("1", "2"):
        out = str(tmp_path / workers)
        assert main(["run", "nulage", "kontinuitet", "--out", out, "--workers", workers, "--replications", "3"]) == 0
    one, two = (read_results(tmp_path / workers) for workers in ("1", "2"))
    assert one.drop_attrs(deep=False).identical(two.drop_attrs(deep=False))
    assert (one["replication"].values == [1, 2, 3]).all()


@pytest.mark.usefixtures("fake")
def test_a_run_tells_the_main_indicators_and_how_to_see_the_others(tmp_path, capsys):
    assert main(["run", "nulage", "--out", f"{tmp_path}/first", "--replications", "2", *ALONE]) == 0
    told = capsys.readouterr()
    shown = [name for name, one in INDICATORS.items() if f"{one.label_sv}, 2030 ({one.unit_sv})" in told.out]
    assert set(shown) == set(MAIN)
    assert f"Visar {len(MAIN)} av {len(INDICATORS)} mått; alla: naravard compare {tmp_path}/first" in told.err


@pytest.mark.usefixtures("fake")
def test_a_run_says_in_one_line_that_its_regions_data_are_unlikely(tmp_path, capsys, monkeypatch):
    odd = replace(REGION, warnings=("first", "second"))
    monkeypatch.setattr(scenarios.running.region, "load_region", lambda _: odd)
    assert main(["run", "nulage", "--out", f"{tmp_path}/first", "--replications", "1", *ALONE]) == 0
    line = "Regionens data: 2 uppgifter är orimliga eller ovanliga; visa: naravard validate-region kalmar\n"
    assert capsys.readouterr().err.count(line) == 1


@pytest.mark.usefixtures("fake")
def test_another_seed_gives_other_numbers(tmp_path, folder):
    assert main(["run", "nulage", "--out", str(tmp_path / "b"), "--seed", "2", "--replications", "4", *ALONE]) == 0
    first, second = read_results(folder), read_results(tmp_path / "b")
    assert not np.array_equal(first["ed_visits"][0], second["ed_visits"][0])


@pytest.mark.usefixtures("fake")
def test_own_files_run_beside_the_library_until_another_horizon(tmp_path):
    own = tmp_path / "min.yaml"
    text = library()["bemanning-1100"].read_text(encoding="utf-8")
    own.write_text(text.replace("name: bemanning-1100", "name: min"), encoding="utf-8")
    out = tmp_path / "first"
    assert main(["run", "nulage", str(own), "--out", str(out), "--horizon", "2027", "--replications", "1"]) == 0
    dataset = read_results(out)
    assert dataset["scenario"].values.tolist() == ["nulage", "min"]
    assert dataset["year"].values.tolist()[-1] == 2027
    assert dataset.attrs["horizon"] == "2027-12-31"


def test_draws_of_parameters_are_kept_and_told(fake, tmp_path, capsys):  # noqa: ARG001
    out = str(tmp_path / "first")
    names = ("nulage", "bemanning-1100")
    text = printed(capsys, "run", *names, "--out", out, "--replications", "6", "--parameter-draws", "5", *ALONE)
    assert "med antaganden" in text
    dataset = read_results(Path(out))
    assert dataset.sizes["draw"] == 5
    assert dataset.sizes["replication"] == 6
    chosen = ("--indicator", "ed_visits", "--format", "json")
    base, more = json.loads(printed(capsys, "compare", out, *chosen))
    assert base["low_with_parameters"] < base["low"]
    assert (more["difference_low_with_parameters"], more["parameters_distinguishable"]) == (120 * STEPS, False)
    assert main(["run", "nulage", "--out", out, "--replications", "2", "--parameter-draws", "3"]) == 2
    assert "är fler än replikationerna" in capsys.readouterr().err


def test_a_second_batch_on_the_same_folder_is_refused(fake, tmp_path, capsys):  # noqa: ARG001
    with locked(tmp_path / "first"):
        assert main(["run", "nulage", "--out", str(tmp_path / "first"), "--replications", "1"]) == 2
    assert "en annan körning håller på" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["run", "nulage", "--out", "x"], ["attribute", "kontinuitet", "--out", "x"], ["follow"], ["validate"]],
    ids=lambda arguments: arguments[0],
)
def test_the_first_sign_of_a_simulation_comes_before_anything_heavy(arguments):
    code = (
        "import sys\n"
        "from scenarios.running.progress import _Lines\n"
        "def say(self, text):\n"
        "    print(text, *sys.modules)\n"
        "    raise SystemExit\n"
        "_Lines.say = say\n"
        "from scenarios.cli import main\n"
        f"main({arguments})\n"
    )
    done = python("-c", code)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert loaded.isdisjoint({"pandas", "xarray", "numba", "simpy", "streamlit"})


@pytest.mark.usefixtures("fake")
def test_two_scenarios_of_one_label_are_told_apart_in_every_table(tmp_path, capsys):
    own, out = tmp_path / "annat.yaml", str(tmp_path / "first")
    text = library()["bemanning-1100"].read_text(encoding="utf-8")
    text = re.sub("label_sv: .*", "label_sv: nuläge", text.replace("name: bemanning-1100", "name: annat"))
    own.write_text(text, encoding="utf-8")
    shown = printed(capsys, "run", "nulage", str(own), "--out", out, "--replications", "1", *ALONE)
    for text in (shown, *(printed(capsys, name, out) for name in ("compare", "board"))):
        assert "Nuläge (nulage)" in text
        assert "nuläge (annat)" in text
    assert read_results(Path(out))["scenario_label"].values.tolist() == ["Nuläge (nulage)", "nuläge (annat)"]


@pytest.mark.usefixtures("fake")
def test_a_file_called_as_todays_course_is_refused(tmp_path, capsys):
    own = tmp_path / "nul.yaml"
    text = library()["bemanning-1100"].read_text(encoding="utf-8")
    own.write_text(text.replace("name: bemanning-1100", "name: nulage"), encoding="utf-8")
    assert main(["run", str(own), "kontinuitet", "--replications", "1", "--out", str(tmp_path / "x"), *ALONE]) == 2
    assert "namnet hör till ett av bibliotekets scenarier" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
