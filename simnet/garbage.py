"""Work that makes many objects and no cycles: reference counts free what it leaves, a collector only looks on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_nothing() -> Iterator[None]:
    """No garbage collection meanwhile, nor after it where there was none before."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
