"""Slips of those who fill in a region pack, made on purpose: how many are refused or warned of.

`python -m calibration.pack_mutations` makes every kind of slip in every numeric column of each shipped pack, and prints
how many of those that matter are noticed, by file and by kind, with those that are not.

A slip matters when it changes a figure that the simulator reads by more than five per cent: the sum of a column, or of
its rows of one municipality, sex, stream, band of age or of RUB, weighted by the people whom a rate is for; a row that
stands for itself (a unit, a parameter, a condition) is a figure of its own, and a weight by hour counts by its share.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from calibration.pack_figures import changed
from calibration.pack_text import pack_text
from simulator.region.checks import contents
from simulator.region.pack import regions_folder
from simulator.region.plausible.check import implausible
from simulator.region.plausible.exceptions import read_exceptions
from simulator.region.table_schema import (
    Table,
    TableProblem,
    foreign_key_problems,
    read_description,
    read_tables,
    table_of,
)

Verdict = Literal["refused", "warned", "passed"]
Rows = list[list[str]]
READ_NOWHERE = {
    ("population_county_2015", "persons"),
    ("fertility", "births_per_woman_year_2011_2015"),
    ("costs", "price_year"),
}
"""Columns that a region does not have: they serve the backcast, or people who read."""
OF_FORM = {
    "thousands with blanks", "decimal commas", "decimal comma", "thousands", "empty cell", "text in number",
    "not a number", "infinity", "trailing blank", "row twice", "row lost", "leading zeros lost", "byte order mark",
    "UTF-16", "Latin-1", "semicolons",
}  # fmt: skip
"""Kinds that a schema sees; the others are numbers that could be."""
UNREAD_WORDS = ("source", "grade", "note", "label_sv")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack in memory: its description, the text of each table, the tables and the exceptions."""

    name: str
    description: Mapping[str, Any]
    texts: Mapping[str, str]
    tables: Mapping[str, Table]
    exceptions: Table | None

    def schema(self, name: str) -> Mapping[str, Any]:
        """The Table Schema of a table."""
        schema: Mapping[str, Any] = next(r["schema"] for r in self.description["resources"] if r["name"] == name)
        return schema

    def rows(self, name: str) -> Rows:
        """The cells of a table as text, header first."""
        return list(csv.reader(io.StringIO(self.texts[name])))


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip in one file: its kind, the column and row it is in, and the file's bytes after it."""

    kind: str
    table: str
    column: str
    row: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Noticed:
    """What became of a slip."""

    slip: Slip
    verdict: Verdict
    matters: bool


def read_pack(folder: Path) -> Pack:
    """A pack without any problem; raises ValueError otherwise."""
    problems: list[TableProblem] = []
    description = read_description(folder, problems)
    tables = read_tables(folder, description, problems)
    exceptions = read_exceptions(folder, problems)
    if problems:
        raise ValueError("\n".join(map(str, problems)))
    texts = {r["name"]: (folder / r["path"]).read_text(encoding="utf-8") for r in description["resources"]}
    return Pack(folder.name, description, texts, tables, exceptions)


def judged(pack: Pack, slip: Slip) -> Noticed:
    """The verdict of all checks on a pack with one slip, as loading it would give."""
    problems: list[TableProblem] = []
    file = pack.tables[slip.table].file
    try:
        text = slip.content.decode("utf-8")
    except UnicodeDecodeError:
        return Noticed(slip, "refused", matters=True)
    table = table_of(file, text, pack.schema(slip.table), problems)
    if table is None or problems:
        return Noticed(slip, "refused", matters=True)
    tables = {**pack.tables, slip.table: table}
    if foreign_key_problems(pack.description, tables) or contents(tables):
        return Noticed(slip, "refused", _matters(pack, slip, table))
    findings = implausible(tables, pack.exceptions)
    verdict: Verdict = "refused" if any(f.refused for f in findings) else "warned" if findings else "passed"
    return Noticed(slip, verdict, _matters(pack, slip, table))


def _matters(pack: Pack, slip: Slip, table: Table) -> bool:
    read = [column for column in table.columns if (slip.table, column) not in READ_NOWHERE]
    return changed(pack.tables, slip.table, table, [c for c in read if not c.endswith(UNREAD_WORDS)])


# What goes wrong with numbers, column by column


def _scaled(text: str, factor: float) -> str:
    if text == "":
        return text
    value = float(text) * factor
    return str(round(value)) if "." not in text and factor > 1 else f"{value:.12g}"


def _thousands(text: str, mark: str) -> str:
    """A large number as people write it; a small one as it stands."""
    return f"{float(text):,.10g}".replace(",", mark) if text and abs(float(text)) >= 1000 else text


def _whole(factor: float) -> Callable[[str], str]:
    return lambda text: _scaled(text, factor)


