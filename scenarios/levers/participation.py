"""Participation: levers on what inhabitants do and wish themselves: self-care, monitoring, digital contacts."""

from __future__ import annotations

import numpy as np

from scenarios.levers import prices, today
from scenarios.levers.evidence import assumed
from scenarios.levers.lever import REACH_PEOPLE, REACH_PLACES, Area, Lever, Mark, Price
from scenarios.levers.reached import people_of, primary_care_needs, with_monitored_condition
from simulator.core.fields import Array
from simulator.region.pack import Region

AREA = Area(
    name="participation",
    label_sv="Invånaren som medskapare",
    aim_sv="Utvecklingsområde: invånaren som aktiv medskapare. Framgångsfaktor: digital förnyelse",
    about_sv="Invånarens egna resurser: egenvård, mätningar hemma, digitala kontakter.",
)


def _advice_calls(region: Region, share: Array) -> float:
    """Advice on self-care beyond today's; less of it saves nothing."""
    needs = people_of(region) * primary_care_needs(region)[:, None]
    return float((np.maximum(share, 0.0) * needs).sum())


def _monitored_months(region: Region, share: Array) -> float:
    """Months of monitoring at home; those with both conditions are counted twice."""
    return 12.0 * float((share * with_monitored_condition(region)).sum())


def _monitoring_contacts(region: Region, share: Array) -> float:
    """Contacts with those who monitor at home."""
    return _monitored_months(region, share) * region.parameters["telemonitoring.contacts_per_month"]


RECORDS = (
    Lever(
        name="self_care",
        number=31,
        area=AREA,
        label_sv="Råd om egenvård",
        description_sv="Så mycket större del av primärvårdens behov möts med råd om egenvård i stället för en kontakt.",
        unit="andel av behoven",
        control="self_care",
        operation="add",
        neutral=0,
        low=-0.05,
        high=0.2,
        step=0.01,
        in_points=True,
        ramp_months=12,
        reach=REACH_PEOPLE,
        expected=(("gp_contacts", -1),),
        today=today.percent("primary_care.self_care_share", "av primärvårdens behov möts med råd om egenvård"),
        marks=(
            Mark("low", 0.01, "Ett behov av hundra till"),
            Mark("likely", 0.03, "Tre behov av hundra till"),
            Mark("high", 0.05, "Dubbelt mot i dag", "Antagande: dagens 5 procent, som är antagna, en gång till."),
        ),
        prices=prices.work("advice_call", _advice_calls, {"nurse_year": "sjukskötersketjänster för råd per telefon"}),
        cost_sv="Omkring tio minuter (6-15; antagande) av en sjuksköterska per råd utöver dagens. Regionen betalar.",
        staffing_sv="Sjuksköterskor i telefon (1177). " + prices.BEYOND,
        evidence=(assumed("Hur mycket som kan mötas med egenvård är ett antagande; prova flera värden."),),
    ),
    Lever(
        name="telemonitoring",
        number=30,
        area=AREA,
        label_sv="Egenmonitorering vid hjärtsvikt och KOL",
        description_sv=(
            "Andel av dem med hjärtsvikt eller KOL som mäter hemma och följs på distans. Minskar inläggningar och"
            " dödlighet vid hjärtsvikt men inte vid KOL."
        ),
        unit="andel",
        control="telemonitoring",
        operation="add",
        neutral=0,
        low=0,
        high=0.8,
        step=0.05,
        ramp_months=12,
        reach=REACH_PEOPLE,
        expected=(("avoidable_admissions", -1),),
        today=today.in_words("Ingen mäter hemma i modellen."),
        marks=(
            Mark("low", 0.2, "Var femte"),
            Mark("likely", 0.3, "Var tredje"),
            Mark("high", 0.5, "Hälften"),
        ),
        prices=(
            Price("telemonitoring_month", "personmånader med egenmonitorering", _monitored_months),
            *prices.work(
                "monitoring_contact", _monitoring_contacts, {"nurse_year": "sjukskötersketjänster på distans"}
            ),
        ),
        cost_sv=(
            "Utrustning omkring 500 kronor per person och månad (200-1 200; antagande) och två kontakter med"
            " sjuksköterska i månaden (antagande). Regionen betalar."
        ),
        staffing_sv="Sjuksköterskor på distans. " + prices.BEYOND,
        effects=("monitoring.admission", "monitoring.death", "monitoring.lung"),
    ),
    Lever(
        name="digital_share",
        number=11,
        area=AREA,
        label_sv="Digitala kontakter",
        description_sv="Så mycket större del av primärvårdens behov möts digitalt i stället för genom besök.",
        unit="andel av behoven",
        control="digital_share",
        operation="add",
        neutral=0,
        low=-0.1,
        high=0.3,
        step=0.01,
        in_points=True,
        ramp_months=12,
        reach=REACH_PLACES,
        today=today.percent("digital.share_of_gp_needs", "av behoven av läkare möts digitalt"),
        marks=(
            Mark("low", 0.05, "Ett behov av tjugo till"),
            Mark("likely", 0.1, "Ett behov av tio till"),
            Mark("high", 0.2, "Digitalt som förstaval"),
        ),
        cost_sv="Ett digitalt läkarbesök räknas som omkring 500 kronor (425-650; att verifiera, 2022).",
        staffing_sv="Digitala kontakter tar kortare tid, men en del leder ändå till besök.",
        effects=("digital.induced", "digital.revisit"),
    ),
)
