"""Levers on prevention: exercise against falls, health dialogues, link workers."""

from __future__ import annotations

from scenarios.levers import prices
from scenarios.levers.care import BEYOND
from scenarios.levers.evidence import assumed
from scenarios.levers.evidence_care import FALL_EXERCISE, HEALTH_CHECKS, LINK_DEMAND, LINK_WORKERS
from scenarios.levers.lever import Lever, ReachKind

_PEOPLE: frozenset[ReachKind] = frozenset({"municipality", "age_group", "segment"})

PREVENTION_LEVERS = (
    Lever(
        name="fall_prevention",
        label_sv="Fallprevention",
        description_sv=(
            "Andel av invånarna 65 år och äldre i eget boende som deltar i fallförebyggande träning. De som bor i"
            " särskilt boende omfattas inte, för där är effekten inte prövad."
        ),
        unit="andel av 65+ i eget boende",
        control="fall_prevention",
        operation="add",
        neutral=0,
        low=0,
        high=0.8,
        step=0.05,
        ramp_months=24,
        expected=(("fall_admissions", -1),),
        reach=_PEOPLE,
        prices=prices.FALL_PREVENTION,
        cost_sv=(
            "Omkring fem timmar (2,5-10; antagande) av en fysioterapeut per deltagare och år. Regionen betalar;"
            " lokaler och resor räknas inte."
        ),
        staffing_sv="Fysioterapeuter. " + BEYOND,
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
        reach=frozenset({"municipality", "age_group"}),
        prices=prices.HEALTH_DIALOGUES,
        cost_sv=(
            "Sjukskötersketid, som räknas som kontakter på hälsocentralen. En budget prissätter den som nya"
            " tjänster; i utfallet tas den av de tjänster som finns."
        ),
        staffing_sv="En timme av en sjuksköterska på hälsocentralen per samtal (antagande), som tas från andra besök.",
        evidence=(
            HEALTH_CHECKS,
            assumed("Ingen effekt på insjuknande antas; registrets intervall når 5 procent lägre efter åtta år."),
        ),
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
        reach=_PEOPLE,
        prices=prices.LINK_WORKERS,
        cost_sv=(
            "Omkring två av hundra som har tillgång till en hälsolots möter den ett år (1-5; antagande), fem timmar"
            " var (3,3-8,3; antagande). En hälsolots kostar omkring 0,6 miljoner om året (antagande). Kommunen betalar."
        ),
        staffing_sv="En hälsolots för omkring 200 personer om året, räknad som psykosocial resurs. " + BEYOND,
        evidence=(
            LINK_WORKERS,
            LINK_DEMAND,
            assumed("Ingen effekt på vårdbehovet antas: studierna som fann en saknade jämförelsegrupp."),
        ),
    ),
)
"""Registered in `levers`."""
