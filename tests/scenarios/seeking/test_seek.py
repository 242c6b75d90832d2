"""What it takes, from a file to an answer, over a made-up response: confirmed, out of reach, stopped and resumed."""

import json
from dataclasses import replace

import numpy as np
import pytest
from made_search import GOALS, ExactSurrogate, benched, goals_in

from scenarios.running.folder import FolderError
from scenarios.running.results import read_results
from scenarios.seeking.answer_told import headline, sentences, write_answer
from scenarios.seeking.search_folder import open_search
from scenarios.seeking.seek import seek
from scenarios.seeking.verdict import MISSED, REACHED, UNDECIDED, Confirmed, chosen
from scenarios.strategies.scenario import read_strategy

SMALL = {"search.points": 4, "search.draws": 3, "search.rounds": 1, "search.confirming_draws": 4}


def exactly(bench):
    return seek(bench, ExactSurrogate)


@pytest.fixture(scope="module")
def reached(tmp_path_factory):
    folder = tmp_path_factory.mktemp("krav")
    read = goals_in(folder, GOALS.replace("12300", "12500").replace("0.8", "0.5"), **SMALL)
    open_search(folder / "ut", read)
    answer = benched(read, folder / "ut", exactly)
    return read, answer, folder / "ut"


def test_what_is_told_are_the_confirmed_figures(reached):
    _, answer, folder = reached
    drawn = read_results(folder / "bekraftelse")["drawn"].sel(indicator="ed_visits", scenario=answer.best.scenario)
    kept = (drawn.sel(year=[2027, 2028]) <= 12500).all("year").values
    assert answer.best.futures == 4
    assert answer.best.share == pytest.approx(100 * kept.mean())
    row = next(g for g in answer.goals if (g.scenario, g.year) == (answer.best.scenario, 2028))
    assert row.value == pytest.approx(float(drawn.sel(year=2028).mean()))


def test_the_draws_that_confirm_are_not_those_of_the_search(reached):
    _, _, folder = reached
    seeds = [json.loads((folder / name / "study.json").read_text())["identity"]["studiefilen"].get("seed")
             for name in ("omgang-0", "bekraftelse")]  # fmt: skip
    assert seeds[0] != seeds[1]


def test_the_answer_is_an_ordinary_strategy(reached):
    read, answer, folder = reached
    file = write_answer(read.wanted, answer, folder)
    assert read_strategy(file, read.region) == answer.strategy
    assert file.name == "svar.yaml"
    told = json.loads((folder / "svar.json").read_text("utf-8"))
    assert told["reached"] == answer.best.reached
    assert len(told["confirmed"]) == len(answer.rungs)


def test_a_second_call_simulates_nothing_and_answers_the_same(reached):
    read, answer, folder = reached
    before = {file: file.stat().st_mtime_ns for file in folder.rglob("*.npz")}
    assert benched(read, folder, exactly) == answer
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("*.npz")} == before


def test_runs_that_were_lost_are_made_again_the_same(reached):
    read, answer, folder = reached
    lost = sorted((folder / "omgang-0" / "runs").glob("*.npz"))[0]
    content = lost.read_bytes()
    lost.unlink()
    assert benched(read, folder, exactly) == answer
    assert lost.read_bytes() == content


def test_a_search_that_was_stopped_goes_on_and_answers_the_same(reached, tmp_path):
    read, answer, _ = reached

    def stopped(bench):
        def stop(text):
            if text.startswith("Bekräftar"):
                raise KeyboardInterrupt

        return exactly(replace(bench, told=stop))

    with pytest.raises(KeyboardInterrupt):
        benched(read, tmp_path / "ut", stopped)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.npz")}
    assert before
    assert benched(read, tmp_path / "ut", exactly) == answer
    assert before.items() <= {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.npz")}.items()


def test_another_file_on_the_same_folder_is_refused(reached, tmp_path):
    _, _, folder = reached
    with pytest.raises(FolderError, match="probability"):
        open_search(folder, goals_in(tmp_path, GOALS.replace("12300", "12500").replace("0.8", "0.7"), **SMALL))


def test_a_goal_out_of_reach_is_said_to_be_with_shortfall_and_what_binds(tmp_path):
    read = goals_in(tmp_path, GOALS.replace("12300", "9000") + "posts: {gp: 0.9}\n", **SMALL)
    open_search(tmp_path / "ut", read)
    answer = benched(read, tmp_path / "ut", exactly)
    text = " ".join(sentences(read.wanted, answer))
    assert answer.best.reached == MISSED
    assert answer.best.share == 0
    assert "Inget av det som prövades når målen med 80 % sannolikhet" in text
    assert "saknas" in text
    assert "Vårdplatser står på sin gräns, 1,30" in text
    assert "som går att bemanna, och nästa steg kräver fler" in text
    goal = next(g for g in answer.goals if (g.scenario, g.year) == (answer.best.scenario, 2028))
    assert goal.shortfall == pytest.approx(goal.at_least_in - 9000)
    assert write_answer(read.wanted, answer, tmp_path / "ut").name == "narmast.yaml"
    assert not (tmp_path / "ut" / "svar.yaml").exists()


def rung(name, reached, size, share=85.0):
    return Confirmed(name, reached, share, 70.0, 95.0, 40, size, 1.0, 0.0, "Vårdplatser 1,0 → 1,1", share)


def test_what_its_confirmation_does_not_carry_is_not_the_answer():
    rungs = [rung("a", MISSED, 0.1), rung("b", UNDECIDED, 0.2), rung("c", REACHED, 0.3), rung("d", REACHED, 0.4)]
    assert chosen(rungs).scenario == "c"
    assert chosen(rungs[:2]).scenario == "b"
    assert chosen([rung("a", MISSED, 0.1, 20.0), rung("e", MISSED, 0.2, 60.0)]).scenario == "e"


def test_an_undecided_answer_is_not_told_as_reached(reached):
    read, answer, _ = reached
    best = rung("b", UNDECIDED, 0.2)
    told = headline(read.wanted, type(answer)((best,), (), best, answer.strategy, (), 1, 1, ()))
    assert "går inte att avgöra" in told
    assert "70–95 %" in told
    assert "Det minsta som når målen" not in told
    assert np.isfinite(best.share)
