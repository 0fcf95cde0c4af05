"""How parts are asked for: how rarely (ADI) against how unevenly (CV2), in the four regions of demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.demand.patterns import ADI_LIMIT, CLASSES, CV2_LIMIT, kinds
from simnet.report.charts.cells import cell_of, gathered
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.room import dress, fitted, full_height, width_of
from simnet.report.charts.style import INK, PAPER, SMALL, SOFT, TEXT, color, plain
from simnet.report.charts.words import called
from simnet.report.numbers import clean
from simnet.report.scene import DemandPattern, Scene

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MANY = 3000
"""Parts above which those alike are one dot, the larger the more they are."""
LOWEST = 0.01
"""CV2 below which a part is drawn here: pieces are the same every time."""
RARE = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)
UNEVEN = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000)
"""Numbers of the axes."""
SAME, CELL = 0.9, 6.0
"""Points within which dots are the same, and within which many parts are one."""
LEFT = 0.2
"""Least share of the width of what is asked often."""
MOST, LONGEST = 3, 22
"""Different demands that are drawn, and letters of the design whose one is."""
WORDS = {
    "smooth": "often and even", "erratic": "often, uneven", "intermittent": "rare and even", "lumpy": "rare and uneven",
}  # fmt: skip


@dataclass(frozen=True)
class Demands:
    """The different demands of some designs, and whose they are."""

    patterns: tuple[tuple[DemandPattern, tuple[str, ...]], ...]
    designs: int
    """Designs in all."""

    @property
    def shown(self) -> tuple[tuple[DemandPattern, tuple[str, ...]], ...]:
        """Those that are drawn."""
        return self.patterns[:MOST]


def demands_of(scene: Scene) -> Demands:
    """The demand of the designs; those that ask alike are one."""
    found: list[tuple[DemandPattern, list[str]]] = []
    for name, pattern in scene.demand.items():
        alike = next((names for other, names in found if other.same_as(pattern)), None)
        if alike is not None:
            alike.append(name)
        elif len(pattern.adi):
            found.append((pattern, [name]))
    return Demands(tuple((pattern, tuple(names)) for pattern, names in found), len(scene.comparison.designs))


def shares(pattern: DemandPattern) -> dict[str, float]:
    """The share of the parts in each class."""
    counts = np.bincount(kinds(pattern.adi, pattern.cv2), minlength=len(CLASSES))
    return {name: float(counts[at] / max(len(pattern.adi), 1)) for at, name in enumerate(CLASSES)}


def draw(ax: Axes, demands: Demands) -> Axes:
    """A dot a part in four regions; a color a demand."""
    if not demands.patterns:
        return ax
    every = [pattern for pattern, _ in demands.shown]
    across, up = spans(every)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(*across)
    ax.set_ylim(*up)
    dress(ax, "both")
    ax.axvline(ADI_LIMIT, color=SOFT, linewidth=0.9, zorder=2)
    ax.axhline(CV2_LIMIT, color=SOFT, linewidth=0.9, zorder=2)
    ax.set_xlabel("months from one with demand to the next (ADI)", color=SOFT)
    ax.set_ylabel("unevenness of the pieces (CV²)", color=SOFT)
    named(ax, [shares(pattern) for pattern in every])
    look: dict[str, Any] = {"fontsize": SMALL, "color": SOFT, "textcoords": "offset points", "zorder": 6}
    ax.annotate(f"ADI {ADI_LIMIT}", (ADI_LIMIT, 1), (0, 3), xycoords=("data", "axes fraction"), ha="center", **look)
    ax.annotate(f"CV² {CV2_LIMIT}", (1, CV2_LIMIT), (0, 3), xycoords=("axes fraction", "data"), ha="right", **look)
    drawn: list[Any] = []

    def again(ax: Axes) -> None:
        for each in drawn:
            each.remove()
        ticks(ax, across, up)
        drawn[:] = [each for at, pattern in enumerate(every) for each in dots(ax, pattern, across, up, color(at))]

    fitted(ax, again)
    if len(every) > 1:
        whose(ax, demands)
    return ax


def whose(ax: Axes, demands: Demands) -> None:
    """A legend above the limits' names."""
    for at, (_, names) in enumerate(demands.shown):
        more = f" +{len(names) - 1}" if len(names) > 1 else ""
        ax.plot([], [], "o", color=color(at), markersize=4, label=plain(names[0], LONGEST) + more)
    ax.legend(ncols=len(demands.shown), frameon=False, fontsize=TEXT, labelcolor=INK, loc="lower left",
              bbox_to_anchor=(0, 1.05), borderaxespad=0.0, handlelength=0.8, columnspacing=1.4)  # fmt: skip


