"""What stands beside a setting is said of what stands in it."""

from __future__ import annotations

import pytest

from simnet.workbook.meaning import meaning_of
from simnet.workbook.sheets import Sheet

SETTINGS = Sheet("Settings", "settings", ["path", "value", "meaning", "default"], [])


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("sheet orders", "The history: a table"),
        ("orders.csv", "The history: a table"),
        ("2 per month", "Demand lines per"),
    ],
)
def test_the_meaning_of_demand_orders_is_that_of_its_value(value: str, meaning: str) -> None:
    """A table is a history, a rate is one of lines."""
    assert meaning_of(SETTINGS, "demand.orders", "meaning", value).startswith(meaning)
