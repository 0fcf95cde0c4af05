"""What a map draws, before there is any room for it: sites as dots, dealers near each other as one, lanes by kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simnet.metrics import DesignResult
from simnet.metrics.fill import tier_line_fill
from simnet.metrics.intervals import estimate
from simnet.metrics.view import ANYONE, View
from simnet.report import geo
from simnet.report.charts.cells import cell_of, gathered
from simnet.report.charts.map_colors import Fill, levels_of
from simnet.report.known import asked_sites, shelfless
from simnet.report.scene import Atlas, Scene, Spot

if TYPE_CHECKING:
    from simnet.report.charts.cells import Integers
    from simnet.report.geo import Floats

MOST_DESIGNS = 6
"""Designs that have a map of their own."""
NEAR = 0.3
"""Suppliers so near to the sites, as a share of what these take up, are on the map; others stand at its edge."""
MANY = 180
"""Dots on all maps of a picture together, above which dealers near each other are one."""
CROWD, TOO_NEAR, PART = 5, 0.022, 0.2
"""Sites that are a crowd, when each has another within this share of the map's width, in such a part of it."""
ZOOM_SHAPE, MOST_ZOOM = 1.9, 0.42
"""Width over height of the map of that part, and the widest that it may be, as a share of the map."""
CELL = 7.0
"""Points within which they are."""
ALWAYS = 60
"""Dealers of a map that all have a dot, however many maps there are."""


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
        known = [fill for panel in self.panels for fill in panel.fills.values() if fill.share is not None]
        return levels_of([fill.share or 0.0 for fill in known], [fill.noise for fill in known])

    @cached_property
    def noise(self) -> float:
        """Half of the interval of a usual site; 0 where none is known."""
        known = [fill.noise for panel in self.panels for fill in panel.fills.values() if fill.share is not None]
        return float(np.median(known)) if known else 0.0

    @cached_property
    def zoom(self) -> geo.Box | None:
        """The part of the map where sites stand too near to each other to be told apart, if there is one."""
        return crowd(self.spots, self.center, self.box)

    @cached_property
    def tiers(self) -> list[str]:
        """The tiers that have a place, from the top down; those of dealers last."""
        found = dict.fromkeys(spot.tier for spot in self.spots if spot.tier)
        asked = {spot.tier for spot in self.spots if spot.dealers}
        return sorted(found, key=lambda tier: tier in asked)


def view_of(scene: Scene) -> MapView:
    """The maps of a scene."""
    none = shelfless(scene.comparison)
    found = [
        Panel(each.name, number, scene.places[each.name], fills(each, asked_sites(each) if none else ()))
        for number, each in enumerate(scene.comparison.results)
        if each.name in scene.places and any(spot.tier for spot in scene.places[each.name].sites)
    ]
    return MapView(tuple(found[:MOST_DESIGNS]), len(scene.comparison.designs))


def fills(result: DesignResult, bare: Collection[int] = ()) -> dict[str, Fill]:
    """What each site served at once, the mean over replications; `bare` sites have no shelf, and so no fill."""
    found = {}
    for site, name in enumerate(result.outline.site_names):
        views = [View(sums, result.outline, np.array([site])) for sums in result.sums]
        lines = sum(view.asked("lines", ANYONE) for view in views) / max(len(views), 1)
        level = estimate([tier_line_fill(view) for view in views], "share") if lines and site not in bare else None
        found[name] = Fill(level.mean, lines, level.half_width) if level is not None else Fill(None, lines)
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


def crowd(spots: Sequence[Spot], center: float, box: geo.Box) -> geo.Box | None:
    """The part of a box that holds most of the sites that have a neighbor too near, if they are some and it is much
    smaller than the box."""
    points = np.array([page(spot, center) for spot in spots if holds(box, page(spot, center))]).reshape(-1, 2)
    if len(points) < CROWD:
        return None
    wide, high = box[2] - box[0], box[3] - box[1]
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    crowded = points[apart.min(axis=1) < TOO_NEAR * wide]
    reach = np.array([PART * wide / 2, PART * wide / 2 / ZOOM_SHAPE])
    inside = (np.abs(crowded[:, None] - crowded[None]) <= reach).all(axis=2)
    if not len(crowded) or inside.sum(axis=1).max() < CROWD:
        return None
    members = crowded[inside[int(inside.sum(axis=1).argmax())]]
    (left, bottom), (right, top) = members.min(axis=0), members.max(axis=0)
    size = max(1.3 * (right - left), 1.35 * ZOOM_SHAPE * (top - bottom), 0.1 * wide)
    if size > MOST_ZOOM * wide or size / ZOOM_SHAPE > high:
        return None
    x, y = (left + right) / 2, (bottom + top) / 2
    return x - size / 2, y - size / 2 / ZOOM_SHAPE, x + size / 2, y + size / 2 / ZOOM_SHAPE


def between(middle: float, length: float, end: float) -> tuple[float, float]:
    """A piece so long about its middle, moved to lie within -end and end."""
    start = min(max(middle - length / 2, -end), end - length)
    return start, start + length


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
    known = [panel.fills.get(spot.name) or Fill(None, 0.0) for spot in dealers]
    every, shares = (np.array([getattr(fill, name) or 0.0 for fill in known]) for name in ("lines", "share"))
    lines = np.where([fill.share is None for fill in known], 0.0, every)
    noise = np.bincount(number, (lines * np.array([fill.noise for fill in known])) ** 2)
    where, filled = gathered(places, number), gathered(shares, number, lines)
    asked, bare = np.bincount(number, lines), np.bincount(number, every)
    flow = np.bincount(number, [spot.flow for spot in dealers])
    heads: dict[int, Spot] = {}
    for spot, cell in zip(dealers, number.tolist(), strict=True):
        heads.setdefault(cell, spot)
    names = {spot.name: heads[cell].name for spot, cell in zip(dealers, number.tolist(), strict=True)}
    spots = [
        replace(spot, lat=float(where[cell, 0]), lon=float(where[cell, 1]), flow=float(flow[cell]))
        for cell, spot in heads.items()
    ]
    told = {
        spot.name: Fill(float(filled[c]), float(asked[c]), float(noise[c] ** 0.5 / asked[c]))
        if asked[c] else Fill(None, float(bare[c]))
        for c, spot in heads.items()
    }  # fmt: skip
    others = [spot for spot in panel.atlas.sites if not spot.dealers]
    lanes = [
        replace(x, source=names.get(x.source, x.source), site=names.get(x.site, x.site)) for x in panel.atlas.lanes
    ]
    atlas = replace(panel.atlas, sites=[*others, *spots], lanes=lanes)
    return replace(panel, atlas=atlas, fills={**panel.fills, **told})
