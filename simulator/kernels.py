"""How kernels are compiled, and whether they have been."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import config, njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from simulator import kernel_folder

# Without `_nrt=False` numba counts references at every access to a record and every call that hands
# on the world's fifty arrays; a contact then costs 1 000 ns instead of 40. Kernels own and allocate
# nothing, so there is nothing to count. No kernel divides by zero on purpose: `numpy` saves the checks.
_OPTIONS: dict[str, Any] = {"_nrt": False, "error_model": "numpy"}
kernel: Callable[[Callable[..., Any]], Any] = njit(cache=True, nogil=True, **_OPTIONS)
"""Compiles what Python calls: arrays in, arrays out, the result kept for the next process."""
rule: Callable[[Callable[..., Any]], Any] = njit(forceinline=True, **_OPTIONS)
"""Compiles what a kernel does to one person; becomes part of the kernel."""


def _prefetch(_typing: Any, array: Any, index: Any) -> Any:
    """Ask for row `index` of an array before it is read; says nothing and waits for nothing.

    People are met in no order of place, and their records do not fit in the cache nearest the core: half
    the time at a desk was spent waiting for who comes next.
    """

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        held = context.make_array(signature.args[0])(context, builder, args[0])
        byte = ir.IntType(8).as_pointer()
        offset = builder.mul(args[1], builder.extract_value(held.strides, 0))
        address = builder.gep(builder.bitcast(held.data, byte), [offset])
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        builder.call(function, [address, number(0), number(3), number(1)])  # to read, keep near, data
        return context.get_dummy_value()

    return types.void(array, types.intp), generate


prefetch: Callable[..., None] = (lambda array, index: None) if config.DISABLE_JIT else intrinsic(_prefetch)


def compiled() -> bool:
    """Whether this version's kernels have been compiled here before; if not, the first run takes a minute."""
    return any(kernel_folder().rglob("primary_care.work_desks*.nbc"))
