"""A workbook that LibreOffice opened and saved again is the same scenario; a report keeps its numbers and charts."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from simnet.cli import main
from simnet.intake.history import Asked, read_orders
from simnet.study import load as load_study
from simnet.workbook import to_starter, to_workbook
from tests.docs.blocks import ROOT
from tests.workbook.books import made
from tests.workbook.office import needed, saved_again
from tests.workbook.test_round_trip import same

pytestmark = [pytest.mark.office, needed]


@pytest.mark.parametrize("name", ["minimal.yaml", "ladder/ladder.yaml", "demo/demo.yaml"])
def test_a_workbook_saved_by_libreoffice_is_the_same_scenario(name: str, tmp_path: Path) -> None:
    """Texts, numbers, parts that look like numbers, lists, rules and designs."""
    source = ROOT / "scenarios" / name
    book = to_workbook(source, tmp_path / "book.xlsx")
    same(source, saved_again(book, tmp_path))


def test_the_workbook_to_start_from_survives_libreoffice(tmp_path: Path) -> None:
    """Its numbers have units in their heads; notes and drop-down lists are still there."""
    starter = ROOT / "simnet" / "cli" / "starter"
    text = (starter / "network.yaml").read_text("utf-8").replace("@NAME@", "start").replace("@FILE@", "start.yaml")
    (tmp_path / "start.yaml").write_text(text, encoding="utf-8")
    for table in ("parts.csv", "dealers.csv", "orders.csv"):
        (tmp_path / table).write_bytes((starter / table).read_bytes())
    to_starter(tmp_path / "start.yaml", tmp_path / "start.xlsx")
    again = saved_again(tmp_path / "start.xlsx", tmp_path)
    same(tmp_path / "start.xlsx", again)
    with zipfile.ZipFile(again) as packed:
        inside = b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".xml"))
    assert b"<dataValidation " in inside
    assert b"The supplier it is bought from" in inside


def test_formulas_and_percentages_survive_libreoffice(tmp_path: Path) -> None:
    """A formula's value is read, and a cell that shows 95 % is 95 % still."""

    def typed(book: Workbook) -> None:
        page = book.get_worksheet_by_name("stocking")
        assert page is not None
        page.write_formula(1, 3, "=90%+5%", book.add_format({"num_format": "0%"}), 0.95)
        page.write_number(2, 3, 0.9, book.add_format({"num_format": "0.0%"}))

    path = made(tmp_path / "hand.xlsx", after=typed)
    same(path, saved_again(path, tmp_path))


def test_a_report_survives_libreoffice(tmp_path: Path) -> None:
    """Sheets, numbers and charts are there after it was saved again."""
    result = load_study(made(tmp_path / "tiny.xlsx")).compare(folder=None)
    path = result.excel(tmp_path / "report.xlsx")
    again = saved_again(path, tmp_path)
    before, after = CalamineWorkbook.from_path(str(path)), CalamineWorkbook.from_path(str(again))
    assert after.sheet_names == before.sheet_names
    for name in before.sheet_names:
        ours = before.get_sheet_by_name(name).to_python()
        theirs = after.get_sheet_by_name(name).to_python()
        for one, other in zip((row for row in ours if any(row)), (row for row in theirs if any(row)), strict=True):
            numbers = [cell for cell in one if isinstance(cell, float)]
            assert [cell for cell in other if isinstance(cell, float)] == pytest.approx(numbers, rel=1e-12)
            assert [cell for cell in other if cell and isinstance(cell, str)] == [
                c for c in one if c and isinstance(c, str)
            ]
    with zipfile.ZipFile(again) as packed:
        assert sum(name.startswith("xl/charts/chart") for name in packed.namelist()) >= 2


@needed
def test_an_export_is_imported_from_ods(tmp_path: Path) -> None:
    """Parts keep their zeros where the cells are text; the sheet with the headings is found."""
    head = ["Bestelldatum", "Teil", "Menge", "Händler"]
    rows = [head, *([day, "0123", 2, "lyon"] for day in ("2025-01-03", "2025-02-05"))]
    made(tmp_path / "orders.xlsx", like={"notes": [["to be asked"]], "lines": rows})
    ods = saved_again(tmp_path / "orders.xlsx", tmp_path, "ods")
    found = read_orders(str(ods), Asked())
    assert [found.parts[code] for code in found.part] == ["0123", "0123"]


@needed
def test_a_scenario_in_ods_is_named_for_what_it_is_by_every_command(tmp_path: Path) -> None:
    """95 % in it would be read as 0.95; nothing is written."""
    ods = saved_again(made(tmp_path / "tiny.xlsx"), tmp_path, "ods")
    for words in (["run"], ["show"], ["convert"]):
        target = [str(tmp_path / "y.yaml")] if words == ["convert"] else []
        result = CliRunner().invoke(main, [*words, str(ods), *target])
        assert result.exit_code == 2
        assert "is a LibreOffice workbook" in result.stderr and "save it as tiny.xlsx" in result.stderr
    assert not (tmp_path / "y.yaml").exists()
