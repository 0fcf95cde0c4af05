"""`simnet test`: scenarios are held to what they promise, and every end has its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simnet.cli import test as verb
from tests.cli.commands import simnet

SHOP = """simnet: 1
name: shop
run: {length: 60 d, replications: 4, seed: 3, engine: simpy}
suppliers: {factory: {lead_time: {mean: 20 d, cv: 0.5}}}
warehouses: {gent: {tier: central, refilled_by: factory}}
dealers: {lyon: {served_by: gent, lead_time: 2 d}}
parts: {filter: {cost: 10 EUR, price: 20 EUR}}
demand: {part: filter, orders: 2 per day, size: {geometric: {mean: 2}}}
stocking: {default: {policy: base-stock, target: 90 %}}
designs: {poor: {stocking.default.target: 60 %}}
expect:
  margin: exactly 50 %
  fill.line: at least 60 %
"""
BASELINE = Path("expected/shop.json")


def shop(folder: Path, *expected: str, name: str = "shop.yaml", **changes: str) -> Path:
    """Write the shop with other expectations, and some texts replaced."""
    text = SHOP
    for old, new in changes.items():
        text = text.replace(old, new)
    if expected:
        text = text[: text.index("expect:")] + "expect:\n" + "".join(f"  {each}\n" for each in expected)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder; it holds the shop."""
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    shop(tmp_path)
    return tmp_path


def test_what_holds_is_told_line_by_line(place: Path) -> None:
    """A line an expectation with value, interval and limit, and a count at the end."""
    done = simnet("test", "shop.yaml")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == "shop.yaml"
    assert [line.split() for line in lines[1:3]] == [
        ["ok", "margin", "50.0", "%", "±0.0", "exactly", "50", "%"],
        ["ok", "fill.line", *lines[2].split()[2:5], "at", "least", "60", "%"],
    ]
    assert lines[3].startswith("2 passed in 1 file (")


def test_what_fails_names_its_line(place: Path) -> None:
    """One limit that is missed makes the exit code 1, and the line to look at stands beside it."""
    shop(place, "margin: at least 40 %", "fill.line: at most 20 %")
    done = simnet("test", "shop.yaml")
    assert done.exit_code == 1
    failed = next(line for line in done.stdout.splitlines() if "FAIL" in line)
    assert failed.split()[:2] == ["FAIL", "fill.line"] and failed.endswith("at most 20 %   line 13")
    assert "1 failed, 1 passed in 1 file" in done.stdout


def limit_at_the_mean(place: Path) -> None:
    """Expect of the fill what it is, to half a point."""
    value = json.loads(simnet("test", "shop.yaml", "--json").stdout)["files"][0]["expectations"][1]["value"]
    shop(place, f"fill.line: at least {100 * value + 0.01:.2f} %")


def test_what_cannot_be_told_is_close(place: Path) -> None:
    """A limit inside the interval passes as `close`, and fails under --strict."""
    limit_at_the_mean(place)
    done = simnet("test", "shop.yaml")
    assert done.exit_code == 0 and "  close  fill.line" in done.stdout and "1 close, 0 passed" in done.stdout
    assert "--strict fails it" in done.stdout
    strict = simnet("test", "shop.yaml", "--strict")
    assert strict.exit_code == 1 and "counts as failed" in strict.stdout


def test_quick_says_that_it_is(place: Path) -> None:
    """Fewer replications, three at least, said beside the file; they are kept apart from the whole answer."""
    simnet("test", "shop.yaml")
    done = simnet("test", "shop.yaml", "--quick")
    assert done.stdout.startswith("shop.yaml (quick: 3 of 4 replications)\n")
    assert {path.name for path in Path("runs").iterdir()} == {"shop.base", "shop.base.quick"}


def test_designs_are_held_to_what_they_say_themselves(place: Path) -> None:
    """What the file expects holds for the file; a design has its own `expect:`."""
    shop(
        place,
        poor="worse",
        **{"stocking.default.target: 60 %": "stocking.default.target: 60 %, expect: {fill.line: at most 95 %}"},
    )
    done = simnet("test", "shop.yaml")
    assert done.exit_code == 0, done.output
    assert "shop.yaml, worse\n" in done.stdout and done.stdout.count("fill.line") == 2
    assert "3 passed in 1 file" in done.stdout


@pytest.mark.parametrize(
    ("expression", "chosen"),
    [("fill", 1), ("not fill", 1), ("fill or margin", 2), ("shop and (fill or none)", 1), ("MARGIN", 1), ("shop", 2)],
)
def test_some_are_chosen_by_words(place: Path, expression: str, chosen: int) -> None:
    """-k takes words of file, design, figure and limit with and, or, not and parentheses."""
    done = simnet("test", ".", "-k", expression)
    left = f", {2 - chosen} not chosen" if chosen < 2 else ""
    assert f"{chosen} passed{left} in 1 file" in done.stdout


@pytest.mark.parametrize("expression", ["fill and", "(fill", "fill margin", "or fill", "a)", "(" * 400])
def test_an_expression_that_is_none_is_an_error(place: Path, expression: str) -> None:
    """Exit code 2 and the expression, before anything is run."""
    done = simnet("test", ".", "-k", expression)
    assert done.exit_code == 2 and "-k" in done.stderr and done.stdout == ""


def test_nothing_checked_is_not_green(place: Path) -> None:
    """No expectation, or none chosen: exit code 5, and why."""
    done = simnet("test", "shop.yaml", "-k", "nowhere")
    assert done.exit_code == 5 and "nothing was checked: -k chose nothing" in done.stderr
    (place / "shop.yaml").write_text(SHOP[: SHOP.index("expect:")])
    done = simnet("test", "shop.yaml")
    assert done.exit_code == 5 and "not checked: shop.yaml: expects nothing" in done.stderr


