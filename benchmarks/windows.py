"""What orders that parts share cost: the reference workload with a supplier that takes orders now and then.

    python -m benchmarks.windows [--rounds 7] [--parts 1000]

Demand lines a CPU second of the compiled clock. Apart: each part orders for itself. Shared: all parts of the central
are one order, which must be worth 1 EUR and so always leaves: the same orders leave at the same minutes, and what
differs is that parts wait for each other at each of them.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable

from benchmarks.order_flow import speed
from benchmarks.timing import in_turn, ratios, report
from benchmarks.workload import study

DAYS = (28, 7)


def work_on(parts: int, days: int, shared: bool) -> Callable[[], float]:
    """Demand lines a CPU second of one replication after another."""
    terms = f", order_every: {days} d" + (", minimum_order_value: 1 EUR" if shared else "")
    return speed(study(parts=parts, terms=terms).network())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--parts", type=int, default=1000)
    asked = parser.parse_args()
    pairs = {
        f"every {days} d, {'shared' if shared else 'apart'}": work_on(asked.parts, days, shared)
        for days in DAYS
        for shared in (False, True)
    }
    for work in pairs.values():
        work()  # compile, load, warm up
    found = in_turn(pairs, asked.rounds)
    slower = {
        f"every {days} d, shared": 1 / ratios(found, f"every {days} d, apart")[f"every {days} d, shared"]
        for days in DAYS
    }
    report(
        "windows",
        workload=f"W, {asked.parts} parts, ten years, ordered at the supplier every so often",
        rounds=asked.rounds,
        lines_per_cpu_second={name: round(statistics.median(values)) for name, values in found.items()},
        slower_when_shared={name: round(times, 3) for name, times in slower.items()},
    )


if __name__ == "__main__":
    main()
