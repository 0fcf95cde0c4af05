"""Files: encodings, delimiters, packing, workbooks, headings, and what stands above them."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.intake.headings import folded, parse_columns
from simnet.intake.history import Asked, read_orders
from simnet.intake.told import told
from tests.intake.files import HEAD, ROWS, lines_of, text_of, workbook

WANTED = [("A1", (2025, 4, 13), 2, "lyon"), ("B2", (2025, 5, 3), 1, "turin"), ("A1", (2025, 6, 30), 5, "lyon")]


def put(folder: Path, data: bytes, name: str = "orders.csv") -> str:
    """Write a file; its path."""
    path = folder / name
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_of_any_kind(tmp_path: Path, delimiter: str, encoding: str, end: str) -> None:
    """Delimiter, encoding and line ends are found out."""
    text = text_of(ROWS, delimiter=delimiter).replace("\n", end)
    assert lines_of(read_orders(put(tmp_path, text.encode(encoding)))) == WANTED


@pytest.mark.parametrize(
    ("head", "name", "encoding"),
    [
        (("Datum", "Teil", "Menge", "Händler"), "Zürich", "cp1252"),
        (("日期", "零件号", "数量", "经销商"), "上海", "gb18030"),
        (("Date", "Pièce", "Quantité", "Client"), "Orléans", "utf-8"),
    ],
)
def test_a_guessed_encoding_is_told(tmp_path: Path, head: tuple[str, ...], name: str, encoding: str) -> None:
    """What is not UTF-8 is Chinese where all high bytes are pairs of Chinese, else Western; the answer says so."""
    found = read_orders(put(tmp_path, text_of([("2025-04-13", "A1", 2, name)], head).encode(encoding)))
    assert lines_of(found) == [("A1", (2025, 4, 13), 2, name)]
    assert (f"{encoding} (a guess: byte 0x" in told(found, "x")) == (encoding != "utf-8")


def test_packed_text(tmp_path: Path) -> None:
    """A .gz file is unpacked."""
    assert lines_of(read_orders(put(tmp_path, gzip.compress(text_of(ROWS).encode()), "orders.csv.gz"))) == WANTED


def test_a_line_that_names_the_delimiter(tmp_path: Path) -> None:
    """Excel's `sep=;` is obeyed, and lines are counted with it."""
    found = read_orders(put(tmp_path, ("sep=;\n" + text_of(ROWS, delimiter=";")).encode()))
    assert lines_of(found) == WANTED
    assert found.line(0) == 3


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    """The delimiter cuts all lines alike."""
    rows = [(*row, "1,5", "2,5") for row in ROWS]
    text = text_of(rows, (*HEAD, "x, y", "z"), ";").replace('"', "")
    assert lines_of(read_orders(put(tmp_path, text.encode()))) == WANTED


def test_titles_above_the_headings_and_totals_below(tmp_path: Path) -> None:
    """A report's title is skipped; its total is left out with the reason."""
    text = "Order report;;;\nprinted 2025-07-01;;;\n;;;\n" + text_of(ROWS, delimiter=";") + "Total;;8;\n;;;\n"
    found = read_orders(put(tmp_path, text.encode()))
    assert lines_of(found) == WANTED
    assert found.faults == {8: "no part"} and "headings on line 4" in told(found, "x")


def test_lines_are_counted_over_cells_of_several_lines(tmp_path: Path) -> None:
    """A text with line ends in quotes does not move the lines below it."""
    rows = [(*ROWS[0], "two\nlines"), *[(*ROWS[1], "")] * 8, ("2025-99-99", "A1", "1", "lyon", "")]
    found = read_orders(put(tmp_path, text_of(rows, (*HEAD, "text")).encode()))
    assert found.faults == {12: "a date that cannot be read"}


def test_text_that_carries_zeros_through_a_spreadsheet(tmp_path: Path) -> None:
    """`="00123"` is 00123, `'=x` is =x, and both are told apart from formulas."""
    text = f"{','.join(HEAD)}\n2025-04-13,=\"00123\",1,lyon\n2025-04-13,'=x,1,'-5\n2025-04-13,=y,1,''=z\n"
    found = read_orders(put(tmp_path, text.encode()))
    assert found.parts == ["00123", "=x", "=y"] and found.dealers == ["lyon", "-5", "'=z"]


def test_a_workbook_of_typed_cells(tmp_path: Path) -> None:
    """Dates, whole numbers and texts of a sheet become the same lines; numbers that were part names are told."""
    rows = [(date(2025, 4, 13), 4711, 2, "lyon"), (45780, "00815", 1.0, "turin")]
    path = workbook(tmp_path / "orders.xlsx", {"Lines": [HEAD, *rows]})
    found = read_orders(str(path))
    assert lines_of(found) == [("4711", (2025, 4, 13), 2, "lyon"), ("00815", (2025, 5, 3), 1, "turin")]
    said = " ".join(told(found, "x").split())
    assert "1 cell is a number in the workbook: leading zeros, if there were any, are lost" in said


