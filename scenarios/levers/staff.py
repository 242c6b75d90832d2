"""The levers on staff: turnover, recruitment, pension, sick leave, residents, coordinators, agency staff."""

from __future__ import annotations

from scenarios.levers import prices
from scenarios.levers.evidence import AGENCY, VACANCIES, assumed
from scenarios.levers.lever import Evidence, Lever, ReachKind

_PLACE: frozenset[ReachKind] = frozenset({"municipality", "centre"})
_MUNICIPALITY: frozenset[ReachKind] = frozenset({"municipality"})
"""A lever on all staff acts on the centres and the municipality, and on the hospital that cares for it."""
_NEWS = "https://regionkalmar.se/nyhetslista/stor-rekryteringsutmaning-narmaste-aren/ (2023-02-28)"

SICK_LEAVE = Evidence(
    finding_sv=(
        "En procentenhet lägre sjukfrånvaro motsvarar omkring 83 heltider i regionen, det vill säga en procent"
        " av omkring 8 300; sjukfrånvaron var knappt 6 procent."
    ),
    source=_NEWS,
    grade="A",
    effect=83,
    unit="heltider per procentenhet",
)
PENSIONS = Evidence(
    finding_sv="Omkring 1 700 av regionens 8 000 anställda når pensionsålder till 2031; 657 var över 65 och arbetade.",
    source=_NEWS,
    grade="A",
    effect=1700,
    unit="personer",
)
AGENCY_NURSES = Evidence(
    finding_sv="Hyrsjuksköterskorna på de tre sjukhusen minskade från 95 i början av 2023 till 55 den 1 oktober.",
    source="https://regionkalmar.se/nyhetslista/positiv-utveckling-kring-utfasning-av-hyrpersonal/",
    grade="A",
    effect=55,
    unit="sjuksköterskor",
)
RESIDENTS = Evidence(
    finding_sv="60 ST- och AT-läkare anställdes 2013-2018, hela regionen; hur många som stannade har inte lästs.",
    source="http://www.ostrasmaland.se/kalmar/en-av-femton-i-lanet-jobbar-for-regionen/",
    grade="A",
    effect=60,
    unit="läkare",
)
_NO_TRIAL = "Ingen svensk studie säger hur mycket detta går att ändra; prova flera värden."

