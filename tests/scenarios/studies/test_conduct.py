"""Carrying out a study: what fails or hangs is tried once more and told, precision, and what goes on where it was."""

import json
from dataclasses import replace

import pytest
from fake_engine import FakeEngine
from made_study import GOOD, SMALL, carried_out, plan_of, runs_in, stand_in

from scenarios.running.folder import STUDY_MANIFEST
from scenarios.running.local_pool import local_executor
from scenarios.running.results import read_results
from scenarios.running.runner import replication_seed
from scenarios.studies.conduct import conduct
from scenarios.studies.ledger import Ledger
from scenarios.studies.plan import LARGEST_BLOCK, StudyTask
from scenarios.studies.precision import baseline_under

SECOND = replication_seed(1, 2)


@pytest.fixture(autouse=True)
def region(monkeypatch):
    stand_in(monkeypatch)


@pytest.fixture
def plan(tmp_path):
    return plan_of(tmp_path, SMALL)


def manifest(folder):
    return json.loads((folder / STUDY_MANIFEST).read_text("utf-8"))


def test_tasks_are_blocks_of_scenarios_in_each_replication_and_draw(plan, tmp_path):
    assert len(plan.blocks) == 1
    assert plan.tasks(3) == (
        StudyTask(1, False, 0), StudyTask(2, False, 0), StudyTask(3, False, 0), StudyTask(1, True, 0),
        StudyTask(2, True, 0),
    )  # fmt: skip
    values = [round(0.7 + n / 100, 2) for n in range(50)]
    many = GOOD + f"keep: headline\nsweeps: [{{name: s, label_sv: S, levers: [{{lever: beds, values: {values}}}]}}]\n"
    blocks = plan_of(tmp_path, many).blocks
    sizes = [len(block) for block in blocks]
    assert sum(sizes) == 106
    assert max(sizes) <= LARGEST_BLOCK
    assert max(sizes) - min(sizes) <= 1


def test_keys_tell_apart_all_that_decides_a_run(plan, tmp_path):
    keys = {plan.key(task) for task in plan.tasks(3)}
    assert len(keys) == 5
    first = StudyTask(1, False, 0)
    other = [
        replace(plan, code="andra"),
        plan_of(tmp_path, SMALL + "seed: 2\n"),
        plan_of(tmp_path, GOOD + "keep: all\n"),
    ]
    assert len({plan.key(first), *(each.key(first) for each in other)}) == 4
    renamed = plan_of(tmp_path, SMALL.replace("label_sv: Prov", "label_sv: Annat") + "documents: [pdf]\n")
    assert renamed.key(first) == plan.key(first)
    assert renamed.identity == plan.identity


def test_what_is_done_is_not_done_again(plan, tmp_path):
    carried_out(plan, tmp_path / "ut")
    before = runs_in(tmp_path / "ut")

    class Forbidden(FakeEngine):
        def begin(self, *_):
            raise AssertionError("simulated again")

    _, conducted, found = carried_out(plan, tmp_path / "ut", Forbidden())
    assert not conducted.failed
    assert found.replications == (1, 2, 3)
    assert runs_in(tmp_path / "ut") == before
    assert manifest(tmp_path / "ut")["count"] == {"done": 5, "failed": 0, "to do": 0}


def test_a_failing_run_is_tried_twice_and_told_and_the_others_finish(plan, tmp_path):
    tries = []

    class Counting(FakeEngine):
        def begin(self, region, seed):
            tries.append(seed)
            return super().begin(region, seed)

    engine = Counting(fault="det gick inte", fault_control="winter_surge", fault_seed=SECOND)
    _, conducted, found = carried_out(plan, tmp_path / "ut", engine)
    assert tries.count(SECOND) == 4, "the replication and the draw of its number"
    record, _ = conducted.failed
    assert record.failures == tuple(
        (f"{name}-vintertopp", "ArithmeticError: det gick inte") for name in ("nulage", "bemanning-1100", "fler")
    )
    assert found.replications == (1, 3)
    assert found.draws == (1,)
    assert manifest(tmp_path / "ut")["count"] == {"done": 3, "failed": 2, "to do": 0}
    _, conducted, found = carried_out(plan, tmp_path / "ut")
    assert not conducted.failed
    assert found.replications == (1, 2, 3), "the same command tries again"


def test_a_scenario_that_never_finishes_costs_the_others_nothing(plan, tmp_path):
    _, conducted, found = carried_out(plan, tmp_path / "ut", FakeEngine(fault="aldrig", fault_control="listed_per_gp"))
    assert found.left_out == ("bemanning-1100", "bemanning-1100-vintertopp")
    assert found.replications == (1, 2, 3)
    assert len(conducted.failed) == 5


