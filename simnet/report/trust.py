"""What was checked of every run, for a reader who did not build the model: what it means, not how it is reckoned."""

from __future__ import annotations

CHECKED = (
    ("No piece appears or vanishes.", "What a site has is what it began with and received, less what left it; what one "
     "site sent, another received or it is still on the way."),
    ("No order is forgotten.", "What a site has ordered is on the way to it, or its source still owes it."),
    ("No customer is forgotten.", "Every line was served from the shelf, found elsewhere, made to wait or lost, and "
     "every miss has one cause."),
    ("Sums are right.", "Months and orders add up to the whole run, and no stock, order or debt is below zero."),
)  # fmt: skip
"""What the checks of a run (`simnet.ledger.audit`) say together."""
