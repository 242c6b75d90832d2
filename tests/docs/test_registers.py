import re
from pathlib import Path

import pytest

from calibration.plausibility_register import PLAUSIBILITY_PAGE
from calibration.register_text import cell, table_text
from calibration.registers import ARRAYS, EVIDENCE_PAGE, LEVER_PAGE, PARAMETER_PAGE, pages
from scenarios.effects.areas import all_effects
from scenarios.effects.sentences import carried_sv
from scenarios.effects.vocabulary import SIDES_SV
from scenarios.levers.registry import LEVERS
from scenarios.places.register import sourced
from scenarios.places.register_words import COLUMNS_SV, TABLES_SV
from simulator.core.world import TABLE
from simulator.region.checks import TABLES
from simulator.region.pack import load_region
from simulator.region.plausible.reference import totals
from simulator.region.table_schema import Table

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def made():
    return pages()


@pytest.mark.parametrize("name", [PARAMETER_PAGE, LEVER_PAGE, EVIDENCE_PAGE, ARRAYS, PLAUSIBILITY_PAGE])
def test_the_page_is_the_one_that_would_be_made_now(name, made):
    assert (DOCS / name).read_text(encoding="utf-8") == made[name], "run: python -m calibration.registers"


def test_every_parameter_has_one_row_with_its_source(made):
    for parameter in load_region("kalmar").parameter_table:
        (row,) = [line for line in made[PARAMETER_PAGE].splitlines() if line.startswith(f"| `{parameter.name}` |")]
        assert cell(parameter.source) in row
        assert f"| {parameter.grade} |" in row


def test_every_lever_has_a_section_with_all_its_evidence(made):
    sections = dict(part.split("\n", 1) for part in made[LEVER_PAGE].split("\n## ")[1:])
    assert list(sections) == list(LEVERS)
    for name, text in sections.items():
        assert all(item.source in text for item in LEVERS[name].evidence)
        assert all(f"evidens.md#{key.replace('.', '')}" in text for key in LEVERS[name].effects)


def test_every_effect_has_a_section_with_both_sides(made):
    sections = dict(part.split("\n", 1) for part in re.split(r"\n### ", made[EVIDENCE_PAGE])[1:])
    assert list(sections) == [effect.key for effect in all_effects()]
    for effect in all_effects():
        text = sections[effect.key]
        for said in (effect.label_sv, effect.rule_sv, effect.reasoning_sv, effect.not_in_model_sv, *carried_sv(effect)):
            assert said in text
        assert all(f"`{name}`" in text for name in effect.parameters)
        for side, name in SIDES_SV.items():
            rows = [line for line in text.splitlines() if line.startswith(f"| {name} |")]
            assert len(rows) == len(effect.on(side))
            assert all(cell(study.finding_sv) in row for row, study in zip(rows, effect.on(side), strict=True))


def test_every_array_has_one_row_with_its_type_dimensions_and_meaning(made):
    for array in TABLE.values():
        (row,) = [line for line in made[ARRAYS].splitlines() if line.startswith(f"| `{array.name}` |")]
        name, dtype, dims, unit, meaning, seen = (part.strip() for part in row.strip("|").split(" | "))
        assert (name, unit, meaning) == (f"`{array.name}`", array.unit, array.meaning.replace("|", "\\|"))
        assert dims == f"`{' × '.join(array.dims)}`"
        assert dtype == (f"record: {', '.join(array.dtype.names)}" if array.dtype.names else array.dtype.name)
        assert (seen == "yes") is array.seen


def test_every_total_has_one_row_with_its_range_and_source(made):
    for name, usual in totals().items():
        (row,) = [line for line in made[PLAUSIBILITY_PAGE].splitlines() if line.startswith(f"| `{name}` |")]
        assert (
            f"| {cell(usual.low)} | {cell(usual.high)} | {usual.unit} | {cell(usual.source)} | {usual.grade} |" in row
        )


def test_every_table_and_column_of_a_pack_has_a_swedish_name():
    assert set(TABLES_SV) == set(TABLES) - {"parameters"}
    columns = {column for name, text in TABLES.items() if name != "parameters" for column in text.split()}
    assert {c for c in columns if not c.endswith(("_source", "_grade"))} <= set(COLUMNS_SV)


def test_sources_are_counted_by_what_they_are_about():
    columns = {
        "beds": [1, 2, 3], "source": ["a", "b", "a"], "grade": ["A", "C", "A"],
        "ed_places": [1, 2, 3], "ed_places_source": ["x"] * 3, "ed_places_grade": ["C"] * 3,
    }  # fmt: skip
    found = sourced({"name": "hospitals"}, Table("hospitals.csv", columns))
    assert [(s.column, s.source, s.grade, s.rows) for s in found] == [
        ("", "a", "A", 2), ("", "b", "C", 1), ("ed_places", "x", "C", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.12, "0,12"), (-4.1577, "−4,1577"), (1500000.0, "1\xa0500\xa0000"), (float("nan"), ""), ("a|b\nc", "a\\|b c")],
)
def test_a_cell_is_written_as_swedes_do_and_keeps_to_its_cell(value, text):
    assert cell(value) == text


def test_a_table_has_as_many_cells_in_every_line():
    lines = table_text(("a", "b"), [(1, "x|y"), (2.5, "z")]).splitlines()
    assert {line.replace("\\|", "").count("|") for line in lines} == {3}
