"""`simnet explain RUN --part P` and `--misses`: the life of a part, of one of its lines, and a Pareto of misses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simnet.cli.tables import Trimmed, terminal
from simnet.errors import Problem, SimnetError, clean, did_you_mean
from simnet.wrapping import filled

if TYPE_CHECKING:
    from simnet.study.life import Life, SiteRow
    from simnet.study.misses import Group
    from simnet.study.origin import Origin
    from simnet.study.retold import Retold
    from simnet.study.sentences import Words
    from simnet.study.story import Told

WIDTH = 80
WORST = 20
"""Misses, sites or parts that are shown unless all are asked for."""
MOST_TOLD = 200
"""Events that are told unless all are asked for."""
Cells = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """What is asked of a run."""

    run: str
    part: str | None = None
    line: int | None = None
    design: str | None = None
    replication: int | None = None
    site: str | None = None
    first: date | None = None
    last: date | None = None
    misses: bool = False
    everything: bool = False
    json: bool = False


def tell(asked: Asked) -> None:
    """Print what was asked."""
    from simnet.study.origin import origin

    found = origin(place_of(asked.run), asked.design)
    if asked.misses:
        tell_misses(found, asked)
        return
    from simnet.study.retold import retell

    assert asked.part is not None
    retold = retell(found, asked.part, asked.replication or 0)
    if asked.line is not None:
        tell_line(retold, asked.line, asked.json)
    else:
        tell_life(retold, asked)


def place_of(run: str) -> Path:
    """The folder or file of a run; a bare name is one under runs/."""
    from simnet.scenario.files import is_there

    for path in (Path(run), Path("runs") / run):
        if run.strip() and is_there(path):
            return path
    names = [path.as_posix() for path in Path("runs").iterdir() if path.is_dir()] if Path("runs").is_dir() else []
    remedy = did_you_mean(run, [*names, *(Path(name).name for name in names)])
    remedy = remedy or "name a results folder, such as runs/NAME, or a scenario file"
    raise SimnetError(Problem(f"there is no result or scenario '{clean(run, 80)}'", remedy=remedy))


def facts(retold: Retold) -> dict[str, Any]:
    """Which run is told."""
    found = retold.origin
    return {
        "part": retold.part, "scenario": found.study.name, "design": found.design, "seed": found.seed,
        "replication": retold.replication,
    }  # fmt: skip


def heading(retold: Retold, zone: str) -> str:
    """Which run is told, in a line."""
    found = retold.origin
    of = f"{clean(found.study.name, 40)}, design {clean(found.design, 40)}"
    of = of if found.design != found.study.name else clean(found.study.name, 40)
    return f"{of}, replication {retold.replication} of {found.replications}, seed {found.seed}; times in {zone}"


def tell_line(retold: Retold, number: int, as_json: bool) -> None:
    """The story of one line."""
    from simnet.study.story import LineStory, plain, site_name

    story = LineStory(retold, number)
    told, line = story.told(), story.line
    if as_json:
        data = {
            **facts(retold), "line": number, "site": site_name(retold, line.point), "pieces": line.quantity,
            "order_class": retold.network.order_classes[line.order_class], "verdict": story.verdict(),
            "zone": story.zone, "story": plain(told, story.words),
        }  # fmt: skip
        click.echo(json.dumps(data, indent=1, ensure_ascii=False))
        return
    say(f"Line {number:,} of {clean(retold.part, 60)}: {story.verdict()}")
    say(heading(retold, story.zone))
    click.echo()
    print_told(told, story.words)


def tell_life(retold: Retold, asked: Asked) -> None:
    """The part as a whole: its sites, then its worst lines, or all that happened in the days named."""
    from simnet.study.life import Life
    from simnet.study.story import plain

    life = Life(retold, asked.site, asked.first, asked.last)
    dated = asked.everything or asked.first is not None or asked.last is not None
    told = life.told() if dated else []
    if asked.json:
        data = {**facts(retold), "zone": life.zone, **life.plain(), "events": plain(told, life.words)}
        click.echo(json.dumps(data, indent=1, ensure_ascii=False))
        return
    say(f"The life of {clean(retold.part, 60)}, {life.days()}")
    say(heading(retold, life.zone))
    click.echo()
    print_sites(life, asked.everything)
    if not dated:
        print_misses(life, len(life.lines()))
        return
    if not told:
        say("Nothing happened in these days.")
    most = len(told) if asked.everything else MOST_TOLD
    print_told(told[:most], life.words)
    if len(told) > most:
        say(f"... and {len(told) - most:,} more events; --all tells them, --site or --to fewer.")


def print_sites(life: Life, everything: bool) -> None:
    """A row a site."""
    rows = life.sites()
    worst = sorted((row for row in rows if not row.refills), key=lambda row: row.filled - row.lines)[:WORST]
    shown = [row for row in rows if everything or row.refills or row in worst]
    head = ("site", "level", "mean stock", "lines", "shelf", "passed", "waited", "lost", "refills")
    cells = [(row.site, row.level, f"{row.on_hand:.1f}", *asked_of(row), refills(row)) for row in shown]
    print_table(head, cells)
    if len(rows) > len(shown):
        say(f"and {len(rows) - len(shown):,} more sites with fewer misses; --all shows them")
    click.echo()


def asked_of(row: SiteRow) -> list[str]:
    """Customers' lines, and what became of them."""
    numbers = (row.lines, row.filled, row.passed, row.waited, row.lost)
    return [f"{number:,}" if row.lines else "-" for number in numbers]


