"""Single cells and whole tables against a Table Schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.region.table_schema import TableProblem, foreign_key_problems, nearest, read_description, read_table

SCHEMA: dict[str, Any] = {
    "fields": [
        {"name": "code", "type": "string", "constraints": {"required": True, "pattern": r"\d{4}"}},
        {"name": "sex", "type": "string", "constraints": {"required": True, "enum": ["men", "women"]}},
        {"name": "persons", "type": "integer", "constraints": {"required": True, "minimum": 0}},
        {"name": "rate", "type": "number", "constraints": {"maximum": 1}},
    ],
    "primaryKey": ["code", "sex"],
}
HEADER = "code,sex,persons,rate\n"


def problems_of(tmp_path: Path, text: str) -> list[TableProblem]:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    problems: list[TableProblem] = []
    read_table(path, SCHEMA, problems)
    return problems


def test_a_good_table_is_typed_and_keeps_leading_zeros(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "0880,men,3,0.5\n0880,women,4,\n", encoding="utf-8")
    problems: list[TableProblem] = []
    table = read_table(path, SCHEMA, problems)
    assert not problems
    assert table is not None
    assert next(iter(table.rows())) == {"code": "0880", "sex": "men", "persons": 3, "rate": 0.5}
    assert table["rate"][1] != table["rate"][1], "a missing number is nan"
    assert len(table) == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("880,men,3,0.5", "code"),
        ("0880,man,3,0.5", "sex"),
        ("0880,,3,0.5", "sex"),
        ("0880, men,3,0.5", "sex"),
        ("0880,men,3.5,0.5", "persons"),
        ("0880,men,-3,0.5", "persons"),
        ("0880,men,1_000,0.5", "persons"),
        ("0880,men," + "9" * 5000 + ",0.5", "persons"),
        ('0880,men,3,"0,5"', "rate"),
        ("0880,men,3,nan", "rate"),
        ("0880,men,3,inf", "rate"),
        ("0880,men,3,50", "rate"),
        ("0880,men,3,½", "rate"),
        ("0880,men,٣,0.5", "persons"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column(tmp_path: Path, row: str, column: str) -> None:
    (problem,) = problems_of(tmp_path, HEADER + "0821,men,1,0\n" + row + "\n")
    assert (problem.file, problem.line, problem.column) == ("t.csv", 3, column)
    assert len(str(problem)) < 300


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "en tom fil"),
        (HEADER, "inga rader"),
        ("code,sex,person,rate\n0880,men,3,0\n", 'menade du "person"'),
        ("code,sex,rate,persons\n0880,men,0,3\n", "i ordningen"),
        (HEADER + "0880,men,3,0,5\n", "5 celler"),
        (HEADER + '0880,"men,3,0.5\n', "citattecken i par"),
        (HEADER + "0880,men,3,0\n0880,men,4,0\n", "först på rad 2"),
    ],
)
def test_a_bad_table_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in "\n".join(map(str, problems_of(tmp_path, text)))


def test_every_problem_is_reported_at_once(tmp_path: Path) -> None:
    found = problems_of(tmp_path, HEADER + "880,man,x,2\n")
    assert [problem.column for problem in found] == ["code", "sex", "persons", "rate"]


def test_a_missing_file_and_a_foreign_encoding_are_problems(tmp_path: Path) -> None:
    problems: list[TableProblem] = []
    assert read_table(tmp_path / "none.csv", SCHEMA, problems) is None
    path = tmp_path / "latin.csv"
    path.write_bytes((HEADER + "0880,män,3,0\n").encode("latin-1"))
    assert read_table(path, SCHEMA, problems) is None
    assert ["läsbar fil" in str(problems[0]), "UTF-8" in str(problems[1])] == [True, True]


def test_a_dangling_reference_gets_the_nearest_name(tmp_path: Path) -> None:
    texts = {"a": "key\nkalmar\n", "b": "place\nkalmr\n"}
    tables, resources = {}, []
    for name, column in (("a", "key"), ("b", "place")):
        (tmp_path / f"{name}.csv").write_text(texts[name], encoding="utf-8")
        schema: dict[str, Any] = {"fields": [{"name": column, "type": "string"}], "primaryKey": [column]}
        if name == "b":
            schema["foreignKeys"] = [{"fields": "place", "reference": {"resource": "a", "fields": "key"}}]
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
        tables[name] = read_table(tmp_path / f"{name}.csv", schema, [])
    (problem,) = foreign_key_problems({"resources": resources}, {k: t for k, t in tables.items() if t is not None})
    assert (problem.line, problem.nearest) == (2, "kalmar")


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        '{"resources": 3}',
        '{"resources": [{"name": "a"}]}',
        '{"resources": [{"name": "a", "path": "../a.csv", "schema": {"fields": [], "primaryKey": []}}]}',
        '{"resources": [{"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "x", "type": "date"}],'
        ' "primaryKey": []}}]}',
        '{"resources": [{"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "x", "type": "string",'
        ' "constraints": {"pattern": "("}}], "primaryKey": []}}]}',
        "[" * 100_000,
    ],
)
def test_a_bad_description_is_a_problem_not_a_crash(tmp_path: Path, text: str) -> None:
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    problems: list[TableProblem] = []
    assert read_description(tmp_path, problems) == {}
    assert problems


def test_nearest_names_nothing_when_nothing_is_near() -> None:
    assert nearest("kalmr", ["kalmar", "vastervik"]) == "kalmar"
    assert nearest("zzz", ["kalmar"]) == ""
