"""The glossary of the page: the trade's words, and each figure's definition under an anchor that tables link to."""

from __future__ import annotations

from collections.abc import Iterator
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
    ("design", "A variant of the network. The first is the reference; the others are told by their difference to it."),
    ("replication", "One run of a design from its own draws of chance. All designs meet the same customers and the "
                    "same weather in a replication, so that differences are paired."),
    ("± (interval)", "Half the width of the 95 % confidence interval of a mean over replications, by Student's t. With "
                     "one replication there is none."),
    ("better, worse, same", "What the interval of a paired difference lets one say; same: not told apart from zero."),
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


def defined(metric: Metric) -> Definition:
    """A figure as the glossary tells it."""
    return Definition(anchor(metric), general(metric), metric.key, metric.definition)


def general(metric: Metric) -> str:
    """The label of a figure for all its places."""
    place = PLACES[TIER] if metric.by_tier else PLACES[WINDOW] if metric.by_window else f"({metric.choice.lower()})"
    return metric.title.format(place=place)
