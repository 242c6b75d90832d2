"""What each part of a strategy adds to what was there before it, as a waterfall, for the page that compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from scenarios.exhibits import marks
from scenarios.exhibits.exhibit import Column, Exhibit, Spec
from scenarios.exhibits.figures import HEADLINES
from scenarios.exhibits.money import bills
from scenarios.exhibits.palette import ink
from scenarios.exhibits.wording import VERDICTS_SV, counted
from scenarios.exhibits.wording import interval as interval_text
from scenarios.findings.attribution import in_sequence
from scenarios.findings.compare import ComparedFigure
from scenarios.live.answer import Answer, Shown, verdict
from scenarios.live.parts import PART_REPLICATIONS, Parts, parts_of
from scenarios.measures.figures import INDICATORS, Figure
from scenarios.pages import choices, frame, session
from scenarios.pages.show import show
from scenarios.running.engine import load_region
from scenarios.statistics.intervals import mean_of
from scenarios.statistics.limits import of_differences
from scenarios.strategies.defaults import HOME_REGION
from scenarios.strategies.strategy import Strategy
from scenarios.text.exits import literal
from scenarios.text.swedish import number

WHOLE_STRATEGY = "Hela strategin"
WORDS = ("bättre", "sämre", "säker skillnad", "ingen säker skillnad", "utan intervall", WHOLE_STRATEGY)
_COLOURS = {
    False: ("#0b6aa8", "#b3470b", "#5b4fc4", "#7d8a94", "#7d8a94", "#1f2a33"),
    True: ("#5db4ee", "#f59a5c", "#a9a1f5", "#85929c", "#85929c", "#eef2f5"),
}
"""Of a contribution by what it means, in the light and the dark theme; the signs stand beside the bars too."""
ORDER_SV = (
    "Insatserna läggs till en i taget, i strategins ordning, ovanpå dem som står före. **Ordningen spelar roll:** en "
    "annan ordning ger andra bidrag, för insatser kan förstärka varandra eller konkurrera om samma personal. Kommandot "
    "`{}` räknar fram andelar som inte beror på ordningen."
)


def draw(answer: Answer) -> None:
    """Draw the choice of scenario and indicator, and the waterfall as far as it has been worked out."""
    st.subheader("Vad varje insats bidrar med", anchor=False)
    offered = [each for each in answer.shown if each.name != answer.baseline and each.course.changes]
    if not offered:
        st.markdown("Välj ett scenario med insatser för att se vad var och en bidrar med.")
        return
    left, right = st.columns(2)
    with left:
        whole = choices.one_of("Scenario", offered, "waterfall-scenario", lambda each: answer.labels[each.name])
    with right:
        name = choices.one_of("Mått", _indicators(answer), "waterfall-indicator", lambda n: INDICATORS[n].label_sv)
    strategy = session.strategies().get(whole.name)
    today = next(each for each in answer.shown if each.name == answer.baseline)
    parts = parts_of(today, whole, strategy, load_region(HOME_REGION))
    of_parts = session.service().answer(parts.shown, PART_REPLICATIONS)
    if of_parts is not None and name in of_parts.names:
        show(exhibit(of_parts, parts, INDICATORS[name], answer.labels[whole.name]))
    if strategy is not None and strategy.budget_msek_per_year is not None:
        st.markdown(literal(bills.text(bills.bill_of(whole, strategy, load_region(HOME_REGION)))))
    st.markdown(ORDER_SV.format(command(whole.name, strategy)))
    if of_parts is None or of_parts.replications < PART_REPLICATIONS or of_parts.details is None:
        _work(parts)


def command(name: str, strategy: Strategy | None) -> str:
    """Return the command that tells the parts' shares whatever their order; an own scenario is a file there."""
    known = {each.name for each in session.service().library}
    file = f"{strategy.name if strategy else name}.yaml"
    return f"naravard attribute {name if name in known else file}"


def _indicators(answer: Answer) -> list[str]:
    present = [indicator.name for indicator in answer.indicators]
    return [n for n in HEADLINES if n in present] + [n for n in present if n not in HEADLINES]


# --- the work


def _asker() -> str:
    return f"{st.session_state.asker}-parts"


