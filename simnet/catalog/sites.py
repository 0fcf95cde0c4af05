"""The sites of a synthetic network: a central warehouse, regional and support ones, dealers. Assumed, but the cv."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simnet.catalog.draw import chance
from simnet.catalog.measured import SEA_CV
from simnet.catalog.plan import Plan

DEALER_HEADER = ("dealer", "served_by", "lead_time", "share")
SALES_FALL = 0.59
"""The r-th dealer sells r^-0.59 of what the first does (Zipf): a fifth of 2,000 dealers sells a half. Assumed."""
REGION_DAYS = (12, 40)
"""By sea to a regional warehouse, the nearest to the farthest."""
SUPPORT_DAYS, SUPPORT_CV = (2, 5), 0.3
DEALER_DAYS = (1, 3)
"""Days to a dealer of a stock order."""


def between(ends: tuple[int, int], number: int, count: int) -> int:
    """The number-th of `count` values spread evenly from one end to the other."""
    return round(ends[0] + (ends[1] - ends[0]) * number / max(count - 1, 1))


def warehouses(plan: Plan) -> Iterator[str]:
    """The warehouses as YAML; support warehouse k belongs to region k modulo the number of regions."""
    yield "  central: {tier: central, refilled_by: suppliers}\n"
    for each in range(plan.regions):
        days = between(REGION_DAYS, each, plan.regions)
        lead_time = f"{{mean: {days} d, cv: {SEA_CV}}}"
        yield f"  region-{each + 1}: {{tier: regional, refilled_by: central, lead_time: {lead_time}}}\n"
    for each in range(plan.support):
        days = between(SUPPORT_DAYS, each // plan.regions, -(-plan.support // plan.regions))
        where = f"tier: support, refilled_by: region-{each % plan.regions + 1}"
        yield f"  support-{each + 1:02}: {{{where}, lead_time: {{mean: {days} d, cv: {SUPPORT_CV}}}}}\n"


def dealer_rows(plan: Plan) -> Iterator[str]:
    """The rows of dealers.csv: large and small in no order, dealer k at support warehouse k modulo their number."""
    order = np.argsort(chance(plan.seed, "dealer", plan.dealers), kind="stable")
    days = DEALER_DAYS[0] + chance(plan.seed, "dealer days", plan.dealers) * (1 + DEALER_DAYS[1] - DEALER_DAYS[0])
    for each, (rank, day) in enumerate(zip(np.argsort(order).tolist(), days.tolist(), strict=True)):
        share = 100 * (1 + rank) ** -SALES_FALL
        yield f"dealer-{each + 1:04},support-{each % plan.support + 1:02},{int(day)} d,{share:.3f}\n"
