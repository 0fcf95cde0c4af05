"""Studies and results as a notebook meets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import simnet as sn
from simnet.study import words
from simnet.study.describe import TOO_LARGE, command, describe, story_of
from simnet.study.runs import COMPILING
from tests.cli.commands import tiny


@pytest.fixture
def study(tmp_path: Path) -> sn.Study:
    """The tiny scenario."""
    return sn.load(tiny(tmp_path))


def test_a_study_shows_itself(study: sn.Study) -> None:
    """Text in a terminal, the same with its labels bold in a notebook."""
    assert repr(study) == describe(study)
    assert "<b>Time</b>" in study._repr_html_()


def test_a_large_study_shows_itself_without_working_out(study: sn.Study) -> None:
    """Beyond a number of points, levels and demand classes are not worked out, and it is said so."""
    shown = describe(study, most_points=1)
    assert shown.count(TOO_LARGE) == 2 and "smooth" not in shown
    assert TOO_LARGE not in describe(study)


def test_a_result_shows_itself(study: sn.Study) -> None:
    """A table of text, and one of HTML with nothing left unescaped."""
    result = study.compare(folder=None)
    assert "customer fill" in repr(result)
    page = result._repr_html_()
    assert page.startswith("<table>") and "customer fill" in page and "better" in page
    assert "done within 24h" in result.table("within.24h")._repr_html_()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"designs": ["tiny"]}, 'designs are named one by one: compare("a", "b")'),
        ({"replicatons": 3}, "did you mean 'replications'?"),
        ({"replications": "3"}, "replications must be a whole number, not '3'"),
        ({"seed": 1.5}, "seed must be a whole number, not 1.5"),
    ],
)
def test_an_argument_that_is_none_is_told(study: sn.Study, asked: dict[str, object], says: str) -> None:
    """Words and numbers of Python are answered as those of files are."""
    with pytest.raises(sn.SimnetError, match=re.escape(says)):
        study.compare(folder=None, **asked)


def test_one_axis_of_a_frame_may_be_a_text(study: sn.Study) -> None:
    """`by="site"` is `by=["site"]`."""
    result = study.run(replications=1, folder=None)
    assert result.frame("fill.line", by="site").equals(result.frame("fill.line", by=["site"]))


def test_hostile_names_are_escaped(tmp_path: Path) -> None:
    """Names with markup stay text in HTML."""
    study = sn.load(tiny(tmp_path, lyon='"<script>x"'))
    assert "<script>" not in study._repr_html_()


@pytest.mark.parametrize(
    ("designs", "asked", "told"),
    [
        (["tiny", "richer", "slower"], {}, "simnet compare tiny.yaml"),
        (["tiny"], {}, "simnet run tiny.yaml"),
        (["slower"], {}, "simnet run tiny.yaml --design slower"),
        (["tiny", "slower"], {}, "simnet compare tiny.yaml --design tiny --design slower"),
        (["tiny"], {"seed": 9, "replications": 2}, "simnet run tiny.yaml --replications 2 --seed 9"),
    ],
)
def test_the_command_that_repeats_it(study: sn.Study, designs: list[str], asked: dict[str, int], told: str) -> None:
    """Every result says how to get it again."""
    assert command(study.compare(*designs, folder=None, **asked)) == told


def test_the_command_holds_the_changes(study: sn.Study) -> None:
    """Values changed by path are part of it, quoted for a shell."""
    result = study.set("stocking.default.target", "97 %").run(folder=None)
    assert command(result) == "simnet run tiny.yaml --set 'stocking.default.target=97 %'"


def test_the_story_lists_what_was_assumed(study: sn.Study) -> None:
    """Written values by path, then defaults, marked."""
    assumed = dict(story_of(study.run(folder=None)).assumptions)
    assert assumed["stocking.default.target"] == "90 %"
    assert assumed["run.start"] == "2026-01-01 (default)"
    assert assumed["opening"] == "full (default)"
    assert assumed["suppliers.factory.lead_time.mean"] == "20 d"


@pytest.mark.parametrize(
    ("warm", "engine", "told"), [(False, "compiled", 1), (True, "compiled", 0), (False, "simpy", 0)]
)
def test_compiling_is_announced(
    study: sn.Study, monkeypatch: pytest.MonkeyPatch, warm: bool, engine: str, told: int
) -> None:
    """Said once, before the first use of the compiled clock on a machine, and only then."""
    monkeypatch.setattr("simnet.engine.compiled_clock.is_warm", lambda: warm)
    said: list[str] = []
    study.compare(folder=None, engine=engine, replications=1, say=said.append)
    assert said == [COMPILING][:told]


def test_progress_reaches_its_end(study: sn.Study) -> None:
    """Progress never falls back, and ends with all that there was to do."""
    seen: list[tuple[int, int]] = []
    study.compare(folder=None, progress=lambda done, of: seen.append((done, of)))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1] > 0


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.5, "0.5"), (12.4, "12"), (999, "999"), (1234, "1,200"), (99_950, "100,000"), (1.23e6, "1.2 million"),
     (9.97e6, "10 million"), (54.4e6, "54 million")],
)  # fmt: skip
def test_round_counts(number: float, text: str) -> None:
    """As many digits as are worth reading."""
    assert words.round_count(number) == text


def test_a_history_that_ends_before_the_run_is_remarked(tmp_path: Path) -> None:
    """Replayed exactly, a history of two months leaves a run of a year without customers: that is said."""
    (tmp_path / "orders.csv").write_text("part,month,quantity\nfilter,2026-01,3\nfilter,2026-02,1\n")
    text = (Path(__file__).parents[2] / "scenarios" / "minimal.yaml").read_text()
    start = text.index("demand:")
    end = text.index("\n", start)
    for replay, remarked in (("exact", True), ("bootstrap", False)):
        path = tmp_path / "short.yaml"
        path.write_text(f"{text[:start]}demand: {{orders: orders.csv, replay: {replay}}}{text[end:]}")
        remarks = sn.load(path).scenario.remarks
        assert any("nobody asks after 2026-02" in remark for remark in remarks) == remarked


@pytest.mark.parametrize(
    ("designs", "told"),
    [(["tiny"], "tiny"), (["slower"], "tiny"), (["tiny", "slower"], "tiny"), (["slower", "tiny"], "slower vs tiny")],
)
def test_the_report_is_titled_by_what_it_compares(study: sn.Study, designs: list[str], told: str) -> None:
    """The file's name; where designs are held against another than the file itself, theirs."""
    assert story_of(study.compare(*designs, folder=None, replications=1)).title == told


def test_the_demo_is_repeated_as_it_was_asked(study: sn.Study) -> None:
    """Its file lies in the installation, so its report says `simnet demo`; any other names its own file."""
    from simnet.shipped import shipped
    from simnet.study.describe import is_demo

    demo = sn.load(shipped("demo/demo.yaml"))
    assert is_demo([demo], tuple(reversed(demo.designs)))
    assert not is_demo([demo], demo.designs)
    assert not is_demo([demo.set("run.seed", "8")], tuple(reversed(demo.designs)))
    assert not is_demo([study], tuple(reversed(study.designs)))
