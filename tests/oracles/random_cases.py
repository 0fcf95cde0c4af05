"""Cases with parameters of chance, solved by the exact formulas beside the oracle file."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from types import ModuleType
from typing import Any

from tests.oracles.cases import Case
from tests.oracles.chances import KINDS, Made, Maker, load


def size(chance: Random) -> Any:
    """An order size of any kind."""
    return chance.choice(
        [
            1,
            {"kind": "geometric", "mean": round(chance.uniform(1.2, 3.0), 2)},
            {"kind": "pmf", "values": [1, 2, 4], "probs": [0.5, 0.3, 0.2]},
            {"kind": "shifted_poisson", "mean": round(chance.uniform(1.2, 2.5), 2)},
            {"kind": "logarithmic", "theta": round(chance.uniform(0.2, 0.7), 2)},
        ]
    )


def single_base_stock(chance: Random, exact: ModuleType) -> Made:
    """One piece an order under any lead time, or any size under a fixed one."""
    rate, lead = load(chance)
    kind = chance.choice(KINDS)
    given = {"lam": rate, "lead": {"kind": kind, "mean": lead}, "S": chance.randint(0, 8)}
    if kind == "deterministic":
        given |= {"size": size(chance), "windows": [round(lead / 3, 3)]}
    more = (given.get("size"), given.get("windows", ()))
    return given, exact.base_stock(rate, lead, given["S"], *more)


def single_rnq(chance: Random, exact: ModuleType) -> Made:
    """(r, nQ)."""
    rate, lead = load(chance)
    numbers = {"r": chance.randint(-1, 6), "Q": chance.randint(2, 9), "size": size(chance)}
    given = {"lam": rate, "L": lead, **numbers, "windows": [round(lead / 2, 3)]}
    return given, exact.rnq(rate, lead, *numbers.values(), given["windows"])


def single_ss(chance: Random, exact: ModuleType) -> Made:
    """(s, S)."""
    rate, lead = load(chance)
    trigger = chance.randint(0, 6)
    numbers = {"s": trigger, "S": trigger + chance.randint(2, 9), "size": size(chance)}
    return {"lam": rate, "L": lead, **numbers}, exact.ss(rate, lead, *numbers.values())


def single_rq_exponential_lead(chance: Random, exact: ModuleType) -> Made:
    """(r, Q), orders overtake each other."""
    rate, lead = load(chance)
    given = {"lam": rate, "mean_L": lead, "r": chance.randint(0, 5), "Q": chance.randint(1, 6)}
    return given, exact.rq_exponential_lead_time(*given.values())


def periodic(chance: Random) -> dict[str, Any]:
    """Rate, review and lead time."""
    rate, lead = load(chance)
    return {"lam": rate, "R": round(chance.uniform(0.2, 2.0) * lead, 3), "L": lead}


def periodic_base_stock(chance: Random, exact: ModuleType) -> Made:
    """(R, S)."""
    given = {**periodic(chance), "S": chance.randint(1, 10), "size": size(chance)}
    return given, exact.periodic_base_stock(*given.values())


def periodic_ss(chance: Random, exact: ModuleType) -> Made:
    """(R, s, S)."""
    trigger = chance.randint(0, 6)
    given = {**periodic(chance), "s": trigger, "S": trigger + chance.randint(2, 8), "size": size(chance)}
    return given, exact.periodic_ss(*given.values())


def periodic_rnq(chance: Random, exact: ModuleType) -> Made:
    """(R, r, nQ)."""
    given = {**periodic(chance), "r": chance.randint(0, 6), "Q": chance.randint(2, 8), "size": size(chance)}
    return given, exact.periodic_rnq(*given.values())


def lost_sales_base_stock(chance: Random, exact: ModuleType) -> Made:
    """Lost sales, any lead time."""
    rate, lead = load(chance)
    given = {"lam": rate, "lead": {"kind": chance.choice(KINDS), "mean": lead}, "S": chance.randint(1, 6)}
    return given, exact.lost_sales_base_stock(rate, lead, given["S"])


def lost_sales_rq(chance: Random, exact: ModuleType) -> Made:
    """Lost sales, one order on the way."""
    rate, lead = load(chance)
    trigger = chance.randint(0, 4)
    given = {"lam": rate, "L": lead, "r": trigger, "Q": trigger + chance.randint(1, 5)}
    return given, exact.lost_sales_rq(*given.values())


def discrete_backorder(chance: Random, exact: ModuleType) -> Made:
    """Buckets of any demand, any policy."""
    mean = round(chance.uniform(1.0, 6.0), 2)
    demand = chance.choice(
        [
            {"kind": "poisson", "mean": mean},
            {"kind": "negative_binomial", "mean": mean, "var_to_mean": 2.5},
            {"kind": "intermittent", "p": 0.3, "size": {"kind": "geometric", "mean": mean}},
        ]
    )
    lead, low, gap = chance.randint(0, 3), chance.randint(2, 15), chance.randint(3, 12)
    policy = chance.choice([["S", low + gap], ["sS", low, low + gap], ["rnQ", low, gap]])
    given = {"demand": demand, "L": lead, "policy": policy, "h": 1.0, "p": 7.0, "K": 3.0}
    return given, exact.discrete_periodic(bucket(demand, exact), lead, policy, 1.0, 7.0, 3.0)


def bucket(demand: Mapping[str, Any], exact: ModuleType) -> Any:
    """The chances of a period's demand."""
    import numpy as np
    from scipy import stats

    if demand["kind"] == "poisson":
        return exact.poisson_pmf(demand["mean"])
    if demand["kind"] == "intermittent":
        chances = demand["p"] * exact.size_pmf(demand["size"])
        chances[0] = 1 - demand["p"]
        return chances
    share = 1 / demand["var_to_mean"]
    return stats.nbinom.pmf(np.arange(200), demand["mean"] * share / (1 - share), share)


