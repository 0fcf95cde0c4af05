"""`simnet new NAME`: a network of one's own that runs at once."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import tempfile
from pathlib import Path

import click

from simnet.cli.options import debug, why_not_plain
from simnet.cli.schema import write_schema
from simnet.errors import Problem, SimnetError

STARTER = Path(__file__).parent / "starter"
PLAIN_YAML = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
TABLES = ("parts.csv", "dealers.csv", "orders.csv")


@click.command("new")
@click.argument("name")
@debug
def command(name: str) -> None:
    """Make the folder NAME with a small network, commented, that runs at once.

    Nothing that is there already is overwritten.
    """
    folder = Path(name)
    made = make(folder)
    click.echo(f"{folder}/")
    for file, what in contents(made.name):
        click.echo(f"  {file:<{max(len(made.name), 11)}}  {what}")
    click.echo(f"Next     simnet show {folder / made.name}\n         simnet compare {folder / made.name}")


def contents(scenario: str) -> list[tuple[str, str]]:
    """The files and what they hold."""
    return [
        (scenario, "the scenario: sites, lanes, stocking, designs"),
        ("parts.csv", "part, supplier, cost, price, weight, class"),
        ("dealers.csv", "dealer, at, served_by, lead_time"),
        ("orders.csv", "two years of orders: part, date, quantity, dealer"),
    ]


def make(folder: Path) -> Path:
    """Make the folder, whole or not at all; returns the scenario's file."""
    name = folder.name
    wrong = why_not_plain(name)
    if wrong:
        raise SimnetError(wrong)
    if folder.exists() or folder.is_symlink():
        raise SimnetError(Problem("is there already and is not touched", str(folder), remedy="choose another name"))
    beside = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=folder.parent))
        fill(beside, name)
        beside.chmod(0o755)
        beside.rename(folder)
    except OSError as error:
        raise SimnetError(Problem(f"cannot be made: {error.strerror or error}", str(folder))) from None
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
    return folder / f"{name}.yaml"


def fill(folder: Path, name: str) -> None:
    """Write the files."""
    text = (STARTER / "network.yaml").read_text(encoding="utf-8")
    file = f"{name}.yaml"
    shown = name if PLAIN_YAML.fullmatch(name) and name != "null" else json.dumps(name, ensure_ascii=False)
    text = text.replace("@FILE@", shlex.quote(file)).replace("@NAME@", shown)
    (folder / file).write_text(text, encoding="utf-8")
    for table in TABLES:
        (folder / table).write_bytes((STARTER / table).read_bytes())
    write_schema(folder)
