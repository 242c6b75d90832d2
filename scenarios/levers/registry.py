"""The levers: one record each, from which schema, sliders, lists, docs and tests are made.

To add a lever, register one record here; its `control` must be one that the simulator offers.
"""

from __future__ import annotations

from scenarios.levers import prices
from scenarios.levers.care import CARE_LEVERS
from scenarios.levers.evidence import (
    ACCOUNT,
    AGENCY,
    BEDS_IN_SUMMER,
    DIGITAL,
    DIGITAL_DEMAND,
    ED_GROWTH,
    FIRST_SPECIALIST_CONTACT,
    LIST_SIZE,
    MUNICIPAL_CARE,
    NAMED_GP,
    OWN_GP_REVISIT,
    RELATIONSHIP_ADMISSION,
    VACANCIES,
    assumed,
)
from scenarios.levers.lever import Lever, ReachKind, Registry
from scenarios.levers.prevention import PREVENTION_LEVERS
from scenarios.levers.staff import STAFF_LEVERS
from scenarios.levers.stress import STRESS_LEVERS

_PLACE: frozenset[ReachKind] = frozenset({"municipality", "centre"})
_MUNICIPALITY: frozenset[ReachKind] = frozenset({"municipality"})
_CATCHMENT = _MUNICIPALITY
"""A lever on hospitals acts on those that care for the municipalities in its reach."""
_AGES: frozenset[ReachKind] = frozenset({"municipality", "age_group"})

_GP_COST = "En läkartjänst kostar omkring 1,5 miljoner kronor om året (1,35-1,7; antagande, 2022)."
_NURSE_COST = "En tjänst, även distriktssköterskas, kostar omkring 0,7 miljoner om året (antagande, 2022)."
_NO_COST = "Ingen egen kostnad i modellen; följdkostnader syns i resultatet."
_NO_STAFF = "Inga egna tjänster."


