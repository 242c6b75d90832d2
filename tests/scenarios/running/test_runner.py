from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from fake_engine import FakeEngine, noise

from scenarios.running.local_pool import local_executor
from scenarios.running.runner import (
    Progress,
    Run,
    default_workers,
    replication_seed,
    run_all,
    run_in_worker,
    run_replication,
)
from simulator.changes import Change

START = date(2027, 1, 1)
MORE_BEDS = (Change("beds", "multiply", 1.1, START, START),)


def a_run(replications=3, **scenarios):
    return Run("fake", "d" * 64, tuple(scenarios.items()), date(2029, 1, 1), 7, replications)


def values(outcomes):
    return [
        {name: dataset["ed_visits"].values.tolist() for name, dataset in outcome.datasets.items()}
        for outcome in outcomes
    ]


def test_ten_thousand_seeds_are_all_different_and_fit_in_63_bits():
    seeds = {replication_seed(base, number) for base in range(10) for number in range(1, 1001)}
    assert len(seeds) == 10_000
    assert all(0 <= seed < 2**63 for seed in seeds)


def test_history_is_shared_and_scenarios_differ_only_from_their_start():
    (outcome,) = run_all(FakeEngine(), a_run(1, nulage=(), fler=MORE_BEDS))
    base, more = (outcome.datasets[name]["ed_visits"].values.sum(axis=(1, 2)) for name in ("nulage", "fler"))
    assert len(base) == 72
    assert base[0] == 1000 + noise(replication_seed(7, 1), 0)
    assert (more - base).tolist() == [0] * 48 + [10] * 24


def test_todays_course_equals_a_scenario_without_changes_bit_for_bit():
    (outcome,) = run_all(FakeEngine(), a_run(1, nulage=(), lika=()))
    assert outcome.datasets["nulage"].identical(outcome.datasets["lika"])


def test_results_do_not_depend_on_the_number_of_workers():
    run = a_run(4, nulage=(), fler=MORE_BEDS)
    alone = run_all(FakeEngine(), run)
    for workers in (2, 3):
        with local_executor(workers) as executor:
            spread = run_all(FakeEngine(), run, executor)
        assert [outcome.replication for outcome in spread] == [1, 2, 3, 4]
        assert values(spread) == values(alone)


def test_any_executor_will_do():
    run = a_run(3, nulage=())
    with ThreadPoolExecutor(3) as executor:
        assert values(run_all(FakeEngine(), run, executor)) == values(run_all(FakeEngine(), run))


@pytest.mark.parametrize("executor", [None, ThreadPoolExecutor])
def test_progress_rises_to_the_whole(executor):
    seen: list[Progress] = []
    run = a_run(2, nulage=(), fler=MORE_BEDS)
    if executor is None:
        run_all(FakeEngine(), run, None, seen.append)
    else:
        with executor(2) as pool:
            run_all(FakeEngine(), run, pool, seen.append)
    assert [p.months for p in seen] == sorted(p.months for p in seen)
    assert seen[-1] == Progress(2 * (48 + 2 * 24), 2 * (48 + 2 * 24), 2, 2)


def test_one_failing_run_is_reported_and_the_others_finish():
    seed = replication_seed(7, 2)
    engine = FakeEngine(fault="det gick inte", fault_control="beds", fault_seed=seed)
    first, second, third = run_all(engine, a_run(3, nulage=(), fler=MORE_BEDS))
    assert set(first.datasets) == set(third.datasets) == {"nulage", "fler"}
    assert set(second.datasets) == {"nulage"}
    (failure,) = second.failures
    assert failure.text() == "replikation 2, fler: ArithmeticError: det gick inte"


def test_a_dead_worker_is_a_failure_of_its_replications():
    engine = FakeEngine(fault="die", fault_control="beds", fault_seed=replication_seed(7, 1))
    with local_executor(2) as executor:
        outcomes = run_all(engine, a_run(2, nulage=(), fler=MORE_BEDS), executor)
    assert [outcome.replication for outcome in outcomes] == [1, 2]
    assert "arbetsprocessen lämnade inget resultat" in outcomes[0].failures[0].text()


