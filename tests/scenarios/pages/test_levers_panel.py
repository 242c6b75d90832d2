"""The levers as a planner meets them, in a page of their own."""

import html
import re
from datetime import date
from typing import get_args

import pytest
from read_markdown import as_read
from steered_widget import widget
from streamlit.testing.v1 import AppTest

from scenarios.effects.areas import effect_of
from scenarios.effects.vocabulary import SIDES_SV
from scenarios.exhibits.sides import entry_sv
from scenarios.levers.amount import value_sv
from scenarios.levers.lever import ReachKind
from scenarios.levers.registry import AREAS, LEVERS, levers_in
from scenarios.pages.drafting import TABLE_KEY, Worktable
from scenarios.pages.lever_card import marks_name, slider_name
from scenarios.pages.lever_drawer import reach_name
from scenarios.pages.levers_panel import AREA_KEY
from scenarios.places.register import entries_named
from scenarios.running.engine import load_region
from scenarios.strategies.draft import Draft, History
from scenarios.strategies.library import find_strategies, library
from scenarios.strategies.scenario import check_strategy
from scenarios.text.exits import literal
from scenarios.text.strict_yaml import parse

LIBRARY = {strategy.name: strategy for strategy in find_strategies(library())}
ENGLISH = re.compile(r"\b(the|and|with|choose|select|value|year|none|nan|help|default)\b", re.I)
TWICE = b"""
name: tva
label_sv: 'Tv<b>\xc3\xa5</b> *r\xc3\xa4ckvidder*'
question_sv: F?
description_sv: B.
rationale: M.
levers:
  - {lever: gp_posts, value: 1.23, reach: {municipalities: ["0880"]}}
  - {lever: gp_posts, value: 0.9, start: 2028-03-01, reach: {municipalities: [Nybro, Borgholm]}}
"""


def script():
    import streamlit as st

    from scenarios.pages import drafting, levers_panel
    from scenarios.running.engine import load_region
    from scenarios.strategies.library import find_strategies

    baseline, base = find_strategies(["nulage", "kontinuitet"])
    drafting.begin(drafting.Draft.of(baseline))

    def count():
        st.session_state.asked = st.session_state.get("asked", 0) + 1

    levers_panel.levers(load_region("kalmar"), count)
    levers_panel.changes(baseline, base, count)


def page(draft=None, area=None):
    app = AppTest.from_function(script, default_timeout=60)
    if draft is not None:
        app.session_state[TABLE_KEY] = Worktable(History(draft))
    if area is not None:
        app.session_state[AREA_KEY] = area
    return app.run()


def draft_of(app):
    return app.session_state[TABLE_KEY].history.now


def texts(app):
    return as_read("\n".join(str(element.value) for element in app.markdown)).replace("\xa0", " ")


def set_values(app, values):
    for name, value in values.items():
        widget(app.select_slider, slider_name(name)).set_value(value)
    return app.run()


@pytest.mark.parametrize("area", AREAS, ids=[area.name for area in AREAS])
def test_every_lever_can_be_put_at_both_bounds_and_back(area):
    app = page(area=area.name)
    assert [slider.label for slider in app.select_slider] == [lever.label_sv for lever in levers_in(area)]
    for ends in ("low", "high", "neutral"):
        values = {lever.name: float(getattr(lever, ends)) for lever in levers_in(area)}
        set_values(app, values)
        assert not app.exception
        assert not app.error
        assert {name: draft_of(app).value(name) for name in values} == values
        shown = texts(app)
        for lever in levers_in(area):
            if values[lever.name] != lever.neutral:
                assert value_sv(lever, values[lever.name]).replace("\xa0", " ") in shown
        assert not ENGLISH.search(shown)
    assert draft_of(app).strategy.levers == ()


@pytest.mark.parametrize("area", AREAS, ids=[area.name for area in AREAS])
def test_every_mark_sets_its_lever(area):
    app = page(area=area.name)
    for lever in levers_in(area):
        widget(app.button_group, marks_name(lever.name)).set_value("likely")
    app.run()
    for lever in levers_in(area):
        assert draft_of(app).value(lever.name) == lever.marks[1].value
        assert widget(app.select_slider, slider_name(lever.name)).value == pytest.approx(lever.marks[1].value)


