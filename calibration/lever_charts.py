"""A chart for each lever: how its indicators answer when it alone is moved, with 95 % intervals.

`python -m calibration.lever_charts` runs every lever alone at values from its lowest to its highest, from the same
history and with the same seeds as today's course, and writes docs/spakar: one SVG a lever and a page with all of
them. Nothing but chance is uncertain in them. What is drawn is the difference to today's course, so neutral is 0.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import altair as alt
import numpy as np
import pandas as pd
import vl_convert

from calibration.registers import EVIDENCE_PAGE, linked_effect
from scenarios.effects.areas import effect_of
from scenarios.exhibits.charts import LOCALE_SV
from scenarios.levers.lever import Evidence, Lever
from scenarios.levers.registry import LEVERS
from scenarios.measures.figures import INDICATORS, Figure
from scenarios.running.engine import SimulatorEngine, load_region
from scenarios.running.local_pool import local_executor
from scenarios.running.progress import display
from scenarios.running.runner import Engine, Outcome, Run, run_all
from scenarios.statistics.arrays import Array
from scenarios.statistics.intervals import mean_of
from scenarios.statistics.limits import Limits, of_differences
from scenarios.strategies.defaults import BASE_SEED, HOME_REGION, HORIZON_YEAR
from scenarios.strategies.library import BASELINE
from scenarios.strategies.period import FIRST_START
from scenarios.text.swedish import number
from scenarios.text.terminal import console
from simulator.changes import Change

INDICATORS_DRAWN = 2
"""Indicators that are drawn for a lever without any that it is expected to move."""
INK, FAINT, BAND = "#0b5563", "#6b7280", "#0b5563"
Outcomes = tuple[Outcome, ...]
Answers = Mapping[str, Mapping[float, Array]]
"""Indicator -> value of the lever -> paired difference of each replication."""


@dataclass(frozen=True, slots=True)
class Response:
    """How one indicator answers at one value of a lever: mean paired difference and its 95 % interval."""

    value: float
    difference: float
    low: float
    high: float


# --- runs


def points_of(lever: Lever, points: int) -> tuple[float, ...]:
    """Values from lowest to highest on the lever's steps; neutral is among them in effect, for it changes nothing."""
    raw = np.linspace(lever.low, lever.high, points)
    steps = np.round((raw - lever.low) / lever.step) * lever.step + lever.low
    rounded = {round(float(min(step, lever.high)), 9) for step in [*steps[:-1], lever.high]}
    return tuple(sorted(rounded - {lever.neutral}))


def name_of(lever: Lever, value: float) -> str:
    """Return the name of the scenario of a lever at a value."""
    return f"{lever.name}={value:g}"


