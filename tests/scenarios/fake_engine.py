"""A stand-in for the simulator: the same methods, a tiny dataset, and numbers that can be worked out by hand.

ed_visits in a month are 1000 + noise(seed, month) + 10 for every change that has begun, and with drawn parameters
5 times the draw's number more; everything else is as small as the contract allows. Instances pickle, so that
worker processes can have them.
"""

from __future__ import annotations

import hashlib
import os
import signal
import time
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from simulator.core.record import CONCENTRATION, CONSEQUENCES, FATES

CENTRES = ("h1", "h2", "h3")
AGE_GROUPS = ("0-64", "65+")


@dataclass(frozen=True)
class FakeRegion:
    """The places of a region of two municipalities, of which the last has no health centre."""

    digest: str = "d" * 64
    municipalities: tuple[str, ...] = ("0880", "0883", "0885")
    municipality_names: tuple[str, ...] = ("Kalmar", "Västervik", "Borgholm")
    centres: tuple[str, ...] = CENTRES
    centre_names: tuple[str, ...] = ("Kalmar 1", "Kalmar 2", "Västervik 1")
    centre_municipality: tuple[int, ...] = (0, 0, 1)
    hospital_names: tuple[str, ...] = ("Länssjukhuset", "Västerviks sjukhus")
    catchment: tuple[int, ...] = (0, 1, 0)
    warnings: tuple[str, ...] = ()


REGION = FakeRegion()


def noise(seed: int, month: int) -> int:
    """Return 0..99, the same for the same seed and month."""
    return hashlib.sha256(f"{seed} {month}".encode()).digest()[0] % 100


