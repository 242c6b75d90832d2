"""What becomes of needs that are not met: their fates, when they come back, and what waiting brings."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numba import njit
from scipy.stats import binom
from small_hospital import HOUR, house, live, of_ages, times
from small_system import DAY, events_of, gp_numbers, random_world, run_kernels, set_rates, with_needs, world_of

from simulator.care import causes, unmet
from simulator.care.causes import FALL, LOW, STANDARD, URGENT
from simulator.care.unmet import MOST_DAYS, SPARE_DAYS
from simulator.core.log import ADMITTED, DIED, DISCHARGED, ED_ARRIVAL, GAVE_UP, GP_VISIT, UNMET
from simulator.core.record import (
    AWAY,
    BACK_TO_GP,
    BECAME_URGENT,
    CAME_BACK,
    DEATH_AFTER_BOARDING,
    GP_WAITING,
    LET_BE,
    LONGER_STAY,
    REQUESTED,
    URGENT_GIVEN_UP,
    URGENT_HELP,
    URGENT_HOUSING,
    URGENT_MISSED_VISIT,
    URGENT_WAITING,
    WITHDRAWN,
)
from simulator.core.state import CHRONIC, HOME_NURSING, IN_HOSPITAL, PRESENT, RING_DAYS
from simulator.core.units import (
    LINE_DIGITAL,
    LINE_HOME,
    LINE_NURSE,
    LINE_PLANNED,
    LINE_REFERRAL,
    LINE_RETURN,
    UNIT_GP,
)
from simulator.core.words import SLOT_BITS, SLOT_MASK, case_of, pack_all, unpack_case
from simulator.core.world import World
from simulator.region.axes import EMERGENCY, GP
from simulator.region.pack import Region
from simulator.simulation import Simulation

PEOPLE, MANY = 2_000, 4_096
SURE = 0.9999
"""Confidence of the exact intervals: of a thousand such tests one would fail by chance alone in ten."""


@njit
def acuity_of(world, slot, case):
    return causes.acuity_of(world, slot, case)


@njit
def cause_of(world, slot, case):
    return causes.cause_of(world, slot, case)


@njit
def worse_cases(world, case):
    """Acuity of everybody's case and of the worse one, int64[N, 2]."""
    out = np.empty((world.person.size, 2), np.int64)
    for slot in range(world.person.size):
        out[slot, 0] = causes.acuity_of(world, slot, case)
        out[slot, 1] = causes.acuity_of(world, slot, unmet.worse_case(world, slot, case))
    return out


@njit
def all_leave_gps(world, tick, requested):
    for slot in range(world.person.size):
        unmet.leave_gp_unmet(world, world.lines[UNIT_GP], slot, tick, requested)


@njit
def all_leave_line(world, p, tick, requested):
    for slot in range(world.person.size):
        unmet.leave_line_unmet(world, p, slot, tick, requested)


@njit
def harm_all(world, tick, waited, case):
    """Seconds by which the stays of all grow, int64[N]."""
    out = np.empty(world.person.size, np.int64)
    for slot in range(world.person.size):
        out[slot] = unmet.harm_of_boarding(world, slot, tick, waited, case)
    return out


def within(count: int, n: int, share: float) -> bool:
    low, high = binom.interval(SURE, n, share)
    return bool(low <= count <= high)


def roomy(people: int = PEOPLE, **rules: float) -> World:
    """A world without GPs in which much may come back on one day."""
    world = world_of(people=people, queue=MANY)
    world = world._replace(
        back_due=np.zeros((1, RING_DAYS, MANY), np.int64), dying_due=np.zeros((RING_DAYS, MANY), np.int64)
    )
    world.rules["unmet_chronic"], world.rules["unmet_return_days"] = 1.0, 10.0
    for name, value in rules.items():
        world.rules[name] = value
    return world


