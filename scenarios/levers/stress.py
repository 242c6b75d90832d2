"""Stress tests: what if needs, winters or mortality are other than expected? Nobody chooses these levers."""

from __future__ import annotations

import numpy as np

from scenarios.levers import prices, today
from scenarios.levers.evidence import ED_GROWTH, assumed
from scenarios.levers.lever import REACH_MUNICIPALITIES, REACH_PEOPLE, Area, Lever, Mark, Today, marks_on
from scenarios.text.swedish import number
from simulator.region.axes import STREAMS
from simulator.region.pack import Region

AREA = Area(
    name="stress",
    label_sv="Påfrestningar",
    aim_sv="Prövar planerna: inget som regionen eller kommunerna väljer",
    about_sv="Vad händer om behoven, vintern eller dödligheten blir annorlunda än väntat?",
)

_HABITS = "http://www.ostrasmaland.se/kalmar/aldre-i-lanet-gar-inte-garna-till-doktorn/ (2019-07)"
NO_FORECAST = assumed("Hur mycket behoven ändras utöver det väntade vet ingen; spaken prövar planer och spår inget.")

_UNEXPECTED = "Antagande: hur mycket behoven ökar utöver det väntade vet ingen; nivåerna prövar planerna."
_FIVE = Mark("low", 1.05, "Fem procent fler behov", _UNEXPECTED)
_TEN = Mark("likely", 1.1, "Tio procent fler behov", _UNEXPECTED)
_AS_HABITS = Mark(
    "high",
    1.15,
    "Som gapet till grannlänen",
    (
        "Så mycket mer vård sökte länets invånare än grannlänens 2019. Att behoven här skulle öka lika mycket till är"
        " en prövning, ingen prognos."
    ),
    _HABITS,
    "A",
)


def _need(
    number: int, stream: str, where_sv: str, label_sv: str, *raised: str, low: Mark = _FIVE, likely: Mark = _TEN
) -> Lever:
    """Return the lever that scales one stream of needs, and raises some indicators."""
    return Lever(
        name=f"need_{stream}",
        number=number,
        area=AREA,
        label_sv=label_sv,
        description_sv=(
            f"Hur ofta behov av {where_sv} uppstår, som faktor på det väntade. För att pröva vad som händer om behoven"
            " blir större eller mindre."
        ),
        unit="faktor",
        control=f"need_{stream}",
        operation="multiply",
        neutral=1,
        low=0.7,
        high=1.4,
        step=0.01,
        compared_sv="det väntade",
        reach=REACH_PEOPLE,
        expected=tuple((indicator, 1) for indicator in raised),
        today=today.needed(stream),
        marks=(low, likely, _AS_HABITS),
        cost_sv=prices.NO_COST,
        staffing_sv=prices.NO_STAFF,
        evidence=(NO_FORECAST,),
    )


def _winter_today(region: Region) -> Today:
    winter = region.season[STREAMS.index("emergency"), [0, 1, 2, 11]].mean()
    percent = number(abs(100.0 * (float(winter) - 1.0)), 0)
    side = "under" if winter < 1.0 else "över"
    return Today(f"Akuta behov i december till mars ligger omkring {percent} % {side} årets snitt i modellen.")


def _mortality_today(region: Region) -> Today:
    men, women = (number(_life_expectancy(rates), 1) for rates in region.mortality)
    return Today(f"Medellivslängd omkring {men} år för män och {women} för kvinnor med dagens dödlighetstal.")


def _life_expectancy(rates: np.ndarray) -> float:
    """Years at birth by a period's death rates by year of age, the last open."""
    alive = np.exp(-np.concatenate([[0.0], np.cumsum(rates[:-1])]))
    return float(alive[:-1].sum() / 2 + alive[1:].sum() / 2 + alive[-1] / rates[-1])


