"""Lines: which count, which are left out and why, and what is told of those that count."""

from __future__ import annotations

from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.intake import facts
from simnet.intake.history import Asked, Imported, read_orders
from simnet.intake.told import told
from simnet.intake.written import write_parts
from tests.intake.files import HEAD, ROWS, lines_of, text_of

MANY = [("2025-04-13", "A1", 1, "lyon")] * 20


def read(folder: Path, rows: list[tuple[object, ...]], head: tuple[str, ...] = HEAD, **asked: object) -> Imported:
    """The import of some rows."""
    path = folder / "orders.csv"
    path.write_text(text_of(rows, head), encoding="utf-8")
    return read_orders(str(path), Asked(**asked))  # type: ignore[arg-type]


def said(found: Imported) -> str:
    """The answer on one line."""
    return " ".join(told(found, "orders.rejected.csv").split())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("2025-04-13", "", 1, "lyon"), "no part"),
        (("2025-04-13", "x" * 201, 1, "lyon"), "a part that is no name (at most 200 printable characters)"),
        (("2025-04-13", "a\u200bb\x07", 1, "lyon"), "a part that is no name (at most 200 printable characters)"),
        (("", "A1", 1, "lyon"), "no date"),
        (("2025-02-30", "A1", 1, "lyon"), "a date that cannot be read"),
        (("2025-04-13", "A1", "", "lyon"), "no quantity"),
        (("2025-04-13", "A1", "some", "lyon"), "a quantity that is no number"),
        (("2025-04-13", "A1", "1e9", "lyon"), "a quantity in powers of ten"),
        (("2025-04-13", "A1", "1,2E+05", "lyon"), "a quantity in powers of ten"),
        (("2025-04-13", "A1", 0, "lyon"), "quantity <= 0 (returns?)"),
        (("2025-04-13", "A1", "3-", "lyon"), "quantity <= 0 (returns?)"),
        (("2025-04-13", "A1", "2.5", "lyon"), "part of a piece"),
        (("2025-04-13", "A1", 10**12, "lyon"), "more than 1,000,000 pieces at once"),
        (("2025-04-13", "A1", 1, ""), "no dealer"),
        (("2025-04-13", "A1", 1), "more or fewer cells than headings"),
        (("2025-04-13", "A1", 1, "lyon", "extra"), "more or fewer cells than headings"),
    ],
)
def test_a_line_that_does_not_count(tmp_path: Path, row: tuple[object, ...], reason: str) -> None:
    """It is left out with its reason and its line; the others count."""
    found = read(tmp_path, [*MANY, row])
    assert len(found) == 20
    assert found.faults == {22: reason}
    assert f"left out 1 line with {reason} -> orders.rejected.csv" in said(found)


@pytest.mark.parametrize("text", ["on request", "0", "-4", "1.2.3"])
def test_costs_that_are_none_are_told(tmp_path: Path, text: str) -> None:
    """Each role by itself, with the first line; an empty cell is no cost that cannot be read."""
    rows = [("2025-04-13", "A1", 1, "10.50"), ("2025-04-14", "A1", 1, text), ("2025-04-15", "B2", 1, "")]
    found = read(tmp_path, [*rows, *rows], ("date", "part", "quantity", "cost"))
    assert f"cost 2 lines with no amount above zero, such as '{text}' (line 3): not used" in said(found)
    assert "price" not in said(found)


def test_a_file_that_is_mostly_unreadable_is_refused(tmp_path: Path) -> None:
    """More than a fifth: a column is another, or is read wrongly; the first cells are shown with place and remedy."""
    rows = [("2025-04-13", "A1", "2 boxes", "lyon")] * 5 + MANY[:15]
    with pytest.raises(SimnetError) as caught:
        read(tmp_path, rows)
    head, *cells = caught.value.problems
    assert head.message == "5 of 20 lines cannot be read"
    assert [cell.line for cell in cells] == [2, 3, 4, 5]
    assert cells[0].message == "a quantity that is no number: '2 boxes'" and cells[0].column == 15
    assert cells[0].remedy == "is 'quantity' the quantity? --columns quantity=HEADING names another"


def test_a_fifth_is_left_out_and_told(tmp_path: Path) -> None:
    """Up to that share, lines are left out one by one."""
    found = read(tmp_path, [("2025-04-13", "A1", "2 boxes", "lyon")] * 4 + MANY[:16])
    assert len(found) == 16 and len(found.faults) == 4


def test_returns_alone_never_refuse_a_file(tmp_path: Path) -> None:
    """Many returns are understood, not misunderstood."""
    assert len(read(tmp_path, [("2025-04-13", "A1", -1, "lyon")] * 50 + MANY[:1])) == 1


def test_odd_part_numbers_are_told(tmp_path: Path) -> None:
    """Leading zeros, texts like numbers, digits that a spreadsheet has cut, names that differ only in case."""
    parts = ["00123", "0815", "4711E3", "1.23E+09", "ab-12", "AB 12", "plain"]
    found = read(tmp_path, [("2025-04-13", part, 1, "lyon") for part in parts])
    assert found.parts == parts
    assert "parts kept as text: 2 have leading zeros, 1 looks like 4711E3" in said(found)
    assert "1 such as 1.23E+09 has lost digits" in said(found)
    assert "1 pair differs only in case, spaces or signs: ab-12 and AB 12; counted apart" in said(found)


