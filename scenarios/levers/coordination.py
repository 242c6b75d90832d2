"""Coordination: levers on teams, contacts and plans for those with the greatest needs, and on the way home."""

from __future__ import annotations

import numpy as np

from scenarios.levers import prices, today
from scenarios.levers.evidence import SAME_DAY_DISCHARGES, assumed
from scenarios.levers.lever import (
    REACH_AGES,
    REACH_PEOPLE,
    REACH_PLACES,
    Area,
    Evidence,
    Lever,
    Mark,
    Price,
    Today,
    marks_on,
)
from scenarios.levers.reached import FROM_65, enrolments, municipal_discharges, people_of, stays
from scenarios.text.swedish import number
from simulator.core.fields import Array
from simulator.region.pack import Region

AREA = Area(
    name="coordination",
    label_sv="Samordning",
    aim_sv="Utvecklingsområde: samordning och relationskontinuitet. Prioriterad grupp: invånare med komplexa behov",
    about_sv=(
        "Mycket till få: team, fast kontakt och plan kring dem med störst behov, och en trygg väg hem från sjukhuset."
    ),
)

TEAM_EFFECTS = ("team.admission", "team.stay", "team.death", "team.ramp", "team.finding", "team.regression")
NORD = "Nord M et al. BMC Geriatr 2021;21:263"
"""The study among those of `TEAM_EFFECTS` that tells how many say yes to a team."""
NO_EFFECT = assumed("Ingen egen effekt på vårdbehov eller utfall antas: kontakten eller planen räknas och kostar bara.")
COORDINATION_2021 = Evidence(
    finding_sv="Andel patienter i länet med fast vårdkontakt 2021; 0,37 procent hade en individuell plan.",
    source="follow-up board Nära vård, Region Kalmar län, May 2022",
    grade="A",
    effect=18,
    unit="% har fast vårdkontakt",
)


def _contact_today(region: Region) -> Today:
    p = region.parameters
    chronic, few = (100.0 * p[f"coordination.contact_share_{who}"] for who in ("chronic", "complex"))
    board = number(100.0 * p["coordination.permanent_contact_share_2021"], 0)
    text = f"{number(chronic, 0)} % av de kroniskt sjuka och {number(few, 0)} % av dem med komplexa behov"
    text = f"{text} (antagande); {board} % av länets patienter 2021."
    return Today(text, "C", chronic, "% av kroniskt sjuka", 0, 100.0)


def _plan_today(region: Region) -> Today:
    p = region.parameters
    share = 100.0 * p["coordination.plan_share_complex"]
    board = number(100.0 * p["coordination.individual_plan_share_2021"], 2)
    text = f"{number(share, 1)} % av dem med komplexa behov (antagande); {board} % av länets patienter 2021."
    return Today(text, "C", share, "% av dem med komplexa behov", 1, 100.0)


def _discharge_today(region: Region) -> Today:
    share = number(100.0 * region.parameters["hospital.discharge_same_day_share"], 0)
    return Today(f"Mer än {share} % av de utskrivningsklara lämnar sjukhuset samma dag (2021), bäst i landet.", "A")


def _reviews_today(region: Region) -> Today:
    share = number(100.0 * region.parameters["home_nursing.medication_review_share"], 0)
    text = f"Hur många som får en genomgång vid utskrivning är inte läst; i hemsjukvården {share} % av 75 år och äldre"
    return Today(f"{text} (november 2025).", "A")


_AT_ENROLMENT = {
    "municipal_nurse_year": "sjukskötersketjänster i kommunen", "gp_year": "läkartjänster på hälsocentral",
}  # fmt: skip


def _enrolled_today(region: Region) -> Today:
    p, new = region.parameters, 100.0 * round(float(enrolments(region).sum()) / 100.0)
    reviewed = number(100.0 * p["home_nursing.medication_review_share"], 0)
    text = f"Omkring {number(new, 0)} skrivs in om året i modellen. Av dem som har hemsjukvård har {reviewed} % från"
    text = f"{text} 75 år en läkemedelsgenomgång (november 2025); hur många som får en plan är inte läst."
    return Today(text, "C", 0.0, "nya om året till, som mest", 0, new)


def _enrolled(region: Region, share: Array) -> float:
    """People given something as home nursing begins."""
    return float((share.mean(axis=2) * enrolments(region)).sum())


