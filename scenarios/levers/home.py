"""Care at home: levers on mobile teams, hospital care at home, and what the municipalities can take on."""

from __future__ import annotations

import numpy as np

from scenarios.levers import prices, today
from scenarios.levers.evidence import SAME_DAY_DISCHARGES, assumed
from scenarios.levers.lever import REACH_MUNICIPALITIES, REACH_PLACES, Area, Evidence, Lever, Mark, Price, marks_on
from scenarios.levers.reached import home_nursing, people_of, visits_of_the_frail
from simulator.core.fields import Array
from simulator.region.pack import Region

AREA = Area(
    name="home",
    label_sv="Vård och omsorg hemma",
    aim_sv="Utvecklingsområde: person- och familjecentrerade arbetssätt",
    about_sv=(
        "Vården kommer till invånaren, och kommunen kan ta emot: mobila team, sjukhusvård hemma, hemtjänst, platser."
    ),
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
BORGHOLM = Evidence(
    finding_sv=(
        "Hemsjukhuset i Borgholm: målet för vårddygn på sjukhus bland patienter i hemsjukvård; ett mål, inget resultat."
    ),
    source="https://lakartidningen.se/opinion/inledare/2018/01/hemsjukhuset-ett-initiativ-som-inspirerar/",
    grade="A",
    effect=-50,
    unit="%",
)


def _aged_80(region: Region) -> float:
    return float(region.population[:, :, 80:].sum())


def _mobile_visits(region: Region, per_1_000: Array) -> float:
    """Mobile visits a year, if every visit a day per 1 000 inhabitants aged 80 and over is made."""
    aged = region.population[:, :, 80:].sum(axis=(1, 2))
    return float((per_1_000 * aged).sum()) / 1_000.0 * prices.DAYS


def _home_bed_nurses(region: Region, places: Array) -> float:
    """FTE of municipal nurses for hospital care at home, if every place is taken."""
    return prices.fte(region, float(places.sum()) * prices.DAYS * region.parameters["home_care.municipal_minutes"])


def _reabled(region: Region, share: Array) -> float:
    """Users of home help with reablement."""
    users = (people_of(region).sum(axis=2) * home_nursing(region)).sum(axis=1)
    return float((share * users).sum()) * region.parameters["home_help.share_of_home_nursing"]


def _receptions(region: Region, factor: Array) -> float:
    """People received from hospital at home beyond today's, if every reception is used; fewer save nothing."""
    return float((np.maximum(factor - 1.0, 0.0) * region.receptions).sum()) * prices.DAYS


RECORDS = (
    Lever(
        name="mobile_visits",
        number=28,
        area=AREA,
        label_sv="Mobila team, besök",
        description_sv=(
            "Besök som mobila team kan göra per dag och 1 000 invånare som är 80 år eller äldre. Teamen möter akuta"
            " behov, utom de mest brådskande, hos dem med hemsjukvård eller i särskilt boende. En del av besöken"
            " ersätter ett akutbesök."
        ),
        unit="besök per dag och 1 000 80+",
        control="mobile_visits",
        operation="add",
        neutral=0,
        low=0,
        high=5,
        step=0.1,
        ramp_months=12,
        reach=REACH_MUNICIPALITIES,
        expected=(("ed_visits", -1),),
        today=today.none_yet(
            "Inga mobila team finns i modellen; länet har omkring {} invånare 80 år och äldre.",
            "besök om dagen i länet, som mest",
            _aged_80,
            1 / 1000,
        ),
        marks=marks_on(
            (
                "Antagande: länet har omkring 17 800 invånare 80 år och äldre; inget underlag säger hur långt det"
                " går; nivåerna är valda för att prova."
            ),
            (0.3, "5 besök om dagen i länet"),
            (0.5, "9 besök om dagen i länet"),
            (1, "18 besök om dagen i länet"),
        ),
        prices=prices.work("mobile_visit", _mobile_visits, {"nurse_year": "sjukskötersketjänster i mobila team"}),
        cost_sv=(
            "Ett mobilt besök tar omkring 75 minuter (50-100; antagande) av en sjuksköterska. Regionen betalar; läkaren"
            " på telefon räknas inte."
        ),
        staffing_sv=f"Sjuksköterskor i mobila team; läkaren på telefon räknas inte. {prices.BEYOND}",
        effects=("home.mobile",),
        evidence=(BORGHOLM,),
    ),
    Lever(
        name="home_beds",
        number=29,
        area=AREA,
        label_sv="Sjukhusvård hemma, platser",
        description_sv=(
            "Platser per sjukhus för vård i hemmet i stället för på medicinavdelning. Tar tid varje dygn av kommunens"
            " sjuksköterskor, som då hinner färre hembesök."
        ),
        unit="platser per sjukhus",
        control="home_beds",
        operation="add",
        neutral=0,
        low=0,
        high=40,
        step=1,
        ramp_months=12,
        reach=REACH_MUNICIPALITIES,
        expected=(("home_care_days", 1),),
        today=today.none_yet(
            "Ingen sjukhusvård i hemmet finns i modellen.",
            "platser i länet",
            lambda region: float(len(region.hospitals)),
        ),
        marks=(
            Mark("low", 5, "15 platser i länet"),
            Mark("likely", 10, "30 platser i länet"),
            Mark("high", 15, "45 platser i länet"),
        ),
        prices=(Price("municipal_nurse_year", "sjukskötersketjänster i kommunen", _home_bed_nurses),),
        cost_sv="Tiden i kommunen räknas, omkring 40 minuter per dygn (20-80; antagande).",
        staffing_sv="Sjuksköterskor i kommunen.",
        effects=(
            "home.hospital_readmission",
            "home.hospital_housing",
            "home.hospital_death",
            "home.municipal_minutes",
        ),
        evidence=(BORGHOLM,),
    ),
    Lever(
        name="home_nursing_posts",
        number=17,
        area=AREA,
        label_sv="Tjänster i hemsjukvården",
        description_sv="Antal tjänster i kommunernas hemsjukvård, som faktor på dagens.",
        unit="faktor",
        control="home_nursing_posts",
        operation="multiply",
        neutral=1,
        low=0.7,
        high=1.6,
        step=0.05,
        ramp_months=24,
        reach=REACH_MUNICIPALITIES,
        today=today.of_posts("sjukskötersketjänster i kommunerna", "municipal_nurse"),
        marks=(
            Mark("low", 1.05, "Var tjugonde tjänst till"),
            Mark("likely", 1.15, "Var sjunde tjänst till"),
            Mark("high", 1.3, "Nästan var tredje tjänst till"),
        ),
        prices=(Price("municipal_nurse_year", "sjukskötersketjänster i kommunen", prices.posts("municipal_nurse")),),
        cost_sv="En sjukskötersketjänst i kommunen kostar omkring 0,72 miljoner om året (0,65-0,8; antagande, 2022).",
        staffing_sv="Fler sjuksköterskor i kommunen.",
        effects=("unmet.home_nursing",),
        evidence=(MUNICIPAL_CARE,),
    ),
    Lever(
        name="home_help_posts",
        number=35,
        area=AREA,
        label_sv="Tjänster i hemtjänsten",
        description_sv=(
            "Antal tjänster i hemtjänsten, som faktor på dagens och på den ökning som följer antalet äldre. Räcker"
            " tiden inte till tas färre emot från sjukhus."
        ),
        unit="faktor",
        control="home_help_posts",
        operation="multiply",
        neutral=1,
        low=0.7,
        high=1.4,
        step=0.05,
        ramp_months=24,
        reach=REACH_MUNICIPALITIES,
        expected=(("discharge_ready_days", -1),),
        today=today.of_posts("tjänster i hemtjänsten", "home_help"),
        marks=(
            Mark("low", 1.05, "Var tjugonde tjänst till"),
            Mark("likely", 1.1, "Var tionde tjänst till"),
            Mark("high", 1.2, "Var femte tjänst till"),
        ),
        prices=(Price("home_help_year", "undersköterskor i hemtjänsten", prices.posts("home_help")),),
        cost_sv="En undersköterska kostar omkring 0,5 miljoner om året (0,46-0,55; antagande, 2022).",
        staffing_sv="Fler eller färre undersköterskor i hemtjänsten.",
        effects=("unmet.home_help", "unmet.home_help_fall"),
        evidence=(MUNICIPAL_CARE, SAME_DAY_DISCHARGES),
    ),
    Lever(
        name="reablement",
        number=36,
        area=AREA,
        label_sv="Hemrehabilitering",
        description_sv="Andel av hemtjänsten som börjar med hemrehabilitering, så att behovet av hjälp minskar.",
        unit="andel av hemtjänsten",
        control="reablement",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=12,
        reach=REACH_MUNICIPALITIES,
        today=today.in_words("Ingen hemrehabilitering finns i modellen."),
        marks=(
            Mark("low", 0.25, "Var fjärde"),
            Mark("likely", 0.5, "Hälften"),
            Mark("high", 0.75, "Tre av fyra"),
        ),
        prices=prices.work(
            "reablement_year", _reabled, {"municipal_rehab_year": "arbetsterapeuter och fysioterapeuter"}
        ),
        cost_sv="Omkring tio timmar (5-20; antagande) rehabilitering per person och år. Kommunen betalar.",
        staffing_sv="Arbetsterapeuter och fysioterapeuter i kommunen. " + prices.BEYOND,
        effects=("home.reablement",),
    ),
    Lever(
        name="receptions",
        number=32,
        area=AREA,
        label_sv="Kommunens mottagande från sjukhus",
        description_sv="Hur många utskrivna per dag som kommunen kan ta emot hemma, som faktor på dagens nivå.",
        unit="faktor",
        control="receptions",
        operation="multiply",
        neutral=1,
        low=0.5,
        high=1.5,
        step=0.05,
        ramp_months=12,
        reach=REACH_MUNICIPALITIES,
        expected=(("discharge_ready_days", -1),),
        today=today.counted("utskrivna om dagen kan tas emot hemma", lambda region: float(region.receptions.sum()), 1),
        marks=(
            Mark("low", 1.05, "Var tjugonde till"),
            Mark("likely", 1.1, "Var tionde till"),
            Mark("high", 1.2, "Var femte till"),
        ),
        prices=prices.work("added_reception", _receptions, {"home_help_year": "undersköterskor i hemtjänsten"}),
        cost_sv=(
            "Omkring fyra timmar (2-8; antagande) hemtjänst per person som kan tas emot utöver dagens, använd eller ej."
            " Kommunen betalar; färre mottagna sparar inget."
        ),
        staffing_sv=f"Undersköterskor. {prices.BEYOND} Räcker hemtjänstens övriga tid inte till tas färre emot.",
        evidence=(SAME_DAY_DISCHARGES,),
    ),
    Lever(
        name="short_term_places",
        number=33,
        area=AREA,
        label_sv="Korttidsplatser",
        description_sv="Kommunernas korttidsplatser för dem som inte kan tas emot hemma direkt, som faktor på dagens.",
        unit="faktor",
        control="short_term_places",
        operation="multiply",
        neutral=1,
        low=0.5,
        high=2,
        step=0.05,
        ramp_months=12,
        reach=REACH_MUNICIPALITIES,
        expected=(("discharge_ready_days", -1),),
        today=today.counted("korttidsplatser", lambda region: float(region.short_term_places.sum())),
        marks=(
            Mark("low", 1.1, "12 platser till"),
            Mark("likely", 1.25, "29 platser till"),
            Mark("high", 1.5, "58 platser till"),
        ),
        prices=(Price("short_term_place_year", "korttidsplatser", prices.places("short_term_places")),),
        cost_sv="En korttidsplats kostar omkring en miljon om året (0,85-1,3; antagande, 2022). Kommunen betalar.",
        staffing_sv="Undersköterskor i kommunen; räknas inte.",
        evidence=(SAME_DAY_DISCHARGES, assumed("Antalet korttidsplatser i länet är ett antagande.")),
    ),
    Lever(
        name="housing_places",
        number=34,
        area=AREA,
        label_sv="Platser i särskilt boende",
        description_sv="Platser i särskilt boende, som faktor på dagens och på den ökning som följer antalet äldre.",
        unit="faktor",
        control="housing_places",
        operation="multiply",
        neutral=1,
        low=0.8,
        high=1.4,
        step=0.05,
        ramp_months=36,
        reach=REACH_MUNICIPALITIES,
        expected=(("housing_queue", -1),),
        today=today.counted("platser i särskilt boende", lambda region: float(region.housing_places.sum())),
        marks=(
            Mark("low", 1.05, "147 platser till"),
            Mark("likely", 1.1, "294 platser till"),
            Mark("high", 1.2, "588 platser till"),
        ),
        prices=(Price("special_housing_year", "platser i särskilt boende", prices.places("housing_places")),),
        cost_sv="En plats kostar omkring en miljon om året (0,85-1,1; antagande, 2022).",
        staffing_sv="Personalen finns i priset men räknas inte i bemanningen.",
        effects=("unmet.waiting_housing",),
        evidence=(MUNICIPAL_CARE,),
    ),
    Lever(
        name="gp_home_visits",
        number=62,
        area=AREA,
        label_sv="Läkarens hembesök hos dem med hemsjukvård",
        description_sv=(
            "Så stor del av läkarbesöken för dem som har hemsjukvård eller bor i särskilt boende görs där de bor."
            " Besöket tar längre tid, som läkarna månaden efter har mindre av till andra besök. Det ändrar inget annat"
            " i modellen: försöken visar inga säkra följder."
        ),
        unit="andel av deras läkarbesök",
        control="gp_home_visits",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=12,
        reach=REACH_PLACES,
        expected=(("gp_home_visits", 1), ("assessed_within_3_days", -1), ("gp_gap", 1)),
        today=today.none_yet(
            "Alla läkarbesök räknas på hälsocentralen; omkring {} om året gäller dem med hemsjukvård eller i särskilt"
            " boende.",
            "läkarbesök om året i hemmet",
            lambda region: float(visits_of_the_frail(region)),
        ),
        marks=(
            Mark("low", 0.1, "Vart tionde besök"),
            Mark("likely", 0.25, "Vart fjärde besök"),
            Mark("high", 0.5, "Vartannat besök"),
        ),
        cost_sv=(
            "Samma läkare, samma lön: ingen ny kostnad. Ett besök tar omkring en halvtimme längre (15-60 minuter;"
            " antagande), med resa."
        ),
        staffing_sv="Läkare på hälsocentral, som hinner färre andra besök.",
        effects=("home.gp_visits",),
        evidence=(MUNICIPAL_CARE,),
    ),
)
