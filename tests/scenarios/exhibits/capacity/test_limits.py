from made_up_answer import made_up

from scenarios.exhibits.capacity import limits
from scenarios.findings.binding import Binding


def binding(resource, label, rank, lost, scenario="battre", lack=None, difference=-10.0):
    sentence = f"{label}: {lost} förfrågningar; 10 färre än i det som jämförs med."
    units = (("Kalmar", 0.75 * lost), ("Västervik", 0.25 * lost))
    return Binding(
        scenario, 2030, rank, resource, label, lost, 5.0, 80.0, lack, difference, -12.0, -8.0, units, sentence
    )


HERE = [
    binding("gp_time", "Läkartid på hälsocentralerna", 1, 100.0),
    binding("beds", "Vårdplatser på sjukhus", 2, 40.0, lack=12.0),
    binding("home_nursing", "Sjukskötersketid i hemsjukvården", 0, 0.0),
]


def test_sentences_name_what_is_compared_with():
    told = limits.sentences(made_up(), HERE)
    assert told[0].endswith("10 färre än i Nuläge.")
    assert len(told) == 2
    assert limits.sentences(made_up(), HERE[2:]) == ["Inget begränsar: allt som efterfrågades gavs i tid."]


def test_what_sufficed_is_told_too():
    assert limits.enough(HERE) == "Räckte till: sjukskötersketid i hemsjukvården."
    assert limits.enough(HERE[:2]) == ""


def test_the_table_is_of_the_scenario_and_the_chart_has_todays_course_beside_it():
    today = [binding("beds", "Vårdplatser på sjukhus", 1, 90.0, "nulage", difference=None)]
    found = limits.exhibit(made_up(), HERE, today, 2030)
    assert [row["rank"] for row in found.rows] == [1, 2, None]
    assert found.rows[0]["where"] == "Kalmar 75\u00a0%, Västervik 25\u00a0%"
    assert found.rows[1]["lack"] == "12 timmar på akuten i väntan på vårdplats"
    drawn = found.draw(False)["datasets"]["figures"]
    assert [(row["name"], row["resource"]) for row in drawn] == [
        ("battre", "Läkartid på hälsocentralerna"), ("nulage", "Vårdplatser på sjukhus"),
        ("battre", "Vårdplatser på sjukhus"), ("battre", "Sjukskötersketid i hemsjukvården"),
    ]  # fmt: skip
    assert found.alt.startswith("Andel av det efterfrågade som inte gavs i tid 2030, Bättre")


def test_of_todays_course_alone_nothing_is_shown_twice():
    found = limits.exhibit(made_up(), HERE, HERE, 2030)
    assert len(found.draw(True)["datasets"]["figures"]) == 3
