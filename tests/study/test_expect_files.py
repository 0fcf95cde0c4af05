"""Which files `simnet test` takes for scenarios, and which limits `expect:` knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.scenario.limits import parse_limit
from simnet.study.expect_files import NONE, below, what
from simnet.study.expect_select import parse


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("simnet: 1\n", ""),
        ("extends: base.yaml\n", ""),
        ("parts: a.csv\ndemand: b.csv\ndealers: c.csv\n", ""),
        ("name: scenarios\non: push\njobs: {}\n", NONE),
        ("[1, 2]\n", NONE),
        ("a: [\n", f"{NONE}, and no YAML that can be read"),
        ("simnet: 1\nexpect:\n  fill.line: >= 95 %\n", ""),
        ("a: 1\n---\nb: 2\n", f"{NONE}, and no YAML that can be read"),
    ],
)
def test_a_file_is_told_by_what_it_says(tmp_path: Path, text: str, reason: str) -> None:
    """Anything that is meant to be a scenario is one, whatever is wrong with it; other YAML is left alone."""
    path = tmp_path / "some.yaml"
    path.write_text(text)
    assert what(path)[0] == reason


def test_folders_are_searched_in_order(tmp_path: Path) -> None:
    """Hidden folders, caches and results are passed over; links do not lead astray."""
    for name in ("b/x.yaml", "a.yml", "b/c/y.xlsx", ".git/z.yaml", "__pycache__/z.yaml", "runs/r/z.yaml", "b/note.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "runs" / "r" / "summary.json").write_text("{}")
    (tmp_path / "b" / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = [path.relative_to(tmp_path).as_posix() for path in below(tmp_path)]
    assert found == ["a.yml", "b/x.yaml", "b/c/y.xlsx"]


@pytest.mark.parametrize(
    ("text", "ends", "exact"),
    [
        ("exactly 0", (0, 0), True),
        ("exactly 12.5 %", (0.125, 0.125), True),
        ("between 1 d and 2 d", (1440, 2880), False),
        ("as baseline", (8.0, 8.0), True),
        ("within 25 % of baseline", (6.0, 10.0), False),
    ],
)
def test_limits_have_two_ends(text: str, ends: tuple[float, float], exact: bool) -> None:
    """Those relative to a baseline around it, here 8."""
    limit = parse_limit(text)
    assert limit.ends(8.0) == ends and limit.exact == exact
    assert all(limit.holds(end, 8.0) for end in ends)


@pytest.mark.parametrize("text", ["exactly", "as", "as base", "exactly 5 EUR and more", "exact 5", "not 5"])
def test_words_that_are_no_limit_are_refused(text: str) -> None:
    """Nothing that was misspelled holds by accident."""
    with pytest.raises(ValueError):
        parse_limit(text)


@pytest.mark.parametrize(
    ("text", "name", "chosen"),
    [
        ("", "anything", True),
        ("a or b and c", "a", True),
        ("(a or b) and c", "a", False),
        ("not a and b", "b", True),
        ("not (a or b)", "b", False),
        ("fill.line", "x fill.line y", True),
        ("95 and %", "at least 95 %", True),
    ],
)
def test_words_are_joined_as_in_pytest(text: str, name: str, chosen: bool) -> None:
    """`and` binds tighter than `or`, `not` tightest."""
    assert parse(text)(name) is chosen


def test_an_endless_expression_is_refused() -> None:
    """It is read by recursion, so its length is bounded."""
    with pytest.raises(SimnetError, match="at most 300 characters"):
        parse("not " * 5000 + "a")
