"""Parts of which some have no cost, price or weight: what is paid for them is then told too low, or too high."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.errors import clean

if TYPE_CHECKING:
    from simnet.scenario.scenario import Scenario

MOST_NAMED = 3


def unpriced(scenario: Scenario) -> Iterator[str]:
    """Sentences on the parts that lack what others have; that all lack it is said beside the figures."""
    parts = scenario.parts
    cost, price = np.asarray(parts.cost), np.asarray(parts.price)
    if cost.any():
        yield from _some(
            scenario, cost == 0, "no cost", "stock value, turns and holding leave them out, margin takes them as free"
        )
    if (price != cost).any():
        yield from _some(scenario, (price == cost) & (cost > 0), "no price of their own", "they are sold at cost")
        yield from _some(
            scenario, (price == 0) & (cost > 0), "a price of 0", "they are given away: revenue and margin say so"
        )
    weight = np.asarray(parts.weight)
    if not paid_by_weight(scenario):
        return
    if weight.any() or not len(weight):
        yield from _some(scenario, weight == 0, "no weight", "their transport costs nothing")
    else:
        yield "transport is paid by the kilogram and no part has a weight: it costs nothing; give weight in parts"


def paid_by_weight(scenario: Scenario) -> bool:
    """Whether any lane, or all of them, are paid by the kilogram."""
    lanes = (lane for above in scenario.lanes.values() for lane in above.values())
    return bool(scenario.costs.transport) or any(lane.cost for lane in lanes)


def _some(scenario: Scenario, lacking: Any, what: str, then: str) -> Iterator[str]:
    """`412 of 5,812 parts (A1, A2, A3 and 409 more) have no cost: ...`; nothing where none lacks it."""
    names, rows = scenario.parts.names, np.flatnonzero(lacking)
    if not len(rows):
        return
    shown = ", ".join(clean(names[row], 30) for row in rows[:MOST_NAMED].tolist())
    more = f" and {len(rows) - MOST_NAMED:,} more" if len(rows) > MOST_NAMED else ""
    verb = "has" if len(rows) == 1 else "have"
    yield f"{len(rows):,} of {len(names):,} parts ({shown}{more}) {verb} {what}: {then}"
