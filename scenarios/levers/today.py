"""Today: how levers tell what they act on as it is now in a region, and what a value would make of it.

Everything is worked out from the region's pack, so a better figure there is a better figure here. A pack without a
parameter that is asked for here has no value of today for that lever.
"""

from __future__ import annotations

from collections.abc import Callable

from scenarios.levers.lever import Grade, Lever, Today
from scenarios.levers.reached import by_group
from scenarios.text.swedish import number
from simulator.region.axes import STREAMS
from simulator.region.pack import Region

PERCENT_SIGN = "%"
WHOLE = 100.0
InRegion = Callable[[Region], Today]
"""What a lever's `today` is."""

NOTHING_KNOWN = Today("Inget värde är känt; i neutralt läge ändras inget.")


def today_of(lever: Lever, region: Region) -> Today:
    """Return what a lever acts on today in a region."""
    try:
        return lever.today(region)
    except KeyError:  # another region's pack may lack the parameter
        return NOTHING_KNOWN


def reached_sv(lever: Lever, value: float, today: Today) -> str:
    """Return what a value makes of today's amount everywhere the lever acts, or nothing when there is none."""
    if today.amount is None or lever.operation == "set":
        return ""
    reached = today.amount * value if lever.operation == "multiply" else today.amount + today.scale * value
    if today.unit_sv.startswith(PERCENT_SIGN) and reached >= WHOLE:
        return f"{number(WHOLE)} {today.unit_sv}, så många som det går"
    return f"{number(reached, today.decimals)} {today.unit_sv}"


def in_words(text_sv: str) -> InRegion:
    """Today in words alone, the same in every region."""
    return lambda _: Today(text_sv)


def percent(parameter: str, what_sv: str) -> InRegion:
    """Today of a share that is a parameter, in percent."""

    def today(region: Region) -> Today:
        share = 100.0 * region.parameters[parameter]
        places = 0 if share == round(share) else 1
        text = f"{number(share, places)} % {what_sv}."
        return Today(text, grade_of(region, parameter), share, PERCENT_SIGN, places, 100.0)

    return today


def of_posts(what_sv: str, *professions: str) -> InRegion:
    """Today of the posts of one or more professions."""

    def today(region: Region) -> Today:
        fte = posts(region, *professions)
        unfilled = 100.0 * sum(vacant(region, profession) for profession in professions) / fte
        text = f"{number(fte, 0)} {what_sv}, varav {number(unfilled, 0)} % vakanta."
        return Today(text, "C", fte, what_sv)

    return today


def none_yet(text_sv: str, unit_sv: str, size: Callable[[Region], float], scale: float = 1.0) -> InRegion:
    """Today of what there is none of: a value reaches so many of `scale` times `size`, and the text tells the size."""

    def today(region: Region) -> Today:
        whole = size(region)
        return Today(text_sv.format(number(_rounded(whole), 0)), "C", 0.0, unit_sv, 0, whole * scale)

    return today


def _rounded(amount: float) -> float:
    return amount if amount < 1000 else 100.0 * round(amount / 100.0)


def counted(what_sv: str, size: Callable[[Region], float], decimals: int = 0) -> InRegion:
    """Today of something that is counted."""

    def today(region: Region) -> Today:
        amount = size(region)
        return Today(f"{number(amount, decimals)} {what_sv}.", "C", amount, what_sv, decimals)

    return today


def needed(stream: str) -> InRegion:
    """Today of the needs of a stream."""

    def today(region: Region) -> Today:
        amount = needs(region, stream)
        return Today(f"Omkring {number(amount, 0)} behov om året i modellen.", "C", amount, "behov om året")

    return today


# --- figures of a region


def needs(region: Region, stream: str) -> float:
    """Return the needs of a stream that the model expects in the first year, to the nearest thousand."""
    each = (region.need_rates[STREAMS.index(stream)] * region.rub_share).sum(axis=1)
    return 1000.0 * round(float((by_group(region.population) * each).sum()) / 1000.0)


def posts(region: Region, *professions: str) -> float:
    """Return the full-time posts of professions."""
    return sum(post.posts_fte for post in region.staff if post.profession in professions)


def vacant(region: Region, profession: str) -> float:
    """Return the full-time posts of a profession that are vacant."""
    return sum(post.posts_fte * post.vacancy for post in region.staff if post.profession == profession)


def grade_of(region: Region, parameter: str) -> Grade:
    """Return the grade of a parameter."""
    grades: dict[str, Grade] = {"A": "A", "B": "B"}
    return grades.get(next(row.grade for row in region.parameter_table if row.name == parameter), "C")
