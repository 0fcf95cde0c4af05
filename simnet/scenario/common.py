"""What the slices of a catalog have in common: worked out by the first that asks, and there for the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from simnet.scenario.scenario import Scenario

T = TypeVar("T")


def once(scenario: Scenario, name: str, work: Callable[[], T]) -> T:
    """What `work` finds in the sites, rules and dates of a scenario, never in its parts or demand.

    Slices of one catalog share it under its name; two threads that ask at once find the same. A scenario that is no
    slice is worked out anew each time: nobody can tell when it is changed.
    """
    known = scenario.common
    if known is None:
        return work()
    if name not in known:
        known[name] = work()
    return cast("T", known[name])
