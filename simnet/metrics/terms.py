"""What the trade calls each figure, how far that is the same thing, and where the definition stands."""

from __future__ import annotations

from dataclasses import dataclass

from simnet.metrics.metric import Metric

SILVER = "Silver, Pyke and Thomas 2017, Inventory and Production Management in Supply Chains, ch. 6"
AXSATER = "Axsäter 2015, Inventory Control, ch. 5"
SHERBROOKE = "Sherbrooke 2004, Optimal Inventory Modeling of Systems, ch. 2"
ARMY = "US Army Regulation 710-2"
GLEC = "GLEC Framework v3; UK Government conversion factors"


@dataclass(frozen=True)
class Term:
    """A figure in the trade's words."""

    trade: str
    """What it is called where parts are planned and sold, and how that use differs, in sentences."""
    source: str = ""
    """A book or paper in which it is defined; empty: this program's own, or plain counting."""


TERMS: dict[str, Term] = {
    "fill.unit": Term(
        "Unit fill, item fill, quantity fill, beta, P2 or type-2 service. What textbooks plan for, and what a "
        "`target` of stocking means. Not the cycle service level (alpha, P1, type 1), which counts replenishment "
        "cycles without a stock-out and says nothing of how much was missed.",
        f"{SILVER} (P2); {AXSATER} (S2)",
    ),
    "fill.line": Term(
        "Off-the-shelf fill, over-the-counter fill, first pick, dealer fill: the share of lines complete at once. A "
        "dealer's own figure is usually higher, for lines that are known to be special orders are often left out of "
        "it, and customers who walk away are not written down; here every line asked counts.",
    ),
    "fill.value": Term("Value fill, dollar fill. Dear parts move slowly, so it is often below line fill."),
    "fill.complete": Term("Unit fill with the rule of all or nothing by line, as some order systems report it."),
    "fill.TIER.unit": Term(
        "Unit fill of a warehouse or of a tier, towards everyone who orders there.",
        f"{AXSATER} (S2)",
    ),
    "fill.TIER.line": Term(
        "Warehouse fill, depot fill, line fill of a tier. A warehouse is asked by the sites it refills, so a good one "
        "at the top does not yet mean that customers are served.",
    ),
    "fill.TIER.value": Term("Value fill of a warehouse or of a tier."),
    "ready.TIER": Term(
        "Ready rate, S3: the share of time with stock. It equals fill where single pieces are asked at random times; "
        "with large orders fill is lower.",
        f"{AXSATER} (S3)",
    ),
    "fill.order": Term(
        "Order fill, job fill, complete order fill. Lower than line fill by as much as orders are long.",
        "Song 1998, Operations Research 46, 831-845",
    ),
    "fill.facing.line": Term(
        "Facing fill: found at the dealer or at the warehouse that serves him. A rung of the fill ladder: each holds "
        "those above it. A maker's facing fill often leaves out what the dealer had; then it is `found.facing.line` "
        "over the lines that reached the warehouse.",
    ),
    "fill.system.line": Term(
        "System fill, network fill: found at once somewhere in the network. A rung of the fill ladder: each holds "
        "those above it.",
    ),
    "backorder.line": Term("Backorder rate, BO %: what nobody had."),
    "fill.facing.unit": Term("Facing fill by pieces. A rung of the fill ladder: each holds those above it."),
    "fill.system.unit": Term("System fill by pieces. A rung of the fill ladder: each holds those above it."),
    "backorder.unit": Term("Backorder rate by pieces."),
    "fill.facing.value": Term("Facing fill by value. A rung of the fill ladder: each holds those above it."),
    "fill.system.value": Term("System fill by value. A rung of the fill ladder: each holds those above it."),
    "backorder.value": Term("Backorder rate by value."),
    "fill.facing.order": Term(
        "Facing fill of whole orders or jobs. A rung of the fill ladder: each holds those above it.",
    ),
    "fill.system.order": Term(
        "System fill of whole orders or jobs. A rung of the fill ladder: each holds those above it.",
    ),
    "backorder.order": Term("Backorder rate of whole orders or jobs."),
    **dict.fromkeys(
        ("found.SOURCE.line", "found.SOURCE.unit", "found.SOURCE.value"),
        Term(
            "Where lines of a service-parts network end up; each maker cuts this in its own way.",
        ),
    ),
    "referral.rate": Term(
        "Referral rate, share referred: passed from the facing warehouse to another and found there.",
    ),
    "fill.accommodation": Term(
        "Demand accommodation (DA), breadth: how much of what is asked the stocking list covers.",
        ARMY,
    ),
    "fill.satisfaction": Term(
        "Demand satisfaction (DS), depth: fill of the parts on the stocking list. Dealers who leave special orders "
        "out of their fill mean this.",
        ARMY,
    ),
    "wait.mean": Term(
        "Customer wait time (CWT), order response time. Taken over all pieces, those off the shelf as 0. Pieces owed "
        "or traveling / pieces asked a day is the same number.",
        "Little 1961, Operations Research 9, 383-387",
    ),
    "wait.delayed": Term(
        "Backorder duration, mean delay: of those who had to wait alone. It may rise while service gets better, as "
        "the short waits go first.",
    ),
    **dict.fromkeys(
        ("wait.p50", "wait.p90", "wait.p95", "wait.p99"),
        Term(
            "Percentile of the customer wait time: what a promise to most customers may name.",
        ),
    ),
    "wait.censored": Term("Open backorders at the end of the period. Where they are many, waits are worse than told."),
    "within.WINDOW": Term(
        "Time-window fill, channel fill, same-day or next-day fill, availability to dealers by day: received within "
        "the window, wherever it came from.",
        "Caggiano, Jackson, Muckstadt and Rappold 2007, Operations Research 55, 303-318",
    ),
    "within.WINDOW.unit": Term("Time-window fill by pieces."),
    "promise.line": Term(
        "On-time delivery, OTIF (on time, in full) against the class's promise, which stays the first one.",
    ),
    "jobs.count": Term("Customers' orders, work orders, repair jobs."),
    "jobs.lines": Term("Lines an order."),
    "jobs.wait.mean": Term("Order cycle time, repair turn time for parts: the last part decides."),
    **dict.fromkeys(
        ("jobs.wait.p50", "jobs.wait.p90", "jobs.wait.p95", "jobs.wait.p99"),
        Term(
            "Percentile of the time until the last part of a job is there.",
        ),
    ),
    "within.WINDOW.order": Term("Time-window fill of whole orders or jobs."),
    "jobs.held": Term("Staged stock, set-aside, kitting stock: no one else may have it."),
    "jobs.lost": Term("Lost orders, lost jobs."),
    "ageing.AGE": Term("Backorder ageing in the usual classes of days."),
    "cleared.p50": Term(
        "Backorder recovery, backorder velocity. The trade has the word and no standard formula; this is the median "
        "of the days to clear.",
    ),
    "cleared.7d": Term("Backorder recovery: cleared within a week."),
    "cleared.14d": Term("Backorder recovery: cleared within two weeks."),
    "lost.LOSS.line": Term(
        "Lost sales, by how they were lost. Most systems never record them, which raises their fill.",
    ),
    "lost.LOSS.unit": Term("Lost sales by pieces."),
    "missed.line": Term("Missed lines: what a first-pick review goes through. Without `need_by` it is 1 - line fill."),
    "why.CAUSE.line": Term("Causes of misses, reason codes; the Pareto of a service review."),
    "why.CAUSE.unit": Term("Causes of misses by pieces."),
    "why.CAUSE.value": Term("Causes of misses by value."),
    "why.CAUSE.days": Term("Customers' days lost by cause: where a day off the lead time helps most."),
    "stock.on_hand.units": Term("Average inventory in pieces."),
    "stock.on_hand.value": Term("Average inventory, inventory investment, at purchase cost without freight."),
    "stock.TIER.on_hand.units": Term("Average inventory of a tier in pieces."),
    "stock.TIER.on_hand.value": Term("Average inventory of a tier at purchase cost."),
    "stock.on_order.units": Term("Pieces on order, replenishment pipeline: ordered and not there yet, shipped or not."),
    "stock.on_order.value": Term("Value on order, replenishment pipeline."),
    "stock.TIER.on_order.units": Term("Pieces on order by a tier."),
    "stock.TIER.on_order.value": Term("Value on order by a tier."),
    "stock.transit.units": Term("In-transit inventory, pipeline stock on the road, in pieces."),
    "stock.transit.value": Term(
        "In-transit inventory. Whether it is in the maker's books depends on the terms of delivery; here it bears no "
        "holding cost.",
    ),
    "stock.TIER.transit.units": Term("In-transit inventory towards a tier, in pieces."),
    "stock.TIER.transit.value": Term("In-transit inventory towards a tier."),
    "turns": Term(
        "Gross turns, inventory turnover: cost of goods sold / average inventory. The trade's true turns leave out "
        "special orders of parts that are not stocked; these do not.",
    ),
    "turns.TIER": Term("Turns of a tier, towards whoever it ships to."),
    "stock.months": Term("Months of supply; x 30 it is days' supply."),
    "stock.dead.value": Term(
        "Dead stock, stock without demand. The trade counts parts without a hit in 12 or 24 months; here it is the "
        "measured time, whatever its length.",
    ),
    "stock.TIER.dead.value": Term("Dead stock of a tier; at dealers what a buy-back would take."),
    "owed.units": Term("Expected backorders (EBO), backorder level, in pieces.", SHERBROOKE),
    "owed.TIER.units": Term("Expected backorders of a tier, towards whoever ordered there.", SHERBROOKE),
    "owed.closing": Term("Backorders at the end of the period."),
    "stock.owner.OWNER.units": Term("Consignment and own stock, in pieces: whose stock it is."),
    "stock.owner.OWNER.value": Term("Consignment and own stock: whose books it is in."),
    "returns.units": Term("Returns to the maker, buy-back, stock return."),
    "returns.value": Term("Value bought back; over sales it is the return rate."),
    "demand.lines": Term("Demand lines, hits, picks."),
    "demand.units": Term("Demand in pieces, quantity asked."),
    "lost.share": Term("Lost sales share by pieces."),
    "orders.year": Term("Replenishment order lines, stock orders."),
    "orders.held": Term("Orders below the minimum order value (MOV), held orders."),
    "shipments.year": Term("Replenishment shipments, lots; not trucks, on which many lots travel."),
    "passed.line": Term("Special orders, emergency orders, lines passed on by the dealer."),
    "travel.units": Term("Customers' parts on the road: sold, and nobody's stock."),
    "rush.line": Term("Rush share, emergency share, VOR rate: emergency and day orders of all that dealers order."),
    "rush.unit": Term("Rush share by pieces."),
    "rush.value": Term("Rush share by value."),
    "rush.freight": Term("Rush share of the freight bill."),
    "rush.co2": Term("Rush share of emissions."),
    "surcharge.year": Term("Emergency fees, rush surcharge; over sales, the emergency service fee %."),
    "discount.year": Term("Stock order discount."),
    "co2.passed": Term("Transport emissions of emergency orders.", GLEC),
    "co2.refill": Term("Transport emissions of replenishment.", GLEC),
    "cost.year": Term(
        "Total relevant cost, cost to serve: what the choice of a network moves. Buildings, people and the parts "
        "themselves are not in it.",
    ),
    "cost.transport": Term("Replenishment freight, inbound and between warehouses."),
    "cost.passed": Term("Emergency freight."),
    "cost.passed.dealer": Term("Emergency freight charged to dealers."),
    "cost.order": Term("Ordering cost, handling per order line.", SILVER),
    "cost.rush": Term("Handling of emergency orders."),
    "cost.holding": Term(
        "Holding or carrying cost: capital, space, insurance and loss of value in one yearly share.",
        SILVER,
    ),
    "cost.backorder": Term(
        "Backorder or shortage cost by piece and day; downtime as the planner prices it.",
        SHERBROOKE,
    ),
    "cost.purchase": Term("Purchases, cost of goods bought."),
    "revenue.year": Term("Parts sales at list price, before surcharges and discounts."),
    "margin": Term("Parts gross margin, from landed cost; duty, clearance and insurance are not known here."),
}
"""By the key of the metric; every metric has one."""


def term(metric: Metric) -> Term:
    """The trade's words for a metric."""
    return TERMS[metric.key]
