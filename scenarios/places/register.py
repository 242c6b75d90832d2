"""The register of a region: every figure that the model is given, with its unit, range, source and grade.

Parameters and figures of tables are told alike, an entry each. Tables by single year of age (people, deaths,
moves) are told a column at a time, with the lowest and highest figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scenarios.places.register_words import CODES_SV, COLUMNS_SV, DISTRIBUTIONS_SV, FAMILIES_SV, TABLES_SV, unit_sv
from scenarios.text.swedish import number
from simulator.region.table_schema import Table, TableProblem, read_description, read_tables

if TYPE_CHECKING:
    from simulator.region.pack import Region
    from simulator.region.rows import Parameter

GRADES_SV: Mapping[str, str] = {
    "A": "läst i källan",
    "B": "ur litteraturen, ska verifieras",
    "C": "antagande eller härlett",
}
"""What the grades of sources mean."""

PARAMETERS = "parameters"
Row = Mapping[str, Any]
_NO_FIGURES = ("number", "rub", "year", "price_year", "low", "high", "region_year", "country_year", "earlier_year")
"""Columns of numbers that belong to another figure of the row."""
_MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
           "november", "december")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sourced:
    """Figures of a table that share source and grade: which column ("" = the whole row) and how many rows."""

    column: str
    source: str
    grade: str
    rows: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of the register, everything in Swedish but `name`, `source` and `note`.

    `area` is the family of a parameter or the table. `value` is a number, or text where the pack gives a name; None
    where the source cannot be read, another figure stands in, or a whole column is told by `low` and `high`.
    """

    table: str
    area: str
    name: str
    label: str
    value: float | str | None
    unit: str
    grade: str
    source: str
    low: float | None = None
    high: float | None = None
    distribution: str = ""
    note: str = ""


def entries_of(region: Region) -> tuple[Entry, ...]:
    """Return every figure of a region pack, parameters first, tables in the order of the pack."""
    problems: list[TableProblem] = []
    description = read_description(region.folder, problems)
    tables = read_tables(region.folder, description, problems)
    names = Names(region)
    rest = (e for resource in table_resources(description) for e in names.entries(resource, tables[resource["name"]]))
    return (*map(_parameter, region.parameter_table), *rest)


def entries_named(region: Region, names: Iterable[str]) -> tuple[Entry, ...]:
    """Return the parameters of a region pack with these names, in their order; one that it lacks is left out."""
    known = {parameter.name: parameter for parameter in region.parameter_table}
    return tuple(_parameter(known[name]) for name in names if name in known)


