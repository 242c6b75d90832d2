"""What an answer says, in Swedish sentences made from its figures: what happens, why, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.exhibits.wording import VERDICTS_SV, counted
from scenarios.findings.binding import Binding, rank_binding
from scenarios.findings.compare import ComparedFigure
from scenarios.live.answer import Answer, verdict
from scenarios.measures.figures import INDICATORS, SMOOTH_BESIDE
from scenarios.places.names import places_of
from scenarios.running.engine import load_region
from scenarios.statistics.arrays import Array
from scenarios.strategies.defaults import HOME_REGION
from scenarios.text.exits import literal
from scenarios.text.swedish import number

GUARANTEE = 90.0
"""Per cent assessed within three days from which the guarantee counts as kept. The law says everybody; some patients
choose a later time, so a share below a hundred is an assumption of this page (grade C), told where it is shown."""


@dataclass(frozen=True, slots=True)
class Card:
    """One figure of the overview: both values, the difference with its meaning, and a probability in words."""

    name: str
    label: str
    unit: str
    today: str
    value: str
    difference: str
    meaning: str
    verdict: str
    chance: str
    beside: str = ""
    """What moves smoothly beside a share that tips."""


FIVE = ("assessed_within_3_days", "continuity_index", "bed_days", "staff_shortage", "cost")
_BETTER_SV = {
    "continuity_index": "högre kontinuitet",
    "bed_days": "färre vårddygn",
    "staff_shortage": "mindre brist",
    "cost": "lägre kostnad",
}


def cards(answer: Answer, scenario: str, drawn: Answer | None = None) -> list[Card]:
    """Return the five figures of the last year for a scenario against today's course.

    Probabilities are those of `drawn`, the same scenarios under drawn assumptions, where it is there.
    """
    return [_card(answer, drawn or answer, scenario, name) for name in FIVE if name in answer.names]


def _card(answer: Answer, futures: Answer, scenario: str, name: str) -> Card:
    indicator, record = INDICATORS[name], answer.record(name, scenario, answer.last_year)
    today = answer.record(name, answer.baseline, answer.last_year)
    meaning = verdict(record, indicator.good)
    places = indicator.decimals
    return Card(
        name, indicator.label_sv, indicator.unit_sv, number(today.value, places), number(record.value, places),
        number(record.difference, places, sign=True), VERDICTS_SV[meaning], meaning, chance(futures, scenario, name),
        beside(answer, scenario, name),
    )  # fmt: skip


def beside(answer: Answer, scenario: str, name: str) -> str:
    """Say the quantity that moves smoothly beside a share that tips, today's course first; empty for other figures."""
    smooth = SMOOTH_BESIDE.get(name, "")
    if smooth not in answer.names:
        return ""
    figure = INDICATORS[smooth]
    today, value = (
        number(answer.record(smooth, each, answer.last_year).value, figure.decimals)
        for each in (answer.baseline, scenario)
    )
    return f"{figure.label_sv}: {value} {figure.unit_sv} (nuläge {today})"


def chance(answer: Answer, scenario: str, name: str) -> str:
    """Return the probability that belongs to one of the five, over the replications (or draws) of an answer."""
    year = answer.last_year
    sample = answer.sample(name, scenario, year)
    if name == "assessed_within_3_days":
        question_sv = f"att vårdgarantin klaras (minst {number(GUARANTEE, 0)}\u00a0% i tid)"
        return f"Sannolikhet {question_sv}: {share_of(int((sample >= GUARANTEE).sum()), sample.size)}"
    gain = _gain(answer, scenario, name)
    better = gain > 0 if INDICATORS[name].good == "up" else gain < 0
    return f"Sannolikhet för {_BETTER_SV[name]} än i nuläget: {share_of(int(better.sum()), sample.size)}"


def _gain(answer: Answer, scenario: str, name: str) -> Array:
    """Return by how much a scenario differs from today's course in the last year, float[replication]."""
    year = answer.last_year
    gain: Array = answer.sample(name, scenario, year) - answer.sample(name, answer.baseline, year)
    return gain


def chance_of_what(drawn: Answer | None, coming: bool) -> str:
    """Say what the probabilities count: chance alone, or the uncertainty of the assumptions too."""
    if drawn is not None:
        return (
            "Sannolikheterna räknar både slumpen och osäkerheten i antagandena: "
            f"{counted(drawn.replications, 'framtid', 'framtider')} där varje osäkert antagande är draget ur sitt "
            "intervall."
        )
    more = " Framtider med osäkra antaganden räknas i bakgrunden." if coming else ""
    return f"Sannolikheterna räknar bara slumpen: antagandena är desamma i alla framtider.{more}"


