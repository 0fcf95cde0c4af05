"""Peak memory of `simnet run`, all its processes together, on the reference workload; each run a process of its own.

    python -m benchmarks.memory [--parts 100 1000 10000] [--ledger-parts 1000]

`over_base_mb` is what a run takes beyond one of a single part by the same clock.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.processes import SIMNET, Use, used
from benchmarks.timing import report
from benchmarks.workload import text


def run(folder: Path, parts: int, *options: str) -> Use:
    """`simnet run` of the workload with so many parts, compiled."""
    file = folder / f"w{parts}.yaml"
    if not file.exists():
        file.write_text(text(parts=parts))
    question = ["run", str(file), "--engine", "compiled", "--again", "--json", "--quiet", "--out", str(folder / "runs")]
    return used([*SIMNET, *question, *options])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=int, nargs="*", default=[100, 1000, 10_000])
    parser.add_argument("--ledger-parts", type=int, default=1000, help="the largest with a ledger, which is held whole")
    asked = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(folder, 1)  # compiles where nothing is in the cache
        base = run(folder, 1).peak_mb
        for parts in asked.parts:
            for workers, ledger in ((1, False), (2, False), (1, True)):
                if ledger and parts > asked.ledger_parts:
                    continue
                took = run(folder, parts, "--workers", str(workers), *(["--ledger"] if ledger else []))
                rows.append(
                    {"parts": parts, "workers": workers, "ledger": ledger, "peak_mb": round(took.peak_mb),
                     "over_base_mb": round(took.peak_mb - base)}
                )  # fmt: skip
    report("memory", base_mb=round(base), rows=rows)


if __name__ == "__main__":
    main()
