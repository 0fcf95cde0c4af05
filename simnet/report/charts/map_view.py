"""What a map draws, before there is any room for it: sites as dots, dealers near each other as one, lanes by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.metrics import DesignResult
from simnet.metrics.fill import tier_line_fill
from simnet.metrics.intervals import estimate
from simnet.metrics.view import ANYONE, View
from simnet.report import geo
from simnet.report.charts.cells import cell_of, gathered
from simnet.report.scene import Atlas, Scene, Spot

if TYPE_CHECKING:
    from simnet.report.charts.cells import Integers
    from simnet.report.geo import Floats

MOST_DESIGNS = 6
"""Designs that have a map of their own."""
COLORS = 5
"""Of fill, at most."""
STEPS = (0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
"""To which the ends of a color are rounded, the first that can be."""
MOST_VALUES = 200
"""Different shares that are told apart for that."""
NEAR = 0.3
"""Suppliers so near to the sites, as a share of what these take up, are on the map; others stand at its edge."""
MANY = 180
"""Dots on all maps of a picture together, above which dealers near each other are one."""
CELL = 7.0
"""Points within which they are."""
ALWAYS = 60
"""Dealers of a map that all have a dot, however many maps there are."""


@dataclass(frozen=True)
class Fill:
    """What a site served at once."""

    share: float | None
    """Of the lines asked of it by anyone; None where nobody asked."""
    lines: float
    """Lines asked, the mean over replications."""


@dataclass(frozen=True)
class Panel:
    """The map of one design."""

    design: str
    number: int
    """Its place among the designs."""
    atlas: Atlas
    fills: Mapping[str, Fill]


@dataclass(frozen=True)
class MapView:
    """The maps of the designs, on the same part of the Earth."""

    panels: tuple[Panel, ...]
    designs: int
    """Designs in all."""

    @cached_property
    def spots(self) -> list[Spot]:
        """The sites and suppliers of all designs, each once."""
        found = {spot.name: spot for panel in reversed(self.panels) for spot in panel.atlas.sites}
        return list(found.values())

    @cached_property
    def center(self) -> float:
        """The meridian in the middle."""
        return geo.center_of([spot.lon for spot in self.spots if spot.tier])

    @cached_property
    def box(self) -> geo.Box:
        """The part of the page that is shown."""
        sites, center = [spot for spot in self.spots if spot.tier], self.center
        left, bottom, right, top = cropped(sites, center)
        across, up = NEAR * (right - left), NEAR * (top - bottom)
        wider = (left - across, bottom - up, right + across, top + up)
        near = [spot for spot in self.spots if not spot.tier and holds(wider, page(spot, center))]
        return cropped([*sites, *near], center) if near else (left, bottom, right, top)

    @cached_property
    def levels(self) -> tuple[float, ...]:
        """Where the colors of fill change."""
        every = (fill.share for panel in self.panels for fill in panel.fills.values())
        return levels_of([share for share in every if share is not None])

    @cached_property
    def tiers(self) -> list[str]:
        """The tiers that have a place, from the top down; those of dealers last."""
        found = dict.fromkeys(spot.tier for spot in self.spots if spot.tier)
        asked = {spot.tier for spot in self.spots if spot.dealers}
        return sorted(found, key=lambda tier: tier in asked)


def view_of(scene: Scene) -> MapView:
    """The maps of a scene."""
    found = [
        Panel(each.name, number, scene.places[each.name], fills(each))
        for number, each in enumerate(scene.comparison.results)
        if each.name in scene.places and any(spot.tier for spot in scene.places[each.name].sites)
    ]
    return MapView(tuple(found[:MOST_DESIGNS]), len(scene.comparison.designs))


def fills(result: DesignResult) -> dict[str, Fill]:
    """What each site served at once, the mean over replications."""
    found = {}
    for site, name in enumerate(result.outline.site_names):
        views = [View(sums, result.outline, np.array([site])) for sums in result.sums]
        lines = sum(view.asked("lines", ANYONE) for view in views) / max(len(views), 1)
        share = estimate([tier_line_fill(view) for view in views], "share").mean if lines else None
        found[name] = Fill(share, lines)
    return found


def page(spot: Spot, center: float) -> Floats:
    """Where a site is on the page."""
    return geo.equal_earth(spot.lat, geo.about(spot.lon, center), center)


def holds(box: geo.Box, point: Floats) -> bool:
    """Whether a point is in a box."""
    return bool(box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3])


def cropped(spots: Sequence[Spot], center: float) -> geo.Box:
    """The part of the page that holds all sites with some room around them, not too narrow and not too low."""
    if not spots:
        return (-1.0, -0.5, 1.0, 0.5)
    lat = [spot.lat for spot in spots]
    points = geo.equal_earth(lat, geo.about([spot.lon for spot in spots], center), center)
    (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
    edge, pole = abs(float(geo.equal_earth(0, 180)[0])), float(geo.equal_earth(90, 0)[1])
    wide = max(1.16 * (right - left), 0.12)
    high = max(1.24 * (top - bottom), 0.06)
    wide, high = max(wide, 1.35 * high), max(high, wide / 2.3)
    if wide > 1.6 * edge:
        left, right = -edge, edge
    else:
        left, right = between((left + right) / 2, wide, edge)
    bottom, top = between((bottom + top) / 2, min(high, 2 * pole), pole)
    return left, bottom, right, top


def between(middle: float, length: float, end: float) -> tuple[float, float]:
    """A piece so long about its middle, moved to lie within -end and end."""
    start = min(max(middle - length / 2, -end), end - length)
    return start, start + length


def levels_of(shares: Sequence[float]) -> tuple[float, ...]:
    """Where colors of fill change: between groups of shares that are most alike (Jenks 1967), at round numbers that are
    not too near each other."""
    values, counts = np.unique(np.round(shares, 4), return_counts=True)
    if len(values) > MOST_VALUES:
        values = np.unique(np.quantile(shares, np.linspace(0, 1, MOST_VALUES)))
        counts = np.ones(len(values), np.int64)
    found: list[float] = []
    for first in groups(values, counts)[1:]:
        level = roundest(float(values[first - 1]), float(values[first]))
        if not found or level - found[-1] > (values[-1] - values[0]) / 20:
            found.append(level)
    return tuple(found)


def groups(values: Floats, counts: Integers) -> list[int]:
    """Where each of at most COLORS groups of sorted values begins, so that squares about their means are least."""
    size = len(values)
    sums = [np.concatenate([[0.0], np.cumsum(counts * values**power)]) for power in (0, 1, 2)]

    def spread(start: Any, stop: int) -> Any:
        count, total, squares = (each[stop] - each[start] for each in sums)
        return squares - total**2 / count

    best = np.array([0.0, *(spread(0, stop) for stop in range(1, size + 1))])
    cuts = []
    for group in range(1, min(COLORS, size)):
        before, best, cut = best, np.full(size + 1, np.inf), np.zeros(size + 1, np.int64)
        for stop in range(group + 1, size + 1):
            starts = np.arange(group, stop)
            costs = before[starts] + spread(starts, stop)
            cut[stop], best[stop] = starts[np.argmin(costs)], costs.min()
        cuts.append(cut)
    found = [size]
    for cut in reversed(cuts):
        found.insert(0, int(cut[found[0]]))
    return [0, *found[:-1]] if size else []


def roundest(low: float, high: float) -> float:
    """The roundest number above one share, up to another."""
    middle = (low + high) / 2
    for step in STEPS:
        level = round(round(middle / step) * step, 6)
        if low < level <= high:
            return level
    return round(high, 3)


def merged(panel: Panel, center: float, scale: float, most: int) -> Panel:
    """The panel with dealers near each other as one: those within some points of the picture, more of them where
    there are more than `most` dots; `scale` is in points a unit of the page."""
    dealers = [spot for spot in panel.atlas.sites if spot.dealers]
    if len(dealers) <= max(most, ALWAYS):
        return panel
    lat, lon = np.array([spot.lat for spot in dealers]), geo.about([spot.lon for spot in dealers], center)
    points, size = scale * geo.equal_earth(lat, lon, center), CELL
    number = cell_of(points, size)
    while int(number.max()) + 1 > most:
        size *= 1.2
        number = cell_of(points, size)
    return together(panel, dealers, number, np.stack([lat, lon], axis=-1))


def together(panel: Panel, dealers: Sequence[Spot], number: Integers, places: Floats) -> Panel:
    """The panel with dealers of one number as one, which is named after the first."""
    lines = np.array([panel.fills[spot.name].lines if spot.name in panel.fills else 0.0 for spot in dealers])
    shares = np.array([fill.share or 0.0 if (fill := panel.fills.get(spot.name)) else 0.0 for spot in dealers])
    where, filled = gathered(places, number), gathered(shares, number, lines)
    asked, flow = np.bincount(number, lines), np.bincount(number, [spot.flow for spot in dealers])
    heads: dict[int, Spot] = {}
    for spot, cell in zip(dealers, number.tolist(), strict=True):
        heads.setdefault(cell, spot)
    known = {spot.name: heads[cell].name for spot, cell in zip(dealers, number.tolist(), strict=True)}
    spots = [
        replace(spot, lat=float(where[cell, 0]), lon=float(where[cell, 1]), flow=float(flow[cell]))
        for cell, spot in heads.items()
    ]
    told = {spot.name: Fill(float(filled[c]) if asked[c] else None, float(asked[c])) for c, spot in heads.items()}
    others = [spot for spot in panel.atlas.sites if not spot.dealers]
    lanes = [
        replace(x, source=known.get(x.source, x.source), site=known.get(x.site, x.site)) for x in panel.atlas.lanes
    ]
    atlas = replace(panel.atlas, sites=[*others, *spots], lanes=lanes)
    return replace(panel, atlas=atlas, fills={**panel.fills, **told})
