"""What the report costs: report.html and report.xlsx of five designs on 60 sites, from a kept answer.

    python -m benchmarks.report [--rounds 5]

A process of its own each time, so that loading what draws is in it; simulating and reading the answer are not.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.processes import used
from benchmarks.timing import report
from tests.browser.world import write_world

CODE = """
import json, sys, time
import simnet as sn
found = sn.load(sys.argv[1]).compare(folder=sys.argv[2], workers=1)
start = time.process_time()
found.report(sys.argv[2] + "/report.html")
drawn = time.process_time()
found.excel(sys.argv[2] + "/report.xlsx")
print(json.dumps({"report.html": drawn - start, "report.xlsx": time.process_time() - drawn}))
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-W", "ignore", "-c", CODE, str(write_world(Path(folder))), f"{folder}/runs"]
        kept = {"PYTHONDONTWRITEBYTECODE": ""}  # bytecode is kept, as on a user's machine
        used(command, kept)  # simulates
        found = [json.loads(used(command, kept).out.splitlines()[-1]) for _ in range(rounds)]
    seconds = {name: round(statistics.median(each[name] for each in found), 2) for name in found[0]}
    seconds["both"] = round(statistics.median(sum(each.values()) for each in found), 2)
    report("report", designs=5, sites=60, rounds=rounds, cpu_seconds=seconds)


if __name__ == "__main__":
    main()
