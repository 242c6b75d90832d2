"""What becomes of needs that are not met: some come back, later and worse.

Who gives up in a line, or is turned away, may ask a GP again or become an emergency. Home visits that are missed, hours
of home help that are not given and long waits for a clinic, an operation or special housing bring emergencies of their
own. Every rate is a parameter whose range includes nothing; `unmet.consequences` switches them all off. What a person
and a request become hangs on both alone, so in two scenarios the same need has the same fate wherever it is not met.
"""

from __future__ import annotations

import numpy as np

from simulator.care.accounts import withdraw
from simulator.care.causes import AGED_65, FALL, URGENT, acuity_of, cause_of
from simulator.care.referrals import hospital_for, send_to_emergency
from simulator.core.dates import DAY, FIRST_DAY
from simulator.core.kernels import integer, kernel, rule
from simulator.core.log import UNMET, note_with
from simulator.core.randomness import LASTING, Purpose, Word, draw, part, word_of
from simulator.core.record import (
    BACK_TO_GP,
    BECAME_URGENT,
    CAME_BACK,
    DEATH_AFTER_BOARDING,
    GP_WAITING,
    LET_BE,
    LONGER_STAY,
    URGENT_GIVEN_UP,
    URGENT_HELP,
    URGENT_HOUSING,
    URGENT_MISSED_VISIT,
    URGENT_WAITING,
)
from simulator.core.state import (
    CHRONIC,
    HOME_NURSING,
    HOME_VISITS,
    IN_HOSPITAL,
    PLANNED_ADMISSION,
    PRESENT,
    REFERRAL,
    RING_DAYS,
)
from simulator.core.words import age_group_of, case_of, next_case, pack, unpack
from simulator.core.world import World
from simulator.people.households import lives_with
from simulator.region.axes import EMERGENCY, GP

P_UNMET, P_MONTH, P_HELP, P_BOARDING, P_WAITING = (
    int(p) for p in (Purpose.UNMET, Purpose.UNMET_OF_MONTH, Purpose.HOME_HELP, Purpose.BOARDING, Purpose.WAITING)
)
FATE, DELAY, MOMENT = range(3)
"""Parts of the random word of a need that was not met: what becomes of it, after how long, at what time of day."""
MOST_DAYS = RING_DAYS - 2
"""Days after which a need has come back, if it does: the rings of what is expected reach no further."""
SPARE_DAYS = 7
"""Days at the end of the ring for needs that find their own day full."""
MARKS_TRIED = 64
"""Marks that are tried for a case that is to be worse, or a fall."""
MONTH_DAYS = 30
MONTHS_A_YEAR = 12.0
CONSEQUENCE_ROOM = 16
"""Room for the kinds of consequences in the occasion of a draw."""


@rule
def worse_case(w: World, slot: int, case: int) -> int:
    """Mark of a case that is more urgent than another of the same person, as urgent where nothing is more so."""
    acuity, worse = acuity_of(w, slot, case), case
    for _ in range(MARKS_TRIED):
        worse = next_case(worse)
        now = acuity_of(w, slot, worse)
        if now < acuity or now == URGENT:
            return worse
    return case


@rule
def _fall(w: World, slot: int, case: int) -> int:
    """Mark of a case whose cause is a fall."""
    for _ in range(MARKS_TRIED):
        if cause_of(w, slot, case) == FALL:
            break
        case = next_case(case)
    return case