def test_a_dead_worker_costs_nobody_else_and_its_replication_is_tried_once_more(tmp_path):
    run = a_run(3, nulage=(), fler=MORE_BEDS)
    engine = FakeEngine(fault=f"die once {tmp_path}", fault_control="beds", fault_seed=replication_seed(7, 2))
    with local_executor(2) as executor:
        outcomes = run_all(engine, run, executor)
    assert [path.name for path in tmp_path.iterdir()] == [str(replication_seed(7, 2))]
    assert not any(outcome.failures for outcome in outcomes)
    assert values(outcomes) == values(run_all(FakeEngine(), run))
    always = FakeEngine(fault="die", fault_control="beds", fault_seed=replication_seed(7, 2))
    with local_executor(2) as executor:
        first, second, third = run_all(always, run, executor)
    assert set(first.datasets) == set(third.datasets) == {"nulage", "fler"}
    assert "vid två försök" in second.failures[0].text()


def test_a_worker_that_hangs_is_ended_and_told():
    engine = FakeEngine(fault="hang", fault_control="beds", fault_seed=replication_seed(7, 1))
    with local_executor(2, timeout=3.0) as executor:
        first, second = run_all(engine, a_run(2, nulage=(), fler=MORE_BEDS), executor)
    assert first.failures[0].text().endswith("vid två försök (tidsgränsen gick ut)")
    assert set(second.datasets) == {"nulage", "fler"}


def test_a_draw_shares_the_seed_of_its_replication_and_has_its_own_history():
    run = replace(a_run(3, nulage=(), fler=MORE_BEDS), parameter_draws=2)
    outcomes = run_all(FakeEngine(), run)
    assert [(outcome.replication, outcome.drawn) for outcome in outcomes] == [
        (1, False), (2, False), (3, False), (1, True), (2, True),
    ]  # fmt: skip
    assert values(outcomes[:3]) == values(run_all(FakeEngine(), a_run(3, nulage=(), fler=MORE_BEDS)))
    for number in (1, 2):
        stated, drawn = outcomes[number - 1], outcomes[number + 2]
        assert drawn.parameters == {"fake.level": number}
        for name in ("nulage", "fler"):
            a_year = stated.datasets[name]["ed_visits"].sel(month="2025").sum()
            assert drawn.datasets[name]["ed_visits"].sel(year=2025) == a_year + 12 * 5 * number
    with ThreadPoolExecutor(2) as executor:
        spread = run_all(FakeEngine(), run, executor)
    assert all(a.datasets["fler"].identical(b.datasets["fler"]) for a, b in zip(spread, outcomes, strict=True))


def test_a_failed_draw_says_that_it_is_one():
    run = replace(a_run(1, nulage=(), fler=MORE_BEDS), parameter_draws=1)
    _, drawn = run_all(FakeEngine(fault="fel", fault_control="beds"), run)
    assert drawn.failures[0].text() == "replikation 1 med dragna antaganden, fler: ArithmeticError: fel"


def test_a_worker_stops_when_nobody_waits_any_more(tmp_path):
    class Fleeting(FakeEngine):
        def begin(self, region, seed):
            (tmp_path / "ticks").unlink()
            return super().begin(region, seed)

    outcome = run_in_worker(Fleeting(), a_run(1, nulage=()), 1, str(tmp_path / "ticks"))
    assert not outcome.datasets
    assert "avbröts" in outcome.failures[0].text()


def test_region_data_that_changed_since_the_start_stop_a_replication():
    outcome = run_replication(FakeEngine(digest="e" * 64), a_run(1, nulage=()), 1)
    assert not outcome.datasets
    assert "historiken" in outcome.failures[0].text()
    assert "ändrades" in outcome.failures[0].text()


def test_workers_are_no_more_than_replications():
    assert default_workers(1) == 1
    assert 1 <= default_workers(10_000) < 10_000
