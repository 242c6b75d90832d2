"""Swedish sentences that the pages say about an answer."""

from __future__ import annotations

from scenarios.live.answer import Answer, Verdict
from scenarios.text.exits import literal
from scenarios.text.swedish import MISSING, number

VERDICTS_SV: dict[Verdict, str] = {
    "better": "bättre",
    "worse": "sämre",
    "changed": "säker skillnad",
    "unclear": "ingen säker skillnad",
    "unknown": "utan intervall",
}

_COUNTS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")

FEW_REPLICATIONS = 5
"""Below this many replications an interval is wide mostly because they are few."""


def interval(low: float | None, high: float | None, decimals: int) -> str:
    """Return an interval as Swedes write it; with a minus in it a dash would read as two."""
    if low is None or high is None:
        return MISSING
    between = " till " if low < 0 or high < 0 else "–"
    return f"{number(low, decimals)}{between}{number(high, decimals)}"


def counted(count: int, one: str, many: str) -> str:
    """Return a count with its noun, small numbers in words."""
    words = _COUNTS[count] if count < len(_COUNTS) else number(count)
    return f"{words} {one if count == 1 else many}"


def some(count: int, noun: str) -> str:
    """Return a count of something of neuter gender, alike in the plural: inget besök, ett besök, två besök."""
    few = ("inget", "ett")
    return f"{few[count]} {noun}" if count < len(few) else counted(count, noun, noun)


def uncertainty(answer: Answer) -> str:
    """Return what the intervals of an answer mean, and what they leave out."""
    baseline = literal(answer.labels[answer.baseline])
    if answer.replications < 2:
        return (
            "**En replikation** är en enda möjlig utveckling: det finns inget intervall och det går inte "
            "att skilja effekt från slump."
        )
    few = (
        f" Så få replikationer ger breda intervall; med {_COUNTS[FEW_REPLICATIONS]} eller fler blir de smalare."
        if answer.replications < FEW_REPLICATIONS
        else ""
    )
    return (
        "**Intervallet** (95 %) rymmer slumpen i modellen över "
        f"{counted(answer.replications, 'replikation', 'replikationer')}, inte osäkerheten i antagandena."
        f"{few} "
        f"**Skillnaden mot {baseline}** är parad: samma slump i båda, så den är säkrare än två värden "
        "var för sig. *Bättre* och *sämre* sägs bara när hela intervallet ligger på ena sidan om noll; "
        "av tjugo jämförelser utan verklig skillnad ser ungefär en ändå säker ut."
    )
