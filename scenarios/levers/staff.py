"""Staff: levers on turnover, recruitment, pension, sick leave, residents and agency staff.

One on all staff acts on the centres and the municipality, and on the hospital that cares for it.
"""

from __future__ import annotations

from scenarios.levers import prices, today
from scenarios.levers.evidence import AGENCY, VACANCIES, assumed
from scenarios.levers.lever import (
    REACH_MUNICIPALITIES,
    REACH_PLACES,
    Area,
    Evidence,
    Lever,
    Mark,
    Price,
    Today,
    marks_on,
)
from scenarios.text.swedish import number
from simulator.core.fields import Array
from simulator.region.pack import Region

AREA = Area(
    name="staff",
    label_sv="Kompetensförsörjning",
    aim_sv="Framgångsfaktor: kompetensförsörjning",
    about_sv=(
        "Om tjänsterna går att bemanna. Läkare på hälsocentral har egna spakar för rekrytering och avgångar, under"
        " Kontinuitet."
    ),
)

NO_TRIAL = assumed("Ingen svensk studie säger hur mycket detta går att ändra; prova flera värden.")
_NEWS = "https://regionkalmar.se/nyhetslista/stor-rekryteringsutmaning-narmaste-aren/ (2023-02-28)"


def _pension_today(region: Region) -> Today:
    age = region.parameters["work.pension_age"]
    text = f"Hälften av personalen har gått i pension vid {number(age, 0)} år; läkare på hälsocentral vid 62–67 år."
    return Today(text, "C", age, "år", 1)


def _sick_leave_today(region: Region) -> Today:
    share = 100.0 * region.parameters["work.sick_leave_share"]
    text = f"Knappt {number(share, 0)} % sjukfrånvaro (2022)."
    return Today(text, today.grade_of(region, "work.sick_leave_share"), share, today.PERCENT_SIGN, 1)


def _agency_today(region: Region) -> Today:
    kept = region.parameters["hospital.agency_nurses_october_2023"]
    text = f"{number(kept, 0)} hyrsjuksköterskor på sjukhusen (oktober 2023)."
    return Today(text, today.grade_of(region, "hospital.agency_nurses_october_2023"), kept, "hyrsjuksköterskor")


def _agency(profession: str) -> prices.Quantity:
    """FTE of agency staff at hospitals that a factor on their cover adds, nurses at the level after 2023.

    Physicians and assistant nurses in FTE of own staff at the same cost.
    """

    def quantity(region: Region, factor: Array) -> float:
        p = region.parameters
        kept = p["hospital.agency_nurses_october_2023"] / p["hospital.agency_nurses_start"]
        premium = p["hospital.physician_agency_premium"]  # the others' price has no row of its own (economy)
        dearer = region.costs["agency_nurse_year"].value / region.costs["nurse_year"].value
        weight = {"hospital_nurse": kept, "hospital_physician": premium, "assistant_nurse": dearer}[profession]
        covered = prices.at_units(region, profession, lambda post: post.posts_fte * post.vacancy * post.agency_share)
        return float(((factor - 1.0) * covered).sum()) * weight

    return quantity


