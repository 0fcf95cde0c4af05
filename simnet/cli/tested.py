"""What `simnet test` prints: a block a file, a summary; or JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from simnet.errors import clean
from simnet.study.expect_words import line, sentence
from simnet.study.words import aligned, count

if TYPE_CHECKING:
    from simnet.cli.test import Outcome
    from simnet.study.expect import Checked
    from simnet.study.expect_run import Held

WIDTH = 80
COLORS = {"ok": "green", "FAIL": "red", "close": "yellow"}


def lines(held: Held) -> Iterator[str]:
    """The block of a file: a line an expectation, those of a design under its name."""
    quick = f" (quick: {held.replications} of {held.asked} replications)" if held.replications < held.asked else ""
    for design, found in held.checked.items():
        named = "" if design == held.first else f", {clean(design, 60)}"
        yield f"{clean(held.path.as_posix(), 200)}{named}{quick}"
        yield from block(held, found)
    for told in held.told:
        yield f"  note: {clean(told, 300)}"


def block(held: Held, found: list[Checked]) -> Iterator[str]:
    """The expectations of one design under each other; on two lines each where one is too long for a terminal."""
    rows = [line(each, held.path) for each in found]
    whole = aligned([[f"  {row.word:<5}", *row.cells[1:]] for row in rows], right=(2,))
    if max(map(len, whole)) <= WIDTH:
        yield from whole
        return
    short = aligned([[f"  {row.word:<5}", *row.cells[1:4]] for row in rows], right=(2,))
    for text, row in zip(short, rows, strict=True):
        yield text
        yield f"         {row.limit}" + (f"   {row.where}" if row.where else "")


def colored(text: str) -> str:
    """A line with its word in color, on a terminal that wants it."""
    word = text.strip().partition(" ")[0]
    if word not in COLORS or not text.startswith("  ") or not sys.stdout.isatty() or "NO_COLOR" in os.environ:
        return text
    return text.replace(word, click.style(word, fg=COLORS[word]), 1)


def summary(found: Outcome) -> str:
    """`1 failed, 1 close, 2 passed in 1 file (12 s)`."""
    told = [
        f"{number} {word}"
        for word, number in (("failed", found.count("FAIL")), ("close", found.count("close")))
        if number
    ]
    told.append(f"{found.count('ok')} passed")
    if found.left_out:
        told.append(f"{found.left_out} not chosen")
    text = ", ".join(told) + f" in {count(len(found.held), 'file')}"
    if found.wrong:
        text += f", {count(len(found.wrong), 'file')} with errors"
    if found.stopped:
        text += ", stopped at the first failure"
    text += f" ({found.seconds:.{1 if found.seconds < 10 else 0}f} s)"
    if found.count("close"):
        end = "and counts as failed" if found.strict else "--strict fails it"
        text += f"\nclose: the limit lies inside the interval of the figure; {end}"
    return text


def as_json(found: Outcome) -> str:
    """All of it for machines."""
    files = [
        {
            "file": held.path.as_posix(), "seconds": held.seconds, "cached": held.cached,
            "replications": held.replications, "quick": held.replications < held.asked, "notes": held.told,
            "expectations": [plain(design, each) for design, every in held.checked.items() for each in every],
        }
        for held in found.held
    ]  # fmt: skip
    problems = [
        {"file": each.file, "line": each.line, "column": each.column, **cell_of(each.sheet, each.cell),
         "message": each.headline(), "remedy": each.remedy}
        for _, error in found.wrong for each in error.problems
    ]  # fmt: skip
    counts = {word.lower(): found.count(word) for word in COLORS}
    idle = [{"file": path.as_posix(), "why": why} for path, why in found.idle]
    whole = {"files": files, "problems": problems, "not_checked": idle, "not_chosen": found.left_out,
             "summary": {**counts, "seconds": found.seconds, "exit_code": found.code}}  # fmt: skip
    return json.dumps(whole, indent=1, allow_nan=False)


def plain(design: str, checked: Checked) -> dict[str, Any]:
    """One expectation as plain data."""
    each, before = checked.expectation, checked.baseline
    at = {} if each.mark is None else each.mark.source.place(each.mark)
    return {
        "design": design, "kpi": each.kpi, "limit": each.limit.text, "file": each.file, "line": each.line,
        **cell_of(at.get("sheet"), at.get("cell")),
        "word": checked.word, "value": checked.found.mean, "half_width": checked.found.half_width,
        "unit": checked.found.unit, "baseline": None if before is None else before.value, "told": sentence(checked),
    }  # fmt: skip


def cell_of(sheet: str | None, cell: str | None) -> dict[str, str | None]:
    """Sheet and cell of what stands in a workbook; nothing otherwise."""
    return {} if sheet is None else {"sheet": sheet, "cell": cell}
