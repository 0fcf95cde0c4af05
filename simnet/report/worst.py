"""Where it hurts: causes of misses, and the parts, sites, lanes and months that fared worst.

All are measured replication by replication from the sums, so that each figure has its interval. Rows come by the worst
value that any design has; a design in which there is no such part, site or lane has none.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from simnet.ledger.limbs import total
from simnet.metrics import Comparison, DesignResult
from simnet.metrics.frames import tidy_rows
from simnet.metrics.intervals import Estimate
from simnet.metrics.view import CUSTOMERS
from simnet.report.charts.causes import MISSED
from simnet.report.grid import Column, Grid, design_columns, mean_of
from simnet.report.known import shelfless
from simnet.report.numbers import NOTHING, Shown, clean, level
from simnet.units import DAY, YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simnet.ledger.sums import Sums

    Floats = NDArray[np.float64]

MOST = 10
"""Rows of a table."""
MOST_MONTHS = 6
NOT_ON_SHELF = " by lines not on the shelf"
"""What parts and sites are worst in, which is not what the causes are of."""
NONE = Shown(NOTHING)

Figures = dict[str, list[list[float | None]]]
"""By name, a list a figure: its values, one a replication."""


def worst(comparison: Comparison, parts: Mapping[str, Sequence[str]]) -> Iterator[Grid]:
    """The tables that have any row; `parts` are the names of the catalog by design.

    Where nobody has a shelf, every line is off it: such tables would only say what is asked most.
    """
    if not shelfless(comparison):
        yield from filled((worst_parts(comparison, parts), worst_sites(comparison)))
    yield from filled((worst_lanes(comparison), worst_months(comparison), causes(comparison)))


def filled(grids: Iterable[Grid]) -> Iterator[Grid]:
    """Those that have any row."""
    return (grid for grid in grids if grid.rows)


def worst_parts(comparison: Comparison, names: Mapping[str, Sequence[str]]) -> Grid:
    """Parts by customers' lines that were not on the shelf in full."""
    rates = {each.name: off_shelf(each, len(names.get(each.name, ()))) for each in comparison.results}
    worst = {names[design][part] for design, rate in rates.items() for part in foremost(rate)}
    found = {design: part_figures(rate, names.get(design, ()), worst) for design, rate in rates.items()}
    known = {names[design][part] for design, rate in rates.items() for part in missing(rate)}
    return by_design(
        comparison, "Worst parts", "part", found, (0, "lines"),
        "Customers' lines a year that were not on the shelf in full, whether within their promise or not.",
        NOT_ON_SHELF, len(known),
    )  # fmt: skip


def off_shelf(result: DesignResult, parts: int) -> Floats:
    """Customers' lines a year that were not on the shelf, by replication and part of the catalog."""
    rates = np.zeros((len(result.sums), parts))
    for own, each in zip(rates, result.sums, strict=True):
        rows = each.part[each.part["part"] < parts]
        own[rows["part"]] = (rows["lines"] - rows["filled_lines"]) * (YEAR / each.minutes)
    return rates


def missing(rates: Floats) -> list[int]:
    """The parts of a design that any line found off the shelf."""
    parts: list[int] = np.flatnonzero(rates.any(axis=0)).tolist()
    return parts


def foremost(rates: Floats) -> list[int]:
    """The parts of a design of which one may be shown: as bad as the last of its own worst, or worse."""
    sizes = rates.sum(axis=0)
    bound = np.partition(sizes, -MOST)[-MOST] if len(sizes) > MOST else 0.0
    chosen: list[int] = np.flatnonzero((sizes >= bound) & (sizes > 0)).tolist()
    return chosen


def part_figures(rates: Floats, names: Sequence[str], worst: Container[str]) -> Figures:
    """Lines a year not on the shelf, of those parts of a design that are among the worst, by size and place."""
    parts = np.array([part for part, name in enumerate(names) if name in worst], dtype=np.int64)
    order = np.argsort(-rates[:, parts].sum(axis=0), kind="stable")
    return {clean(names[part]): [rates[:, part].tolist()] for part in parts[order].tolist() if rates[:, part].any()}


def worst_sites(comparison: Comparison) -> Grid:
    """Sites by customers' lines that were not on their shelf in full."""
    found = {each.name: site_figures(each) for each in comparison.results}
    return by_design(
        comparison, "Worst sites", "site", found, (0, "lines"),
        "Customers' lines a year that were not on the shelf of the site they asked in full, whether within their "
        "promise or not.",
        NOT_ON_SHELF,
    )  # fmt: skip


def site_figures(result: DesignResult) -> Figures:
    """Lines a year not on the shelf, of each site with any."""
    figures: Figures = {}
    for at, name in enumerate(result.outline.site_names):
        lines = [asked(each, "lines", at) - asked(each, "filled_lines", at) for each in result.sums]
        if any(lines):
            figures[clean(name)] = [[n * YEAR / each.minutes for n, each in zip(lines, result.sums, strict=True)]]
    return figures


