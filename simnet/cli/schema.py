"""`simnet schema`: what editors complete and check scenario files with."""

from __future__ import annotations

import json
from pathlib import Path

import click

from simnet.cli.options import debug
from simnet.errors import Problem, SimnetError

PLACE = Path(".simnet") / "scenario.schema.json"
HEADER = f"# yaml-language-server: $schema=./{PLACE.as_posix()}"


@click.command("schema")
@click.option("--write", is_flag=True, help=f"Write it to {PLACE.as_posix()} instead.")
@debug
def command(write: bool) -> None:
    """Print the JSON Schema of the scenario language.

    With it, an editor completes keys and marks typos as they are made.
    """
    if not write:
        click.echo(text(), nl=False)
        return
    try:
        place = write_schema(Path())
    except OSError as error:
        raise SimnetError(Problem(f"cannot be written: {error.strerror or error}", str(PLACE))) from None
    click.echo(f"{place}\nThe first line of a scenario beside it:\n{HEADER}")


def text() -> str:
    """The schema as JSON."""
    from simnet.scenario import json_schema

    return json.dumps(json_schema(), indent=1, ensure_ascii=True) + "\n"


def write_schema(folder: Path) -> Path:
    """Write the schema under a folder, whole or not at all."""
    from simnet.report import write

    return write(folder / PLACE, text())
