"""Labelled variables of mental health care: the first line at health centres, psychiatry's clinics and wards."""

from __future__ import annotations

from simulator.core.fields import Array
from simulator.core.record import (
    MENTAL_DAYS,
    MENTAL_LEFT,
    MENTAL_MET,
    MENTAL_WITHIN_30,
    PSYCHIATRIC_ADMITTED,
    PSYCHIATRIC_AT_HOME,
    PSYCHIATRIC_BED_DAYS,
    PSYCHIATRIC_BED_WAIT,
    PSYCHIATRIC_ED,
    PSYCHIATRIC_OPEN_DAYS,
)
from simulator.people.psychiatric_need import PATIENT_ADULTS, PATIENT_CHILDREN
from simulator.region.axes import PSYCHIATRY_PROFESSIONS
from simulator.results.activities import ACTIVITY_INDEX
from simulator.results.dataset_care import PLACE_DIMS, Variable, attributes, by_place
from simulator.results.economy import PAID_BY_REGION, contact_cost, staff_cost
from simulator.results.recorded import Recorded
from simulator.results.requirement import fte_required

OF_PSYCHIATRY = ("psychiatric_visit", "psychiatric_ed_visit", "psychiatric_bed_day")
OF_FIRST_LINE = ("psychosocial_visit",)
_WARDS = {
    "psychiatric_emergency_visits": (PSYCHIATRIC_ED, "visits", "visits to psychiatry's emergency reception",
                                     "Besök på psykiatrisk akutmottagning"),
    "psychiatric_admissions": (PSYCHIATRIC_ADMITTED, "admissions", "admissions to psychiatry",
                               "Inläggningar i psykiatri"),
    "psychiatric_bed_days": (PSYCHIATRIC_BED_DAYS, "bed-days", "bed-days in psychiatry", "Vårddygn i psykiatri"),
    "psychiatric_bed_waiting_days": (PSYCHIATRIC_BED_WAIT, "days", "days waited for a bed in psychiatry, in all",
                                     "Väntan på vårdplats i psykiatri, summa dygn"),
    "psychiatric_at_home": (PSYCHIATRIC_AT_HOME, "persons", "cared for at home for want of a bed in psychiatry",
                            "Vårdade hemma i brist på vårdplats i psykiatri"),
    "psychiatric_open_days": (PSYCHIATRIC_OPEN_DAYS, "bed-days", "open beds in psychiatry, summed over days",
                              "Öppna vårdplatser i psykiatri, summa dygn"),
}  # fmt: skip
_LINES = {
    "psychiatry_met": (MENTAL_MET, "visits", "outpatient visits in psychiatry by hospital",
                       "Besök i psykiatri, per sjukhus"),
    "psychiatry_waiting_days": (MENTAL_DAYS, "days", "days waited by those met in psychiatry, in all",
                                "Väntan på besök i psykiatri, summa dagar"),
    "psychiatry_within_30": (MENTAL_WITHIN_30, "visits", "outpatient visits in psychiatry within 30 days",
                             "Besök i psykiatri inom 30 dagar"),
    "psychiatry_gave_up": (MENTAL_LEFT, "persons", "who gave up waiting for a visit in psychiatry",
                           "Gav upp väntan på besök i psykiatri"),
}  # fmt: skip
_FIRST_LINES = {
    "first_line_visits": (MENTAL_MET, "visits", "visits to the first line of mental health", "Samtal i första linjen"),
    "first_line_waiting_days": (MENTAL_DAYS, "days", "days waited by those met in the first line, in all",
                                "Väntan på samtal i första linjen, summa dagar"),
    "first_line_to_gp": (MENTAL_LEFT, "persons", "who waited too long for the first line and asked for a GP",
                         "Väntade för länge på första linjen och sökte läkare"),
}  # fmt: skip


