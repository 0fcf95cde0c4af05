"""One KPI as a tidy pandas table: a row for each design, site, tier, month, part class or replication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.errors import SimnetError, did_you_mean
from simnet.ledger.tally import Tally
from simnet.metrics.compare import Comparison, DesignResult
from simnet.metrics.intervals import estimate
from simnet.metrics.kpi import Kpi, find, unit_of
from simnet.metrics.monthly import MonthView, cells, months
from simnet.metrics.view import CUSTOMERS, View
from simnet.network.network import Network

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

AXES = ("design", "site", "tier", "month", "part_class", "order_class", "replication")

Place = dict[str, str]


def frame(
    results: Comparison | Sequence[DesignResult], key: str, by: Sequence[str] = ("design",)
) -> pd.DataFrame:
    """A KPI by any of AXES; without `replication`, the mean over replications and its half width.

    Columns: those of `by`, then metric, unit, value and (over replications) half_width. Places where nothing
    was asked have no value.
    """
    import pandas as pd

    check(by)
    designs = results.results if isinstance(results, Comparison) else tuple(results)
    rows = [row for result in designs for row in tidy_rows(result, key, by)]
    columns = [*by, "metric", "unit", "value"] + ([] if "replication" in by else ["half_width"])
    return pd.DataFrame(rows, columns=columns)


def check(by: Sequence[str]) -> None:
    """Every axis is known."""
    for axis in by:
        if axis not in AXES:
            hint = did_you_mean(axis, AXES)
            raise SimnetError(f"unknown axis '{axis}' of a frame; {hint or 'known: ' + ', '.join(AXES)}")


def tidy_rows(result: DesignResult, key: str, by: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of one design."""
    kpi = find(key, result.network)
    refuse(kpi, by)
    same = {"metric": key, "unit": unit_of(kpi.metric, result.network)}
    found = [list(cut(tally, result.network, kpi, by)) for tally in result.tallies]
    for places in zip(*found, strict=True):
        row = {"design": result.name, **places[0][0], **same}
        numbers = [value for _, value in places]
        if "replication" in by:
            yield from ({**row, "replication": n, "value": value} for n, value in enumerate(numbers))
        else:
            over = estimate(numbers, same["unit"])
            yield {**row, "value": over.mean, "half_width": over.half_width}


def refuse(kpi: Kpi, by: Sequence[str]) -> None:
    """Say so where a KPI cannot be told apart along an axis."""
    if "month" in by and kpi.metric.month is None:
        raise SimnetError(f"{kpi.key} is not known by month")
    if "part_class" in by and not kpi.metric.by_class:
        raise SimnetError(f"{kpi.key} is not known by part class: it is counted by site")
    by_order = "order_class" in by or kpi.order_class is not None
    if "order_class" in by and (not kpi.metric.by_order or kpi.order_class is not None):
        raise SimnetError(f"{kpi.key} is not known by order class")
    if "month" in by and by_order:
        raise SimnetError(f"{kpi.key} is not known by month and order class together")


def cut(tally: Tally, network: Network, kpi: Kpi, by: Sequence[str]) -> Iterator[tuple[Place, float | None]]:
    """The KPI of one tally at every place that `by` tells apart."""
    if "month" in by and kpi.metric.month is not None:
        for place, chosen in month_cells(network, kpi, by):
            sums: dict[str, Integers] = {}
            for index, name in months(network):
                month = MonthView(tally, network, index, chosen, sums)
                yield {**place, "month": name}, kpi.metric.month(month)
        return
    for place, view in views(tally, network, kpi, by):
        if "order_class" not in by:
            yield place, kpi.value(view)
            continue
        for number, name in enumerate(network.order_classes[CUSTOMERS], start=CUSTOMERS.start):
            yield {**place, "order_class": name}, kpi.value(replace(view, order_class=number))


def sites_of(network: Network, kpi: Kpi, by: Sequence[str]) -> Iterator[tuple[Place, Integers]]:
    """Groups of sites told apart by site or tier, within the KPI's own tier."""
    chosen = np.arange(network.sites)
    if kpi.tier is not None:
        chosen = chosen[network.site_tier == kpi.tier]
    if "site" in by:
        for site in chosen:
            tier = network.tier_names[network.site_tier[site]]
            yield {"site": network.site_names[site], "tier": tier}, np.array([site])
    elif "tier" in by:
        for tier, name in enumerate(network.tier_names):
            yield {"tier": name}, chosen[network.site_tier[chosen] == tier]
    else:
        yield {}, chosen


def month_cells(network: Network, kpi: Kpi, by: Sequence[str]) -> Iterator[tuple[Place, Integers]]:
    """Groups of cells of the monthly tally."""
    for place, sites in sites_of(network, kpi, by):
        if "part_class" in by:
            for index, name in enumerate(network.class_names):
                yield {**place, "part_class": name}, cells(network, sites, index)
        else:
            yield place, cells(network, sites)


def views(tally: Tally, network: Network, kpi: Kpi, by: Sequence[str]) -> Iterator[tuple[Place, View]]:
    """Groups of stocking points; points are sorted by site once, so that many sites stay cheap."""
    order = np.argsort(network.points["site"], kind="stable")
    starts = np.searchsorted(network.points["site"][order], np.arange(network.sites + 1))
    for place, sites in sites_of(network, kpi, by):
        pieces = [order[starts[site] : starts[site + 1]] for site in sites]
        points = np.concatenate(pieces) if pieces else np.empty(0, dtype=np.int64)
        view = View(tally, network, points, sites)
        if "part_class" not in by:
            yield place, view
            continue
        kind = network.part_class[network.points["part"][points]]
        for index, name in enumerate(network.class_names):
            part = replace(view, points=points[kind == index], part_class=index, sums={})
            yield {**place, "part_class": name}, part
