"""What holds of every order flow, whatever the numbers: Little, who arrives sees averages, pieces are kept.

Little's law is counted to the last minute, from a start at which nobody waits. The others are differences that are
zero on average, within 5 standard errors of 300,000 orders in the compiled clock; a wrong engine is off by many.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.oracles.cases import Case, exact_module
from tests.oracles.networks import serial_lost_sales
from tests.oracles.orderflow import (
    SITE,
    lateral_transshipment,
    pooled_identical,
    rationing_backorder,
    rationing_lost_sales,
    two_echelon_emergency,
)
from tests.oracles.say import Effort
from tests.oracles.system import Lead, Site, System, base_stock
from tests.oracles.verdict import ALSO_BOUND, perform
from tests.oracles.worlds import Array, Measure, Worlds, average, estimate, worlds_of

KEPT = {"lam1": 0.1, "lam2": 0.15, "mean_L": 10.0, "S": 4, "c": 1}
LOST = {"lams": [0.08, 0.12, 0.05], "levels": [0, 1, 2], "S": 5}
HELPED = {"lams": [0.1, 0.2, 0.05], "Ls": [8.0, 8.0, 8.0], "Ss": [1, 2, 0]}
UNDER = {"lams": [0.1, 0.06], "Ss": [1, 2], "Ls": [3.0, 4.0], "S0": 2, "L0": 9.0}
LINE = {"lam": 0.3, "S1": 2, "L1": 3.0, "S0": 2, "L0": 5.0}
EFFORT = Effort(3e5, parts=20)


def run(system: System, folder: Path, name: str, engine: str = "compiled", effort: Effort = EFFORT) -> Worlds:
    """The tallies of a system, audited."""
    verdict, result = perform(Case(name, name, {}, {}), system, folder, engine, effort)
    return worlds_of(result, verdict.length.minutes)


def check_zero(worlds: Worlds, measure: Measure) -> None:
    """A measure that is zero on average."""
    found = estimate(worlds, measure)
    assert abs(found.value) <= ALSO_BOUND * found.error, found


def check_value(worlds: Worlds, measure: Measure, value: float) -> None:
    """A measure that is known."""
    found = estimate(worlds, measure)
    assert abs(found.value - value) <= ALSO_BOUND * found.error, (found, value)


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
@pytest.mark.parametrize(
    ("make", "given"),
    [(rationing_backorder, KEPT), (serial_lost_sales, LINE), (two_echelon_emergency, UNDER)],
    ids=["reserves", "lost sales", "emergencies"],
)
def test_little_to_the_last_minute(make: Callable[[Any], System], given: Any, engine: str, tmp_path: Path) -> None:
    """From a start at which nobody waits, piece-minutes owed are the waits of all pieces, by point and order class."""
    system = replace(make(given), span=(0.0, 2000.0))
    worlds = run(system, tmp_path, "little", engine, Effort(1e3, parts=2, replications=3))
    for tally in worlds.tallies:
        owed, waits = tally.flow["owed_minutes"], tally.flow["waited_minutes"] + tally.flow["open_minutes"]
        np.testing.assert_array_equal(owed, waits)
        assert owed.sum() > 0


def by_class(worlds: Worlds, name: str, number: int) -> Array:
    """A field of one order class of a dealer who keeps reserves."""
    return worlds.of_class(SITE, f"class{number}", name)


def sees_the_shelf(site: str, order_class: str) -> Measure:
    """Share of customers who find a piece less share of time in which there is one."""

    def measure(worlds: Worlds) -> tuple[Array, Array]:
        asked, found = (worlds.of_class(site, order_class, name) for name in ("units", "filled_units"))
        ready = worlds.point(site, "stocked_minutes") / worlds.minutes / worlds.time
        return found - asked * ready, asked

    return measure


@pytest.mark.parametrize("kind", ["exponential", "twopoint"])
def test_who_arrives_sees_averages(kind: str, tmp_path: Path) -> None:
    """The best class finds a piece as often as there is one, whoever else takes or waits."""
    worlds = run(rationing_backorder(KEPT), tmp_path, "kept")
    check_zero(worlds, sees_the_shelf(SITE, "class1"))
    lost = LOST | {"lead": {"kind": kind, "mean": 12.0}}
    check_zero(run(rationing_lost_sales(lost), tmp_path, f"lost-{kind}"), sees_the_shelf(SITE, "class1"))
    helped = run(lateral_transshipment(HELPED), tmp_path, "helped")
    for site in ("dealer1", "dealer2"):
        check_zero(helped, sees_the_shelf(site, "day"))


def test_pieces_on_hand_less_those_owed(tmp_path: Path) -> None:
    """With backorders, on hand less owed is S less the demand of a lead time, reserves or not."""

    def measure(worlds: Worlds) -> tuple[Array, Array]:
        held, time = average(SITE, "on_hand_minutes")(worlds)
        owed, _ = average(SITE, "owed_minutes")(worlds)
        return held - owed, time

    kept = KEPT["S"] - (KEPT["lam1"] + KEPT["lam2"]) * KEPT["mean_L"]
    check_value(run(rationing_backorder(KEPT), tmp_path, "kept"), measure, kept)


@pytest.mark.parametrize("kind", ["deterministic", "exponential", "lognormal"])
def test_pieces_on_hand_where_sales_are_lost(kind: str, tmp_path: Path) -> None:
    """With lost sales, on hand is S less what is served in a lead time; no law of lead times changes the fills."""
    lead = {"kind": kind, "mean": 12.0}

    def measure(worlds: Worlds) -> tuple[Array, Array]:
        held, time = average(SITE, "on_hand_minutes")(worlds)
        served = sum((by_class(worlds, "filled_units", number) for number in (1, 2, 3)), np.zeros(1))
        return held + lead["mean"] * served, time

    system = rationing_lost_sales(LOST | {"lead": lead})
    worlds = run(system, tmp_path, f"lost-{kind}")
    check_value(worlds, measure, LOST["S"])
    exact = exact_module()
    if exact is not None:
        values = exact.rationing_lost_sales(LOST["lams"], LOST["levels"], lead["mean"], LOST["S"])
        for number in (1, 2, 3):
            check_value(worlds, system.measures[f"fill_class{number}"], values[f"fill_class{number}"])


def erlang(load: float, servers: int) -> float:
    """Erlang's loss formula."""
    lost = 1.0
    for busy in range(1, servers + 1):
        lost = load * lost / (busy + load * lost)
    return lost


