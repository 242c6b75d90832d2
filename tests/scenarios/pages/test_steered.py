"""Values that the browser repeats are told from moves; what a browser does of it is in tests/browser/test_moves.py."""

from types import SimpleNamespace

import pytest

from scenarios.pages import steered
from scenarios.pages.steered import kept, key_for, moved


class Session(dict):
    """A session's state without a server."""

    def to_dict(self):
        return dict(self)


@pytest.fixture
def session(monkeypatch):
    state = Session()
    monkeypatch.setattr(steered, "st", SimpleNamespace(session_state=state))
    return state


def test_a_move_is_one_once(session):
    key = key_for("beds", 1.0)
    assert not moved(key)
    session[key] = 1.1
    assert moved(key)
    assert not moved(key)
    assert key_for("beds", 1.1) == key
    assert kept(key) == 1.1


def test_what_another_part_of_the_page_sets_is_drawn_anew_and_the_old_value_is_no_move(session):
    old = key_for("beds", 1.0)
    session[old] = 1.1
    assert moved(old)
    new = key_for("beds", 1.0)
    assert new != old
    assert session[new] == 1.0
    session[old] = 1.1  # the browser has not seen the new one yet
    assert not moved(old)
    assert key_for("beds", 1.0) == new


def test_a_move_on_what_is_still_on_the_screen_counts(session):
    old = key_for("beds", 1.0)
    session[old] = 1.1
    moved(old)
    key_for("beds", 1.0)
    session[old] = 1.2
    assert moved(old)
    assert kept(old) == 1.2


def test_a_value_that_was_refused_is_drawn_over(session):
    key = key_for("budget", "")
    session[key] = "mycket"
    assert moved(key)
    assert session[key_for("budget", "")] == ""


def test_names_do_not_meet(session):  # noqa: ARG001
    assert key_for("lever-beds-1", 0) != key_for("lever-beds", 0)
