"""`simnet run FILE`: one design."""

from __future__ import annotations

from typing import Any

import click

from simnet.cli.options import asking, telling, wanted
from simnet.cli.work import answered, answered_against_actual, read


@click.command("run")
@click.argument("file")
@click.option("--design", metavar="NAME", help="A design of the file, instead of the file itself.")
@click.option("--against-actual", is_flag=True, help="Its waits beside those of the history's deliveries.")
@asking
@telling
def command(file: str, design: str | None, against_actual: bool, **given: Any) -> None:
    """Run one design of FILE and say how it does.

    The answer goes to standard output, everything is kept in a folder under runs/. The same question asked
    again is answered from there.
    """
    want = wanted(**given)
    study = read(file, want)
    if against_actual:
        answered_against_actual(study, design or study.designs[0], want)
    else:
        answered([(study, design or study.designs[0])], want)
