"""A followed person in figures, and people alike."""

from made_company import company, life
from test_timeline import PAIR

from scenarios.exhibits.person.person_years import sums, sums_alike, years, years_alike


def row(exhibit, figure):
    return next(row for row in exhibit.rows if row["figure"] == figure)


def test_sums_are_from_the_start_of_strategies():
    found = row(sums(life(), PAIR), "Nätter på sjukhus")
    assert (found["ours"], found["theirs"], found["difference"]) == ("4", "0", "−4")
    assert row(sums(life(), PAIR), "Läkarbesök på hälsocentral")["ours"] == "16"


def test_what_nobody_has_is_left_out():
    assert "Mobilt team" not in {row["figure"] for row in sums(life(), PAIR).rows}


def test_years_have_a_column_for_each_scenario_and_year():
    exhibit = years(life(), PAIR)
    assert [column.title for column in exhibit.columns][:3] == ["Mått", "2027 Nuläge", "2027 Målbild 2030"]
    assert len(exhibit.columns) == 9
    assert row(exhibit, "Akutbesök")["y20280"] == "1"


def test_people_alike_are_told_with_their_caveat():
    exhibit = sums_alike(company(), PAIR)
    nights, visits = exhibit.rows
    assert (nights["difference"], nights["sure"]) == (-1.0, "lägre i Målbild 2030")
    assert visits["sure"] == "ingen säker skillnad"
    assert "inte slumpen mellan replikationer" in exhibit.note
    assert row(years_alike(company(), PAIR), "Nätter på sjukhus")["y20281"] == "3,0"
