"""What is simulated unless somebody says otherwise; nothing heavy to import, for the command line's help names it."""

from __future__ import annotations

HOME_REGION = "kalmar"
"""The region that comes with the project: the app simulates no other."""

HORIZON_YEAR = 2030
"""Last year that is simulated."""

BASE_SEED = 1
"""The seed that replications' seeds depend on."""

FULL_REPLICATIONS = 20
"""Replications of a full answer of the app, and of the command of a scenario made there."""

LARGEST_SEED = 2**63 - 1
