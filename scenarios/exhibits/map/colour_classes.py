"""Classes of values and their colours for maps: one hue for values, two hues that meet at zero for differences.

Blue and orange are told apart with every common form of colour blindness. No class rests on its colour alone: the
figure stands in the place itself, and what is not sure is hatched too. Text on a class is black or white, whichever
has more contrast, at least 4.5:1 (WCAG 2.1, 1.4.3); a test works it out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.exhibits.wording import interval
from scenarios.measures.figure import Direction
from scenarios.text.swedish import number

_VALUES = ("#e4eff6", "#a9cfe3", "#67a9cf", "#2f7cb0", "#0b4f82", "#062f52")
_BLUE = (("#d3e5f1", "#6aaad2", "#0f5c96"), ("#20445f", "#4a93c4", "#9ad0f5"))
_ORANGE = (("#fbe0c6", "#e39148", "#a34a08"), ("#573719", "#c4772f", "#f9b06a"))
_TEAL = (("#cfe9e3", "#5fb3a5", "#12665a"), ("#1d4842", "#3d9a8b", "#8fdccd"))
_PURPLE = (("#e4d9ef", "#a583c9", "#5f3a91"), ("#40305a", "#9878c6", "#cdb2ec"))
UNSURE_FILL = ("#eceff2", "#222c34")
"""Fill behind the hatching of what is not sure, light and dark."""
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0)
MOST_CLASSES = 7
"""Classes of values; more colours cannot be told apart."""
_BLACK, _WHITE = "#10171c", "#ffffff"


@dataclass(frozen=True, slots=True)
class ColourClass:
    """Values from `low` up to `high` (the outermost are open), Swedish label, colour, and colour of text on it."""

    low: float
    high: float
    label: str
    colour: str
    text: str


def value_classes(values: Iterable[float], dark: bool) -> list[ColourClass]:
    """Return classes of equal width with round bounds for the values, the palest lowest; on a dark page the darkest.

    The outermost are open: they begin where nine in ten of the values lie, lest a single place far away leave all the
    others in one class. Of no finite values there is one class.
    """
    low, high = _most(values)
    step, first, last = _spanned(low, high)
    bounds = [(step * at, step * (at + 1)) for at in range(first, last)]
    ramp = _ramp(_VALUES[::-1] if dark else _VALUES, len(bounds))
    return _labelled(bounds, [""] * len(bounds), ramp, step)


def difference_classes(differences: Iterable[float], good: Direction, dark: bool) -> list[ColourClass]:
    """Return three classes on each side of zero, alike on both; blue is better and orange worse.

    What is neither good nor bad has teal below and purple above zero. The outermost are open, as of values.
    """
    low, high = _most(differences)
    step = next(step for step in _nice_steps(max(-low, high) / 3) if 3 * step >= max(-low, high) * (1 - 1e-9))
    (below, falling), (above, rising) = _sides(good)
    bounds = [(step * at, step * (at + 1)) for at in range(-3, 3)]
    return _labelled(bounds, [below] * 3 + [above] * 3, [*falling[dark][::-1], *rising[dark]], step)


def class_of(value: float | None, classes: Sequence[ColourClass]) -> ColourClass | None:
    """Return the class of a value; None for None."""
    if value is None:
        return None
    return next((one for one in classes if value < one.high), classes[-1])


def text_on(colour: str) -> str:
    """Return black or white, whichever is easier to read on a colour."""
    return max((_BLACK, _WHITE), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (#rrggbb), 1 to 21 (WCAG 2.1)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in _parts(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _sides(good: Direction) -> tuple[tuple[str, tuple[Sequence[str], ...]], tuple[str, tuple[Sequence[str], ...]]]:
    """Return the word and the hues, light and dark, of what is below and above zero."""
    if good == "neither":
        return ("lägre", _TEAL), ("högre", _PURPLE)
    better, worse = ("bättre", _BLUE), ("sämre", _ORANGE)
    return (worse, better) if good == "up" else (better, worse)


def _most(values: Iterable[float]) -> tuple[float, float]:
    """Return the bounds between which nine in ten of the finite values lie, (0, 0) of none."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return 0.0, 0.0
    low, high = np.percentile(finite, [5, 95])
    return float(low), float(high)


def _labelled(
    bounds: Sequence[tuple[float, float]], words: Sequence[str], colours: Sequence[str], step: float
) -> list[ColourClass]:
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    decimals += round(step * 10**decimals, 6) % 1 != 0  # 2.5 and 0.25 need one more
    spans = [interval(low, high, decimals) for low, high in bounds]
    spans[0] = f"under {number(bounds[0][1], decimals)}"
    spans[-1] = f"{number(bounds[-1][0], decimals)} eller mer"
    labels = [f"{span}, {word}" if word else span for span, word in zip(spans, words, strict=True)]
    return [
        ColourClass(low, high, label, colour, text_on(colour))
        for (low, high), label, colour in zip(bounds, labels, colours, strict=True)
    ]


def _spanned(low: float, high: float) -> tuple[float, int, int]:
    """Return the least round width of which MOST classes reach from `low` to `high`, the first and the last bound."""
    for step in _nice_steps((high - low) / MOST_CLASSES):
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= MOST_CLASSES:
            return step, first, max(last, first + 2)
    raise ArithmeticError("unreachable: the last of the steps spans anything")


def _nice_steps(least: float) -> list[float]:
    """Return round widths from about `least` on, from 1 on where it is 0."""
    power = 10.0 ** math.floor(math.log10(least)) if least > 0 else 1.0
    return [nice * power for nice in _NICE]


def _ramp(stops: Sequence[str], count: int) -> list[str]:
    """Return `count` colours evenly spread over the stops, a middling one where there is one only."""
    places = [(at / (count - 1) if count > 1 else 0.4) * (len(stops) - 1) for at in range(count)]
    return [_between(stops, place) for place in places]


def _between(stops: Sequence[str], place: float) -> str:
    at = min(int(place), len(stops) - 2)
    share = place - at
    mixed = [
        round(one + share * (other - one)) for one, other in zip(_parts(stops[at]), _parts(stops[at + 1]), strict=True)
    ]
    return "#" + "".join(f"{part:02x}" for part in mixed)
