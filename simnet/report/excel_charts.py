"""The sheet of charts: native ones, drawn by the spreadsheet from the numbers beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simnet.metrics import Comparison
from simnet.metrics.frames import tidy_rows
from simnet.report.charts.cost import KINDS
from simnet.report.charts.style import LAYERS, color
from simnet.report.excel_book import FAINT, FONT, INK, RULE, Book
from simnet.report.excel_table import Amount, number_format
from simnet.report.numbers import clean, share_decimals
from simnet.report.rows import SHELF, spoken
from simnet.report.rows import fills as fills_told

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TITLE = "Charts"
WIDE, HIGH = 620, 340
"""Pixels of a chart."""
MOST_DRAWN = 12
BESIDE = 20
"""The column at which the numbers begin, right of the charts."""


def charts_sheet(book: Book, comparison: Comparison) -> None:
    """Fill by design with its intervals, cost by kind, stock by tier, fill by month."""
    page = book.sheet(TITLE)
    page.write_string(0, 0, "Charts", book.look("title"))
    page.set_row(0, 26)
    page.write_string(1, 0, f"Drawn from the numbers in the columns from {letters(BESIDE)} on.", book.look("faint"))
    page.set_column(BESIDE, BESIDE, 24)
    page.set_column(BESIDE + 1, BESIDE + 26, 13)
    row = 0
    places = [(3, 0), (3, 10), (22, 0), (22, 10)]
    for maker in (fills, costs, stocks, months):
        used = maker(book, page, comparison, row, places[0])
        if used:
            row += used + 2
            places.pop(0)
    page.print_area(0, 0, 40, BESIDE - 1)


def letters(column: int) -> str:
    """The name of a column."""
    from simnet.scenario.tables import cell_name

    return cell_name(1, column)[:-1]


def block(book: Book, page: Worksheet, top: int, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """The numbers of a chart, beside it."""
    for at, head in enumerate(heads):
        page.write_string(top, BESIDE + at, head, book.look("head" if at == 0 else "head right"))
    for row, cells in enumerate(rows, top + 1):
        for at, cell in enumerate(cells):
            if isinstance(cell, str):
                page.write_string(row, BESIDE + at, cell, book.look("name"))
            elif cell.value is not None:
                page.write_number(row, BESIDE + at, cell.value, book.look("body", num_format=number_format(cell)))


def area(top: int, bottom: int, column: int) -> list[Any]:
    """The cells of a column of a block."""
    return [TITLE, top, BESIDE + column, bottom, BESIDE + column]


def drawn(book: Book, kind: dict[str, str], title: str, y_format: str, y_title: str = "") -> Any:
    """A chart in the book's look."""
    chart = book.made.add_chart(kind)
    font = {"name": FONT, "size": 9, "color": INK}
    bold = {"name": FONT, "size": 12, "bold": True, "color": INK}
    chart.set_title({"name": title, "name_font": bold, "overlay": False, "layout": {"x": 0.02, "y": 0.02}})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_chartarea({"border": {"color": RULE}})
    chart.set_size({"width": WIDE, "height": HIGH})
    chart.set_y_axis({"num_format": y_format, "num_font": {**font, "color": FAINT}, "line": {"none": True},
                      "major_gridlines": {"visible": True, "line": {"color": RULE, "width": 0.75}}, "name": y_title,
                      "name_font": {**font, "color": FAINT, "bold": False}})  # fmt: skip
    chart.set_x_axis({"num_font": font, "line": {"color": FAINT}, "major_tick_mark": "none"})
    return chart


def fills(book: Book, page: Worksheet, comparison: Comparison, top: int, place: tuple[int, int]) -> int:
    """Fill of each design with its interval."""
    designs = comparison.designs[:MOST_DRAWN]
    keys = [key for key in fills_told(comparison) if any(_mean(comparison, name, key) is not None for name in designs)]
    if not keys:
        return 0
    titles = [clean(spoken(comparison, key)[0]) for key in keys]
    heads = ["design", *(head for title in titles for head in (title, "±"))]
    rows = [
        [clean(name), *(cell for key in keys for cell in (
            Amount(_mean(comparison, name, key), "share"), Amount(_half(comparison, name, key), "share")))]
        for name in designs
    ]  # fmt: skip
    block(book, page, top, heads, rows)
    found = [[comparison.levels[name].get(key) for name in designs] for key in keys]
    told = f"0.{'0' * share_decimals(found)}%"
    chart = drawn(book, {"type": "line"}, "Fill by design, with 95 % intervals", "0%")
    last = top + len(rows)
    for at in range(len(keys)):
        half = _named(area(top + 1, last, 2 + 2 * at))
        bars = {"type": "custom", "plus_values": half, "minus_values": half, "line": {"color": INK, "width": 1.5}}
        tint = LAYERS[3 * at % len(LAYERS)]
        chart.add_series({
            "name": [TITLE, top, BESIDE + 1 + 2 * at], "categories": area(top + 1, last, 0),
            "values": area(top + 1, last, 1 + 2 * at), "line": {"none": True},
            "marker": {"type": "circle", "size": 9, "fill": {"color": tint}, "border": {"color": tint}},
            **({"y_error_bars": bars} if comparison.replications > 1 else {}),
            "data_labels": {"value": True, "num_format": told, "position": "right",
                            "font": {"name": FONT, "size": 9, "color": INK}},
        })  # fmt: skip
    if len(keys) == 1:
        chart.set_legend({"none": True})
    chart.set_y_axis({**_axis("0%"), **_span([mean for name in designs for key in keys
                                              if (mean := _mean(comparison, name, key)) is not None])})  # fmt: skip
    page.insert_chart(*place, chart, {"object_position": 2})
    return len(rows) + 1