def divergent_network(chance: Random, exact: ModuleType) -> Made:
    """A tree of two or three levels with customers anywhere."""
    names = iter("abcdefghijklmnopqrstuvwxyz")

    def node(depth: int) -> dict[str, Any]:
        here: dict[str, Any] = {"name": next(names), "L": round(chance.uniform(0.5, 6.0), 2), "S": chance.randint(0, 4)}
        if depth:
            here["children"] = [node(chance.randrange(depth)) for _ in range(chance.randint(1, 3))]
        if not depth or chance.random() < 0.3:
            here["demand"] = round(chance.uniform(0.05, 0.4), 3)
        return here

    root = node(2)
    if chance.random() < 0.5:
        del root["S"]
        root |= {"r": chance.randint(0, 4), "Q": chance.randint(2, 6)}
    else:
        root["lead_kind"] = chance.choice(KINDS)
    found = exact.divergent(root)
    kept = ("on_hand", "backorders", "unit_fill", "mean_wait")
    return {"root": root}, {f"{name}.{key}": each[key] for name, each in found.items() for key in kept}


def two_echelon_compound(chance: Random, exact: ModuleType) -> Made:
    """Orders of several pieces under a depot."""
    bases = [
        {"lam": round(chance.uniform(0.03, 0.3), 3), "size": size(chance), "L": 2.5, "S": chance.randint(1, 5)}
        for _ in range(2)
    ]
    depot = chance.choice([["S", chance.randint(0, 9)], ["rnQ", chance.randint(-1, 4), chance.randint(2, 6)]])
    given = {"L0": round(chance.uniform(2.0, 10.0), 2), "depot": depot, "bases": bases}
    found = exact.two_echelon_compound(given["L0"], tuple(depot), bases)
    drop = ("order_rate",)
    return given, {f"{name}.{key}": v for name, each in found.items() for key, v in each.items() if key not in drop}


def mmpp_demand(chance: Random, exact: ModuleType) -> Made:
    """An environment of two states."""
    rates = [round(chance.uniform(0.02, 0.2), 3), round(chance.uniform(0.4, 1.5), 3)]
    there, back = round(chance.uniform(0.01, 0.1), 3), round(chance.uniform(0.05, 0.2), 3)
    lead = chance.choice(["constant", "exponential"])
    given = {"rates": rates, "generator": [[-there, there], [back, -back]], "L": 5.0, "S": 4, "lead": lead}
    found = exact.mmpp_base_stock(rates, given["generator"], 5.0, 4, lead)
    return given, {name: value for name, value in found.items() if name != "mean_rate"}


def declining_demand(chance: Random, exact: ModuleType) -> Made:
    """Demand that dies out."""
    given = {"lam0": 2.0, "decay": round(chance.uniform(0.02, 0.1), 3), "L": 3.0, "S": 5, "T0": 4.0, "T1": 20.0}
    return given, exact.declining_base_stock(*given.values())


def transient_base_stock(chance: Random, exact: ModuleType) -> Made:
    """From full shelves, for three laws of the lead time."""
    kind = chance.choice(["deterministic", "exponential", "uniform"])
    rate, lead = load(chance)
    given = {"lam": rate, "lead": {"kind": kind, "mean": lead}, "S": 3, "T": round(2.5 * lead, 3)}
    return given, exact.transient_base_stock(rate, (kind, lead), 3, given["T"])


MAKERS: tuple[Maker, ...] = (
    single_base_stock, single_rnq, single_ss, single_rq_exponential_lead, periodic_base_stock, periodic_ss,
    periodic_rnq, lost_sales_base_stock, lost_sales_rq, discrete_backorder, divergent_network,
    two_echelon_compound, mmpp_demand, declining_demand, transient_base_stock,
)  # fmt: skip


def make(maker: Maker, number: int, exact: ModuleType) -> Case:
    """The case that a number stands for; every measure is held to the bound of those beside a case's own."""
    given, values = maker(Random(f"{maker.__name__} {number}"), exact)
    numbers = {name: float(value) for name, value in values.items() if name != "states"}
    return Case(f"R-{number}", maker.__name__, given, {"": 0.0, **numbers})
