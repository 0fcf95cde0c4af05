"""Unit fill against plain sums, published figures and simulation; the smallest level for a target."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simnet.planning import fill as fill_module
from simnet.planning.fill import target_triggers, unit_fill
from simnet.planning.item import Items, LevelArrays
from tests.planning.reference import (
    GEOMETRIC,
    MIXED,
    ONE,
    PAIRS,
    Sizes,
    fill_from_positions,
    one_level,
    pieces_asked,
    simulated_fill,
)

SIZES = {"one": ONE, "mixed": MIXED, "pairs": PAIRS, "geometric": GEOMETRIC}


def fill_of(size: Sizes, levels: tuple[int, int, int], review: int = 0, **item: float) -> float:
    """The fill of one point."""
    return float(unit_fill(Items.of(item.pop("rate"), sizes=[size], **item), one_level(*levels), review)[0])


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("lines", [0.0, 0.01, 0.8, 4.0, 30.0])
@pytest.mark.parametrize("up_to", [0, 1, 3, 12, 60])
def test_base_stock_by_definition(size: Sizes, lines: float, up_to: int) -> None:
    """Base stock serves what is left of S after the pieces asked in a lead time."""
    plain = fill_from_positions([(up_to, 1.0)], pieces_asked(lines, size, up_to), size)
    found = fill_of(size, (up_to - 1, up_to, 1), rate=0.002, lead_mean=lines / 0.002)
    assert found == pytest.approx(plain, abs=1e-11)


@pytest.mark.parametrize("size", [ONE, MIXED, GEOMETRIC])
@pytest.mark.parametrize(("trigger", "lot"), [(-1, 4), (0, 1), (3, 2), (5, 30)])
def test_reorder_lot_by_definition(size: Sizes, trigger: int, lot: int) -> None:
    """Under (r,nQ) every position from r+1 to r+Q is equally likely."""
    positions = [(trigger + 1 + step, 1 / lot) for step in range(lot)]
    plain = fill_from_positions(positions, pieces_asked(2.5, size, trigger + lot), size)
    found = fill_of(size, (trigger, trigger + 1, lot), rate=0.01, lead_mean=250)
    assert found == pytest.approx(plain, abs=1e-11)


@pytest.mark.parametrize("size", [ONE, MIXED, GEOMETRIC])
@pytest.mark.parametrize(("trigger", "up_to"), [(-1, 0), (-1, 5), (2, 4), (5, 45)])
def test_min_max_by_definition(size: Sizes, trigger: int, up_to: int) -> None:
    """Under (s,S) a position is as likely as the visits that falling from S pays it."""
    visits = [1.0]
    for distance in range(1, up_to - trigger):
        pairs = enumerate(size.chances[1 : distance + 1], 1)
        visits.append(sum(chance * visits[distance - n] for n, chance in pairs))
    positions = [(up_to - distance, visit / sum(visits)) for distance, visit in enumerate(visits)]
    plain = fill_from_positions(positions, pieces_asked(2.5, size, max(up_to, 0)), size)
    found = fill_of(size, (trigger, up_to, 1), rate=0.01, lead_mean=250)
    assert found == pytest.approx(plain, abs=1e-11)


@pytest.mark.parametrize("size", [ONE, MIXED, GEOMETRIC])
def test_review_is_the_mean_over_the_cycle(size: Sizes) -> None:
    """Under (T,S) the stock must last the lead time and however long the last review is ago."""
    nodes, weights = np.polynomial.legendre.leggauss(24)
    plain = 0.0
    for node, weight in zip(nodes, weights, strict=True):
        asked = pieces_asked(0.01 * (250 + (node + 1) / 2 * 100), size, 9)
        plain += weight / 2 * fill_from_positions([(9, 1.0)], asked, size)
    assert fill_of(size, (8, 9, 1), 100, rate=0.01, lead_mean=250) == pytest.approx(plain, abs=1e-11)


def test_gamma_lead_time_is_a_mixture() -> None:
    """With lots, a lead time that varies is the mean over its gamma distribution."""
    draws = np.linspace(0.0, 60.0, 60_001)[1:]
    density = draws**3 * np.exp(-draws)  # shape 4: a cv of one half
    leads, weights = draws / 4 * 250, density / density.sum()
    found = fill_of(ONE, (3, 4, 5), rate=0.01, lead_mean=250, lead_cv=0.5)
    every = Items.of(np.full(len(leads), 0.01), lead_mean=leads, sizes=[ONE])
    levels = LevelArrays(*(np.full(len(leads), number) for number in (3, 4, 5)))
    assert found == pytest.approx(float(weights @ unit_fill(every, levels)), abs=1e-7)


def test_a_steady_lead_time_is_the_limit() -> None:
    """As a lead time varies less and less, the fill nears that of a constant one, smoothly."""
    constant, *nearly = (
        fill_of(MIXED, (9, 14, 3), rate=0.01, lead_mean=1000, lead_cv=cv)
        for cv in (0.0, 9e-7, 2e-6, 1e-5, 1e-4)
    )
    assert nearly == pytest.approx([constant] * 4, abs=1e-7)
    assert nearly[:3] == pytest.approx([constant] * 3, abs=1e-9)


@pytest.mark.parametrize(
    ("source", "printed", "digits", "size", "levels", "review", "rate", "lead"),
    [
        ("Poisson(8) table: P(X <= 14)", 0.982743, 6, ONE, (14, 15, 1), 0, 8e-3, 1000),
        ("Rossetti, Arena book, ex. 6.3: 1 - 0.40", 0.60, 2, ONE, (1, 2, 2), 0, 3.6e-4, 5000),
        ("Rossetti, (R,S), 45 a year", 0.8928, 4, ONE, (13, 14, 1), 43800, 45 / 525600, 87600),
        (
            "Rossetti, lumpy (r,nQ), 400 lines a year",
            0.8978,
            4,
            Sizes((0, 0.4, 0.4, 0, 0.2)),
            (25, 26, 75),
            0,
            400 / 525600,
            525600 / 26,
        ),
    ],
)
def test_published(
    source: str,
    printed: float,
    digits: int,
    size: Sizes,
    levels: tuple[int, int, int],
    review: int,
    rate: float,
    lead: float,
) -> None:
    """Printed fill rates come out to their last digit."""
    assert round(fill_of(size, levels, review, rate=rate, lead_mean=lead), digits) == printed, source


CHANCE = 0.3
PERIOD = 30.0
SIMULATED = [
    ("packs and min-max", "poisson", MIXED, (3, 8, 4), 10, 0),
    ("a pack over the gap", "poisson", MIXED, (3, 6, 10), 10, 0),
    ("packs, min-max, reviews", "poisson", MIXED, (3, 8, 4), 10, 7),
    ("even sizes, even lot", "poisson", PAIRS, (4, 5, 6), 10, 0),
    ("even sizes, packs, min-max", "poisson", PAIRS, (3, 8, 4), 10, 0),
    ("periods longer than the lead time", "periods", MIXED, (1, 2, 1), 10, 0),
    ("periods shorter than the lead time", "periods", MIXED, (3, 4, 1), 75, 0),
    ("a lead time of two periods", "periods", MIXED, (3, 4, 1), 60, 0),
    ("periods and lots", "periods", MIXED, (2, 3, 4), 75, 0),
    ("periods and min-max", "periods", MIXED, (2, 7, 1), 75, 0),
    ("periods, short reviews", "periods", MIXED, (3, 4, 1), 75, 7.03),
    ("periods, long reviews", "periods", MIXED, (5, 6, 1), 20, 71.3),
    ("periods, min-max, short reviews", "periods", MIXED, (2, 7, 1), 20, 7.03),
    ("periods, min-max, long reviews", "periods", MIXED, (4, 9, 1), 20, 71.3),
]


@pytest.mark.parametrize(("what", "kind", "size", "levels", "lead", "review"), SIMULATED)
def test_simulated(
    what: str, kind: str, size: Sizes, levels: tuple[int, int, int], lead: float, review: float
) -> None:
    """Where no plain sum is at hand, a simulation of law 7 agrees within its noise."""
    rng = np.random.default_rng(sum(map(ord, what)))
    runs = []
    for _ in range(10):
        if kind == "poisson":
            minutes = np.cumsum(rng.exponential(5.0, 8000))
        else:
            periods = np.flatnonzero(rng.random(27_000) < CHANCE)
            minutes = (periods + rng.random(len(periods))) * PERIOD
        pieces = rng.choice(len(size.chances), len(minutes), p=size.chances)
        lines = zip(minutes.tolist(), pieces.tolist(), strict=True)
        runs.append(simulated_fill(lines, levels, lambda: lead, review))
    by_period = {"rate": CHANCE / PERIOD, "period": PERIOD, "chance": CHANCE}
    item = {"rate": 0.2} if kind == "poisson" else by_period
    found = unit_fill(Items.of(sizes=[size], lead_mean=lead, **item), one_level(*levels), review)[0]
    assert abs(np.mean(runs) - found) < 4.5 * np.std(runs, ddof=1) / math.sqrt(len(runs)) + 1e-3, what


def test_thousands_of_pieces() -> None:
    """Long lead-time demand neither underflows nor loses digits: Poisson(20,000) and its normal limit."""
    from scipy.stats import poisson

    found = fill_of(ONE, (20_199, 20_200, 1), rate=0.5, lead_mean=40_000)
    assert found == pytest.approx(poisson.cdf(20_199, 20_000), abs=1e-10)
    lumpy = [
        fill_of(MIXED, (level - 1, level, 1), rate=0.5, lead_mean=40_000)
        for level in range(36_500, 38_500, 50)
    ]
    assert np.all(np.diff(lumpy) >= 0) and lumpy[0] < 0.1 and lumpy[-1] > 0.99


def test_a_million_pieces() -> None:
    """Beyond the longest curve the fill is approximate, and hardly differs from the exact one."""
    items = Items.of([2.0, 5.0], lead_mean=40_000.0, sizes=[MIXED])
    lot = np.array([1, 30_000])
    exact = target_triggers(items, 0.95, 0, lot)
    before, fill_module.WIDEST = fill_module.WIDEST, 10
    try:
        rough = target_triggers(items, 0.95, 0, lot)
        reached = unit_fill(items, LevelArrays(rough, rough + 1, lot))
    finally:
        fill_module.WIDEST = before
    assert rough == pytest.approx(exact, rel=1e-3)
    assert reached == pytest.approx([0.95, 0.95], abs=1e-3)


lines_st = st.floats(1e-6, 40.0)
point_st = st.tuples(lines_st, st.integers(0, 3), st.integers(1, 12), st.integers(1, 6), st.floats(0, 1.2))


@settings(max_examples=30, deadline=None)
@given(
    points=st.lists(point_st, min_size=1, max_size=12),
    target=st.sampled_from([0.3, 0.8, 0.95, 0.99, 0.9999]),
    review=st.sampled_from([0, 500]),
    by_period=st.booleans(),
)
def test_smallest_level(
    points: list[tuple[float, int, int, int, float]], target: float, review: int, by_period: bool
) -> None:
    """The level found reaches the target, and one piece less does not."""
    lines, size, gap, lot, cv = (np.array(column) for column in zip(*points, strict=True))
    rate = lines / 1000
    periods = {"period": 0.5 / rate, "chance": 0.5} if by_period else {}
    items = Items.of(rate, lead_mean=1000.0, lead_cv=cv, sizes=list(SIZES.values()), size=size, **periods)
    trigger = target_triggers(items, target, review, lot, gap)
    assert np.all(trigger >= -1)
    assert np.all(unit_fill(items, LevelArrays(trigger, trigger + gap, lot), review) >= target - 1e-11)
    less = unit_fill(items, LevelArrays(trigger - 1, trigger - 1 + gap, lot), review)
    assert np.all((less < target) | (trigger == -1))


def test_points_do_not_disturb_each_other() -> None:
    """A point has the same level alone as among thousands, repeated or not."""
    rng = np.random.default_rng(3)
    rate, size = 10 ** rng.uniform(-6, -3, 3000), rng.integers(0, 4, 3000)
    kinds = {"sizes": list(SIZES.values()), "lead_mean": 20_000.0, "lead_cv": 0.4}
    lot = rng.integers(1, 20, 3000)
    together = target_triggers(Items.of(rate, size=size, **kinds), 0.95, 10_080, lot)
    for index in range(0, 3000, 100):
        alone = Items.of(rate[index], size=size[index], **kinds)
        assert target_triggers(alone, 0.95, 10_080, lot[index : index + 1])[0] == together[index]


def test_nothing_asked() -> None:
    """No demand needs no stock, and none of it goes unserved."""
    items = Items.of([0.0, 0.01], lead_mean=100.0)
    assert target_triggers(items, 0.95, 0, np.ones(2, dtype=np.int64)).tolist() == [-1, 3]
    levels = LevelArrays(np.array([-1, -1]), np.zeros(2, int), np.ones(2, int))
    assert unit_fill(items, levels) == pytest.approx([1, 0], abs=1e-15)
    nothing = Items.of(np.zeros(0))
    assert len(target_triggers(nothing, 0.95, 0, np.zeros(0, dtype=np.int64))) == 0
