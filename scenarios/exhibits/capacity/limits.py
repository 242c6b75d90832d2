"""What binds in a scenario's year, ranked: sentences, and an exhibit of what could not be met of what was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from scenarios.exhibits import marks
from scenarios.exhibits.charts import baseline_label
from scenarios.exhibits.exhibit import Column, Exhibit, Spec
from scenarios.exhibits.marks import Series
from scenarios.exhibits.wording import interval
from scenarios.findings.binding import BINDING_READING_SV, LACK_SV, RESOURCES_SV, Binding
from scenarios.live.answer import Answer
from scenarios.text.swedish import number

SENTENCES_SHOWN = 5
"""Sentences that are told; the rest are in the table."""


LIMITS_NOTE = f"Överst står det som kostade flest förfrågningar. {' '.join(BINDING_READING_SV.split())}"


def sentences(answer: Answer, bindings: Sequence[Binding]) -> list[str]:
    """Return what binds in sentences, most first; one that says so when nothing does."""
    baseline = baseline_label(answer)
    sentences_sv = [row.sentence_sv.replace("det som jämförs med", baseline) for row in bindings if row.rank][
        :SENTENCES_SHOWN
    ]
    return sentences_sv or ["Inget begränsar: allt som efterfrågades gavs i tid."]


def enough(bindings: Sequence[Binding]) -> str:
    """Return what sufficed, in one sentence; empty when nothing did."""
    names = [row.label_sv for row in bindings if not row.rank]
    return f"Räckte till: {'; '.join(names).lower()}." if names else ""


def rows(answer: Answer, bindings: Sequence[Binding]) -> list[dict[str, Any]]:
    """Return a row a resource, most binding first."""
    return [_row(answer, row) for row in bindings]


def _row(answer: Answer, row: Binding) -> dict[str, Any]:
    what = LACK_SV[row.resource][0] if row.lack is not None and row.resource in LACK_SV else ""
    return {
        "row": row.label_sv, "resource": row.label_sv, "rank": row.rank or None, "name": row.scenario,
        "scenario": answer.labels[row.scenario], "lost": row.lost, "what": RESOURCES_SV[row.resource][1],
        "value": row.lost_share, "low": None, "high": None, "utilisation": row.utilisation,
        "difference": row.difference, "difference_low": row.difference_low, "difference_high": row.difference_high,
        "lack": f"{number(row.lack, 0)} {what}" if what else "", "where": _where(row),
    }  # fmt: skip


def _where(row: Binding) -> str:
    parts = [f"{place} {number(100 * lost / row.lost, 0)}\u00a0%" for place, lost in row.units[:3] if row.lost]
    return ", ".join(parts)


def exhibit(answer: Answer, here: Sequence[Binding], today: Sequence[Binding], year: int) -> Exhibit:
    """Return the share not met by resource in a scenario's year, `here`, with `today`'s course beside it."""
    limit_rows = rows(answer, here)
    order = [row["row"] for row in limit_rows]
    beside = [row for row in rows(answer, today) if row["row"] in order and today is not here]
    both = sorted([*beside, *limit_rows], key=lambda row: order.index(row["row"]))
    baseline = baseline_label(answer)
    label = limit_rows[0]["scenario"] if limit_rows else ""
    main = "; ".join(f"{row['resource']} {number(row['value'], 1)} procent" for row in limit_rows[:SENTENCES_SHOWN])
    return Exhibit(
        key="begransningar",
        title=f"Andel av det efterfrågade som inte gavs i tid {year}",
        unit="procent",
        alt=f"Andel av det efterfrågade som inte gavs i tid {year}, {label}, det som begränsar mest först. {main}.",
        columns=_columns(baseline),
        rows=limit_rows,
        draw=partial(_draw, answer, both),
        note=LIMITS_NOTE,
        scenarios=tuple(dict.fromkeys(row["name"] for row in both)),
    )


def _columns(baseline: str) -> tuple[Column, ...]:
    against = f"Skillnad i antal mot {baseline}, parad."
    return (
        Column("rank", "Plats i rangordningen", 0, "", "1 begränsar mest; tomt där inget saknades."),
        Column("resource", "Det som begränsar", None, "", "Yrkets tid, platser eller mottagande."),
        Column("lost", "Antal", 0, "", "Förfrågningar som inte möttes i tid, medelvärde över replikationer."),
        Column("what", "Vad det är", None, "", "Vad som räknas."),
        Column("value", "Andel", 1, "procent", "Andel av det efterfrågade."),
        Column("utilisation", "Utnyttjat", 0, "procent", "Andel av det som fanns som användes."),
        Column("difference", f"Skillnad mot {baseline}", 0, "", against, sign=True),
        Column("difference_low", "Skillnad, undre", 0, "", "Undre gräns för skillnadens 95 %-intervall.", sign=True),
        Column("difference_high", "Skillnad, övre", 0, "", "Övre gräns för skillnadens 95 %-intervall.", sign=True),
        Column("lack", "Det som saknades", None, "", "I den egna enheten, där den är en annan än förfrågningar."),
        Column("where", "Mest i", None, "", "Kommuner eller orter med störst del."),
    )


def _draw(answer: Answer, limit_rows: Sequence[Mapping[str, Any]], dark: bool) -> Spec:
    drawn = [
        {
            **row, "row": marks.wrapped(row["row"]), "value_text": f"{number(row['value'], 1)}\u00a0%",
            "lost_text": number(row["lost"], 0), "difference_text": number(row["difference"], 0, sign=True),
            "difference_interval_text": interval(row["difference_low"], row["difference_high"], 0),
            "utilisation_text": f"{number(row['utilisation'], 0)}\u00a0%",
        }
        for row in limit_rows
    ]  # fmt: skip
    tips = marks.tips(
        ("resource", "Det som begränsar"), ("scenario", "Scenario"), ("value_text", "Andel som inte gavs i tid"),
        ("lost_text", "Antal"), ("what", "Vad det är"), ("utilisation_text", "Utnyttjat"),
        ("difference_text", f"Skillnad i antal mot {baseline_label(answer)}"),
        ("difference_interval_text", "95 %-intervall för skillnaden"), ("where", "Mest i"),
    )  # fmt: skip
    names = {row["name"] for row in limit_rows}
    labels = {name: label for name, label in answer.labels.items() if name in names}
    return marks.bars(drawn, Series(labels, dark), tips, "procent av det efterfrågade", 1)
