"""Promises: `expect:` is checked when the scenario is read."""

from __future__ import annotations

from pathlib import Path

import pytest

import simnet as sn
from simnet.study.expect import check


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


def promised(tmp_path: Path, line: str) -> sn.Study:
    """The smallest shipped scenario with one promise, on the SimPy clock."""
    text = (Path(__file__).parents[2] / "scenarios" / "minimal.yaml").read_text()
    path = tmp_path / "minimal.yaml"
    path.write_text(text[: text.index("expect:")] + f"expect:\n  {line}\n")
    return sn.load(path).set("run.engine", "simpy")


def test_a_promise_on_what_is_not_measured_says_what_it_takes(tmp_path: Path) -> None:
    """System fill takes a class with a sourcing list; without one it is neither kept nor broken."""
    result = promised(tmp_path, "fill.system.line: at least 95 %").run(replications=1, folder=None)
    with pytest.raises(sn.SimnetError, match="is not measured: it takes an order class with a sourcing list"):
        check(result)


@pytest.mark.parametrize("key", ["fill.line.day", "within.24h.unit", "within.72h.day"])
def test_a_promise_may_be_on_any_figure(tmp_path: Path, key: str) -> None:
    """Also on one that tables leave out: of a class, or by piece."""
    result = promised(tmp_path, f"{key}: at least 0 %").run(replications=1, folder=None)
    (found,) = check(result)
    assert found.holds and found.found.mean is not None
