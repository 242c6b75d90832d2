"""The last months: who wants to stay, who has talked of it, who has palliative care at home, and what that changes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom
from small_hospital import HOUR, house, in_order
from small_system import run_kernels, with_needs, world_of

from simulator.care import comings
from simulator.care.end_of_life import AS_TODAY, NOT_ASKED, WITH_PLACE, WITHOUT_PLACE
from simulator.care.offer import TALK, TALKS
from simulator.core.log import ADMITTED, ED_ARRIVAL
from simulator.core.record import (
    DAYS_OF_LAST_90,
    DIED_WITH_PALLIATIVE,
    ED_VISITS_OF_LAST_YEAR,
    FORESEEN,
    HAD_NO_PLACE,
    IN_HOSPITAL_BED,
    KNOWN_AND_STAYED,
    KNOWN_TO_STAY,
    LAST_WISHES,
    PALLIATIVE_HELD,
    PALLIATIVE_OPEN,
    STAYED,
    WANTED_TO_STAY,
    WISH_KNOWN,
)
from simulator.core.state import HOME_NURSING, IN_HOSPITAL, NOT_SOON, SPECIAL_HOUSING
from simulator.core.world import World
from simulator.people.demography import ASKS_FOR_PALLIATIVE, DIES, FALLS_ILL_LAST, LEAVES
from simulator.people.demography import in_order as sorted_rows
from simulator.region.axes import EMERGENCY
from simulator.region.pack import Region
from simulator.tables import rules_of

MANY = 2_000


def facing(world: World, *rows: tuple[int, int, int], **rules: float) -> World:
    """The world with events (day, kind, person) to come: all foreseen, all want to stay, none has care today."""
    known = {"foreseeable_share": 1.0, "wish_to_stay": 1.0, "talk_home": 1.0, "talk_housing": 1.0}
    for name, value in (known | {"palliative_hospital": 1.0, "palliative_admission": 1.0} | rules).items():
        world.rules[name] = value
    for day, kind, slot in rows:
        if kind == DIES:
            world.dies_on[slot] = day
    return world._replace(coming=sorted_rows(np.array([(*row, -1) for row in rows], np.int64).reshape(-1, 4)))


def many(kind: int, **rules: float) -> World:
    world = world_of(people=MANY, queue=4_096)
    for name in ("last_illness_home", "last_illness_nursing", "last_illness_housing"):
        world.rules[name] = 1.0
    return facing(world, *[(0, kind, slot) for slot in range(MANY)], **rules)


def wishes(world: World) -> dict[str, int]:
    return dict(zip(LAST_WISHES, world.last_wishes.sum(axis=0).tolist(), strict=True))


# --- talks


@pytest.mark.parametrize(("status", "ratio"), [(0, 0.6), (HOME_NURSING, 0.6), (SPECIAL_HOUSING, 0.3)])
def test_a_talk_beyond_todays_keeps_some_of_those_who_want_to_stay_from_hospital(status: int, ratio: float) -> None:
    """2 000 who would all die in hospital: a tenth more talk, six in ten of these want to stay.

    Between 0.9999 bounds of the binomial; with the other setting's ratio, or all talks acting, it would be outside.
    """
    world = many(FALLS_ILL_LAST, talked_share=0.4, wish_to_stay=0.6, talk_home=0.6, talk_housing=0.3)
    world.offer[TALK], world.person["status"] = 0.5, world.person["status"] | status
    comings.live_day(world, 0)
    low, high = binom.interval(0.9999, MANY, 0.5 * 0.6 * (1.0 - ratio))
    assert low <= MANY - world.background["dying"].sum() <= high
    assert world.effort[:, TALKS].sum() == pytest.approx(0.5 * MANY), "each is counted by its chance"


@pytest.mark.parametrize("rules", [{"foreseeable_share": 0.0}, {"wish_to_stay": 0.0}, {"talked_share": 1.0}, {}])
def test_no_talk_changes_anything_where_none_is_added_or_nobody_wants_it(rules: dict[str, float]) -> None:
    world = many(FALLS_ILL_LAST, **({"talked_share": 0.4, "talk_home": 0.0} | rules))
    world.offer[TALK] = 0.5 if rules else 0.0
    comings.live_day(world, 0)
    assert world.background["dying"].all()
    assert world.effort[:, TALKS].any() == ("wish_to_stay" in rules), "the talk is held, whatever the wish"


def test_talks_cannot_be_more_than_all() -> None:
    world = many(FALLS_ILL_LAST, talked_share=0.8)
    world.offer[TALK] = 0.5
    comings.live_day(world, 0)
    assert world.effort[:, TALKS].sum() == pytest.approx(0.2 * MANY)


# --- palliative care at home


def test_a_place_is_held_from_asking_until_death_and_who_finds_none_goes_without() -> None:
    """Two places: the third goes without for good; the fourth comes when the first has died."""
    world = world_of(people=4)
    world.hospital["palliative_places"] = 2
    asked = [(0, ASKS_FOR_PALLIATIVE, 0), (1, ASKS_FOR_PALLIATIVE, 1), (2, ASKS_FOR_PALLIATIVE, 2)]
    world = facing(world, *asked, (4, DIES, 0), (4, ASKS_FOR_PALLIATIVE, 3), (6, DIES, 1), (8, DIES, 3), (9, DIES, 2))
    run_kernels(world, 0, 10)
    assert world.background["palliative"].tolist() == [WITH_PLACE, WITH_PLACE, WITHOUT_PLACE, WITH_PLACE]
    assert wishes(world)["had_no_place"] == 1
    assert world.palliative_days[0].tolist() == [2 * 10, 4 + 5 + 4], "days 0-3, 1-5 and 4-7"
    assert wishes(world)["with_palliative_care"] == 3
    assert world.hospital["palliative_taken"].tolist() == [0]
    assert (PALLIATIVE_OPEN, PALLIATIVE_HELD) == (0, 1)


@pytest.mark.parametrize(
    ("rules", "status", "asks"),
    [
        ({}, 0, WITH_PLACE),
        ({}, HOME_NURSING | IN_HOSPITAL, WITH_PLACE),
        ({}, SPECIAL_HOUSING, NOT_ASKED),
        ({"foreseeable_share": 0.0}, 0, NOT_ASKED),
        ({"wish_to_stay": 0.0}, 0, NOT_ASKED),
        ({"palliative_today": 1.0}, 0, AS_TODAY),
    ],
)
def test_only_those_at_home_who_want_to_stay_and_whose_end_is_foreseen_ask(
    rules: dict[str, float], status: int, asks: int
) -> None:
    world = world_of(people=1)
    world.hospital["palliative_places"] = 1
    world.person["status"] |= status
    world = facing(world, (0, ASKS_FOR_PALLIATIVE, 0), **rules)
    comings.live_day(world, 0)
    assert world.background["palliative"].tolist() == [asks]
    assert world.hospital["palliative_taken"].tolist() == [asks == WITH_PLACE]


def test_who_has_left_or_is_taken_to_hospital_to_die_does_not_ask() -> None:
    world = world_of(people=2)
    world.hospital["palliative_places"], world.rules["last_illness_home"] = 2, 1.0
    first = (0, LEAVES, 0), (0, FALLS_ILL_LAST, 1)
    world = facing(world, *first, (1, ASKS_FOR_PALLIATIVE, 0), (1, ASKS_FOR_PALLIATIVE, 1))
    run_kernels(world, 0, 2)
    assert world.background["palliative"].tolist() == [NOT_ASKED, NOT_ASKED]
    assert wishes(world)["had_no_place"] == 0


def test_a_place_is_left_by_who_moves_to_special_housing_and_by_who_lives_on_after_all() -> None:
    world = world_of(people=3)
    world.hospital["palliative_places"] = 3
    world = facing(world, *[(0, ASKS_FOR_PALLIATIVE, slot) for slot in range(3)])
    run_kernels(world, 0, 1)
    world.person["status"][0] |= SPECIAL_HOUSING
    world.background["palliative"][1] = NOT_ASKED
    run_kernels(world, 1, 2)
    assert world.palliative_days[0, PALLIATIVE_HELD] == 3 + 1
    assert world.palliative_place[0, 0] == 2


def test_palliative_care_at_home_keeps_its_share_from_dying_in_hospital() -> None:
    """2 000 at home, half with a place, whose ratio is 0.5; the others all die in hospital."""
    world = many(FALLS_ILL_LAST, palliative_hospital=0.5)
    world.background["palliative"][: MANY // 2] = WITH_PLACE
    world.background["palliative"][MANY // 2 :] = AS_TODAY
    comings.live_day(world, 0)
    low, high = binom.interval(0.9999, MANY // 2, 0.5)
    assert world.background["dying"][MANY // 2 :].all(), "what there is today acts no further"
    assert low <= world.background["dying"][: MANY // 2].sum() <= high


def test_a_talk_adds_nothing_to_palliative_care() -> None:
    world = many(FALLS_ILL_LAST, palliative_hospital=1.0, talked_share=0.0, talk_home=0.0)
    world.offer[TALK] = 1.0
    world.background["palliative"] = WITH_PLACE
    comings.live_day(world, 0)
    assert world.background["dying"].all()


@pytest.mark.parametrize(("ratio", "admitted"), [(0.0, [1]), (1.0, [0, 1]), (1.2, [0, 1])])
def test_palliative_care_changes_the_chance_of_admission_and_no_visit(ratio: float, admitted: list[int]) -> None:
    world = facing(house(people=2, places=2, beds=2), palliative_admission=ratio)
    world.background["palliative"][0] = WITH_PLACE
    world = with_needs(world, [(0, 9 * HOUR, slot, EMERGENCY, 0) for slot in range(2)])
    run_kernels(world, 0, 1)
    assert sorted(in_order(world, ED_ARRIVAL)) == [0, 1]
    assert sorted(in_order(world, ADMITTED)) == admitted


# --- what is counted


def test_deaths_are_counted_against_the_wish() -> None:
    """Three at home and one in hospital, all known and wanting to stay."""
    world = facing(world_of(people=4), *[(0, DIES, slot) for slot in range(4)], talked_share=1.0)
    world.person["status"][3] |= IN_HOSPITAL
    world.background["palliative"][1:] = WITH_PLACE, AS_TODAY, WITHOUT_PLACE
    comings.live_day(world, 0)
    counted = world.last_wishes.sum(axis=0)
    assert counted[[FORESEEN, WISH_KNOWN, WANTED_TO_STAY, KNOWN_TO_STAY]].tolist() == [4, 4, 4, 4]
    assert counted[[STAYED, KNOWN_AND_STAYED, DIED_WITH_PALLIATIVE, HAD_NO_PLACE]].tolist() == [3, 3, 2, 0]


def test_a_wish_is_known_by_todays_talks_and_those_added() -> None:
    """2 000 deaths; seven in ten foreseen, of these six in ten and then eight in ten with a talk."""
    known = []
    for added in (0.0, 0.2):
        world = many(DIES, foreseeable_share=0.7, talked_share=0.6)
        world.offer[TALK] = added
        comings.live_day(world, 0)
        low, high = binom.interval(0.9999, MANY, 0.7 * (0.6 + added))
        known.append(wishes(world)["wish_known"])
        assert low <= known[-1] <= high
    assert known[0] < known[1]


def test_a_death_that_was_not_dated_is_not_foreseen() -> None:
    """Such as one after long boarding, or one that comes before the day that was dated."""
    world = facing(world_of(people=2), (0, DIES, 0), (0, DIES, 1), talked_share=1.0)
    world.dies_on[:] = NOT_SOON, 9
    comings.live_day(world, 0)
    assert wishes(world) | {"wanted_to_stay": 0, "stayed": 0} == dict.fromkeys(LAST_WISHES, 0)
    assert wishes(world)["stayed"] == 2


def test_visits_and_days_of_the_last_time_are_counted_alike_for_all() -> None:
    """Two come on the same day: one dies in 365 days, one in 366."""
    world = house(people=2, places=2, beds=2, admitted=0.0)
    world.dies_on[:] = 365, 366
    world = with_needs(world, [(0, 9 * HOUR, slot, EMERGENCY, 0) for slot in range(2)])
    run_kernels(world, 0, 1)
    assert world.ed_visits.sum() == 2
    assert world.last_days[:, ED_VISITS_OF_LAST_YEAR].sum() == 1
    assert world.last_days[:, [IN_HOSPITAL_BED, DAYS_OF_LAST_90]].sum() == 0


# --- figures


def test_who_has_palliative_care_today_is_a_share_of_those_who_would_ask(county: Region) -> None:
    """6 % of all who die, where half live at home, 80 % are foreseen and 60 % want to stay: a quarter of these."""
    shares = {"living_at_home_share": 0.5, "foreseeable_share": 0.8, "wish_home_share": 0.6}
    region = county.with_parameters({f"dying.{name}": share for name, share in shares.items()})
    assert rules_of(region)["palliative_today"] == pytest.approx(0.06 / 0.24)
    assert rules_of(region.with_parameters({"dying.palliative_home_coverage": 0.5}))["palliative_today"] == 1.0
