"""A chain of three warehouses and three dealers, in which a line finds what it asks beyond the shelf."""

from __future__ import annotations

from tests.worlds import HEAD, Asked, Story, network, play

HOUR = 60
SITES = """
warehouses:
  gent: {tier: central, refilled_by: factory%s}
  bonn: {tier: regional, refilled_by: gent, lead_time: 2 d, refers_to: [kiel]%s}
  kiel: {tier: regional, refilled_by: gent, lead_time: 2 d}
dealers:
  lyon: {served_by: bonn, lead_time: 2 d, pool: south%s}
  nice: {served_by: bonn, lead_time: 2 d, pool: south, hold_back: 1}
  turin: {served_by: kiel, lead_time: 3 d, pool: south}
"""
PART = "parts: {filter: {cost: 10 EUR, price: 25 EUR}}\ndemand: {part: filter, orders: 1 per year, order_class: vor}\n"
NONE = {"gent": 0, "bonn": 0, "kiel": 0, "lyon": 0, "nice": 0, "turin": 0}


def world(
    lines: list[Asked], clock: str, *, ask: str = "", vor: str = "backorder: dealer", more: str = "", head: str = HEAD,
    gent_is: str = "", bonn_is: str = "", lyon_is: str = "", rule: str = "", **stock: int,
) -> Story:  # fmt: skip
    """A story in which sites have base stocks and `vor` asks as said; six hours from anywhere in the network."""
    kinds = f"vor: {{ask: [{ask}], lead_time: 6 h, {vor}}}{more}"
    said = ", ".join(f"{site}: {{up_to: {level}{rule if level else ''}}}" for site, level in (NONE | stock).items())
    return play(
        network(
            SITES % (gent_is, bonn_is, lyon_is)
            + f"order_classes: {{{kinds}}}\n"
            + PART
            + f"stocking: {{default: {{policy: base-stock, up_to: 0}}, sites: {{{said}}}}}\n",
            head,
        ),
        lines,
        clock,
    )


def vor(minute: int, pieces: int = 1, site: str = "lyon") -> Asked:
    """A line of class `vor`."""
    return minute, site, "filter", pieces, "vor"


def day(minute: int, pieces: int = 1, site: str = "lyon") -> Asked:
    """A line of class `day`."""
    return minute, site, "filter", pieces, "day"


def customers(story: Story) -> list[tuple[int, int, int, int]]:
    """Of customers' lines: the minute asked, pieces at once, pieces lost, the minute done."""
    return [(line[0], line[4], line[5], line[6]) for line in story.lines() if line[2] == "customer"]


def orders(story: Story) -> list[tuple[int, str, str, int]]:
    """Of sites' lines: the minute asked, the source, for whom, and pieces."""
    return [line[:4] for line in story.lines() if line[2] != "customer"]
