"""Contributions of a strategy's parts as a Swedish table and as files."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scenarios.findings.attribution import TOTAL, Contribution, Plan
from scenarios.measures.figures import INDICATORS, Figure
from scenarios.running.batch import stamp
from scenarios.running.folder import write_files
from scenarios.text.records import json_text, to_csv
from scenarios.text.swedish import MISSING, number

ATTRIBUTION_JSON, ATTRIBUTION_CSV = "attribution.json", "attribution.csv"
ATTRIBUTION_KIND = "naravard-attribution"
_COLUMNS = ("Del", "Bidrag", "95 %-intervall", "Medelfel", "Ensam", "Samspel", "Andel")


def report_text(plan: Plan, records: Sequence[Contribution], replications: int) -> str:
    """Return the contributions with how they came to be, as JSON; what is not known is null."""
    version, created, command = stamp()
    content = {
        "kind": ATTRIBUTION_KIND,
        "strategy": plan.strategy.name,
        "budget": None if plan.bill is None else plan.bill.attributes(),
        "method": "sequential" if plan.sequential else "shapley",
        "players": [{"label_sv": p.label_sv, "levers": p.levers} for p in plan.players],
        "region_digest": plan.run.region_digest,
        "base_seed": plan.run.base_seed,
        "replications": replications,
        "code_version": version,
        "created": created,
        "command": command,
        "records": [asdict(record) for record in records],
    }
    return json_text(content) + "\n"


def write_report(plan: Plan, records: Sequence[Contribution], replications: int, folder: Path) -> None:
    """Write both files to a folder that has been checked; raises WriteError."""
    texts = {ATTRIBUTION_CSV: to_csv(records, Contribution), ATTRIBUTION_JSON: report_text(plan, records, replications)}
    write_files({name: text.encode() for name, text in texts.items()}, folder)


def print_contributions(console: Console, plan: Plan, records: Sequence[Contribution], replications: int) -> None:
    """Print a table for each indicator and year, then how to read it."""
    for (name, year), group in itertools.groupby(records, key=lambda r: (r.indicator, r.year)):
        indicator = INDICATORS[name]
        console.print(Text(f"{indicator.label_sv}, {year} ({indicator.unit_sv})", style="bold"))
        console.print(_table(indicator, group))
        console.print()
    if plan.bill is not None:
        console.print(Text(plan.bill.text_sv()))
    console.print(Text(_reading(plan, replications), style="dim"))


def _table(indicator: Figure, records: Iterable[Contribution]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    for title in _COLUMNS:
        table.add_column(title, justify="left" if title == "Del" else "right", overflow="fold")
    places = indicator.decimals
    for record in records:
        bounds = MISSING
        if record.low is not None:
            bounds = f"{number(record.low, places)} till {number(record.high, places)}"
        table.add_row(
            record.label_sv,
            number(record.contribution, places, sign=True),
            bounds,
            number(record.monte_carlo_error, places + 1),
            number(record.alone, places, sign=True),
            number(record.interaction, places, sign=True),
            MISSING if record.share is None else f"{number(record.share, 0)}\xa0%",
            style="bold" if record.player == TOTAL else "",
        )
    return table


def _reading(plan: Plan, replications: int) -> str:
    how = (
        "Bidrag: vad delen lägger till dem som står före den i filen; en annan ordning ger andra bidrag."
        if plan.sequential
        else f"Bidrag (Shapleyvärde): delens genomsnittliga tillskott över alla {2 ** len(plan.players)} kombinationer."
    )
    return (
        f"{number(replications)} replikationer; alla kombinationer har samma slump och historia. {how} Bidragen "
        "summerar till hela strategins effekt mot nuläget. Ensam: delen utan de andra. Samspel: bidraget minus det; "
        "för hela strategin vad delarna ger tillsammans utöver summan av var och en för sig. Intervall och medelfel "
        "täcker slumpen, inte osäkerheten i modellens antaganden."
    )
