"""64-bit integers wrap silently: what could reach their end is refused before the run."""

from __future__ import annotations

import numpy as np

from simnet.errors import Problem, SimnetError
from simnet.network.network import Network
from simnet.units import MONEY

MOST_MINUTES = 1 << 26
"""127 years: the minute's share of the event key."""
MOST_PIECES = 1 << 31
"""The quantity's share of an event's load."""
MOST_EVENTFUL = 1 << 62


def check_sizes(network: Network) -> None:
    """`SimnetError` where horizon, stock or money could overflow a counter."""
    problems = []
    points = network.points
    if not len(points):
        remedy = "name parts and sites under demand, or give a stocking rule a number"
        problems.append(Problem("nobody asks for any part and none is stocked", path="demand", remedy=remedy))
    if network.horizon >= MOST_MINUTES:
        problems.append(Problem("the run is longer than 127 years", path="run.length", remedy="shorten it"))
    usual = points["trigger"][points["trigger"] < (1 << 40)]
    most = max(int(points["up_to"].max(initial=0)), int(usual.max(initial=0)), int(points["lot"].max(initial=0)))
    if most >= MOST_PIECES:
        problems.append(Problem(f"a stock of {most:,} pieces is more than {MOST_PIECES:,}", path="stocking"))
    dearest = int(max(network.cost.max(initial=0), network.price.max(initial=0)))
    if float(np.abs(points["up_to"]).sum()) * dearest > MOST_EVENTFUL:
        amount = f"{dearest / MONEY:,.0f} {network.money}"
        problems.append(Problem(f"stock of parts up to {amount} is worth more than can be counted", path="parts"))
    if problems:
        raise SimnetError(problems)
