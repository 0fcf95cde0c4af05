"""Rows for others to read: the tally of every stocking point, and the ledger, as Parquet.

Numbers take the fewest bytes that hold them, and a count that is zero everywhere takes no column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.integers import Integers
from simnet.ledger.arrow import as_table, coded, texts, words
from simnet.ledger.ledger import Ledger, narrow

if TYPE_CHECKING:
    from simnet.ledger.columns import Columns
    from simnet.network.network import Network


def point_rows(network: Network, turned: Columns) -> bytes:
    """A row a stocking point: part, site, then POINT, then FLOW by order class (`filled_lines day`)."""
    points = network.points
    columns = {"part": words(network.part_names, points["part"]), "site": words(network.site_names, points["site"])}
    for name, values in turned.point.items():
        add(columns, name, values)
    for name, table in turned.flow.items():
        for number, order_class in enumerate(network.order_classes):
            add(columns, f"{name} {order_class}", table[:, number])
    return written([columns], compression="lz4", write_statistics=False, write_batch_size=WIDE)


def ledger_rows(network: Network, lines: Ledger) -> bytes:
    """The ledger: minute, who was asked, for whom, part, order class, pieces, done; -1 is open at the horizon.

    Where lines come in jobs also the number of the job, -1 for a line that is in none.
    """
    wide = {"done": "BYTE_STREAM_SPLIT"}  # the high bytes of minutes near each other are alike
    how = {"compression": SQUEEZED, "column_encoding": wide, "write_statistics": False, "write_batch_size": BATCH}
    return written(rows_of(network, lines), **how)


WIDE = 1 << 16
"""Rows of points that go to Parquet at a time: a sixth less work than a thousand, which is its own choice."""
ROW_GROUP, BATCH = 1 << 18, 1 << 14
"""Rows of a ledger at a time: their columns take memory that was in use a moment before, which is faster to get."""
WORDS, COUNTED = ("asked", "for", "part", "order_class"), ("quantity", "at_once", "lost", "done", "job")
SQUEEZED = {**dict.fromkeys(WORDS, "none"), **dict.fromkeys(("minute", *COUNTED), "lz4")}
"""Compression by column; words are a few bits a line as they are."""


def rows_of(network: Network, lines: Ledger) -> Iterator[dict[str, Any]]:
    """The columns of a ledger as they are written, some rows at a time; once without rows where it has none."""
    sites, order_classes = network.site_names, texts(network.order_classes)
    asked, wanted, parts = texts([*sites, "supplier"]), texts([*sites, "customer"]), texts(network.part_names)
    site = np.append(network.points["site"], network.sites).astype(np.int32)  # after the last is no point (-1)
    part = network.points["part"].astype(np.int32)
    for some in lines.some(ROW_GROUP):
        point, dest = some["point"], some["dest"]
        yield {
            "minute": some["minute"],
            "asked": coded(asked, site.take(point, mode="wrap")),
            "for": coded(wanted, site.take(dest, mode="wrap")),
            "part": coded(parts, part.take(np.maximum(point, dest))),
            "order_class": coded(order_classes, some["order_class"]),
            **{name: some[name] for name in COUNTED if name in some},
        }


def add(columns: dict[str, Any], name: str, values: Integers) -> None:
    """Add a column of numbers, if any is not zero."""
    if values.any():
        columns[name] = narrow(values)


def written(tables: Iterable[dict[str, Any]], **how: Any) -> bytes:
    """Tables of the same columns, one below the other, as the bytes of a Parquet file."""
    import pyarrow
    from pyarrow import parquet

    sink = pyarrow.BufferOutputStream()
    made = (as_table(columns, whole=True) for columns in tables)
    first = next(made)
    wordy = [field.name for field in first.schema if pyarrow.types.is_dictionary(field.type)]
    with parquet.ParquetWriter(sink, first.schema, use_dictionary=wordy, **how) as writer:
        for table in chain([first], made):
            writer.write_table(table)
    return bytes(sink.getvalue())
