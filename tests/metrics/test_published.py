"""Published examples of service figures, exactly, on tallies written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from simnet.ledger.tally import FLOW, JOB, KINDS, MISS, POINT, Tally
from simnet.network.network import Network
from simnet.units import DAY
from tests.metrics import tiny

WEEK = 7 * DAY
Line = tuple[int, int, int]
"""Pieces asked, pieces given at once, price."""


def counted(lines: Sequence[Line], orders: int, whole: int) -> tuple[Network, Tally]:
    """A network with a part a line, and what was asked of it: so many orders, of them so many whole."""
    points = np.zeros(len(lines), tiny.network().points.dtype)
    points["part"] = np.arange(len(lines))
    price, weight = np.array([price for _, _, price in lines]), np.ones(len(lines), np.int64)
    network = tiny.network(
        points=points, part_start=np.arange(len(lines) + 1), part_class=weight - 1, cost=weight, price=price,
        weight=weight, jobs=True,
    )  # fmt: skip
    rows = np.zeros(2 * len(lines), FLOW)
    for number, (asked, given, _) in enumerate(lines):
        filled = tiny.row(lines=1, units=asked, filled_units=given, filled_lines=int(asked == given))
        tiny.fill_rows(rows, {2 * number + 1: filled})
    job = tiny.fill_rows(np.zeros(6, JOB), {3: tiny.row(jobs=orders, lines=len(lines), filled_jobs=whole)})
    return network, replace(tiny.tally(), point=np.zeros(len(lines), POINT), flow=rows, job=job)


@pytest.mark.parametrize(
    ("lines", "orders", "whole", "expected"),
    [
        # The Eclipse example: three lines of one order, 35 of 160 USD at once (its own page misprints the sum).
        ([(1, 1, 15), (2, 1, 20), (1, 0, 105)], 1, 0, (0.0, 1 / 3, 0.5, 35 / 160)),
        # sparepartsknowhow.com: ten orders, 30 lines, 60 pieces; two orders miss a piece of one line each
        ([(2, 2, 1)] * 28 + [(2, 1, 1)] * 2, 10, 8, (0.8, 28 / 30, 58 / 60, 58 / 60)),
    ],
    ids=["Eclipse", "sparepartsknowhow"],
)  # fmt: skip
def test_fill_by_order_line_piece_and_value(
    lines: list[Line], orders: int, whole: int, expected: tuple[float, ...]
) -> None:
    """0 / 33.3 / 50 / 21.9 % of one order of three lines; 80 / 93.3 / 96.7 % of ten orders, 30 lines, 60 pieces."""
    network, tally = counted(lines, orders, whole)
    keys = ("fill.order", "fill.line", "fill.unit", "fill.value")
    found = tiny.measured([tally], network, keys)
    assert [found[key].mean for key in keys] == pytest.approx(expected, rel=1e-15)


def test_without_jobs_a_line_is_its_own_order() -> None:
    """Where nobody orders jobs, order fill is line fill."""
    found = tiny.measured([tiny.ordinary()], tiny.network(), ["fill.order", "fill.line"])
    assert found["fill.order"].mean == found["fill.line"].mean


def test_breadth_times_depth() -> None:
    """Servigistics: 90 % of demand is for stocked parts, 1135 - 56 of 1135 of that is met: 85.6 %."""
    stocked, short, unstocked = 9 * 1135, 9 * 56, 1135
    miss = np.zeros(3 * 2 * 2 * len(KINDS), MISS)
    miss["lines"][(1 * 2 * 2 + 1) * len(KINDS) + KINDS.index("unstocked")] = unstocked
    day = {tiny.LYON_FILTER: tiny.customers(stocked + unstocked, stocked - short)}
    found = tiny.measured(
        [replace(tiny.tally(day=day), miss=miss)],
        tiny.network(),
        ["fill.accommodation", "fill.satisfaction", "fill.line"],
    )
    assert found["fill.accommodation"].mean == 0.9
    assert found["fill.satisfaction"].mean == (1135 - 56) / 1135
    assert found["fill.line"].mean == pytest.approx(0.9 * (1135 - 56) / 1135, rel=1e-15)
    assert round(100 * (found["fill.line"].mean or 0), 1) == 85.6


@pytest.mark.parametrize(("fill", "weeks", "mean"), [(95, 4, 0.20), (85, 1, 0.15)])
def test_more_fill_may_wait_longer(fill: int, weeks: int, mean: float) -> None:
    """95 % at once and the rest in four weeks wait 0.20 weeks on average; 85 % and one week only 0.15."""
    late = 100 - fill
    day = {tiny.LYON_FILTER: tiny.customers(100, fill, late_lines=late, waited_minutes=late * weeks * WEEK)}
    found = tiny.measured([tiny.tally(day=day)], tiny.network(), ["fill.line", "wait.mean"])
    assert found["fill.line"].mean == fill / 100
    assert (found["wait.mean"].mean or 0) / 7 == pytest.approx(mean, rel=1e-15)
