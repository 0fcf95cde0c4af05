"""Rows for others to read: the tally of every stocking point, and the ledger, as Parquet.

Numbers take the fewest bytes that hold them, and a count that is zero everywhere takes no column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.integers import Integers
from simnet.ledger.arrow import as_table, words
from simnet.ledger.columns import Columns
from simnet.ledger.ledger import Column, Ledger, narrow

if TYPE_CHECKING:
    from simnet.ledger.tally import Tally
    from simnet.network.network import Network


def point_rows(network: Network, tally: Tally, turned: Columns | None = None) -> bytes:
    """A row a stocking point: part, site, then POINT, then FLOW by order class (`filled_lines day`).

    `turned` are the columns of the tally, where they are known.
    """
    points, turned = network.points, turned or Columns.of(tally, len(network.order_classes))
    columns = {"part": words(network.part_names, points["part"]), "site": words(network.site_names, points["site"])}
    for name, values in turned.point.items():
        add(columns, name, values)
    for name, table in turned.flow.items():
        for number, order_class in enumerate(network.order_classes):
            add(columns, f"{name} {order_class}", table[:, number])
    return written(columns, compression="snappy", write_statistics=False)  # sparse numbers, quickly


def ledger_rows(network: Network, lines: Ledger) -> bytes:
    """The ledger: minute, who was asked, for whom, part, order class, pieces, done; -1 is open at the horizon.

    Where lines come in jobs also the number of the job, -1 for a line that is in none.
    """
    point, dest = lines["point"], lines["dest"]
    columns: dict[str, Any] = {
        "minute": lines["minute"],
        "asked": words((*network.site_names, "supplier"), places(network, point)),
        "for": words((*network.site_names, "customer"), places(network, dest)),
        "part": words(network.part_names, network.points["part"].astype(np.int32)[np.where(point >= 0, point, dest)]),
        "order_class": words(network.order_classes, lines["order_class"]),
    }
    columns |= {name: lines[name] for name in COUNTED if name in lines}
    wide = {"done": "BYTE_STREAM_SPLIT"}  # the high bytes of minutes near each other are alike
    return written(columns, compression="lz4", column_encoding=wide, write_statistics=False)


COUNTED = ("quantity", "at_once", "lost", "done", "job")


def places(network: Network, points: Column) -> Column:
    """The site of each point, and the number after the last site where there is no point (-1)."""
    site = np.append(network.points["site"].astype(np.int32), np.int32(network.sites))
    return site.take(points, mode="wrap")


def add(columns: dict[str, Any], name: str, values: Integers) -> None:
    """Add a column of numbers, if any is not zero."""
    if values.any():
        columns[name] = narrow(values)


def written(columns: dict[str, Any], **how: Any) -> bytes:
    """A table as the bytes of a Parquet file."""
    import pyarrow
    from pyarrow import parquet

    sink = pyarrow.BufferOutputStream()
    wordy = [name for name, values in columns.items() if not isinstance(values, np.ndarray)]
    parquet.write_table(as_table(columns, whole=True), sink, use_dictionary=wordy, **how)
    return bytes(sink.getvalue())