def spans(every: Sequence[DemandPattern]) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ends of both axes, with room for the names of the regions to the left and below."""
    right = max(3.0, *(1.15 * float(pattern.adi.max()) for pattern in every))
    top = max(2.0, *(1.8 * float(pattern.cv2.max()) for pattern in every))
    left = float(np.exp((np.log(ADI_LIMIT) - LEFT * np.log(right)) / (1 - LEFT)))
    return (min(0.93, left), right), (0.45 * LOWEST, top)


def ticks(ax: Axes, across: tuple[float, float], up: tuple[float, float]) -> None:
    """Round numbers that have room."""
    from matplotlib.ticker import NullFormatter

    wide = width_of(ax) - 70
    for which, ends, every, room in ((ax.xaxis, across, RARE, 26.0), (ax.yaxis, up, UNEVEN, 14.0)):
        span = np.log(ends[1] / ends[0])
        found: list[float] = []
        length = wide if which is ax.xaxis else 160.0
        for value in every:
            far = not found or length * np.log(value / found[-1]) / span >= room
            if ends[0] <= value <= ends[1] and far:
                found.append(value)
        words = [f"{value:,g}" for value in found]
        which.set_ticks(found, ["≤ 0.01" if which is ax.yaxis and word == "0.01" else word for word in words])
        which.set_minor_formatter(NullFormatter())
        which.set_ticks([], minor=True)


def named(ax: Axes, found: Sequence[dict[str, float]]) -> None:
    """The regions with their shares in each demand, in the corners: above the dots, on paper."""
    parts = {name: ", ".join(f"{100 * each[name]:.0f}" for each in found) for name in CLASSES}
    places = {"smooth": (0, 0), "erratic": (0, 1), "intermittent": (1, 0), "lumpy": (1, 1)}
    for name, (right, top) in places.items():
        ax.annotate(
            f"{name} {parts[name]} %", (right, top), (-5 if right else 5, -5 if top else 5),
            xycoords="axes fraction", textcoords="offset points", ha="right" if right else "left",
            va="top" if top else "bottom", fontsize=TEXT, fontweight="bold", color=INK, zorder=6,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85},
        )  # fmt: skip


def dots(ax: Axes, pattern: DemandPattern, across: Sequence[float], up: Sequence[float], paint: str) -> list[Any]:
    """The parts; places in points decide which of them are the same dot."""
    wide, high = width_of(ax) - 70, full_height(ax) - 50
    logs = np.log(np.stack([pattern.adi, np.maximum(pattern.cv2, LOWEST)], axis=-1))
    low = np.log([across[0], up[0]])
    points = (logs - low) / (np.log([across[1], up[1]]) - low) * np.array([wide, high])
    if len(points) <= MANY:
        number = cell_of(points, SAME)
        return [marks(ax, np.exp(gathered(logs, number)), 3.4, paint)]
    number = cell_of(points, CELL)
    counts = np.bincount(number)
    sizes = np.round(1.5 + 7.5 * np.sqrt(counts / counts.max()) * 2) / 2
    places = np.exp(gathered(logs, number))
    return [marks(ax, places[sizes == size], float(size), paint) for size in np.unique(sizes)[::-1]]


def marks(ax: Axes, places: Any, size: float, paint: str) -> Any:
    """Round dots as one path of short strokes with round ends: a twentieth of the file that marks would take."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    ends = np.repeat(places, 2, axis=0)
    ends[1::2, 0] *= 1.0001
    path = Path(ends, [Path.MOVETO, Path.LINETO] * len(places))
    path.should_simplify = False
    patch = PathPatch(path, facecolor="none", edgecolor=paint, linewidth=size, capstyle="round", alpha=0.55, zorder=3)
    patch.set_snap(False)  # on whole pixels most strokes of a picture had no length, and no dot
    return ax.add_patch(patch)


def finding(demands: Demands) -> str:
    """The shares in words, of each demand that differs, and that others are the same."""
    told = [said(pattern) for pattern, _ in demands.shown]
    if len(demands.patterns) == 1:
        names = demands.patterns[0][1]
        alike = "all designs" if len(names) == demands.designs else f"the first {len(names)} designs"
        return f"{told[0]}{f' The same in {alike}.' if len(names) > 1 else ''}"
    parts = [
        f"{listed(names)}: {text[0].lower()}{text[1:]}" for (_, names), text in zip(demands.shown, told, strict=True)
    ]
    more = len(demands.patterns) - len(parts)
    return " ".join([*parts, *([f"{more} more ask in yet other ways."] if more else [])])


def listed(names: Sequence[str]) -> str:
    """The first designs, and how many more."""
    more = [f"{len(names) - MOST} more"] if len(names) > MOST else []
    return ", ".join([*map(called, names[:MOST]), *more])


def said(pattern: DemandPattern) -> str:
    """The shares of one demand."""
    found = shares(pattern)
    told = ", ".join(f"{100 * found[name]:.0f} % {name} ({WORDS[name]})" for name in CLASSES)
    often = 100 / float(np.median(pattern.adi))
    some = ", taken evenly from a larger catalog" if pattern.sampled else ""
    asked = f"the middle one is asked in {often:.0f} % of the months"
    return f"Of {len(pattern.adi):,} parts with demand{some}, {told}; {asked}."


def numbers(demands: Demands) -> Numbers:
    """Parts, shares and medians by class, of each demand."""
    rows = []
    for pattern, names in demands.shown:
        kind, found = kinds(pattern.adi, pattern.cv2), shares(pattern)
        whose = f"{clean(names[0])}, " if len(demands.patterns) > 1 else ""
        for at, name in enumerate(CLASSES):
            here = kind == at
            middle = [f"{np.median(values[here]):.3g}" if here.any() else "" for values in (pattern.adi, pattern.cv2)]
            rows.append(
                [f"{whose}{name}: {WORDS[name]}", f"{int(here.sum()):,}", f"{100 * found[name]:.0f} %", *middle]
            )
    return ["", "parts", "share", "ADI, median", "CV², median"], rows


DEMAND = Chart(
    "demand",
    "How parts are asked for",
    "A dot a part, month by month at all sites together, from the stated demand; designs that ask differently have a "
    "color each, and of a network so large that it is run in slices some parts are shown. The lines at 1.32 and 0.49 "
    "tell the classes apart (Syntetos, Boylan and Croston 2005).",
    draw,
    numbers,
    lambda demands: 3.4 + (0.25 if len(demands.patterns) > 1 else 0.0),
    shown=lambda demands: bool(demands.patterns),
    of=demands_of,
    section="assumed",
    finding=finding,
)
