"""What a design changes in the cost a year: from the reference to each other design, component by component."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simnet.metrics import Comparison, Difference
from simnet.report.charts.chart import WIDTH, Chart, Numbers
from simnet.report.charts.labels import width
from simnet.report.charts.room import fitted, width_of
from simnet.report.charts.style import INK, LETTER, PAPER, SMALL, SOFT, TEXT, color, plain
from simnet.report.charts.words import called
from simnet.report.numbers import Scale, change, clean, level, one_unit, scale, scale_beside, telling, with_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TOTAL = "cost.year"
PARTS = (
    ("holding", "cost.holding"), ("ordering", "cost.order"), ("transport", "cost.transport"),
    ("freight passed on", "cost.passed"), ("rush lines", "cost.rush"), ("backorders", "cost.backorder"),
)  # fmt: skip
"""The components of the cost a year."""
MORE, LESS = "#b5532a", "#3b7f8c"
"""Colors of what costs more and what costs less; the sign at each bar says the same."""
LINE, HEAD, TOP = 17.0, 30.0, 16.0
"""Points of a row, of the words above the first, and of those above all."""
LEAST = 120.0
"""Points that a design needs; those that have no room beside each other go below."""
GAP = 16.0


@dataclass(frozen=True)
class Bar:
    """A component: where it starts and ends, as money beyond the reference."""

    label: str
    start: float
    end: float
    half: float | None = None
    """Half width of the interval, of the total."""


def differences(comparison: Comparison, design: str) -> list[tuple[str, float]]:
    """What each component adds in a design; nothing where the total is not known."""
    found = []
    for label, key in PARTS:
        each = comparison.difference(design, key)
        found.append((label, each.mean if each is not None and each.mean is not None else 0.0))
    return found


def total(comparison: Comparison, design: str) -> Difference | None:
    """The paired difference of the cost a year, where it is known."""
    found = comparison.difference(design, TOTAL)
    return found if found is not None and found.mean is not None else None


def others(comparison: Comparison) -> list[str]:
    """The designs whose difference to the first is known."""
    return [name for name in comparison.designs[1:] if total(comparison, name) is not None]


def labels(comparison: Comparison) -> list[str]:
    """The components that differ in any design."""
    changed = [differences(comparison, name) for name in others(comparison)]
    return [label for at, (label, _) in enumerate(PARTS) if any(found[at][1] for found in changed)]


def bars(comparison: Comparison, design: str) -> list[Bar]:
    """The components that any design changes, each from where the one above ended, and the total."""
    shown, found, end = labels(comparison), [], 0.0
    for label, size in differences(comparison, design):
        if label in shown:
            found.append(Bar(label, end, end + size))
            end += size
    whole = total(comparison, design)
    assert whole is not None and whole.mean is not None
    return [*found, Bar("in all", 0.0, whole.mean, whole.half_width)]


def columns(comparison: Comparison, wide: float) -> int:
    """How many designs stand beside each other, in even rows."""
    count = len(others(comparison))
    most = max(1, int((wide - beside(comparison) + GAP) // (LEAST + GAP)))
    rows = -(-count // min(count, most))
    return -(-count // rows)


def beside(comparison: Comparison) -> float:
    """Points of the names of the components."""
    return max(width(label, TEXT) for label in [*labels(comparison), "in all"]) + 8


def draw(ax: Axes, comparison: Comparison) -> Axes:
    """A waterfall a design, all on one scale."""
    if others(comparison):
        ax.figure.natural = lambda wide: high(comparison, wide)  # type: ignore[union-attr]
        fitted(ax, lambda ax: paint(ax, comparison))
    return ax


def paint(ax: Axes, comparison: Comparison) -> None:
    """Everything, in points of the room there is."""
    ax.clear()
    ax.axis("off")
    wide, names = width_of(ax) - 6, others(comparison)
    count = columns(comparison, wide)
    each = (wide - beside(comparison) - GAP * (count - 1)) / count
    high = block(comparison)
    ax.set_xlim(0, wide)
    ax.set_ylim(-TOP - high * -(-len(names) // count), 0)
    every = {name: bars(comparison, name) for name in names}
    ends = [end for found in every.values() for bar in found for end in reach(bar)]
    how = one_scale(comparison, [found[-1] for found in every.values()])
    words = 8 + 1.08 * max(width(number(bar, how), SMALL) for found in every.values() for bar in found)
    stretch = max(10.0, each - words) / ((max(ends) - min(ends)) or 1.0)
    first = comparison.designs[0]
    costs = level(comparison.level(first, TOTAL)).value
    told = f"Changes in {plain(how.unit)} a year against {plain(first, 40)}, which costs {plain(costs)}"
    ax.text(0, -1, told, fontsize=SMALL, color=SOFT, va="top")
    for at, name in enumerate(names):
        row, column = divmod(at, count)
        left = beside(comparison) + column * (each + GAP)
        fall = Fall(ax, comparison, name, every[name], how, left, left + each)
        fall.paint(left - min(ends) * stretch, stretch, -TOP - row * high, column == 0)


def reach(bar: Bar) -> tuple[float, ...]:
    """The ends of a bar with its interval."""
    return (0.0, bar.start, bar.end - (bar.half or 0.0), bar.end + (bar.half or 0.0))


def block(comparison: Comparison) -> float:
    """Points of a row of designs."""
    return HEAD + LINE * (len(labels(comparison)) + 1) + 14


def level_unit(comparison: Comparison) -> str:
    """The unit of the cost a year."""
    return comparison.levels[comparison.designs[0]][TOTAL].unit


def one_scale(comparison: Comparison, totals: Sequence[Bar]) -> Scale:
    """The unit of all bars, with the decimals that the totals and the narrowest interval take."""
    how = one_unit(level_unit(comparison), (bar.end for bar in totals))
    return with_interval(how, min((bar.half for bar in totals if bar.half), default=None))


def number(bar: Bar, how: Scale) -> str:
    """`+0.11 ±0.02`."""
    size = bar.end - bar.start
    return f"{how.number(size, sign=True)} {how.interval(bar.half)}".strip()


@dataclass(frozen=True)
class Fall:
    """The waterfall of one design."""

    ax: Axes
    comparison: Comparison
    design: str
    bars: list[Bar]
    how: Scale
    left: float
    right: float

    @property
    def paint_of_total(self) -> str:
        """The color of the design."""
        return color(self.comparison.designs.index(self.design))

    def paint(self, zero: float, stretch: float, top: float, named: bool) -> None:
        """The bars from `zero`, so many points a unit of money; with the names of components where it is the first."""
        self.head(top)
        bottom = top - HEAD - LINE * len(self.bars)
        self.ax.plot([zero, zero], [bottom, top - HEAD + 2], color=SOFT, linewidth=0.8, zorder=1)
        for at, bar in enumerate(self.bars):
            y, last = top - HEAD - LINE * (at + 0.5), at == len(self.bars) - 1
            weight = "bold" if last else "normal"
            if named:
                self.ax.text(0, y, bar.label, fontsize=TEXT, color=INK, va="center_baseline", fontweight=weight)
            self.bar(bar, zero, stretch, y, last)
            self.ax.text(self.right, y, number(bar, self.how), fontsize=SMALL, color=INK, ha="right",
                         va="center_baseline", fontweight=weight)  # fmt: skip
            if at + 2 < len(self.bars):
                x = zero + bar.end * stretch
                self.ax.plot([x, x], [y - 0.35 * LINE, y - 0.65 * LINE], color=SOFT, linewidth=0.7, zorder=2)

    def head(self, top: float) -> None:
        """The design and what it costs."""
        costs = level(self.comparison.level(self.design, TOTAL)).value
        name = plain(self.design, int((self.right - self.left) / LETTER))
        self.ax.text(self.left, top - 2, name, fontsize=TEXT, fontweight="bold", color=self.paint_of_total, va="top")
        self.ax.text(self.left, top - 14, plain(f"{costs} a year"), fontsize=SMALL, color=SOFT, va="top")

    def bar(self, bar: Bar, zero: float, stretch: float, y: float, last: bool) -> None:
        """One bar; of the total with its interval."""
        from matplotlib.patches import Rectangle

        low, high = sorted((zero + bar.start * stretch, zero + bar.end * stretch))
        paint = self.paint_of_total if last else MORE if bar.end > bar.start else LESS
        if bar.end != bar.start:
            self.ax.add_patch(Rectangle((low, y - 0.35 * LINE), max(high - low, 0.8), 0.7 * LINE, facecolor=paint,
                                        edgecolor=PAPER, linewidth=0.4, zorder=3))  # fmt: skip
        if bar.half:
            end = zero + bar.end * stretch
            self.ax.plot(
                [end - bar.half * stretch, end + bar.half * stretch], [y, y], color=INK, linewidth=1.2, zorder=4
            )


def height(comparison: Comparison) -> float:
    """Inches of all rows on the page."""
    return high(comparison, WIDTH)


def high(comparison: Comparison, wide: float) -> float:
    """Inches of all rows in a picture of a width."""
    names = others(comparison)
    if not names:
        return 1.0
    return (block(comparison) * -(-len(names) // columns(comparison, 72 * wide - 6)) + TOP + 6) / 72


def finding(comparison: Comparison) -> str:
    """What each design costs more or less than the first, and its largest component, in one unit."""
    first = called(comparison.designs[0])
    told = [sentence(comparison, name, first) for name in others(comparison)]
    if comparison.replications < 2:
        told.append("One replication: no interval.")
    return " ".join(told)


def sentence(comparison: Comparison, name: str, first: str) -> str:
    """`three-tier costs 2.8 kEUR ±0.2 more a year than two-tier, most of it in holding (+3.3 kEUR).`"""
    label, size = max(differences(comparison, name), key=lambda found: abs(found[1]))
    found, reference = total(comparison, name), comparison.level(comparison.designs[0], TOTAL)
    mean = (found.mean if found is not None else None) or 0.0
    how = scale_beside(found, reference) if found is not None else scale(level_unit(comparison), size)
    shown = change(found, reference)
    part = f"{label} ({telling(how, size).number(size, sign=True)} {how.unit})"
    if found is None or found.verdict in (None, "same") and found.half_width is not None:
        most = f"; the largest change is in {part}" if size else ""
        return f"What {called(name)} costs a year cannot be told apart from {first} ({shown.value} {shown.half}){most}."
    most = f", most of it in {part}" if size * mean > 0 else f"; the largest change is in {part}" if size else ""
    amount = " ".join(each for each in (shown.value.lstrip("+-"), shown.half) if each)
    return f"{called(name)} costs {amount} {'more' if mean > 0 else 'less'} a year than {first}{most}."


def numbers(comparison: Comparison) -> Numbers:
    """The paired differences with their intervals."""
    names, first = others(comparison), comparison.designs[0]
    rows = []
    for label, key in [*((label, key) for label, key in PARTS if label in labels(comparison)), ("in all", TOTAL)]:
        reference = comparison.level(first, key)
        cells = [str(change(comparison.difference(name, key), reference)) for name in names]
        rows.append([label, str(level(reference)), *cells])
    return ["", clean(first), *(clean(name) for name in names)], rows


WATERFALL = Chart(
    "waterfall",
    "Where the cost changes",
    "From the first design to each other one: what every component adds to the cost a year, and the paired difference "
    "in all with its 95 % interval.",
    draw,
    numbers,
    height,
    shown=lambda comparison: bool(others(comparison)) and bool(labels(comparison)),
    section="money",
    finding=finding,
)
