"""Levers on the complex, care at home, discharge and municipal places."""

from __future__ import annotations

from scenarios.levers import prices
from scenarios.levers.evidence import MUNICIPAL_CARE, assumed
from scenarios.levers.evidence_care import (
    BORGHOLM,
    COORDINATION_2021,
    DISCHARGE_PLANNING,
    DISCHARGE_RETURNS,
    HOSPITAL_AT_HOME,
    MEDBRIDGE,
    MEDICATION_REVIEW,
    NO_EFFECT,
    SAME_DAY,
    TEAM,
    TELE_COPD,
    TELE_HEART,
)
from scenarios.levers.lever import Lever, ReachKind

_PLACE: frozenset[ReachKind] = frozenset({"municipality", "centre"})
_MUNICIPALITY: frozenset[ReachKind] = frozenset({"municipality"})
_PEOPLE: frozenset[ReachKind] = frozenset({"municipality", "age_group", "segment"})
BEYOND = "Räknas utöver enheternas tjänster: tiden tränger inte undan annan vård, men måste bemannas."
"""Of work that is paid by the minute and takes no posts of any unit (`simulator.staff.effort`)."""

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
        reach=_PEOPLE,
        prices=prices.CARE_CONTACTS,
        cost_sv="Omkring en timme (0,5-2; antagande) av en distriktssköterska per person och år. Regionen betalar.",
        staffing_sv="Distriktssköterskor. " + BEYOND,
        evidence=(COORDINATION_2021, NO_EFFECT),
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
        reach=frozenset({"municipality", "age_group"}),
        prices=prices.INDIVIDUAL_PLANS,
        cost_sv=(
            "Per person och år omkring tre timmar (1,5-5) av regionens samordnare och två (1-4) av en sjuksköterska i"
            " kommunen (antaganden), även för dem som ett närvårdsteam följer."
        ),
        staffing_sv="Samordnare och sjuksköterskor i kommunen. " + BEYOND,
        evidence=(COORDINATION_2021, NO_EFFECT),
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
        staffing_sv=f"Sjuksköterskor i mobila team; läkaren på telefon räknas inte. {BEYOND}",
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
        reach=_PEOPLE,
        prices=prices.TELEMONITORING,
        cost_sv=(
            "Utrustning omkring 500 kronor per person och månad (200-1 200; antagande) och två kontakter med"
            " sjuksköterska i månaden (antagande). Regionen betalar."
        ),
        staffing_sv="Sjuksköterskor på distans. " + BEYOND,
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
        reach=_PEOPLE,
        prices=prices.SELF_CARE,
        cost_sv="Omkring tio minuter (6-15; antagande) av en sjuksköterska per råd utöver dagens. Regionen betalar.",
        staffing_sv="Sjuksköterskor i telefon (1177). " + BEYOND,
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
        prices=prices.RECEPTIONS,
        cost_sv=(
            "Omkring fyra timmar (2-8; antagande) hemtjänst per person som kan tas emot utöver dagens, använd eller ej."
            " Kommunen betalar; färre mottagna sparar inget."
        ),
        staffing_sv=f"Undersköterskor. {BEYOND} Räcker hemtjänstens övriga tid inte till tas färre emot.",
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
        cost_sv="En undersköterska kostar omkring 0,5 miljoner om året (0,46-0,55; antagande, 2022).",
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
        prices=prices.REABLEMENT,
        cost_sv="Omkring tio timmar (5-20; antagande) rehabilitering per person och år. Kommunen betalar.",
        staffing_sv="Arbetsterapeuter och fysioterapeuter i kommunen. " + BEYOND,
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
        reach=_PEOPLE,
        prices=prices.PLANNED_DISCHARGES,
        cost_sv=(
            "Per utskrivning omkring 45 minuter (20-90; antagande) av en sjuksköterska på sjukhuset och lika mycket i"
            " kommunen."
        ),
        staffing_sv="Sjuksköterskor på sjukhus och i kommunen. " + BEYOND,
        evidence=(DISCHARGE_PLANNING, DISCHARGE_RETURNS, SAME_DAY),
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
        reach=_PEOPLE,
        prices=prices.MEDICATION_REVIEWS,
        cost_sv=(
            "Omkring en timme (30-90 minuter; antagande) av en klinisk farmaceut eller sjuksköterska per vårdtillfälle."
            " Regionen betalar; läkarens tid räknas inte."
        ),
        staffing_sv="Farmaceuter eller sjuksköterskor på sjukhus, räknade som sjuksköterskor. " + BEYOND,
        evidence=(MEDICATION_REVIEW, MEDBRIDGE),
    ),
)
"""Registered in `levers`."""
