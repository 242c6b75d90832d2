"""The table of extremes: what happens when care is cut hard, with and without consequences of unmet need.

`python -m calibration.extremes [--replications 4] [--out docs/ytterligheter.md]` simulates today's course and each cut
of `CUTS` from 2027 under the same seeds, once as the model is and once with `unmet.consequences` switched off, and
writes the page. A decision must not lean on a model in which a cut costs nobody anything: every cut is to raise
emergency visits, admissions or deaths, or to leave more people waiting, and the page says how much and by what grade of
evidence. `tests/properties/test_cuts.py` has a test for the sign of each.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from calibration.register_text import table_text
from scenarios.measures.headline import headline
from scenarios.strategies.defaults import HOME_REGION
from scenarios.text.swedish import number
from simulator.changes import Change, Operation
from simulator.core.fields import Array
from simulator.region.pack import load_region
from simulator.simulation import Simulation

FROM, LIVED_UNTIL = date(2027, 1, 1), date(2031, 1, 1)
EXTREMES_PAGE = Path(__file__).parents[1] / "docs" / "ytterligheter.md"


class Cut(NamedTuple):
    """Something taken away, in words, and what carries its consequences."""

    label_sv: str
    changes: tuple[tuple[str, Operation, float], ...]
    carried_by_sv: str


CUTS = {
    "no_gps": Cut(
        "Inga läkare rekryteras, fem gånger så många slutar, inga hyrläkare",
        (("gp_recruitment", "multiply", 0.0), ("gp_turnover", "multiply", 5.0), ("agency_cover", "set", 0.0)),
        "Ger upp eller avvisas: åter eller akut (C), väntan på sängplats (B, C)",
    ),
    "nurses": Cut(
        "Sköterskor och rehab på hälsocentral × 0,7", (("nurse_posts", "multiply", 0.7),),
        "Ger upp: söker läkare i stället (C)",
    ),
    "home_nursing": Cut(
        "Hemsjukvårdens tjänster × 0,5", (("home_nursing_posts", "multiply", 0.5),), "Uteblivna hembesök (C)"
    ),
    "home_help": Cut(
        "Hemtjänstens tjänster × 0,5", (("home_help_posts", "multiply", 0.5),),
        "Akut och fall där hjälp saknas (B), fler får särskilt boende (C)",
    ),
    "housing": Cut(
        "Platser i särskilt boende × 0,7", (("housing_places", "multiply", 0.7),), "Väntan på särskilt boende (C)"
    ),
    "beds": Cut("Vårdplatser × 0,7", (("beds", "multiply", 0.7),), "Väntan på sängplats (B, C), väntan i kö (C)"),
    "specialists": Cut(
        "Läkare på sjukhus × 0,7", (("specialist_capacity", "multiply", 0.7),), "Väntan på mottagning (C)"
    ),
    "receptions": Cut(
        "Mottagning från sjukhus × 0,5", (("receptions", "multiply", 0.5),), "Väntan på sängplats (B, C)"
    ),
    "ed_places": Cut(
        "Behandlingsplatser på akuten × 0,6", (("ed_places", "multiply", 0.6),), "Avvisas från full akut: åter (C)"
    ),
    "crisis": Cut(
        "Bemanningskris",
        (
            ("gp_turnover", "multiply", 2.0), ("gp_recruitment", "multiply", 0.5), ("nurse_posts", "multiply", 0.9),
            ("staff_turnover", "multiply", 1.5), ("staff_recruitment", "multiply", 0.6),
            ("sick_leave_change", "add", 0.01), ("home_nursing_posts", "multiply", 0.9), ("beds", "multiply", 0.9),
        ),
        "Allt ovan",
    ),
}  # fmt: skip
"""Cuts by name, all from the first day of strategies on and at once; some go beyond what the levers allow."""
TOLD_OF_CUTS = {
    "ed_visits": "Akutbesök", "admissions": "Inläggningar", "deaths": "Döda 2027–2030",
    "assessed_within_3_days": "Bedömda inom tre dagar, procentenheter",
    "planned_within_90_days": "Planerad inläggning inom 90 dagar, procentenheter",
    "unmet_needs": "Behov som inte möttes", "cost": "Kostnad, miljoner kronor",
}  # fmt: skip

PERCENT_COLUMNS = (3, 4)


def changes_of(cut: Cut, start: date = FROM) -> tuple[Change, ...]:
    """The cut as dated changes, whole at once."""
    return tuple(Change(name, operation, value, start, start) for name, operation, value in cut.changes)


def figures_of(simulation: Simulation) -> Array:
    """TOLD_OF_CUTS of the last year, deaths of all years from `FROM` on, float64[columns]."""
    rows, last = headline(simulation.dataset()), LIVED_UNTIL.year - 1
    values = {name: float(rows[name].sel(year=last)) for name in TOLD_OF_CUTS}
    values["deaths"] = float(rows["deaths"].sel(year=slice(FROM.year, last)).sum())
    return np.array(list(values.values()))


def differences(code: str, consequences: bool, seed: int) -> Array:
    """What each cut changes against today's course under one seed, float64[cuts, columns]; row 0 is today's course."""
    region = load_region(code)
    if not consequences:
        region = region.with_parameters({"unmet.consequences": 0.0})
    before = Simulation(region, seed)
    before.run(FROM)
    checkpoint, rows = before.checkpoint(), []
    for changes in ((), *map(changes_of, CUTS.values())):
        simulation = Simulation.resume(region, checkpoint, changes)
        simulation.run(LIVED_UNTIL)
        rows.append(figures_of(simulation))
    found = np.array(rows)
    found[1:] -= found[0]
    return found


def page(with_them: Array, without: Array) -> str:
    """The page; both float64[seeds, 1 + cuts, columns]."""
    seeds = len(with_them)
    text = (
        "# Ytterligheter: vad som händer när vården skärs ner\n\n"
        "<!-- Sidan är gjord av `python -m calibration.extremes`; ändra där, inte här. -->\n\n"
        f"Skillnad mot dagens kurs år {LIVED_UNTIL.year - 1}, medel av {seeds} parade replikationer (± 1,96 medelfel), "
        "när var nedskärning gäller helt från 1 januari 2027. Några går längre än reglagen tillåter; det är riktningen "
        "som prövas. *Utan följder* är samma körningar med `unmet.consequences` = 0: så svarar modellen när ouppfyllda "
        "behov inte kommer tillbaka. Bokstaven är graden på det som bär följden ([registret](register-parametrar.md)): "
        "A läst, B litteratur att verifiera, C antagande. Alla har noll i sitt mellanrum, så storleken är osäker; det "
        "är tecknet som modellen nu vågar säga.\n\n"
        "**Kostnaden är inte hela priset.** Den faller när tjänster inte finns. Vad det kostar i vård står i de andra "
        "kolumnerna, och en jämförelse av strategier ska läsa båda. Inläggningar kan falla därför att det inte finns "
        "säng: då faller de planerade, och fler väntar längre.\n\n"
    )
    heads = ("Nedskärning", *TOLD_OF_CUTS.values(), "Akutbesök utan följder", "Döda utan följder", "Bärs av")
    rows = [
        (
            cut.label_sv, *(_told(with_them[:, n, c]) for c in range(len(TOLD_OF_CUTS))),
            _told(without[:, n, 0]), _told(without[:, n, 2]), cut.carried_by_sv,
        )
        for n, cut in enumerate(CUTS.values(), 1)
    ]  # fmt: skip
    today = ", ".join(
        f"{label.lower()} {number(with_them[:, 0, c].mean(), 1 if c in PERCENT_COLUMNS else 0)}"
        for c, label in enumerate(TOLD_OF_CUTS.values())
    )
    return f"{text}Dagens kurs: {today}.\n\n{table_text(heads, rows)}"


def _told(values: Array) -> str:
    """Mean difference with its interval."""
    places = 0 if abs(values.mean()) >= 20.0 else 1
    error = 1.96 * values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else np.nan
    return f"{number(values.mean(), places, sign=True)} ± {number(error, places)}"


def measured(code: str, seeds: Sequence[int]) -> Mapping[bool, Array]:
    """Differences with and without consequences, float64[seeds, 1 + cuts, columns] each."""
    out = {}
    with ProcessPoolExecutor() as executor:
        for consequences in (True, False):
            out[consequences] = np.array(list(executor.map(partial(differences, code, consequences), seeds)))
    return out


def main() -> None:
    """Simulate and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--region", default=HOME_REGION)
    parser.add_argument("--replications", type=int, default=4)
    parser.add_argument("--out", type=Path, default=EXTREMES_PAGE)
    given = parser.parse_args()
    found = measured(given.region, range(1, given.replications + 1))
    given.out.write_text(page(found[True], found[False]), encoding="utf-8")


if __name__ == "__main__":
    main()
