"""Coordination: who has a permanent GP who is there, a permanent care contact, an individual plan.

They are counted, not effects: a name, a contact or a plan changes nothing by itself. What a
närvårdsteam does for those whom it follows is told in `causes`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.kernels import kernel
from simulator.randomness import Purpose, draw, purpose_key
from simulator.region import Region
from simulator.state import COMPLEX, HOME_NURSING, NO_CHAIR, PRESENT, SPECIAL_HOUSING, Array

COLUMNS = (
    "with_gp", "with_contact", "with_plan", "complex", "complex_with_plan",
    "home_nursing_with_gp", "special_housing_with_gp", "home_help_65_plus",
)  # fmt: skip
WITH_GP, WITH_CONTACT, WITH_PLAN, IS_COMPLEX, COMPLEX_PLAN, NURSED_WITH_GP, HOUSED_WITH_GP, HELPED_65 = range(8)
CONTACT, PLAN = np.uint64(1), np.uint64(2)
LASTING = np.uint64(0)
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


@kernel
def count_coordination(seed, person, background, chair, share, home_help, out):
    """Count people present into `out` int32[M, 8], by COLUMNS; `share` as in `shares`."""
    key, help_key = purpose_key(seed, Purpose.COORDINATION), purpose_key(seed, Purpose.HOME_HELP)
    for i in range(person.size):
        me = person[i]
        if not me["status"] & PRESENT:
            continue
        back = background[i]
        m, a, segment = back["municipality"], me["risk"] // 6, back["segment"]
        seated = False
        if me["chair"] != NO_CHAIR:
            post = chair[me["centre"], me["chair"]]
            seated = post["gp"] != 0 and post["agency"] == 0
        contact, plan = share[0, m, a, segment], share[1, m, a, segment]
        planned = plan > 0.0 and draw(key, me["key"], PLAN) < plan
        out[m, WITH_GP] += seated
        out[m, WITH_CONTACT] += contact > 0.0 and draw(key, me["key"], CONTACT) < contact
        out[m, WITH_PLAN] += planned
        out[m, IS_COMPLEX] += (me["status"] & COMPLEX) != 0
        out[m, COMPLEX_PLAN] += planned and (me["status"] & COMPLEX) != 0
        out[m, HOUSED_WITH_GP] += seated and (me["status"] & SPECIAL_HOUSING) != 0
        if me["status"] & HOME_NURSING:
            out[m, NURSED_WITH_GP] += seated
            helped = back["granted"] or draw(help_key, me["key"], LASTING) < home_help
            out[m, HELPED_65] += helped and back["age"] >= 65
