"""Sweeps: every point is the run of its values, all under the same luck."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

import simnet as sn
from simnet.errors import SimnetError
from simnet.study.axes import MOST_POINTS, joined, parse_vary, short_names, split_values

TARGET, LEAD = "stocking.default.target", "suppliers.factory.lead_time.mean"
TWO: dict[str, list[str]] = {TARGET: ["80 %", "99 %"], LEAD: ["20 d", "60 d"]}


@pytest.mark.parametrize("design", [None, "slower"])
def test_a_point_is_the_run_with_its_values_set(study: sn.Study, design: str | None) -> None:
    """To the last integer of every tally, whichever design is swept."""
    vary = {TARGET: ["80 %", "99 %"], "costs.order": ["4 EUR", "9 EUR"]}
    found = study.sweep(vary, design, replications=2, folder=None)
    assert len(found.designs) == 4
    for number, point in enumerate(found.points):
        alone = study
        for path, value in point.items():
            alone = alone.set(path, value)
        other = alone.run(design, replications=2, folder=None)
        for here, there in zip(found.runs[number], other.runs[0], strict=True):
            assert here.tally.same_as(there.tally)
        assert found.kpi("cost.year", found.designs[number]).values == other.kpi("cost.year").values


def test_points_are_the_product_in_order(study: sn.Study) -> None:
    """The last path runs fastest; points are called by the ends of their paths."""
    found = study.sweep(TWO, replications=1, folder=None)
    assert [tuple(point.values()) for point in found.points] == [
        ("80 %", "20 d"), ("80 %", "60 d"), ("99 %", "20 d"), ("99 %", "60 d")
    ]  # fmt: skip
    assert found.designs[1] == "target 80 %, lead_time.mean 60 d"


def test_the_same_sweep_gives_the_same_bytes(study: sn.Study) -> None:
    """Table, CSV, Markdown and page do not change from run to run."""
    first, second = (study.sweep(TWO, replications=2, folder=None) for _ in range(2))
    assert (str(first.table()), first.csv(), first.markdown()) == (str(second.table()), second.csv(), second.markdown())
    assert first.json() == second.json()


def test_a_sweep_shows_itself(study: sn.Study) -> None:
    """A row a point: levels, or paired differences to the first; HTML in notebooks."""
    found = study.sweep(TWO, replications=3, folder=None)
    head, _, *rows = str(found.table()).splitlines()
    assert head.split()[:2] == ["target", "lead_time.mean"]
    assert [row.split("  ")[0] for row in rows[:4]] == ["80 %", "80 %", "99 %", "99 %"]
    assert max(map(len, str(found.table(differences=True)).splitlines())) <= 80
    assert "better" in found.table("fill.line", differences=True)
    assert "better" not in found.table("fill.line")
    assert found._repr_html_().startswith("<table>")
    assert found.markdown(["margin"]).startswith("| target | lead\\_time.mean | parts margin |")


def test_frames_hold_the_varied_values(study: sn.Study) -> None:
    """Tidy: the paths, then what the result's own frames have."""
    found = study.sweep(TWO, replications=2, folder=None)
    frame = found.frame("fill.line")
    assert list(frame.columns) == [TARGET, LEAD, "metric", "unit", "value", "half_width"]
    assert list(frame[LEAD]) == ["20 d", "60 d"] * 2
    assert set(found.frame("fill.line", by=["tier"])["tier"]) == {"dealer", "central"}
    rows = list(csv.DictReader(io.StringIO(found.csv(["fill.line", "cost.year"]))))
    assert len(rows) == 8
    assert {row[TARGET] for row in rows} == {"80 %", "99 %"}


def test_the_best_point_is_named_with_those_near_it(study: sn.Study) -> None:
    """Of the figures of the table, or those asked; of equal points none is told apart."""
    found = study.sweep(
        {TARGET: ["80 %", "99 %"], "costs.backorder": ["0 EUR/d", "1 EUR/d"]}, replications=5, folder=None
    )
    best = found.json()["best"]["fill.line"]
    assert best["best"] == "target 99 %, backorder 0 EUR/d"
    assert best["not_told_apart"] == ["target 99 %, backorder 1 EUR/d"]
    assert len(best["told_apart"]) == 2
    told = " ".join(str(found.table()).split())
    assert "Highest customer fill: target 99 %, backorder 0 EUR/d; as good, as far as can be told: target 99" in told
    ranked = found.rank("fill.line")
    assert ranked is not None and not ranked.certain


