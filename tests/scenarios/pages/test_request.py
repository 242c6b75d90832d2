import shlex

import pytest

import scenarios.pages.request
from scenarios.pages.request import Request, content_key
from scenarios.problems import InputError

ORDER = ("nulage", "kontinuitet", "bemanning-1100")


def key(**changed):
    return content_key(Request(**({"names": ("nulage", "kontinuitet"), "replications": 2} | changed)).study())


def test_order_of_choosing_is_no_part_of_a_request_and_todays_course_is_always_in_it():
    one = Request.of(("bemanning-1100", "kontinuitet"), 2, ORDER)
    assert one == Request.of(("kontinuitet", "nulage", "bemanning-1100"), 2, ORDER)
    assert one.names == ORDER


def test_equal_requests_have_one_key():
    assert key() == key()


@pytest.mark.parametrize(
    "changed", [{"replications": 3}, {"seed": 2}, {"horizon": 2031}, {"names": ("nulage", "bemanning-1100")}]
)
def test_what_decides_the_result_decides_the_key(changed):
    assert key(**changed) != key()


def test_another_version_of_the_simulator_gives_another_key(monkeypatch):
    before = key()
    monkeypatch.setattr(scenarios.pages.request, "code_version", lambda: "9.9.9+other")
    assert key() != before


def test_an_unknown_scenario_is_refused_by_name():
    with pytest.raises(InputError, match="kontinuitett"):
        Request.of(("kontinuitett",), 2, ORDER).study()


def test_the_command_asks_for_the_same():
    words = shlex.split(Request(("nulage", "kontinuitet"), 3, seed=7).command())
    assert words[:4] == ["naravard", "run", "nulage", "kontinuitet"]
    options = dict(zip(words[4::2], words[5::2], strict=True))
    assert options == {
        "--replications": "3",
        "--seed": "7",
        "--horizon": "2030",
        "--region": "kalmar",
        "--out": "MAPP",
    }