def given_up(world: World) -> World:
    """Everybody has asked a GP at noon of the first day, in vain."""
    all_leave_gps(world, DAY // 2, DAY // 2)
    return world


def expected(ring: np.ndarray, count: np.ndarray) -> list[int]:
    """Words that a ring of one unit holds."""
    return [int(word) for day in range(RING_DAYS) for word in ring[0, day, : count[0, day]]]


def urgent(world: World) -> list[tuple[int, int, int]]:
    """(second, person, case) of the emergencies that are expected."""
    return [unpack_case.py_func(word) for word in expected(world.ed_due, world.ed_due_count)]


def back(world: World) -> list[tuple[int, int]]:
    """(second, person) of the needs that are expected back."""
    return [(word >> 21, word & ((1 << 21) - 1)) for word in expected(world.back_due, world.back_due_count)]


# --- a GP need given up --------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [10.0, 30.0])
def test_a_need_given_up_comes_back_or_becomes_urgent_at_the_stated_shares(days: float) -> None:
    """2 000 needs: a share of 0.50 that came out as 0.45, or one of 0.10 as 0.07, would be found."""
    world = given_up(roomy(unmet_back=0.5, unmet_urgent=0.1, unmet_return_days=days))
    fate = world.fate.sum(axis=0)
    assert within(fate[BECAME_URGENT], PEOPLE, 0.1)
    assert within(fate[CAME_BACK], PEOPLE, 0.5), "however long it takes"
    assert fate[LET_BE] == PEOPLE - fate[CAME_BACK] - fate[BECAME_URGENT]
    assert fate[AWAY] == 0
    assert len(back(world)) == fate[CAME_BACK] == world.unmet[:, BACK_TO_GP].sum()
    assert len(urgent(world)) == fate[BECAME_URGENT] == world.unmet[:, URGENT_GIVEN_UP].sum()


def test_the_chronically_ill_become_urgent_so_many_times_as_often() -> None:
    world = roomy(unmet_urgent=0.1, unmet_chronic=3.0)
    world.person["status"][::2] |= CHRONIC
    slots = [slot for _, slot, _ in urgent(given_up(world))]
    assert within(sum(slot % 2 == 0 for slot in slots), PEOPLE // 2, 0.3)
    assert within(sum(slot % 2 for slot in slots), PEOPLE // 2, 0.1)


def test_with_shares_of_nothing_nothing_comes_of_it() -> None:
    world = given_up(roomy())
    assert world.fate.sum(axis=0).tolist() == [0, PEOPLE, 0, 0]
    assert not world.unmet.any()
    assert not back(world) + urgent(world)


def test_the_switch_turns_everything_off(small_region: Region) -> None:
    """And with it nobody leaves a line who is not gone, or for whom nothing comes of it."""
    simulation = Simulation(small_region.with_parameters({"unmet.consequences": 0.0}), 2)
    simulation.run(date(2023, 7, 1))
    assert not simulation.record.unmet.any()
    assert simulation.record.fate[..., [AWAY, LET_BE]].sum() == simulation.record.ledger[..., WITHDRAWN].sum() > 0
    plain = Simulation(small_region, 2)
    plain.run(date(2023, 7, 1))
    assert plain.record.unmet.any()


def test_what_becomes_of_a_need_hangs_on_the_person_and_the_request_alone() -> None:
    """Wherever and whenever it is given up, and whatever becomes of others."""
    shares = {"unmet_back": 0.5, "unmet_urgent": 0.1}
    first, later = given_up(roomy(**shares)), roomy(**shares)
    all_leave_gps(later, 9 * DAY + 100, DAY // 2)
    for which in (back, urgent):
        a, b = ({word[1]: (word[0], *word[2:]) for word in which(world)} for world in (first, later))
        assert a.keys() == b.keys(), "nine days later, the same people"
        assert all(b[slot] == (a[slot][0] + 9 * DAY, *a[slot][1:]) for slot in a), "after as many days"
    in_line = roomy(**shares)
    all_leave_line(in_line, in_line.lines[LINE_REFERRAL], DAY // 2, DAY // 2)
    assert not urgent(in_line), "for which a clinic's line has no rule"
    whole = given_up(roomy(unmet_back=0.5))
    assert back(in_line) == back(whole), "elsewhere by the same draw"
    more = given_up(roomy(unmet_back=0.6, unmet_urgent=0.1))
    assert urgent(more) == urgent(first)
    assert set(back(first)) < set(back(more)), "a higher share adds needs and moves none"


@pytest.mark.parametrize("mean", [5.0, 30.0])
def test_needs_come_back_from_tomorrow_on_after_an_exponential_time_of_55_days_at_most(mean: float) -> None:
    """Whole days: 1 + floor of such a time; k days come with the chance of an exponential time from k to k + 1."""
    world = given_up(roomy(unmet_back=1.0, unmet_return_days=mean))
    seconds = np.array([tick for tick, _ in back(world)])
    days = seconds // DAY
    assert days.size == PEOPLE
    k = np.arange(MOST_DAYS - SPARE_DAYS)
    chance = np.exp(-k / mean) / np.exp(-k / mean).sum()
    expected = 1 + (chance * k).sum()
    spread = np.sqrt((chance * (1 + k - expected) ** 2).sum())
    assert set(days) <= set(1 + k)
    assert abs(days.mean() - expected) < 4 * spread / np.sqrt(PEOPLE)
    assert abs((days == 1).mean() - chance[0]) < 4 * np.sqrt(chance[0] / PEOPLE)
    assert abs((seconds % DAY).mean() / DAY - 0.5) < 4 / np.sqrt(12 * PEOPLE)


def test_a_full_ring_of_needs_lets_the_next_day_take_them() -> None:
    """64 places a day at the centre: of 150 who come back tomorrow the others ask again the two days after."""
    world = world_of(people=150)
    world.rules["unmet_back"], world.rules["unmet_return_days"], world.rules["unmet_chronic"] = 1.0, 0.0, 1.0
    given_up(world)
    assert world.back_due_count[0, :5].tolist() == [0, 64, 64, 22, 0]
    assert {tick // DAY for tick, _ in back(world)} == {1, 2, 3}, "each at the second of its own day"
    assert world.fate.sum(axis=0)[CAME_BACK] == 150


def test_where_every_day_is_full_nothing_comes_of_the_rest() -> None:
    world = world_of(people=10)
    world.rules["unmet_back"], world.rules["unmet_return_days"], world.rules["unmet_chronic"] = 1.0, 0.0, 1.0
    world.back_due_count[:] = 64
    world.back_due_count[0, 40] = 61
    given_up(world)
    assert world.back_due_count[0, 40] == 64
    assert world.fate.sum(axis=0).tolist() == [0, 7, 3, 0]
    assert world.unmet[:, BACK_TO_GP].sum() == 3


def centre(people: int = 2) -> World:
    """One centre whose GPs come on the second day; everybody asks within three days and comes back the day after."""
    world = world_of(people=people)
    world.centre["chairs"], world.rules["within_3_days_share"] = 1, 1.0
    world.chair["gp"][:, :1], world.chair["planned"] = 0, 5.0
    world.rules["unmet_back"], world.rules["unmet_return_days"], world.rules["unmet_chronic"] = 1.0, 0.0, 1.0
    world.rules["memory_days"], world.rules["divert_wait_days"] = 730, 14
    return world


def test_who_comes_back_asks_the_health_centre_again() -> None:
    world = with_needs(centre(1), [(0, 9 * HOUR, 0, GP, 0)])
    run_kernels(world, 0, 1)
    world.chair["gp"][0, 0], world.chair["first_free"] = gp_numbers(1, 1)[0, 0], 0
    ((again, _),) = back(world)
    run_kernels(world, 1, 4)
    told = [(int(kind), int(requested)) for _, kind, _, _, requested in events_of(world)]
    assert told == [(GAVE_UP, 9 * HOUR), (UNMET, 9 * HOUR), (GP_VISIT, again)]
    assert again // DAY == 1
    assert world.ledger[world.lines[UNIT_GP]].tolist() == [2, 1, 1, 0], "two requests, one visit"
    assert world.back_due_count.sum() == 0


@pytest.mark.parametrize("what", ["gone", "in hospital", "listed elsewhere"])
def test_who_is_away_does_not_come_back(what: str) -> None:
    world = with_needs(centre(1), [(0, 9 * HOUR, 0, GP, 0)])
    run_kernels(world, 0, 1)
    if what == "listed elsewhere":
        world.person["centre"] = 1
    else:
        world.person["status"] = PRESENT | IN_HOSPITAL if what == "in hospital" else 0
    run_kernels(world, 1, 3)
    assert world.ledger[world.lines[UNIT_GP], REQUESTED] == 1


def test_who_gives_up_again_and_again_comes_back_again_and_again() -> None:
    """A need that came back is a request of its own, with a fate of its own."""
    world = with_needs(centre(1), [(0, 9 * HOUR, 0, GP, 0)])
    run_kernels(world, 0, 6)
    assert world.ledger[world.lines[UNIT_GP]].tolist() == [6, 0, 6, 0]
    assert world.fate.sum(axis=0)[CAME_BACK] == 6


# --- how urgent ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shares", [(0.3, 0.7), (0.05, 0.5), (0.0, 0.5), (0.0, 0.0)])
def test_a_worse_case_is_more_urgent_where_there_is_one_and_never_less(shares: tuple[float, float]) -> None:
    """Shares of red and of red and yellow: where nothing is red, or all is green, it is as urgent as it was.

    One that is red once in twenty is not found among 64 marks in 4 of 100 people.
    """
    world = world_of(people=1_000)
    world.acuity[:] = shares
    most = URGENT if shares[0] > 0 else STANDARD if shares[1] > 0 else LOW
    before, after = worse_cases(world, 500).T
    assert len(set(before)) == 1 + (shares[0] > 0) + (shares[1] > shares[0])
    assert (after <= before).all()
    assert (after == before)[before == most].all()
    assert most == LOW or (after < before)[before != most].mean() > 0.9


def test_what_became_urgent_is_worse_than_the_need_was() -> None:
    world = given_up(roomy(300, unmet_urgent=1.0))
    before, _ = worse_cases(world, case_of.py_func(DAY // 2)).T
    came = {slot: acuity_of(world, slot, case) for _, slot, case in urgent(world)}
    after = np.array([came[slot] for slot in range(300)])
    assert (after < before)[before != URGENT].all()
    assert (after == URGENT)[before == URGENT].all()
    assert (before == LOW).sum() > 50


# --- lines ---------------------------------------------------------------------------------------------------

RULES_OF_LINES = ("unmet_back", "unmet_back_desk", "unmet_home_visit", "unmet_urgent")


@pytest.mark.parametrize(
    ("line", "rule", "fate"),
    [
        (LINE_NURSE, "unmet_back_desk", CAME_BACK),
        (LINE_DIGITAL, "unmet_back_desk", CAME_BACK),
        (LINE_RETURN, "unmet_back_desk", CAME_BACK),
        (LINE_REFERRAL, "unmet_back", CAME_BACK),
        (LINE_HOME, "unmet_home_visit", BECAME_URGENT),
        (LINE_PLANNED, "", LET_BE),
    ],
)
def test_each_line_has_a_rule_of_its_own(line: int, rule: str, fate: int) -> None:
    for name in RULES_OF_LINES:
        world = roomy(10, **{name: 1.0})
        all_leave_line(world, world.lines[line], 3 * DAY, DAY)
        found = world.fate[world.lines[line]]
        assert found.tolist() == [10 * (n == (fate if name == rule else LET_BE)) for n in range(4)]
        assert world.ledger[world.lines[line], WITHDRAWN] == 10


def missed_visits(share: float, stays: bool = True, listed: int = 200) -> World:
    """People with a home visit on the first day, and nobody to make it."""
    world = roomy(listed, unmet_home_visit=share)
    world.person["status"] |= HOME_NURSING
    line = world.lines[LINE_HOME]
    world.pool["every_day"][line], world.pool["service"][line], world.pool["patience"][line] = 1, -1, 3600
    starts = np.zeros((7, 2), np.int64)
    starts[0, 1:], starts[1:] = listed, listed
    world = world._replace(home_list=np.arange(listed), home_start=starts)
    run_kernels(world, 0, 1)
    if not stays:
        world.person["status"] &= 255 - PRESENT
    run_kernels(world, 1, 2)
    return world


def test_a_missed_home_visit_becomes_an_emergency_at_its_share() -> None:
    """200 visits at 0.25: a share of 0.1 or 0.4 would be found."""
    world = missed_visits(0.25)
    found = int(world.unmet[:, URGENT_MISSED_VISIT].sum())
    assert world.ledger[world.lines[LINE_HOME]].tolist() == [200, 0, 200, 0]
    assert within(found, 200, 0.25)
    assert world.unmet.sum() == found == world.fate[world.lines[LINE_HOME], BECAME_URGENT]
    assert world.fate[world.lines[LINE_HOME], LET_BE] == 200 - found


def test_nothing_comes_of_visits_to_those_who_are_gone() -> None:
    world = missed_visits(1.0, stays=False)
    assert world.fate[world.lines[LINE_HOME]].tolist() == [200, 0, 0, 0]
    assert not world.unmet.any()


@pytest.mark.parametrize("seed", range(12))
def test_everybody_who_withdraws_has_one_fate_in_random_systems(seed: int) -> None:
    world = random_world(seed, 20, shared=bool(seed % 2))
    run_kernels(world, 0, 20)
    fate, brought = world.fate.sum(axis=0), world.unmet.sum(axis=0)
    assert np.array_equal(world.fate.sum(axis=1), world.ledger[:, WITHDRAWN])
    assert fate[CAME_BACK] == brought[BACK_TO_GP]
    assert fate[BECAME_URGENT] == brought[URGENT_GIVEN_UP] + brought[URGENT_MISSED_VISIT]
    told = world.log[: world.logged[0]]
    assert np.array_equal(np.bincount(told[told[:, 1] == UNMET, 5], minlength=brought.size), brought)


# --- month by month ------------------------------------------------------------------------------------------

MONTHS, IN_LINE = 60, 200
"""12 000 months of waiting."""


def standing(world: World, line: int, slots: range, classes: int = 1) -> None:
    """Let people stand in a line since the day before, class by class."""
    slots = np.array(slots)
    for c in range(classes):
        ring, mine = world.ring[world.lines[line], c], slots[slots % classes == c]
        world.waiting[ring["offset"] : ring["offset"] + mine.size] = pack_all(np.full(mine.size, -DAY), mine)
        ring["head"], ring["tail"] = 0, mine.size


def let_months_pass(world: World, months: int = MONTHS) -> np.ndarray:
    """(month, second, person, case) of the emergencies that months of thirty days bring, int64[n, 4]."""
    rows = []
    for month in range(months):
        unmet.pass_month_unmet(world, 30 * month)
        rows += [(month, *row) for row in urgent(world)]
        world.ed_due_count[:] = 0
    return np.array(rows, np.int64).reshape(-1, 4)


def month_of(line: int = LINE_REFERRAL, classes: int = 3) -> World:
    """Half of the people stand in a line; an emergency a year, and twice as many while waiting."""
    world = roomy(2 * IN_LINE, unmet_waiting=1.2)
    standing(world, line, range(IN_LINE), classes)
    return world


@pytest.mark.parametrize(("line", "classes"), [(LINE_REFERRAL, 3), (LINE_PLANNED, 3)])
def test_a_month_in_line_brings_the_rate_times_what_waiting_adds_over_twelve(line: int, classes: int) -> None:
    """0.1 a month in 12 000 months: one of 0.09 or 0.11 would be found in 998 of 1 000."""
    world = month_of(line, classes)
    rows = let_months_pass(world)
    assert within(len(rows), MONTHS * IN_LINE, 0.1)
    assert len(rows) == world.unmet[:, URGENT_WAITING].sum() == world.unmet.sum()
    assert set(rows[:, 2]) <= set(range(IN_LINE)), "only those who wait"
    days = rows[:, 1] // DAY - 30 * rows[:, 0]
    assert set(days) == set(range(30)), "on any day of the month"
    set_rates(world, EMERGENCY, 2.0)
    assert within(len(let_months_pass(world)), MONTHS * IN_LINE, 0.2)


@pytest.mark.parametrize(("line", "brings"), [(LINE_REFERRAL, True), (LINE_PLANNED, False)])
def test_a_month_in_line_for_a_clinic_brings_needs_of_a_gp_too(line: int, brings: bool) -> None:
    """0.1 a month in 12 000 months, each asked for at the health centre on some day of the month."""
    world = roomy(2 * IN_LINE, unmet_waiting_gp=1.2)
    set_rates(world, GP, 1.0)
    standing(world, line, range(IN_LINE), 3)
    asked = 0
    for month in range(MONTHS):
        unmet.pass_month_unmet(world, 30 * month)
        for ring in range(RING_DAYS):
            words = world.back_due[0, ring, : world.back_due_count[0, ring]]
            asked += len(words)
            assert ((words >> SLOT_BITS) // DAY // 30 == month).all()
            assert ((words & SLOT_MASK) < IN_LINE).all()
        world.back_due_count[:] = 0
    assert asked == world.unmet[:, GP_WAITING].sum() == world.unmet.sum()
    assert within(asked, MONTHS * IN_LINE, 0.1) if brings else asked == 0


def test_in_the_year_before_those_needs_are_counted_and_do_not_come() -> None:
    world = roomy(2 * IN_LINE, unmet_waiting_gp=12.0)
    set_rates(world, GP, 1.0)
    world.rules["unmet_sent"] = 0.0
    standing(world, LINE_REFERRAL, range(IN_LINE), 3)
    unmet.pass_month_unmet(world, 0)
    assert world.unmet[:, GP_WAITING].sum() == IN_LINE
    assert not world.back_due_count.any()


@pytest.mark.parametrize("line", [LINE_NURSE, LINE_DIGITAL, LINE_RETURN, LINE_HOME])
def test_other_lines_bring_none(line: int) -> None:
    assert not let_months_pass(month_of(line, 1), 12).size


def test_who_is_in_hospital_or_gone_is_spared_by_the_month() -> None:
    world = month_of()
    world.person["status"][: IN_LINE // 2] = 0
    world.person["status"][IN_LINE // 2 : IN_LINE] |= IN_HOSPITAL
    assert not let_months_pass(world, 12).size


def test_the_months_of_a_longer_wait_are_told_apart() -> None:
    """Nobody is struck each month because of the first: 0.1 of those struck in one month are so in the next."""
    rows = let_months_pass(month_of())
    struck = np.zeros((MONTHS, IN_LINE), bool)
    struck[rows[:, 0], rows[:, 2]] = True
    again = (struck[1:] & struck[:-1]).sum()
    assert within(again, int(struck[:-1].sum()), 0.1)


def at_home(people: int = IN_LINE, gap: float = 0.5, m: int = 1, **rules: float) -> World:
    """People with home nursing where a share of the hours of help is missing."""
    world = world_of(people=people, m=m, queue=MANY)
    world.rules["unmet_chronic"] = 1.0
    for name, value in rules.items():
        world.rules[name] = value
    world.person["status"] |= HOME_NURSING
    world.municipality["help_gap"] = gap
    return world


def test_missing_help_brings_the_rate_times_the_gap_to_those_who_have_help() -> None:
    """2.4 x 0.5 / 12 = 0.1 a month to the half of 400 with home nursing who have home help as well."""
    world = at_home(400, unmet_help=2.4, home_help_alone=0.5)
    world.person["status"][::4] = PRESENT
    rows = let_months_pass(world)
    helped = len(set(rows[:, 2]))
    assert within(helped, 300, 0.5), "in sixty months each of them once at least"
    assert within(len(rows), helped * MONTHS, 0.1)
    assert len(rows) == world.unmet[:, URGENT_HELP].sum() == world.unmet.sum()
    assert not (rows[:, 2] % 4 == 0).any(), "no home nursing, no home help"


def test_help_that_is_missing_elsewhere_brings_none_here() -> None:
    world = at_home(m=2, gap=0.0, unmet_help=2.4, unmet_help_falls=2.4, home_help_alone=1.0)
    world.background["municipality"] = np.arange(IN_LINE) % 2
    assert not let_months_pass(world, 6).size
    world.municipality["help_gap"][1] = 0.5
    rows = let_months_pass(world, 6)
    assert rows.size
    assert (rows[:, 2] % 2 == 1).all()


def test_falls_come_in_proportion_to_those_there_are_and_are_falls() -> None:
    """A fifth of emergencies are falls: 6 x 0.5 x 0.2 / 12 = 0.05 a month."""
    world = at_home(unmet_help_falls=6.0, home_help_alone=1.0)
    rows = let_months_pass(world)
    assert within(len(rows), MONTHS * IN_LINE, 0.05)
    assert {int(cause_of(world, slot, case)) for _, _, slot, case in rows} == {FALL}


def test_waiting_for_special_housing_brings_emergencies_to_those_who_were_granted_it() -> None:
    """And who was granted it has help, whatever the draw."""
    world = at_home(gap=0.0, unmet_housing=1.2)
    world.background["granted"][: IN_LINE // 2] = 1
    rows = let_months_pass(world)
    assert within(len(rows), MONTHS * IN_LINE // 2, 0.1)
    assert rows[:, 2].max() < IN_LINE // 2
    assert len(rows) == world.unmet[:, URGENT_HOUSING].sum()
    world = at_home(gap=0.5, unmet_help=2.4)
    world.background["granted"][: IN_LINE // 2] = 1
    rows = let_months_pass(world)
    assert within(len(rows), MONTHS * IN_LINE // 2, 0.1)
    assert rows[:, 2].max() < IN_LINE // 2


# --- the year before the first ---------------------------------------------------------------------------------


def test_in_the_year_before_emergencies_are_counted_and_do_not_come() -> None:
    """Their rates have them. Needs come back to the centre all the same."""
    shares = {"unmet_back": 0.4, "unmet_urgent": 0.3}
    sent, counted = (given_up(roomy(unmet_sent=sent, **shares)) for sent in (1.0, 0.0))
    assert np.array_equal(sent.unmet, counted.unmet)
    assert np.array_equal(sent.fate, counted.fate)
    assert back(sent) == back(counted)
    assert len(urgent(sent)) > 500
    assert not urgent(counted)
    assert sent.ledger[:, REQUESTED].sum() - len(urgent(sent)) == counted.ledger[:, REQUESTED].sum()
    for before in (True, False):
        world = month_of()
        world.rules["unmet_sent"] = 1.0 - before
        assert (let_months_pass(world, 12).size == 0) == before
        assert world.unmet[:, URGENT_WAITING].sum() > 100


# --- boarding --------------------------------------------------------------------------------------------------


def boarding(group: int, longer: int = 3 * HOUR, death: float = 0.0, limit: int = 8 * HOUR) -> World:
    """Two emergencies in the morning and one bed, of a day each: the second boards for 24 hours."""
    world = of_ages(house(people=2, places=2, beds=1), [group] * 2)
    world.rules["boarding_seconds"], world.rules["boarding_longer"] = limit, longer
    world.rules["boarding_death"] = death
    return live(world, 4, (0, 9 * HOUR, 0, EMERGENCY), (0, 9 * HOUR + 1, 1, EMERGENCY))


@pytest.mark.parametrize(("limit", "stay"), [(8 * HOUR, 27), (24 * HOUR - 2, 27), (24 * HOUR, 24)])
def test_boarding_beyond_the_limit_lengthens_the_stay(limit: int, stay: int) -> None:
    world = boarding(2, limit=limit)
    came, left = times(world, ADMITTED), times(world, DISCHARGED)
    assert came == {0: 10 * HOUR, 1: 34 * HOUR}
    assert {slot: (left[slot] - came[slot]) // HOUR for slot in (0, 1)} == {0: 24, 1: stay}
    assert world.unmet.sum() == world.unmet[:, LONGER_STAY].sum() == (stay > 24)


@pytest.mark.parametrize(("group", "dies"), [(2, False), (3, True), (8, True)])
def test_of_those_aged_65_and_over_some_die_of_it_within_a_month(group: int, dies: bool) -> None:
    world = boarding(group, death=1.0)
    assert world.dying_due_count.sum() == world.unmet[:, DEATH_AFTER_BOARDING].sum() == dies
    run_kernels(world, 4, 36)
    died = times(world, DIED)
    assert set(died) == ({1} if dies else set())
    if dies:
        assert 34 * HOUR < died[1] <= 34 * HOUR + 30 * DAY
        assert world.deaths.sum() == 1
        assert world.dying_due_count.sum() == 0


def test_as_many_die_of_it_as_the_share_says_on_any_day_of_the_month() -> None:
    """2 000 aged 65 and over, 0.3 of whom die; 0.25 would be found. Another month, others."""
    world = roomy(PEOPLE, boarding_death=0.3, boarding_longer=HOUR, boarding_seconds=8 * HOUR)
    world.person["risk"] = 5 * 6
    assert (harm_all(world, DAY // 2, 9 * HOUR, 77) == HOUR).all()
    count = world.dying_due_count
    assert within(count.sum(), PEOPLE, 0.3)
    assert count[0] == 0
    assert count[31:].sum() == 0
    assert (count[1:30] > 0).all()
    died = {int(slot) for day in range(RING_DAYS) for slot in world.dying_due[day, : count[day]]}
    assert len(died) == count.sum()


def test_those_who_wait_less_or_die_anyway_are_not_harmed() -> None:
    world = roomy(2, boarding_death=1.0, boarding_longer=HOUR, boarding_seconds=8 * HOUR)
    world.person["risk"], world.background["dying"] = 5 * 6, [0, 1]
    assert harm_all(world, DAY, 8 * HOUR, 1).tolist() == [0, 0]
    assert not world.unmet.any()
    assert harm_all(world, DAY, 99 * HOUR, 1).tolist() == [HOUR, 0]
    assert world.unmet.sum(axis=0)[[LONGER_STAY, DEATH_AFTER_BOARDING]].tolist() == [1, 1]


def test_who_is_already_gone_does_not_die_again() -> None:
    world = boarding(5, death=1.0)
    world.person["status"][1] = 0
    run_kernels(world, 4, 36)
    assert not times(world, DIED)
    assert world.deaths.sum() == 0


def test_emergencies_of_unmet_need_are_treated_like_others() -> None:
    """One who gave up arrives at the emergency department at the second that was expected."""
    world = roomy(1, unmet_urgent=1.0)
    world.hospital["places"] = 1
    given_up(world)
    ((tick, _, _),) = urgent(world)
    run_kernels(world, 0, 64)
    assert times(world, ED_ARRIVAL) == {0: tick}
