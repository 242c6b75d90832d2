import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from fake_engine import REGION, FakeEngine

import scenarios.running.engine
import scenarios.running.study
from scenarios.cli import COMMANDS, main
from scenarios.findings.compare import Record
from scenarios.levers.registry import LEVERS
from scenarios.measures.figures import INDICATORS, MAIN
from scenarios.running.batch_lock import locked
from scenarios.running.results import read_results, write_results
from scenarios.strategies.library import library
from scenarios.strategies.schema import schema_text
from simulator.region.pack import load_region


def pretend(monkeypatch):
    """Put the stand-in in the simulator's place."""
    monkeypatch.setattr(scenarios.running.study, "load_region", lambda _: REGION)
    monkeypatch.setattr(scenarios.running.study, "SimulatorEngine", FakeEngine)
    monkeypatch.setattr(scenarios.running.study, "kernels_are_compiled", lambda: True)


@pytest.fixture
def fake(monkeypatch):
    pretend(monkeypatch)


@pytest.fixture(scope="session")
def first(tmp_path_factory):
    """Return a folder with results of two scenarios and four replications, to be copied."""
    out = tmp_path_factory.mktemp("results") / "first"
    with pytest.MonkeyPatch.context() as monkeypatch:
        pretend(monkeypatch)
        assert main(["run", "nulage", "bemanning-1100", "--out", str(out), "--replications", "4"]) == 0
    return out


@pytest.fixture
def folder(fake, first, tmp_path, capsys):  # noqa: ARG001 (it takes the simulator's place)
    """Return a folder with the first results, of a test's own."""
    capsys.readouterr()
    return shutil.copytree(first, tmp_path / "first")


def printed(capsys, *arguments):
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


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


ALONE = ("--workers", "1")
"""Without processes of their own, where they are not what is tested: each takes seconds to start."""
STEPS = 6
"""Levers of `bemanning-1100`; each adds 10 emergency visits a month to the stand-in's."""


