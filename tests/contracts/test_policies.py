"""What every stocking policy must do, and every message a wrong one gives."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

import simnet.policy as policies
from simnet.planning.fill import unit_fill
from simnet.policy import (
    POLICIES,
    BaseStock,
    Decides,
    Item,
    Items,
    Leveled,
    Levels,
    SetsLevels,
    Sized,
    StockingPolicy,
    find_policy,
    levels_for,
    policy_name,
    read_policy,
)
from simnet.scenario.described import described
from simnet.scenario.schema import model_schema
from simnet.units import DAY, WEEK, Quantity

NUMBERS: dict[str, dict[str, str]] = {
    "base-stock": {"up_to": "4"},
    "min-max": {"trigger": "2", "up_to": "9"},
    "reorder-lot": {"trigger": "2", "lot": "6"},
    "economic": {},
    "none": {},
}
SIZED = [policy for policy in POLICIES if issubclass(policy, Sized)]
every_policy = pytest.mark.parametrize("policy", POLICIES, ids=policy_name)
every_sized = pytest.mark.parametrize("policy", SIZED, ids=policy_name)


def points() -> Items:
    """Points slow and fast, in packs and not, one without demand, one by periods."""
    return Items.of(
        np.array([0.0, 1e-6, 1e-4, 3e-3, 3e-3, 1e-5]),
        lead_mean=20.0 * DAY,
        lead_cv=0.4,
        pack=np.array([1, 1, 1, 1, 10, 3]),
        minimum=np.array([0, 0, 4, 0, 25, 0]),
        period=np.array([0, 0, 0, 0, 0, 30.0 * DAY]),
        chance=np.array([0, 0, 0, 0, 0, 0.432]),
    )


def sources(policy: type[Leveled]) -> list[dict[str, str]]:
    """The ways to say how much."""
    named = {"policy": policy_name(policy)}
    ways = [{**named, **NUMBERS[policy_name(policy)]}]
    if policy in SIZED:
        ways += [{**named, "cover": "30 d"}, {**named, "target": "95 %"}]
    return ways


@every_policy
def test_levels_are_law_7(policy: type[Leveled]) -> None:
    """Whatever the source, the trigger is under up-to, and a lot is a positive multiple of the pack."""
    items = points()
    for fields in sources(policy):
        for review in ({}, {"review": "1 w"}):
            trigger, up_to, lot = levels_for(read_policy({**fields, **review}), items)
            assert all(
                each.dtype == np.int64 and each.shape == (len(items),) for each in (trigger, up_to, lot)
            )
            assert np.all((trigger >= -1) & (trigger < up_to) & (lot >= 1))
            assert np.all((lot % items.pack == 0) & (lot >= items.minimum))


@every_policy
def test_one_by_one_is_all_at_once(policy: type[Leveled]) -> None:
    """`levels` of an item is the row that `levels_for` gives it, with the review beside it."""
    items = points()
    for fields in sources(policy):
        made = read_policy({**fields, "review": "1 w"})
        rows = zip(*(each.tolist() for each in made.levels_for(items)), strict=True)
        alone = [made.levels(items.item(index)) for index in range(len(items))]
        assert alone == [Levels(*row, review=WEEK) for row in rows]


@every_policy
def test_read_from_text(policy: type[Leveled]) -> None:
    """A map of texts makes the policy it names; an unknown key does not pass."""
    for fields in sources(policy):
        made = read_policy({**fields, "review": "2 w"})
        assert type(made) is policy and made.review == 2 * WEEK
        with pytest.raises(ValidationError):
            made.review = 0
        with pytest.raises(ValidationError, match="Extra inputs"):
            read_policy({**fields, "reveiw": "1 w"})


@every_policy
def test_explains_itself(policy: type[Leveled]) -> None:
    """Every field has a sentence, and the JSON schema tells it."""
    assert policy.__doc__ and find_policy(policy_name(policy)) is policy
    told = described(policy)
    shown = model_schema(policy, "it", definitions := {}) and definitions["it"]["properties"]
    assert {name: told[name] for name in policy.model_fields} == {
        name: shown[field.alias or name]["description"] for name, field in policy.model_fields.items()
    }


@every_sized
def test_target_is_reached(policy: type[Leveled]) -> None:
    """The fill at the levels of a target reaches it, and a higher target never needs less."""
    items, before = points(), np.full(6, -1)
    for target in ("50 %", "90 %", "99.9 %"):
        made = read_policy({"policy": policy_name(policy), "target": target, "review": "1 w"})
        levels = made.levels_for(items)
        assert np.all(unit_fill(items, levels, made.review) >= made.target - 1e-12)
        assert np.all(levels.trigger >= before)
        before = levels.trigger


@every_sized
def test_cover_lasts(policy: type[Leveled]) -> None:
    """Cover is the demand of lead time, review and cover: up-to for base stock, else the trigger."""
    made = read_policy({"policy": policy_name(policy), "cover": "30 d", "review": "1 w"})
    trigger, up_to, _ = made.levels_for(Items.of(2 / DAY, lead_mean=20.0 * DAY))
    assert (up_to if policy is BaseStock else trigger).tolist() == [2 * (20 + 7 + 30)]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "needs one of up_to, cover, target, such as 'target: 95 %'"),
        ({"policy": "min-max"}, "needs one of trigger and up_to, cover, target"),
        ({"policy": "min-max", "trigger": "2"}, "trigger needs up_to beside it"),
        ({"policy": "min-max", "up_to": "2"}, "up_to needs trigger beside it"),
        ({"policy": "min-max", "trigger": "9", "up_to": "4"}, "trigger 9 must be under up_to 4"),
        ({"policy": "min-max", "trigger": "4", "up_to": "4"}, "trigger 4 must be under up_to 4"),
        ({"policy": "reorder-lot", "trigger": "2", "lot": "0"}, "lot must be at least 1 piece"),
        ({"policy": "reorder-lot", "lot": "5"}, "needs one of trigger, cover, target"),
        ({"up_to": "3", "target": "95 %"}, "up_to and target contradict each other; keep one of them"),
        ({"cover": "3 d", "target": "95 %"}, "cover and target contradict each other"),
        ({"policy": "min-max", "up_to": "3", "target": "95 %"}, "up_to and target contradict each other"),
        ({"target": "100 %"}, "target must be above 0 % and below 100 %"),
        ({"target": "0 %"}, "target must be above 0 % and below 100 %"),
        ({"target": "95"}, "needs a percent sign, such as '95 %'"),
        ({"cover": "30"}, "needs a unit, such as '30 d'"),
        ({"up_to": "-3"}, "up_to"),
        ({"policy": "reorder-lot", "trigger": "-1.5", "lot": "2"}, "whole number"),
        ({"policy": "reorder-lot", "trigger": "--3", "lot": "2"}, "whole number"),
        ({"policy": "reorder-lot", "trigger": "-2000000000", "lot": "2"}, "too large"),
        ({"policy": "base-stok", "up_to": "3"}, "unknown policy 'base-stok'; did you mean 'base-stock'"),
        ({"policy": "x", "up_to": "3"}, "known are base-stock, min-max, reorder-lot, economic, none"),
    ],
)
def test_messages(fields: dict[str, Any], message: str) -> None:
    """A wrong policy is told what is wrong and what to write."""
    with pytest.raises(ValueError) as caught:
        read_policy(fields)
    assert message in str(caught.value)


def test_trigger_may_be_what_is_owed() -> None:
    """A trigger of -1, as exported for a part ordered only when owed, can be read back."""
    made = read_policy({"policy": "reorder-lot", "trigger": "-1", "lot": "5"})
    assert made.levels(Item(rate=0.0)) == Levels(-1, 0, 5, 0)


def test_a_trigger_under_nothing_serves_what_its_lots_leave() -> None:
    """(r, nQ) = (-8, 10): of the positions -7 to 2, with no lead time, 1 and 2 serve a piece each at once."""
    made = read_policy({"policy": "reorder-lot", "trigger": "-8", "lot": "10"})
    items = Items.of(np.array([1e-4]), lead_mean=0.0)
    assert unit_fill(items, made.levels_for(items)) == pytest.approx([0.2])
    far = read_policy({"policy": "min-max", "trigger": "-1000000000", "up_to": "0"})
    assert far.levels(Item(rate=1e-4)).trigger == -(10**9)


def test_packs_round_lots_up() -> None:
    """A lot of 7 in packs of 5 with a minimum of 12 is 15 pieces; 7 alone is 10."""
    made = read_policy({"policy": "reorder-lot", "trigger": "1", "lot": "7"})
    assert made.levels_for(Items.of([0.1, 0.1], pack=5, minimum=[12, 0])).lot.tolist() == [15, 10]


class TwiceTheRate:
    """A policy of one's own that sets levels."""

    def __init__(self, weeks: str = "1") -> None:
        self.weeks = int(weeks)

    def levels(self, item: Item) -> Levels:
        """Two pieces a line of so many weeks."""
        up_to = round(2 * item.rate * self.weeks * WEEK)
        return Levels(up_to - 1, up_to, item.pack)


