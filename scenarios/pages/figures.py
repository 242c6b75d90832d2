"""Figures as tables: HTML that becomes a list of cards on a narrow screen, and CSV for Swedish Excel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from scenarios.compare import Record
from scenarios.indicators import INDICATORS, Indicator
from scenarios.pages.answer import Answer, verdict
from scenarios.pages.palette import looks
from scenarios.pages.wording import VERDICTS_SV, interval
from scenarios.report import cells
from scenarios.swedish import number

HEADLINES = (
    "ed_visits",
    "admissions",
    "bed_days",
    "assessed_within_3_days",
    "waiting_days",
    "continuity_index",
    "gp_gap",
    "staff_shortage",
    "fte_beyond_posts",
    "cost",
)
"""Indicators of the table at the top; the others are a click away."""

STYLE = """
<style>
.nv-figures { container-type: inline-size; font-size: 0.95rem; line-height: 1.35; }
.nv-figures table { width: 100%; border-collapse: collapse; margin: 0; font-variant-numeric: tabular-nums; }
.nv-figures caption { text-align: left; padding: 0 0 0.5rem; opacity: 0.85; }
.nv-figures th, .nv-figures td { text-align: left; vertical-align: top; padding: 0.55rem 0.75rem 0.55rem 0;
  border: 0; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); font-weight: 400; }
.nv-figures thead th { font-weight: 600; border-bottom-width: 2px; vertical-align: bottom; }
.nv-figures .nv-right { text-align: right; }
.nv-figures .nv-name { display: block; font-weight: 600; }
.nv-figures .nv-unit { display: block; }
.nv-figures .nv-unit, .nv-figures .nv-small { font-size: 0.85rem; opacity: 0.8; font-weight: 400; }
.nv-figures .nv-small { white-space: nowrap; }
.nv-figures .nv-value { font-weight: 600; font-size: 1.05rem; white-space: nowrap; }
.nv-figures .nv-change { display: block; margin-top: 0.15rem; }
.nv-figures .nv-key { display: none; }
.nv-figures .nv-swatch { display: inline-block; width: 0.7rem; height: 0.7rem; border-radius: 2px;
  margin-right: 0.4rem; }
