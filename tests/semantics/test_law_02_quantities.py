"""Law 2: integers, and what is too large for them."""

from __future__ import annotations

import numpy as np
import pytest

from simnet.errors import SimnetError
from tests.worlds import HEAD, ONE, PART, TWO, network, play


def test_everything_counted_is_an_integer(clock: str) -> None:
    """Pieces, minutes and money of a run are 64-bit integers (law 2.1)."""
    of = network(TWO + PART + "stocking: {default: {policy: base-stock, up_to: 2}}")
    tally = play(of, [(7, "lyon", "filter", 2)], clock).run.tally
    kinds = {rows.dtype[name] for rows in (tally.point, tally.flow, tally.month) for name in rows.dtype.names}
    assert kinds | {tally.wait.dtype} == {np.dtype(np.int64)}


def test_money_is_counted_in_ten_thousandths(clock: str) -> None:
    """A price of 1.2345 EUR is 12,345: two pieces asked, one on hand, are worth 24,690 and 12,345 (law 2.1)."""
    part = PART.replace("25 EUR", "1.2345 EUR").replace("10 EUR", "0.0001 EUR")
    of = network(ONE + part + "stocking: {default: {policy: base-stock, up_to: 1}}")
    story = play(of, [(7, "lyon", "filter", 2)], clock)
    assert story.month("lyon", "value") == [24_690]
    assert story.month("lyon", "filled_value") == [12_345]
    assert story.month("lyon", "stock_value_change") == [1 - 1 + 2 - 1]  # full, sold, two received, one served late


@pytest.mark.parametrize(
    ("old", "new"),
    [("length: 30 d", "length: 130 y"), ("up_to: 2", "up_to: 3000000000"), ("cost: 10 EUR", "cost: 90000 MEUR")],
    ids=["horizon", "pieces", "money"],
)
def test_what_would_wrap_is_refused(old: str, new: str) -> None:
    """A horizon, level or value that could reach the end of 64 bits is an error for a person (law 2.2)."""
    text = HEAD + ONE + PART + "stocking: {default: {policy: base-stock, up_to: 2}}"
    assert old in text
    if "cost" in new:
        text = text.replace("up_to: 2", "up_to: 2000000000")
    with pytest.raises(SimnetError):
        network(text.replace(old, new), head="")


def test_a_lead_time_that_would_wrap_is_refused() -> None:
    """A lead time longer than any horizon is an error (law 2.2)."""
    with pytest.raises(SimnetError, match="lead time"):
        network(ONE + PART + "stocking: {default: {policy: none}}", HEAD.replace("10 d", "130 y"))


@pytest.mark.parametrize(("sites", "refused"), [(53, False), (54, True)])
def test_tiers_have_a_phase_each(clock: str, sites: int, refused: bool) -> None:
    """A row of 54 sites has a review phase for each tier, one more is an error (law 2.2)."""
    rows = [f"  w{n}: {{refilled_by: {f'w{n - 1}' if n else 'factory'}, lead_time: 1 d}}\n" for n in range(sites)]
    last = f"dealers: {{lyon: {{served_by: w{sites - 1}, lead_time: 1 d}}}}\n"
    text = "warehouses:\n" + "".join(rows) + last + PART
    text += "stocking: {default: {policy: base-stock, up_to: 1, review: 1 d}}"
    if refused:
        with pytest.raises(SimnetError, match="in a row"):
            network(text)
        return
    story = play(network(text), [(5, "lyon", "filter", 1)], clock)
    assert {line[0] for line in story.lines()[1:]} == {1440}  # one review carries the order up all tiers
    assert len(story.lines()) == 1 + sites + 1


def test_an_order_that_would_wrap_is_refused(clock: str) -> None:
    """Pieces that one order could not hold are an error, not a wrong number (law 2.2)."""
    of = network(ONE + PART + "stocking: {default: {policy: base-stock, up_to: 1, review: 1 w}}")
    with pytest.raises(SimnetError, match="'filter'"):
        play(of, [(at, "lyon", "filter", 10**9) for at in (1, 2, 3)], clock)
    story = play(of, [(at, "lyon", "filter", 10**9) for at in (1, 2)], clock)
    assert story.point("lyon", "received") == 2 * 10**9
