"""How the lever settings of one strategy differ from those of another, in Swedish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scenarios.levers.amount import amount_sv, from_to_sv
from scenarios.levers.registry import LEVERS
from scenarios.places.places import SEGMENT_LABELS
from scenarios.strategies.scenario import full_effect
from scenarios.strategies.strategy import LeverSetting, Reach
from simulator.region.axes import SEGMENTS

EVERYWHERE = "hela länet"


@dataclass(frozen=True, slots=True)
class Difference:
    """One lever setting that is not as in the other strategy.

    `which` counts the settings of the lever in the strategy itself, None when it is no longer set there. `change_sv` is
    the values (1,0 → 1,5), `when_sv` and `where_sv` the years and the reach.
    """

    lever: str
    which: int | None
    label_sv: str
    change_sv: str
    when_sv: str
    where_sv: str

    def text_sv(self) -> str:
        """Return the difference as one line."""
        where = "" if self.where_sv == EVERYWHERE else f", {self.where_sv}"
        when = f" {self.when_sv}" if self.when_sv else ""
        return f"{self.label_sv}: {self.change_sv}{when}{where}"


def differences(base: Sequence[LeverSetting], mine: Sequence[LeverSetting]) -> tuple[Difference, ...]:
    """Return what differs in `mine` from `base`, then what only `base` has; settings at neutral are nothing.

    Settings of a lever are compared by reach; where each side has one for another reach, that is one difference.
    """
    differing: list[Difference] = []
    for lever in dict.fromkeys(setting.lever for setting in (*mine, *base)):
        differing += _of_lever([s for s in base if s.lever == lever], [s for s in mine if s.lever == lever])
    return tuple(differing)


def _of_lever(base: list[LeverSetting], mine: list[LeverSetting]) -> list[Difference]:
    rest = [setting for setting in base if not _idle(setting)]
    differing = []
    for which, setting in enumerate(mine):
        same = next((other for other in rest if other.reach == setting.reach), None)
        other = same or (rest[0] if len(rest) == len(mine) == 1 else None)
        if other is not None:
            rest.remove(other)
        if (difference := _difference(other, setting, which)) is not None:
            differing.append(difference)
    return differing + [_gone(setting) for setting in rest]


def _idle(setting: LeverSetting) -> bool:
    return setting.value == LEVERS[setting.lever].neutral


def _difference(before: LeverSetting | None, after: LeverSetting, which: int) -> Difference | None:
    lever = LEVERS[after.lever]
    if before is None:
        return None if _idle(after) else _told(lever.neutral, after, which)
    if before == after or (_idle(after) and _idle(before)):
        return None
    if _idle(after):
        return replace(_gone(before), which=which)
    return _told(before.value, after, which)


def _told(before: float, after: LeverSetting, which: int) -> Difference:
    lever = LEVERS[after.lever]
    same = before == after.value
    change = amount_sv(lever, after.value) if same else from_to_sv(lever, before, after.value)
    return Difference(lever.name, which, lever.label_sv, change, when_sv(after), where_sv(after.reach))


def _gone(setting: LeverSetting) -> Difference:
    lever = LEVERS[setting.lever]
    change = from_to_sv(lever, setting.value, lever.neutral)
    return Difference(lever.name, None, lever.label_sv, f"{change} (borttagen)", "", where_sv(setting.reach))


def when_sv(setting: LeverSetting) -> str:
    """Return from when a setting acts, and from when wholly."""
    begins, whole = setting.start, full_effect(LEVERS[setting.lever], setting)
    start = f"från {begins.year}" if (begins.month, begins.day) == (1, 1) else f"från {begins.isoformat()}"
    if whole == begins:
        return start
    return f"{start}, helt {whole.year}" if (whole.month, whole.day) == (1, 1) else f"{start}, helt {whole.isoformat()}"


def where_sv(reach: Reach) -> str:
    """Return where and for whom a setting acts."""
    needs = dict(zip(SEGMENTS, SEGMENT_LABELS, strict=True))
    ages = [f"{group} år" if group[-1] != "+" else f"{group[:-1]} år och äldre" for group in reach.age_groups]
    parts = [
        ", ".join(reach.municipalities or reach.health_centres),
        ", ".join(age.replace("-", "–") for age in ages),
        ", ".join(needs[segment] for segment in reach.segments),
    ]
    return "; ".join(part for part in parts if part) or EVERYWHERE
