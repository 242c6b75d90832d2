from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.text.problems import ScenarioError
from scenarios.text.strict_yaml import MAX_BYTES, load, parse


def read(text):
    return parse(text.encode(), "f.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("off", "off"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("0880", "0880"),
        ("0x1f", "0x1f"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("1e3", 1000.0),
        ("-2.5E-1", -0.25),
        (".5", 0.5),
        ("-7", -7),
        ("0", 0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("2027-01-31", date(2027, 1, 31)),
        ("2027-1-1", "2027-1-1"),
        ("'5'", "5"),
        ('"true"', "true"),
        ("2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"),
        ("90+", "90+"),
        ("0-17", "0-17"),
    ],
)
def test_a_scalar_is_read_in_the_only_way_it_can_be_meant(text, value):
    data = read(f"key: {text}").data
    assert data == {"key": value}
    assert type(data["key"]) is type(value)


def test_lines_are_known_for_every_path():
    document = read("a: 1\nb:\n  - c: 2\n    d: [3,\n     4]\n")
    assert document.line(("b", 0, "c")) == 3
    assert document.line(("b", 0, "d", 1)) == 5
    assert document.line(("b", 0, "missing")) == 3
    assert document.place(("b", 0, "d", 1)) == "f.yaml:b[0].d[1]"


@pytest.mark.parametrize(
    ("text", "place", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3", "f.yaml:a", 3, "finns redan (rad 1)"),
        ("x:\n  a: 1\n  a: 1", "f.yaml:x.a", 3, "finns redan"),
        ("d: 2027-02-30", "f.yaml:d", 1, "datumet finns inte"),
        ("1: a", "f.yaml", 1, "nycklar måste vara text"),
        ("? [a, b]\n: 1", "f.yaml", 1, "nycklar måste vara text"),
        ("n: " + "9" * 5000, "f.yaml:n", 1, "för långt"),
    ],
)
def test_a_fault_that_leaves_the_rest_readable_is_noted_with_its_line(text, place, line, words):
    (problem,) = read(text).problems
    assert (problem.place, problem.line) == (place, line)
    assert words in problem.message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: &x 1\nb: 2", "ankare"),
        (b"a: *x", "ankare"),
        (b"a: !!python/object/apply:os.system ['true']", "taggar"),
        (b"a: !local 1", "taggar"),
        (b"[" * 100_000, "nästling"),
        (b"- " * 100_000, "nästling"),
        (b"{a: " * 50_000, "nästling"),
        (b"a: b: c", "inte giltig YAML"),
        (b"a: [1, 2", "inte giltig YAML"),
        (b"\ta: 1", "inte giltig YAML"),
        (b"--- 1\n--- 2", "inte giltig YAML"),
        (b"a: \x1b[31m", "inte giltig YAML"),
        (b"a: 1\x00", "NUL"),
        ("a: å".encode("latin-1"), "UTF-8"),
        ("a: å".encode("utf-16"), "UTF-8"),
        (b"a: " + b"x" * MAX_BYTES, "för stor"),
    ],
)
def test_what_is_outside_the_subset_is_refused(content, words):
    with pytest.raises(ScenarioError) as caught:
        parse(content, "f.yaml")
    assert words in caught.value.text()
    assert "f.yaml" in caught.value.text()


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert parse("a: 1".encode("utf-8-sig"), "f").data == {"a": 1}


def test_an_empty_file_holds_nothing():
    assert parse(b"", "f").data is None


@pytest.mark.parametrize("name", ["missing.yaml", "bad\0name.yaml", "."])
def test_a_file_that_cannot_be_read_is_a_scenario_error(tmp_path, name):
    with pytest.raises(ScenarioError, match="går inte att läsa"):
        load(tmp_path / name)


def assert_read_or_refused(content):
    try:
        document = parse(content, "f")
    except ScenarioError:
        return
    assert all(document.line(path) for path in document.lines)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    assert_read_or_refused(content)


@given(st.text(alphabet="ab:-[]{}&*!?|>'\"#%@, \n0179.e", max_size=80))
def test_any_yaml_like_text_is_read_or_refused(text):
    assert_read_or_refused(text.encode())
