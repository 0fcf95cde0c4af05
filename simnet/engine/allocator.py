"""The C library's memory: kept meanwhile, so that the system need not clear pages again for every slice.

Slices take and give back the same large arrays again and again. The GNU C library returns such memory to the system at
once, which clears each page before it hands it out anew: with two workers a tenth of all time, because the map of the
process is one, and they wait for each other at it.
"""

from __future__ import annotations

import ctypes
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

from simnet.process import process

TRIM_ABOVE, MAP_ABOVE, MAPPED, ARENAS = -1, -3, -4, -8
"""Parameters of mallopt(3): free memory at the top from which it is given back, the size from which memory is mapped by
itself, the most pieces that are, and pools for threads."""
KEPT = {TRIM_ABOVE: (1 << 31) - 1, MAPPED: 0}
"""Nothing is given back or mapped by itself."""
USUAL = {TRIM_ABOVE: 1 << 26, MAP_ABOVE: 1 << 25, MAPPED: 1 << 16}
"""What the library begins with, or comes to by itself in a process with large arrays."""
SAID = ("MALLOC_", "GLIBC_TUNABLES")
"""Variables of the environment by which somebody else has said how memory is to be kept."""
ONE_POOL = {ARENAS: 1}
"""All threads share a pool: what one gives back, another takes. The library looks once, and it is never taken back: for
a process that ends with its study."""


@contextmanager
def memory_kept() -> Iterator[None]:
    """Keep memory that is given back for what is asked next; afterwards it goes to the system.

    Nothing changes elsewhere than with the GNU C library, or where the environment says how memory is to be kept.
    """
    library = gnu_library()
    if library is None:
        yield
        return
    try:
        tuned(library, KEPT | (ONE_POOL if process.ends else {}))
        yield
    finally:
        tuned(library, USUAL)
        library.malloc_trim(0)


def tuned(library: Any, how: dict[int, int]) -> None:
    """Set parameters of the allocator."""
    for name, value in how.items():
        library.mallopt(name, value)


@cache
def gnu_library() -> Any | None:
    """The GNU C library of this process, where it has one."""
    if any(name.startswith(SAID) for name in os.environ):
        return None
    with suppress(OSError, TypeError, AttributeError):
        if platform.libc_ver()[0] == "glibc":
            library = ctypes.CDLL(None)
            return library if library.mallopt and library.malloc_trim else None
    return None