def test_a_scenario_that_finished_in_draws_alone_is_left_out(plan, tmp_path):
    class OnlyDrawn(FakeEngine):
        def resume(self, region, checkpoint, changes):
            if not self.extra and "listed_per_gp" in {change.control for change in changes}:
                raise ArithmeticError("bara med dragna antaganden")
            return super().resume(region, checkpoint, changes)

    _, _, found = carried_out(plan, tmp_path / "ut", OnlyDrawn())
    assert found.left_out == ("bemanning-1100", "bemanning-1100-vintertopp")
    assert found.draws == (1, 2)
    assert read_results(tmp_path / "ut")["drawn"].sizes["scenario"] == 4


def test_workers_that_die_and_hang_are_tried_again(plan, tmp_path):
    marks = tmp_path / "dead"
    marks.mkdir()
    ledger = Ledger.open(tmp_path / "ut", plan)
    engine = FakeEngine(fault=f"die once {marks}", fault_control="winter_surge", fault_seed=SECOND)
    with local_executor(2) as executor:
        conducted = conduct(ledger, engine, executor)
    assert len(list(marks.iterdir())) == 1
    assert not conducted.failed
    whole = tmp_path / "whole"
    carried_out(plan, whole)
    assert runs_in(tmp_path / "ut") == runs_in(whole)


def test_a_task_that_hangs_is_given_up_after_two_tries(plan, tmp_path):
    ledger = Ledger.open(tmp_path / "ut", plan)
    engine = FakeEngine(fault="hang", fault_control="winter_surge", fault_seed=SECOND)
    with local_executor(2, timeout=60.0) as executor:
        conducted = conduct(ledger, engine, executor, longest_silence=6.0)
    record, drawn = conducted.failed
    assert (record.number, drawn.number, drawn.drawn) == (2, 2, True)
    assert record.failures == (("", "arbetsprocessen lämnade inget resultat vid två försök (tidsgränsen gick ut)"),)


PRECISE = SMALL.replace("replications: 3", "replications: 2").replace("  parameter_draws: 2\n", "")


def test_replications_are_added_until_the_intervals_are_narrow(tmp_path):
    text = PRECISE + "precision: {indicator: ed_visits, half_width: 1.0, batch: 2, most_replications: 9}\n"
    _, conducted, _ = carried_out(plan_of(tmp_path, text), tmp_path / "ut")
    assert (conducted.replications, conducted.precise.half_width) == (2, 0.0), "the stand-in's differences are alike"


class Unsteady(FakeEngine):
    """Emergency visits that the made-up beds move by chance."""

    def resume(self, region, checkpoint, changes):
        branch = super().resume(region, checkpoint, changes)
        if "beds" in {change.control for change in changes}:
            branch.extra += checkpoint["seed"] % 101
        return branch


def test_replications_stop_at_the_most_and_say_so(tmp_path):
    text = PRECISE + "precision: {indicator: ed_visits, half_width: 1.0, batch: 4, most_replications: 9}\n"
    plan = plan_of(tmp_path, text)
    _, conducted, found = carried_out(plan, tmp_path / "ut", Unsteady())
    assert conducted.replications == 9
    assert found.replications == tuple(range(1, 10))
    assert not conducted.precise.is_enough(1.0)
    assert conducted.precise.scenario == "fler"
    wide = conducted.precise.half_width
    text = text.replace("half_width: 1.0", f"half_width: {1.2 * wide}").replace(
        "recision: {", "recision: {year: 2028, "
    )
    _, enough, _ = carried_out(plan_of(tmp_path, text), tmp_path / "mer", Unsteady())
    assert enough.precise.is_enough(1.2 * wide)
    assert enough.replications <= 9


def test_what_failed_is_not_tried_again_with_every_batch_of_replications(tmp_path):
    tries = []

    class Counting(Unsteady):
        def begin(self, region, seed):
            tries.append(seed)
            return super().begin(region, seed)

    text = PRECISE + "precision: {indicator: ed_visits, half_width: 1.0, batch: 1, most_replications: 4}\n"
    engine = Counting(fault="nej", fault_control="winter_surge", fault_seed=SECOND)
    _, conducted, _ = carried_out(plan_of(tmp_path, text), tmp_path / "ut", engine)
    assert conducted.replications == 4
    assert tries.count(SECOND) == 2


def test_a_strategy_is_compared_with_today_under_the_same_future(plan):
    assert baseline_under(plan.read.cases) == {
        "nulage": "nulage", "bemanning-1100": "nulage", "fler": "nulage", "nulage-vintertopp": "nulage-vintertopp",
        "bemanning-1100-vintertopp": "nulage-vintertopp", "fler-vintertopp": "nulage-vintertopp",
    }  # fmt: skip


def test_progress_rises_to_the_whole_and_tells_of_memory(plan, tmp_path):
    seen = []
    carried_out(plan, tmp_path / "ut", progress=seen.append)
    months = [progress.months for progress in seen]
    assert months == sorted(months)
    assert seen[-1].months == seen[-1].all_months == 5 * (48 + 6 * 24)
    assert (seen[-1].replications, seen[-1].all_replications) == (5, 5)
    assert seen[-1].memory > 0
