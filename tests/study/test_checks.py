"""Promises: `expect:` is checked when the scenario is read."""

from __future__ import annotations

from pathlib import Path

import pytest

import simnet as sn


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("fill.lin: at least 60 %", "did you mean"),
        ("fill.nowhere.line: at least 9 %", "unknown KPI"),
        ("fill.line: at least 60", "is measured in percent"),
        ("fill.line: at least 10 d", "is measured in percent"),
        ("wait.mean: at most 5 %", "is measured in time"),
        ("cost.year: at most 10 d", "is measured in money"),
        ("within.36h: at least 5 %", "add it to run.windows"),
    ],
)
def test_a_promise_that_cannot_be_kept_is_refused_at_once(tmp_path: Path, line: str, message: str) -> None:
    """A misspelled figure or a unit that does not fit is an error with file and line, before anything is run."""
    text = (Path(__file__).parents[2] / "scenarios" / "minimal.yaml").read_text()
    path = tmp_path / "minimal.yaml"
    path.write_text(text[: text.index("expect:")] + f"expect:\n  {line}\n")
    with pytest.raises(sn.SimnetError, match=message) as error:
        sn.load(path)
    assert error.value.problems[0].line == 17
