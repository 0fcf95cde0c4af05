"""Sums: every count and product by place against the same in Python, and slices that add up to the whole."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simnet.engine.simulate import simulate
from simnet.ledger import columns, limbs
from simnet.ledger.summing import summed
from simnet.ledger.sums import FLOW_WORTH, PLAIN, POINT_WORTH, Sums, worth
from simnet.ledger.tally import FLOW, POINT, SUMMED, Tally
from simnet.metrics.metric import NEEDS
from simnet.network.network import Network
from simnet.network.outline import Outline, outline
from simnet.network.shard import cut
from simnet.network.tape import draw
from tests.engine.test_against_naive import LENIENT
from tests.engine.worlds_at_random import RandomWorld
from tests.engine.worlds_mixed import mixed_worlds
from tests.metrics import flowing, tiny
from tests.worlds import network

FLOWING = """
warehouses:
  gent: {tier: central, refilled_by: factory, at: Gent BE}
  bonn: {tier: local, refilled_by: gent, lead_time: 2 d, refers_to: [kiel], at: Bonn DE}
  kiel: {tier: local, refilled_by: gent, lead_time: 2 d, at: Kiel DE}
dealers:
  lyon: {served_by: bonn, lead_time: {mean: 2 d, cv: 1}, pool: south, balance: 8 h, at: Lyon FR}
  turin: {served_by: kiel, lead_time: 3 d, pool: south, at: Turin IT, hours: "mon-fri 08:00-17:00"}
lanes: {gent: {bonn: {mode: rail, lead_time: 2 d, cost: 1.10 EUR/kg, shipment_cost: 7 EUR}}}
demand:
  - {part: all, orders: 20 per month, size: {geometric: {mean: 1.5}}}
  - {class: x, orders: 10 per month, order_class: vor}
order_classes:
  stock: {lead_time: 1 d}
  day: {patience: 3 d, will_fit: 20 %}
  vor: {ask: [facing, referral, lateral, central, supplier], lead_time: 6 h, mode: air, cost: 9 EUR/kg}