def _coordinators(region: Region, per_10_000: Array) -> float:
    """FTE of coordinators."""
    return float((per_10_000 * region.centre_listed).sum()) / 10_000.0


def _added(kind: int) -> prices.Quantity:
    """People with a permanent care contact (0) or an individual plan (1) beyond today's."""

    def quantity(region: Region, share: Array) -> float:
        from simulator.care.coordination import LEVERS_OF_CONTACT, shares  # noqa: PLC0415  (numba is slow to import)

        now, before = (dict.fromkeys(LEVERS_OF_CONTACT, values) for values in (share, np.zeros_like(share)))
        added = np.maximum(shares(region, now) - shares(region, before), 0.0)[kind]
        return float((added * people_of(region)).sum())

    return quantity


def _planned_discharges(region: Region, share: Array) -> float:
    """Discharges planned together, of those that the municipality must prepare for."""
    return float((share * people_of(region) * municipal_discharges(region)[:, None]).sum())


def _reviews(region: Region, share: Array) -> float:
    """Medication reviews of people aged 65 and over before they leave hospital."""
    return float((share * people_of(region) * stays(region)[:, None])[:, FROM_65:].sum())


RECORDS = (
    Lever(
        name="team_coordinators",
        number=23,
        area=AREA,
        label_sv="Samordnare i närvårdsteam",
        description_sv=(
            "Tjänster för samordnare per 10 000 listade på hälsocentral. I dag ingen. Tjänsterna ändrar inget av sig"
            " själva: de sätter gränsen för hur många som närvårdsteamen kan följa."
        ),
        unit="tjänster per 10 000 listade",
        control="team_coordinators",
        operation="add",
        neutral=0,
        low=0,
        high=5,
        step=0.1,
        ramp_months=12,
        reach=REACH_PLACES,
        expected=(("cost_region", 1),),
        today=today.none_yet(
            "Inga samordnare i närvårdsteam finns i modellen.",
            "samordnare i länet",
            lambda region: float(region.centre_listed.sum()) / 10_000.0,
        ),
        marks=marks_on(
            "Antagande: en samordnare antas följa omkring 100 av dem med komplexa behov, 5 400 i länet.",
            (0.6, "Räcker till var fjärde"),
            (1.1, "Räcker till hälften"),
            (1.7, "Räcker till tre av fyra"),
        ),
        prices=(Price("coordinator_year", "samordnare", _coordinators),),
        cost_sv="En samordnare kostar omkring 0,74 miljoner kronor om året (0,68-0,82; antagande, 2022).",
        staffing_sv="En per 10 000 listade är omkring 25 tjänster i länet. En tjänst följer omkring 100 personer.",
        effects=TEAM_EFFECTS,
        evidence=(assumed("Ingen källa säger hur många samordnare som behövs; prova flera värden."),),
    ),
    Lever(
        name="team_share",
        number=25,
        area=AREA,
        label_sv="Närvårdsteam för dem med komplexa behov",
        description_sv=(
            "Andel av invånarna med komplexa behov som följs av ett närvårdsteam. Teamet förebygger inläggningar, men"
            " följer inte fler än samordnarna hinner med: utan spaken för samordnare händer inget."
        ),
        unit="andel av komplexa",
        control="team_share",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=24,
        reach=REACH_PLACES,
        expected=(("complex_admissions", -1),),
        today=today.none_yet(
            "Ingen följs av ett närvårdsteam i modellen; {} invånare har komplexa behov (2022).",
            "personer, om samordnarna räcker",
            lambda region: region.parameters["segment.complex"],
        ),
        marks=(
            Mark("low", 0.25, "Var fjärde"),
            Mark("likely", 0.5, "Varannan"),
            Mark(
                "high",
                0.75,
                "Alla som tackar ja",
                "74 procent av de inbjudna tackade ja i en svensk studie; avrundat.",
                NORD,
                "A",
            ),
        ),
        cost_sv="Samordnarna, som har en egen spak, och den rörliga kostnaden för teamets kontakter.",
        staffing_sv="En samordnare följer omkring 100 personer (45-200; antagande).",
        effects=TEAM_EFFECTS,
    ),
    Lever(
        name="permanent_contact",
        number=26,
        area=AREA,
        label_sv="Fast vårdkontakt vid kronisk sjukdom",
        description_sv=(
            "Ökning av andelen kroniskt sjuka, även de med komplexa behov, som har en fast vårdkontakt. Kontakten"
            " räknas och följs upp men har ingen egen effekt i modellen."
        ),
        unit="andel",
        control="permanent_contact",
        operation="add",
        neutral=0,
        low=0,
        high=0.5,
        step=0.05,
        in_points=True,
        ramp_months=12,
        reach=REACH_PEOPLE,
        expected=(("persons_with_contact", 1),),
        today=_contact_today,
        marks=marks_on(
            (
                "Antagande: dagens 33 procent av de kroniskt sjuka är antagna; inget underlag säger hur långt det"
                " går; nivåerna är valda för att prova."
            ),
            (0.1, "Fyra av tio kroniskt sjuka"),
            (0.2, "Drygt hälften"),
            (0.4, "Nästan tre av fyra"),
        ),
        prices=prices.work("care_contact_year", _added(0), {"district_nurse_year": "distriktssköterskor"}),
        cost_sv="Omkring en timme (0,5-2; antagande) av en distriktssköterska per person och år. Regionen betalar.",
        staffing_sv="Distriktssköterskor. " + prices.BEYOND,
        evidence=(COORDINATION_2021, NO_EFFECT),
    ),
    Lever(
        name="individual_plan",
        number=27,
        area=AREA,
        label_sv="Individuell plan vid komplexa behov",
        description_sv=(
            "Ökning av andelen personer med komplexa behov som har en individuell plan (SIP). Planen räknas och följs"
            " upp men har ingen egen effekt i modellen; det har närvårdsteamet."
        ),
        unit="andel av komplexa",
        control="individual_plan",
        operation="add",
        neutral=0,
        low=0,
        high=0.9,
        step=0.05,
        in_points=True,
        ramp_months=12,
        reach=REACH_AGES,
        expected=(("persons_with_plan", 1),),
        today=_plan_today,
        marks=marks_on(
            (
                "Antagande: dagens 8,5 procent av dem med komplexa behov är antagna; inget underlag säger hur långt"
                " det går; nivåerna är valda för att prova."
            ),
            (0.2, "Drygt var fjärde"),
            (0.4, "Nästan hälften"),
            (0.7, "Nästan fyra av fem"),
        ),
        prices=prices.work(
            "plan_year",
            _added(1),
            {"coordinator_year": "samordnare för planer", "municipal_nurse_year": "sjukskötersketjänster i kommunen"},
        ),
        cost_sv=(
            "Per person och år omkring tre timmar (1,5-5) av regionens samordnare och två (1-4) av en sjuksköterska i"
            " kommunen (antaganden), även för dem som ett närvårdsteam följer."
        ),
        staffing_sv="Samordnare och sjuksköterskor i kommunen. " + prices.BEYOND,
        effects=("team.plan",),
        evidence=(COORDINATION_2021, NO_EFFECT),
    ),
    Lever(
        name="coordinated_discharge",
        number=37,
        area=AREA,
        label_sv="Samordnad utskrivning",
        description_sv=(
            "Andel av utskrivningarna till kommunens vård som sjukhus och kommun planerar tillsammans. Länet är redan"
            " bäst i landet, så bara en femtedel av den publicerade effekten antas finnas kvar."
        ),
        unit="andel av utskrivningarna",
        control="coordinated_discharge",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=12,
        reach=REACH_PEOPLE,
        expected=(("bed_days", -1),),
        today=_discharge_today,
        marks=marks_on(
            (
                "Antagande: mer än 90 procent går redan hem samma dag (2021); inget underlag säger hur långt det"
                " går; nivåerna är valda för att prova."
            ),
            (0.25, "Var fjärde"),
            (0.5, "Hälften"),
            (1, "Alla"),
        ),
        prices=prices.work(
            "discharge_planning",
            _planned_discharges,
            {
                "hospital_nurse_year": "sjukskötersketjänster på sjukhus",
                "municipal_nurse_year": "sjuksköterskor i kommunen",
            },
        ),
        cost_sv=(
            "Per utskrivning omkring 45 minuter (20-90; antagande) av en sjuksköterska på sjukhuset och lika mycket i"
            " kommunen."
        ),
        staffing_sv="Sjuksköterskor på sjukhus och i kommunen. " + prices.BEYOND,
        effects=("discharge.stay", "discharge.readmission"),
        evidence=(SAME_DAY_DISCHARGES,),
    ),
    Lever(
        name="medication_review",
        number=38,
        area=AREA,
        label_sv="Läkemedelsgenomgång vid utskrivning",
        description_sv="Ytterligare andel av vårdtillfällena för personer 65 år och äldre med läkemedelsgenomgång.",
        unit="andel av vårdtillfällen",
        control="medication_review",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=12,
        reach=REACH_PEOPLE,
        expected=(("readmissions", -1),),
        today=_reviews_today,
        marks=(
            Mark("low", 0.25, "Var fjärde"),
            Mark("likely", 0.5, "Hälften"),
            Mark("high", 1, "Alla"),
        ),
        prices=prices.work(
            "medication_review", _reviews, {"hospital_nurse_year": "farmaceuter eller sjuksköterskor på sjukhus"}
        ),
        cost_sv=(
            "Omkring en timme (30-90 minuter; antagande) av en klinisk farmaceut eller sjuksköterska per vårdtillfälle."
            " Regionen betalar; läkarens tid räknas inte."
        ),
        staffing_sv="Farmaceuter eller sjuksköterskor på sjukhus, räknade som sjuksköterskor. " + prices.BEYOND,
        effects=("discharge.medication",),
    ),
    Lever(
        name="plan_at_enrolment",
        number=59,
        area=AREA,
        label_sv="Individuell plan vid inskrivning i hemsjukvård",
        description_sv=(
            "Andel av de nya i hemsjukvården som får en samordnad individuell plan (SIP) när de skrivs in, utöver dem"
            " som ändå har en. Planen räknas och tar tid men har ingen egen effekt i modellen: ingen studie visar att"
            " planen för sig minskar vården."
        ),
        unit="andel av de nya",
        control="plan_at_enrolment",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=12,
        reach=REACH_AGES,
        expected=(("home_nursing_plan", 1), ("persons_with_plan", 1)),
        today=_enrolled_today,
        marks=(
            Mark("low", 0.25, "Var fjärde"),
            Mark("likely", 0.5, "Hälften"),
            Mark("high", 1, "Alla"),
        ),
        prices=prices.work("enrolment_plan", _enrolled, _AT_ENROLMENT),
        cost_sv=(
            "Per plan omkring två timmar (1-4; antagande) av en sjuksköterska i kommunen och en halvtimme (15-60"
            " minuter) av läkaren på hälsocentralen. Kommun och region betalar var sin del."
        ),
        staffing_sv="Sjuksköterskor i kommunen och läkare på hälsocentral. " + prices.BEYOND,
        effects=("team.plan",),
        evidence=(COORDINATION_2021, NO_EFFECT),
    ),
    Lever(
        name="review_at_enrolment",
        number=60,
        area=AREA,
        label_sv="Läkemedelsgenomgång vid inskrivning i hemsjukvård",
        description_sv=(
            "Andel av de nya i hemsjukvården som får en läkemedelsgenomgång när de skrivs in, utöver dem som ändå får"
            " en. Genomgången räknas och tar tid men ändrar inget annat i modellen: försöken fann inte färre"
            " inläggningar."
        ),
        unit="andel av de nya",
        control="review_at_enrolment",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=12,
        reach=REACH_AGES,
        expected=(("medication_reviews", 1),),
        today=_enrolled_today,
        marks=(
            Mark("low", 0.25, "Var fjärde"),
            Mark("likely", 0.5, "Hälften"),
            Mark("high", 1, "Alla"),
        ),
        prices=prices.work("enrolment_review", _enrolled, _AT_ENROLMENT),
        cost_sv=(
            "Per genomgång omkring 45 minuter (20-90; antagande) av en sjuksköterska i kommunen eller en farmaceut och"
            " 20 minuter (10-45) av läkaren på hälsocentralen. Kommun och region betalar var sin del."
        ),
        staffing_sv=(
            "Sjuksköterskor i kommunen, där farmaceuter räknas in, och läkare på hälsocentral. " + prices.BEYOND
        ),
        effects=("home.medication_review",),
    ),
)
