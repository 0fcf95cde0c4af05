"""What stands around a chart that is saved: its title, how to read it, where it is from, and what its axes measure."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure

import simnet as sn
from simnet.metrics import Comparison, compare
from simnet.report.charts import CHARTS, svg
from simnet.report.charts.picture import drawing, resized, room_of
from simnet.report.charts.style import SIZES
from simnet.report.scene import Scene
from tests.metrics import flowing
from tests.report.test_pictures import BEYOND_SUMS, NAMED, plots


@pytest.fixture(scope="module")
def two() -> Comparison:
    """Two designs with an order flow."""
    return compare([flowing.design("a"), flowing.design("b", (5, 6, 8))])


def written(picture: Path) -> list[str]:
    """The words of an SVG, in their order."""
    root = ElementTree.fromstring(picture.read_text(encoding="utf-8"))
    return ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    ("size", "title", "told"),
    [
        ("slide", None, "Cost a year"),
        ("slide", False, ""),
        ("slide", "What it costs", "What it costs"),
        ("half-slide", None, ""),
        ("half-slide", True, "Cost a year"),
        ("column", True, "Cost a year"),
        ("page", "What it costs", "What it costs"),
    ],
)
def test_a_slide_says_what_it_shows(
    size: str, title: bool | str | None, told: str, two: Comparison, tmp_path: Path
) -> None:
    """Its title, how to read it and what was simulated, on a slide or where asked for; the chart is as it was."""
    ax = plots(two).cost()
    words = written(sn.save(ax, tmp_path / "a.svg", size, title=title))
    alone = written(sn.save(ax, tmp_path / "b.svg", size, title=False))
    around = [text for text in words if text not in alone]
    if told:
        assert around[0] == told and "running the network costs" in " ".join(around)
        assert "Simulated with simnet: a · 2 designs" in " ".join(around) and "replication" in around[-1]
    else:
        assert around == []
    assert ax.figure.texts == [] and getattr(ax.figure, "frame", (0,) * 4) == (0,) * 4


def test_a_title_of_ones_own_is_that_of_the_slide(two: Comparison, tmp_path: Path) -> None:
    """A title that the axes were given stands where the chart's would, once, and stays on the axes."""
    ax = plots(two).fill_by_site()
    ax.set_title("Dealers we must talk about")
    words = written(sn.save(ax, tmp_path / "a.svg"))
    assert words.count("Dealers we must talk about") == 1 and "Lines filled at once, by site" not in words
    assert ax.get_title() == "Dealers we must talk about" and ax.title.get_visible()
    assert "Dealers we must talk about" in written(sn.save(ax, tmp_path / "a.svg", "page"))


def test_of_ones_own_figure_the_title_is_ones_own(two: Comparison, tmp_path: Path) -> None:
    """Nothing is written around it unless asked for, and then in the words given."""
    figure = Figure()
    ax = plots(two).stock(ax=figure.add_subplot())
    assert not any("Simulated" in text for text in written(sn.save(ax, tmp_path / "a.svg")))
    assert "The stock" in written(sn.save(ax, tmp_path / "a.svg", title="The stock"))
    with pytest.raises(sn.SimnetError, match="your own") as caught:
        sn.save(ax, tmp_path / "b.svg", title=True)
    assert 'title="' in str(caught.value.problems[0].remedy) and not (tmp_path / "b.svg").exists()


@pytest.mark.parametrize("name", [name for name in NAMED if name not in BEYOND_SUMS])
def test_nothing_of_a_chart_stands_on_the_words_around_it(name: str, two: Comparison, tmp_path: Path) -> None:
    """On a slide the chart with all its words is below its title and above its source."""
    from simnet.report.charts import caption

    ax = getattr(plots(two), name)()
    figure: Any = ax.figure
    told = caption.Caption("Title " * 40, "Note " * 80, "Source " * 80)
    lines, frame = caption.laid_out(told, SIZES["slide"])
    wide, high, times = room_of(figure, SIZES["slide"], frame)
    shrunk = [line.shrunk(times) for line in lines]
    with drawing("picture", page=False), caption.around(ax, shrunk, frame.shrunk(times), wide, high):
        resized(figure, wide, high)
        figure.draw_without_rendering()
        top = min(text.get_window_extent().y0 for text in figure.texts if text.get_va() == "top")
        bottom = max(text.get_window_extent().y1 for text in figure.texts if text.get_va() == "bottom")
        boxes = [each.get_tightbbox() for each in figure.axes]
        assert len(lines) == 6 and all(box.y1 <= top + 1 and box.y0 >= bottom - 1 for box in boxes)
        assert all(text.get_window_extent().x1 <= figure.bbox.width for text in figure.texts)


@pytest.mark.parametrize(
    ("name", "across", "up"),
    [
        ("stock", "", "stock on hand"),
        ("wait", "time since asking", "lines still waiting"),
        ("fill_by_site", "lines filled at once", ""),
    ],
)
def test_axes_say_what_they_measure(name: str, across: str, up: str, two: Comparison, tmp_path: Path) -> None:
    """A picture stands alone, so its axes have names at each size; on the page the title has said it."""
    ax = getattr(plots(two), name)()
    for size in SIZES:
        words = written(sn.save(ax, tmp_path / "a.svg", size))
        assert all(each in words for each in (across, up) if each)
    chart = next(chart for chart in CHARTS if chart.name == name)
    assert not any(f">{each}<" in svg(chart, Scene(two)) for each in (across, up) if each)
