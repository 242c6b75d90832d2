"""`naravard report` on results of the smallest region, simulated once for two years of strategies."""

import json
import shutil

import pytest
from small_results import small_results

from scenarios.cli import main
from scenarios.commands.report import FORMS, SHEET_KINDS
from scenarios.documents.sheets import SHEETS
from scenarios.documents.writers.forms import DOCUMENT_FORMS
from scenarios.running.folder import DOCUMENTS_FOLDER
from scenarios.running.results import read_results


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(small_results(), tmp_path / "results")


def wrong(capsys, *words):
    assert main(["report", *map(str, words)]) == 2
    return capsys.readouterr().err


def test_forms_and_sheets_of_the_command_are_those_that_there_are():
    assert tuple(DOCUMENT_FORMS) == FORMS
    assert tuple(SHEETS) == SHEET_KINDS


def test_a_document_is_written_into_the_results_with_its_manifest(folder, capsys):
    assert main(["report", str(folder), "--format", "html,xlsx"]) == 0
    out = folder / DOCUMENTS_FOLDER
    assert sorted(path.name for path in out.iterdir()) == [
        "dokument.json", "strategidokument.html", "strategidokument.xlsx",
    ]  # fmt: skip
    assert "strategidokument.html" in capsys.readouterr().err
    page = (out / "strategidokument.html").read_text("utf-8")
    assert "Exempelregion" in page
    assert "finns ingen karta" in page
    assert "Kontinuitet, jämfört med dagens kurs 2028" in page
    told = json.loads((out / "dokument.json").read_text("utf-8"))
    assert told["scenarios"].keys() == {"nulage", "kontinuitet"}
    assert read_results(folder).sizes["scenario"] == 2


def test_sheets_have_a_page_each_and_say_that_centres_are_not_real(folder, tmp_path):
    out = tmp_path / "blad"
    assert main(["report", str(folder), "--sheets", "kommun,halsocentral", "--format", "html", "--out", str(out)]) == 0
    towns, centres = ((out / f"{name}.html").read_text("utf-8") for name in ("kommunblad", "halsocentralblad"))
    assert towns.count('class="own-page"') == 3
    assert centres.count('class="own-page"') == 4
    assert centres.count("ingen verklig enhet") == 4
    assert centres.count("Listade vid start") == 4


def test_every_bad_option_is_told_at_once(folder, tmp_path, capsys):
    (tmp_path / "mall.docx").write_text("ingen mall")
    err = wrong(
        capsys, folder, "--format", "docs,pdf", "--sheets", "komun", "--template", tmp_path / "mall.docx", "--out",
        tmp_path / "finns" / "inte" / "alls",
    )  # fmt: skip
    assert "4 problem" in err
    assert 'Menade du "docx"?' in err
    assert 'Menade du "kommun"?' in err
    assert "går inte att läsa som Word-mall" in err
    assert "mappen ovanför finns inte" in err
    assert not (folder / DOCUMENTS_FOLDER).exists()


def test_a_folder_that_holds_something_else_is_refused(folder, tmp_path, capsys):
    (tmp_path / "annat").mkdir()
    (tmp_path / "annat" / "viktigt.txt").write_text("rör ej")
    assert "innehåller annat" in wrong(capsys, folder, "--out", tmp_path / "annat")


def test_unknown_scenarios_and_no_results_are_told(folder, tmp_path, capsys):
    assert 'Menade du "kontinuitet"?' in wrong(capsys, folder, "--scenario", "kontinuiteten")
    assert "här finns inget resultat" in wrong(capsys, tmp_path)