def refills(row: SiteRow) -> str:
    """Lines of other sites, and how many were given at once: `412, 95 %`."""
    return f"{row.refills:,}, {100 * row.refilled / row.refills:.0f} %" if row.refills else "-"


def print_misses(life: Life, lines: int) -> None:
    """The lines that took longest."""
    misses = life.misses()
    if not misses:
        say("Every line was on the shelf." if lines else "Nobody asked for it.")
        return
    several = len({miss.order_class for miss in misses}) > 1
    head = ("line", "asked", "site", *(("class",) if several else ()), "pcs", "wait", "cause")
    rows = [
        (f"{m.number}", m.at, m.site, *((m.order_class,) if several else ()), f"{m.pieces}", m.wait, m.cause)
        for m in misses[:WORST]
    ]
    print_table(head, rows, "rll" + "l" * several + "rll")
    more = f"The {WORST} longest of {len(misses):,} lines" if len(misses) > WORST else "The lines"
    click.echo()
    say(
        f"{more} that were not on the shelf. --line {misses[0].number} tells the story of one, --from and --to "
        "all that happened between two days."
    )  # fmt: skip
    if any(miss.cause.startswith("(") for miss in misses[:WORST]):
        say("A cause in brackets does not count as a miss: the line came in the time promised.")


def tell_misses(found: Origin, asked: Asked) -> None:
    """The Pareto of a kept result."""
    from simnet.study.misses import pareto

    if found.folder is None:
        remedy = f"simnet run {asked.run}, then ask of the folder in runs/"
        raise SimnetError(Problem("--misses counts what was kept of a run, and this is a scenario", remedy=remedy))
    if asked.replication is not None:
        found.check(asked.replication)
    numbers = range(found.replications) if asked.replication is None else (asked.replication,)
    causes, sites, parts = pareto(found, numbers)
    if asked.json:
        tables = {"causes": causes, "sites": sites, "parts": parts}
        data = {name: [group._asdict() for group in groups] for name, groups in tables.items()}
        click.echo(json.dumps({"design": found.design, "replications": len(numbers), **data}, indent=1))
        return
    if not causes and not parts:
        say("No line was missed.")
        return
    say(f"What {clean(found.design, 60)} missed a year, mean of {len(numbers)} replication{'s' * (len(numbers) > 1)}")
    click.echo()
    print_groups("cause", causes, False, asked.everything)
    print_groups("site", sites, True, asked.everything)
    print_groups("part, not on the shelf", parts, True, asked.everything)
    say(f"simnet explain {asked.run} --part {clean(parts[0].name, 40)} tells the life of a part.")


def print_groups(name: str, groups: list[Group], lost: bool, everything: bool) -> None:
    """One Pareto: lines, their share and the running sum of it, lost lines, days."""
    if not groups:
        return
    whole, running, rows = sum(group.lines for group in groups), 0.0, []
    for group in groups if everything else groups[: WORST // 2]:
        running += group.lines
        shares = (f"{100 * group.lines / whole:.1f} %", f"{100 * running / whole:.1f} %")
        own = () if not lost else (f"{group.lost or 0:,.1f}",)
        rows.append((group.name, f"{group.lines:,.1f}", *shares, *own, f"{group.days:,.1f}"))
    head = (name, "lines", "share", "up to here", *(("lost",) if lost else ()), "days waited")
    print_table(head, rows)
    if len(groups) > len(rows):
        say(f"and {len(groups) - len(rows):,} more")
    click.echo()


def print_table(head: tuple[str, ...], rows: Cells, sides: str = "") -> None:
    """A table of 80 columns; `sides` has `r` for a column to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    console = Trimmed(terminal())
    sides = sides or "l" + "r" * (len(head) - 1)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), pad_edge=False)
    for name, side in zip(head, sides, strict=True):
        table.add_column(Text(name), justify="left" if side == "l" else "right", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console.console.print(table)
    console.flush()


def print_told(told: list[Told], words: Words) -> None:
    """A sentence a line, with its day and time where they are new."""
    before = ""
    for each in told:
        at = words.when(each.minute)
        first = f"{'' if at == before else at:<22}"
        click.echo(filled(each.text, WIDTH, initial_indent=first, subsequent_indent=" " * 22))
        before = at


def say(text: str) -> None:
    """A paragraph."""
    click.echo(filled(text, WIDTH))
