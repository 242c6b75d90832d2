"""Evidence and effects that levers of more than one area rest on; what only one area needs stands in its file."""

from __future__ import annotations

from scenarios.levers.lever import ASSUMPTION, Evidence


def assumed(reason_sv: str) -> Evidence:
    """Evidence for a mechanism that follows from counting alone: nothing but capacity is assumed."""
    return Evidence(finding_sv=reason_sv, source=f"{ASSUMPTION}: {reason_sv}", grade="C")


GP_TIME = ("access.emergency", "unmet.gp_given_up")
"""Effects of not getting a time with a GP."""
VACANCIES = Evidence(
    finding_sv="Var femte läkartjänst i primärvården var vakant; i glesbygd mer än hälften.",
    source=(
        "https://lakartidningen.se/aktuellt/nyheter/2018/08/vardanalys-efterlyser-battre-styrning-av-bemanningen-i-primarvarden/"
    ),
    grade="A",
    effect=20,
    unit="%",
)
AGENCY = Evidence(
    finding_sv=(
        "Regionen hade 95 inhyrda sjuksköterskor vid sjukhusen i början av 2023 och 55 den 1 "
        "oktober; målet är högst 2 procent av egen personalkostnad."
    ),
    source="https://regionkalmar.se/nyhetslista/positiv-utveckling-kring-utfasning-av-hyrpersonal/",
    grade="A",
    effect=95,
    unit="inhyrda sjuksköterskor",
)
FIRST_SPECIALIST_CONTACT = Evidence(
    finding_sv="Andel som fick en första kontakt i specialistvården inom 90 dagar.",
    source="https://www.regionkalmar.se/nyhetslista/battre-tillganglighet-an-landets-genomsnitt/",
    grade="A",
    effect=82,
    unit="%",
)
ED_GROWTH = Evidence(
    finding_sv="Akutbesöken i landet ökade 2 procent mellan 2022 och 2023.",
    source=("https://www.socialstyrelsen.se/om-socialstyrelsen/pressrum/press/besoken-pa-akuten-fortsatter-att-oka/"),
    grade="A",
    effect=2,
    unit="%",
)
ACCOUNT = assumed("Ingen egen effekt antas: utfallet följer av tiden som finns och köerna då.")
SAME_DAY_DISCHARGES = Evidence(
    finding_sv="Andel utskrivningsklara som lämnar sjukhuset samma dag i länet: mer än 90 procent, bäst i landet.",
    source="https://www.regionkalmar.se/nyhetslista/utskrivningsklara-patienter/",
    grade="A",
    effect=90,
    unit="%",
)
