"""Hospitals: levers on beds, clinics and emergency departments, by the municipalities that they care for."""

from __future__ import annotations

from scenarios.levers import prices, today
from scenarios.levers.evidence import ED_GROWTH, FIRST_SPECIALIST_CONTACT
from scenarios.levers.lever import REACH_MUNICIPALITIES, Area, Evidence, Lever, Mark, Price, Today
from scenarios.text.swedish import number
from simulator.core.fields import Array
from simulator.region.pack import Region

AREA = Area(
    name="hospital",
    label_sv="Sjukhusens kapacitet",
    aim_sv="Framgångsfaktor: systemperspektiv på hälsa, vård och omsorg",
    about_sv="Vad sjukhusen hinner med. Ändras den utan att behoven gör det syns skillnaden i köer och beläggning.",
)


def _beds_today(region: Region) -> Today:
    text = f"{number(int(region.beds.sum()))} vårdplatser på länets sjukhus, {number(int(region.beds_summer.sum()))}"
    return Today(f"{text} på sommaren (2019).", "A", float(region.beds.sum()), "vårdplatser")


def _clinics_today(region: Region) -> Today:
    posts = today.posts(region, "hospital_physician")
    share = number(100.0 * region.parameters["specialist.share_of_physician_time"], 0)
    text = f"{number(posts, 0)} läkartjänster på sjukhusen, som har {share} % av sin tid på mottagning."
    return Today(text, "C", posts, "läkartjänster")


def _bed_days(region: Region, factor: Array) -> float:
    """Bed-days a year that a factor on open beds adds."""
    return float(((factor - 1.0) * region.beds).sum()) * prices.DAYS


def _psychiatric_bed_days(region: Region, factor: Array) -> float:
    """Bed-days a year in psychiatry that a factor on its beds adds."""
    return float(((factor - 1.0) * region.psychiatry_beds).sum()) * prices.DAYS


