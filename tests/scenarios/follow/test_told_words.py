"""Swedish words for what a diary holds: unmet need, the last illness, death; and that every kind has some."""

import numpy as np
import pytest

from scenarios.follow.labels import REASONS_SV
from scenarios.follow.words import DEATHS_SV, ORIGINS_SV, Words
from simulator.core.log import UNMET
from simulator.core.record import CONSEQUENCES
from simulator.lives.event import Event
from simulator.lives.event_log import EventLog
from simulator.lives.unmet_need import moment_of

DAY, HOUR = 86_400, 3_600


@pytest.fixture(scope="module")
def words(small_region):
    told = Words(small_region)
    told.meet([Event(0, "gp_visit", provider=7)], 7)
    return told


def emergency(origin, hour=12, outcome="home"):
    return Event(
        9 * DAY + hour * HOUR, "emergency_visit", "Länssjukhuset i Kalmar", acuity="standard", cause="fall",
        origin=origin, outcome=outcome,
    )  # fmt: skip


@pytest.mark.parametrize("origin", [name for name in CONSEQUENCES if name.startswith("urgent")])
def test_every_emergency_of_unmet_need_has_words(origin, words):
    assert ORIGINS_SV[origin] in words.tell(emergency(origin))


@pytest.mark.parametrize(("hour", "night"), [(3, True), (5, True), (6, False), (21, False), (22, True)])
def test_a_night_without_enough_help_is_told_as_one(hour, night, words):
    text = words.tell(emergency("urgent_home_help", hour))
    assert text.startswith("Akuten (Kalmar): gul, orsak fall; ")
    assert ("natten då hjälpen från hemtjänsten inte räckte" in text) == night
    assert ("hjälpen från hemtjänsten räckte inte" in text) != night


def test_a_need_that_comes_back_says_what_was_missed_and_how_long_ago(words):
    back = Event(40 * DAY, "unmet", "Centralen", requested=5 * DAY, subject="back_to_gp", origin="gp")
    assert words.tell(back) == (
        "Behovet kommer tillbaka: fick ingen läkartid, söker läkare igen 35 dagar efter första gången"
    )
    nurse = Event(6 * DAY, "unmet", "Centralen", requested=5 * DAY, subject="back_to_gp", origin="nurse")
    assert words.tell(nurse) == (
        "Behovet kommer tillbaka: besöket hos sköterska uteblev, söker läkare igen 1 dag efter första gången"
    )


def test_the_visit_of_a_need_that_came_back_says_so(words):
    visit = Event(42 * DAY, "gp_visit", "Centralen", "own_gp", 7, requested=40 * DAY, origin="back_to_gp")
    assert words.tell(visit) == "Läkarbesök: fast läkare (A), väntan 2 dagar; behovet som kom tillbaka"


def test_a_stay_made_longer_says_why(words):
    stay = Event(
        DAY, "admission", "Länssjukhuset i Kalmar", requested=DAY - 10 * HOUR, until=4 * DAY, ward="medicine",
        cause="fall", outcome="home", origin="longer_stay",
    )  # fmt: skip
    assert words.tell(stay) == (
        "Inlagd (Kalmar), medicin, orsak fall, 10 tim 0 min väntan på säng; 3 dygn; "
        "längre vårdtid efter lång väntan på vårdplats; hem"
    )


def test_a_stay_from_before_the_first_day_has_no_ward_to_tell(words):
    stay = Event(0, "admission", "Länssjukhuset i Kalmar", "ward_staff", until=2 * DAY, outcome="home")
    assert words.tell(stay) == "Inlagd (Kalmar) sedan före 2023; 2 dygn; hem"


@pytest.mark.parametrize(
    ("outcome", "text"),
    [("to_hospital", "Sista sjukdomen: in på sjukhus"), ("in_hospital", "Sista sjukdomen: ligger redan på sjukhus")],
)
def test_the_last_illness(outcome, text, words):
    assert words.tell(Event(DAY, "last_illness", outcome=outcome)) == text


@pytest.mark.parametrize(
    ("kind", "outcome", "text"),
    [("partner_died", "", "Förlorar sin partner"),
     ("carer_admitted", "place", "Partnern som hjälper till hemma läggs in på sjukhus; korttidsplats under tiden"),
     ("carer_admitted", "none", "Partnern som hjälper till hemma läggs in på sjukhus; ingen korttidsplats finns"),
     ("palliative_care", "begins", "Specialiserad palliativ vård hemma börjar"),
     ("palliative_care", "none", "Vill ha palliativ vård hemma, men ingen plats finns")],
)  # fmt: skip
def test_the_partner_and_the_last_months(kind, outcome, text, words):
    assert words.tell(Event(DAY, kind, "Kalmar", outcome=outcome)) == text


def test_where_somebody_dies(words):
    texts = {place: words.tell(Event(DAY, "died", outcome=place)) for place in DEATHS_SV}
    assert texts["home_nursing"] == "Avlider hemma med hemsjukvård"
    assert len(set(texts.values())) == len(DEATHS_SV)
    after = Event(DAY, "died", outcome="hospital", origin="death_after_boarding")
    assert words.tell(after) == "Avlider på sjukhus, efter lång väntan på vårdplats"
    assert words.tell(emergency("last_illness", outcome="died")).endswith("den sista sjukdomen; avled där")


def test_why_paths_part_for_want_of_care_has_words():
    assert {"unmet", "missed"} <= set(REASONS_SV)


def test_whatever_happens_to_anybody_can_be_told(history, empty_region):
    """Of all to whom unmet need brought something."""
    state, told = history.simulation.state, set()
    for slot in np.unique(history.log[history.log[:, 1] == UNMET, 2]):
        rows = history.log[history.log[:, 2] == slot]
        moment = moment_of(int(state.seed[0]), int(state.person["key"][slot]))
        events = EventLog(rows, empty_region, False, moment).events()
        words = Words(empty_region)
        words.meet(events, 0)
        assert all(words.tell(event) for event in events)
        told |= {event.kind for event in events}
    assert {"unmet", "last_illness", "partner_died", "died", "admission", "emergency_visit", "fell_away"} <= told
