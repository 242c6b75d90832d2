"""Exhibits that reports are made of."""

import pandas as pd

from scenarios.exhibits.exhibit import Column, Exhibit

COLUMNS = (
    Column("year", "År"),
    Column("scenario", "Scenario"),
    Column("value", "Värde", 1, "besök", "Medelvärde över replikationerna."),
    Column("difference", "Skillnad", 1, sign=True),
)
ROWS = (
    {"year": 2030, "scenario": "Nuläge", "value": 1234.5678, "difference": None},
    {"year": 2030, "scenario": "Kontinuitet", "value": 1200.0, "difference": -34.5678},
)


def spec(dark):
    """A small chart with its figures in a table, as the app's charts have them."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "datasets": {"figures": pd.DataFrame(ROWS)},
        "data": {"name": "figures"},
        "mark": "bar",
        "width": "container",
        "height": 120,
        "encoding": {"x": {"field": "value", "type": "quantitative"}, "y": {"field": "scenario", "type": "nominal"}},
        "config": {"background": "#000000" if dark else "#ffffff"},
    }


def made(key="akutbesok", title="Akutbesök", rows=ROWS, draw=spec, **more):
    return Exhibit(key, title, "Akutbesök 2030: Nuläge 1 234,6.", COLUMNS, rows, draw, **{"unit": "besök", **more})
