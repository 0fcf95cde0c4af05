"""Waterfall, dealers, demand and warm-up: tables of cases for what they show, name and say."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import PathPatch

import simnet as sn
from simnet.demand.patterns import kinds
from simnet.metrics import Comparison, compare
from simnet.report import Scene
from simnet.report.charts import dealers, demand, fill_by_class, svg, waterfall
from simnet.report.charts.cells import cell_of, gathered
from simnet.report.charts.chart import Chart
from simnet.report.charts.dealers import DEALERS, Dealer, Dealers
from simnet.report.charts.demand import DEMAND
from simnet.report.charts.style import color
from simnet.report.charts.warmup import WARMUP
from simnet.report.charts.waterfall import WATERFALL, Bar, number, one_scale
from simnet.report.scene import DemandPattern
from simnet.study.plots import Plots
from tests.metrics import flowing, tiny

HOSTILE = ("<script>alert(1)</script>", "$x^2$ \\frac{1}{0$", "备品仓库", "🚚 van", "w" * 200, "مستودع")


def designs(count: int, lucks: tuple[int, ...] = (0, 2, 4)) -> Comparison:
    """Designs under hostile names, each luckier than the one before."""
    return compare([flowing.design(HOSTILE[n], tuple(luck + n for luck in lucks)) for n in range(count)])


def pattern(parts: int) -> DemandPattern:
    """Parts asked now and then."""
    chance = np.random.default_rng(5)
    return DemandPattern(1 + chance.lognormal(0, 1.2, parts), chance.lognormal(-1, 1, parts))


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("lucks", [(0,), (0, 2, 4)])
@pytest.mark.parametrize("chart", [WATERFALL, DEALERS, WARMUP, DEMAND], ids=lambda chart: chart.key)
def test_any_comparison_is_drawn(chart: Chart[Any], lucks: tuple[int, ...], count: int) -> None:
    """One, two or five designs, one replication or three: well-formed, text as text, the same bytes again."""
    scene = Scene(designs(count, lucks), demand={HOSTILE[0]: pattern(50)})
    subject = chart.of(scene)
    assert chart.shown(subject) == (chart is not WATERFALL or count > 1)
    if not chart.shown(subject):
        return
    text = svg(chart, scene)
    root = ElementTree.fromstring(text)
    assert not [each for each in root.iter() if each.tag.endswith("script")]
    assert svg(chart, scene) == text
    header, body = chart.numbers(subject)
    assert body and all(len(row) == len(header) for row in body)
    assert len(chart.finding(subject)) < 1500


@pytest.mark.parametrize(("design", "sign"), [(1, -1), (2, -1)])
def test_components_add_up_to_the_total(design: int, sign: int) -> None:
    """The last component ends where the total does, and each starts where the one before it ended."""
    comparison = designs(3)
    found = waterfall.bars(comparison, comparison.designs[design])
    *parts, whole = found
    assert parts[-1].end == pytest.approx(whole.end)
    assert [each.start for each in parts] == pytest.approx([0.0, *(each.end for each in parts[:-1])])
    difference = comparison.difference(comparison.designs[design], "cost.year")
    assert difference is not None
    assert (whole.end, whole.half) == (difference.mean, difference.half_width)
    assert whole.end * sign > 0


def test_a_waterfall_without_interval_says_so() -> None:
    """One replication."""
    assert "One replication: no interval." in waterfall.finding(designs(2, (0,)))
    assert "no interval" not in waterfall.finding(designs(2))


def test_a_waterfall_names_both_designs_and_one_unit() -> None:
    """Who costs more than whom, without a second colon; total and part are in one unit."""
    comparison = designs(2)
    told = waterfall.finding(comparison)
    assert ":" not in told and "Against" not in told
    assert all(name in told for name in comparison.designs)
    units = re.findall(r"[0-9.,]+ ([kMG]?[A-Z]{3})", told)
    assert units and len(set(units)) == 1


@pytest.mark.parametrize(
    ("total", "half", "shown"),
    [
        (15_900.0, 300.0, "+15.9 ±0.3 kEUR"),
        (60_000.0, 300.0, "+60.0 ±0.3 kEUR"),
        (600_000.0, 300.0, "+600.0 ±0.3 kEUR"),
        (600_000.0, 0.01, "+600 ±<1 kEUR"),
        (600_000.0, 0.0, "+600 ±0 kEUR"),
        (600_000.0, None, "+600 kEUR"),
    ],
)
def test_a_total_is_not_more_certain_than_it_is(total: float, half: float | None, shown: str) -> None:
    """Where there is an interval it is not written as nothing."""
    bar = Bar("in all", 0.0, total, half)
    how = one_scale(designs(2), [bar])
    assert f"{number(bar, how)} {how.unit}" == shown


def test_same_costs_are_no_waterfall() -> None:
    """Two designs that cost the same have nothing to show."""
    assert not WATERFALL.shown(compare([tiny.design("a"), tiny.design("b")]))


def many(count: int, far: int = 0) -> Dealers:
    """Dealers about 90 % and four turns; the first `far` of them fill nothing."""
    chance = random.Random(2)
    made = [Dealer(f"dealer {n}", 0.9 + chance.gauss(0, 0.01), 4 + chance.gauss(0, 0.2), 10.0) for n in range(count)]
    return Dealers("a", 0, tuple(replace(each, fill=0.1) if n < far else each for n, each in enumerate(made)), 0)


@pytest.mark.parametrize(("count", "far", "names"), [(4, 1, 0), (30, 0, 0), (30, 1, 1), (30, 6, 6), (2000, 3, 3)])
def test_who_is_far_from_the_others(count: int, far: int, names: int) -> None:
    """By the median absolute deviation; of fewer than five dealers nobody can be told."""
    found = dealers.outliers(many(count, far).found)
    assert {each.name for each in found[:far]} >= {f"dealer {n}" for n in range(min(far, names))}
    assert bool(found) == bool(names) or len(found) <= 2


def test_alike_dealers_have_no_outliers() -> None:
    """A spread of nothing makes nobody stand out."""
    assert not dealers.outliers([Dealer(f"d{n}", 0.9, 2.0, 1.0) for n in range(20)])


def test_dealers_of_the_tiny_network() -> None:
    """Lyon has stock and customers; Turin has customers and no stock, and is counted."""
    found = dealers.dealers(tiny.design("a", (0,)), 0)
    assert [(each.name, each.fill) for each in found.found] == [("lyon", pytest.approx(66 / 91))]
    assert found.without == 1
    assert "Without stock, so without turns: 1." in dealers.finding(compare([tiny.design("a", (0,))]))


@pytest.mark.parametrize("count", [1, 3, 2000])
def test_many_dealers_make_a_small_picture(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two thousand dots in each of three panels take less than 120 kB."""
    shown = [replace(many(count, min(count, 3)), design=HOSTILE[n], number=n) for n in range(3)]
    monkeypatch.setattr(dealers, "dealers_of", lambda comparison: shown)
    text = svg(DEALERS, Scene(designs(3)))
    assert len(text.encode()) < 120_000


