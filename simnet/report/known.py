"""What a comparison cannot tell, and why: money of parts without cost or price, fill off the shelf where there is none.

What nobody gave is not nothing: such figures have no value, and a sentence says what to give.
"""

from __future__ import annotations

import numpy as np

from simnet.metrics import Comparison, DesignResult
from simnet.metrics.view import CUSTOMERS, View

COSTS, PRICED = "costs", "priced"
"""Of `simnet.metrics.metric.NEEDS`."""


def money_unknown(comparison: Comparison) -> str:
    """What is not known of money, and what to give; nothing where any part has a cost and any a price of its own."""
    costs, priced = comparison.has(COSTS), comparison.has(PRICED)
    if costs and priced:
        return ""
    yearly = [] if comparison.has("holding") else ["cost a year"]
    if costs:
        return "No part has a price of its own: revenue and margin are not known; give `price` or `margin` in parts."
    if priced:
        what = listed(["stock value", "turns", *yearly, "margin"])
        return f"No part has a cost: {what} are not known; give `cost` in parts."
    what = listed(["stock value", "turns", *yearly, "revenue", "margin"])
    return f"No part has a cost or a price: {what} are not known; give `cost` and `price` in parts."


def listed(words: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def bare(comparison: Comparison, tier: str) -> bool:
    """Whether customers find no shelf anywhere, and the tier has no stock in any design: its fill says nothing."""
    found = [levels.get(f"stock.{tier}.on_hand.units") for levels in comparison.levels.values()]
    return shelfless(comparison) and not any(level.mean for level in found if level is not None)


def asked_sites(result: DesignResult) -> set[int]:
    """The sites that customers ask, in any replication."""
    lines = [found for sums in result.sums if (found := sums.asked.get("lines")) is not None]
    return {int(site) for each in lines for site in np.flatnonzero(each[..., CUSTOMERS].any(axis=(0, 2, 3)))}


def shelfless(comparison: Comparison) -> bool:
    """Whether no site that customers ask has a piece on hand at any time, in any design; some line was asked."""
    known = [without_shelf(result) for result in comparison.results]
    return any(known) and all(each is not False for each in known)


def without_shelf(result: DesignResult) -> bool | None:
    """Whether the sites that customers ask have nothing on hand, ever; None where nobody asked."""
    found: bool | None = None
    for sums in result.sums:
        lines = sums.asked.get("lines")
        asked = None if lines is None else np.flatnonzero(lines[..., CUSTOMERS].any(axis=(0, 2, 3)))
        if asked is None or not len(asked):
            continue
        view = View(sums, result.outline, asked)
        if view.asked("filled_lines") or view.total("on_hand_minutes"):
            return False
        found = True
    return found
