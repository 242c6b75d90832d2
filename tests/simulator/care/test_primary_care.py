"""The health centre, rule by rule, on a system small enough to reckon by hand."""

from __future__ import annotations

import numpy as np
import pytest
from small_system import DAY, events_of, gp_numbers, random_world, run_kernels, with_needs, world_of

from simulator.care.appointments import HORIZON
from simulator.core.log import DESK_CONTACT, ED_ARRIVAL, GAVE_UP, GP_VISIT, SENT_TO_ED
from simulator.core.record import DIVERTED, HOME_CELL, REQUESTED, SERVED, VISIT_CELL, WITHDRAWN
from simulator.core.state import HOME_NURSING, IN_HOSPITAL, PRESENT, SPECIAL_HOUSING
from simulator.core.units import LINE_DIGITAL, LINE_NURSE, LINE_REFERRAL, LINE_RETURN, UNIT_ED, UNIT_GP
from simulator.core.words import SLOT_MASK
from simulator.core.world import World
from simulator.people.demand import HEIGHT_ONE
from simulator.region.axes import ELECTIVE, EMERGENCY, GP, NURSE, SPECIALIST

HOUR = 3600
SAME_DAY, SOON, LATER = (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)


def centre(people: int = 4, chairs: int = 2, planned: float = 1.0, acute: float = 1.0, priority=LATER) -> World:
    """One centre with GPs in all chairs, everybody there early, all needs of one priority."""
    world = world_of(people=people)
    world.centre["chairs"], world.centre["own_first"] = chairs, 1.0
    world.chair["gp"][:, :chairs] = gp_numbers(*world.chair.shape)[:, :chairs]
    world.chair["planned"], world.chair["acute"] = planned, acute
    world.rules["same_day_share"], world.rules["within_3_days_share"] = priority
    world.rules["planned_target_days"], world.rules["divert_wait_days"] = 5, 14
    world.rules["memory_days"], world.rules["full_share"] = 730, 0.75
    return world


