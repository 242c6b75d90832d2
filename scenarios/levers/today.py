"""Today: what a lever acts on as it is now in a region, and what a value would make of it.

Everything is worked out from the region's pack, so a better figure there is a better figure here. A pack without a
parameter that is asked for here has no value of today for that lever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from scenarios.levers.lever import Grade, Lever
from scenarios.levers.reached import AGED_65, at_home, by_group
from scenarios.text.swedish import number
from simulator.region.axes import DIALOGUE_AGES, STREAMS
from simulator.region.pack import Region

PERCENT = "%"
WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Today:
    """What a lever acts on today, in words; and as a number where a value of the lever makes another of it.

    `amount` (None: no such number) is in `unit_sv`, written with `decimals`. A lever that adds moves it by `scale`
    for each unit of its value. `grade` is that of the figures in `text_sv`.
    """

    text_sv: str
    grade: Grade = "C"
    amount: float | None = None
    unit_sv: str = ""
    decimals: int = 0
    scale: float = 1.0


NOTHING_KNOWN = Today("Inget värde är känt; i neutralt läge ändras inget.")


def today_of(lever: Lever, region: Region) -> Today:
    """Return what a lever acts on today in a region."""
    try:
        return TODAY[lever.name](region)
    except KeyError:  # another region's pack may lack the parameter
        return NOTHING_KNOWN


def reached_sv(lever: Lever, value: float, today: Today) -> str:
    """Return what a value makes of today's amount everywhere the lever acts, or nothing when there is none."""
    if today.amount is None or lever.operation == "set":
        return ""
    reached = today.amount * value if lever.operation == "multiply" else today.amount + today.scale * value
    if today.unit_sv.startswith(PERCENT) and reached >= WHOLE:
        return f"{number(WHOLE)} {today.unit_sv}, så många som det går"
    return f"{number(reached, today.decimals)} {today.unit_sv}"


def _posts(region: Region, *professions: str) -> float:
    return sum(post.posts_fte for post in region.staff if post.profession in professions)


def _vacant(region: Region, profession: str) -> float:
    return sum(post.posts_fte * post.vacancy for post in region.staff if post.profession == profession)


def _percent(parameter: str, what_sv: str) -> Callable[[Region], Today]:
    """Today of a share that is a parameter, in percent."""

    def today(region: Region) -> Today:
        share = 100.0 * region.parameters[parameter]
        places = 0 if share == round(share) else 1
        text = f"{number(share, places)} % {what_sv}."
        return Today(text, _grade(region, parameter), share, PERCENT, places, 100.0)

    return today


def _grade(region: Region, parameter: str) -> Grade:
    grades: dict[str, Grade] = {"A": "A", "B": "B"}
    found = next(row.grade for row in region.parameter_table if row.name == parameter)
    return grades.get(found, "C")


def _of_posts(what_sv: str, *professions: str) -> Callable[[Region], Today]:
    """Today of the posts of one or more professions."""

    def today(region: Region) -> Today:
        posts = _posts(region, *professions)
        vacant = 100.0 * sum(_vacant(region, profession) for profession in professions) / posts
        text = f"{number(posts, 0)} {what_sv}, varav {number(vacant, 0)} % vakanta."
        return Today(text, "C", posts, what_sv)

    return today


def _none(text_sv: str, unit_sv: str, size: Callable[[Region], float], scale: float = 1.0) -> Callable[[Region], Today]:
    """Today of what there is none of: a value reaches so many of `scale` times `size`, and the text tells the size."""

    def today(region: Region) -> Today:
        whole = size(region)
        return Today(text_sv.format(number(_rounded(whole), 0)), "C", 0.0, unit_sv, 0, whole * scale)

    return today


def _rounded(amount: float) -> float:
    return amount if amount < 1000 else 100.0 * round(amount / 100.0)


def _words(text_sv: str, grade: Grade = "C") -> Callable[[Region], Today]:
    return lambda _: Today(text_sv, grade)


def _patience(region: Region) -> Today:
    days = number(region.parameters["special_housing.own_gp_patience_days"], 0)
    return Today(f"Ingen väntar längre för att få den egna läkaren, utom i särskilt boende: {days} dagar.")


def _locums(region: Region) -> Today:
    held = sum(p.posts_fte * p.vacancy * p.agency_share for p in region.staff if p.profession == "gp")
    share = number(100.0 * held / _vacant(region, "gp"), 0)
    text = f"{number(held, 0)} heltider hyrläkare, {share} % av de vakanta läkartjänsterna."
    return Today(text, "C", held, "heltider hyrläkare")


def _lists(region: Region) -> Today:
    posts = {post.unit: post.posts_fte for post in region.staff if post.profession == "gp"}
    each = region.centre_listed / np.array([posts[centre] for centre in region.centres])
    mean = float(region.centre_listed.sum()) / sum(posts.values())
    span = f"{number(each.min(), 0)}–{number(each.max(), 0)}"
    return Today(f"{number(mean, 0)} listade per tjänst i snitt, {span} på hälsocentralerna. Inget krav ställs.")


