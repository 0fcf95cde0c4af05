"""From the words of a file to pieces that move: the whole chain on small scenarios, the same in both clocks."""

from __future__ import annotations

import pytest

from simnet.engine.simulate import simulate
from simnet.ledger.audit import audit
from simnet.ledger.tally import KINDS
from simnet.network.tape import draw
from tests.network.flows import network

DEMAND = "[{orders: 20 per month, order_class: vor}, {orders: 15 per month}]"
PLACES = {
    "lyon": "balance: 1 w, at: Lyon FR", "nice": "at: Nice FR", "nimes": "at: Nimes FR", "koln": "at: Cologne DE",
    "bonn": "at: Bonn DE", "paris": "at: Paris FR", "gent": "push: true, at: Gent BE",
}  # fmt: skip
WORLDS = {
    "everything": (
        "{vor: {ask: [facing, referral, lateral, central, supplier], lead_time: 1 d, patience: 5 d, will_fit: 10 %}, "
        "day: {ask: [lateral], mode: road, backorder: facing, patience: 9 d}}",
        "{default: {up_to: 3, reserve: {day: 1, stock: 1}}, tiers: {central: {up_to: 60, reserve: {stock: 2}}}}",
        {"facing", "referral", "lateral", "central", "supplier", "waited", "will-fit", "gave up"},
    ),
    "complete lines by way of the facing warehouse": (
        "{vor: {ask: [facing, referral], lead_time: 1 d, consolidate: true, lines: complete}, "
        "day: {backorder: central, mode: road}, stock: {ask: [referral], mode: road}}",
        "{default: {target: 70 %}}",
        {"facing", "referral", "waited"},
    ),
    "lost": (
        "{vor: {ask: [facing, lateral], unmet: lost, radius: 400 km}}",
        "{default: {target: 60 %}}",
        {"facing", "lateral", "waited", "lost"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WORLDS)
def test_every_source_that_is_asked_gives(name: str) -> None:
    """Lines go where the list sends them, nothing is lost on the way, and the clocks agree to the last integer."""
    classes, stocking, kinds = WORLDS[name]
    of = network(f"order_classes: {classes}\n", DEMAND, stocking, **PLACES)
    lines = draw(of, seed=7)
    tally = simulate(of, lines, seed=7, engine="simpy").tally
    assert audit(tally, of) > 0
    missed = tally.miss["lines"].reshape(-1, len(KINDS)).sum(axis=0)
    assert {kind for kind, count in zip(KINDS, missed.tolist(), strict=True) if count} == kinds
    pytest.importorskip("numba")
    assert tally.same_as(simulate(of, lines, seed=7, engine="compiled").tally)
