"""The tally by month as a table: a row a design, replication, month, site and part class, in whole numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.ledger.arrow import as_table, words
from simnet.ledger.sums import Sums
from simnet.network.outline import Outline

if TYPE_CHECKING:
    from simnet.metrics import Comparison

LEVELS = {"on_hand": "on_hand_change", "owed": "owed_change", "stock_value": "stock_value_change"}
"""Levels at the end of a month, and the changes they are the running sums of."""
AREAS = {"on_hand_minutes": "on_hand_change", "owed_minutes": "owed_change"}
"""Areas under levels within a month, pieces x minutes, and the changes of the level."""


def write_months(comparison: Comparison, path: Path) -> None:
    """The table of all designs and replications as Parquet, a row group each, so that memory holds one of them."""
    from pyarrow import parquet

    tables = months_tables(comparison)
    first = next(tables)
    with parquet.ParquetWriter(path, first.schema, compression="zstd") as file:
        for table in chain([first], tables):
            file.write_table(table)


def months_tables(comparison: Comparison) -> Iterator[Any]:
    """An Arrow table a design and replication; cells in which nothing was, moved or was asked take no row.

    Money is in 1/10,000 of the currency. Months of the warm-up are there too, `measured` tells them apart.
    """
    for result in comparison.results:
        for replication, sums in enumerate(result.sums):
            columns, rows = cells(sums, result.outline)
            design = words([result.name], np.zeros(rows, np.int64))
            yield as_table({"design": design, "replication": np.full(rows, replication), **columns})


def cells(sums: Sums, outline: Outline) -> tuple[dict[str, Any], int]:
    """The columns of one replication, and how many rows they have."""
    shape = (outline.months, outline.sites, len(outline.class_names))
    counts = dict(counted(sums, outline, shape))
    used = np.zeros(shape, dtype=bool)
    for each in counts.values():
        used |= each != 0
    month, site, part_class = np.nonzero(used)
    columns: dict[str, Any] = {
        "month": words(list(outline.month_labels), month),
        "measured": month >= outline.first_month,
        "site": words(list(outline.site_names), site),
        "part_class": words(list(outline.class_names), part_class),
    }
    return columns | {name: each[used] for name, each in counts.items()}, len(month)


def counted(sums: Sums, outline: Outline, shape: tuple[int, ...]) -> Iterator[tuple[str, Any]]:
    """Every count by month, site and part class."""
    length = np.diff(np.asarray(outline.month_start))[:, None, None]
    hidden = {*LEVELS.values(), *AREAS}
    for name in sums.month.dtype.names or ():
        if name not in hidden:
            yield name, sums.month[name].reshape(shape)
    closing = {change: sums.month[change].reshape(shape).cumsum(axis=0) for change in LEVELS.values()}
    for name, change in LEVELS.items():
        yield name, closing[change]
    for name, change in AREAS.items():
        opening = closing[change] - sums.month[change].reshape(shape)
        yield name, opening * length + sums.month[name].reshape(shape)
