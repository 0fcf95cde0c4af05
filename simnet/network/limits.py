"""64-bit integers wrap silently: what could reach their end is refused before the run."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simnet.errors import Problem, SimnetError, shorten
from simnet.network.network import Network, Tape
from simnet.network.shard import lines_of_parts
from simnet.units import MONEY

MOST_MINUTES = 1 << 26
"""127 years: the minute's share of the event key."""
MOST_PIECES = 1 << 31
"""The quantity's share of an event's load."""
MOST_EVENTFUL = 1 << 62
MOST_LINES = 50_000_000
"""Demand lines of one part in a replication; a line takes about 90 bytes while it is drawn and simulated."""
MOST_SOURCES = 50_000_000
"""Entries of sourcing lists, at 24 bytes and as many again while they are made."""
MOST_CLASSES = 64
MOST_TIERS = 54
"""Reviews have a phase a tier, between receipts and customers."""


def too_many_lines(network: Network) -> Iterator[Problem]:
    """A problem where one part is asked more than a machine holds at once: a part is simulated whole."""
    if not network.streams or not network.parts:
        return
    lines = lines_of_parts(network)
    worst = int(lines.argmax())
    if lines[worst] > MOST_LINES:
        many = int((lines > MOST_LINES).sum()) - 1
        more = f" (and {many:,} more part{'s' if many > 1 else ''})" if many else ""
        name = network.part_names[network.first_part + worst]
        problem = (
            f"part {shorten(name)}{more} is asked {lines[worst]:,.0f} lines in one replication, "
            f"more than {MOST_LINES:,}: they are held in memory at once"
        )
        yield Problem(problem, path="demand", remedy="shorten run.length, or ask for fewer and larger lines (size)")


def check_sources(count: int) -> None:
    """`SimnetError` where sourcing lists hold more entries than a machine does."""
    if count > MOST_SOURCES:
        problem = f"the sourcing lists have {count:,} entries, more than {MOST_SOURCES:,}"
        remedy = "make pools smaller, give order classes a shorter radius, or ask fewer sources"
        raise SimnetError(Problem(problem, path="order_classes", remedy=remedy))


def flow_problems(network: Network) -> Iterator[Problem]:
    """What is too large in the order flow."""
    if len(network.order_classes) > MOST_CLASSES:
        many = f"{len(network.order_classes)} order classes are more than {MOST_CLASSES}"
        yield Problem(many, path="order_classes", remedy="tell apart what is served differently")
    for column, path in (("patience", "order_classes"), ("need_by", "order_classes")):
        if int(network.classes[column].max(initial=0)) >= MOST_MINUTES:
            yield Problem(f"a {column.replace('_', ' ')} is longer than 127 years", path=path, remedy="shorten it")
    if int(network.ways["lead"].max(initial=0)) >= MOST_MINUTES:
        yield Problem("a lead time is longer than 127 years", path="order_classes", remedy="shorten it")
    kept = max(int(network.terms["reserve"].max(initial=0)), int(network.ways["hold"].max(initial=0)))
    if kept >= MOST_PIECES:
        yield Problem(f"a reserve of {kept:,} pieces is more than {MOST_PIECES:,}", path="stocking")


def check_sizes(network: Network, some: bool = False) -> None:
    """`SimnetError` where horizon, stock or money could overflow a counter, or nobody asks for anything.

    `some`: these are some parts of a network, for which it may be that nobody asks.
    """
    problems = []
    points = network.points
    if not some and not network.streams:
        remedy = "say who asks for what, or give demand models of your own with use(demand=[...])"
        problems.append(Problem("nobody asks for any part", path="demand", remedy=remedy))
    elif not some and not len(points):
        remedy = "name parts and sites under demand, or give a stocking rule a number"
        problems.append(Problem("nobody asks for any part and none is stocked", path="demand", remedy=remedy))
    if network.horizon >= MOST_MINUTES:
        problems.append(Problem("the run is longer than 127 years", path="run.length", remedy="shorten it"))
    if int(points["level"].max(initial=0)) >= MOST_TIERS:
        problems.append(Problem(f"more than {MOST_TIERS} sites refill one another in a row", path="warehouses"))
    if int(points["lead"].max(initial=0)) >= MOST_MINUTES:
        problems.append(Problem("a lead time is longer than 127 years", path="lanes", remedy="shorten it"))
    usual = points["trigger"][points["trigger"] < (1 << 40)]
    most = max(int(points["up_to"].max(initial=0)), int(usual.max(initial=0)), int(points["lot"].max(initial=0)))
    if most >= MOST_PIECES:
        problems.append(Problem(f"a stock of {most:,} pieces is more than {MOST_PIECES:,}", path="stocking"))
    dearest = int(max(network.cost.max(initial=0), network.price.max(initial=0)))
    if float(np.maximum(points["up_to"], 0).sum()) * dearest > MOST_EVENTFUL:
        amount = f"{dearest / MONEY:,.0f} {network.money}"
        problems.append(Problem(f"stock of parts up to {amount} is worth more than can be counted", path="parts"))
    problems += [*flow_problems(network), *too_many_lines(network)]
    if problems:
        raise SimnetError(problems)


def check_tape(network: Network, tape: Tape) -> None:
    """`SimnetError` where one order could hold more pieces than an event does: all asked of a part, and stock."""
    points = network.points
    kept = np.maximum(points["up_to"], 0) + points["lot"] + points["minimum"]
    if int(tape.quantity.sum()) + int(kept.sum()) < MOST_PIECES:
        return
    part = np.repeat(np.arange(len(tape.start) - 1), np.diff(tape.start))
    pieces = np.bincount(part, weights=tape.quantity, minlength=len(tape.start) - 1)
    pieces += np.bincount(points["part"] - network.first_part, weights=kept, minlength=len(pieces))
    worst = int(pieces.argmax())
    if pieces[worst] >= MOST_PIECES:
        name = network.part_names[network.first_part + worst]
        count = f"{pieces[worst]:,.0f} pieces asked and stocked in one run"
        problem = f"part '{name}': {count} are more than {MOST_PIECES:,}"
        raise SimnetError([Problem(problem, path="demand", remedy="count in packs")])
