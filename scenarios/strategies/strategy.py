"""A strategy: a named set of lever settings, checked as strictly as a file written by hand needs.

Whoever builds one of these models from outside data goes through `read_strategy` (or pydantic's own
validation): bounds, dates, names and reach are checked in the models, so that the file, the command line and
the app obey the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from scenarios.levers.lever import ReachKind
from scenarios.levers.registry import LEVERS
from scenarios.places.places import PlaceKind, Places, place_names, places
from scenarios.strategies.period import FIRST_START, LAST_DAY
from scenarios.text.outside import composed, folded, is_line, is_text
from scenarios.text.problems import nearest, one_of, quoted
from scenarios.text.swedish import number
from simulator.region.axes import AGE_GROUPS, SEGMENTS

MOST_BUDGET = 1_000_000
"""Largest budget, millions of SEK a year: some eighty times what the whole region spends."""
FAULT_TYPE = "naravard"
"""Type of the pydantic errors that carry a Swedish message of ours."""


def fault(
    message: str, allowed: str | None = None, close: str | None = None, kind: str = FAULT_TYPE
) -> PydanticCustomError:
    """Return a validation error with a Swedish message, what is allowed, and the nearest valid name."""
    return PydanticCustomError(kind, "{message}", {"message": message, "allowed": allowed, "nearest": close})


def known(value: str, names: Sequence[str], what: str) -> str:
    """Refuse a value that is not among names; `what` is the Swedish word for it, in the common gender."""
    if value not in names:
        raise fault(f"{what} är okänd.", one_of(names), nearest(value, names))
    return value


def _known_place(value: str, info: ValidationInfo, kind: PlaceKind, what: str) -> str:
    region = (info.context or {}).get("region")
    if region is not None and folded(value) not in places(region, kind):
        codes, names = place_names(region, kind)
        raise fault(f"{what} är okänd.", one_of(names), nearest(value, (*names, *codes)))
    return value


def _text(text: str) -> str:
    if not text.strip():
        raise fault("texten är tom.")
    if not is_text(text):
        raise fault("texten innehåller styrtecken.")
    return composed(text)


def _line(text: str) -> str:
    if not is_line(line := _text(text)):
        raise fault("texten har flera rader.", "en rad")
    return line


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    twice = [name for i, name in enumerate(names) if name in names[:i]]
    if twice:
        raise fault(f'"{twice[0]}" står två gånger.')
    return names


def _different(names: tuple[str, ...], info: ValidationInfo, kind: PlaceKind) -> tuple[str, ...]:
    """Refuse a place that stands twice, by its code and by its name or in other letters."""
    region = (info.context or {}).get("region")
    index = {} if region is None else places(region, kind)
    first: dict[object, str] = {}
    for name in names:
        if (before := first.setdefault(index.get(folded(name), folded(name)), name)) is not name:
            raise fault(f"{quoted(before)} och {quoted(name)} är samma plats.")
    return names


def _not_empty(names: Any) -> Any:
    """Refuse an empty list: it could mean nowhere as well as, like a list that is left out, everywhere."""
    if isinstance(names, list | tuple) and not names:
        raise fault("listan är tom.", "minst ett namn; utan listan gäller alla")
    return names


def _municipality(value: str, info: ValidationInfo) -> str:
    return _known_place(value, info, "municipality", "kommunen")


def _municipalities(names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    return _different(_once(names), info, "municipality")


def _centres(names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    return _different(_once(names), info, "centre")


def _centre(value: str, info: ValidationInfo) -> str:
    return _known_place(value, info, "centre", "hälsocentralen")


def _age_group(value: str) -> str:
    return known(value, AGE_GROUPS, "åldersgruppen")


def _segment(value: str) -> str:
    return known(value, SEGMENTS, "segmentet")


def _lever(value: str) -> str:
    return known(value, tuple(LEVERS), "spaken")


PlainName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
LongText = Annotated[str, StringConstraints(min_length=1, max_length=4000), AfterValidator(_text)]
ShortLine = Annotated[str, StringConstraints(min_length=1, max_length=160), AfterValidator(_line)]
_Many = Field(default=(), strict=False, max_length=200, json_schema_extra={"minItems": 1})
_Given = BeforeValidator(_not_empty)
_Municipalities = Annotated[
    tuple[Annotated[ShortLine, AfterValidator(_municipality)], ...], _Given, AfterValidator(_municipalities)
]
_Centres = Annotated[tuple[Annotated[ShortLine, AfterValidator(_centre)], ...], _Given, AfterValidator(_centres)]
_AgeGroups = Annotated[tuple[Annotated[str, AfterValidator(_age_group)], ...], _Given, AfterValidator(_once)]
_Segments = Annotated[tuple[Annotated[str, AfterValidator(_segment)], ...], _Given, AfterValidator(_once)]
_Group = Annotated[tuple[str, ...], Field(strict=False, min_length=1)]


class StrictModel(BaseModel):
    """A model of outside data: nothing is converted, no key is unknown, nothing is changed afterwards."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    def content(self) -> dict[str, Any]:
        """Return what is not as it is when nothing is said, as a file would say it."""
        return self.model_dump(exclude_defaults=True)


