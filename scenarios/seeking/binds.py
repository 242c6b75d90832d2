"""What stops a point from coming nearer to its goals: levers at an end, limits that the next step would pass."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scenarios.levers.amount import amount_sv
from scenarios.seeking.space import WITHIN, Axis, Space, professions_of
from scenarios.statistics.arrays import Array
from scenarios.text.swedish import number
from simulator.region.pack import Region


def binding_of(space: Space, point: Array, region: Region) -> list[str]:
    """Return in Swedish what binds at a point: each limit that some further step would pass, each lever at an end."""
    return [*_limits(space, point, region), *_ends(space, point)]


def _limits(space: Space, point: Array, region: Region) -> Iterator[str]:
    around = space.neighbours(point)
    further = around[space.distance(around) > space.distance(point[None])]
    passed = np.asarray((space.excess(further) > WITHIN).any(axis=0))
    posts = space.posts(point[None])[0]
    labels = professions_of(region)
    for limit, binds in zip(space.limits, passed.tolist(), strict=True):
        if binds and limit == "budget":
            cost, most = float(space.cost(point[None])[0]), space.wanted.budget_msek_per_year
            yield f"budgeten: {number(cost, 1)} av {number(most)} miljoner kronor om året, och nästa steg kostar mer"
        elif binds:
            used = posts.sum() if limit == "posts" else posts[space.professions.index(limit)]
            most = space.wanted.posts_in_all if limit == "posts" else space.wanted.posts[limit]
            what = "tjänster sammanlagt" if limit == "posts" else f"tjänster ({labels[limit]})"
            yield f"{what}: {number(float(used), 1)} av {number(most)} som går att bemanna, och nästa steg kräver fler"


def _ends(space: Space, point: Array) -> Iterator[str]:
    for axis, at in zip(space.axes, point.tolist(), strict=True):
        if at in (0, len(axis.values) - 1) and axis.distance[at] > 0:
            value = amount_sv(axis.lever, float(axis.values[at]))
            yield f"{axis.lever.label_sv} står på sin gräns, {value}{_own(axis, at)}"


def _own(axis: Axis, at: int) -> str:
    """Say whether the bound is the lever's own or the file's."""
    value = float(axis.values[at])
    return " (spakens egen)" if value in (axis.lever.low, axis.lever.high) else " (filens)"
