"""The compiled kernels against the plain SimPy reference: the same events, one by one."""

from __future__ import annotations

import numpy as np
import pytest
from small_system import copy_of, events_of, random_world, run_kernels

from simulator.care.offer import ADVICE, COORDINATION, EXERCISE, MONITORING, MOVED, REVIEW, TALK
from simulator.core.log import CARER_ADMITTED, LAST_ILLNESS, PALLIATIVE_ASKED, PARTNER_DIED, UNMET
from simulator.core.record import HAD_NO_PLACE
from simulator.core.state import NO_CHAIR
from simulator.core.world import World
from simulator.reference.reference import Reference

SYSTEMS = 200
CHUNK = 25
KINDS = (*range(1, 19), UNMET, LAST_ILLNESS, PARTNER_DIED, CARER_ADMITTED, PALLIATIVE_ASKED)


def days_of(seed: int) -> int:
    return int(np.random.default_rng(seed).integers(3, 22))


def told(reference: Reference) -> np.ndarray:
    return np.array(sorted(reference.log), np.int64).reshape(-1, 5)


def differences(world: World, reference: Reference) -> str:
    """Events that only one of the two has, the earliest first; empty when all are equal."""
    ours, theirs = events_of(world), told(reference)
    counted = all(np.array_equal(getattr(world, name), getattr(reference, name)) for name in ("ledger", "fate"))
    counted = counted and np.array_equal(world.unmet.sum(axis=0), reference.unmet)
    counted = counted and np.allclose(world.effort, reference.effort)
    counted = counted and world.last_wishes[:, HAD_NO_PLACE].sum() == reference.without_place
    counted = counted and np.array_equal(world.mental[:, :4], reference.mental[:, :4])
    if np.array_equal(ours, theirs) and counted:
        return ""
    a, b = set(map(tuple, ours.tolist())), set(map(tuple, theirs.tolist()))
    return f"only kernels {sorted(a - b)[:4]}, only reference {sorted(b - a)[:4]}"


def compare(seed: int, shared: bool) -> tuple[str, int]:
    days = days_of(seed)
    world = random_world(seed, days, shared)
    reference = Reference(copy_of(world), 0)
    reference.run(days)
    run_kernels(world, 0, days)
    return differences(world, reference), int(world.logged[0])


@pytest.mark.parametrize("first", range(0, SYSTEMS, CHUNK))
def test_small_systems_agree_event_for_event(first: int, record_property) -> None:
    seen = 0
    for seed in range(first, first + CHUNK):
        unequal, events = compare(seed, shared=False)
        assert not unequal, f"system {seed}: {unequal}"
        seen += events
    record_property("events", seen)
    assert seen > 2_000


