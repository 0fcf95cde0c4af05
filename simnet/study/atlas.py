"""Where the sites of a design are, what joins them, and how much travels there: what its map draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.metrics import DesignResult
from simnet.metrics.view import View
from simnet.report.scene import Atlas, Link, Spot
from simnet.scenario.distance import point_of
from simnet.units import YEAR

if TYPE_CHECKING:
    from simnet.scenario import Scenario


def atlas(scenario: Scenario, result: DesignResult, supplied: Mapping[tuple[str, str], float]) -> Atlas:
    """The map of one design; sites and suppliers of which nobody said where they are, are counted only.

    `supplied` says what came from suppliers: supplier and site, pieces a year.
    """
    flows = received(result)
    lanes = [*refills(scenario, flows, supplied), *passed(result)]
    used = {lane.source for lane in lanes}
    places: dict[str, Any] = {name: each.at for name, each in scenario.suppliers.items() if name in used}
    places |= {name: each.at for name, each in scenario.warehouses.items()}
    places |= {name: each.at for name, each in scenario.dealers.items()}
    found = {name: point for name, at in places.items() if (point := point_of(at)) is not None}
    spots = [
        Spot(
            name=name,
            tier="" if name in scenario.suppliers else scenario.tier_of(name),
            lat=lat,
            lon=lon,
            dealers=name in scenario.dealers,
            flow=flows.get(name, 0.0),
        )
        for name, (lat, lon) in found.items()
    ]
    known = [lane for lane in lanes if lane.source in found and lane.site in found]
    return Atlas(spots, known, len(places) - len(found))


def received(result: DesignResult) -> dict[str, float]:
    """Pieces that each site received for stock, a year: the mean over replications."""
    names = result.outline.site_names
    totals = [
        [View(sums, result.outline, np.array([site])).total("received") * YEAR / max(sums.minutes, 1)
         for site in range(len(names))]
        for sums in result.sums
    ]  # fmt: skip
    return dict(zip(names, np.mean(totals, axis=0).tolist(), strict=True))


def refills(
    scenario: Scenario, flows: Mapping[str, float], supplied: Mapping[tuple[str, str], float]
) -> Iterator[Link]:
    """The lanes that refill sites; from suppliers those that sent anything or, where that is not known, that named."""
    for (supplier, site), pieces in supplied.items():
        yield Link(supplier, site, mode_of(scenario, supplier, site), pieces)
    told = {site for _, site in supplied}
    for site in (*scenario.warehouses, *scenario.dealers):
        source = scenario.source_of(site)
        if source in scenario.suppliers and site in told:
            continue
        if source in scenario.suppliers or source in scenario.warehouses or source in scenario.dealers:
            yield Link(source, site, mode_of(scenario, source, site), flows.get(site, 0.0))


def mode_of(scenario: Scenario, source: str, site: str) -> str:
    """How a lane goes; nothing where nobody wrote the lane."""
    lane = scenario.lane(source, site)
    return "" if lane is None else lane.mode


def passed(result: DesignResult) -> Iterator[Link]:
    """What other sources sent to customers (rush), from one site to another: pieces a year by mode, the mean over
    replications."""
    outline = result.outline
    found: dict[tuple[int, int, int], float] = {}
    for sums in result.sums:
        rows = sums.freight
        rows = rows[(rows["order_class"] > 0) & (rows["source"] >= 0) & (rows["site"] >= 0) & (rows["units"] > 0)]
        for source, site, mode, units in rows[["source", "site", "mode", "units"]].tolist():
            share = units * YEAR / max(sums.minutes, 1) / len(result.sums)
            found[source, site, mode] = found.get((source, site, mode), 0.0) + share
    for (source, site, mode), pieces in sorted(found.items()):
        name = outline.modes[mode] if outline.modes else ""
        yield Link(outline.site_names[source], outline.site_names[site], name, pieces, rush=True)
