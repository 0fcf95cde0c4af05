"""What the ledger of every line costs: the compiled clock on the reference workload with and without, in turn.

    python -m benchmarks.ledger [--rounds 5] [--parts 300]

CPU seconds of a replication without the ledger, with its lines kept in memory, with them written to Parquet, and with
them also kept for the next time, as the folder of a result does.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable

from benchmarks.timing import cpu_seconds, in_turn, ratios, report
from benchmarks.workload import study
from simnet.engine.replicate import replicate
from simnet.engine.rows_out import ledger_rows
from simnet.engine.simulate import Run
from simnet.study.packing import packed_run


def kept(run: Run) -> int:
    """Bytes of a run as a folder of results holds it for the next time, tally included."""
    return len(packed_run(run))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", type=int, default=300)
    asked = parser.parse_args()
    network = study(parts=asked.parts).network()
    example = replicate(network, engine="compiled", lines=True)[0]  # compiles, loads, warms up

    def seconds(lines: bool, *writes: Callable[[Run], int]) -> Callable[[], float]:
        def work() -> None:
            run = replicate(network, engine="compiled", lines=lines)[0]
            for write in writes:
                write(run)

        return lambda: cpu_seconds(work)[0]

    def written(run: Run) -> int:
        return len(ledger_rows(network, run.lines))

    off = "without"
    works = {
        off: seconds(False),
        "kept in memory": seconds(True),
        "written to Parquet": seconds(True, written),
        "written, and kept for the next time": seconds(True, written, kept),
    }
    found = in_turn(works, asked.rounds)
    lines = len(example.lines)
    report(
        "ledger",
        parts=asked.parts,
        rounds=asked.rounds,
        lines=lines,
        cpu_seconds={name: round(statistics.median(values), 3) for name, values in found.items()},
        times_the_run_without=ratios(found, off),
        bytes_a_line={"Parquet": round(written(example) / lines, 2), "kept": round(kept(example) / lines, 2)},
    )


if __name__ == "__main__":
    main()
