"""Whom one may follow: a few people described in words, and a description of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scenarios.follow.description import SETTING_LABELS, SEX_LABELS, Description, describe, read_description
from scenarios.places.places import SEGMENT_LABELS
from scenarios.text.problems import InputError, Problem
from simulator.region.pack import Region


@dataclass(frozen=True, slots=True)
class Preset:
    """A made-up first name and what the person is like, in the words of `scenarios.follow.description`."""

    name: str
    given: Mapping[str, object] = field(default_factory=dict)

    def description(self, region: Region) -> Description:
        """Return the description; raises InputError where the region does not know its words."""
        problems: list[Problem] = []
        description = read_description(self.given, region, problems)
        if problems:
            raise InputError(problems)
        return description

    def label(self, region: Region) -> str:
        """Return the preset in words: Clara: kvinna, 82–86 år, hemsjukvård, hjärtsvikt."""
        return f"{self.name}: {describe(self.description(region), region)}"


def arguments(wanted: Description, region: Region) -> list[str]:
    """Return a description as the options of `naravard follow`."""
    age = "" if wanted.age is None else "-".join(str(year) for year in sorted(set(wanted.age)))
    known = {
        "--age": age,
        "--sex": _named(SEX_LABELS, wanted.sex),
        "--municipality": _named(region.municipality_names, wanted.municipality),
        "--centre": _named(region.centre_names, wanted.centre),
        "--setting": _named(SETTING_LABELS, wanted.setting),
        "--segment": _named(SEGMENT_LABELS, wanted.segment),
        "--conditions": ",".join(region.conditions[n].code for n in wanted.conditions),
    }
    return [word for option, value in known.items() if value for word in (option, value)]


def _named(names: Sequence[str], n: int | None) -> str:
    return "" if n is None else names[n]


PRESETS = (
    Preset("Clara", {"sex": "kvinna", "age": (82, 86), "setting": "hemsjukvård", "conditions": ("hjärtsvikt",)}),
    Preset(
        "Gunnar",
        {
            "sex": "man",
            "age": (76, 82),
            "setting": "eget hem",
            "segment": "komplexa behov",
            "conditions": ("KOL",),
        },
    ),
    Preset("Margit", {"sex": "kvinna", "age": (88, 94), "setting": "särskilt boende", "conditions": ("demens",)}),
    Preset("Ingrid", {"sex": "kvinna", "age": (70, 76), "setting": "eget hem", "conditions": ("stroke",)}),
    Preset("Lars", {"sex": "man", "age": (58, 64), "conditions": ("diabetes", "högt blodtryck")}),
    Preset("Elin", {"sex": "kvinna", "age": (28, 36), "setting": "eget hem", "conditions": ("depression",)}),
)
"""Of each there are from some fifty to several hundred in the county on 1 January 2027."""
