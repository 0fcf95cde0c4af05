"""Law 4.4: a demand that some of the sites ask, drawn by their share."""

from __future__ import annotations

import numpy as np
import pytest

from simnet.network.network import Network
from tests.worlds import HEAD, network

SITES = "warehouses: {gent: {tier: central, refilled_by: factory}}\ndealers: dealers.csv\n"
DEALERS = "dealer,served_by,lead_time,share\n" + "".join(f"d{each},gent,2 d,{1 + each}\n" for each in range(12))
PARTS = "part,cost\n" + "".join(f"p{each},10 EUR\n" for each in range(40))
TABLE = "part,orders,sites\n" + "".join(f"p{each},12 per y,{each % 13 or ''}\n" for each in range(40))
STOCK = "stocking: {default: {policy: base-stock, up_to: 1}}\n"


def asked(demand: str, parts: str = PARTS, table: str = TABLE) -> Network:
    """A network of twelve dealers of shares 1 to 12."""
    text = SITES + "parts: parts.csv\n" + f"demand: {demand}\n" + STOCK
    return network(text, HEAD, dealers=DEALERS, parts=parts, demand=table)


def rates(of: Network) -> dict[tuple[str, str], float]:
    """Lines a minute by part and site."""
    block = of.streams[0]
    pairs = zip(block.targets.part.tolist(), block.targets.site.tolist(), strict=True)
    names = [(of.part_names[part], of.site_names[site]) for part, site in pairs]
    return dict(zip(names, block.moments().rate.tolist(), strict=True))


def test_a_row_is_asked_at_so_many_sites() -> None:
    """`sites` of a row says how many dealers ask; a blank cell, or none, is all twelve (law 4.4)."""
    of = asked("{table: demand.csv, split: share}")
    count = np.bincount(of.streams[0].targets.part)
    assert count.tolist() == [each % 13 or 12 for each in range(40)]


def test_the_total_is_divided_over_those_who_ask() -> None:
    """With `split: share` the lines of a part stay twelve a year, divided by the shares of its dealers (law 4.4)."""
    found = rates(asked("{table: demand.csv, split: share}"))
    for part in (f"p{each}" for each in range(40)):
        here = {int(site[1:]) + 1: rate for (name, site), rate in found.items() if name == part}
        assert sum(here.values()) == pytest.approx(12 / 525_600)
        assert [rate / share for share, rate in here.items()] == pytest.approx([12 / 525_600 / sum(here)] * len(here))


def test_an_entry_says_it_for_all_its_parts() -> None:
    """`sites` of an entry holds for parts without a table, and for rows that leave it blank (law 4.4)."""
    assert set(np.bincount(asked("{orders: 12 per y, sites: 5}").streams[0].targets.part).tolist()) == {5}
    of = asked("{table: demand.csv, sites: 5}")
    assert np.bincount(of.streams[0].targets.part).tolist() == [each % 13 or 5 for each in range(40)]


def test_a_slice_of_parts_has_the_same_sites() -> None:
    """The parts of a smaller catalog are asked at the sites of the larger one, as much as there (law 4.4)."""
    whole = rates(asked("{table: demand.csv, split: share}"))
    head, *rows = PARTS.splitlines(keepends=True)
    title, *lines = TABLE.splitlines(keepends=True)
    some = [7, 8, 21, 34]
    parts, table = head + "".join(rows[each] for each in some), title + "".join(lines[each] for each in some)
    part = rates(asked("{table: demand.csv, split: share}", parts, table))
    assert part == {key: rate for key, rate in whole.items() if int(key[0][1:]) in some}


def test_classes_of_one_part_ask_at_the_same_sites() -> None:
    """Two entries about a part draw from one queue of dealers: who asks the rarer also asks the more frequent."""
    of = asked("[{orders: 12 per y, sites: 8}, {orders: 1 per y, sites: 3, order_class: vor}]")
    often, seldom = (
        set(zip(each.targets.part.tolist(), each.targets.site.tolist(), strict=True)) for each in of.streams
    )
    assert seldom < often