RECORDS = (
    Lever(
        name="beds",
        number=15,
        area=AREA,
        label_sv="Vårdplatser",
        description_sv="Antal vårdplatser på länets sjukhus, som faktor på dagens.",
        unit="faktor",
        control="beds",
        operation="multiply",
        neutral=1,
        low=0.7,
        high=1.3,
        step=0.05,
        ramp_months=12,
        reach=REACH_MUNICIPALITIES,
        expected=(("occupied_beds_share", -1),),
        today=_beds_today,
        marks=(
            Mark("low", 1.05, "25 platser till"),
            Mark("likely", 1.1, "50 platser till"),
            Mark("high", 1.2, "100 platser till"),
        ),
        prices=(Price("bed_day", "vårddygn", _bed_days),),
        cost_sv="Ett vårddygn kostar omkring 11 000 kronor (8 500-13 500; antagande, 2022).",
        staffing_sv="Fler eller färre sjuksköterskor och undersköterskor på vårdavdelning.",
        effects=("hospital.boarding_stay", "hospital.boarding_death"),
        evidence=(
            Evidence(
                finding_sv="Av länets 499 vårdplatser stängs som mest 124 på sommaren.",
                source="http://www.ostrasmaland.se/kalmar/aldre-i-lanet-gar-inte-garna-till-doktorn/ (2019-07)",
                grade="A",
                effect=499,
                unit="vårdplatser",
            ),
        ),
    ),
    Lever(
        name="specialist_capacity",
        number=14,
        area=AREA,
        label_sv="Specialistmottagningarnas kapacitet",
        description_sv="Hur många besök sjukhusens specialistmottagningar hinner med, som faktor på dagens nivå.",
        unit="faktor",
        control="specialist_capacity",
        operation="multiply",
        neutral=1,
        low=0.7,
        high=1.3,
        step=0.05,
        ramp_months=12,
        reach=REACH_MUNICIPALITIES,
        today=_clinics_today,
        marks=(
            Mark("low", 1.05, "Var tjugonde besök till"),
            Mark("likely", 1.1, "Var tionde besök till"),
            Mark("high", 1.2, "Vart femte besök till"),
        ),
        prices=(Price("hospital_physician_year", "läkartjänster på sjukhus", prices.posts("hospital_physician")),),
        cost_sv="En sjukhusläkare kostar omkring 1,35 miljoner om året (1,2-1,55; antagande, 2022).",
        staffing_sv="Fler eller färre läkare på sjukhus; andra yrken följer besöken.",
        effects=("unmet.waiting_emergency", "unmet.waiting_gp"),
        evidence=(FIRST_SPECIALIST_CONTACT,),
    ),
    Lever(
        name="ed_places",
        number=16,
        area=AREA,
        label_sv="Platser på akutmottagningarna",
        description_sv="Hur många patienter akutmottagningarna kan ta hand om samtidigt, som faktor på dagens nivå.",
        unit="faktor",
        control="ed_places",
        operation="multiply",
        neutral=1,
        low=0.6,
        high=1.6,
        step=0.05,
        ramp_months=12,
        reach=REACH_MUNICIPALITIES,
        today=today.counted("platser på akutmottagningarna", lambda region: float(region.ed_places.sum())),
        marks=(
            Mark("low", 1.1, "Var tionde plats till"),
            Mark("likely", 1.2, "Var femte plats till"),
            Mark("high", 1.3, "Nästan var tredje plats till"),
        ),
        cost_sv="Platsen själv kostar inget i modellen: personal och rörlig kostnad följer besöken.",
        staffing_sv="Inga egna tjänster: akutens personal räknas per besök.",
        evidence=(ED_GROWTH,),
    ),
    Lever(
        name="psychiatry_beds",
        number=65,
        area=AREA,
        label_sv="Vårdplatser i psykiatri",
        description_sv=(
            "Antal vårdplatser i psykiatrin, som faktor på dagens. Personalen är densamma: fler platser tar tid från"
            " besöken."
        ),
        unit="faktor",
        control="psychiatry_beds",
        operation="multiply",
        neutral=1,
        low=0.7,
        high=1.5,
        step=0.05,
        ramp_months=12,
        reach=REACH_MUNICIPALITIES,
        expected=(("psychiatric_at_home", -1), ("psychiatric_wait", 1)),
        today=today.counted("vårdplatser i psykiatri", lambda region: float(region.psychiatry_beds.sum())),
        marks=(
            Mark("low", 1.05, "Var tjugonde plats till"),
            Mark("likely", 1.1, "Var tionde plats till"),
            Mark("high", 1.2, "Var femte plats till"),
        ),
        prices=(Price("psychiatric_bed_day", "vårddygn i psykiatri", _psychiatric_bed_days),),
        cost_sv="Ett vårddygn i psykiatri kostar omkring 7 500 kronor (6 000-9 500; antagande, 2022).",
        staffing_sv="Samma personal som besöken; fler platser utan fler tjänster ger färre besök och längre kö.",
        effects=("mental.psychiatry",),
    ),
    Lever(
        name="psychiatry_staff",
        number=66,
        area=AREA,
        label_sv="Tjänster i psykiatri",
        description_sv="Antal tjänster för läkare och annan vårdpersonal i psykiatrin, som faktor på dagens.",
        unit="faktor",
        control="psychiatry_staff",
        operation="multiply",
        neutral=1,
        low=0.7,
        high=1.3,
        step=0.05,
        ramp_months=24,
        reach=REACH_MUNICIPALITIES,
        expected=(("psychiatric_wait", -1),),
        today=today.of_posts("tjänster i psykiatri", "psychiatrist", "psychiatric_staff"),
        marks=(
            Mark("low", 1.05, "Var tjugonde tjänst till"),
            Mark("likely", 1.1, "Var tionde tjänst till"),
            Mark("high", 1.2, "Var femte tjänst till"),
        ),
        prices=(
            Price("psychiatrist_year", "läkartjänster i psykiatri", prices.posts("psychiatrist")),
            Price("psychiatric_staff_year", "tjänster för vårdpersonal i psykiatri", prices.posts("psychiatric_staff")),
        ),
        cost_sv=(
            "En läkare i psykiatri kostar omkring 1,4 miljoner om året (1,2-1,6), annan vårdpersonal omkring 640 000"
            " kronor (570 000-720 000; antaganden, 2022)."
        ),
        staffing_sv="Läkare, sjuksköterskor, skötare, psykologer och kuratorer; nya tjänster ska tillsättas.",
        effects=("mental.psychiatry",),
    ),
)
