"""One map: land, lanes and sites in points of the axes that it is drawn on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from simnet.report import geo
from simnet.report.charts.labels import Mark, labels
from simnet.report.charts.map_key import MODES, RUSH_COLOR, Paint, Symbols, dot
from simnet.report.charts.map_view import MANY, MapView, Panel, holds, merged, page
from simnet.report.charts.style import GRID, INK, SOFT, cut, plain
from simnet.report.scene import Spot

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FINE = 0.8
"""Points within which the outline of the land is true."""
WIDTHS = (0.5, 0.8, 1.3, 2.0, 2.9)
"""Of lanes, by their share of the largest flow."""
WIDE = 300.0
"""Points of a map from which words are larger."""
OFF = " (off map)"
SHORT = 20
"""Letters of a name on the map."""
MOST_NAMED = 30
"""Dealers up to which they have names."""
MOST_LANES, MOST_RUSH = 180, 30
"""Lanes of stock and of rush that are drawn on all maps of a picture together."""
LEAST_LANES = 40
"""Lanes of stock that a map may have, however many maps there are."""


def land(ax: Axes, center: float, box: geo.Box, corners: Sequence[tuple[float, float]], wide: float) -> None:
    """Land and, hardly seen, meridians and circles of latitude: one path for all maps of a part of the Earth, put at
    their corners."""
    scale = wide / (box[2] - box[0])
    step = 10.0 if box[2] - box[0] < 1.2 else 30.0
    lat, lon = np.linspace(-90, 90, 37), np.linspace(-180, 180, 61) + center
    lines = [geo.equal_earth(lat, np.full(37, center + x), center) for x in np.arange(-180, 181, step)]
    lines += [geo.equal_earth(np.full(61, y), lon, center) for y in np.arange(-90 + step, 90, step)]
    net = [part for line in lines for part in stretches(line, box)]
    repeated(ax, [scale * (line - box[:2]) for line in net], corners, edgecolor=GRID, facecolor="none", linewidth=0.4,
             zorder=0.5)  # fmt: skip
    outline = geo.land(center, box, FINE / scale)
    rings = [scale * (np.concatenate([ring, ring[:1]]) - box[:2]) for ring in outline]
    repeated(ax, rings, corners, edgecolor="none", facecolor=GRID, linewidth=0, zorder=1)


def repeated(ax: Axes, lines: Sequence[Any], corners: Sequence[tuple[float, float]], **look: Any) -> None:
    """The same lines at several corners; a file holds them once."""
    from matplotlib.collections import PathCollection
    from matplotlib.transforms import AffineDeltaTransform

    if lines:
        path = joined(lines, closed=look["facecolor"] != "none")
        made = PathCollection([path], offsets=corners, offset_transform=ax.transData, **look)
        made.set_transform(AffineDeltaTransform(cast(Any, ax.transData)))
        ax.add_collection(made)


def joined(lines: Sequence[Any], closed: bool) -> Any:
    """Many lines as one path, to a tenth of a point."""
    from matplotlib.path import Path

    codes: list[Any] = []
    for line in lines:
        codes += [Path.MOVETO, *[Path.LINETO] * (len(line) - 1)]
        codes[-1] = Path.CLOSEPOLY if closed else codes[-1]
    return Path(np.round(np.concatenate(lines), 1), codes)


@dataclass(frozen=True)
class Part:
    """Where a map of a part of the Earth stands: left bottom corner and width in points."""

    box: geo.Box
    corner: tuple[float, float]
    wide: float


class Sheet:
    """One map on its piece of the axes."""

    def __init__(
        self, ax: Axes, view: MapView, panel: Panel, known: Symbols, part: Part, apart: geo.Box | None = None
    ) -> None:
        self.ax, self.view, self.known = ax, view, known
        self.corner, self.wide, self.box = np.array(part.corner), part.wide, part.box
        self.apart = apart
        """What another map shows in more detail."""
        left, bottom, right, top = part.box
        self.scale = part.wide / (right - left)
        self.high = (top - bottom) * self.scale
        self.panel = merged(panel, view.center, self.scale, MANY // len(view.panels))
        self.dealers = sum(spot.dealers and holds(part.box, page(spot, view.center)) for spot in panel.atlas.sites)
        self.spots = {spot.name: spot for spot in self.panel.atlas.sites}
        self.away: dict[str, Any] = {}
        """Suppliers beyond the map, and where their lane leaves it."""
        self.roads: list[Any] = []
        """Points along the lanes, close enough that none passes through a name unseen."""

    def paint(self) -> None:
        """Lanes, sites, names."""
        self.frame()
        self.lanes()
        marks = self.dots()
        self.names(marks)

    def at(self, page: Any) -> Any:
        """Points of the projection in points of the axes."""
        return (page - np.array(self.box[:2])) * self.scale + self.corner

    def frame(self) -> None:
        """The edge within which all is drawn, which is seen where a map shows a part of another, and there."""
        from matplotlib.patches import Rectangle

        x, y = self.corner
        self.edge = Rectangle((x, y), self.wide, self.high, facecolor="none", linewidth=0.8 if self.zoomed else 0,
                              edgecolor=SOFT if self.zoomed else "none", zorder=4)  # fmt: skip
        self.ax.add_patch(self.edge)
        if self.apart is not None:
            (left, bottom), (right, top) = self.at(np.array(self.apart[:2])), self.at(np.array(self.apart[2:]))
            self.ax.add_patch(Rectangle((left, bottom), right - left, top - bottom, facecolor="none", edgecolor=SOFT,
                                        linewidth=0.8, zorder=4))  # fmt: skip

    def shape(self, lines: Sequence[Any], **look: Any) -> None:
        """Many lines as one path: it takes little room in a file."""
        from matplotlib.patches import PathPatch

        if lines:
            patch = PathPatch(joined([self.at(line) for line in lines], closed=False), facecolor="none", **look)
            self.ax.add_patch(patch)
            patch.set_clip_path(self.edge)

    def lanes(self) -> None:
        """Great circles: stock below, rush above; those of one look are one path."""
        flows: dict[tuple[str, str, str, bool], float] = {}
        for lane in self.panel.atlas.lanes:
            if lane.source != lane.site and {lane.source, lane.site} <= self.spots.keys():
                key = (lane.source, lane.site, lane.mode, lane.rush)
                flows[key] = flows.get(key, 0.0) + lane.flow
        most = max(flows.values(), default=0.0)
        looks: dict[tuple[bool, str, float], list[Any]] = {}
        for (source, site, mode, rush), flow in self.busiest(flows):
            one, other = self.spots[source], self.spots[site]
            pieces = geo.arc((one.lat, one.lon), (other.lat, other.lon), self.view.center)
            fine = 0.8 / self.scale
            inside = [geo.thinned(part, fine) for piece in pieces for part in stretches(piece, self.box)]
            looks.setdefault((rush, mode, thick(flow, most)), []).extend(inside)
            self.roads += [dotted(self.at(piece)) for piece in inside]
            if inside and not one.tier and not self.shows(one):
                self.away.setdefault(source, self.edge_of(inside[0]))
        for (rush, mode, wide), pieces in sorted(looks.items(), key=lambda look: look[0]):
            self.shape(pieces, edgecolor=RUSH_COLOR if rush else SOFT, linewidth=wide,
                       linestyle=MODES.dashes(mode), alpha=0.6, capstyle="butt", zorder=2.5 if rush else 2)  # fmt: skip

    def busiest(self, flows: dict[Any, float]) -> list[tuple[Any, float]]:
        """The lanes that most travels, of stock and of rush: files stay small."""
        every = sorted(flows.items(), key=lambda lane: (-lane[1], lane[0]))
        panels = len(self.view.panels)
        stock = [lane for lane in every if not lane[0][3]][: max(LEAST_LANES, MOST_LANES // panels)]
        return [*stock, *[lane for lane in every if lane[0][3]][: MOST_RUSH // panels]]

    def shows(self, spot: Spot) -> bool:
        """Whether a site is on this map."""
        return holds(self.box, page(spot, self.view.center))

    def edge_of(self, line: Any) -> Any:
        """Where a lane from beyond the map comes in, a bit within the edge."""
        (x, y), room = self.corner, 8.0
        fine = np.concatenate([np.linspace(a, b, 40) for a, b in zip(line, line[1:], strict=False)])
        points = self.at(fine)
        inside = (np.abs(points[:, 0] - x - self.wide / 2) < self.wide / 2 - room) & (
            np.abs(points[:, 1] - y - self.high / 2) < self.high / 2 - room
        )
        return points[np.argmax(inside)]

    def dots(self) -> list[Mark]:
        """Suppliers, then sites, small ones above; those of one look are one line of marks."""
        known = self.known
        looks: dict[tuple[bool, float, str, Paint], list[Any]] = {}
        marks = []
        for spot in self.panel.atlas.sites:
            place = page(spot, self.view.center)
            if not self.shows(spot) and (spot.name not in self.away or self.zoomed):
                continue
            x, y = self.away[spot.name] if spot.name in self.away else self.at(place)
            fill = self.panel.fills.get(spot.name)
            radius, marker = known.radius(spot), known.marker(spot)
            look = (not spot.tier, radius, marker, known.paint(fill))
            looks.setdefault(look, []).append((x, y))
            marks.append(Mark(float(x), float(y), radius * (1.35 if marker == "D" else 1.0), spot.name))
        for (_, radius, marker, paint), points in sorted(looks.items(), reverse=True):
            x, y = np.array(points).T
            dot(self.ax, x, y, marker, radius, paint, zorder=3)
        return marks

    def far(self, spot: Spot) -> bool:
        """Whether its name may stand apart: of who refills others, or is beyond the map; on large maps of suppliers."""
        roomy = self.wide > WIDE or self.zoomed
        return not spot.dealers and (bool(spot.tier) or roomy or spot.name in self.away)

    @property
    def zoomed(self) -> bool:
        """Whether this map shows a part of another in more detail."""
        return self.box != self.view.box

    def names(self, marks: Sequence[Mark]) -> None:
        """Names of the sites that refill others, then suppliers; dealers' where they are few. What another map shows in
        more detail has its names there, but for the sites that refill others."""
        size = 7.5 if self.wide > WIDE else 7.0
        order = {tier: number for number, tier in enumerate(self.view.tiers)}

        def first(mark: Mark) -> Any:
            spot = self.spots[mark.name]
            return (spot.dealers, not spot.tier, order.get(spot.tier, 0), -spot.flow, spot.name)

        chosen = []
        for mark in sorted(marks, key=first):
            spot = self.spots[mark.name]
            there = self.apart is not None and holds(self.apart, page(spot, self.view.center))
            quiet = (spot.dealers and self.dealers > MOST_NAMED) or (there and (spot.dealers or not spot.tier))
            told = cut(mark.name, SHORT) + (OFF if mark.name in self.away else "")
            chosen.append(Mark(mark.x, mark.y, mark.radius, "" if quiet else told, self.far(spot)))
        x, y = self.corner
        frame = (x, y, x + self.wide, y + self.high)
        for label in labels(chosen, frame, size, lines=np.concatenate(self.roads) if self.roads else ()):
            if label.line is not None:
                x, y, end, up = label.line
                self.ax.plot([x, end], [y, up], color=INK, linewidth=0.5, zorder=2.9)
            self.ax.text(label.x, label.y, plain(label.name), fontsize=size, color=INK, va="center_baseline", zorder=5)


def dotted(line: Any, apart: float = 2.0) -> Any:
    """Points along a line, that far apart."""
    far = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = np.arange(0.0, far[-1] + apart, apart)
    return np.column_stack([np.interp(at, far, line[:, 0]), np.interp(at, far, line[:, 1])])


def stretches(line: Any, box: geo.Box) -> Iterator[Any]:
    """The pieces of a line within a box, which end at its edge."""
    start, along = line[:-1], np.diff(line, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):  # a step may run along an axis
        ends = np.stack([(np.array(box[:2]) - start) / along, (np.array(box[2:]) - start) / along])
    inside = (start >= box[:2]) & (start <= box[2:])
    still = along == 0
    first = np.where(still, np.where(inside, 0.0, 2.0), ends.min(axis=0)).max(axis=1).clip(0, None)
    last = np.where(still, np.where(inside, 1.0, -1.0), ends.max(axis=0)).min(axis=1).clip(None, 1)
    piece: list[Any] = []
    for at in np.flatnonzero(first < last).tolist():
        if piece and first[at] > 0:
            yield np.array(piece)
            piece = []
        if not piece:
            piece = [start[at] + first[at] * along[at]]
        piece.append(start[at] + last[at] * along[at])
        if last[at] < 1:
            yield np.array(piece)
            piece = []
    if piece:
        yield np.array(piece)


def thick(flow: float, most: float) -> float:
    """The width of a lane, one of WIDTHS."""
    share = flow / most if most else 0.0
    return WIDTHS[sum(share >= least for least in (0.02, 0.1, 0.3, 0.6))]
