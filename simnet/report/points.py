"""The points of a sweep as a table: a row a point, a column a varied value, then a column a figure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simnet.metrics import Comparison
from simnet.report.export import as_json, harmless, numbers, quiet
from simnet.report.known import COSTS
from simnet.report.numbers import Shown, change, clean, level
from simnet.report.ranks import ranks, ranks_json
from simnet.report.rows import INTERVAL, PIECES, SAME, VALUE, fills, reservations, spoken, tells, title
from simnet.wrapping import filled

LEVELS = "Levels of every point, under the same orders."
PAIRED = "First row: level. Others: paired difference to it, under the same orders."


@dataclass(frozen=True)
class Points:
    """A comparison whose designs are the points of a sweep."""

    comparison: Comparison
    names: tuple[str, ...]
    """Of the columns of varied values, short."""
    paths: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    """By design: its varied values."""

    @property
    def short(self) -> dict[str, str]:
        """The points by their values alone."""
        return {name: ", ".join(values) for name, values in self.values.items()}

    def keys(self, keys: Sequence[str] | None) -> list[str]:
        """The figures shown: those asked, or service, wait, stock and money as far as they have a value."""
        if keys:
            return list(keys)
        found = self.comparison
        stock = VALUE if found.has(COSTS) else PIECES
        known = [key for key in (*fills(found), "wait.mean", stock, "cost.year") if key in found.kpis]
        return [key for key in known if any(tells(self.comparison, name, key) for name in self.comparison.designs)]

    def title(self, key: str, usual: bool) -> str:
        """The label of a figure."""
        return clean(spoken(self.comparison, key)[0] if usual else title(self.comparison, key))

    def column(self, key: str, differences: bool = False) -> list[Shown]:
        """The cells of a figure: levels, or differences to the first point."""
        found, (first, *others) = self.comparison, self.comparison.designs
        cells = [level(found.level(first, key))]
        for name in others:
            there = found.level(name, key)
            cells.append(change(found.difference(name, key), found.level(first, key)) if differences else level(there))
        return cells

    def notes(self, differences: bool, keys: Sequence[str]) -> list[str]:
        """What the reader of the table must know, and which points are best."""
        told = [PAIRED if differences else LEVELS]
        if self.comparison.replications < 2:
            told.append("One replication: no interval.")
        else:
            told.append(INTERVAL + (SAME if differences else "."))
        return [*told, *reservations(self.comparison), *ranks(self.comparison, keys)]


def as_points_csv(points: Points, keys: Sequence[str] | None) -> str:
    """A line a point and figure (all of them, unless `keys` are given), the varied values by their paths in front."""
    found = points.comparison
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*map(harmless, points.paths), "kpi", "title", "unit", "mean", "half_width", "difference",
                     "difference_half_width", "verdict"])  # fmt: skip
    for name in found.designs:
        for key in keys or list(found.kpis):
            if found.level(name, key) is not None:
                values = map(harmless, points.values[name])
                writer.writerow([*values, harmless(key), *numbers(found, name, key)])
    return out.getvalue()


def as_points_json(points: Points, provenance: Mapping[str, Any], best: Sequence[str]) -> dict[str, Any]:
    """What `as_json` gives, with the varied values of each design and the ranking in some figures."""
    plain = as_json(points.comparison, provenance)
    values = {name: dict(zip(points.paths, found, strict=True)) for name, found in points.values.items()}
    return {"points": values, **ranks_json(points.comparison, best), **plain}


def as_points_markdown(points: Points, keys: Sequence[str] | None, differences: bool, best: Sequence[str]) -> str:
    """The table as Markdown, with its notes."""
    chosen = points.keys(keys)
    columns = [points.column(key, differences) for key in chosen]
    heads = [*points.names, *(points.title(key, not keys) for key in chosen)]
    lines = ["| " + " | ".join(map(quiet, heads)) + " |"]
    lines.append("|" + "---|" * len(points.names) + "---:|" * len(chosen))
    for at, name in enumerate(points.comparison.designs):
        cells = [*map(quiet, points.values[name]), *(str(column[at]) for column in columns)]
        lines.append("| " + " | ".join(cells) + " |")
    notes = [f"{note}  " for note in points.notes(differences, best)]
    return "\n".join([*lines, "", *notes]) + "\n"


def as_points_text(
    points: Points, keys: Sequence[str] | None, differences: bool, best: Sequence[str], width: int = 80
) -> str:
    """The table for a terminal; figures that do not fit go into further tables."""
    chosen = points.keys(keys)
    blocks = [block(points.title(key, not keys), points.column(key, differences)) for key in chosen]
    front = [aligned([name, *(clean(points.values[each][at]) for each in points.comparison.designs)], left=True)
             for at, name in enumerate(points.names)]  # fmt: skip
    lines = []
    for group in grouped(front, blocks, width):
        rows = ["  ".join(row).rstrip() for row in zip(*front, *group, strict=True)]
        lines += [rows[0], "─" * max(map(len, rows)), *rows[1:], ""]
    notes = (filled(note, width, subsequent_indent="  ") for note in points.notes(differences, best))
    return "\n".join([*lines, *notes]) + "\n"


def block(head: str, cells: Sequence[Shown]) -> list[str]:
    """A figure's column: values, half widths and words each under each other, right below its head."""
    value = max(len(cell.value) for cell in cells)
    half = max(len(cell.half) for cell in cells)
    body = [f"{cell.value:>{value}} {cell.half:<{half}} {cell.verdict}" for cell in cells]
    return aligned(
        [head, *(text if any(each.verdict for each in cells) else text[: value + 1 + half] for text in body)]
    )


def aligned(cells: Sequence[str], left: bool = False) -> list[str]:
    """Cells of one width."""
    width = max(map(len, cells))
    kept = max(map(len, cells[1:]), default=0)
    return [cell.ljust(width) if left else (cell if at == 0 else cell.ljust(kept)).rjust(width)
            for at, cell in enumerate(cells)]  # fmt: skip


def grouped(front: list[list[str]], blocks: list[list[str]], width: int) -> Iterator[list[list[str]]]:
    """Which figures stand in which table: as many as fit, at least one."""
    room = width - sum(len(column[0]) + 2 for column in front) + 2
    group: list[list[str]] = []
    for each in blocks:
        if group and sum(len(column[0]) + 2 for column in [*group, each]) > room:
            yield group
            group = []
        group.append(each)
    yield group
