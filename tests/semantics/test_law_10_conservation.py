"""Law 10: the audit finds what does not add up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simnet.engine.replicate import replicate
from simnet.ledger.audit import CHECKS, AuditError, audit
from tests.semantics.forgetful import forget
from tests.worlds import DAY, HEAD, PART, TWO, Story, network, play

BASE = "stocking: {default: {policy: base-stock, up_to: 1}}\n"
LINES = [(DAY, "lyon", "filter", 2), (2 * DAY, "turin", "filter", 1), (3 * DAY, "lyon", "filter", 2)]


def busy(clock: str) -> Story:
    """A run with lots on the way, lines owed and two sites below one."""
    return play(network(TWO + PART + BASE), [*LINES, (29 * DAY, "lyon", "filter", 4)], clock)  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("grain", "field", "law"),
    [
        ("point", "on_hand", "on hand"),
        ("point", "received", "on hand"),
        ("point", "on_order", "on order"),
        ("point", "ordered", "on order"),
        ("flow", "late_units", "asked"),
        ("flow", "owed", "asked"),
        ("point", "in_transit", "on order = in transit"),
    ],
)
def test_one_piece_amiss_is_found(clock: str, grain: str, field: str, law: str) -> None:
    """A run in which one piece is too many fails by the law it breaks (law 10.1)."""
    story = busy(clock)
    assert audit(story.run.tally, story.network) > len(CHECKS)
    rows = getattr(story.run.tally, grain).copy()
    rows[field][0] += 1
    with pytest.raises(AuditError, match=law):
        audit(replace(story.run.tally, **{grain: rows}), story.network)


@pytest.mark.parametrize(
    ("rule", "counts", "law"),
    [
        ("place", "    here.ordered += quantity\n", "on order = opening"),
        ("answer", "        here.shipped += given\n", "on hand"),
        ("give", "    here.shipped += given\n", "on hand"),
        ("receive", "    here.received += quantity\n", "on hand"),
        ("give", "    flow.late_units += given\n", "asked"),
    ],
)
def test_a_rule_that_forgets_to_count_is_found(
    monkeypatch: pytest.MonkeyPatch, rule: str, counts: str, law: str
) -> None:
    """Both sides of a law are counted, so a rule that forgets one of them fails the audit (law 10.1)."""
    forget(monkeypatch, rule, counts)
    with pytest.raises(AuditError, match=law):
        busy("simpy")


def test_a_month_amiss_is_found(clock: str) -> None:
    """A piece that a month forgets is found (law 10.1)."""
    story = busy(clock)
    month = story.run.tally.month.copy()
    month["ordered"][0] -= 1
    with pytest.raises(AuditError, match="months"):
        audit(replace(story.run.tally, month=month), story.network)


def test_on_order_is_owed_and_on_the_road(clock: str) -> None:
    """Lyon's order of day 0 is owed by Gent for ten days, then two days on the road (law 10.2)."""
    of = network(TWO + PART + "stocking: {default: {policy: none}}\n")
    story = play(of, [(0, "lyon", "filter", 1)], clock)
    assert story.flow("gent", "owed_minutes", order_class="stock") == 10 * DAY
    assert story.point("lyon", "transit_minutes", "on_order_minutes") == (2 * DAY, 12 * DAY)


def test_both_clocks_leave_the_same() -> None:
    """Tallies and ledgers of the two clocks are equal to the integer (law 10.3)."""
    one, other = busy("simpy"), busy("compiled")
    assert one.run.tally.same_as(other.run.tally)
    assert one.run.lines.same_as(other.run.lines)


def test_workers_do_not_matter() -> None:
    """One worker and three leave the same tallies, replication by replication (law 10.3)."""
    text = "parts: {a: {cost: 1 EUR}, b: {cost: 1 EUR}}\ndemand: {part: all, orders: 40 per month}\n"
    of = network(TWO + text + BASE, HEAD)
    alone, together = (replicate(of, replications=range(5), engine="compiled", workers=workers) for workers in (1, 3))
    assert all(a.tally.same_as(b.tally) for a, b in zip(alone, together, strict=True))
    assert not alone[0].tally.same_as(alone[1].tally)
