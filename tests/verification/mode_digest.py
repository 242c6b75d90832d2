"""Run some small systems and print a digest of all that came out; started by `test_modes.py` in other modes."""

from __future__ import annotations

import hashlib
import sys
import warnings

import numpy as np
from small_system import random_world, run_kernels

warnings.simplefilter("ignore", RuntimeWarning)  # without the compiler numpy reports that words wrap around


def main(seeds: int) -> str:
    digest = hashlib.sha256()
    for seed in range(seeds):
        world = random_world(seed, 6)
        run_kernels(world, 0, 6)
        for array in world:
            digest.update(np.ascontiguousarray(array).view(np.uint8).tobytes())
    return digest.hexdigest()


if __name__ == "__main__":
    print(main(int(sys.argv[1])))
