"""What the order flow costs: the reference workload as it is, and with classes, sources, reserves and hours.

    python -m benchmarks.order_flow [--rounds 9] [--parts 100]

Demand lines a CPU second of the compiled clock, tape, full tallies and audit included; ratios to the plain workload in
the same round. A fifth of the lines are `vor`, which goes down the whole list of sources; `day` asks the warehouse
and sisters and then waits; dealers stand in four pools and hold a piece back; the central keeps reserves; all allocate
by rank. The last workload adds working hours, cut-offs, release and departure times in two time zones.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

import simnet as sn
from benchmarks.timing import cpu_seconds, in_turn, ratios, report
from benchmarks.workload import LEVELS, TIERS, study
from simnet.engine.replicate import replicate
from simnet.network.network import Network

CLASSES, SOURCES, HOURS = 1, 2, 3
"""Each adds to the one before."""
WORKLOADS = {"plain": 0, "classes by rank": CLASSES, "and sources": SOURCES, "and hours": HOURS}
ORDER_CLASSES = {
    CLASSES: """
  vor: {ask: [], backorder: dealer}
""",
    SOURCES: """
  vor: {ask: [facing, referral, lateral, central, supplier], mode: road, lead_time: 1 d}
  day: {ask: [facing, lateral], lead_time: 2 d, patience: 60 d}
""",
    HOURS: """
  vor: {ask: [facing, referral, lateral, central, supplier], mode: road, lead_time: 1 d, cut_off: 17:00}
  day: {ask: [facing, lateral], lead_time: 2 d, patience: 60 d}
  stock: {release: {days: mon-fri, at: 18:00}, cut_off: 12:00}
""",
}
HEAD = """
simnet: 1
name: order-flow-workload
run: {start: 2026-01-01, length: 3650 d}
suppliers: {factory: {lead_time: 30 d}}
demand:
  - {orders: 0.02 per day, order_class: vor}
  - {orders: 0.08 per day, order_class: day}
costs: {holding: 20 %/y, order: 1 EUR, backorder: 1 EUR/d, transport: 1 EUR/kg}
"""


def site(keys: str, level: int, sources: str, hours: str) -> str:
    """A site with what is switched on."""
    return f"{{{keys}, allocation: rank{sources if level >= SOURCES else ''}{hours if level >= HOURS else ''}}}"


def sites(level: int) -> list[str]:
    """The sites of the reference workload, and their lanes where lots depart by the clock."""
    works = ", hours: mon-fri 07:00-18:00, time_zone: Europe/Brussels, picking: 1 h, receiving: 2 h"
    opens = ", hours: mon-sat 08:00-18:00, time_zone: Europe/Paris"
    lines = ["warehouses:", f"  central: {site('tier: central, refilled_by: factory', level, '', works)}"]
    for k in range(4):
        refers = f", refers_to: [r{(k + 1) % 4}, r{(k + 2) % 4}]"
        lines.append(f"  r{k}: {site('tier: regional, refilled_by: central, lead_time: 7 d', level, refers, works)}")
    lines.append("dealers:")
    for k in range(16):
        pool = f", pool: pool{k // 4}, hold_back: 1"
        lines.append(f"  d{k}: {site(f'served_by: r{k // 4}, lead_time: 2 d', level, pool, opens)}")
    if level >= HOURS:
        leave = ", ".join(f"r{k}: {{departures: mon-fri 18:00, lead_time: 7 d}}" for k in range(4))
        lines += ["lanes:", f"  central: {{{leave}}}"]
    return lines


def text(parts: int, level: int) -> str:
    """The reference workload with the order flow switched on so far."""
    lines = [*sites(level), "parts:", *(f"  p{k}: {{cost: 10 EUR, price: 20 EUR, weight: 1 kg}}" for k in range(parts))]
    lines += ["stocking:", "  tiers:"]
    for tier, up_to in zip(TIERS, LEVELS, strict=True):
        reserve = ", reserve: {day: 1, stock: 2}" if tier == "central" and level >= SOURCES else ""
        lines.append(f"    {tier}: {{policy: base-stock, up_to: {up_to}{reserve}}}")
    return HEAD + "\n".join(lines) + "\norder_classes:" + ORDER_CLASSES[level]


def network_of(parts: int, level: int) -> Network:
    """A workload, read as any scenario is."""
    if not level:
        return study(parts=parts).network()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.yaml"
        path.write_text(text(parts, level))
        return sn.load(path).network()


def speed(network: Network) -> Callable[[], float]:
    """Customers' lines a CPU second of one replication after another."""
    seeds = iter(range(1, 10_000))

    def work() -> float:
        seconds, runs = cpu_seconds(lambda: replicate(network, engine="compiled", seed=next(seeds)))
        flow = runs[0].tally.flow["lines"].reshape(-1, len(network.order_classes))
        return float(flow[:, 1:].sum() / seconds)

    return work


def off_the_shelf(network: Network) -> float:
    """Share of the customers' lines off the shelf; for the others the flow has work to do."""
    flow = replicate(network, engine="compiled")[0].tally.flow.reshape(-1, len(network.order_classes))[:, 1:]
    return round(float(flow["filled_lines"].sum() / flow["lines"].sum()), 4)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--parts", type=int, default=100)
    asked = parser.parse_args()
    networks = {name: network_of(asked.parts, level) for name, level in WORKLOADS.items()}
    shelf = {name: off_the_shelf(network) for name, network in networks.items()}  # compiles, loads, warms up
    found = in_turn({name: speed(network) for name, network in networks.items()}, asked.rounds)
    report(
        "order_flow",
        workload=f"W, {asked.parts} parts, ten years, compiled clock",
        rounds=asked.rounds,
        off_the_shelf=shelf,
        lines_per_cpu_second={name: round(statistics.median(values)) for name, values in found.items()},
        ratio_to_plain=ratios(found, "plain"),
    )


if __name__ == "__main__":
    main()
