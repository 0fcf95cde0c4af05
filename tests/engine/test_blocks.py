"""A slice that is replayed block by block counts what a network counts that is replayed whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simnet.engine import blocks as blocks_of
from simnet.engine import compiled_clock
from simnet.engine.blocks import blocks, replay
from simnet.engine.loop import Lines
from simnet.engine.records import FULL, World
from simnet.engine.simulate import Run, simulate
from simnet.integers import Integers
from simnet.ledger.audit import audit
from simnet.ledger.columns import Columns
from simnet.ledger.ledger import Ledger
from simnet.ledger.summing import summed
from simnet.ledger.sums import Sums
from simnet.network.network import Network, Tape
from simnet.network.tape import draw
from simnet.study import load
from tests.engine.checked import plain_loop
from tests.worlds import PART, TWO, network

ROOT = Path(__file__).parents[2] / "scenarios"
SHORT = {"run.length": "6 mo", "run.warm_up": "1 mo"}
FILES = ["minimal", "demo/demo", "ladder/ladder", "managed-dealers/managed-dealers"]
SHARED = """
simnet: 1
name: shared
money: EUR
run: {start: 2026-01-05, length: 1 y}
suppliers: {factory: {lead_time: 9 d, order_every: 1 w, minimum_order_value: 200 EUR, hold_at_most: 4 w}}
warehouses: {gent: {tier: central, refilled_by: factory}}
dealers: {lyon: {served_by: gent, lead_time: 2 d}, turin: {served_by: gent, lead_time: 1 d}}
parts: {brake: {cost: 20 EUR}, disc: {cost: 30 EUR}, pad: {cost: 8 EUR}}
demand:
  - {part: all, at: dealers, orders: 2 per month}
  - {at: dealers, jobs: [{name: brakes, orders: 1 per week, parts: {brake: 1, pad: 2}}]}
stocking: {default: {policy: base-stock, target: 90 %}}
"""


def sums_of(columns: Columns, of: Network) -> Sums:
    """The audited sums, months with every cell."""
    audit(columns.tally, of, columns)
    every = of.sites * len(of.class_names)
    return summed(columns.tally, of, columns=columns).everywhere(of.months, every)


def whole(of: Network, engine: str, lines: bool = False) -> tuple[Sums, Run]:
    """What the network counts that is replayed whole."""
    run = simulate(of, draw(of, 2, 1), seed=2, replication=1, engine=engine, lines=lines)
    return sums_of(Columns.of(run.tally, len(of.order_classes)), of), run


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
@pytest.mark.parametrize("most", [1, 100, 1 << 20])
@pytest.mark.parametrize("file", FILES)
def test_blocks_count_what_the_whole_counts(file: str, most: int, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a part, of some parts and of all: the same sums and the same ledger, to the last integer."""
    of = load(ROOT / f"{file}.yaml", SHORT).network()
    expected, run = whole(of, engine, lines=True)
    monkeypatch.setattr(blocks_of, "BLOCK", most)
    found = replay(of, seed=2, replication=1, engine=engine, lines=True)
    assert found.engine == engine
    assert sums_of(found.columns, of).same_as(expected)
    assert found.lines.same_as(run.lines) and len(run.lines)
    if engine == "compiled":
        assert len(found.columns.tally.month) == of.months * len(found.columns.tally.cells)


@pytest.mark.parametrize("of_jobs", [True, False])
def test_parts_of_shared_orders_and_of_jobs_count_the_same(
    of_jobs: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts that meet, on shared orders or in jobs, stay in one block."""
    terms = ", order_every: 1 w, minimum_order_value: 200 EUR, hold_at_most: 4 w"
    (tmp_path / "shared.yaml").write_text(SHARED.replace(terms, "") if of_jobs else SHARED, "utf-8")
    of = load(tmp_path / "shared.yaml").network()
    assert len(list(blocks(of, 1))) == 1
    expected, run = whole(of, "compiled", lines=True)
    monkeypatch.setattr(blocks_of, "BLOCK", 1)
    found = replay(of, seed=2, replication=1, engine="compiled", lines=True)
    assert sums_of(found.columns, of).same_as(expected)
    assert found.lines.same_as(run.lines) and "job" in found.lines.columns


def test_no_index_leaves_its_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every index checked, the rules touch no point but those of the block at hand."""
    of = load(ROOT / "demo/demo.yaml", {"run.length": "2 mo", "run.warm_up": "1 mo"}).network()
    expected, _ = whole(of, "compiled")
    loop, sizes = plain_loop(), []

    def go_on(world: World, tape: Tape, part_start: Integers) -> World:
        sizes.append(len(world.stock))
        while loop(world, Lines(*tape.columns), tape.start, part_start) == FULL:
            world = compiled_clock.enlarged(world)
        return world

    monkeypatch.setattr(compiled_clock, "go_on", go_on)
    monkeypatch.setattr(blocks_of, "BLOCK", 20)
    found = replay(of, seed=2, replication=1, engine="compiled", lines=False)
    assert sums_of(found.columns, of).same_as(expected)
    assert len(sizes) > 1 and max(sizes) < len(of.points)


@pytest.mark.parametrize(
    ("starts", "most", "expected"),
    [
        ([0, 3, 6, 9], 6, [(0, 2), (2, 3)]),
        ([0, 3, 6, 9], 5, [(0, 1), (1, 2), (2, 3)]),
        ([0, 3, 6, 9], 1, [(0, 1), (1, 2), (2, 3)]),
        ([0, 3, 6, 9], 9, [(0, 3)]),
        ([0, 0, 4, 4, 5], 4, [(0, 3), (3, 4)]),
        ([0], 4, []),
    ],
)
def test_blocks_are_as_large_as_they_may(starts: list[int], most: int, expected: list[tuple[int, int]]) -> None:
    """Whole parts, one after the other, none left out; a part larger than a block is one by itself."""

    class Some:
        part_start, joints, jobs = np.array(starts), (), False

    some: Any = Some
    assert list(blocks(some, most)) == expected


def test_a_slice_without_points_is_a_slice() -> None:
    """Months of no cell at all: nothing is added, and a whole that begins with it has every cell."""
    of = network(TWO + PART + "stocking: {default: {policy: none}}\n")
    every = of.sites * len(of.class_names)
    found = replay(of, seed=1, replication=0, engine="compiled", lines=False)
    some = summed(found.columns.tally, of, columns=found.columns)
    empty = Sums({}, {}, some.month[:0], some.wait[:0], some.minutes, some.miss[:0], some.why[:0], some.job,
                 some.job_wait, some.open_wait[:0], some.open_age[:0], some.freight[:0], some.part[:0])  # fmt: skip
    begun = empty.everywhere(of.months, every)
    assert len(begun.month) == of.months * every and not begun.month.view(np.int64).any()
    assert begun.plus(some).month.tolist() == some.everywhere(of.months, every).month.tolist()
    assert isinstance(found.lines, Ledger) and not len(found.lines)
