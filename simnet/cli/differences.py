"""How differences are printed: what changed in, then the table of what changed out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from simnet.cli.options import Wanted
from simnet.cli.progress import remark

if TYPE_CHECKING:
    from simnet.report.rows import Row
    from simnet.study.diff import Inputs, Side
    from simnet.study.diff_runs import KeptRun

NOTHING = "Nothing changed in"


@dataclass(frozen=True)
class Told:
    """Two sides of files, and what they are called."""

    old: Side
    new: Side
    labels: tuple[str, str]
    versions: bool = False
    """Whether one of them is of another version."""


def print_files(told: Told, want: Wanted, only_in: bool) -> None:
    """What changed in; then both are run under the same orders, and compared."""
    from simnet.study.diff import inputs

    found = inputs(told.old, told.new)
    if not found or only_in:
        whole(found, told.labels, want, None if found else "the two say the same")
        return
    reason = apart(told)
    if reason:
        whole(found, told.labels, want, f"what comes out cannot be compared: {reason}")
        return
    outcome(found, told, want)


def whole(found: Inputs, labels: tuple[str, str], want: Wanted, why: str | None) -> None:
    """What changed in, where nothing is said of what changed out."""
    from simnet.study.diff_words import plain

    if want.form == "json":
        click.echo(
            json.dumps({"from": labels[0], "to": labels[1], "in": plain(found), "out": None, "why": why}, indent=1)
        )
        return
    print_inputs(found, labels, want)
    if why is not None and found:
        remark(f"note: {why}", want.quiet)


def apart(told: Told) -> str:
    """Why the two cannot be compared, if they cannot."""
    from simnet.cli.compare import ALIKE

    old, new = (side.study.design(side.design) for side in (told.old, told.new))
    for path in ALIKE:
        first, other = value_at(old, path), value_at(new, path)
        if first != other:
            return f"{path} was {first} and is {other}"
    return ""


def value_at(found: Any, path: str) -> Any:
    """A value of a scenario by its path."""
    for name in path.split("."):
        found = getattr(found, name)
    return found


def outcome(found: Inputs, told: Told, want: Wanted) -> None:
    """Run both, and print all."""
    from simnet.cli.tables import check_figures, printed
    from simnet.cli.work import check_folder, notes, timed
    from simnet.study.folder import fit, folder_name
    from simnet.study.runs import answer

    asked = [(side.study, side.design) for side in (told.old, told.new)]
    check_figures([study.design(name) for study, name in asked], want)
    name = fit(f"{told.old.study.name}-{'-vs-'.join(told.labels)}") if told.versions else None
    folder = want.out / (name or folder_name(asked))
    check_folder(folder)
    if want.form != "json":
        print_inputs(found, told.labels, want)
    notes([asked[-1]], want.quiet)
    named = told.labels if told.versions or told.old.study is not told.new.study else ()
    result, place = timed(
        folder, replace(want, name=name), lambda question: answer(asked, replace(question, labels=named))
    )
    if want.form == "json":
        print_json(told.labels, found, out=outs(result), provenance=result.provenance)
    else:
        click.echo()
        heading("What changed out", want)
        printed(result, want)
    remark(place, want.quiet)


def outs(result: Any) -> dict[str, Any]:
    """Levels of both, and the difference with its verdict, by figure."""
    found = result.comparison
    first, other = found.designs
    made = {}
    for key in found.kpis:
        old, new, change = found.level(first, key), found.level(other, key), found.difference(other, key)
        made[key] = outs_of(old, new, change)
    return made


def outs_of(old: Any, new: Any, change: Any) -> dict[str, Any]:
    """One figure as plain data; None where a side does not have it."""
    known = new if old is None else old
    return {
        "unit": known.unit,
        "old": None if old is None else old.mean,
        "new": None if new is None else new.mean,
        "difference": None if change is None else change.mean,
        "half_width": None if change is None else change.half_width,
        "verdict": None if change is None else change.verdict,
    }


def print_inputs(found: Inputs, labels: tuple[str, str], want: Wanted) -> None:
    """The section of what changed in."""
    from simnet.errors import clean
    from simnet.report.export import quiet
    from simnet.study.diff_words import told

    names = " → ".join(clean(name, 60) for name in labels)
    lines = list(told(found))
    if not lines:
        click.echo(f"{NOTHING} ({names}): the two say the same.")
        return
    heading(f"What changed in ({names})", want)
    for line in lines:
        inner = line.startswith("  ")
        if want.form == "md":
            click.echo(f"{'  ' if inner else ''}- {quiet(line.strip())}")
        else:
            click.echo(f"  {line}")


def heading(text: str, want: Wanted) -> None:
    """The title of a section."""
    from simnet.report.export import quiet

    click.echo(f"### {quiet(text)}\n" if want.form == "md" else f"{text}\n" if text.endswith("out") else text)


def print_runs(old: KeptRun, new: KeptRun, want: Wanted, only_in: bool) -> None:
    """Two results from their folders; nothing is run."""
    from simnet.study import diff_runs

    found, notes = diff_runs.inputs(old, new), diff_runs.notes(old, new)
    labels = run_labels(old, new)
    if want.form == "json":
        print_json(labels, found, notes=notes, out=None if only_in else run_outs(old, new))
        return
    print_inputs(found, labels, want)
    for note in notes:
        click.echo(f"- {note}" if want.form == "md" else f"note: {note}")
    if not only_in and old.levels == new.levels:
        click.echo("Nothing changed out: every figure is the same.")
    elif not only_in:
        click.echo()
        heading("What changed out", want)
        print_rows(diff_runs.rows(old, new, want.kpis), labels, want, diff_runs.paired(old, new))


def run_outs(old: KeptRun, new: KeptRun) -> dict[str, Any]:
    """Levels of both, and the difference with its verdict, by figure."""
    from simnet.study.diff_runs import apart, meaning

    keys = {**old.levels, **new.levels}
    return {
        key: outs_of(old.levels.get(key), new.levels.get(key), apart(old, new, key, meaning(key)[0])) for key in keys
    }


def print_json(labels: tuple[str, str], found: Inputs, **more: Any) -> None:
    """All of it for machines."""
    from simnet.study.diff_words import plain

    whole = {"from": labels[0], "to": labels[1], "in": plain(found), **more}
    click.echo(json.dumps(whole, indent=1, allow_nan=False))


def run_labels(old: KeptRun, new: KeptRun) -> tuple[str, str]:
    """What two results are called: by design where they are of one folder, else by folder."""
    if old.folder == new.folder:
        return old.design, new.design
    names = (old.folder.name, new.folder.name)
    return names if names[0] != names[1] else (str(old.folder), str(new.folder))


def print_rows(rows: Sequence[Row], labels: tuple[str, str], want: Wanted, paired: bool) -> None:
    """The table of two results."""
    from types import SimpleNamespace

    from simnet.cli.tables import Trimmed, terminal
    from simnet.report.export import quiet
    from simnet.report.rows import INTERVAL, PAIRED, SAME
    from simnet.report.terminal import table

    how = PAIRED if paired else "First column: level. Other: difference of two samples, each under orders of its own."
    if want.form == "md":
        lines = ["| | " + " | ".join(map(quiet, labels)) + " |", "|---|---:|---:|"]
        lines += ["| " + " | ".join([quiet(row.title), *map(str, row.cells)]) + " |" for row in rows]
        click.echo("\n".join([*lines, "", how + "  ", INTERVAL + SAME]))
        return
    console = Trimmed(terminal())
    designs: Any = SimpleNamespace(designs=labels)
    console.console.print(table(designs, list(rows), [0, 1]))
    console.console.print()
    for note in (how, INTERVAL + SAME):
        console.console.print(note, style="dim", markup=False)
    console.flush()