@pytest.mark.parametrize("parts", [1, 40, 3000, 20_000])
def test_many_parts_make_a_small_picture(parts: int) -> None:
    """Up to 3,000 parts have a dot each; more are gathered."""
    scene = Scene(designs(1), demand={"a": pattern(parts)})
    text = svg(DEMAND, scene)
    assert len(text.encode()) < 120_000
    assert text == svg(DEMAND, scene)
    assert f"Of {parts:,} parts with demand" in DEMAND.finding(DEMAND.of(scene))


@pytest.mark.parametrize("parts", [60, 5000])
def test_every_dot_is_in_a_picture_of_pixels(parts: int) -> None:
    """There is ink at each of them, wherever it lies between two pixels."""
    ax = Plots(lambda: Scene(designs(1), demand={"a": pattern(parts)})).demand()
    canvas = FigureCanvasAgg(ax.figure)  # type: ignore[arg-type]
    canvas.draw()
    found = [patch for patch in ax.patches if isinstance(patch, PathPatch)]
    dots = np.concatenate([patch.get_transform().transform(patch.get_path().vertices[::2]) for patch in found])
    pixels = np.asarray(canvas.buffer_rgba())[::-1]
    ink = pixels[dots[:, 1].astype(int), dots[:, 0].astype(int), :3].min(axis=-1)
    assert len(dots) > 40 and (ink < 250).all()


