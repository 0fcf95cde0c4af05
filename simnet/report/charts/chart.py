"""What a chart is, its colors, and how it becomes the same bytes of SVG every time.

Ink, grid and paper are drawn in marker colors that the page replaces by its own (`var(--ink)`), so that one
picture serves light, dark and print.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from simnet.report.numbers import clean
from simnet.report.scene import Scene

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DESIGNS = ("#2a78b8", "#d9822b", "#3f9b6c", "#a05195", "#c2a83e", "#d45087", "#5f7f95", "#8c6d4f")
"""Colors of designs, readable on white and on near-black, apart for the color-blind in the first four."""
LAYERS = ("#1f5f8b", "#4a90b8", "#86bcd6", "#c9a227", "#b5651d", "#7d8f69")
"""Colors of the layers of a bar."""
INK, SOFT, GRID, PAPER = "#0a0b0c", "#5a5b5c", "#d8d9da", "#fcfdfe"
MARKERS = {INK: "var(--ink)", SOFT: "var(--soft)", GRID: "var(--grid)", PAPER: "var(--paper)"}
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

SECTIONS = ("service", "stock", "money", "tradeoff", "hurts", "assumed", "trust", "map")
"""Of the report, in which charts stand."""

Numbers = tuple[Sequence[str], Sequence[Sequence[str]]]
"""Header and rows of a chart's own table."""


Subject = TypeVar("Subject")
"""What a chart draws of a scene: the comparison, unless it says otherwise."""


def the_comparison(scene: Scene) -> Any:
    """What most charts draw."""
    return scene.comparison


def nothing(_: Any) -> str:
    """No finding."""
    return ""


@dataclass(frozen=True)
class Chart(Generic[Subject]):
    """A chart: what of a scene it draws and how, and its numbers for who cannot or will not see it."""

    key: str
    title: str
    note: str
    """One sentence on how to read it."""
    draw: Callable[[Axes, Subject], Axes | None]
    numbers: Callable[[Subject], Numbers]
    height: Callable[[Subject], float]
    """Inches, at a width of WIDTH."""
    shown: Callable[[Subject], bool] = lambda subject: True
    """Whether there is something to show."""
    of: Callable[[Scene], Subject] = the_comparison
    section: str = field(kw_only=True)
    """Where in the report it stands: one of SECTIONS."""
    finding: Callable[[Subject], str] = field(default=nothing, kw_only=True)
    """Its main finding as a sentence, from its numbers: what a reader who does not see it must know."""


LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")

WIDTH = 5.4
LETTER, HANDLE, LEAST_BESIDE = 5.6, 30.0, 36.0
"""Points: a letter of 9 points, in a wide font; a color of a legend with the space around it; labels of an axis."""


def plain(name: str) -> str:
    """A name that matplotlib draws as it stands: no mathematics between dollar signs."""
    return clean(name).replace("\\", "\\\\").replace("$", r"\$") if "$" in name else clean(name)


def color(number: int, palette: Sequence[str] = DESIGNS) -> str:
    """The color of the n-th design or layer."""
    return palette[number % len(palette)]


def dress(ax: Axes, grid: str = "x") -> None:
    """Take away what carries no data."""
    ax.set_facecolor("none")
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0, colors=SOFT, labelsize=9)
    ax.set_axisbelow(True)
    ax.grid(True, axis=grid, color=GRID, linewidth=0.8)  # type: ignore[arg-type]


def legend(ax: Axes, columns: int, least: int = 1) -> None:
    """A legend above the chart, in the order of its colors; none for fewer than `least` colors.

    It is read row by row, in as many columns as there is room for beside the labels of the axis.
    """
    if columns < least:
        return
    handles, labels = ax.get_legend_handles_labels()
    beside = max([LEAST_BESIDE, *(LETTER * len(label.get_text()) for label in ax.get_yticklabels())])
    count = columns_of(labels, 72 * ax.figure.bbox.width / ax.figure.dpi - beside)
    by_row = [at for first in range(count) for at in range(first, len(labels), count)]  # it is filled column by column
    ax.legend(
        [handles[at] for at in by_row], [labels[at] for at in by_row],
        ncols=count, frameon=False, fontsize=9, labelcolor=INK,
        handlelength=1.1, handleheight=0.9, columnspacing=1.4,
        loc="lower left", bbox_to_anchor=(0, 1.0), borderaxespad=0.2,
    )  # fmt: skip


def columns_of(labels: Sequence[str], room: float) -> int:
    """The columns, four at most, in which labels fit into so many points, in even rows; one where they fit in none."""

    def fits(count: int) -> bool:
        longest = (max(map(len, labels[first::count])) for first in range(count))
        return sum(HANDLE + LETTER * letters for letters in longest) <= room

    for count in range(min(4, len(labels)), 1, -1):
        if fits(count):
            rows = -(-len(labels) // count)
            even = -(-len(labels) // rows)
            return even if fits(even) else count
    return 1


def svg(chart: Chart[Any], scene: Scene, page: bool = True) -> str:
    """The chart as SVG, byte for byte the same on repeat; `page` leaves its ink to the page's colors."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    subject = chart.of(scene)
    settings = {"svg.hashsalt": chart.key, "svg.fonttype": "none", "font.size": 9, "text.color": INK}
    with matplotlib.rc_context(settings), warnings.catch_warnings():  # type: ignore[arg-type]
        warnings.filterwarnings("ignore", message="Glyph")  # the reader's font has what ours lacks
        figure = Figure(figsize=(WIDTH, chart.height(subject)), layout="constrained")
        figure.patch.set_alpha(0)
        FigureCanvasSVG(figure)
        chart.draw(figure.add_subplot(), subject)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return tidy(out.getvalue(), chart, page)


def short(number: re.Match[str]) -> str:
    """A number of points with two decimals: a seventieth of a millimeter."""
    return f"{float(number[0]):.2f}"


def tidy(text: str, chart: Chart[Any], page: bool) -> str:
    """The picture without prologue, its names made its own, its font the page's."""
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r'\bid="', f'id="{chart.key}-', text)
    text = re.sub(r"url\(#", f"url(#{chart.key}-", text)
    text = re.sub(r'href="#', f'href="#{chart.key}-', text)
    text = re.sub(r"font: ([\d.]+px)[^;\"]*", rf"font: \1 {FONT}", text)
    text = re.sub(r"<(?:path|use)\b[^>]*>", lambda tag: LONG_NUMBER.sub(short, tag[0]), text)
    text = text.replace("<svg ", f'<svg role="img" aria-label="{chart.title}" ', 1)
    if page:
        for marker, name in MARKERS.items():
            text = text.replace(marker, name)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
