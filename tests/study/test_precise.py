"""Replications are added until a figure is as precise as asked; none is run twice."""

from __future__ import annotations

from pathlib import Path

import pytest

import simnet as sn
from simnet.errors import SimnetError
from tests.cli.commands import tiny


def test_the_precision_asked_is_reached(study: sn.Study, ran: list[int]) -> None:
    """The half width is at most what was asked, over more replications than the file has; each is run once."""
    result = study.run(folder=None, precision=["fill.line 2 pt", "cost.year 4 %"])
    fill, cost = result.kpi("fill.line"), result.kpi("cost.year")
    assert fill.half_width is not None and fill.half_width <= 0.02
    assert cost.half_width is not None and cost.mean is not None and cost.half_width <= 0.04 * cost.mean
    assert ran == list(range(result.comparison.replications))
    assert len(ran) > 10
    told = result.provenance["precision"]["fill.line"]
    assert told["met"] and told["half_width"] == fill.half_width


def test_differences_are_what_must_be_precise(study: sn.Study) -> None:
    """Of designs that are compared the first level and the paired differences, which common luck makes narrow."""
    result = study.compare("tiny", "slower", folder=None, precision=["fill.line 2 pt"])
    change = result.comparison.difference("slower", "fill.line")
    assert change is not None and change.half_width is not None and change.half_width <= 0.02


def test_replications_do_not_depend_on_how_many_were_asked(study: sn.Study) -> None:
    """The first replications of a precise answer are those of a plain one, to the last integer."""
    precise = study.run(folder=None, precision=["fill.line 4 pt"])
    plain = study.run(folder=None, replications=7)
    assert precise.comparison.replications > 7
    for key in ("fill.line", "cost.year", "wait.mean"):
        assert precise.kpi(key).values[:7] == plain.kpi(key).values


def test_the_file_may_ask(study: sn.Study) -> None:
    """`run: {precision: ...}` says the same as the argument; the argument takes its place."""
    asked = study.set("run.precision", "{fill.line: 4 pt}")
    found = asked.run(folder=None)
    assert found.provenance["precision"]["fill.line"]["met"]
    other = asked.run(folder=None, precision=["cost.year 50 %"])
    assert list(other.provenance["precision"]) == ["cost.year"]
    assert other.comparison.replications == 10
    assert found.command() == "simnet run tiny.yaml --set 'run.precision={fill.line: 4 pt}'"
    assert other.command().endswith("--precision 'cost.year 50 %'")


def test_the_cap_is_kept_and_told(study: sn.Study) -> None:
    """Where the cap comes first the result says what was reached, and about how many would do."""
    said: list[str] = []
    result = study.set("run.most_replications", "12").run(folder=None, precision=["fill.line 0.1 pt"], say=said.append)
    told = result.provenance["precision"]["fill.line"]
    assert result.comparison.replications == 12
    assert not told["met"] and told["half_width"] > 0.001 and told["needed"] > 12
    assert len(said) == 1 and "at most 12 are run" in said[0]


def test_what_was_run_before_is_taken_from_disk(study: sn.Study, tmp_path: Path, ran: list[int]) -> None:
    """More replications, a precision, another set of designs: only what is missing is run."""
    study.run(replications=4, folder=tmp_path / "runs")
    ran.clear()
    more = study.run(replications=6, folder=tmp_path / "runs", name="more")
    assert ran == [4, 5]
    ran.clear()
    study.compare("tiny", "richer", replications=6, folder=tmp_path / "runs")
    assert ran == list(range(6))
    ran.clear()
    exact = study.run(precision=["cost.year 50 %"], folder=tmp_path / "runs")
    assert ran == [6, 7, 8, 9]
    assert exact.kpi("fill.line").values[:6] == more.kpi("fill.line").values
    ran.clear()
    assert study.run(precision=["cost.year 50 %"], folder=tmp_path / "runs").cached
    study.run(replications=3, folder=tmp_path / "runs", again=True, name="again")
    assert ran == [0, 1, 2]


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_damaged_replication_is_run_again(study: sn.Study, tmp_path: Path, ran: list[int], harm: str) -> None:
    """What is missing or was changed is not taken for a replication; what stands before it is."""
    folder = study.run(replications=4, folder=tmp_path / "runs").folder
    assert folder is not None
    path = folder / "tally-0-2.bin"
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(b"?" + path.read_bytes()[1:])
    ran.clear()
    found = study.run(replications=5, folder=tmp_path / "runs", name="more")
    assert ran == [2, 3, 4]
    assert found.kpi("fill.line").values == study.run(replications=5, folder=None).kpi("fill.line").values


