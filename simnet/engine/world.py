"""The world before minute 0: a network's points and counters laid out as the records that the rules act on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simnet.engine.records import COUNT, EVENT, LINE, NOBODY, ORDER, RULE, STOCK, World
from simnet.ledger.tally import FLOW, MONTH, POINT, Tally
from simnet.network.network import Network
from simnet.streams import stream_keys

SHARED = (
    "site", "part", "source", "trigger", "up_to", "lot", "minimum", "review", "level", "cost", "price", "lead", "shape",
    "orderly", "opening_on_hand", "opening_on_order", "opening_owed",
)  # fmt: skip


def lay_out(network: Network, seed: int, replication: int, keep_lines: bool) -> World:
    """A world of structured arrays for all points of `network`; the clocks make of it what they need."""
    classes = len(network.order_classes)
    return World(
        stock=stock_rows(network, seed, replication, classes),
        flow=np.zeros(len(network.points) * classes, FLOW),
        month=np.zeros(network.months * network.sites * len(network.class_names), MONTH),
        wait=np.zeros(network.sites * classes * 2 * len(network.wait_edges), np.int64),
        order=free_orders(64),
        heap=np.zeros(256, EVENT),
        line=np.zeros(1024 if keep_lines else 0, LINE),
        table=np.concatenate([network.shapes.ravel(), network.month_start[1:], network.wait_edges]),
        rule=rule_rows(network),
        count=counters(network, keep_lines),
    )


def stock_rows(network: Network, seed: int, replication: int, classes: int) -> NDArray[np.void]:
    """One STOCK record a point."""
    points = network.points
    stock = np.zeros(len(points), STOCK)
    for name in SHARED:
        stock[name] = points[name]
    stock["cell"] = points["site"] * len(network.class_names) + network.part_class[points["part"]]
    stock["flow"] = np.arange(len(points)) * classes
    stock["shape"] = np.where(points["shape"] >= 0, points["shape"] * network.shapes.shape[1], -1)
    stock["lane"] = stream_keys(points["lane"], seed, replication) >> np.uint64(1)
    stock["head"] = stock["tail"] = NOBODY
    return stock


def free_orders(size: int) -> NDArray[np.void]:
    """Order records chained into a free list."""
    order = np.zeros(size, ORDER)
    order["next"] = np.arange(1, size + 1)
    return order


def rule_rows(network: Network) -> NDArray[np.void]:
    """One RULE record an order class."""
    rule = np.zeros(len(network.order_classes), RULE)
    for name in RULE.names or ():
        rule[name] = network.classes[name]
    return rule


def counters(network: Network, keep_lines: bool) -> NDArray[np.void]:
    """The COUNT record: sizes, offsets into `table`, and everything that counts from zero."""
    count = np.zeros(1, COUNT)
    shapes = network.shapes.size
    values = {
        "start": network.warm_up,
        "end": network.horizon,
        "sites": network.sites,
        "classes": len(network.class_names),
        "order_classes": len(network.order_classes),
        "ends": shapes,
        "edges": shapes + network.months,
        "bins": len(network.wait_edges),
        "tiers": int(network.points["level"].max(initial=0)) + 2,
        "keep": int(keep_lines),
    }
    for name, value in values.items():
        count[name] = value
    return count


def read_out(network: Network, world: World) -> Tally:
    """The tally that a finished world of arrays holds."""
    classes = len(network.order_classes)
    point = np.zeros(len(world.stock), POINT)
    for name in POINT.names or ():
        point[name] = world.stock[name]
    shape = (network.sites, classes, 2, len(network.wait_edges))
    return Tally(point, world.flow, world.month, world.wait.reshape(shape), network.horizon - network.warm_up)