class WhenItRains(StockingPolicy):
    """A policy of one's own that decides inside the run; its keys are checked."""

    pieces: Quantity = 3
    """How many to order."""

    def decide(self, here: Any, now: int) -> int:
        """Some pieces on the first day."""
        return self.pieces if now < DAY else 0


class Nothing:
    """Not a policy at all."""


@pytest.fixture
def own_policies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three entry points, as installed packages would name them."""
    made = {f"my-{each.__name__.lower()}": each for each in (TwiceTheRate, WhenItRains, Nothing)}
    entries = [EntryPoint(name, f"{__name__}:{each.__name__}", policies.GROUP) for name, each in made.items()]

    def entry_points(group: str, name: str | None = None) -> list[EntryPoint]:
        assert group == policies.GROUP
        return [entry for entry in entries if name in (None, entry.name)]

    monkeypatch.setitem(sys.modules, __name__, sys.modules[TwiceTheRate.__module__])
    monkeypatch.setattr(policies, "entry_points", entry_points)


@pytest.mark.usefixtures("own_policies")
def test_own_policy() -> None:
    """A policy of one's own is found by its name, made with its keys, and compiled point by point."""
    made = read_policy({"policy": "my-twicetherate", "weeks": "2"})
    assert isinstance(made, SetsLevels) and not isinstance(made, Decides)
    trigger, up_to, lot = levels_for(made, Items.of([1 / WEEK, 3 / WEEK], pack=[1, 6]))
    assert (trigger.tolist(), up_to.tolist(), lot.tolist()) == ([3, 11], [4, 12], [1, 6])
    assert levels_for(made, Items.of(np.zeros(0))).lot.shape == (0,)
    decides = read_policy({"policy": "my-whenitrains", "pieces": "4", "review": "1 d"})
    assert isinstance(decides, Decides) and not isinstance(decides, SetsLevels)
    assert decides.decide(None, 5) == 4 and decides.review == DAY
    with pytest.raises(ValidationError, match="Extra inputs"):
        read_policy({"policy": "my-whenitrains", "peices": "4"})
    with pytest.raises(ValueError, match="has neither levels\\(item\\) nor decide\\(here, now\\)"):
        find_policy("my-nothing")
    with pytest.raises(ValueError, match="did you mean 'my-twicetherate'"):
        find_policy("my-twicetherat")


def test_reading_is_light() -> None:
    """Reading a scenario's policies loads neither NumPy nor SciPy."""
    program = "import sys, simnet.policy; sys.exit('numpy' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
