"""Law 4: the tape, drawn before the run."""

from __future__ import annotations

import numpy as np

from simnet.network.tape import draw
from tests.worlds import DAY, HEAD, ONE, PART, network

BASE = "stocking: {default: {policy: base-stock, up_to: %d}}\n"
HISTORY = "part,date,quantity,dealer\nfilter,2026-01-05,3,lyon\nfilter,2026-01-05,1,lyon\nfilter,2026-01-31,2,lyon\n"
REPLAY = "parts: {filter: {cost: 10 EUR}}\ndemand: {part: filter, orders: orders.csv, replay: exact}\n"


def test_the_tape_does_not_depend_on_the_stock() -> None:
    """The same lines are asked of a full shelf and of an empty one (law 4.1)."""
    busy = PART.replace("1 per year", "100 per month")
    tapes = [draw(network(ONE + busy + BASE % level), seed=2) for level in (0, 50)]
    assert len(tapes[0]) > 50
    assert all(np.array_equal(a, b) for a, b in zip(tapes[0].columns, tapes[1].columns, strict=True))


def test_the_tape_is_in_order_and_inside_the_run() -> None:
    """Minutes rise from 0 to less than H (law 4.1)."""
    busy = PART.replace("1 per year", "100 per month")
    tape = draw(network(ONE + busy + BASE % 1), seed=2)
    assert (np.diff(tape.minute) >= 0).all()
    assert tape.minute[0] >= 0
    assert tape.minute[-1] < 30 * DAY


def test_a_day_of_a_history_is_kept() -> None:
    """Lines of January 5th fall at some minute of that day; the 31st is after a run of 30 days (law 4.2)."""
    tape = draw(network(ONE + REPLAY + BASE % 1, orders=HISTORY), seed=2)
    assert (tape.minute // DAY).tolist() == [4, 4]
    assert sorted(tape.quantity.tolist()) == [1, 3]


def test_pieces_of_a_history_are_kept() -> None:
    """A run that holds the whole history asks each of its pieces (law 4.2)."""
    head = HEAD.replace("length: 30 d", "length: 1 mo")
    tape = draw(network(ONE + REPLAY + BASE % 1, head, orders=HISTORY), seed=2)
    assert sorted(tape.quantity.tolist()) == [1, 2, 3]
