"""Systems of one stocking site."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import stats

from tests.oracles.cases import Inexpressible
from tests.oracles.system import Lead, Pieces, Site, Stream, System, base_stock, pieces, reorder_lot, table
from tests.oracles.worlds import Measure, average, rate, site_measures, weighed

SITE = "site"
PERIOD = 10
"""Minutes in the period of a case in buckets: all happens at its first minute."""

Parameters = Mapping[str, Any]


def lead_of(case: Parameters) -> Lead:
    """The lead time of a single site: `L`, or `lead` with its kind."""
    lead = case.get("lead")
    return Lead(float(case["L"])) if lead is None else Lead(float(lead["mean"]), lead["kind"])


def one_site(case: Parameters, site: Site, **more: Any) -> System:
    """A site, Poisson orders, and every measure of both."""
    windows = tuple(case.get("windows", ()))
    size = pieces(case.get("size"))
    if site.cycle > 1 and math.gcd(site.cycle, size.written if isinstance(size.written, int) else 1) > 1:
        raise Inexpressible("all orders share a factor with the lot: the position depends on the start")
    measures = site_measures(SITE, "", windows)
    if case.get("cost"):
        measures["cost"] = cost_of(case["cost"])
    return System((site,), (Stream(SITE, case["lam"], size),), measures, windows, **more)


def cost_of(cost: Mapping[str, float]) -> Measure:
    """h on hand + b owed + K a replenishment order, a unit of time."""
    return weighed(
        (cost.get("h", 0.0), average(SITE, "on_hand_minutes")),
        (cost.get("b", 0.0), average(SITE, "owed_minutes")),
        (cost.get("K", 0.0), rate(SITE, "orders")),
    )


def single_base_stock(case: Parameters) -> System:
    """(S-1, S), backorders, any lead time."""
    return one_site(case, base_stock(SITE, lead_of(case), case["S"]))


def single_rnq(case: Parameters) -> System:
    """(r, nQ), backorders."""
    return one_site(case, reorder_lot(SITE, lead_of(case), case["r"], case["Q"]))


def single_ss(case: Parameters) -> System:
    """(s, S), backorders."""
    return one_site(case, Site(SITE, lead_of(case), case["s"], case["S"]))


def single_rq_exponential_lead(case: Parameters) -> System:
    """(r, Q) with independent exponential lead times: orders overtake each other."""
    return one_site(case, reorder_lot(SITE, Lead(case["mean_L"], "exponential"), case["r"], case["Q"]))


def periodic(case: Parameters, site: Site) -> System:
    """A site that looks at its position every R."""
    return one_site(case, replace(site, review=case["R"]), step=case["R"])


def periodic_base_stock(case: Parameters) -> System:
    """(R, S)."""
    return periodic(case, base_stock(SITE, lead_of(case), case["S"]))


def periodic_ss(case: Parameters) -> System:
    """(R, s, S)."""
    return periodic(case, Site(SITE, lead_of(case), case["s"], case["S"]))


def periodic_rnq(case: Parameters) -> System:
    """(R, r, nQ)."""
    return periodic(case, reorder_lot(SITE, lead_of(case), case["r"], case["Q"]))


def lost_sales_base_stock(case: Parameters) -> System:
    """(S-1, S), what is not there is lost."""
    return one_site(case, base_stock(SITE, lead_of(case), case["S"]), lost=True)


def lost_sales_rq(case: Parameters) -> System:
    """(r, Q), lost sales, one order on the way at most."""
    return one_site(case, reorder_lot(SITE, lead_of(case), case["r"], case["Q"]), lost=True)


def transient_base_stock(case: Parameters) -> System:
    """(S-1, S) from full shelves over [0, T]."""
    system = one_site(case, base_stock(SITE, lead_of(case), case["S"]), span=(0.0, case["T"]))
    closing: Measure = lambda worlds: (worlds.point(SITE, "on_hand"), worlds.point(SITE, "on_hand") * 0 + 1)  # noqa: E731
    return replace(system, measures={**system.measures, "on_hand_at_T": closing})


def discrete_demand(demand: Mapping[str, Any]) -> tuple[float, Pieces]:
    """The chance of a demand in a period, and its size where there is one."""
    kind = demand["kind"]
    if kind == "intermittent":
        return float(demand["p"]), pieces(demand["size"])
    if kind == "pmf":
        chances = dict(zip(demand["values"], demand["probs"], strict=True))
    elif kind in ("poisson", "negative_binomial"):
        law = law_of(demand)
        count = int(law.mean() + 14 * law.std() + 40)
        chances = {k: float(p) for k, p in enumerate(law.pmf(np.arange(count)))}
    else:
        raise Inexpressible(f"no demand of the kind {kind}")
    none = chances.pop(0, 0.0)
    return 1 - none, table(chances)


def law_of(demand: Mapping[str, Any]) -> Any:
    """The law of a period's demand."""
    mean = demand["mean"]
    if demand["kind"] == "poisson":
        return stats.poisson(mean)
    chance = 1 / demand["var_to_mean"]
    return stats.nbinom(mean * chance / (1 - chance), chance)


class Capped:
    """(s, S) whose orders are never larger than q: a policy of one's own, asked inside the run."""

    def __init__(self, trigger: int, up_to: int, most: int, review: int) -> None:
        self.trigger, self.up_to, self.most, self.review = trigger, up_to, most, review

    def decide(self, here: Any, now: int) -> int:
        """What is missing, at most `most`."""
        position = here.on_hand + here.on_order - here.owed
        return min(self.most, self.up_to - position) if position <= self.trigger else 0


def discrete(case: Parameters, lost: bool) -> System:
    """Periods: review and order, receipt, demand, count. All fall in the period's first minute, in this order."""
    chance, size = discrete_demand(case["demand"])
    word, *numbers = case["policy"]
    lead, policies = Lead(float(case["L"])), {}
    if word == "S":
        site = base_stock(SITE, lead, numbers[0], review=1.0)
    elif word in ("rnQ", "snQ"):
        site = reorder_lot(SITE, lead, numbers[0], numbers[1], review=1.0)
    elif word in ("sS", "sSq"):
        site = Site(SITE, lead, numbers[0], numbers[1], review=1.0)
    else:
        raise Inexpressible(f"no policy {word}")
    if word == "sSq":
        policies = {SITE: Capped(numbers[0], numbers[1], numbers[2], PERIOD)}
    measures = site_measures(SITE, "")
    measures |= {"on_hand_end": measures["on_hand"], "backorders_end": measures["backorders"]}
    short = measures["lost_rate" if lost else "backorders"]
    terms = ((case.get("h", 0.0), measures["on_hand"]), (case.get("p", 0.0), short))
    measures["cost"] = weighed(*terms, (case.get("K", 0.0), measures["order_rate"]))
    return System(
        (site,),
        (Stream(SITE, chance, size, period=True),),
        measures,
        lost=lost,
        step=1.0,
        minutes=PERIOD,
        policies=policies,
        acting=bool(policies),
    )


def discrete_backorder(case: Parameters) -> System:
    """Buckets, backorders."""
    return discrete(case, lost=False)


def discrete_lost_sales(case: Parameters) -> System:
    """Buckets, lost sales."""
    return discrete(case, lost=True)


SINGLE = {
    system.__name__: system
    for system in (
        single_base_stock, single_rnq, single_ss, single_rq_exponential_lead, periodic_base_stock, periodic_ss,
        periodic_rnq, lost_sales_base_stock, lost_sales_rq, transient_base_stock, discrete_backorder,
        discrete_lost_sales,
    )
}  # fmt: skip
