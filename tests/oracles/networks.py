"""Systems of several stocking sites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.oracles.system import Lead, Site, Stream, System, base_stock, pieces, reorder_lot
from tests.oracles.worlds import Measure, average, owed_above, site_measures, weighed

Parameters = Mapping[str, Any]


def name_of(word: Any) -> str:
    """A site's name: words that mean all sites of a kind are taken."""
    return f"{word} site" if str(word) in ("dealers", "suppliers", "factory", "all") else str(word)


def start_of(trigger: int, lot: int, multiple: int) -> int:
    """Full shelves, in whole lots of the sites below."""
    return max((trigger + lot) // multiple * multiple, 0)


def divergent_network(case: Parameters) -> System:
    """A tree of any depth: base stock, at the root perhaps (r, nQ); unit orders at any site."""
    sites: list[Site] = []
    streams: list[Stream] = []
    measures: dict[str, Measure] = {}
    windows: list[float] = []
    todo = [(case["root"], "")]
    while todo:
        node, above = todo.pop(0)
        name = name_of(node["name"])
        lead = Lead(float(node["L"]), node.get("lead_kind", "deterministic"))
        if "S" in node:
            sites.append(base_stock(name, lead, node["S"], above=above))
        else:
            sites.append(reorder_lot(name, lead, node["r"], node["Q"], above=above))
        if node.get("demand"):
            streams.append(Stream(name, node["demand"]))
        measures |= site_measures(name, f"{node['name']}.", node.get("windows", ()))
        windows += node.get("windows", ())
        todo += [(child, name) for child in node.get("children", ())]
    return System(tuple(sites), tuple(streams), measures, tuple(windows))


def serial_line_cost(case: Parameters) -> System:
    """A line of base stocks, listed from the supplier down."""
    names = [f"stage{at}" for at in range(len(case["L"]))]
    sites = [
        base_stock(name, Lead(float(lead)), level, above=above)
        for name, lead, level, above in zip(names, case["L"], case["S_local"], ["", *names], strict=False)
    ]
    measures = {key: each for name in names for key, each in site_measures(name, f"{name}.").items()}
    terms = []
    for at, held in enumerate(case["h_local"]):
        terms.append((held, average(names[at], "on_hand_minutes")))
        if at + 1 < len(names):
            terms.append((held, average(names[at + 1], "transit_minutes")))
    measures["cost"] = weighed(*terms, (case["p"], average(names[-1], "owed_minutes")))
    return System(tuple(sites), (Stream(names[-1], case["lam"]),), measures)


def serial_rq(case: Parameters) -> System:
    """Warehouse and retailer, both (r, nQ); the warehouse starts with whole lots of the retailer."""
    above, below = case["warehouse"], case["retailer"]
    start = start_of(above["r"], above["Q"], below["Q"])
    sites = (
        reorder_lot("warehouse", Lead(float(above["L"])), above["r"], above["Q"], start=start),
        reorder_lot("retailer", Lead(float(below["L"])), below["r"], below["Q"], above="warehouse"),
    )
    measures = site_measures("warehouse", "warehouse.") | site_measures("retailer", "retailer.")
    return System(sites, (Stream("retailer", case["lam"]),), measures)


def two_level_rq(case: Parameters) -> System:
    """A hub that deals in batches of Q, and sites that order one batch at a time."""
    hub, batch = case["hub"], case["Q"]
    trigger, lot = hub["R"] * batch, hub["n"] * batch
    sites = [reorder_lot("hub", Lead(float(hub["L"])), trigger, lot)]
    streams, measures = [], site_measures("hub", "hub.")
    for at, each in enumerate(case["sites"]):
        name = f"site{at}"
        sites.append(reorder_lot(name, Lead(float(each["L"])), each["r"], batch, above="hub"))
        streams.append(Stream(name, each["lam"]))
        measures |= site_measures(name, f"{name}.")
    cost = case.get("cost")
    if cost:
        names = [site.name for site in sites[1:]]
        measures["cost"] = weighed(
            (cost["h_hub"], measures["hub.on_hand"]),
            *((cost["h_site"], measures[f"{name}.on_hand"]) for name in names),
            *((cost["b"], measures[f"{name}.backorders"]) for name in names),
        )
    return System(tuple(sites), tuple(streams), measures)


def two_echelon_compound(case: Parameters) -> System:
    """Orders of several pieces at bases with base stock, under a depot."""
    word, *numbers = case["depot"]
    lead = Lead(float(case["L0"]))
    depot = base_stock("depot", lead, *numbers) if word == "S" else reorder_lot("depot", lead, *numbers)
    sites, streams, measures = [depot], [], site_measures("depot", "depot.")
    for at, base in enumerate(case["bases"]):
        name = f"base{at}"
        sites.append(base_stock(name, Lead(float(base["L"])), base["S"], above="depot"))
        streams.append(Stream(name, base["lam"], pieces(base.get("size"))))
        measures |= site_measures(name, f"{name}.") | {f"{name}.depot_share_mean": owed_above(name)}
    return System(tuple(sites), tuple(streams), measures)


def serial_lost_sales(case: Parameters) -> System:
    """Customers lost at the retailer, whose orders wait at the warehouse; exponential times."""
    sites = (
        base_stock("warehouse", Lead(case["L0"], "exponential"), case["S0"]),
        base_stock("retailer", Lead(case["L1"], "exponential"), case["S1"], above="warehouse", dealer=True),
    )
    measures = site_measures("retailer", "") | {
        f"on_hand_{name}": average(name, "on_hand_minutes") for name in ("retailer", "warehouse")
    }
    return System(sites, (Stream("retailer", case["lam"]),), measures, lost=True)


NETWORKS = {
    system.__name__: system
    for system in (
        divergent_network, serial_line_cost, serial_rq, two_level_rq, two_echelon_compound, serial_lost_sales,
    )
}  # fmt: skip
