import pytest
from parsed_html import HOSTILE, Parsed, names

from scenarios.exhibits.sources import register_table as table
from scenarios.levers.registry import LEVERS
from scenarios.places.register import PARAMETERS, Entry, entries_of
from scenarios.places.register_words import FAMILIES_SV
from simulator.region.pack import load_region


@pytest.fixture(scope="module")
def register():
    return table.register_of(entries_of(load_region("kalmar")))


def entry(**given):
    about = {"table": "wards", "area": "Område", "name": "x.y", "label": "Benämning", "value": 1.5, "unit": "andel",
             "grade": "C", "source": "assumption: x"}  # fmt: skip
    return Entry(**{**about, **given})


def test_a_search_finds_what_it_says_whatever_the_case_and_dots(register):
    found = register.found("HEMSJUKVARD kalmar")
    assert found
    assert {e.name for e in found} < {e.name for e in register.entries}
    assert register.found("hemsjukvård Kalmar") == found
    assert any(e.name == "municipal_care.0880.short_term_places" for e in register.found("kalmar korttidsplatser"))
    assert register.found("consultation.gp_minutes")[0].name == "consultation.gp_minutes"


def test_without_a_choice_all_is_shown(register):
    assert register.found() == register.entries
    assert register.found("", "ABC", table.EVERYTHING) == register.entries


def test_grades_and_area_narrow_the_search(register):
    parts = [register.found(grades=grade) for grade in "ABC"]
    assert sum(map(len, parts)) == len(register.entries)
    assert {e.grade for e in parts[1]} == {"B"}
    area = register.found(area="Hemsjukvård")
    assert {e.area for e in area} == {"Hemsjukvård"}
    assert len(area) > 5


def test_areas_are_families_in_swedish_order_and_then_tables(register):
    families = register.areas[: len(FAMILIES_SV)]
    assert set(families) == set(FAMILIES_SV.values())
    assert families[0] == "Akutsjukvård"
    assert families[-1] == "Vårdens nivåer"
    assert "Tjänster" in register.areas
    assert {e.area for e in register.entries} == set(register.areas)


def test_parameters_come_first_by_area(register):
    count = len(load_region("kalmar").parameter_table)
    assert {e.table for e in register.entries[:count]} == {PARAMETERS}
    assert register.entries[0].area == "Akutsjukvård"


@pytest.mark.parametrize("text", [*HOSTILE, "\x00", "x" * 100_000, "%' OR 1=1", "((((", "\ud800"])
def test_hostile_searches_find_nothing_and_do_nothing(register, text):
    assert len(register.found(text)) < len(register.entries)


def test_counts_tell_parameters_and_tables_apart(register):
    text = table.counts_sv(register.entries)
    parameters = load_region("kalmar").parameter_table
    grade_a = sum(p.grade == "A" for p in parameters)
    assert text.startswith(f"{len(parameters)} parametrar: {grade_a} med grad A (")
    assert "tal i tabeller" in text
    assert table.counts_sv(()) == "Inga tal."
    assert table.counts_sv([entry(table=PARAMETERS)]) == (
        "1 parameter: 0 med grad A (0\xa0%), 0 med grad B (0\xa0%), 1 med grad C (100\xa0%)."
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.12, "0,12"), (0.0000158, "0,0000158"), (247711, "247\xa0711"), (-4.1577, "−4,1577"), (0.0, "0"),
     (1 / 3, "0,33333"), (1500000.0, "1\xa0500\xa0000"), (None, "–"), ("som x", "som x")],
)  # fmt: skip
def test_figures_are_written_with_what_counts(value, text):
    assert table._text(value) == text


@pytest.mark.parametrize(("low", "high", "text"), [(None, None, ""), (0.1, 0.2, "0,1–0,2"), (-1.0, 2.0, "−1 till 2")])
def test_a_range_is_written_as_swedes_do(low, high, text):
    assert table.span_of(entry(low=low, high=high)) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_pack_is_markup(text):
    hostile = entry(label=text, area=text, name=text, unit=text, source=text, note=text, distribution=text)
    parsed = Parsed(table.register_html([hostile], text))
    assert names(parsed).count("tr") == 2
    assert "script" not in names(parsed)
    assert "img" not in names(parsed)


def test_the_file_has_numbers_as_numbers_and_names_as_text():
    rows = table.register_exhibit([entry(low=1.0, high=2.0), entry(value="Nybro")]).rows
    assert (rows[0]["value"], rows[0]["text"], rows[0]["low"]) == (1.5, "", 1.0)
    assert (rows[1]["value"], rows[1]["text"]) == (None, "Nybro")


def test_every_finding_of_every_lever_is_there_with_its_source():
    found = table.evidence_of(LEVERS.values())
    assert len(found) == sum(len(lever.evidence) for lever in LEVERS.values())
    text = Parsed(table.evidence_html(found, "Om")).text
    assert all(lever.label_sv in text for lever in LEVERS.values() if lever.evidence)
    assert all(item.finding_sv in text for lever in LEVERS.values() for item in lever.evidence)


def test_findings_can_be_searched_and_filtered():
    found = table.evidence_of(LEVERS.values(), "utskrivningsklara", "A")
    assert {f.evidence.grade for f in found} == {"A"}
    assert all("utskrivningsklara" in f.evidence.source for f in found)
    assert "coordinated_discharge" in {f.lever.name for f in found}
    assert len(table.evidence_exhibit(found).rows) == len(found)
