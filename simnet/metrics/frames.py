"""One KPI as a tidy pandas table: a row for each design, site, tier, month, part class, cause or replication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.errors import SimnetError, did_you_mean
from simnet.ledger.sums import Sums
from simnet.metrics.compare import Comparison, DesignResult
from simnet.metrics.intervals import estimate
from simnet.metrics.kpi import METRICS, Kpi, find, places, unit_of
from simnet.metrics.metric import CHOICES
from simnet.metrics.monthly import MonthView, months
from simnet.metrics.view import CUSTOMERS, View, cells
from simnet.network.outline import Outline

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

AXES = ("design", "site", "tier", "month", "part_class", "order_class", "cause", "replication")
CAUSES = "CAUSE"
MISSED, WHY = "missed.line", "why.CAUSE.line"
"""The figure of all missed lines, and that of those of one cause: the second is what the first is told apart into."""

Place = dict[str, str]


def frame(results: Comparison | Sequence[DesignResult], key: str, by: Sequence[str] = ("design",)) -> pd.DataFrame:
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
    kpi = find(key, result.outline)
    refuse(kpi, by)
    same = {"metric": key, "unit": unit_of(kpi.metric, result.outline)}
    of_each = [
        [each for one in by_cause(kpi, by, result.outline) for each in cut_cause(sums, result.outline, *one, by)]
        for sums in result.sums
    ]
    for there in zip(*of_each, strict=True):
        row = {"design": result.name, **there[0][0], **same}
        numbers = [value for _, value in there]
        if "replication" in by:
            yield from ({**row, "replication": n, "value": value} for n, value in enumerate(numbers))
        else:
            over = estimate(numbers, same["unit"])
            yield {**row, "value": over.mean, "half_width": over.half_width}


def by_cause(kpi: Kpi, by: Sequence[str], outline: Outline) -> Iterator[tuple[Place, Kpi]]:
    """The KPI itself, or that of each cause where causes are told apart."""
    if "cause" not in by:
        yield {}, kpi
        return
    key = WHY if kpi.metric.key == MISSED else kpi.metric.key
    metric = next(each for each in METRICS if each.key == key)
    for words, one in zip(CHOICES[CAUSES], places(metric, outline), strict=True):
        yield {"cause": words}, replace(one, order_class=kpi.order_class)


def cut_cause(
    sums: Sums, outline: Outline, cause: Place, kpi: Kpi, by: Sequence[str]
) -> Iterator[tuple[Place, float | None]]:
    """The KPI at every place that `by` tells apart, with the cause that it is about."""
    return (({**place, **cause}, value) for place, value in cut(sums, outline, kpi, by))


def refuse(kpi: Kpi, by: Sequence[str]) -> None:
    """Say so where a KPI cannot be told apart along an axis."""
    if "month" in by and kpi.metric.month is None:
        raise SimnetError(f"{kpi.key} is not known by month")
    if "part_class" in by and not kpi.metric.by_class:
        raise SimnetError(f"{kpi.key} is not known by part class: it is counted by site")
    if "cause" in by and kpi.metric.key != MISSED and kpi.metric.choice != CAUSES:
        raise SimnetError(f"{kpi.key} is not known by cause; {MISSED} and the figures under why are")
    by_order = "order_class" in by or kpi.order_class is not None
    if "order_class" in by and (not kpi.metric.by_order or kpi.order_class is not None):
        raise SimnetError(f"{kpi.key} is not known by order class")
    if "month" in by and by_order:
        raise SimnetError(f"{kpi.key} is not known by month and order class together")


def cut(sums: Sums, outline: Outline, kpi: Kpi, by: Sequence[str]) -> Iterator[tuple[Place, float | None]]:
    """The KPI of one replication at every place that `by` tells apart."""
    if "month" in by and kpi.metric.month is not None:
        for place, chosen in month_cells(outline, kpi, by):
            kept: dict[str, Integers] = {}
            known = kpi.metric.known(outline.features_at(chosen))
            for index, name in months(outline):
                month = MonthView(sums, outline, index, chosen, kept)
                yield {**place, "month": name}, kpi.metric.month(month) if known else None
        return
    for place, view in views(sums, outline, kpi, by):
        if "order_class" not in by:
            yield place, kpi.value(view)
            continue
        for number, name in enumerate(outline.order_classes[CUSTOMERS], start=CUSTOMERS.start):
            yield {**place, "order_class": name}, kpi.value(replace(view, order_class=number))


def sites_of(outline: Outline, kpi: Kpi, by: Sequence[str]) -> Iterator[tuple[Place, Integers]]:
    """Groups of sites told apart by site or tier, within the KPI's own tier."""
    chosen = np.arange(outline.sites)
    if kpi.tier is not None:
        chosen = chosen[outline.site_tier == kpi.tier]
    if "site" in by:
        for site in chosen:
            tier = outline.tier_names[outline.site_tier[site]]
            yield {"site": outline.site_names[site], "tier": tier}, np.array([site])
    elif "tier" in by:
        for tier, name in enumerate(outline.tier_names):
            yield {"tier": name}, chosen[outline.site_tier[chosen] == tier]
    else:
        yield {}, chosen


def month_cells(outline: Outline, kpi: Kpi, by: Sequence[str]) -> Iterator[tuple[Place, Integers]]:
    """Groups of cells of the monthly tally."""
    for place, sites in sites_of(outline, kpi, by):
        if "part_class" in by:
            for index, name in enumerate(outline.class_names):
                yield {**place, "part_class": name}, cells(outline, sites, index)
        else:
            yield place, cells(outline, sites)


def views(sums: Sums, outline: Outline, kpi: Kpi, by: Sequence[str]) -> Iterator[tuple[Place, View]]:
    """Groups of sites and part classes."""
    for place, sites in sites_of(outline, kpi, by):
        if "part_class" not in by:
            yield place, View(sums, outline, sites)
            continue
        for index, name in enumerate(outline.class_names):
            yield {**place, "part_class": name}, View(sums, outline, sites, index)
