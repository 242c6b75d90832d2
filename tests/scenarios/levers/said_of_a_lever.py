"""A program that prints as JSON what the sources on its path say of a lever and of a strategy that uses it alone.

Run by a test on a copy of the sources: `python said_of_a_lever.py LEVER STRATEGY.yaml`. Nothing is simulated.
"""

import json
import sys
from dataclasses import astuple
from pathlib import Path

from streamlit.testing.v1 import AppTest

from calibration.lever_charts import plan
from calibration.registers import lever_page
from scenarios.exhibits.lever_words import button_sv, today_sv
from scenarios.levers.registry import LEVERS, levers_in
from scenarios.levers.today import reached_sv, today_of
from scenarios.pages.lever_card import marks_name, slider_name
from scenarios.pages.levers_panel import AREA_KEY
from scenarios.running.engine import load_region
from scenarios.strategies.scenario import Scenario, read_strategy
from scenarios.strategies.schema import strategy_schema


def panel():
    from scenarios.pages import drafting, levers_panel
    from scenarios.running.engine import load_region
    from scenarios.strategies.draft import Draft
    from scenarios.strategies.library import find_strategies

    drafting.begin(Draft.of(find_strategies(["nulage"])[0]))
    levers_panel.levers(load_region("kalmar"))


def widget(elements, name):
    """Return the one of some elements that is drawn under a name."""
    return next(element for element in elements if element.key.startswith(f"{name}~"))


def drawn(lever):
    """Return what the page of its area shows when the lever's middle mark has been pressed."""
    app = AppTest.from_function(panel, default_timeout=60)
    app.session_state[AREA_KEY] = lever.area.name
    app.run()
    widget(app.button_group, marks_name(lever.name)).set_value("likely").run()
    return {
        "faults": [str(fault.value) for fault in app.exception],
        "labels": [slider.label for slider in app.select_slider],
        "value": widget(app.select_slider, slider_name(lever.name)).value,
        "texts": [str(element.value) for element in app.markdown],
    }


def used(strategy, region):
    """Return what a strategy changes and what it costs."""
    scenario = Scenario(region="kalmar", strategy=strategy)
    return {
        "changes": [astuple(change) for change in scenario.changes(region)],
        "bill": [astuple(item) for item in scenario.bill(region).items],
    }


def said(name, file):
    region, lever = load_region("kalmar"), LEVERS[name]
    today = today_of(lever, region)
    return {
        "registry": list(LEVERS),
        "area": [each.name for each in levers_in(lever.area)],
        "page": drawn(lever),
        "schema": strategy_schema()["$defs"]["LeverSetting"],
        "register": lever_page(),
        "charts": [scenario for scenario, _ in plan([lever], 3, 1, region.digest).scenarios],
        "marks": [button_sv(mark) for mark in lever.marks],
        "today": today_sv(today),
        "reached": reached_sv(lever, lever.low, today),
        **used(read_strategy(file, region), region),
    }


if __name__ == "__main__":
    print(json.dumps(said(sys.argv[1], Path(sys.argv[2])), default=str))
