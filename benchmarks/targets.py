"""What simnet is held to, beside what the stored results say."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from benchmarks import tables

Results = Callable[[str], dict[str, Any]]
"""The stored result of a benchmark by its name; FileNotFoundError where there is none."""
LARGE = 300_000


@dataclass(frozen=True)
class Target:
    """A bound on one figure; `least` says from which side."""

    what: str
    bound: float
    found: Callable[[Results], Any]
    least: bool = True
    unit: str = ""
    yardstick: str = ""
    """The simulator that carries a bound from one machine to another by its speed here and there."""

    def row(self, results: Results) -> list[str]:
        """What, target, measured, the same at the speed of the machine the bounds are from, and whether it is met."""
        sign = "at least" if self.least else "at most"
        asked = f"{sign} {tables.cell(self.bound)}{self.unit}"
        try:
            value = self.found(results)
        except (FileNotFoundError, KeyError):
            return [self.what, asked, "not measured yet", "", "-"]
        carried, told = "", [self.met(value)]
        with suppress(FileNotFoundError, KeyError):
            factor = slower(self.yardstick, results) if self.yardstick else 1.0
            there = value * factor if self.least else value / factor
            carried = f"{tables.cell(there)}{self.unit}" if self.yardstick else ""
            told.append(self.met(there))
        return [self.what, asked, f"{tables.cell(value)}{self.unit}", carried, ", ".join(dict.fromkeys(told))]

    def met(self, value: float) -> str:
        """In plain words."""
        return "met" if (value >= self.bound if self.least else value <= self.bound) else "**missed**"


CIMBA, BY_HAND = "cimba", "SimPy by hand"
THAT_HOUR = "cimba, at the hour of the run"
"""Of `speed`, which has the model by hand in it: between two runs the machine may have become faster or slower."""
THERE = {CIMBA: 131_000, BY_HAND: 32_000}
"""Demand lines a CPU second of simulators that are not ours, on the machine on which the bounds were set; the lowest
that was measured there."""


def slower(yardstick: str, results: Results) -> float:
    """How many times slower this machine is than that of the bounds, by a simulator that ran on both."""
    if yardstick == CIMBA:
        return float(THERE[CIMBA] / row_of("peers", LINES, simulator=CIMBA)(results))
    by_hand = float(of("speed", LINES, "hand-written SimPy")(results))
    if yardstick == BY_HAND:
        return THERE[BY_HAND] / by_hand
    return slower(CIMBA, results) * float(row_of("peers", LINES, simulator=BY_HAND)(results)) / by_hand


def of(benchmark: str, *path: str) -> Callable[[Results], Any]:
    """A figure of a result by the names on the way to it."""

    def found(results: Results) -> Any:
        value = results(benchmark)
        for name in path:
            value = value[name]
        return value

    return found


def row_of(benchmark: str, column: str, **where: Any) -> Callable[[Results], Any]:
    """A figure of the first row that has these values; a name need only be the beginning."""

    def fits(row: dict[str, Any]) -> bool:
        return all(str(row[name]).startswith(value) if isinstance(value, str) else row[name] == value
                   for name, value in where.items())  # fmt: skip

    def found(results: Results) -> Any:
        rows = [row for row in results(benchmark)["rows"] if fits(row)]
        if not rows:
            raise KeyError(f"{benchmark} has no row with {where}")
        return rows[0][column]

    return found


def evenness(results: Results) -> float:
    """Lines a CPU second at the most parts over those at 100 parts: 1 where time grows with the lines."""
    rows = results("growth")["rows"]
    hundred = row_of("growth", "lines_per_cpu_second", parts=100)(results)
    return float(rows[-1]["lines_per_cpu_second"] / hundred)


LARGE_OF_TWO = {"parts": LARGE, "workers": 2}
OF_TWO = 1.85 / 2
"""What 1.85 is of the twice as much that two can do at most."""
LINES, RATIO, FASTER = "lines_per_cpu_second", "ratio_to_hand_written_simpy", "compiled clock is faster by"
TARGETS = (
    Target("compiled clock, demand lines a CPU second", 3_500_000, of("speed", LINES, "compiled clock"),
           yardstick=THAT_HOUR),
    Target("compiled clock against SimPy by hand", 100, of("speed", RATIO, "compiled clock"), unit="x"),
    Target("compiled clock against cimba", 25, row_of("peers", FASTER, simulator="cimba"), unit="x"),
    Target("compiled clock against SupplyNetPy", 500, row_of("peers", FASTER, simulator="SupplyNetPy"), unit="x"),
    Target("compiled clock, min-max, demand lines a CPU second", 8_000_000,
           of("speed", LINES, "compiled clock, min-max"), yardstick=THAT_HOUR),
    Target("SimPy clock against SimPy by hand", 2.5, of("speed", RATIO, "SimPy clock"), unit="x"),
    Target("SimPy clock, demand lines a CPU second", 80_000, of("speed", LINES, "SimPy clock"),
           yardstick=BY_HAND),
    Target("first run on a new machine", 30, of("start", "cpu_seconds", "run, compiled clock, cold"), False, " s",
           CIMBA),
    Target("loading the compiled clock later", 1, of("start", "cpu_seconds", "loading the compiled clock"),
           False, " s", CIMBA),
    Target("a whole later run of one part, report included", 1,
           of("start", "cpu_seconds", "run, compiled clock, warm"), False, " s", CIMBA),
    Target("`simnet --help`", 0.3, of("start", "cpu_seconds", "simnet --help"), False, " s", CIMBA),
    Target("report of five designs, 60 sites, both files", 10, of("report", "cpu_seconds", "both"), False, " s", CIMBA),
    Target("building the network, share of the run at 10,000 parts", 0.25,
           row_of("growth", "build_share_of_run", parts=10_000), False),
    Target("speed at 10,000 parts over that at 100 (linear: 1)", 0.9, evenness),
    Target("memory of 10,000 parts over the base", 300, row_of("growth", "memory_over_base_mb", parts=10_000),
           False, " MB"),
    Target("speed kept with classes, sources and reserves", 0.5, of("order_flow", "ratio_to_plain", "and sources")),
    Target("speed kept with hours and departures too", 0.5, of("order_flow", "ratio_to_plain", "and hours")),
    Target("cost of the monthly tally", 0.15, of("monthly", "cost_of_the_monthly_tally"), False),
    Target("run with the ledger written over the run without", 2,
           of("ledger", "times_the_run_without", "written to Parquet"), False, "x"),
    Target("two workers of the compiled clock over one", 1.85, row_of("workers", "times_as_fast", work="compiled"),
           unit="x"),
    Target("share of the gain of two processes apart", OF_TWO, row_of("workers", "share", work="compiled")),
    Target("300,000 parts, one worker, from the loaded catalog to the figures", 90,
           row_of("scale", "run_cpu_s", parts=LARGE, workers=1), False, " s", CIMBA),
    Target("300,000 parts, two workers, from the loaded catalog to the figures", 90,
           row_of("scale", "run_cpu_s", parts=LARGE, workers=2), False, " s", CIMBA),
    Target("300,000 parts, two workers, the whole command: start, tables, report and workbook too", 90,
           row_of("scale", "cpu_s", parts=LARGE, workers=2), False, " s", CIMBA),
    Target("300,000 parts, two workers: peak memory", 3072, row_of("scale", "peak_mb", parts=LARGE, workers=2),
           False, " MB"),
    Target("300,000 parts: two workers over one, from the loaded catalog to the figures", 1.85,
           row_of("scale", "run_times_as_fast", **LARGE_OF_TWO), unit="x"),
    Target("share of the gain of two commands apart", OF_TWO, row_of("scale", "run_share", **LARGE_OF_TWO)),
    Target("300,000 parts: two workers over one, the whole command", 1.85,
           row_of("scale", "times_as_fast", **LARGE_OF_TWO), unit="x"),
    Target("share of the gain of two whole commands apart", OF_TWO, row_of("scale", "share", **LARGE_OF_TWO)),
)  # fmt: skip
"""In the order of the page. The bounds are the project's own; none was moved to fit a figure."""
