"""How an answer is printed: designs compared, levels, one figure told apart; table, JSON, CSV, Markdown."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from simnet.cli.options import Wanted
from simnet.errors import Problem, SimnetError
from simnet.wrapping import filled

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from simnet.scenario import Scenario
    from simnet.study import Result, Sweep

USUAL = "fill.line"
"""The figure that `--by` tells apart unless `--kpi` names others."""
MISSED = "missed.line"
"""What `--by cause` tells apart."""
LEVELS = "Levels of every design."


def check_figures(scenarios: Sequence[Scenario], wanted: Wanted) -> None:
    """Refuse an unknown figure, or one that cannot be told apart so, before anything is run."""
    from simnet.study.checks import figure, figure_remedy

    for key in chosen(wanted) or ():
        kpi = next((kpi for scenario in scenarios for kpi in figure(scenario, key)), None)
        if kpi is None:
            raise SimnetError(Problem(f"there is no figure '{key[:80]}'", remedy=figure_remedy(scenarios, key)))
        if wanted.by is not None:
            from simnet.metrics.frames import refuse

            try:
                refuse(kpi, [wanted.by])
            except SimnetError as error:
                raise SimnetError(Problem(error.problems[0].message, remedy="docs/kpis.md says which are")) from None


def chosen(wanted: Wanted) -> tuple[str, ...] | None:
    """The figures to print; None for the usual ones."""
    usual = MISSED if wanted.by == "cause" else USUAL
    return wanted.kpis or ((usual,) if wanted.by else None)


def printed(result: Result, wanted: Wanted) -> None:
    """Print the answer to standard output."""
    if wanted.form == "json":
        click.echo(json.dumps(result.json(wanted.best), indent=1, allow_nan=False))
    elif wanted.by is not None and wanted.form == "csv":
        click.echo(cut_csv(result, wanted.by, chosen(wanted) or ()), nl=False)
    elif wanted.by is not None:
        for key in chosen(wanted) or ():
            print_cut(result, key, wanted)
        print_cut_notes(result, chosen(wanted) or (), wanted)
    elif wanted.form == "csv":
        click.echo(result.csv(chosen(wanted)), nl=False)
    elif wanted.form == "md":
        click.echo(markdown(result, wanted), nl=False)
    else:
        print_comparison(result, wanted)
    if wanted.form in ("table", "md"):
        print_best(result, wanted)


def printed_points(result: Sweep, wanted: Wanted) -> None:
    """Print a sweep to standard output."""
    keys = wanted.kpis or None
    if wanted.form == "json":
        click.echo(json.dumps(result.json(), indent=1, allow_nan=False))
    elif wanted.form == "csv":
        click.echo(result.csv(keys), nl=False)
    elif wanted.form == "md":
        click.echo(result.markdown(keys, wanted.differences), nl=False)
    else:
        click.echo(str(result.table(*wanted.kpis, differences=wanted.differences)), nl=False)


def print_best(result: Result, wanted: Wanted) -> None:
    """Print which designs are best in the figures that were asked."""
    from simnet.report.ranks import ranks

    for told in ranks(result.comparison, wanted.best):
        click.echo(filled(told, 80, subsequent_indent="  ") if wanted.form == "table" else told)


def terminal() -> Console:
    """A console on standard output: color only on a terminal, 80 columns elsewhere."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 80
    return Console(file=sys.stdout, width=width, highlight=False)


def print_comparison(result: Result, wanted: Wanted) -> None:
    """The table of designs: differences to the first, or levels of all."""
    from simnet.report import show
    from simnet.report.terminal import groups, table

    keys = chosen(wanted)
    with_levels = wanted.levels and len(result.designs) > 1
    console = Trimmed(terminal())
    if not with_levels:
        show(result.comparison, console.console, keys)
        console.flush()
        return
    found = level_rows(result, keys)
    for group in groups(result.comparison, found, console.console):
        console.console.print(table(result.comparison, found, group))
        console.console.print()
    console.console.print(level_note(result), style="dim", markup=False)
    console.flush()


class Trimmed:
    """A console whose lines end where their text does, unless a terminal colors them."""

    def __init__(self, real: Console) -> None:
        import io

        from rich.console import Console

        self.live = real.is_terminal
        self.out = io.StringIO()
        held = Console(file=self.out, width=80, color_system=None, highlight=False)
        self.console = real if self.live else held

    def flush(self) -> None:
        """Print what was held back."""
        for line in self.out.getvalue().splitlines():
            click.echo(line.rstrip())


