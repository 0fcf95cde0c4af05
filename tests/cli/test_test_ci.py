"""What build servers read of `simnet test`: JUnit XML, annotations and summaries that nothing in a name can break."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as tree

import pytest

from simnet.cli.ci import closing, escaped, markdown, notes, xml
from simnet.cli.test import Outcome
from simnet.errors import Problem, SimnetError
from simnet.metrics.intervals import Estimate
from simnet.scenario import Expectation
from simnet.scenario.limits import parse_limit
from simnet.study.expect import Checked, judged
from simnet.study.expect_baselines import Baseline
from simnet.study.expect_run import Held
from simnet.study.expect_words import moved, sentence
from tests.cli.commands import simnet
from tests.cli.test_test import place, shop

__all__ = ["place"]

HOSTILE = 'a,b:c%\r\n::error::<x> & "y" | `z` \x07é'


def one(limit: str, mean: float | None, half: float | None, unit: str = "share", kpi: str = "fill.line",
        before: Baseline | None = None, again: bool = False, quick: bool = False) -> Checked:  # fmt: skip
    """One expectation of line 46 of net.yaml, held against a figure."""
    each = Expectation(kpi, parse_limit(limit, "EUR"), "net.yaml", 46)
    return judged(each, Estimate(mean, half, unit, ()), before, again, quick)


def outcome(*checked: Checked, design: str = "net", strict: bool = False) -> Outcome:
    """One file with these expectations, another one that is wrong."""
    held = Held(Path("net.yaml"), {design: list(checked)}, 3, 3, 2.0, False, "net")
    wrong = SimnetError(Problem("unknown key 'exepct', so", "bad.yaml", 7, 1, remedy="did you mean 'expect'?"))
    return Outcome(held=[held], wrong=[(Path("bad.yaml"), wrong)], seconds=2.5, strict=strict)


OK, CLOSE = one("at least 95 %", 0.96, 0.004), one("at least 95 %", 0.951, 0.004)
FAIL = one("at least 98 %", 0.971, 0.006)


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (one("at least 95 %", 0.96, 0.004), "ok"),
        (one("at least 95 %", 0.952, 0.004), "close"),
        (one("at least 95 %", 0.948, 0.004), "close"),
        (one("at least 95 %", 0.94, 0.004), "FAIL"),
        (one("at least 95 %", 0.95, 0.0), "ok"),
        (one("at least 95 %", 0.9499, None), "FAIL"),
        (one("between 1 d and 2 d", 1.9, 0.2, "d"), "close"),
        (one("between 1 d and 2 d", 1.5, 0.2, "d"), "ok"),
        (one("at most 4 MEUR", 4.1e6, 1e4, "EUR/y"), "FAIL"),
        (one("exactly 10", 10.0, 3.0, "lines"), "ok"),
        (one("exactly 10", 10.1, 3.0, "lines"), "FAIL"),
        (one("exactly 10", 10.1, 3.0, "lines", quick=True), "ok"),
        (one("exactly 10", 14.1, 3.0, "lines", quick=True), "FAIL"),
        (one("at least 95 %", None, None), "FAIL"),
        (one("as baseline", 0.3, 0.1, before=Baseline(0.1 + 0.2, 0.1, "share"), again=True), "ok"),
        (one("as baseline", 0.301, 0.1, before=Baseline(0.3, 0.1, "share"), again=True), "FAIL"),
        (one("within 2 % of baseline", 101.0, 9.0, "EUR/y", before=Baseline(100.0, 9.0, "EUR/y"), again=True), "ok"),
        (one("within 2 % of baseline", 103.0, 9.0, "EUR/y", before=Baseline(100.0, 9.0, "EUR/y"), again=True), "FAIL"),
        (one("within 2 % of baseline", 103.0, 9.0, "EUR/y", before=Baseline(100.0, 9.0, "EUR/y")), "close"),
        (one("within 2 % of baseline", 120.0, 9.0, "EUR/y", before=Baseline(100.0, 9.0, "EUR/y")), "FAIL"),
        (one("within 2 % of baseline", -99.0, 0.0, "EUR/y", before=Baseline(-100.0, 0.0, "EUR/y")), "ok"),
    ],
)  # fmt: skip
def test_a_figure_holds_fails_or_is_too_near_to_tell(found: Checked, word: str) -> None:
    """A limit inside the interval is close on either side of the mean; under the same chance nothing is noise."""
    assert found.word == word


def test_what_fails_says_by_how_much() -> None:
    """In the unit of the figure, points of shares; a baseline by its value and the change."""
    assert sentence(FAIL) == "fill.line is 97.1 % ±0.6; expected: at least 98 %; missed by 0.9 pt"
    assert sentence(CLOSE).endswith("at least 95 %; its limit lies inside its interval: too near to tell")
    assert sentence(one("at least 95 %", None, None)) == "fill.line: nothing was measured, so it is not at least 95 %"
    cost = one("within 2 % of baseline", 3.3e6, 1e3, "EUR/y", "cost.year", Baseline(3.1e6, 1e3, "EUR/y"))
    assert sentence(cost) == (
        "cost.year is 3.300 MEUR ±0.001, +6.5 % from its baseline of 3.100 MEUR ±0.001; "
        "expected: within 2 % of baseline; missed by 0.14 MEUR"
    )


@pytest.mark.parametrize(
    ("value", "before", "told"),
    [(0.0, 0.0, "as before"), (2.0, 0.0, "was 0"), (100.0, 100.0, "+0 %"), (100.4, 100.0, "+0.4 %"),
     (99.99, 100.0, "-1e-02 %")],
)  # fmt: skip
def test_a_change_is_told_as_a_share(value: float, before: float, told: str) -> None:
    """Never as nothing where there is a change."""
    assert moved(one("as baseline", value, 0.0, "EUR/y", before=Baseline(before, 0.0, "EUR/y"))) == told


def test_junit_has_the_form_that_servers_read() -> None:
    """testsuites > testsuite > testcase, counts that add up, failures and errors with messages, file and line."""
    root = tree.fromstring(xml(outcome(OK, CLOSE, FAIL)))
    assert root.tag == "testsuites" and root.attrib == {
        "name": "simnet test", "tests": "4", "failures": "1", "errors": "1", "time": "2.500",
    }  # fmt: skip
    for suite in root:
        cases = suite.findall("testcase")
        assert suite.tag == "testsuite" and int(suite.attrib["tests"]) == len(cases) == len(suite)
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        assert int(suite.attrib["errors"]) == len(suite.findall("testcase/error"))
        assert float(suite.attrib["time"]) == pytest.approx(sum(float(case.attrib["time"]) for case in cases), abs=0.01)
        assert all({"name", "classname", "file", "line", "time"} == set(case.attrib) for case in cases)
    failed, error = root.find(".//failure"), root.find(".//error")
    assert failed is not None and failed.attrib["message"] == sentence(FAIL) and "net.yaml:46" in (failed.text or "")
    assert error is not None and "did you mean 'expect'?" in (error.text or "")


def test_junit_fails_what_is_close_where_that_is_asked() -> None:
    """--strict counts it with the failures."""
    assert tree.fromstring(xml(outcome(CLOSE, strict=True))).attrib["failures"] == "1"


@pytest.mark.parametrize(
    ("text", "field", "code"),
    [
        ("100 % sure", False, "100 %25 sure"),
        ("a\r\nb", False, "a%0D%0Ab"),
        ("a:b,c", False, "a:b,c"),
        ("a:b,c%", True, "a%3Ab%2Cc%25"),
    ],
)
def test_annotations_are_escaped(text: str, field: bool, code: str) -> None:
    """As GitHub's runner reads commands: percent first, colons and commas in fields alone."""
    assert escaped(text, field) == code


