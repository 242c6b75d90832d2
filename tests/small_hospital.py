"""One hospital small enough to reckon by hand, and what its log tells."""

from __future__ import annotations

import numpy as np
from small_system import events_of, run_kernels, with_needs, world_of

from simulator.core.world import World
from simulator.people.morbidity import AGE_GROUP_COUNT

HOUR = 3600


def house(people: int = 4, places: int = 1, beds: int = 1, admitted: float = 1.0, m: int = 1) -> World:
    """One hospital, its beds all medical: an hour of treatment, a day in bed, everybody admitted."""
    world = world_of(people=people, m=m)
    world.hospital["places"], world.hospital["beds"] = places, beds
    world.ward_beds[:, 0] = beds
    world.treatment_quantile[:] = world.stay_quantile[:] = 1.0
    world.admission[:] = admitted
    return world


def of_ages(world: World, groups: list[int], rub: int = 0) -> World:
    """Put people into age groups, one by one."""
    world.person["risk"] = np.array(groups) * 6 + rub
    world.person["cell"] = world.background["municipality"].astype(np.uint16) * AGE_GROUP_COUNT + np.array(groups)
    return world


def live(world: World, days: int, *needs: tuple[int, int, int, int]) -> World:
    """Let needs (day, second, person, stream) arise and some days pass."""
    world = with_needs(world, [(*need, 0) for need in needs])
    run_kernels(world, 0, days)
    return world


def times(world: World, kind: int) -> dict[int, int]:
    """Second of the first such event by person."""
    return {int(p): int(t) for t, k, p, *_ in events_of(world)[::-1] if k == kind}


def in_order(world: World, kind: int) -> list[int]:
    """People to whom such an event happened, in order of time."""
    return [int(p) for _, k, p, *_ in world.log[: world.logged[0]] if k == kind]