def test_a_sweep_asked_again_is_answered_from_disk(study: sn.Study, tmp_path: Path, ran: list[int]) -> None:
    """The same question from its folder; a wider one runs the new points only; a run takes the point of a sweep."""
    folder = tmp_path / "runs"
    first = study.sweep(TWO, replications=3, folder=folder)
    assert len(ran) == 12 and first.folder == folder / "tiny.sweep.target-lead_time.mean"
    assert {path.name for path in first.folder.iterdir()} >= {"report.html", "summary.json", "metrics.parquet"}
    again = study.sweep(TWO, replications=3, folder=folder)
    assert again.cached and again.json() == first.json()
    ran.clear()
    wider = study.sweep({**TWO, TARGET: ["80 %", "95 %", "99 %"]}, replications=3, folder=folder)
    assert len(ran) == 6 and not wider.cached
    assert wider.kpi("cost.year", first.designs[3]).values == first.kpi("cost.year", first.designs[3]).values
    ran.clear()
    study.set(TARGET, "95 %").set(LEAD, "60 d").run(replications=4, folder=folder)
    assert ran == [3]


def test_points_of_other_sweeps_are_not_run_again(study: sn.Study, tmp_path: Path, ran: list[int]) -> None:
    """Points that other sweeps left are not run again, replications of them neither."""
    folder = tmp_path / "runs"
    study.sweep({TARGET: ["80 %"]}, replications=2, folder=folder, name="one")
    study.sweep({TARGET: ["99 %"]}, replications=4, folder=folder, name="other")
    ran.clear()
    found = study.sweep({TARGET: ["80 %", "99 %"]}, replications=4, folder=folder)
    assert ran == [2, 3]
    assert (
        found.json()["designs"]
        == study.sweep({TARGET: ["80 %", "99 %"]}, replications=4, folder=None).json()["designs"]
    )


def test_every_level_of_a_sweep_is_as_precise_as_asked(study: sn.Study) -> None:
    """The table shows levels, so levels are what must be precise."""
    found = study.sweep({TARGET: ["80 %", "99 %"]}, folder=None, precision=["fill.line 3 pt", "wait.mean 2 h"])
    for design in found.designs:
        fill, wait = found.kpi("fill.line", design), found.kpi("wait.mean", design)
        assert fill.half_width is not None and fill.half_width <= 0.03
        assert wait.half_width is not None and wait.half_width <= 2 / 24


def test_the_command_repeats_it(study: sn.Study) -> None:
    """As the report prints it, for a shell."""
    found = study.set("costs.order", "5 EUR").sweep({TARGET: ["80 %", "99 %"]}, "richer", replications=1, folder=None)
    told = "simnet sweep tiny.yaml --vary 'stocking.default.target=80 %,99 %' --design richer"
    assert found.command() == f"{told} --set 'costs.order=5 EUR' --replications 1"


def test_charts_are_drawn_on_axes(study: sn.Study) -> None:
    """One's own axes or new ones come back; an unknown figure is refused."""
    from matplotlib.axes import Axes

    found = study.sweep({TARGET: ["80 %", "99 %"]}, replications=2, folder=None)
    ax = found.plot.tradeoff()
    assert isinstance(ax, Axes)
    assert {text.get_text() for text in ax.texts} == {"80 %", "99 %"}
    assert found.plot.tradeoff(x="stock.on_hand.value", y="wait.mean", ax=ax) is ax
    with pytest.raises(SimnetError, match="did you mean"):
        found.plot.tradeoff(x="cost.yaer")


