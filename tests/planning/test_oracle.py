"""The exact values shared by all who build on the project, where they are at hand beside the repository."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from simnet.planning.fill import unit_fill
from simnet.planning.item import Items
from tests.planning.reference import GEOMETRIC, MIXED, ONE, Sizes, one_level

ORACLES = Path(__file__).parents[3] / "shared" / "oracles"
UNIT = 1000.0
"""Minutes in the time unit of a case; fill does not depend on it."""

pytestmark = pytest.mark.skipif(
    not (ORACLES / "open.json").is_file(), reason="no oracles beside the repository"
)


@pytest.fixture(scope="module")
def exact() -> ModuleType:
    """The module of exact formulas."""
    sys.path.insert(0, str(ORACLES))
    try:
        return pytest.importorskip("exact")
    finally:
        sys.path.remove(str(ORACLES))


def single_site_cases() -> list[Any]:
    """The single-site cases whose unit fill is given and that this package plans."""
    if not (ORACLES / "open.json").is_file():
        return []
    cases = json.loads((ORACLES / "open.json").read_text("utf-8"))["cases"]
    known = [case for case in cases if case["system"] in LEVELS and expected(case) is not None]
    return [pytest.param(case, id=case["id"]) for case in known]


def levels_of(case: dict[str, Any]) -> tuple[int, int, int]:
    """Trigger, up-to and lot of a case."""
    given = case["parameters"]
    rule = LEVELS[case["system"]] or {"S": "base", "sS": "ss", "rnQ": "rnq"}[given["policy"][0]]
    if rule == "base":
        up_to = given["S"] if "S" in given else given["policy"][1]
        return up_to - 1, up_to, 1
    first, second = given["policy"][1:] if "policy" in given else (given.get(a) for a in ("r", "Q"))
    if rule == "rnq":
        return first, first + 1, second
    if "s" in given:
        first, second = given["s"], given["S"]
    return first, second, 1


LEVELS = {
    "single_base_stock": "base",
    "single_rnq": "rnq",
    "single_ss": "ss",
    "periodic_base_stock": "base",
    "periodic_rnq": "rnq",
    "periodic_ss": "ss",
    "discrete_backorder": None,
}


def expected(case: dict[str, Any]) -> float | None:
    """The exact unit fill of a case."""
    known = {**case.get("also", {}), case["measure"]: case.get("recomputed", case["value"])}
    if case["measure"] == "unit_fill" and case["kind"] == "published":
        known["unit_fill"] = case.get("recomputed", case["also"].get("ready_rate"))
    return known.get("unit_fill")


@pytest.mark.parametrize("case", single_site_cases())
def test_open_cases(case: dict[str, Any], exact: ModuleType) -> None:
    """Every single-site case comes out within 1e-9."""
    given = case["parameters"]
    demand = given.get("demand", {})
    if demand.get("kind") == "intermittent":
        pytest.skip("reviewed in step with demand; see test_review_in_step_with_demand")
    size = Sizes(tuple(exact.size_pmf(given.get("size"))))
    lead = given["lead"]["mean"] if "lead" in given else given["L"]
    rate = given["lam"] if "lam" in given else demand["mean"]
    review = 1.0 if demand else given.get("R", 0.0)
    items = Items.of(rate / UNIT, lead_mean=lead * UNIT, sizes=[size])
    found = unit_fill(items, one_level(*levels_of(case)), review * UNIT)[0]
    assert found == pytest.approx(expected(case), abs=1e-9)


@pytest.mark.parametrize("seed", range(40))
def test_random_cases(seed: int, exact: ModuleType) -> None:
    """Random single sites agree with the exact formulas under all six policies."""
    rng = np.random.default_rng(seed)
    size = [ONE, MIXED, GEOMETRIC][seed % 3]
    lam, lead, review = rng.uniform(0.05, 3), rng.uniform(0.1, 6), rng.uniform(0.1, 4)
    chances = np.array(size.chances) / sum(size.chances)
    trigger, gap = int(rng.integers(0, 15)), int(rng.integers(1, 15))
    up_to = trigger + gap
    exactly = {
        (trigger, trigger + 1, 1, 0): exact.base_stock(lam, lead, trigger + 1, chances),
        (trigger, trigger + 1, gap, 0): exact.rnq(lam, lead, trigger, gap, chances),
        (trigger, up_to, 1, 0): exact.ss(lam, lead, trigger, up_to, chances),
        (trigger, trigger + 1, 1, 1): exact.periodic_base_stock(lam, review, lead, trigger + 1, chances),
        (trigger, trigger + 1, gap, 1): exact.periodic_rnq(lam, review, lead, trigger, gap, chances),
        (trigger, up_to, 1, 1): exact.periodic_ss(lam, review, lead, trigger, up_to, chances),
    }
    items = Items.of(lam / UNIT, lead_mean=lead * UNIT, sizes=[size])
    for (*levels, reviewed), known in exactly.items():
        found = unit_fill(items, one_level(*levels), review * UNIT * reviewed)[0]
        assert found == pytest.approx(known["unit_fill"], abs=1e-9), (levels, reviewed)


def test_review_in_step_with_demand(exact: ModuleType) -> None:
    """Reviews at the start of each demand period are planned as at any phase: right to a tenth of a point."""
    size, chance, lead, up_to = MIXED, 0.08, 14, 6
    demand = np.array(size.chances) * chance
    demand[0] = 1 - chance
    known = exact.discrete_periodic(demand, lead, ("S", up_to))["unit_fill"]
    by_period = {"period": UNIT, "chance": chance, "lead_mean": lead * UNIT}
    found = unit_fill(Items.of(chance / UNIT, sizes=[size], **by_period), one_level(5, 6, 1), int(UNIT))[0]
    assert found == pytest.approx(known, abs=1e-3)


def test_overtaking_orders(exact: ModuleType) -> None:
    """Lead times so variable that orders overtake: the mixture is an approximation, on the careful side."""
    known = exact.rq_exponential_lead_time(1.0, 3.0, 4, 8)["unit_fill"]
    found = unit_fill(Items.of(1 / UNIT, lead_mean=3 * UNIT, lead_cv=1.0), one_level(4, 5, 8))[0]
    assert found < known < found + 0.03
