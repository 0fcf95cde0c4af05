"""The reference workload of the peer benchmarks, 21 sites in three tiers, against its exact steady state.

2.8 million orders a design in the compiled clock (40 replications of 120 years), 12,000 in the SimPy clock. A minute
holds 1/900 of an order of all dealers and 1/2880 of the shortest lead time, so the half minute of a tie moves the
fill of a dealer (slope 0.19 a piece in the pipeline at one piece, whose pipeline is 0.2) by less than 4e-5: this is
the tolerance beside the standard errors. The chance of a false alarm over all figures here is below 1e-3.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import simnet as sn
from simnet.study import Result
from tests.oracles.verdict import OWN_BOUND, bound

FILE = Path(__file__).with_name("reference.yaml")
TIE = 4e-5
FILLS = {"reference": 0.970217, "tight": 0.738831}
OTHERS = {"wait.mean": 0.04439, "stock.central.on_hand.units": 5.2402, "stock.dealer.on_hand.units": 16 * 1.75588}
"""Exact long-run figures of the first design: days, pieces at the center, pieces at sixteen dealers."""


def beyond(result: Result, key: str, design: str, exact: float, tolerance: float) -> float:
    """Standard errors by which a KPI is off, beyond the tolerance."""
    values = np.array(result.kpi(key, design).values, dtype=np.float64)
    error = values.std(ddof=1) / len(values) ** 0.5
    return float(max(abs(values.mean() - exact) - tolerance, 0.0) / error)


@pytest.fixture(scope="module")
def compiled() -> Result:
    """Both designs in the compiled clock."""
    return sn.load(FILE).compare(engine="compiled", folder=None, workers=1)


@pytest.mark.parametrize("design", list(FILLS))
def test_dealer_fill(compiled: Result, design: str) -> None:
    """The dealers' fill is the exact one, at ample and at tight stock."""
    allowed = bound(OWN_BOUND, 40)
    assert beyond(compiled, "fill.dealer.unit", design, FILLS[design], TIE) <= allowed
    assert beyond(compiled, "fill.unit", design, FILLS[design], TIE) <= allowed


@pytest.mark.parametrize("key", list(OTHERS))
def test_waits_and_stocks(compiled: Result, key: str) -> None:
    """Waits and stocks of the first design are the published ones, to their printed digits."""
    assert beyond(compiled, key, "reference", OTHERS[key], 1e-4 * OTHERS[key]) <= bound(OWN_BOUND, 40)


@pytest.mark.parametrize("design", list(FILLS))
def test_simpy_clock(design: str) -> None:
    """The SimPy clock too, within the interval of its shorter run, and with the tallies of the compiled one."""
    study = sn.load(FILE, {"run.length": "2 y", "run.warm_up": "100 d"})
    result, twin = (
        study.run(design, engine=engine, replications=10, folder=None, workers=1) for engine in ("simpy", "compiled")
    )
    assert beyond(result, "fill.dealer.unit", design, FILLS[design], TIE) <= bound(OWN_BOUND, 10)
    assert all(run.tally.same_as(other.tally) for run, other in zip(result.runs[0], twin.runs[0], strict=True))
