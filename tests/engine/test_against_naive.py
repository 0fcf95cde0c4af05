"""The engine against a second simulator: random networks, every counter and every row of the ledger."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from simnet.engine.simulate import Run, simulate
from simnet.ledger.audit import audit
from simnet.ledger.tally import Tally
from tests.engine.counting import ledger_of, tally_of
from tests.engine.naive import Naive
from tests.engine.worlds_at_random import RandomWorld, random_worlds
from tests.engine.worlds_mixed import mixed_worlds

LENIENT = settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def differences(found: Tally, expected: Tally) -> list[str]:
    """Every counter that differs, by name."""
    lines = []
    for grain in ("point", "flow", "month", "miss", "why", "freight"):
        left, right = getattr(found, grain), getattr(expected, grain)
        for name in left.dtype.names:
            for row in np.flatnonzero(left[name] != right[name]).tolist():
                lines.append(f"{grain}[{row}].{name}: {left[name][row]} is not {right[name][row]}")
    if not np.array_equal(found.wait, expected.wait):
        lines.append(f"wait differs at {np.argwhere(found.wait != expected.wait).tolist()}")
    return lines


def both(world: RandomWorld, **asked: Any) -> tuple[Run, Run]:
    """A world on the SimPy and the compiled clock."""
    first, second = (
        simulate(world.network, world.tape, seed=3, engine=engine, lines=True, **asked)
        for engine in ("simpy", "compiled")
    )
    return first, second


def compare(world: RandomWorld) -> None:
    """Every counter and every row of the ledger of three simulators."""
    naive = Naive(world.network, world.tape, seed=3)
    simpy, compiled = both(world)
    assert differences(simpy.tally, tally_of(naive)) == []
    assert simpy.lines.rows().tolist() == ledger_of(naive)
    assert differences(compiled.tally, simpy.tally) == []
    assert compiled.tally.same_as(simpy.tally)
    assert compiled.lines.same_as(simpy.lines)
    audit(simpy.tally, world.network)


@LENIENT
@given(random_worlds())
def test_both_clocks_agree_with_a_naive_simulator(world: RandomWorld) -> None:
    """Both clocks leave the integers that a simulator written from the laws alone leaves (laws 1 to 9)."""
    compare(world)


@settings(LENIENT, max_examples=60)
@given(mixed_worlds())
def test_clocks_and_naive_agree_on_worlds_that_mix_everything(world: RandomWorld) -> None:
    """The same where ranks, reserves, lists, hours, patience, shares, push, balancing and plans meet (laws 1 to 10)."""
    compare(world)


@pytest.mark.long
@settings(LENIENT, max_examples=3000)
@given(mixed_worlds())
def test_clocks_and_naive_agree_on_mixed_worlds_again_and_again(world: RandomWorld) -> None:
    """The same on thousands of worlds (laws 1 to 10)."""
    compare(world)


@pytest.mark.long
@settings(LENIENT, max_examples=5000)
@given(random_worlds())
def test_both_clocks_agree_with_a_naive_simulator_again_and_again(world: RandomWorld) -> None:
    """The same on thousands of worlds (laws 1 to 9)."""
    compare(world)
