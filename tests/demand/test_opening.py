"""Opening hours of customers: minutes of a cell become open minutes of it, in order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simnet.demand.opening import Openings, while_open, worked


def spans(*pairs: tuple[int, int]) -> np.ndarray:
    """A calendar of these open spans."""
    opens, closes = (np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True))
    return np.stack([opens, closes, np.cumsum(closes - opens) - (closes - opens)])


def minutes(*values: int) -> np.ndarray:
    """An array of minutes."""
    return np.array(values, dtype=np.int64)


SHOP = spans((10, 20), (30, 35), (110, 120), (410, 420))
CASES = [
    ("the first minute of a cell is its first open one", 0, 10),
    ("half way through the cell, half way through what is open", 50, 17),
    ("the last one", 99, 34),
    ("the next cell", 100, 110),
    ("a closed cell gives to the next open one, as far into it", 250, 415),
    ("two closed cells", 300, 410),
    ("after the last opening, the one before", 599, 419),
]


@pytest.mark.parametrize(("what", "minute", "asked"), CASES, ids=[case[0] for case in CASES])
def test_minutes_by_hand(what: str, minute: int, asked: int) -> None:
    """Cells of 100 minutes; open 15 minutes of the first, 10 of the second, 10 of the fifth."""
    cells = np.arange(0, 700, 100)
    assert while_open(minutes(minute), SHOP, cells).tolist() == [asked]


def test_who_never_opens_moves_nobody() -> None:
    """Without an open minute in the run, lines stay as they are drawn."""
    cells = minutes(0, 100)
    assert while_open(minutes(5, 90), spans((200, 300)), cells).tolist() == [5, 90]
    assert while_open(minutes(5, 90), np.zeros((3, 0), np.int64), cells).tolist() == [5, 90]


def test_each_site_has_its_own_hours() -> None:
    """Sites without hours keep their minutes."""
    opens = Openings(minutes(-1, 0, 1), (SHOP, spans((0, 100))))
    at = opens.moved(minutes(50, 50, 50), minutes(0, 1, 2), minutes(0, 100))
    assert at.tolist() == [50, 17, 50]


@st.composite
def calendars(draw: st.DrawFn) -> np.ndarray:
    """Open spans that do not touch."""
    ends = sorted(draw(st.sets(st.integers(-50, 900), min_size=2, max_size=20)))
    pairs = list(zip(ends[::2], ends[1::2], strict=False))
    return spans(*pairs)


@given(calendars(), st.lists(st.integers(0, 799), min_size=1, max_size=30), st.sampled_from([50, 80, 400, 800]))
def test_any_minute_becomes_an_open_one(calendar: np.ndarray, drawn: list[int], width: int) -> None:
    """Open, in order, in its own cell if that has an open minute, and within the run."""
    cells = np.arange(0, 801, width)
    minute = np.sort(minutes(*drawn))
    found = while_open(minute, calendar, cells)
    free = np.diff(worked(cells, calendar))
    if not free.any():
        assert found.tolist() == minute.tolist()
        return
    opens, closes, _ = calendar
    span = np.searchsorted(opens, found, side="right") - 1
    assert (found < closes[span]).all()
    assert ((found >= 0) & (found < 800)).all()
    own = free[minute // width] > 0
    assert ((found // width) == (minute // width))[own].all()
    inside = np.flatnonzero(own)
    assert (np.diff(found[inside]) >= 0).all()
