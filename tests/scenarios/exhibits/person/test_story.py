"""A person's two paths in words."""

import re

import pytest
from made_company import life, year
from test_timeline import PAIR

from scenarios.exhibits.person.story import where_they_part, year_sentence, years


def test_where_they_part_tells_support_care_and_why():
    first, second, third = where_they_part(life(), PAIR)
    assert first == (
        "Stödet skiljer sig från den 1 juni 2027. Bara i Målbild 2030: närvårdsteam börjar följa upp."
    )  # fmt: skip
    assert second.startswith("Vården skiljer sig från den 5 maj 2028. Nuläge: akuten (Kalmar)")
    assert second.endswith("Samma händelse, men den slutar olika.")
    assert third.startswith("I Målbild 2030 följer ett närvårdsteam")


def test_paths_that_are_the_same_say_so():
    assert "Vägarna skiljs aldrig" in where_they_part(life(parted=None, parted_in_care=None), PAIR)[0]
    assert where_they_part(life(parted_in_care=None), PAIR)[-1] == "Kontakterna med vården är desamma, dag för dag."


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ({}, "Inget läkarbesök och inget akutbesök."),
        ({"gp_visits": 1}, "Ett läkarbesök (inget hos den fasta läkaren) och inget akutbesök."),
        (
            {"gp_visits": 3, "own_gp_visits": 1, "emergency_visits": 1, "days_hospital": 1, "home_visits": 120},
            "Tre läkarbesök (ett hos den fasta läkaren), ett akutbesök, en natt på sjukhus och 120 besök av "
            "hemsjukvården.",
        ),
        ({"days_gone": 365}, "Personen lever inte längre, eller har flyttat från länet."),
    ],
)
def test_a_year_in_a_sentence(figures, told):
    assert year_sentence(year(2027, **figures)) == told


def test_the_years_are_told_side_by_side_and_escaped():
    html = years(life(), PAIR, False)
    assert re.findall(r"<h3>(\d+)</h3>", html) == ["2027", "2028", "2029", "2030"]
    assert "&lt;blev inlagd&gt;" in html
    assert "<blev" not in html
    assert html.count("<details>") == 1  # 2027 alone has an everyday contact
    assert "Alla 2 händelser 2027" in html
    assert "Lika i båda:" in html
    assert html.count('role="table"') == html.count("<table")


def test_an_empty_year_says_so():
    assert "Inga vändpunkter i året." in years(life(), PAIR, True)
