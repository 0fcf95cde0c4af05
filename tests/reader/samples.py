"""A small scenario that is right, to be made wrong in one place."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from simnet.scenario import Scenario, load

BASE = """\
simnet: 1
name: two-tier
money: EUR
run: {start: 2026-01-01, warm_up: 1 y, length: 2 y, replications: 3, seed: 7}
suppliers:
  factory: {lead_time: {mean: 45 d, cv: 0.5}}
warehouses:
  gent: {tier: central, refilled_by: factory}
  paris: {tier: regional, refilled_by: gent, lead_time: 4 d}
dealers:
  lyon:  {served_by: paris, lead_time: 2 d}
  turin: {served_by: gent, lead_time: 3 d}
parts:
  filter: {cost: 12.40 EUR, price: 29.00 EUR, weight: 0.8 kg, class: fast}
  hose: {cost: 3 EUR, price: 5 EUR}
demand:
  - {part: filter, at: [lyon, turin], orders: 2 per month, size: {geometric: {mean: 1.5}}}
  - {part: hose, chance: 12 %, every: 1 mo}
stocking:
  default: {policy: base-stock, target: 95 %}
  tiers: {dealer: {up_to: 3}}
costs: {holding: 22 %/y}
expect: {fill.dealer.line: at least 90 %}
"""

PARTS = "part,cost,price,weight,class\nfilter,12.40,29.00,0.8 kg,fast\nhose,3,5,1 kg,slow\n"
DEALERS = "dealer,served_by,lead_time\nlyon,paris,2 d\nturin,gent,3 d\n"
ORDERS = "part,date,quantity,dealer\nfilter,2025-01-13,2,lyon\nhose,2025-02-01,1,turin\n"
INLINE_PARTS = BASE[BASE.index("parts:") : BASE.index("demand:")]
INLINE_DEALERS = BASE[BASE.index("dealers:") : BASE.index("parts:")]
INLINE_DEMAND = BASE[BASE.index("demand:") : BASE.index("stocking:")]


def changed(old: str, new: str, text: str = BASE) -> str:
    """The base scenario with one text replaced; the text must be there once."""
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new)


def with_parts(spec: str = "parts.csv") -> str:
    """The base scenario with its parts in a table."""
    return changed(INLINE_PARTS, f"parts: {spec}\n")


def with_dealers(spec: str = "dealers.csv") -> str:
    """The base scenario with its dealers in a table."""
    return changed(INLINE_DEALERS, f"dealers: {spec}\n")


def with_orders(spec: str = "orders.csv", more: str = "") -> str:
    """The base scenario with a history as its demand."""
    return changed(INLINE_DEMAND, f"demand: {{orders: {spec}, replay: exact{more}}}\n")


def write(folder: Path, text: str | bytes, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a scenario and its tables; the scenario's path."""
    for name, content in {"network.yaml": text, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / "network.yaml"


def workbook(sheets: Mapping[str, str]) -> bytes:
    """An Excel workbook, its sheets given as CSV."""
    import xlsxwriter

    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, table in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(table.splitlines()):
            for column, cell in enumerate(row.split(",")):
                sheet.write_string(number, column, cell)
    book.close()
    return stream.getvalue()


def loaded(folder: Path, text: str, files: dict[str, str | bytes] | None = None) -> Scenario:
    """The scenario of a text and its tables."""
    return load(write(folder, text, files))
