"""Swedish names of what results are broken down by: professions, units, queues, payers, movements of staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.region.axes import PROFESSION_LABELS, PROFESSIONS_OF
from simulator.region.pack import Region

UnitKind = Literal["centre", "hospital", "municipality"]
UNIT_KINDS_SV: Mapping[UnitKind, str] = {
    "centre": "Hälsocentraler", "hospital": "Sjukhus", "municipality": "Kommuner",
}  # fmt: skip
PROFESSIONS_SV: Mapping[str, str] = PROFESSION_LABELS
QUEUES_SV: Mapping[str, str] = {
    "referral": "Väntande på första besök efter remiss",
    "return_visit": "Väntande på återbesök",
    "planned_admission": "Väntande på planerad inläggning",
}
PAYERS_SV: Mapping[str, str] = {"region": "regionen", "municipality": "kommunerna"}
MOVEMENTS_SV: Mapping[str, str] = {
    "left": "Slutade", "retired": "Gick i pension", "given_up": "Lämnade när tjänsten drogs in", "hired": "Nyanställda",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the results: its code there, Swedish name, kind, and the name of the municipality it lies in."""

    code: str
    name: str
    kind: UnitKind
    municipality: str

    @property
    def place(self) -> str:
        """Return the name with the municipality where the name does not tell it."""
        town = self.municipality
        return self.name if not town or town in self.name else f"{self.name} ({town})"


def units_of(region: Region) -> tuple[Unit, ...]:
    """Return every unit of a region: health centres, hospitals, municipalities."""
    towns = region.municipality_names
    centres = zip(region.centres, region.centre_names, region.centre_municipality, strict=True)
    hospitals = zip(region.hospitals, region.hospital_names, strict=True)
    return (
        *(Unit(code, name, "centre", towns[home]) for code, name, home in centres),
        *(Unit(f"hospital-{code}", name, "hospital", "") for code, name in hospitals),
        *(Unit(code, name, "municipality", name) for code, name in zip(region.municipalities, towns, strict=True)),
    )


def kind_of_profession(profession: str) -> UnitKind:
    """Return the kind of unit that a profession works at; raises KeyError for one that is not known."""
    return _KIND_OF[profession]


_KIND_OF: Mapping[str, UnitKind] = {
    profession: kind for kind in UNIT_KINDS_SV for profession in PROFESSIONS_OF[kind]
}  # fmt: skip


def hospital_names(region: Region) -> dict[str, str]:
    """Return the Swedish name of each hospital by its code."""
    return dict(zip(region.hospitals, region.hospital_names, strict=True))


def places_of(region: Region) -> dict[str, str]:
    """Swedish name of the place of every unit: a health centre's is its municipality, a hospital's its town."""
    names = region.municipality_names
    centres = {unit: names[m] for unit, m in zip(region.centres, region.centre_municipality, strict=True)}
    hospitals = {f"hospital-{code}": _town(code, region) for code in region.hospitals}
    return centres | hospitals | dict(zip(region.municipalities, names, strict=True))


def _town(hospital: str, region: Region) -> str:
    plain = str.maketrans("åäö", "aao")
    return next((name for name in region.municipality_names if name.lower().translate(plain) == hospital), hospital)