def asked(sums: Sums, name: str, site: int) -> int:
    """A count of what customers asked of a site."""
    table = sums.asked.get(name)
    return 0 if table is None else total(table[:, site][..., CUSTOMERS])


def worst_lanes(comparison: Comparison) -> Grid:
    """Lanes by the time from order to receipt."""
    found = {each.name: lane_figures(each) for each in comparison.results}
    return by_design(
        comparison, "Slowest lanes", "lane", found, (0, "d"),
        "Mean time from a site's order to its receipt, a piece: pieces on order / pieces received a day "
        "(Little's law). It holds the wait at the source.",
    )  # fmt: skip


def lane_figures(result: DesignResult) -> Figures:
    """Days from order to receipt, of each site that received anything."""
    outline, figures = result.outline, {}
    for at, name in enumerate(outline.site_names):
        parent = int(outline.site_parent[at])
        source = "suppliers" if parent < 0 else outline.site_names[parent]
        days = [days_on_order(each, at) for each in result.sums]
        if any(days):
            figures[f"{clean(source)} → {clean(name)}"] = [days]
    return figures


def days_on_order(sums: Sums, site: int) -> float | None:
    """Mean days that a piece is on order; None where nothing came."""
    waited, came = (sums.place.get(name) for name in ("on_order_minutes", "received"))
    pieces = 0 if came is None else total(came[:, site])
    return total(waited[:, site]) / pieces / DAY if pieces and waited is not None else None


def worst_months(comparison: Comparison) -> Grid:
    """Months by customers' lines filled off the shelf, the lowest first; none where all are filled alike."""
    found: dict[str, dict[str, Estimate]] = {}
    for result in comparison.results:
        for row in tidy_rows(result, "fill.line", ["month"]):
            value, half = row["value"], row["half_width"]
            found.setdefault(row["month"], {})[result.name] = Estimate(value, half, "share", ())
    lowest = {month: min((each.mean for each in there.values() if each.mean is not None), default=None)
              for month, there in found.items()}  # fmt: skip
    every = sorted((value, month) for month, value in lowest.items() if value is not None)
    kept = every[:MOST_MONTHS] if every and every[0][0] < every[-1][0] else []
    rows = tuple(((month,), tuple(level(found[month].get(name)) for name in comparison.designs)) for _, month in kept)
    note = f"Customers' lines filled off the shelf.{counted(comparison, 'month')}"
    title = headed("Worst months", "month", len(kept), len(every))
    return Grid(title, ("month",), design_columns(comparison), rows, note)


def causes(comparison: Comparison) -> Grid:
    """Causes of missed lines, as shares of the lines asked."""
    keys = [key for key in comparison.kpis if key.startswith("why.") and key.endswith(".line")]
    sizes = {key: max((found.mean or 0 for name in comparison.designs if (found := comparison.level(name, key))),
                      default=0) for key in keys}  # fmt: skip
    shown = sorted((key for key in keys if sizes[key]), key=lambda key: -sizes[key])
    rows = tuple(
        ((clean(comparison.kpi(key).title),), tuple(level(comparison.level(name, key)) for name in comparison.designs))
        for key in shown
    )
    note = f"Missed lines / all lines that customers asked. {MISSED}"
    return Grid("Causes of missed lines", ("cause",), design_columns(comparison), rows, note, tuple(shown))


def by_design(
    comparison: Comparison, title: str, head: str, found: Mapping[str, Figures], shown: tuple[int, str], note: str,
    by: str = "", known: int | None = None,
) -> Grid:  # fmt: skip
    """A row a name and a column a design, those first that are worst in any design; `known` names, if more than
    those found."""
    figure, unit = shown
    size: dict[str, float] = {}
    for figures in found.values():
        for name, values in figures.items():
            told = [value for value in values[figure] if value is not None]
            size[name] = max(size.get(name, 0.0), sum(told) / max(len(told), 1))
    kept = sorted(size, key=lambda name: -size[name])[:MOST]
    rows = tuple(
        (
            (name,),
            tuple(
                mean_of(found[design][name][figure], unit) if name in found[design] else NONE
                for design in comparison.designs
            ),
        )
        for name in kept
    )
    columns = tuple(Column(clean(name)) for name in comparison.designs)
    title = headed(title, head, len(kept), len(size) if known is None else known, by)
    return Grid(title, (head,), columns, rows, note + counted(comparison, head))


def counted(comparison: Comparison, word: str) -> str:
    """By which design rows are ordered, where there are several."""
    return f" A {word} counts as its worst design." if len(comparison.designs) > 1 else ""


def headed(title: str, word: str, shown: int, known: int, by: str = "") -> str:
    """`Worst sites: 10 of 50`; where all are shown, they are not the worst: `Sites, worst first`. `by` says in what."""
    if shown < known:
        return f"{title}{by}: {shown} of {known:,}"
    return f"{word.capitalize()}s{by}, {title.split()[0].lower()} first"
