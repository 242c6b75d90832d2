"""Levers of stress tests: what if needs, winters or mortality are other than expected."""

from __future__ import annotations

from scenarios.levers.evidence import ACCOUNT, CARE_HABITS, assumed
from scenarios.levers.lever import Lever, ReachKind

_PEOPLE: frozenset[ReachKind] = frozenset({"municipality", "age_group", "segment"})
_NO_COST = "Ingen egen kostnad i modellen; följdkostnader syns i resultatet."
_NO_STAFF = "Inga egna tjänster."


def _need(stream: str, where_sv: str, label_sv: str, *raised: str) -> Lever:
    """Return the lever that scales one stream of needs."""
    return Lever(
        name=f"need_{stream}",
        label_sv=label_sv,
        description_sv=(
            f"Hur ofta behov av {where_sv} uppstår, som faktor på det väntade. För att pröva vad som "
            "händer om behoven blir större eller mindre."
        ),
        unit="faktor",
        control=f"need_{stream}",
        operation="multiply",
        neutral=1,
        low=0.7,
        high=1.4,
        step=0.01,
        expected=tuple((indicator, 1) for indicator in raised),
        reach=_PEOPLE,
        cost_sv=_NO_COST,
        staffing_sv=_NO_STAFF,
        evidence=(CARE_HABITS,),
    )


STRESS_LEVERS = (
    # --- Need: for stress tests
    _need("gp", "läkare på hälsocentral", "Behov av läkare på hälsocentral", "gp_contacts"),
    _need("nurse", "sjuksköterska på hälsocentral", "Behov av sjuksköterska på hälsocentral", "contacts"),
    _need("emergency", "akutmottagning", "Behov av akutvård", "ed_visits", "admissions"),
    _need("specialist", "specialistmottagning", "Behov av specialistmottagning", "contacts"),
    _need("elective", "planerad vård på sjukhus", "Behov av planerad sjukhusvård", "admissions"),
    # --- Stresses
    Lever(
        name="winter_surge",
        label_sv="Vintertopp",
        description_sv="Akuta behov i december till mars, som faktor på det väntade: en svår vinter varje år.",
        unit="faktor",
        control="winter_surge",
        operation="multiply",
        neutral=1,
        low=0.8,
        high=1.6,
        step=0.05,
        gradual=False,
        expected=(("ed_visits", 1), ("admissions", 1)),
        reach=_PEOPLE,
        cost_sv="Ingen egen kostnad; följdkostnader syns i resultatet.",
        staffing_sv=_NO_STAFF,
        evidence=(CARE_HABITS, ACCOUNT),
    ),
    Lever(
        name="mortality",
        label_sv="Dödlighet",
        description_sv="Dödlighet som faktor på dagens: 0,9 är en tiondel lägre, och fler blir gamla.",
        unit="faktor",
        control="mortality",
        operation="multiply",
        neutral=1,
        low=0.8,
        high=1.2,
        step=0.01,
        ramp_months=24,
        expected=(("population_80_plus", -1),),
        reach=_PEOPLE,
        cost_sv="Ingen egen kostnad; följdkostnader syns i resultatet.",
        staffing_sv=_NO_STAFF,
        evidence=(assumed("För att pröva ett snabbare åldrande än väntat."),),
    ),
)
"""Registered in `levers`."""
