"""Goal files and portfolio files: what a good one means, and every fault of a bad one told, all at once."""

import pytest
from made_search import GOALS, MIXES, goals_in, portfolio_in

from scenarios.cli import main
from scenarios.seeking.reading import SearchError, read_goals, read_portfolio, shipped_searches
from scenarios.seeking.wanted import GoalFile, PortfolioFile

# what is wrong: file, place, and pieces of the message
GOAL_FAULTS = {
    "unknown key": (GOALS + "budget: 3\n", "budget", ["budget_msek_per_year"]),
    "unknown indicator": (GOALS.replace("ed_visits", "ed_visit"), "goals[0].indicator", ['Menade du "ed_visits"']),
    "no bound": (GOALS.replace("at_most: 12300, ", ""), "goals[0].years", ["at_least eller at_most"]),
    "two bounds": (GOALS.replace("at_most: 12300", "at_most: 1, at_least: 2"), "goals[0].years", ["inte båda"]),
    "no years": (GOALS.replace("[2027, 2028]", "[]"), "goals[0].years", ["tom"]),
    "a year twice": (GOALS.replace("[2027, 2028]", "[2028, 2028]"), "goals[0].years", ["två gånger"]),
    "a year after the horizon": (GOALS.replace("[2027, 2028]", "[2029]"), "goals", ["2029", "2027 till 2028"]),
    "probability in percent": (GOALS.replace("0.8", "80"), "probability", ["Angivet: 80", "0,05 till 0,99"]),
    "unknown lever": (GOALS.replace("lever: beds", "lever: bed"), "levers[0].lever", ['Menade du "beds"']),
    "lever twice": (GOALS.replace("lever: beds", "lever: gp_posts"), "levers", ["gp_posts står två gånger"]),
    "bound beyond the lever's": (GOALS.replace("high: 1.3", "high: 3"), "levers[0].high", ["0,7 till 1,3"]),
    "bounds in the wrong order": (GOALS.replace("low: 1, high: 1.3", "low: 1.2, high: 1.1"), "levers[0].high", ["low"]),
    "no room between bounds": (
        GOALS.replace("low: 1, high: 1.3", "low: 1.01, high: 1.04"), "levers[0]", ["inget att röra sig mellan"],
    ),
    "unknown base": (GOALS + "base: nulge\n", "base", ['Menade du "nulage"']),
    "unknown profession": (GOALS + "posts: {gpp: 3}\n", "posts.gpp", ['Menade du "gp"']),
    "negative posts": (GOALS + "posts: {gp: -3}\n", "posts.gp", ["Angivet: -3"]),
    "negative budget": (GOALS + "budget_msek_per_year: -1\n", "budget_msek_per_year", ["kan inte vara negativ"]),
    "one draw": (GOALS.replace("draws: 10, rounds", "draws: 1, rounds"), "search.draws", ["2 till 1"]),
    "unknown effort": (GOALS.replace("points: 10", "point: 10"), "search.point", ['Menade du "points"']),
    "reach of nobody": (
        GOALS.replace("high: 1.3}", "high: 1.3, reach: {age_groups: [gamla]}}"), "levers[0].reach.age_groups[0]",
        ["åldersgruppen är okänd"],
    ),
}  # fmt: skip
MIX_FAULTS = {
    "a lever without a price": (
        MIXES.replace("lever: beds, low: 1, high: 1.3", "lever: gp_recruitment"), "unpriced",
        ["gp_recruitment", "unpriced: named"],
    ),
    "no way that is good": (MIXES.replace("ed_visits", "population"), "aims", ["direction: up eller down"]),
    "an aim after the horizon": (MIXES.replace("year: 2028", "year: 2030"), "aims", ["2030"]),
    "unknown stress test": (MIXES.replace("vintertopp", "vintertop"), "stress_tests[0]", ['Menade du "vintertopp"']),
    "today's course as a stress test": (MIXES.replace("vintertopp", "nulage"), "stress_tests[0]", ["inget stresstest"]),
    "unknown assumption": (
        MIXES + "assumptions: [digital.inducd_share]\n", "assumptions[0]", ['Menade du "digital.induced_share"'],
    ),
    "a goal in place of an aim": (MIXES.replace("aims:", "goals:"), "aims", ["saknas"]),
}  # fmt: skip


@pytest.mark.parametrize("case", GOAL_FAULTS)
def test_a_fault_of_a_goal_file_is_told(tmp_path, case):
    told(tmp_path, goals_in, *GOAL_FAULTS[case])


@pytest.mark.parametrize("case", MIX_FAULTS)
def test_a_fault_of_a_portfolio_file_is_told(tmp_path, case):
    told(tmp_path, portfolio_in, *MIX_FAULTS[case])


def told(folder, read, text, place, pieces):
    with pytest.raises(SearchError) as caught:
        read(folder, text)
    found = [problem for problem in caught.value.problems if problem.place.partition(":")[2] == place]
    assert found, [problem.place for problem in caught.value.problems]
    assert [piece for piece in pieces if piece not in found[0].text()] == []


def test_everything_that_is_wrong_is_told_at_once(tmp_path):
    text = GOALS.replace("ed_visits", "ed_visit").replace("lever: beds", "lever: bed").replace("0.8", "80")
    with pytest.raises(SearchError) as caught:
        goals_in(tmp_path, text, **{"search.draws": 1})
    places = {problem.place.partition(":")[2] for problem in caught.value.problems}
    assert places >= {"goals[0].indicator", "levers[0].lever", "probability", "search.draws"}


def test_a_bad_file_leaves_nothing_and_ends_with_2(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mal.yaml").write_text(GOALS.replace("0.8", "80"), encoding="utf-8")
    assert main(["seek", "mal.yaml", "--out", "ut", "--points", "2"]) == 2
    assert "2 problem" in capsys.readouterr().err
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize(("kind", "read"), [(GoalFile, read_goals), (PortfolioFile, read_portfolio)])
def test_the_files_that_come_along_can_be_read(kind, read):
    shipped = shipped_searches(kind)
    assert shipped
    for name in shipped:
        assert read(name, {"region": "template"}).wanted.name == name


def test_limits_that_today_passes_already_are_refused(tmp_path):
    base = GOALS + "base: bemanning-1100\nbudget_msek_per_year: 0.001\n"
    with pytest.raises(SearchError, match="passeras redan"):
        goals_in(tmp_path, base)
