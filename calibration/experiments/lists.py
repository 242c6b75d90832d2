"""Finding the few: how well lists made in different ways find those who are admitted next year, and what is claimed.

`python -m calibration.experiments.lists [--replications 6]` makes docs/att-hitta-de-fa.md and the text that the app
shows. Four lists of equal length are made on a New Year: by diagnoses as a classification does, by the use of the year
before, by what GPs judge, and mixed as the region makes its own. Each is followed for a year without anything done and
once with a närvårdsteam for everybody on it. A before-after evaluation sets the year with the team against the year
before; the truth is the same people's same year without the team.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
from scipy.stats import rankdata

from calibration.experiments.followed import follow_year
from calibration.experiments.page import range_of
from calibration.register_text import table_text
from scenarios.strategies.defaults import HOME_REGION
from scenarios.text.swedish import number
from simulator.changes import Change
from simulator.checkpoint import Checkpoint
from simulator.core.dates import EPOCH
from simulator.core.fields import Array
from simulator.core.state import COMPLEX, PRESENT
from simulator.people import finding
from simulator.region.pack import Region, load_region
from simulator.simulation import Simulation

_PROJECT = Path(__file__).parents[2]
CASE_FINDING_PAGE = _PROJECT / "docs" / "att-hitta-de-fa.md"
SHOWN_PAGE = _PROJECT / "scenarios" / "pages" / "texts" / CASE_FINDING_PAGE.name
"""The same, for the app: without its title's rank and what it is made by."""
INDEX_OF_LISTS = EPOCH.year + 1
"""The year before the lists are made; the one after it is followed."""
OWN = ""
"""The region's own list, which is none of `finding.RANKINGS`."""
ENOUGH = 40.0
"""Coordinators for 10 000 listed: nobody on a list is without, wherever they live."""
LISTS_SV = {
    "diagnoses": "Diagnoser, som en klassificering",
    "use": "Förra årets vård",
    "judgement": "Läkarens bedömning",
    "mixed": "Blandad, som regionens lista",
}
TOLD_OF_LISTS = (
    "before", "without", "with", "claimed", "truth", "hit", "found", "ranked",
)  # fmt: skip
"""Columns: emergency admissions a person the year before, the next without and with a team; change claimed and true;
share of the list admitted next year; share of those admitted who are on the list; area under the curve."""


def one_history(code: str, seed: int) -> Array:
    """Make all lists in one future and follow them, float64[lists, TOLD_OF_LISTS]."""
    region = load_region(code)
    simulation = Simulation(region, seed)
    simulation.run(date(INDEX_OF_LISTS, 1, 1))
    before = follow_year(simulation, INDEX_OF_LISTS)["admission"]
    simulation.run(date(INDEX_OF_LISTS + 1, 1, 2))  # the year is settled on its first day
    simulation.make_room(0)
    checkpoint = simulation.checkpoint()
    scores = scores_of(simulation, region, before)
    rows = []
    for name in LISTS_SV:
        chosen = _first(scores[name], simulation.state.person["status"])
        without, team = (_admitted(region, checkpoint, chosen, with_team) for with_team in (False, True))
        rows.append(_row(before, without, team, chosen, scores[name]))
    return np.array(rows)


def scores_of(simulation: Simulation, region: Region, used: Array) -> Mapping[str, Array]:
    """What each list ranks by, float64[N] by LISTS_SV; minus infinity for who cannot be on it.

    `used` [N or fewer] are the emergency admissions of the year before: of those with as many, who used most GP time.
    """
    state, when = simulation.state, finding.NewYear(simulation.state, simulation.tables, region, INDEX_OF_LISTS + 1)
    use = state.relation["used_before"] / 1e6
    use[: used.size] += used
    ranked = finding.scores(when, use)
    names = dict(zip(LISTS_SV, (*finding.RANKINGS, OWN), strict=True))
    return {name: finding.own_score(when, 0) if of == OWN else ranked[of] for name, of in names.items()}


