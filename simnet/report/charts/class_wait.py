"""Wait by order class: from the median to the 99th percentile, with what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simnet.metrics import Comparison
from simnet.report.charts.chart import Chart, Numbers
from simnet.report.charts.room import above, dress, legend, side
from simnet.report.charts.style import INK, PAPER, SMALL, SOFT, color, plain, shape
from simnet.report.charts.wait import scaled
from simnet.report.charts.words import called
from simnet.report.numbers import Scale, alike, clean, level, on_scale
from simnet.report.rows import order_classes
from simnet.units import DAY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PERCENTILES = ("50", "90", "95", "99")
DAYS = (1, 3, 7, 14, 30, 90, 365)
TICK, WORD = 0.37, 0.1
"""How far the mark of a promise reaches to either side, in classes; the room for its word, in inches."""
TICKS = ((0, "0"), (1 / 6, "4 h"), *((days, f"{days} d") for days in DAYS))


def wait(comparison: Comparison, design: str, name: str, percentile: str) -> float | None:
    """A percentile of a class's waits, in days."""
    found = comparison.level(design, f"wait.p{percentile}.{name}")
    return None if found is None else found.mean


def worst_waits(comparison: Comparison) -> Scale:
    """The unit and decimals of all 95th percentiles."""
    names, designs = classes(comparison), comparison.designs
    return alike(comparison.level(design, f"wait.p95.{name}") for design in designs for name in names)


def classes(comparison: Comparison) -> list[str]:
    """The order classes of which waits are known."""
    found, designs = order_classes(comparison), comparison.designs
    return [name for name in found if any(wait(comparison, each, name, "95") is not None for each in designs)]


def promise(comparison: Comparison, name: str) -> float | None:
    """Days within which a class is promised, in the first design that has it."""
    for result in comparison.results:
        if name in result.outline.order_classes:
            minutes = int(result.outline.classes["need_by"][result.outline.order_classes.index(name)])
            return minutes / DAY if minutes else None
    return None


def draw(ax: Axes, comparison: Comparison) -> None:
    """A line from the 50th to the 99th percentile, a dot at the 95th; a tick where the promise ends."""
    names, designs = classes(comparison), comparison.designs
    step, most, how = 0.7 / max(len(designs), 2), 0.0, worst_waits(comparison)
    for number, design in enumerate(designs):
        label = plain(design, 26)
        for row, name in enumerate(names):
            low, dot, high = (wait(comparison, design, name, p) for p in ("50", "95", "99"))
            if low is None or dot is None:
                continue
            at, end = row + (number - (len(designs) - 1) / 2) * step, dot if high is None else high
            most = max(most, end)
            ax.plot([scaled(low), scaled(end)], [at, at], color=color(number), linewidth=2.2, solid_capstyle="round")
            ax.plot([scaled(dot)], [at], shape(number), markersize=6.5, color=color(number), markeredgecolor=PAPER,
                    markeredgewidth=0.8, label=label)  # fmt: skip
            label = ""
            if len(designs) <= 4:
                text = on_scale(comparison.level(design, f"wait.p95.{name}"), how)
                ax.annotate(text, (scaled(end), at), (7, 0), textcoords="offset points", va="center", fontsize=SMALL,
                            color=INK, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.8})  # fmt: skip
    for row, name in enumerate(names):
        days = promise(comparison, name)
        if days is not None:
            most = max(most, days)
            ax.plot([scaled(days)] * 2, [row - TICK, row + TICK], color=SOFT, linewidth=1.2, linestyle=(0, (3, 2)))
            ax.annotate("promised", (scaled(days), row - TICK), (0, 1), textcoords="offset points", va="bottom",
                        ha="center", fontsize=SMALL, color=SOFT)  # fmt: skip
    dressed(ax, names, most)
    ax.set_ylim(len(names) - 0.5, -0.5 - WORD / each(comparison))  # room for the word above the first class
    legend(ax, len(designs), least=2)


def dressed(ax: Axes, names: list[str], most: float) -> None:
    """Classes at the side, hours and days below."""
    shown = [(scaled(days), text) for days, text in TICKS if days <= most or days <= 1]
    ax.set_xticks([at for at, _ in shown], [text for _, text in shown])
    ax.set_xlim(-0.08, max(scaled(most), shown[-1][0]) * 1.16)
    dress(ax)
    side(ax, range(len(names)), [plain(name, 26) for name in names])


def each(comparison: Comparison) -> float:
    """Inches of a class."""
    return max(0.55, 0.17 * len(comparison.designs) + 0.25)


def numbers(comparison: Comparison) -> Numbers:
    """Percentiles, mean and promise kept of each class."""
    header = ["", *(clean(name) for name in comparison.designs)]
    rows = []
    for name in classes(comparison):
        keys = [("mean", f"wait.mean.{name}"), *((f"{p}th pct", f"wait.p{p}.{name}") for p in PERCENTILES)]
        keys += [("promise kept", f"promise.line.{name}")] if promise(comparison, name) else []
        for label, key in keys:
            cells = [str(level(comparison.level(design, key))) for design in comparison.designs]
            rows.append([clean(f"{name}: {label}"), *cells])
    return header, rows


def finding(comparison: Comparison) -> str:
    """The 95th percentile of each class in the first design."""
    first, told, how = comparison.designs[0], [], worst_waits(comparison)
    for name in classes(comparison)[:6]:
        found = comparison.level(first, f"wait.p95.{name}")
        if found is not None and found.mean is not None:
            days = promise(comparison, name)
            kept = level(comparison.level(first, f"promise.line.{name}")).value if days else ""
            told.append(
                f"{called(name)} orders {on_scale(found, how)}" + (f" (promise kept for {kept})" if days else "")
            )
    return f"In {called(first)}, 95 % of lines wait no longer than: {', '.join(told)}." if told else ""


CLASS_WAIT = Chart(
    "class-wait",
    "Wait by order class",
    "From the median to the 99th percentile of the lines' waits; the dot and its number are the 95th.",
    draw,
    numbers,
    lambda comparison: 0.6 + WORD + above(comparison.designs, 26) + len(classes(comparison)) * each(comparison),
    shown=lambda comparison: bool(classes(comparison)),
    section="service",
    across="wait of customers' lines",
    finding=finding,
)