def test_shares_of_the_four_classes() -> None:
    """A part in each region: a quarter each, written in; the limits belong to the rarer and the more uneven."""
    found = DemandPattern(np.array([1.0, 1.0, 1.32, 9.0]), np.array([0.0, 0.49, 0.48, 5.0]))
    assert kinds(found.adi, found.cv2).tolist() == [0, 1, 2, 3]
    assert set(demand.shares(found).values()) == {0.25}
    text = svg(DEMAND, Scene(designs(1), demand={"a": found}))
    assert all(f"{name} 25 %" in text for name in ("smooth", "erratic", "intermittent", "lumpy"))
    _, rows = demand.numbers(DEMAND.of(Scene(designs(1), demand={"a": found})))
    assert [row[1] for row in rows] == ["1", "1", "1", "1"]


def scene_of(*patterns: DemandPattern) -> Scene:
    """Designs with a demand each."""
    return Scene(designs(len(patterns)), demand=dict(zip(HOSTILE, patterns, strict=False)))


def test_the_same_demand_is_drawn_once_and_said_to_be_the_same() -> None:
    """Equal demands of several designs are one; of a single design nothing is said of others."""
    one, twin = scene_of(pattern(40)), scene_of(pattern(40), pattern(40))
    assert len(DEMAND.of(twin).patterns) == 1
    assert DEMAND.finding(DEMAND.of(twin)) == f"{DEMAND.finding(DEMAND.of(one))} The same in all designs."
    some = Scene(designs(3), demand={name: pattern(40) for name in HOSTILE[:2]})
    assert DEMAND.finding(DEMAND.of(some)).endswith("The same in the first 2 designs.")


def test_demands_that_differ_have_a_color_each_and_a_sentence_each() -> None:
    """With a legend, shares of each in the corners, and rows of each; of more than three it is said how many."""
    found = scene_of(pattern(40), pattern(60), pattern(40), pattern(80), pattern(90))
    demands = DEMAND.of(found)
    assert [names for _, names in demands.patterns][:2] == [(HOSTILE[0], HOSTILE[2]), (HOSTILE[1],)]
    text, told = svg(DEMAND, found), DEMAND.finding(demands)
    assert all(color(at) in text for at in range(3)) and "+1" in text
    assert "of 40 parts" in told and "of 80 parts" in told and "1 more ask in yet other ways" in told
    assert len(DEMAND.numbers(demands)[1]) == 12
    assert len({row[0] for row in DEMAND.numbers(demands)[1]}) == 12


def test_a_sample_of_parts_is_told_as_such() -> None:
    """A network that is run in slices is never looked at whole."""
    demands = DEMAND.of(scene_of(replace(pattern(40), sampled=True)))
    assert "taken evenly from a larger catalog" in DEMAND.finding(demands)
    assert "larger catalog" not in DEMAND.finding(DEMAND.of(scene_of(pattern(40))))


def test_no_demand_no_chart() -> None:
    """Where nobody asks for anything, there is no chart of it."""
    assert not DEMAND.shown(DEMAND.of(Scene(designs(1))))


def test_cells_gather_dots() -> None:
    """Dots of a cell are one in their middle, by weight; without weight their plain mean."""
    points = np.array([[0.1, 0.1], [0.3, 0.5], [5.0, 5.0]])
    number = cell_of(points, 1.0)
    assert number.tolist() == [0, 0, 1]
    assert gathered(points, number) == pytest.approx(np.array([[0.2, 0.3], [5.0, 5.0]]))
    assert gathered(np.array([1.0, 4.0, 2.0]), number, np.array([1.0, 2.0, 0.0])).tolist() == [3.0, 2.0]


def test_a_class_that_nobody_stocks_is_told_so() -> None:
    """0.0 % is no accident where the rules keep it off the dealers' shelves."""
    path = Path(__file__).parents[2] / "scenarios" / "demo" / "demo.yaml"
    short = {"run.length": "60 d", "run.warm_up": "0 d", "run.replications": "1"}
    found = sn.load(path, short).run(folder=None).comparison
    assert "class z is filled least (0.0 %)" in fill_by_class.finding(found)
    assert "; no dealer has stock of z, so nothing of it is found on the shelf" in fill_by_class.finding(found)
    kept = sn.load(path, {**short, "stocking.rules": "[]"}).run(folder=None).comparison
    assert "has stock of" not in fill_by_class.finding(kept)
