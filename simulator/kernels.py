"""How kernels are compiled, and whether they have been."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit

from simulator import kernel_folder

# Without `_nrt=False` numba counts references at every access to a record and every call that hands
# on the world's fifty arrays; a contact then costs 1 000 ns instead of 40. Kernels own and allocate
# nothing, so there is nothing to count. No kernel divides by zero on purpose: `numpy` saves the checks.
_OPTIONS: dict[str, Any] = {"_nrt": False, "error_model": "numpy"}
kernel: Callable[[Callable[..., Any]], Any] = njit(cache=True, nogil=True, **_OPTIONS)
"""Compiles what Python calls: arrays in, arrays out, the result kept for the next process."""
rule: Callable[[Callable[..., Any]], Any] = njit(forceinline=True, **_OPTIONS)
"""Compiles what a kernel does to one person; becomes part of the kernel."""


def compiled() -> bool:
    """Whether this version's kernels have been compiled here before; if not, the first run takes a minute."""
    return any(kernel_folder().rglob("primary_care.work_desks*.nbc"))
