"""Case finding: levers on how the list of people with complex needs is made."""

from __future__ import annotations

from scenarios.levers import prices, today
from scenarios.levers.lever import REACH_PLACES, Area, Lever, marks_on
from simulator.core.fields import Array
from simulator.region.pack import Region

AREA = Area(
    name="case_finding",
    label_sv="Att hitta de få",
    aim_sv="Prioriterad grupp: invånare med komplexa behov. Framgångsfaktor: gemensam uppföljning",
    about_sv="Vilka som står på listan över dem med störst behov och nås av ett närvårdsteam. Listan gör inget själv.",
)

FINDING_EFFECTS = ("team.finding", "team.regression")
_GROUND = "Antagande: inget underlag säger hur listan bör blandas; nivåerna är valda för att prova."
_MARKS = marks_on(_GROUND, (0.25, "Var fjärde plats"), (0.5, "Hälften av platserna"), (1, "Hela listan"))
_NOTE = (
    "Listan blir lika lång och görs om varje nyår. Spakarna för listan delar på platserna; blir de mer än 100 %"
    " tillsammans delas platserna i proportion. Det som blir kvar väljs som i dag. Mått för personer med komplexa behov"
    " gäller dem på den nya listan och kan därför inte jämföras med dagens."
)
_TODAY = today.in_words("Regionens lista väger samman diagnoser, vård de senaste 24 månaderna och bedömning.")


def _places_judged(region: Region, share: Array) -> float:
    """Places on the list that GPs fill, if those with complex needs are spread as the listed are."""
    listed = region.centre_listed
    return float((share * listed).sum() / listed.sum()) * region.parameters["segment.complex"]


RECORDS = (
    Lever(
        name="finding_by_diagnoses",
        number=54,
        area=AREA,
        label_sv="Listan: platser efter diagnoser",
        description_sv=(
            "Andel av platserna på listan över personer med komplexa behov som fylls efter diagnoser, ålder och kön"
            f" ensamma, som en klassificering av typen ACG gör. {_NOTE}"
        ),
        unit="andel av platserna",
        control="finding_by_diagnoses",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        gradual=False,
        reach=REACH_PLACES,
        expected=(("listed_heaviest", -1),),
        today=_TODAY,
        marks=_MARKS,
        cost_sv=prices.NO_COST,
        staffing_sv=prices.NO_STAFF,
        effects=FINDING_EFFECTS,
    ),
    Lever(
        name="finding_by_use",
        number=55,
        area=AREA,
        label_sv="Listan: platser efter förra årets vård",
        description_sv=(
            "Andel av platserna på listan över personer med komplexa behov som går till de kroniskt sjuka som"
            f" använde mest vård året före. {_NOTE}"
        ),
        unit="andel av platserna",
        control="finding_by_use",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        gradual=False,
        reach=REACH_PLACES,
        expected=(("listed_before_after", -1),),
        today=_TODAY,
        marks=_MARKS,
        cost_sv=prices.NO_COST,
        staffing_sv=prices.NO_STAFF,
        effects=FINDING_EFFECTS,
    ),
    Lever(
        name="finding_by_judgement",
        number=56,
        area=AREA,
        label_sv="Listan: platser efter läkarens bedömning",
        description_sv=(
            "Andel av platserna på listan över personer med komplexa behov som läkarna på hälsocentralen fyller"
            " efter egen bedömning. De antas se diagnoserna och till hälften det behov som varken diagnoser eller"
            f" vård visar (antagande). {_NOTE}"
        ),
        unit="andel av platserna",
        control="finding_by_judgement",
        operation="add",
        neutral=0,
        low=0,
        high=1,
        step=0.05,
        gradual=False,
        reach=REACH_PLACES,
        expected=(("listed_before_after", 1),),
        today=_TODAY,
        marks=_MARKS,
        prices=prices.work("judged_year", _places_judged, {"gp_year": "läkartjänster för att bedöma"}),
        cost_sv=(
            "Omkring en halvtimme (10-60 minuter; antagande) av en läkare på hälsocentral per plats och år."
            " Regionen betalar."
        ),
        staffing_sv="Läkare på hälsocentral. " + prices.BEYOND,
        effects=FINDING_EFFECTS,
    ),
)
