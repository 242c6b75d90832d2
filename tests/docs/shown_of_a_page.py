"""A program that prints as JSON what the page of the how-to shows on an answer known by heart; run on a copy."""

import json
import re

from made_up_answer import made_up
from streamlit.testing.v1 import AppTest

from scenarios.exhibits.capacity import emergency_time
from scenarios.places.names import hospital_names
from scenarios.running.engine import load_region


def whole():
    from made_up_answer import made_up

    from scenarios.pages import emergency, frame

    frame.scenarios = made_up
    emergency.page()


def begun():
    from made_up_answer import made_up

    from scenarios.pages import emergency, frame

    frame.scenarios = lambda: made_up(details=False)
    emergency.page()


def menu():
    import streamlit as st

    from scenarios.pages import navigation

    for page in navigation.pages():
        st.write(f"{page.title}: {page.url_path}")


def drawn(script):
    """Return faults, words, and what charts say."""
    app = AppTest.from_function(script, default_timeout=60).run()
    kinds = ("title", "html", "markdown", "caption", "info", "error")
    bodies = [str(getattr(each, "value", None) or each.proto.body) for kind in kinds for each in app.get(kind)]
    charts = app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")
    return {
        "faults": [each.message for each in app.exception] + [each.value for each in app.error],
        "text": "\n".join(
            re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]*>", " ", b, flags=re.S) for b in bodies
        ),
        "charts": [chart.proto.alt for chart in charts],
    }


if __name__ == "__main__":
    rows = emergency_time.by_hospital(made_up(), hospital_names(load_region("kalmar"))).rows
    shown = {name: drawn(script) for name, script in (("whole", whole), ("begun", begun), ("menu", menu))}
    print(json.dumps({**shown, "rows": rows}))
