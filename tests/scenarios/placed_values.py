"""Made-up values by place for the map page: every measure, every place of the county, three scenarios."""

import numpy as np
import xarray as xr

from scenarios.measures.figures import BY_PLACE, ORDER

LABELS = {"nulage": "Nuläge", "kontinuitet": "Kontinuitet", "bemanningskris": "Bemanning <i>kris</i>"}
YEARS = tuple(range(2023, 2031))


def made_up(county, replications=4):
    """Return values around 40 + place, alike in all scenarios until 2027; then `kontinuitet` has 6 more in Kalmar.

    Elsewhere it differs by chance alone; `bemanningskris` is the same as `nulage`.
    """
    draws = np.random.default_rng(3)
    places = {"municipality": county.municipalities, "centre": county.centres}
    variables = {}
    coordinates = {"scenario": list(LABELS), "replication": list(range(replications)), "year": list(YEARS)}
    for kind, codes in places.items():
        dimensions = BY_PLACE[kind]
        by, place = dimensions.listed, dimensions.names[0]
        names = list(ORDER[dimensions])
        shape = (replications, len(names), len(codes), len(YEARS))
        base = 40 + np.arange(len(codes))[:, None] + draws.normal(0, 0.5, shape)
        other = base + np.where(np.array(YEARS) >= 2027, draws.normal(0, 0.5, shape), 0.0)
        other[:, :, codes.index("0880") if kind == "municipality" else codes.index("kalmar-1"), 4:] += 6.0
        table = np.stack([base, other, base]).astype(np.float32)
        variables[dimensions.variable] = (("scenario", "replication", by, place, "year"), table)
        coordinates |= {by: names, place: list(codes)}
    return xr.Dataset(variables, coordinates, {"region": "kalmar"})