class Reach(StrictModel):
    """Where and for whom a lever acts; a list that is left out means everywhere or everybody.

    Municipalities and health centres are given by code or name.
    """

    municipalities: _Municipalities = _Many
    health_centres: _Centres = _Many
    age_groups: _AgeGroups = _Many
    segments: _Segments = _Many

    @model_validator(mode="after")
    def _one_kind_of_place(self) -> Reach:
        if self.municipalities and self.health_centres:
            raise fault("ange kommuner eller hälsocentraler, inte båda i samma spak.")
        return self

    def kinds(self) -> Iterator[ReachKind]:
        """Yield what the reach is limited by."""
        if self.municipalities:
            yield "municipality"
        if self.health_centres:
            yield "centre"
        if self.age_groups:
            yield "age_group"
        if self.segments:
            yield "segment"


_KIND_SV = {
    "municipality": "kommun (municipalities)",
    "centre": "hälsocentral (health_centres)",
    "age_group": "åldersgrupp (age_groups)",
    "segment": "segment (segments)",
}


def start_in_time(start: date) -> date:
    """Refuse a start in the history, or after the last day."""
    if not FIRST_START <= start <= LAST_DAY:
        raise fault("datumet är utanför tiden för strategier.", f"{FIRST_START} till {LAST_DAY}")
    return start


def full_effect_in_order(full_effect: date | None, info: ValidationInfo) -> date | None:
    """Refuse a full effect before the start, or after it of a lever that acts wholly from its start."""
    start = info.data.get("start", FIRST_START)
    if full_effect is not None and not start <= full_effect <= LAST_DAY:
        raise fault("full effekt kan inte komma före start.", f"{start} till {LAST_DAY}")
    lever = LEVERS.get(info.data.get("lever", ""))
    if full_effect not in (None, start) and lever is not None and not lever.gradual:
        raise fault(f"{lever.name} verkar helt från start och kan inte trappas in.", str(start))
    return full_effect


def reach_of_lever(reach: Reach, info: ValidationInfo) -> Reach:
    """Refuse a reach that the lever cannot be limited to."""
    lever = LEVERS.get(info.data.get("lever", ""))
    wrong = [] if lever is None else [kind for kind in reach.kinds() if kind not in lever.reach]
    if lever is not None and wrong:
        can = ", ".join(_KIND_SV[kind] for kind in sorted(lever.reach)) or "ingen avgränsning"
        raise fault(f"{lever.name} kan inte avgränsas till {_KIND_SV[wrong[0]]}.", can)
    return reach


def value_of_lever(value: float, info: ValidationInfo) -> float:
    """Refuse a value beyond the lever's bounds."""
    lever = LEVERS.get(info.data.get("lever", ""))
    if lever is not None and not lever.allows(value):
        bounds = f"{number(lever.low)} till {number(lever.high)} {lever.unit}"
        raise fault(f"värdet är utanför gränserna för {lever.name}.", bounds)
    return value


LeverName = Annotated[str, AfterValidator(_lever)]
LeverValue = Annotated[float, AfterValidator(value_of_lever)]
StartDate = Annotated[date, AfterValidator(start_in_time)]
FullEffect = Annotated[date | None, AfterValidator(full_effect_in_order)]
LeverReach = Annotated[Reach, AfterValidator(reach_of_lever)]
"""Fields of a lever's setting; the lever comes before its value, and the start before the full effect."""


