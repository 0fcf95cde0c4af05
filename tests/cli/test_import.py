"""`simnet import`: what it says, what it writes, what it never overwrites, and that the folder runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import simnet

EXPORT = """Auftrag;Datum;Teil;Menge;Kunde;Preis
1;13.04.2025;00123;2;lyon;12,50
2;03.05.2025;4711E3;1.000;turin;1.012,50
3;03.05.2025;=cmd();-2;turin;3,00
4;03.07.2025;=cmd();2;turin;3,00
"""
DELIVERED = """date,part,quantity,dealer,delivered
2025-01-13,A1,2,lyon,2025-01-15
2025-02-13,A1,2,lyon,2025-02-15
2025-03-13,A1,1,lyon,2025-04-20
2025-04-13,A1,1,lyon,
"""


@pytest.fixture
def export(place: Path) -> Path:
    """An export in the current folder, which holds nothing else."""
    (place / "tiny.yaml").unlink()
    path = place / "orders.csv"
    path.write_text(EXPORT, encoding="cp1252")
    return path


def files(place: Path) -> list[str]:
    """The files under a folder, but for the schema."""
    found = (path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())
    return sorted(name for name in found if ".simnet" not in name)


def test_it_says_what_was_understood(export: Path) -> None:
    """Each line of the answer, and the files with what they hold."""
    done = simnet("import", "orders.csv", "--columns", "date=Datum", "part=Teil", "quantity=Menge", "dealer=Kunde")
    assert done.exit_code == 0, done.stderr
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert lines[0].startswith("Read 3 of 4 lines, 2025-04-13 to 2025-07-03, 3 parts, 2 dealers (")
    assert lines[1:-2] == [
        "  columns   date = Datum, part = Teil, quantity = Menge, dealer = Kunde;",
        "            guessed: price = Preis; not used: Auftrag",
        "  dates     day first (13.04.2025 on line 2 settles it)",
        "  numbers   decimal comma (12,50 on line 2 settles it)",
        "  money     EUR (assumed: nothing in the file names a currency; --money names",
        "            another)",
        "  parts     kept as text: 1 has leading zeros, 1 looks like 4711E3",
        "  left out  1 line with quantity <= 0 (returns?) -> orders.rejected.csv",
        "  short     4 months of orders: no warm-up and few months to draw others from,",
        "            so that stock at the start still shows in the figures and seasons do",
        "            not; export a year or more if there is any",
        "  demand    smooth, erratic, intermittent or lumpy is not told from 4 months:",
        "            that takes 6; every part is of class all",
        "orders/",
        "  orders.yaml          the scenario: what the history does not say is assumed",
        "  parts.csv            part, price",
        "  dealers.csv          dealer, served_by, lead_time",
        "  orders.csv           part, date, quantity, dealer: 3 lines",
        "  orders.rejected.csv  1 line left out, each with its reason",
    ]
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize(("heading", "price", "options", "told", "written"), [
    ("unit_price_usd", "12.50", [], "money USD (from 'unit_price_usd')", "12.50 USD"),
    ("Price (CHF)", "12.50", [], "money CHF (from 'Price (CHF)')", "12.50 CHF"),
    ("price", "$12.50", [], "money USD (from '$12.50')", "12.50 USD"),
    ("price", "12.50 CNY", [], "money CNY (from '12.50 CNY')", "12.50 CNY"),
    ("price_usd", "12.50", ["--money", "USD"], "money USD (asked for)", "12.50 USD"),
    ("price", "$12.50", ["--money", "CAD"], "money CAD (asked for)", "12.50 CAD"),
    ("price", "¥12.50", ["--money", "CNY"], "money CNY (asked for)", "12.50 CNY"),
    ("单价（美元）", "12.50", [], "money USD (from '单价（美元）')", "12.50 USD"),
    ("price", "12.50 eur", [], "money EUR (from '12.50 eur')", "12.50 EUR"),
    ("price", "12.50 XOF", [], "money XOF (from '12.50 XOF')", "12.50 XOF"),
    ("price", "12.50 STK", [], "money EUR (assumed: nothing in the file", "12.50 EUR"),
    ("price,currency", "12.50,USD", [], "money USD (from column 'currency')", "12.50 USD"),
    ("price,Währung", "12.50,€", [], "money EUR (from column 'Währung')", "12.50 EUR"),
    ("price,Devise", "12.50,Euro", [], "money EUR (from column 'Devise')", "12.50 EUR"),
    ("price,币种", "12.50,人民币", [], "money CNY (from column '币种')", "12.50 CNY"),
    ("price,Curr.", "12.50,chf", [], "money CHF (from column 'Curr.')", "12.50 CHF"),
    ("price,in", "12.50,USD", ["--columns", "currency=in"], "money USD (from column 'in')", "12.50 USD"),
    ("price_usd,currency", "12.50,USD", [], "money USD (from 'price_usd')", "12.50 USD"),
    ("price", "12.50", [], "money EUR (assumed: nothing in the file names a currency; --money names", "12.50 EUR"),
])  # fmt: skip
def test_the_currency_is_the_files(
    place: Path, heading: str, price: str, options: list[str], told: str, written: str
) -> None:
    """As headings, a column of currencies or cells name it; assumed it is said to be."""
    text = f"date,part,quantity,{heading}\n" + f"2025-01-13,A1,2,{price}\n" * 3
    (place / "o.csv").write_text(text, encoding="utf-8")
    done = simnet("import", "o.csv", *options)
    assert done.exit_code == 0, done.stderr
    assert told in " ".join(done.stdout.split())
    assert f"A1,{written}" in (place / "o" / "parts.csv").read_text()


@pytest.mark.parametrize(("head", "rows", "place_of_it", "told", "left_out"), [
    ("cost_eur,price_usd", ["1,2"], "o.csv:1:", "EUR (heading 'cost_eur') and USD (heading 'price_usd')", ["price="]),
    ("cost,price", ["1 EUR,$2"], "o.csv:2:", "EUR ('1 EUR' on line 2) and $ ('$2' on line 2)", ["price="]),
    ("cost_eur,price", ["1,2 USD"], "o.csv:2:", "EUR (heading 'cost_eur') and USD ('2 USD' on line 2)", ["price="]),
    ("cost,price", ["1 EUR,", "1 USD,"], "o.csv:3:", "EUR ('1 EUR' on line 2) and USD ('1 USD' on line 3)",
     ["cost=", "price="]),
    ("price,currency", ["1,EUR", "2,EUR", "3,USD"], "o.csv:4:",
     "EUR (column 'currency' on line 2) and USD (column 'currency' on line 4)", ["price="]),
    ("price_eur,currency", ["1,USD"], "o.csv:2:", "EUR (heading 'price_eur') and USD (column 'currency' on line 2)",
     ["price="]),
])  # fmt: skip
def test_two_currencies_are_refused(
    place: Path, head: str, rows: list[str], place_of_it: str, told: str, left_out: list[str]
) -> None:
    """A scenario has one; the message says what is in which; --money, which converts nothing, does not help."""
    text = "".join(f"2025-01-13,A1,2,{row}\n" for row in rows)
    (place / "o.csv").write_text(f"date,part,quantity,{head}\n{text}")
    for options in ([], ["--money", "EUR"]):
        done = simnet("import", "o.csv", *options)
        assert done.exit_code == 2 and place_of_it in done.stderr
        assert f"names two currencies: {told}" in done.stderr
        assert f"amounts are not converted: bring all to one currency in the file, or leave the {left_out[0][:-1]}" in (
            done.stderr
        )
        assert "--money" not in done.stderr and f"--columns {' '.join(left_out)}" in done.stderr
    assert simnet("import", "o.csv", "--columns", *left_out).exit_code == 0


@pytest.mark.parametrize(("head", "row", "told"), [
    ("price_usd", "2", "is in USD (heading 'price_usd'), and --money says GBP"),
    ("price", "$2", "is in $ ('$2' on line 2), and --money says GBP"),
    ("price,currency", "2,USD", "is in USD (column 'currency' on line 2), and --money says GBP"),
])  # fmt: skip
def test_a_file_in_another_currency_is_not_relabeled(place: Path, head: str, row: str, told: str) -> None:
    """Amounts are not converted, so that --money cannot make pounds of dollars."""
    (place / "o.csv").write_text(f"date,part,quantity,{head}\n2025-01-13,A1,2,{row}\n")
    done = simnet("import", "o.csv", "--money", "GBP")
    assert done.exit_code == 2 and told in done.stderr
    assert "bring them to GBP in the file, leave out --money, or leave the price out: --columns price=" in done.stderr
    assert simnet("import", "o.csv", "--money", "GBP", "--columns", "price=").exit_code == 0


def test_the_column_in_the_currency_asked_for_is_named(place: Path) -> None:
    """Of prices in two currencies the first is taken; asked for the other, the message names its column."""
    (place / "o.csv").write_text("date,part,quantity,price_usd,price_eur\n2025-01-13,A1,2,3,4\n")
    done = simnet("import", "o.csv", "--money", "EUR")
    assert done.exit_code == 2 and "is 'price_eur' the price? --columns price='price_eur'; amounts" in done.stderr
    assert simnet("import", "o.csv", "--money", "EUR", "--columns", "price=price_eur").exit_code == 0
    assert "A1,4.00 EUR" in (place / "o" / "parts.csv").read_text()


@pytest.mark.parametrize(("head", "rows", "told"), [
    ("price", ["¥2"], "¥ may be JPY or CNY ('¥2' on line 2)"),
    ("price,currency", ["2,EUR", "2,some"], "'some' is no currency"),
])  # fmt: skip
def test_a_currency_that_is_not_clear_is_refused(place: Path, head: str, rows: list[str], told: str) -> None:
    """A sign of several currencies of which none is usual, and a word that is none."""
    (place / "o.csv").write_text(
        "\n".join([f"date,part,quantity,{head}", *(f"2025-01-13,A1,2,{row}" for row in rows)]), encoding="utf-8"
    )
    done = simnet("import", "o.csv")
    assert done.exit_code == 2 and told in done.stderr


@pytest.mark.parametrize(("head", "rows", "money"), [
    ("price,currency", ["2,EUR", ",USD", "2,"], "EUR"),
    ("text,currency", ["x,USD", "x,USD"], "USD"),
    ("text,currency", ["x,USD", "x,EUR"], "EUR"),
])  # fmt: skip
def test_a_currency_beside_no_amount_says_nothing(place: Path, head: str, rows: list[str], money: str) -> None:
    """Lines without cost and price may name another; a file without amounts two."""
    (place / "o.csv").write_text("\n".join([f"date,part,quantity,{head}", *(f"2025-01-13,A1,2,{row}" for row in rows)]))
    assert simnet("import", "o.csv").exit_code == 0
    assert f"\nmoney: {money}" in (place / "o" / "o.yaml").read_text()


@pytest.mark.parametrize(("formats", "told"), [
    (("[$$-409]#,##0.00", "[$$-409]#,##0.00"), "money USD (from number formats)"),
    (('#,##0.00 "CHF"', "0.00"), "money CHF (from number formats)"),
    (
        ("[$$-409]#,##0.00", "#,##0.00 [$€-407]"),
        "currencies: USD (the number format on line 2) and € (the number format on line 3)",
    ),
])  # fmt: skip
def test_number_formats_of_a_workbook_name_the_currency(place: Path, formats: tuple[str, str], told: str) -> None:
    """A price that the sheet shows in dollars is one; two are refused."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(place / "o.xlsx")) as book:
        sheet = book.add_worksheet("Lines")
        sheet.write_row(0, 0, ["date", "part", "quantity", "price"])
        for row, code in enumerate(formats, 1):
            sheet.write_row(row, 0, ["2025-01-13", "A1", 2])
            sheet.write_number(row, 3, 12.5, book.add_format({"num_format": code}))
    done = simnet("import", "o.xlsx")
    assert told in " ".join((done.stdout + done.stderr).split())
    assert done.exit_code == (2 if " and " in told else 0)


