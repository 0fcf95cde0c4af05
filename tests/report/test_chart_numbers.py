"""What charts say: curves, bands, frontiers and sums agree with the KPIs, and sentences with the curves."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.figure import Figure

import simnet as sn
from simnet.metrics import Comparison, compare
from simnet.metrics.intervals import estimate as measured
from simnet.report.charts import (
    amounts_by_month,
    causes,
    fill_by_class,
    fill_by_month,
    layers,
    stock_value,
    tradeoff,
    wait,
)
from simnet.report.charts.causes import CAUSES_BY_DAYS, CAUSES_BY_LINES
from simnet.report.charts.class_wait import CLASS_WAIT
from simnet.report.charts.cost import COST
from simnet.report.charts.fill_by_site import FILL_BY_SITE, sites
from simnet.report.charts.rush import RUSH
from simnet.report.charts.tradeoff import Beaten, Dot
from simnet.report.charts.words import against_first
from simnet.report.rows import SHELF, SYSTEM
from tests.cli.commands import tiny as tiny_scenario
from tests.metrics import flowing, tiny


@pytest.fixture(scope="module")
def plain() -> Comparison:
    """Two designs in which nothing is lost."""
    return compare([tiny.design("a"), tiny.design("b", (5, 6, 8))])


@pytest.fixture(scope="module")
def flow() -> Comparison:
    """Two designs with an order flow."""
    return compare([flowing.design("a"), flowing.design("b", (5, 6, 8))])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """A scenario that was run."""
    folder: Path = tmp_path_factory.mktemp("run")
    study = sn.load(tiny_scenario(folder, **{"seed: 7": "seed: 7, engine: simpy"}))
    return study.run(replications=3, folder=None).comparison


@pytest.mark.parametrize(("days", "window"), [(1 / 6, "4h"), (1.0, "24h"), (2.0, "48h"), (3.0, "72h")])
def test_who_still_waits_is_who_was_not_served_by_then(days: float, window: str, plain: Comparison) -> None:
    """Up to the age of lines that are open, the curve of waits is one less the share done within; nothing is lost."""
    for result in plain.results:
        done = plain.levels[result.name][f"within.{window}"]
        left = wait.waiting(result, [days])[0]
        assert left.mean == pytest.approx(1 - (done.mean or 0.0))
        assert left.half_width == pytest.approx(done.half_width)


@pytest.mark.parametrize("share", [50, 90, 95, 99])
def test_the_curve_of_waits_passes_the_percentiles(share: int, flow: Comparison) -> None:
    """After the wait that 95 % of lines do not exceed, 5 % still wait, in each replication."""
    for result in flow.results:
        for number, days in enumerate(flow.levels[result.name][f"wait.p{share}"].values):
            one = replace(result, sums=(result.sums[number],))
            left = wait.waiting(one, [days or 0.0])[0]
            assert days == 0 or left.mean == pytest.approx(1 - share / 100, abs=1e-3)


def test_the_curve_of_waits_begins_at_what_was_not_filled(plain: Comparison) -> None:
    """At no time at all those wait that were not served at once; the curve never rises."""
    for result in plain.results:
        curve = [each.mean or 0.0 for each in wait.waiting(result, [0.0, 0.5, 1.0, 3.0, 30.0, 400.0])]
        assert curve[0] == pytest.approx(1 - (plain.levels[result.name]["fill.line"].mean or 0.0))
        assert curve == sorted(curve, reverse=True)


def test_months_of_backlog_add_up_to_what_is_owed(run: Comparison) -> None:
    """The mean backlog over the months, by their lengths, is what the tiers owe together."""
    result = run.results[0]
    outline = result.outline
    series = amounts_by_month.backlog(run)[0]
    lengths = [int(outline.month_start[at + 1] - outline.month_start[at])
               for at in range(outline.first_month, outline.months)]  # fmt: skip
    mean = sum((each.mean or 0.0) * days for each, days in zip(series.values(), lengths, strict=True)) / sum(lengths)
    owed = [run.level(result.name, f"owed.{tier}.units") for tier in outline.tier_names]
    assert mean == pytest.approx(sum(each.mean or 0.0 for each in owed if each is not None))
    assert mean > 0


def test_months_leave_the_warm_up_out(run: Comparison) -> None:
    """The first month shown is the first that is measured, and the last stock is that at the horizon."""
    outline = run.results[0].outline
    months = list(amounts_by_month.stock(run)[0])
    assert months == list(outline.month_labels[outline.first_month :]) and outline.first_month > 0
    frame = sn.metrics.frame(run, "stock.on_hand.value", ["month"])
    shown = [each.mean for each in amounts_by_month.stock(run)[0].values()]
    assert shown == pytest.approx(list(frame["value"]))


def test_fill_by_month_is_that_of_frames(run: Comparison) -> None:
    """Means and half widths of the band."""
    frame = sn.metrics.frame(run, "fill.line", ["month"])
    found = fill_by_month.series(run)[0].values()
    assert [each.mean for each in found] == pytest.approx(list(frame["value"]))
    assert [each.half_width for each in found] == pytest.approx(list(frame["half_width"]))


def test_the_worst_site_comes_first(flow: Comparison) -> None:
    """Sites by the fill of the first design; the sentence names the first and the last."""
    found = sites(flow)
    fills = [(row.levels[0].mean or 0.0) for row in found if row.levels[0] is not None]
    assert fills == sorted(fills) and len(fills) == 2
    said = FILL_BY_SITE.finding(flow)
    assert f"{found[0].name} is worst at {100 * fills[0]:.1f} %" in said and f"{found[-1].name} best" in said


def test_classes_of_parts_and_of_orders_stand_apart(flow: Comparison, plain: Comparison) -> None:
    """Under their headings; where customers have one class of orders there is none."""
    assert [row.name for row in fill_by_class.rows(flow)] == [
        "part class",
        "wear",
        "repair",
        "order class",
        "vor",
        "day",
    ]
    assert [row.name for row in fill_by_class.rows(plain)] == ["wear", "repair"]


def test_layers_add_up(flow: Comparison) -> None:
    """The layers of cost and stock are their totals, with the totals' own intervals; the table says them."""
    for name in flow.designs:
        at = flow.designs.index(name)
        cost = flow.level(name, "cost.year")
        assert cost is not None
        from simnet.report.charts import cost as costs

        assert sum(layer.amount(at) for layer in costs.layers(flow)) == pytest.approx(cost.mean)
        on_hand, road = (flow.level(name, f"stock.{kind}.value") for kind in ("on_hand", "transit"))
        assert on_hand is not None and road is not None
        whole = stock_value.in_all(flow)[at]
        assert whole is not None and whole.mean == pytest.approx((on_hand.mean or 0) + (road.mean or 0))
        assert sum(layer.amount(at) for layer in stock_value.by_class(flow)) == pytest.approx(on_hand.mean)
    assert COST.numbers(flow)[1][-1][0] == "together"


