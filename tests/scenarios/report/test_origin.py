import numpy as np

from scenarios.live.answer import Answer, Shown
from scenarios.live.course import course_of
from scenarios.report.origin import origin_of_answer, today
from scenarios.strategies.library import find_strategies


def test_an_answer_of_the_app_is_told_with_what_it_knows():
    strategies = find_strategies(("nulage", "kontinuitet"))
    courses = {s.name: course_of(s) for s in strategies}
    shown = tuple(Shown(name, "Samma", course) for name, course in courses.items())
    answer = Answer(shown, "nulage", 4, (), (2030,), np.zeros((2, 4, 0, 1)), None, "1+x", 20)
    found = origin_of_answer(answer, "naravard run", strategies[1:], "d" * 64)
    assert found.labels == ("Samma (nulage)", "Samma (kontinuitet)")
    assert [told.hash for told in found.scenarios] == [course.scenario_hash for course in courses.values()]
    assert [told.strategy is None for told in found.scenarios] == [True, False]
    assert (found.seed, found.replications, found.horizon, found.code_version) == ("1", 4, "2030-12-31", "1+x")
    assert found.taken == today()
