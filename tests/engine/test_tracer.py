"""The tracer stands around rules that are there: what is renamed in the book does not fall silent in the stories."""

from __future__ import annotations

import inspect

import pytest

from simnet.engine import rules
from simnet.engine.tracer import Tracer

RULES = {rule.__name__: rule for rule in rules.BOOK}
AROUND = sorted(name.removeprefix("at_") for name in vars(Tracer) if name.startswith("at_"))


def test_there_are_some() -> None:
    """The names are read off the class."""
    assert len(AROUND) > 15


@pytest.mark.parametrize("name", AROUND)
def test_it_stands_around_a_rule(name: str) -> None:
    """`at_NAME` is about a rule of the book, and takes what the rule takes."""
    assert name in RULES
    own = list(inspect.signature(getattr(Tracer, f"at_{name}")).parameters.values())[2:]  # without self and the rule
    theirs = list(inspect.signature(RULES[name]).parameters)
    if any(each.kind is inspect.Parameter.VAR_POSITIONAL for each in own):
        assert len(own) - 1 <= len(theirs)
    else:
        assert len(own) == len(theirs)
