"""Continuity: levers on the GPs at the health centres, on their lists, and on who meets whom."""

from __future__ import annotations

import numpy as np

from scenarios.levers import prices, today
from scenarios.levers.evidence import AGENCY, GP_TIME, VACANCIES, assumed
from scenarios.levers.lever import REACH_PLACES, Area, Evidence, Lever, Mark, Price, Today, marks_on
from scenarios.text.swedish import number
from simulator.core.fields import Array
from simulator.region.pack import Region

AREA = Area(
    name="continuity",
    label_sv="Kontinuitet",
    aim_sv="Utvecklingsområde: samordning och relationskontinuitet",
    about_sv="Samma läkare över tid: kortare listor, färre byten och en bokning som söker den egna läkaren.",
)

OWN_GP = (
    "continuity.emergency",
    "continuity.admission",
    "continuity.death",
    "continuity.referral",
    "continuity.revisit",
)
"""Effects of having met the same GP for long, whatever brings it about."""
NAMED_TODAY = (
    "av de listade räknas ha en namngiven fast läkare, som i landets register; av invånarna säger omkring tre av tio"
    " att de har en"
)
LIST_SIZE = Evidence(
    finding_sv="Nationellt riktvärde för antal listade per läkare.",
    source="network-styrning.com (Socialstyrelsen 2022-04-28)",
    grade="A",
    effect=1100,
    unit="listade per läkare",
)


def _lists_today(region: Region) -> Today:
    posts = {post.unit: post.posts_fte for post in region.staff if post.profession == "gp"}
    each = region.centre_listed / np.array([posts[centre] for centre in region.centres])
    mean = float(region.centre_listed.sum()) / sum(posts.values())
    span = f"{number(each.min(), 0)}–{number(each.max(), 0)}"
    return Today(f"{number(mean, 0)} listade per tjänst i snitt, {span} på hälsocentralerna. Inget krav ställs.")


def _gp_recruitment_today(region: Region) -> Today:
    vacant = number(100.0 * today.vacant(region, "gp") / today.posts(region, "gp"), 0)
    return Today(f"Så fort att andelen vakanta läkartjänster, {vacant} %, består om inget annat ändras.")


def _locums_today(region: Region) -> Today:
    held = sum(p.posts_fte * p.vacancy * p.agency_share for p in region.staff if p.profession == "gp")
    share = number(100.0 * held / today.vacant(region, "gp"), 0)
    text = f"{number(held, 0)} heltider hyrläkare, {share} % av de vakanta läkartjänsterna."
    return Today(text, "C", held, "heltider hyrläkare")


def _patience_today(region: Region) -> Today:
    days = number(region.parameters["special_housing.own_gp_patience_days"], 0)
    return Today(f"Ingen väntar längre för att få den egna läkaren, utom i särskilt boende: {days} dagar.")


def _for_short_lists(region: Region, limit: Array) -> float:
    """FTE of GPs that a limit of listed people per post adds; a limit of 0 is none."""
    wanted = np.where(limit > 0.0, region.centre_listed / np.maximum(limit, 1.0), 0.0)
    return float(np.maximum(wanted - prices.at_units(region, "gp", lambda post: post.posts_fte), 0.0).sum())


def _locums(region: Region, factor: Array) -> float:
    """FTE of locums that a factor on their share of vacant GP time adds."""
    covered = prices.at_units(region, "gp", lambda post: post.posts_fte * post.vacancy * post.agency_share)
    return float(((factor - 1.0) * covered).sum())