def test_another_seed_or_value_takes_nothing(study: sn.Study, tmp_path: Path, ran: list[int]) -> None:
    """Replications of another seed, or of a changed scenario, are others."""
    study.run(replications=2, folder=tmp_path / "runs")
    ran.clear()
    study.run(replications=2, seed=8, folder=tmp_path / "runs", name="seed")
    study.set("costs.order", "5 EUR").run(replications=2, folder=tmp_path / "runs", name="cost")
    assert ran == [0, 1, 0, 1]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["fill.lin 1 pt"], ["did you mean 'fill.line'?"]),
        (["fill.line"], ["must be a figure and an amount"]),
        (["fill.line 1 %"], ["write 0.2 pt"]),
        (["fill.line 1 d"], ["is measured in percent"]),
        (["wait.mean 1 pt"], ["is measured in time"]),
        (["cost.year 3 USD"], ["this scenario counts in EUR"]),
        (["cost.year 0 %"], ["must be more than zero"]),
        (["cost.year -1 %"], ["must not be negative"]),
        (["turns x", "fill.line 1 pt", "fill.line 2 pt"], ["is not a number", "is asked twice"]),
        (["demand.lines 3 d", "margin 5"], ["plain numbers", "is measured in percent"]),
    ],
    ids=lambda value: "; ".join(value),
)
def test_a_precision_that_means_nothing_is_refused(study: sn.Study, texts: list[str], told: list[str]) -> None:
    """All of them at once, with the remedy, before anything is run."""
    with pytest.raises(SimnetError) as error:
        study.run(folder=None, precision=texts)
    assert [words for words in told if words not in str(error.value)] == []
    assert "Nothing was run." in str(error.value)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("precision: {fill.lin: 1 pt}", "did you mean 'fill.line'?"),
        ("precision: {fill.line: 1 %}", "write 0.2 pt"),
        ("precision: {fill.line: [1]}", "must be an amount"),
        ("precision: 3", "must be a map"),
        ("most_replications: 1", "from 2 to 100000"),
    ],
)
def test_the_file_is_checked_when_it_is_read(tmp_path: Path, line: str, told: str) -> None:
    """With the line on which it stands."""
    path = tiny(tmp_path, **{"seed: 7": f"seed: 7, {line}"})
    with pytest.raises(SimnetError) as error:
        sn.load(path)
    assert told in str(error.value)
    assert error.value.problems[0].line == 4


def test_a_figure_that_is_not_measured_has_no_precision(study: sn.Study) -> None:
    """System fill takes a sourcing list; without one no number of replications is enough."""
    with pytest.raises(SimnetError, match="is not measured here: it takes"):
        study.run(folder=None, precision=["fill.system.line 1 pt"])


def test_show_says_what_is_asked(tmp_path: Path) -> None:
    """Half widths and the cap stand under the time, the default marked."""
    study = sn.load(tiny(tmp_path, **{"seed: 7": "seed: 7, precision: {fill.line: 0.2 pt, cost.year: 1 %}"}))
    assert "more, at most 200 *, until fill.line ±0.2 pt, cost.year ±1 %" in " ".join(repr(study).split())