@rule
def _later(tick: int, mean: float, word: Word) -> int:
    """Second at which a need has come back: at the earliest tomorrow, exponential within the days of the ring."""
    within = -np.expm1(-(MOST_DAYS - SPARE_DAYS) / mean)
    days = 1 + int(-mean * np.log1p(-part(word, DELAY) * within))
    return (tick // DAY + days) * DAY + int(part(word, MOMENT) * DAY)


@rule
def _count(w: World, slot: int, tick: int, kind: int) -> None:
    """Count a consequence of unmet need when it is decided."""
    w.unmet[w.person[slot]["cell"], kind] += 1
    note_with(w, tick, UNMET, slot, integer(w.person[slot]["centre"]), tick, kind)


@rule
def _send(w: World, later: int, slot: int, case: int) -> None:
    """Expect an emergency of unmet need; the year before the first has it in its rates, so it is counted only."""
    if w.rules[0]["unmet_sent"] > 0.0:
        send_to_emergency(w, hospital_for(w, slot, later), later, slot, case)


@rule
def _expect_at_gp(w: World, slot: int, tick: int, later: int) -> bool:
    """Expect somebody to ask a GP again on a day, or the next with room; False if there is none."""
    h = w.person[slot]["centre"]
    for wait in range(MOST_DAYS - (later // DAY - tick // DAY)):
        ring = (later // DAY + wait) % RING_DAYS
        n = w.back_due_count[h, ring]
        if n < w.back_due.shape[2]:
            w.back_due[h, ring, n] = pack(later + wait * DAY, slot)
            w.back_due_count[h, ring] = n + 1
            return True
    return False


@rule
def leave_unmet(w: World, unit: int, slot: int, tick: int, requested: int, back: float, urgent: float) -> None:
    """Close the request of somebody who gives up or is turned away at a second of the clock.

    With chance `urgent` it becomes an emergency, with `back` another wish for a GP; otherwise nothing comes of it.
    """
    word = word_of(w.keys[P_UNMET], w.person[slot]["key"], np.uint64(requested))
    u, fate = part(word, FATE), integer(LET_BE)
    if u < urgent + back:
        later = _later(tick, w.rules[0]["unmet_return_days"], word)
        if u < urgent:
            fate = integer(BECAME_URGENT)
            kind = w.pool[unit]["kind"] if unit < w.pool.size else -1
            _count(w, slot, tick, URGENT_MISSED_VISIT if kind == HOME_VISITS else URGENT_GIVEN_UP)
            case = worse_case(w, slot, case_of(requested))
            _send(w, later, slot, case)
        elif _expect_at_gp(w, slot, tick, later):
            _count(w, slot, tick, BACK_TO_GP)
            fate = integer(CAME_BACK)
    withdraw(w, unit, fate)


@rule
def leave_gp_unmet(w: World, unit: int, slot: int, tick: int, requested: int) -> None:
    """Close the request of somebody for whom no GP has a time; the chronically ill fare worse."""
    rule = w.rules[0]
    urgent = rule["unmet_urgent"] * (rule["unmet_chronic"] if w.person[slot]["status"] & CHRONIC else 1.0)
    leave_unmet(w, unit, slot, tick, requested, rule["unmet_back"], urgent)


@rule
def leave_line_unmet(w: World, p: int, slot: int, tick: int, requested: int) -> None:
    """Close the request of somebody who gives up in a line, by what it is for.

    Planned admissions that lapse are cared for elsewhere; what waiting does to those in line, the month tells.
    """
    rule, kind = w.rules[0], w.pool[p]["kind"]
    back, urgent = rule["unmet_back_desk"], 0.0
    if kind == HOME_VISITS:
        back, urgent = 0.0, rule["unmet_home_visit"]
    elif kind == REFERRAL:
        back = rule["unmet_back"]
    elif kind == PLANNED_ADMISSION:
        back = 0.0
    leave_unmet(w, p, slot, tick, requested, back, urgent)


# --- what waiting and missing help bring, month by month -------------------------------------------------


@rule
def _may_become_urgent(w: World, slot: int, day: int, more: float, kind: int, occasion: int) -> None:
    """Let a month bring an emergency beyond those of others like the person, `more` of theirs.

    `occasion` tells a person's chances of one kind in one month apart; a negative one makes the emergency a fall.
    """
    me = w.person[slot]
    month = ((day - FIRST_DAY) * CONSEQUENCE_ROOM + kind) << 32
    word = word_of(w.keys[P_MONTH], me["key"], np.uint64(month ^ (occasion & 0xFFFFFFFF)))
    share = more * w.rates[EMERGENCY, me["risk"]] / MONTHS_A_YEAR
    falls = occasion < 0
    if falls:
        share *= _fall_share(w, slot)
    if part(word, FATE) >= share:
        return
    later = (day + int(part(word, DELAY) * MONTH_DAYS)) * DAY + int(part(word, MOMENT) * DAY)
    case = case_of(later)
    case = _fall(w, slot, case) if falls else worse_case(w, slot, case)
    _count(w, slot, day * DAY, kind)
    _send(w, later, slot, case)


@rule
def _may_ask_gp(w: World, slot: int, day: int, more: float, requested: int) -> None:
    """Let a month of waiting for a clinic bring a need of a GP beyond those of others like the person."""
    me = w.person[slot]
    occasion = np.uint64(((day - FIRST_DAY) << 32) ^ (requested & 0x7FFFFFFF))
    word = word_of(w.keys[P_WAITING], me["key"], occasion)
    if part(word, FATE) >= more * w.rates[GP, me["risk"]] / MONTHS_A_YEAR:
        return
    later = (day + int(part(word, DELAY) * MONTH_DAYS)) * DAY + int(part(word, MOMENT) * DAY)
    w.unmet[me["cell"], GP_WAITING] += 1
    note_with(w, day * DAY, UNMET, slot, integer(me["centre"]), later, GP_WAITING)
    if w.rules[0]["unmet_sent"] > 0.0:
        _expect_at_gp(w, slot, day * DAY, later)


@rule
def _fall_share(w: World, slot: int) -> float:
    """Share of a person's emergencies whose cause is a fall."""
    me = w.person[slot]
    up_to = w.cause[age_group_of(me["risk"]), w.cause_set[w.background[slot]["conditions"]]]
    share: float = up_to[FALL] - up_to[FALL - 1]
    return share


@rule
def _wait_for_housing_or_help(w: World, slot: int, day: int) -> None:
    """What a month brings somebody at home who waits for special housing or gets less home help than needed."""
    back, rule = w.background[slot], w.rules[0]
    gap = w.municipality[back["municipality"]]["help_gap"]
    if back["granted"]:
        _may_become_urgent(w, slot, day, rule["unmet_housing"], integer(URGENT_HOUSING), integer(1))
    if gap <= 0.0:
        return
    share = rule["home_help_alone"]
    if lives_with(w.person, w.background, slot) >= 0:
        share = rule["home_help_with"]
    if back["granted"] or draw(w.keys[P_HELP], w.person[slot]["key"], LASTING) < share:
        _may_become_urgent(w, slot, day, gap * rule["unmet_help"], integer(URGENT_HELP), integer(1))
        _may_become_urgent(w, slot, day, gap * rule["unmet_help_falls"], integer(URGENT_HELP), integer(-1))


@kernel
def pass_month_unmet(w: World, day: int) -> None:
    """Let the month that begins on a day bring what waiting and missing help bring."""
    for slot in range(w.person.size):
        status = w.person[slot]["status"]
        if status & PRESENT and status & HOME_NURSING and not status & IN_HOSPITAL:
            _wait_for_housing_or_help(w, integer(slot), day)
    _wait_in_line(w, day, w.rules[0]["unmet_waiting"], w.rules[0]["unmet_waiting_gp"])


@rule
def _wait_in_line(w: World, day: int, urgent: float, gp: float) -> None:
    """What a month brings those who wait for a clinic or a planned admission, more than it brings others like them."""
    if urgent <= 0.0 and gp <= 0.0:
        return
    for p in range(w.pool.size):
        if w.pool[p]["kind"] != REFERRAL and w.pool[p]["kind"] != PLANNED_ADMISSION:
            continue
        for c in range(w.pool[p]["classes"]):
            ring = w.ring[p, c]
            for i in range(ring["head"], ring["tail"]):
                requested, slot = unpack(w.waiting[ring["offset"] + (i & ring["mask"])])
                status = w.person[slot]["status"]
                if status & PRESENT and not status & IN_HOSPITAL:
                    _may_become_urgent(w, slot, day, urgent, integer(URGENT_WAITING), 1 + (requested & 0x7FFFFFFF))
                    if w.pool[p]["kind"] == REFERRAL:
                        _may_ask_gp(w, slot, day, gp, requested)


# --- boarding --------------------------------------------------------------------------------------------


@rule
def harm_of_boarding(w: World, slot: int, tick: int, waited: int, case: int) -> int:
    """Seconds by which a stay grows after a long wait for a bed; of those aged 65 and over some die within a month."""
    rule, me = w.rules[0], w.person[slot]
    if waited <= rule["boarding_seconds"] or w.background[slot]["dying"]:
        return 0
    if rule["boarding_longer"] > 0.0:
        _count(w, slot, tick, LONGER_STAY)
    u, share = draw(w.keys[P_BOARDING], me["key"], np.uint64(case)), rule["boarding_death"]
    if me["risk"] >= AGED_65 and u < share:
        _expect_death(w, slot, tick, 1 + int(min(u / share, 0.9999) * (MONTH_DAYS - 1)))
    return integer(rule["boarding_longer"])


@rule
def _expect_death(w: World, slot: int, tick: int, days: int) -> None:
    """Let somebody die after so many days, or on the next day on which not too many do already."""
    for day in range(tick // DAY + days, tick // DAY + MOST_DAYS):
        n = w.dying_due_count[day % RING_DAYS]
        if n < w.dying_due.shape[1]:
            w.dying_due[day % RING_DAYS, n] = slot
            w.dying_due_count[day % RING_DAYS] = n + 1
            _count(w, slot, tick, DEATH_AFTER_BOARDING)
            return
