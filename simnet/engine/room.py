"""Memory that a thread writes again and again: new from the system it costs as much as all that is written to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from simnet.integers import Rows

SPARE = 8
"""One record in so many is taken besides: the next slice may be a little larger. Memory not written to is free."""


class Room(threading.local):
    """By name, the records that a thread wrote last; each thread has its own, which ends with it.

    Two workers that take and give back large pieces of memory stop each other, because the system changes the map of
    the process for both.
    """

    def __init__(self) -> None:
        self.found: dict[str, Rows] = {}

    def rows(self, name: str, size: int, dtype: Any, most: int | None = None) -> Rows:
        """So many records with anything in them, until this thread asks for those of that name again.

        More than `most` are not kept.
        """
        found = self.found.get(name)
        if found is None or len(found) < size:
            if most is not None and size > most:
                return np.empty(size, dtype)
            del found
            self.found.pop(name, None)  # before more is taken
            found = self.found[name] = np.empty(size + size // SPARE, dtype)
        return found[:size]

    def leave(self) -> None:
        """Give back what this thread keeps."""
        self.found.clear()


room = Room()


@contextmanager
def leaving_room() -> Iterator[None]:
    """What this thread keeps meanwhile it gives back at the end."""
    try:
        yield
    finally:
        room.leave()