def test_much_left_out_is_the_first_thing_told(place: Path) -> None:
    """Half of the lines without a date: their share, and the column it may be mistaken for."""
    rows = [f"2025-0{1 + n % 9}-1{n % 10},A{n},2" for n in range(20)] + [f",B{n},1" for n in range(25)]
    (place / "o.csv").write_text("\n".join(["date,part,quantity", *rows]))
    done = simnet("import", "o.csv")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Read 20 of 45 lines")
    told = " ".join(" ".join(lines[1:3]).split())
    assert told.startswith("CAREFUL 56 % of the lines are left out, 25 lines with no date: is 'date' the date?")
    (place / "p.csv").write_text("\n".join(["date,part,quantity", *rows[:24]]))
    assert "CAREFUL" not in simnet("import", "p.csv").stdout


def test_what_it_writes(export: Path, place: Path) -> None:
    """Dates are ISO, names that a spreadsheet would run are escaped, lines left out stand with line and reason."""
    simnet("import", "orders.csv")
    written = {name: (place / "orders" / name).read_text().splitlines() for name in ("orders.csv", "parts.csv")}
    assert written == {
        "orders.csv": [
            "part,date,quantity,dealer",
            "00123,2025-04-13,2,lyon",
            "4711E3,2025-05-03,1000,turin",
            "'=cmd(),2025-07-03,2,turin",
        ],
        "parts.csv": [
            "part,price",
            "00123,12.50 EUR",
            "4711E3,1012.50 EUR",
            "'=cmd(),3.00 EUR",
        ],
    }
    assert (place / "orders" / "orders.rejected.csv").read_text().splitlines() == [
        "line,reason,Auftrag,Datum,Teil,Menge,Kunde,Preis",
        "4,quantity <= 0 (returns?),3,03.05.2025,'=cmd(),'-2,turin,\"3,00\"",
    ]