def share_of(count: int, total: int) -> str:
    """Return a probability as replications show it: none or all of them is no certainty."""
    if total < 5:
        return f"{count} av {total} möjliga utvecklingar"
    if count == total:
        return f"över {number(100 * (total - 1) / total, 0)}\u00a0%"
    if count == 0:
        return f"under {number(100 / total, 0)}\u00a0%"
    return f"{number(100 * count / total, 0)}\u00a0%"


def bindings(answer: Answer, scenario: str, year: int) -> list[Binding]:
    """Return what binds in a scenario's year, most first; nothing while the details are not there."""
    if answer.details is None:
        return []
    return rank_binding(answer.details, places_of(load_region(HOME_REGION)), [scenario], [year], answer.baseline)


def paragraph(answer: Answer, scenario: str, drawn: Answer | None = None) -> str:
    """Return one paragraph: what happens, why (what binds), and how sure it is, with drawn assumptions where known."""
    what = _what(answer, scenario)
    rows = bindings(answer, scenario, answer.last_year)
    return " ".join(part for part in (what, _why(rows), _how_sure(answer, scenario, drawn)) if part)


def _what(answer: Answer, scenario: str) -> str:
    label, today = literal(answer.labels[scenario]), literal(answer.labels[answer.baseline])
    records = [answer.record(name, scenario, answer.last_year) for name in FIVE if name in answer.names]
    better = [_change(record) for record in records if _meaning(record) == "better"]
    worse = [_change(record) for record in records if _meaning(record) == "worse"]
    same = [_label(record) for record in records if _meaning(record) in ("unclear", "unknown")]
    if not better and not worse:
        return f"Med **{label}** syns {answer.last_year} ingen säker skillnad mot {today} i de fem måtten."
    parts = []
    if better:
        parts.append(f"förbättras {listed(better)}")
    if worse:
        parts.append(f"{'men ' if better else ''}försämras {listed(worse)}")
    rest = f" Ingen säker skillnad syns i {listed(same)}." if same else ""
    return f"Med **{label}** jämfört med {today} {', '.join(parts)} till {answer.last_year}.{rest}"


def _meaning(record: ComparedFigure) -> str:
    return verdict(record, INDICATORS[record.indicator].good)


def _label(record: ComparedFigure) -> str:
    text = INDICATORS[record.indicator].label_sv
    return text[0].lower() + text[1:]


def _change(record: ComparedFigure) -> str:
    places = INDICATORS[record.indicator].decimals
    before = record.value - (record.difference or 0.0)
    return f"{_label(record)} (från {number(before, places)} till {number(record.value, places)})"


def listed(words: Sequence[str]) -> str:
    """Return words as a Swedish list."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}"


def _why(rows: Sequence[Binding]) -> str:
    binding = [row for row in rows if row.rank in (1, 2)]
    if not binding:
        return ""
    first, *more = binding
    text = first.sentence_sv[0].lower() + first.sentence_sv[1:].replace("det som jämförs med", "nuläget")
    second = f" Därnäst kommer {more[0].label_sv[0].lower()}{more[0].label_sv[1:]}." if more else ""
    return f"Det som begränsar mest är {text}{second}"


def _how_sure(answer: Answer, scenario: str, drawn: Answer | None) -> str:
    records = [answer.record(name, scenario, answer.last_year) for name in FIVE if name in answer.names]
    if answer.replications < 2:
        return "Svaret bygger hittills på en enda möjlig utveckling och är preliminärt."
    sure = [record for record in records if _meaning(record) in ("better", "worse", "changed")]
    counts_sv = (
        f"{counted(len(sure), 'skillnad', 'skillnader').capitalize()} av {counted(len(records), '', '').strip()} är "
        f"säkra över {counted(answer.replications, 'replikation', 'replikationer')}"
    )
    if drawn is None or drawn.replications < FEWEST_DRAWS or not sure:
        return f"{counts_sv}; det säger hur slumpen slår, inte om modellens antaganden håller."
    loose = [_label(record) for record in sure if not _holds(record, drawn)]
    if not loose:
        return f"{counts_sv}, och håller åt samma håll när också antagandena dras ur sina intervall."
    return f"{counts_sv}. När också antagandena dras ur sina intervall är riktningen osäker för {listed(loose)}."


FEWEST_DRAWS = 10
"""Draws from which on they are told."""
FIRM = 0.95
"""Share of futures under drawn assumptions that have to point the way of a difference for it to hold."""


def _holds(record: ComparedFigure, drawn: Answer) -> bool:
    gain = _gain(drawn, record.scenario, record.indicator)
    return bool((gain * (record.difference or 0.0) > 0).mean() >= FIRM)
