import pytest
from steered_widget import widget
from streamlit.testing.v1 import AppTest

from scenarios.pages import drafting
from scenarios.pages.budget_panel import KEY, amount
from scenarios.pages.lever_card import slider_name


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("25", 25.0), ("12,5", 12.5), ("1 234,5", 1234.5), ("1\u00a0000", 1000.0)]
)
def test_amounts_are_read_as_swedes_write_them(text, value):
    assert amount(text) == value


@pytest.mark.parametrize("text", ["x", "1,2,3", "nan", "inf", "1e99", "<b>"])
def test_anything_else_is_no_amount(text):
    with pytest.raises(ValueError):  # noqa: PT011 - Python's own words or ours
        amount(text)


def script():
    from scenarios.pages import frame, workshop

    frame.prepare()
    workshop.page()


def test_a_budget_scales_the_levers_and_the_bill_says_so(service, text_of):  # noqa: ARG001
    shop = AppTest.from_function(script, default_timeout=60).run()
    assert not [each for each in shop.text_input if each.key.startswith(KEY)]
    widget(shop.select_slider, slider_name("listed_per_gp")).set_value(1100.0).run()
    widget(shop.select_slider, slider_name("gp_recruitment")).set_value(1.5).run()
    assert "kostar" in text_of(shop)
    assert "gp_recruitment" not in text_of(shop)
    widget(shop.text_input, KEY).set_value("1").run()
    assert not shop.exception
    assert shop.session_state[drafting.TABLE_KEY].history.now.strategy.budget_msek_per_year == 1.0
    assert "nedskalade" in text_of(shop)
    widget(shop.text_input, KEY).set_value("mycket").run()
    assert "är inget tal" in text_of(shop)
    assert shop.session_state[drafting.TABLE_KEY].history.now.strategy.budget_msek_per_year == 1.0
