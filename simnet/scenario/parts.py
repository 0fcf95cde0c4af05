"""The parts catalogue as columns, from rows in the scenario or from a table of 300,000."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from simnet.codes import Coded
from simnet.leadtime import LeadTime, parse_lead_time
from simnet.leadtime.parse import AnyLeadTime
from simnet.scenario.grid import Column
from simnet.scenario.nodes import Mark
from simnet.scenario.sites import Strict, parse_name
from simnet.units import (
    MONEY,
    Money,
    Quantity,
    Share,
    Weight,
    parse_money,
    parse_quantity,
    parse_weight,
)

MORE_KEYS = ("margin", "rows")
"""What may stand beside `table:` for parts."""
PART_COLUMNS = ("supplier", "cost", "price", "weight", "class", "lead_time", "pack", "minimum_order")
"""The columns of a part beside its name."""


class PartRow(Strict):
    """One part, as written in the scenario or as a row of its table."""

    supplier: str | None = Field(default=None, examples=["factory"])
    """The supplier it is bought from; may be left out where there is only one."""
    cost: Money = 0
    """Purchase cost of a piece."""
    price: Money = Field(default=0, examples=["23.00 EUR"])
    """Sales price of a piece."""
    weight: Weight = 0
    """Weight of a piece."""
    part_class: str = Field(default="all", examples=["fast"])
    """Its class in stocking and reports (key `class`)."""
    lead_time: LeadTime | None = Field(default=None, examples=["90 d"])
    """From the supplier to the first warehouse, for this part."""
    pack: Quantity = Field(default=1, examples=[10])
    """Pieces in a pack: replenishment orders are whole packs."""
    minimum_order: Quantity = Field(default=0, examples=[50])
    """Fewest pieces on an order to the supplier."""
    margin: Share | None = Field(default=None, examples=["45 %"])
    """Where a part has no price: price = cost / (1 - margin)."""


@dataclass(frozen=True, eq=False)
class PartTable:
    """Columns of equal length, one entry a part; money in 1/10,000 of the currency, weight in grams.

    Whatever columns are given as, numbers are kept as arrays and words of few kinds as codes.
    """

    names: Sequence[str] = ()
    supplier: Sequence[str | None] = ()
    cost: Any = ()
    price: Any = ()
    weight: Any = ()
    part_class: Sequence[str] = ()
    lead_time: Sequence[AnyLeadTime | None] = ()
    pack: Any = ()
    minimum_order: Any = ()
    marks: Callable[[int, str], Mark] | None = field(default=None, repr=False)
    index: dict[str, int] = field(default_factory=dict, repr=False)
    """Row by part name."""
    classes: tuple[str, ...] = ()
    """The part classes, in the order in which they appear: in a slice, those of the whole catalog."""

    def __post_init__(self) -> None:
        import numpy as np

        from simnet.streams import Names

        object.__setattr__(self, "names", Names(self.names))
        for name in CODED:
            object.__setattr__(self, name, Coded.of(getattr(self, name)))
        for name in NUMBERS:
            column = np.array(getattr(self, name), dtype=np.int64)
            column.flags.writeable = False
            object.__setattr__(self, name, column)
        if not self.classes:
            known = Coded.of(self.part_class)
            object.__setattr__(self, "classes", tuple(known.kinds[each] for each in known.used.tolist()) or ("all",))

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.index

    def mark(self, row: int, column: str = "part") -> Mark | None:
        """Where a part's value was written."""
        return self.marks(row, column) if self.marks is not None else None

    def take(self, rows: Any) -> PartTable:
        """The parts of some rows, in this order, as a table of their own, which knows no places in files."""
        columns: dict[str, Any] = {name: getattr(self, name).take(rows) for name in CODED}
        columns |= {name: getattr(self, name)[rows] for name in NUMBERS}
        names = [self.names[row] for row in rows.tolist()]
        return PartTable(
            names=names,
            classes=self.classes,
            index={name: at for at, name in enumerate(names)},
            **columns,
        )


CODED = ("supplier", "part_class", "lead_time")
"""Columns of few kinds."""
NUMBERS = ("cost", "price", "weight", "pack", "minimum_order")
"""Columns of whole numbers."""


def _whole(least: int) -> Callable[[object], int]:
    def parse(value: object) -> int:
        number = parse_quantity(value)
        if number < least:
            raise ValueError(f"must be at least {least}")
        return number

    return parse


def _money(currency: str) -> Callable[[object], int]:
    suffix = f" {currency}"

    def parse(value: object) -> int:
        # The common case of large tables ('12.40 EUR'), ten times faster than the general parser.
        text = value.removesuffix(suffix) if isinstance(value, str) else ""
        whole, _, part = text.partition(".")
        digits = whole + part
        if text == value or not (
            digits.isascii() and digits.isdecimal() and whole and len(whole) < 10 and len(part) < 5
        ):
            return parse_money(value, currency)
        return int(whole) * MONEY + int(part.ljust(4, "0"))

    return parse


def part_columns(currency: str) -> list[Column]:
    """The columns of a parts table."""
    return [
        Column("part", parse_name, "", required=True),
        Column("supplier", parse_name),
        Column("cost", _money(currency), None, unit=currency),
        Column("price", _money(currency), None, unit=currency),
        Column("weight", parse_weight, 0),
        Column("class", parse_name, "all"),
        Column("lead_time", parse_lead_time),
        Column("pack", _whole(1), 1),
        Column("minimum_order", _whole(0), 0),
    ]