@pytest.mark.parametrize("first", range(1000, 1000 + SYSTEMS // 2, CHUNK))
def test_hospitals_that_share_patients_agree_event_for_event(first: int) -> None:
    found = {seed: compare(seed, shared=True)[0] for seed in range(first, first + CHUNK)}
    assert not any(found.values()), {seed: text for seed, text in found.items() if text}


def test_the_reference_takes_over_in_the_middle_of_everything() -> None:
    for seed in range(2000, 2040):
        world = random_world(seed, 20)
        run_kernels(world, 0, 9)
        world.logged[0], world.ledger[:], world.effort[:] = 0, 0, 0.0
        world.fate[:], world.unmet[:], world.last_wishes[:], world.mental[:] = 0, 0, 0, 0
        reference = Reference(copy_of(world), 9)
        run_kernels(world, 9, 20)
        reference.run(11)
        assert not differences(world, reference), f"system {seed}: {differences(world, reference)}"


def test_the_systems_hold_every_kind_of_event_and_overfull_lines() -> None:
    counts = np.zeros(max(KINDS) + 1, int)
    turned_away = 0
    for seed in range(SYSTEMS):
        world = random_world(seed, days_of(seed))
        run_kernels(world, 0, days_of(seed))
        events = events_of(world)
        counts += np.bincount(events[:, 1], minlength=len(counts))
        turned_away += int(((events[:, 1] == 8) & (events[:, 0] == events[:, 4])).sum())
    assert (counts[list(KINDS)] > 80).all(), counts
    assert turned_away > 20


def _more_patience(world: World) -> None:
    world.centre["patience"] += 5


def _slower_desks(world: World) -> None:
    world.pool["service"] += world.pool["service"] > 0


def _one_bed_more_in_reserve(world: World) -> None:
    world.hospital["reserve"] += 1


def _nobody_named(world: World) -> None:
    world.person["chair"] = NO_CHAIR


def _diversion_a_day_later(world: World) -> None:
    world.rules["divert_wait_days"] += 1


def _one_open_day_closed(world: World) -> None:
    world.opening[np.flatnonzero(world.opening)[2]] = 0


def _no_receptions(world: World) -> None:
    world.municipality["receptions"] = 0.0


def _one_short_term_place_less(world: World) -> None:
    world.municipality["short_places"] = np.maximum(world.municipality["short_places"] - 1, 0)


def _one_housing_place_more(world: World) -> None:
    world.municipality["housing_places"] += 1


def _no_home_beds(world: World) -> None:
    world.hospital["home_beds"] = 0


def _no_mobile_visits(world: World) -> None:
    world.municipality["mobile"] = 0.0


def _no_fall_prevention(world: World) -> None:
    world.offer[EXERCISE] = 0.0


def _nobody_asks_first(world: World) -> None:
    world.centre["consultation"] = 0.0


def _fewer_moved(world: World) -> None:
    world.offer[MOVED] *= 0.7


def _no_reviews(world: World) -> None:
    world.offer[REVIEW] = 0.0


def _advice_in_another_segment(world: World) -> None:
    world.offer[ADVICE] = np.roll(world.offer[ADVICE], 1, axis=-1)


def _no_team(world: World) -> None:
    world.centre["team"] = 0.0


def _nobody_monitored(world: World) -> None:
    world.offer[MONITORING] = 0.0


def _no_coordination(world: World) -> None:
    world.offer[COORDINATION] = 0.0


def _no_talks(world: World) -> None:
    world.offer[TALK] = 0.0


def _one_palliative_place_more(world: World) -> None:
    world.hospital["palliative_places"] += 1


def _palliative_care_spares_no_admission(world: World) -> None:
    world.rules["palliative_admission"] = 1.0


def _palliative_care_spares_no_last_illness(world: World) -> None:
    world.rules["palliative_hospital"] = 1.0


def _no_first_line(world: World) -> None:
    world.centre["first_line"] = 0.0


def _a_slower_first_line(world: World) -> None:
    world.mental_line["per_day"] *= 0.5


def _more_urgent(world: World) -> None:
    world.acuity[:] = np.minimum(world.acuity + 0.05, 1.0)


@pytest.mark.parametrize(
    "break_a_rule",
    [
        _no_receptions,
        _one_short_term_place_less,
        _one_housing_place_more,
        _no_home_beds,
        _no_mobile_visits,
        _no_fall_prevention,
        _nobody_asks_first,
        _fewer_moved,
        _no_reviews,
        _advice_in_another_segment,
        _no_team,
        _nobody_monitored,
        _no_coordination,
        _no_talks,
        _one_palliative_place_more,
        _palliative_care_spares_no_admission,
        _palliative_care_spares_no_last_illness,
        _no_first_line,
        _a_slower_first_line,
        _more_urgent,
        _more_patience,
        _slower_desks,
        _one_bed_more_in_reserve,
        _nobody_named,
        _diversion_a_day_later,
        _one_open_day_closed,
    ],
)
def test_the_comparison_notices_a_broken_rule(break_a_rule) -> None:
    """At least two of the systems of the first test tell; the rarest, patience for one's own GP, in 7 of 200."""
    noticed = 0
    for seed in range(SYSTEMS):
        world = random_world(seed, days_of(seed))
        reference = Reference(copy_of(world), 0)
        break_a_rule(world)
        run_kernels(world, 0, days_of(seed))
        reference.run(days_of(seed))
        noticed += bool(differences(world, reference))
        if noticed == 2:
            return
    pytest.fail(f"noticed in {noticed} of {SYSTEMS} systems")
