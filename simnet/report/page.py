"""The sections of the page: their titles, which figures stand in which, and what the network is in a few words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from simnet.metrics import Comparison

SECTIONS = {
    "answer": "The answer",
    "map": "Map",
    "service": "Service",
    "stock": "Stock",
    "money": "Money",
    "tradeoff": "Trade-off",
    "hurts": "Where it hurts",
    "assumed": "What was assumed",
    "trust": "Can I trust it?",
    "glossary": "Glossary",
}
"""By name, which is their anchor too."""
FAMILIES = {
    "stock": ("stock", "turns", "owed", "returns", "orders", "shipments", "travel"),
    "money": ("cost", "revenue", "margin", "surcharge", "discount", "co2"),
    "hurts": ("why", "missed", "lost", "ageing", "cleared"),
}
"""First words of the keys of figures; those of all others are of service."""


def section_of(key: str) -> str:
    """The section in which a figure stands."""
    first = key.split(".")[0]
    return next((name for name, found in FAMILIES.items() if first in found), "service")


def measured(comparison: Comparison) -> list[str]:
    """Every KPI, those of the order flow only where any design has a value.

    Of figures by kind of source or cause only kinds that any design has: nobody may ever ask a lateral source.
    """
    told = []
    for key, kpi in comparison.kpis.items():
        means = [levels[key].mean for levels in comparison.levels.values() if key in levels]
        kind = bool(kpi.metric.choice)
        if not (kpi.metric.needs or kpi.order_class or kind) or any(mean or mean == 0 and not kind for mean in means):
            told.append(key)
    return told


def nature(comparison: Comparison) -> Iterator[str]:
    """What was looked at, a few words each: designs, size, measured time, replications."""
    first = comparison.results[0].outline
    yield count(len(comparison.designs), "design")
    sites = [result.outline.sites for result in comparison.results]
    yield count(max(sites), "site") if min(sites) == max(sites) else f"{min(sites):,} to {max(sites):,} sites"
    yield count(first.parts, "part")
    begin, end = (
        datetime.combine(first.start, time()) + timedelta(minutes=at) for at in (first.warm_up, first.horizon)
    )
    yield f"measured {begin.date()} to {(end - timedelta(minutes=1)).date()}"
    many = comparison.replications > 1
    yield f"{comparison.replications} replications" if many else "one replication: no intervals"


def count(number: int, word: str) -> str:
    """`1 site`, `60 sites`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
