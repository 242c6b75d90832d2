"""What kernels and rules may be called by."""

from __future__ import annotations

import pytest
from numba import njit

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