def test_the_sheet_with_the_headings_is_found_and_told(tmp_path: Path) -> None:
    """Of several sheets the only one that fits is taken."""
    sheets = {"Notes": [("made", "by"), ("me", "")], "Lines": [HEAD, *ROWS], "Empty": []}
    found = read_orders(str(workbook(tmp_path / "orders.xlsx", sheets)))
    assert lines_of(found) == WANTED
    assert "sheet     Lines (its headings fit" in told(found, "x")


@pytest.mark.parametrize(
    ("sheets", "asked", "words", "remedy"),
    [
        ({"A": [HEAD, *ROWS], "B": [HEAD, *ROWS]}, None, "several sheets may hold the orders: A, B", "--sheet 'A'"),
        ({"A": [("x",), (1,)], "B": [("y",), (2,)]}, None, "no sheet seems to hold the orders: A, B", "--sheet 'A'"),
        ({"Lines": [HEAD, *ROWS]}, "Line", "no sheet 'Line'", "did you mean 'Lines'?"),
    ],
)
def test_a_sheet_that_is_not_clear(
    tmp_path: Path, sheets: dict[str, list[tuple[str, ...]]], asked: str | None, words: str, remedy: str
) -> None:
    """Which sheet is not guessed."""
    path = workbook(tmp_path / "orders.xlsx", sheets)
    with pytest.raises(SimnetError) as caught:
        read_orders(str(path), Asked(sheet=asked))
    (problem,) = caught.value.problems
    assert words in problem.message and remedy in str(problem.remedy)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"date,part,quantity\n", "has headings and no lines"),
        (b"PK\x03\x04rubbish", "is not an Excel workbook that can be read"),
        (b"\xd0\xcf\x11\xe0rubbish", "is not an Excel workbook that can be read"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "is a web page or XML"),
        (b"date,part,quantity\n2025-01-01,\0A,1\n", "it holds a zero byte"),
        (b'date,part,quantity\n2025-01-01,"A,1\n2025-01-02,B,1\n', "a quote is opened and not closed"),
        (b"a,b,c\n1,2,3\n", "which column is the part, the date and the quantity?"),
        (b"date,part,quantity\nnever,A,1\n", "none of the 1 lines counts"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, data: bytes, words: str) -> None:
    """Each kind of damage has its message, with the file's name."""
    with pytest.raises(SimnetError) as caught:
        read_orders(put(tmp_path, data))
    problem = caught.value.problems[0]
    assert words in problem.message and str(problem.file).endswith("orders.csv")


@pytest.mark.parametrize("name", ["orders.xlsx", "orders.XLS", "orders.ods"])
def test_a_damaged_workbook_is_no_binary_text(tmp_path: Path, name: str) -> None:
    """No word of encodings for bytes under a workbook's name; text under it is read as text."""
    with pytest.raises(SimnetError) as caught:
        read_orders(put(tmp_path, bytes(range(256)) * 8, name))
    (problem,) = caught.value.problems
    assert problem.message == "is no workbook that can be read" and "encoding" not in str(problem.remedy)
    for encoding in ("utf-8", "cp1252", "utf-16", "utf-16-le"):
        assert lines_of(read_orders(put(tmp_path, text_of(ROWS, delimiter="\t").encode(encoding), name))) == WANTED


def test_binary_bytes_are_asked_for_as_another_file(tmp_path: Path) -> None:
    """An encoding is the lesser guess."""
    with pytest.raises(SimnetError) as caught:
        read_orders(put(tmp_path, bytes(range(256)) * 8))
    (problem,) = caught.value.problems
    assert "is a binary file" in problem.message and str(problem.remedy).startswith("is it the right file?")


def test_an_open_quote_is_told_where_it_opens(tmp_path: Path) -> None:
    """Not at the end of the file."""
    data = text_of(ROWS) + '2025-07-01,"1/2 inch,1,lyon\n' + text_of(ROWS * 20)
    with pytest.raises(SimnetError) as caught:
        read_orders(put(tmp_path, data.encode()))
    assert caught.value.problems[0].line == 5


@pytest.mark.parametrize(
    ("heading", "plain"),
    [("Teile-Nr.", "teilenr"), ("Menge [Stk]", "menge"), ("Quantité", "quantite"), ("Unit price EUR", "unitprice"),
     ("零件号", "零件号"), ("ORDER_DATE", "orderdate"), ("Stück", "stuck"), ("EUR", "eur")],
)  # fmt: skip
def test_headings_are_compared_without_signs(heading: str, plain: str) -> None:
    """Case, accents, signs, units in brackets and currencies do not matter."""
    assert folded(heading) == plain


