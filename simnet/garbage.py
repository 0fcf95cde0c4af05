"""Work that makes many objects and few cycles: reference counts free what it leaves, a collector only looks on."""

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


@contextmanager
def set_aside() -> Iterator[None]:
    """What is there already is not looked over for garbage meanwhile; it is old afterwards.

    A catalog of 300,000 parts is millions of objects that live on: to look at them once is half a second, for which
    all workers stand still. Where somebody else has set objects aside, nothing changes. Garbage that is there already
    stays until the next full look: for what takes long, not for what is done again and again.
    """
    if gc.get_freeze_count():
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
