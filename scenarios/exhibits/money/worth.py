"""What more of an outcome costs: a ratio where both differences are sure, else in words what is known.

Fewer admissions are no gain when people go without: where more needs are given up or fewer are admitted in time, less
care is not called better, and what gets worse at the same time is told beside every figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scenarios.exhibits.charts import baseline_label
from scenarios.exhibits.estimated import variable
from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.exhibits.money.costs import MSEK
from scenarios.exhibits.wording import interval
from scenarios.live.answer import Answer
from scenarios.measures.figures import INDICATORS
from scenarios.statistics.arrays import Array
from scenarios.statistics.limits import FROM_ZERO, Limits
from scenarios.statistics.ratio import Ratio, ratio_of_means
from scenarios.strategies.period import FIRST_START
from scenarios.text.swedish import number


@dataclass(frozen=True, slots=True)
class Gain:
    """An outcome of which more is better, as it is counted here.

    `indicator` is turned by `sign` (-1 where less is better) and divided by `scale`; `one_sv` is one of it, as in
    "kostnad per ...". `million` tells whether the ratio is in millions of SEK, `less_care` whether less care is what
    is gained.
    """

    key: str
    label_sv: str
    one_sv: str
    indicator: str
    sign: float
    decimals: int
    scale: float = 1.0
    million: bool = False
    less_care: bool = False


GAINS = (
    Gain("inlaggningar", "Färre inläggningar", "undviken inläggning", "admissions", -1.0, 0, less_care=True),
    Gain("varddygn", "Färre vårddygn", "undvikt vårddygn", "bed_days", -1.0, 0, less_care=True),
    Gain("akutbesok", "Färre akutbesök", "undviket akutbesök", "ed_visits", -1.0, 0, less_care=True),
    Gain(
        "bedomningar", "Fler bedömningar inom tre dagar", "ytterligare bedömning inom tre dagar",
        "assessed_within_3_days", 1.0, 0,
    ),
    Gain(
        "kontinuitet", "Högre kontinuitetsindex, hundradelar", "hundradel högre kontinuitetsindex", "continuity_index",
        1.0, 1, 0.01, True,
    ),
)  # fmt: skip
_IN_TIME = GAINS[3]
_SHARE = Gain(
    "bedomda", "Fler bedömda inom tre dagar, procentenheter", "procentenhet fler bedömda inom tre dagar",
    "assessed_within_3_days", 1.0, 1, 1.0, True,
)  # fmt: skip


def outcomes(answer: Answer) -> list[Gain]:
    """Return what can be counted; assessments in time as a share where their number was not kept."""
    counted = variable(answer, "needs_assessed_by_month") is not None
    every = [outcome if outcome != _IN_TIME or counted else _SHARE for outcome in GAINS]
    return [outcome for outcome in every if outcome.indicator in answer.names]


@dataclass(frozen=True, slots=True)
class Known:
    """A mean difference with its 95 % interval; bounds None with one replication."""

    value: float
    low: float | None
    high: float | None

    @property
    def sign(self) -> int:
        """Return 1 or -1 where the interval leaves out zero, else 0."""
        if self.low is None or self.high is None or self.low <= 0 <= self.high:
            return 0
        return 1 if self.low > 0 else -1


@dataclass(frozen=True, slots=True)
class Weighed:
    """A strategy's extra cost (millions of SEK a year) and gain in an outcome (a year), with what that means.

    `beside` are the labels of what surely gets worse at the same time.
    """

    name: str
    label: str
    cost: Known
    gain: Known
    ratio: Ratio | None
    verdict_sv: str
    beside: tuple[str, ...]


def periods(answer: Answer) -> dict[str, tuple[int, ...]]:
    """Return the years that can be weighed: the last, and all in which strategies act."""
    acting = tuple(year for year in answer.years if year >= FIRST_START.year)
    return {str(answer.last_year): (answer.last_year,), f"{acting[0]}–{acting[-1]}, medel per år": acting}


def weigh(answer: Answer, outcome: Gain, years: Sequence[int]) -> list[Weighed]:
    """Return every scenario but today's course, weighed against it over some years."""
    money, gains = _mean(answer, _indicator(answer, "cost"), years), _mean(answer, _gained(answer, outcome), years)
    base = list(answer.labels).index(answer.baseline)
    cost = answer.estimate(money, INDICATORS["cost"].limits)
    gain = answer.estimate(gains, _limits(outcome))
    out = []
    for i, (name, label) in enumerate(answer.labels.items()):
        if i != base:
            dear, more = (
                Known(float(e.difference[i]), _known(e.difference_low[i]), _known(e.difference_high[i]))
                for e in (cost, gain)
            )
            without = outcome.less_care and more.sign > 0 and bool(_worse(answer, name, years, WITHOUT))
            ratio = None
            if dear.sign > 0 and more.sign > 0 and not without:
                factor = 1.0 if outcome.million else 1e6
                ratio = ratio_of_means((money[i] - money[base]) * factor, gains[i] - gains[base])
            verdict = WITHOUT_SV if without else _verdict(dear, more)
            beside = tuple(each for each in BESIDE if each != outcome.indicator)
            out.append(Weighed(name, label, dear, more, ratio, verdict, _worse(answer, name, years, beside)))
    return out


