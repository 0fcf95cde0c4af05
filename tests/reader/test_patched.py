"""Parts of a table, changed by a design or on the command line: what is wrong is told where it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

import simnet as sn
from simnet.errors import SimnetError

WORLD = """
simnet: 1
name: patched
run: {start: 2026-01-01, length: 90 d, replications: 1}
suppliers: {europe: {lead_time: 5 d}, asia: {lead_time: 50 d}}
warehouses: {central: {refilled_by: europe}}
dealers: {lyon: {served_by: central, lead_time: 2 d}}
parts: parts.csv
demand: {orders: 1 per day}
stocking: {default: {up_to: 3}}
"""
PARTS = "part,supplier,cost,price,weight,class\nfilter,europe,10 EUR,20 EUR,1 kg,fast\n"
PARTS += "pump,asia,30 EUR,60 EUR,2 kg,slow\n"


def study(folder: Path) -> sn.Study:
    """The world in a folder of its own."""
    (folder / "parts.csv").write_text(PARTS)
    (folder / "patched.yaml").write_text(WORLD)
    return sn.load(folder / "patched.yaml")


@pytest.mark.parametrize(("path", "value", "told"), [
    ("parts.filter.cost", "5", "EUR"),
    ("parts.filter.price", "5 USD", "USD"),
    ("parts.filter.weight", "5", "kg"),
    ("parts.filter.pack", "0", "at least 1"),
    ("parts.filter.lead_time", "5", "unit"),
    ("parts.filter.supplier", "asa", "did you mean 'asia'?"),
])  # fmt: skip
def test_a_wrong_value_is_told_where_it_is_given(tmp_path: Path, path: str, value: str, told: str) -> None:
    """At `--set`, with the remedy; not at the innocent cell of the table, and never as our mistake."""
    with pytest.raises(SimnetError) as error:
        study(tmp_path).set(path, value).design("patched")
    assert [problem.file for problem in error.value.problems] == ["--set"]
    assert told in str(error.value)


@pytest.mark.parametrize(("column", "blank"), [
    ("cost", 0), ("price", 0), ("weight", 0), ("class", "all"), ("pack", 1),
])  # fmt: skip
def test_null_takes_back_what_the_table_says(tmp_path: Path, column: str, blank: object) -> None:
    """Of that part and column; as everywhere in designs, null removes."""
    parts = study(tmp_path).set(f"parts.filter.{column}", "null").design("patched").parts
    held = list(getattr(parts, "part_class" if column == "class" else column))
    assert held[0] == blank and (held[1] != blank or column == "pack")
