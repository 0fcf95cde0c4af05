"""The KPIs that say what a measure says: the same number, replication by replication."""

from __future__ import annotations

import numpy as np

from simnet.study import Result
from tests.oracles.system import System
from tests.oracles.worlds import Array, Measure, average, rate, share, worlds_of

CLOSE = 1e-9


def pairs(site: str) -> dict[str, Measure]:
    """KPIs of a site (it is a tier of its own), and the measures that they equal."""
    return {
        f"fill.{site}.unit": share(site, "filled_units", "units"),
        f"fill.{site}.line": share(site, "filled_lines", "lines"),
        f"stock.{site}.on_hand.units": average(site, "on_hand_minutes"),
        f"stock.{site}.on_order.units": average(site, "on_order_minutes"),
        f"stock.{site}.transit.units": average(site, "transit_minutes"),
        f"owed.{site}.units": average(site, "owed_minutes"),
        f"ready.{site}": average(site, "stocked_minutes"),
    }


def by_replication(values: Array, replications: int) -> Array:
    """Sums over the worlds of each replication."""
    return np.asarray(values.reshape(replications, -1).sum(axis=1))


def check_kpis(result: Result, system: System, minutes: int) -> None:
    """Every KPI of every site agrees with the tallies."""
    worlds = worlds_of(result, minutes)
    replications, parts = len(worlds.tallies), worlds.network.parts
    for site in system.sites:
        for key, measure in pairs(site.name).items():
            if key.startswith("ready.") and site.up_to <= 0:
                continue  # of points that stock nothing by rule, the KPI leaves out those that nobody asked
            top, bottom = (by_replication(each, replications) for each in measure(worlds))
            asked = bottom > 0
            # units are sums over the parts, and shares (of time, too) are averages
            expected = top[asked] / bottom[asked] * (parts if key.endswith("units") else 1)
            said = np.array(result.kpi(key).values, dtype=np.float64)[asked]
            np.testing.assert_allclose(said, expected, rtol=CLOSE, err_msg=key)
    placed = sum(by_replication(rate(site.name, "orders")(worlds)[0], replications) for site in system.sites)
    years = worlds.tallies[0].minutes / (365 * 1440)
    np.testing.assert_allclose(result.kpi("orders.year").values, placed / years, rtol=CLOSE)
