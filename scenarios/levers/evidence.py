"""What is known about the effect of the levers: findings with their sources, each stated once."""

from __future__ import annotations

from scenarios.levers.lever import Evidence

NAMED_GP = Evidence(
    finding_sv=(
        "Att på pappret utse en namngiven läkare för alla 75+ höjde andelen med namngiven läkare "
        "från 3,5 till 79,8 procent men ändrade inte kontinuiteten."
    ),
    source="Barker et al. BMJ Open 2016;6:e011422 (RDD, n=255 469)",
    grade="A",
    effect=0.0,
    low=-0.01,
    high=0.02,
    unit="UPC",
)
OWN_GP_REVISIT = Evidence(
    finding_sv="Tiden till nästa besök blir längre när man träffar sin egen läkare.",
    source=(
        "Kajaria-Montag, Freeman, Scholtes (SSRN 3868231; Management Science 2024), 10 million "
        "consultations, 381 practices"
    ),
    grade="A",
    effect=18.1,
    low=16.9,
    high=19.2,
    unit="%",
)
RELATIONSHIP_ADMISSION = Evidence(
    finding_sv=("Akut inläggning vid 2-3 års relation med samma läkare jämfört med ett år; tak för en ny fast läkare."),
    source="Sandvik et al. BJGP 2022;72:e84 (Norway n=4 552 978), adjusted OR vs 1-year GP relationship",
    grade="A",
    effect=0.88,
    low=0.86,
    high=0.90,
    unit="OR",
)
VACANCIES = Evidence(
    finding_sv="Var femte läkartjänst i primärvården var vakant; i glesbygd mer än hälften.",
    source=(
        "https://lakartidningen.se/aktuellt/nyheter/2018/08/vardanalys-efterlyser-battre-styrning-av-bemanningen-i-primarvarden/"
    ),
    grade="A",
    effect=20,
    unit="%",
)
LIST_SIZE = Evidence(
    finding_sv="Nationellt riktvärde för antal listade per läkare.",
    source="network-styrning.com (Socialstyrelsen 2022-04-28)",
    grade="A",
    effect=1100,
    unit="listade per läkare",
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
DIGITAL = Evidence(
    finding_sv="Efter ett digitalt besök blir det ofta ett fysiskt ändå.",
    source="BMC Prim Care 2024, s12875-024-02541-y (background)",
    grade="A",
    effect=15,
    low=5,
    high=25,
    unit="%",
)
DIGITAL_DEMAND = Evidence(
    finding_sv=("Nätvårdsanvändare kontaktade oftare vårdcentral: inga belägg för att digital vård ersätter besök."),
    source='Lakartidningen 2019 "Natvardsanvandare i Skane kontaktade oftare vardcentral" (title)',
    grade="A",
)
BEDS_IN_SUMMER = Evidence(
    finding_sv="Av länets 499 vårdplatser stängs som mest 124 på sommaren.",
    source="http://www.ostrasmaland.se/kalmar/aldre-i-lanet-gar-inte-garna-till-doktorn/ (2019-07)",
    grade="A",
    effect=499,
    unit="vårdplatser",
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
CARE_HABITS = Evidence(
    finding_sv="Länets invånare söker 15 procent mer vård än grannlänens: så mycket kan vanor skilja.",
    source="http://www.ostrasmaland.se/kalmar/aldre-i-lanet-gar-inte-garna-till-doktorn/ (2019-07)",
    grade="A",
    effect=15,
    unit="%",
)
MUNICIPAL_CARE = Evidence(
    finding_sv="Personer i landet med kommunal hälso- och sjukvård under ett år.",
    source=(
        "https://www.socialstyrelsen.se/statistik-och-data/statistik/alla-statistikamnen/insatser-i-kommunal-halso-och-sjukvard/"
    ),
    grade="A",
    effect=414000,
    unit="personer",
)


def assumed(reason_sv: str) -> Evidence:
    """Evidence for a mechanism that follows from counting alone: nothing but capacity is assumed."""
    return Evidence(
        finding_sv=reason_sv,
        source="assumption: " + reason_sv,
        grade="C",
    )


ACCOUNT = assumed("Ingen egen effekt antas: utfallet följer av tiden som finns och köerna då.")