def test_a_mark_that_is_pressed_again_goes_back_to_today():
    app = page(area="hospital")
    widget(app.button_group, marks_name("beds")).set_value("high").run()
    assert draft_of(app).value("beds") == 1.2
    widget(app.button_group, marks_name("beds")).set_value(None).run()
    assert draft_of(app).strategy.levers == ()


def test_a_slider_that_lies_on_a_mark_lights_it():
    app = set_values(page(area="hospital"), {"beds": 1.1})
    assert widget(app.button_group, marks_name("beds")).value == "likely"
    set_values(app, {"beds": 1.15})
    assert widget(app.button_group, marks_name("beds")).value is None


def test_undo_redo_and_reset_move_the_sliders():
    app = set_values(page(area="hospital"), {"beds": 1.1})
    app.button(key="undo").click().run()
    assert widget(app.select_slider, slider_name("beds")).value == 1.0
    assert app.button(key="undo").disabled
    app.button(key="redo").click().run()
    assert widget(app.select_slider, slider_name("beds")).value == 1.1
    app.button(key="reset-base").click().run()
    assert draft_of(app).strategy == LIBRARY["kontinuitet"]
    app.button(key="reset-today").click().run()
    assert draft_of(app).strategy == LIBRARY["nulage"]
    assert app.button(key="reset-today").disabled
    assert app.session_state["asked"] == 5


def test_values_of_another_area_are_kept_while_they_are_not_drawn():
    app = set_values(page(area="hospital"), {"beds": 1.1})
    app.button_group(key=AREA_KEY).set_value("stress").run()
    set_values(app, {"mortality": 0.9})
    app.button_group(key=AREA_KEY).set_value("hospital").run()
    assert widget(app.select_slider, slider_name("beds")).value == 1.1
    assert draft_of(app).value("mortality") == 0.9
    assert any("Sjukhusens kapacitet (1 ändrad)" in option for option in app.button_group(key=AREA_KEY).options)


def test_what_was_changed_is_listed_and_each_can_be_taken_away():
    app = page(Draft.of(LIBRARY["kontinuitet"]).with_value("gp_recruitment", 2.0).without("agency_cover"))
    shown = texts(app)
    assert "**Rekrytering av läkare:** 1,0 → 2,0 från 2027 *" in shown
    assert "**Hyrläkare:** 0,50 → 1,00 (borttagen)" in shown
    assert "* Inte som i Kontinuitet." in shown
    app.button(key="remove-gp_recruitment-0").click().run()
    assert draft_of(app).settings("gp_recruitment") == ()


def test_nothing_changed_says_that_this_is_todays_course():
    assert "detta är dagens utveckling" in texts(page())


# --- the drawer


def opened(name, draft=None):
    app = page(draft, LEVERS[name].area.name)
    app.session_state[f"drawer-{name}"] = True
    return app.run()


@pytest.mark.parametrize("lever", LEVERS.values(), ids=list(LEVERS))
def test_the_drawer_tells_what_is_known_and_what_can_be_chosen(lever):
    value = lever.high if lever.high != lever.neutral else lever.low
    app = opened(lever.name, Draft.of(LIBRARY["nulage"]).with_value(lever.name, value))
    assert not app.exception
    shown = texts(app)
    sources = [evidence.source for evidence in lever.evidence if evidence.grade != "C"]
    for words in (lever.description_sv, lever.cost_sv, lever.staffing_sv, *sources):
        assert words.replace("\xa0", " ") in shown
    drawn = {kind for kind in get_args(ReachKind) if _has(app, reach_name(kind, lever.name))}
    assert drawn == set(lever.reach)
    both_sides(app, lever)


def both_sides(app, lever):
    """Every effect is there, closed, with its rule, each study on its side, the value of the region, the reasoning."""
    opening = [element.proto.body for element in app.get("html") if "nv-effect" in element.proto.body]
    assert len(opening) == bool(lever.effects)
    for part, effect in zip("".join(opening).split("<details")[1:], map(effect_of, lever.effects), strict=True):
        assert not part.startswith(" open")
        shown = html.unescape(re.sub(r"<[^>]*>", "", part))
        for text in (effect.label_sv, effect.rule_sv, effect.reasoning_sv, effect.not_in_model_sv):
            assert text in shown
        for entry in entries_named(load_region("kalmar"), effect.parameters):
            assert f"{entry.label}: {entry_sv(entry)}." in shown
        for side, name in SIDES_SV.items():
            listed = shown.partition(f"{name}{effect.on(side)[0].cite}")[2] if effect.on(side) else ""
            assert all(study.finding_sv in listed for study in effect.on(side)), (effect.key, side)
        swedish = re.sub(r'<span lang="en">.*?</span>', "", part)
        assert not ENGLISH.search(re.sub(r"<[^>]*>", " ", swedish))


