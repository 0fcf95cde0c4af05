"""The surcharge on rush orders: the dearer they are, the more an economic dealer stocks and the fewer there are."""

from __future__ import annotations

from itertools import pairwise

from simnet.engine.replicate import replicate
from tests.worlds import network

HEAD = """
simnet: 1
name: surcharge
run: {start: 2026-01-01, warm_up: 1 y, length: 2 y}
suppliers: {factory: {lead_time: 20 d}}
warehouses: {gent: {refilled_by: factory}}
dealers: {lyon: {served_by: gent, lead_time: 6 d}, turin: {served_by: gent, lead_time: 9 d}}
"""
PARTS = "".join(
    f"  p{at}: {{cost: {cost} EUR, price: {2 * cost} EUR}}\n" for at, cost in enumerate((5, 20, 80, 320) * 5)
)
RATES = (1, 3, 8, 20, 50)
ASKED = [", ".join(f"p{at}" for at in range(20) if at // 4 == number) for number in range(5)]
DEMAND = "".join(
    f"  - {{part: [{parts}], orders: {rate} per year, order_class: vor}}\n"
    for parts, rate in zip(ASKED, RATES, strict=True)
)
REST = """
order_classes: {{vor: {{surcharge: {surcharge} %, ask: [facing, supplier], lead_time: 1 d}}}}
stocking: {{default: {{target: 98 %}}, tiers: {{dealer: {{policy: economic}}}}}}
costs: {{holding: 25 %/y, rush: 1 EUR}}
"""


def test_surcharge_moves_rush_down_and_stock_up() -> None:
    """Rush lines fall and stock rises at every step of the surcharge; from 0 to 50 % by much."""
    rush, stock = [], []
    for surcharge in (0, 2, 5, 10, 20, 50):
        of = network(f"parts:\n{PARTS}demand:\n{DEMAND}{REST.format(surcharge=surcharge)}", HEAD)
        tally = replicate(of, engine="simpy")[0].tally
        flow = tally.flow.reshape(len(of.points), -1)
        dealers = of.points["level"] == 0
        rush.append(flow["passed_lines"][dealers].sum() / flow["lines"][dealers][:, 1:].sum())
        stock.append(int((tally.point["on_hand_minutes"] * of.points["cost"])[dealers].sum()))
    assert all(later < before for before, later in pairwise(rush)), rush
    assert all(later > before for before, later in pairwise(stock)), stock
    assert rush[0] > 0.3 > 3 * rush[-1]