def _work(parts: Parts) -> None:
    """Draw the button that has the parts simulated, or how far that has come."""
    if st.session_state.get("parts_wanted") == parts.key:
        _progress(len({each.course for each in parts.shown}))
        return
    st.button("Räkna fram bidragen", on_click=_want, args=(parts,), type="primary")
    count = len(parts.shown) - 2
    runs_sv = counted(max(count, 0), "nytt scenario", "nya scenarier")
    runs = counted(PART_REPLICATIONS, "replikation", "replikationer")
    st.caption(literal(f"Högst {runs_sv} simuleras i bakgrunden, med {runs} vardera."))


def _want(parts: Parts) -> None:
    st.session_state.parts_wanted = parts.key
    st.session_state.parts_passed = 0
    session.service().want(_asker(), _once(parts.shown), PART_REPLICATIONS)


def _once(scenarios: Sequence[Shown]) -> list[Shown]:
    return list({each.course.key: each for each in scenarios}.values())


@st.fragment(run_every=1.0)
@frame.guarded
def _progress(courses: int) -> None:
    """Follow the work; the page is drawn anew as replications come in, and when nothing is being done any more."""
    standing = session.service().standing(_asker())
    if standing.failure:
        st.error(literal(standing.failure))
        return
    ready = standing.done // max(1, courses)
    if standing.total == 0 or standing.finished:
        st.session_state.parts_wanted = ""
        st.rerun()
    if ready > st.session_state.get("parts_passed", 0):
        st.session_state.parts_passed = ready
        st.rerun()
    share = min(1.0, standing.done / max(1, standing.total))
    st.progress(share, text=progress_text(standing.note, standing.ahead, standing.done, standing.total))


def progress_text(note: str, ahead: int, done: int, total: int) -> str:
    """Say in Swedish how far the work on the parts has come."""
    if note:
        return f"{note} …"
    if ahead and not done:
        return f"Väntar på sin tur, {ahead} före …"
    return f"Räknar fram bidragen: {done} av {total} körningar är klara …"


# --- the exhibit


def contributions(answer: Answer, parts: Parts, indicator: Figure) -> list[dict[str, Any]]:
    """Return what each part adds in the last year with its 95 % interval and the running total; then the total."""
    count = len(parts.players)
    samples = [answer.sample(indicator.name, each.name, answer.last_year) for each in parts.shown]
    values = {2**k - 1: sample.astype(np.float64) for k, sample in enumerate(samples)}
    added = in_sequence(values, count)
    total = values[2**count - 1] - values[0]
    running = np.concatenate([[0.0], added.mean(axis=1).cumsum()])
    rows = [
        _row(player.label_sv, sample, running[k], indicator)
        for k, (player, sample) in enumerate(zip(parts.players, added, strict=True))
    ]
    return [*rows, _row(WHOLE_STRATEGY, total, 0.0, indicator) | {"kind": WHOLE_STRATEGY}]


def _row(label: str, sample: Any, start: float, indicator: Figure) -> dict[str, Any]:
    mean = mean_of(sample, of_differences(indicator.limits))
    value, (low, high) = mean.value, mean.bounds
    record = ComparedFigure(indicator.name, indicator.unit, 0, "", 0.0, None, None, value, low, high, None)
    meaning = VERDICTS_SV[verdict(record, indicator.good)]
    return {
        "row": label, "part": label, "value": value, "low": low, "high": high, "start": start, "end": start + value,
        "end_low": None if low is None else start + low, "end_high": None if high is None else start + high,
        "kind": meaning, "meaning": meaning,
    }  # fmt: skip


