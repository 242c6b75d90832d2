"""Swedish names of the figures of a followed person's years, and of the reasons why two paths part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a year (`simulator.lives.diary.Year`): label, decimals, and label below what it is part of."""

    name: str
    label: str
    decimals: int = 0
    part: str = ""


FIGURES = (
    Figure("days_home", "Nätter hemma"),
    Figure("days_housing", "Nätter på särskilt boende"),
    Figure("days_short_term", "Nätter på korttidsplats"),
    Figure("days_hospital", "Nätter på sjukhus"),
    Figure("days_gone", "Nätter efter död eller flytt"),
    Figure("gp_visits", "Läkarbesök på hälsocentral"),
    Figure("own_gp_visits", "Läkarbesök hos den fasta läkaren", part="hos den fasta läkaren"),
    Figure("locum_visits", "Läkarbesök hos hyrläkare", part="hos hyrläkare"),
    Figure("gp_wait_days", "Väntan på läkarbesök, dagar i medeltal", 1, "väntan, dagar i medeltal"),
    Figure("coc", "Kontinuitetsindex (eget, 0–1)", 2),
    Figure("nurse_visits", "Sköterska eller rehab"),
    Figure("digital_contacts", "Digitala kontakter"),
    Figure("specialist_visits", "Specialist och närsjukvård"),
    Figure("home_visits", "Hemsjukvårdsbesök"),
    Figure("mobile_visits", "Mobilt team"),
    Figure("emergency_visits", "Akutbesök"),
    Figure("admissions", "Inläggningar"),
    Figure("planned_admissions", "Planerade inläggningar", part="därav planerade"),
    Figure("discharge_ready_days", "Utskrivningsklara dygn", 1),
    Figure("hospital_at_home_days", "Dygn med sjukhusvård i hemmet"),
)
"""In the order in which they are shown."""
REASONS_SV = {
    "support": "Det är strategin som ger detta.",
    "named_gp": "Läkartjänster tillsätts och lämnas olika.",
    "need": "Besväret uppstår bara i den ena: strategin eller ett tidigare möte ändrar hur ofta det händer.",
    "way": "Samma besvär, men det möts på ett annat sätt.",
    "doctor": "Samma besvär, men en annan läkare hade tid.",
    "wait": "Samma besvär, men kön är olika lång.",
    "outcome": "Samma händelse, men den slutar olika.",
    "life": "Det hänger på vad som har hänt tidigare i respektive väg.",
}
