"""Charts as they are seen: nothing is cut off, no words stand on each other, colors are told in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from simnet.metrics import Comparison, compare
from simnet.report.charts import CHARTS, Chart
from simnet.report.charts.chart import WIDTH
from simnet.report.charts.class_wait import CLASS_WAIT
from simnet.report.charts.cost import COST
from simnet.report.charts.ladder import LADDER
from simnet.report.charts.room import columns_of
from simnet.report.html import Story, contents
from simnet.report.page import measured
from simnet.report.scene import Scene
from simnet.units import DAY
from tests.metrics import flowing, tiny

NAMES = ("surcharge-0", "surcharge-10", "surcharge-25", "surcharge-50", "higher-target", "pool-slow-movers")


def designs(count: int) -> Comparison:
    """Designs with names of an ordinary length, and an order flow."""
    return compare([flowing.design(name, (number, number + 1)) for number, name in enumerate(NAMES[:count])])


def drawn(chart: Chart[Any], comparison: Comparison) -> Axes:
    """The axes of a chart, laid out as on the page."""
    subject = chart.of(Scene(comparison))
    if not chart.shown(subject):
        pytest.skip("nothing to show")
    figure = Figure(figsize=(WIDTH, chart.height(subject)), layout="constrained")
    FigureCanvasAgg(figure)
    ax = figure.add_subplot()
    chart.draw(ax, subject)
    figure.draw_without_rendering()
    return ax


@pytest.mark.parametrize("count", [2, 4, 6])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_a_legend_is_not_cut_off(chart: Chart[Any], count: int) -> None:
    """All names of a legend are within the picture."""
    ax = drawn(chart, designs(count))
    legend = ax.get_legend()
    if legend is None:
        pytest.skip("no legend")
    box, page = legend.get_window_extent(), ax.figure.bbox
    assert box.x0 >= page.x0 and box.x1 <= page.x1 + 1
    assert box.y1 <= page.y1 + 1


@pytest.mark.parametrize(
    ("labels", "room", "columns"),
    [
        (["a"] * 4, 400, 4),
        (["a"] * 5, 400, 3),
        (["a"] * 6, 400, 3),
        (["a"] * 9, 400, 3),
        (["surcharge-50"] * 4, 380, 2),
        (["a"] * 4, 80, 2),
        (["a name of some thirty letters !"] * 3, 300, 1),
        ([], 300, 1),
    ],
)
def test_columns_of_a_legend(labels: list[str], room: float, columns: int) -> None:
    """As many columns as there is room for, four at most, in even rows."""
    assert columns_of(labels, room) == columns


def test_a_legend_is_read_row_by_row() -> None:
    """Five layers in two rows: the first three above, from left to right as in the bar."""
    ax = drawn(COST, designs(2))
    texts = ax.get_legend().get_texts()  # type: ignore[union-attr]
    boxes = [(-round(text.get_window_extent().y0), text.get_window_extent().x0, text.get_text()) for text in texts]
    read = [name for _, _, name in sorted(boxes)]
    assert read == list(ax.get_legend_handles_labels()[1])
    assert len({y for y, _, _ in boxes}) == 2


def words(ax: Axes) -> Iterator[Text]:
    """What is written in the chart itself."""
    return (text for text in ax.texts if text.get_text())


def promising(count: int) -> Comparison:
    """Designs whose vor and day orders both have a promise."""
    rows = flowing.classes()
    rows["need_by"] = [0, 2 * DAY, DAY]
    found = [flowing.design(name, (number, number + 1), classes=rows) for number, name in enumerate(NAMES[:count])]
    return compare(found)


@pytest.mark.parametrize("count", [1, 2, 4, 6])
def test_promises_stand_clear(count: int) -> None:
    """The word at a promise stands on no wait, no other word and no legend."""
    ax = drawn(CLASS_WAIT, promising(count))
    promised = [text.get_window_extent() for text in words(ax) if text.get_text() == "promised"]
    assert len(promised) == 2
    others = [text.get_window_extent() for text in words(ax) if text.get_text() != "promised"]
    legend = ax.get_legend()
    solid = [line.get_window_extent() for line in ax.lines if line.get_linestyle() == "-"]
    for box in promised:
        assert not any(overlap(box, other) for other in (*others, *solid))
        assert legend is None or not overlap(box, legend.get_window_extent())
        assert box.y1 <= ax.figure.bbox.y1


def overlap(one: Bbox, other: Bbox) -> bool:
    """Whether two boxes share more than an edge."""
    return bool(one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
@pytest.mark.parametrize("count", [1, 4])
def test_numbers_of_an_axis_stand_apart(chart: Chart[Any], count: int) -> None:
    """Numbers below a chart do not run into each other, and are written out."""
    comparison = promising(count)
    ax = drawn(chart, comparison)
    texts = [text for text in ax.get_xticklabels() if text.get_text()]
    low, high = sorted(ax.get_xlim())
    shown = [text for text, at in zip(texts, ax.get_xticks(), strict=False) if low <= at <= high]
    boxes = sorted((text.get_window_extent() for text in shown), key=lambda box: box.x0)
    assert all(one.x1 < other.x0 for one, other in zip(boxes, boxes[1:], strict=False))
    assert not any("e+" in text.get_text() for text in (*texts, *ax.get_yticklabels()))


@pytest.mark.parametrize("wide", [3.4, WIDTH, 10.0])
def test_numbers_of_the_ladder_are_where_there_is_room(wide: float) -> None:
    """A number that would fit into its rung is not left out, and none reaches beyond it; those of 99.96 % say so."""
    comparison = designs(2)
    key = "fill.system.line"
    high = {name: {**levels, key: replace(levels[key], mean=0.9996)} for name, levels in comparison.levels.items()}
    figure = Figure(figsize=(wide, 2.5), layout="constrained")
    FigureCanvasAgg(figure)
    ax = figure.add_subplot()
    LADDER.draw(ax, replace(comparison, levels=high))
    figure.draw_without_rendering()
    bars = {round(bar.get_x() + bar.get_width(), 6): bar.get_window_extent() for bar in ax.patches}
    told = [text for text in words(ax) if isinstance(text, Annotation)]
    assert "system 99.96 %" in [text.get_text() for text in told]
    for text in told:
        if not text.get_text().startswith("system"):
            bar, box = bars[round(text.xy[0], 6)], Text.get_window_extent(text)
            room = bar.width - box.width - 4 * figure.dpi / 72
            assert room > 0 if text.get_visible() else room < 16 * figure.dpi / 72


def test_days_are_written_out() -> None:
    """Tens of thousands of days are 20,000 d, not 2e+04 d."""
    chart = next(chart for chart in CHARTS if chart.key == "causes-days")
    ax = drawn(chart, compare([many_days()]))
    assert "20,000 d" in [text.get_text() for text in ax.get_xticklabels()]


def many_days() -> Any:
    """A design whose misses waited some thirty thousand days a year."""
    tally = flowing.ordinary()
    why = tally.why.copy()
    why["minutes"] *= 200
    return tiny.result("long", flowing.network(), [replace(tally, why=why)])


def test_where_nobody_asks_is_not_told() -> None:
    """Kinds of sources at which no design finds anything, and causes that nothing has, have no row."""
    comparison = designs(2)
    _, body = LADDER.numbers(comparison)
    told = {row[0] for row in body}
    assert {"of it facing", "of it lateral", "from a supplier"} <= told
    assert not {"of it referral", "of it central"} & told
    keys = measured(comparison)
    assert "found.lateral.line" in keys and "found.referral.line" not in keys
    assert "why.not-stocked-here.line" in keys and "why.reserved.line" not in keys
    assert "fill.line" in keys and "lost.share" in keys
    every = contents(Scene(comparison), Story(title="flows"))["every"].values()
    shown = [row for grid in every if grid is not None for row in grid.rows]
    assert shown
    assert not any("referral" in str(row) and "found" in str(row) for row in shown)
