"""The registers of parameters, levers, effects and arrays as pages, made from what they list.

`python -m calibration.registers` rewrites docs/register-parametrar.md, docs/register-spakar.md, docs/evidens.md and
docs/register-rimlighet.md, in Swedish, and docs/register-arrays.md, in English for who develops. A test sees to it
that they are current, so a figure cannot change without its page.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from calibration.plausibility_register import PLAUSIBILITY_PAGE, plausibility_page
from calibration.register_text import cell, table_text
from scenarios.effects.areas import EFFECT_AREAS, all_effects, effect_of, effects_in
from scenarios.effects.effect import Effect, StudyFinding
from scenarios.effects.sentences import about_sv, carried_sv, counts_sv, figure_sv, measured_sv, read_sv
from scenarios.effects.vocabulary import SHORT_UNITS_SV, SIDES_SV
from scenarios.exhibits.sides import entry_sv
from scenarios.levers.lever import Evidence, Lever
from scenarios.levers.registry import LEVERS
from scenarios.places.register import entries_named, sourced, table_resources
from scenarios.places.register_words import COLUMNS_SV, DISTRIBUTIONS_SV, TABLES_SV, unit_sv
from scenarios.strategies.defaults import HOME_REGION
from scenarios.text.swedish import number
from simulator.core.fields import Field
from simulator.core.world import TABLE
from simulator.region.pack import Region, load_region
from simulator.region.rows import Parameter
from simulator.region.table_schema import Table, TableProblem, read_description, read_tables

PARAMETER_PAGE, LEVER_PAGE, ARRAYS = "register-parametrar.md", "register-spakar.md", "register-arrays.md"
EVIDENCE_PAGE = "evidens.md"
FULL_ROWS = 27
"""Tables of up to so many rows are printed whole; for longer ones the range of each column and the sources."""

_MADE = "<!-- Sidan är gjord av `python -m calibration.registers`; ändra i tabellerna, inte här. -->\n\n"
_GRADES = (
    "Grad **A**: läst i källan. **B**: ur litteraturen, ska verifieras. **C**: antagande eller härlett värde;"
    " källan säger då hur det resonerades. Mellanrummet *lägst–högst* är det som värdet rimligen kan ligga i;"
    " körningar använder det angivna värdet, och drar dessutom värden ur fördelningen med `--parameter-draws`."
    " Källor och anmärkningar står på engelska, som i regionens datafiler."
)


# --- parameters


def parameter_page(region: str = HOME_REGION) -> str:
    """The page of all graded figures of a region pack."""
    pack = load_region(region)
    problems: list[TableProblem] = []
    description = read_description(pack.folder, problems)
    tables = read_tables(pack.folder, description, problems)
    parts = [
        f"# Parametrar och andra tal: {pack.name_sv}\n",
        f"{_MADE}{_GRADES}\n",
        _counts(pack.parameter_table),
        "## Parametrar\n",
        _families(pack.parameter_table),
        "## Tabeller\n",
        *(_table_section(resource, tables[resource["name"]]) for resource in table_resources(description)),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _counts(parameters: Sequence[Parameter]) -> str:
    grades = [parameter.grade for parameter in parameters]
    by_grade = ", ".join(f"{grades.count(grade)} med grad {grade}" for grade in "ABC")
    return f"{len(parameters)} parametrar: {by_grade}.\n"


def _families(parameters: Sequence[Parameter]) -> str:
    """One table for each family of names, the families in alphabetical order."""
    families = sorted({parameter.name.split(".")[0] for parameter in parameters})
    return "\n".join(
        f"### {family}\n\n" + _parameter_table(p for p in parameters if p.name.split(".")[0] == family)
        for family in families
    )


def _parameter_table(parameters: Iterable[Parameter]) -> str:
    header = ("Namn", "Benämning", "Värde", "Lägst–högst", "Fördelning", "Enhet", "Grad", "Källa", "Anmärkning")
    shape = DISTRIBUTIONS_SV
    rows = (
        (f"`{p.name}`", p.label_sv, p.value, _range(p), shape[p.distribution], unit_sv(p.unit), p.grade, p.source,
         p.note)
        for p in parameters
    )  # fmt: skip
    return table_text(header, rows)


def _range(parameter: Parameter) -> str:
    if math.isnan(parameter.low) and math.isnan(parameter.high):
        return ""
    low, high = cell(parameter.low), cell(parameter.high)
    between = " till " if parameter.low < 0 else "–"
    return f"{low}{between}{high}"


# --- tables


def _table_section(resource: Mapping[str, Any], table: Table) -> str:
    name = resource["name"]
    body = _whole(table) if len(table) <= FULL_ROWS else _summary(resource, table)
    sources = table_text(
        ("Gäller", "Rader", "Grad", "Källa"),
        (
            (COLUMNS_SV.get(s.column, s.column) or "hela raden", s.rows, s.grade, s.source)
            for s in sourced(resource, table)
        ),
    )
    return f"### {TABLES_SV[name]}\n\n`{table.file}`: {resource['description']}\n\n{body}\n{sources}"


def _figures_of(table: Table) -> list[str]:
    """The columns that are no source and no grade."""
    return [c for c in table.columns if not c.endswith(("source", "grade"))]


def _whole(table: Table) -> str:
    columns = _figures_of(table)
    return table_text([COLUMNS_SV[c] for c in columns], ([row[c] for c in columns] for row in table.rows()))


def _summary(resource: Mapping[str, Any], table: Table) -> str:
    """Lowest and highest value of every column of figures."""
    units = {field["name"]: field.get("unit", "") for field in resource["schema"]["fields"]}
    columns = [c for c in _figures_of(table) if isinstance(table[c][0], float | int)]
    rows = ((COLUMNS_SV[c], min(table[c]), max(table[c]), unit_sv(units[c])) for c in columns)
    return f"{len(table)} rader.\n\n" + table_text(("Kolumn", "Lägst", "Högst", "Enhet"), rows)


# --- levers


def lever_page() -> str:
    """The page of all levers."""
    parts = [
        "# Spakar\n",
        f"{_MADE}En strategi sätter en eller flera spakar till ett värde från ett datum. Neutralt värde ändrar"
        " inget. Så skrivs en strategi: [för analytiker](analytiker.md#skriv-en-egen-strategi).\n",
        _GRADES.split(" Mellanrummet", maxsplit=1)[0] + "\n",
        _overview(),
        *(_lever_section(lever) for lever in LEVERS.values()),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _overview() -> str:
    header = ("Spak", "Benämning", "Lägst", "Neutralt", "Högst", "Enhet", "Styr i modellen")
    rows = (
        (f"[`{v.name}`](#{v.name})", v.label_sv, *map(float, (v.low, v.neutral, v.high)), v.unit, _target(v))
        for v in LEVERS.values()
    )
    return table_text(header, rows)


def _target(lever: Lever) -> str:
    how = {"add": "läggs till", "multiply": "multiplicerar", "set": "ersätter"}[lever.operation]
    return f"{how} `{lever.control}`"


_REACH_SV = {
    "municipality": "kommun", "centre": "hälsocentral", "age_group": "åldersgrupp", "segment": "segment",
}  # fmt: skip


def _lever_section(lever: Lever) -> str:
    reach = ", ".join(_REACH_SV[kind] for kind in sorted(lever.reach)) or "går inte att avgränsa"
    ramp = f"{lever.ramp_months} månader" if lever.ramp_months else "genast"
    lines = [
        f"## {lever.name}\n",
        f"**{lever.label_sv}.** {lever.description_sv}\n",
        f"- Avgränsas till: {reach}",
        f"- Full effekt, om strategin inte säger annat: {ramp}",
        f"- Kostnad: {lever.cost_sv}",
        f"- Pris i budgeten: {_price(lever)}",
        f"- Bemanning: {lever.staffing_sv}",
        *(f"- Effekt, för och emot: {linked_effect(effect_of(key))}" for key in lever.effects),
        *(f"- Underlag ({item.grade}): {item.finding_sv}{_effect(item)} *{item.source}*" for item in lever.evidence),
    ]
    return "\n".join(lines) + "\n"


def _price(lever: Lever) -> str:
    """What a budget counts: the unit cost with its range, what it is of, and where it was read."""
    costs = load_region(HOME_REGION).costs
    lines = [
        f"{price.unit_sv}, `{price.cost}` {number(costs[price.cost].value, 0)} kronor"
        f" ({number(costs[price.cost].low, 0)} till {number(costs[price.cost].high, 0)}; {costs[price.cost].grade})"
        f" *{costs[price.cost].source}*"
        for price in lever.prices
    ]
    return "; ".join(lines) or "inget, räknas som 0"


def _effect(item: Evidence) -> str:
    if item.effect is None:
        return ""
    interval = "" if item.low is None or item.high is None else f" ({number(item.low)} till {number(item.high)})"
    return f" {number(item.effect)}{interval} {item.unit}."


# --- effects

_SIDES = "För är det som talar för en effekt, emot det som visar ingen eller motsatt; varken eller avgör inte."
_EVIDENCE_HEAD = (
    "Vad studier säger om varje effekt: vad som mättes och på vilka, vad modellen gör, vad som talar för och emot, och"
    f" hur det mätta blev en regel. {_SIDES} Värde, spann och grad är regionens"
    " ([parametrar](register-parametrar.md)); vilka spakar som vilar på dem står i [registret](register-spakar.md)."
    " Studiens grad: **A** är läst, **B** är ur litteraturen och ska verifieras."
)


def linked_effect(effect: Effect, page: str = EVIDENCE_PAGE) -> str:
    """The name of an effect as a link to its place on the page of evidence, with how many studies there are."""
    return f"[{effect.label_sv}]({page}#{effect.key.replace('.', '')}) ({counts_sv(effect)})"


def evidence_page(region: str = HOME_REGION) -> str:
    """The page of all effects, with every study for and against each."""
    pack, every = load_region(region), all_effects()
    studies = sum(len(effect.studies) for effect in every)
    outside = sum(not effect.parameters for effect in every)
    parts = [
        "# Evidens: vad som talar för och emot\n",
        f"{_MADE.replace('tabellerna', '`scenarios/effects`')}{_EVIDENCE_HEAD} {SHORT_UNITS_SV}\n",
        f"{len(every)} effekter, varav {outside} inte finns i modellen; {studies} studier.\n",
        *(_evidence_area(pack, heading, effects_in(area)) for area, heading in EFFECT_AREAS.items()),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _evidence_area(pack: Region, heading: str, effects: Sequence[Effect]) -> str:
    return f"## {heading}\n\n" + "\n".join(_effect_section(pack, effect) for effect in effects)


def _effect_section(pack: Region, effect: Effect) -> str:
    entries = entries_named(pack, effect.parameters)
    lines = [
        f"### {effect.key}\n",
        f"**{effect.label_sv}.** {effect.rule_sv}\n",
        *(f"- `{entry.name}`, {entry.label}: {entry_sv(entry)}" for entry in entries),
        *([f"- {effect.not_in_model_sv}"] if effect.not_in_model_sv else []),
        f"- {measured_sv(effect)}",
        *(f"- {text}" for text in carried_sv(effect)),
        f"- Tid till effekt: {effect.time_to_effect_sv} Uppföljning: {effect.follow_up_sv}",
        f"- Resonemanget: {effect.reasoning_sv}",
        *([f"- {SIDES_SV['against']}: {effect.no_counter_sv}"] if effect.no_counter_sv else []),
    ]
    header = ("Sida", "Studie", "Upplägg, vilka och vad", "Värde", "Fann", "Läst")
    rows = (
        (SIDES_SV[study.side], cite_text(study), about_sv(study), figure_sv(study), study.finding_sv, read_sv(study))
        for side in SIDES_SV
        for study in effect.on(side)
    )
    return "\n".join(lines) + "\n\n" + table_text(header, rows)


def cite_text(study: StudyFinding) -> str:
    """Where a study was printed, as a link where its DOI is known."""
    return f"[{study.cite}](https://doi.org/{study.doi})" if study.doi else study.cite


# --- arrays

_OWNERS = {
    "State": "All that decides the future, `simulator/core/state.py`; a checkpoint is a copy of it.",
    "Record": "All tallies, `simulator/core/record.py`; kernels see those of one month, without that dimension.",
    "Tables": "A region's figures in the form that kernels read, `simulator/core/tables.py`; the same in all of a run.",
    "Terms": "What holds for a month, `simulator/core/world.py`.",
}


def array_page() -> str:
    """The page of all arrays of a run. Raises KeyError for an owner that is not described."""
    owners = sorted({array.owner for array in TABLE.values()}, key=list(_OWNERS).index)
    seen = sum(array.seen for array in TABLE.values())
    parts = [
        "# Arrays of the simulator\n",
        "<!-- Made by `python -m calibration.registers`; change the declarations, not this page. -->\n",
        f"{len(TABLE)} arrays, {seen} of them seen by kernels as `w.name`. Each is declared once with `array`"
        " (`simulator/core/fields.py`) in the class that owns it. `a*b` is one axis that runs over a and within it"
        " over b; a type of several columns names them.\n",
        *(_array_section(owner) for owner in owners),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _array_section(owner: str) -> str:
    header = ("Name", "Type", "Dimensions", "Unit", "Meaning", "Seen by kernels")
    rows = (
        (f"`{a.name}`", _type(a), f"`{' × '.join(a.dims)}`", a.unit, a.meaning, "yes" if a.seen else "")
        for a in TABLE.values()
        if a.owner == owner
    )
    return f"## {owner}\n\n{_OWNERS[owner]}\n\n{table_text(header, rows)}"


def _type(array: Field) -> str:
    """The dtype, of a record its columns."""
    names = array.dtype.names
    return f"record: {', '.join(names)}" if names else str(array.dtype)


def pages() -> dict[str, str]:
    """The text of every generated page by file name."""
    return {
        PARAMETER_PAGE: parameter_page(),
        LEVER_PAGE: lever_page(),
        EVIDENCE_PAGE: evidence_page(),
        ARRAYS: array_page(),
        PLAUSIBILITY_PAGE: plausibility_page(_MADE),
    }


def main() -> None:
    """Command line: rewrite the pages in the documentation's folder."""
    parser = argparse.ArgumentParser(description="Rewrite the registers of parameters, levers, effects and arrays.")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="folder of the documentation")
    folder: Path = parser.parse_args().docs
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
