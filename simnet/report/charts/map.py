"""The network on the Earth: sites by fill and size, lanes by flow and mode, on the Equal Earth projection."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.map_key import MODES, Symbols, drawn_key, key_height
from simnet.report.charts.map_sheet import LEAST_LANES, MOST_LANES, Part, Sheet, land
from simnet.report.charts.map_view import ALWAYS, MANY, ZOOM_SHAPE, MapView, view_of
from simnet.report.charts.room import fitted, full_height, width_of
from simnet.report.charts.style import LETTER, TEXT, color, plain
from simnet.report.charts.words import called
from simnet.report.numbers import NOTHING, clean, scale
from simnet.report.scene import Spot

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP, TITLE, ZOOM_GAP = 8.0, 13.0, 5.0
"""Points between maps, of the line above each where there are several, and between a map and that of a part of it."""
LEAST_WORLD = 140.0
"""Points of a map that has one of its crowded part."""
WIDE = 10.0
"""Inches of the maps on the page."""
WORDS = (1.0, 1.15, 1.4)
"""How much wider than other charts one, two or more maps are drawn before they are scaled: words are smaller by it."""
MARGIN = 6.0
"""Points that the picture keeps free around its axes."""
MOST_ROWS = 60
"""Dealers in the table."""


@dataclass(frozen=True)
class Layout:
    """How maps share the room: all in points. Each has beside it, below it or nowhere one of its crowded part."""

    columns: int
    wide: float
    high: float
    """Of a map."""
    zoom: tuple[float, float]
    """Of that of its crowded part; nothing where there is none."""
    beside: bool
    left: float
    title: float
    total: float
    """Height of the picture."""

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of a map with that of its part."""
        if not self.zoom[0]:
            return self.wide, self.high
        if self.beside:
            return self.wide + ZOOM_GAP + self.zoom[0], self.high
        return self.wide, self.high + ZOOM_GAP + self.zoom[1]


def layout(view: MapView, wide: float, high: float | None = None) -> Layout:
    """The way in which maps are largest; where the height is given they fit into it, and crowded parts have a map of
    their own if that leaves them large enough."""
    count, key = len(view.panels), key_height(symbols(view, 6.0), wide)
    columns = range(1, count + 1) if high is not None else [min(count, 2)]
    zooms = ["none"] if view.zoom is None else ["beside"] if high is None and count == 1 else ["below"]
    zooms = zooms if high is None or view.zoom is None else ["beside", "below"]
    tried = [placed(view, each, how, wide, high, key) for each in columns for how in zooms]
    best = max(tried, key=lambda plan: plan.wide)
    if high is None or view.zoom is None or best.wide >= LEAST_WORLD:
        return best
    return max((placed(view, each, "none", wide, high, key) for each in columns), key=lambda plan: plan.wide)


