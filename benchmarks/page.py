"""docs/performance.md, written from the stored results of the benchmarks; never by hand.

python -m benchmarks.scale > benchmarks/results/scale.json     (likewise the others)
python -m benchmarks.page
"""

from __future__ import annotations

import ast
import json
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import tables
from benchmarks.targets import TARGETS
from benchmarks.timing import TAKEN

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"

SECTIONS = {
    "speed": "Speed",
    "peers": "Beside other simulators",
    "exact": "Against the exact answer",
    "scale": "Scale",
    "growth": "Growth",
    "workers": "Workers",
    "memory": "Memory",
    "start": "Start",
    "report": "The report",
    "order_flow": "What the order flow costs",
    "windows": "What orders that parts share cost",
    "monthly": "What monthly tallies cost",
    "ledger": "What the ledger costs",
}
"""Benchmarks in the order of the page."""

INTRODUCTION = """# Performance

<!-- Written by python -m benchmarks.page from benchmarks/results; not by hand. -->

How fast, how large, how exact, beside what, and where a target was missed. The reference workload: one supplier, a
central, four regional warehouses, 16 dealers; 0.1 lines a day of one piece at each dealer (Poisson); lead times 30, 7
and 2 days; base stock 52/5/2, full backorders; ten years: 5,840 demand lines and 17,500 replenishment lines a part.

The machine is shared, so seconds and lines a second wander, by a factor of two from one hour to the next; CPU seconds
are meant unless wall is said. Ratios were measured in turn, in one run, and hold better. Any table is made again with
its command, in a development environment, and this page with `python -m benchmarks.page`.
"""

EQUAL = """Bounds in seconds were set on a faster machine. On equal terms is the figure times or over how much slower
this one is by a simulator that is not ours and ran on both: cimba (compiled; 131,000 to 145,000 demand lines a CPU
second there, the lower taken), and for the SimPy clock the model by hand (32,000), which also carries cimba's figure to
the hour of another run where it is in both.

Two workers are held to 1.85 times one. Beside it stands their share of what two commands (or processes) of one worker
each gained, run at once in the same rounds, which share nothing but the machine: they fall short of twice as much by
what the machine has to give to two such loads. The share is held to 1.85 of 2, and is no substitute for the first."""

REMARKS = {
    "peers": """The exact long-run fill of the dealers is 0.970217, and 0.738831 at 50/4/1. SupplyNetPy, cimba and the
model by hand are event by event; stockpyl steps by the day and serves a day's demand after that day's receipts, so it
overstates the fill of one- and two-piece stocks: see how far it is off at 50/4/1. One part over ten years wanders by
about a point of fill from seed to seed: an error within twice the standard error says nothing. The compiled clock's
fill is that of 100 parts a round, the others' of one; all start with full shelves and nothing on its way, which over
ten years is worth a tenth of a point at 50/4/1 (with a year of warm-up: the next table).""",
    "scale": """Everything is in the CPU seconds: start, reading the tables, demand, audit, figures, report. Lines are
those of the five years measured; the year of warm-up is simulated as well and not counted. Points are parts at sites,
about. What lies between the loaded catalog and the figures stands beside (`run`): what two workers can share. What two
commands of one worker do when they are run at once (`apart`), in the same rounds, is what the machine has to give.""",
    "ledger": """A line of the ledger is one of a customer or of replenishment, four times as many as demand lines.""",
    "windows": """Parts that share orders run up to each order in turn and wait there for the others; between two orders
each is a small world of its own, as ever. The bare sketch this was planned by was 1.5 times slower at 28 days and 2.2
times at 7.""",
    "workers": """Two workers need both cores: other work on the machine lowers what they gain in wall seconds. What
they cost each other is told by the CPU seconds of two over those of one. What the machine had to give in the same
rounds is told by a bare loop (cores) and by two processes apart (cores and memory).""",
    "exact": """The half width is that of the 95 % interval over replications, after a year of warm-up.""",
}


def result(name: str) -> dict[str, Any]:
    """The stored result of a benchmark; FileNotFoundError where it was not measured yet."""
    found: dict[str, Any] = json.loads((HERE / "results" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def page() -> str:
    """The whole page."""
    heads = ["What", "Target", "Measured", "On equal terms", ""]
    rows = [heads, *(target.row(result) for target in TARGETS)]
    count = Counter(row[-1] for row in rows[1:])
    told = {"met": "met", "**missed**, met": "missed here and met on equal terms", "**missed**": "missed",
            "-": "not measured yet"}  # fmt: skip
    summary = f"Of {len(TARGETS)} targets " + ", ".join(
        f"{count[key]} {words}" for key, words in told.items() if count[key]
    )
    summary += "."
    parts = [INTRODUCTION, "## Targets", "", summary, "", EQUAL, "", *tables.marked_down(rows), ""]
    for name, title in SECTIONS.items():
        parts += [f"## {title}", "", *section(name), ""]
    return "\n".join(parts)


def section(name: str) -> list[str]:
    """One benchmark: what it does, its command, its figures, and where and when they were measured."""
    lines = [about(name), "", f"`python -m benchmarks.{name}`", ""]
    try:
        found = result(name)
    except FileNotFoundError:
        return [*lines, "Not measured yet."]
    lines += tables.marked_down(tables.table(found))
    alone = ", ".join(f"{title} {value}" for title, value in tables.alone(found).items())
    where = f"{alone[:1].upper()}{alone[1:]}. {measured_on(found['on'])}" if alone else measured_on(found["on"])
    return [*lines, "", where, *(["", REMARKS[name]] if name in REMARKS else [])]


def about(name: str) -> str:
    """The first sentence of the benchmark's own description."""
    told = ast.get_docstring(ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))) or ""
    return told.split("\n\n")[0].replace("\n", " ")


def measured_on(on: dict[str, Any]) -> str:
    """Date, machine and versions, as they were stored with the figures."""
    machine = f"{on['processor']}, {on['cores']} cores, {on['memory_gb']} GB ({on['machine']})"
    known = ("date", "processor", "cores", "memory_gb", "machine", TAKEN)
    versions = ", ".join(f"{name} {value}" for name, value in on.items() if name not in known)
    taken = f" The host took {on[TAKEN]} % of the processors' time for others." if TAKEN in on else ""
    return f"Measured on {on['date']}: {machine}; {versions}.{taken}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
