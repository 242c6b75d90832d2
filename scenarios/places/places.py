"""Names that a strategy may point at: municipalities, health centres, age groups and segments of need."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

from scenarios.text.outside import folded
from simulator.region.axes import AGE_GROUPS

__all__ = ["AGE_GROUPS", "SEGMENT_LABELS", "PlaceKind", "Places", "place_names", "places"]

PlaceKind = Literal["municipality", "centre"]

"""The four groups of December 2022, in the order of the simulator."""

SEGMENT_LABELS = ("utan kontakt", "få kontakter", "kronisk sjukdom", "komplexa behov")


class Places(Protocol):
    """What a region must offer for a reach to be checked and resolved; simulator.region.pack.Region does."""

    @property
    def municipalities(self) -> tuple[str, ...]:
        """Codes of the municipalities."""

    @property
    def municipality_names(self) -> tuple[str, ...]:
        """Their names, in the same order."""

    @property
    def centres(self) -> tuple[str, ...]:
        """Codes of the health centres."""

    @property
    def centre_names(self) -> tuple[str, ...]:
        """Their names, in the same order."""

    @property
    def centre_municipality(self) -> Iterable[int]:
        """Index of the municipality of each health centre."""

    @property
    def hospital_names(self) -> tuple[str, ...]:
        """Names of the hospitals."""

    @property
    def catchment(self) -> Iterable[int]:
        """Index of the hospital of each municipality."""


def place_names(region: Places, kind: PlaceKind) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes and the names of a region's municipalities or health centres."""
    if kind == "municipality":
        return region.municipalities, region.municipality_names
    return region.centres, region.centre_names


def places(region: Places, kind: PlaceKind) -> dict[str, int]:
    """Return the index of every municipality or health centre of a region, by code and name, as `folded` makes them."""
    codes, names = place_names(region, kind)
    by_name = {folded(name): index for index, name in enumerate(names)}
    return by_name | {folded(code): index for index, code in enumerate(codes)}
