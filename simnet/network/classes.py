"""Order classes as integers: ranks, promises, what they cost the dealer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from simnet.errors import Problem, SimnetError, did_you_mean, shorten
from simnet.integers import Integers, Rows
from simnet.network.rows import CLASSES
from simnet.scenario.order_classes import ALWAYS, STOCK, OrderClass, built_in_names, is_rush, standard

if TYPE_CHECKING:
    from simnet.scenario.scenario import Scenario

Rules = Mapping[str, OrderClass]
TEN_THOUSAND = 10_000


def classes_of(scenario: Scenario, used: Iterable[str] = ()) -> dict[str, OrderClass]:
    """The order classes of a network: stock and day, those declared, then those of `used` that are built in."""
    rules = {name: standard(name) for name in ALWAYS} | scenario.order_classes
    for name in used:
        if name not in rules and name not in built_in_names():
            remedy = did_you_mean(name, rules) or f"declare it: order_classes: {{{name}: {{rank: 2}}}}"
            raise SimnetError(Problem(f"there is no order class {shorten(name)}", path="demand", remedy=remedy))
        rules.setdefault(name, standard(name))
    return rules


def class_rows(rules: Rules) -> Rows:
    """One CLASSES record an order class."""
    rows = np.zeros(len(rules), CLASSES)
    each = list(rules.values())
    rows["rank"] = [rule.rank for rule in each]
    rows["lost"] = [rule.unmet == "lost" for rule in each]
    rows["complete"] = [rule.lines == "complete" for rule in each]
    rows["together"] = [rule.jobs == "complete" for rule in each]
    rows["patience"] = [rule.patience or 0 for rule in each]
    rows["need_by"] = [rule.need_by or 0 for rule in each]
    rows["surcharge"] = [round(rule.surcharge * TEN_THOUSAND) for rule in each]
    rows["discount"] = [round(rule.discount * TEN_THOUSAND) for rule in each]
    rows["dealer_pays"] = [rule.freight == "dealer" for rule in each]
    rows["rush"] = [is_rush(rule, rules[STOCK]) for rule in each]
    return rows


def queue_of(rules: Rules) -> Integers:
    """The queue of each class where stock is allocated by rank: classes of one rank share one."""
    ranks = sorted({rule.rank for rule in rules.values()})
    return np.array([ranks.index(rule.rank) for rule in rules.values()], dtype=np.int64)
