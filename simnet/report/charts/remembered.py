"""What several steps of one chart need of the same comparison, worked out once."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from simnet.metrics import Comparison

T = TypeVar("T")


def remembered(work: Callable[[Comparison], T]) -> Callable[[Comparison], T]:
    """The same function, which does not work again for the comparison that it saw last."""
    last: list[tuple[weakref.ref[Comparison], T]] = []

    @wraps(work)
    def once(comparison: Comparison) -> T:
        for seen, answer in last:
            if seen() is comparison:
                return answer
        answer = work(comparison)
        last[:] = [(weakref.ref(comparison), answer)]
        return answer

    return once
