"""The years of a followed person in figures, and the means of people alike, as exhibits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.exhibits.person.timeline import Pair
from scenarios.exhibits.wording import interval
from scenarios.follow.labels import YEAR_FIGURES
from scenarios.live.life import SIDES, Company, Figures, Life, total
from scenarios.strategies.period import FIRST_START
from scenarios.text.swedish import number


def sums(life: Life, pair: Pair) -> Exhibit:
    """Return what the person has from the start of strategies on, under both scenarios."""
    rows = []
    for figure in YEAR_FIGURES:
        ours, theirs = (total(years, figure.name) for years in life.years)
        if ours or theirs:
            known = ours is not None and theirs is not None
            rows.append(
                {
                    "figure": figure.label,
                    "ours": number(ours, figure.decimals),
                    "theirs": number(theirs, figure.decimals),
                    "difference": number((theirs or 0) - (ours or 0), figure.decimals, True) if known else number(None),
                }
            )
    return Exhibit(
        key="summa-person",
        title=f"{life.title}: hela tiden {FIRST_START.year}–{pair.horizon}",
        alt=f"Tabell över {life.title} under {' och '.join(pair.labels)}.",
        columns=(
            Column("figure", "Mått", description="Antal under hela tiden om inte annat sägs."),
            Column("ours", pair.labels[0]),
            Column("theirs", pair.labels[1]),
            Column("difference", "Skillnad"),
        ),
        rows=rows,
        scenarios=pair.labels,
    )


def years(life: Life, pair: Pair) -> Exhibit:
    """Return the person's years under both scenarios, in numbers."""
    return _by_year("ar-for-ar-person", f"{life.title}: år för år", life.years, pair, 0)


def years_alike(company: Company, pair: Pair) -> Exhibit:
    """Return the years of people alike, in the mean."""
    title = f"I medeltal för {number(company.alike)} som passar beskrivningen: år för år"
    return _by_year("ar-for-ar-liknande", title, company.years_alike, pair, 1)


def _by_year(
    key: str, title: str, sides: tuple[Sequence[Figures], Sequence[Figures]], pair: Pair, places: int
) -> Exhibit:
    first = FIRST_START.year
    later = [[year for year in side if (year["year"] or 0) >= first] for side in sides]
    figures = [f for f in YEAR_FIGURES if any(year[f.name] for side in later for year in side)]
    rows = []
    for figure in figures:
        row: dict[str, Any] = {"figure": figure.label}
        for side in SIDES:
            for year in later[side]:
                decimals = max(figure.decimals, places)
                row[f"y{int(year['year'] or 0)}{side}"] = number(year[figure.name], decimals)
        rows.append(row)
    columns = [
        Column(f"y{year}{side}", f"{year} {pair.labels[side]}")
        for year in range(first, pair.horizon + 1)
        for side in SIDES
    ]
    what = "Antal under året om inte annat sägs."
    return Exhibit(
        key=key, title=title, alt=f"Tabell med figurer för {title}.", rows=rows,
        columns=(Column("figure", "Mått", description=what), *columns), scenarios=pair.labels,
    )  # fmt: skip


def sums_alike(company: Company, pair: Pair) -> Exhibit:
    """Return what people alike have from the start of strategies on, with the paired difference."""
    labels = {figure.name: figure for figure in YEAR_FIGURES}
    rows = [
        {
            "figure": labels[s.name].label,
            "ours": s.ours,
            "theirs": s.theirs,
            "difference": s.difference,
            "interval": interval(s.low, s.high, 2),
            "sure": _sure(s.low, s.high, pair.labels[1]),
        }
        for s in company.sums_alike
        if s.name in labels and (s.ours or s.theirs)
    ]
    return Exhibit(
        key="liknande-personer",
        title=f"Medeltal för {number(company.alike)} som passar beskrivningen, {FIRST_START.year}–{pair.horizon}",
        alt=f"Medeltal för {number(company.alike)} simulerade personer under {' och '.join(pair.labels)}.",
        columns=(
            Column("figure", "Mått"),
            Column("ours", pair.labels[0], 2),
            Column("theirs", pair.labels[1], 2),
            Column("difference", "Skillnad", 2, sign=True, description="Medelvärdet av varje persons skillnad."),
            Column("interval", "95 %-intervall", description="För skillnaden, över personerna i en replikation."),
            Column("sure", "Betyder"),
        ),
        rows=rows,
        note="Intervallet rymmer olikheten mellan personerna, inte slumpen mellan replikationer: personerna delar köer "
        "och läkare, så det är snarast för smalt. Vad en strategi ger i hela länet visas på sidan Jämför.",
        scenarios=pair.labels,
    )


def _sure(low: float | None, high: float | None, label: str) -> str:
    if low is None or high is None:
        return "utan intervall"
    if low <= 0 <= high:
        return "ingen säker skillnad"
    return f"{'högre' if low > 0 else 'lägre'} i {label}"