def test_the_folder_runs_at_once(export: Path) -> None:
    """As it was imported, every design of it."""
    simnet("import", "orders.csv", "--new", "mine")
    done = simnet("compare", "mine/mine.yaml", "--replications", "2")
    assert done.exit_code == 0, done.stderr
    assert "as-it-was" in done.stdout and "more-stock" in done.stdout


def test_a_history_without_dealers_has_one_store_with_a_shelf(export: Path, place: Path) -> None:
    """Nothing is passed on, so the customers' fill is that of the store."""
    export.write_text("date,part,quantity\n2025-01-13,A1,2\n2025-06-13,A1,2\n")
    assert simnet("import", "orders.csv").exit_code == 0
    assert (place / "orders" / "dealers.csv").read_text() == "dealer,served_by\nstore,supplier\n"
    assert simnet("run", "orders/orders.yaml", "--replications", "1").exit_code == 0


@pytest.mark.parametrize("there", ["folder", "file", "link"])
def test_nothing_is_overwritten(export: Path, place: Path, there: str) -> None:
    """What has the name already is left as it was, and nothing is written beside it."""
    taken = place / "mine"
    if there == "folder":
        taken.mkdir()
    elif there == "file":
        taken.write_text("my own")
    else:
        taken.symlink_to(place / "nowhere")
    done = simnet("import", "orders.csv", "--new", "mine")
    assert done.exit_code == 2 and "is there already" in done.stderr
    assert sorted(path.name for path in place.iterdir()) == ["mine", "orders.csv"]