def _named(cells: list[Any]) -> str:
    """Cells as a reference in text, as error bars take it."""
    from xlsxwriter.utility import xl_range_abs

    return f"='{cells[0]}'!{xl_range_abs(*cells[1:])}"


def _span(shares: Sequence[float]) -> dict[str, float]:
    """An axis of shares, somewhat wider than they are."""
    low = max(0.0, int(20 * (min(shares, default=0.0) - 0.03)) / 20)
    high = min(1.0, (int(20 * (max(shares, default=1.0) + 0.03)) + 1) / 20)
    return {"min": low, "max": high, "major_unit": 0.05 if high - low <= 0.3 else 0.1}


def _axis(y_format: str) -> dict[str, Any]:
    font = {"name": FONT, "size": 9, "color": FAINT}
    lines = {"visible": True, "line": {"color": RULE, "width": 0.75}}
    return {"num_format": y_format, "num_font": font, "line": {"none": True}, "major_gridlines": lines}


def _mean(comparison: Comparison, design: str, key: str) -> float | None:
    found = comparison.levels[design].get(key)
    return found.mean if found is not None else None


def _half(comparison: Comparison, design: str, key: str) -> float | None:
    found = comparison.levels[design].get(key)
    return found.half_width if found is not None else None


def costs(book: Book, page: Worksheet, comparison: Comparison, top: int, place: tuple[int, int]) -> int:
    """Cost a year by kind."""
    return stacked(book, page, comparison, top, place, KINDS, "Cost a year by kind")


def stocks(book: Book, page: Worksheet, comparison: Comparison, top: int, place: tuple[int, int]) -> int:
    """Stock value by tier."""
    tiers = dict.fromkeys(tier for each in comparison.results for tier in each.outline.tier_names)
    kinds = [(tier, f"stock.{tier}.on_hand.value") for tier in tiers]
    return stacked(book, page, comparison, top, place, kinds, "Stock value by tier")


def stacked(
    book: Book, page: Worksheet, comparison: Comparison, top: int, place: tuple[int, int],
    kinds: Sequence[tuple[str, str]], title: str,
) -> int:  # fmt: skip
    """Amounts of money, stacked by kind, a column a design."""
    designs = comparison.designs[:MOST_DRAWN]
    used = [(label, key) for label, key in kinds if any(_mean(comparison, name, key) for name in designs)]
    if not used:
        return 0
    money = comparison.results[0].outline.money
    rows = [[clean(name), *(Amount(_mean(comparison, name, key), money) for _, key in used)] for name in designs]
    totals = [Amount(sum(_mean(comparison, name, key) or 0.0 for _, key in used), money) for name in designs]
    full = [[*row, total] for row, total in zip(rows, totals, strict=True)]
    block(book, page, top, ["design", *(clean(label) for label, _ in used), "total"], full)
    chart = drawn(book, {"type": "column", "subtype": "stacked"}, f"{title}, {money}", "#,##0")
    names, last = area(top + 1, top + len(rows), 0), top + len(rows)
    for at, _ in enumerate(used):
        chart.add_series({
            "name": [TITLE, top, BESIDE + 1 + at], "categories": names, "values": area(top + 1, last, 1 + at),
            "fill": {"color": LAYERS[at % len(LAYERS)]}, "border": {"color": "#FFFFFF", "width": 0.5},
            "gap": 70 if len(rows) > 2 else 160,
        })  # fmt: skip
    above = book.made.add_chart({"type": "line"})
    above.add_series({
        "name": [TITLE, top, BESIDE + 1 + len(used)], "categories": names, "values": area(top + 1, last, 1 + len(used)),
        "line": {"none": True}, "marker": {"type": "none"},
        "data_labels": {"value": True, "position": "above", "num_format": "#,##0",
                        "font": {"name": FONT, "size": 9, "bold": True, "color": INK}},
    })  # fmt: skip
    chart.combine(above)
    chart.set_legend({"position": "bottom", "font": {"name": FONT, "size": 9, "color": INK},
                      "delete_series": [len(used)]})  # fmt: skip
    page.insert_chart(*place, chart, {"object_position": 2})
    return len(rows) + 1


def months(book: Book, page: Worksheet, comparison: Comparison, top: int, place: tuple[int, int]) -> int:
    """Fill month by month, a line a design; nothing where customers find no shelf."""
    if SHELF not in fills_told(comparison):
        return 0
    results = comparison.results[:MOST_DRAWN]
    found = {each.name: {row["month"]: row["value"] for row in tidy_rows(each, SHELF, ("month",))} for each in results}
    labels = list(dict.fromkeys(month for row in found.values() for month in row))
    if len(labels) < 2:
        return 0
    rows = [[month, *(Amount(found[each.name].get(month), "share") for each in results)] for month in labels]
    block(book, page, top, ["month", *(clean(each.name) for each in results)], rows)
    title = clean(spoken(comparison, SHELF)[0])
    chart = drawn(book, {"type": "line"}, f"{title[:1].upper()}{title[1:]} by month", "0%")
    for at, _ in enumerate(results):
        chart.add_series({
            "name": [TITLE, top, BESIDE + 1 + at], "categories": area(top + 1, top + len(rows), 0),
            "values": area(top + 1, top + len(rows), 1 + at), "line": {"color": color(at), "width": 2},
        })  # fmt: skip
    lows = [value for row in found.values() for value in row.values() if value is not None]
    chart.set_y_axis({**_axis("0%"), **_span(lows)})
    page.insert_chart(*place, chart, {"object_position": 2})
    return len(rows) + 1
