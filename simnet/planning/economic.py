"""The level of least cost: what one more piece costs to hold, against what it saves on rush orders.

Over a year the cost of a level S that depends on it is

    cost(S) = h c E[on hand](S) - (rate of pieces) r fill(S)

h c the cost of holding a piece, r what a piece costs more when it is not on the shelf (surcharge and handling). One
more piece adds fill(S + 1) to the stock on hand on average, exactly so where lines ask for single pieces, nearly so
elsewhere; so the curves of `fill` are all that is needed. The smallest level of least cost never falls when r rises
(its gain rises with S: Topkis 1978).
"""

from __future__ import annotations

import numpy as np

from simnet.planning.arrays import Floats, Ints
from simnet.planning.fill import Block, WideBlock, blocks, some
from simnet.planning.item import Items
from simnet.planning.lots import MOST_PIECES, piece_rate
from simnet.planning.points import distinct, points_of

CELLS = 1 << 20
"""Levels times points weighed at a time."""
TRIED: Floats = np.concatenate([np.linspace(0.5, 0.95, 10), 1.0 - np.geomspace(0.04, 1e-5, 20)])
"""Fill tried where a million pieces or more are in play."""


def economic_triggers(items: Items, review: int, lot: Ints) -> Ints:
    """The trigger of the base stock of least cost, -1 where none pays; -1 where nothing is asked."""
    trigger = np.full(len(items), -1, dtype=np.int64)
    asked: Ints = np.flatnonzero(items.rate > 0)
    if not len(asked):
        return trigger
    mine = some(items, asked)
    every, twin = distinct(points_of(mine, review, lot[asked], np.ones_like(lot[asked])))
    order = np.argsort(twin, kind="stable")
    ends = np.searchsorted(twin[order], np.arange(len(every) + 1))
    hold, gain = mine.holding * mine.cost, piece_rate(mine) * mine.rush
    top = np.zeros(len(asked), dtype=np.int64)
    for block in blocks(every, items):
        for place, row in enumerate(block.rows):
            same = order[ends[row] : ends[row + 1]]
            least = lot[asked[same[0]]] - 1
            if isinstance(block, Block):
                top[same] = curved(block, place, int(least), hold[same], gain[same])
            else:
                top[same] = wide(block, place, int(least), hold[same], gain[same])
    trigger[asked] = np.clip(top - lot[asked], -1, MOST_PIECES)
    return trigger


def curved(block: Block, place: int, least: int, hold: Floats, gain: Floats) -> Ints:
    """The top of least cost of points that share a curve, `least` or more."""
    fill, low = np.clip(block.reached[place], 0.0, 1.0), int(block.low[place])
    skip = max(least - low, 0)
    fill, low = fill[skip:], low + skip
    stock = np.cumsum(fill)
    found = np.full(len(hold), least, dtype=np.int64)
    step = max(1, CELLS // max(len(fill), 1))
    for start in range(0, len(hold) if len(fill) else 0, step):
        rows = slice(start, start + step)
        cost = hold[rows, None] * stock - gain[rows, None] * fill
        best = cost.argmin(axis=1)
        pays = (cost[np.arange(len(best)), best] < 0) | (low <= least)
        found[rows] = np.where(pays, low + best, least)
    return found


def wide(block: WideBlock, place: int, least: int, hold: Floats, gain: Floats) -> Ints:
    """The same, of the fills tried, for a point with more pieces than a curve can have."""
    tops = np.array([block.wide.top(float(each))[place] for each in TRIED])
    mean = float(block.wide.mean[place])
    cost = hold[:, None] * np.maximum(tops - mean, 0.0) - gain[:, None] * TRIED
    best = cost.argmin(axis=1)
    return np.where(cost[np.arange(len(best)), best] < 0, np.maximum(tops[best], least), least)