def _has(app, key):
    return f"{key}~0" in app.session_state


def test_a_closed_drawer_is_not_drawn():
    app = page(Draft.of(LIBRARY["kontinuitet"]))
    assert "Cochrane" not in texts(app)
    assert not any("nv-effect" in element.proto.body for element in app.get("html"))
    assert not _has(app, "start-gp_recruitment-0")


def test_start_and_reach_are_chosen_in_the_drawer():
    app = opened("fall_prevention", Draft.of(LIBRARY["forebyggande"]))
    widget(app.button_group, "start-fall_prevention-0").set_value(date(2029, 1, 1)).run()
    widget(app.button_group, reach_name("municipality", "fall_prevention")).set_value(["Högsby", "Nybro"]).run()
    widget(app.button_group, reach_name("age_group", "fall_prevention")).set_value(["85-89", "90+"]).run()
    (setting,) = draft_of(app).settings("fall_prevention")
    assert (setting.start, setting.full_effect) == (date(2029, 1, 1), date(2031, 1, 1))
    assert setting.reach.municipalities == ("Högsby", "Nybro")
    assert setting.reach.age_groups == ("85-89", "90+")
    assert "Högsby, Nybro; 85–89 år, 90 år och äldre" in texts(app)


def test_municipalities_and_health_centres_exclude_each_other():
    app = opened("gp_posts", Draft.of(LIBRARY["nulage"]).with_value("gp_posts", 1.2))
    widget(app.button_group, reach_name("municipality", "gp_posts")).set_value(["Kalmar"]).run()
    assert widget(app.multiselect, reach_name("centre", "gp_posts")).disabled


def test_a_lever_set_for_two_reaches_has_a_slider_for_each_and_odd_values_stay():
    draft = Draft.of(check_strategy(parse(TWICE, "f")))
    app = opened("gp_posts", draft)
    assert not app.exception
    sliders = [widget(app.select_slider, slider_name("gp_posts", which)).value for which in (0, 1)]
    assert sliders == [1.23, 0.9]
    assert "Gäller Nybro, Borgholm" in texts(app)
    assert draft_of(app) == draft
    widget(app.select_slider, slider_name("gp_posts", 1)).set_value(1.1).run()
    assert [setting.value for setting in draft_of(app).settings("gp_posts")] == [1.23, 1.1]
    widget(app.button_group, reach_name("municipality", "gp_posts", 1)).set_value(["Kalmar"]).run()
    assert "redan satt" in app.error[0].value
    assert [setting.reach.municipalities for setting in draft_of(app).settings("gp_posts")][1] == ("Nybro", "Borgholm")
    widget(app.select_slider, slider_name("gp_posts", 1)).set_value(1.2).run()
    assert not app.error


# --- what a browser may send


@pytest.mark.parametrize("area", ["../x", "nothing", 5, "<b>"])
def test_an_area_that_does_not_exist_is_the_first(area):
    app = page(area=area)
    assert not app.exception
    assert widget(app.select_slider, slider_name(levers_in(AREAS[0])[0].name)).label


def test_a_step_that_cannot_be_taken_is_one_swedish_message_and_changes_nothing():
    from scenarios.pages import drafting

    app = page(area="hospital")
    before = draft_of(app)
    app.session_state[TABLE_KEY].fault = " ".join(drafting._without_places(_refused(before)))
    app.run()
    assert "utanför gränserna" in app.error[0].value
    assert draft_of(app) == before


def _refused(draft):
    from scenarios.text.problems import ScenarioError

    with pytest.raises(ScenarioError) as caught:
        draft.with_value("beds", 99.0)
    return caught.value


@pytest.mark.parametrize("text", ["**x** [y](z) `a` <b> $1$ :red[x]", "1. a", "# rubrik"])
def test_texts_of_others_are_shown_as_they_stand(text):
    assert as_read(literal(text)) == text
    assert not re.search(r"(?<!\\)[*\[<`$#:]", literal(text))
