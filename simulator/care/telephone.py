"""The telephone of a health centre: calls of the day, those answered, and those who are called back.

A queue in numbers by centre and day, not person by person. It settles when people come through to their centre and
moves nothing else: how long they wait for a visit is told by the books and the desks, whose levels have today's wait on
the phone in them already. Which needs are calls is told where they are routed (`simulator.care.routing`).
"""

from __future__ import annotations

from simulator.core.kernels import integer, rule
from simulator.core.randomness import whole_of_day
from simulator.core.record import ANSWERED_SAME_DAY, CALLS, NOT_CALLED_BACK
from simulator.core.world import World


@rule
def answer_calls(w: World, day: int) -> None:
    """An open day on the phone: those who wait since earlier days are called back first, then today's are answered.

    Calls of days on which the centre was closed are today's. Only so many are promised to be called back; the others
    must call again and are not counted twice.
    """
    for h in range(w.centre.size):
        desk = w.centre[h]
        able = whole_of_day(desk["phone"], day)
        calls, waiting = integer(desk["calls"]), integer(desk["callbacks"])
        back = min(waiting, able)
        answered = min(calls, able - back)
        left = waiting - back + calls - answered
        promised = min(left, int(desk["phone"] * w.rules[0]["callback_share"]))
        w.calls[h, CALLS] += calls
        w.calls[h, ANSWERED_SAME_DAY] += answered
        w.calls[h, NOT_CALLED_BACK] += left - promised
        desk["calls"], desk["callbacks"] = 0, promised
