"""From one part to 300,000: synthetic catalogs made and run as a user would, a process a size and number of workers.

    python -m benchmarks.scale [--parts 1,1000,10000,300000] [--workers 1,2] [--rounds 3]

`simnet new --catalog`, then `simnet run --engine compiled`: reading the tables, five measured years after one of
warm-up, full tallies by point and month, the audit, figures and report. Lines are those measured; those of the warm-up
are simulated too and not counted. `wall_s`, `cpu_s` and `lines_per_cpu_second` have everything in them: start, reading
the tables, report and workbook. `run_wall_s` and `run_cpu_s` are what of it lies between the loaded catalog and the
figures. Numbers of workers are run in turn; figures are medians over the rounds, and `run_times_as_fast` and
`times_as_fast` those of ratios of wall seconds within a round, to the first number of workers.

`run_apart` and `apart` say what the machine has to give in the same rounds: by how much so many commands of one worker,
started at once and sharing nothing but the machine, do more than one alone. Beside neighbors it is less than their
number: two processors may be two halves of one core, and all of them share the way to the memory. `share` is the gain
of so many workers over that of so many commands.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.processes import SIMNET, used
from benchmarks.timing import report, taken_by_host


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


def measure(parts: int, workers: list[int], rounds: int, folder: Path) -> Iterator[dict[str, Any]]:
    """A catalog run by so many workers, in turn."""
    used([*SIMNET, "new", str(folder / "net"), "--catalog", str(parts)])
    points = points_of(str(folder / "net" / "net.yaml"))
    took = [[both(parts, count, folder) for count in workers] for _ in range(rounds)]
    for count, own in zip(workers, zip(*took, strict=True), strict=True):
        row = {name: statistics.median(run[name] for run, _ in own) for name in own[0][0]}
        for name in ("run_", "") if count != workers[0] else ():
            wall = f"{name}wall_s"
            rates = [(first[wall] / run[wall], sum(first[wall] / each[wall] for each in apart))
                     for ((first, _), *_), (run, apart) in zip(took, own, strict=True)]  # fmt: skip
            found = [(gain, apart, gain / apart) for gain, apart in rates]
            figures = zip(("times_as_fast", "apart", "share"), zip(*found, strict=True), strict=True)
            row |= {f"{name}{figure}": statistics.median(each) for figure, each in figures}
        yield {"parts": parts, "points": points, "workers": count, **{name: shown(name, row[name]) for name in row}}


Run = dict[str, float]


def both(parts: int, count: int, folder: Path) -> tuple[Run, list[Run]]:
    """One run by so many workers, then so many at once by one worker each."""
    run = told(parts, f"workers {count}", once(count, folder))
    if count == 1:
        return run, []
    with ThreadPoolExecutor(count) as pool:
        apart = list(pool.map(lambda number: once(1, folder, f"-{number}"), range(count)))
    return run, [told(parts, f"one of {count} at once", each) for each in apart]


def told(parts: int, how: str, run: Run) -> Run:
    """A run, its seconds shown on standard error as it ends: a reader of medians sees what they are the medians of."""
    took = f"wall {run['run_wall_s']:.1f} s, CPU {run['run_cpu_s']:.1f} s (whole command {run['wall_s']:.1f} s)"
    print(f"{parts:,} parts, {how}: {took}, host took {taken_by_host():.1f} % so far", file=sys.stderr)
    return run


def once(workers: int, folder: Path, mark: str = "") -> Run:
    """One run of the catalog; those at once have a mark each."""
    stamp = folder / f"stamp{mark}.json"
    run = ["run", str(folder / "net" / "net.yaml"), "--engine", "compiled", "--workers", str(workers)]
    how = ["--again", "--json", "--quiet", "--out", str(folder / f"runs{mark}")]
    took = used([sys.executable, "-m", "benchmarks.scale", "--stamp", str(stamp), "--", *run, *how])
    run_wall, run_cpu = json.loads(stamp.read_text())
    lines = json.loads(took.out)["designs"]["net"]["demand.lines"]["mean"]
    return {
        "lines": lines,
        "wall_s": took.wall,
        "cpu_s": took.cpu,
        "run_wall_s": run_wall,
        "run_cpu_s": run_cpu,
        "lines_per_cpu_second": lines / took.cpu,
        "peak_mb": took.peak_mb,
    }


def shown(name: str, value: float) -> float:
    """A figure with the digits that mean something."""
    return round(value, 2 if name.endswith(RATIOS) else 1) if name.endswith(("_s", *RATIOS)) else round(value)


RATIOS = ("fast", "apart", "share")


def main() -> None:
    """Measure each size and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=numbers, default=[1, 1000, 10_000, 300_000])
    parser.add_argument("--workers", type=numbers, default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stamp", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("command", nargs="*", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.stamp:
        stamped(asked.stamp, asked.command)
        return
    if asked.workers[0] != 1 or 1 in asked.workers[1:]:
        parser.error("--workers begins with 1, which the others are held against")
    rows: list[dict[str, Any]] = []
    for parts, rounds in [(asked.parts[0], 1), *((each, asked.rounds) for each in asked.parts)]:
        with tempfile.TemporaryDirectory() as folder:  # the first twice: it compiles, loads and warms up
            rows += measure(parts, asked.workers, rounds, Path(folder))
    report("scale", engine="compiled", rounds=asked.rounds, rows=rows[len(asked.workers) :])


if __name__ == "__main__":
    main()