LEVERS = Registry(
    # --- Continuity of the own GP
    Lever(
        name="own_gp_patience_days",
        label_sv="Väntan på egen läkare",
        description_sv=(
            "Så många dagar längre fram får ett planerat besök bokas för att bli hos den egna läkaren"
            " i stället för hos någon annan. Ger fler möten med samma läkare, men längre väntan."
        ),
        unit="dagar",
        control="own_gp_patience_days",
        operation="add",
        neutral=0,
        low=0,
        high=21,
        step=1,
        expected=(("continuity_index", 1),),
        reach=_PLACE,
        cost_sv=_NO_COST,
        staffing_sv=_NO_STAFF,
        evidence=(OWN_GP_REVISIT, RELATIONSHIP_ADMISSION),
    ),
    Lever(
        name="own_gp_booking",
        label_sv="Bokning hos egen läkare",
        description_sv=(
            "Ökning av andelen bokningar där den egna läkarens tider prövas först. I dag antas det ske i"
            " drygt sex bokningar av tio. Ger fler möten med samma läkare utan att någon väntar längre."
        ),
        unit="andel av bokningar",
        control="own_gp_booking",
        operation="add",
        neutral=0,
        low=0,
        high=0.35,
        step=0.05,
        expected=(("continuity_index", 1),),
        ramp_months=12,
        reach=_PLACE,
        cost_sv=_NO_COST,
        staffing_sv=_NO_STAFF,
        evidence=(OWN_GP_REVISIT, RELATIONSHIP_ADMISSION),
    ),
    Lever(
        name="named_gp_share",
        label_sv="Andel med fast läkarkontakt",
        description_sv=(
            "Ökning av andelen listade som har en namngiven fast läkare på sin hälsocentral. Utan tid"
            " hos läkaren händer inget mer än att namnet skrivs in."
        ),
        unit="andel av listade",
        control="named_gp_share",
        operation="add",
        neutral=0,
        low=0,
        high=0.6,
        step=0.05,
        ramp_months=12,
        reach=_PLACE,
        cost_sv=_NO_COST,
        staffing_sv=_NO_STAFF,
        evidence=(NAMED_GP,),
    ),
    Lever(
        name="agency_cover",
        label_sv="Hyrläkare",
        description_sv=(
            "Hur stor del av de vakanta läkartjänsterna som täcks av hyrläkare, som faktor på dagens "
            "nivå: 0,5 är hälften så mycket. Hyrläkare ger tid men bryter kontinuiteten och kostar "
            "mer."
        ),
        unit="faktor",
        control="agency_cover",
        operation="multiply",
        neutral=1,
        low=0,
        high=1.5,
        step=0.05,
        ramp_months=12,
        expected=(("assessed_within_3_days", 1),),
        reach=_PLACE,
        prices=prices.LOCUMS,
        cost_sv="Hyrläkare kostar mer per timme än egna läkare; skillnaden räknas med i kostnaden.",
        staffing_sv="Färre hyrläkare ger färre läkartimmar tills vakanserna är tillsatta.",
        evidence=(AGENCY,),
    ),
    # --- Staff at the health centres
    Lever(
        name="gp_posts",
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
        expected=(("assessed_within_3_days", 1),),
        reach=_PLACE,
        prices=prices.GP_POSTS,
        cost_sv=_GP_COST,
        staffing_sv="Fler läkartjänster, som måste rekryteras.",
        evidence=(ACCOUNT, VACANCIES),
    ),
    Lever(
        name="listed_per_gp",
        label_sv="Listade per läkare, högst",
        description_sv=(
            "Läkartjänster inrättas så att ingen hälsocentral har fler listade per tjänst än så. 3 "
            "000 betyder att inget krav ställs. Nya tjänster är vakanta tills någon har rekryterats."
        ),
        unit="listade per tjänst",
        control="listed_per_gp",
        operation="set",
        neutral=3000,
        low=1000,
        high=3000,
        step=50,
        expected=(("assessed_within_3_days", -1),),
        reach=_PLACE,
        prices=prices.LISTED_PER_GP,
        cost_sv=_GP_COST,
        staffing_sv=("Vid 1 100 listade per läkare behövs omkring 225 läkartjänster i länet (247 711 / 1 100)."),
        evidence=(LIST_SIZE,),
        # On its way from no rule to the rule, a ramp would pass through absurdly short lists.
        gradual=False,
    ),
    Lever(
        name="gp_recruitment",
        label_sv="Rekrytering av läkare",
        description_sv=("Hur fort vakanta läkartjänster tillsätts, som faktor på dagens takt: 2 är dubbelt så fort."),
        unit="faktor",
        control="gp_recruitment",
        operation="multiply",
        neutral=1,
        low=0.2,
        high=4,
        step=0.1,
        expected=(("assessed_within_3_days", 1), ("gp_gap", -1)),
        reach=_PLACE,
        cost_sv="Vad rekryteringen själv kostar räknas inte.",
        staffing_sv="Fler anställda läkare när vakanser tillsätts.",
        evidence=(
            VACANCIES,
            assumed("Ingen svensk studie säger hur mycket takten kan höjas; prova flera värden."),
        ),
    ),
    Lever(
        name="gp_turnover",
        label_sv="Läkare som slutar",
        description_sv=("Hur ofta fasta läkare slutar, som faktor på dagens nivå: 0,7 betyder 30 procent färre."),
        unit="faktor",
        control="gp_turnover",
        operation="multiply",
        neutral=1,
        low=0.3,
        high=2.5,
        step=0.05,
        expected=(("continuity_index", -1), ("gp_gap", 1)),
        reach=_PLACE,
        cost_sv="Vad som krävs för att läkare ska stanna räknas inte.",
        staffing_sv="Färre vakanser och färre hyrläkare när fler stannar.",
        evidence=(
            VACANCIES,
            assumed("Ingen svensk studie säger hur mycket avgångarna kan sänkas; prova flera värden."),
        ),
    ),
    Lever(
        name="nurse_posts",
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
        reach=_PLACE,
        prices=prices.NURSE_POSTS,
        cost_sv=_NURSE_COST,
        staffing_sv="Fler tjänster för sjuksköterskor och rehab.",
        evidence=(ACCOUNT,),
    ),
    Lever(
        name="acute_share",
        label_sv="Tid för akuta besök",
        description_sv=("Så mycket större del av läkartiden på hälsocentralen hålls ledig för besök samma dag."),
        unit="andel av läkartiden",
        control="acute_share",
        operation="add",
        neutral=0,
        low=-0.2,
        high=0.2,
        step=0.05,
        reach=_PLACE,
        cost_sv=_NO_COST,
        staffing_sv="Samma läkartid, annan fördelning.",
        evidence=(ACCOUNT,),
    ),
    Lever(
        name="digital_share",
        label_sv="Digitala kontakter",
        description_sv="Så mycket större del av primärvårdens behov möts digitalt i stället för genom besök.",
        unit="andel av behoven",
        control="digital_share",
        operation="add",
        neutral=0,
        low=-0.1,
        high=0.3,
        step=0.01,
        ramp_months=12,
        reach=_PLACE,
        cost_sv="Ett digitalt läkarbesök räknas som omkring 500 kronor (425-650; att verifiera, 2022).",
        staffing_sv="Digitala kontakter tar kortare tid, men en del leder ändå till besök.",
        evidence=(DIGITAL, DIGITAL_DEMAND),
    ),
    # --- Hospitals and the shift between levels
    Lever(
        name="specialist_to_primary",
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
        reach=_AGES,
        cost_sv=_NO_COST,
        staffing_sv=(
            "Flyttar arbete till hälsocentralerna. Personal följer bara med om spaken för resurser säger det."
        ),
        evidence=(FIRST_SPECIALIST_CONTACT, ACCOUNT),
    ),
    Lever(
        name="resources_follow",
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
        reach=_MUNICIPALITY,
        cost_sv="Flyttar pengar, skapar inga nya.",
        staffing_sv="Tjänster flyttas från specialistmottagning till hälsocentral.",
        evidence=(ACCOUNT,),
    ),
    Lever(
        name="specialist_capacity",
        label_sv="Specialistmottagningarnas kapacitet",
        description_sv=("Hur många besök sjukhusens specialistmottagningar hinner med, som faktor på dagens nivå."),
        unit="faktor",
        control="specialist_capacity",
        operation="multiply",
        neutral=1,
        low=0.7,
        high=1.3,
        step=0.05,
        ramp_months=12,
        reach=_CATCHMENT,
        prices=prices.CLINIC_POSTS,
        cost_sv="En sjukhusläkare kostar omkring 1,35 miljoner om året (1,2-1,55; antagande, 2022).",
        staffing_sv="Fler eller färre läkare på sjukhus; andra yrken följer besöken.",
        evidence=(FIRST_SPECIALIST_CONTACT,),
    ),
    Lever(
        name="beds",
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
        expected=(("occupied_beds_share", -1),),
        reach=_CATCHMENT,
        prices=prices.BED_DAYS,
        cost_sv="Ett vårddygn kostar omkring 11 000 kronor (8 500-13 500; antagande, 2022).",
        staffing_sv="Fler eller färre sjuksköterskor och undersköterskor på vårdavdelning.",
        evidence=(BEDS_IN_SUMMER,),
    ),
    Lever(
        name="ed_places",
        label_sv="Platser på akutmottagningarna",
        description_sv=("Hur många patienter akutmottagningarna kan ta hand om samtidigt, som faktor på dagens nivå."),
        unit="faktor",
        control="ed_places",
        operation="multiply",
        neutral=1,
        low=0.6,
        high=1.6,
        step=0.05,
        ramp_months=12,
        reach=_CATCHMENT,
        cost_sv="Platsen själv kostar inget i modellen: personal och rörlig kostnad följer besöken.",
        staffing_sv="Inga egna tjänster: akutens personal räknas per besök.",
        evidence=(ED_GROWTH,),
    ),
    # --- Municipal care
    Lever(
        name="home_nursing_posts",
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
        reach=_MUNICIPALITY,
        prices=prices.HOME_NURSING_POSTS,
        cost_sv="En sjukskötersketjänst i kommunen kostar omkring 0,72 miljoner om året (0,65-0,8; antagande, 2022).",
        staffing_sv="Fler sjuksköterskor i kommunen.",
        evidence=(MUNICIPAL_CARE,),
    ),
    *STAFF_LEVERS,
    *CARE_LEVERS,
    *PREVENTION_LEVERS,
    *STRESS_LEVERS,
)
"""Every lever by name."""
