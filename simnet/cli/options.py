"""The options that verbs share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from simnet.devices import is_device
from simnet.errors import Problem, SimnetError, shorten

F = TypeVar("F", bound=Callable[..., Any])

AXES = ("tier", "site", "month", "part_class", "order_class", "cause")
MOST_NAME = 100
"""Bytes, in UTF-8."""


@dataclass(frozen=True)
class Wanted:
    """What a command line asks for besides files and designs."""

    sets: tuple[tuple[str, str], ...] = ()
    name: str | None = None
    replications: int | None = None
    seed: int | None = None
    engine: str | None = None
    workers: int = 0
    on: str | None = None
    ledger: bool = False
    again: bool = False
    out: Path = Path("runs")
    form: str = "table"
    """table, json, md or csv."""
    report: Path | None = None
    excel: Path | None = None
    levels: bool = False
    by: str | None = None
    kpis: tuple[str, ...] = ()
    best: tuple[str, ...] = ()
    """Figures in which the best is named."""
    precision: tuple[str, ...] = ()
    differences: bool = False
    quiet: bool = False
    verbose: bool = False


def parse_sets(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """`path=value` pairs; the value may hold further `=`."""
    pairs = []
    for each in given:
        path, sign, value = each.partition("=")
        if not sign or not path.strip():
            raise click.BadParameter(f"{shorten(each)} is not path=value (stocking.default.target=97%)")
        pairs.append((path.strip(), value.strip()))
    return tuple(pairs)


def some_folder(_: click.Context, __: click.Parameter, folder: str) -> Path:
    """A folder; an empty word is none, though as a path it would be the current one."""
    if not folder.strip():
        raise click.BadParameter("name a folder, such as runs, or . for this one")
    return Path(folder)


def plain_name(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    """A name that is a folder's name and nothing else."""
    if name is None:
        return None
    wrong = why_not_plain(name)
    if wrong:
        raise click.BadParameter(wrong)
    return name


def some_place(_: click.Context, __: click.Parameter, on: str | None) -> str | None:
    """A place to work, refused before anything is read where it is none."""
    if on is not None:
        from simnet.engine.executors import read_where

        read_where(on)
    return on


def why_not_plain(name: str) -> str:
    """Why a name is not safe as a folder's on any system; nothing where it is."""
    known = all(char.isalnum() or char in "-_. " for char in name)
    if not known or name != name.strip() or name[:1] in ("", ".", "-"):
        return f"{shorten(name)} is no plain name (letters, digits, '-', '_', '.')"
    if len(name.encode()) > MOST_NAME:
        return f"{shorten(name)} is too long for a name: {len(name.encode())} of at most {MOST_NAME} bytes"
    if is_device(name) or name.endswith("."):
        return f"{shorten(name)} is no name on Windows"
    return ""


def one_of(chosen: dict[str, bool]) -> str:
    """The form of output that was asked for."""
    forms = [name for name, wanted in chosen.items() if wanted]
    if len(forms) > 1:
        raise click.UsageError("only one of " + ", ".join(f"--{form}" for form in forms) + " can be printed")
    return forms[0] if forms else "table"


def wanted(**given: Any) -> Wanted:
    """The options of a command line, checked against each other."""
    form = one_of({name: given.pop(name, False) for name in ("json", "md", "csv")})
    found = Wanted(form=form, **given)
    if found.by is not None and form == "json":
        raise click.UsageError("--json holds whole designs; write a cut with --by as --csv or --md")
    if found.by is not None and found.levels:
        raise click.UsageError("--by prints levels already; leave --levels out")
    return found


def stacked(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one decorator, in the order of the help."""

    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


debug = click.option("--debug", is_flag=True, expose_value=False, help="Show all of a mistake of ours.")
quiet = click.option("-q", "--quiet", is_flag=True, help="No progress and no remarks.")
sets = click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", callback=parse_sets, help="Change one value.")
out = click.option(
    "--out", callback=some_folder, default="runs", show_default=True, metavar="FOLDER", help="Where results are kept."
)
again = click.option("--again", is_flag=True, help="Run even if the answer is kept.")
workers = click.option(
    "--workers", type=click.IntRange(0, 4096), default=0, metavar="N", help="Tasks at once; 0: one a processor."
)
on = click.option(
    "--on", callback=some_place, metavar="WHERE", help="A cluster: dask://HOST:PORT, ray://auto, ray://HOST:PORT."
)
asking = stacked(
    sets,
    click.option("--as", "name", metavar="NAME", callback=plain_name, help="Keep it under this name."),
    click.option("--replications", type=click.IntRange(1, 100_000), metavar="N", help="Not the file's."),
    click.option("--precision", multiple=True, metavar='"KPI AMOUNT"', help="Replicate until ±AMOUNT; repeatable."),
    click.option("--seed", type=click.IntRange(0, 2**63 - 1), metavar="N", help="Not the file's."),
    click.option("--engine", type=click.Choice(["auto", "simpy", "compiled"]), help="Which clock."),
    workers,
    on,
    click.option("--ledger", is_flag=True, help="Keep every line of every order."),
    again,
    out,
)
best = click.option("--best", multiple=True, metavar="KEY", help="Say which is best in it; repeatable.")
kpis = click.option("--kpi", "kpis", multiple=True, metavar="KEY", help="Figures to print; repeatable.")
forms = stacked(
    click.option("--json", is_flag=True, help="Print JSON."),
    click.option("--md", is_flag=True, help="Print Markdown."),
    click.option("--csv", is_flag=True, help="Print CSV."),
    click.option(
        "--report",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Where to write the report too.",
    ),
    click.option(
        "--excel",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Where to write the workbook of the report too.",
    ),
)
verbose = stacked(
    quiet,
    click.option("-v", "--verbose", is_flag=True, help="Say more of how it was run."),
    debug,
)
telling = stacked(
    forms,
    click.option("--levels", is_flag=True, help="Levels of every design, not differences."),
    click.option("--by", type=click.Choice(AXES), help="One figure told apart; cause: missed lines."),
    kpis,
    verbose,
)
telling_points = stacked(
    forms,
    click.option("--differences", is_flag=True, help="Differences to the first point, not levels."),
    kpis,
    best,
    verbose,
)


def no_folder(path: Path) -> SimnetError:
    """The error where a result cannot be kept."""
    remedy = "choose another with --as or --out"
    return SimnetError(Problem("this holds something else and is not touched", str(path), remedy=remedy))