def test_lines_there_twice_are_told_and_dropped_on_request(tmp_path: Path) -> None:
    """They may be two orders, so they are kept unless it is said."""
    rows = [*ROWS, ROWS[0]]
    kept = read(tmp_path, rows)
    assert len(kept) == 4
    assert "twice 1 line the same in every column as a line above (line 5); kept" in said(kept)
    dropped = read(tmp_path, rows, drop_duplicates=True)
    assert len(dropped) == 3 and dropped.faults == {5: "the same cells as a line above"}
    assert "1 line with the same cells as a line above" in said(dropped)


def test_an_outlier_is_told_and_kept(tmp_path: Path) -> None:
    """A hundred times the median of its part, where the part has three lines or more."""
    rows = [("2025-04-13", "A1", n, "lyon") for n in (1, 2, 199, 3, 200)] + [("2025-04-13", "B2", 9999, "lyon")]
    found = read(tmp_path, rows)
    assert facts.outliers(found) == []
    found = read(tmp_path, [*rows, ("2025-04-13", "A1", 300, "lyon"), ("2025-04-13", "A1", 2, "lyon")] + [rows[0]] * 9)
    assert [found.line(row) for row in facts.outliers(found)] == [8, 6, 4]
    assert "large 3 lines of 100 times the median of the part or more: 300 of 'A1' on line 8; kept" in said(found)


@pytest.mark.parametrize(
    ("months", "kind"),
    [
        ([5, 5, 6, 5, 5, 6], "smooth"),
        ([1, 20, 1, 1, 20, 1], "erratic"),
        ([5, 0, 0, 5, 0, 6], "intermittent"),
        ([1, 0, 0, 20, 0, 1], "lumpy"),
    ],
)
def test_classes_of_demand(tmp_path: Path, months: list[int], kind: str) -> None:
    """Mean months between demand above 1.32 and squared variation of sizes above 0.49 (Syntetos and others 2005)."""
    rows = [(f"2025-{month:02}-03", "A1", pieces, "lyon") for month, pieces in enumerate(months, 1) if pieces]
    ends = [("2025-01-01", "B2", 1, "lyon"), ("2025-06-30", "B2", 1, "lyon")]
    found = read(tmp_path, [*rows, *ends])
    assert facts.part_months(found).classes == (kind, "intermittent")
    assert facts.part_months(found).shares[kind] >= 0.5


def test_what_was_delivered_is_told(tmp_path: Path) -> None:
    """Shares by days, promises kept, and what is not known."""
    rows = [
        ("2025-04-13", "A1", 1, "lyon", "2025-04-13", "2025-04-14"),
        ("2025-04-13", "A1", 1, "lyon", "2025-04-15", "2025-04-14"),
        ("2025-04-13", "A1", 1, "lyon", "2025-04-10", ""),
        ("2025-04-13", "A1", 1, "lyon", "", "2025-04-14"),
    ]
    found = read(tmp_path, rows, (*HEAD, "delivered", "promised"))
    assert len(lines_of(found)) == 4
    assert "delivered 50.0 % the same day, 50.0 % within 1 d, 100.0 % within 2 d" in said(found)
    assert "2 not known" in said(found) and "1 line delivered before the order" in said(found)
    assert "promise kept on 50.0 % of 2 lines" in said(found)


@pytest.mark.parametrize(
    ("dealers", "told"),
    [
        (("Oslo", "oslo "), "dealers 1 pair differs only in case, spaces or signs: Oslo and oslo; counted apart: if"),
        (("Oslo", "OSLO", "os lo", "Lyon", "lyon", "Turin"), "dealers 3 pairs differ only in case, spaces or signs"),
        (("Oslo", "Oslo 2", "Lyon"), ""),
        (("Oslo", " Oslo  ", "Oslo"), ""),
    ],
)
def test_dealers_that_may_be_one_are_told(tmp_path: Path, dealers: tuple[str, ...], told: str) -> None:
    """Those that only their writing tells apart, with what to do; the same name with spaces around it is the same."""
    text = said(read(tmp_path, [("2025-04-13", "A1", 1, dealer) for dealer in dealers]))
    assert told in text
    assert ("write them alike in the file" in text) == bool(told)


@pytest.mark.parametrize(
    ("last", "short", "demand"),
    [
        ("2025-04-15", "short 3 days of orders: no warm-up and but one month to draw from", "is not told from 1 month"),
        ("2025-05-02", "short 20 days of orders: no warm-up and few months to draw", "is not told from 2 months: that"),
        (
            "2025-08-30",
            "short 5 months of orders",
            "is not told from 5 months: that takes 6; every part is of class all",
        ),
        ("2025-09-01", "short 6 months of orders", "demand smooth"),
        ("2025-12-01", "", "demand smooth"),
    ],
)
def test_a_history_too_short_for_what_is_made_of_it_is_told(tmp_path: Path, last: str, short: str, demand: str) -> None:
    """Without a warm-up, and of less than six months without classes of demand; the table of parts has none then."""
    found = read(tmp_path, [*MANY, (last, "A1", 1, "lyon")])
    text = said(found)
    assert short in text and demand in text
    assert ("export a year or more" in text) == bool(short)
    columns = write_parts(found, tmp_path / "parts.csv", facts.part_months(found), "EUR")
    assert ("class" in columns) == (demand == "demand smooth")
