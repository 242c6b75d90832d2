"""Primary care as the hub: levers on the shift from hospital, and on posts and time at the health centres."""

from __future__ import annotations

from scenarios.levers import prices, today
from scenarios.levers.evidence import ACCOUNT, FIRST_SPECIALIST_CONTACT, GP_TIME, VACANCIES
from scenarios.levers.lever import REACH_AGES, REACH_MUNICIPALITIES, REACH_PLACES, Area, Lever, Mark, Price, marks_on
from scenarios.levers.reached import referrals
from simulator.core.fields import Array
from simulator.region.pack import Region
from simulator.staff.mental_health import first_line_posts, mental_needs

AREA = Area(
    name="primary_care",
    label_sv="Primärvården som nav",
    aim_sv="Nationell målbild: primärvården är navet",
    about_sv="Vård som flyttas till hälsocentralen, och de tjänster och den tid som finns där.",
)


def _first_line_posts(region: Region, share: Array) -> float:
    """Posts that meet a share of the needs about mental health."""
    return float(first_line_posts(region, share).sum())


RECORDS = (
    Lever(
        name="specialist_to_primary",
        number=12,
        area=AREA,
        label_sv="Specialistbesök som flyttas till hälsocentral",
        description_sv="Så stor del av behoven på specialistmottagning möts i stället på hälsocentralen.",
        unit="andel av behoven",
        control="specialist_to_primary",
        operation="add",
        neutral=0,
        low=0,
        high=0.3,
        step=0.01,
        ramp_months=24,
        reach=REACH_AGES,
        today=today.none_yet(
            "Inget flyttas; omkring {} behov om året möts på specialistmottagning.",
            "behov om året flyttas",
            lambda region: today.needs(region, "specialist"),
        ),
        marks=(
            Mark("low", 0.05, "Ett behov av tjugo"),
            Mark("likely", 0.1, "Ett behov av tio"),
            Mark("high", 0.15, "Ett behov av sju"),
        ),
        cost_sv=prices.NO_COST,
        staffing_sv="Flyttar arbete till hälsocentralerna. Personal följer bara med om spaken för resurser säger det.",
        evidence=(FIRST_SPECIALIST_CONTACT, ACCOUNT),
    ),
    Lever(
        name="resources_follow",
        number=13,
        area=AREA,
        label_sv="Resurser som följer med flytten",
        description_sv=(
            "Så stor del av den frigjorda personalkostnaden i specialistvården blir tjänster på hälsocentralerna."
        ),
        unit="andel av frigjord kostnad",
        control="resources_follow",
        operation="set",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=24,
        reach=REACH_MUNICIPALITIES,
        today=today.in_words("Inga resurser flyttas."),
        marks=(
            Mark("low", 0.25, "En fjärdedel följer med"),
            Mark("likely", 0.5, "Hälften följer med"),
            Mark("high", 1, "Allt följer med"),
        ),
        cost_sv="Flyttar pengar, skapar inga nya.",
        staffing_sv="Tjänster flyttas från mottagning till hälsocentral, och står vakanta tills de tillsätts.",
        evidence=(ACCOUNT,),
    ),
    Lever(
        name="people_follow",
        number=49,
        area=AREA,
        label_sv="Läkare som själva följer med flytten",
        description_sv=(
            "Så stor del av läkarna bakom de flyttade besöken håller dem i stället på en hälsocentral. Ingen tjänst"
            " behöver tillsättas; det som läkarna lämnar på sjukhuset är tiden för just de besöken."
        ),
        unit="andel av läkarna bakom flyttade besök",
        control="people_follow",
        operation="set",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=24,
        reach=REACH_MUNICIPALITIES,
        today=today.in_words("Ingen läkare flyttar med."),
        marks=(
            Mark("low", 0.25, "En fjärdedel följer med"),
            Mark("likely", 0.5, "Hälften följer med"),
            Mark("high", 1, "Alla följer med"),
        ),
        cost_sv="Samma läkare, samma lön: ingen ny kostnad.",
        staffing_sv="Sjukhusläkare arbetar på hälsocentral; resten av det som flyttas följer spaken för resurser.",
        evidence=(ACCOUNT,),
    ),
    Lever(
        name="gp_posts",
        number=5,
        area=AREA,
        label_sv="Läkartjänster på hälsocentral",
        description_sv=(
            "Antal inrättade läkartjänster, som faktor på dagens. Nya tjänster är vakanta tills någon anställs."
        ),
        unit="faktor",
        control="gp_posts",
        operation="multiply",
        neutral=1,
        low=0.7,
        high=1.6,
        step=0.05,
        ramp_months=24,
        reach=REACH_PLACES,
        expected=(("assessed_within_3_days", 1),),
        kind_sv="Bemanning på hälsocentral",
        today=today.of_posts("läkartjänster", "gp"),
        marks=(
            Mark("low", 1.05, "8 tjänster till"),
            Mark(
                "likely",
                1.15,
                "Omkring 1 300 listade per tjänst",
                "Antagande: 1 500 listade per tjänst i dag delat med 1,15.",
            ),
            Mark(
                "high",
                1.35,
                "Nära riktvärdet 1 100",
                (
                    "Antagande: 1 500 listade per tjänst i dag delat med 1,35 ger 1 111; riktvärdet är 1 100"
                    " (Socialstyrelsen 2022)."
                ),
            ),
        ),
        prices=(Price("gp_year", "läkartjänster", prices.posts("gp")),),
        cost_sv=prices.GP_COST,
        staffing_sv="Fler läkartjänster, som måste rekryteras.",
        effects=GP_TIME,
        evidence=(ACCOUNT, VACANCIES),
    ),
    Lever(
        name="nurse_posts",
        number=9,
        area=AREA,
        label_sv="Sjuksköterskor och rehab på hälsocentral",
        description_sv="Tjänster för sjuksköterskor, distriktssköterskor, rehab och psykosocial resurs, mot dagens.",
        unit="faktor",
        control="nurse_posts",
        operation="multiply",
        neutral=1,
        low=0.7,
        high=1.6,
        step=0.05,
        ramp_months=24,
        reach=REACH_PLACES,
        kind_sv="Bemanning på hälsocentral",
        today=today.of_posts("tjänster", "nurse", "district_nurse", "rehab"),
        marks=(
            Mark("low", 1.05, "Var tjugonde tjänst till"),
            Mark("likely", 1.1, "Var tionde tjänst till"),
            Mark("high", 1.2, "Var femte tjänst till"),
        ),
        prices=(
            Price("nurse_year", "sjukskötersketjänster", prices.posts("nurse")),
            Price("district_nurse_year", "distriktssköterskor", prices.posts("district_nurse")),
            Price("rehab_year", "tjänster i rehab och psykosocial resurs", prices.posts("rehab")),
        ),
        cost_sv="En tjänst, även distriktssköterskas, kostar omkring 0,7 miljoner om året (antagande, 2022).",
        staffing_sv="Fler tjänster för sjuksköterskor och rehab.",
        evidence=(ACCOUNT,),
    ),
    Lever(
        name="acute_share",
        number=10,
        area=AREA,
        label_sv="Tid för akuta besök",
        description_sv="Så mycket större del av läkartiden på hälsocentralen hålls ledig för besök samma dag.",
        unit="andel av läkartiden",
        control="acute_share",
        operation="add",
        neutral=0,
        low=-0.2,
        high=0.2,
        step=0.05,
        in_points=True,
        reach=REACH_PLACES,
        today=today.percent("primary_care.acute_share", "av läkartiderna hålls för samma dag"),
        marks=marks_on(
            (
                "Antagande: dagens 17 procent av tiderna är antagna; inget underlag säger hur långt det går;"
                " nivåerna är valda för att prova."
            ),
            (0.05, "Drygt en av fem tider"),
            (0.1, "Drygt en av fyra tider"),
            (0.15, "Nästan en av tre tider"),
        ),
        cost_sv=prices.NO_COST,
        staffing_sv="Samma läkartid, annan fördelning.",
        effects=("access.emergency",),
        evidence=(ACCOUNT,),
    ),
    Lever(
        name="physician_consultation",
        number=61,
        area=AREA,
        label_sv="Fråga till specialist före remiss",
        description_sv=(
            "Så stor del av remisserna till specialistmottagning föregås av att läkaren på hälsocentralen frågar en"
            " specialist. En del av dem behövs då inte. Hur stor den delen är bär både studier som talar för och en"
            " lottad studie som fann nästan inget."
        ),
        unit="andel av remisserna",
        control="physician_consultation",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=12,
        reach=REACH_PLACES,
        expected=(("referrals_spared", 1), ("specialist_expected_wait", -1)),
        today=today.none_yet(
            "Inga frågor räknas i dag; omkring {} remisser skrivs om året efter läkarbesök.",
            "remisser om året föregås av en fråga",
            lambda region: float(referrals(region).sum()),
        ),
        marks=(
            Mark("low", 0.1, "Var tionde remiss"),
            Mark("likely", 0.25, "Var fjärde remiss"),
            Mark("high", 0.5, "Varannan remiss"),
        ),
        prices=prices.work(
            "physician_consultation",
            lambda region, share: float((share * referrals(region)).sum()),
            {"gp_year": "läkartjänster på hälsocentral", "hospital_physician_year": "läkartjänster på sjukhus"},
        ),
        cost_sv=(
            "Per fråga omkring fem minuter (3-12) av läkaren på hälsocentralen och tio (5-20) av specialisten. Regionen"
            " betalar."
        ),
        staffing_sv="Läkare på hälsocentral och sjukhus. " + prices.BEYOND,
        effects=("access.consultation",),
        evidence=(FIRST_SPECIALIST_CONTACT,),
    ),
    Lever(
        name="telephone_time",
        number=63,
        area=AREA,
        label_sv="Sjuksköterskornas tid i telefon",
        description_sv=(
            "Så mycket av sjuksköterskornas tid på hälsocentralen är i telefon, som faktor på dagens. Mer tid i telefon"
            " är mindre tid för besök. Fler når fram samma dag; i modellen ändrar det i sig inget annat."
        ),
        unit="faktor",
        control="telephone_time",
        operation="multiply",
        neutral=1,
        low=0.8,
        high=1.3,
        step=0.05,
        ramp_months=3,
        reach=REACH_PLACES,
        expected=(("phone_same_day", 1),),
        today=today.in_words("Tiden räcker till så att nästan alla samtal besvaras samma dag; 96 procent 2022."),
        marks=(
            Mark("low", 1.05, "En tjugondel mer tid"),
            Mark("likely", 1.1, "En tiondel mer tid"),
            Mark("high", 1.2, "En femtedel mer tid"),
        ),
        cost_sv=prices.NO_COST,
        staffing_sv="Samma sjuksköterskor, annan fördelning av tiden.",
        effects=("access.telephone",),
        evidence=(ACCOUNT,),
    ),
    Lever(
        name="first_line_mental",
        number=64,
        area=AREA,
        label_sv="Första linje för psykisk ohälsa",
        description_sv=(
            "Så stor del av läkarbehoven som gäller psykisk ohälsa möts först av en psykolog eller kurator på"
            " hälsocentralen. En del vill träffa läkare också efteråt."
        ),
        unit="andel av behoven",
        control="first_line_mental",
        operation="set",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=24,
        reach=REACH_PLACES,
        expected=(("gp_contacts", -1),),
        today=today.none_yet(
            "Ingen egen första linje; omkring {} läkarbehov om året gäller psykisk ohälsa.",
            "behov om året möts först av psykolog eller kurator",
            lambda region: float(mental_needs(region).sum()),
        ),
        marks=(
            Mark("low", 0.1, "Ett behov av tio"),
            Mark("likely", 0.3, "Tre behov av tio"),
            Mark("high", 0.5, "Vartannat behov"),
        ),
        prices=(Price("psychosocial_year", "tjänster för psykologer och kuratorer", _first_line_posts),),
        cost_sv="En psykolog eller kurator kostar omkring 690 000 kronor om året (620 000-780 000; antagande, 2022).",
        staffing_sv=(
            "Egna tjänster för psykologer och kuratorer, så många som behoven kräver. De söks bland samma människor som"
            " psykiatrins vårdpersonal, och första linjen når inte längre än de räcker."
        ),
        effects=("mental.volume", "mental.first_line"),
    ),
)