def table_resources(description: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the tables that a pack describes, but the one of parameters."""
    return [resource for resource in description["resources"] if resource["name"] in TABLES_SV]


def sourced(resource: Mapping[str, Any], table: Table) -> list[Sourced]:
    """Return every source of a table with its grade, in order of appearance."""
    if "source" in resource:
        return [Sourced("", resource["source"], resource["grade"], len(table))]
    rows: list[Sourced] = []
    for column in (c for c in table.columns if c.endswith("source")):
        about = column.removesuffix("source").removesuffix("_")
        pairs = list(zip(table[column], table[column.removesuffix("source") + "grade"], strict=True))
        rows += [Sourced(about, *pair, pairs.count(pair)) for pair in dict.fromkeys(pairs)]
    return rows


def _parameter(parameter: Parameter) -> Entry:
    p = parameter
    return Entry(
        PARAMETERS, FAMILIES_SV[p.name.split(".")[0]], p.name, p.label_sv, p.value, unit_sv(p.unit), p.grade, p.source,
        _known(p.low), _known(p.high), DISTRIBUTIONS_SV[p.distribution], p.note,
    )  # fmt: skip


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


class Names:
    """Tells the figures of a region's tables, with the names of its places and diseases."""

    def __init__(self, region: Region) -> None:
        """Know the places and diseases of a region by code."""
        units = [
            dict(zip(region.municipalities, region.municipality_names, strict=True)),
            dict(zip(region.hospitals, region.hospital_names, strict=True)),
            dict(zip(region.centres, region.centre_names, strict=True)),
        ]
        municipalities, hospitals, centres = units
        self._codes: dict[str, Mapping[str, str]] = {
            **CODES_SV,
            "municipality": municipalities,
            "hospital": hospitals,
            "centre": centres,
            "unit": {**municipalities, **hospitals, **centres},
            "condition": {condition.code: condition.label_sv for condition in region.conditions},
        }

    def entries(self, resource: Mapping[str, Any], table: Table) -> Iterator[Entry]:
        """Yield the figures of one table."""
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        keys = _keys(resource)
        columns = [name for name in table.columns if _is_figure(name, fields[name], keys)]
        if "age" in keys:
            yield from (_column(resource, table, fields[name]) for name in columns)
            return
        for row in table.rows():
            yield from (self._figure(resource, row, name, fields[name]) for name in columns if _told(name, row))
            if not columns:
                yield self._text(resource, row, keys)

    def _figure(self, resource: Mapping[str, Any], row: Row, name: str, field: Mapping[str, Any]) -> Entry:
        keys = _keys(resource)
        unit = row.get("unit") or field.get("unit")
        low, high = (row.get("low"), row.get("high")) if name == "value" else (None, None)
        return Entry(
            resource["name"], TABLES_SV[resource["name"]], _name(resource, row, name), self._label(row, name, keys),
            _value(row, name), unit_sv(field.get("unit") if "unit" in keys else unit), *_source(resource, row, name),
            low, high, note=str(row.get("note", "")),
        )  # fmt: skip

    def _text(self, resource: Mapping[str, Any], row: Row, keys: Sequence[str]) -> Entry:
        """Return a row whose only content is a name, such as the hospital of a municipality."""
        (name,) = (c for c in row if c not in keys and not c.endswith(("source", "grade")))
        grade, source = _source(resource, row, name)
        label, value = self._label(row, name, keys), self.named(name, row[name])
        return Entry(
            resource["name"], TABLES_SV[resource["name"]], _name(resource, row, name), label, value, "", grade, source
        )

    def _label(self, row: Row, name: str, keys: Sequence[str]) -> str:
        about = [row["label_sv"]] if "label_sv" in row else [self._key(row, key) for key in keys if key != "unit_kind"]
        what = "" if name == "value" else COLUMNS_SV[name]
        text = ", ".join(part for part in (*about, what, _when(row, name)) if part)
        return text[:1].upper() + text[1:]

    def _key(self, row: Row, key: str) -> str:
        if key in ("municipality", "centre", "hospital") and "name" in row:
            return str(row["name"])
        if key == "age_from" and "age_to" in row:
            return f"{row['age_from']}–{row['age_to']} år"
        return self.named(key, row[key])

    def named(self, column: str, code: Any) -> str:
        """Return the Swedish of a code in a key column."""
        words = {"age_group": "{} år", "rub": "RUB {}", "hour": "klockan {}", "age_from": "från {} år"}
        if column == "month":
            return _MONTHS[int(code) - 1]
        if column in words:
            return words[column].format(str(code).replace("-", "–"))
        return self._codes.get(column, {}).get(str(code), str(code))


def _when(row: Row, name: str) -> str:
    """Return the year of a figure, where the row says so."""
    if "price_year" in row:
        return f"{row['price_year']} års pris"
    year = row.get(name.replace("_value", "_year"), math.nan) if name.endswith("_value") else math.nan
    return "" if math.isnan(year) else f"{year:.0f}"


def _value(row: Row, name: str) -> float | str | None:
    """Return a figure; the name of the parameter that stands in for it where one does."""
    if row.get("parameter") and math.isnan(row[name]):
        return f"som {row['parameter']}"
    return _known(row[name])


def _keys(resource: Mapping[str, Any]) -> list[str]:
    keys: list[str] = resource["schema"]["primaryKey"]
    return keys


def _is_figure(name: str, field: Mapping[str, Any], keys: Sequence[str]) -> bool:
    return field["type"] in ("number", "integer") and name not in (*keys, *_NO_FIGURES, "age_to")


def _told(name: str, row: Row) -> bool:
    """Whether a figure is to be told: the board leaves out what it does not follow up."""
    return not (name.endswith("_value") and math.isnan(row[name]))


def _name(resource: Mapping[str, Any], row: Row, name: str) -> str:
    place = ".".join(str(row[key]) for key in _keys(resource))
    return f"{resource['name']}.{place}" + ("" if name == "value" else f".{name}")


def _source(resource: Mapping[str, Any], row: Row, name: str) -> tuple[str, str]:
    """Return grade and source of a figure: its own, or the row's, or the table's."""
    for about in (f"{name}_", ""):
        if f"{about}source" in row:
            return str(row[f"{about}grade"]), str(row[f"{about}source"])
    return str(resource["grade"]), str(resource["source"])


def _column(resource: Mapping[str, Any], table: Table, field: Mapping[str, Any]) -> Entry:
    """Return a whole column of a long table as one entry."""
    name = field["name"]
    (about,) = sourced(resource, table)
    by = ", ".join(COLUMNS_SV[key] for key in _keys(resource))
    return Entry(
        resource["name"], TABLES_SV[resource["name"]], f"{resource['name']}.{name}",
        f"{COLUMNS_SV[name].capitalize()} ({number(len(table))} tal efter {by})", None, unit_sv(field.get("unit")),
        about.grade, about.source, float(min(table[name])), float(max(table[name])), note=table.file,
    )  # fmt: skip
