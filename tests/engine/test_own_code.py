"""Policies and demand models of one's own, given as Python objects through the study."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simnet.demand import Clock, Lines, Moments, Streams, Targets
from simnet.demand.sizes import Fixed
from simnet.errors import SimnetError
from simnet.planning.item import Item, Levels
from simnet.study import Study, load
from tests.worlds import DAY, HEAD, PART, TWO

BASE = "stocking: {default: {policy: base-stock, up_to: 2}}\n"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Gent above Lyon and Turin, two of everything, a customer a day."""
    path = tmp_path / "own.yaml"
    path.write_text(HEAD + TWO + PART.replace("1 per year", "1 per day") + BASE, "utf-8")
    return load(path)


@dataclass
class Levelled:
    """Levels of one's own: two by the week for dealers."""

    def levels(self, item: Item) -> Levels:
        """Base stock of 3 with a review of a week."""
        assert (item.tier, item.part) == ("dealer", "filter")
        return Levels(trigger=2, up_to=3, lot=1, review=7 * DAY)


def test_levels_of_ones_own_are_those_of_the_language(study: Study, clock: str, tmp_path: Path) -> None:
    """A policy with `levels` runs on both clocks, its review too, as the built-in one of the same numbers."""
    own = study.use(policies={"dealer": Levelled()}).run(folder=None, engine=clock)
    path = tmp_path / "written.yaml"
    written = "tiers: {dealer: {up_to: 3, review: 1 w}}"
    path.write_text(study.path.read_text("utf-8").replace("up_to: 2}}", f"up_to: 2}}, {written}}}"), "utf-8")  # type: ignore[union-attr]
    same = load(path).run(folder=None, engine=clock)
    assert own.runs[0][0].engine == clock
    assert own.runs[0][0].tally.same_as(same.runs[0][0].tally)
    assert not own.runs[0][0].tally.same_as(study.run(folder=None, engine=clock).runs[0][0].tally)


@dataclass
class AsWritten:
    """Law 7 by hand: base stock of two, decided inside the run."""

    review: int = 0
    up_to: int = 2
    asked: list[tuple[int, int]] = field(default_factory=list)

    def levels(self, item: Item) -> Levels:
        """What the shelf starts with."""
        return Levels(self.up_to - 1, self.up_to, 1, self.review)

    def decide(self, here: Any, now: int) -> int:
        """What is missing; negative never, more than missing never."""
        self.asked.append((here.site, now))
        return int(self.up_to - (here.on_hand + here.on_order - here.owed))


@pytest.mark.parametrize(("tier", "review"), [("dealer", 0), ("central", 0), ("central", 3 * DAY)])
def test_deciding_inside_the_run(study: Study, tier: str, review: int) -> None:
    """A policy that decides as base stock does leaves the tally of base stock, watched or reviewed."""
    policy = AsWritten(review)
    own = study.use(policies={tier: policy}).run(folder=None, lines=True)
    same = study.use(policies={tier: SameLevels(review)}).run(folder=None, engine="simpy", lines=True)
    assert own.runs[0][0].engine == "simpy"  # said in the result
    assert own.runs[0][0].tally.same_as(same.runs[0][0].tally)
    assert own.runs[0][0].lines.same_as(same.runs[0][0].lines)


def test_the_compiled_clock_refuses_to_ask_python(study: Study) -> None:
    """Asked for by name it is an error that says why; a study's summary says which clock runs, and why."""
    own = study.use(policies={"dealer": AsWritten(0)})
    with pytest.raises(SimnetError, match="compiled clock cannot run this: a policy acts inside the run"):
        own.run(folder=None, engine="compiled")
    assert "SimPy clock: a policy acts inside the run" in repr(own)
    asked = own.set("run.engine", "compiled")
    assert "run.engine says compiled, which cannot be" in repr(asked)
    with pytest.raises(SimnetError, match="a policy acts inside the run"):
        asked.run(folder=None)


@dataclass
class SameLevels:
    """The levels that `AsWritten` keeps."""

    review: int

    def levels(self, item: Item) -> Levels:
        """Base stock of two."""
        return Levels(1, 2, 1, self.review)


@pytest.mark.parametrize("tier", ["dealer", "central"])
def test_reviews_of_an_acting_policy_come_once(study: Study, tier: str) -> None:
    """At each site it is asked once a review, at minute 0 too, though sites below ask it in the same minute."""
    policy = AsWritten(3 * DAY, up_to=0)
    own = study.use(policies={tier: policy, **({"dealer": SameLevels(0)} if tier == "central" else {})})
    own.run(folder=None)
    sites = {site for site, _ in policy.asked}
    assert len(sites) == {"dealer": 2, "central": 1}[tier]
    for site in sites:
        assert [now for at, now in policy.asked if at == site] == list(range(0, 30 * DAY, 3 * DAY))


class EveryMonday:
    """Each site asks for two pieces at noon on every seventh day."""

    def draw(self, streams: Streams, clock: Clock) -> Lines:
        """The same in every replication."""
        minutes = np.arange(720, clock.horizon, 7 * DAY)
        stream = np.repeat(np.arange(len(streams)), len(minutes))
        minute = np.tile(minutes, len(streams)).astype(np.int64)
        return Lines(stream, minute, np.full(len(stream), 2, np.int64))

    def moments(self, targets: Targets) -> Moments:
        """One line a week."""
        return Moments(np.full(len(targets), 1 / (7 * DAY)), np.full(len(targets), 2.0), Fixed(pieces=2))


def test_a_demand_model_of_ones_own(study: Study, clock: str) -> None:
    """It is added to the scenario's own demand, at every dealer, and changes nothing of that."""
    before = study.run(folder=None, engine=clock).runs[0][0].tally
    after = study.use(demand=[EveryMonday()]).run(folder=None, engine=clock).runs[0][0]
    assert after.engine == clock
    more = after.tally.flow["lines"] - before.flow["lines"]
    units = after.tally.flow["units"] - before.flow["units"]
    assert more.reshape(-1, 2)[:, 1].tolist() == [0, 5, 5]  # noon of days 0, 7, 14, 21, 28
    assert units.reshape(-1, 2)[:, 1].tolist() == [0, 10, 10]


def test_a_result_with_own_code_is_not_kept(study: Study, tmp_path: Path) -> None:
    """Python objects have no hash, so the same question is run again."""
    own = study.use(demand=[EveryMonday()])
    for _ in range(2):
        assert not own.run(folder=tmp_path / "runs").cached
