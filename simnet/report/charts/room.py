"""Where words stand in a chart: legends, names at the ends of lines. All of it is set again when the room changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from simnet.report.charts.style import GRID, INK, LETTER, PAPER, SOFT, TEXT, color, columns, plain, shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAGE, ROW = 389.0, 0.17
"""Points of a chart's width on the page; inches of a row of a legend."""
HANDLE, LEAST_BESIDE = 30.0, 36.0
"""Points: a color of a legend with the space around it; labels of an axis."""
BESIDE_NAMES = 150.0
"""Points beside the axes of a chart with names at the ends of its lines."""
LINE = 11.5
"""Points from one line of words to the next."""
FLATTER = 0.65
"""Of its height, in which a chart without numbers at its marks can be read."""
AROUND = 62.0
"""Points above and below the axes of a chart."""


class Frame(NamedTuple):
    """Inches of a picture around its charts."""

    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0
    top: float = 0.0

    def shrunk(self, times: float) -> Frame:
        """The frame of a picture that is shown so many times larger than it is drawn."""
        return Frame(*(side / times for side in self))


def frame_of(figure: Any) -> Frame:
    """The frame of a picture; none where nothing is written around it."""
    return getattr(figure, "frame", Frame())


def dress(ax: Axes, grid: str = "x") -> None:
    """Take away what carries no data."""
    ax.set_facecolor("none")
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0, colors=SOFT, labelsize=TEXT)
    ax.set_axisbelow(True)
    ax.grid(True, axis=grid, color=GRID, linewidth=0.8)  # type: ignore[arg-type]


def side(ax: Axes, places: Sequence[float], names: Sequence[str]) -> None:
    """Names of rows, in ink; after `dress`."""
    ax.set_yticks(places, names)
    for text in ax.get_yticklabels():
        text.set_color(INK)


def fitted(ax: Axes, work: Callable[[Axes], None]) -> None:
    """Do what depends on the room, now and whenever the picture's size changes."""
    every = getattr(ax.figure, "fits", [])
    ax.figure.fits = [*every, lambda: work(ax)]  # type: ignore[union-attr]
    work(ax)


def adapted(ax: Axes, draw: Callable[[Axes, int], None], fits: Callable[[Axes], int]) -> None:
    """Draw with as many rows as there is room for, now and anew where a picture's size changes their number.

    `fits` says how many there is room for. The title and the names of the axes stay.
    """
    ax.figure.adapts = 1.0  # type: ignore[union-attr]
    shown: list[int] = []
    inner: list[Callable[[], None]] = []

    def again(ax: Axes) -> None:
        count = fits(ax)
        if shown == [count]:
            for work in inner:
                work()
            return
        kept, title, seen = getattr(ax.figure, "fits", []), ax.get_title(), ax.title.get_visible()
        names = ax.get_xlabel(), ax.get_ylabel()
        if shown:
            ax.clear()
            ax.set_title(title, visible=seen)
            ax.set_xlabel(names[0])
            ax.set_ylabel(names[1])
        draw(ax, count)
        shown[:], inner[:] = [count], ax.figure.fits[len(kept) :]  # type: ignore[union-attr]
        ax.figure.fits = kept  # type: ignore[union-attr]

    fitted(ax, again)


def flatter(ax: Axes, share: float) -> None:
    """Let a picture of fixed shape draw the chart in so much of its height, before its words are made smaller."""
    ax.figure.flatter = share  # type: ignore[union-attr]


def fit_again(figure: Figure) -> None:
    """Set everything again that depends on the room."""
    for work in getattr(figure, "fits", []):
        work()


def width_of(ax: Axes) -> float:
    """Points of the width that the charts of the picture have."""
    frame = frame_of(ax.figure)
    return float(72 * (ax.figure.bbox.width / ax.figure.dpi - frame.left - frame.right))


def full_height(ax: Axes) -> float:
    """Points of the height that the charts of the picture have."""
    frame = frame_of(ax.figure)
    return float(72 * (ax.figure.bbox.height / ax.figure.dpi - frame.bottom - frame.top))


