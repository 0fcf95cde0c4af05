"""`simnet convert A B`: a scenario as one workbook, or as YAML with its tables."""

from __future__ import annotations

from pathlib import Path

import click

from simnet.cli.options import debug
from simnet.errors import Problem, SimnetError

WORKBOOK, YAML = (".xlsx",), (".yaml", ".yml")


@click.command("convert")
@click.argument("source", metavar="FILE")
@click.argument("target", metavar="TARGET")
@debug
def command(source: str, target: str) -> None:
    """Turn the scenario in FILE into TARGET: YAML into one workbook, or a workbook into YAML.

    Nothing is lost: both are the same scenario, and TARGET is only left there if it reads as FILE does. Files that
    FILE extends are taken in, tables become sheets, and sheets become CSV beside the YAML. Nothing that is there
    already is overwritten.
    """
    from simnet.scenario.workbook import OTHERS, is_workbook

    there, here = Path(target), Path(source)
    is_workbook(here)  # says so of a workbook of another program
    if there.suffix.lower() in OTHERS:
        remedy = f"write {there.stem}.xlsx: spreadsheets open it, and it is the same after they saved it"
        raise SimnetError(Problem("a workbook is written as .xlsx", target, remedy=remedy))
    kinds = tuple("workbook" if path.suffix.lower() in (*WORKBOOK, ".xlsm") else
                  "YAML" if path.suffix.lower() in YAML else "" for path in (here, there))  # fmt: skip
    if kinds not in (("YAML", "workbook"), ("workbook", "YAML")) or there.suffix.lower() == ".xlsm":
        remedy = "such as: simnet convert network.yaml network.xlsx"
        raise SimnetError(Problem("one of the two is a .yaml, the other a .xlsx", remedy=remedy))
    if there.exists() or there.is_symlink():
        raise SimnetError(Problem("is there already and is not touched", target, remedy="choose another name"))
    from simnet.workbook import to_workbook, to_yaml

    try:
        there.parent.mkdir(parents=True, exist_ok=True)
        made = [to_workbook(here, there)] if kinds[1] == "workbook" else to_yaml(here, there)
    except OSError as error:
        raise SimnetError(Problem(f"cannot be written: {error.strerror or error}", target)) from None
    for path in made:
        click.echo(path)
    click.echo(f"Next     simnet show {there}")
