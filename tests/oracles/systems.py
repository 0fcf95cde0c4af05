"""Which systems of the oracle file the present features express, and why the others are skipped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.oracles.cases import Case, Inexpressible
from tests.oracles.changing import CHANGING
from tests.oracles.networks import NETWORKS
from tests.oracles.orderflow import ORDER_FLOW
from tests.oracles.single import SINGLE
from tests.oracles.system import System

SYSTEMS: Mapping[str, Callable[[Mapping[str, Any]], System]] = {**SINGLE, **NETWORKS, **CHANGING, **ORDER_FLOW}

REPAIR = "repair of failed units comes with a later feature"
JOBS = "multi_part_jobs"
"""Held to in `test_jobs`: its worlds are dealers of several parts."""
LATER = {
    "repairable_two_echelon": REPAIR,
    "repair_shop_open": REPAIR,
    "machine_repair_closed": REPAIR,
    "repair_priority": REPAIR,
    "disrupted_supply": "disruptions of routes come with a later feature",
    "forecast_croston": "forecasts inside a run come with a later feature",
    "forecast_tsb": "forecasts inside a run come with a later feature",
}


def system_of(case: Case) -> System:
    """The system of a case; `Inexpressible` says what is lacking."""
    if case.system in SYSTEMS:
        return SYSTEMS[case.system](case.parameters)
    raise Inexpressible(LATER.get(case.system, f"the system {case.system} is not known here"))
