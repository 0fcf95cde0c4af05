"""Every numbered rule of docs/semantics.md is worked out by some test, and no test cites a rule that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
RULES = re.findall(r"^\*\*(\d+\.\d+) ", (HERE.parents[1] / "docs" / "semantics.md").read_text("utf-8"), re.M)
CITED = {
    rule
    for path in HERE.glob("test_law_*.py")
    for sentence in re.findall(r'"""(.*?)"""', path.read_text("utf-8"), re.S)
    for rule in re.findall(r"\blaw (\d+\.\d+)", sentence)
}


def test_the_page_has_rules() -> None:
    """The numbers are read off the page, each once, in order."""
    keys = [tuple(map(int, rule.split("."))) for rule in RULES]
    assert len(RULES) > 30
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_cited(rule: str) -> None:
    """A law is worked out by hand in a test that cites its number."""
    assert rule in CITED


def test_no_unknown_rule_is_cited() -> None:
    """A number in a test is one of the page."""
    assert sorted(CITED - set(RULES)) == []
