# ruff: noqa: E501 - tables of cases, one a line
"""Messages: place, problem and remedy, at most ten, those that repeat told once."""

from __future__ import annotations

import pickle
import time

import pytest

from simnet.errors import Problem, SimnetError, clean, did_you_mean, render, shorten

LINE = "  europe: {at: Gothenburg SE, lead_time: {mean: 35, cv: 0.4}, minimum_order: 10}"
NEEDS_UNIT = "needs a unit, such as '35 d' (h, d, w, mo, y)"
PROBLEM = Problem(NEEDS_UNIT, "three-tier.yaml", 9, 49, "suppliers > europe > lead_time > mean", LINE, 2)

SHOWN = f"""\
error: suppliers > europe > lead_time > mean: {NEEDS_UNIT}
 --> three-tier.yaml:9:49
  |
9 | {LINE}
  | {" " * 48}^^

1 error. Nothing was run."""


def test_message_is_as_promised() -> None:
    """The message of the user's guide, to the letter."""
    assert str(SimnetError([PROBLEM])) == SHOWN


def test_remedy_stands_beside_the_carets() -> None:
    """The remedy follows the marked word; without a line it stands below."""
    assert str(Problem("unknown key 'a'", "x.yaml", 1, 1, None, "a: 1", 1, "did you mean 'b'?")).endswith(
        "^ did you mean 'b'?"
    )
    assert str(Problem("is empty", "x.yaml", remedy="write it")).splitlines() == [
        "error: is empty",
        "--> x.yaml",
        "  = write it",
    ]


@pytest.mark.parametrize(
    ("problem", "place"),
    [
        (Problem("m", "parts.csv", 213, 4), "parts.csv:213:4"),
        (Problem("m", "parts.csv", 213), "parts.csv:213"),
        (Problem("m", "my-network.xlsx", 2, sheet="parts", cell="C2"), "my-network.xlsx, sheet parts, cell C2"),
        (Problem("m", "x.yaml"), "x.yaml"),
        (Problem("m"), ""),
    ],
)
def test_places(problem: Problem, place: str) -> None:
    """A place is a line and a column of a file, or a cell of a sheet."""
    assert problem.place == place


def test_repeated_problems_fold() -> None:
    """The same problem a thousand times is told once, with the first places."""
    problems = [Problem(f"'{n}' has no unit", "parts.csv", n, 3, fold="weight") for n in range(2, 1002)]
    text = render(problems)
    assert text.count("error: ") == 1
    assert "the same 999 more times: line 3, line 4, line 5, line 6, line 7; 994 not listed" in text
    assert "1000 errors. Nothing was run." in text


def test_ten_are_shown_whole_and_the_others_in_a_line() -> None:
    """Of many different problems the first ten have their lines; none of the others is hidden."""
    text = render([Problem(f"problem {chr(65 + n)}", "x.yaml", n + 1) for n in range(12)])
    assert text.count("error: ") == 10
    assert "and, in short:\n  x.yaml:11: problem K\n  x.yaml:12: problem L\n\n12 errors." in text


def test_hundreds_are_counted() -> None:
    """Beyond fifty only the number is told; those that repeat take one line."""
    same = [Problem("the same", "y.yaml", n + 1) for n in range(7)]
    text = render([*(Problem(f"problem {n}", "x.yaml", n + 1) for n in range(30)), *same])
    assert "  y.yaml:1: the same (7 times)" in text and "more." not in text
    text = render([Problem(f"problem {n}", "x.yaml", n + 1) for n in range(60)])
    assert text.count("problem") == 50 and "... and 10 more." in text


def test_different_files_do_not_fold() -> None:
    """The same words about two files are two problems."""
    assert render([Problem("is empty", "a.csv"), Problem("is empty", "b.csv")]).count("error: ") == 2


def test_long_lines_are_cut_around_the_fault() -> None:
    """A line of ten megabytes shows only what is near the fault."""
    text = str(Problem("bad", "x.yaml", 1, 5_000_001, None, "a" * 5_000_000 + "B" + "c" * 5_000_000, 1))
    shown, carets = text.splitlines()[-2:]
    assert len(shown) < 130
    assert shown[carets.index("^")] == "B"


def test_control_codes_do_not_reach_the_terminal() -> None:
    """An escape code in a file is shown as a mark, not obeyed."""
    text = str(SimnetError([Problem("bad \x1b[31m", "x\x00.yaml", 1, 1, None, "\x1b[2J\u202e", 1)]))
    assert "\x1b" not in text and "\x00" not in text and "\u202e" not in text
    assert clean("a\tb\x07") == "a b\ufffd"


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("refiled_by", ["refilled_by", "tier"], "did you mean 'refilled_by'?"),
        ("lead-time", ["lead_time"], "did you mean 'lead_time'?"),
        ("Gent", ["gent"], "did you mean 'gent'?"),
        ("zebra", ["gent"], None),
        ("", ["gent"], None),
        ("x" * 500, ["gent"], None),
    ],
)
def test_did_you_mean(word: str, known: list[str], hint: str | None) -> None:
    """The nearest known word is offered, if one is near."""
    assert did_you_mean(word, known) == hint


def test_did_you_mean_is_quick_among_many() -> None:
    """Three hundred thousand part numbers do not make a message wait."""
    names = [f"{n:07}" for n in range(300_000)]
    started = time.perf_counter()
    did_you_mean("012345X", names)
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize("problems", ["wrong", Problem("wrong"), [Problem("wrong")]])
def test_an_error_takes_a_text_a_problem_or_a_list(problems: str | Problem | list[Problem]) -> None:
    """A message alone is a problem without a place."""
    error = SimnetError(problems)
    assert str(error) == "error: wrong\n\n1 error. Nothing was run."
    assert error.exit_code == 2


def test_an_error_survives_the_way_from_a_worker() -> None:
    """An error can be pickled, as worker processes send it."""
    error = pickle.loads(pickle.dumps(SimnetError([PROBLEM])))
    assert error.problems == (PROBLEM,)
    assert str(error) == SHOWN


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a", "'a'"),
        (["a", 1, None], "[a, 1, null]"),
        ({"day": ["a"], "stock": {}}, "{day: [a], stock: {}}"),
        ([[[["deep"]]]], "[[[...]]]"),
        (list(range(1000)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11..."),
        (None, "'None'"),
    ],
)
def test_values_are_shown_as_they_are_written(value: object, shown: str) -> None:
    """Lists and maps as in YAML, not as in Python; long ones are cut."""
    assert shorten(value) == shown
