"""Oracle cases of jobs: orders of several parts, each part waiting for its own.

A case becomes a scenario in which each dealer is a world: its parts have their own lead times and levels, each kind of
job an order class of its own, by which the tally counts what jobs met. Bounds are those of `test_oracles`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from simnet.engine.replicate import replicate
from tests.oracles.cases import Case, read_cases
from tests.oracles.conftest import KEY
from tests.oracles.say import Length
from tests.oracles.systems import JOBS
from tests.oracles.verdict import Verdict, compared
from tests.oracles.worlds import Array, Worlds, estimate
from tests.worlds import DAY, network

DEALERS = 100
CASES = [case for case in read_cases() if case.system == JOBS]
ALL = pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
HEAD = """
simnet: 1
name: jobs
run: {{start: 2026-01-01, warm_up: {warm} d, length: {days} d}}
suppliers: {{factory: {{lead_time: 1 d}}}}
"""


def text_of(jobs: Mapping[str, Any]) -> str:
    """The scenario of a case, a unit of its time being a day."""
    dealers = ", ".join(f"d{number}: {{served_by: factory}}" for number in range(DEALERS))
    parts = ", ".join(f"i{at}: {{class: c{at}, lead_time: {lead} d}}" for at, lead in enumerate(jobs["L"], start=1))
    levels = ", ".join(f"c{at}: {{policy: base-stock, up_to: {level}}}" for at, level in enumerate(jobs["S"], start=1))
    classes, demand = "", ""
    for number, kind in enumerate(jobs["jobs"], start=1):
        names = ", ".join(f"i{item + 1}" for item in kind["items"])
        classes += f"  k{number}: {{rank: 2}}\n"
        demand += (
            f"  - {{jobs: {{orders: {kind['rate']}/d, parts: [{names}], name: k{number}}}, order_class: k{number}}}\n"
        )
    said = f"dealers: {{{dealers}}}\nparts: {{{parts}}}\nstocking: {{classes: {{{levels}}}}}\n"
    return f"{said}order_classes:\n{classes}demand:\n{demand}"


def job_field(worlds: Worlds, name: str, kind: str) -> Array:
    """A field of the jobs of one kind (or of all), by dealer and replication."""
    classes = worlds.network.order_classes
    found = [tally.job[name].reshape(-1, len(classes)) for tally in worlds.tallies]
    chosen = slice(1, None) if kind == "overall" else [classes.index(f"k{kind}")]
    return np.concatenate([each[:, chosen].sum(axis=1) for each in found]).astype(np.float64)


def measure_of(name: str) -> Callable[[Worlds], tuple[Array, Array]]:
    """Jobs all of whose lines were on the shelf / jobs; lines of an item on the shelf / lines."""
    kind, _, number = name.rpartition("_")

    def of_jobs(worlds: Worlds) -> tuple[Array, Array]:
        return job_field(worlds, "filled_jobs", number), job_field(worlds, "jobs", number)

    def of_items(worlds: Worlds) -> tuple[Array, Array]:
        rows = worlds.network.points["part"] == int(number) - 1
        flows = [tally.flow.reshape(len(rows), -1)[rows] for tally in worlds.tallies]
        top, bottom = ([each[field].sum(axis=1) for each in flows] for field in ("filled_lines", "lines"))
        return np.concatenate(top).astype(np.float64), np.concatenate(bottom).astype(np.float64)

    return of_jobs if kind == "job_fill" else of_items


def run(case: Case, engine: str, orders: float) -> Verdict:
    """Run a case for about so many jobs, and compare all that it tells."""
    rate = sum(kind["rate"] for kind in case.parameters["jobs"])
    warm = math.ceil(20 * max(case.parameters["L"]))
    days = math.ceil(orders / rate / DEALERS / 4)
    of = network(text_of(case.parameters), HEAD.format(warm=warm, days=max(days, 365)))
    tallies = [run.tally for run in replicate(of, replications=range(4), engine=engine)]
    worlds = Worlds(of, tallies, DAY)
    rows = tuple(compared(case, name, estimate(worlds, measure_of(name))) for name in case.values)
    asked = float(job_field(worlds, "jobs", "overall").sum())
    return Verdict(case, engine, Length(DAY, warm * DAY, days * DAY, DEALERS, 4), asked, rows, (), ())


@ALL
@pytest.mark.parametrize(("engine", "orders"), [("simpy", 4e4), ("compiled", 1e6)])
def test_jobs_of_several_parts(case: Case, engine: str, orders: float, record_property: Callable[..., None]) -> None:
    """The share of jobs of each kind that find all their parts is the exact one, and so is each part's fill."""
    verdict = run(case, engine, orders)
    record_property(KEY, verdict.record())
    verdict.check()
