"""`simnet import FILE`: an order history as the company keeps it, told, and written as a scenario that runs."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simnet.cli.options import debug, why_not_plain
from simnet.errors import Problem, SimnetError, shorten

if TYPE_CHECKING:
    from simnet.intake.history import Imported

ENDINGS = re.compile(r"(\.(csv|tsv|txt|xlsx|xlsm|xlsb|xls|ods|gz))+$", re.IGNORECASE)
CURRENCY = re.compile(r"[A-Z]{3}")


def some_money(_: click.Context, __: click.Parameter, money: str | None) -> str | None:
    """A currency by its three letters."""
    if money is not None and not CURRENCY.fullmatch(money):
        raise click.BadParameter(f"{shorten(money)} is no currency such as EUR")
    return money


@click.command("import")
@click.argument("file")
@click.argument("more", nargs=-1, metavar="")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook.")
@click.option(
    "--columns",
    metavar="NAME=HEADING ...",
    multiple=True,
    help="Which column is what: date part quantity dealer delivered promised cost price currency class.",
)
@click.option("--dates", type=click.Choice(["dmy", "mdy", "ymd"]), help="The order of day, month and year.")
@click.option("--decimal", type=click.Choice([",", "."]), help="The decimal sign.")
@click.option("--delimiter", metavar="SIGN", help="What stands between cells.")
@click.option("--encoding", metavar="NAME", help="Such as cp1252, gb18030 or utf-16.")
@click.option("--drop-duplicates", is_flag=True, help="Leave out lines that are the same in every column.")
@click.option("--new", "name", metavar="NAME", help="The folder to make [the file's name].")
@click.option("--table", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT", help="Only the clean table.")
@click.option("--money", metavar="EUR", callback=some_money, help="Currency of costs and prices; nothing is converted.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@click.option("--dry-run", is_flag=True, help="Tell, and write nothing.")
@debug
def command(
    file: str,
    more: tuple[str, ...],
    columns: tuple[str, ...],
    name: str | None,
    table: Path | None,
    money: str | None,
    force: bool,
    dry_run: bool,
    **given: str | bool | None,
) -> None:
    """Read the order history in FILE, say what was understood, and make a folder that runs.

    FILE is CSV (also .gz) or a workbook. A line is one order of one part: date, part, quantity, and possibly
    dealer, delivered, promised, cost, price, currency and class. Headings are guessed in English, German, French and
    Chinese, or named:

    simnet import orders.xlsx --sheet Lines --columns date=Datum part=Teil quantity=Menge dealer=Kunde
    """
    from simnet.intake.headings import parse_columns
    from simnet.intake.history import Asked, read_orders
    from simnet.intake.told import told
    from simnet.intake.written import REJECTED

    if table is not None and name is not None:
        raise click.UsageError("--new makes a folder, --table only the table: one of them")
    if more and not columns:
        raise click.UsageError(f"one file at a time: {shorten(more[0])} is one more")
    delimiter = str(given.pop("delimiter") or "").replace("\\t", "\t").replace("tab", "\t")
    if len(delimiter) > 1:
        raise click.BadParameter("one sign, such as ';' or tab", param_hint="--delimiter")
    target = table if table is not None else Path(name or folder_of(file))
    if not dry_run:
        check_free(target, force, table is not None)
    roles = parse_columns([*columns, *more])
    asked = Asked(roles, delimiter=delimiter or None, money=money, **given)  # type: ignore[arg-type]
    found = read_orders(file, asked)
    rejects = (rejected_beside(table) if table is not None else Path(target, REJECTED)).name
    click.echo(told(found, rejects), nl=False)
    if dry_run:
        click.echo("Nothing was written (--dry-run).")
    elif table is not None:
        write_table(found, table)
    else:
        write_scenario(found, target, force)


def folder_of(file: str) -> str:
    """The file's name without its endings, where that can name a folder."""
    name = ENDINGS.sub("", Path(file).name) or "orders"
    wrong = why_not_plain(name)
    if wrong:
        raise SimnetError(Problem(f"the folder cannot be named after the file: {wrong}", remedy="name it: --new NAME"))
    return name


def check_free(target: Path, force: bool, table: bool) -> None:
    """Refuse, before anything is read, what would be overwritten."""
    wrong = "" if table else why_not_plain(target.name)
    if wrong:
        raise SimnetError(wrong)
    there = target.exists() or target.is_symlink()
    if not there:
        return
    if target.is_dir() == table or target.is_symlink():
        raise SimnetError(Problem(f"is there already and is no {'file' if table else 'folder'}", str(target)))
    if not force:
        other = "--table OUT names another" if table else "--new NAME names another"
        raise SimnetError(
            Problem("is there already and is not touched", str(target), remedy=f"{other}, --force overwrites")
        )


def write_table(found: Imported, table: Path) -> None:
    """The clean table alone, and beside it the lines left out."""
    from simnet.intake.written import write_orders, write_rejected

    files = {table: write_orders} | ({rejected_beside(table): write_rejected} if found.faults else {})
    try:
        table.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{table.name}.", dir=table.parent) as beside:
            for path, write in files.items():
                write(found, Path(beside) / path.name)
            for path in files:
                os.replace(Path(beside) / path.name, path)
    except OSError as error:
        raise SimnetError(Problem(f"cannot be written: {error.strerror or error}", str(table))) from None
    click.echo("\n".join(map(str, files)))


def rejected_beside(table: Path) -> Path:
    """`orders.rejected.csv` for `orders.csv`."""
    return table.with_name(ENDINGS.sub("", table.name) + ".rejected.csv")


def write_scenario(found: Imported, folder: Path, force: bool) -> None:
    """The folder, whole or not at all; over one that is there, file by file."""
    from simnet.cli.new import make
    from simnet.cli.schema import write_schema
    from simnet.intake.written import write_folder

    files: dict[str, str] = {}

    def fill(place: Path, name: str) -> None:
        files.update(write_folder(found, place, name, found.money.letters))
        write_schema(place)

    if folder.exists():
        overwrite(folder, fill)
    else:
        make(folder, fill)
    scenario = folder / f"{folder.name}.yaml"
    click.echo(f"{folder}/")
    widest = max(map(len, files))
    for file, what in files.items():
        click.echo(f"  {file:<{widest}}  {what}")
    against = " --against-actual" if found.delivered is not None else ""
    click.echo(f"Next     simnet show {scenario}\n         simnet run {scenario}{against}")


def overwrite(folder: Path, fill: Callable[[Path, str], None]) -> None:
    """Put the new files into a folder that is there, each in one go; others in it are left alone."""
    try:
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as beside:
            fill(Path(beside), folder.name)
            for path in sorted(Path(beside).rglob("*")):
                if path.is_file():
                    to = folder / path.relative_to(beside)
                    to.parent.mkdir(exist_ok=True)
                    os.replace(path, to)
    except OSError as error:
        raise SimnetError(Problem(f"cannot be written: {error.strerror or error}", str(folder))) from None