def _gp_recruitment(region: Region) -> Today:
    vacant = number(100.0 * _vacant(region, "gp") / _posts(region, "gp"), 0)
    return Today(f"Så fort att andelen vakanta läkartjänster, {vacant} %, består om inget annat ändras.")


def _beds(region: Region) -> Today:
    text = f"{number(int(region.beds.sum()))} vårdplatser på länets sjukhus, {number(int(region.beds_summer.sum()))}"
    return Today(f"{text} på sommaren (2019).", "A", float(region.beds.sum()), "vårdplatser")


def _clinics(region: Region) -> Today:
    posts = _posts(region, "hospital_physician")
    share = number(100.0 * region.parameters["specialist.share_of_physician_time"], 0)
    text = f"{number(posts, 0)} läkartjänster på sjukhusen, som har {share} % av sin tid på mottagning."
    return Today(text, "C", posts, "läkartjänster")


def _whole(what_sv: str, size: Callable[[Region], float], decimals: int = 0) -> Callable[[Region], Today]:
    """Today of something that is counted."""

    def today(region: Region) -> Today:
        amount = size(region)
        return Today(f"{number(amount, decimals)} {what_sv}.", "C", amount, what_sv, decimals)

    return today


def _need(stream: str) -> Callable[[Region], Today]:
    """Today of the needs of a stream that the model expects in the first year."""
    row = STREAMS.index(stream)

    def today(region: Region) -> Today:
        each = (region.need_rates[row] * region.rub_share).sum(axis=1)
        needs = 1000.0 * round(float((by_group(region.population) * each).sum()) / 1000.0)
        return Today(f"Omkring {number(needs, 0)} behov om året i modellen.", "C", needs, "behov om året")

    return today


def _contact(region: Region) -> Today:
    p = region.parameters
    chronic, few = (100.0 * p[f"coordination.contact_share_{who}"] for who in ("chronic", "complex"))
    board = number(100.0 * p["coordination.permanent_contact_share_2021"], 0)
    text = f"{number(chronic, 0)} % av de kroniskt sjuka och {number(few, 0)} % av dem med komplexa behov"
    text = f"{text} (antagande); {board} % av länets patienter 2021."
    return Today(text, "C", chronic, "% av kroniskt sjuka", 0, 100.0)


def _plan(region: Region) -> Today:
    p = region.parameters
    share = 100.0 * p["coordination.plan_share_complex"]
    board = number(100.0 * p["coordination.individual_plan_share_2021"], 2)
    text = f"{number(share, 1)} % av dem med komplexa behov (antagande); {board} % av länets patienter 2021."
    return Today(text, "C", share, "% av dem med komplexa behov", 1, 100.0)


def _agency(region: Region) -> Today:
    kept = region.parameters["hospital.agency_nurses_october_2023"]
    text = f"{number(kept, 0)} hyrsjuksköterskor på sjukhusen (oktober 2023)."
    return Today(text, _grade(region, "hospital.agency_nurses_october_2023"), kept, "hyrsjuksköterskor")


def _sick_leave(region: Region) -> Today:
    share = 100.0 * region.parameters["work.sick_leave_share"]
    text = f"Knappt {number(share, 0)} % sjukfrånvaro (2022)."
    return Today(text, _grade(region, "work.sick_leave_share"), share, PERCENT, 1)


def _pension(region: Region) -> Today:
    age = region.parameters["work.pension_age"]
    text = f"Hälften av personalen har gått i pension vid {number(age, 0)} år; läkare på hälsocentral vid 62–67 år."
    return Today(text, "C", age, "år", 1)


def _discharge(region: Region) -> Today:
    share = number(100.0 * region.parameters["hospital.discharge_same_day_share"], 0)
    return Today(f"Mer än {share} % av de utskrivningsklara lämnar sjukhuset samma dag (2021), bäst i landet.", "A")


def _reviews(region: Region) -> Today:
    share = number(100.0 * region.parameters["home_nursing.medication_review_share"], 0)
    text = f"Hur många som får en genomgång vid utskrivning är inte läst; i hemsjukvården {share} % av 75 år och äldre"
    return Today(f"{text} (november 2025).", "A")


def _winter(region: Region) -> Today:
    winter = region.season[STREAMS.index("emergency"), [0, 1, 2, 11]].mean()
    told = number(abs(100.0 * (float(winter) - 1.0)), 0)
    side = "under" if winter < 1.0 else "över"
    return Today(f"Akuta behov i december till mars ligger omkring {told} % {side} årets snitt i modellen.")


def _mortality(region: Region) -> Today:
    men, women = (number(_life_expectancy(rates), 1) for rates in region.mortality)
    return Today(f"Medellivslängd omkring {men} år för män och {women} för kvinnor med dagens dödlighetstal.")


def _life_expectancy(rates: np.ndarray) -> float:
    """Years at birth by a period's death rates by year of age, the last open."""
    alive = np.exp(-np.concatenate([[0.0], np.cumsum(rates[:-1])]))
    return float(alive[:-1].sum() / 2 + alive[1:].sum() / 2 + alive[-1] / rates[-1])


