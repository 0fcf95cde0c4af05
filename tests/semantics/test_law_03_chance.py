"""Law 3: chance by names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simnet.network.network import Network
from simnet.network.tape import draw
from simnet.streams import mix_int, name_key, stream_key
from tests.worlds import DAY, HEAD, ONE, PART, network, play

RANDOM = ONE.replace("factory}", "factory, lead_time: {mean: 10 d, cv: 0.6}}")
BASE = "stocking: {default: {policy: base-stock, up_to: %d}}\n"


def lines_of(of: Network, part: str, site: str) -> list[Any]:
    """Minutes and pieces that customers of a site ask of a part."""
    tape = draw(of, seed=5)
    point = of.points[tape.point]
    own = point["part"] == of.part_names.index(part)
    own &= point["site"] == of.site_names.index(site)
    return list(zip(tape.minute[own].tolist(), tape.quantity[own].tolist(), strict=True))


def test_a_new_part_or_site_changes_no_other_stream() -> None:
    """Lyon's customers ask the same with a pump in the catalog and Turin on the map (law 3.1)."""
    busy = PART.replace("1 per year", "100 per month")
    small = network(ONE + busy + BASE % 1)
    large = network(
        "dealers: {aix: {served_by: factory}, lyon: {served_by: factory}}\n"
        "parts: {axle: {cost: 1 EUR}, filter: {cost: 10 EUR, price: 25 EUR}}\n"
        "demand: {part: all, orders: 100 per month}\n" + BASE % 1
    )
    assert lines_of(small, "filter", "lyon") == lines_of(large, "filter", "lyon") != []


def test_seed_and_replication_change_all(clock: str) -> None:
    """Another seed is other luck on the same lane (law 3.1)."""
    of = network(RANDOM + PART + BASE % 1)
    arrivals = {play(of, [(0, "lyon", "filter", 1)], clock, seed=seed).lines()[1][6] for seed in range(6)}
    assert len(arrivals) == 6


def test_the_weather_of_a_lot_by_hand(clock: str) -> None:
    """The lead time of order k is the entry of a hash of names, seed, replication and k (law 3.2)."""
    of = network(RANDOM + PART + BASE % 9)
    story = play(of, [(1, "lyon", "filter", 1), (2, "lyon", "filter", 1)], clock, seed=4)
    key = stream_key(4, 0, "lane", "filter", "factory", "lyon") >> 1
    for number, asked in enumerate((1, 2)):
        entry = int(of.shapes[0][mix_int(key, number) >> 52])
        minutes = (10 * DAY * entry + 2**23) // 2**24
        assert story.lines()[2 * number + 1][6] == asked + minutes


def test_a_lots_number_within_its_order_counts_too(clock: str) -> None:
    """The second lot of one order meets weather of its own (law 3.2)."""
    text = RANDOM.replace("served_by: factory", "served_by: gent")
    of = network(
        "warehouses: {gent: {refilled_by: factory}}\n"
        + text
        + PART
        + "stocking: {default: {policy: base-stock, up_to: 1}, sites: {lyon: {up_to: 2}}}\n"
    )
    story = play(of, [(0, "lyon", "filter", 2)], clock, seed=4)
    key = stream_key(4, 0, "lane", "filter", "gent", "lyon") >> 1
    first, second = (int(of.shapes[0][mix_int(key, lot << 40) >> 52]) * 10 * DAY for lot in (0, 1))
    there = max(first + 2**23 >> 24, 10 * DAY + (second + 2**23 >> 24))
    done = story.lines()[1][6]
    assert story.lines()[1][:5] == (0, "gent", "lyon", 2, 1)
    assert done == (there if 10 * DAY + (second + 2**23 >> 24) < of.horizon or done > 0 else -1)


@pytest.mark.parametrize("seed", range(1, 7))
def test_every_lot_of_an_order_counts(clock: str, seed: int) -> None:
    """Lyon's order of four comes in lots of one each, the k-th with the k-th draw of that order (law 3.2)."""
    of = network(
        "warehouses: {gent: {refilled_by: factory}}\n"
        + RANDOM.replace("served_by: factory", "served_by: gent")
        + PART.replace("orders:", "at: [gent, lyon], orders:")
        + "stocking: {default: {policy: none}, sites: {gent: {policy: base-stock, up_to: 3}}}\n"
    )
    # gent gives its three away one by one and refills them; lyon's four find none and take what comes
    lines = [(at, "gent", "filter", 1) for at in (0, 10, 20)]
    story = play(of, [*lines, (30, "lyon", "filter", 4)], clock, seed=seed)
    key = stream_key(seed, 0, "lane", "filter", "gent", "lyon") >> 1
    leads = [(int(of.shapes[0][mix_int(key, lot << 40) >> 52]) * 10 * DAY + 2**23) >> 24 for lot in range(4)]
    left = [10 * DAY + at for at in (0, 10, 20, 30)]
    order = next(line for line in story.lines() if line[1] == "gent" and line[2] == "lyon")
    assert order[6] == max(at + lead for at, lead in zip(left, leads, strict=True))
    due = [at + lead for at, lead in zip(left, leads, strict=True) if at + lead < of.horizon]
    assert story.point("lyon", "shipments", "received") == (4, len(due))
    assert story.point("lyon", "transit_minutes") == sum(
        min(lead, of.horizon - at) for at, lead in zip(left, leads, strict=True)
    )


def test_the_weather_does_not_hear_of_the_minute(clock: str) -> None:
    """The same order placed an hour later takes as long (law 3.2)."""
    of = network(RANDOM + PART + BASE % 1)
    took = {play(of, [(at, "lyon", "filter", 1)], clock).lines()[1][6] - at for at in (0, 60, 7000)}
    assert len(took) == 1


def test_keys_are_names() -> None:
    """The chance of a lane is keyed by the names of part, source and site (law 3.2)."""
    of = network(RANDOM + PART + BASE % 1, HEAD)
    assert np.array_equal(of.points["lane"], [name_key("lane", "filter", "factory", "lyon")])