@pytest.mark.parametrize(
    "head",
    [
        ("date", "part", "quantity", "dealer"),
        ("Order date", "Item no.", "Qty", "Customer"),
        ("Bestelldatum", "Materialnummer", "Menge", "Kunde"),
        ("Date de commande", "Référence", "Qté", "Client"),
        ("订单日期", "备件号", "数量", "经销商"),
        ("week_start", "part_id", "qty", "Ship-to"),
        ("Week commencing", "SKU", "Demand", "Depot"),
        ("job_card_date", "item", "pcs", "Workshop"),
        ("PO date", "Part no.", "Ordered qty", "Site"),
        ("Wochenbeginn", "Teilenr.", "Bedarf", "Filiale"),
        ("Début de semaine", "Pièce", "Quantité", "Agence"),
    ],
)
def test_common_headings_are_guessed(tmp_path: Path, head: tuple[str, ...]) -> None:
    """In English, German, French and Chinese."""
    assert lines_of(read_orders(put(tmp_path, text_of(ROWS, head).encode()))) == WANTED


def test_the_day_of_the_job_comes_before_that_of_its_invoice(tmp_path: Path) -> None:
    """Of several dates the likeliest day of asking is taken."""
    rows = [("2030-01-01", day, part, pieces, dealer) for day, part, pieces, dealer in ROWS]
    text = text_of(rows, ("invoice_date", "job_card_date", "part", "quantity", "dealer"))
    assert lines_of(read_orders(put(tmp_path, text.encode()))) == WANTED


def test_headings_that_are_named_win(tmp_path: Path) -> None:
    """What is named is taken, the rest is guessed, and the answer says which is which."""
    rows = [(day, day, part, pieces, "x", dealer) for day, part, pieces, dealer in ROWS]
    text = text_of(rows, ("date", "Gebucht=am", "part", "quantity", "text", "Ort"))
    asked = Asked(parse_columns(["date=Gebucht=am", "dealer=Ort"]))
    found = read_orders(put(tmp_path, text.encode()), asked)
    assert lines_of(found) == WANTED
    wanted = "date = Gebucht=am, dealer = Ort; guessed: part, quantity; not used: date, text"
    assert wanted in " ".join(told(found, "x").split())


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("Qty (dozen)", "dozen"), ("Menge [Karton]", "Karton"), ("数量（箱）", "箱"), ("Quantité (boîtes)", "boîtes")],
)
def test_quantities_of_packs_are_not_taken_for_pieces(tmp_path: Path, heading: str, unit: str) -> None:
    """A heading that counts in something else is an error, unless the column is named."""
    path = put(tmp_path, text_of(ROWS, ("date", "part", heading, "dealer")).encode())
    with pytest.raises(SimnetError) as caught:
        read_orders(path)
    assert caught.value.problems[0].message == f"'{heading}' counts in '{unit}', not in pieces"
    assert f"--columns 'quantity={heading}'" in str(caught.value.problems[0].remedy)
    assert lines_of(read_orders(path, Asked({"quantity": heading}))) == WANTED


@pytest.mark.parametrize("heading", ["Qty (pcs)", "Menge (Bestellung)", "Quantity [units]"])
def test_other_words_in_brackets_are_none_of_our_business(tmp_path: Path, heading: str) -> None:
    """Pieces, and what says nothing of a unit."""
    assert lines_of(read_orders(put(tmp_path, text_of(ROWS, ("date", "part", heading, "dealer")).encode()))) == WANTED


def test_a_line_may_be_one_piece(tmp_path: Path) -> None:
    """`quantity=1` says so where no column does."""
    text = text_of([row[:2] for row in ROWS], HEAD[:2])
    found = read_orders(put(tmp_path, text.encode()), Asked({"quantity": "1"}))
    assert found.quantity.tolist() == [1, 1, 1]
    assert "each line is one piece" in told(found, "x")


@pytest.mark.parametrize(
    ("words", "message", "remedy"),
    [
        (["date"], "'date' is not NAME=HEADING", "--columns date=Datum"),
        (["dat=Datum"], "there is no column 'dat' to name", "did you mean 'date'?"),
        (["date=a", "date=b"], "the column date is named twice", "None"),
    ],
)
def test_columns_that_are_named_wrongly(words: list[str], message: str, remedy: str) -> None:
    """The command line's own mistakes are told as such."""
    with pytest.raises(SimnetError) as caught:
        parse_columns(words)
    assert message in caught.value.problems[0].message
    assert remedy in str(caught.value.problems[0].remedy)


def test_every_heading_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    """With the nearest one."""
    with pytest.raises(SimnetError) as caught:
        read_orders(put(tmp_path, text_of(ROWS).encode()), Asked({"date": "Date", "part": "Teil"}))
    remedies = [str(problem.remedy) for problem in caught.value.problems]
    assert remedies == ["did you mean 'date'?", "its headings are date, part, quantity, dealer"]
