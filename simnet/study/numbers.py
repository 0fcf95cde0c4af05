"""What follows from a scenario, worked out: demand and its classes, levels, the work and its clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from simnet.engine.replicate import expected_work
from simnet.engine.simulate import WORTH_LOADING, choose, only_simpy
from simnet.errors import clean
from simnet.network.levels import ANY_TIME
from simnet.network.shard import LINES_A_SHARD, lines_of_parts
from simnet.scenario.order_classes import STOCK
from simnet.study import words
from simnet.study.demand_classes import CLASSES, class_shares
from simnet.units import YEAR

if TYPE_CHECKING:
    from simnet.network.network import Network
    from simnet.scenario import Scenario

SPEED = {"simpy": 40_000.0, "compiled": 1_500_000.0}
"""Demand lines a second of one processor, cautiously."""
LINE_BYTES = 90
"""Memory that a demand line takes while it is drawn and simulated."""
START = {"simpy": 1.0, "compiled": 2.0}
"""Seconds of loading and reporting."""


def demand(network: Network) -> Iterator[str]:
    """How much is asked, and how it comes."""
    rows: dict[tuple[str, str], tuple[float, float, int]] = {}
    for block, number in zip(network.streams, network.stream_class, strict=True):
        moments = block.moments()
        lines = float(moments.rate.sum()) * YEAR
        pieces = float((moments.rate * moments.size_mean).sum()) * YEAR
        name = type(block.model).__name__.lower()
        hours = ", in opening hours" if block.targets.openings is not None else ""
        key = (name, f"class {clean(network.order_classes[number], 24)}{hours}")
        before = rows.get(key, (0.0, 0.0, 0))
        rows[key] = (before[0] + lines, before[1] + pieces, before[2] + len(block))
    for (model, asked), (lines, pieces, streams) in rows.items():
        amount = f"{words.round_count(lines)} lines, {words.round_count(pieces)} pieces a year"
        yield f"{clean(model, 24)} ({asked}): {amount}"
        yield f"  asked as {words.count(streams, 'part')} at sites"
    table: list[tuple[str, ...]] = [("month by month", *CLASSES)]
    for title, by_site in (("parts", False), ("parts at sites", True)):
        table.append((title, *(f"{100 * share:.0f} %" for share in class_shares(network, by_site).values())))
    yield from words.aligned(table, right=range(1, 1 + len(CLASSES)))


def levels(network: Network) -> Iterator[str]:
    """What the stocking settings come to, by tier: the smallest, the middle and the largest number."""
    rows = [("tier", "points", "stocked", "trigger", "up to", "lot")]
    tier = network.site_tier[network.points["site"]]
    for number, name in enumerate(network.tier_names):
        here = network.points[tier == number]
        stocked = here[(here["up_to"] > 0) | (here["trigger"] >= 0)]
        acting = stocked["trigger"] == ANY_TIME
        row = (clean(name, 20), f"{len(here):,}", f"{len(stocked):,}")
        if len(stocked) and acting.all():
            rows.append((*row, "decided", "in the run", ""))
        else:
            found = stocked[~acting]
            rows.append((*row, span(found["trigger"]), span(found["up_to"]), span(found["lot"])))
    yield from words.aligned(rows, right=(1, 2))
    yield "numbers: smallest/median/largest"
    yield from starved(network)


def starved(network: Network) -> Iterator[str]:
    """Classes that get nothing at points whose reserve for better ones is as high as the level."""
    if not len(network.terms):
        return
    points = network.points
    top = np.maximum(points["up_to"], points["trigger"] + points["lot"])
    stocked = (top > 0) & (points["trigger"] != ANY_TIME)
    feeding = np.zeros(len(points), dtype=bool)
    feeding[points["source"][points["source"] >= 0]] = True
    reserve, sources = (network.terms[name].reshape(len(points), -1) for name in ("reserve", "sources"))
    for number, name in enumerate(network.order_classes):
        asked = feeding if name == STOCK else ~feeding | sources[:, number].any()
        here = stocked & (reserve[:, number] > 0) & asked
        none = int((here & (reserve[:, number] >= top)).sum())
        if none:
            kept = f"at {none:,} of {int(here.sum()):,} points with a reserve that {clean(name, 24)} leaves"
            yield f"{kept} it is not below up_to: {clean(name, 24)} gets nothing there"


def span(values: np.ndarray) -> str:
    """`0/2/37`: the smallest, the median and the largest."""
    if not len(values):
        return "-"
    low, middle, high = int(values.min()), int(np.median(values)), int(values.max())
    return f"{low}" if low == high else f"{low}/{middle}/{high}"


def work(scenario: Scenario, network: Network, designs: int) -> Iterator[str]:
    """How much there is to simulate, on which clock and why, and about how long."""
    run = scenario.run
    effort = expected_work(network) * run.replications
    lines = max(effort - 2 * len(network.points) * run.replications, 0.0)
    refused = run.engine == "compiled" and only_simpy(network)
    engine = "simpy" if refused else choose(run.engine, round(effort), network)
    once = words.round_count(lines / run.replications)
    yield f"{once} demand lines a replication, {words.round_count(lines)} in all"
    yield memory(network)
    yield f"{CLOCKS[engine]}: {reason(run.engine, effort, engine, network)}"
    if refused:
        yield "run.engine says compiled, which cannot be: say auto, or nothing"
    seconds = START[engine] + effort / SPEED[engine]
    many = f"; all {designs} designs: {how_long(seconds * designs)}" if designs > 1 else ""
    yield f"takes {how_long(seconds)}{many}"


def memory(network: Network) -> str:
    """What a processor holds at once: a part whole, or some hundred thousand lines of many parts."""
    lines = lines_of_parts(network)
    largest = float(lines.max(initial=0))
    held = LINE_BYTES * max(largest, min(float(lines.sum()), max(LINES_A_SHARD.values())))
    size = f"{held / 1e9:.1f} GB" if held >= 1e9 else f"{max(round(held / 1e6), 1)} MB"
    return f"largest part: {words.round_count(largest)} lines; about {size} of lines in memory a processor"


CLOCKS = {"simpy": "SimPy clock", "compiled": "compiled clock"}


def reason(asked: str, effort: float, engine: str, network: Network) -> str:
    """Why this clock runs."""
    why = only_simpy(network)
    if why:
        return why[0]
    if asked != "auto":
        return f"run.engine says {asked}"
    if engine == "compiled":
        return "the work is worth it"
    return "a small run" if effort < WORTH_LOADING else "the compiled clock would first have to compile"


def how_long(seconds: float) -> str:
    """A class of run time; the machine decides the rest."""
    for limit, text in (
        (15, "seconds"),
        (90, "about a minute"),
        (900, "some minutes"),
        (5400, "up to an hour"),
    ):
        if seconds < limit:
            return text
    return "hours"