def level_rows(result: Result, keys: Sequence[str] | None) -> list[Any]:
    """The rows of the comparison with the level of every design."""
    from simnet.report.numbers import level
    from simnet.report.rows import Row, headline, title

    found = result.comparison
    return [
        Row(key, title(found, key), tuple(level(found.level(name, key)) for name in found.designs))
        for key in keys or headline(found)
    ]


def level_note(result: Result) -> str:
    """What the reader of levels must know."""
    from simnet.report.rows import INTERVAL

    many = result.comparison.replications > 1
    return LEVELS + (f" {INTERVAL}." if many else " One replication: no interval.")


def markdown(result: Result, wanted: Wanted) -> str:
    """The comparison as Markdown."""
    if not (wanted.levels and len(result.designs) > 1):
        return result.markdown(chosen(wanted))
    from simnet.report.export import quiet

    rows = level_rows(result, chosen(wanted))
    lines = ["| | " + " | ".join(map(quiet, result.designs)) + " |", "|---|" + "---:|" * len(result.designs)]
    lines += ["| " + " | ".join([quiet(row.title), *map(str, row.cells)]) + " |" for row in rows]
    return "\n".join([*lines, "", level_note(result)]) + "\n"


def print_cut(result: Result, key: str, wanted: Wanted) -> None:
    """One figure by tier, site, month or part class: a row a place, a column a design."""
    assert wanted.by is not None
    frame = result.frame(key, by=["design", wanted.by])
    head, rows = cut_cells(result, frame, wanted.by)
    if not result.comparison.kpi(key).metric.takes:  # where nobody asked; what nobody gave is told
        rows = [row for row in rows if set(row[1:]) != {"-"}] or rows
    if wanted.form == "md":
        from simnet.report.export import quiet

        lines = ["| " + " | ".join(map(quiet, head)) + " |", "|---|" + "---:|" * (len(head) - 1)]
        lines += ["| " + " | ".join([quiet(row[0]), *row[1:]]) + " |" for row in rows]
        click.echo("\n".join(lines) + "\n")
        return
    print_plain(result, key, head, rows)


def print_cut_notes(result: Result, keys: Sequence[str], wanted: Wanted) -> None:
    """What the figures told apart cannot say, and why."""
    from simnet.report.cut_notes import cut_notes

    for told in cut_notes(result.comparison, keys, str(wanted.by)):
        click.echo(filled(told, 80) if wanted.form == "table" else f"{told}  ")


def cut_csv(result: Result, axis: str, keys: Sequence[str]) -> str:
    """Figures by an axis, tidy: a row a design, place and figure."""
    import pandas as pd

    frame = pd.concat([result.frame(key, by=["design", axis]) for key in keys])
    return str(safe(frame).to_csv(index=False, lineterminator="\n"))


def cut_cells(result: Result, frame: pd.DataFrame, axis: str) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the cut; `-` where a design has no such place, or nothing was asked there."""
    from simnet.metrics import Estimate
    from simnet.report.numbers import level

    cells: dict[str, dict[str, str]] = {}
    for row in frame.to_dict("records"):
        mean, half = (None if value != value else value for value in (row["value"], row["half_width"]))
        shown = str(level(Estimate(mean, half, str(row["unit"]), ())))
        cells.setdefault(str(row[axis]), {})[str(row["design"])] = shown
    rows = [[place, *(found.get(name, "-") for name in result.designs)] for place, found in cells.items()]
    return [axis.replace("_", " "), *result.designs], rows


def safe(frame: pd.DataFrame) -> pd.DataFrame:
    """Names that a spreadsheet would run as a formula, written so that it does not."""
    from simnet.report.export import harmless

    texts = [name for name in ("design", "site", "tier", "part_class", "order_class") if name in frame]
    return frame.assign(**{name: frame[name].map(lambda text: harmless(str(text))) for name in texts})


def print_plain(result: Result, key: str, head: list[str], rows: list[list[str]]) -> None:
    """The cut as a table for a terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from simnet.report.numbers import clean
    from simnet.report.rows import title

    console = Trimmed(terminal())
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), pad_edge=False)
    for number, name in enumerate(head):
        table.add_column(Text(clean(name)), justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    console.console.print(Text(f"{clean(title(result.comparison, key))} ({clean(key)})", style="bold"))
    console.console.print(table)
    console.console.print()
    console.flush()
