"""Every form of a report: what came from outside is read there as it stands, and is no formula, link or code."""

import csv
import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import openpyxl
import pytest
from report_examples import ROWS, made

from scenarios.report.formats import FORMATS
from scenarios.report.origin import ToldScenario

HOSTILE = (
    '=HYPERLINK("http://evil.example";"x")', "<script>alert(1)</script>", "[a](http://evil.example)", "http://evil.example",
    "</text><a href='http://evil.example'>x</a>", "\x1b[2Jx", "rad\u2028rad",
)  # fmt: skip


@pytest.fixture(params=HOSTILE)
def archive(request, origin):
    """Return a report of everything in which each text that can come from outside is hostile."""
    text = request.param
    rows = [row | {"scenario": text} for row in ROWS]
    exhibit = made(title=text, rows=rows, note=text, unit=text, draw=lambda dark: titled(text, dark))
    strategy = origin.scenarios[1].strategy.model_copy(update={"label_sv": text, "rationale": text})
    told = ToldScenario("egen", text, "0" * 64, strategy)
    return zipfile.ZipFile(io.BytesIO(FORMATS["all"].write([exhibit], replace(origin, scenarios=(told,)))))


def titled(text, dark):
    from report_examples import spec

    drawn = spec(dark)
    values = [row | {"scenario": text} for row in ROWS]
    return drawn | {"title": text, "datasets": {"figures": values}}


def leaves(cell):
    """Tell whether a cell is a link to anywhere but a sheet of the same book."""
    return cell.hyperlink is not None and cell.hyperlink.target is not None


def test_no_text_is_anything_but_text(archive):
    for name in archive.namelist():
        content = archive.read(name)
        match name.rsplit(".", 1)[1]:
            case "csv":
                for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"):
                    assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "@")) or "\x1b" in cell]
            case "xlsx":
                sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
                cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
                assert not [cell.coordinate for cell in cells if cell.data_type == "f" or leaves(cell)]
            case "svg":
                kinds = {element.tag.rsplit("}", 1)[-1] for element in ElementTree.fromstring(content).iter()}
                assert not kinds & {"a", "script", "image", "foreignObject"}
            case "txt":
                assert not [c for c in content.decode("utf-8-sig") if not c.isprintable() and c not in "\r\n\xa0"]
