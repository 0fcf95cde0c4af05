"""The glossary of the page: the trade's words, and each figure's definition under an anchor that tables link to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from simnet.metrics import Comparison, Metric
from simnet.metrics.metric import TIER, WINDOW

WORDS = (
    ("line", "One part on one order. A demand line is asked by a customer, a replenishment line by a site."),
    ("fill", "What was served from the shelf at the moment of asking, as a share of what was asked; unless said "
             "otherwise of lines that were served in full."),
    ("facing warehouse", "The warehouse that refills the site which a customer asks; facing fill counts it too."),
    ("system fill", "What was found at once anywhere in the network that the order class may ask."),
    ("order class", "How urgent an order is: its sources, its way, its promise. VOR: machine off road. Day: needed in "
                    "a day or two. Stock: the replenishment of sites."),
    ("promise", "The time within which lines of an order class are to be there (`need_by`)."),
    ("tier", "Sites that play the same part: central, regional and support warehouses, dealers."),
    ("lane", "The way from a site, or a supplier, to a site that it refills."),
    ("owed", "Pieces that were asked and are neither delivered nor lost: backorders."),
    ("design", "A variant of the network. The first is the reference: differences of the others are to it."),
    ("replication", "One run of a design, with its own luck: when customers ask, how long goods travel. In one "
                    "replication all designs have the same luck, so that a difference comes from the design "
                    "(paired)."),
    ("± (interval)", "How far chance may have moved a figure: it is a mean over replications, and with 95 % confidence "
                     "the true mean is no further away than this (Student's t). With one replication there is none."),
    ("better, worse, same", "Whether a difference can be told from chance. Same: it cannot, as its interval holds "
                            "zero. That is no proof that there is none; more replications tell smaller ones."),
    ("50th, 95th pct", "Percentiles: of 100 lines 50, or 95, wait no longer than this. The 50th is the median."),
    ("warm-up", "Time at the start that is simulated but not measured, so that the opening stock does not show."),
)  # fmt: skip
"""Words that the page uses, and what they mean."""
PLACES = {TIER: "(tier)", WINDOW: "(time)"}


@dataclass(frozen=True)
class Definition:
    """A figure of the glossary."""

    anchor: str
    title: str
    key: str
    text: str


def anchor(metric: Metric) -> str:
    """Where the glossary tells a figure."""
    return f"kpi-{metric.key.lower()}"


def definitions(comparison: Comparison) -> Iterator[Definition]:
    """Each figure that any design has, told once for all its tiers, times, words and order classes."""
    told = set()
    for kpi in comparison.kpis.values():
        metric = kpi.metric
        if metric.key not in told:
            told.add(metric.key)
            yield defined(metric)


def parted(comparison: Comparison, keys: Collection[str]) -> tuple[list[Definition], list[Definition]]:
    """The definitions of some figures, and those of all others."""
    near = {anchor(kpi.metric) for key, kpi in comparison.kpis.items() if key in keys or kpi.metric.key in keys}
    told = list(definitions(comparison))
    return [each for each in told if each.anchor in near], [each for each in told if each.anchor not in near]


def defined(metric: Metric) -> Definition:
    """A figure as the glossary tells it."""
    return Definition(anchor(metric), general(metric), metric.key, metric.definition)


def general(metric: Metric) -> str:
    """The label of a figure for all its places."""
    place = PLACES[TIER] if metric.by_tier else PLACES[WINDOW] if metric.by_window else f"({metric.choice.lower()})"
    return metric.title.format(place=place)
