"""A program that lives through small systems, on the project's sources or on a copy with the rule of the how-to.

`keep FOLDER` writes systems before and after some days; `compare FOLDER` lives through the same systems on a copy
where the new share is 0, and prints as JSON in which arrays they end otherwise, and what the rule does where it acts.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
from small_system import copy_of, events_of, random_world, run_kernels

from simulator.core.world import World

warnings.simplefilter("ignore", RuntimeWarning)  # without the compiler numpy reports that words wrap around
SYSTEMS, DAYS = range(24), 10


def keep(folder):
    for seed in SYSTEMS:
        world = random_world(seed, DAYS)
        np.savez(folder / f"{seed}-before.npz", **world._asdict())
        run_kernels(world, 0, DAYS)
        np.savez(folder / f"{seed}-after.npz", **world._asdict())


def taken_over(file, seed):
    """Return a system as it was written, with what the rule adds to it: its number, its tally and its key."""
    from simulator.core.rules import RULES
    from simulator.tables import purpose_keys

    arrays = dict(np.load(file))
    rules = np.zeros(1, RULES)
    for name in arrays["rules"].dtype.names:
        rules[name] = arrays["rules"][name]
    return World(**arrays | {"rules": rules, "keys": purpose_keys(seed), "missed": np.zeros_like(arrays["diverted"])})


def compare(folder):
    """Return arrays that a share of 0 changes, visits missed, differences to the reference and to no such rule."""
    from simulator.reference.reference import Reference

    changed, missed, told, moved = [], 0, [], 0
    for seed in SYSTEMS:
        world = taken_over(folder / f"{seed}-before.npz", seed)
        acting = copy_of(world)
        run_kernels(world, 0, DAYS)
        after = np.load(folder / f"{seed}-after.npz")
        changed += [f"{seed}: {name}" for name in after if not equal(name, getattr(world, name), after[name])]
        changed += ["missed"] * bool(world.missed.any())
        acting.rules["missed_share"] = 0.5
        reference = Reference(copy_of(acting), 0)
        reference.run(DAYS)
        run_kernels(acting, 0, DAYS)
        missed += int(acting.missed.sum())
        moved += not np.array_equal(acting.ledger, world.ledger)
        same = np.array_equal(acting.ledger, reference.ledger)
        told += [] if same and events_of(acting).tolist() == sorted(map(list, reference.log)) else [seed]
    return {"changed": changed, "missed": missed, "told_otherwise": told, "moved": moved}


def equal(name, ours, theirs):
    if name == "rules":
        return all(ours[field] == theirs[field] for field in theirs.dtype.names)
    return np.array_equal(ours[: len(theirs)] if name == "keys" else ours, theirs)


def said():
    """Return what region and results say of the rule."""
    from simulator.core.record import Record
    from simulator.region.pack import load_region
    from simulator.results.dataset_local import ways_in
    from simulator.results.recorded import Recorded
    from simulator.start import sizes_of
    from simulator.tables import rules_of

    region = load_region("kalmar")
    record = Record.empty(sizes_of(region.units, len(region.professions), 1))
    record.missed[0, :2] = 3, 4
    dims, values, about = ways_in(Recorded(region, None, record, None), 1)["missed_visits"]
    return {"share": float(rules_of(region)["missed_share"][0]), "dims": dims, "sum": int(values.sum()), **about}


if __name__ == "__main__":
    what, place = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(compare(place) | said() if what == "compare" else keep(place), default=str))
