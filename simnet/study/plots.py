"""Charts of a result on matplotlib axes, without pyplot: one's own, or new ones that a notebook shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.report.scene import Scene

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simnet.metrics import Comparison
    from simnet.report.charts import Chart

WIDTH = 6.4
"""Inches of a new figure."""


@dataclass(frozen=True)
class Plots:
    """What can be drawn of designs side by side: a method for each chart of the report, `dir()` lists them.

    Each draws on the axes `ax`, or on new ones, and returns them. New axes show themselves where they are the last
    line of a notebook's cell; `simnet.save(ax, "slide.png")` writes them. There is no pyplot state: `plt.show()` knows
    nothing of them.
    """

    scene: Callable[[], Scene]
    names: Mapping[str, str] | None = None
    """Shorter names of the designs."""

    def tradeoff(self, x: str = "cost.year", y: str | None = None, ax: Axes | None = None) -> Axes:
        """One figure against another, a mark a design with its intervals; `y` is the fill, unless it is named."""
        from simnet.report.charts.picture import drawing
        from simnet.report.charts.tradeoff import TRADEOFF, tradeoff

        comparison = self.scene().comparison
        for key in (x, *([] if y is None else [y])):
            comparison.kpi(key)  # says what is wrong with it
        with drawing("tradeoff", page=False):
            made = axes(TRADEOFF, TRADEOFF.height(comparison), comparison) if ax is None else ax
            return tradeoff(made, comparison, x, y, self.names)

    def fill_by_site(self, most: int | None = None, ax: Axes | None = None) -> Axes:
        """Customers' fill site by site: so many of the worst, and the span of the others.

        Without `most` there are 25, or as many as can be read on a smaller picture: about ten on a slide.
        """
        from simnet.report.charts.fill_by_site import FILL_BY_SITE, draw, height

        if most is not None and most < 1:
            raise SimnetError(Problem("fill_by_site shows at least one site", remedy="most=12"))
        chart = FILL_BY_SITE
        if most is not None:
            chart = replace(chart, draw=partial(draw, most=most), height=partial(height, most=most))
        return drawn(chart, self.scene(), ax)

    def __getattr__(self, name: str) -> Callable[..., Axes]:
        """The other charts, by their names."""
        if name.startswith("_"):
            raise AttributeError(name)
        chart = charts().get(name)
        if chart is None:
            remedy = did_you_mean(name, charts()) or f"charts are {', '.join(charts())}"
            raise NoChart(Problem(f"there is no chart '{name[:60]}'", remedy=remedy))

        def plot(ax: Axes | None = None) -> Axes:
            return drawn(chart, self.scene(), ax)

        plot.__name__ = plot.__qualname__ = name
        plot.__doc__ = f"{chart.title}. {chart.note}\n\nSection of the report: {chart.section}."
        return plot

    def __dir__(self) -> list[str]:
        return [*charts()]


class NoChart(SimnetError, AttributeError):
    """A chart that there is not."""


def charts() -> dict[str, Chart[Any]]:
    """Every chart by its name in Python."""
    from simnet.report.charts import CHARTS

    return {chart.name: chart for chart in CHARTS}


def drawn(chart: Chart[Any], scene: Scene, ax: Axes | None) -> Axes:
    """A chart on the axes given, or on new ones; `SimnetError` where the result has nothing to show."""
    from simnet.report.charts.picture import drawing

    subject = chart.of(scene)
    if not chart.shown(subject):
        problem = f"this result has nothing to show in the chart '{chart.name}'"
        raise SimnetError(Problem(problem, remedy="result.table and result.frame tell what was measured"))
    with drawing(chart.key, page=False):
        made = axes(chart, chart.height(subject), scene.comparison) if ax is None else ax
        made = chart.draw(made, subject) or made
        for name, had, give in ((chart.across, made.get_xlabel(), made.set_xlabel),
                                (chart.up, made.get_ylabel(), made.set_ylabel)):  # fmt: skip
            if name and not had:
                give(name)
        return made


def axes(chart: Chart[Any], height: float, comparison: Comparison) -> Axes:
    """New axes of a chart, with what may be written around them."""
    from simnet.report.charts.caption import caption
    from simnet.report.charts.picture import new_axes

    return new_axes(max(WIDTH, chart.width), height, caption(chart.title, chart.note, comparison))
