"""Areas of development: the levers in groups, under the headings that the county itself uses.

The four development areas, the success factors and the national aim are those of "Förslag till länsgemensam målbild
och strategi för Nära vård" (Region Kalmar län and its 12 municipalities). Stress tests stand apart: nobody chooses
them. Within continuity, the few with great needs, care at home and the shift the groups follow the strategies of
the library.
"""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.levers.lever import Lever
from scenarios.levers.registry import LEVERS

STRESS = "stress"
"""Name of the area that holds what may happen to the county rather than what it does."""


@dataclass(frozen=True, slots=True)
class Area:
    """A group of levers: its name, short Swedish heading, what of the county's aims it belongs to, and one sentence."""

    name: str
    label_sv: str
    aim_sv: str
    about_sv: str
    levers: tuple[str, ...]

    def records(self) -> tuple[Lever, ...]:
        """Return the levers themselves, in the order in which they are shown."""
        return tuple(LEVERS[name] for name in self.levers)


AREAS = (
    Area(
        "continuity",
        "Kontinuitet",
        "Utvecklingsområde: samordning och relationskontinuitet",
        "Samma läkare över tid: kortare listor, färre byten och en bokning som söker den egna läkaren.",
        ("listed_per_gp", "gp_recruitment", "gp_turnover", "agency_cover", "named_gp_share", "own_gp_booking",
         "own_gp_patience_days"),
    ),
    Area(
        "coordination",
        "Samordning",
        "Utvecklingsområde: samordning och relationskontinuitet. Prioriterad grupp: invånare med komplexa behov",
        "Mycket till få: team, fast kontakt och plan kring dem med störst behov, och en trygg väg hem från sjukhuset.",
        ("team_coordinators", "team_share", "permanent_contact", "individual_plan", "coordinated_discharge",
         "medication_review"),
    ),
    Area(
        "home",
        "Vård och omsorg hemma",
        "Utvecklingsområde: person- och familjecentrerade arbetssätt",
        "Vården kommer till invånaren, och kommunen kan ta emot: mobila team, sjukhusvård hemma, hemtjänst, platser.",
        ("mobile_visits", "home_beds", "home_nursing_posts", "home_help_posts", "reablement", "receptions",
         "short_term_places", "housing_places"),
    ),
    Area(
        "prevention",
        "Hälsofrämjande och förebyggande",
        "Utvecklingsområde: hälsofrämjande, förebyggande och tidiga insatser. Prioriterad grupp: invånare som löper"
        " stor risk för ohälsa",
        "Insatser innan behovet uppstår. Underlaget är svagt för flera av dem: läs det vid varje spak.",
        ("fall_prevention", "health_dialogue", "social_prescribing"),
    ),
    Area(
        "participation",
        "Invånaren som medskapare",
        "Utvecklingsområde: invånaren som aktiv medskapare. Framgångsfaktor: digital förnyelse",
        "Invånarens egna resurser: egenvård, egna mätningar hemma och digitala kontakter.",
        ("self_care", "telemonitoring", "digital_share"),
    ),
    Area(
        "primary_care",
        "Primärvården som nav",
        "Nationell målbild: primärvården är navet",
        "Vård som flyttas till hälsocentralen, och de tjänster och den tid som finns där.",
        ("specialist_to_primary", "resources_follow", "gp_posts", "nurse_posts", "acute_share"),
    ),
    Area(
        "hospital",
        "Sjukhusens kapacitet",
        "Framgångsfaktor: systemperspektiv på hälsa, vård och omsorg",
        "Vad sjukhusen hinner med. Ändras den utan att behoven gör det syns skillnaden i köer och beläggning.",
        ("beds", "specialist_capacity", "ed_places"),
    ),
    Area(
        "staff",
        "Kompetensförsörjning",
        "Framgångsfaktor: kompetensförsörjning",
        "Om tjänsterna går att bemanna. Läkare på hälsocentral har egna spakar för rekrytering och avgångar, under"
        " Kontinuitet.",
        ("staff_recruitment", "staff_turnover", "retirement_age", "sick_leave_change", "resident_posts",
         "hospital_agency_cover"),
    ),
    Area(
        STRESS,
        "Påfrestningar",
        "Prövar planerna: inget som regionen eller kommunerna väljer",
        "Vad händer om behoven, vintern eller dödligheten blir annorlunda än väntat?",
        ("need_gp", "need_nurse", "need_emergency", "need_specialist", "need_elective", "winter_surge", "mortality"),
    ),
)  # fmt: skip
"""Every area, in the order in which they are shown; each lever stands in one."""
