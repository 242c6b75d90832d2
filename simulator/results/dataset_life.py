"""Labelled variables of what unmet need brings, of the last year of life, and of how use gathers in few people."""

from __future__ import annotations

import numpy as np

from simulator.core.fields import Array
from simulator.core.record import (
    ADMITTED_LAST_YEAR,
    DAYS_OF_LAST_90,
    DAYS_OF_LAST_YEAR,
    DIED_WITH_PALLIATIVE,
    ED_VISITS_OF_LAST_YEAR,
    FORESEEN,
    HAD_NO_PLACE,
    HEAVIEST,
    IN_HOSPITAL_BED,
    IN_OWN_HOME,
    KNOWN_AND_STAYED,
    KNOWN_TO_STAY,
    PALLIATIVE_HELD,
    PALLIATIVE_OPEN,
    STAYED,
    STILL_LISTED,
    USE_OF_ALL,
    USE_OF_CHOSEN,
    USE_OF_LISTED,
    USED_BEFORE,
    USED_NOW,
    WANTED_TO_STAY,
    WISH_KNOWN,
)
from simulator.results.dataset_care import PLACE_DIMS, Variable, attributes, by_place
from simulator.results.recorded import Recorded

PLACES_OF_DEATH = ("hospital", "special_housing", "home_with_nursing", "home")


def unmet_need(recorded: Recorded, months: int) -> dict[str, Variable]:
    """What unmet need brought, and what became of all who left a line without being met."""
    record = recorded.record
    return {
        "unmet_consequences": (
            ("month", *PLACE_DIMS, "consequence"), by_place(recorded, record.unmet, months),
            attributes("needs", "what unmet need brought, by kind", "Följder av ouppfyllda behov"),
        ),
        "left_without_care": (
            ("month", "fate"), record.fate[:months].sum(axis=1),
            attributes("needs", "requests that were not met, by what became of them",
                       "Behov som inte möttes, efter vad det blev av dem"),
        ),
    }  # fmt: skip


def last_year_of_life(recorded: Recorded, months: int) -> dict[str, Variable]:
    """Where people died, and how much of their last time they spent in hospital."""
    counted = by_place(recorded, recorded.record.last_days, months)
    dims = ("month", *PLACE_DIMS)
    rows = (
        ("deaths_admitted_last_year", ADMITTED_LAST_YEAR, "deaths", "deaths of people in hospital within a year",
         "Avlidna som vårdats på sjukhus under sista året"),
        ("hospital_days_of_last_90", DAYS_OF_LAST_90, "days", "days in hospital of the last 90 before death",
         "Dygn på sjukhus av de 90 sista"),
        ("bed_days_of_last_year", DAYS_OF_LAST_YEAR, "bed-days", "bed-days within a year of death",
         "Vårddygn under sista levnadsåret"),
        ("ed_visits_of_last_year", ED_VISITS_OF_LAST_YEAR, "visits", "emergency visits within a year of death",
         "Akutbesök under sista levnadsåret"),
    )  # fmt: skip
    return {
        "deaths_by_place": (
            (*dims, "place_of_death"),
            counted[..., IN_HOSPITAL_BED : IN_OWN_HOME + 1],
            attributes("deaths", "deaths by place", "Döda efter plats"),
        )
    } | {name: (dims, counted[..., column], attributes(unit, text, label)) for name, column, unit, text, label in rows}


