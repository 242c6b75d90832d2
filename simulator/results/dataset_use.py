"""Labelled variables of the use of means: minutes and money by cell, the complex group's part, and what binds."""

from __future__ import annotations

import numpy as np

from simulator.core.fields import Array
from simulator.core.record import CARE_LEVELS, CARE_MODES
from simulator.results import binding, economy
from simulator.results.activities import by_cell, further_minutes, staff_minutes
from simulator.results.dataset_care import Variable, attributes
from simulator.results.recorded import Recorded
from simulator.staff.effort import minutes_per_post


def use_of_means(recorded: Recorded, years: int) -> dict[str, Variable]:
    """Whole years; the year before the first is for the caller to add."""
    record, region = recorded.record, recorded.region
    beyond = further_minutes(record, region, years)
    taken = staff_minutes(record, region, years) + beyond
    minutes = np.moveaxis(_matrix(by_cell(taken, 1)), -1, 1)
    money, whole = economy.cost_by_cell(record, region, years), economy.cost(record, region, years)
    cells = ("care_level", "care_mode")
    return {
        "minutes_by_cell": (
            ("year", "profession", *cells), minutes,
            attributes("minutes", "staff minutes by cell of the structure matrix", "Personalminuter efter vårdform"),
        ),
        "fte_beyond_posts": (
            ("year", "profession"), beyond.sum(axis=1) / minutes_per_post(region),
            attributes("FTE", "FTE for the work that levers bring, beyond the posts of the units",
                       "Årsarbetare för insatsernas eget arbete, utöver enheternas tjänster"),
        ),
        "cost_by_cell": (
            ("year", *cells, "payer"), _matrix(money),
            attributes("SEK", "cost of care by cell of the structure matrix, idle staff time apart",
                   "Kostnad efter vårdform"),
        ),
        "cost_idle": (
            ("year", "payer"), economy.idle_cost(record, region, years),
            attributes("SEK", "cost of staff time that no care took", "Kostnad för ledig tid"),
        ),
        "complex_cost": (
            ("year", "payer"), economy.complex_cost(record, region, years),
            attributes("SEK", "cost of care of people with complex needs, idle time shared by use",
                   "Kostnad, personer med komplexa behov"),
        ),
        "total_cost": (
            ("year", "payer"), whole.sum(axis=1), attributes("SEK", "cost of all care", "Kostnad, alla"),
        ),
    } | _binding(recorded, years)  # fmt: skip


def _matrix(cells: Array) -> Array:
    """Split an axis of cells behind the year into level and mode."""
    return cells.reshape(len(cells), len(CARE_LEVELS), len(CARE_MODES), *cells.shape[2:])


def _binding(recorded: Recorded, years: int) -> dict[str, Variable]:
    figures, dims = binding.find_binding(recorded.record, recorded.region, years), ("year", "unit", "resource")
    texts = {
        "offered": ("of the resource", "offered, in the resource's own measure", "Tillgängligt"),
        "used": ("of the resource", "used, in the resource's own measure", "Använt"),
        "requests": ("requests", "requests that the resource was asked for", "Förfrågningar"),
        "lost": ("requests", "requests that the resource could not meet in time", "Förfrågningar som inte möttes"),
        "lack": ("of the lack", "what was lacking, in the resource's own measure", "Det som saknades"),
    }
    return {f"resource_{name}": (dims, figures[name], attributes(*text)) for name, text in texts.items()}
