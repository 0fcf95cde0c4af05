"""How much to order at a time: the economic lot, and what packs and minimum orders make of a lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simnet.planning.arrays import Floats, Ints
    from simnet.planning.item import Items

MOST_PIECES = 10**9
"""No level or lot is larger: beyond it the products of a run would leave the integers."""


def piece_rate(items: Items) -> Floats:
    """Pieces asked a minute: lines a minute times pieces on a line."""
    import numpy as np

    means = np.array([size.mean for size in items.sizes], dtype=np.float64)
    return items.rate * means[items.size]


def smallest_orders(items: Items) -> Ints:
    """The least an order can hold: the smallest multiple of the pack that reaches the minimum."""
    import numpy as np

    return round_up(np.maximum(items.minimum, 1), np.maximum(items.pack, 1))


def round_up(quantity: Ints, multiple: Ints) -> Ints:
    """The smallest multiple of `multiple` that is at least `quantity`."""
    return -(-quantity // multiple) * multiple


def economic_lots(items: Items, order_cycle: int) -> Ints:
    """Pieces to order at a time: the economic order quantity (Harris 1913), at least 1.

    The whole number of least ordering and holding cost: the first Q with Q(Q+1) >= 2 K D / (h c). A point
    without the costs of ordering, holding and of the piece orders its mean demand of `order_cycle` minutes.
    """
    import numpy as np

    demand = piece_rate(items)
    holding = items.holding * items.cost
    priced = (items.order_cost > 0) & (holding > 0)
    square = np.divide(2 * items.order_cost * demand, holding, out=np.zeros_like(demand), where=priced)
    economic = np.ceil((np.sqrt(1 + 4 * square) - 1) / 2 - 1e-9)
    by_time = np.ceil(demand * order_cycle - 1e-9)
    return np.clip(np.where(priced, economic, by_time), 1, MOST_PIECES).astype(np.int64)


def cover_levels(items: Items, minutes: int) -> Ints:
    """Pieces that last the lead time and `minutes` more at mean demand, rounded up."""
    import numpy as np

    need = piece_rate(items) * (items.lead_mean + minutes)
    return np.clip(np.ceil(need - 1e-9), 0, MOST_PIECES).astype(np.int64)
