"""The areas of effects, a file each, and the way to a record; a file is read when one of its records is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from scenarios.effects.effect import Effect
from scenarios.effects.reading import read_effects

EFFECT_AREAS: Mapping[str, str] = {
    "continuity": "Kontinuitet",
    "access": "Tillgänglighet",
    "digital": "Digitala kontakter",
    "team": "Team och samordning",
    "discharge": "Utskrivning och läkemedel",
    "monitoring": "Egenmonitorering",
    "home": "Vård hemma",
    "hospital": "Väntan på vårdplats",
    "unmet": "När behov inte möts",
    "prevention": "Förebyggande",
    "mental": "Psykisk ohälsa",
    "carers": "Anhöriga",
    "dying": "Livets slut",
}
"""Files of this folder, without their ending, with the headings under which they are shown."""


@cache
def effects_in(area: str) -> tuple[Effect, ...]:
    """Return the effects of an area, read once; raises KeyError for one that there is not, EffectError for bad data."""
    if area not in EFFECT_AREAS:
        raise KeyError(area)
    return read_effects(files("scenarios.effects").joinpath(f"{area}.yaml").read_bytes(), area)


def effect_of(key: str) -> Effect:
    """Return the effect with a key; raises KeyError."""
    found = {effect.key: effect for effect in effects_in(key.partition(".")[0])}
    return found[key]


def all_effects() -> tuple[Effect, ...]:
    """Return every effect, area by area."""
    return tuple(effect for area in EFFECT_AREAS for effect in effects_in(area))
