"""Coordination: who has a permanent GP who is there, a permanent care contact, an individual plan.

They are counted, not effects: a name, a contact or a plan changes nothing by itself. What a
närvårdsteam does for those whom it follows is told in `causes`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.core.fields import Array
from simulator.core.kernels import integer, kernel
from simulator.core.randomness import LASTING, Purpose, draw, purpose_key
from simulator.core.record import (
    AGED_75,
    COMPLEX_PLAN,
    HELPED_65,
    HOUSED_WITH_GP,
    IS_COMPLEX,
    NURSED_WITH_GP,
    PATIENTS,
    PATIENTS_CONTACT,
    PATIENTS_GP,
    PATIENTS_PLAN,
    REVIEWED,
    WITH_CONTACT,
    WITH_GP,
    WITH_KNOWN_GP,
    WITH_PLAN,
)
from simulator.core.state import COMPLEX, HOME_NURSING, NO_CHAIR, PRESENT, SPECIAL_HOUSING
from simulator.core.words import age_group_of
from simulator.people.enrolment import GIVEN_PLAN, GIVEN_REVIEW
from simulator.people.households import lives_with
from simulator.people.population import rub_group
from simulator.region.board import completed
from simulator.region.pack import Region

CONTACT, PLAN = np.uint64(1), np.uint64(2)
LEVERS_OF_CONTACT = ("permanent_contact", "individual_plan")
ASKED = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 0.0, 1.0]])
"""Segments to which the levers on contact and plan apply: the chronically ill, and of them the complex."""


def shares(region: Region, controls: Mapping[str, Array]) -> Array:
    """Share with a permanent care contact and with an individual plan, float64[2, M, A, 4]."""
    p = region.parameters
    contact = np.array([0.0, *(p[f"coordination.contact_share_{who}"] for who in ("others", "chronic", "complex"))])
    plan = np.array([0.0, 0.0, p["coordination.plan_share_chronic"], p["coordination.plan_share_complex"]])
    added = [asked * controls[name] for asked, name in zip(ASKED, LEVERS_OF_CONTACT, strict=True)]
    out: Array = np.clip(np.stack([contact + added[0], plan + added[1]]), 0.0, 1.0)
    return out


def reviewed(region: Region) -> Array:
    """Share of home-nursing patients aged 75 and over with a medication review, float64[M, 3] by RUB group."""
    county = region.parameters["home_nursing.medication_review_share"]
    return completed(region.medication_reviews, (county, county, county), region.parameters)


@kernel
def count_coordination(
    seed: int,
    person: Array,
    background: Array,
    relation: Array,
    chair: Array,
    share: Array,
    review_share: Array,
    home_help: Array,
    group_of_age: Array,
    out: Array,
    nursed: Array,
    helped: Array,
) -> None:
    """Count people present: `out` int32[M, 9] by COORDINATED, `nursed` int32[M, 3, 6], `helped` int32[M, A].

    `share` is as in `shares`, `review_share` as in `reviewed`, `home_help` as in `municipal.help_shares`; what was
    given as home nursing began counts as well. Somebody knows a named GP who is there by having met that GP and not
    forgotten it since.
    """
    key, help_key = purpose_key(seed, Purpose.COORDINATION), purpose_key(seed, Purpose.HOME_HELP)
    review_key = purpose_key(seed, Purpose.MEDICATION_REVIEW)
    for i in range(person.size):
        me = person[i]
        if not me["status"] & PRESENT:
            continue
        back = background[i]
        m, a, segment = back["municipality"], age_group_of(me["risk"]), back["segment"]
        seated = known = False
        if me["chair"] != NO_CHAIR:
            post = chair[me["centre"], me["chair"]]
            seated = post["gp"] != 0 and post["agency"] == 0
            known = seated and relation[i]["gp"] == post["gp"]
        contact, plan = share[0, m, a, segment], share[1, m, a, segment]
        given = integer(back["given"]) if me["status"] & HOME_NURSING else 0
        planned = (plan > 0.0 and draw(key, me["key"], PLAN) < plan) or (given & GIVEN_PLAN) != 0
        out[m, WITH_GP] += seated
        out[m, WITH_KNOWN_GP] += known
        in_touch = contact > 0.0 and draw(key, me["key"], CONTACT) < contact
        out[m, WITH_CONTACT] += in_touch
        out[m, WITH_PLAN] += planned
        out[m, IS_COMPLEX] += (me["status"] & COMPLEX) != 0
        out[m, COMPLEX_PLAN] += planned and (me["status"] & COMPLEX) != 0
        out[m, HOUSED_WITH_GP] += seated and (me["status"] & SPECIAL_HOUSING) != 0
        if me["status"] & HOME_NURSING:
            out[m, NURSED_WITH_GP] += seated
            partner = integer(lives_with(person, background, i) >= 0)
            has_help = back["granted"] or draw(help_key, me["key"], LASTING) < home_help[partner]
            out[m, HELPED_65] += has_help and back["age"] >= 65
            helped[m, group_of_age[max(back["age"], 0)]] += has_help
            band = rub_group(back["rub"])
            counted = nursed[m, band]
            counted[PATIENTS] += 1
            counted[PATIENTS_GP] += seated
            counted[PATIENTS_CONTACT] += in_touch
            counted[PATIENTS_PLAN] += planned
            if back["age"] >= 75:
                counted[AGED_75] += 1
                reviewed_today = draw(review_key, me["key"], LASTING) < review_share[m, band]
                counted[REVIEWED] += reviewed_today or (given & GIVEN_REVIEW) != 0