def test_every_annotation_is_one_command() -> None:
    """One line each, error or warning by verdict, file and line where they are known."""
    found = list(notes(outcome(OK, CLOSE, FAIL, design="poor")))
    assert found == [
        f"::warning file=net.yaml,line=46,title=fill.line at least 95 %25::poor: {escaped(sentence(CLOSE))}",
        f"::error file=net.yaml,line=46,title=fill.line at least 98 %25::poor: {escaped(sentence(FAIL))}",
        "::error file=bad.yaml,line=7,col=1,title=cannot be checked::unknown key 'exepct', so; did you mean 'expect'?",
    ]


def test_hostile_names_stay_text() -> None:
    """A figure, a design and a file with everything in them that XML, commands and Markdown act on."""
    each = one("at least 98 %", 0.5, 0.001, kpi=HOSTILE)
    held = Held(Path(HOSTILE), {HOSTILE: [each]}, 3, 3, 1.0, False, "net")
    found = Outcome(held=[held])
    assert tree.fromstring(xml(found))[0][0].attrib["name"].startswith("a,b:c%")
    (command,) = notes(found)
    assert "\n" not in command and "\r" not in command and command.count("::error") == 3  # two are text
    assert command.startswith("::error file=net.yaml,line=46,title=a%2Cb%3Ac%25%0D%0A%3A%3Aerror%3A%3A")
    rows = [line for line in markdown(found).splitlines() if line.startswith("|")]
    assert len(rows) == 3 and "<x>" not in rows[2] and "\\|" in rows[2]


def test_a_failing_build_tells_all_servers_at_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """JUnit file, annotations from the root of the repository, and what is added to the step's summary."""
    shop(place, "margin: at most 40 %")
    (place / "step.md").write_text("before\n")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(place.parent))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(place / "step.md"))
    done = simnet("test", "shop.yaml", "--junit", "out.xml")
    assert done.exit_code == 1
    told = f"::error file={place.name}/shop.yaml,line=12,title=margin at most 40 %25::margin is 50.0 %25"
    assert any(line.startswith(told) for line in done.stdout.splitlines())
    assert tree.parse("out.xml").getroot().attrib["failures"] == "1"
    step = (place / "step.md").read_text()
    assert step.startswith("before\n### simnet test\n") and "| ❌ failed | shop.yaml:12 | margin |" in step
    done = simnet("test", "shop.yaml", "--json")
    assert json.loads(done.stdout) and told in done.stderr


def test_a_place_that_cannot_be_written_is_refused_before_the_work(place: Path) -> None:
    """Exit code 2, nothing run."""
    done = simnet("test", "shop.yaml", "--junit", "nowhere/out.xml")
    assert done.exit_code == 2 and "no such folder" in done.stderr and not Path("runs").exists()


def test_a_summary_that_cannot_be_written_fails_no_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                         capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """It is said, and that is all."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "no" / "step.md"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    closing(Outcome(), None, False)
    assert "note: the step summary cannot be written" in capsys.readouterr().err