def _everybody(region: Region) -> float:
    return float(region.population.sum())


def _aged_80(region: Region) -> float:
    return float(region.population[:, :, 80:].sum())


def _aged_65_at_home(region: Region) -> float:
    return float((by_group(region.population) * at_home(region))[:, AGED_65:].sum())


def _specialist_needs(region: Region) -> float:
    return _need("specialist")(region).amount or 0.0


TODAY: Mapping[str, Callable[[Region], Today]] = {
    "own_gp_patience_days": _patience,
    "own_gp_booking": _percent("primary_care.own_gp_booking_share", "av bokningarna söker den egna läkaren först"),
    "named_gp_share": _percent("primary_care.named_gp_share", "av de listade har en namngiven fast läkare"),
    "agency_cover": _locums,
    "gp_posts": _of_posts("läkartjänster", "gp"),
    "listed_per_gp": _lists,
    "gp_recruitment": _gp_recruitment,
    "gp_turnover": _percent("work.gp_turnover", "av de fasta läkarna slutar varje år, utöver pensioner"),
    "nurse_posts": _of_posts("tjänster", "nurse", "district_nurse", "rehab"),
    "acute_share": _percent("primary_care.acute_share", "av läkartiderna hålls för samma dag"),
    "digital_share": _percent("digital.share_of_gp_needs", "av behoven av läkare möts digitalt"),
    "specialist_to_primary": _none(
        "Inget flyttas; omkring {} behov om året möts på specialistmottagning.",
        "behov om året flyttas",
        _specialist_needs,
    ),
    "resources_follow": _words("Inga resurser flyttas."),
    "specialist_capacity": _clinics,
    "beds": _beds,
    "ed_places": _whole("platser på akutmottagningarna", lambda region: float(region.ed_places.sum())),
    "home_nursing_posts": _of_posts("sjukskötersketjänster i kommunerna", "municipal_nurse"),
    "staff_turnover": _percent("work.staff_turnover", "av de anställda slutar varje år, utöver pensioner"),
    "staff_recruitment": _words("Så fort att andelen vakanta tjänster består om inget annat ändras."),
    "retirement_age": _pension,
    "sick_leave_change": _sick_leave,
    "resident_posts": _of_posts("ST-tjänster", "resident"),
    "team_coordinators": _none(
        "Inga samordnare i närvårdsteam finns i modellen.",
        "samordnare i länet",
        lambda region: float(region.centre_listed.sum()) / 10_000.0,
    ),
    "hospital_agency_cover": _agency,
    "team_share": _none(
        "Ingen följs av ett närvårdsteam i modellen; {} invånare har komplexa behov (2022).",
        "personer, om samordnarna räcker",
        lambda region: region.parameters["segment.complex"],
    ),
    "permanent_contact": _contact,
    "individual_plan": _plan,
    "mobile_visits": _none(
        "Inga mobila team finns i modellen; länet har omkring {} invånare 80 år och äldre.",
        "besök om dagen i länet, som mest",
        _aged_80,
        1 / 1000,
    ),
    "home_beds": _none(
        "Ingen sjukhusvård i hemmet finns i modellen.",
        "platser i länet",
        lambda region: float(len(region.hospitals)),
    ),
    "telemonitoring": _words("Ingen mäter hemma i modellen."),
    "self_care": _percent("primary_care.self_care_share", "av primärvårdens behov möts med råd om egenvård"),
    "receptions": _whole("utskrivna om dagen kan tas emot hemma", lambda region: float(region.receptions.sum()), 1),
    "short_term_places": _whole("korttidsplatser", lambda region: float(region.short_term_places.sum())),
    "housing_places": _whole("platser i särskilt boende", lambda region: float(region.housing_places.sum())),
    "home_help_posts": _of_posts("tjänster i hemtjänsten", "home_help"),
    "reablement": _words("Ingen hemrehabilitering finns i modellen."),
    "coordinated_discharge": _discharge,
    "medication_review": _reviews,
    "fall_prevention": _none(
        "Ingen deltar i modellen; omkring {} invånare 65 år och äldre bor i eget boende.",
        "deltagare",
        _aged_65_at_home,
    ),
    "health_dialogue": _none(
        "Inga hälsosamtal finns i modellen; omkring {} invånare fyller 40, 50, 60 eller 70 år på ett år.",
        "samtal om året",
        lambda region: float(region.population[:, :, DIALOGUE_AGES].sum()),
    ),
    "social_prescribing": _none(
        "Ingen har tillgång till hälsolots i modellen; omkring {} invånare har inte komplexa behov.",
        "invånare med tillgång",
        lambda region: _everybody(region) - region.parameters["segment.complex"],
    ),
    "need_gp": _need("gp"),
    "need_nurse": _need("nurse"),
    "need_emergency": _need("emergency"),
    "need_specialist": _need("specialist"),
    "need_elective": _need("elective"),
    "winter_surge": _winter,
    "mortality": _mortality,
}
"""What each lever acts on today, worked out from a region."""