COLUMN_KINDS: Mapping[str, Callable[[str], str]] = {
    "column / 100": _whole(0.01),
    "column x 100": _whole(100),
    "column / 10": _whole(0.1),
    "column x 10": _whole(10),
    "column of zeros": lambda text: text and "0",
    "column of the other sign": lambda text: _scaled(text, -1),
    "thousands with blanks": lambda text: _thousands(text, " "),
    "decimal commas": lambda text: text.replace(".", ",") if "." in text else text and f"{text},0",
}
CELL_KINDS: Mapping[str, Callable[[str], str]] = {
    "cell x 10": _whole(10),
    "cell x 100": _whole(100),
    "cell / 10": _whole(0.1),
    "cell / 100": _whole(0.01),
    "sign": lambda text: _scaled(text, -1),
    "decimal comma": lambda text: text.replace(".", ",") if "." in text else f"{text},5",
    "thousands": lambda text: _thousands(text, ","),
    "empty cell": lambda _: "",
    "text in number": lambda text: f"ca {text}",
    "not a number": lambda _: "nan",
    "infinity": lambda _: "inf",
    "trailing blank": lambda text: f"{text} ",
}


def slips(pack: Pack, seed: int, cells: int = 2, tables: Sequence[str] = ()) -> Iterator[Slip]:
    """Every kind of slip in every numeric column of a pack; kinds of single cells in `cells` random ones."""
    chance = random.Random(seed)
    for name in tables or pack.tables:
        rows = pack.rows(name)
        numeric = _numeric(pack, name)
        for column in numeric:
            yield from _in_column(name, rows, column, cells, chance)
        yield from _between_columns(name, rows, numeric)
        yield from _of_rows(name, rows, chance)
        yield from _of_file(name, pack.texts[name])


def _numeric(pack: Pack, name: str) -> list[int]:
    """The places of columns with figures, which are no keys."""
    schema = pack.schema(name)
    kinds = [(f["type"], f["name"]) for f in schema["fields"]]
    return [i for i, (kind, column) in enumerate(kinds) if kind != "string" and column not in schema["primaryKey"]]


def _in_column(name: str, rows: Rows, column: int, cells: int, chance: random.Random) -> Iterator[Slip]:
    title, body = rows[0][column], rows[1:]
    for kind, change in COLUMN_KINDS.items():
        yield _slip(kind, name, title, 0, _replaced(rows, column, [change(row[column]) for row in body]))
    for kind, change in CELL_KINDS.items():
        filled = [i for i, row in enumerate(body) if row[column] not in {"", "0"}]
        for index in chance.sample(filled, min(cells, len(filled))):
            new = [change(row[column]) if i == index else row[column] for i, row in enumerate(body)]
            yield _slip(kind, name, title, index, _replaced(rows, column, new))
    old = [row[column] for row in body]
    yield _slip("rows shifted down", name, title, 0, _replaced(rows, column, [old[0], *old[:-1]]))
    yield _slip("rows shifted up", name, title, 0, _replaced(rows, column, [*old[1:], old[-1]]))
    if len(old) > 1:
        a, b = sorted(chance.sample(range(len(old)), 2))
        new = [*old[:a], old[b], *old[a + 1 : b], old[a], *old[b + 1 :]]
        yield _slip("two rows exchanged", name, title, a, _replaced(rows, column, new))
    if "sex" in rows[0]:
        yield _slip("sexes exchanged", name, title, 0, _exchanged_sexes(rows, column))
    if "age" in rows[0]:
        yield from _by_one_age(name, rows, column)


def _exchanged_sexes(rows: Rows, column: int) -> Rows:
    sex = rows[0].index("sex")
    keys = [i for i in range(sex, column) if i != sex]
    place = {(tuple(row[:sex]), row[sex], tuple(row[i] for i in keys)): row[column] for row in rows[1:]}
    other = {"men": "women", "women": "men"}
    new = [place.get((tuple(row[:sex]), other[row[sex]], tuple(row[i] for i in keys)), row[column]) for row in rows[1:]]
    return _replaced(rows, column, new)


def _by_one_age(name: str, rows: Rows, column: int) -> Iterator[Slip]:
    """Rows moved by one age within each municipality and sex, the end filled with what is next to it."""
    age = rows[0].index("age")
    groups: dict[tuple[str, ...], list[str]] = {}
    for row in rows[1:]:
        groups.setdefault(tuple(row[:age]), []).append(row[column])
    older = [value for group in groups.values() for value in [group[0], *group[:-1]]]
    younger = [value for group in groups.values() for value in [*group[1:], group[-1]]]
    for kind, new in (("one age older", older), ("one age younger", younger)):
        yield _slip(kind, name, rows[0][column], 0, _replaced(rows, column, new))