def test_a_folder_is_searched_and_what_is_no_scenario_is_told(place: Path) -> None:
    """Every scenario below; other YAML is named, results and hidden folders are passed over."""
    shop(place, "margin: at least 40 %", name="deep/er/other.yml")
    (place / "deep" / "workflow.yml").write_text("on: push\n")
    (place / "deep" / "broken.yaml").write_text("a: [\n")
    shop(place, name="deep/.hidden/shop.yaml")
    for _ in range(2):  # the second time there are results, each with a scenario in it
        done = simnet("test", ".")
        assert done.exit_code == 0, done.output
        assert "3 passed in 2 files" in done.stdout
        told = sorted(line for line in done.stderr.splitlines() if line.startswith("not checked"))
        assert told == [
            "not checked: deep/broken.yaml: no scenario, and no YAML that can be read",
            "not checked: deep/workflow.yml: no scenario",
        ]


def test_a_file_that_others_extend_need_not_be_whole(place: Path) -> None:
    """It is told, not an error; as soon as it expects something itself it is checked."""
    text = (place / "shop.yaml").read_text()
    (place / "shop.yaml").unlink()
    (place / "base.yaml").write_text(text[: text.index("demand:")])
    (place / "top.yaml").write_text("extends: base.yaml\n" + text[text.index("demand:") :])
    done = simnet("test", ".")
    assert done.exit_code == 0, done.output
    assert "not checked: base.yaml: stands under other files" in done.stderr
    (place / "base.yaml").write_text(text[: text.index("demand:")] + "exepct: {margin: at least 1 %}\n")
    assert simnet("test", ".").exit_code == 2


def test_the_first_failure_ends_it(place: Path) -> None:
    """-x leaves the files after it alone, and says so."""
    shop(place, "margin: at most 40 %", name="a.yaml")
    assert "2 passed in 2 files" in simnet("test", ".").stdout
    done = simnet("test", ".", "-x")
    assert done.exit_code == 1 and "1 failed, 0 passed in 1 file, stopped at the first failure" in done.stdout


WRONG = [
    ("fil.line: at least 60 %", "unknown KPI 'fil.line'", "did you mean 'fill.line'?", 3),
    ("cost.year: at most 5 %", "is measured in money", "such as 'at most 4 MEUR'", 14),
    ("wait.mean: about 10 d", "is no limit; write one of: at least 95 %", "as baseline", 14),
    ("fill.line: within 2 % of baseline", "there is no baseline of it in expected/shop.json", "--update", 14),
]


@pytest.mark.parametrize(("line", "message", "remedy", "column"), WRONG)
def test_what_cannot_be_checked_is_an_error_with_its_place(
    place: Path, line: str, message: str, remedy: str, column: int
) -> None:
    """File, line, column and remedy; exit code 2."""
    shop(place, line)
    done = simnet("test", "shop.yaml")
    assert done.exit_code == 2
    assert message in done.stderr and remedy in done.stderr
    assert f"--> shop.yaml:12:{column}" in done.stderr


def test_all_that_is_wrong_is_told_at_once_and_the_rest_is_checked(place: Path) -> None:
    """Several faults of several files in one go; a file without faults is checked all the same."""
    shop(place, *(line for line, *_ in WRONG[:3]), name="bad.yaml")
    shop(place, name="worse.yaml", **{"expect:": "exepct:"})
    done = simnet("test", ".", "missing.yaml")
    assert done.exit_code == 2
    for text in (*(message for _, message, *_ in WRONG[:3]), "unknown key 'exepct'", "no such file or folder"):
        assert text in done.stderr
    assert "2 passed in 1 file, 3 files with errors" in done.stdout
    assert done.stderr.endswith("5 errors. What could be checked was.\n")
    assert simnet("test", "missing.yaml").stderr.endswith("1 error. Nothing was checked.\n")


def test_a_design_that_promises_what_it_has_not_is_an_error(place: Path) -> None:
    """Expectations of designs are read as strictly as those of the file."""
    shop(place, **{"60 %}}": "60 %, expect: {fill.nowhere.line: at least 9 %}}}"})
    done = simnet("test", "shop.yaml")
    assert done.exit_code == 2 and "unknown KPI 'fill.nowhere.line'" in done.stderr and "shop.yaml:10:" in done.stderr


def test_json_is_all_there_is_on_standard_output(place: Path) -> None:
    """Figures, limits, places and verdicts for machines."""
    shop(place, "margin: at most 40 %", "fill.line: at least 60 %")
    done = simnet("test", "shop.yaml", "--json")
    found = json.loads(done.stdout)
    (file,) = found["files"]
    assert [(each["kpi"], each["word"], each["line"]) for each in file["expectations"]] == [
        ("margin", "FAIL", 12),
        ("fill.line", "ok", 13),
    ]
    assert found["summary"]["exit_code"] == done.exit_code == 1


def test_update_and_quick_do_not_go_together(place: Path) -> None:
    """A baseline is never taken from half a run."""
    done = simnet("test", "shop.yaml", "--quick", "--update")
    assert done.exit_code == 2 and "leave --quick out" in done.stderr


def test_the_verb_says_its_exit_codes() -> None:
    """Those of the program, and 5."""
    assert (verb.FAILED, verb.NOTHING) == (1, 5)
    shown = simnet("test", "--help").stdout
    assert "0 all hold, 1 an expectation failed" in shown