def change_of(lever: Lever, value: float) -> Change:
    """Return the lever's change from the first start, with its own ramp."""
    months = FIRST_START.year * 12 + FIRST_START.month - 1 + (lever.ramp_months if lever.gradual else 0)
    change = lever.change(value, FIRST_START, date(months // 12, months % 12 + 1, 1))
    if change is None:
        raise ValueError(f"lever {lever.name}: {value} is neutral")
    return change


def plan(levers: Sequence[Lever], points: int, replications: int, digest: str, horizon: int = HORIZON_YEAR) -> Run:
    """Return today's course and every lever alone at each of its values, as scenarios of one run."""
    alone = tuple((name_of(lever, v), (change_of(lever, v),)) for lever in levers for v in points_of(lever, points))
    until = date(horizon + 1, 1, 1)
    return Run(HOME_REGION, digest, ((BASELINE, ()), *alone), until, BASE_SEED, replications, headline_only=True)


def answers(lever: Lever, points: int, outcomes: Sequence[Outcome], year: int) -> Answers:
    """Return the paired differences of every measured indicator; replications that failed are left out."""
    values = points_of(lever, points)
    whole = [o for o in outcomes if {BASELINE, *(name_of(lever, v) for v in values)} <= o.datasets.keys()]
    if not whole:
        reasons = sorted({failure.text() for outcome in outcomes for failure in outcome.failures})
        raise RuntimeError(f"no replication of {lever.name} finished: {'; '.join(reasons)}")

    def figure(outcome: Outcome, scenario: str, name: str) -> float:
        return float(outcome.datasets[scenario][name].sel(year=year))

    names = [str(name) for name in whole[0].datasets[BASELINE].data_vars]
    return {
        name: {
            v: np.array([figure(o, name_of(lever, v), name) - figure(o, BASELINE, name) for o in whole]) for v in values
        }
        for name in names
    }


def levels(outcomes: Sequence[Outcome], year: int) -> dict[str, float]:
    """Return every indicator of today's course, mean over replications."""
    courses = [outcome.datasets[BASELINE].sel(year=year) for outcome in outcomes if BASELINE in outcome.datasets]
    return {str(name): float(np.mean([float(course[name]) for course in courses])) for name in courses[0].data_vars}


# --- what is drawn


def indicators_of(lever: Lever, answers_by_value: Answers, today: Mapping[str, float]) -> tuple[Figure, ...]:
    """Return the indicators that the lever is expected to move, or those that move most for their size."""
    expected = [INDICATORS[name] for name, _ in lever.expected if name in answers_by_value]
    if expected:
        return tuple(expected)

    def moved(name: str) -> float:
        size = max(abs(float(differences.mean())) for differences in answers_by_value[name].values())
        return 0.0 if np.isnan(size) else size / max(abs(today.get(name, 0.0)), 1e-9)

    order = sorted((name for name in answers_by_value if name in INDICATORS), key=moved, reverse=True)
    return tuple(INDICATORS[name] for name in order[:INDICATORS_DRAWN])


def responses(lever: Lever, answers_by_value: Mapping[float, Array], limits: Limits) -> tuple[Response, ...]:
    """Return the curve of a figure within limits, nothing at neutral; no interval where there is one replication."""
    rows = [Response(lever.neutral, 0.0, 0.0, 0.0)]
    for value, differences in answers_by_value.items():
        mean = mean_of(differences, of_differences(limits))
        low, high = (mean.value if bound is None else bound for bound in mean.bounds)
        rows.append(Response(value, mean.value, low, high))
    return tuple(sorted(rows, key=lambda row: row.value))


def sentence(lever: Lever, indicator: Figure, curve: Sequence[Response]) -> str:
    """Say in one Swedish sentence what the curve says at the ends, and whether it goes the expected way."""
    ends = [row for row in (curve[0], curve[-1]) if row.value != lever.neutral]
    ends_sv = " och ".join(_told(lever, indicator, row) for row in ends)
    sign = dict(lever.expected).get(indicator.name)
    if sign is None:
        return f"{indicator.label_sv}: {ends_sv}."
    turned = [row.difference * np.sign(row.value - lever.neutral) * sign for row in ends]
    clear = [not row.low <= 0.0 <= row.high for row in ends]
    if not any(clear):
        verdict = "ingen säker ändring åt något håll"
    elif all(turn > 0 for turn, sure in zip(turned, clear, strict=True) if sure):
        verdict = "åt det väntade hållet"
    else:
        verdict = "inte åt det väntade hållet"
    return f"{indicator.label_sv}: {ends_sv}; {verdict}."


def _told(lever: Lever, indicator: Figure, row: Response) -> str:
    places = indicator.decimals
    low, high = number(row.low, places, sign=True), number(row.high, places, sign=True)
    change = number(row.difference, places, sign=True)
    return f"{change} {_unit(indicator)} ({low} till {high}) vid {number(row.value)} ({lever.unit})"


def _unit(indicator: Figure) -> str:
    return "procentenheter" if indicator.unit == "%" else indicator.unit_sv.split(",", maxsplit=1)[0]


def _source(item: Evidence) -> str:
    """Return where a finding was read; an assumption says it all itself."""
    return "" if item.source.startswith("assumption") else f" *{item.source}*"


def draw(lever: Lever, curves: Mapping[str, Sequence[Response]], year: int) -> str:
    """Return the chart of a lever as SVG: a panel for each indicator by name."""
    panels = [_panel(lever, INDICATORS[name], curve) for name, curve in curves.items()]
    chart = alt.hconcat(*panels, spacing=36).properties(
        title=alt.TitleParams(
            lever.label_sv, subtitle=f"Skillnad mot nuläget {year}, 95 %-intervall för slumpen", anchor="start",
            fontSize=15, subtitleFontSize=12, subtitleColor=FAINT, offset=14,
        ),
        background="white",
        padding=14,
    ).configure(font="Arial, sans-serif", locale=LOCALE_SV).configure_view(stroke=None)  # fmt: skip
    svg: str = vl_convert.vegalite_to_svg(chart.to_json(), format_locale="sv-SE")
    return svg


def _panel(lever: Lever, indicator: Figure, curve: Sequence[Response]) -> alt.LayerChart | alt.FacetChart:
    rows = pd.DataFrame([{"value": r.value, "difference": r.difference, "low": r.low, "high": r.high} for r in curve])
    axis = alt.Axis(labelFlush=False)  # else the outermost labels lean on those beside them
    x = alt.X("value:Q", title=f"{lever.label_sv} ({lever.unit})", scale=alt.Scale(zero=False, nice=False), axis=axis)
    y = alt.Y("difference:Q", title=_unit(indicator))
    base = alt.Chart(rows).encode(x=x)
    neutral = alt.Chart(pd.DataFrame({"value": [lever.neutral]}))
    layers = (
        alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=FAINT).encode(y="zero:Q"),
        neutral.mark_rule(color=FAINT, strokeDash=[4, 4]).encode(x="value:Q"),
        base.mark_area(color=BAND, opacity=0.15).encode(y=alt.Y("low:Q", title=_unit(indicator)), y2="high:Q"),
        base.mark_line(color=INK, strokeWidth=2).encode(y=y),
        base.mark_rule(color=INK).encode(y=alt.Y("low:Q", title=_unit(indicator)), y2="high:Q"),
        base.mark_point(color=INK, filled=True, size=45, opacity=1).encode(y=y),
    )
    title = alt.TitleParams(indicator.label_sv, anchor="start", fontSize=13, fontWeight="normal")
    return alt.layer(*layers).properties(width=300, height=210, title=title)


# --- the page


_HEAD = """# Spakarna en och en

<!-- Sidan och diagrammen är gjorda av `python -m calibration.lever_charts`; ändra inte här. -->

Varje spak ensam, från sitt lägsta till sitt högsta värde i hela länet, mot nuläget under samma slump:
{replications} replikationer, {year}. Streckad linje: neutralt värde. Intervallen täcker slumpen, inte antagandena.
Vad spaken gör, kostar och vilar på står i [registret över spakar](../register-spakar.md).
"""


def section(lever: Lever, curves: Mapping[str, Sequence[Response]]) -> str:
    """Return a lever's part of the page: chart, what the curve says, and the evidence."""
    lines = [f"## {lever.label_sv}\n", f"`{lever.name}`\n", f"![{lever.label_sv}]({lever.name}.svg)\n"]
    lines += [f"- {sentence(lever, INDICATORS[name], curve)}" for name, curve in curves.items()]
    lines += [
        f"- Effekt, för och emot: {linked_effect(effect_of(key), f'../{EVIDENCE_PAGE}')}" for key in lever.effects
    ]
    lines += [f"- Underlag ({item.grade}): {item.finding_sv}{_source(item)}" for item in lever.evidence]
    return "\n".join(lines) + "\n"


def make_charts(
    levers: Sequence[Lever], points: int, outcomes: Sequence[Outcome], folder: Path, year: int = HORIZON_YEAR
) -> list[Path]:
    """Write a chart for each lever and the page of those that were run; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    today, parts, files = levels(outcomes, year), [], []
    for lever in levers:
        answered = answers(lever, points, outcomes, year)
        curves = {i.name: responses(lever, answered[i.name], i.limits) for i in indicators_of(lever, answered, today)}
        files.append(folder / f"{lever.name}.svg")
        files[-1].write_text(draw(lever, curves, year), encoding="utf-8")
        parts.append(section(lever, curves))
    finished = sum(BASELINE in outcome.datasets for outcome in outcomes)
    files.append(folder / "README.md")
    files[-1].write_text("\n".join([_HEAD.format(replications=finished, year=year), *parts]), encoding="utf-8")
    return files


def run(
    levers: Sequence[Lever], points: int, replications: int, workers: int, engine: Engine | None = None
) -> Outcomes:
    """Run every lever alone; raises nothing for a run that failed (see `answers`)."""
    wanted = plan(levers, points, replications, load_region(HOME_REGION).digest)
    with local_executor(min(workers, replications)) as executor, display(console(stderr=True)) as progress:
        return run_all(engine or SimulatorEngine(), wanted, executor, progress)


def main() -> None:
    """Command line: run the levers and write charts and page into the documentation's folder."""
    parser = argparse.ArgumentParser(description="Draw how indicators answer to each lever alone.")
    parser.add_argument("--replications", type=int, default=4)
    parser.add_argument("--points", type=int, default=5, help="values of each lever, lowest and highest included")
    parser.add_argument("--lever", action="append", choices=list(LEVERS), help="a lever; all unless told")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("docs/spakar"))
    given = parser.parse_args()
    levers = [LEVERS[name] for name in given.lever or LEVERS]
    outcomes = run(levers, given.points, given.replications, given.workers)
    for file in make_charts(levers, given.points, outcomes, given.out):
        print(file)


if __name__ == "__main__":
    main()
