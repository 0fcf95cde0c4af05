"""`simnet explain`: a key of the language, a figure, a policy, in words; and the life of a part in a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from simnet.cli.explained import answer, every_figure, filled, table
from simnet.cli.options import debug
from simnet.errors import clean

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("explain")
@click.argument("key", metavar="[KEY | RUN]", required=False)
@click.option("--part", metavar="NAME", help="Of RUN: tell the life of a part, and its longest waits.")
@click.option("--line", type=int, metavar="N", help="Tell the story of one line of the part, by its number.")
@click.option("--misses", is_flag=True, help="Of RUN: why lines were missed, where, and of which parts.")
@click.option("--design", metavar="NAME", help="Which design; the first unless named.")
@click.option("--replication", type=int, metavar="N", help="Which replication, from 0; --misses takes all.")
@click.option("--site", metavar="NAME", help="Only what concerns one site.")
@click.option("--from", "first", type=DAY, metavar="DATE", help="Tell all that happened from this day on,")
@click.option("--to", "last", type=DAY, metavar="DATE", help="and up to this one.")
@click.option("--all", "everything", is_flag=True, help="Leave nothing out.")
@click.option("--json", is_flag=True, help="Print JSON.")
@debug
def command(key: str | None, **given: Any) -> None:
    """Explain a KEY of the language or a figure, or what happened in a RUN.

    KEY is a dotted path such as stocking.default.target, a figure such as fill.dealer.line, a word that the trade has
    for one ("first pick"), or the name of a policy or demand model. Without it, all there is to ask for is listed.

    RUN is a results folder such as runs/demo, or a scenario file; it takes --part or --misses. A part is run again
    on the readable clock, under the same luck, with everything that happens to it told in dates and words.
    """
    if any(value not in (None, False) for value in given.values()):
        of_run(key, given)
        return
    if key is not None and is_run(key):
        raise click.UsageError(f"{clean(key, 60)} is a run: add --part NAME, or --misses")
    lines = list(overview()) if key is None else list(answer(key.strip()))
    click.echo("\n".join(lines))


def is_run(key: str) -> bool:
    """Whether a word is a results folder or a scenario file rather than a key."""
    path = Path(key)
    try:
        scenario = path.suffix.lower() in (".yaml", ".yml", ".xlsx", ".xlsm")
        return (path / "summary.json").is_file() or (scenario and path.is_file())
    except (OSError, ValueError):  # too long for a path, or none at all
        return False


def of_run(run: str | None, given: dict[str, Any]) -> None:
    """Tell of a run; the options are checked against each other."""
    from simnet.cli.life import Asked, tell

    if run is None:
        raise click.UsageError("name a RUN, such as runs/demo or a scenario file")
    if (given["part"] is None) == (not given["misses"]):
        raise click.UsageError("add either --part NAME or --misses")
    if given["misses"] and any(given[name] is not None for name in ("line", "site", "first", "last")):
        raise click.UsageError("--misses looks at a whole run; --line, --site, --from and --to go with --part")
    days = {name: None if given[name] is None else given[name].date() for name in ("first", "last")}
    if days["first"] and days["last"] and days["last"] < days["first"]:
        raise click.UsageError("--to is before --from")
    tell(Asked(run, **{**given, **days}))


def overview() -> Iterator[str]:
    """All one may ask for."""
    from simnet.scenario.explain import named_things, top_keys

    yield "Keys of a scenario"
    yield from table(top_keys())
    yield from ("", "Policies, demand models, lead times")
    yield from table((name, each.meaning) for name, each in named_things().items())
    yield from ("", "Figures (words in capitals stand for others: docs/kpis.md)")
    yield from filled(", ".join(every_figure()))
