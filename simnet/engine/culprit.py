"""Who it was: of parts that failed together, the first that fails by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

S = TypeVar("S", bound=Sequence[object])


def culprit(parts: S, fails: Callable[[S], bool]) -> S | None:
    """The first of `parts` that `fails` alone, as a sequence of one, by halves; None where only several together do."""
    while len(parts) > 1:
        middle = len(parts) // 2
        first: S = parts[:middle]  # type: ignore[assignment]
        parts = first if fails(first) else parts[middle:]  # type: ignore[assignment]
    return parts if fails(parts) else None


def raises(call: Callable[[], object]) -> bool:
    """Whether a call raises, whatever it is: who asks has an error in hand, and raises that."""
    try:
        call()
    except Exception:
        return True
    return False