def mental_health(recorded: Recorded, months: int) -> dict[str, Variable]:
    """Visits, waits and beds by month: first lines by health centre, psychiatry by hospital and municipality."""
    record, units = recorded.record, recorded.region.units
    out: dict[str, Variable] = {
        "psychiatric_visits": (
            ("month", *PLACE_DIMS), by_place(recorded, record.psychiatric_visits, months),
            attributes("visits", "outpatient visits in psychiatry", "Besök i psykiatrisk öppenvård"),
        ),
        "psychiatry_in_line": (
            ("month", "hospital"), record.mental_in_line[:months, units.in_psychiatry],
            attributes("persons", "who waited for a visit in psychiatry on the first of the month",
                       "Väntande på besök i psykiatri"),
        ),
    }  # fmt: skip
    for names, dim, table in (
        (_WARDS, "hospital", record.psychiatry_care[:months]),
        (_LINES, "hospital", record.mental[:months, units.in_psychiatry]),
        (_FIRST_LINES, "health_centre", record.mental[:months, units.in_first_line]),
    ):
        for name, (column, units_of, text, label) in names.items():
            out[name] = (("month", dim), table[..., column], attributes(units_of, text, label))
    return out


def mental_health_of_years(recorded: Recorded, years: int) -> dict[str, Variable]:
    """Whole years: patients of psychiatry, and what psychiatry and first lines cost the region."""
    record = recorded.record
    patients = record.psychiatric_patients[:years].astype(float)
    return {
        "psychiatric_children": (
            ("year",), patients[:, PATIENT_CHILDREN],
            attributes("persons", "people below 18 with a need of psychiatry", "Barn med behov av psykiatri"),
        ),
        "psychiatric_adults": (
            ("year",), patients[:, PATIENT_ADULTS],
            attributes("persons", "people from 18 with a need of psychiatry", "Vuxna med behov av psykiatri"),
        ),
        "psychiatric_staff_gap": (
            ("year",), _gap(recorded, years, PSYCHIATRY_PROFESSIONS),
            attributes("FTE", "FTE required less FTE employed in psychiatry", "Bemanningsgap i psykiatri"),
        ),
        "first_line_staff_gap": (
            ("year",), _gap(recorded, years, ("psychosocial",)),
            attributes("FTE", "FTE required less FTE employed in first lines of mental health",
                       "Bemanningsgap i första linjen"),
        ),
        "psychiatry_cost": (
            ("year",), _cost(recorded, years, PSYCHIATRY_PROFESSIONS, OF_PSYCHIATRY),
            attributes("SEK", "cost of psychiatry, part of cost, prices of 2022", "Kostnad för psykiatri"),
        ),
        "first_line_cost": (
            ("year",), _cost(recorded, years, ("psychosocial",), OF_FIRST_LINE),
            attributes("SEK", "cost of first lines of mental health, part of cost, prices of 2022",
                       "Kostnad för första linjen"),
        ),
    }  # fmt: skip


def _gap(recorded: Recorded, years: int, professions: tuple[str, ...]) -> Array:
    """FTE that demand requires of some professions less those employed, float64[years]."""
    record, region = recorded.record, recorded.region
    columns = [region.professions.index(name) for name in professions]
    employed = record.employed[: 12 * years].reshape(years, 12, *record.employed.shape[1:]).mean(axis=1).sum(axis=1)
    gap: Array = (fte_required(record, region, years) - employed)[:, columns].sum(axis=1)
    return gap


def _cost(recorded: Recorded, years: int, professions: tuple[str, ...], activities: tuple[str, ...]) -> Array:
    """SEK a year of some professions, idle or not, and of what varies with some activities, float64[years]."""
    record, region = recorded.record, recorded.region
    staff = staff_cost(record, region, years)[:, [region.professions.index(name) for name in professions]]
    varies = contact_cost(record, region, years)[:, [ACTIVITY_INDEX[name] for name in activities], PAID_BY_REGION]
    cost: Array = staff.sum(axis=1) + varies.sum(axis=1)
    return cost