def test_json_and_csv_hold_the_same_records(folder, capsys):
    records = json.loads(printed(capsys, "compare", str(folder), "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(printed(capsys, "compare", str(folder), "--format", "csv"))))
    assert len(records) == len(rows) == 2 * len(INDICATORS)
    assert set(records[0]) == set(Record.__dataclass_fields__)
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
    for indicator in INDICATORS.values():
        assert f"{indicator.label_sv}, 2030 ({indicator.unit_sv})" in text
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
    assert "Belagda vårdplatser" not in text
    assert main(["compare", str(folder), "--indicator", "occupied_beds_share"]) == 2
    assert "finns inte i resultatet" in capsys.readouterr().err


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


@pytest.mark.usefixtures("fake")
def test_attribution_saves_every_indicator_and_prints_the_main_ones(tmp_path, capsys):
    out = str(tmp_path / "delar")
    text = printed(capsys, "attribute", "bemanning-1100", "--out", out, "--replications", "2", *ALONE)
    saved = json.loads((tmp_path / "delar" / "attribution.json").read_text(encoding="utf-8"))["records"]
    assert {record["indicator"] for record in saved} == set(INDICATORS)
    told = {name for name, one in INDICATORS.items() if f"{one.label_sv}, 2030 ({one.unit_sv})" in text}
    assert told == set(MAIN)


def test_attribution_is_printed_and_saved(fake, tmp_path, capsys):  # noqa: ARG001
    out = tmp_path / "delar"
    arguments = (
        "attribute",
        "bemanning-1100",
        "--out",
        str(out),
        "--replications",
        "3",
        "--indicator",
        "ed_visits",
        *ALONE,
    )
    text = printed(capsys, *arguments)
    assert "Hela strategin" in text
    assert "alla 8 kombinationer" in text
    content = json.loads((out / "attribution.json").read_text(encoding="utf-8"))
    *parts, whole = (r["contribution"] for r in content["records"])
    assert sorted(parts) == pytest.approx([120, 240, 360]), "six levers in three groups"
    assert whole == pytest.approx(sum(parts)) == pytest.approx(120 * STEPS)
    rows = list(csv.DictReader(io.StringIO((out / "attribution.csv").read_text(encoding="utf-8"))))
    assert [row["player"] for row in rows] == [r["player"] for r in content["records"]]
    assert "i filen" in printed(capsys, *arguments, "--sequential")  # the folder may be used again
    assert main(["run", "nulage", "--out", str(out)]) == 2
    assert "annat än resultat" in capsys.readouterr().err
    assert main(["attribute", "nulage", "--out", str(out), "--indicator", "edvisits", "--year", "2031"]) == 2
    message = capsys.readouterr().err
    assert 'Menade du "ed_visits"?' in message
    assert "efter horisonten" in message


OWN = """
name: dyr
label_sv: Dyr
question_sv: Vad ger det?
description_sv: Fler läkartjänster.
rationale: Exempel.
budget_msek_per_year: 10
levers:
  - {lever: gp_posts, value: 1.2}
  - {lever: named_gp_share, value: 0.3}
"""


def test_a_budget_is_told_by_check_run_and_compare(fake, monkeypatch, tmp_path, capsys):  # noqa: ARG001
    own, out = tmp_path / "dyr.yaml", str(tmp_path / "first")
    own.write_text(OWN, encoding="utf-8")
    monkeypatch.setattr(scenarios.running.study, "load_region", load_region)
    monkeypatch.setattr(FakeEngine, "region_digest", lambda _, region: load_region(region).digest)
    told = "mot en budget på 10; insatserna är nedskalade till 20 %."
    for text in (
        printed(capsys, "check", str(own)),
        printed(capsys, "run", "nulage", str(own), "--out", out, "--replications", "2", *ALONE),
        printed(capsys, "compare", out),
        printed(capsys, "attribute", str(own), "--out", f"{out}-delar", "--replications", "1", *ALONE),
    ):
        assert told in " ".join(text.split())
    attributes = json.loads((tmp_path / "first" / "run.json").read_text(encoding="utf-8"))["attributes"]
    assert told in json.loads(attributes["budgets"])["dyr"]["text_sv"]
    assert read_results(Path(out))["scenario_label"].values.tolist() == ["Nuläge", "Dyr (nedskalad till 20 %)"]
    (_, record) = json.loads(printed(capsys, "compare", out, "--format", "json", "--indicator", "cost"))
    assert record["scaled_to"] == pytest.approx(20, abs=0.5)


def test_a_second_batch_on_the_same_folder_is_refused(fake, tmp_path, capsys):  # noqa: ARG001
    with locked(tmp_path / "first"):
        assert main(["run", "nulage", "--out", str(tmp_path / "first"), "--replications", "1"]) == 2
    assert "en annan körning håller på" in capsys.readouterr().err


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


@pytest.fixture
def fake_engine(fake, monkeypatch):  # noqa: ARG001 (it takes the region's place)
    monkeypatch.setattr(scenarios.running.engine, "SimulatorEngine", FakeEngine)
    monkeypatch.setattr(scenarios.running.engine, "kernels_are_compiled", lambda: True)


@pytest.mark.usefixtures("fake_engine")
def test_today_is_set_beside_what_is_observed(capsys, tmp_path):
    text = printed(capsys, "validate", "--replications", "2", "--workers", "1")
    assert re.search(r"\d+ av \d+ inom 15 procent\n$", text)
    lines = json.loads(printed(capsys, "validate", "--replications", "2", "--workers", "1", "--format", "json"))
    assert {line["status"] for line in lines} == {"computed", "not_yet", "outside_years", "not_compared"}
    out = str(tmp_path / "page.md")
    assert main(["validate", "--replications", "2", "--workers", "1", "--format", "markdown", "--out", out]) == 0
    assert Path(out).read_text(encoding="utf-8").startswith("# Prövning mot observerade siffror")
    assert main(["validate", "--replications", "1", "--workers", "1", "--out", str(tmp_path / "no" / "x")]) == 2
    assert "går inte att skriva" in capsys.readouterr().err


def test_a_result_that_reaches_further_is_set_beside_later_figures_too(folder, capsys):
    lines = json.loads(printed(capsys, "validate", str(folder), "--format", "json"))
    assert "outside_years" not in {line["status"] for line in lines}
    write_results(read_results(folder).sel(scenario=["bemanning-1100"]), folder)
    assert main(["validate", str(folder)]) == 2
    assert "nulage" in capsys.readouterr().err


def test_a_region_of_which_nothing_is_observed_is_refused(folder, capsys):
    write_results(read_results(folder).assign_attrs(region="kallmar"), folder)
    assert main(["validate", str(folder)]) == 2
    assert 'Menade du "kalmar"?' in capsys.readouterr().err


def test_lists(capsys):
    text = printed(capsys, "scenarios")
    assert all(name in text for name in library())
    text = printed(capsys, "levers")
    assert all(name in text for name in LEVERS)


def test_the_schema_goes_to_the_screen_or_a_file(capsys, tmp_path):
    assert printed(capsys, "schema") == schema_text()
    printed(capsys, "schema", "--out", str(tmp_path / "s.json"))
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == schema_text()
    assert main(["schema", "--out", str(tmp_path / "no" / "s.json")]) == 2
    assert "går inte att skriva" in capsys.readouterr().err


def test_the_app_starts_without_telemetry_or_error_details(monkeypatch):
    called = []
    monkeypatch.setattr("scenarios.cli._become", lambda command: called.extend(command) or 0)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: type("Spec", (), {"origin": "app.py"}))
    assert main(["app", "--port", "8600"]) == 0
    assert called[:5] == [sys.executable, "-m", "streamlit", "run", "app.py"]
    assert {
        "--browser.gatherUsageStats=false",
        "--client.showErrorDetails=none",
        "--server.port=8600",
    } <= set(called)


@pytest.mark.parametrize("arguments", [[], ["hjälp"], ["compare"], ["run"], ["run", "nulage", "--out"]])
def test_misuse_is_told_and_ends_with_2(arguments, capsys):
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out + shown.err
    assert "Traceback" not in shown.err


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_help_in_swedish(command, capsys):
    text = printed(capsys, command, "--help")
    assert text.startswith(f"Användning: naravard {command}")
    assert "visa den här hjälpen" in text


def python(*arguments, **environment):
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        check=False,
        env=os.environ | environment,
        text=True,
    )