WISHES = (
    ("deaths_foreseen", FORESEEN, "deaths", "deaths that could be foreseen", "Dödsfall som gick att förutse"),
    ("deaths_wish_known", WISH_KNOWN, "deaths", "deaths after a talk in which the wish was told",
     "Avlidna vars önskan om plats var känd"),
    ("deaths_wanting_to_stay", WANTED_TO_STAY, "deaths", "deaths of people who wanted to die where they lived",
     "Avlidna som ville dö där de bodde"),
    ("deaths_stayed_as_wished", STAYED, "deaths", "of them, those who died there",
     "Avlidna som dog där de bodde och ville det"),
    ("deaths_known_to_stay", KNOWN_TO_STAY, "deaths", "of those who wanted it, those whose wish was known",
     "Avlidna vars önskan att stanna var känd"),
    ("deaths_known_and_stayed", KNOWN_AND_STAYED, "deaths", "of them, those who died where they lived",
     "Avlidna vars kända önskan att stanna uppfylldes"),
    ("deaths_palliative_home", DIED_WITH_PALLIATIVE, "deaths", "deaths with specialised palliative care at home",
     "Avlidna med specialiserad palliativ hemsjukvård"),
    ("palliative_without_place", HAD_NO_PLACE, "persons", "those who wanted palliative care at home and had no place",
     "Ville ha palliativ hemsjukvård men fick ingen plats"),
)  # fmt: skip
"""Variables of wishes by column of `Record.last_wishes`."""


def wishes_of_the_dying(recorded: Recorded, months: int) -> dict[str, Variable]:
    """What people wanted, who knew it and whether it came so; and specialised palliative care at home."""
    counted = by_place(recorded, recorded.record.last_wishes, months)
    days = recorded.record.palliative_days[:months]
    rows = (
        ("palliative_places_open", PALLIATIVE_OPEN, "days that palliative places at home beyond today's stood open",
         "Dygn med öppna platser i palliativ hemsjukvård utöver dagens"),
        ("palliative_places_held", PALLIATIVE_HELD, "days that such places were taken",
         "Dygn med upptagna platser i palliativ hemsjukvård utöver dagens"),
    )  # fmt: skip
    return {
        name: (("month", *PLACE_DIMS), counted[..., column], attributes(unit, text, label))
        for name, column, unit, text, label in WISHES
    } | {
        name: (("month", "hospital"), days[..., column], attributes("days", text, label))
        for name, column, text, label in rows
    }


def gathered_use(recorded: Recorded, years: int) -> dict[str, Variable]:
    """How much of the care few people use, whole years; the year before the first is for the caller to add.

    Use is counted in visits to a GP of equal price: such visits, emergency visits and bed-days.
    """
    record = recorded.record
    sums = record.use_of_few[:years]
    with np.errstate(invalid="ignore", divide="ignore"):
        chosen, listed = (sums[:, column] / sums[:, USE_OF_ALL] for column in (USE_OF_CHOSEN, USE_OF_LISTED))
    return {
        "use_concentration": (
            ("year", "concentration"), record.concentrated[:years],
            attributes("1", "how use of care gathers in people", "Hur vården samlas hos få"),
        ),
        **_of_list(record.listed[:years]),
        "complex_use_in_index_year": (
            ("year",), chosen,
            attributes("1", "share of use by those whom the year's use puts on the list of complex needs",
                       "Andel av vården året som väljer ut dem, personer med komplexa behov"),
        ),
        "complex_use_in_next_year": (
            ("year",), listed,
            attributes("1", "share of use by those on the list of complex needs when the year began",
                       "Andel av vården året efter, personer med komplexa behov"),
        ),
    }  # fmt: skip


def _of_list(kept: Array) -> dict[str, Variable]:
    """Those on the list of complex needs who live the year out, `kept` float64[years, OF_LISTED]."""
    texts = (
        ("listed_people", STILL_LISTED, "persons", "people on the list of complex needs who live the year out",
         "På listan över komplexa behov, året ut"),
        ("listed_use_before", USED_BEFORE, "visits", "their use of care the year before, in visits to a GP",
         "Deras vård året före, i läkarbesök av samma pris"),
        ("listed_use", USED_NOW, "visits", "their use of care in the year, in visits to a GP",
         "Deras vård under året, i läkarbesök av samma pris"),
        ("listed_heaviest", HEAVIEST, "persons", "those of them who are among as many who used most care",
         "De av dem som är bland lika många som använde mest vård"),
    )  # fmt: skip
    return {
        name: (("year",), kept[:, column], attributes(unit, text, label)) for name, column, unit, text, label in texts
    }
