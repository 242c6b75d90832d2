"""Swedish names of the figures of a followed person's years, and of the reasons why two paths part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class YearFigure:
    """A figure of a year (`simulator.lives.diary.Year`): label, decimals, and label below what it is part of."""

    name: str
    label: str
    decimals: int = 0
    part: str = ""


YEAR_FIGURES = (
    YearFigure("days_home", "Nätter hemma"),
    YearFigure("days_housing", "Nätter på särskilt boende"),
    YearFigure("days_short_term", "Nätter på korttidsplats"),
    YearFigure("days_hospital", "Nätter på sjukhus"),
    YearFigure("days_gone", "Nätter efter död eller flytt"),
    YearFigure("gp_visits", "Läkarbesök på hälsocentral"),
    YearFigure("own_gp_visits", "Läkarbesök hos den fasta läkaren", part="hos den fasta läkaren"),
    YearFigure("locum_visits", "Läkarbesök hos hyrläkare", part="hos hyrläkare"),
    YearFigure("gp_wait_days", "Väntan på läkarbesök, dagar i medeltal", 1, "väntan, dagar i medeltal"),
    YearFigure("coc", "Kontinuitetsindex (eget, 0–1)", 2),
    YearFigure("nurse_visits", "Sköterska eller rehab"),
    YearFigure("digital_contacts", "Digitala kontakter"),
    YearFigure("specialist_visits", "Specialist och närsjukvård"),
    YearFigure("home_visits", "Hemsjukvårdsbesök"),
    YearFigure("mobile_visits", "Mobilt team"),
    YearFigure("emergency_visits", "Akutbesök"),
    YearFigure("admissions", "Inläggningar"),
    YearFigure("planned_admissions", "Planerade inläggningar", part="därav planerade"),
    YearFigure("discharge_ready_days", "Utskrivningsklara dygn", 1),
    YearFigure("hospital_at_home_days", "Dygn med sjukhusvård i hemmet"),
)
"""In the order in which they are shown."""
REASONS_SV = {
    "support": "Det är strategin som ger detta.",
    "named_gp": "Läkartjänster tillsätts och lämnas olika.",
    "need": "Besväret uppstår bara i den ena: strategin eller ett tidigare möte ändrar hur ofta det händer.",
    "unmet": "Besväret uppstår bara i den ena, där ett behov inte möttes i tid.",
    "missed": "Samma besvär, men i den ena uteblir besöket.",
    "way": "Samma besvär, men det möts på ett annat sätt.",
    "doctor": "Samma besvär, men en annan läkare hade tid.",
    "wait": "Samma besvär, men kön är olika lång.",
    "outcome": "Samma händelse, men den slutar olika.",
    "life": "Det hänger på vad som har hänt tidigare i respektive väg.",
}
