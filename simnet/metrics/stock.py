"""Stock: what is on hand, on order, on the road and owed, in pieces and at purchase cost, and its turns."""

from __future__ import annotations

from collections.abc import Callable

from simnet.metrics.metric import Metric, ratio
from simnet.metrics.monthly import MonthView
from simnet.metrics.view import ANYONE, View
from simnet.units import MONEY, YEAR


def pieces(area: str) -> Callable[[View], float | None]:
    """The metric that tells a mean level, from its integral in piece-minutes."""
    return lambda view: ratio(view.total(area), view.minutes)


def value(area: str) -> Callable[[View], float | None]:
    """The metric that tells a mean level at purchase cost, in the currency."""
    return lambda view: ratio(view.worth(area, "cost"), view.minutes * MONEY)


def owed_pieces(view: View) -> float | None:
    """Mean pieces owed to customers."""
    return ratio(view.asked("owed_minutes"), view.minutes)


def owed_by_tier(view: View) -> float | None:
    """Mean pieces owed to anyone."""
    return ratio(view.asked("owed_minutes", ANYONE), view.minutes)


def owed_at_end(view: View) -> float:
    """Pieces owed to customers at the horizon."""
    return float(view.asked("owed"))


def turns(view: View) -> float | None:
    """Cost of the pieces that customers got, a year / mean stock on hand at cost."""
    sold = view.sold("cost")
    return ratio(sold * YEAR, view.worth("on_hand_minutes", "cost"))


def tier_turns(view: View) -> float | None:
    """Cost of the pieces that left the tier's shelves and did not come back, a year / mean stock on hand at cost."""
    left = view.worth("shipped", "cost") - view.worth("taken_back", "cost")
    return ratio(left * YEAR, view.worth("on_hand_minutes", "cost"))


def months_of_supply(view: View) -> float | None:
    """Mean stock on hand at cost / cost of the pieces that customers got, a month."""
    sold = view.sold("cost")
    return ratio(12 * view.worth("on_hand_minutes", "cost"), sold * YEAR)


def owned(at: str) -> Callable[[View], float | None]:
    """The metric that tells mean stock on hand of one owner: pieces, or value at cost."""

    def told(view: View) -> float | None:
        if not len(view.outline.owner):
            return None
        sites = view.chosen_sites
        mine = view.at(sites[view.outline.owner[sites] == view.number])
        if at == "pieces":
            return ratio(mine.total("on_hand_minutes"), view.minutes)
        return ratio(mine.worth("on_hand_minutes", "cost"), view.minutes * MONEY)

    return told


def sent_back(view: View) -> float:
    """Pieces sent back, a year."""
    return view.a_year(view.total("returned"))


def sent_back_value(view: View) -> float:
    """Cost of the pieces sent back, a year."""
    return view.a_year(view.worth("returned", "cost") / MONEY)


def month_on_hand(month: MonthView) -> float:
    """Mean pieces on hand over the month."""
    return month.mean("on_hand_change", "on_hand_minutes")


def month_value(month: MonthView) -> float:
    """Stock on hand at cost at the end of the month, in the currency."""
    return month.closing("stock_value_change") / MONEY


ON_HAND = "Time average of the pieces on the shelves"
ON_ORDER = "Time average of the pieces that sites have ordered and not received, on the road or not"
TRANSIT = "Time average of the pieces on the road to a site"
AT_COST = ", each at the part's purchase cost"

LEVELS = [
    ("on_hand", "on hand", ON_HAND, "on_hand_minutes"),
    ("on_order", "on order", ON_ORDER, "on_order_minutes"),
    ("transit", "in transit", TRANSIT, "transit_minutes"),
]


