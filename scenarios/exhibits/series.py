"""Exhibits of indicators: lines by year with bands, and paired differences of the last year."""

from __future__ import annotations

from functools import partial
from typing import Any

from scenarios.exhibits import charts
from scenarios.exhibits.exhibit import Column, Exhibit, Spec
from scenarios.exhibits.wording import VERDICTS_SV
from scenarios.live.answer import Answer, verdict
from scenarios.measures.figures import INDICATORS, Figure


def lines(answer: Answer, name: str) -> Exhibit:
    """Return an indicator by year, one line a scenario, with the 95 % interval as a band."""
    indicator = INDICATORS[name]
    band = "Bandet är 95 %-intervallet. " if answer.replications > 1 else ""
    return Exhibit(
        key=f"ar-{_file(name)}",
        title=indicator.label_sv,
        unit=indicator.unit_sv,
        alt=charts.lines_alt(answer, indicator),
        columns=columns(indicator, charts.baseline_label(answer)),
        rows=rows(answer, indicator),
        draw=partial(_draw_lines, answer, indicator),
        note=f"{band}Den lodräta axeln börjar inte vid noll.",
        scenarios=tuple(answer.labels),
    )


def differences(answer: Answer, name: str) -> Exhibit:
    """Return the paired differences of an indicator in the last year, one row a scenario."""
    indicator, baseline = INDICATORS[name], charts.baseline_label(answer)
    return Exhibit(
        key=f"skillnad-{_file(name)}",
        title=f"Skillnad mot {baseline} {answer.last_year}",
        unit=indicator.unit_sv,
        alt=charts.points_alt(answer, indicator),
        columns=columns(indicator, baseline),
        rows=[row for row in rows(answer, indicator) if row["year"] == answer.last_year],
        draw=partial(_draw_points, answer, indicator),
        note="Strecket är skillnadens 95 %-intervall. Når det över noll är skillnaden inte säker."
        if answer.replications > 1
        else "",
        scenarios=tuple(answer.labels),
    )


def _draw_lines(answer: Answer, indicator: Figure, dark: bool) -> Spec:
    figures = charts.shown_in_lines(charts.frame(answer, indicator))
    return charts.with_figures(charts.lines(answer, indicator, dark), figures)


def _draw_points(answer: Answer, indicator: Figure, dark: bool) -> Spec:
    figures = charts.shown_as_points(charts.frame(answer, indicator), answer.last_year)
    return charts.with_figures(charts.points(answer, indicator, dark), figures)


def columns(indicator: Figure, baseline: str) -> tuple[Column, ...]:
    """Return the columns of an indicator's table."""
    places, unit = indicator.decimals, indicator.unit_sv
    against = f"Skillnad mot {baseline}, parad: samma slump i båda."
    return (
        Column("year", "År", 0, "", "Kalenderår."),
        Column("scenario", "Scenario", None, "", "Scenariots namn."),
        Column("value", "Värde", places, unit, f"{indicator.label_sv}, medelvärde över replikationer."),
        Column("low", "Undre gräns", places, unit, "Undre gräns för medelvärdets 95 %-intervall."),
        Column("high", "Övre gräns", places, unit, "Övre gräns för medelvärdets 95 %-intervall."),
        Column("difference", "Skillnad", places, unit, against, sign=True),
        Column("difference_low", "Skillnad, undre", places, unit, "Undre gräns för skillnadens intervall.", sign=True),
        Column("difference_high", "Skillnad, övre", places, unit, "Övre gräns för skillnadens intervall.", sign=True),
        Column("error", "Medelfel", places + 1, unit, "Fel som replikationernas antal lämnar kvar i skillnaden."),
        Column("meaning", "Betyder", None, "", "Bättre eller sämre sägs bara när intervallet inte rymmer noll."),
    )


def rows(answer: Answer, indicator: Figure) -> list[dict[str, Any]]:
    """Return everything that is known of an indicator, every year and scenario."""
    return [
        {
            "year": record.year,
            "scenario": answer.labels[record.scenario],
            "value": record.value,
            "low": record.low,
            "high": record.high,
            "difference": record.difference,
            "difference_low": record.difference_low,
            "difference_high": record.difference_high,
            "error": record.monte_carlo_error,
            "meaning": "" if record.difference is None else VERDICTS_SV[verdict(record, indicator.good)],
        }
        for record in answer.of(indicator.name)
    ]


def _file(name: str) -> str:
    return name.replace("_", "-")
