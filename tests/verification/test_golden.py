"""The bits of today's code in every locked environment that is known, and figures that any environment comes near to.

What moves them moves results: they are written anew by `python benchmarks/reproduction.py --golden`, with a line
**Results:** in the changelog.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from golden_digest import COUNTED, golden

import simulator

KEPT = json.loads(Path(__file__).with_name("golden.json").read_text("utf-8"))
NEAR = {"contacts": 0.03, "ed_visits": 0.15, "admissions": 0.15, "bed_days": 0.2, "deaths": 0.35}
"""How far chance alone may move a figure in two years of 6 000 people: some four standard deviations."""


PLAIN = {"PYTHONHASHSEED": "4711", "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL"}
"""Sets in another order, and numpy's loops for the oldest processor that it knows."""


@pytest.fixture(scope="module")
def found(kernels: None) -> dict[str, Any]:  # noqa: ARG001 - it is to be compiled
    return golden()


@pytest.fixture(scope="module")
def elsewhere() -> dict[str, Any]:
    """The same in another interpreter that is as different as it can be made here."""
    folders = [str(Path(simulator.__file__).parents[1]), *sys.path]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(Path(__file__).with_name("golden_digest.py"))],
        env=os.environ | PLAIN | {"PYTHONPATH": os.pathsep.join(folders)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_the_figures_are_in_their_ranges(found) -> None:
    assert set(NEAR) == set(COUNTED)
    for course, figures in found["figures"].items():
        for name, value in figures.items():
            assert value == pytest.approx(KEPT["figures"][course][name], rel=NEAR[name]), (course, name)
    assert found["figures"]["today"] != found["figures"]["strategy"]


@pytest.mark.parametrize("where", ["found", "elsewhere"])
def test_a_known_environment_gives_its_golden_bits(where, request, record_property) -> None:
    lived = request.getfixturevalue(where)
    if lived["environment"] not in KEPT["digests"]:
        pytest.skip(f"no golden digest of {lived['environment']}: python benchmarks/reproduction.py --golden")
    record_property("environments", len(KEPT["digests"]))
    assert lived["all"] == KEPT["digests"][lived["environment"]]
    assert lived["figures"] == KEPT["figures"]


def test_other_hashes_and_other_vectors_count_the_same(found, elsewhere) -> None:
    """Every whole number to the bit; numbers with decimals may differ in their last."""
    assert elsewhere["counts"] == found["counts"]
    assert elsewhere["figures"] == found["figures"]
