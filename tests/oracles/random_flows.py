"""Cases of chance of systems with an order flow, solved by the exact formulas beside the oracle file."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from types import ModuleType
from typing import Any

from tests.oracles.chances import KINDS, Made, Maker, load


def rationing_lost_sales(chance: Random, exact: ModuleType) -> Made:
    """Reserves, lost sales, any lead time, two to four classes."""
    rate, lead = load(chance)
    rates = [round(rate * chance.uniform(0.2, 1.0), 3) for _ in range(chance.randint(2, 4))]
    levels = sorted(chance.choices(range(4), k=len(rates) - 1))
    kind = chance.choice(KINDS)
    given = {"lams": rates, "levels": [0, *levels], "lead": {"kind": kind, "mean": lead}, "S": chance.randint(2, 7)}
    return given, scalars(exact.rationing_lost_sales(rates, given["levels"], lead, given["S"]))


def rationing_backorder(chance: Random, exact: ModuleType) -> Made:
    """Reserves, backorders by rank."""
    rate, lead = load(chance)
    share = chance.uniform(0.2, 0.8)
    level = chance.randint(0, 3)
    given = {
        "lam1": round(rate * share, 3), "lam2": round(rate * (1 - share), 3), "mean_L": lead,
        "S": level + chance.randint(1, 5), "c": level,
    }  # fmt: skip
    return given, scalars(exact.rationing_backorder(*given.values()))


def neighbors(chance: Random, count: int) -> list[list[int]]:
    """Whom each site asks, in order: all others, or some."""
    prefs = [[other for other in range(count) if other != at] for at in range(count)]
    for asked in prefs:
        chance.shuffle(asked)
    return prefs if chance.random() < 0.5 else [asked[: chance.randint(0, count - 1)] for asked in prefs]


def lateral_transshipment(chance: Random, exact: ModuleType) -> Made:
    """Two to four sites, whoever helps whom, holding something back or not."""
    count = chance.randint(2, 4)
    rate, lead = load(chance)
    given = {
        "lams": [round(rate * chance.uniform(0.3, 1.0), 3) for _ in range(count)],
        "Ls": [round(lead * chance.uniform(0.5, 1.5), 3) for _ in range(count)],
        "Ss": [chance.randint(0, 4) for _ in range(count)],
        "prefs": neighbors(chance, count),
        "hold": [chance.randint(0, 2) for _ in range(count)],
    }
    found = exact.transshipment(*given.values())
    shelves = {f"on_hand_{at}": value for at, value in enumerate(found["on_hand"], start=1)}
    return given, scalars(found) | shelves


def pool(chance: Random) -> dict[str, Any]:
    """J sites and their loads; a cost of help and of waits."""
    cost = {"h": 10.0, "lateral": 500.0, "emergency": 1000.0, "t_lat": 0.5, "t_em": 2.0}
    sites, lead = chance.randint(2, 8), round(chance.uniform(4.0, 20.0), 2)
    kind = chance.choice(KINDS)
    rate = round(chance.uniform(0.1, 0.8) / lead, 4)
    return {"m": rate, "J": sites, "lead": {"kind": kind, "mean": lead}, "cost": cost}


def help_of(given: Mapping[str, Any], stocked: int, exact: ModuleType) -> dict[str, float]:
    """How the customers of a pool are met, how long they wait and what that costs."""
    rate, sites, cost = given["m"], given["J"], given["cost"]
    met: dict[str, float] = exact.pooled_identical(rate, sites, stocked, given["lead"]["mean"])
    wait = cost["t_lat"] * met["lateral"] + cost["t_em"] * met["emergency"]
    helped = cost["lateral"] * met["lateral"] + cost["emergency"] * met["emergency"]
    return {**met, "mean_wait": wait, "cost": cost["h"] * stocked + rate * sites * helped}


def pooled_identical(chance: Random, exact: ModuleType) -> Made:
    """Complete pooling of sites with one piece or none."""
    given = pool(chance)
    given["R"] = chance.randint(1, given["J"])
    return given, help_of(given, given["R"], exact)


def pooled_identical_mix(chance: Random, exact: ModuleType) -> Made:
    """Two such pools, mixed for a wait that lies between theirs."""
    given = pool(chance)
    low = chance.randint(0, given["J"] - 1)
    few, many = (help_of(given, stocked, exact) for stocked in (low, low + 1))
    high = round(chance.uniform(0.2, 0.8), 2)
    given["wait_target"] = (1 - high) * few["mean_wait"] + high * many["mean_wait"]
    return given, {
        "cost": (1 - high) * few["cost"] + high * many["cost"], "R_star": low + high, "weight_high": high,
        "cost_R_low": few["cost"], "cost_R_high": many["cost"],
        "wait_R_low": few["mean_wait"], "wait_R_high": many["mean_wait"],
    }  # fmt: skip


def two_echelon_emergency(chance: Random, exact: ModuleType) -> Made:
    """Two dealers under a depot, with or without help by each other and by the depot."""
    rate, lead = load(chance)
    given = {
        "lams": [round(rate * chance.uniform(0.2, 0.8), 3) for _ in range(2)],
        "Ss": [chance.randint(0, 3) for _ in range(2)],
        "Ls": [round(lead * chance.uniform(0.2, 0.8), 3) for _ in range(2)],
        "S0": chance.randint(0, 4),
        "L0": lead,
        "lateral": chance.random() < 0.7,
        "depot_direct": chance.random() < 0.7,
    }
    return given, scalars(exact.two_echelon_emergency(*given.values()))


def serial_lost_sales(chance: Random, exact: ModuleType) -> Made:
    """A dealer who loses customers, under a warehouse that owes him."""
    rate, lead = load(chance)
    given = {
        "lam": rate, "S1": chance.randint(1, 4), "L1": round(lead * chance.uniform(0.2, 1.0), 3),
        "S0": chance.randint(0, 4), "L0": lead,
    }  # fmt: skip
    return given, exact.serial_lost_sales(*given.values())


def scalars(found: Mapping[str, Any]) -> dict[str, float]:
    """The measures that are one number."""
    return {name: value for name, value in found.items() if not isinstance(value, list)}


FLOW_MAKERS: tuple[Maker, ...] = (
    rationing_lost_sales, rationing_backorder, lateral_transshipment, pooled_identical, pooled_identical_mix,
    two_echelon_emergency, serial_lost_sales,
)  # fmt: skip