def _first(score: Array, status: Array) -> Array:
    """Mark as many of those present with the highest scores as are on the region's own list, bool[N]."""
    here = (status & PRESENT) != 0
    number_listed = int(((status & COMPLEX) != 0)[here].sum())
    ranked = np.argsort(-np.where(here, score, -np.inf), kind="stable")[:number_listed]
    chosen = np.zeros(score.size, bool)
    chosen[ranked] = True
    return chosen


def _admitted(region: Region, checkpoint: Checkpoint, chosen: Array, with_team: bool) -> Array:
    """Emergency admissions of a year in which those chosen are the ones on the list, int64[N]."""
    start = date(INDEX_OF_LISTS + 1, 1, 1)
    team = (Change("team_share", "add", 1.0, start, start), Change("team_coordinators", "add", ENOUGH, start, start))
    simulation = Simulation.resume(region, checkpoint, team if with_team else ())
    status = simulation.state.person["status"] & (255 - COMPLEX)
    simulation.state.person["status"] = np.where(chosen, status | COMPLEX, status)
    state = simulation.state
    state.centre["complex"] = np.bincount(state.person["centre"][chosen], minlength=len(state.centre))
    return follow_year(simulation, INDEX_OF_LISTS + 1)["admission"][: chosen.size]


def _row(before: Array, without: Array, team: Array, chosen: Array, score: Array) -> list[float]:
    was = before[chosen[: before.size].nonzero()[0]].sum() / chosen.sum()
    nothing, done = without[chosen].mean(), team[chosen].mean()
    admitted = without > 0
    return [
        was, nothing, done, done / was - 1.0, done / nothing - 1.0, admitted[chosen].mean(),
        admitted[chosen].sum() / admitted.sum(), area_under_curve(score, admitted),
    ]  # fmt: skip


def area_under_curve(score: Array, happened: Array) -> float:
    """Chance that of two people, one of whom it happened to, that one has the higher score; equals count half."""
    ranks, n = rankdata(score), int(happened.sum())
    return float((ranks[happened].sum() - n * (n + 1) / 2) / (n * (happened.size - n)))


# --- the page ----------------------------------------------------------------------------------------------

_HEAD = """# Att hitta de få, och vad en uppföljning skulle ha påstått

<!-- Sidan är gjord av `python -m calibration.experiments.lists`; ändra inte här. -->

Ett närvårdsteam hjälper bara dem som finns på listan. Här görs fyra lika långa listor samma nyårsdag: efter
diagnoser, efter förra årets vård, efter läkarens bedömning och blandat som regionens egen (diagnoser och 24 månaders
vård). Alla följs ett år, en gång utan att något görs och en gång med ett team för alla på listan. Läkarens bedömning
antas hänga ihop till hälften med det behov som varken diagnoser eller vård visar (antagande, grad C). Spakarna *Listan:
platser efter …* fyller länets lista på något av de andra sätten, helt eller till en del.
"""
_FINDS = """
## Hur bra listorna hittar

*Träff* är andelen på listan som läggs in akut året därpå. *Hittar* är hur stor del av alla som läggs in akut som stod
på listan. *Träffsäkerhet* är ytan under kurvan: 0,5 är slump, 1 är facit.
"""
_FINDS_TAIL = """
En svensk algoritm hade träffsäkerheten 0,69 (0,68–0,70) bland dem som är 75 år och äldre: flaggades 40 procent hittades
62 procent av dem som lades in (Marcusson m.fl. 2020). ACG ligger på 0,67–0,76. Här räknas alla åldrar, och då skiljer
redan åldern människor åt: siffrorna är därför högre.
"""
_CLAIMS = """
## Vad en uppföljning före och efter skulle ha påstått

*Påstått* är året med teamet mot året före, så som en uppföljning utan jämförelsegrupp räknar. *Sant* är samma år utan
teamet. Skillnaden är regression mot medelvärdet: den som väljs för att ett år var tungt har oftast ett lättare år
därpå, vad som än görs. Talen gäller akuta inläggningar; samma sak syns varje år i måttet *Vård för dem på listan mot
året före*, även i nuläget där inget team finns.
"""
_CLAIMS_TAIL = """
Så gick det i verkligheten också. I Camden, USA, föll inläggningarna 38 procentenheter efter insatsen – och lika
mycket i den lottade kontrollgruppen (skillnad +0,8, −6,0 till 7,6). I England stod personer med två akuta
inläggningar för 38 procent av alla inläggningar bland dem över 65 det året och under 10 procent nästa, utan insats
(Roland m.fl. 2005). I Tyskland sjönk inläggningarna 15 procent om året på programvarans lista och steg 34 procent på
läkarnas, utan insats (Freund m.fl. 2013). Och när risklistor delades ut till vårdcentraler i Wales steg inläggningarna
med en procent (PRISM). **En minskning före och efter är alltså inget belägg, och en ökning inget motbevis.** Läs dem
alltid bredvid en jämförelse.
"""


