"""Law 10 where lines find what they ask elsewhere: both sides balance, waits are owed or on the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from simnet.engine.simulate import simulate
from simnet.ledger.audit import AuditError, audit
from tests.engine.worlds_mixed import mixed_worlds
from tests.semantics.flowing import day, vor, world
from tests.semantics.forgetful import forget
from tests.worlds import DAY, Asked, Story

LINES: list[Asked] = [
    vor(60, 6), day(61, 2), vor(DAY, 3, "turin"), vor(2 * DAY, 2, "nice"), day(3 * DAY, 1, "bonn"), vor(3 * DAY, 2),
]  # fmt: skip


def busy(clock: str, more: str = "", **stock: int) -> Story:
    """A run in which lines are on the shelf, found in four places, sent by the supplier, and wait in two."""
    asked = "facing, referral, lateral, central" + more
    levels = {"lyon": 1, "bonn": 1, "kiel": 1, "nice": 2, "gent": 2} | stock
    return world(LINES, clock, ask=asked, vor="backorder: facing", **levels)


@pytest.mark.parametrize("more", ["", ", supplier"])
def test_what_was_passed_was_taken(clock: str, more: str) -> None:
    """What points passed on is what others took, but for what the supplier sent, class by class (law 10.4)."""
    story = busy(clock, more)
    flow = story.run.tally.flow.reshape(-1, len(story.network.order_classes))
    direct = sum(story.missed(site, "vor").get("supplier", (0, 0))[1] for site in ("lyon", "turin", "nice"))
    rush = story.network.order_classes.index("vor")
    assert (direct > 0) == bool(more)
    assert flow["passed_units"][:, rush].sum() == flow["taken_units"][:, rush].sum() + direct > 5


def owed_and_travelled(story: Story) -> tuple[int, int]:
    """Minutes owed to customers and on the way to them; minutes that they waited."""
    flow = story.run.tally.flow.reshape(-1, len(story.network.order_classes))[:, 1:]
    return int(flow["owed_minutes"].sum() + flow["travel_minutes"].sum()), int(flow["waited_minutes"].sum())


@pytest.mark.parametrize("more", ["", ", supplier"])
def test_waits_are_owed_or_on_the_way(clock: str, more: str) -> None:
    """Nothing is open after 30 days: owed minutes and travel add up to the waits of all pieces (law 10.5)."""
    story = busy(clock, more)
    assert int(story.run.tally.flow["open_units"].sum()) == 0
    area, waited = owed_and_travelled(story)
    assert area == waited > DAY


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(mixed_worlds())
def test_waits_are_owed_or_on_the_way_in_random_worlds(random: object) -> None:
    """The same where everything is mixed, with what is still open or on the way at H beside it (law 10.5)."""
    of = random.network  # type: ignore[attr-defined]
    points, classes = of.points.copy(), of.classes.copy()
    points["opening_owed"], classes["patience"] = 0, 0
    of = replace(of, points=points, classes=classes, warm_up=0, first_month=0)
    run = simulate(of, random.tape, engine="simpy", lines=True)  # type: ignore[attr-defined]
    flow = run.tally.flow.reshape(-1, len(of.order_classes))[:, 1:]
    area = int(flow["owed_minutes"].sum() + flow["travel_minutes"].sum())
    known = int(flow["waited_minutes"].sum() + flow["open_minutes"].sum())
    lines = run.lines.rows()
    customers = lines[lines["dest"] < 0]
    assert area <= known
    if (customers["done"] <= of.horizon).all() and int(flow["open_units"].sum()) == 0:
        assert area == known


@pytest.mark.parametrize(
    ("rule", "counts", "law"),
    [
        ("take", "    giver.shipped += given\n", "on hand"),
        ("take", "    flow.given_units += given\n", "shipped = served|asked"),
        ("take", "    flow.taken_units += given\n", "asked"),
        ("passed_to", "    flow.passed_units += pieces\n", "asked"),
        ("await_turn", "        flow.taken_units += line.open\n", "asked"),
        ("keep_waiting", "    count_missed(world, line)\n", "asked = on the shelf"),
        ("judge", "        count_why(world, line, line.cause, line.latest)\n    elif", "cause"),
        ("pass_on", "        count_kind(world, line, kind, 0, given)\n", "asked = on the shelf|passed"),
        ("give", "    flow.late_units += given\n", "asked"),
    ],
)
def test_a_rule_that_forgets_to_count_is_found(
    monkeypatch: pytest.MonkeyPatch, rule: str, counts: str, law: str
) -> None:
    """Each side of what is passed on is counted; a rule that forgets one fails the audit (law 10.1)."""
    forget(monkeypatch, rule, counts)
    with pytest.raises(AuditError, match=law):
        busy("simpy", ", supplier" if rule == "pass_on" else "")


def test_a_miss_amiss_is_found(clock: str) -> None:
    """A line told under one kind too many, or a cause too few, is found (law 10.1)."""
    story = busy(clock)
    for grain in ("miss", "why"):
        rows = getattr(story.run.tally, grain).copy()
        rows["lines"][np.flatnonzero(rows["lines"])[0]] += 1  # of the class `day`
        with pytest.raises(AuditError):
            audit(replace(story.run.tally, **{grain: rows}), story.network)


def test_a_late_line_too_many_is_found() -> None:
    """Of a class with a need-by no more lines have a cause than were not on the shelf (law 10.1)."""
    story = world(LINES, "simpy", ask="facing", vor="backorder: facing, need_by: 24 h", lyon=1, bonn=1)
    tally, of = story.run.tally, story.network
    rush = of.order_classes.index("vor")
    why = tally.why.copy()
    table = why["lines"].reshape(of.sites, len(of.class_names), len(of.order_classes), -1)
    told, missed = int(table[:, :, rush].sum()), len([line for line in LINES if line[4:] == ("vor",)])
    assert 0 < told <= missed
    cell = tuple(np.argwhere(table[:, :, rush])[0])
    table[:, :, rush][cell] += missed
    with pytest.raises(AuditError, match="every miss has a cause"):
        audit(replace(tally, why=why), of)
