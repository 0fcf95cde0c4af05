# ruff: noqa: E501 - one case a line reads as the table it is
"""Broken numbers of sites that are to ask: each is refused with its place, the problem and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.scenario import load
from tests.reader.samples import changed, write

POISSON = "  - {part: hose, chance: 12 %, every: 1 mo}"
TABLE = "part,orders,sites\nfilter,2 per y,1\nhose,3 per y,{}\n"
ROWS = "{table: demand.csv, split: share}"
ENTRY = "{{part: hose, orders: 1/d, sites: {}}}"
MANY = "sites are to ask, and there are 2 with a share"

CASES = [
    ("more than there are", ENTRY.format(3), "", f"3 {MANY}", "network.yaml:18:38", "ask for fewer"),
    ("none", ENTRY.format(0), "", "at least 1", "network.yaml:18:38", ""),
    ("half a site", ENTRY.format(1.5), "", "whole number", "network.yaml:18:38", ""),
    ("a word", ENTRY.format("some"), "", "is not a number", "network.yaml:18:38", ""),
    ("of a list of one", "{part: hose, at: [lyon], orders: 1/d, sites: 2}", "", "2 sites are to ask, and there is 1", "network.yaml:18:50", ""),
    ("of a history", "{orders: orders.csv, sites: 2}", "", "sites", "network.yaml:18:", ""),
    ("more in a table", ROWS, "3", f"3 {MANY}", "demand.csv:3:", "ask for fewer"),
    ("none in a table", ROWS, "0", "must be at least 1; leave it blank for all sites", "demand.csv:3:", ""),
    ("half in a table", ROWS, "0.5", "whole number", "demand.csv:3:", ""),
    ("less than none", ROWS, "-1", "demand.csv", "demand.csv:3:", ""),
    ("a word in a table", ROWS, "many", "is not a number", "demand.csv:3:", ""),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_it_is_refused(case: tuple[str, ...], tmp_path: Path) -> None:
    """The message names the place, the problem and the remedy."""
    _, entry, cell, says, at, remedy = case
    files = {"demand.csv": TABLE.format(cell), "orders.csv": "part,date,quantity\nhose,2025-01-01,1\n"}
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, changed(POISSON, f"  - {entry}"), files))
    told = str(caught.value)
    assert says in told and at in told and remedy in told, told


def test_only_a_number_of_sites_is_no_demand(tmp_path: Path) -> None:
    """A table that says who asks, and not how much, is refused."""
    files = {"demand.csv": "part,sites\nhose,1\n"}
    with pytest.raises(SimnetError, match="no column 'orders', 'chance', 'size' or 'size_mean'"):
        load(write(tmp_path, changed(POISSON, "  - {table: demand.csv}"), files))


def test_a_design_without_some_dealers_makes_do_with_the_rest(tmp_path: Path) -> None:
    """Where a design removes a dealer, the others ask what all of them were to ask."""
    text = changed(POISSON, "  - {part: hose, orders: 1/d, sites: 2}").replace("at: [lyon, turin], ", "")
    path = write(tmp_path, text + "designs: {less: {dealers: {turin: null}}}\n", {})
    assert list(load(path, design="less").dealers) == ["lyon"]