def _between_columns(name: str, rows: Rows, numeric: Sequence[int]) -> Iterator[Slip]:
    for first, second in pairwise(numeric):
        new = _replaced(rows, first, [row[second] for row in rows[1:]])
        both = _replaced(new, second, [row[first] for row in rows[1:]])
        titles = f"{rows[0][first]}, {rows[0][second]}"
        kind = "sexes exchanged" if rows[0][first].endswith("_men") else "columns exchanged"
        yield _slip(kind, name, titles, 0, both)


def _of_rows(name: str, rows: Rows, chance: random.Random) -> Iterator[Slip]:
    index = chance.randrange(1, len(rows))
    yield _slip("row twice", name, "", index, [*rows[: index + 1], rows[index], *rows[index + 1 :]])
    yield _slip("row lost", name, "", index, [*rows[:index], *rows[index + 1 :]])
    if rows[index][0].startswith("0") and rows[index][0].isdigit() and len(rows[index][0]) > 1:
        new = [[row[0].lstrip("0"), *row[1:]] for row in rows[1:]]
        yield _slip("leading zeros lost", name, rows[0][0], 0, [rows[0], *new])


def _of_file(name: str, text: str) -> Iterator[Slip]:
    yield Slip("byte order mark", name, "", 0, text.encode("utf-8-sig"))
    yield Slip("UTF-16", name, "", 0, text.encode("utf-16"))
    if not text.isascii():
        yield Slip("Latin-1", name, "", 0, text.encode("latin-1", errors="replace"))
    yield Slip("semicolons", name, "", 0, text.replace(",", ";").encode())


def _replaced(rows: Rows, column: int, values: Sequence[str]) -> Rows:
    body = [[*row[:column], value, *row[column + 1 :]] for row, value in zip(rows[1:], values, strict=True)]
    return [rows[0], *body]


def _slip(kind: str, name: str, column: str, row: int, rows: Rows) -> Slip:
    return Slip(kind, name, column, row, pack_text(rows[0], rows[1:]).encode())


# What is printed


def outcomes(pack: Pack, seed: int, cells: int = 2, tables: Sequence[str] = ()) -> Iterator[Noticed]:
    """What becomes of every slip that changes its file."""
    for slip in slips(pack, seed, cells, tables):
        if slip.content != pack_text(pack.rows(slip.table)[0], pack.rows(slip.table)[1:]).encode():
            yield judged(pack, slip)


def noticed(results: Sequence[Noticed]) -> float:
    """The share refused or warned of among the slips that matter."""
    matter = [result for result in results if result.matters]
    return sum(result.verdict != "passed" for result in matter) / max(len(matter), 1)


def table_text(results: Sequence[Noticed], of: Callable[[Slip], str]) -> str:
    """Counts by file or by kind: made, that matter, refused, warned of, passed among these."""
    lines = [f"{'':32}{'made':>7}{'matter':>8}{'refused':>9}{'warned':>8}{'passed':>8}{'noticed':>9}"]
    for name in [*sorted({of(result.slip) for result in results}), "all"]:
        mine = [result for result in results if name in (of(result.slip), "all")]
        count = Counter(result.verdict for result in mine if result.matters)
        figures = f"{len(mine):7}{count.total():8}{count['refused']:9}{count['warned']:8}{count['passed']:8}"
        lines.append(f"{name:32}{figures}{100 * noticed(mine):8.1f}%")
    return "\n".join(lines)


def main() -> None:
    """Command line: print what is noticed in both shipped packs, or in the folders given."""
    parser = argparse.ArgumentParser(description="Count the slips in region packs that are noticed.")
    parser.add_argument("packs", nargs="*", type=Path, help="folders of packs")
    parser.add_argument("--seed", type=int, default=2030)
    parser.add_argument("--cells", type=int, default=2, help="random cells a kind and column")
    parser.add_argument("--missed", action="store_true", help="name every slip that matters and passes")
    given = parser.parse_args()
    for folder in given.packs or [regions_folder() / name for name in ("kalmar", "template")]:
        results = list(outcomes(read_pack(folder), given.seed, given.cells))
        print(f"\n{folder.name}, seed {given.seed}\n\n{table_text(results, lambda slip: slip.table)}")
        print(f"\n{table_text(results, lambda slip: slip.kind)}")
        numbers = [result for result in results if result.slip.kind not in OF_FORM]
        print(f"\nnumbers that could be, alone: {sum(r.matters for r in numbers)} that matter, {noticed(numbers):.1%}")
        if given.missed:
            for slip in (result.slip for result in results if result.matters and result.verdict == "passed"):
                print(f"{slip.table}, {slip.column}, row {slip.row}: {slip.kind}")


if __name__ == "__main__":
    main()