RECORDS = (
    _need(42, "gp", "läkare på hälsocentral", "Behov av läkare på hälsocentral", "gp_contacts"),
    _need(43, "nurse", "sjuksköterska på hälsocentral", "Behov av sjuksköterska på hälsocentral", "contacts"),
    _need(
        44,
        "emergency",
        "akutmottagning",
        "Behov av akutvård",
        "ed_visits",
        "admissions",
        low=Mark("low", 1.02, "Ett år av landets ökning", ED_GROWTH.finding_sv, ED_GROWTH.source, ED_GROWTH.grade),
        likely=Mark(
            "likely",
            1.08,
            "Fyra år av landets ökning",
            "Antagande: 2 procent om året, som landet 2022–2023, i fyra år.",
        ),
    ),
    _need(45, "specialist", "specialistmottagning", "Behov av specialistmottagning", "contacts"),
    _need(46, "elective", "planerad vård på sjukhus", "Behov av planerad sjukhusvård", "admissions"),
    Lever(
        name="winter_surge",
        number=47,
        area=AREA,
        label_sv="Vintertopp",
        description_sv="Akuta behov i december till mars, som faktor på det väntade: en svår vinter varje år.",
        unit="faktor",
        control="winter_surge",
        operation="multiply",
        neutral=1,
        low=0.8,
        high=1.6,
        step=0.05,
        compared_sv="det väntade",
        gradual=False,
        reach=REACH_PEOPLE,
        expected=(("ed_visits", 1), ("admissions", 1)),
        today=_winter_today,
        marks=marks_on(
            "Antagande: ingen siffra för hur svår en svår vinter är i länet är läst.",
            (1.1, "Var tionde till"),
            (1.25, "Var fjärde till"),
            (1.4, "Två av fem till"),
        ),
        cost_sv="Ingen egen kostnad; följdkostnader syns i resultatet.",
        staffing_sv=prices.NO_STAFF,
        evidence=(assumed("Hur mycket svårare en svår vinter är i länet är inte läst; nivån är vald för att pröva."),),
    ),
    Lever(
        name="mortality",
        number=48,
        area=AREA,
        label_sv="Dödlighet",
        description_sv="Dödlighet som faktor på dagens: 0,9 är en tiondel lägre, och fler blir gamla.",
        unit="faktor",
        control="mortality",
        operation="multiply",
        neutral=1,
        low=0.8,
        high=1.2,
        step=0.01,
        ramp_months=24,
        reach=REACH_PEOPLE,
        expected=(("population_80_plus", -1),),
        today=_mortality_today,
        marks=marks_on(
            (
                "Antagande: för att pröva ett snabbare åldrande; hur mycket dödligheten sjunker utöver det väntade"
                " vet ingen."
            ),
            (0.97, "Tre procent färre dör"),
            (0.94, "Sex procent färre dör"),
            (0.9, "Var tionde färre dör"),
        ),
        cost_sv="Ingen egen kostnad; följdkostnader syns i resultatet.",
        staffing_sv=prices.NO_STAFF,
        evidence=(assumed("För att pröva ett snabbare åldrande än väntat."),),
    ),
    Lever(
        name="region_reacts",
        number=50,
        area=AREA,
        label_sv="Regionens svar på lång kö till planerad vård",
        description_sv=(
            "Hur mycket regionen gör när kön till planerad inläggning växer: köper vård, opererar på kvällar och"
            " lördagar och håller vårdplatser öppna i juli. 1 är som regioner brukar göra, 0 att inget görs och kön"
            " får ta det som blir över."
        ),
        unit="andel av det vanliga svaret",
        control="region_reacts",
        operation="set",
        neutral=1,
        low=0,
        high=1,
        step=0.05,
        compared_sv="det vanliga",
        gradual=False,
        reach=REACH_MUNICIPALITIES,
        expected=(("planned_within_90_days", 1), ("bought_care", 1)),
        today=today.in_words("Regionen köper vård när kön är lång."),
        marks=marks_on(
            "Antagande: hur mycket regionen köper vid en given kö är inte läst.",
            (0.75, "Tre fjärdedelar av det vanliga"),
            (0.5, "Hälften av det vanliga"),
            (0, "Inget svar alls"),
        ),
        cost_sv="Köpt vård och kvällsoperationer har en egen rad i resultatet.",
        staffing_sv=prices.NO_STAFF,
        effects=("unmet.waiting_emergency",),
        evidence=(assumed("Regionens årsredovisning 2023 nämner köpt vård bland det som ökade kostnaden."),),
    ),
)
