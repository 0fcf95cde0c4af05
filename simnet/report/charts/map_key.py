"""The key of a map: colors of fill, shapes of tiers, lines of modes, and what a size stands for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simnet.report.charts.labels import width
from simnet.report.charts.map_colors import Fill
from simnet.report.charts.style import INK, PAPER, SOFT, cut, plain
from simnet.report.scene import Spot

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FILLS = ("#f7e9a0", "#a9d3a0", "#4fabb3", "#2b73a3", "#1c3f6e")
"""From empty to full: lighter to darker, so that print and the color-blind tell them apart."""
TIERS = ("s", "D", "^", "v", "p", "h")
DEALER, SUPPLIER = "o", "d"
SIZE, LINE, AROUND = 7.5, 13.0, 8.0
"""Points of words, of a line of the key, and above the key."""
SMALLEST, STEPS = 2.2, 6
"""Points of the radius of the smallest site, and how many sizes there are."""
RUSH_COLOR = "#b5532a"


Paint = tuple[str, str]
"""The colors of the left and the right half of a mark."""


class Modes:
    """How lanes of a mode are drawn."""

    known: dict[str, Any] = {"road": "-", "sea": (0, (4.5, 2)), "air": (0, (1, 1.6)), "rail": (0, (6, 1.6, 1, 1.6))}
    own = ((0, (3, 1, 1, 1, 1, 1)), (0, (8, 2)), (0, (2, 2)))

    def dashes(self, mode: str) -> Any:
        """The line of a mode; one's own modes take turns, a lane that nobody wrote is solid."""
        if not mode:
            return "-"
        return self.known[mode] if mode in self.known else self.own[sum(map(ord, mode)) % len(self.own)]

    def index_of(self, mode: str) -> tuple[int, str]:
        """The order of modes in the key."""
        names = list(self.known)
        return (names.index(mode) if mode in names else len(names) + (not mode), mode)


MODES = Modes()


@dataclass(frozen=True)
class Symbols:
    """What stands for what."""

    levels: tuple[float, ...]
    tiers: Sequence[tuple[str, int]]
    """Tiers and their sites, the top first."""
    asked: frozenset[str]
    """Tiers of dealers."""
    suppliers: int
    modes: tuple[str, ...]
    rush: tuple[str, ...]
    most: float
    """The largest flow of a site."""
    largest: float
    """Points of its radius."""
    unknown: tuple[str, ...]
    """Why sites have no fill: nobody asked, or they have no shelf."""
    noise: float = 0.0
    """Half of the interval of a usual site."""
    spread: tuple[float, float] | None = None
    """The least and the most fill."""
    halves: bool = False
    """Whether some site has two colors."""

    def radius(self, spot: Spot) -> float:
        """Points; the area stands for the flow, in steps."""
        return 2.6 if not spot.tier else self.size(spot.flow)

    def size(self, flow: float) -> float:
        """The radius of a flow."""
        share = (flow / self.most) ** 0.5 if self.most > 0 else 0.4
        step = round(STEPS * min(share, 1.0)) / STEPS
        return SMALLEST + (self.largest - SMALLEST) * step

    def marker(self, spot: Spot) -> str:
        """The shape of a site's tier."""
        return SUPPLIER if not spot.tier else self.shape(spot.tier)

    def shape(self, tier: str) -> str:
        """The shape of a tier."""
        if tier in self.asked:
            return DEALER
        names = [name for name, _ in self.tiers if name not in self.asked]
        return TIERS[names.index(tier) % len(TIERS)]

    def paint(self, fill: Fill | None) -> Paint:
        """The color of a fill; two, where its interval reaches into both; paper where nothing is known."""
        if fill is None or fill.share is None:
            return PAPER, PAPER
        low, high = (self.colors[sum(round(share, 9) >= level for level in self.levels)]
                     for share in (fill.share - fill.noise, fill.share + fill.noise))  # fmt: skip
        return low, high

    @property
    def colors(self) -> list[str]:
        """From empty to full: one more than levels."""
        count = len(self.levels)
        if count < 2:
            return [FILLS[1], FILLS[3]][1 - count :]
        return [FILLS[round(4 * at / count)] for at in range(count + 1)]


Item = tuple[str, Any, str]
"""What is drawn (dot, line or words), how, and its words."""


