"""What an answer says, in Swedish sentences made from its figures: what happens, why, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.binding import Binding, rank_binding
from scenarios.compare import Record
from scenarios.engine import load_region
from scenarios.indicators import INDICATORS
from scenarios.live.answer import Answer, verdict
from scenarios.live.course import REGION
from scenarios.pages.wording import VERDICTS_SV, counted
from scenarios.swedish import number
from scenarios.use_commands import places_of

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


FIVE = ("assessed_within_3_days", "continuity_index", "bed_days", "staff_shortage", "cost")
_BETTER_SV = {
    "continuity_index": "högre kontinuitet",
    "bed_days": "färre vårddygn",
    "staff_shortage": "mindre brist",
    "cost": "lägre kostnad",
}


def cards(answer: Answer, scenario: str) -> list[Card]:
    """Return the five figures of the last year for a scenario against today's course."""
    return [_card(answer, scenario, name) for name in FIVE if name in answer.names]


def _card(answer: Answer, scenario: str, name: str) -> Card:
    indicator, record = INDICATORS[name], answer.record(name, scenario, answer.last_year)
    today = answer.record(name, answer.baseline, answer.last_year)
    meaning = verdict(record, indicator.good)
    places = indicator.decimals
    return Card(
        name, indicator.label_sv, indicator.unit_sv, number(today.value, places), number(record.value, places),
        number(record.difference, places, sign=True), VERDICTS_SV[meaning], meaning, chance(answer, scenario, name),
    )  # fmt: skip


def chance(answer: Answer, scenario: str, name: str) -> str:
    """Return the probability that belongs to one of the five, over the replications."""
    year = answer.last_year
    sample = answer.sample(name, scenario, year)
    if name == "assessed_within_3_days":
        told = f"att vårdgarantin klaras (minst {number(GUARANTEE, 0)}\u00a0% i tid)"
        return f"Sannolikhet {told}: {share_of(int((sample >= GUARANTEE).sum()), sample.size)}"
    gain = sample - answer.sample(name, answer.baseline, year)
    better = gain > 0 if INDICATORS[name].good == "up" else gain < 0
    return f"Sannolikhet för {_BETTER_SV[name]} än i nuläget: {share_of(int(better.sum()), sample.size)}"


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
    return rank_binding(answer.details, places_of(load_region(REGION)), [scenario], [year], answer.baseline)


def paragraph(answer: Answer, scenario: str) -> str:
    """Return one paragraph: what happens, why (what binds), and how sure it is."""
    what = _what(answer, scenario)
    rows = bindings(answer, scenario, answer.last_year)
    return " ".join(part for part in (what, _why(rows), _how_sure(answer, scenario)) if part)


def _what(answer: Answer, scenario: str) -> str:
    label, today = answer.labels[scenario], answer.labels[answer.baseline]
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


def _meaning(record: Record) -> str:
    return verdict(record, INDICATORS[record.indicator].good)


def _label(record: Record) -> str:
    text = INDICATORS[record.indicator].label_sv
    return text[0].lower() + text[1:]


def _change(record: Record) -> str:
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


def _how_sure(answer: Answer, scenario: str) -> str:
    records = [answer.record(name, scenario, answer.last_year) for name in FIVE if name in answer.names]
    if answer.replications < 2:
        return "Svaret bygger hittills på en enda möjlig utveckling och är preliminärt."
    sure = sum(_meaning(record) in ("better", "worse", "changed") for record in records)
    return (
        f"{counted(sure, 'skillnad', 'skillnader').capitalize()} av {counted(len(records), '', '').strip()} är säkra "
        f"över {counted(answer.replications, 'replikation', 'replikationer')}; det säger hur slumpen slår, "
        "inte om modellens antaganden håller."
    )
