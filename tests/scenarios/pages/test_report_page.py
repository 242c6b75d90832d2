"""The page as a user meets it."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.pages import report
from scenarios.report.formats import FORMATS
from scenarios.report.origin import Origin, ToldScenario, today
from scenarios.strategies.library import find_strategies


def shown():
    from scenarios.pages import report

    def exhibit(key, draw=None):
        from scenarios.exhibits.exhibit import Column, Exhibit

        return Exhibit(key, key.capitalize(), "x", (Column("a", "A", 1),), ({"a": 1.0}, {"a": 2.0}), draw)

    def origin():
        from scenarios.report.origin import Origin, ToldScenario, today

        hostile = ToldScenario("egen", "<script>alert(1)</script>", "a" * 64)
        return Origin((hostile,), today(), "kalmar", "d" * 64, "1+x", "7", 3, command="naravard run")

    report.page(lambda: {"Översikt": [exhibit("ett"), exhibit("tva", dict)], "Ekonomi": [exhibit("tre")]}, origin)


def nothing():
    from scenarios.pages import report

    report.page(lambda: {}, lambda: None)


def with_paper():
    from scenarios.pages import report

    def origin():
        from scenarios.report.origin import Origin, ToldScenario, today

        return Origin((ToldScenario("nulage", "Nuläge"),), today(), "kalmar", replications=3)

    def exhibit():
        from scenarios.exhibits.exhibit import Column, Exhibit

        return Exhibit("ett", "Ett", "x", (Column("a", "A", 1),), ({"a": 1.0},))

    report.page(lambda: {"Översikt": [exhibit()]}, origin, lambda: lambda form: form.encode())


@pytest.fixture
def app():
    return AppTest.from_function(shown, default_timeout=60).run()


def text_of(app):
    bodies = "\n".join(element.proto.body for element in app.get("html"))
    shown = [str(element.value) for kind in ("markdown", "caption", "info", "code") for element in app.get(kind)]
    return "\n".join([*shown, re.sub(r"<style>.*?</style>|<[^>]*>", " ", bodies, flags=re.S)])


def download(app):
    (button,) = app.get("download_button")
    return button.proto


def box(app, key):
    return app.checkbox(key=key)


def test_everything_is_ticked_and_told_at_first(app):
    assert not app.exception
    assert all(found.value for found in app.checkbox)
    text = text_of(app)
    for part in ("Ett", "Tva", "Tre", "2 rader, 1 kolumner", "a" * 64, "naravard run", "frö 7", "modellversion 1+x"):
        assert part in text
    assert "Dokumentet kan göras när den första hela replikationen är klar." in text
    assert not download(app).disabled


def test_labels_are_text(app):
    bodies = "\n".join(element.proto.body for element in app.get("html"))
    assert "<script>" not in bodies
    assert "&lt;script&gt;" in bodies


def test_a_page_takes_all_of_its_own_with_it(app):
    box(app, "report-page-Översikt").uncheck().run()
    assert not box(app, "report-Översikt-ett").value
    assert not box(app, "report-Översikt-tva").value
    assert box(app, "report-Ekonomi-tre").value
    box(app, "report-page-Översikt").check().run()
    assert box(app, "report-Översikt-ett").value


def test_a_page_is_ticked_when_all_of_its_own_are(app):
    box(app, "report-Översikt-ett").uncheck().run()
    assert not box(app, "report-page-Översikt").value
    assert box(app, "report-Översikt-tva").value
    box(app, "report-Översikt-ett").check().run()
    assert box(app, "report-page-Översikt").value


def test_nothing_chosen_is_said_and_cannot_be_downloaded(app):
    box(app, "report-page-Översikt").uncheck().run()
    box(app, "report-page-Ekonomi").uncheck().run()
    assert download(app).disabled
    assert "Välj något att ta med" in text_of(app)


def test_pictures_need_a_chart(app):
    app.radio(key="report-form").set_value("pictures").run()
    assert not download(app).disabled
    box(app, "report-page-Översikt").uncheck().run()
    assert download(app).disabled
    assert "inga diagram" in text_of(app)


def test_every_form_can_be_chosen(app):
    for name, form in FORMATS.items():
        app.radio(key="report-form").set_value(name).run()
        assert not app.exception
        assert form.file_name in text_of(app)


def test_without_results_it_says_so():
    app = AppTest.from_function(nothing, default_timeout=60).run()
    assert not app.exception
    assert "inget resultat" in app.info[0].value


def test_the_assumptions_are_shown_lever_by_lever():
    told = [ToldScenario(s.name, s.label_sv, "h", s) for s in find_strategies(("nulage", "vard-hemma"))]
    text = report.assumptions_html(Origin(tuple(told), today()))
    assert "Inga spakar ändras" in text
    assert "Mobila team, besök" in text
    assert "full effekt 2028-01-01" in text


def test_the_preview_counts_rows_and_names_sheets():
    exhibit = Exhibit("x", "x" * 40, "x", (Column("a", "A"), Column("b", "B")), ({"a": "1"},))
    text = report.preview(report.Choice((exhibit,), FORMATS["csv"]))
    assert "1 rad, 2 kolumner" in text
    assert "innehåller 2 filer" in text
    assert f"Blad: {'x' * 31}<" in text


def test_a_whole_document_is_offered_in_every_form():
    app = AppTest.from_function(with_paper, default_timeout=60).run()
    assert not app.exception
    assert app.radio(key="report-paper-form").options == ["Word", "PDF", "PowerPoint", "Excel", "webbsida"]
    names = [button.proto.label for button in app.get("download_button")]
    assert names == ["Ladda ner rapporten", "Ladda ner dokumentet"]
