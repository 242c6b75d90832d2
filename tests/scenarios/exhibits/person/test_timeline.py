"""The timeline of two paths: what is drawn, what is told."""

import json

import pytest
from made_company import OURS, life, told

from scenarios.exhibits.palette import DARK, LIGHT, looks
from scenarios.exhibits.person.events import MARKS, TIMELINE_ROWS, TURNS, group_of, present
from scenarios.exhibits.person.timeline import Pair, timeline
from scenarios.live.life import SIDES

LOOKS = looks(("nulage", "malbild-2030"))
PAIR = Pair(("Nuläge", "Målbild 2030"), (LOOKS["nulage"], LOOKS["malbild-2030"]), 2030)
KINDS = (
    "gp_visit", "nurse_visit", "health_promotion", "digital_contact", "referral_visit", "specialist_visit",
    "local_care_visit", "mobile_visit", "emergency_visit", "admission", "planned_admission", "hospital_at_home",
    "short_term", "housing_granted", "moved_in", "home_nursing", "diagnosis", "segment", "named_gp",
    "sent_to_emergency", "fell_away", "unmet", "partner_died", "carer_admitted", "palliative_care", "last_illness",
    "died", "moved_away",
    "team", "contact", "plan", "monitored",
)  # fmt: skip


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    a, b = sorted((luminance(one), luminance(other)))
    return (b + 0.05) / (a + 0.05)


@pytest.mark.parametrize("mark", MARKS.values(), ids=list(MARKS))
def test_marks_are_seen_on_light_and_on_dark(mark):
    assert contrast(mark.light, LIGHT.page) >= 3
    assert contrast(mark.dark, DARK.page) >= 3


def test_groups_of_a_row_differ_in_shape_and_every_row_is_used():
    assert {mark.row for mark in MARKS.values()} == set(range(len(TIMELINE_ROWS)))
    for row in range(len(TIMELINE_ROWS)):
        shapes = [mark.shape for mark in MARKS.values() if mark.row == row]
        assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_group(kind):
    assert group_of(told("2027-01-01", kind, "x")) in MARKS


def test_the_fixed_gp_is_told_from_others():
    found = {group_of(told("2027-01-01", "gp_visit", "x", who=who)) for who in ("own_gp", "locum", "resident")}
    assert found == {"own_gp", "other_gp"}
    assert present(OURS) == ["stay", "emergency", "own_gp", "contact", "situation"]


def test_an_emergency_of_unmet_need_is_told_from_others():
    assert group_of(told("2027-01-01", "emergency_visit", "x", origin="urgent_home_help")) == "unmet"
    for origin in ("", "gp", "return", "last_illness"):
        assert group_of(told("2027-01-01", "emergency_visit", "x", origin=origin)) == "emergency"


def test_what_did_not_take_place_is_no_contact_and_a_need_that_comes_back_is_a_turn():
    assert group_of(told("2027-01-01", "fell_away", "x")) == group_of(told("2027-01-01", "unmet", "x")) == "missed"
    assert {"unmet", "last_illness"} <= set(TURNS)
    assert "fell_away" not in TURNS


def values(spec):
    return [row for layer in spec["layer"] for row in layer["data"]["values"]]


@pytest.mark.parametrize("dark", [False, True])
def test_the_chart_has_both_lanes_the_parting_and_time_after_death(dark):
    made = life()
    spec = timeline(made, PAIR).draw(dark)
    rows = values(spec)
    assert {row["scenario"] for row in rows if "scenario" in row} == set(PAIR.labels)
    drawn = sum(len(made.paths[side]) for side in SIDES)
    assert sum("what" in row and "scenario" in row for row in rows) == drawn
    texts = [layer["mark"].get("text", "") for layer in spec["layer"]]
    assert "här skiljs vägarna, den 1 juni 2027" in texts
    assert [row["day"] for row in rows if row.get("until") == "2031-01-01"] == ["2029-02-01"]
    json.dumps(spec)


def test_the_table_has_every_event_once_and_the_same_is_told_as_such():
    rows = timeline(life(), PAIR).rows
    assert len(rows) == 6
    assert [row["theirs"] for row in rows].count("lika") == 2
    assert rows[3] | {"ours": "", "theirs": ""} == {
        "day": "2028-05-05", "until": "", "kind": "Akutbesök", "ours": "", "theirs": "",
    }  # fmt: skip
    assert rows[3]["theirs"].endswith("fick gå hem")


def test_the_alternative_text_tells_the_story():
    alt = timeline(life(), PAIR).alt
    for part in ("Vägarna skiljs den 1 juni 2027", "I Nuläge 16 läkarbesök", "4 nätter på sjukhus", "avlider"):
        assert part in alt
    assert "lika hela tiden" in timeline(life(parted=None, parted_in_care=None), PAIR).alt


def test_the_alternative_text_counts_emergencies_of_unmet_need_since_the_strategies():
    urgent = [
        told(f"{year}-03-01", "emergency_visit", "Akuten", origin="urgent_waiting") for year in (2026, 2027, 2028)
    ]
    died = told("2029-02-01", "died", "Avlider på sjukhus, efter lång väntan på vårdplats")
    alt = timeline(life(paths=((*urgent, died), ()), pairs=()), PAIR).alt
    assert "1 akutbesök, 2 av dem av ouppfyllt behov, 4 nätter" in alt
    assert "och avlider på sjukhus den 1 februari 2029" in alt


def test_what_did_not_take_place_is_drawn_above_everyday_contacts():
    missed, contact = told("2027-03-04", "fell_away", "x"), told("2027-03-05", "nurse_visit", "x")
    layers = timeline(life(paths=((missed, contact), ()), pairs=()), PAIR).draw(False)["layer"]
    assert [[row["group"] for row in layer["data"]["values"]] for layer in layers[-2:]] == [
        [MARKS["contact"].label], [MARKS["missed"].label],
    ]  # fmt: skip


def test_paths_that_never_part_have_no_mark():
    spec = timeline(life(parted=None), PAIR).draw(False)
    assert not any("skiljs" in layer["mark"].get("text", "") for layer in spec["layer"])