def inches_of(ax: Axes) -> float:
    """Inches of the picture's height, or of the part of it that the axes have."""
    spec = ax.get_subplotspec()
    share = 1.0 if spec is None else (spec.rowspan.stop - spec.rowspan.start) / spec.get_gridspec().nrows
    return share * full_height(ax) / 72


def height_of(ax: Axes) -> float:
    """Points of the height of the axes, about."""
    return max(40.0, full_height(ax) - AROUND)


def legend(ax: Axes, colors: int, least: int = 1) -> None:
    """A legend above the chart, in the order of its colors; none for fewer than `least` colors.

    It is read row by row, in as many columns as there is room for beside the labels of the axis.
    """
    if colors >= least:
        fitted(ax, set_legend)


def above(names: Sequence[str], longest: int, least: int = 2) -> float:
    """Inches that a legend of names takes on the page, which are cut to so many letters."""
    if len(names) < least:
        return 0.0
    columns = columns_of([plain(name, longest) for name in names], PAGE - LEAST_BESIDE - 60)
    return ROW * -(-len(names) // columns)


def set_legend(ax: Axes) -> None:
    """The legend in the room there is."""
    handles, labels = ax.get_legend_handles_labels()
    if not labels:
        return
    beside = max([LEAST_BESIDE, *(LETTER * columns(label.get_text()) for label in ax.get_yticklabels())])
    count = columns_of(labels, width_of(ax) - beside)
    by_row = [at for first in range(count) for at in range(first, len(labels), count)]  # it is filled column by column
    ax.legend(
        [handles[at] for at in by_row], [labels[at] for at in by_row],
        ncols=count, frameon=False, fontsize=TEXT, labelcolor=INK,
        handlelength=1.1, handleheight=0.9, columnspacing=1.4,
        loc="lower left", bbox_to_anchor=(0, 1.0), borderaxespad=0.2,
    )  # fmt: skip


def columns_of(labels: Sequence[str], room: float) -> int:
    """The columns, four at most, in which labels fit into so many points, in even rows; one where they fit in none."""

    def fits(count: int) -> bool:
        longest = (max(map(columns, labels[first::count])) for first in range(count))
        return sum(HANDLE + LETTER * letters for letters in longest) <= room

    for count in range(min(4, len(labels)), 1, -1):
        if fits(count):
            rows = -(-len(labels) // count)
            even = -(-len(labels) // rows)
            return even if fits(even) else count
    return 1


@dataclass(frozen=True)
class End:
    """The right end of a design's line."""

    across: float
    up: float
    name: str
    number: int
    """Of the design."""


def ends(ax: Axes, found: Sequence[End]) -> None:
    """Names with their marks beside the ends of lines, moved apart where lines end together; set limits before."""
    from matplotlib.lines import Line2D

    texts, marks = [], []
    for end in found:
        texts.append(ax.annotate(end.name, (end.across, end.up), (end.across, end.up), textcoords="data", color=INK,
                                 fontsize=TEXT, va="center", annotation_clip=False))  # fmt: skip
        marks.append(Line2D([end.across], [end.up], marker=shape(end.number), color=color(end.number), markersize=5.5,
                            linestyle="none", markeredgecolor=PAPER, markeredgewidth=0.7, clip_on=False))  # fmt: skip
        ax.add_artist(marks[-1])

    def set_ends(ax: Axes) -> None:
        low, high = sorted(ax.get_ylim())
        a_point = (ax.get_xlim()[1] - ax.get_xlim()[0]) / max(60.0, width_of(ax) - BESIDE_NAMES)
        places = apart([end.up for end in found], LINE * (high - low) / height_of(ax), low, high)
        for end, text, mark, up in zip(found, texts, marks, places, strict=True):
            text.set_position((end.across + 17 * a_point, up))
            mark.set_data([end.across + 11 * a_point], [up])

    fitted(ax, set_ends)


def apart(places: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Places moved so that neighbors stand at least a step apart, in their order, within the ends where they fit."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    made = list(places)
    for before, at in zip(order, order[1:], strict=False):
        made[at] = max(made[at], made[before] + step)
    ceiling = high
    for at in reversed(order):
        made[at] = min(made[at], ceiling)
        ceiling = made[at] - step
    under = max(0.0, low - min(made, default=low))
    return [place + under for place in made]