def rows(known: Symbols) -> Iterator[list[Item]]:
    """The lines of the key."""
    edges = [f"{100 * level:.4g}" for level in known.levels]
    between = [f"{a} to {b} %" for a, b in zip(edges, edges[1:], strict=False)]
    names = [f"below {edges[0]} %", *between, f"{edges[-1]} % and up"] if edges else [one_color(known)]
    fills: list[Item] = [
        ("dot", (DEALER, (paint, paint), 3.4), name) for paint, name in zip(known.colors, names, strict=True)
    ]
    if known.halves:
        fills.append(("dot", (DEALER, (known.colors[0], known.colors[1]), 3.4), "its interval reaches into both"))
    if known.unknown:
        fills.append(("dot", (DEALER, (PAPER, PAPER), 3.4), " or ".join(known.unknown)))
    yield [("words", None, "Fill"), *fills, *interval(known)]
    tiers: list[Item] = [
        ("dot", (known.shape(tier), (SOFT, SOFT), 3.2), f"{cut(tier, 24)} {count:,}") for tier, count in known.tiers
    ]
    if known.suppliers:
        tiers.append(("dot", (SUPPLIER, (PAPER, PAPER), 2.6), f"supplier {known.suppliers:,}"))
    yield [("words", None, "Sites"), *tiers, *sizes(known)]
    lanes = stock_lanes(known.modes)
    lanes += [("line", (MODES.dashes(mode), RUSH_COLOR), f"rush, {cut(mode, 20) or 'any'}") for mode in known.rush]
    if lanes:
        yield [("words", None, "Lanes"), *lanes]


def stock_lanes(modes: Sequence[str]) -> list[Item]:
    """A line a mode; lanes that nobody wrote are drawn as those by road, and said with them."""
    known = {mode: cut(mode, 20) for mode in modes if mode}
    if "" in modes and "road" in known:
        known["road"] = "road, other"
    elif "" in modes:
        known[""] = "other" if known else "stock"
    return [("line", (MODES.dashes(mode), SOFT), name) for mode, name in known.items()]


def one_color(known: Symbols) -> str:
    """What one color for all says."""
    if known.spread is None:
        return "of lines"
    low, high = (f"{100 * share:.1f}" for share in known.spread)
    return f"{low} %, the same everywhere" if low == high else f"{low} to {high} %, not told apart"


def interval(known: Symbols) -> list[Item]:
    """How exactly the fill of a site is known."""
    return [("words", None, f"a usual interval: ±{100 * known.noise:.1f} pt")] if known.noise >= 0.0005 else []


def sizes(known: Symbols) -> list[Item]:
    """What a large site stands for, a round number."""
    if known.most < 1:
        return []
    round_one = next(step * 10 ** math.floor(math.log10(known.most)) for step in (5, 2, 1)
                     if step * 10 ** math.floor(math.log10(known.most)) <= known.most)  # fmt: skip
    return [("dot", (DEALER, ("none", "none"), known.size(round_one)), f"{round_one:,.0f} pieces a year")]


def after(look: Any) -> float:
    """Points from the middle of a dot to its words."""
    return 3.5 + max(4.0, float(look[2]) * (1.35 if look[0] == "D" else 1.0))


def placed(known: Symbols, wide: float) -> Iterator[tuple[float, int, Item]]:
    """Each item with its place: points from the left, and its line."""
    line = -1
    for row in rows(known):
        line, x = line + 1, 0.0
        indent = 32.0
        for item in row:
            sign, look, words = item
            before = 0.0 if sign == "words" else 18.0 if sign == "line" else 4.0 + after(look)
            long = before + width(words, SIZE) + 8.0
            if x > indent and x + long > wide:
                line, x = line + 1, indent
            yield x, line, item
            x = max(indent, x + long) if sign == "words" else x + long


def key_height(known: Symbols, wide: float) -> float:
    """Points of the key with the room above it."""
    return AROUND + LINE * (1 + max(line for _, line, _ in placed(known, wide)))


def dot(ax: Axes, x: Any, y: Any, marker: str, radius: float, paint: Paint, **look: Any) -> None:
    """Marks of one look, the left half in the first color and the right half in the second."""
    halves: dict[str, Any] = {"fillstyle": "left", "markerfacecoloralt": paint[1]} if paint[0] != paint[1] else {}
    ax.plot(x, y, linestyle="", marker=marker, markersize=2 * radius, markerfacecolor=paint[0], markeredgecolor=INK,
            markeredgewidth=0.6, **halves, **look)  # fmt: skip


def drawn_key(ax: Axes, known: Symbols, wide: float, bottom: float) -> None:
    """The key above the line `bottom`."""
    top = bottom + key_height(known, wide) - AROUND - LINE / 2
    for x, line, (sign, look, words) in placed(known, wide):
        y, start = top - LINE * line, x
        if sign == "dot":
            marker, paint, radius = look
            dot(ax, [x + 4], [y], marker, radius, paint, clip_on=False)
            start = x + 4.0 + after(look)
        elif sign == "line":
            ax.plot([x, x + 14], [y, y], linestyle=look[0], color=look[1], linewidth=1.2, clip_on=False)
            start = x + 18.0
        ax.text(start, y, plain(words), fontsize=SIZE, color=SOFT if sign == "words" else INK, va="center_baseline")
