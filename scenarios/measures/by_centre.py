"""The measures by health centre. Sizes and most names of health centres are assumptions; the page says so."""

from __future__ import annotations

import math

from scenarios.measures.place_measure import PERCENT, Array, Tables, mean_by, measure

_STAFF = ("fte_required_by_unit", "fte_available_by_unit", "unit")
_GP = "gp"


@measure(
    "centre", "assessed_within_3_days", "Medicinsk bedömning inom tre dagar", "procent", 1, "up",
    "assessed_within_3_days", "needs_assessed", limits=PERCENT,
)  # fmt: skip
def _assessed(tables: Tables) -> Array:
    return 100 * mean_by(tables.monthly("assessed_within_3_days"), tables.monthly("needs_assessed"))


@measure("centre", "waiting_days", "Väntan på läkarbesök, medel", "dagar", 1, "down", "waiting_days", "gp_visits")
def _waiting(tables: Tables) -> Array:
    return mean_by(tables.monthly("waiting_days")[..., 0], tables.monthly("gp_visits"))


@measure("centre", "gp_visits", "Läkarbesök", "besök", 0, "neither", "gp_visits")
def _visits(tables: Tables) -> Array:
    total: Array = tables.monthly("gp_visits").sum(axis=3)
    return total


@measure("centre", "gp_required", "Läkarbehov", "heltider", 1, "neither", *_STAFF)
def _gp_required(tables: Tables) -> Array:
    return _of_centres(tables, tables.units("fte_required_by_unit", _GP))


@measure("centre", "gp_available", "Läkartillgång, utan hyrpersonal", "heltider", 1, "neither", *_STAFF)
def _gp_available(tables: Tables) -> Array:
    return _of_centres(tables, tables.units("fte_available_by_unit", _GP))


@measure(
    "centre", "gp_gap", "Läkare som saknas", "heltider, minus är överskott", 1, "down", *_STAFF,
    limits=(-math.inf, math.inf),
)  # fmt: skip
def _gp_gap(tables: Tables) -> Array:
    return _gp_required(tables) - _gp_available(tables)


@measure("centre", "complex", "Personer med komplexa behov", "personer", 0, "neither", "complex_by_centre")
def _complex(tables: Tables) -> Array:
    return tables.yearly("complex_by_centre")


def _of_centres(tables: Tables, by_unit: Array) -> Array:
    return by_unit[..., : len(tables.centre_at)]
