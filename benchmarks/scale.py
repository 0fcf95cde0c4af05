"""From one part to 300,000: synthetic catalogs made and run as a user would, a process a size and number of workers.

    python -m benchmarks.scale [--parts 1,1000,10000,300000] [--workers 1,2]

`simnet new --catalog`, then `simnet run --engine compiled`: reading the tables, five measured years after one of
warm-up, full tallies by point and month, the audit, figures and report. Lines are those measured; those of the warm-up
are simulated too and not counted. `wall_s`, `cpu_s` and `lines_per_cpu_second` have everything in them: start, reading
the tables, report and workbook. `run_wall_s` and `run_cpu_s` are what of it lies between the loaded catalog and the
figures.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.processes import SIMNET, used
from benchmarks.timing import report


def numbers(text: str) -> list[int]:
    """`1000,10000` as numbers."""
    return [int(each) for each in text.replace("_", "").split(",")]


def points_of(file: str) -> int:
    """About how many stocking points a scenario has."""
    import simnet as sn
    from simnet.network.slices import Slicer

    return round(Slicer(sn.load(file).scenario, None).size.points)


def stamped(file: Path, command: list[str]) -> None:
    """A command of simnet in this process; wall and CPU seconds from the loaded catalog to the figures go to a file."""
    from simnet.__main__ import run
    from simnet.study import runs
    from simnet.study.work import Work

    answer, measured = runs.answer, Work.measured
    start = [0.0, 0.0]

    def now() -> list[float]:
        return [time.perf_counter(), time.process_time()]

    def begun(*asked: Any) -> Any:
        start[:] = now()
        return answer(*asked)

    def done(work: Work, found: Any) -> Any:
        figures = measured(work, found)
        file.write_text(json.dumps([after - before for after, before in zip(now(), start, strict=True)]))
        return figures

    setattr(runs, "answer", begun)  # noqa: B010  to mypy they are constants
    setattr(Work, "measured", done)  # noqa: B010
    sys.argv = ["simnet", *command]
    run()


def measure(parts: int, workers: list[int], folder: Path) -> Iterator[dict[str, Any]]:
    """A catalog run by so many workers, one after the other."""
    used([*SIMNET, "new", str(folder / "net"), "--catalog", str(parts)])
    file = str(folder / "net" / "net.yaml")
    points, stamp = points_of(file), folder / "stamp.json"
    for count in workers:
        run = ["run", file, "--engine", "compiled", "--workers", str(count), "--again", "--json", "--quiet"]
        own = [sys.executable, "-m", "benchmarks.scale", "--stamp", str(stamp)]
        took = used([*own, "--", *run, "--out", str(folder / "runs")])
        run_wall, run_cpu = json.loads(stamp.read_text())
        lines = round(json.loads(took.out)["designs"]["net"]["demand.lines"]["mean"])
        yield {
            "parts": parts,
            "points": points,
            "lines": lines,
            "workers": count,
            "wall_s": round(took.wall, 1),
            "cpu_s": round(took.cpu, 1),
            "run_wall_s": round(run_wall, 1),
            "run_cpu_s": round(run_cpu, 1),
            "lines_per_cpu_second": round(lines / took.cpu),
            "peak_mb": round(took.peak_mb),
        }


def main() -> None:
    """Measure each size and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=numbers, default=[1, 1000, 10_000, 300_000])
    parser.add_argument("--workers", type=numbers, default=[1, 2])
    parser.add_argument("--stamp", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("command", nargs="*", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.stamp:
        stamped(asked.stamp, asked.command)
        return
    rows: list[dict[str, Any]] = []
    for parts in [asked.parts[0], *asked.parts]:  # the first twice: it compiles, loads and warms up
        with tempfile.TemporaryDirectory() as folder:
            rows += measure(parts, asked.workers, Path(folder))
    report("scale", engine="compiled", rows=rows[len(asked.workers) :])


if __name__ == "__main__":
    main()
