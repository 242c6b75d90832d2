"""What is known about teams, care at home, discharge, prevention and coordination: findings with sources."""

from __future__ import annotations

from scenarios.levers.evidence import assumed
from scenarios.levers.lever import Evidence

TEAM = Evidence(
    finding_sv=(
        "Samlad geriatrisk bedömning i primärvården, 75 år och äldre med hög risk: vårddygn på sjukhus under två år."
        " Matchade grupper, inte lottade."
    ),
    source="Nord et al. BMC Geriatrics 2021;21:263 (19 Swedish practices, n=1308 aged 75+ high risk, 2 y, ITT)",
    grade="A",
    effect=-22,
    low=-35,
    high=-4,
    unit="%",
)
HOSPITAL_AT_HOME = Evidence(
    finding_sv="Sjukhusvård hemma jämfört med på avdelning: återinläggningarna blir inte färre.",
    source="Cochrane CD007491.pub3 (Edgar 2024), from memory, to verify",
    grade="B",
    effect=1.14,
    low=0.97,
    high=1.34,
    unit="RR",
)
BORGHOLM = Evidence(
    finding_sv=(
        "Hemsjukhuset i Borgholm: målet för vårddygn på sjukhus bland patienter i hemsjukvård; ett mål, inget resultat."
    ),
    source="https://lakartidningen.se/opinion/inledare/2018/01/hemsjukhuset-ett-initiativ-som-inspirerar/",
    grade="A",
    effect=-50,
    unit="%",
)
SAME_DAY = Evidence(
    finding_sv="Andel utskrivningsklara som lämnar sjukhuset samma dag i länet: mer än 90 procent, bäst i landet.",
    source="https://www.regionkalmar.se/nyhetslista/utskrivningsklara-patienter/",
    grade="A",
    effect=90,
    unit="%",
)
DISCHARGE_PLANNING = Evidence(
    finding_sv="Planerad utskrivning: ändring av vårdtiden.",
    source="Cochrane CD000313 (2022; 33 trials n=12 242 confirmed), estimate from memory, to verify",
    grade="B",
    effect=-0.73,
    low=-1.33,
    high=-0.12,
    unit="dygn",
)
DISCHARGE_RETURNS = Evidence(
    finding_sv="Planerad utskrivning: återinläggningarna blev färre.",
    source="Cochrane CD000313 (2022), from memory, to verify",
    grade="B",
    effect=0.89,
    low=0.81,
    high=0.97,
    unit="RR",
)
MEDICATION_REVIEW = Evidence(
    finding_sv="Läkemedelsgenomgång på sjukhus: återinläggningarna blev färre.",
    source="Cochrane CD008986.pub4 (Bulow 2023), from memory, to verify",
    grade="B",
    effect=0.93,
    low=0.89,
    high=0.98,
    unit="RR",
)
MEDBRIDGE = Evidence(
    finding_sv="Läkemedelsgenomgång vid fyra svenska sjukhus: ingen effekt på oplanerade besök.",
    source="Kempen et al. JAMA Netw Open 2021, from memory, to verify",
    grade="B",
    effect=1.04,
    low=0.89,
    high=1.22,
    unit="RR",
)
TELE_HEART = Evidence(
    finding_sv="Egenmonitorering vid hjärtsvikt: inläggningarna för hjärtsvikt blev färre.",
    source="Cochrane Inglis 2010 as summarised at ebmg evd06719 (4 studies n=1570)",
    grade="A",
    effect=0.79,
    low=0.67,
    high=0.94,
    unit="RR",
)
TELE_COPD = Evidence(
    finding_sv="Egenmonitorering vid KOL: ingen tydlig effekt på sjukhusvård.",
    source="Cochrane Janjua 2021, from memory, to verify",
    grade="B",
    effect=1.0,
    unit="RR",
)
FALL_EXERCISE = Evidence(
    finding_sv="Träning mot fall bland hemmaboende äldre: fallen blev färre.",
    source="Cochrane Sherrington 2019 (CD012424), from memory, to verify",
    grade="B",
    effect=0.77,
    low=0.71,
    high=0.83,
    unit="RR",
)
HEALTH_CHECKS = Evidence(
    finding_sv=(
        "Allmänna hälsokontroller: ingen effekt på dödlighet i randomiserade studier; eventuell effekt dröjer tio år."
    ),
    source="Cochrane Krogsboll 2019, from memory, to verify",
    grade="B",
    effect=1.0,
    low=0.97,
    high=1.03,
    unit="RR",
)
LINK_WORKERS = Evidence(
    finding_sv=(
        "Hälsolots: så många av åtta kontrollerade studier fann ingen effekt på livskvalitet; låg tillförlitlighet."
    ),
    source="Kiely et al. BMJ Open 2022;12:e062951 (8 controlled studies, n=6500)",
    grade="A",
    effect=4,
    unit="av 8 studier",
)
LINK_DEMAND = Evidence(
    finding_sv="Social förskrivning: ändring av läkarbesöken i studier utan jämförelsegrupp.",
    source="Polley et al. 2017 Univ. Westminster review, from memory, to verify",
    grade="B",
    effect=-28,
    low=-70,
    high=-2,
    unit="%",
)
NO_EFFECT = assumed("Ingen egen effekt på vårdbehov eller utfall antas: kontakten eller planen räknas och kostar bara.")
COORDINATION_2021 = Evidence(
    finding_sv="Andel patienter i länet med fast vårdkontakt 2021; 0,37 procent hade en individuell plan.",
    source="follow-up board Nära vård, Region Kalmar län, May 2022",
    grade="A",
    effect=18,
    unit="% har fast vårdkontakt",
)
