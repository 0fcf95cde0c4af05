"""Law 6: jobs, orders of several lines that are done when the last of them is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simnet.engine.replicate import Collector, Task
from simnet.engine.simulate import simulate
from simnet.ledger.audit import AuditError, audit
from simnet.ledger.tally import Tally
from simnet.network.shard import shards
from simnet.network.tape import draw
from tests.worlds import DAY, HEAD, ONE, network, tape

PARTS = "parts: {a: {}, b: {}, c: {}}\n"
KIND = "demand: {jobs: {orders: 1 per year, parts: [a, b, c]}}\n"
STOCK = "stocking: {rules: [{when: {part: c}, policy: none}], default: {up_to: 2}}\n"
THREE = [(DAY, "a", 1), (DAY, "b", 2), (DAY, "c", 1)]


def settled(of: Any, jobs: list[list[tuple[int, str, int]]], clock: str) -> dict[str, int]:
    """What is counted of jobs, each a list of (minute, part, pieces) at Lyon."""
    lines = [(minute, "lyon", part, pieces) for job in jobs for minute, part, pieces in job]
    asked = tape(of, lines)  # type: ignore[arg-type]
    number = {(of.part_names.index(part), minute): at for at, job in enumerate(jobs) for minute, part, _ in job}
    part = of.points["part"][asked.point].tolist()
    column = [number[pair] for pair in zip(part, asked.minute.tolist(), strict=True)]
    tally = simulate(of, replace(asked, job=np.array(column, np.int64)), engine=clock).tally
    audit(tally, of)
    row = tally.job[1]  # one site, stock and day
    return {name: int(row[name]) for name in tally.job.dtype.names or () if row[name]}


def test_a_job_of_three_lines(clock: str) -> None:
    """Two lines are on the shelf and one comes after ten days: the job waits ten days (law 6.9)."""
    of = network(ONE + PARTS + KIND + STOCK)
    found = settled(of, [THREE], clock)
    assert found == {"jobs": 1, "lines": 3, "late_jobs": 1, "waited_minutes": 10 * DAY}


def test_pieces_are_set_aside(clock: str) -> None:
    """In a class whose jobs are complete, three pieces lie ready for ten days until the fourth is there (law 6.9)."""
    of = network(ONE + PARTS + KIND + STOCK + "order_classes: {day: {jobs: complete}}\n")
    assert settled(of, [THREE], clock)["held_minutes"] == 3 * 10 * DAY
    open_at_the_end = [(25 * DAY, part, pieces) for _, part, pieces in THREE]
    found = settled(of, [open_at_the_end], clock)
    assert found == {"jobs": 1, "lines": 3, "open_jobs": 1, "held_minutes": 3 * 5 * DAY}


def test_filled_jobs(clock: str) -> None:
    """A job all of whose lines are on the shelf is filled; the next finds one of them empty (law 6.9)."""
    of = network(ONE + PARTS + KIND + STOCK)
    pair = [[(minute, "a", 1), (minute, "b", 2)] for minute in (DAY, 2 * DAY)]
    found = settled(of, pair, clock)
    assert found.pop("waited_minutes") == 9 * DAY  # two pieces come at 11 d, ten days after the first job
    assert found == {"jobs": 2, "lines": 4, "filled_jobs": 1, "facing_jobs": 1, "system_jobs": 1, "late_jobs": 1}


def test_a_lost_line_loses_the_job(clock: str) -> None:
    """Where lines are lost, a job with one lost line is lost, whatever its others met (law 6.9)."""
    of = network(ONE + PARTS + KIND + STOCK + "order_classes: {day: {unmet: lost}}\n")
    assert settled(of, [THREE], clock) == {"jobs": 1, "lines": 3, "lost_jobs": 1}


def test_jobs_before_the_end_of_the_warm_up_do_not_count(clock: str) -> None:
    """Lines asked before measuring starts belong to no job that counts (law 6.9)."""
    of = network(ONE + PARTS + KIND + STOCK, HEAD.replace("length: 30 d", "warm_up: 5 d, length: 25 d"))
    later = [(6 * DAY, part, pieces) for _, part, pieces in THREE]
    assert settled(of, [THREE, later], clock)["jobs"] == 1


MIXED = """
demand:
  - {jobs: [{orders: 9 per month, parts: {a: 1, c: 2}}, {orders: 9 per month, parts: [d, e]}]}
  - {part: [b, f], orders: 5 per month}
"""


def test_a_job_is_in_one_shard(clock: str) -> None:
    """Parts that share jobs are cut off together, and shards count what the whole counts (law 1.6)."""
    of = network(
        ONE + "parts: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}}\n" + MIXED + "stocking: {default: {up_to: 1}}\n"
    )
    assert list(shards(of, lines=1)) == [(0, 3), (3, 5), (5, 6)]
    whole = simulate(of, draw(of, 1), engine=clock).tally
    audit(whole, of)
    assert whole.job["lines"].sum() > whole.job["jobs"].sum() > whole.job["filled_jobs"].sum() > 0
    collector = Collector(of)
    for first, last in shards(of, lines=1):
        collector.add(first, Task(of, first, last, 1, 0, clock, False).run())
    assert whole.same_as(collector.run().tally)


def test_the_audit_sees_a_job_too_many() -> None:
    """Jobs that do not add up are a fault (law 6.9)."""
    of = network(
        ONE + "parts: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}}\n" + MIXED + "stocking: {default: {up_to: 1}}\n"
    )
    tally: Tally = simulate(of, draw(of, 1), engine="simpy").tally
    wrong = tally.job.copy()
    wrong["late_jobs"][1] += 1
    with pytest.raises(AuditError, match="orders and their lines add up"):
        audit(replace(tally, job=wrong), of)
