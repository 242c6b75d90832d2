"""What kernels and rules may be called by."""

from __future__ import annotations

import pytest
from numba import njit
from numba.core.caching import UserProvidedCacheLocator

from simulator.care import primary_care
from simulator.core import kernels
from simulator.core.kernels import formula, rule


@rule
def doubled(x):
    return 2 * x


@formula
def halved(x):
    return x / 2


@njit
def through_a_kernel(x):
    return halved(doubled(x))


def test_python_cannot_call_a_rule_and_is_told_so() -> None:
    with pytest.raises(TypeError, match="doubled is a rule"):
        doubled(1)


def test_a_kernel_calls_rules_and_formulas_and_python_calls_formulas() -> None:
    assert through_a_kernel(3) == 3.0
    assert halved(3) == 1.5


def test_kernels_of_another_copy_of_the_sources_are_not_taken_for_these(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(kernels, "_KEEP", True)
    other = UserProvidedCacheLocator.get_suitable_cache_subpath("/elsewhere/simulator/care/primary_care.py")
    own = UserProvidedCacheLocator.get_suitable_cache_subpath(str(primary_care.__file__))
    for name in (other, own):
        assert not kernels.compiled()
        (tmp_path / name).mkdir()
        (tmp_path / name / "primary_care.work_desks-1.py311.1.nbc").touch()
    assert kernels.compiled()
