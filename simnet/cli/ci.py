"""What build servers read of `simnet test`: JUnit XML, GitHub annotations, GitHub's step summary."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as tree

import click

from simnet.errors import Problem, SimnetError
from simnet.study.expect_words import expectation, line, sentence, spot

if TYPE_CHECKING:
    from simnet.cli.test import Outcome
    from simnet.study.expect import Checked
    from simnet.study.expect_run import Held

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold."""
Place = dict[str, str | int | None]
STEPS = {"ok": "ok", "close": "⚠️ close", "FAIL": "❌ failed"}


def opened(junit: Path | None) -> None:
    """Refuse before the work a file that could not be written after it."""
    if junit is not None and not junit.absolute().parent.is_dir():
        raise SimnetError(Problem("there is no such folder for the JUnit file", str(junit), remedy="make it first"))


def closing(found: Outcome, junit: Path | None, apart: bool) -> None:
    """Write what build servers read; annotations go to standard error where standard output is JSON."""
    if junit is not None:
        from simnet.report.write import write

        try:
            write(junit, xml(found))
        except OSError as error:
            raise SimnetError(Problem(f"cannot be written: {error.strerror or error}", str(junit))) from None
    if os.environ.get("GITHUB_ACTIONS"):
        for text in notes(found):
            click.echo(text, err=apart)
    step = os.environ.get("GITHUB_STEP_SUMMARY")
    if step:
        append(Path(step), markdown(found))


def append(path: Path, text: str) -> None:
    """Add to the summary of a step; a summary that cannot be written fails no build."""
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        click.echo(f"note: the step summary cannot be written: {error.strerror or error}", err=True)


def xml(found: Outcome) -> str:
    """JUnit XML: a suite a file, a case an expectation; a file that cannot be checked is a case with an error."""
    suites = [*(suite(held, found.strict) for held in found.held), *(broken(*each) for each in found.wrong)]
    root = tree.Element("testsuites", {"name": "simnet test"})
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(each.get(name, "0")) for each in suites)))
    root.set("time", f"{found.seconds:.3f}")
    root.extend(suites)
    tree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tree.tostring(root, encoding="unicode") + "\n"


def suite(held: Held, strict: bool) -> tree.Element:
    """The cases of a file; its designs are run together, so each case is given an equal part of the time."""
    every = [(design, each) for design, found in held.checked.items() for each in found]
    failures = sum(each.fails(strict) for _, each in every)
    made = suite_of(held.path, len(every), failures, 0, held.seconds)
    for design, each in every:
        case = tree.SubElement(made, "testcase", named(each, design, held))
        case.set("time", f"{held.seconds / len(every):.3f}")
        text = xml_text(f"{sentence(each)}\n{spot(each.expectation)}")
        if each.fails(strict):
            tree.SubElement(case, "failure", {"message": text.splitlines()[0], "type": each.word}).text = text
        elif each.word == "close":
            tree.SubElement(case, "system-out").text = text
    return made


def named(checked: Checked, design: str, held: Held) -> dict[str, str]:
    """The attributes that name a case and its place."""
    group = f"{held.path.with_suffix('').as_posix()}{'' if design == held.first else f'.{design}'}"
    each = checked.expectation
    found = {"classname": group, "name": expectation(checked), "file": each.file, "line": str(each.line)}
    return {name: xml_text(value) for name, value in found.items()}


def broken(path: Path, error: SimnetError) -> tree.Element:
    """A file that cannot be checked."""
    made = suite_of(path, 1, 0, 1, 0.0)
    first = error.problems[0]
    case = {"classname": path.with_suffix("").as_posix(), "name": "can be checked", "time": "0.000",
            "file": first.file or path.as_posix(), "line": str(first.line or 1)}  # fmt: skip
    inner = tree.SubElement(made, "testcase", {name: xml_text(value) for name, value in case.items()})
    told = tree.SubElement(inner, "error", {"message": xml_text(first.headline()), "type": "error"})
    told.text = xml_text("\n".join(map(str, error.problems)))
    return made


def suite_of(path: Path, tests: int, failures: int, errors: int, seconds: float) -> tree.Element:
    """A suite without its cases."""
    counts = {"tests": tests, "failures": failures, "errors": errors, "skipped": 0}
    found = {"name": xml_text(path.as_posix()), **{name: str(number) for name, number in counts.items()}}
    return tree.Element("testsuite", {**found, "time": f"{seconds:.3f}"})


def xml_text(text: str) -> str:
    """Text without what XML cannot hold."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def notes(found: Outcome) -> Iterator[str]:
    """`::error file=...,line=...,title=...::...` for what failed, a warning for what is close."""
    for held in found.held:
        for design, every in held.checked.items():
            for each in every:
                if each.word != "ok":
                    level = "error" if each.fails(found.strict) else "warning"
                    design_told = "" if design == held.first else f"{design}: "
                    place: Place = {"file": seen(each.expectation.file), "line": each.expectation.line}
                    yield annotation(level, place, expectation(each), f"{design_told}{sentence(each)}{in_cell(each)}")
    for path, error in found.wrong:
        for problem in error.problems:
            place = {"file": seen(problem.file or str(path)), "line": problem.line, "col": problem.column}
            told = problem.headline() + (f"; {problem.remedy}" if problem.remedy else "")
            told += f" ({problem.place})" if problem.sheet else ""
            yield annotation("error", place, "cannot be checked", told)


def in_cell(checked: Checked) -> str:
    """Where an expectation of a workbook stands: a runner knows lines only."""
    told = spot(checked.expectation)
    return f" ({told})" if ", sheet " in told else ""


def annotation(level: str, place: Place, title: str, message: str) -> str:
    """One command to GitHub's runner, with nothing in it that it would take for another."""
    given = {**place, "title": title}
    fields = ",".join(f"{name}={escaped(str(value), True)}" for name, value in given.items() if value)
    return f"::{level} {fields}::{escaped(message)}"


def escaped(text: str, field: bool = False) -> str:
    """Text as a command holds it: percent signs and line ends; in a field colons and commas too."""
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), *(((":", "%3A"), (",", "%2C")) if field else ())):
        text = text.replace(char, code)
    return text


def seen(file: str) -> str:
    """A path as GitHub knows it, from the root of the repository."""
    root, whole = Path(os.environ.get("GITHUB_WORKSPACE") or ".").resolve(), Path(file).resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else file


def markdown(found: Outcome) -> str:
    """The summary of a step: a table of all expectations, those that failed first."""
    from simnet.cli.tested import summary
    from simnet.report.export import quiet

    told = summary(found).splitlines()
    lines = ["### simnet test", "", told[0], ""]
    every = [(held, design, each) for held in found.held for design, checks in held.checked.items() for each in checks]
    every.sort(key=lambda row: ["FAIL", "close", "ok"].index(row[2].word))
    if every:
        lines += ["| | file | figure | value | | expected |", "|---|---|---|---:|---|---|"]
    for held, design, each in every:
        shown = line(each, held.path)
        file = spot(each.expectation) + ("" if design == held.first else f", {design}")
        cells = (file, shown.kpi, shown.value, shown.spread, shown.limit)
        lines.append(f"| {STEPS[each.word]} | " + " | ".join(map(quiet, cells)) + " |")
    for _, error in found.wrong:
        lines += [f"- {quiet(each.place)}: {quiet(each.headline())}" for each in error.problems]
    return "\n".join([*lines, *told[1:], ""]) + "\n"