def test_many_layers_are_eight(flow: Comparison) -> None:
    """The smallest of many are one, called others; nothing is lost."""
    few = [
        layers.Layer(f"class {at}", [replace(level, mean=float(at)) for level in [estimate(flow)]]) for at in range(20)
    ]
    found = layers.largest(few)
    assert len(found) == 8 and found[-1].name == "13 others"
    assert sum(layer.amount(0) for layer in found) == sum(range(20))
    assert layers.largest(few[:8]) == few[:8]


def estimate(comparison: Comparison) -> sn.metrics.Estimate:
    """Any level."""
    found = comparison.level("a", "cost.year")
    assert found is not None
    return found


def values(*found: float) -> sn.metrics.Estimate:
    """A figure of some replications."""
    return measured(found, "share")


@pytest.mark.parametrize(
    ("cost", "fill", "how"),
    [
        ((9, 9.8, 9), (7, 8, 7), Beaten("b")),
        ((9, 9.8, 9), (5, 6, 5), Beaten("b", "y")),
        ((9, 9.8, 9), (6, 5, 5.1), Beaten("b", "y")),
        ((10, 11, 10), (7, 8, 7), Beaten("b", "x")),
        ((10.5, 10.4, 10.2), (7, 8, 7), Beaten("b", "x")),
        ((10, 11, 10), (5, 6, 5), None),
        ((10.5, 10.4, 10.2), (6, 5, 5.1), None),
        ((9, 9.8, 9), (3, 4, 3), None),
        ((12, 13, 12), (7, 8, 7), None),
        ((12, 13, 12), (3, 4, 3), None),
    ],
)
def test_who_beats_whom(cost: tuple[float, ...], fill: tuple[float, ...], how: Beaten | None) -> None:
    """Better in one figure and not worse in the other, as paired differences tell; what is not told apart is alike."""
    one, other = Dot("b", values(*cost), values(*fill), 1), Dot("a", values(10, 11, 10), values(5, 6, 5), 0)
    assert tradeoff.beats(one, other, (-1, 1)) == how
    assert how is None or tradeoff.beats(other, one, (-1, 1)) is None
    single = [Dot(each.name, values(each.x.values[0] or 0), values(each.y.values[0] or 0), 0) for each in (one, other)]
    by_means = tradeoff.beats(single[0], single[1], (-1, 1))
    assert (by_means is not None) == (cost[0] <= 10 and fill[0] >= 5 and (cost[0], fill[0]) != (10, 5))


