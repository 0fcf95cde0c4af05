"""The reference workload against its exact steady state, at both sets of levels.

    python -m benchmarks.exact [--parts 200]

Daily-period simulators serve a day's demand after that day's receipts, and so miss the second by four points.
"""

from __future__ import annotations

import argparse

from benchmarks.timing import report
from benchmarks.workload import EXACT, study


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", type=int, default=200)
    parser.add_argument("--replications", type=int, default=20)
    asked = parser.parse_args()
    rows = []
    for levels, exact in EXACT.items():
        shape = {"parts": asked.parts, "levels": levels, "warm_up": 365, "replications": asked.replications}
        fill = study(**shape).run(engine="compiled", folder=None).kpi("fill.line")
        within = abs(fill.mean - exact) <= fill.half_width
        rows.append(
            {"levels": levels, "exact": exact, "simulated": round(fill.mean, 6),
             "half_width": round(fill.half_width, 6), "within": within}
        )  # fmt: skip
    report("exact", parts=asked.parts, replications=asked.replications, rows=rows)


if __name__ == "__main__":
    main()
