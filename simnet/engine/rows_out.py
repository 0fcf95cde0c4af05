"""Rows for others to read: the tally of every stocking point, and the ledger, as Parquet.

Numbers take the fewest bytes that hold them, and a count that is zero everywhere takes no column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.integers import Integers, Rows
from simnet.ledger.columns import Columns

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


def ledger_rows(network: Network, lines: Rows) -> bytes:
    """The ledger: minute, who was asked, for whom, part, order class, pieces, done; -1 is open at the horizon.

    Where lines come in jobs also the number of the job, -1 for a line that is in none.
    """

    def at(column: str, none: str) -> Any:
        codes = np.where(lines[column] >= 0, network.points["site"][np.maximum(lines[column], 0)], network.sites)
        return words((*network.site_names, none), codes)

    anywhere = np.where(lines["point"] >= 0, lines["point"], lines["dest"])
    columns: dict[str, Any] = {
        "minute": narrow(lines["minute"]),
        "asked": at("point", "supplier"),
        "for": at("dest", "customer"),
        "part": words(network.part_names, network.points["part"][anywhere]),
        "order_class": words(network.order_classes, lines["order_class"]),
    }
    columns |= {name: narrow(lines[name]) for name in ("quantity", "at_once", "lost", "done", *in_jobs(lines))}
    return written(columns, compression="zstd", compression_level=1)


def in_jobs(lines: Rows) -> tuple[str, ...]:
    """The column of jobs, where the ledger has it."""
    return tuple(name for name in ("job",) if name in (lines.dtype.names or ()))


def words(names: tuple[str, ...], codes: Integers) -> Any:
    """A column of few words."""
    import pyarrow

    return pyarrow.DictionaryArray.from_arrays(pyarrow.array(codes.astype(np.int32)), pyarrow.array(names))


def add(columns: dict[str, Any], name: str, values: Integers) -> None:
    """Add a column of numbers, if any is not zero."""
    if values.any():
        columns[name] = narrow(values)


def narrow(values: Integers) -> Any:
    """The numbers in the fewest bytes that hold them."""
    low, high = values.min(initial=0), values.max(initial=0)
    for kind in (np.int8, np.int16, np.int32):
        bounds = np.iinfo(kind)
        if low >= bounds.min and high <= bounds.max:
            return values.astype(kind)
    return np.ascontiguousarray(values)


def written(columns: dict[str, Any], **how: Any) -> bytes:
    """A table as the bytes of a Parquet file."""
    import pyarrow
    from pyarrow import parquet

    sink = pyarrow.BufferOutputStream()
    table = pyarrow.table(columns)
    wordy = [name for name in table.column_names if pyarrow.types.is_dictionary(table.schema.field(name).type)]
    parquet.write_table(table, sink, use_dictionary=wordy, **how)
    return bytes(sink.getvalue())
