"""`simnet test PATH...`: scenarios held to what they promise in `expect:`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simnet.cli.apology import AfterRun, complain
from simnet.cli.options import again, debug, on, out, quiet, stacked, workers
from simnet.cli.progress import remark, watching
from simnet.errors import SimnetError, clean

if TYPE_CHECKING:
    from simnet.study.expect_run import Held, Manner

FAILED, NOTHING = 1, 5
"""Exit codes: an expectation failed; nothing was checked."""
MOST_IDLE = 20


class Unchecked(AfterRun):
    """Files that cannot be checked, beside those that were."""

    closing = "What could be checked was."


@dataclass
class Outcome:
    """What came of all files."""

    held: list[Held] = field(default_factory=list)
    wrong: list[tuple[Path, SimnetError]] = field(default_factory=list)
    idle: list[tuple[Path, str]] = field(default_factory=list)
    left_out: int = 0
    """Expectations that -k did not choose."""
    stopped: bool = False
    """Whether -x ended it before the last file."""
    strict: bool = False
    seconds: float = 0.0

    def count(self, word: str) -> int:
        """How many expectations came out so."""
        return sum(each.word == word for held in self.held for found in held.checked.values() for each in found)

    @property
    def failed(self) -> int:
        """How many failed; strictly, those that are close too."""
        return self.count("FAIL") + (self.count("close") if self.strict else 0)

    @property
    def code(self) -> int:
        """The exit code."""
        if self.wrong:
            return SimnetError.exit_code
        return FAILED if self.failed else 0 if self.held else NOTHING


options = stacked(
    click.option("-k", "expression", default="", metavar="EXPR", help="Only these: words of file, design, figure."),
    click.option("-x", "first", is_flag=True, help="Stop after the first file with a failure."),
    click.option("--quick", is_flag=True, help="A quarter of the replications; fail only what is clear."),
    click.option("--strict", is_flag=True, help="Fail what is too near to its limit to tell."),
    click.option("--update", is_flag=True, help="Take what comes out as the new baselines."),
    click.option("--junit", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write JUnit XML."),
    click.option("--json", "as_json", is_flag=True, help="Print JSON."),
    workers,
    on,
    again,
    out,
    quiet,
    debug,
)


@click.command("test")
@click.argument("paths", metavar="PATH...", nargs=-1)
@options
def command(paths: tuple[str, ...], **given: Any) -> int:
    """Hold scenarios to what they promise in `expect:`.

    PATH is a scenario, or a folder with scenarios anywhere below it; without one, the current folder. Exit codes:
    0 all hold, 1 an expectation failed, 2 a wrong file or command line, 5 nothing was checked.
    """
    from simnet.cli.ci import closing, opened
    from simnet.cli.tested import as_json, summary

    if given["quick"] and given["update"]:
        raise click.UsageError("--update takes whole runs; leave --quick out")
    found = Outcome(strict=given["strict"])
    start = time.perf_counter()
    opened(given["junit"])
    for held in tested(found, paths, given):
        if not given["as_json"]:
            show(held)
    found.seconds = time.perf_counter() - start
    if given["as_json"]:
        click.echo(as_json(found))
    tell(found, given["quiet"])
    if not given["as_json"]:
        click.echo(summary(found))
    closing(found, given["junit"], given["as_json"])
    return found.code


def tested(found: Outcome, paths: tuple[str, ...], given: dict[str, Any]) -> Iterator[Held]:
    """Each file that was checked, as soon as it is."""
    from simnet.study.expect_files import find
    from simnet.study.expect_run import expected, hold, selected

    how = manner(given)
    files = find(paths or (".",))
    found.wrong, found.idle = files.wrong, files.idle
    for number, (path, study) in enumerate(files.studies):
        wanted = selected(study, path, how.chosen)
        every = sum(map(len, expected(study).values()))
        found.left_out += every - sum(map(len, wanted.values()))
        if not every:
            found.idle.append((path, "expects nothing"))
        if not wanted:
            continue
        try:
            with watching(given["quiet"], path.name) as progress:
                held = hold(study, path, wanted, watched(how, progress))
        except SimnetError as error:
            found.wrong.append((path, error))
            continue
        found.held.append(held)
        yield held
        if given["first"] and found.failed:
            found.stopped = number + 1 < len(files.studies)
            return


def manner(given: dict[str, Any]) -> Manner:
    """How it is tested, from the command line."""
    from simnet.study.expect_run import Manner
    from simnet.study.expect_select import parse
    from simnet.study.runs import Question

    asked = Question(
        workers=given["workers"], on=given["on"], folder=given["out"], again=given["again"],
        say=lambda text: remark(text, given["quiet"]),
    )  # fmt: skip
    return Manner(asked, given["quick"], given["strict"], given["update"], parse(given["expression"]))


def watched(how: Manner, progress: Any) -> Manner:
    """The same, under the eyes of whoever waits."""
    from dataclasses import replace

    return replace(how, question=replace(how.question, progress=progress))


def show(held: Held) -> None:
    """Print what came of a file, color only on a terminal."""
    from simnet.cli.tested import colored, lines

    for text in lines(held):
        click.echo(colored(text))


def tell(found: Outcome, silent: bool) -> None:
    """Say on standard error what was not checked, and what is wrong."""
    for path, reason in found.idle[:MOST_IDLE]:
        remark(f"not checked: {clean(path.as_posix(), 200)}: {reason}", silent)
    if len(found.idle) > MOST_IDLE:
        remark(f"not checked: {len(found.idle) - MOST_IDLE} more files", silent)
    if found.wrong:
        wrong = Unchecked([problem for _, error in found.wrong for problem in error.problems])
        if not found.held:
            wrong.closing = "Nothing was checked."
        complain(wrong)
    elif not found.held:
        remedy = "-k chose nothing" if found.left_out else "say under expect: what a scenario is held to"
        click.echo(f"nothing was checked: {remedy}", err=True)
