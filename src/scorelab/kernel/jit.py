"""The two decorators with which the kernel is compiled; nothing else calls the compiler.

numba's cache does not notice a change in another file, so the cache folder is named by a digest of all sources
of the kernel. Without a writable cache folder the kernel is compiled anew in each process.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic


def sources_digest() -> str:
    """Digest of the kernel's source files and of the words that it freezes, 16 hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=8)
    folder = Path(__file__).parent
    for path in (*sorted(folder.glob("*.py")), folder.parent / "words.py"):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _cache_folder() -> str | None:
    base = os.environ.get("SCORELAB_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    folder = Path(base) / "scorelab" / f"kernel-{sources_digest()}-numba{numba.__version__}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError:
        return None
    return str(folder)


F = TypeVar("F", bound=Callable[..., Any])

CACHE_FOLDER = _cache_folder()
if CACHE_FOLDER is not None:
    numba.config.CACHE_DIR = CACHE_FOLDER


def jit(function: F) -> F:
    """Compile without Python objects, without the global lock and without making arrays; cached where that can be.

    Without arrays of its own a function need not count references to those that it is given. The counting, a locked
    instruction an array and call, would take a good part of the time, and threads that read the same law would wait
    for each other.
    """
    compiled: F = numba.njit(nogil=True, cache=CACHE_FOLDER is not None, error_model="numpy", _nrt=False)(function)
    return compiled


def jit_making_arrays(function: F) -> F:
    """As :func:`jit`, for functions that need arrays of their own."""
    compiled: F = numba.njit(nogil=True, cache=CACHE_FOLDER is not None, error_model="numpy")(function)
    return compiled


def inlined(function: F) -> F:
    """As :func:`jit`, but put into its callers before they are compiled, so that their loops become vector loops."""
    compiled: F = numba.njit(nogil=True, inline="always", error_model="numpy", _nrt=False)(function)
    return compiled


if numba.config.DISABLE_JIT:

    def prefetch(rows, row):  # type: ignore[no-untyped-def]
        """Nothing: uncompiled code has no memory to fetch."""

else:

    @intrinsic
    def prefetch(typingctx, rows, row):  # type: ignore[no-untyped-def]  # noqa: ARG001
        """Ask the processor for the memory of one row of an array, which will be needed soon; changes nothing."""

        def code(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
            array = context.make_array(signature.args[0])(context, builder, arguments[0])
            stride = builder.extract_value(array.strides, 0)
            where = builder.add(builder.ptrtoint(array.data, stride.type), builder.mul(arguments[1], stride))
            pointer, word = ir.IntType(8).as_pointer(), ir.IntType(32)
            kind = ir.FunctionType(ir.VoidType(), [pointer, word, word, word])
            fetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
            read, keep, data = (ir.Constant(word, number) for number in (0, 3, 1))
            builder.call(fetch, [builder.inttoptr(where, pointer), read, keep, data])
            return context.get_dummy_value()

        return types.void(rows, types.intp), code