def test_words_of_who_is_beaten_in_one() -> None:
    """Beaten in both is only said of designs that are told apart in both."""
    same = compare([tiny.design("a"), tiny.design("twin")])
    assert tradeoff.finding(same).endswith("none is beaten.")
    assert tradeoff.one_sided(Beaten("b", "y"), "fill") == "b is as good in fill and cheaper"
    assert tradeoff.one_sided(Beaten("b", "x"), "fill") == "b costs as much and has more fill"


def test_the_fill_of_the_trade_off_is_the_one_that_tells_designs_apart(flow: Comparison) -> None:
    """Where what is found in the network is alike, it is held against what dealers fill; the axis says which."""
    shelf, system = (tradeoff.beyond(flow, key) for key in (SHELF, SYSTEM))
    assert tradeoff.service(flow) == (SYSTEM if system > shelf else SHELF)
    alike = replace(flow, differences={"b": {**flow.differences["b"], SYSTEM: none(flow, SYSTEM)}})
    assert tradeoff.service(alike) == SHELF
    ax = tradeoff.tradeoff(Figure().subplots(), alike)
    assert ax.get_ylabel() == "dealer fill, %" and "cost and dealer fill:" in tradeoff.finding(alike)
    other = replace(flow, differences={"b": {**flow.differences["b"], SHELF: none(flow, SHELF)}})
    assert tradeoff.service(other) == SYSTEM


def none(comparison: Comparison, key: str) -> sn.metrics.Difference:
    """No difference."""
    return replace(comparison.differences["b"][key], mean=0.0, half_width=0.0, verdict="same")


def test_beaten_designs_are_hollow_and_told(flow: Comparison) -> None:
    """The mark of a beaten design is not filled; the table and the sentence say who beats it."""
    found = tradeoff.dots(flow)
    off = [dot for dot in found if not dot.efficient]
    assert [dot.name for dot in off] == ["a"] and off[0].beaten is not None and off[0].beaten.by == "b"
    _, rows = tradeoff.numbers(flow)
    assert rows[-1] == ["beaten by", "b, in both", ""]
    assert "beaten in both: a by b." in tradeoff.finding(flow)


def test_a_pareto_tells_the_largest_causes(flow: Comparison) -> None:
    """Shares of what was missed, the largest first."""
    said = causes.finding(flow, causes.by_lines(flow), "the missed lines")
    shares = [int(each.split(" %")[0]) for each in said.split("(")[1:]]
    assert shares == sorted(shares, reverse=True) and "not stocked here" in said


def test_sentences_say_what_is_not_told_apart(plain: Comparison) -> None:
    """Differences under the same orders, with their sign; none where there is one design."""
    same = compare([tiny.design("a"), tiny.design("twin")])
    assert "not told apart from it: twin." in against_first(same, "fill.line", "of lines")
    assert against_first(plain, "fill.line", "of lines").count("pt in b") == 1
    one = compare([tiny.design("a")])
    assert against_first(one, "fill.line", "of lines").endswith("% of lines.")


def test_labels_of_a_chart_have_one_unit_and_precision() -> None:
    """Waits of hours stand beside waits of days in days; shares and days of causes have the same decimals."""
    both = compare([flowing.design("a"), flowing.design("b", (1, 2))])
    for chart in (CLASS_WAIT, CAUSES_BY_LINES, CAUSES_BY_DAYS, RUSH):
        ax = Figure().subplots()
        chart.draw(ax, both)
        numbers = [text.get_text().split() for text in ax.texts if re.match(r"<?[\d,.]+ ", text.get_text())]
        kinds = {(len(number.partition(".")[2]), unit) for number, unit, *_ in numbers}
        assert len(numbers) > 1 and len(kinds) == 1, (chart.key, numbers)