RECORDS = (
    Lever(
        name="staff_recruitment",
        number=19,
        area=AREA,
        label_sv="Rekrytering, utom läkare på hälsocentral",
        description_sv=(
            "Hur fort vakanta tjänster tillsätts, som faktor på dagens takt. Gäller alla yrken utom läkare på"
            " hälsocentral, som har en egen spak, och ST-läkare."
        ),
        unit="faktor",
        control="staff_recruitment",
        operation="multiply",
        neutral=1,
        low=0.5,
        high=4,
        step=0.1,
        reach=REACH_MUNICIPALITIES,
        expected=(("staff_shortage", -1),),
        today=today.in_words("Så fort att andelen vakanta tjänster består om inget annat ändras."),
        marks=marks_on(
            "Antagande: ingen svensk studie säger hur mycket takten kan höjas.",
            (1.2, "En femtedel fortare"),
            (1.5, "Hälften fortare"),
            (2, "Dubbelt så fort"),
        ),
        cost_sv="Vad rekryteringen själv kostar räknas inte; tillsatta tjänster kostar lön.",
        staffing_sv="Fler anställda när vakanser tillsätts.",
        evidence=(NO_TRIAL,),
    ),
    Lever(
        name="staff_turnover",
        number=18,
        area=AREA,
        label_sv="Personal som slutar, utom läkare på hälsocentral",
        description_sv=(
            "Hur ofta anställda slutar av andra skäl än ålder, som faktor på dagens nivå: 0,7 betyder 30 procent färre."
            " Gäller alla yrken utom läkare på hälsocentral, som har en egen spak, och ST-läkare."
        ),
        unit="faktor",
        control="staff_turnover",
        operation="multiply",
        neutral=1,
        low=0.5,
        high=2.5,
        step=0.05,
        reach=REACH_MUNICIPALITIES,
        expected=(("staff_shortage", 1),),
        today=today.percent("work.staff_turnover", "av de anställda slutar varje år, utöver pensioner"),
        marks=marks_on(
            "Antagande: ingen svensk studie säger hur mycket avgångarna kan sänkas.",
            (0.9, "En tiondel färre slutar"),
            (0.8, "En femtedel färre slutar"),
            (0.7, "Nästan en tredjedel färre"),
        ),
        cost_sv="Vad som krävs för att fler ska stanna räknas inte; tillsatta tjänster kostar lön.",
        staffing_sv="Färre vakanser när fler stannar.",
        evidence=(NO_TRIAL,),
    ),
    Lever(
        name="retirement_age",
        number=20,
        area=AREA,
        label_sv="Senare pension",
        description_sv=(
            "Så många år senare än i dag går personalen i pension, läkarna på hälsocentral inräknade. I dag har hälften"
            " av den övriga personalen gått vid 66 år (antagande)."
        ),
        unit="år",
        control="retirement_age",
        operation="add",
        neutral=0,
        low=0,
        high=3,
        step=0.5,
        ramp_months=36,
        reach=REACH_MUNICIPALITIES,
        expected=(("staff_shortage", -1),),
        today=_pension_today,
        marks=(
            Mark("low", 0.5, "Ett halvår till"),
            Mark("likely", 1, "Ett år till"),
            Mark("high", 2, "Två år till"),
        ),
        cost_sv="Löner till dem som arbetar längre.",
        staffing_sv="Fler anställda de år som pensionerna skjuts upp; därefter lika många pensioner som i dag.",
        evidence=(
            Evidence(
                finding_sv=(
                    "Omkring 1 700 av regionens 8 000 anställda når pensionsålder till 2031; 657 var över 65 och"
                    " arbetade."
                ),
                source=_NEWS,
                grade="A",
                effect=1700,
                unit="personer",
            ),
        ),
    ),
    Lever(
        name="sick_leave_change",
        number=21,
        area=AREA,
        label_sv="Ändrad sjukfrånvaro",
        description_sv=(
            "Så många procentenheter högre eller lägre sjukfrånvaro i alla yrken. I dag knappt 6 procent. Utöver detta"
            " stiger sjukfrånvaron när belastningen stiger."
        ),
        unit="procentenheter",
        control="sick_leave_change",
        operation="add",
        neutral=0,
        low=-2,
        high=3,
        step=0.1,
        ramp_months=12,
        reach=REACH_MUNICIPALITIES,
        expected=(("assessed_within_3_days", -1), ("staff_shortage", 1)),
        today=_sick_leave_today,
        marks=marks_on(
            (
                "Antagande: en procentenhet motsvarar omkring 83 heltider i regionen (2023); ingen svensk studie"
                " säger hur mycket som går."
            ),
            (-0.5, "En halv procentenhet lägre"),
            (-1, "En procentenhet lägre"),
            (-1.5, "En fjärdedel lägre"),
        ),
        cost_sv="Sjuklön och vad som sänker frånvaron räknas inte; samma löner ger fler eller färre arbetade timmar.",
        staffing_sv="Fler eller färre arbetade timmar av samma personal.",
        evidence=(
            Evidence(
                finding_sv=(
                    "En procentenhet lägre sjukfrånvaro motsvarar omkring 83 heltider i regionen, det vill säga en"
                    " procent av omkring 8 300; sjukfrånvaron var knappt 6 procent."
                ),
                source=_NEWS,
                grade="A",
                effect=83,
                unit="heltider per procentenhet",
            ),
            NO_TRIAL,
        ),
    ),
    Lever(
        name="resident_posts",
        number=22,
        area=AREA,
        label_sv="ST-tjänster på hälsocentral",
        description_sv=(
            "Antal tjänster för ST-läkare i allmänmedicin, som faktor på dagens (omkring 31, antagande). Den som börjar"
            " är klar efter fem och ett halvt år, och först då kan vakanta läkartjänster fyllas. ST-läkare tar emot"
            " patienter under handledning men är ingens fasta läkare."
        ),
        unit="faktor",
        control="resident_posts",
        operation="multiply",
        neutral=1,
        low=0.5,
        high=3,
        step=0.1,
        ramp_months=12,
        reach=REACH_PLACES,
        today=today.of_posts("ST-tjänster", "resident"),
        marks=(
            Mark("low", 1.2, "6 läkare till"),
            Mark("likely", 1.5, "Hälften fler"),
            Mark("high", 2, "Dubbelt så många"),
        ),
        prices=(Price("resident_year", "ST-tjänster", prices.posts("resident")),),
        cost_sv="En ST-tjänst kostar omkring 1,05 miljoner kronor om året (0,9-1,2; antagande, 2022).",
        staffing_sv="Fler ST-läkare nu och fler specialister efter 2032.",
        evidence=(
            Evidence(
                finding_sv=(
                    "60 ST- och AT-läkare anställdes 2013-2018, hela regionen; hur många som stannade har inte lästs."
                ),
                source="http://www.ostrasmaland.se/kalmar/en-av-femton-i-lanet-jobbar-for-regionen/",
                grade="A",
                effect=60,
                unit="läkare",
            ),
            VACANCIES,
            NO_TRIAL,
        ),
    ),
    Lever(
        name="hospital_agency_cover",
        number=24,
        area=AREA,
        label_sv="Hyrpersonal på sjukhus",
        description_sv=(
            "Hur stor del av sjukhusens vakanta tjänster som täcks av hyrpersonal, som faktor på nivån efter"
            " utfasningen 2023."
        ),
        unit="faktor",
        control="hospital_agency_cover",
        operation="multiply",
        neutral=1,
        low=0,
        high=1.5,
        step=0.05,
        ramp_months=12,
        reach=REACH_MUNICIPALITIES,
        expected=(("cost_region", 1),),
        today=_agency_today,
        marks=(
            Mark("low", 0.8, "En femtedel färre"),
            Mark(
                "likely",
                0.6,
                "Lika stor minskning som 2023",
                "Antagande: minskningen 2023, från 95 till 55 hyrsjuksköterskor, en gång till.",
            ),
            Mark("high", 0.3, "Bara vid toppar"),
        ),
        prices=(
            Price("agency_nurse_year", "hyrsjuksköterskor, heltider", _agency("hospital_nurse")),
            Price("hospital_physician_year", "årslöner till hyrläkare på sjukhus", _agency("hospital_physician")),
            Price("assistant_nurse_year", "årslöner till hyrda undersköterskor", _agency("assistant_nurse")),
        ),
        cost_sv="En hyrsjuksköterska kostar omkring 1,25 miljoner kronor om året, en egen 0,72 (antagande, 2022).",
        staffing_sv="Färre hyrda ger färre arbetade timmar tills vakanserna är tillsatta.",
        evidence=(
            Evidence(
                finding_sv=(
                    "Hyrsjuksköterskorna på de tre sjukhusen minskade från 95 i början av 2023 till 55 den 1 oktober."
                ),
                source="https://regionkalmar.se/nyhetslista/positiv-utveckling-kring-utfasning-av-hyrpersonal/",
                grade="A",
                effect=55,
                unit="sjuksköterskor",
            ),
            AGENCY,
        ),
    ),
)