@pytest.mark.parametrize(
    ("vary", "told"),
    [
        ({}, ["nothing is varied"]),
        ({TARGET: []}, ["has no values"]),
        ({TARGET: ["90 %", ""]}, ["has an empty value"]),
        ({TARGET: ["90 %", "95 %", "90.0%"]}, ["has '90.0%' (as '90 %') twice"]),
        ({"stocking.default.taget": ["90 %", "95 %"]}, ["did you mean 'target'?"]),
        ({TARGET: ["90", "95 %"], LEAD: ["x"]}, ["needs a percent sign", "is not a number"]),
        ({TARGET: ["9", "95 %", "95 %"], "a.b": ["1"]}, ["twice", "needs a percent sign", "unknown key 'a'"]),
        ({"run.seed": [1, 2]}, ["all points run as often, as long and under the same luck"]),
        ({"run.length": ["90 d", "1 y"]}, ["all points run as often"]),
        ({"name": ["a", "b"]}, ["the name is the file's"]),
        ({TARGET: ["90 %"], "stocking.default": ["{target: 90 %}"]}, ["stands inside"]),
        ({TARGET: [f"{n} %" for n in range(60)], "costs.order": [f"{n} EUR" for n in range(4)]},
         ["60 x 4 values are 240 points; at most 200 are run"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_a_sweep_that_means_nothing_is_refused(
    study: sn.Study, tmp_path: Path, vary: dict[str, list[Any]], told: list[str]
) -> None:
    """Everything that is wrong at once, with the remedy; nothing is run and nothing is written."""
    with pytest.raises(SimnetError) as error:
        study.sweep(vary, folder=tmp_path / "runs")
    assert [words for words in told if words not in str(error.value)] == []
    assert "--set:" not in str(error.value)
    assert not (tmp_path / "runs").exists()


def test_a_path_that_is_set_is_not_varied(study: sn.Study) -> None:
    """Which of the two would count nobody could know."""
    with pytest.raises(SimnetError, match="is varied and set"):
        study.set(TARGET, "90 %").sweep(TWO, folder=None)


@pytest.mark.parametrize("best", ["stock.on_hand.units", "fill.lin"])
def test_best_takes_a_figure_with_a_better_side(study: sn.Study, best: str) -> None:
    """Neither more nor less stock is better by itself."""
    with pytest.raises(SimnetError, match="there is no"):
        study.sweep(TWO, best=[best], folder=None)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("90%,95%", ["90%", "95%"]),
        (" 90 % , 95 % ", ["90 %", "95 %"]),
        ("{a: 1, b: [2, 3]},{a: 2}", ["{a: 1, b: [2, 3]}", "{a: 2}"]),
        ("[x, y],z", ["[x, y]", "z"]),
        ("'a,b',\"c,d\",e", ["'a,b'", '"c,d"', "e"]),
        ("{a: 'x}, y'},z", ["{a: 'x}, y'}", "z"]),
        ("O'Hare,5 o'clock", ["O'Hare", "5 o'clock"]),
        ("null,a", ["null", "a"]),
        ("a,", ["a", ""]),
    ],
)
def test_commas_part_values_except_inside(text: str, values: list[str]) -> None:
    """Quotes, {} and [] keep their commas; a quote within a word is a letter. Joined again they are the same."""
    assert split_values(text) == values
    assert split_values(joined(values)) == values


def test_values_with_commas_survive_the_command() -> None:
    """A value from Python with a comma of its own is quoted."""
    assert split_values(joined(["a, b", "c"])) == ['"a, b"', "c"]


@pytest.mark.parametrize("text", ["x={a,b", "x=[1,2", "x='a,b", "x", "=1,2"])
def test_what_is_not_closed_is_refused(text: str) -> None:
    """With the text and what is missing; several at once."""
    with pytest.raises(SimnetError) as error:
        parse_vary([text, "y"])
    assert len(error.value.problems) == 2


def test_names_are_as_short_as_they_can_be() -> None:
    """Ends of paths that tell them apart; ends that say nothing take a step more."""
    assert short_names(["a.b.target", "c.review"]) == ["target", "review"]
    assert short_names(["tiers.dealer.target", "tiers.central.target"]) == ["dealer.target", "central.target"]
    assert short_names(["suppliers.factory.lead_time.mean"]) == ["lead_time.mean"]
    assert MOST_POINTS == 200