def test_help_loads_nothing_heavy():
    code = "import sys; from scenarios.cli import main; main(['--help']); print(*sys.modules)"
    done = python("-c", code)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert loaded.isdisjoint({"numpy", "pandas", "xarray", "numba", "pydantic", "rich", "babel", "streamlit"})


def test_the_first_sign_of_a_run_comes_before_anything_heavy():
    code = (
        "import sys\n"
        "from scenarios.running.progress import _Lines\n"
        "def say(self, text):\n"
        "    print(text, *sys.modules)\n"
        "    raise SystemExit\n"
        "_Lines.say = say\n"
        "from scenarios.cli import main\n"
        "main(['run', 'nulage', '--out', 'x'])\n"
    )
    done = python("-c", code)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert loaded.isdisjoint({"pandas", "xarray", "numba", "simpy", "streamlit"})


def test_a_terminal_that_knows_only_ascii_still_gets_an_answer():
    done = python("-m", "scenarios.cli", "scenarios", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert "nulage" in done.stdout


def test_a_reader_that_leaves_early_is_no_error(tmp_path):
    script = tmp_path / "head.sh"
    script.write_text(f"{sys.executable} -m scenarios.cli levers | head -n 1\n")
    done = subprocess.run(["sh", str(script)], capture_output=True, text=True, check=False, cwd=Path.cwd())
    assert done.stdout.startswith("own_gp_patience_days")
    assert "Traceback" not in done.stderr
