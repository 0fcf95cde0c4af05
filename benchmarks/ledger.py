"""What the ledger of every line costs: the compiled clock on the reference workload with and without, in turn.

    python -m benchmarks.ledger [--rounds 5] [--parts 300]

CPU seconds of a replication without the ledger, with its lines kept in memory, and with them written to Parquet too,
the way of a network that is built whole and the way of one that runs slice by slice.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from io import BytesIO
from typing import Any

from benchmarks.timing import cpu_seconds, in_turn, ratios, report
from benchmarks.workload import study
from simnet.engine.replicate import replicate
from simnet.engine.rows_out import ledger_rows
from simnet.engine.simulate import Run
from simnet.network.network import Network
from simnet.study.saved import ledger_frame


def whole(network: Network, run: Run) -> int:
    """Bytes of the ledger as a network that is built whole is saved."""
    sink = BytesIO()
    ledger_frame(network, run.lines).to_parquet(sink, compression="zstd")
    return sink.tell()


def sliced(network: Network, run: Run) -> int:
    """Bytes of the ledger as a slice is saved."""
    return len(ledger_rows(network, run.lines))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", type=int, default=300)
    asked = parser.parse_args()
    network = study(parts=asked.parts).network()
    example = replicate(network, engine="compiled", lines=True)[0]  # compiles, loads, warms up

    def seconds(lines: bool, write: Callable[[Network, Run], Any] | None = None) -> Callable[[], float]:
        def work() -> None:
            run = replicate(network, engine="compiled", lines=lines)[0]
            if write is not None:
                write(network, run)

        return lambda: cpu_seconds(work)[0]

    off = "without"
    works = {
        off: seconds(False),
        "kept in memory": seconds(True),
        "written, network built whole": seconds(True, whole),
        "written, slice by slice": seconds(True, sliced),
    }
    found = in_turn(works, asked.rounds)
    lines = len(example.lines)
    size = dict(
        zip(list(works)[2:], (round(write(network, example) / lines, 2) for write in (whole, sliced)), strict=True)
    )
    report(
        "ledger",
        parts=asked.parts,
        rounds=asked.rounds,
        lines=lines,
        cpu_seconds={name: round(statistics.median(values), 3) for name, values in found.items()},
        times_the_run_without=ratios(found, off),
        bytes_a_line=size,
    )


if __name__ == "__main__":
    main()
