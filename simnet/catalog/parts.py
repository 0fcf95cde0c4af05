"""The parts of a catalog: what they cost and weigh, who makes them, how often and where they are asked.

Shapes of cost, demand, order size and delivery time are measured ones (`measured`); every other number is assumed, and
says so beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.catalog.draw import chance, drawn
from simnet.catalog.measured import COST, DELIVERY, PIECES, SIZE, SPEARMAN, weight_kg
from simnet.catalog.plan import Plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SUPPLIERS = 40
"""Each supplies a fortieth of the parts, those of about one delivery time: assumed."""
CLASSES = ("critical", "fast", "medium", "slow", "rare")
LINES_OF_CLASS = (200.0, 50.0, 5.0)
"""Lines a year in the whole network from which a part is fast, medium, slow: assumed."""
CRITICAL = 0.03
"""Share of parts that stop a machine, whatever their demand: assumed."""
MARKUP = {"critical": 0.47, "fast": 0.45, "medium": 0.49, "slow": 0.52, "rare": 0.55}
"""Share of the sales price above purchase cost: assumed, such that about 45 % is left after freight."""
GENERATIONS = (0.04, 0.08, 0.14, 0.20, 0.22, 0.18, 0.10, 0.04)
"""Share of the parts by model generation, the oldest first: assumed."""
SITES_OF_A_LINE, SITES_GROW = 1.4, 0.75
"""Dealers that ask for a part: 1.4 for one line a year in the network, six times as many for ten times the lines.
Assumed, such that five million pairs of part and dealer are asked in the whole network, 2,500 parts a dealer."""
DECIMALS = 2
PART_HEADER = ("part", "supplier", "cost", "price", "weight [kg]", "class", "generation")
DEMAND_HEADER = ("part", "orders [per y]", "size_mean", "sites")


@dataclass(frozen=True)
class Parts:
    """The columns of a catalog."""

    cost: Floats
    price: Floats
    weight: list[str]
    """Kilograms, as written."""
    supplier: Ints
    supplier_days: Ints
    """Mean days from order to receipt, by supplier."""
    kind: Ints
    """Index into CLASSES."""
    generation: Ints
    orders: list[str]
    """Lines a year in the whole network, as written."""
    size: Floats
    """Mean pieces on a line."""
    sites: Ints
    """How many dealers ask."""

    def __len__(self) -> int:
        return len(self.cost)


def draw_parts(plan: Plan) -> Parts:
    """The catalog of a plan."""
    columns = [("cost", COST), ("pieces", PIECES), ("size", SIZE), ("delivery", DELIVERY)]
    cost, pieces, size, days = drawn(plan.seed, plan.parts, columns, SPEARMAN)
    cost, size = np.round(cost, DECIMALS), np.where(size < 3, np.round(size, 1), np.round(2 * size) / 2)
    lines = pieces / size
    orders = three_digits(lines * (plan.lines / lines.sum()))
    yearly = np.array([float(each) for each in orders])
    kind = kinds(plan, yearly)
    markup = np.array([MARKUP[name] for name in CLASSES])[kind]
    supplier, supplier_days = suppliers(days)
    return Parts(
        cost=cost,
        price=np.maximum(np.round(cost / (1 - markup), DECIMALS), cost + 0.01),
        weight=three_digits(np.array([weight_kg(*each) for each in zip(cost.tolist(), size.tolist(), strict=True)])),
        supplier=supplier,
        supplier_days=supplier_days,
        kind=kind,
        generation=np.searchsorted(np.cumsum(GENERATIONS)[:-1], chance(plan.seed, "generation", plan.parts)),
        orders=orders,
        size=size,
        sites=np.clip(np.rint(SITES_OF_A_LINE * yearly**SITES_GROW), 1, plan.dealers).astype(np.int64),
    )


def kinds(plan: Plan, yearly: Floats) -> Ints:
    """The class of each part: critical ones by chance, the others by lines a year."""
    by_lines = 1 + len(LINES_OF_CLASS) - np.searchsorted(sorted(LINES_OF_CLASS), yearly, side="right")
    critical = chance(plan.seed, "critical", plan.parts) < CRITICAL
    return np.where(critical, 0, by_lines).astype(np.int64)


def suppliers(days: Any) -> tuple[Ints, Ints]:
    """The supplier of each part by its delivery time, quickest first, and the middle of the times of each."""
    count = min(SUPPLIERS, len(days))
    rank = np.empty(len(days), dtype=np.int64)
    rank[np.argsort(days, kind="stable")] = np.arange(len(days))
    supplier = rank * count // len(days)
    middle = [int(np.rint(np.median(days[supplier == each]))) for each in range(count)]
    return supplier, np.array(middle, dtype=np.int64)


def three_digits(values: Floats) -> list[str]:
    """Plain decimal numbers with three significant digits; from 1,000 on, whole."""
    digits = np.clip(2 - np.floor(np.log10(values)), 0, 12).astype(np.int64)
    return [f"{value:.{digit}f}" for value, digit in zip(values.tolist(), digits.tolist(), strict=True)]


def name_of(row: int) -> str:
    """The number of a part."""
    return f"{10_000_000 + 61 * row}"


def part_rows(parts: Parts) -> Iterator[str]:
    """The rows of parts.csv."""
    columns = (parts.supplier, parts.cost, parts.price, parts.weight, parts.kind, parts.generation)
    rows = zip(*(each if isinstance(each, list) else each.tolist() for each in columns), strict=True)
    for row, (supplier, cost, price, weight, kind, generation) in enumerate(rows):
        yield f"{name_of(row)},s{supplier + 1:02},{cost:.2f},{price:.2f},{weight},{CLASSES[kind]},g{generation + 1}\n"


def demand_rows(parts: Parts) -> Iterator[str]:
    """The rows of demand.csv."""
    rows = zip(parts.orders, parts.size.tolist(), parts.sites.tolist(), strict=True)
    for row, (orders, size, sites) in enumerate(rows):
        yield f"{name_of(row)},{orders},{size:.1f},{sites}\n"
