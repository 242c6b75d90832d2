from dataclasses import replace

import pytest
from small_results import small_results

from scenarios.documents.content import Bullets, Paragraph, Picture, PrintedTable
from scenarios.documents.results_read import COURSE_SV, material_of, material_of_answer
from scenarios.documents.strategy_document import strategy_document
from scenarios.report.origin import origin_of_answer
from scenarios.running.engine import load_region
from scenarios.running.results import read_results
from scenarios.strategies.library import library
from scenarios.text.problems import InputError


@pytest.fixture(scope="module")
def dataset():
    return read_results(small_results())


def section(document, key):
    return next(section for section in document.sections if section.key == key)


def texts(part):
    paragraphs = [block.text for block in part.blocks if isinstance(block, Paragraph)]
    return paragraphs + [cell for b in part.blocks if isinstance(b, PrintedTable) for row in b.rows for cell in row]


def test_the_course_is_called_by_what_it_is_and_strategies_are_known_by_their_hash(dataset):
    material = material_of(dataset)
    assert material.answer.labels == {"nulage": COURSE_SV, "kontinuitet": "Kontinuitet"}
    assert (material.today, material.last, material.draws) == (2026, 2028, 0)
    assert [told.strategy.name for told in material.origin.scenarios] == ["nulage", "kontinuitet"]
    assert material.created.isoformat()[:19] == dataset.attrs["created"][:19]


def test_a_strategy_of_the_same_name_that_does_something_else_is_not_taken_for_it(dataset):
    other = dataset.assign_coords(scenario_hash=("scenario", ["a" * 64, "b" * 64]))
    assert [told.strategy for told in material_of(other).origin.scenarios] == [None, None]


def test_a_strategy_of_ones_own_is_known_from_a_file_beside_the_results(dataset, tmp_path):
    text = library()["kontinuitet"].read_text("utf-8")
    own = tmp_path / "egen.yaml"
    own.write_text(text.replace("name: kontinuitet", "name: egen").replace("label_sv: Kontinuitet", "label_sv: Egen"))
    renamed = dataset.assign_coords(scenario=["nulage", "egen"])
    assert material_of(renamed).origin.scenarios[1].strategy is None
    assert material_of(renamed, beside=[tmp_path / "no", own]).origin.scenarios[1].strategy.name == "egen"
    own.write_text(text.replace("name: kontinuitet", "name: egen").replace("value: 1300", "value: 1200"))
    assert material_of(renamed, beside=[own]).origin.scenarios[1].strategy is None
    own.write_text("no: strategy")
    assert material_of(renamed, beside=[own]).origin.scenarios[1].strategy is None


def test_scenarios_can_be_chosen_and_another_be_compared_with(dataset):
    assert list(material_of(dataset, ("nulage",)).answer.labels) == ["nulage"]
    turned = material_of(dataset, None, "kontinuitet")
    assert (turned.baseline, turned.course, turned.strategies) == ("kontinuitet", "Kontinuitet", ("nulage",))


def test_a_strategy_that_others_are_compared_with_is_not_called_a_future_without_decisions(dataset):
    document = strategy_document(material_of(dataset, None, "kontinuitet"))
    told = [text for each in document.sections for text in texts(each)]
    bullets = [item for each in document.sections for b in each.blocks if isinstance(b, Bullets) for item in b.items]
    titles = [b.title for each in document.sections for b in each.blocks if isinstance(b, PrintedTable)]
    assert not [text for text in (*told, *bullets, *titles) if "utan nya beslut" in text.lower()]
    assert document.subtitle == "Dagens kurs jämförd med Kontinuitet till 2028"


def test_a_document_of_the_course_alone_has_no_strategies_in_it(dataset):
    document = strategy_document(material_of(dataset, ("nulage",)))
    assert "vem" not in [each.key for each in document.sections]
    assert document.subtitle == "Dagens kurs till 2028"


def test_results_of_an_older_version_give_what_they_can(dataset):
    gone = [name for name in dataset.data_vars if str(name).startswith(("resource_", "cost"))]
    older = dataset.drop_vars([*gone, "scenario_hash", "scenario_label"]).drop_attrs(deep=False)
    document = strategy_document(material_of(older.assign_attrs(region="template")))
    assert any("äldre version" in text for text in texts(section(document, "begransar")))
    assert any("finns inte i biblioteket" in text for text in texts(section(document, "fragan")))
    assert document.created.year == 2000


def test_results_with_nothing_to_tell_are_refused(dataset):
    for bare in (dataset[["population"]].isel(year=[]), dataset[["population"]].drop_vars("year")):
        with pytest.raises(InputError, match="äldre version"):
            material_of(bare)


def test_a_region_that_is_not_known_any_more_is_told(dataset):
    with pytest.raises(InputError, match="MAPP"):
        material_of(dataset.assign_attrs(region="atlantis"))


def test_an_answer_of_the_app_is_enough_for_the_whole_document(answer):
    """The library's results as they come with the project: 20 replications of the county."""
    material = material_of_answer(answer, origin_of_answer(answer, "naravard run"), load_region("kalmar"))
    assert material.label("nulage") == COURSE_SV
    document = strategy_document(material)
    assert any(block.map for block in section(document, "kommuner").blocks if isinstance(block, Picture))
    for key in ("vem", "begransar", "validering"):
        assert any(isinstance(block, PrintedTable) for block in section(document, key).blocks), key
    assert document.created.date() == material.origin.taken


def test_an_answer_without_details_is_not_enough(answer):
    with pytest.raises(ValueError, match="details"):
        material_of_answer(replace(answer, details=None), origin_of_answer(answer, ""), load_region("kalmar"))