def visits(world: World) -> list[tuple[int, int, int, int]]:
    """(day, second of the day, person, chair) of each GP visit."""
    return [(int(t // DAY), int(t % DAY), int(p), int(u % 64)) for t, k, p, u, _ in events_of(world) if k == GP_VISIT]


def live(world: World, days: int, *needs: tuple[int, int, int, int]) -> World:
    """Let some days pass with needs (day, second, person, stream)."""
    world = with_needs(world, [(*need, 0) for need in needs])
    run_kernels(world, 0, days)
    return world


def test_a_same_day_need_meets_the_own_gp_at_once_or_at_opening() -> None:
    world = centre(priority=SAME_DAY)
    world.person["chair"] = 1
    world = live(world, 1, (0, 10 * HOUR, 0, GP))
    assert visits(world) == [(0, 10 * HOUR, 0, 1)]
    world = centre(priority=SAME_DAY)
    assert visits(live(world, 1, (0, 3 * HOUR, 0, GP)))[0][:2] == (0, 8 * HOUR)


def test_when_the_own_gps_visits_are_gone_another_gp_takes_over() -> None:
    world = centre(priority=SAME_DAY)
    world.person["chair"] = 1
    world = live(world, 1, (0, 10 * HOUR, 0, GP), (0, 11 * HOUR, 1, GP))
    assert [row[3] for row in visits(world)] == [1, 0]


def test_a_planned_need_is_booked_with_the_own_gp_within_the_target() -> None:
    world = centre(people=4)
    world.person["chair"] = 1
    world = live(world, 9, *[(0, 9 * HOUR, slot, GP) for slot in range(4)])
    assert [(row[0], row[3]) for row in visits(world)] == [(1, 1), (2, 1), (3, 1), (4, 1)]


def test_beyond_the_target_whoever_is_free_first_takes_over_unless_people_are_patient() -> None:
    for patience, chairs in ((0, [1] * 5 + [0]), (9, [1] * 6)):
        world = centre(people=6)
        world.person["chair"], world.centre["patience"] = 1, patience
        world = live(world, 9, *[(0, 9 * HOUR, slot, GP) for slot in range(6)])
        by_person = {person: chair for _, _, person, chair in visits(world)}
        assert [by_person[slot] for slot in range(6)] == chairs


def test_without_a_wish_for_the_own_gp_whoever_is_first_is_taken() -> None:
    world = centre(people=2)
    world.person["chair"], world.centre["own_first"] = 1, 0.0
    assert [row[3] for row in visits(live(world, 3, (0, 9 * HOUR, 0, GP)))] == [0]


def test_closed_days_are_skipped() -> None:
    world = centre()
    world.opening[1:5] = 0
    assert [row[0] for row in visits(live(world, 9, (0, 9 * HOUR, 0, GP)))] == [5]


def test_a_fraction_of_a_visit_a_day_adds_up() -> None:
    world = centre(people=12, chairs=1, planned=0.25)
    world = live(world, 40, *[(0, HOUR, slot, GP) for slot in range(12)])
    days = [row[0] for row in visits(world)]
    assert np.diff(days).tolist() == [4] * (len(days) - 1)
    assert len(days) == 10


def test_beyond_the_horizon_people_give_up() -> None:
    world = centre(people=HORIZON + 5, chairs=1)
    world = live(world, 1, *[(0, HOUR, slot, GP) for slot in range(HORIZON + 5)])
    unit = world.lines[UNIT_GP]
    assert world.ledger[unit, WITHDRAWN] == 5
    assert world.booked.sum() == HORIZON


@pytest.mark.parametrize(("closed", "rule"), [(True, "divert_closed_share"), (False, "divert_same_day_share")])
def test_who_is_not_seen_the_same_day_goes_to_the_emergency_department(closed: bool, rule: str) -> None:
    world = centre(acute=0.0, priority=SAME_DAY)
    world.opening[0] = not closed
    world.rules[rule] = 1.0
    world = live(world, 1, (0, 10 * HOUR, 0, GP))
    told = [(int(t), int(k)) for t, k, *_ in events_of(world)]
    assert told[:2] == [(10 * HOUR, SENT_TO_ED), (12 * HOUR, ED_ARRIVAL)]
    assert world.ledger[world.lines[UNIT_GP]].tolist() == [1, 0, 0, 1]


def test_long_waits_divert_those_who_were_to_be_seen_within_3_days() -> None:
    for priority, diverted in ((SOON, 1), (LATER, 0)):
        world = centre(people=2, chairs=1, priority=priority)
        world.rules["divert_wait_share"], world.rules["divert_wait_days"] = 1.0, 1
        world = live(world, 1, (0, HOUR, 0, GP), (0, 2 * HOUR, 1, GP))
        assert world.ledger[world.lines[UNIT_GP], DIVERTED] == diverted


def test_who_is_in_hospital_or_gone_does_not_come() -> None:
    for bit, away in ((PRESENT, 0), (IN_HOSPITAL, IN_HOSPITAL)):
        world = with_needs(centre(), [(0, HOUR, 0, GP, 0)])
        run_kernels(world, 0, 1)
        world.person["status"][0] = (world.person["status"][0] & ~np.uint8(bit)) | away
        run_kernels(world, 1, 2)
        assert not visits(world)
        assert world.ledger[world.lines[UNIT_GP]].tolist() == [1, 0, 1, 0]


def test_when_the_gp_has_left_the_visit_is_booked_anew_and_counted_once() -> None:
    world = with_needs(centre(), [(0, HOUR, 0, GP, 0)])
    run_kernels(world, 0, 1)
    world.chair["gp"][0, 0] = 0
    run_kernels(world, 1, 4)
    assert [(row[0], row[3]) for row in visits(world)] == [(2, 1)]
    assert world.ledger[world.lines[UNIT_GP], [REQUESTED, SERVED]].tolist() == [1, 1]
    asked = [int(row[4]) for row in events_of(world) if row[1] == GP_VISIT]
    assert asked == [HOUR], "the wait counts from the first request"


def test_who_lies_in_hospital_since_yesterday_is_not_seen_at_a_desk() -> None:
    world = with_needs(centre(), [(0, 16 * HOUR, slot, NURSE, 0) for slot in range(2)])
    world.pool["service"] = 2 * HOUR
    run_kernels(world, 0, 1)
    world.person["status"][1] |= IN_HOSPITAL
    run_kernels(world, 1, 2)
    rows = [(int(k), int(p)) for _, k, p, *_ in events_of(world)]
    assert rows == [(DESK_CONTACT, 0), (GAVE_UP, 1)]


def test_a_day_begins_with_another_centre_each_day() -> None:
    """Two centres ask the same clinic; on even days the first stands first in line, on odd days the second."""
    for day, first in ((2, 0), (3, 1)):
        world = world_of(h=2, people=2)
        world.person["centre"] = (0, 1)
        world = live(world, day + 1, (day, 9 * HOUR, 0, SPECIALIST), (day, 9 * HOUR, 1, SPECIALIST))
        told = [int(p) for _, k, p, *_ in events_of(world) if k == DESK_CONTACT]
        assert told == [first, 1 - first]


def test_a_need_above_the_accepted_height_does_not_arise() -> None:
    world = centre(people=2, priority=SAME_DAY)
    world.accept[GP, 0, 0] = HEIGHT_ONE // 2
    world = with_needs(world, [(0, 9 * HOUR, 0, GP, HEIGHT_ONE // 2 - 1), (0, 9 * HOUR, 1, GP, HEIGHT_ONE // 2)])
    run_kernels(world, 0, 1)
    assert [row[2] for row in visits(world)] == [0]


@pytest.mark.parametrize(
    ("stream", "line"), [(NURSE, LINE_NURSE), (SPECIALIST, LINE_RETURN), (ELECTIVE, None), (EMERGENCY, UNIT_ED)]
)
def test_every_stream_has_its_unit(stream: int, line: int | None) -> None:
    """Planned admissions wait in the hospital's own line."""
    world = live(centre(), 1, (0, 9 * HOUR, 0, stream))
    unit = world.hospital[0]["line"] if line is None else world.lines[line]
    assert np.flatnonzero(world.ledger[:, REQUESTED]).tolist() == [unit]
    assert len(set(world.lines.tolist())) == len(world.lines)


def test_digital_contacts_and_the_visits_they_lead_to() -> None:
    world = centre()
    world.centre["digital"], world.rules["digital_to_visit_share"] = 1.0, 1.0
    world.rules["digital_old_age_factor"] = 1.0
    world = live(world, 2, (0, 9 * HOUR, 0, GP))
    assert [int(k) for _, k, *_ in events_of(world)] == [DESK_CONTACT, GP_VISIT]
    assert world.ledger[world.lines[LINE_DIGITAL], SERVED] == 1


def test_desks_serve_in_order_one_after_the_other_within_their_hours() -> None:
    world = centre(people=8)
    world.pool["service"] = 2 * HOUR
    world = live(world, 2, *[(0, 7 * HOUR, slot, NURSE) for slot in range(8)])
    starts = [int(t) // HOUR for t, k, *_ in events_of(world) if k == DESK_CONTACT]
    assert starts == [8, 10, 12, 14, 16, 33, 35, 37], "the hour beyond closing is missing in the morning"


def test_whoever_waits_longer_than_patience_gives_up_at_closing() -> None:
    world = centre(people=1)
    world.pool["service"], world.pool["patience"] = -1, 20 * HOUR
    world = live(world, 3, (0, 9 * HOUR, 0, NURSE))
    assert [(int(t), int(k)) for t, k, *_ in events_of(world)] == [(DAY + 17 * HOUR, GAVE_UP)]


def test_visits_never_exceed_what_a_day_offers() -> None:
    for seed in range(20):
        world = random_world(seed, 14)
        run_kernels(world, 0, 14)
        rows = events_of(world)
        rows = rows[rows[:, 1] == GP_VISIT]
        _, count = np.unique(np.column_stack([rows[:, 0] // DAY, rows[:, 3]]), axis=0, return_counts=True)
        assert count.size == 0 or count.max() <= np.ceil(world.chair["planned"] + world.chair["acute"]).max()


def test_a_gp_who_knows_the_person_refers_less() -> None:
    """600 visits of new problems, half referred by a GP who knows nobody, a quarter by one who does; four errors."""
    world = centre(people=600, priority=SAME_DAY)
    world.rules["referral_new"], world.rules["memory_days"] = 0.5, 730
    world.referral[:] = np.linspace(1.0, 0.5, world.referral.size)
    world.relation["gp"], world.relation["share"] = world.chair["gp"][0, 0], 1.0
    known = world.person.size // 2
    world.relation["since"][:known], world.relation["since"][known:] = -7_000, -1
    world.relation["last"], world.person["chair"] = -1, 0
    world.person["dose"][:known] = world.referral.size - 1
    world.chair["acute"][0, 0] = 600.0
    world = live(world, 1, *[(0, 9 * HOUR + n, n, GP) for n in range(600)])
    referred = standing_at_clinics(world)
    by_known = sum(slot < known for slot in referred) / known
    assert abs(by_known - 0.25) < 4 * np.sqrt(0.1875 / known)
    assert abs((len(referred) / known - by_known) - 0.5) < 4 * np.sqrt(0.25 / known)


def standing_at_clinics(world: World) -> list[int]:
    """Who stands in the lines to clinics."""
    first = int(world.lines[LINE_REFERRAL])
    rings = world.ring[first : int(world.lines[LINE_RETURN])].ravel()
    words = [
        world.waiting[ring["offset"] + (i & ring["mask"])] for ring in rings for i in range(ring["head"], ring["tail"])
    ]
    return [int(word) & SLOT_MASK for word in words]


def referred(share: float, spares: float, people: int = 4_000) -> tuple[int, list[int]]:
    """Referrals of people who all see a GP and are all to be referred, and what was counted of questions before."""
    world = centre(people=people, acute=float(people), priority=SAME_DAY)
    world.rules["referral_new"], world.rules["consultation_spares"] = 1.0, spares
    world.centre["consultation"] = share
    world = live(world, 1, *[(0, 10 * HOUR, slot, GP) for slot in range(people)])
    clinics = world.lines[LINE_REFERRAL]
    return int(world.ledger[clinics : clinics + 3, REQUESTED].sum()), world.consulted[0].tolist()


def test_a_question_to_the_clinic_spares_its_share_of_referrals() -> None:
    """4 000 visits; four standard errors are 126 questions of 2 000 and 114 referrals of 1 000."""
    assert referred(0.0, 1.0) == (4_000, [0, 0])
    assert referred(1.0, 1.0) == (0, [4_000, 4_000])
    assert referred(1.0, 0.0) == (4_000, [4_000, 0]), "a question that changes nothing still takes time"
    left, (asked, spared) = referred(0.5, 0.5)
    assert left == 4_000 - spared
    assert abs(asked - 2_000) < 126
    assert abs(spared - 1_000) < 114
    assert referred(0.6, 0.5)[1][1] >= spared, "whom a lower share spares a higher spares too"


def seen_at_home(share: float, people: int = 4_000) -> World:
    """Everybody sees a GP; a quarter has home nursing, a quarter lives in special housing."""
    world = centre(people=people, acute=float(people), priority=SAME_DAY)
    world.person["status"][: people // 4] |= HOME_NURSING
    world.person["status"][people // 4 : people // 2] |= SPECIAL_HOUSING
    world.centre["home_visits"] = share
    return live(world, 1, *[(0, 10 * HOUR, slot, GP) for slot in range(people)])


def test_home_visits_of_a_gp_move_need_and_contact_in_the_matrix_and_nothing_else() -> None:
    """2 000 of 4 000 may be seen at home; four standard errors of a share of 0.3 are 82 visits."""
    on_site = seen_at_home(0.0)
    for share, expected, off in ((0.0, 0, 0), (0.3, 600, 82), (1.0, 2_000, 0)):
        world = seen_at_home(share)
        made = int(world.gp_at_home.sum())
        assert abs(made - expected) <= off
        for table in (world.demand, world.contacts):
            assert table[:, HOME_CELL].sum() == made
            assert table[:, VISIT_CELL].sum() == 4_000 - made
        assert np.array_equal(events_of(world), events_of(on_site))
        assert world.wait.sum() == 4_000
