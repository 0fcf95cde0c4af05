"""Which sites ask for a part: by share, without replacement, by names alone (law 4.4)."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simnet.demand.drawn_sites import drawn_sites
from simnet.streams import name_keys

DEALERS = [f"dealer {number}" for number in range(60)]
SHARES = 1.0 / (1.0 + np.arange(len(DEALERS)))
PARTS = [f"part {number}" for number in range(400)]
KEYS, SITES = name_keys(PARTS), name_keys(DEALERS)


def asking(counts: list[int], parts: list[int] | None = None, sites: list[int] | None = None) -> list[set[str]]:
    """The names of the dealers that ask for each part."""
    part = np.arange(len(counts)) if parts is None else np.array(parts, dtype=np.int64)
    site = np.arange(len(DEALERS)) if sites is None else np.array(sites, dtype=np.int64)
    row, place = drawn_sites(KEYS[part], SITES[site], SHARES[site], np.array(counts, dtype=np.int64))
    assert (np.diff(row * len(site) + place) > 0).all()
    found: list[set[str]] = [set() for _ in counts]
    for each, at in zip(row.tolist(), place.tolist(), strict=True):
        found[each].add(DEALERS[site[at]])
    return found


COUNTS = st.lists(st.integers(0, 70), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_as_many_sites_ask_as_are_wanted(counts: list[int]) -> None:
    """Each part has its number of sites, or all of them where there are fewer."""
    assert [len(each) for each in asking(counts)] == [min(count, len(DEALERS)) for count in counts]


@settings(max_examples=60, deadline=None)
@given(COUNTS, st.data())
def test_parts_do_not_know_of_one_another(counts: list[int], data: st.DataObject) -> None:
    """The sites of some parts are those that they have among all parts, in whatever order."""
    some = data.draw(st.permutations(range(len(counts)))).copy()[: data.draw(st.integers(1, len(counts)))]
    whole = asking(counts)
    assert asking([counts[part] for part in some], some) == [whole[part] for part in some]


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_one_site_more_keeps_the_others(counts: list[int]) -> None:
    """A part that one more site asks keeps the sites it had."""
    more = asking([count + 1 for count in counts])
    assert all(few <= many for few, many in zip(asking(counts), more, strict=True))


@settings(max_examples=60, deadline=None)
@given(COUNTS, st.integers(0, len(DEALERS) - 1))
def test_a_site_that_goes_leaves_its_place_to_one_other(counts: list[int], gone: int) -> None:
    """Without a dealer, who asked beside him still asks; where he asked, at most one more does."""
    left = [site for site in range(len(DEALERS)) if site != gone]
    for count, before, after in zip(counts, asking(counts), asking(counts, sites=left), strict=True):
        kept = before - {DEALERS[gone]}
        assert kept <= after
        assert len(after) == min(count, len(left))


def test_the_order_of_sites_does_not_matter() -> None:
    """The same dealers ask when the table lists them backwards."""
    counts = [1 + number % 30 for number in range(len(PARTS))]
    assert asking(counts) == asking(counts, sites=list(range(len(DEALERS)))[::-1])


def test_two_of_four_are_drawn_by_share_without_replacement() -> None:
    """A site is one of two with its exact chance: 50,000 parts, 5.5 standard errors (false alarm 2e-7)."""
    share = np.array([5.0, 3.0, 1.0, 1.0])
    keys = name_keys([f"part {number}" for number in range(50_000)])
    _, place = drawn_sites(keys, SITES[:4], share, np.full(len(keys), 2))
    exact = np.zeros(4)
    for first, second in permutations(range(4), 2):
        exact[[first, second]] += share[first] / 10 * share[second] / (10 - share[first])
    found = np.bincount(place, minlength=4) / len(keys)
    assert np.abs(found - exact).max() < 5.5 * np.sqrt(0.25 / len(keys))


@pytest.mark.parametrize("count", [1, 7, 59])
def test_sites_without_a_share_never_ask(count: int) -> None:
    """A dealer with share 0 is not drawn, and not missed."""
    share = np.where(np.arange(len(SITES)) % 3 == 0, 0.0, SHARES)
    row, place = drawn_sites(KEYS, SITES, share, np.full(len(KEYS), count))
    assert (place % 3 != 0).all()
    assert (np.bincount(row) == min(count, 40)).all()


def test_a_choice_never_changes() -> None:
    """Names choose the same dealers in every version: results of years ago can be had again."""
    assert sorted(asking([3])[0]) == PINNED


PINNED = ["dealer 0", "dealer 19", "dealer 3"]
