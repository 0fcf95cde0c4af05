"""A rule that forgets to count: its own text without one of its lines."""

from __future__ import annotations

import inspect

import pytest

from simnet.engine import rules, simpy_clock


def forget(monkeypatch: pytest.MonkeyPatch, rule: str, counts: str) -> None:
    """From now on the SimPy clock runs `rule` without the line `counts`, and every rule as it stands in the book.

    Rules that are written into others come from their files, and these still count.
    """
    book = next(each for each in rules.BOOK if each.__name__ == rule)
    source = inspect.getsource(book)
    assert counts in source
    space = dict(book.__globals__)
    kept = counts.replace(counts.rstrip("\n"), "        pass\n    elif") if counts.endswith("elif") else ""
    exec(source.replace(counts, kept), space)
    monkeypatch.setattr(rules, "BOOK", [space[rule] if each is book else each for each in rules.BOOK])
    monkeypatch.setattr(simpy_clock, "codes", lambda _: {})
