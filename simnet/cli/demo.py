"""`simnet demo`: the first minute."""

from __future__ import annotations

from pathlib import Path

import click

from simnet.cli.options import Wanted, again, debug, out, quiet, workers
from simnet.cli.progress import remark
from simnet.wrapping import filled


@click.command("demo")
@out
@again
@workers
@quiet
@debug
def command(out: Path, again: bool, workers: int, quiet: bool) -> None:
    """Compare two designs of a small network, and write the report.

    Truck parts for three regions: does a network with regional warehouses beat one central warehouse that
    flies every order?
    """
    from simnet.cli.tables import printed
    from simnet.cli.work import ask, read
    from simnet.shipped import shipped

    wanted = Wanted(name="demo", out=out, again=again, workers=workers, quiet=quiet)
    study = read(str(shipped("demo/demo.yaml")), wanted)
    remark(question(study.scenario.about, study.scenario.run.replications), quiet)
    # The simpler network first: the other is read as what it adds.
    result, _ = ask([(study, name) for name in reversed(study.designs)], wanted)
    printed(result, wanted)
    click.echo(f"Report   {out / 'demo' / 'report.html'}")
    click.echo("Next     simnet new my-network")


def question(about: str, replications: int) -> str:
    """What is about to be simulated."""
    return filled(f"{about} Two designs, {replications} replications each.", 80) + "\n"
