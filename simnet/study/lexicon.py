"""Words of the trade that are no figure and no key of the language themselves: what they mean and lead to.

Figures have their own names of the trade (`simnet.metrics.terms`), the report its glossary; here is the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from simnet.demand.patterns import ADI_LIMIT, CV2_LIMIT


@dataclass(frozen=True)
class Word:
    """A word of the trade: its names, the first one as it is printed; what it means; keys and figures to look at."""

    names: tuple[str, ...]
    meaning: str
    see: tuple[str, ...] = ()


_CLASSES = (
    f"Demand by month: ADI is the mean number of months from one with demand to the next, CV2 the squared "
    f"coefficient of "
    f"variation of the pieces in months with demand. Smooth: ADI under {ADI_LIMIT}, CV2 under {CV2_LIMIT}; erratic: "
    f"only "
    "CV2 above; intermittent: only ADI above; lumpy: both (Syntetos, Boylan and Croston 2005). `simnet show FILE` "
    "counts "
    "the parts of each."
)

WORDS: tuple[Word, ...] = (
    Word(
        ("fill rate", "fill", "service rate", "off-the-shelf rate"),
        "Share of what was asked that was served from the shelf at once. `fill.line` counts customers' lines, "
        "`fill.unit` their pieces, `fill.TIER.line` what the sites of a tier were asked by anyone.",
        ("fill.line", "fill.unit", "fill.value", "fill.TIER.line", "fill.facing.line", "fill.system.line"),
    ),
    Word(
        ("service level", "cycle service level", "alpha service", "type 1 service", "beta service", "type 2 service"),
        "Two things share the name. Fill (beta, type 2): the share of demand met from the shelf; a `target` of "
        "stocking "
        "is one of pieces, and `fill.unit` is its outcome. Cycle service level (alpha, type 1): the share of "
        "replenishment cycles without a stock-out; it says nothing of how much was missed and is not measured here.",
        ("stocking.default.target", "fill.unit", "fill.line", "ready.TIER", "promise.line"),
    ),
    Word(
        ("availability", "parts availability", "in stock", "stock-out", "out of stock"),
        "As customers see it: their lines found on the shelf (fill). As time: the share of time with stock (ready "
        "rate).",
        ("fill.line", "ready.TIER", "within.WINDOW", "why.stocked-but-out.line"),
    ),
    Word(
        ("fill ladder", "ladder"),
        "Customers' lines found at the dealer, then up to the facing warehouse, then anywhere in the network; the rest "
        "is backordered. Each rung holds those above it.",
        ("fill.line", "fill.facing.line", "fill.system.line", "backorder.line", "found.SOURCE.line"),
    ),
    Word(
        ("lead time", "replenishment time", "transit time", "delivery time", "supplier lead time"),
        "Of a supplier: from order to receipt. Of a lane or a site: from shipment at the source to receipt; waiting "
        "for "
        "stock at the source comes on top. The most special wins: part, lane, site.",
        (
            "suppliers.NAME.lead_time", "parts.NAME.lead_time", "lanes.NAME.NAME.lead_time", "dealers.NAME.lead_time",
            "warehouses.NAME.lead_time", "why.supplier-late.line",
        ),
    ),
    Word(
        ("safety stock", "buffer stock"),
        "What lies there on top of the mean demand of the lead time and the review. It is no setting of its own: a "
        "`target` works out how much it takes, `cover` says it as a time, `trigger` and `up_to` say the whole level in "
        "pieces.",
        ("stocking.default.target", "stocking.default.cover", "stocking.default.trigger", "stocking.default.up_to"),
    ),
    Word(
        ("backorder", "BO", "back order", "open order", "owed"),
        "Pieces that were asked and are neither delivered nor lost: owed. Where they wait is the order class's matter.",
        ("backorder.line", "owed.units", "ageing.AGE", "wait.mean", "order_classes.NAME.backorder", "costs.backorder"),
    ),
    Word(
        ("VOR", "vehicle off road", "machine off road", "machine down", "unit down", "AOG", "emergency order"),
        "The order class of a customer whose machine stands still: `vor`, built in. Where anything is said about "
        "`order_classes`, figures can be asked for it alone: fill.system.line.vor.",
        ("order_classes.NAME", "demand.order_class", "fill.system.line", "rush.line"),
    ),
    Word(
        ("day order", "urgent order", "rush order"),
        "The order class of customers who need the part in a day or two: `day`, built in, and what customers' "
        "demand is "
        "unless it says otherwise. Rush is whatever class says `rush: true`.",
        ("order_classes.NAME", "order_classes.NAME.rush", "demand.order_class", "rush.line"),
    ),
    Word(
        ("stock order", "replenishment order"),
        "A site's own order for its shelf: order class `stock`, built in.",
        ("order_classes.NAME", "orders.year", "stocking.default.review"),
    ),
    Word(
        ("reorder point", "ROP", "reorder level", "order point", "minimum stock", "min"),
        "The position (on hand + on order - owed) at or under which a site orders: `trigger`. A `target` works it out.",
        ("stocking.default.trigger", "min-max", "reorder-lot"),
    ),
    Word(("s,S", "(s,S)", "order-up-to level", "maximum stock", "max"),
         "Order up to S when the position is at or under s: policy `min-max`, with `trigger` for s and `up_to` for S.",
         ("min-max", "stocking.default.trigger", "stocking.default.up_to")),
    Word(("stock level", "level", "inventory level", "stocking level", "target stock", "target level"),
         "How much a site keeps of a part. Said outright: `up_to` is the level that is ordered up to, `trigger` the "
         "one at or under which is ordered; or a table of both by site and part. Worked out: from a `target` or "
         "a `cover`.",
         ("stocking.default.up_to", "stocking.default.trigger", "stocking.levels", "stocking.default.target",
          "stocking.default.cover", "stock.on_hand.units")),
    Word(("r,Q", "s,Q", "R,Q", "(r,Q)", "(s,nQ)", "fixed lot"),
         "Order lots of Q when the position is at or under the reorder point: policy `reorder-lot`, with `trigger` and "
         "`lot`.",
         ("reorder-lot", "stocking.default.trigger", "stocking.default.lot")),
    Word(("S-1,S", "(S-1,S)", "R,S", "T,S", "one for one", "order up to"),
         "Bring the position back to S at every demand, or at every review: policy `base-stock`, with `up_to` and "
         "`review`.",
         ("base-stock", "stocking.default.up_to", "stocking.default.review")),
    Word(("MOQ", "minimum order quantity", "lot size", "order multiple", "pack size", "rounding"),
         "`minimum_order` is the fewest pieces a supplier takes an order for, `pack` what orders are whole "
         "multiples of, "
         "`lot` the pieces of one order of a stocking rule.",
         ("parts.NAME.minimum_order", "suppliers.NAME.minimum_order", "parts.NAME.pack", "stocking.default.lot")),
    Word(("MOV", "minimum order value", "order cycle of a supplier", "joint replenishment", "shared order"),
         "A supplier may take orders of all parts together: `order_every` collects a site's lines, and an order worth "
         "less than `minimum_order_value` is held for the next, at most for `hold_at_most`.",
         ("suppliers.NAME.minimum_order_value", "suppliers.NAME.order_every", "suppliers.NAME.hold_at_most",
          "orders.held")),
    Word(("EOQ", "economic order quantity", "lot sizing"),
         "Where `costs.order` and `costs.holding` are given, a `target` weighs them into the size of an order; else an "
         "order is for `order_cycle` of demand.",
         ("costs.order", "costs.holding", "stocking.default.order_cycle", "stocking.default.lot")),
    Word(("periodic review", "review period", "order day", "continuous review"),
         "How often a site looks at its position; watched all the time where `review` is left out.",
         ("stocking.default.review", "base-stock")),
    Word(("ADI", "CV2", "CV²", "demand class", "demand pattern", "smooth", "erratic", "lumpy", "intermittent demand",
          "average demand interval"),
         _CLASSES, ("intermittent", "poisson", "demand.chance")),
    Word(("ABC class", "XYZ class", "part class", "fast mover", "slow mover", "movement class"),
         "A word of your own for each part, the column `class` of its table. Stocking is said by it, figures are "
         "cut by "
         "it (--by part_class).",
         ("parts.NAME.class", "stocking.classes", "stocking.rules")),
    Word(("non-stocked part", "special order", "bought to order", "buy to order"),
         "A part without stock at a site: `policy: none`. A line for it is never filled from the shelf and is "
         "passed on, "
         "or waits.",
         ("none", "why.not-stocked-here.line", "fill.accommodation", "passed.line")),
    Word(("stocking list", "range", "breadth", "depth", "hits"),
         "What a site stocks. Parts come on it after so many lines (hits) within a time, and go off it.",
         ("stocking.default.phase_in", "stocking.default.phase_out", "fill.accommodation", "fill.satisfaction")),
    Word(("position", "inventory position", "stock position"),
         "On hand + on order - owed: what a site looks at before it orders.",
         ("stocking.default.trigger", "stocking.default.up_to")),
    Word(("sourcing list", "sourcing", "search order", "escalation"),
         "Who is asked when the dealer is short, one after the other: facing, referral, lateral, central, supplier.",
         ("order_classes.NAME.ask", "found.SOURCE.line", "referral.rate")),
    Word(("lateral transshipment", "dealer to dealer", "sister", "pooling", "dealer locator"),
         "Sites of one `pool` help each other out: `lateral` in a sourcing list, and `balance` for their shelves.",
         ("dealers.NAME.pool", "dealers.NAME.balance", "order_classes.NAME.ask", "found.lateral.line")),
    Word(("critical level", "reserve", "rationing", "reserved stock"),
         "The last pieces, which an order class leaves for better ones.",
         ("stocking.default.reserve", "order_classes.NAME.rank", "why.reserved.line")),
    Word(("allocation", "fair share", "deployment", "push"),
         "Who gets what arrives where several wait; `push` offers stock to the sites below before they order.",
         ("warehouses.NAME.allocation", "warehouses.NAME.push")),
    Word(("VMI", "vendor managed inventory", "dealer inventory management", "managed dealer", "LPA", "buy-back"),
         "The maker sets the dealer's levels, inside the run, and takes back what does not sell.",
         ("stocking.default.managed", "stocking.default.managed.buy_back", "returns.value")),
    Word(("emergency freight", "premium freight", "freight"),
         "Freight of replenishment, and of customers' lines that another source sends.",
         ("cost.transport", "cost.passed", "lanes.NAME.NAME.cost", "order_classes.NAME.freight")),
    Word(("order history", "demand history", "sales history", "history"),
         "Lines that were asked once: a table with part, date, quantity and possibly site; `simnet import` makes one.",
         ("demand.orders", "demand.replay", "replay")),
    Word(("forecast", "seasonality", "trend"),
         "There is no forecast: demand is drawn from what is stated (rates, with `season` and `trend`), or taken "
         "from a "
         "history; levels know its mean and spread.",
         ("demand.season", "demand.trend", "demand.replay")),
    Word(("repair order", "work order", "job card", "kit"),
         "Lines that are asked together and wait for the last one: jobs.",
         ("demand.jobs", "order_classes.NAME.jobs", "fill.order", "jobs.wait.mean")),
    Word(("opening hours", "working hours", "holidays", "calendar", "working day", "cut-off", "cut-off time"),
         "When a site is open, and until when what is asked leaves the same day.",
         ("dealers.NAME.hours", "dealers.NAME.holidays", "order_classes.NAME.cut_off", "demand.when")),
    Word(("common random numbers", "paired difference", "same luck", "same orders", "random seed"),
         "All designs meet the same customers and the same delays in a replication, so their difference is far more "
         "certain than either level. Chance is a function of `run.seed` (law 3).",
         ("run.seed", "run.replications", "run.precision")),
    Word(("confidence interval", "half-width", "plus minus", "±", "significance", "error bar"),
         "± is half the width of the 95 % confidence interval of a mean over replications (Student's t). A difference "
         "whose interval holds 0 is told as `same`.",
         ("run.replications", "run.precision")),
    Word(("reference", "baseline design", "base"),
         "The first design: the file itself, unless the designs are named in another order. Differences are to it.",
         ("designs",)),
    Word(("lost sales", "lost order", "lost line"),
         "What customers asked, did not get at once and did not wait for, or not long enough. Off unless an order "
         "class "
         "says so: `unmet: lost`, `patience`, `will_fit`.",
         ("lost.share", "lost.LOSS.line", "order_classes.NAME.unmet", "order_classes.NAME.patience",
          "order_classes.NAME.will_fit")),
    Word(("holding cost", "carrying cost", "cost of capital", "interest"),
         "A share of the stock's purchase cost a year, said in `costs.holding`; `cost.holding` is what it comes to.",
         ("costs.holding", "cost.holding", "stock.on_hand.value")),
    Word(("backorder cost", "penalty cost", "penalty", "shortage cost", "downtime cost"),
         "Money per day and piece owed to a customer, said in `costs.backorder`; `cost.backorder` is what it comes to.",
         ("costs.backorder", "cost.backorder", "owed.units")),
    Word(("ordering cost", "order cost", "handling cost"),
         "Money per replenishment line, and per line passed on.",
         ("costs.order", "cost.order", "costs.rush", "cost.rush")),
    Word(("shipping cost", "transport cost", "freight rate"),
         "Money per kilogram and per shipment of a lane; `costs.transport` where a lane says nothing.",
         ("costs.transport", "lanes.NAME.NAME.cost", "lanes.NAME.NAME.shipment_cost", "cost.transport")),
    Word(("stock turn", "inventory turn", "stock rotation"),
         "Purchase cost of what customers got in a year over the mean stock.", ("turns", "turns.TIER", "stock.months")),
    Word(("unit of time", "unit", "units"),
         "Values carry their unit: 35 d (min, h, d, w, mo, y), 95 %, 12.40 EUR, 1.10 EUR/kg, 2 per month, 0.8 kg.",
         ("money", "suppliers.NAME.lead_time", "demand.orders")),
)  # fmt: skip
"""In no order: each is found by any of its names."""

CAUSES: dict[str, str] = {
    "not stocked here": "The site that was asked does not stock the part (policy none, or a level of 0).",
    "stocked but out": "The shelf was empty or too small, and nothing was on order that could have come.",
    "in customs or transit": (
        "The shelf did not do, and the next lot was already on its way to the site and not yet late."
    ),
    "upstream out": "What the site had on order was still owed by its source, which was out too.",
    "supplier late": "The lot that was missing came from a supplier and was later than planned.",
    "reserved": "The pieces lay there, kept for better order classes or for those who waited already.",
    "after cut-off": "Another source had it, but was asked after the cut-off of its day, so that it came too late.",
    "lost patience": "The customer waited as long as the class's patience and went.",
}
"""Why a line was missed, by the words that reports print (laws 5.15 and 5.16)."""

SOURCES: dict[str, str] = {
    "facing": "The warehouse that refills the site which the customer asked.",
    "referral": "Another warehouse than the facing one, asked through it.",
    "lateral": "A sister: a site of the same pool.",
    "central": "The warehouse at the top.",
    "supplier": "The part's supplier, who is never short.",
    "lost at once": "It was not there, and the order class does not wait.",
    "will-fit": "The customer took a part of another make.",
    "gave up": "The customer waited as long as the class's patience, and went.",
}
"""Where lines were found and how they were lost, by the words that reports print."""
