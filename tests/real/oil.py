"""The refinery's 7,024 real min/max policies as one store, started from its real stock.

The tables are derived from the set at run time: a reorder point `min` means that the store orders when its position
falls below it, so the trigger is min - 1; 69 % of the parts have max = min, which is one-for-one replenishment.
"""

from __future__ import annotations

import csv
from pathlib import Path

SCENARIO = """\
# What does a refinery's own min/max planning achieve with the stock it really had?
simnet: 1
name: oil
about: 7,024 maintenance parts, 55 months of real consumption, its reorder points, maxima, delivery times, stock.
money: EUR
run: {start: 1997-01-01, length: 56 mo}
suppliers: {vendors: {}}
dealers: {store: {served_by: vendors}}
parts:
  table: parts.csv
  units: {lead_time: d}
  margin: 30 %
demand:
  orders: {table: orders.csv, columns: {part: part, month: month, quantity: quantity}}
  replay: exact
stocking: {default: {policy: none}, levels: levels.csv}
opening: opening.csv
costs: {holding: 20 %/y}
"""


def prepare(data: Path, folder: Path) -> Path:
    """Write scenario and tables into `folder`; the scenario's path."""
    import gzip

    with (data / "parts.csv").open(newline="") as file:
        known = [row for row in csv.DictReader(file) if row["min_stock"]]
    chosen = {row["part_id"] for row in known}
    write(folder / "parts.csv", ("part", "cost", "lead_time"), [
        (row["part_id"], row["price"], row["delivery_days"]) for row in known
    ])  # fmt: skip
    write(folder / "levels.csv", ("site", "part", "policy", "trigger", "up_to"), [
        ("store", row["part_id"], "min-max", int(row["min_stock"]) - 1, row["max_stock"]) for row in known
    ])  # fmt: skip
    write(folder / "opening.csv", ("site", "part", "on_hand"), [
        ("store", row["part_id"], row["stock_now"]) for row in known
    ])  # fmt: skip
    with gzip.open(data / "demand_long.csv.gz", "rt", newline="") as file:
        orders = [row for row in csv.DictReader(file) if row["part_id"] in chosen]
    write(folder / "orders.csv", ("part", "month", "quantity"), [
        (row["part_id"], row["period"], row["qty"]) for row in orders
    ])  # fmt: skip
    path = folder / "oil.yaml"
    path.write_text(SCENARIO)
    return path


def write(path: Path, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """One CSV table."""
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def real_stock_value(data: Path) -> float:
    """What the store's real stock of 2001 was worth."""
    with (data / "parts.csv").open(newline="") as file:
        return sum(float(row["price"]) * float(row["stock_now"]) for row in csv.DictReader(file) if row["min_stock"])