def test_force_replaces_what_import_writes_and_nothing_else(export: Path, place: Path) -> None:
    """A file of one's own in the folder stays."""
    simnet("import", "orders.csv", "--new", "mine")
    (place / "mine" / "notes.txt").write_text("my own")
    (place / "mine" / "orders.csv").write_text("old")
    assert simnet("import", "orders.csv", "--new", "mine", "--force").exit_code == 0
    assert (place / "mine" / "notes.txt").read_text() == "my own"
    assert (place / "mine" / "orders.csv").read_text().startswith("part,date,quantity")


def test_the_table_alone(export: Path, place: Path) -> None:
    """`--table` writes the clean table and the lines left out, for a folder that is there."""
    done = simnet("import", "orders.csv", "--table", "clean/new.csv")
    assert done.exit_code == 0, done.stderr
    assert files(place) == ["clean/new.csv", "clean/new.rejected.csv", "orders.csv"]
    assert simnet("import", "orders.csv", "--table", "orders.csv").exit_code == 2
    assert export.read_text() == EXPORT


def test_a_dry_run_only_tells(export: Path, place: Path) -> None:
    """The same answer, and no file."""
    done = simnet("import", "orders.csv", "--dry-run")
    assert done.exit_code == 0 and done.stdout.endswith("Nothing was written (--dry-run).\n")
    assert files(place) == ["orders.csv"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere.csv"], "no such file"),
        (["orders.csv", "--columns", "day=Datum"], "there is no column 'day' to name"),
        (["orders.csv", "--columns", "date=Tag"], "no column 'Tag' (asked for as date)"),
        (["orders.csv", "more.csv"], "one file at a time"),
        (["orders.csv", "--sheet", "Lines"], "is no workbook"),
        (["orders.csv", "--encoding", "klingon"], "unknown encoding 'klingon'"),
        (["orders.csv", "--delimiter", "::"], "one sign, such as ';' or tab"),
        (["orders.csv", "--dates", "ydm"], "'ydm' is not one of"),
        (["orders.csv", "--money", "Euro"], "is no currency"),
        (["orders.csv", "--new", "a/b:c"], "is no plain name"),
        (["orders.csv", "--new", "x", "--table", "y.csv"], "one of them"),
        (["."], "is a directory, not a file"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(export: Path, place: Path, words: list[str], told: str) -> None:
    """Exit code 2, the message with its remedy, no folder and no temporary file."""
    done = simnet("import", *words)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())
    assert files(place) == ["orders.csv"]


def test_simulated_against_actual(export: Path) -> None:
    """The history's waits stand beside those of its own lines; what is not delivered is not counted."""
    export.write_text(DELIVERED)
    told = simnet("import", "orders.csv")
    assert "wait median 2 d, 90 % 38 d, 95 % 38 d; 1 not known" in " ".join(told.stdout.split())
    assert "--against-actual" in told.stdout
    done = simnet("run", "orders/orders.yaml", "--against-actual", "--replications", "2")
    assert done.exit_code == 0, done.stderr
    assert "replayed line by line" in done.stderr
    assert "Against the history: 3 lines" in done.stdout
    rows = {line.rsplit("  ", 2)[0].strip(): line.split() for line in done.stdout.splitlines()}
    assert rows["within 2 d"][3:5] == ["66.7", "%"]
    by_dealer = simnet("run", "orders/orders.yaml", "--against-actual", "--by", "site", "--replications", "2")
    assert "lyon" in by_dealer.stdout


def test_without_deliveries_there_is_nothing_to_compare(export: Path) -> None:
    """It says what is missing before anything is run."""
    simnet("import", "orders.csv")
    done = simnet("run", "orders/orders.yaml", "--against-actual")
    assert done.exit_code == 2
    assert "no history of this scenario says when lines were delivered" in done.stderr


def test_the_shipped_export_is_what_its_maker_writes() -> None:
    """Byte for byte."""
    import runpy

    folder = Path(__file__).parents[2] / "scenarios" / "export"
    made = runpy.run_path(str(folder / "make.py"))["text"]()
    assert (folder / "bestellungen.csv").read_bytes() == made.encode("cp1252")