stocking: {default: {policy: min-max, trigger: 1, up_to: 6}}
"""


def catalog(*numbers: int) -> str:
    """A scenario with these parts, of two classes in turn."""
    prices = "cost: {} EUR, price: {} EUR, weight: {} kg, class: {}"
    parts = [f"p{n}: {{{prices.format(n + 1, 3 * n + 2, n + 1, 'xy'[n % 2])}}}" for n in numbers]
    return FLOWING + f"parts: {{{', '.join(parts)}}}\n"


def counted(of: Network) -> Tally:
    """A replication of a network, or of a shard of it."""
    return simulate(of, draw(of, 3, 1), seed=3, replication=1, engine="simpy").tally


def together(slices: list[tuple[Sums, Outline]]) -> tuple[Sums, Outline]:
    """Slices added up in a random order."""
    Random(1).shuffle(slices)
    sums, of = slices[0]
    for more, other in slices[1:]:
        sums, of = sums.plus(more), of.merged(other)
    return sums, of


def at_random(seed: int, size: int) -> Tally:
    """A tally of the flowing network with numbers up to `size` everywhere, whatever that means."""
    luck = np.random.default_rng(seed)
    base = flowing.ordinary()
    tables = {}
    for name in ("point", "flow", "month", "wait", "miss", "why", "freight", "job", "job_wait"):
        rows = getattr(base, name)
        numbers = luck.integers(0, size, rows.view(np.int64).shape) * luck.integers(0, 2, rows.view(np.int64).shape)
        tables[name] = numbers.view(rows.dtype).reshape(rows.shape)
    for name in ("lines", "open_lines", "open_units"):
        tables["flow"][name] %= 1 << 20
    return replace(base, **tables)


def cell(table: Any, name: str, *at: int) -> int:
    """One sum."""
    return limbs.total(table[name][(slice(None), *at)][:, None]) if name in table else 0


@pytest.mark.parametrize("size", [10, 1 << 28, 1 << 44])
@pytest.mark.parametrize("block", [2, 4096])
def test_sums_are_what_python_adds_up(monkeypatch: pytest.MonkeyPatch, size: int, block: int) -> None:
    """Every count and every product by site, part class and order class, also beyond 64 bits."""
    monkeypatch.setattr(columns, "BLOCK", block)
    of, tally = flowing.network(), at_random(size, size)
    found = summed(tally, of)
    part_of = {name: getattr(of, name)[of.points["part"]].tolist() for name in ("cost", "price")}
    for site in range(of.sites):
        for kind in range(2):
            own = np.flatnonzero((of.points["site"] == site) & (of.part_class[of.points["part"]] == kind)).tolist()
            for name in POINT.names or ():
                assert cell(found.place, name, site, kind) == sum(int(tally.point[name][at]) for at in own)
            for by, names in POINT_WORTH.items():
                for name in set(names) & set(POINT.names or ()) if by in part_of else ():
                    expected = sum(int(tally.point[name][at]) * part_of[by][at] for at in own)
                    assert cell(found.place, worth(name, by), site, kind) == expected
            for order_class in range(3):
                rows = [3 * at + order_class for at in own]
                for name in FLOW.names or ():
                    expected = sum(int(tally.flow[name][row]) for row in rows)
                    assert cell(found.asked, name, site, kind, order_class) == expected
                for by, names in FLOW_WORTH.items():
                    for name in names:
                        expected = sum(int(tally.flow[name][row]) * part_of[by][row // 3] for row in rows)
                        assert cell(found.asked, worth(name, by), site, kind, order_class) == expected


def test_what_is_made_of_other_counts() -> None:
    """Bought, grams over lanes, ready points, lines of parts: by hand from the flowing year."""
    found = summed(flowing.ordinary(), flowing.network())
    gent, lyon, wear, repair = 0, 1, 0, 1
    assert cell(found.place, "bought", gent, wear) == 120 and cell(found.place, "bought", lyon, wear) == 0
    assert cell(found.place, "sent_grams", lyon, repair) == 11 * 4000
    assert cell(found.place, "sent_grams x transport", lyon, repair) == 11 * 4000 * 2 * tiny.MONEY
    assert cell(found.place, "grams by sea x meters", gent, wear) == 60_000 * 1_000_000
    assert cell(found.place, "supplied by road", lyon, wear) == 1
    assert cell(found.place, "ready_points", 2, wear) == 1, "asked, though nothing is stocked"
    filter_row, pump_row = found.part
    assert (filter_row["lines"], filter_row["filled_lines"], filter_row["lost_lines"]) == (130, 64, 1)
    assert (pump_row["part"], pump_row["units"], pump_row["lost_units"]) == (1, 8, 2)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 1 << 30), min_size=3, max_size=3), st.sampled_from([3, 1 << 20, 1 << 44]))
def test_adding_is_exact_in_any_order(seeds: list[int], size: int) -> None:
    """(a + b) + c = a + (b + c) = (c + b) + a, to the last integer and in one form."""
    of = flowing.network()
    a, b, c = (summed(at_random(seed, size), of, first=2 * (seed % 3)) for seed in seeds)
    whole = a.plus(b).plus(c)
    assert whole.same_as(a.plus(b.plus(c)))
    assert whole.same_as(c.plus(b).plus(a))
    assert cell(whole.place, "received", 0, 0) == sum(cell(each.place, "received", 0, 0) for each in (a, b, c))
    nothing = replace(summed(flowing.nothing(), of), place={}, part=a.part[:0])
    assert a.plus(nothing).same_as(a) and nothing.plus(a).same_as(a)
    spent = replace(a, **{name: getattr(a, name).copy() for name in (*PLAIN, "month")})
    assert spent.plus(b, spent=True).plus(c, spent=True).same_as(whole)
    assert whole.same_as(a.plus(b).plus(c)), "what is not spent is not written to"


def of_slice(sums: Sums, cells: list[int], every: int) -> Sums:
    """Sums whose months know only some cells."""
    at = np.array(sorted(cells), np.int64)
    return replace(sums, month=sums.month.reshape(-1, every)[:, at].ravel(), cells=at)


@given(st.lists(st.sets(st.integers(0, 5)), min_size=3, max_size=3), st.permutations(range(3)))
def test_months_of_slices_add_up_in_any_order(cells: list[set[int]], order: list[int]) -> None:
    """Slices that know the months of different cells, of all, or of none, come to what they come to with all cells."""
    of = flowing.network()
    every = of.sites * len(of.class_names)
    slices = [of_slice(summed(at_random(seed, 9), of), list(some), every) for seed, some in enumerate(cells)]
    slices[0] = slices[0].everywhere(of.months, every)
    expected = sum(each.everywhere(of.months, every).month.view(np.int64) for each in slices)
    first, second, third = (slices[number] for number in order)
    whole = first.plus(second).plus(third)
    assert len(whole.cells) == 0 and whole.month.view(np.int64).tolist() == expected.tolist()
    apart = second.plus(third)
    known = sorted(cells[1] | cells[2]) if order[0] == 0 else []
    assert apart.cells.tolist() == known
    spent = replace(first, **{name: getattr(first, name).copy() for name in (*PLAIN, "month")})
    assert spent.plus(apart, spent=True).month.tolist() == whole.month.tolist()
    assert first.plus(apart).month.tolist() == whole.month.tolist(), "what is not spent is not written to"


@pytest.mark.parametrize("size", [1, 2, 3])
def test_shards_add_up_to_the_whole(size: int) -> None:
    """Shards of one, two and three parts: the same sums and the same outline."""
    of = network(catalog(0, 1, 2, 3, 4))
    shards = [cut(of, first, min(first + size, of.parts)) for first in range(0, of.parts, size)]
    sums, found = together([(summed(counted(shard), shard), outline(shard)) for shard in shards])
    whole = summed(counted(of), of)
    assert whole.freight["lots"].sum() > 0 and "moved" in whole.place
    assert sums.same_as(whole)
    assert found.same_as(outline(of))


@pytest.mark.parametrize("slices", [((0, 1), (2, 3, 4)), ((0, 1, 2, 3), (4, 5)), ((0, 1), (2, 3), (4, 5))])
def test_slices_built_apart_add_up_to_the_whole(slices: tuple[tuple[int, ...], ...]) -> None:
    """Scenarios of some of the parts each number their own ways; what traveled is summed by what its way is like."""
    built = [(numbers[0], network(catalog(*numbers))) for numbers in slices]
    sums, found = together([(summed(counted(of), of, first), outline(of)) for first, of in built])
    of = network(catalog(*(number for numbers in slices for number in numbers)))
    assert sums.same_as(summed(counted(of), of))
    assert found.same_as(outline(of))


def of_part(tally: Tally, of: Network, part: int) -> Sums:
    """The sums of the points of one part; what is not counted by point goes with the first."""
    low, high = of.part_start[part : part + 2]
    classes = len(of.order_classes)
    own: dict[str, Any] = {} if part == 0 else {name: np.zeros_like(getattr(tally, name)) for name in SUMMED}
    point, flow = tally.point[low:high], tally.flow[low * classes : high * classes]
    return summed(replace(tally, point=point, flow=flow, **own), cut(of, part, part + 1))


@settings(LENIENT, max_examples=15)
@given(mixed_worlds())
def test_random_worlds_part_by_part(world: RandomWorld) -> None:
    """The points of a random world of the order flow, summed part by part, have the sums of the whole."""
    of = world.network
    tally = simulate(of, world.tape, engine="simpy").tally
    parts = [of_part(tally, of, part) for part in range(of.parts)]
    Random(1).shuffle(parts)
    assert reduce(Sums.plus, parts).same_as(summed(tally, of))


def test_what_does_not_belong_together_is_refused() -> None:
    """Sums of other times, outlines of other networks."""
    one = summed(tiny.ordinary(), tiny.network())
    with pytest.raises(ValueError, match="different times"):
        one.plus(replace(one, minutes=1))
    for other in (tiny.network(site_names=("gent", "lyon", "nice")), tiny.network(class_names=("repair", "wear"))):
        with pytest.raises(ValueError, match=r"differ in (site|class)_names"):
            outline(tiny.network()).merged(outline(other))
    with pytest.raises(OverflowError):
        limbs.limbs(np.array([1 << 96], dtype=object))


def test_features_are_words_of_needs() -> None:
    """What a network is said to have is what KPIs may need, and all of it can be had."""
    assert outline(flowing.network()).features == NEEDS.keys()
    assert outline(tiny.network()).features == {"costs", "priced", "holding"}


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(-(1 << 61), 1 << 61), st.integers(0, 1 << 45)), max_size=12),
    st.integers(0, 61),
)
def test_cells_add_up_what_python_does(rows: list[tuple[int, int, int]], size: int) -> None:
    """Sums and products by cell, small and large, are Python's to the last integer; a cell of nothing is zero."""
    cell, values, weight = np.array(rows, np.int64).reshape(-1, 3).T
    values = values >> size
    cells = limbs.Cells(cell, 6)
    for found, factor in (
        (limbs.segments(values, cells), np.ones_like(weight)),
        (limbs.products(values, weight, cells), weight),
    ):
        high, low = limbs.carried(*found).tolist()
        for at in range(6):
            own = [v * w for c, v, w in zip(cell.tolist(), values.tolist(), factor.tolist(), strict=True) if c == at]
            assert (high[at] << limbs.BITS) + low[at] == sum(own)
