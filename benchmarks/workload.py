"""Reference workload W: one supplier, 1 central, 4 regional, 16 dealers, one-for-one replenishment, ten years.

Poisson demand of 0.1 line a day of one piece at each dealer; lead times 30, 7 and 2 days; base stock 52 / 5 / 2
everywhere; all parts alike and independent. About 5,840 demand lines and 17,500 replenishment lines a part.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import simnet as sn

LEVELS = (52, 5, 2)
EXACT: dict[tuple[int, ...], float] = {(52, 5, 2): 0.970217, (50, 4, 1): 0.738831}
"""Exact long-run fill at the dealers (Simon 1971; Graves 1985)."""
TOPS = (150, 24, 6)
TIERS = ("central", "regional", "dealer")
POLICIES = {
    "base-stock": "{{policy: base-stock, up_to: {0}}}",
    "min-max": "{{policy: min-max, trigger: {1}, up_to: {2}}}",
}


def text(
    parts: int = 1, days: int = 3650, levels: tuple[int, ...] = LEVELS, policy: str = "base-stock",
    warm_up: int = 0, replications: int = 1, lead: str = "{}", terms: str = "",
) -> str:  # fmt: skip
    """The workload as a scenario; `lead` is a pattern for the lead times, `terms` are the supplier's for orders.

    `min-max` has the triggers of the base stock and orders up to 150, 24 and 6.
    """
    times = {tier: lead.format(f"{days_} d") for tier, days_ in zip(TIERS, (30, 7, 2), strict=True)}
    numbers = {
        tier: POLICIES[policy].format(level, level - 1, top)
        for tier, level, top in zip(TIERS, levels, TOPS, strict=True)
    }
    lines = [
        "simnet: 1",
        "name: reference-workload",
        f"run: {{warm_up: {warm_up} d, length: {days} d, replications: {replications}}}",
        f"suppliers: {{factory: {{lead_time: {times['central']}{terms}}}}}",
        "warehouses:",
        "  central: {tier: central, refilled_by: factory}",
        *(f"  r{k}: {{tier: regional, refilled_by: central, lead_time: {times['regional']}}}" for k in range(4)),
        "dealers:",
        *(f"  d{k}: {{served_by: r{k // 4}, lead_time: {times['dealer']}}}" for k in range(16)),
        "parts:",
        *(f"  p{k}: {{cost: 10 EUR, price: 20 EUR, weight: 1 kg}}" for k in range(parts)),
        "demand: {orders: 0.1 per day}",
        "costs: {holding: 20 %/y, order: 1 EUR, backorder: 1 EUR/d, transport: 1 EUR/kg}",
        "stocking:",
        "  tiers:",
        *(f"    {tier}: {numbers[tier]}" for tier in TIERS),
    ]
    return "\n".join(lines) + "\n"


def study(**shape: object) -> sn.Study:
    """The workload, read as any scenario is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.yaml"
        path.write_text(text(**shape))  # type: ignore[arg-type]
        return sn.load(path)
