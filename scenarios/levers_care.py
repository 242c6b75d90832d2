"""Levers on the complex, care at home, discharge, municipal places, prevention, and two stresses."""

from __future__ import annotations

from scenarios import prices
from scenarios.evidence import MUNICIPAL_CARE, assumed
from scenarios.evidence_care import (
    BORGHOLM,
    COORDINATION_2021,
    DISCHARGE_PLANNING,
    FALL_EXERCISE,
    HEALTH_CHECKS,
    HOSPITAL_AT_HOME,
    LINK_WORKERS,
    MEDBRIDGE,
    MEDICATION_REVIEW,
    SAME_DAY,
    TEAM,
    TELE_COPD,
    TELE_HEART,
)
from scenarios.lever import Lever, ReachKind

_PLACE: frozenset[ReachKind] = frozenset({"municipality", "centre"})
_MUNICIPALITY: frozenset[ReachKind] = frozenset({"municipality"})
_EVERYWHERE: frozenset[ReachKind] = frozenset()
_NO_STAFF = "Inga egna tjänster i modellen."

CARE_LEVERS = (
    # --- Much to the few
    Lever(
        name="team_share",
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
        ramp_months=12,
        expected=(("complex_admissions", -1),),
        reach=_PLACE,
        cost_sv="Samordnarna, som har en egen spak, och den rörliga kostnaden för teamets kontakter.",
        staffing_sv="En samordnare följer omkring 45 personer (30-70; antagande).",
        evidence=(TEAM,),
    ),
    Lever(
        name="permanent_contact",
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
        ramp_months=12,
        expected=(("persons_with_contact", 1),),
        reach=_EVERYWHERE,
        cost_sv="Ingen egen kostnad i modellen.",
        staffing_sv=_NO_STAFF,
        evidence=(COORDINATION_2021,),
    ),
    Lever(
        name="individual_plan",
        label_sv="Individuell plan vid komplexa behov",
        description_sv=(
            "Ökning av andelen personer med komplexa behov som har en individuell plan (SIP). Planen räknas och"
            " följs upp men har ingen egen effekt i modellen; det har närvårdsteamet."
        ),
        unit="andel av komplexa",
        control="individual_plan",
        operation="add",
        neutral=0,
        low=0,
        high=0.9,
        step=0.05,
        ramp_months=12,
        expected=(("persons_with_plan", 1),),
        reach=_EVERYWHERE,
        cost_sv="Ingen egen kostnad i modellen.",
        staffing_sv=_NO_STAFF,
        evidence=(COORDINATION_2021,),
    ),
    # --- Care at home
    Lever(
        name="mobile_visits",
        label_sv="Mobila team, besök",
        description_sv=(
            "Besök som mobila team kan göra per dag och 1 000 invånare som är 80 år eller äldre. Teamen möter akuta"
            " behov, utom de mest brådskande, hos dem med hemsjukvård eller i särskilt boende, som annars hade åkt till"
            " akuten."
        ),
        unit="besök per dag och 1 000 80+",
        control="mobile_visits",
        operation="add",
        neutral=0,
        low=0,
        high=5,
        step=0.1,
        ramp_months=12,
        expected=(("ed_visits", -1),),
        reach=_MUNICIPALITY,
        prices=prices.MOBILE_VISITS,
        cost_sv=(
            "Ett mobilt besök tar omkring 75 minuter (50-100; antagande) av en sjuksköterska. Regionen betalar;"
            " läkaren på telefon räknas inte."
        ),
        staffing_sv="Sjuksköterskor i mobila team, läkare på telefon.",
        evidence=(
            BORGHOLM,
            assumed("Varje mobilt besök antas ersätta ett akutbesök; sannolikt en övre gräns."),
        ),
    ),
    Lever(
        name="home_beds",
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
        expected=(("home_care_days", 1),),
        reach=_MUNICIPALITY,
        prices=prices.HOME_BEDS,
        cost_sv="Tiden i kommunen räknas, omkring 40 minuter per dygn (20-80; antagande).",
        staffing_sv="Sjuksköterskor i kommunen.",
        evidence=(HOSPITAL_AT_HOME, BORGHOLM),
    ),
    Lever(
        name="telemonitoring",
        label_sv="Egenmonitorering vid hjärtsvikt och KOL",
        description_sv=(
            "Andel av dem med hjärtsvikt eller KOL som mäter hemma och följs på distans. Minskar inläggningar för"
            " hjärtsvikt men inte för KOL."
        ),
        unit="andel",
        control="telemonitoring",
        operation="add",
        neutral=0,
        low=0,
        high=0.8,
        step=0.05,
        ramp_months=12,
        expected=(("avoidable_admissions", -1),),
        reach=_EVERYWHERE,
        prices=prices.TELEMONITORING,
        cost_sv=(
            "Utrustning omkring 500 kronor per person och månad (200-1 200; antagande) och två kontakter med"
            " sjuksköterska i månaden (antagande). Regionen betalar."
        ),
        staffing_sv="Sjuksköterskor på distans.",
        evidence=(TELE_HEART, TELE_COPD),
    ),
    Lever(
        name="self_care",
        label_sv="Råd om egenvård",
        description_sv="Så mycket större del av primärvårdens behov möts med råd om egenvård i stället för en kontakt.",
        unit="andel av behoven",
        control="self_care",
        operation="add",
        neutral=0,
        low=-0.05,
        high=0.2,
        step=0.01,
        ramp_months=12,
        expected=(("gp_contacts", -1),),
        reach=_EVERYWHERE,
        cost_sv="Ingen egen kostnad i modellen.",
        staffing_sv=_NO_STAFF,
        evidence=(assumed("Hur mycket som kan mötas med egenvård är ett antagande; prova flera värden."),),
    ),
    # --- Discharge and municipal places
    Lever(
        name="receptions",
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
        expected=(("discharge_ready_days", -1),),
        reach=_MUNICIPALITY,
        cost_sv="Ingen egen kostnad i modellen.",
        staffing_sv="Räcker hemtjänstens tid inte till tas färre emot; inga egna tjänster i modellen.",
        evidence=(SAME_DAY,),
    ),
    Lever(
        name="short_term_places",
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
        expected=(("discharge_ready_days", -1),),
        reach=_MUNICIPALITY,
        staffing_sv="Undersköterskor i kommunen; räknas inte.",
        prices=prices.SHORT_TERM_PLACES,
        cost_sv="En korttidsplats kostar omkring en miljon om året (0,85-1,3; antagande, 2022). Kommunen betalar.",
        evidence=(SAME_DAY, assumed("Antalet korttidsplatser i länet är ett antagande.")),
    ),
    Lever(
        name="housing_places",
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
        expected=(("housing_queue", -1),),
        reach=_MUNICIPALITY,
        staffing_sv="Personalen finns i priset men räknas inte i bemanningen.",
        prices=prices.HOUSING_PLACES,
        cost_sv="En plats kostar omkring en miljon om året (0,85-1,1; antagande, 2022).",
        evidence=(MUNICIPAL_CARE,),
    ),
    Lever(
        name="home_help_posts",
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
        expected=(("discharge_ready_days", -1),),
        reach=_MUNICIPALITY,
        staffing_sv="Fler eller färre undersköterskor i hemtjänsten.",
        prices=prices.HOME_HELP_POSTS,
        cost_sv="En undersköterska kostar omkring 0,53 miljoner om året (0,49-0,58; antagande, 2022).",
        evidence=(MUNICIPAL_CARE, SAME_DAY),
    ),
    Lever(
        name="reablement",
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
        reach=_MUNICIPALITY,
        cost_sv="Insatsen själv har ingen kostnad i modellen.",
        staffing_sv="Rehabpersonal i kommunen räknas inte.",
        evidence=(assumed("Ingen svensk skattning är läst; minskningen antas till 10 procent (0-25)."),),
    ),
    Lever(
        name="coordinated_discharge",
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
        expected=(("bed_days", -1),),
        reach=_EVERYWHERE,
        cost_sv="Ingen egen kostnad i modellen.",
        staffing_sv=_NO_STAFF,
        evidence=(DISCHARGE_PLANNING, SAME_DAY),
    ),
    Lever(
        name="medication_review",
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
        expected=(("readmissions", -1),),
        reach=_EVERYWHERE,
        cost_sv="Ingen egen kostnad i modellen.",
        staffing_sv=_NO_STAFF,
        evidence=(MEDICATION_REVIEW, MEDBRIDGE),
    ),
    # --- Prevention
    Lever(
        name="fall_prevention",
        label_sv="Fallprevention",
        description_sv="Andel av invånarna 65 år och äldre som deltar i fallförebyggande träning.",
        unit="andel av 65+",
        control="fall_prevention",
        operation="add",
        neutral=0,
        low=0,
        high=0.8,
        step=0.05,
        ramp_months=24,
        expected=(("fall_admissions", -1),),
        reach=_EVERYWHERE,
        cost_sv="Ingen kostnad för träningen är läst; den räknas inte.",
        staffing_sv="Fysioterapeuter; räknas inte.",
        evidence=(FALL_EXERCISE,),
    ),
    Lever(
        name="health_dialogue",
        label_sv="Hälsosamtal vid 40, 50, 60 och 70 år",
        description_sv=(
            "Andel av dem som är 40, 50, 60 eller 70 år som kommer till ett hälsosamtal. Varje samtal tar en timme av"
            " en sjuksköterska. Effekten på insjuknande antas vara noll och skulle annars dröja omkring åtta år."
        ),
        unit="andel av inbjudna",
        control="health_dialogue",
        operation="add",
        neutral=0,
        low=0,
        high=0.8,
        step=0.05,
        ramp_months=12,
        expected=(("contacts", 1),),
        reach=_EVERYWHERE,
        prices=prices.HEALTH_DIALOGUES,
        cost_sv="Sjukskötersketid; räknas som sjuksköterskekontakter.",
        staffing_sv="En timme av en sjuksköterska per samtal (antagande).",
        evidence=(HEALTH_CHECKS,),
    ),
    Lever(
        name="social_prescribing",
        label_sv="Hälsolots",
        description_sv=(
            "Andel av invånarna utan komplexa behov som har tillgång till en hälsolots (social förskrivning). Antas"
            " inte ändra behovet av läkare; registrets intervall visar hur mycket det skulle kunna vara."
        ),
        unit="andel",
        control="social_prescribing",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        ramp_months=12,
        reach=_EVERYWHERE,
        cost_sv="Hälsolotsarna räknas inte.",
        staffing_sv="Hälsolotsar i kommunen; räknas inte.",
        evidence=(LINK_WORKERS,),
    ),
)
"""Registered in `levers`."""
