"""The document of a study: its question, its cases under every future, and what of the answer can be leaned on.

A study of named strategies alone is told as the strategy document (`scenarios.documents.strategy_document`); sweeps
and stress tests have too many cases for it, and are told here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import xarray as xr

from scenarios.documents.certainty import certainty
from scenarios.documents.content import Block, Bullets, Paper, Paragraph, PrintedTable, Section, Subheading
from scenarios.documents.foot import foot_of
from scenarios.documents.grounds import grounds
from scenarios.documents.judging import Judged, largest
from scenarios.documents.question import question
from scenarios.documents.results_read import Material
from scenarios.documents.strategy_document import CAUTION_SV, strategy_document
from scenarios.documents.stress_told import kept_sv, label_of, stress_told
from scenarios.documents.studied import Studied, studied_of
from scenarios.documents.summary import certainty_sv, course_sv, loss_sv
from scenarios.documents.sweep_told import sweep_told
from scenarios.documents.tables import comparison_tables, named, plain_value_sv
from scenarios.exhibits.wording import counted
from scenarios.levers.amount import amount_sv
from scenarios.levers.registry import LEVERS
from scenarios.live.answer import Verdict
from scenarios.measures.figures import INDICATORS
from scenarios.report.about import reach_sv
from scenarios.report.origin import ToldScenario
from scenarios.strategies.draft import NO_DESCRIPTION, NO_QUESTION
from scenarios.studies.cases import Case
from scenarios.studies.study import Study, Sweep, SweptLever
from scenarios.studies.sweeps import names_of, points_of
from scenarios.text.swedish import MISSING, dated, number

STUDY_DOCUMENT_NAME = "studierapport"
SENTENCES_OF_MEASURES = 3
"""Measures of which the page for leadership says a sentence; all are in its table."""
MOST_VALUES_LISTED = 8


def document_of_study(dataset: xr.Dataset, study: Study, cases: Sequence[Case]) -> Paper:
    """Return the document of a study from its results; raises InputError when nothing can be told of them."""
    studied = studied_of(dataset, study, cases)
    if not study.sweeps and not study.futures.stress_tests:
        paper = strategy_document(studied.named)
        return replace(paper, title=study.label_sv, subtitle=_asked(studied))
    return _study_document(studied)


def _study_document(studied: Studied) -> Paper:
    material = studied.named
    sections = (
        _summary(studied),
        _question(studied),
        *_scenarios(studied),
        *(sweep_told(studied, sweep) for sweep in studied.study.sweeps),
        *([stress_told(studied)] if studied.stressed else []),
        certainty(material),
        *grounds(_with_sweeps(studied)),
    )
    return Paper(
        STUDY_DOCUMENT_NAME, studied.study.label_sv, _asked(studied), _about(studied), sections, material.origin,
        material.created, foot_of(material.origin),
    )  # fmt: skip


def _asked(studied: Studied) -> str:
    asked = studied.study.question_sv
    return f"{_count(studied)} jämförda till {studied.whole.last}" if asked == NO_QUESTION else asked.strip()


def _count(studied: Studied) -> str:
    return counted(len(studied.cases), "scenario", "scenarier").capitalize()


def _about(studied: Studied) -> tuple[str, ...]:
    material = studied.whole
    runs = counted(material.answer.replications, "replikation", "replikationer")
    drawn = f", {counted(material.draws, 'framtid', 'framtider')} med varierade antaganden" if material.draws else ""
    day = dated(material.created.date())
    made = f"{material.region.name_sv}. Resultat från {day}: {_count(studied).lower()}, {runs}{drawn}, frö "
    return f"{made}{material.origin.seed}.", CAUTION_SV


# --- the page for leadership


def _summary(studied: Studied) -> Section:
    blocks: tuple[Block, ...] = (Bullets(tuple(_sentences(studied))), *_key_table(studied))
    return Section("sammanfattning", "Sammanfattning för ledningen", blocks, own_page=True)


def _sentences(studied: Studied) -> Iterator[str]:
    yield course_sv(studied.whole)
    told = [(name, found) for name in studied.indicators if (found := studied.found(name))]
    for name, found in told[:SENTENCES_OF_MEASURES]:
        yield _measure_sv(studied, name, found)
    worst = studied.worst()
    if worst is None:
        yield "Ingen säker försämring syns i något mått och något scenario."
    else:
        label = studied.whole.label(worst.record.scenario)
        yield f"Av alla mått och scenarier: {loss_sv(worst, [])}, med {label}."
    yield from (kept_sv(studied, stress) for stress in studied.stressed)
    yield certainty_sv(studied.named)


def _measure_sv(studied: Studied, indicator: str, found: Sequence[Judged]) -> str:
    label, last = INDICATORS[indicator].label_sv, studied.whole.last
    parts = []
    for which, word in (("better", "säkert bättre"), ("worse", "säkert sämre"), ("changed", "säkert annorlunda")):
        count = sum(each.firm and each.verdict == which for each in found)
        if count:
            parts.append(f"{word} i {number(count)}")
    if not parts:
        return f"{label} {last}: ingen säker skillnad mot {studied.whole.course} i något scenario."
    best = next(iter(largest([each for each in found if each.firm], "better", 1)), None)
    told = f" Mest: {studied.whole.label(best.record.scenario)}, {best.from_to_sv()}." if best else ""
    return f"{label} {last}: {', '.join(parts)} av {number(len(found))} scenarier.{told}"


def _key_table(studied: Studied) -> Iterator[PrintedTable]:
    """Yield the table of the measures: today, the last year, and the scenarios with the largest gain and loss."""
    material = studied.whole
    if not studied.indicators:
        return
    rows = []
    for name in studied.indicators:
        found = studied.found(name)
        base = material.baseline
        values = (plain_value_sv(material, name, base, year) for year in (material.today, material.last))
        rows.append(
            (named(INDICATORS[name]), *values, *(_most(material, found, which) for which in ("better", "worse")))
        )
    heads = ("Mått", f"{material.today}, i dag", f"{material.last}, {material.course}", "Mest bättre", "Mest sämre")
    note = (
        f"Skillnaden är parad mot {material.course} {material.last}, med 95 %-intervall. Bara säkra skillnader nämns. "
        "Att något kommer överst bland många scenarier kan delvis bero på slump."
    )
    shares, right = (0.22, 0.11, 0.13, 0.27, 0.27), frozenset((1, 2))
    yield PrintedTable("svaret", "Svaret, mått för mått", heads, tuple(rows), shares, right, note, whole=True)


def _most(material: Material, found: Sequence[Judged], which: Verdict) -> str:
    chosen = next(iter(largest([each for each in found if each.firm], which, 1)), None)
    return MISSING if chosen is None else f"{chosen.difference_sv()}\n{material.label(chosen.record.scenario)}"


# --- what was asked


def _question(studied: Studied) -> Section:
    asked = question(studied.named)
    study = studied.study
    blocks: list[Block] = []
    if study.question_sv != NO_QUESTION:
        blocks.append(Paragraph(study.question_sv.strip(), "lead"))
    if study.description_sv != NO_DESCRIPTION:
        blocks.append(Paragraph(study.description_sv.strip()))
    blocks += asked.blocks[1:] if blocks else asked.blocks
    if study.sweeps:
        blocks += [Subheading("Svep"), _sweeps(study.sweeps)]
    if studied.stressed:
        blocks += [Subheading("Stresstest"), _stresses(studied)]
    return replace(asked, blocks=tuple(blocks))


def _sweeps(sweeps: Sequence[Sweep]) -> PrintedTable:
    rows = tuple(
        (sweep.label_sv if n == 0 else "", LEVERS[swept.lever].label_sv, _values(sweep, swept), *_reached(sweep, swept))
        for sweep in sweeps
        for n, swept in enumerate(sweep.levers)
    )
    heads = ("Svep", "Spak", "Värden", "Från", "Gäller")
    note = "I ett rutnät prövas varje kombination; i en latinsk hyperkub dras punkterna jämnt över spakarnas spann."
    return PrintedTable("svep", "Vad svepen prövar", heads, rows, (0.2, 0.24, 0.3, 0.12, 0.14), note=note)


def _values(sweep: Sweep, swept: SweptLever) -> str:
    lever = LEVERS[swept.lever]
    if swept.values is not None:
        told = [amount_sv(lever, value) for value in swept.values[:MOST_VALUES_LISTED]]
        rest = len(swept.values) - len(told)
        return "; ".join(told) + (f" och {number(rest)} till" if rest > 0 else "")
    at = [lever.name for lever in (LEVERS[each.lever] for each in sweep.levers)].index(lever.name)
    drawn = [point[at] for point in points_of(sweep)]
    return f"{amount_sv(lever, min(drawn))} till {amount_sv(lever, max(drawn))}, {number(len(drawn))} punkter"


def _reached(sweep: Sweep, swept: SweptLever) -> tuple[str, str]:
    budget = sweep.budget_msek_per_year
    told = reach_sv(swept.reach)
    return swept.start.isoformat(), told if budget is None else f"{told}; högst {number(budget)} mnkr om året"


def _stresses(studied: Studied) -> PrintedTable:
    by_name = {case.stress_name: case.stress for case in studied.cases.values() if case.stress is not None}
    rows = tuple((label_of(studied, name), by_name[name].description_sv.strip()) for name in studied.stressed)
    return PrintedTable("stresstesten", "Stresstesten", ("Stresstest", "Vad det innebär"), rows, (0.25, 0.75))


def _scenarios(studied: Studied) -> Iterator[Section]:
    if studied.named.strategies and studied.indicators:
        title = f"Scenarierna {studied.whole.last}"
        tables = comparison_tables(studied.named, "scenarier-matt", title, studied.indicators)
        yield Section("scenarierna", f"Scenarierna jämförda med {studied.whole.course}", tuple(tables))


def _with_sweeps(studied: Studied) -> Material:
    """Return the material of the named scenarios with each sweep as one more, so that its levers are told too."""
    material = studied.named
    told = list(material.origin.scenarios)
    for sweep in studied.study.sweeps:
        name = next((name for name in names_of(sweep) if name in studied.cases), None)
        if name is not None:
            label = f"{sweep.label_sv} (svep, {counted(len(points_of(sweep)), 'punkt', 'punkter')})"
            strategy = studied.cases[name].strategy.model_copy(update={"label_sv": label})
            told.append(ToldScenario(sweep.name, label, "", strategy))
    return replace(material, origin=replace(material.origin, scenarios=tuple(told)))