@dataclass
class FakeBranch:
    seed: int
    changes: tuple = ()
    ed_visits: list[int] = field(default_factory=list)
    today: date = date(2023, 1, 1)
    fault: str = ""
    extra: int = 0

    def run(self, until, progress=None):
        while self.today < until:
            if self.fault and self.today.year >= 2027:
                self._fail()
            begun = sum(change.start <= self.today for change in self.changes)
            self.ed_visits.append(1000 + self.extra + noise(self.seed, len(self.ed_visits)) + 10 * begun)
            following = self.today.year * 12 + self.today.month
            self.today = date(following // 12, following % 12 + 1, 1)
            if progress is not None:
                progress(self.today)

    def _fail(self):
        if self.fault == "die":
            os._exit(3)
        if self.fault == "hang":
            time.sleep(600)
        if self.fault.startswith("die once "):  # followed by a folder in which each that has died has a file
            mark = Path(self.fault[9:], str(self.seed))
            if mark.exists():
                self.fault = ""
                return
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        raise ArithmeticError(self.fault)

    def hand_over(self):
        return {"seed": self.seed, "ed_visits": np.array(self.ed_visits), "today": self.today}

    def dataset(self):
        return tiny_dataset(self.ed_visits)


@dataclass(frozen=True)
class FakeEngine:
    """`fault` is raised (or the process dies, for "die") in the scenario that changes `fault_control`."""

    digest: str = "d" * 64
    fault: str = ""
    fault_control: str = ""
    fault_seed: int = -1
    extra: int = 0

    def drawn(self, _region, _base_seed, draw):
        return replace(self, extra=5 * draw), {"fake.level": float(draw)}

    def region_digest(self, _region):
        return self.digest

    def begin(self, _region, seed):
        return FakeBranch(seed, extra=self.extra)

    def resume(self, _region, checkpoint, changes):
        hit = self.fault_control in {change.control for change in changes}
        hit = hit and self.fault_seed in (-1, checkpoint["seed"])
        ed_visits = checkpoint["ed_visits"].tolist()
        return FakeBranch(
            checkpoint["seed"], changes, ed_visits, checkpoint["today"], self.fault if hit else "", self.extra
        )


def figure_of(dataset, name, year=2023):
    """Return an indicator of a dataset with one scenario and replication in a year."""
    from scenarios.measures.figures import INDICATORS, Results

    return float(INDICATORS[name].values(Results(dataset)).sel(year=year).item())


def tiny_dataset(ed_visits):
    """Return a dataset with every variable of the contract over the months given, from January 2023."""
    months = pd.date_range("2023-01-01", periods=len(ed_visits), freq="MS")
    years = np.arange(2022, 2023 + len(ed_visits) // 12)
    t, y = len(months), len(years)
    visits = np.zeros((t, 1, 2), np.int32)
    visits[:, 0, 1] = ed_visits
    variables = {
        "population": (("year", "municipality", "sex", "age"), np.ones((y, 1, 2, 101), np.int32)),
        "chronically_ill": (("year", "municipality", "age_group"), np.full((y, 1, 2), 40, np.int32)),
        "complex_needs": (("year", "municipality", "age_group"), np.full((y, 1, 2), 3, np.int32)),
        "contacts": (
            ("month", "municipality", "age_group", "care_level", "care_mode"),
            np.ones((t, 1, 2, 4, 4), np.int32),
        ),
        "ed_visits": (("month", "municipality", "age_group"), visits),
        "admissions": (("month", "municipality", "age_group"), visits // 3),
        "bed_days": (("month", "municipality", "age_group"), visits),
        "gp_visits": (("month", "health_centre"), np.tile(np.array([10, 20, 70], np.int32), (t, 1))),
        "gp_home_visits": (("month", "health_centre"), np.zeros((t, len(CENTRES)), np.int32)),
        "needs_assessed": (("month", "health_centre"), np.tile(np.array([1, 2, 7], np.int32), (t, 1))),
        "assessed_within_3_days": (("month", "health_centre"), np.tile([0.5, 1.0, np.nan], (t, 1))),
        "waiting_days": (
            ("month", "health_centre", "statistic"),
            np.tile(np.array([[1.0, 5.0], [2.0, 6.0], [3.0, 9.0]]), (t, 1, 1)),
        ),
        "occupied_beds": (("month", "hospital"), np.tile([80.0, 10.0], (t, 1))),
        "available_beds": (("month", "hospital"), np.tile([100.0, 20.0], (t, 1))),
        "continuity_index": (("year", "municipality"), np.r_[np.nan, np.full(y - 1, 0.4)].reshape(y, 1)),
        "fte_required": (("year", "profession"), np.full((y, 2), 12.0)),
        "fte_available": (("year", "profession"), np.full((y, 2), 10.0)),
        "staffing_gap": (("year", "profession"), np.full((y, 2), 2.0)),
        "fte_beyond_posts": (("year", "profession"), np.tile([1.0, 2.0], (y, 1))),
        "fte_required_by_unit": (("year", "unit", "profession"), np.tile([[9.0, 3.0], [1.0, 1.0]], (y, 1, 1))),
        "fte_available_by_unit": (("year", "unit", "profession"), np.tile([[6.0, 4.0], [1.0, 1.0]], (y, 1, 1))),
        "care_value": (("year",), np.r_[np.nan, np.full(y - 1, 5e6)]),
        "agency_cost": (("year", "profession"), np.full((y, 2), 1e6)),
        "overtime_cost": (("year", "profession"), np.full((y, 2), 2e6)),
        "bought_care": (("year",), np.r_[np.nan, np.full(y - 1, 3e6)]),
        "cost": (("year", "care_level", "payer"), np.full((y, 4, 2), 1e6)),
    }
    variables |= _care(t, y) | _local(t, y) | _life(t, y) | _mental(t, y)
    attributes = {"units": "1", "long_name": "made up", "label_sv": "påhittat"}
    coordinates = {
        "month": months,
        "year": years,
        "municipality": ["0880"],
        "sex": ["men", "women"],
        "age": np.arange(101),
        "age_group": list(AGE_GROUPS),
        "health_centre": list(CENTRES),
        "hospital": ["a", "b"],
        "care_level": ["health_promotion", "primary_care", "narsjukvard", "specialised"],
        "care_mode": ["self_care", "digital", "home", "on_site"],
        "profession": ["gp", "nurse"],
        "payer": ["region", "municipality"],
        "complex_contact": ["ed_visits", "admissions", "bed_days"],
        "quantile": ["median", "p90"],
        "rub": np.arange(6),
        "rub_group": ["0-3", "4", "5"],
        "education": ["compulsory", "upper_secondary", "post_secondary"],
        "account": ["available", "overtime"],
        "consequence": list(CONSEQUENCES),
        "fate": list(FATES),
        "place_of_death": ["hospital", "special_housing", "home_with_nursing", "home"],
        "concentration": list(CONCENTRATION),
        "condition": ["diabetes", "copd"],
    }
    return xr.Dataset({name: (dims, values, attributes) for name, (dims, values) in variables.items()}, coordinates)


def _life(months, years):
    """Return the variables of unmet need, the last year of life and gathered use."""
    place = ("month", "municipality", "age_group")
    once, never = np.ones((months, 1, 2)), np.r_[np.nan, np.full(years - 1, 0.2)]
    return {
        "unmet_consequences": ((*place, "consequence"), np.tile(np.arange(1.0, 10.0), (months, 1, 2, 1))),
        "left_without_care": (("month", "fate"), np.tile([9.0, 4.0, 3.0, 2.0], (months, 1))),
        "deaths_by_place": ((*place, "place_of_death"), np.tile([0.4, 0.3, 0.2, 0.1], (months, 1, 2, 1))),
        "deaths_admitted_last_year": (place, 0.7 * once),
        "hospital_days_of_last_90": (place, 9.0 * once),
        "bed_days_of_last_year": (place, 200.0 * once),
        "ed_visits_of_last_year": (place, 3.0 * once),
        "deaths_wish_known": (place, 0.5 * once),
        "deaths_wanting_to_stay": (place, 0.6 * once),
        "deaths_stayed_as_wished": (place, 0.45 * once),
        "deaths_known_to_stay": (place, 0.3 * once),
        "deaths_known_and_stayed": (place, 0.24 * once),
        "deaths_palliative_home": (place, 0.06 * once),
        "palliative_without_place": (place, 2.0 * once),
        "use_concentration": (("year", "concentration"), np.outer(never, [1.0, 2.0, 3.0, 1.5, 0.5, 0.25])),
        "complex_use_in_index_year": (("year",), never),
        "complex_use_in_next_year": (("year",), never / 2.0),
        "listed_people": (("year",), 100.0 * never),
        "listed_use_before": (("year",), 800.0 * never),
        "listed_use": (("year",), 600.0 * never),
        "listed_heaviest": (("year",), 40.0 * never),
        "life_expectancy": (("year", "sex"), np.stack([400.0 * never, 420.0 * never], axis=1)),
    }


def _mental(months, years):
    """Return the variables of mental health: two hospitals, three first lines, one municipality of two age groups."""
    by_month = {
        "psychiatry_met": 40, "psychiatry_waiting_days": 600, "psychiatry_within_30": 30, "psychiatry_gave_up": 2,
        "psychiatry_in_line": 50, "psychiatric_emergency_visits": 7, "psychiatric_admissions": 3,
        "psychiatric_bed_days": 45, "psychiatric_bed_waiting_days": 4, "psychiatric_at_home": 1,
        "psychiatric_open_days": 60,
    }  # fmt: skip
    first = {"first_line_visits": 5, "first_line_waiting_days": 15, "first_line_to_gp": 1}
    of_year = {
        "psychiatric_children": 3.0, "psychiatric_adults": 11.0, "psychiatry_cost": 1e6, "first_line_cost": 5e5,
        "psychiatric_staff_gap": 6.0, "first_line_staff_gap": -1.0,
    }  # fmt: skip
    made = {name: (("month", "hospital"), np.full((months, 2), value)) for name, value in by_month.items()}
    made |= {name: (("month", "health_centre"), np.full((months, 3), value)) for name, value in first.items()}
    made |= {name: (("year",), np.r_[np.nan, np.full(years - 1, value)]) for name, value in of_year.items()}
    made["psychiatric_visits"] = ("month", "municipality", "age_group"), np.full((months, 1, 2), 40, np.int32)
    return made


def _care(months, years):
    """Return the variables of outcomes, municipal care and coordination: one of each in every place and month."""
    monthly = {
        ("municipality", "age_group"): (1, 2), ("municipality",): (1,), ("hospital",): (2,), ("complex_contact",): (3,),
    }  # fmt: skip
    names = {
        ("municipality", "age_group"): "avoidable_admissions readmissions fall_admissions hip_fractures deaths",
        ("municipality",): (
            "discharge_ready_days discharges_to_municipality discharges_same_day housing_queue home_help_recipients "
            "home_care_days carers strained_carers care_hours_a_week carer_away carer_away_without_place "
            "home_nursing_enrolled home_nursing_enrolled_plan home_nursing_enrolled_review"
        ),
        ("hospital",): (
            "specialist_visits_first specialist_visits_within_90_days planned_admitted planned_within_90_days "
            "boarding_hours expected_specialist_wait expected_planned_wait"
        ),
        ("complex_contact",): "complex_use",
    }
    care = {
        name: (("month", *dims), np.ones((months, *sizes), np.int32))
        for dims, sizes in monthly.items()
        for name in names[dims].split()
    }
    ends = ("persons_with_gp", "persons_with_known_gp", "persons_with_contact", "persons_with_plan")
    care |= {name: (("year", "municipality"), np.ones((years, 1), np.int32)) for name in ends}
    unknown = np.full((1, 2), np.nan)  # no cost in 2022
    costs = {"complex_cost": [[1e6, 2e6]], "total_cost": [[8e6, 4e6]]}
    return care | {
        name: (("year", "payer"), np.concatenate([unknown, np.repeat(values, years - 1, axis=0)]))
        for name, values in costs.items()
    }


def _local(months, years):
    """Return the variables of need, waits, home nursing and equity: tens everywhere, by year none in 2022 of waits."""
    sizes = {
        "municipality": 1, "sex": 2, "age_group": 2, "quantile": 2, "rub": 6, "rub_group": 3, "education": 3,
        "care_level": 4, "care_mode": 4, "profession": 2, "unit": 2, "account": 2, "condition": 2,
        "health_centre": len(CENTRES),
    }  # fmt: skip

    def of(length, *dims):
        return np.full((length, *(sizes[dim] for dim in dims)), 10.0)

    by_sex, by_education = ("municipality", "sex", "age_group"), ("education", "sex", "age_group")
    band, place = ("municipality", "rub_group"), ("municipality", "age_group")
    of_month = {
        "planned_admissions": place, "diverted": place, "ambulance_visits": place, "advice_calls": ("municipality",),
        "gave_up": ("municipality", "care_level", "care_mode"),
        "calls": ("health_centre",), "calls_same_day": ("health_centre",), "consultations": ("health_centre",),
        "referrals_spared": ("health_centre",),
    }  # fmt: skip
    of_year = {
        "resource_band": (*by_sex, "rub"), "multimorbid": place, "home_nursing_patients": by_sex,
        "special_housing_residents": by_sex, "special_housing_with_gp": ("municipality",),
        **{f"home_nursing_{name}by_band": band for name in ("", "gp_", "plan_", "75_")},
        "medication_reviews_by_band": band, "daily_smokers": place, "with_obesity": place, "at_great_risk": place,
    }  # fmt: skip
    measured = {
        "gp_wait": ("quantile",), "specialist_wait": ("quantile",), "ed_time": ("quantile",),
        "fte_agency": ("profession",), "staff_minutes": ("unit", "profession", "account"),
        "assessed_by_municipality": ("municipality",), "continuity_index_home_nursing": ("municipality",),
        "population_by_education": by_education, "deaths_by_education": by_education,
        "life_expectancy_30": ("education", "sex"), "new_cases": ("municipality", "condition"),
    }  # fmt: skip
    made = {name: (("month", *dims), of(months, *dims)) for name, dims in of_month.items()}
    made |= {name: (("year", *dims), of(years, *dims)) for name, dims in (of_year | measured).items()}
    for name in measured:
        made[name][1][0] = np.nan
    return made