def level(name: str, title: str, meaning: str, area: str) -> list[Metric]:
    """The four KPIs of a kind of stock: pieces and value, of the network and of each tier."""
    shelf = name == "on_hand"
    return [
        Metric(
            f"stock.{name}.units", "pieces", f"{title}, pieces", f"{meaning}, over all sites.",
            None, pieces(area), month=month_on_hand if shelf else None,
        ),
        Metric(
            f"stock.{name}.value", "money", "stock value" if shelf else f"{title}, value",
            f"{meaning}, over all sites{AT_COST}{'; by month: at its end' if shelf else ''}.",
            "lower" if shelf else None, value(area), month=month_value if shelf else None, takes=("costs",),
        ),
        Metric(
            f"stock.TIER.{name}.units", "pieces", f"{{place}} {title}, pieces",
            f"{meaning}, over the sites of the tier.", None, pieces(area),
        ),
        Metric(
            f"stock.TIER.{name}.value", "money",
            "{place} stock value" if shelf else f"{{place}} {title}, value",
            f"{meaning}, over the sites of the tier{AT_COST}.", "lower" if shelf else None, value(area),
            takes=("costs",),
        ),
    ]  # fmt: skip


STOCK = [
    *(metric for row in LEVELS for metric in level(*row)),
    Metric(
        "turns", "1/y", "turns",
        "Purchase cost of the pieces that customers got, a year / mean stock on hand of all sites at "
        "purchase cost (gross turns).",
        "higher", turns, takes=("costs",),
    ),
    Metric(
        "turns.TIER", "1/y", "{place} turns",
        "Purchase cost of the pieces that the tier shipped to anyone and did not take back, a year / its mean stock on "
        "hand at purchase cost.",
        "higher", tier_turns, takes=("costs",),
    ),
    Metric(
        "stock.months", "mo", "months of supply",
        "Mean stock on hand of all sites at purchase cost / purchase cost of the pieces that customers got, "
        "a month: 12 / turns.",
        "lower", months_of_supply, takes=("costs",),
    ),
    Metric(
        "stock.dead.value", "money", "dead stock",
        f"{ON_HAND} of stocking points (a part at a site) that nobody asked for anything in the measured time"
        f"{AT_COST}.",
        "lower", value("dead_minutes"), takes=("costs",),
    ),
    Metric(
        "stock.TIER.dead.value", "money", "{place} dead stock",
        f"{ON_HAND} of stocking points of the tier that nobody asked for anything in the measured time{AT_COST}.",
        "lower", value("dead_minutes"), takes=("costs",),
    ),
    Metric(
        "owed.units", "pieces", "owed to customers",
        "Time average of the pieces owed to customers (expected backorders, EBO), at the site where their line waits.",
        "lower", owed_pieces, by_order=True,
    ),
    Metric(
        "owed.TIER.units", "pieces", "{place} owes",
        "Time average of the pieces that the sites of the tier owe, to customers and to the "
        "sites they refill.",
        "lower", owed_by_tier,
    ),
    Metric(
        "owed.closing", "pieces", "owed at the horizon",
        "Pieces owed to customers at the horizon.",
        "lower", owed_at_end, by_order=True,
    ),
    Metric(
        "stock.owner.OWNER.units", "pieces", "{place}'s stock, pieces",
        f"{ON_HAND}, over the sites whose stock the maker or the dealer owns (consigned stock is the maker's).",
        None, owned("pieces"), needs="owners",
    ),
    Metric(
        "stock.owner.OWNER.value", "money", "{place}'s stock value",
        f"{ON_HAND}, over the sites whose stock the maker or the dealer owns (consigned stock is the "
        f"maker's){AT_COST}.",
        "lower", owned("value"), needs="owners", takes=("costs",),
    ),
    Metric(
        "returns.units", "pieces/y", "sent back",
        "Pieces that sites sent back to their source (buy-back), a year.",
        None, sent_back, needs="returns",
    ),
    Metric(
        "returns.value", "money/y", "sent back, value",
        "Purchase cost of the pieces that sites sent back to their source (buy-back), a year.",
        None, sent_back_value, needs="returns", takes=("costs",),
    ),
]  # fmt: skip
