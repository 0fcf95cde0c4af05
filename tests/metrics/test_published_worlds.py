"""The published examples once more, simulated from a scenario to its figures in both clocks; and a ladder climbed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from simnet.engine.simulate import simulate
from simnet.ledger.audit import audit
from simnet.network.network import Network
from tests.metrics import tiny
from tests.worlds import DAY, HEAD, ONE, Asked, network, tape

Job = Sequence[tuple[str, int]]
"""Part and pieces of each line."""


def figures(of: Network, jobs: Sequence[Job], keys: Sequence[str], clock: str) -> list[float | None]:
    """KPIs after the jobs were asked of Lyon, one a day."""
    lines: list[Asked] = [(day * DAY, "lyon", part, pieces) for day, job in enumerate(jobs) for part, pieces in job]
    asked = tape(of, lines)
    tally = simulate(of, replace(asked, job=asked.minute // DAY), engine=clock).tally
    audit(tally, of)
    found = tiny.measured([tally], of, keys)
    return [found[key].mean for key in keys]


BASES = ("fill.order", "fill.line", "fill.unit", "fill.value")


def test_eclipse(clock: str) -> None:
    """One order of three lines, 35 of 160 USD at once: order 0, line 33.3, unit 50, value 21.9 %."""
    of = network(
        ONE + "parts: {a: {price: 15 EUR}, b: {price: 20 EUR}, c: {price: 105 EUR}}\n"
        "demand: {jobs: {orders: 1 per year, parts: {a: 1, b: 2, c: 1}}}\n"
        "stocking: {rules: [{when: {part: c}, policy: none}], default: {up_to: 1}}\n"
    )
    found = figures(of, [[("a", 1), ("b", 2), ("c", 1)]], BASES, clock)
    assert found == pytest.approx([0, 1 / 3, 1 / 2, 35 / 160], rel=1e-15)


def test_ten_orders(clock: str) -> None:
    """sparepartsknowhow.com: 10 orders, 30 lines, 60 pieces, two short of one piece: 80, 93.3 and 96.7 %."""
    names = [f"p{number}" for number in range(30)]
    of = network(
        ONE + "parts: {" + ", ".join(f"{name}: {{price: 1 EUR}}" for name in names) + "}\n"
        "demand: {jobs: {orders: 1 per year, parts: [p0, p1, p2]}}\n"
        "stocking: {rules: [{when: {part: [p4, p20]}, up_to: 1}], default: {up_to: 2}}\n"
    )
    jobs = [[(name, 2) for name in names[3 * number : 3 * number + 3]] for number in range(10)]
    assert figures(of, jobs, BASES, clock) == pytest.approx([0.8, 28 / 30, 58 / 60, 58 / 60], rel=1e-15)


def test_breadth_times_depth(clock: str) -> None:
    """Servigistics: 90 % of demand is for stocked parts, of which 56 in 1135 are short: 85.6 %."""
    of = network(
        ONE + "parts: {a: {}, b: {}}\ndemand: {part: [a, b], orders: 1 per year}\n"
        f"stocking: {{rules: [{{when: {{part: b}}, policy: none}}], default: {{up_to: {9 * (1135 - 56)}}}}}\n"
    )
    lines: list[Asked] = [(minute, "lyon", "a", 1) for minute in range(9 * 1135)]
    lines += [(minute, "lyon", "b", 1) for minute in range(1135)]
    keys = ("fill.accommodation", "fill.satisfaction", "fill.line")
    found = tiny.measured([simulate(of, tape(of, lines), engine=clock).tally], of, keys)
    expected = [0.9, (1135 - 56) / 1135, 0.9 * (1135 - 56) / 1135]
    assert [found[key].mean for key in keys] == pytest.approx(expected, rel=1e-15)
    assert f"{found['fill.line'].mean:.1%}" == "85.6%"


@pytest.mark.parametrize(("fill", "weeks", "mean"), [(95, 4, 0.20), (85, 1, 0.15)])
def test_more_fill_may_wait_longer(fill: int, weeks: int, mean: float, clock: str) -> None:
    """95 % at once and the rest in four weeks wait 0.20 weeks on average; 85 % and one week only 0.15."""
    head = HEAD.replace("10 d", f"{weeks} w").replace("30 d", "60 d")
    text = ONE + "parts: {a: {}}\ndemand: {part: a, orders: 1 per year}\n"
    of = network(f"{text}stocking: {{default: {{up_to: {fill}}}}}\n", head)
    found = tiny.measured(
        [simulate(of, tape(of, [(DAY, "lyon", "a", 1)] * 100), engine=clock).tally], of, ["fill.line", "wait.mean"]
    )
    assert found["fill.line"].mean == fill / 100
    assert (found["wait.mean"].mean or 0) / 7 == pytest.approx(mean, rel=1e-15)


LADDER = """
warehouses: {gent: {tier: central, refilled_by: factory}, bonn: {tier: regional, refilled_by: gent, lead_time: 3 d}}
dealers:
  lyon: {served_by: bonn, lead_time: 2 d, pool: south, stock: consigned}
  turin: {served_by: bonn, lead_time: 2 d, pool: south}
parts: {a: {cost: 10 EUR, price: 25 EUR, weight: 2 kg}}
demand: {part: a, at: lyon, orders: 1 per year, order_class: vor}
order_classes: {vor: {ask: [facing, lateral, central, supplier], lead_time: 1 d, surcharge: 20 %, cost: 3 EUR/kg}}
stocking: {default: {up_to: 1, review: 1 w}}
"""


def test_a_world_that_climbs_the_ladder(clock: str) -> None:
    """Five orders of one minute meet the shelf, Bonn, Turin, Gent and the factory: each rung takes one."""
    of = network(LADDER)
    tally = simulate(of, tape(of, [(DAY, "lyon", "a", 1, "vor")] * 5), engine=clock).tally
    audit(tally, of)
    expected = {
        "fill.line": 0.2, "fill.facing.line": 0.4, "fill.system.line": 0.8, "backorder.line": 0.2,
        "found.lateral.line": 0.2, "found.central.unit": 0.2, "referral.rate": 0.4, "fill.system.line.vor": 0.8,
        "within.24h.unit": 0.8, "promise.line": 0.8, "wait.mean": (3 * 1 + 10) / 5, "passed.line": 0.8,
        "surcharge.year": 4 * 25 * 0.2 * 365 / 30, "cost.passed": 4 * 2 * 3 * 365 / 30,
        "revenue.year": 5 * 25 * 365 / 30, "why.stocked-but-out.line": 0.2,
    }  # fmt: skip
    found = tiny.measured([tally], of, expected)
    assert {key: level.mean for key, level in found.items()} == pytest.approx(expected)
