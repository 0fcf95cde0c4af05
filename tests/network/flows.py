"""A tiny network with every kind of source, and its arrays read back by name."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from simnet.network import build as building
from simnet.network.network import Network
from simnet.scenario import load

BASE = """\
simnet: 1
money: EUR
run: {length: 1 y}
suppliers: {factory: {lead_time: 45 d}, works: {lead_time: {mean: 20 d, cv: 0.5}}}
warehouses:
  gent: {tier: central, refilled_by: suppliers}
  paris: {tier: regional, refilled_by: gent, lead_time: 4 d, refers_to: [bonn, gent]}
  bonn: {tier: regional, refilled_by: gent, lead_time: 3 d, hold_back: 2}
dealers:
  lyon: {served_by: paris, lead_time: 2 d, pool: south, hold_back: 1}
  nice: {served_by: paris, lead_time: {mean: 3 d, cv: 0.5}, pool: south}
  nimes: {served_by: paris, lead_time: 3 d, pool: south}
  koln: {served_by: bonn, lead_time: 2 d}
parts:
  filter: {supplier: factory, cost: 12 EUR, price: 29 EUR, class: fast}
  hose: {supplier: works, cost: 3 EUR, price: 5 EUR}
  valve: {supplier: works, cost: 3 EUR, price: 5 EUR, lead_time: 9 d}
demand: %s
stocking: %s
"""
ASKED = "{orders: 2 per month, order_class: vor}"


def network(
    more: str = "", demand: str = ASKED, stocking: str = "{default: {up_to: 2}}", **changes: str
) -> Network:
    """The base network with further keys; `changes` are further settings of sites."""
    text = BASE % (demand, stocking) + more
    for site, given in changes.items():
        lines = [line for line in text.splitlines() if line.startswith(f"  {site}: ")]
        text = text.replace(lines[0], lines[0].removesuffix("}") + f", {given}}}")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network.yaml"
        path.write_text(text)
        return building.build(load(path))


def point(of: Network, site: str, part: str = "filter") -> int:
    """The point of a part at a site."""
    here, number = of.site_names.index(site), of.part_names.index(part) - of.first_part
    low, high = of.part_start[number], of.part_start[number + 1]
    return int(low) + of.points["site"][low:high].tolist().index(here)


def term(of: Network, site: str, order_class: str = "vor", part: str = "filter") -> Any:
    """The row of TERMS of a class at a point."""
    return of.terms[point(of, site, part) * len(of.order_classes) + of.order_classes.index(order_class)]


def place(of: Network, row: int) -> str:
    """`bonn`, or `supplier`."""
    at = of.sources["point"][row]
    return of.site_names[of.points["site"][at]] if at >= 0 else "supplier"


def asked(of: Network, site: str, order_class: str = "vor", part: str = "filter") -> list[str]:
    """The names in a sourcing list."""
    here = term(of, site, order_class, part)
    return [place(of, row) for row in range(here["source"], here["source"] + here["sources"])]


def waits_at(of: Network, site: str, order_class: str = "vor", part: str = "filter") -> str:
    """Where lines wait; empty at the point itself."""
    row = term(of, site, order_class, part)["wait_at"]
    return place(of, row) if row >= 0 else ""


def way(of: Network, source: str, site: str, order_class: str = "vor", part: str = "filter") -> Any:
    """The row of WAYS that lines of a class take from a source to a site."""
    here = term(of, site, order_class, part)
    rows = range(here["source"], len(of.sources))
    return of.ways[of.sources["way"][next(row for row in rows if place(of, row) == source)]]


def sisters(of: Network, site: str, part: str = "filter") -> list[str]:
    """The lateral sources of a point that balances."""
    here = of.points[point(of, site, part)]
    return [place(of, row) for row in range(here["lateral"], here["lateral"] + here["laterals"])]
