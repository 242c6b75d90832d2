import pytest

from scenarios.compare import Record
from scenarios.pages.answer import _distinct, verdict
from scenarios.pages.wording import counted, interval, made, uncertainty


def record(low, high):
    return Record("ed_visits", "visits", 2030, "x", 1.0, 0.0, 2.0, 0.5, low, high, 0.1)


@pytest.mark.parametrize(
    ("low", "high", "good", "expected"),
    [
        (1.0, 2.0, "down", "worse"),
        (1.0, 2.0, "up", "better"),
        (-2.0, -1.0, "down", "better"),
        (-2.0, -1.0, "up", "worse"),
        (-1.0, 1.0, "up", "unclear"),
        (0.0, 0.0, "down", "unclear"),
        (1.0, 2.0, "neither", "changed"),
        (None, None, "up", "unknown"),
    ],
)
def test_better_or_worse_is_said_only_of_an_interval_without_zero(low, high, good, expected):
    assert verdict(record(low, high), good) == expected


def test_an_answer_holds_every_year_and_scenario(answer):
    visits = list(answer.of("ed_visits"))
    assert {r.year for r in visits} == set(range(2023, 2031))
    assert [r.scenario for r in answer.of("ed_visits", 2030)] == list(answer.labels)
    assert answer.last_year == 2030
    assert answer.baseline == "nulage"
    assert answer.indicators[0].name == "population"


def test_scenarios_of_the_same_label_are_told_apart():
    assert _distinct(["a", "b", "c"], ["X", "Y", "X"]) == {"a": "X (a)", "b": "Y", "c": "X (c)"}


def test_an_answer_of_another_version_says_so(answer):
    assert "annan modellversion" in made(answer, "0+other")
    assert "annan" not in made(answer, answer.code_version)
    assert made(answer, "").startswith("Tre replikationer per scenario")


def test_few_replications_are_owned_up_to(answer):
    assert "breda intervall" in uncertainty(answer)
    assert "inte osäkerheten i antagandena" in uncertainty(answer)


def test_one_replication_has_no_interval(bench, request_of, finished):
    key = bench.submit(request_of(1), "a")
    finished(bench, key)
    assert "inget intervall" in uncertainty(bench.answer(key))


def test_an_interval_with_a_minus_has_no_dash():
    assert interval(1.0, 2.5, 1) == "1,0–2,5"
    assert interval(-1.0, 2.5, 1) == "−1,0 till 2,5"
    assert interval(None, None, 1) == "–"


def test_small_counts_are_words():
    assert counted(1, "sak", "saker") == "en sak"
    assert counted(12, "sak", "saker") == "12 saker"
