"""What is kept of followed people: figures over years, pairs of events, the book."""

import pytest
from made_company import company, year

from scenarios.follow.words import Words
from scenarios.live.life import _pairs, _told, read, sums, total, written
from simulator.lives.event import Event

DAY = 86_400


def test_a_company_comes_back_from_its_book():
    made = company()
    assert read(written(made)) == made


@pytest.mark.parametrize("content", [b"", b"[]", b'{"people": 3}', b"\xff"])
def test_a_damaged_book_is_a_value_error(content):
    with pytest.raises(ValueError):  # noqa: PT011 - pydantic's own text
        read(content)


def test_totals_begin_with_the_strategies_and_weigh_waits_by_visits():
    years = [
        year(2026, admissions=9, gp_visits=9, gp_wait_days=90),
        year(2027, admissions=1, gp_visits=1, gp_wait_days=10, coc=0.2),
        year(2028, admissions=2, gp_visits=3, gp_wait_days=2),
    ]
    assert total(years, "admissions") == 3
    assert total(years, "gp_wait_days") == pytest.approx(4)
    assert total(years, "coc") == pytest.approx(0.2)
    assert total(years, "upc") is None


def test_sums_are_paired_over_people():
    ours = [[year(2027, admissions=n)] for n in (1, 5, 9)]
    theirs = [[year(2027, admissions=n)] for n in (0, 4, 7)]
    found = {one.name: one for one in sums(ours, theirs)}["admissions"]
    assert (found.ours, found.theirs) == (5, pytest.approx(11 / 3))
    assert found.difference == pytest.approx(-4 / 3)
    assert found.low < found.difference < found.high < 1
    assert "coc" not in {one.name for one in sums(ours, theirs)}


def test_one_person_has_no_interval():
    by_name = {one.name: one for one in sums([[year(2027, admissions=1)]], [[year(2027, admissions=2)]])}
    found = by_name["admissions"]
    assert (found.difference, found.low, found.high) == (1, None, None)


def test_what_one_need_became_stands_side_by_side_and_nothing_is_lost():
    ours = [Event(DAY, "nurse_visit", requested=0), Event(5 * DAY, "gp_visit", requested=DAY, provider=7),
            Event(9 * DAY, "admission", outcome="home")]  # fmt: skip
    theirs = [Event(DAY + 60, "nurse_visit", requested=60), Event(3 * DAY, "gp_visit", requested=DAY, provider=8),
              Event(4 * DAY, "mobile_visit")]  # fmt: skip
    assert _pairs(ours, theirs) == ((0, 0, True), (1, 1, False), (None, 2, False), (2, None, False))


def test_an_event_keeps_what_it_came_of(small_region):
    visit = Event(
        3 * DAY, "emergency_visit", "Länssjukhuset i Kalmar", acuity="urgent", cause="fall", outcome="home",
        origin="urgent_housing",
    )  # fmt: skip
    kept = _told(visit, Words(small_region))
    assert (kept.day, kept.until, kept.kind, kept.origin) == ("2023-01-04", "", "emergency_visit", "urgent_housing")
    assert "väntan på särskilt boende" in kept.text
