"""The telephone of a health centre by hand: who calls, who is answered the same day, who is called back."""

from __future__ import annotations

import numpy as np
from small_system import events_of, run_kernels, with_needs, world_of

from simulator.core.record import ANSWERED_SAME_DAY, CALLS, NOT_CALLED_BACK
from simulator.core.world import World
from simulator.region.axes import GP, NURSE

HOUR = 3600


def called(phone: float, calls_of_day: dict[int, int], stream: int = NURSE, days: int = 5, **rules: float) -> World:
    """One centre that can take so many calls a day; everybody's need is new unless rules say otherwise."""
    people = sum(calls_of_day.values())
    world = world_of(people=people)
    world.centre["phone"], world.opening[2] = phone, 0
    world.rules["nurse_soon_share"], world.rules["callback_share"] = 1.0, 0.3
    for name, value in rules.items():
        world.rules[name] = value
    days_called = np.repeat(list(calls_of_day), list(calls_of_day.values()))
    world = with_needs(world, [(int(day), 9 * HOUR, slot, stream, 0) for slot, day in enumerate(days_called)])
    run_kernels(world, 0, days)
    return world


def counted(world: World) -> list[int]:
    return world.calls[0, [CALLS, ANSWERED_SAME_DAY, NOT_CALLED_BACK]].tolist()


def test_those_promised_are_called_back_before_todays_calls_and_the_rest_must_call_again() -> None:
    """Ten a day: 10 of 14, three promised; 7 of 9, two promised; closed; 8 of 5 + 6, three promised; all of none."""
    days = {0: 14, 1: 9, 2: 5, 3: 6}
    assert counted(called(10.0, days)) == [34, 25, 1]
    waits = called(10.0, days, days=4)
    assert waits.centre["callbacks"].tolist() == [3]
    assert called(10.0, days).centre["callbacks"].tolist() == [0]


def test_without_time_nobody_is_answered_and_with_plenty_everybody() -> None:
    assert counted(called(0.0, {0: 4, 1: 2})) == [6, 0, 6]
    assert counted(called(50.0, {0: 40, 1: 50})) == [90, 90, 0]


def test_what_was_agreed_before_and_what_is_met_digitally_is_no_call() -> None:
    assert counted(called(50.0, {0: 40}, nurse_soon_share=0.0)) == [0, 0, 0]
    assert counted(called(50.0, {0: 40}, GP)) == [0, 0, 0], "planned visits"
    assert counted(called(50.0, {0: 40}, GP, within_3_days_share=1.0)) == [40, 40, 0]
    world = world_of(people=10)
    world.centre["phone"], world.centre["digital"], world.rules["nurse_soon_share"] = 50.0, 1.0, 1.0
    world = with_needs(world, [(0, 9 * HOUR, slot, NURSE, 0) for slot in range(10)])
    run_kernels(world, 0, 1)
    assert counted(world) == [0, 0, 0]


def test_the_telephone_moves_no_other_event() -> None:
    none, some = (called(phone, {0: 14, 1: 9}, GP, same_day_share=0.5, within_3_days_share=0.5) for phone in (0.0, 8.0))
    assert len(events_of(none)) > 0
    assert np.array_equal(events_of(none), events_of(some))
