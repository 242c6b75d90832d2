"""What the costs are made of: unit costs with their range and grade, and what costs nothing in the model."""

from __future__ import annotations

from typing import Any

from scenarios.exhibits.exhibit import Column, Exhibit
from scenarios.places.names import PAYERS_SV
from scenarios.places.register_words import unit_sv
from scenarios.text.swedish import number
from simulator.region.pack import Region

COUNTED_SV = (
    "**Så räknas kostnaden.** Anställda gånger årskostnad, hyrpersonal gånger sitt pris, den del av styckpriset som "
    "följer kontakter och vårddygn, platser i särskilt boende och korttidsplatser, egenmonitorering och det arbete som "
    "insatser för med sig. Kommunerna betalar sin personal och sina platser, regionen allt annat. Personalen får "
    "betalt också när den är ledig, så vård som flyttas utan att tjänster flyttas sparar lite."
    "\n\n**Det här räknas inte:**"
)


def not_counted(region: Region) -> list[str]:
    """Return what the costs leave out, and the share of unit costs that follows the contact."""
    share, years = region.parameters["cost.variable_share"], {cost.price_year for cost in region.costs.values()}
    years_sv = " och ".join(str(year) for year in sorted(years))
    return [
        f"Inflation och löneutveckling: alla belopp är i {years_sv} års priser.",
        "Vakanta tjänster kostar inget, och inte heller rekrytering, utbildning eller den tid som en omställning tar.",
        "Läkaren i telefon åt hemsjukvården, lokaler för vård som flyttar, resor och hjälpmedel.",
        "Ambulanser och 1177 har varken personal eller kostnad i modellen.",
        "Patienternas egna kostnader, anhörigas tid och vinster utanför vården.",
        f"Av styckpriset för en kontakt eller ett vårddygn följer {number(100 * share, 0)} procent med kontakten "
        "(antagande, grad C); resten är lön och räknas som personal.",
    ]


def table(region: Region) -> Exhibit:
    """Return the region's unit costs with range and grade."""
    return Exhibit(
        key="styckpriser",
        title="Styckpriser",
        alt="Tabell över styckpriser med spann, grad och vem som betalar.",
        columns=(
            Column("label", "Vad", None, "", "Det som kostar."),
            Column("value", "Pris", 0, "kronor", "Det pris som används."),
            Column("low", "Lägst", 0, "kronor", "Undre gräns."),
            Column("high", "Högst", 0, "kronor", "Övre gräns."),
            Column("unit", "Enhet", None, "", "Prisets enhet."),
            Column("payer", "Betalas av", None, "", "Regionen eller kommunerna."),
            Column("year", "Prisår", None, "", "Årets prisnivå."),
            Column("grade", "Grad", None, "", "A läst i källan, B ur litteraturen, C antagande."),
        ),
        rows=[_row(name, region) for name in region.costs],
        note="Grad A: läst i källan. B: ur litteraturen, ska verifieras. C: antagande. Källorna står i registret över "
        "parametrar.",
    )


def _row(name: str, region: Region) -> dict[str, Any]:
    cost = region.costs[name]
    return {
        "label": cost.label_sv, "value": cost.value, "low": cost.low, "high": cost.high,
        "unit": unit_sv(cost.unit), "payer": PAYERS_SV[cost.payer], "year": str(cost.price_year),
        "grade": cost.grade,
    }  # fmt: skip
