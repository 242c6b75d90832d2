"""How kernels are compiled, and whether they have been."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from llvmlite import ir
from numba import config, njit, typeof, types
from numba.core.caching import UserProvidedCacheLocator
from numba.core.registry import CPUDispatcher
from numba.extending import intrinsic

# Without `_nrt=False` numba counts references at every access to a record and every call that hands
# on the world's fifty arrays; a contact then costs 1 000 ns instead of 40. Kernels own and allocate
# nothing, so there is nothing to count. No kernel divides by zero on purpose: `numpy` saves the checks.
F = TypeVar("F", bound=Callable[..., Any])
_compile: Any = njit  # its stubs know neither `_nrt` nor the wrappers
_OPTIONS: dict[str, Any] = {"_nrt": False, "error_model": "numpy"}
# Wrappers that unpack a world of eighty arrays, for callers that rules do not have, were half of the time to compile.
_INNER: dict[str, Any] = {"forceinline": True, "no_cfunc_wrapper": True, **_OPTIONS}
_KEEP = "NUMBA_CACHE_DIR" in os.environ
"""Whether there is a place to keep compiled kernels, which `simulator` found; never beside the sources."""
kernel: Callable[[F], F] = _compile(cache=_KEEP, nogil=True, no_cfunc_wrapper=True, **_OPTIONS)
"""Compiles what Python calls: arrays in, arrays out, the result kept for the next process."""
cold: Callable[[F], F] = _compile(cache=_KEEP)
"""Compiles what may allocate and return arrays, for what happens once a year or less; kept like a kernel."""
formula: Callable[[F], F] = _compile(**_INNER)
"""Compiles a rule of a few numbers that Python calls too."""


class Rule(CPUDispatcher):
    """A compiled rule, for kernels alone: Python has no way in."""

    def __call__(self, *_: Any) -> Any:
        """Raise TypeError, where numba would crash."""
        raise TypeError(f"{self.py_func.__name__} is a rule: call it in a kernel")


def rule(function: F) -> F:
    """Compile what a kernel does to one person; becomes part of the kernel."""
    compiled_rule = _compile(no_cpython_wrapper=True, **_INNER)(function)
    if isinstance(compiled_rule, CPUDispatcher):  # unless numba is switched off
        compiled_rule.__class__ = Rule
    return cast(F, compiled_rule)


integer = cast(Callable[[Any], int], np.int64)
"""Makes a 64-bit integer, which type checkers take for an int, of what comes out of an array."""
constant = integer
"""Makes a number that rules get as an argument; a plain one would be a type, and the rule compiled for each."""


def _prefetch(_: Any, array: Any, index: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        held = context.make_array(signature.args[0])(context, builder, args[0])
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        offset = builder.mul(args[1], builder.extract_value(held.strides, 0))
        address = builder.gep(builder.bitcast(held.data, byte), [offset])
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        function: Any = builder.module.globals.get(_INSTRUCTION) or ir.Function(builder.module, kind, _INSTRUCTION)
        builder.call(function, [address, number(0), number(3), number(1)])  # to read, keep near, data
        return context.get_dummy_value()

    return types.void(array, types.intp if isinstance(index, types.Integer) else index), generate


@rule
def at(index: Any) -> Any:
    """Make an index that is never negative, so that numba does not ask whether it counts from the end."""
    return np.uint64(index)


_INSTRUCTION = "llvm.prefetch.p0i8"
prefetch: Any = (lambda *_: None) if cast(Any, config).DISABLE_JIT else intrinsic(_prefetch)
"""Asks for row `index` of an array before it is read; says nothing and waits for nothing.

People are met in no order of place, and their records do not fit in the cache nearest the core: half the
time at a desk was spent waiting for the record of who comes next.
"""


def bound(of_world: Any, arrays: Any) -> Callable[..., None]:
    """Return a kernel with its first argument, a named tuple of arrays, in place; the others are integers.

    At every call numba looks up the types of all arguments, which for a world of fifty arrays takes eight
    times as long as the call itself. Here it does so once for each set of kinds of arrays.
    """
    if not hasattr(of_world, "overloads"):  # numba is switched off
        return partial(of_world, arrays)
    kinds = (of_world, type(arrays), *((a.dtype, a.ndim, a.flags.num) for a in arrays))
    if kinds not in _ENTRIES:
        type_of: Any = typeof
        signature = (type_of(arrays), *([types.int64] * (of_world.py_func.__code__.co_argcount - 1)))
        of_world.compile(signature)
        _ENTRIES[kinds] = of_world.overloads[signature].entry_point
    return partial(_ENTRIES[kinds], arrays)


_ENTRIES: dict[Any, Callable[..., None]] = {}


def kept() -> bool:
    """Whether compiled kernels are kept for the next process."""
    return _KEEP


def compiled() -> bool:
    """Whether the kernels of these sources have been compiled and kept before; if not, the first run takes minutes.

    Another copy of the same version may have kept its own beside them: numba keeps kernels by where sources lie.
    """
    desks = Path(__file__).parents[1] / "care" / "primary_care.py"
    return kept() and any(_kept_of(desks).glob(f"{desks.stem}.work_desks*.nbc"))


def _kept_of(source: Path) -> Path:
    """Return the folder in which numba keeps what it made of a source."""
    locator: Any = UserProvidedCacheLocator
    return Path(os.environ["NUMBA_CACHE_DIR"], locator.get_suitable_cache_subpath(str(source)))
