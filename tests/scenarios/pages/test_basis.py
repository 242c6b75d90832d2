from dataclasses import replace

from scenarios.pages import basis


def test_what_is_on_the_screen_becomes_a_document(service, answer, monkeypatch):
    monkeypatch.setattr(basis, "on_screen", lambda: answer)
    monkeypatch.setattr(basis, "strategies", lambda: {strategy.name: strategy for strategy in service.strategies})
    write = basis.paper()
    page = write("html").decode()
    assert "Med dagens kurs, utan nya beslut" in page
    assert "Fler läkartjänster" in page  # the strategy's own words: it was known
    assert "--out MAPP" in page


def test_a_first_answer_without_details_gives_none_yet(service, answer, monkeypatch):
    monkeypatch.setattr(basis, "strategies", lambda: {strategy.name: strategy for strategy in service.strategies})
    monkeypatch.setattr(basis, "on_screen", lambda: replace(answer, details=None))
    assert basis.paper() is None
    monkeypatch.setattr(basis, "on_screen", lambda: None)
    assert basis.paper() is None