def placed(view: MapView, columns: int, zoom: str, wide: float, high: float | None, key: float) -> Layout:
    """Maps in so many columns, as large as they can be."""
    shape = (view.box[3] - view.box[1]) / (view.box[2] - view.box[0])
    count = len(view.panels)
    title, rows = TITLE if count > 1 else 0.0, -(-count // columns)
    across = {"beside": 1 + shape * ZOOM_SHAPE}.get(zoom, 1.0)  # widths and heights of a cell, in widths of a map
    up = shape + (1 / ZOOM_SHAPE if zoom == "below" else 0.0)
    fixed = (ZOOM_GAP if zoom == "beside" else 0.0, ZOOM_GAP if zoom == "below" else 0.0)
    each = ((wide - GAP * (columns - 1)) / columns - fixed[0]) / across
    if high is not None:
        each = min(each, max(40.0, ((high - key - GAP * (rows - 1)) / rows - title - fixed[1]) / up))
    size = {"beside": (each * shape * ZOOM_SHAPE, each * shape), "below": (each, each / ZOOM_SHAPE)}.get(
        zoom, (0.0, 0.0)
    )
    left = (wide - columns * (each * across + fixed[0]) - GAP * (columns - 1)) / 2
    total = rows * (each * up + fixed[1] + title) + GAP * (rows - 1) + key
    return Layout(columns, each, each * shape, size, zoom == "beside", left, title, total)


def symbols(view: MapView, largest: float) -> Symbols:
    """What the key explains."""
    counts = Counter(spot.tier for spot in view.spots)
    flows = [spot.flow for panel in view.panels for spot in panel.atlas.sites]
    lanes = [lane for panel in view.panels for lane in panel.atlas.lanes]
    every = [fill for panel in view.panels for fill in panel.fills.values()]
    shares = [fill.share for fill in every if fill.share is not None]
    known = Symbols(
        levels=view.levels,
        tiers=[(tier, counts[tier]) for tier in view.tiers],
        asked=frozenset(spot.tier for spot in view.spots if spot.dealers),
        suppliers=counts[""],
        modes=tuple(dict.fromkeys(sorted((lane.mode for lane in lanes if not lane.rush), key=MODES.index_of))),
        rush=tuple(dict.fromkeys(lane.mode for lane in lanes if lane.rush)),
        most=max(flows, default=0.0),
        largest=largest,
        unknown=tuple(dict.fromkeys("no stock" if fill.lines else "not asked" for fill in every if fill.share is None)),
        noise=view.noise,
        spread=(min(shares), max(shares)) if shares else None,
    )
    return replace(known, halves=any(len(set(known.paint(fill))) > 1 for fill in every))


def draw(ax: Axes, view: MapView) -> Axes:
    """A map a design and the key below."""
    if view.panels:
        ax.figure.adapts = WORDS[min(len(view.panels), len(WORDS)) - 1]  # type: ignore[union-attr]
        ax.figure.natural = lambda wide: natural(view, wide)  # type: ignore[union-attr]
        fitted(ax, lambda ax: paint(ax, view))
    return ax


def paint(ax: Axes, view: MapView) -> None:
    """Everything, in points of the room there is."""
    ax.clear()
    ax.axis("off")
    wide = (width_of(ax) - MARGIN) * share_of(ax)
    high = full_height(ax) - MARGIN
    plan = layout(view, wide, high)
    ax.set_xlim(0, wide)
    ax.set_ylim(-plan.total, 0)
    ax.set_aspect("equal")
    known = symbols(view, 7.5 * min(1.3, max(0.62, plan.wide / 380)))
    corners = [corner(plan, number) for number in range(len(view.panels))]
    zooms = [zoom_corner(plan, at) for at in corners]
    land(ax, view.center, view.box, corners, plan.wide)
    zoom = view.zoom if plan.zoom[0] else None
    if zoom is not None:
        land(ax, view.center, zoom, zooms, plan.zoom[0])
    for panel, at, part in zip(view.panels, corners, zooms, strict=True):
        if plan.title:
            name = plain(panel.design, int(plan.wide / LETTER))
            ax.text(at[0], at[1] + plan.high + 3, name, fontsize=TEXT, fontweight="bold", va="bottom",
                    color=color(panel.number))  # fmt: skip
        Sheet(ax, view, panel, known, Part(view.box, at, plan.wide), zoom).paint()
        if zoom is not None:
            Sheet(ax, view, panel, known, Part(zoom, part, plan.zoom[0])).paint()
    drawn_key(ax, known, wide, -plan.total)


def corner(plan: Layout, number: int) -> tuple[float, float]:
    """The left bottom corner of a map."""
    row, column = divmod(number, plan.columns)
    wide, high = plan.cell
    return plan.left + column * (wide + GAP), -row * (high + plan.title + GAP) - plan.title - plan.high


def zoom_corner(plan: Layout, at: tuple[float, float]) -> tuple[float, float]:
    """The left bottom corner of the map of a crowded part."""
    if plan.beside:
        return at[0] + plan.wide + ZOOM_GAP, at[1]
    return at[0], at[1] - ZOOM_GAP - plan.zoom[1]


def share_of(ax: Axes) -> float:
    """The share of the picture's width that the axes may have."""
    spec = ax.get_subplotspec()
    return 1.0 if spec is None else (spec.colspan.stop - spec.colspan.start) / spec.get_gridspec().ncols


def height(view: MapView) -> float:
    """Inches of all maps and the key."""
    return natural(view, WIDE) if view.panels else 1.0


def natural(view: MapView, inches: float) -> float:
    """The height that suits a width, in inches: what the largest maps need within the usual height."""
    wide = 72 * inches - MARGIN
    return (layout(view, wide, layout(view, wide).total).total + MARGIN) / 72


def finding(view: MapView) -> str:
    """How many sites are shown, which fills least, and what is not shown."""
    first = view.panels[0]
    spots = [spot for spot in first.atlas.sites if spot.tier]
    told = [f"{len(spots):,} sites" + (f" of {called(first.design)}" if view.designs > 1 else "") + " are on the map."]
    filled = [
        (fill.share, spot.name) for spot in spots if (fill := first.fills.get(spot.name)) and fill.share is not None
    ]
    if len(filled) > 1:
        worst, best = min(filled), max(filled)
        low, high = percent(worst[0]), percent(best[0])
        if low == high:
            told.append(f"At once {'both' if len(filled) == 2 else f'all {len(filled):,}'} fill alike, {low}.")
        else:
            told.append(f"{called(worst[1])} fills least at once, {low}; {called(best[1])} most, {high}.")
    if first.atlas.unplaced:
        told.append(f"Not shown, as nobody said where they are: {first.atlas.unplaced:,} sites or suppliers.")
    if sum(spot.dealers for spot in spots) > max(ALWAYS, MANY // len(view.panels)):
        told.append("Dealers near each other are one dot.")
    if len([lane for lane in first.atlas.lanes if not lane.rush]) > max(LEAST_LANES, MOST_LANES // len(view.panels)):
        told.append("Of the lanes those that carry most are drawn.")
    if view.designs > len(view.panels):
        told.append(f"{view.designs - len(view.panels)} more designs have no map.")
    return " ".join(told)


def percent(share: float | None) -> str:
    """A share in words."""
    return NOTHING if share is None else f"{scale('share', share).number(share)} %"


def numbers(view: MapView) -> Numbers:
    """Fill of each site in each design; of dealers those that receive most."""
    spots = sorted(view.spots, key=lambda spot: (spot.dealers, not spot.tier))
    shown = [spot for spot in spots if not spot.dealers]
    dealers = sorted((spot for spot in spots if spot.dealers), key=lambda spot: (-spot.flow, spot.name))
    shown += dealers[:MOST_ROWS]
    rows = [row(view, spot) for spot in shown]
    if len(dealers) > MOST_ROWS:
        rows.append([f"and {len(dealers) - MOST_ROWS:,} more", "", "", *("" for _ in view.panels)])
    return ["", "tier", "pieces received a year", *(f"fill, {clean(panel.design)}" for panel in view.panels)], rows


def row(view: MapView, spot: Spot) -> list[str]:
    """One site."""
    found = [panel.fills.get(spot.name) for panel in view.panels]
    flow = f"{spot.flow:,.0f}" if spot.tier else ""
    shares = [percent(fill.share) if fill is not None else "" for fill in found]
    return [clean(spot.name), clean(spot.tier) or "supplier", flow, *shares]


MAP = Chart(
    "map",
    "The network",
    "Sites by the lines that they fill at once (color) and the pieces that they receive for stock (size), lanes by "
    "what travels them (width) and how (line). Equal Earth projection; lanes are great circles.",
    draw,
    numbers,
    height,
    shown=lambda view: bool(view.panels),
    of=view_of,
    section="map",
    width=WIDE,
    finding=finding,
)
