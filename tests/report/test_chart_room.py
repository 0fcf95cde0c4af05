"""Words and numbers in charts: one unit a chart, none lacking, none on another, fewer rows where there is less room."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import simnet as sn
from simnet.metrics import Comparison, Estimate, compare
from simnet.report.charts import fill_by_site, layers
from simnet.report.charts.dots import Row, dots, height_of
from simnet.report.charts.layers import Layer
from simnet.report.charts.parts import spread
from simnet.report.charts.tradeoff_names import MARK, Name, label
from simnet.report.scene import Scene
from simnet.study.plots import Plots
from tests.metrics import tiny

NUMBER = re.compile(r"^-?[\d.,]+")


def blank(wide: float, high: float) -> Axes:
    """Empty axes of a size in inches."""
    figure = Figure(figsize=(wide, high), layout="constrained")
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def laid_out(ax: Axes) -> list[Text]:
    """What is written in the chart itself, where it stands in the picture."""
    ax.figure.draw_without_rendering()  # type: ignore[union-attr]
    return [text for text in ax.texts if text.get_visible() and text.get_text()]


def overlap(one: Bbox, other: Bbox, least: float = 0.5) -> bool:
    """Whether two boxes share more than half a pixel."""
    return (
        one.x0 + least < other.x1 and other.x0 + least < one.x1
        and one.y0 + least < other.y1 and other.y0 + least < one.y1
    )  # fmt: skip


def clear(texts: list[Text]) -> bool:
    """Whether no words stand on others."""
    boxes = [text.get_window_extent() for text in texts]
    return not any(overlap(box, other) for at, box in enumerate(boxes) for other in boxes[:at])


def money(value: float, half: float | None = None) -> Estimate:
    """An amount."""
    return Estimate(value, half, "EUR", (value,))


def stacked(amounts: list[list[float]], half: float | None, wide: float) -> Axes:
    """Bars of so many designs, a list of layers each."""
    comparison = compare([tiny.design(f"design {at}") for at in range(len(amounts))])
    found = [Layer(f"layer {at}", [money(each) for each in row]) for at, row in enumerate(zip(*amounts, strict=True))]
    ax = blank(wide, 0.8 + 0.42 * len(amounts))
    layers.bars(ax, comparison, found, [money(sum(row), half) for row in amounts])
    return ax


@pytest.mark.parametrize("wide", [4.2, 5.4, 6.4, 12.0])
@pytest.mark.parametrize(
    ("amounts", "half", "parts", "totals"),
    [
        ([[166e3, 137e3, 398e3, 113e3], [166e3, 0, 400e3, 88e3]], 1.5e3,
         ["166", "137", "398", "113", "166", "400", "88"], ["814 kEUR ±2", "654 kEUR ±2"]),
        ([[0.98e6, 0.55e6, 0.37e6]], 2e3, ["0.98", "0.55", "0.37"], ["1.900 MEUR ±0.002"]),
        ([[9_000.0, 600.0, 300.0], [50e6, 5e6, 2e6]], 0.6e6, ["9", "1", "50,000", "5,000", "2,000"],
         ["10 kEUR ±600", "57,000 kEUR ±600"]),
        ([[233e3, 69e3, 10e3, 158e3, 22e3, 2e3]], None, ["233", "69", "10", "158", "22", "2"], ["494 kEUR"]),
        ([[5.0, 3.0]], 0.004, ["5.00", "3.00"], ["8.000 EUR ±0.004"]),
        ([[5.0, 3.0]], 1e-9, ["5.00", "3.00"], ["8.00 EUR ±<0.01"]),
    ],
)  # fmt: skip
def test_a_chart_has_one_unit_and_no_part_lacks_its_number(
    amounts: list[list[float]], half: float | None, parts: list[str], totals: list[str], wide: float
) -> None:
    """Parts, totals and axis count in the same unit; numbers of narrow parts stand above them, on nothing else."""
    ax = stacked(amounts, half, wide)
    texts = laid_out(ax)
    told = [text.get_text() for text in texts]
    assert sorted(told) == sorted([*parts, *totals])
    assert clear(texts)
    units = {NUMBER.sub("", each.get_text()).strip() for each in ax.get_xticklabels()}
    assert units == {totals[-1].split()[1]}


def test_numbers_above_narrow_parts_stay_in_order() -> None:
    """A knot of them stands about its own mean; apart ones do not move."""
    assert spread([0, 1, 50], [10, 10, 10]) == pytest.approx([-4.5, 5.5, 50])
    assert spread([], []) == []
    found = spread([5, 6, 7, 18], [6, 6, 6, 6])
    assert found == sorted(found) and all(b - a >= 6 - 1e-9 for a, b in zip(found, found[1:], strict=False))


@pytest.mark.parametrize("designs", [1, 2, 3, 4])
@pytest.mark.parametrize("half", [None, 0.001, 0.02, 0.1, 0.4])
def test_a_number_stands_on_no_line(designs: int, half: float | None) -> None:
    """However wide the interval: right of it in its own line, on no interval, mark or number, within the picture."""
    names = [f"design {at}" for at in range(designs)]
    rows = [Row(f"place {at}", [Estimate(0.93 + 0.01 * at, half, "share", ())] * designs) for at in range(6)]
    for wide in (3.4, 5.4, 9.0):
        ax = blank(wide, height_of(rows, names, 0.3))
        dots(ax, rows, names)
        texts = laid_out(ax)
        assert len(texts) == 6 * designs and clear(texts)
        point, digits = ax.figure.dpi / 72, [digits_of(text) for text in texts]
        ends = [ax.transData.transform(piece.vertices) for lines in ax.collections for piece in lines.get_paths()]  # type: ignore
        lines = [Bbox([each.min(axis=0) - 0.5, each.max(axis=0) + 0.5]) for each in ends]
        assert not any(overlap(box, line) for box in digits for line in lines)
        for box, text in zip(digits, texts, strict=True):
            end = ax.transData.transform((min(100.0, float(text.get_text()) + 100 * (half or 0.0)), 0))[0]
            assert 0 < box.x0 - end < 8 * point and box.x1 < ax.figure.bbox.x1


def digits_of(text: Text) -> Bbox:
    """Where the digits of a number are, without the room of a line above and below them."""
    box = text.get_window_extent()
    return Bbox([[box.x0, box.y0 + 0.1 * box.height], [box.x1, box.y1 - 0.1 * box.height]])


def test_intervals_of_shares_end_at_0_and_100_percent() -> None:
    """97 % ±20 reaches to 100 %, 2 % ±20 to 0 %."""
    ax = blank(5.4, 2)
    dots(ax, [Row("a", [Estimate(0.97, 0.2, "share", ())]), Row("b", [Estimate(0.02, 0.2, "share", ())])], ["x"])
    ends = [x for lines in ax.collections for piece in lines.get_paths() for x in piece.vertices[:, 0]]  # type: ignore
    assert min(ends) == pytest.approx(0) and max(ends) == pytest.approx(100)


def named(count: int, seed: int, crowded: bool) -> list[Name]:
    """Designs at random, or all about the same place, with wide intervals."""
    chance = random.Random(seed)
    spreads = 0.02 if crowded else 1.0
    return [
        Name((500 + 100 * spreads * chance.random(), 90 + 5 * spreads * chance.random()),
             (chance.uniform(0, 12), chance.uniform(0, 0.8)), f"a design no. {at}", chance.random() < 0.5)
        for at in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("wide", [4.2, 6.4])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("count", "crowded"), [(1, False), (5, False), (8, False), (4, True)])
def test_names_of_designs_stand_on_no_mark(count: int, crowded: bool, seed: int, wide: float) -> None:
    """Every design has its name; it stands on no mark and no other name, within the axes."""
    found = named(count, seed, crowded)
    ax = blank(wide, 3.6)
    for each in found:
        ax.errorbar(*each.at, xerr=each.half[0], yerr=each.half[1], fmt="o")
    label(ax, found, found, -1)
    texts = laid_out(ax)
    assert len(texts) == count and clear(texts)
    point = ax.figure.dpi / 72
    for text in texts:
        box = text.get_window_extent()
        for each in found:
            x, y = ax.transData.transform(each.at)
            mark = Bbox(
                [[x - 0.7 * MARK * point, y - 0.7 * MARK * point], [x + 0.7 * MARK * point, y + 0.7 * MARK * point]]
            )
            assert not overlap(box, mark), text.get_text()
        assert ax.figure.bbox.x0 <= box.x0 and box.x1 <= ax.figure.bbox.x1


@pytest.fixture
def sixty(monkeypatch: pytest.MonkeyPatch) -> Comparison:
    """Five designs with sixty sites."""
    rows = [Row(f"site {at}", [Estimate(0.5 + 0.006 * at, 0.02, "share", ())] * 5) for at in range(60)]
    monkeypatch.setattr(fill_by_site, "sites", lambda _: rows)
    return compare([tiny.design(f"design {at}") for at in range(5)])


@pytest.mark.parametrize(
    ("size", "least", "most"), [("slide", 7, 13), ("half-slide", 7, 13), ("column", 25, 25), ("page", 25, 25)]
)
def test_a_slide_shows_as_many_sites_as_can_be_read(
    size: str, least: int, most: int, sixty: Comparison, tmp_path: Path
) -> None:
    """The worst of them, and how many others there are; words on a slide are as large as in other charts."""
    ax = Plots(lambda: Scene(sixty)).fill_by_site()
    ax.set_title("Mine")
    text = sn.save(ax, tmp_path / "a.svg", size).read_text("utf-8")
    shown = len(re.findall(r">site \d+<", text))
    assert least <= shown <= most and f">{60 - shown} others<" in text and ">Mine<" in text
    if "slide" in size:
        times = float(re.findall(r'width="([\d.]+)pt"', text)[0]) / float(re.findall(r'viewBox="0 0 ([\d.]+)', text)[0])
        assert min(float(each) for each in re.findall(r"font-size: ([\d.]+)px", text)) * times >= 12
    assert len(ax.get_yticklabels()) == 26


def test_who_asks_for_a_number_of_sites_gets_them(sixty: Comparison, tmp_path: Path) -> None:
    """Forty are forty on a slide too."""
    ax = Plots(lambda: Scene(sixty)).fill_by_site(most=40)
    text = sn.save(ax, tmp_path / "a.svg", "slide").read_text("utf-8")
    assert len(re.findall(r">site \d+<", text)) == 40