WITHOUT = ("gave_up", "planned_within_90_days")
"""Indicators that tell whether less care is care that people went without."""
WITHOUT_SV = "mindre vård, men fler blir utan eller får vänta"
BESIDE = ("assessed_within_3_days", "gave_up", "specialist_within_90_days", "planned_within_90_days", "staff_shortage")
"""Indicators that are told when they surely get worse."""


def _worse(answer: Answer, scenario: str, years: Sequence[int], names: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of those indicators that surely get worse over some years."""
    at = list(answer.labels).index(scenario)
    out = []
    for name in (name for name in names if name in answer.names):
        estimates = answer.estimate(_mean(answer, _indicator(answer, name), years), INDICATORS[name].limits)
        good = 1 if INDICATORS[name].good == "up" else -1
        change = Known(
            float(estimates.difference[at]), _known(estimates.difference_low[at]), _known(estimates.difference_high[at])
        )
        if change.sign == -good:
            out.append(INDICATORS[name].label_sv)
    return tuple(out)


def _known(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)


_VERDICTS_SV = {
    (1, 1): "bättre men dyrare",
    (-1, 1): "billigare och bättre",
    (1, -1): "dyrare och sämre",
    (-1, -1): "billigare men sämre",
    (0, 1): "bättre, ingen säker skillnad i kostnad",
    (0, -1): "sämre, ingen säker skillnad i kostnad",
    (1, 0): "dyrare, ingen säker skillnad i utfall",
    (-1, 0): "billigare, ingen säker skillnad i utfall",
    (0, 0): "ingen säker skillnad i vare sig kostnad eller utfall",
}


def _verdict(cost: Known, gain: Known) -> str:
    if cost.low is None or gain.low is None:
        return "utan intervall"
    return _VERDICTS_SV[cost.sign, gain.sign]


def _indicator(answer: Answer, name: str) -> Array:
    by_run: Array = answer.indicators_by_run[:, :, answer.names.index(name)].astype(np.float64)
    return by_run


def _gained(answer: Answer, outcome: Gain) -> Array:
    """Return an outcome so that more is better, [scenario, replication, year]."""
    if outcome == _IN_TIME:
        return _assessed_in_time(answer)
    return outcome.sign * _indicator(answer, outcome.indicator) / outcome.scale


def _limits(outcome: Gain) -> Limits:
    """Return what an outcome cannot leave, as it is counted here."""
    if outcome == _IN_TIME:
        return FROM_ZERO
    low, high = (outcome.sign * end / outcome.scale for end in INDICATORS[outcome.indicator].limits)
    return (low, high) if outcome.sign > 0 else (high, low)


def _assessed_in_time(answer: Answer) -> Array:
    """Return needs assessed within three days by year."""
    needs, share = (variable(answer, f"{name}_by_month") for name in ("needs_assessed", "assessed"))
    assert needs is not None
    assert share is not None
    assert answer.details is not None
    of = answer.details["month"].values.astype("datetime64[Y]").astype(int) + 1970
    in_time = np.nan_to_num(needs * share / 100.0)
    years = [in_time[..., of == year].sum(axis=-1) for year in answer.years]
    return np.stack(years, axis=-1)


def _mean(answer: Answer, values: Array, years: Sequence[int]) -> Array:
    """Return the mean of some years, float64[scenario, replication]."""
    mean: Array = values[..., [answer.years.index(year) for year in years]].mean(axis=-1)
    return mean


# --- as a table


def ratio_text(outcome: Gain, ratio: Ratio) -> str:
    """Return a ratio with its interval in words."""
    unit, places = ("miljoner kronor", 1) if outcome.million else ("kronor", 0)
    value, low, high = (ratio.value, ratio.low, ratio.high) if outcome.million else _round(ratio)
    return f"{number(value, places)} {unit} ({interval(low, high, places)})"


def _round(ratio: Ratio) -> tuple[float, float, float]:
    """Round to three digits: more would be a precision that is not there."""
    values = (ratio.value, ratio.low, ratio.high)
    return tuple(float(f"{value:.3g}") for value in values)  # type: ignore[return-value]


def table(answer: Answer, years: Sequence[int], period: str) -> Exhibit:
    """Return what one more of each outcome costs in each strategy, where that can be told."""
    weighed_rows = [row(outcome, weighed) for outcome in outcomes(answer) for weighed in weigh(answer, outcome, years)]
    baseline = baseline_label(answer)
    return Exhibit(
        key="kostnad-per-utfall",
        title=f"Kostnad per vunnet utfall mot {baseline}, {period}",
        alt=f"Tabell över vad ett utfall till kostar i varje strategi mot {baseline}, {period}.",
        columns=(
            Column("outcome", "Utfall", None, "", "Det som vinns."),
            Column("scenario", "Scenario", None, "", "Scenariots namn."),
            Column("verdict", "Betyder", None, "", "Sägs bara där intervallen inte rymmer noll."),
            Column("told", "Kostnad per utfall", None, "", "Bara där både kostnad och utfall säkert är högre."),
            BESIDE_COLUMN,
            Column("cost", "Merkostnad, Mkr", 1, f"{MSEK} om året", f"Skillnad mot {baseline}, parad.", sign=True),
            Column("gain", "Vunnet", 1, "om året", "Förbättring, parad; minus är försämring.", sign=True),
        ),
        rows=weighed_rows,
        note=RATIO_NOTE,
        scenarios=tuple(answer.labels),
    )


RATIO_NOTE = (
    "Merkostnad delad med vunnet utfall, båda parade mot dagens kurs. Kvoten ges bara där strategin säkert är både "
    "bättre och dyrare; inom parentes Fiellers 95 %-intervall över replikationerna. Intervallet täcker slumpen, inte "
    "styckprisernas spann. En strategi ger flera utfall för samma pengar, så kvoterna ska inte läggas ihop. Färre "
    "inläggningar, vårddygn och akutbesök kallas inte bättre när fler behov ges upp eller färre läggs in i tid. "
    "Intervallen för merkostnad och utfall står i tabellen till diagrammet under *Kostnad mot utfall*."
)


BESIDE_COLUMN = Column("beside", "Försämras samtidigt", None, "", "Mått som säkert blir sämre i samma strategi.")


def row(outcome: Gain, weighed: Weighed) -> dict[str, Any]:
    """Return a row of the table for a strategy and an outcome."""
    ratio_sv = weighed.ratio and f"{ratio_text(outcome, weighed.ratio)} per {outcome.one_sv}"
    return {
        "outcome": outcome.label_sv, "scenario": weighed.label, "name": weighed.name, "verdict": weighed.verdict_sv,
        "told": ratio_sv or "–", "beside": "; ".join(weighed.beside) or "–",
        "cost": weighed.cost.value, "cost_low": weighed.cost.low, "cost_high": weighed.cost.high,
        "gain": weighed.gain.value, "gain_low": weighed.gain.low, "gain_high": weighed.gain.high,
    }  # fmt: skip
