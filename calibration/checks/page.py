"""The page of the checks, docs/prov.md: what each says, where it is carried out, what was measured, what is missing.

`python -m calibration.checks` rewrites it from the register (`calibration.checks.of_the_model`, `of_use`) and
from what commands and tests measured (`calibration.checks.measured`). A test sees to it that it is current.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from calibration.checks.check import Check
from calibration.checks.measured import Measurement, OfTest, Value, read
from calibration.checks.of_the_model import CHECKS_OF_THE_MODEL
from calibration.checks.of_use import CHECKS_OF_USE
from calibration.register_text import cell, table_text

CHECKS = (*CHECKS_OF_THE_MODEL, *CHECKS_OF_USE)
CHECKS_PAGE = "prov.md"
SUITE = "suite"
"""The measurement in which the suite's tests are (benchmarks/suite.py)."""
SIGNS = "signs"
"""What the page of levers says of their expected answers, as if it were a measurement."""
LEVER_CHARTS = "python -m calibration.lever_charts"
_VERDICTS = {
    "against": "; inte åt det väntade hållet.", "expected": "; åt det väntade hållet.",
    "unsure": "; ingen säker ändring åt något håll.",
}  # fmt: skip
DOCS = Path(__file__).parents[2] / "docs"
_WHAT_IT_IS = """\
De 45 kontroller som projektet växer mot. *Prov* är prov i testsviten, som körs vid varje ändring, och kommandon, som
körs för hand när det tar lång tid. *Mätt* är vad de senast gav; sekunder är klocktid på den maskin där det mättes.
*Fattas* är det som kontrollen begär utöver det.
"""


@dataclass(frozen=True, slots=True)
class Spread:
    """What the tests of a check told by one name: the least, the most, the sum and the number of the figures."""

    least: str
    most: str
    sum: str
    count: str


def of_tests(named: Collection[str], tests: Mapping[str, OfTest]) -> dict[str, OfTest]:
    """Return what came of some tests: those of files that are named, and those that are named themselves."""
    return {name: told for name, told in tests.items() if name in named or name.split("::")[0] in named}


def figure_of(check: Check, measured: Mapping[str, Measurement]) -> str:
    """Return what was measured of a check, in Swedish.

    Raises KeyError or AttributeError where its sentence names a figure that nobody measured.
    """
    tests = of_tests(check.tests, measured[SUITE].tests) if SUITE in measured else {}
    told = [_counted(tests.values())] if tests else []
    lacking = sum(not of_tests((test,), tests) for test in check.tests)
    told += [f"{lacking} av {len(check.tests)} ställen är inte uppmätta än; de körs i testsviten."] if lacking else []
    names: dict[str, object] = {name: SimpleNamespace(**_texts(measured[name].figures)) for name in check.commands}
    names |= _spreads(tests.values())
    told += [check.figure_sv.format(**names)] if check.figure_sv else []
    told += [measured[name].note_sv for name in check.commands if measured[name].note_sv]
    return " ".join(told)


def _counted(tests: Iterable[OfTest]) -> str:
    told = list(tests)
    passed, skipped, failed = (sum(getattr(each, name) for each in told) for name in ("passed", "skipped", "failed"))
    beside = [f"{skipped} hoppades över" if skipped else "", f"{failed} gick inte igenom" if failed else ""]
    counts = ", ".join([f"{passed} prov gick igenom", *filter(None, beside)])
    return f"{counts}, {cell(float(f'{sum(each.seconds for each in told):.2g}'))} s."


def _spreads(tests: Iterable[OfTest]) -> dict[str, Spread]:
    values: dict[str, list[Value]] = {}
    for each in tests:
        for name, told in each.figures.items():
            values.setdefault(name, []).extend(told)
    return {name: _spread(told) for name, told in values.items()}


def _spread(told: Sequence[Value]) -> Spread:
    numbers = sorted((value for value in told), key=float)
    total = sum(value for value in numbers if not isinstance(value, str))
    return Spread(_text(numbers[0]), _text(numbers[-1]), _text(total), _text(len(numbers)))


def _texts(figures: Mapping[str, Value]) -> dict[str, str]:
    return {name: _text(value) for name, value in figures.items()}


def _text(value: Value) -> str:
    """Return a figure as Swedes write it; words as they stand."""
    return value if isinstance(value, str) else cell(float(value))


def signs(page: Path = DOCS / "spakar" / "README.md") -> Measurement:
    """Return how many expected answers of levers go the expected way, by the page of their charts."""
    text = page.read_text(encoding="utf-8")
    counts = {name: text.count(words) for name, words in _VERDICTS.items()}
    return Measurement(LEVER_CHARTS, "", "", 0, counts)


# --- the page


def page(measured: Mapping[str, Measurement] | None = None) -> str:
    """Return the page of all checks."""
    known = {**(read() if measured is None else measured), SIGNS: signs()}
    areas = list(dict.fromkeys(check.area for check in CHECKS))
    parts = [
        "# De 45 kontrollerna\n",
        "<!-- Sidan är gjord av `python -m calibration.checks`; ändra i registret, inte här. -->\n",
        _WHAT_IT_IS,
        _summary(),
        "## Vad som mättes när\n",
        _commands(known),
        *(_area(area, known) for area in areas),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _summary() -> str:
    missing = [check.number for check in CHECKS if check.missing_sv]
    numbers = ", ".join(map(str, missing))
    return f"{len(CHECKS) - len(missing)} är gjorda i sin helhet; i {len(missing)} fattas något ({numbers}).\n"


def _commands(measured: Mapping[str, Measurement]) -> str:
    rows = [
        (f"`{each.command}`", each.measured or "se sidan om spakarna", f"`{each.version}`" if each.version else "",
         each.cores or "")
        for each in measured.values()
    ]  # fmt: skip
    return table_text(("Kommando", "Dag", "Version", "Kärnor"), sorted(rows))


def _area(area: str, measured: Mapping[str, Measurement]) -> str:
    rows = [
        (check.number, check.says_sv, _where(check, measured), figure_of(check, measured), check.missing_sv)
        for check in CHECKS
        if check.area == area
    ]
    return f"## {area}\n\n" + table_text(("Nr", "Kontroll", "Prov", "Mätt", "Fattas"), rows)


def _where(check: Check, measured: Mapping[str, Measurement]) -> str:
    """Return files with their tests, and commands."""
    by_file: dict[str, list[str]] = {}
    for test in check.tests:
        file, _, name = test.partition("::")
        by_file.setdefault(file, []).extend([f"`{name}`"] if name else [])
    tests = [f"`{file}`" + (f": {', '.join(names)}" if names else "") for file, names in by_file.items()]
    return "; ".join([*tests, *(f"`{measured[name].command}`" for name in check.commands)])


def main() -> None:
    """Command line: rewrite the page in the documentation's folder."""
    parser = argparse.ArgumentParser(description="Rewrite the page of checks.")
    parser.add_argument("--docs", type=Path, default=DOCS, help="folder of the documentation")
    (parser.parse_args().docs / CHECKS_PAGE).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