STAFF_LEVERS = (
    Lever(
        name="staff_turnover",
        label_sv="Personal som slutar, utom läkare på hälsocentral",
        description_sv=(
            "Hur ofta anställda slutar av andra skäl än ålder, som faktor på dagens nivå: 0,7 betyder 30 procent"
            " färre. Gäller alla yrken utom läkare på hälsocentral, som har en egen spak, och ST-läkare."
        ),
        unit="faktor",
        control="staff_turnover",
        operation="multiply",
        neutral=1,
        low=0.5,
        high=2.5,
        step=0.05,
        expected=(("staffing_gap", 1),),
        reach=_MUNICIPALITY,
        cost_sv="Vad som krävs för att fler ska stanna räknas inte; tillsatta tjänster kostar lön.",
        staffing_sv="Färre vakanser när fler stannar.",
        evidence=(assumed(_NO_TRIAL),),
    ),
    Lever(
        name="staff_recruitment",
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
        expected=(("staffing_gap", -1),),
        reach=_MUNICIPALITY,
        cost_sv="Vad rekryteringen själv kostar räknas inte; tillsatta tjänster kostar lön.",
        staffing_sv="Fler anställda när vakanser tillsätts.",
        evidence=(assumed(_NO_TRIAL),),
    ),
    Lever(
        name="retirement_age",
        label_sv="Senare pension",
        description_sv=(
            "Så många år senare än i dag går personalen i pension, läkarna på hälsocentral inräknade. I dag har"
            " hälften av den övriga personalen gått vid 66 år (antagande)."
        ),
        unit="år",
        control="retirement_age",
        operation="add",
        neutral=0,
        low=0,
        high=3,
        step=0.5,
        ramp_months=36,
        expected=(("staffing_gap", -1),),
        reach=_MUNICIPALITY,
        cost_sv="Löner till dem som arbetar längre.",
        staffing_sv="Fler anställda de år som pensionerna skjuts upp; därefter lika många pensioner som i dag.",
        evidence=(PENSIONS,),
    ),
    Lever(
        name="sick_leave_change",
        label_sv="Ändrad sjukfrånvaro",
        description_sv=(
            "Så många procentenheter högre eller lägre sjukfrånvaro i alla yrken. I dag knappt 6 procent. Utöver"
            " detta stiger sjukfrånvaron när belastningen stiger."
        ),
        unit="procentenheter",
        control="sick_leave_change",
        operation="add",
        neutral=0,
        low=-2,
        high=3,
        step=0.1,
        ramp_months=12,
        expected=(("assessed_within_3_days", -1), ("staffing_gap", 1)),
        reach=_MUNICIPALITY,
        cost_sv="Sjuklön och vad som sänker frånvaron räknas inte; samma löner ger fler eller färre arbetade timmar.",
        staffing_sv="Fler eller färre arbetade timmar av samma personal.",
        evidence=(SICK_LEAVE, assumed(_NO_TRIAL)),
    ),
    Lever(
        name="resident_posts",
        label_sv="ST-tjänster på hälsocentral",
        description_sv=(
            "Antal tjänster för ST-läkare i allmänmedicin, som faktor på dagens (omkring 31, antagande). Den som"
            " börjar är klar efter fem och ett halvt år, och först då kan vakanta läkartjänster fyllas. ST-läkare"
            " tar emot patienter under handledning men är ingens fasta läkare."
        ),
        unit="faktor",
        control="resident_posts",
        operation="multiply",
        neutral=1,
        low=0.5,
        high=3,
        step=0.1,
        ramp_months=12,
        reach=_PLACE,
        prices=prices.RESIDENT_POSTS,
        cost_sv="En ST-tjänst kostar omkring 1,05 miljoner kronor om året (0,9-1,2; antagande, 2022).",
        staffing_sv="Fler ST-läkare nu och fler specialister efter 2032.",
        evidence=(RESIDENTS, VACANCIES, assumed(_NO_TRIAL)),
    ),
    Lever(
        name="team_coordinators",
        label_sv="Samordnare i närvårdsteam",
        description_sv=(
            "Tjänster för samordnare per 10 000 listade på hälsocentral. I dag ingen. Tjänsterna ändrar inget av"
            " sig själva: de sätter gränsen för hur många som närvårdsteamen kan följa."
        ),
        unit="tjänster per 10 000 listade",
        control="team_coordinators",
        operation="add",
        neutral=0,
        low=0,
        high=5,
        step=0.1,
        ramp_months=12,
        expected=(("cost_region", 1),),
        reach=_PLACE,
        prices=prices.COORDINATORS,
        cost_sv="En samordnare kostar omkring 0,74 miljoner kronor om året (0,68-0,82; antagande, 2022).",
        staffing_sv="En per 10 000 listade är omkring 25 tjänster i länet. En tjänst följer omkring 45 personer.",
        evidence=(assumed("Ingen källa säger hur många samordnare som behövs; prova flera värden."),),
    ),
    Lever(
        name="hospital_agency_cover",
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
        expected=(("cost_region", 1),),
        reach=_MUNICIPALITY,
        prices=prices.HOSPITAL_AGENCY,
        cost_sv="En hyrsjuksköterska kostar omkring 1,25 miljoner kronor om året, en egen 0,72 (antagande, 2022).",
        staffing_sv="Färre hyrda ger färre arbetade timmar tills vakanserna är tillsatta.",
        evidence=(AGENCY_NURSES, AGENCY),
    ),
)
