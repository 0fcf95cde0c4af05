"""The sheets of a scenario's workbook: what they are called and what their columns are."""

from __future__ import annotations

from collections.abc import Mapping

from simnet.scenario.named import SECTIONS

SETTINGS = "settings"
REMARKS = ("meaning", "note", "default")
"""Columns for people."""
PAIRS: Mapping[str, tuple[str, ...]] = {
    SETTINGS: ("path", "value"),
    "costs": ("cost", "value"),
    "designs": ("design", "path", "value"),
    "expect": ("figure", "limit"),
}
"""Sheets of a path and a value a row."""
NAMED: Mapping[str, str] = {"parts": "part", "order_classes": "order_class"}
"""Sheets of a name and its keys a row, beside those of sites and lanes; and the column of the name."""
STOCKING, DEMAND = "stocking", "demand"
LAYERS: Mapping[str, str] = {"tier": "tiers", "class": "classes", "site": "sites"}
"""What the column `where` of the sheet of stocking may say, beside default and rule."""
WHERE = ("default", *LAYERS, "rule")
UNREAD = ("read_me",)
OPTIONAL = ("lanes", "order_classes", STOCKING, "costs", "designs", "expect")
"""Sheets that say nothing when they are emptied."""
SHEETS = (SETTINGS, *SECTIONS, "parts", DEMAND, STOCKING, *PAIRS, "order_classes", *UNREAD)
REFERENCE = "sheet "


def kind_of(sheet: str) -> str:
    """The kind of a sheet by its name: `Order classes` is order_classes."""
    return sheet.strip().lower().replace(" ", "_").replace("-", "_")