def exhibit(answer: Answer, parts: Parts, indicator: Figure, label: str) -> Exhibit:
    """Return the waterfall of a strategy: bars from the running total before to that after, and the whole."""
    steps = contributions(answer, parts, indicator)
    places, unit = indicator.decimals, indicator.unit_sv
    before = answer.record(indicator.name, parts.shown[0].name, answer.last_year).value
    words = "; ".join(f"{row['part']} {number(row['value'], places, sign=True)}" for row in steps)
    done = answer.replications
    runs = counted(done, "replikation", "replikationer")
    few = f" Preliminärt: {done} av {PART_REPLICATIONS} replikationer är klara." if done < PART_REPLICATIONS else ""
    return Exhibit(
        key=f"bidrag-{indicator.name.replace('_', '-')}",
        title=f"{label}: bidrag till {indicator.label_sv[0].lower()}{indicator.label_sv[1:]} {answer.last_year}",
        unit=unit,
        alt=f"Vad varje del av {label} lägger till, {indicator.label_sv}, {unit}, {answer.last_year}. {words}.",
        columns=(
            Column("part", "Del", None, "", "Insats eller grupp av insatser, i strategins ordning."),
            Column("value", "Bidrag", places, unit, "Vad delen lägger till dem som står före.", sign=True),
            Column("low", "Undre gräns", places, unit, "Undre gräns för bidragets 95 %-intervall.", sign=True),
            Column("high", "Övre gräns", places, unit, "Övre gräns för bidragets 95 %-intervall.", sign=True),
            Column("end", "Löpande summa", places, unit, "Skillnad mot dagens kurs när delen är med.", sign=True),
            Column("meaning", "Betyder", None, "", "Sägs bara när intervallet inte rymmer noll."),
        ),
        rows=steps,
        draw=partial(_draw, steps, indicator),
        note=f"Utan insatser: {number(before, places)} {unit}. Strecken är 95 %-intervall. Räknat på {runs}, därför "
        f"kan summan skilja något från skillnaden ovan.{few}",
        scenarios=(label,),
    )


def _draw(steps: Sequence[Mapping[str, Any]], indicator: Figure, dark: bool) -> Spec:
    places = indicator.decimals
    bars = [
        {
            **row, "row": marks.wrapped(row["row"]), "order": n, "text": number(row["value"], places, sign=True),
            "edge": max(row["start"], row["end"], row["end_high"] or row["end"]),
            "interval_text": interval_text(row["low"], row["high"], places),
            "end_text": number(row["end"], places, sign=True),
        }
        for n, row in enumerate(steps)
    ]  # fmt: skip
    return marks.finished({"layer": _layers(bars, indicator, dark)}, bars, dark, 46 * len(bars) + 90)


def _layers(bars: Sequence[Mapping[str, Any]], indicator: Figure, dark: bool) -> list[Spec]:
    form = f"(datum.value > 0 ? '+' : '') + format(datum.value, '{marks.number_format(indicator.decimals)}')"
    x = {
        "type": "quantitative", "title": f"skillnad mot dagens kurs, {indicator.unit_sv}",
        "axis": {"labelExpr": form, "tickCount": 4, "labelOverlap": True}, "scale": {"zero": True, "padding": 48},
    }  # fmt: skip
    y = {
        "field": "row", "type": "nominal", "title": None, "sort": [row["row"] for row in bars],
        "scale": {"paddingInner": 0.35},
        "axis": {"labelExpr": marks.WRAPPED, "labelLimit": 190, "ticks": False, "domain": False},
    }  # fmt: skip
    return _drawn(x, y, _colour(bars, dark), dark)


def _colour(bars: Sequence[Mapping[str, Any]], dark: bool) -> Spec:
    """Return the channel that tells what contributions mean; only what is there is in the legend."""
    used = [word for word in WORDS if any(row["kind"] == word for row in bars)]
    scale = {"domain": used, "range": [_COLOURS[dark][WORDS.index(word)] for word in used]}
    return {"field": "kind", "type": "nominal", "legend": {"title": None}, "scale": scale}


def _drawn(x: Spec, y: Spec, colour: Spec, dark: bool) -> list[Spec]:
    colours, order = ink(dark), {"field": "order", "type": "quantitative"}
    tips = marks.tips(
        ("part", "Del"), ("text", "Bidrag"), ("interval_text", "95 %-intervall"), ("meaning", "Betyder"),
        ("end_text", "Löpande summa"),
    )  # fmt: skip
    return [
        marks.zero("x"),
        {"mark": {"type": "line", "interpolate": "step-before", "strokeWidth": 1, "color": colours.rule},
         "transform": [{"filter": f"datum.kind != '{WHOLE_STRATEGY}'"}],
         "encoding": {"y": y, "x": {"field": "end", **x}, "order": order}},
        {"mark": {"type": "bar"},
         "encoding": {"y": y, "x": {"field": "start", **x}, "x2": {"field": "end"}, "color": colour, "tooltip": tips}},
        *marks.whiskers({"y": y, "x": {"field": "end_low", **x}, "x2": {"field": "end_high"}}, dark),
        {"mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 13, "color": colours.text},
         "encoding": {"y": y, "x": {"field": "edge", **x}, "text": {"field": "text", "type": "nominal"}}},
    ]  # fmt: skip
