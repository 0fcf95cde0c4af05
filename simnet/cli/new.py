"""`simnet new NAME`: a network of one's own that runs at once, or a synthetic catalog of any size."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from simnet.cli.options import debug, why_not_plain
from simnet.cli.schema import write_schema
from simnet.errors import Problem, SimnetError

STARTER = Path(__file__).parent / "starter"
PLAIN_YAML = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
TABLES = ("parts.csv", "dealers.csv", "orders.csv")


@click.command("new")
@click.argument("name")
@click.option(
    "--catalog", type=click.IntRange(1), metavar="PARTS", help="A synthetic catalog of so many parts instead."
)
@click.option("--dealers", type=click.IntRange(1), metavar="N", help="Its dealers [2,000 at 300,000 parts].")
@click.option("--regions", type=click.IntRange(1), metavar="N", help="Its regional warehouses [6 for 2,000 dealers].")
@click.option("--support", type=click.IntRange(1), metavar="N", help="Its support warehouses [40 for 2,000 dealers].")
@click.option("--lines", type=click.IntRange(1), metavar="N", help="Its demand lines a year [33 a part].")
@click.option("--excel", is_flag=True, help="One workbook instead of a folder: a sheet a table, drop-down lists.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), metavar="N", help="Another catalog of the same shape [1].")
@debug
def command(name: str, catalog: int | None, excel: bool, **asked: int | None) -> None:
    """Make the folder NAME with a small network, commented, that runs at once.

    With --excel, the same as one workbook NAME.xlsx. With --catalog, a synthetic network of any size: parts, dealers
    and demand drawn from the shapes of public data sets. Nothing that is there already is overwritten.
    """
    folder = Path(name)
    given = {key: value for key, value in asked.items() if value is not None}
    if catalog is None and given:
        raise SimnetError(f"--{next(iter(given))} is about a synthetic catalog: --catalog PARTS says how many parts")
    if excel:
        if catalog is not None:
            raise SimnetError("--catalog writes tables that are large; --excel is for networks that one edits by hand")
        new_workbook(Path(name.removesuffix(".xlsx") + ".xlsx"))
        return
    made = make(folder) if catalog is None else make(folder, of_catalog(catalog, given))
    click.echo(f"{folder}/")
    for file, what in contents(made.name) if catalog is None else catalog_contents(made.name):
        click.echo(f"  {file:<{max(len(made.name), 11)}}  {what}")
    verb = "compare" if catalog is None else "run"
    click.echo(f"Next     simnet show {folder / made.name}\n         simnet {verb} {folder / made.name}")


def new_workbook(target: Path) -> None:
    """Write the small network as one workbook, and say what is in it."""
    wrong = why_not_plain(target.stem)
    if wrong:
        raise SimnetError(wrong)
    if target.exists() or target.is_symlink():
        raise SimnetError(Problem("is there already and is not touched", str(target), remedy="choose another name"))
    from simnet.workbook import to_starter
    from simnet.workbook.read_me import HOLDS

    try:
        with tempfile.TemporaryDirectory() as beside:
            fill_starter(Path(beside), target.stem)
            sheets = to_starter(Path(beside) / f"{target.stem}.yaml", target)
    except OSError as error:
        raise SimnetError(Problem(f"cannot be made: {error.strerror or error}", str(target))) from None
    click.echo(str(target))
    for sheet in sheets:
        click.echo(f"  {sheet.title:<11}  {HOLDS.get(sheet.kind, f'{len(sheet.rows):,} rows')}")
    click.echo(f"Next     simnet show {target}\n         simnet compare {target}")


def of_catalog(parts: int, given: dict[str, Any]) -> Callable[[Path, str], None]:
    """What fills a folder with a synthetic catalog."""
    from simnet.catalog import Plan, write

    try:
        plan = Plan.of(parts, **given)
    except ValueError as error:
        raise SimnetError(str(error)) from None

    def filled(folder: Path, name: str) -> None:
        write(folder, name, plain(name), plan)
        write_schema(folder)

    return filled


def contents(scenario: str) -> list[tuple[str, str]]:
    """The files and what they hold."""
    return [
        (scenario, "the scenario: sites, lanes, stocking, designs"),
        ("parts.csv", "part, supplier, cost, price, weight, class"),
        ("dealers.csv", "dealer, at, served_by, lead_time"),
        ("orders.csv", "two years of orders: part, date, quantity, dealer"),
    ]


def catalog_contents(scenario: str) -> list[tuple[str, str]]:
    """The files of a synthetic catalog and what they hold."""
    return [
        (scenario, "the scenario: suppliers, warehouses, stocking rules"),
        ("parts.csv", "part, supplier, cost, price, weight, class, generation"),
        ("dealers.csv", "dealer, served_by, lead_time, share"),
        ("demand.csv", "part, lines a year, pieces on a line, how many dealers ask"),
    ]


def make(folder: Path, fill: Callable[[Path, str], None] | None = None) -> Path:
    """Make the folder, whole or not at all; returns the scenario's file. `fill` writes its files."""
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
        (fill or fill_starter)(beside, name)
        beside.chmod(0o755)
        beside.rename(folder)
    except OSError as error:
        raise SimnetError(Problem(f"cannot be made: {error.strerror or error}", str(folder))) from None
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
    return folder / f"{name}.yaml"


def plain(name: str) -> str:
    """The name as a value in YAML."""
    return name if PLAIN_YAML.fullmatch(name) and name != "null" else json.dumps(name, ensure_ascii=False)


def fill_starter(folder: Path, name: str) -> None:
    """Write the files of the small network."""
    text = (STARTER / "network.yaml").read_text(encoding="utf-8")
    file = f"{name}.yaml"
    text = text.replace("@FILE@", shlex.quote(file)).replace("@NAME@", plain(name))
    (folder / file).write_text(text, encoding="utf-8")
    for table in TABLES:
        (folder / table).write_bytes((STARTER / table).read_bytes())
    write_schema(folder)
