"""What a key means, in the words of `simnet explain`: for notes on heads and the columns beside settings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from simnet.errors import SimnetError
from simnet.scenario.explain import Explained, explain
from simnet.workbook.sheets import Sheet

HEADS = {
    ("stocking", "where"): "Where these settings hold: default, tier, class, site, or rule. The more special wins.",
    ("stocking", "name"): "The tier, part class or site; empty for default and rule.",
    ("lanes", "from"): "The warehouse or supplier that sends.",
    ("lanes", "to"): "The warehouse or dealer that receives.",
    ("designs", "design"): "The name of the design: the whole scenario plus the changes in its rows.",
    ("designs", "path"): "What it changes, as a path with dots: stocking.default.target",
    ("designs", "value"): "The new value; null removes what the path names.",
    ("expect", "figure"): "A figure, as `simnet explain KPI` and docs/kpis.md list them: fill.line",
    ("expect", "limit"): "at least 95 %, at most 10 d, between 4 MEUR and 5 MEUR",
    ("settings", "path"): "A key of the language, with dots: run.length. `simnet explain run.length` tells more.",
    ("settings", "value"): "With its unit. Empty: the default. 'sheet NAME' is the table in a sheet of this workbook.",
    ("costs", "cost"): "A kind of cost.",
    ("costs", "value"): "With its unit. Empty: nothing.",
}
"""Of heads that are no keys."""
ROWS = {
    "part": "The part's number: text, so that 0123 keeps its zero.", "date": "The day: 2025-01-31.",
    "month": "The month: 2025-01.", "quantity": "Pieces on the line.", "dealer": "The dealer that asked.",
    "site": "The site.", "on_hand": "Pieces on the shelf.", "on_order": "Pieces on the way.",
    "owed": "Pieces owed to customers.",
}  # fmt: skip
"""Columns of tables of rows."""


def of_head(sheet: Sheet, head: str) -> str:
    """The note on a column's head."""
    if (sheet.kind, head) in HEADS:
        return HEADS[sheet.kind, head]
    plain = head.partition(" [")[0]
    if head in ("meaning", "default") or not plain.isidentifier():
        return ""
    if sheet.kind == "table":
        paths = ("parts.NAME", "demand", "stocking.default", "dealers.NAME")
        told = next(("\n".join(told) for path in paths if (told := list(_told(f"{path}.{plain}")))), "")
        return ROWS.get(plain, "") or told
    if not sheet.about:
        return ""
    if plain == sheet.about.partition(".")[0].rstrip("s"):
        return "The name, which others refer to."
    return "\n".join(_told(f"{sheet.about}.{plain}"))


def meaning_of(sheet: Sheet, path: str, head: str, value: str = "") -> str:
    """What stands beside a setting: its meaning, or its default; of the kind of entry that its value is of."""
    if sheet.kind not in ("settings", "costs") or not path:
        return ""
    table = value.startswith("sheet ") or value.lower().endswith((".csv", ".xlsx"))
    found = found_of(path if sheet.kind == "settings" else f"costs.{path}", table)
    if found is None:
        return ""
    return found.meaning if head == "meaning" else found.default.replace("none: it must be written", "")


def _told(path: str) -> Iterator[str]:
    found = found_of(path)
    if found is None:
        return
    yield found.meaning
    if found.written and found.written != "a word":
        yield f"Written: {found.written}."
    if found.example:
        yield f"Example: {found.example.partition(': ')[2]}"
    if found.default and found.default != "left out":
        yield f"Left out: {found.default}." if not found.default.startswith("none") else "It must be written."


@cache
def found_of(path: str, table: bool = False) -> Explained | None:
    """What the language says of a path, if it knows it; where a table stands there, what it says of tables."""
    try:
        found = explain(path)
        return next((each for each in found if table and "table" in each.written), next(iter(found), None))
    except (SimnetError, KeyError):
        return None
