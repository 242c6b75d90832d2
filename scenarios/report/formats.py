"""The forms that a report can have. To add one, write its function and register it here; the page lists them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scenarios.exhibits.exhibit import Exhibit
from scenarios.report.about import companion, heading, names_of
from scenarios.report.archive import zipped
from scenarios.report.origin import Origin
from scenarios.report.picture import draw
from scenarios.report.workbook import write_workbook
from scenarios.text.cells import swedish_csv
from scenarios.text.exits import seen

ABOUT, WORKBOOK = "las-mig.txt", "nara-vard-2030.xlsx"

Write = Callable[[Sequence[Exhibit], Origin], bytes]
Files = Callable[[Sequence[Exhibit]], list[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """A form of a report: what it is called, what is in it, and the function that writes it.

    `files` returns the names of the files in it, without writing them.
    """

    name: str
    label_sv: str
    description_sv: str
    suffix: str
    mime: str
    files: Files
    write: Write

    @property
    def file_name(self) -> str:
        """The name under which it is downloaded."""
        return f"nara-vard-2030{self.suffix}"


def exhibit_csv(exhibit: Exhibit) -> bytes:
    """Return the table of an exhibit as CSV for a Swedish Excel."""
    rows = ([row.get(column.field) for column in exhibit.columns] for row in exhibit.rows)
    return swedish_csv([heading(column) for column in exhibit.columns], rows)


def _csv_files(exhibits: Sequence[Exhibit]) -> list[str]:
    return [*(f"{name}.csv" for name in names_of(exhibits)), ABOUT]


def _write_csv(exhibits: Sequence[Exhibit], origin: Origin) -> bytes:
    return zipped({**_tables(exhibits), ABOUT: _about(exhibits, origin)}, origin.taken)


def _picture_files(exhibits: Sequence[Exhibit]) -> list[str]:
    drawn = [name for name, exhibit in names_of(exhibits).items() if exhibit.draw]
    return [*(f"{name}.{kind}" for name in drawn for kind in ("png", "svg")), ABOUT]


def _write_pictures(exhibits: Sequence[Exhibit], origin: Origin) -> bytes:
    return zipped({**_pictures(exhibits, origin), ABOUT: _about(exhibits, origin)}, origin.taken)


def _all_files(exhibits: Sequence[Exhibit]) -> list[str]:
    tables = [f"tabeller/{name}" for name in _csv_files(exhibits)[:-1]]
    pictures = [f"bilder/{name}" for name in _picture_files(exhibits)[:-1]]
    return [ABOUT, WORKBOOK, *tables, *pictures]


def _write_all(exhibits: Sequence[Exhibit], origin: Origin) -> bytes:
    files = {ABOUT: _about(exhibits, origin), WORKBOOK: write_workbook(exhibits, origin)}
    files |= {f"tabeller/{name}": content for name, content in _tables(exhibits).items()}
    files |= {f"bilder/{name}": content for name, content in _pictures(exhibits, origin).items()}
    return zipped(files, origin.taken)


def _tables(exhibits: Sequence[Exhibit]) -> dict[str, bytes]:
    return {f"{name}.csv": exhibit_csv(exhibit) for name, exhibit in names_of(exhibits).items()}


def _pictures(exhibits: Sequence[Exhibit], origin: Origin) -> dict[str, bytes]:
    named = names_of(exhibits)
    files: dict[str, bytes] = {}
    for name, picture in zip(named, draw(list(named.values()), origin), strict=True):
        if picture is not None:
            files |= {f"{name}.png": picture.png, f"{name}.svg": picture.svg.encode()}
    return files


def _about(exhibits: Sequence[Exhibit], origin: Origin) -> bytes:
    return seen(companion(origin, names_of(exhibits))).replace("\n", "\r\n").encode("utf-8-sig")


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIP = "application/zip"

FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format(
            "excel", "Excel",
            "En arbetsbok med ett blad för varje tabell, läs mig, datalexikon och antaganden.",
            ".xlsx", _XLSX, lambda _: [WORKBOOK], write_workbook,
        ),
        Format(
            "csv", "CSV",
            "En fil för varje tabell, med semikolon och decimalkomma, och en textfil om hur siffrorna blev till.",
            "-csv.zip", _ZIP, _csv_files, _write_csv,
        ),
        Format(
            "pictures", "Bilder",
            "Varje diagram som PNG och SVG, med rubrik, enhet, anmärkning och källa i bilden.",
            "-bilder.zip", _ZIP, _picture_files, _write_pictures,
        ),
        Format(
            "all", "Allt i en zipfil",
            "Arbetsboken, CSV-filerna och bilderna.",
            ".zip", _ZIP, _all_files, _write_all,
        ),
    )
}  # fmt: skip
"""Every form of a report by name."""