.nv-light .nv-better { color: #1b6e36; font-weight: 600; }
.nv-dark .nv-better { color: #7fd394; font-weight: 600; }
.nv-light .nv-worse { color: #b02a1c; font-weight: 600; }
.nv-dark .nv-worse { color: #ff9d8f; font-weight: 600; }
@container (max-width: 620px) {
  .nv-figures :is(table, caption, tbody, tr, th, td) { display: block; }
  .nv-figures thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .nv-figures tr { padding: 0.6rem 0;
    border-bottom: 2px solid color-mix(in srgb, currentColor 25%, transparent); }
  .nv-figures th, .nv-figures td { border: 0; padding: 0.25rem 0; }
  .nv-figures .nv-right { text-align: left; }
  .nv-figures .nv-key { display: inline; font-weight: 600; margin-right: 0.4rem; }
  .nv-figures .nv-key.nv-block { display: block; }
}
</style>
"""


def comparison_table(answer: Answer, names: Iterable[str], dark: bool) -> str:
    """Return HTML with a row for each indicator and a column for each scenario, in the last year.

    A cell holds the value with its interval, and the paired difference with its interval and what that means.
    """
    rows = "".join(_indicator_row(answer, INDICATORS[name], dark) for name in names)
    heads = "".join(_column_head(answer, name, dark) for name in answer.labels)
    caption = (
        f"År {answer.last_year}: värde med 95 %-intervall, därunder skillnaden mot "
        f"{escape(answer.labels[answer.baseline])} med sitt intervall."
    )
    head = f'<th scope="col" role="columnheader">Indikator</th>{heads}'
    return _table(caption, head, rows, dark)


def _table(caption: str, head: str, rows: str, dark: bool) -> str:
    """Return a table whose roles are spelled out, for laid out as cards it would lose them."""
    return (
        f'{STYLE}<div class="nv-figures nv-{"dark" if dark else "light"}"><table role="table">'
        f'<caption>{caption}</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def _swatch(answer: Answer, name: str, dark: bool) -> str:
    colour = looks(answer.labels)[name].colour(dark)
    return f'<span class="nv-swatch" style="background:{colour}" aria-hidden="true"></span>'


def _column_head(answer: Answer, name: str, dark: bool) -> str:
    label = escape(answer.labels[name])
    return f'<th scope="col" role="columnheader">{_swatch(answer, name, dark)}{label}</th>'


def _indicator_row(answer: Answer, indicator: Indicator, dark: bool) -> str:
    records = list(answer.of(indicator.name, answer.last_year))
    if not records:
        return ""
    head = (
        f'<th scope="row" role="rowheader"><span class="nv-name">{escape(indicator.label_sv)}</span>'
        f'<span class="nv-unit">{escape(indicator.unit_sv)}</span></th>'
    )
    cells = "".join(_cell(answer, record, indicator, dark) for record in records)
    return f'<tr role="row">{head}{cells}</tr>'


def _cell(answer: Answer, record: Record, indicator: Indicator, dark: bool) -> str:
    key = f"{_swatch(answer, record.scenario, dark)}{escape(answer.labels[record.scenario])}"
    places = indicator.decimals
    spread = interval(record.low, record.high, places)
    shown = f' <span class="nv-small">{spread}</span>' if record.low is not None else ""
    value = f'<span class="nv-value">{number(record.value, places)}</span>{shown}'
    return f'<td role="cell"><span class="nv-key nv-block">{key}</span>{value}{_change(record, indicator)}</td>'


def _change(record: Record, indicator: Indicator) -> str:
    """Return the paired difference, its interval, and in words what it means."""
    if record.difference is None:
        return ""
    meaning = verdict(record, indicator.good)
    places = indicator.decimals
    spread = (
        f" ({interval(record.difference_low, record.difference_high, places)})"
        if record.difference_low is not None
        else ""
    )
    shown = f"{number(record.difference, places, sign=True)}\u00a0{VERDICTS_SV[meaning]}"
    return f'<span class="nv-change nv-{meaning}">{shown}<span class="nv-small">{spread}</span></span>'


_COLUMNS = (
    ("År", ""),
    ("Scenario", ""),
    ("Värde", "nv-right"),
    ("95 %-intervall", "nv-right"),
    ("Skillnad", "nv-right"),
    ("95 %-intervall för skillnaden", "nv-right"),
    ("Medelfel", "nv-right"),
)


def indicator_table(answer: Answer, indicator: Indicator, dark: bool) -> str:
    """Return HTML with everything that is known of an indicator, every year and scenario, with its error."""
    head = "".join(f'<th scope="col" role="columnheader" class="{kind}">{title}</th>' for title, kind in _COLUMNS)
    rows = "".join(_year_row(answer, record, indicator) for record in answer.of(indicator.name))
    caption = (
        f"{escape(indicator.label_sv)}, {escape(indicator.unit_sv)}. Skillnad mot "
        f"{escape(answer.labels[answer.baseline])}. Medelfel är det fel som antalet replikationer lämnar "
        "kvar: i skillnaden, och för det som jämförs med i värdet."
    )
    return _table(caption, head, rows, dark)


def _year_row(answer: Answer, record: Record, indicator: Indicator) -> str:
    cells = "".join(
        f'<td role="cell" class="{kind}"><span class="nv-key">{title}</span>{escape(text)}</td>'
        for (title, kind), text in zip(_COLUMNS, _texts(answer, record, indicator), strict=True)
    )
    return f'<tr role="row">{cells}</tr>'


def _texts(answer: Answer, record: Record, indicator: Indicator) -> tuple[str, ...]:
    places = indicator.decimals
    return (
        str(record.year),
        answer.labels[record.scenario],
        number(record.value, places),
        interval(record.low, record.high, places),
        number(record.difference, places, sign=True),
        interval(record.difference_low, record.difference_high, places),
        number(record.monte_carlo_error, places + 1),
    )


CSV_HEADER = (
    "Indikator",
    "Enhet",
    "År",
    "Scenario",
    "Värde",
    "Undre gräns",
    "Övre gräns",
    "Skillnad",
    "Skillnad, undre gräns",
    "Skillnad, övre gräns",
    "Medelfel",
    "Replikationer",
)


def to_csv(answer: Answer, indicators: Sequence[Indicator]) -> bytes:
    """Return CSV that a Swedish Excel opens as it is: semicolons, decimal commas, UTF-8 with a mark.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    rows = (_csv_row(answer, record, indicator) for indicator in indicators for record in answer.of(indicator.name))
    return cells.to_csv(CSV_HEADER, rows)


def _csv_row(answer: Answer, record: Record, indicator: Indicator) -> list[str | float | None]:
    return [
        indicator.label_sv,
        indicator.unit_sv,
        record.year,
        answer.labels[record.scenario],
        record.value,
        record.low,
        record.high,
        record.difference,
        record.difference_low,
        record.difference_high,
        record.monte_carlo_error,
        answer.replications,
    ]
