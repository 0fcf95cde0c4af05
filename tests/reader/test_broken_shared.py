# ruff: noqa: E501 - one case a line reads as the table it is
"""Broken terms of orders at suppliers: each is refused with its place, the problem and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.scenario import Scenario, load

TEXT = """
simnet: 1
name: tiny
money: EUR
suppliers: {factory: {lead_time: 9 d, %s}}
dealers: {lyon: {served_by: factory}}
parts: {filter: {cost: 10 EUR}, gasket: {}}
demand: {part: all, orders: 1 per month}
stocking: {default: {policy: base-stock, up_to: 2%s}}
"""
CASES = [
    ("no pace", "minimum_order_value: 60 EUR", "needs to know when orders leave", "order_every: 1 w"),
    ("no pace at all", "order_every: 0 d", "must be above zero", "leave it out, and orders leave at any time"),
    (
        "held for no time",
        "order_every: 1 w, minimum_order_value: 60 EUR, hold_at_most: 0 d",
        "must be above zero",
        "leave it out",
    ),
    ("no currency", "order_every: 1 w, minimum_order_value: 60", "needs a currency", "60 EUR"),
    ("another currency", "order_every: 1 w, minimum_order_value: 60 USD", "USD", "EUR"),
    ("no unit of time", "order_every: 7", "needs a unit", "7 d"),
    ("less than nothing", "order_every: 1 w, minimum_order_value: -60 EUR", "minimum_order_value", ""),
    (
        "misspelled",
        "order_every: 1 w, minimum_order_valu: 60 EUR",
        "unknown key",
        "did you mean 'minimum_order_value'?",
    ),
]


def read(folder: Path, terms: str, review: str = "", **files: str) -> Scenario:
    """The scenario with these terms."""
    (folder / "tiny.yaml").write_text(TEXT % (terms, review), "utf-8")
    return load(folder / "tiny.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_it_is_refused(case: tuple[str, ...], tmp_path: Path) -> None:
    """The message names the place, the problem and the remedy."""
    _, terms, says, remedy = case
    with pytest.raises(SimnetError) as caught:
        read(tmp_path, terms)
    told = str(caught.value)
    assert says in told and remedy in told and "tiny.yaml:5:" in told, told


def test_a_table_holds_the_terms(tmp_path: Path) -> None:
    """Columns of the suppliers' table; a plain number is in the currency of the file."""
    table = "supplier,lead_time,order_every,minimum_order_value,hold_at_most\nfactory,9 d,1 w,60,4 w\n"
    (tmp_path / "suppliers.csv").write_text(table, "utf-8")
    (tmp_path / "tiny.yaml").write_text(
        (TEXT % ("", "")).replace("{factory: {lead_time: 9 d, }}", "suppliers.csv"), "utf-8"
    )
    seller = load(tmp_path / "tiny.yaml").suppliers["factory"]
    assert (seller.order_every, seller.minimum_order_value, seller.hold_at_most) == (10_080, 600_000, 40_320)


@pytest.mark.parametrize(
    ("terms", "review", "remark"),
    [
        (
            "order_every: 1 w",
            ", review: 1 d",
            "look at their stock every 7 d, when it takes orders, whatever `review` says",
        ),
        (
            "order_every: 1 w, minimum_order_value: 60 EUR",
            "",
            "parts without a cost add nothing to the value of an order: gasket",
        ),
        ("order_every: 9 y", "", "it takes orders once, at the start"),
        ("order_every: 1 w, hold_at_most: 4 w", "", "without a minimum_order_value no order is held"),
        ("order_every: 1 w, minimum_order_value: 0 EUR, hold_at_most: 4 w", "", "hold_at_most of factory does nothing"),
        ("order_every: 1 w, minimum_order_value: 60 EUR", "", "wait until they are worth 60.00 EUR, however long"),
    ],
)
def test_what_is_easily_overlooked_is_told(tmp_path: Path, terms: str, review: str, remark: str) -> None:
    """Reviews that are not held, parts that are worth nothing, a pace longer than the run."""
    assert remark in " ".join(read(tmp_path, terms, review).remarks)


def test_what_fits_is_not_remarked(tmp_path: Path) -> None:
    """A review at the supplier's own pace is no contradiction."""
    assert not any("review" in remark for remark in read(tmp_path, "order_every: 1 w", ", review: 1 w").remarks)
