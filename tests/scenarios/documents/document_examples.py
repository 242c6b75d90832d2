"""A made-up material and documents made of it, small and known by heart; run as a program it prints their digests."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import xarray as xr

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1])]

from made_up_answer import LABELS, made_up

from scenarios.documents.content import (
    Bullets,
    KeyFigure,
    KeyFigures,
    NativeChart,
    Paper,
    Paragraph,
    Picture,
    PrintedTable,
    Section,
    Subheading,
)
from scenarios.documents.foot import foot_of
from scenarios.documents.results_read import Material
from scenarios.documents.writers.drawn import pictures_of
from scenarios.documents.writers.forms import DOCUMENT_FORMS
from scenarios.exhibits import series
from scenarios.report.origin import Origin, ToldScenario
from scenarios.running.engine import load_region

MADE = datetime(2026, 11, 30, 20, 45, 1, tzinfo=UTC)
TODAY, LAST = 2026, 2030
HOSTILE = '=1+1|<script>alert("x")</script> & \x07 _*#$[]{} "citat" \\ å ä ö'


def origin():
    told = tuple(ToldScenario(name, label, f"{at:064x}") for at, (name, label) in enumerate(LABELS.items(), 10))
    return Origin(
        told, MADE.date(), "kalmar", "f" * 64, "0.1.0+abc", "7", 6, "2030-12-31",
        "/opt/somewhere/bin/naravard run nulage battre --out /opt/somewhere/results/first",
    )  # fmt: skip


def material(spread=0.0, replications=6, widen=None):
    """Return a material whose differences are sure; `spread` (a share) makes their intervals wide, chance apart.

    `widen` holds the intervals of differences with drawn assumptions, by indicator, of every strategy.
    """
    answer = made_up(replications)
    by_run = answer.indicators_by_run.astype(float)
    signs = np.where(np.arange(replications) % 2, 1.0, -1.0)[:, None, None]
    by_run[1:, :, :, 4:] += spread * signs * by_run[:1, :, :, 4:]
    answer = replace(answer, indicators_by_run=by_run)
    compared = {
        (name, scenario, year): answer.record(name, scenario, year)
        for name in answer.names
        for scenario in answer.labels
        for year in (TODAY, LAST)
    }
    for (name, scenario, year), record in compared.items():
        if name in (widen or {}) and record.difference is not None:
            low, high = widen[name]
            wide = {"difference_low_with_parameters": low, "difference_high_with_parameters": high}
            compared[name, scenario, year] = replace(record, **wide)
    region, dataset = load_region("kalmar"), xr.Dataset(coords={"scenario": list(LABELS)}, attrs={"region": "template"})
    draws = 6 if widen else 0
    return Material(dataset, region, answer, origin(), compared, TODAY, draws, MADE)


def document():
    """Return a document with one of each kind of block, and texts that are up to no good."""
    made = origin()
    lines = series.lines(made_up(), "bed_days")
    points = series.differences(made_up(), "bed_days")
    line = NativeChart("line", "year", "scenario", "value", "low", "high", 0, "dygn", "Streck: intervall.")
    bar = NativeChart("bar", "scenario", "scenario", "difference", "difference_low", "difference_high", 0, "dygn")
    table = PrintedTable(
        "prov", "En tabell", ("Mått", "Värde"), (("Akutbesök", "1 234\n+5 bättre"), (HOSTILE, "−1,5")), (0.6, 0.4),
        frozenset((1,)), "En anmärkning.",
    )  # fmt: skip
    first = Section(
        "forst", "Första avsnittet",
        (Paragraph("En ingress.", "lead"), Paragraph(HOSTILE), Bullets(("Ett.", HOSTILE)), table), own_page=True,
    )  # fmt: skip
    figures = KeyFigures((KeyFigure("Vårddygn", "150 000", "i dag 149 000"), KeyFigure("Läkare", "12", "")))
    charts = (Picture(lines, "Vårddygnen faller", line), Picture(points, "Skillnaden är säker", bar))
    second = Section("sedan", "Andra avsnittet", (Subheading("En underrubrik"), figures, *charts))
    read = Section("bilaga", "Bilagan", (Paragraph("Bara att läsa."),), on_slides=False)
    sections, about = (first, second, read), ("Gjort på prov.",)
    return Paper("prov", "Ett provdokument", "Om ingenting", about, sections, made, MADE, foot_of(made))


def digests():
    """Return the SHA-256 of the document in every form."""
    made = document()
    pictures = pictures_of(made)
    return {name: hashlib.sha256(form.write(made, pictures)).hexdigest() for name, form in DOCUMENT_FORMS.items()}


if __name__ == "__main__":
    print("\n".join(f"{name} {digest}" for name, digest in digests().items()))
