"""The first sheet of a scenario's workbook: what it is and how to use it."""

from __future__ import annotations

from collections.abc import Sequence

from simnet.report.excel_book import Book
from simnet.workbook.sheets import Sheet

HOLDS = {
    "settings": "everything that is not a table: a path and a value a row",
    "suppliers": "where parts come from, how often and from which value orders are taken",
    "warehouses": "the sites that refill others",
    "dealers": "the sites that customers ask",
    "lanes": "the ways between sites",
    "parts": "the parts",
    "demand": "what customers ask, an entry a row",
    "order_classes": "kinds of orders: who is asked, how they travel",
    "stocking": "policies and targets: default < tier < class < site < rule",
    "costs": "what holding, ordering and waiting cost",
    "designs": "alternatives: each is the whole scenario plus its changes",
    "expect": "what `simnet test` holds the scenario to",
}
RULES = (
    "Every value carries its unit: 30 d, 95 %, 12.40 EUR. A unit in a head holds for its column: lead_time [d].",
    "An empty cell is the default. Text stays text: part 0123 keeps its zero.",
    "A spread or a list is written as in the language: {mean: 35 d, cv: 0.4}, [facing, central].",
    "'sheet NAME' as a value stands for the table in that sheet.",
    "Heads have notes; `simnet explain KEY` tells more. Columns of your own are called meaning or note.",
    "A sheet that is not part of the scenario has a name that begins with _.",
)


def write_read_me(book: Book, title: str, about: str, sheets: Sequence[Sheet]) -> None:
    """The sheet: name, question, what to type, the sheets with links, the rules of writing."""
    page = book.sheet("Read me", "#6B7785", landscape=False)
    page.set_column(0, 0, 22, book.look("body"))
    page.set_column(1, 1, 78, book.look("body"))
    page.write_string(0, 0, title[:200], book.look("title"))
    page.set_row(0, 28)
    row = 1
    if about:
        page.write_string(row, 0, "About", book.look("faint", valign="top"))
        page.write_string(row, 1, about[:2000], book.look("wrap"))
        page.set_row(row, 15 * (1 + len(about[:2000]) // 80))
        row += 1
    told = (("Look", "simnet show FILE.xlsx"), ("Run", "simnet run FILE.xlsx"),
            ("Compare", "simnet compare FILE.xlsx"), ("As YAML", "simnet convert FILE.xlsx FILE.yaml"))  # fmt: skip
    for label, command in told:
        page.write_string(row, 0, label, book.look("faint"))
        page.write_string(row, 1, command, book.look("body", font_name="Consolas"))
        row += 1
    row += 1
    page.write_string(row, 0, "Sheet", book.look("head"))
    page.write_string(row, 1, "Holds", book.look("head"))
    for sheet in sheets:
        row += 1
        link = sheet.title.replace("'", "''")
        page.write_url(row, 0, f"internal:'{link}'!A1", book.look("link"), string=sheet.title)
        holds = HOLDS.get(sheet.kind, f"a table, an image of {sheet.file}" if sheet.file else "a table")
        page.write_string(row, 1, f"{holds} ({len(sheet.rows):,} rows)", book.look("body"))
    row += 2
    page.write_string(row, 0, "Rules", book.look("head"))
    page.write_string(row, 1, "", book.look("head"))
    for rule in RULES:
        row += 1
        page.write_string(row, 1, rule, book.look("wrap"))
        page.set_row(row, 15 * (1 + len(rule) // 88))
