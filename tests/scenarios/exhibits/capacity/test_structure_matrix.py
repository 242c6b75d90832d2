from html.parser import HTMLParser

from made_up_answer import made_up

from scenarios.exhibits.capacity import structure_matrix


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, _):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


def parsed(scenario, caption="x"):
    return Tags(structure_matrix.html(structure_matrix.cells(made_up(), scenario, 2030), caption, dark=False))


def test_four_levels_by_four_modes():
    found = parsed("battre")
    assert found.tags.count("td") == 16
    assert found.tags.count("th") == 9
    assert "Kön växte" in found.text


def test_differences_are_told_of_another_scenario_and_marked_where_not_sure():
    assert "(+50)" in parsed("battre").text
    assert structure_matrix.UNSURE_SIGN in parsed("battre").text
    assert "(" not in parsed("nulage").text


def test_a_hostile_caption_is_text():
    assert "script" not in parsed("battre", "<script>").tags


def test_idle_time_stands_beside():
    found = structure_matrix.cells(made_up(), "nulage", 2030)
    assert structure_matrix.idle_text(found) == "Ledig personaltid utanför rutorna: 1\u00a0000,0 miljoner kronor."
    assert structure_matrix.idle_text([]) == ""


def test_the_table_has_what_is_in_the_cells():
    answer = made_up()
    found = structure_matrix.cells(answer, "battre", 2030)
    rows = structure_matrix.exhibit(answer, found, "battre", 2030).rows
    assert {(row["level"], row["mode"]) for row in rows} == {
        ("Primärvård", "På plats"), ("Utanför rutorna", "Ledig personaltid"),
    }  # fmt: skip
    assert next(row for row in rows if row["figure"] == "Vård")["difference"] == 50.0


def test_without_details_there_are_no_cells():
    assert structure_matrix.cells(made_up(details=False), "nulage", 2030) == []
