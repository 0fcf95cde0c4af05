"""Where: the figures of order classes and tiers, a row a place and design."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simnet.metrics import Comparison
from simnet.report.grid import Column, Grid, levels_grid, zero
from simnet.report.known import COSTS, bare
from simnet.report.numbers import NOTHING, clean, level
from simnet.report.rows import PIECES, asking_tier, order_classes, tiers

CLASS_COLUMNS = (
    ("lines, whole run", "demand.lines.{}"),
    ("off the shelf", "fill.line.{}"),
    ("facing fill", "fill.facing.line.{}"),
    ("system fill", "fill.system.line.{}"),
    ("promise kept", "promise.line.{}"),
    ("wait, mean", "wait.mean.{}"),
    ("wait, 95th pct", "wait.p95.{}"),
    ("lost", "lost.share.{}"),
    ("freight a year", "cost.passed.{}"),
    ("surcharges a year", "surcharge.year.{}"),
)
"""Of the order classes; a column that no class has is left out."""
TIER_SERVICE = (
    ("fill, lines", "fill.{}.line"),
    ("fill, pieces", "fill.{}.unit"),
    ("fill, value", "fill.{}.value"),
    ("ready rate", "ready.{}"),
)
TIER_STOCK = (
    ("on hand, pieces", "stock.{}.on_hand.units"),
    ("stock value", "stock.{}.on_hand.value"),
    ("in transit, value", "stock.{}.transit.value"),
    ("owed, pieces", "owed.{}.units"),
    ("turns", "turns.{}"),
    ("dead stock", "stock.{}.dead.value"),
)
STOCK = (
    "stock.on_hand.value",
    "stock.transit.value",
    "stock.on_order.value",
    "turns",
    "stock.months",
    "stock.dead.value",
    "owed.units",
)
MONEY = (
    "revenue.year", "cost.purchase", "margin", "cost.year", "cost.holding", "cost.transport", "cost.passed",
    "cost.order", "cost.rush", "cost.backorder",
)  # fmt: skip
DEALERS = (
    "stock.owner.dealer.value", "stock.owner.maker.value", "cost.passed.dealer", "surcharge.year", "discount.year",
    "returns.value",
)  # fmt: skip
"""What dealers keep and pay, and what they are paid."""


def class_grid(comparison: Comparison) -> Grid | None:
    """Order class by order class; nothing where there is but one."""
    names = order_classes(comparison)
    keys = {name: [key.format(name) for _, key in CLASS_COLUMNS] for name in names}
    found = [(name, design) for name in names for design in comparison.designs
             if comparison.level(design, f"fill.line.{name}") is not None]  # fmt: skip
    note = "Customers' lines of each class; classes that ask no other source have no facing and system fill."
    heads = [Column(title, key.removesuffix(".{}")) for title, key in CLASS_COLUMNS]
    made = grid_of(comparison, "Order class by order class", "class", heads, found, keys, note)
    return made if len(names) > 1 else None


def tier_grids(comparison: Comparison) -> Iterator[Grid]:
    """Tier by tier: service, of tiers that have a shelf where customers find none; then stock."""
    found = [(tier, result.name) for tier in tiers(comparison) for result in comparison.results
             if tier in result.outline.tier_names]  # fmt: skip
    asked = "Fill of a tier counts all lines asked of it: customers' and those of the sites it refills."
    for title, columns, note in (
        ("Fill, tier by tier", TIER_SERVICE, asked),
        ("Stock, tier by tier", TIER_STOCK, "Time averages; stock in transit is counted where it will be received."),
    ):
        keys = {tier: [key.format(tier) for _, key in columns] for tier, _ in found}
        heads = [Column(name, key.replace("{}", "TIER")) for name, key in columns]
        told = [each for each in found if columns is TIER_STOCK or not bare(comparison, each[0])]
        yield grid_of(comparison, title, "tier", heads, told, keys, note)


def grid_of(
    comparison: Comparison, title: str, first: str, heads: Sequence[Column], found: Sequence[tuple[str, str]],
    keys: dict[str, list[str]], note: str,
) -> Grid:  # fmt: skip
    """A row a place and design with the levels of its KPIs; rows and columns without any value are left out."""
    cells = {(place, design): [level(comparison.level(design, key)) for key in keys[place]] for place, design in found}
    used = [at for at in range(len(heads))
            if any(row[at].value != NOTHING and not zero(row[at].value) for row in cells.values())]  # fmt: skip
    alone = len(comparison.designs) == 1
    rows = tuple(
        ((clean(place),) if alone else (clean(place), clean(design)), tuple(row[at] for at in used))
        for (place, design), row in cells.items()
        if any(row[at].value != NOTHING for at in used)
    )
    return Grid(title, (first,) if alone else (first, "design"), tuple(heads[at] for at in used), rows, note)


def money_grids(comparison: Comparison) -> Iterator[Grid]:
    """What the network costs and earns, and the dealers' part in it, apart."""
    yield levels_grid(comparison, "Money a year", MONEY, "Costs of the network; purchase and revenue stand besides.")
    tier = asking_tier(comparison)
    own = [f"stock.{tier}.on_hand.value", f"turns.{tier}"] if tier else []
    known = [key for key in (*own, *DEALERS) if key in comparison.kpis]
    dealers = levels_grid(comparison, "Dealers apart", known, "What dealers keep, pay and are paid.")
    if dealers.rows:
        yield dealers


def stock_grid(comparison: Comparison) -> Grid:
    """The stock of the whole network."""
    keys = STOCK if comparison.has(COSTS) else (PIECES, *STOCK)
    return levels_grid(comparison, "Stock of the network", keys, "Time averages over the measured time.")