@pytest.mark.parametrize("kind", ["exponential", "uniform", "twopoint"])
def test_a_pool_is_one_shelf(kind: str, tmp_path: Path) -> None:
    """With complete pooling and equal lead times, what the pool lacks is Erlang's loss of all stock, of any law."""
    system = lateral_transshipment(HELPED)
    sites = tuple(replace(site, lead=Lead(8.0, kind)) for site in system.sites)
    worlds = run(replace(system, sites=sites), tmp_path, f"pool-{kind}")
    check_value(worlds, system.measures["emergency"], erlang(8.0 * sum(HELPED["lams"]), sum(HELPED["Ss"])))
    alike = {"m": 0.04, "J": 5, "R": 3, "lead": {"kind": kind, "mean": 9.0}}
    system = pooled_identical(alike)
    check_value(run(system, tmp_path, f"alike-{kind}"), system.measures["emergency"], erlang(0.04 * 5 * 9.0, 3))


def with_a_warehouse(system: System, above: Site) -> System:
    """The same dealers, refilled by a warehouse."""
    return replace(system, sites=(above, *(replace(site, above=above.name) for site in system.sites)))


@pytest.mark.parametrize("stocked", [0, 80], ids=["a tier without stock and time", "a depot never out"])
def test_a_tier_that_changes_nothing(stocked: int, tmp_path: Path) -> None:
    """A tier without stock and lead time, or one that is never out, leaves its dealers as they were."""
    exact = exact_module()
    if exact is None:
        pytest.skip("no exact.py beside the oracle file")
    system = lateral_transshipment(HELPED)
    gate = base_stock("gate", Lead(30.0 if stocked else 0.0), stocked)
    worlds = run(with_a_warehouse(system, gate), tmp_path, f"gate-{stocked}")
    values = exact.transshipment(HELPED["lams"], HELPED["Ls"], HELPED["Ss"])
    for name in ("local_fill_1", "local_fill_2", "lateral_1", "lateral_3", "emergency"):
        check_value(worlds, system.measures[name], values[name])


def test_a_depot_without_stock_is_a_longer_lead_time(tmp_path: Path) -> None:
    """Dealers under a depot without stock meet their customers as if its lead time were part of theirs."""
    system = two_echelon_emergency(UNDER | {"S0": 0})
    fixed = [replace(site, lead=Lead(site.lead.mean)) for site in system.sites]
    worlds = run(replace(system, sites=tuple(fixed)), tmp_path, "no-stock")
    alone = lateral_transshipment({"lams": UNDER["lams"], "Ls": [12.0, 13.0], "Ss": UNDER["Ss"]})
    apart = [replace(site, lead=Lead(site.lead.mean)) for site in alone.sites]
    twin = run(replace(alone, sites=tuple(apart)), tmp_path, "alone")
    for name in ("local_fill", "lateral"):
        one, other = (estimate(each, system.measures[name]) for each in (worlds, twin))
        assert abs(one.value - other.value) <= ALSO_BOUND * np.hypot(one.error, other.error)
