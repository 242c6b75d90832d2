import json
from dataclasses import replace

import numpy as np
import pytest
import vl_convert
from made_up_answer import made_up

from scenarios.findings.attribution import Player
from scenarios.live.parts import PART_REPLICATIONS, Parts, parts_of
from scenarios.measures.figures import INDICATORS
from scenarios.pages import waterfall
from scenarios.running.engine import load_region

ED = INDICATORS["ed_visits"]
REGION = load_region("kalmar")


@pytest.fixture
def parts():
    players = (Player("Läkare", ("gp_posts",)), Player("Sämre <b>del</b>", ("agency_cover",)))
    return Parts(players, made_up().shown)


def test_contributions_are_what_each_adds_and_sum_to_the_whole(parts):
    first, second, whole = waterfall.contributions(made_up(), parts, ED)
    assert first["value"] == pytest.approx(-500, rel=0.02)
    assert second["value"] == pytest.approx(2500, rel=0.02)
    assert whole["value"] == pytest.approx(first["value"] + second["value"])
    assert (second["start"], second["end"]) == (pytest.approx(first["end"]), pytest.approx(whole["end"]))
    assert (whole["start"], whole["part"]) == (0.0, waterfall.WHOLE_STRATEGY)


def test_what_they_mean_follows_the_indicator(parts):
    found = waterfall.contributions(made_up(), parts, ED)
    assert [row["meaning"] for row in found] == ["bättre", "sämre", "sämre"]
    assert found[0]["end_low"] < found[0]["end"] < found[0]["end_high"]


def test_few_replications_are_called_preliminary(parts):
    found = waterfall.exhibit(made_up(), parts, ED, "Strategin")
    assert f"6 av {PART_REPLICATIONS} replikationer" in found.note
    assert found.title == "Strategin: bidrag till akutbesök 2030"
    assert "Läkare −" in found.alt
    single = waterfall.exhibit(made_up(replications=1), parts, ED, "Strategin")
    assert single.rows[0]["low"] is None


@pytest.mark.parametrize("replications", [1, 6])
@pytest.mark.parametrize("dark", [False, True])
def test_it_compiles(parts, dark, replications):
    spec = waterfall.exhibit(made_up(replications), parts, ED, "Strategin").draw(dark)
    assert vl_convert.vegalite_to_vega(json.loads(json.dumps(spec)))


def test_an_indicator_that_did_not_move_is_no_trouble(parts):
    answer = made_up()
    still = replace(answer, indicators_by_run=np.repeat(answer.indicators_by_run[:1], 3, axis=0))
    found = waterfall.contributions(still, parts, ED)
    assert [row["meaning"] for row in found] == ["ingen säker skillnad"] * 3


def test_progress_is_told_in_swedish():
    assert waterfall.progress_text("Simulatorn startar", 0, 0, 48) == "Simulatorn startar …"
    assert waterfall.progress_text("", 3, 0, 48) == "Väntar på sin tur, 3 före …"
    assert waterfall.progress_text("", 0, 5, 48) == "Räknar fram bidragen: 5 av 48 körningar är klara …"


# --- on the page


def script():
    import streamlit as st

    from scenarios.pages import frame, session, waterfall

    frame.prepare()
    waterfall.draw(session.service().answer(session.chosen()))
    st.caption("slut")


@pytest.fixture
def page(service):  # noqa: ARG001 - the service must be in place
    from streamlit.testing.v1 import AppTest

    return AppTest.from_function(script, default_timeout=60)


def button(page):
    return next(each for each in page.button if each.label == "Räkna fram bidragen")


def test_the_parts_are_simulated_when_asked_for_and_then_shown(page, service, charts_of):
    page.run()
    assert not page.exception
    assert not charts_of(page)
    button(page).click().run()
    for _ in range(60):
        page.run()
        if not any(each.label == "Räkna fram bidragen" for each in page.button) and charts_of(page):
            break
    assert not page.exception
    spec = json.loads(charts_of(page)[0].proto.spec)
    assert spec["layer"]
    assert "naravard attribute malbild-2030" in " ".join(each.value for each in page.markdown)
    assert len(json.loads(charts_of(page)[0].proto.spec)["layer"][2]["encoding"]["y"]["sort"]) == 6
    strategy = next(each for each in service.strategies if each.name == "malbild-2030")
    shown = parts_of(service.library[0], next(s for s in service.library if s.name == strategy.name), strategy, REGION)
    for each in shown.shown:
        assert len(service.reader.replications(each.course, PART_REPLICATIONS)) == PART_REPLICATIONS


def test_another_scenario_and_indicator_can_be_chosen(page):
    page.run()
    page.selectbox(key="waterfall-indicator").set_value("cost").run()
    last = len(page.selectbox(key="waterfall-scenario").options) - 1
    page.selectbox(key="waterfall-scenario").select_index(last).run()
    assert not page.exception


def test_the_command_names_a_strategy_of_the_library_or_a_file(service):
    own = service.strategies[1].model_copy(update={"name": "mitt-forslag"})
    assert waterfall.command("kontinuitet", service.strategies[1]) == "naravard attribute kontinuitet"
    assert waterfall.command("eget", own) == "naravard attribute mitt-forslag.yaml"
    assert waterfall.command("eget", None) == "naravard attribute eget.yaml"
