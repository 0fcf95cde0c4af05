"""Rules written into the rules that call them: the same integers, without the calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from simnet.engine import fused, rules
from simnet.engine.binding import book
from simnet.engine.fused import BUSY, SHORT
from simnet.engine.records import World
from simnet.engine.simpy_clock import SimPyClock
from simnet.engine.world import lay_out, read_out
from simnet.network.joint import groups
from tests.engine.worlds_at_random import RandomWorld, random_worlds
from tests.engine.worlds_mixed import mixed_worlds
from tests.worlds import DAY, PART, TWO, network, tape

RULES = {rule.__name__: rule for rule in rules.BOOK}
TABLES = ("stock", "flow", "month", "miss", "why", "freight", "outcome", "wait", "line", "count")
LENIENT = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def as_they_stand(rule: Any) -> Any:
    """A rule that nothing stands around: given as `wrap`, nothing is written in."""
    return rule


def played(world: RandomWorld, **wrap: Any) -> World:
    """What a SimPy clock leaves of a world, ledger and all."""
    clock = SimPyClock(lay_out(world.network, 3, 0, True, len(world.tape)), **wrap)
    return clock.run(world.tape, world.network.part_start, groups(world.network))


def compare(world: RandomWorld) -> None:
    """The same in every array, and therefore in the tally."""
    one, other = played(world), played(world, wrap=as_they_stand)
    for name in TABLES:
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert read_out(world.network, one).same_as(read_out(world.network, other))


@LENIENT
@given(random_worlds())
def test_written_in_rules_leave_the_same(world: RandomWorld) -> None:
    """Plain worlds end the same with rules written in and with rules as they stand."""
    compare(world)


@LENIENT
@given(mixed_worlds())
def test_written_in_rules_leave_the_same_where_everything_is_mixed(world: RandomWorld) -> None:
    """So do worlds with lists, ranks, reserves, hours, patience, shares, pushes, balancing and plans."""
    compare(world)


def test_every_name_is_a_rule_once() -> None:
    """SHORT and BUSY name rules of the book, each once."""
    assert set(SHORT) | set(BUSY) <= RULES.keys()
    assert len({*SHORT, *BUSY}) == len(SHORT) + len(BUSY)


@pytest.mark.parametrize("name", SHORT)
def test_a_short_rule_returns_at_its_end_alone(name: str) -> None:
    """A return in the middle would end the rule that it is written into."""
    rule = fused.sources()[name]
    found = [node for node in ast.walk(rule) if isinstance(node, ast.Return)]
    assert found == [node for node in rule.body[-1:] if isinstance(node, ast.Return)]


@pytest.mark.parametrize("name", SHORT)
def test_a_short_rule_takes_its_parameters_as_they_come(name: str) -> None:
    """Written in, a call is read parameter by parameter: no names at the call, no defaults, no stars."""
    own = fused.sources()[name].args
    assert not (own.defaults or own.kwonlyargs or own.posonlyargs or own.vararg or own.kwarg)
    for rule in fused.sources().values():
        assert not any(call.keywords for call in calls_in(rule, {name}))


def calls_in(rule: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    """Calls of the named rules within a rule."""
    for node in ast.walk(rule):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def test_short_rules_come_callees_first() -> None:
    """A rule that stands before one it calls would keep the call."""
    book = fused.sources()
    for place, name in enumerate(SHORT):
        assert not list(calls_in(book[name], set(SHORT[place:]))), name


def test_what_is_written_in_is_called_no_more() -> None:
    """No busy rule calls a short one that it calls as a statement, but for those that stay apart."""
    plain, apart = fused.codes(frozenset()), fused.codes(frozenset({"decide"}))
    assert plain.keys() == apart.keys() == set(BUSY)
    assert "decide" in RULES["reorder"].__code__.co_names
    assert "decide" not in plain["reorder"].co_names and "decide" in apart["reorder"].co_names
    for name in BUSY:
        assert RULES[name].__code__.co_varnames[: len(parameters(name))] == tuple(parameters(name))
        assert plain[name].co_varnames[: len(parameters(name))] == tuple(parameters(name))
        assert not set(SHORT) & set(plain[name].co_names), name


def parameters(name: str) -> list[str]:
    """What a rule takes."""
    return [each.arg for each in fused.sources()[name].args.args]


@pytest.fixture
def without_files(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which the rules came without their source, such as one with compiled files only."""
    fused.codes.cache_clear()
    monkeypatch.setattr(fused, "sources", dict)
    yield
    fused.codes.cache_clear()


def test_without_source_files_the_rules_run_as_they_stand(without_files: None) -> None:
    """Nothing is written in, and the integers are the same."""
    of = network(TWO + PART + "stocking: {default: {policy: base-stock, up_to: 1}}\n")
    world = RandomWorld(of, tape(of, [(day * DAY, "lyon", "filter", 2) for day in range(9)]), "")
    assert fused.codes(frozenset()) == {}
    clock = SimPyClock(lay_out(of, 3, 0, True, len(world.tape)))
    assert all(clock.rules[name].__code__ is RULES[name].__code__ for name in BUSY)
    compare(world)


def test_files_that_are_not_there_leave_no_source(monkeypatch: pytest.MonkeyPatch) -> None:
    """`sources` reads the rules' files; where one is missing it has none at all."""
    assert RULES.keys() <= fused.sources().keys()
    monkeypatch.setattr(fused.inspect, "getfile", lambda chapter: f"{chapter.__name__}.nowhere")
    assert fused.sources() == {}


def test_written_in_rules_stand_on_the_lines_of_their_file() -> None:
    """A debugger or a traceback shows the caller's own line for what is written in."""
    written = fused.codes(frozenset())
    for name, code in written.items():
        own = RULES[name].__code__
        assert code.co_filename == own.co_filename and code.co_firstlineno == own.co_firstlineno
        last = max(line for _, _, line in own.co_lines() if line)
        assert {line for _, _, line in code.co_lines() if line} <= set(range(own.co_firstlineno, last + 1))


def test_a_book_takes_other_codes_for_its_rules() -> None:
    """`book` binds a code given for a rule in the place of the rule's own."""
    written = fused.codes(frozenset())
    space = book({}, as_they_stand, written)
    assert space["ask"].__code__ is written["ask"] and space["put"].__code__ is RULES["put"].__code__
