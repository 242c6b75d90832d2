"""What was asked: the scenarios, what each of them would do, from when, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.documents.content import Block, Bullets, Paragraph, PrintedTable, Section, Subheading
from scenarios.documents.results_read import Material
from scenarios.exhibits.exhibit import Exhibit
from scenarios.exhibits.money import bills
from scenarios.exhibits.telling import listed
from scenarios.exhibits.wording import counted
from scenarios.levers.amount import value_sv
from scenarios.levers.registry import LEVERS
from scenarios.report.about import assumptions, reach_sv
from scenarios.report.origin import ToldScenario
from scenarios.strategies.library import BASELINE
from scenarios.strategies.strategy import LeverSetting
from scenarios.text.problems import ScenarioError
from scenarios.text.swedish import dated, number

NOT_HERE_SV = "Strategin finns inte i biblioteket; lägg filen som den kördes från i resultatmappen, så står den här."


def question(material: Material) -> Section:
    """Return the section of the scenarios and their levers."""
    blocks: list[Block] = [Paragraph(_asked(material), "lead"), *_course(material)]
    blocks += [_scenarios(material), _levers(material), *_bills(material)]
    return Section("fragan", "Frågan", tuple(blocks))


def _asked(material: Material) -> str:
    labels = [material.label(name) for name in material.strategies]
    region = material.region.name_sv
    if not labels:
        return f"Hur går det för vården i {region} till {material.last} om inget nytt beslutas?"
    if not material.undecided:
        return f"Vad skiljer {listed(labels)} från {material.course} för vården i {region} till {material.last}?"
    count = counted(len(labels), "strategi", "strategier")
    return (
        f"Vad händer med vården i {region} till {material.last} om inget nytt beslutas, och vad ändrar "
        f"{count}: {listed(labels)}?"
    )


def _course(material: Material) -> Iterator[Paragraph]:
    if material.baseline == BASELINE:
        yield Paragraph(
            "Dagens kurs är framtiden utan nya beslut: dagens arbetssätt, tjänster och vårdplatser fortsätter medan "
            "befolkningen åldras och personal slutar och rekryteras. Den är alltså inte läget i dag. I appen och i "
            "kommandona heter scenariot Nuläge."
        )
    else:
        yield Paragraph(f"Alla skillnader är mot {material.course}.")


def _scenarios(material: Material) -> PrintedTable:
    rows = tuple((scenario.label, *_asks(scenario)) for scenario in material.origin.scenarios)
    return PrintedTable("scenarier", "Scenarierna", ("Scenario", "Fråga", "Vad det innebär"), rows, (0.2, 0.32, 0.48))


def _asks(scenario: ToldScenario) -> tuple[str, str]:
    if scenario.strategy is None:
        return "", NOT_HERE_SV
    return scenario.strategy.question_sv.strip(), scenario.strategy.description_sv.strip()


def _levers(material: Material) -> PrintedTable:
    rows = tuple(row for scenario in material.origin.scenarios for row in _settings(scenario))
    heads = ("Scenario", "Spak", "Värde", "Från", "Full effekt", "Gäller")
    data = assumptions(material.origin)
    kept = [column for column in data.columns if column.field not in ("evidence", "rationale")]
    return PrintedTable(
        "spakar", "Vad strategierna ändrar", heads, rows, (0.17, 0.29, 0.2, 0.11, 0.11, 0.12),
        data=Exhibit("spakar", "Vad strategierna ändrar", data.alt, kept, data.rows),
    )  # fmt: skip


def _settings(scenario: ToldScenario) -> Iterator[tuple[str, ...]]:
    if scenario.strategy is None:
        yield scenario.label, NOT_HERE_SV, "", "", "", ""
    elif not scenario.strategy.levers:
        yield scenario.label, "Inga spakar ändras", "", "", "", ""
    else:
        yield from (_setting(scenario.label, setting) for setting in scenario.strategy.levers)


def _setting(label: str, setting: LeverSetting) -> tuple[str, ...]:
    lever = LEVERS[setting.lever]
    full = setting.full_effect.isoformat() if setting.full_effect else _ramp(lever.ramp_months)
    return (
        label, lever.label_sv, value_sv(lever, setting.value), setting.start.isoformat(), full, reach_sv(setting.reach)
    )  # fmt: skip


def _ramp(months: int) -> str:
    return f"efter {number(months)} mån." if months else "vid start"


def _bills(material: Material) -> Iterator[Block]:
    told = tuple(text for scenario in material.origin.scenarios if (text := _bill(material, scenario)))
    if told:
        yield Subheading("Vad insatserna kostar")
        yield Bullets(told)
        yield Paragraph(bills.BILLS_NOTE, "note")


def _bill(material: Material, scenario: ToldScenario) -> str:
    if scenario.strategy is None or not scenario.strategy.levers:
        return ""
    shown = next(each for each in material.answer.shown if each.name == scenario.name)
    try:
        bill = bills.bill_of(shown, scenario.strategy, material.region)
    except ScenarioError:
        return ""
    return f"{scenario.label}. {bills.text(bill)}"


def starts_sv(material: Material) -> str:
    """Return when the first lever of all strategies begins, "" where that is not known."""
    told = (scenario.strategy for scenario in material.origin.scenarios)
    days = [setting.start for strategy in told if strategy for setting in strategy.levers]
    return f"Strategierna börjar {dated(min(days))}." if days else ""
