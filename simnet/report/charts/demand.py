"""How parts are asked for: how rarely (ADI) against how unevenly (CV2), in the four regions of demand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.demand.patterns import ADI_LIMIT, CLASSES, CV2_LIMIT, kinds
from simnet.report.charts.cells import cell_of, gathered
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.room import dress, fitted, width_of
from simnet.report.charts.style import INK, PAPER, SMALL, SOFT, TEXT, color
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
WORDS = {
    "smooth": "often and even", "erratic": "often, uneven", "intermittent": "rare and even", "lumpy": "rare and uneven",
}  # fmt: skip


def pattern_of(scene: Scene) -> DemandPattern:
    """The demand of the first design that has one."""
    nothing = np.empty(0)
    return next(iter(scene.demand.values()), DemandPattern(nothing, nothing))


def shares(pattern: DemandPattern) -> dict[str, float]:
    """The share of the parts in each class."""
    counts = np.bincount(kinds(pattern.adi, pattern.cv2), minlength=len(CLASSES))
    return {name: float(counts[at] / max(len(pattern.adi), 1)) for at, name in enumerate(CLASSES)}


def draw(ax: Axes, pattern: DemandPattern) -> Axes:
    """A dot a part in four regions."""
    if not len(pattern.adi):
        return ax
    across, up = spans(pattern)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(*across)
    ax.set_ylim(*up)
    dress(ax, "both")
    ax.axvline(ADI_LIMIT, color=SOFT, linewidth=0.9, zorder=2)
    ax.axhline(CV2_LIMIT, color=SOFT, linewidth=0.9, zorder=2)
    ax.set_xlabel("months from one with demand to the next (ADI)", color=SOFT)
    ax.set_ylabel("unevenness of the pieces (CV²)", color=SOFT)
    named(ax, shares(pattern))
    look: dict[str, Any] = {"fontsize": SMALL, "color": SOFT, "textcoords": "offset points", "zorder": 6}
    ax.annotate(f"ADI {ADI_LIMIT}", (ADI_LIMIT, 1), (0, 3), xycoords=("data", "axes fraction"), ha="center", **look)
    ax.annotate(f"CV² {CV2_LIMIT}", (1, CV2_LIMIT), (0, 3), xycoords=("axes fraction", "data"), ha="right", **look)
    drawn: list[Any] = []

    def again(ax: Axes) -> None:
        for each in drawn:
            each.remove()
        ticks(ax, across, up)
        drawn[:] = dots(ax, pattern, across, up)

    fitted(ax, again)
    return ax


def spans(pattern: DemandPattern) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ends of both axes, with room for the names of the regions to the left and below."""
    right, top = max(3.0, 1.15 * float(pattern.adi.max())), max(2.0, 1.8 * float(pattern.cv2.max()))
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


def named(ax: Axes, found: dict[str, float]) -> None:
    """The regions with their shares, in the corners: above the dots, on paper."""
    places = {"smooth": (0, 0), "erratic": (0, 1), "intermittent": (1, 0), "lumpy": (1, 1)}
    for name, (right, top) in places.items():
        ax.annotate(
            f"{name} {100 * found[name]:.0f} %", (right, top), (-5 if right else 5, -5 if top else 5),
            xycoords="axes fraction", textcoords="offset points", ha="right" if right else "left",
            va="top" if top else "bottom", fontsize=TEXT, fontweight="bold", color=INK, zorder=6,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85},
        )  # fmt: skip


def dots(ax: Axes, pattern: DemandPattern, across: Sequence[float], up: Sequence[float]) -> list[Any]:
    """The parts; places in points decide which of them are the same dot."""
    wide, high = width_of(ax) - 70, float(72 * ax.figure.bbox.height / ax.figure.dpi) - 50
    logs = np.log(np.stack([pattern.adi, np.maximum(pattern.cv2, LOWEST)], axis=-1))
    low = np.log([across[0], up[0]])
    points = (logs - low) / (np.log([across[1], up[1]]) - low) * np.array([wide, high])
    if len(points) <= MANY:
        number = cell_of(points, SAME)
        return [marks(ax, np.exp(gathered(logs, number)), 3.4)]
    number = cell_of(points, CELL)
    counts = np.bincount(number)
    sizes = np.round(1.5 + 7.5 * np.sqrt(counts / counts.max()) * 2) / 2
    places = np.exp(gathered(logs, number))
    return [marks(ax, places[sizes == size], float(size)) for size in np.unique(sizes)[::-1]]


def marks(ax: Axes, places: Any, size: float) -> Any:
    """Round dots as one path of short strokes with round ends: a twentieth of the file that marks would take."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    ends = np.repeat(places, 2, axis=0)
    ends[1::2, 0] *= 1.0001
    path = Path(ends, [Path.MOVETO, Path.LINETO] * len(places))
    path.should_simplify = False
    patch = PathPatch(
        path, facecolor="none", edgecolor=color(0), linewidth=size, capstyle="round", alpha=0.55, zorder=3
    )
    return ax.add_patch(patch)


def finding(pattern: DemandPattern) -> str:
    """The shares in words."""
    found = shares(pattern)
    told = ", ".join(f"{100 * found[name]:.0f} % {name} ({WORDS[name]})" for name in CLASSES)
    often = 100 / float(np.median(pattern.adi))
    return f"Of {len(pattern.adi):,} parts with demand, {told}; the middle one is asked in {often:.0f} % of the months."


def numbers(pattern: DemandPattern) -> Numbers:
    """Parts, shares and medians by class."""
    kind, found = kinds(pattern.adi, pattern.cv2), shares(pattern)
    rows = []
    for at, name in enumerate(CLASSES):
        here = kind == at
        middle = [f"{np.median(values[here]):.3g}" if here.any() else "" for values in (pattern.adi, pattern.cv2)]
        rows.append([f"{name}: {WORDS[name]}", f"{int(here.sum()):,}", f"{100 * found[name]:.0f} %", *middle])
    return ["", "parts", "share", "ADI, median", "CV², median"], rows


DEMAND = Chart(
    "demand",
    "How parts are asked for",
    "A dot a part, month by month at all sites together, from the stated demand of the first design, whatever "
    "others change in it; a network so large that it is run in slices has no such chart. The lines at "
    "1.32 and 0.49 tell the classes apart (Syntetos, Boylan and Croston 2005).",
    draw,
    numbers,
    lambda pattern: 3.4,
    shown=lambda pattern: len(pattern.adi) > 0,
    of=pattern_of,
    section="assumed",
    finding=finding,
)