def page(found: Array) -> str:
    """The page as Markdown; `found` float64[replications, lists, TOLD_OF_LISTS]."""
    parts = [
        _HEAD,
        f"{len(found)} replikationer av hela länet; 95-procentiga intervall för slumpen.\n",
        _FINDS.lstrip("\n"),
        table_text(("Lista", "Träff, %", "Hittar, %", "Träffsäkerhet"), _finding_rows(found)),
        _FINDS_TAIL.lstrip("\n"),
        _CLAIMS.lstrip("\n"),
        table_text(
            ("Lista", "Akuta inläggningar per person, året före", "Året därpå", "Med team", "Påstått, %", "Sant, %"),
            _claim_rows(found),
        ),
        _CLAIMS_TAIL.lstrip("\n"),
    ]
    return "\n".join(parts).rstrip() + "\n"


def shown(text: str) -> str:
    """The page as the app shows it: headings two steps lower, without the comment that says how it was made."""
    lines = [f"##{line}" if line.startswith("#") else line for line in text.splitlines()]
    kept = [line for line in lines if not line.startswith("<!--")]
    return "\n".join(kept).replace("\n\n\n", "\n\n") + "\n"


def _finding_rows(found: Array) -> Iterator[tuple[str, ...]]:
    hit, finds, ranked = (TOLD_OF_LISTS.index(name) for name in ("hit", "found", "ranked"))
    for n, label in enumerate(LISTS_SV.values()):
        shares = (range_of(100.0 * found[:, n, column]).text_sv(1) for column in (hit, finds))
        yield label, *shares, range_of(found[:, n, ranked]).text_sv()


def _claim_rows(found: Array) -> Iterator[tuple[str, ...]]:
    levels = [TOLD_OF_LISTS.index(name) for name in ("before", "without", "with")]
    changes = [TOLD_OF_LISTS.index(name) for name in ("claimed", "truth")]
    for n, label in enumerate(LISTS_SV.values()):
        each = (number(float(found[:, n, column].mean()), 2) for column in levels)
        yield label, *each, *(range_of(100.0 * found[:, n, column]).text_sv(0) for column in changes)


def main(words: Sequence[str] | None = None) -> None:
    """Command line: follow the lists and write the page."""
    parser = argparse.ArgumentParser(description="How lists find those who need much, and what is claimed of it.")
    parser.add_argument("--replications", type=int, default=6, help="seeds of the runs, 1 to this")
    seeds = range(1, parser.parse_args(words).replications + 1)
    with ProcessPoolExecutor() as workers:
        found = np.array(list(workers.map(one_history, [HOME_REGION] * len(seeds), seeds)))
    CASE_FINDING_PAGE.write_text(page(found), encoding="utf-8")
    SHOWN_PAGE.write_text(shown(page(found)), encoding="utf-8")


if __name__ == "__main__":
    main()
