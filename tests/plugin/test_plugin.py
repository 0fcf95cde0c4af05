"""The pytest plugin: each expectation of a scenario that is named is a test; nothing else is touched."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.test_test import SHOP

pytest_plugins = ["pytester"]
FAILING = SHOP.replace("exactly 50 %", "at most 40 %").replace(
    "target: 60 %}", "target: 60 %, expect: {fill.line: at least 1 %}}"
)


@pytest.fixture
def place(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with a scenario that fails, another one below scenarios/, and a test of its own."""
    pytester.makefile(".yaml", shop=FAILING, workflow="on: push\n")
    folder = pytester.mkdir("scenarios")
    (folder / "good.yaml").write_text(SHOP)
    (folder / "other.yaml").write_text("on: push\n")
    pytester.makepyfile(test_own="def test_own(): pass\n")
    return pytester


def test_it_is_off_by_default(place: pytest.Pytester) -> None:
    """A project's YAML is none of its business."""
    place.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_a_file_that_is_named_is_collected(place: pytest.Pytester) -> None:
    """An item an expectation, of designs too; what fails says what, by how much and where."""
    done = place.runpytest_inprocess("shop.yaml", "-p", "no:cacheprovider")
    done.assert_outcomes(passed=2, failed=1)
    done.stdout.fnmatch_lines([
        "*_ margin at most 40 % _*",
        "margin is 50.0 % ±0.0; expected: at most 40 %; missed by 10.0 pt",
        "shop.yaml:12",
        "FAILED shop.yaml::margin - margin is 50.0 %*",
    ])  # fmt: skip


def test_items_have_names_to_choose_by(place: pytest.Pytester) -> None:
    """FILE::FIGURE, and FILE::DESIGN::FIGURE; pytest's own -k works on them, and collecting runs nothing."""
    done = place.runpytest_inprocess("shop.yaml", "--collect-only", "-q", "-k", "fill")
    done.stdout.fnmatch_lines(["shop.yaml::fill.line", "shop.yaml::poor::fill.line", "", "2/3 tests collected*"])
    assert not (place.path / "runs").exists()


def test_the_ini_file_names_folders(place: pytest.Pytester) -> None:
    """They are collected with the tests; what is no scenario is left alone."""
    place.makeini("[pytest]\ntestpaths = test_own.py\nsimnet_scenarios = scenarios\n")
    place.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=3)
    place.makeini("[pytest]\nsimnet_scenarios = scenarios/*.yaml\n")
    place.runpytest_inprocess("test_own.py", "-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_a_name_in_the_ini_file_that_is_none_is_an_error(place: pytest.Pytester) -> None:
    """A folder that moved never passes as nothing to check."""
    place.makeini("[pytest]\ntestpaths = test_own.py\nsimnet_scenarios = senarios\n")
    done = place.runpytest_inprocess()
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    assert "simnet_scenarios: there is no senarios in" in done.stderr.str()


def test_a_misspelled_key_is_an_error(place: pytest.Pytester) -> None:
    """It ends the collection, with its place and remedy."""
    place.makefile(".yaml", bad=SHOP.replace("expect:", "exepct:"))
    done = place.runpytest_inprocess("bad.yaml")
    assert done.ret == pytest.ExitCode.INTERRUPTED
    done.stdout.fnmatch_lines(
        ["*unknown key 'exepct' in the scenario", "*--> bad.yaml:11:1", "*did you mean 'expect'?"]
    )


def test_options_make_it_quick_and_strict(place: pytest.Pytester) -> None:
    """The same as of `simnet test`."""
    place.makefile(".yaml", near=SHOP.replace("at least 60 %", "at least 95 %"))
    quick = place.runpytest_inprocess("near.yaml", "--simnet-quick", "--simnet-runs", "kept", "-rA")
    quick.assert_outcomes(passed=2)
    quick.stdout.fnmatch_lines(["*95 %; its limit lies inside its interval: too near to tell"])
    assert [path.name for path in (place.path / "kept").iterdir()] == ["shop.base.quick"]
    place.runpytest_inprocess("near.yaml", "--simnet-strict").assert_outcomes(passed=1, failed=1)


def test_a_baseline_that_is_missing_fails(place: pytest.Pytester) -> None:
    """Every expectation of the file fails with its remedy: without it the file cannot be checked."""
    place.makefile(".yaml", held=SHOP.replace("at least 60 %", "as baseline"))
    done = place.runpytest_inprocess("held.yaml")
    done.assert_outcomes(failed=2)
    done.stdout.fnmatch_lines(["*there is no baseline of it in expected/held.json", "*`simnet test --update` takes*"])


def test_the_start_of_pytest_stays_quick() -> None:
    """The plugin loads neither NumPy nor a room of simnet."""
    code = "import sys, simnet.pytest_plugin as _; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "numpy" not in found
    assert {name for name in found if name.startswith("simnet")} == {"simnet", "simnet.errors", "simnet.pytest_plugin"}