class LeverSetting(StrictModel):
    """One lever at one value from a date on, for a reach; without `full_effect` the lever's ramp holds."""

    lever: LeverName
    value: LeverValue
    start: StartDate = FIRST_START
    full_effect: FullEffect = None
    reach: LeverReach = Reach()


def _no_debt(budget: float | None) -> float | None:
    if budget is not None and not 0 <= budget <= MOST_BUDGET:
        message = "budgeten kan inte vara negativ." if budget < 0 else "budgeten är för stor."
        raise fault(message, f"0 till {number(MOST_BUDGET)}, i miljoner kronor om året")
    return budget


Budget = Annotated[float | None, AfterValidator(_no_debt)]
"""Millions of SEK a year; None for no budget."""


class Strategy(StrictModel):
    """A named set of lever settings with the question it answers and the reasons for its values.

    With a budget (millions of SEK a year) the levers that cost are scaled down until they fit
    (scenarios.strategies.budget). `groups` names groups of levers whose contributions are to be told
    (scenarios.findings.attribution).
    """

    name: PlainName
    label_sv: ShortLine
    question_sv: LongText
    description_sv: LongText
    rationale: LongText
    levers: Annotated[tuple[LeverSetting, ...], Field(strict=False, max_length=100)]
    budget_msek_per_year: Budget = None
    groups: dict[ShortLine, _Group] | None = None

    @field_validator("groups")
    @classmethod
    def _levers_of_groups(
        cls, groups: dict[str, tuple[str, ...]] | None, info: ValidationInfo
    ) -> dict[str, tuple[str, ...]] | None:
        mine = tuple(dict.fromkeys(setting.lever for setting in info.data.get("levers", ())))
        named = [lever for group in (groups or {}).values() for lever in group]
        for lever in named:
            if lever not in mine:
                raise fault(f"{quoted(lever)} är inte en av strategins spakar.", one_of(mine), nearest(lever, mine))
            if named.count(lever) > 1:
                raise fault(f"{lever} står i mer än en grupp.")
        return groups

    @field_validator("levers")
    @classmethod
    def _no_overlap(cls, levers: tuple[LeverSetting, ...], info: ValidationInfo) -> tuple[LeverSetting, ...]:
        region = (info.context or {}).get("region")
        for first, second in overlaps([setting.model_dump() for setting in levers], region):
            raise fault(overlap_message(first, levers[second].lever), kind="overlap")
        return levers


def overlap_message(first: int, lever: str) -> str:
    """Return the Swedish message for a lever that is set twice for the same reach."""
    return f"{lever} är redan satt i levers[{first}] för samma räckvidd; slå ihop dem eller skilj räckvidderna."


def overlaps(settings: Sequence[object], region: Places | None) -> Iterator[tuple[int, int]]:
    """Yield pairs of positions at which the same lever is set for reaches that are not disjoint.

    Works on unchecked data, so that it can report beside other faults; what is no lever setting is skipped.
    """
    seen: list[tuple[int, str, dict[str, set[str]]]] = []
    for position, setting in enumerate(settings):
        if not isinstance(setting, dict) or not isinstance(setting.get("lever"), str):
            continue
        lever, reach = setting["lever"], _reach_sets(setting.get("reach"), region)
        for before, name, other in seen:
            if name == lever and not any(reach[k] and other[k] and not reach[k] & other[k] for k in reach):
                yield before, position
                break
        seen.append((position, lever, reach))


def _reach_sets(reach: Any, region: Places | None) -> dict[str, set[str]]:
    given = reach if isinstance(reach, dict) else {}
    sets = {kind: _texts(given.get(kind)) for kind in ("age_groups", "segments")}
    centres = _texts(given.get("health_centres"))
    municipalities = _texts(given.get("municipalities"))
    if region is None:
        return sets | {"health_centres": centres, "municipalities": municipalities}
    by_centre, by_municipality = places(region, "centre"), places(region, "municipality")
    indices = {by_centre[folded(name)] for name in centres if folded(name) in by_centre}
    inside = {by_municipality[folded(name)] for name in municipalities if folded(name) in by_municipality}
    covered = {i for i, home in enumerate(region.centre_municipality) if int(home) in inside}
    return sets | {"places": {str(i) for i in indices | covered}}


def _texts(value: Any) -> set[str]:
    return {item for item in value if isinstance(item, str)} if isinstance(value, list | tuple) else set()