RECORDS = (
    Lever(
        name="listed_per_gp",
        number=6,
        area=AREA,
        label_sv="Listade per läkare, högst",
        description_sv=(
            "Läkartjänster inrättas så att ingen hälsocentral har fler listade per tjänst än så. 3 000 betyder att"
            " inget krav ställs. Nya tjänster är vakanta tills någon har rekryterats."
        ),
        unit="listade per tjänst",
        control="listed_per_gp",
        operation="set",
        neutral=3000,
        low=1000,
        high=3000,
        step=50,
        neutral_sv="inget krav",
        # On its way from no rule to the rule, a ramp would pass through absurdly short lists.
        gradual=False,
        reach=REACH_PLACES,
        expected=(("assessed_within_3_days", -1),),
        kind_sv="Bemanning på hälsocentral",
        today=_lists_today,
        marks=(
            Mark(
                "low",
                1500,
                "Normen i 2017 års enkät",
                "Den norm som bristen i länet räknades mot 2017.",
                source="https://www.centerpartiet.se/lokal/kalmar-lan (2017-05-18; norm 1500 per doctor; party survey)",
                grade="A",
            ),
            Mark(
                "likely", 1300, "Halvvägs till riktvärdet", "Antagande: mitt emellan normen 1 500 och riktvärdet 1 100."
            ),
            Mark("high", 1100, "Nationella riktvärdet", LIST_SIZE.finding_sv, LIST_SIZE.source, LIST_SIZE.grade),
        ),
        prices=(Price("gp_year", "läkartjänster", _for_short_lists),),
        cost_sv=prices.GP_COST,
        staffing_sv="Vid 1 100 listade per läkare behövs omkring 225 läkartjänster i länet (247 711 / 1 100).",
        effects=GP_TIME,
        evidence=(LIST_SIZE,),
    ),
    Lever(
        name="gp_recruitment",
        number=7,
        area=AREA,
        label_sv="Rekrytering av läkare",
        description_sv="Hur fort vakanta läkartjänster tillsätts, som faktor på dagens takt: 2 är dubbelt så fort.",
        unit="faktor",
        control="gp_recruitment",
        operation="multiply",
        neutral=1,
        low=0.2,
        high=4,
        step=0.1,
        reach=REACH_PLACES,
        expected=(("assessed_within_3_days", 1), ("gp_gap", -1)),
        kind_sv="Bemanning på hälsocentral",
        today=_gp_recruitment_today,
        marks=marks_on(
            "Antagande: ingen svensk studie säger hur mycket takten kan höjas.",
            (1.2, "En femtedel fortare"),
            (1.5, "Hälften fortare"),
            (2, "Dubbelt så fort"),
        ),
        cost_sv="Vad rekryteringen själv kostar räknas inte.",
        staffing_sv="Fler anställda läkare när vakanser tillsätts.",
        effects=GP_TIME,
        evidence=(
            VACANCIES,
            assumed("Ingen svensk studie säger hur mycket takten kan höjas; prova flera värden."),
        ),
    ),
    Lever(
        name="gp_turnover",
        number=8,
        area=AREA,
        label_sv="Läkare som slutar",
        description_sv="Hur ofta fasta läkare slutar, som faktor på dagens nivå: 0,7 betyder 30 procent färre.",
        unit="faktor",
        control="gp_turnover",
        operation="multiply",
        neutral=1,
        low=0.3,
        high=2.5,
        step=0.05,
        reach=REACH_PLACES,
        expected=(("continuity_index", -1), ("gp_gap", 1)),
        kind_sv="Bemanning på hälsocentral",
        today=today.percent("work.gp_turnover", "av de fasta läkarna slutar varje år, utöver pensioner"),
        marks=marks_on(
            "Antagande: ingen svensk studie säger hur mycket avgångarna kan sänkas.",
            (0.9, "En tiondel färre slutar"),
            (0.8, "En femtedel färre slutar"),
            (0.7, "Nästan en tredjedel färre"),
        ),
        cost_sv="Vad som krävs för att läkare ska stanna räknas inte.",
        staffing_sv="Färre vakanser och färre hyrläkare när fler stannar.",
        effects=OWN_GP,
        evidence=(
            VACANCIES,
            assumed("Ingen svensk studie säger hur mycket avgångarna kan sänkas; prova flera värden."),
        ),
    ),
    Lever(
        name="agency_cover",
        number=4,
        area=AREA,
        label_sv="Hyrläkare",
        description_sv=(
            "Hur stor del av de vakanta läkartjänsterna som täcks av hyrläkare, som faktor på dagens nivå: 0,5 är"
            " hälften så mycket. Hyrläkare ger tid men bryter kontinuiteten och kostar mer."
        ),
        unit="faktor",
        control="agency_cover",
        operation="multiply",
        neutral=1,
        low=0,
        high=1.5,
        step=0.05,
        ramp_months=12,
        reach=REACH_PLACES,
        expected=(("assessed_within_3_days", 1),),
        kind_sv="Kontinuitet",
        today=_locums_today,
        marks=(
            Mark("low", 0.75, "En fjärdedel färre"),
            Mark("likely", 0.5, "Hälften så många"),
            Mark("high", 0.25, "Bara vid toppar"),
        ),
        prices=(Price("agency_gp_year", "hyrläkare, heltider", _locums),),
        cost_sv="Hyrläkare kostar mer per timme än egna läkare; skillnaden räknas med i kostnaden.",
        staffing_sv="Färre hyrläkare ger färre läkartimmar tills vakanserna är tillsatta.",
        effects=(*GP_TIME, *OWN_GP),
        evidence=(AGENCY,),
    ),
    Lever(
        name="named_gp_share",
        number=3,
        area=AREA,
        label_sv="Andel med fast läkarkontakt",
        description_sv=(
            "Ökning av andelen listade som har en namngiven fast läkare på sin hälsocentral, så som det är registrerat;"
            " långt färre säger själva att de har en. Utan tid hos läkaren händer inget mer än att namnet skrivs in."
        ),
        unit="andel av listade",
        control="named_gp_share",
        operation="add",
        neutral=0,
        low=0,
        high=0.6,
        step=0.05,
        in_points=True,
        ramp_months=12,
        reach=REACH_PLACES,
        kind_sv="Kontinuitet",
        today=today.percent("primary_care.named_gp_share", NAMED_TODAY),
        marks=(
            Mark("low", 0.1, "Två av tre har ett namn"),
            Mark("likely", 0.2, "Tre av fyra har ett namn"),
            Mark(
                "high",
                0.4,
                "Nästan alla har ett namn",
                (
                    "Antagande: till omkring 95 procent, nära de 96 procent som Västra Götaland, högst i landet, nådde"
                    " (Läkartidningen 2023); dagens 55 procent är rikets enligt register."
                ),
            ),
        ),
        cost_sv=prices.NO_COST,
        staffing_sv=prices.NO_STAFF,
        effects=("continuity.naming", "continuity.named_share"),
    ),
    Lever(
        name="own_gp_booking",
        number=2,
        area=AREA,
        label_sv="Bokning hos egen läkare",
        description_sv=(
            "Ökning av andelen bokningar där den egna läkarens tider prövas först. I dag antas det ske i drygt sex"
            " bokningar av tio. Ger fler möten med samma läkare utan att någon väntar längre."
        ),
        unit="andel av bokningar",
        control="own_gp_booking",
        operation="add",
        neutral=0,
        low=0,
        high=0.35,
        step=0.05,
        in_points=True,
        ramp_months=12,
        reach=REACH_PLACES,
        expected=(("continuity_index", 1),),
        kind_sv="Kontinuitet",
        today=today.percent("primary_care.own_gp_booking_share", "av bokningarna söker den egna läkaren först"),
        marks=(
            Mark("low", 0.1, "Var tionde bokning till"),
            Mark("likely", 0.2, "Var femte bokning till"),
            Mark("high", 0.3, "Nästan alltid egen läkare först"),
        ),
        cost_sv=prices.NO_COST,
        staffing_sv=prices.NO_STAFF,
        effects=OWN_GP,
    ),
    Lever(
        name="own_gp_patience_days",
        number=1,
        area=AREA,
        label_sv="Väntan på egen läkare",
        description_sv=(
            "Så många dagar längre fram får ett planerat besök bokas för att bli hos den egna läkaren i stället för hos"
            " någon annan. Ger fler möten med samma läkare, men längre väntan."
        ),
        unit="dagar",
        control="own_gp_patience_days",
        operation="add",
        neutral=0,
        low=0,
        high=21,
        step=1,
        reach=REACH_PLACES,
        expected=(("continuity_index", 1),),
        kind_sv="Kontinuitet",
        today=_patience_today,
        marks=(
            Mark("low", 3, "Några dagar till"),
            Mark("likely", 7, "En vecka till"),
            Mark(
                "high",
                14,
                "Två veckor till",
                "Antagande: lika länge som modellen låter dem som bor i särskilt boende vänta.",
            ),
        ),
        cost_sv=prices.NO_COST,
        staffing_sv=prices.NO_STAFF,
        effects=OWN_GP,
    ),
)
