"""`simnet diff A [B]`: what changed in, and what changed out."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from simnet.cli.differences import Told, print_files, print_runs
from simnet.cli.options import again, debug, kpis, on, out, quiet, stacked, wanted, workers
from simnet.errors import Problem, SimnetError, clean

if TYPE_CHECKING:
    from simnet.study import Study
    from simnet.study.diff import Side

options = stacked(
    click.option("--design", metavar="NAME", help="This design, or point of a sweep; without B, against the first."),
    click.option("--against", metavar="REV", help="The file as it was in a version that git knows."),
    click.option("--in", "only_in", is_flag=True, help="Only what changed in; nothing is run."),
    click.option("--replications", type=click.IntRange(1, 100_000), metavar="N", help="Not the file's."),
    click.option("--md", is_flag=True, help="Print Markdown."),
    click.option("--json", is_flag=True, help="Print JSON."),
    kpis,
    workers,
    on,
    again,
    out,
    quiet,
    debug,
)


@click.command("diff")
@click.argument("a", metavar="A")
@click.argument("b", metavar="[B]", required=False)
@options
def command(a: str, b: str | None, design: str | None, against: str | None, only_in: bool, **given: Any) -> None:
    """Say what changed in, from A to B, and what changed out.

    A and B are scenario files, FILE@REV for a file as git knows it, or folders of results (runs/NAME). One FILE with
    --design: the design against the file; with --against REV: the file as it is against what it was.
    """
    want = wanted(**given)
    if Path(a).is_dir() or (b is not None and Path(b).is_dir()):
        if against is not None:
            raise click.UsageError("--against takes a scenario file; of results name two")
        print_runs(*results(a, b, design), want, only_in)
        return
    with ExitStack() as held:
        folder = Path(held.enter_context(TemporaryDirectory(prefix="simnet-")))
        print_files(sides(a, b, design, against, folder), want, only_in)


def results(a: str, b: str | None, design: str | None) -> tuple[Any, Any]:
    """Two results, or two designs of one."""
    from simnet.study.diff_runs import read
    from simnet.study.folder import SUMMARY

    if b is None and design is None:
        raise click.UsageError(f"name a second result, or a design of {a}: --design NAME")
    if b is None:
        return read(Path(a), first=True), read(Path(a), design)
    for folder, file in ((a, b), (b, a)):
        if not Path(folder).is_dir() or not (Path(folder) / SUMMARY).is_file() or Path(file).is_dir():
            continue
        if not Path(file).exists():
            raise SimnetError(Problem("no such folder", file, remedy="name a folder of results, such as runs/NAME"))
        remedy = f"run it first, and name the folder that it is kept in: simnet run {clean(file, 60)}"
        raise SimnetError(Problem(f"is no folder of results, as {clean(folder, 60)} is", file, remedy=remedy))
    return read(Path(a), design), read(Path(b), design)


def sides(a: str, b: str | None, design: str | None, against: str | None, folder: Path) -> Told:
    """The two sides of files: what they are called, and which design of what."""
    from simnet.study.diff_versions import split

    if against is not None:
        if b is not None:
            raise click.UsageError("--against takes one file: it is held against what it was")
        a, b = f"{split(a)[0]}@{against}", a
    file, revision = split(a)
    if b is None and revision:
        b = file
    if b is None and design is None:
        raise click.UsageError("name a second file, --design NAME, or --against REV")
    first = opened(a, folder / "a")
    if b is None:
        return Told(side(first, None), side(first, design), (first.designs[0], str(design)))
    other = opened(b, folder / "b")
    old, new = side(first, design), side(other, design)
    return Told(old, new, labels((a, old), (b, new)), bool(split(a)[1] or split(b)[1]))


def opened(name: str, folder: Path) -> Study:
    """A scenario, as it is or as it was."""
    from simnet.study import diff_versions, load

    file, revision = diff_versions.split(name)
    if not revision:
        return load(file)
    return diff_versions.load(diff_versions.find(Path(file), revision), folder)


def side(study: Study, design: str | None) -> Side:
    """One side."""
    from simnet.study.diff import Side

    name = study.design(design).variant if design is not None else study.designs[0]
    return Side.of(study, name)


def labels(first: tuple[str, Side], other: tuple[str, Side]) -> tuple[str, str]:
    """What the two sides are called: by version, by design, else by file."""
    from simnet.study.diff_versions import split

    revisions = [split(name)[1] for name, _ in (first, other)]
    if any(revisions) and split(first[0])[0] == split(other[0])[0]:
        return revisions[0] or "now", revisions[1] or "now"
    for names in (
        (first[1].design, other[1].design),
        (Path(first[0]).stem, Path(other[0]).stem),
    ):
        if names[0] != names[1]:
            return names
    if first[0] == other[0]:
        raise SimnetError(Problem("this file is named twice", first[0], remedy="--design, or --against REV"))
    return first[0], other[0]
