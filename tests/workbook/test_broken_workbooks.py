"""Broken workbooks: each is told with its sheet and cell, and a remedy; nothing is run and nothing crashes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from xlsxwriter import Workbook

from simnet.cli import main
from tests.workbook.books import Sheets, made, sheets
from tests.workbook.cases import BROKEN


def told(path: Path) -> str:
    """What the program says of a workbook that is wrong."""
    done = CliRunner().invoke(main, ["show", path.name])
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output
    assert done.output.rstrip().endswith("Nothing was run.") or "error" in done.output
    return " ".join(done.output.split())


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test in a folder of its own."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("change", "place", "message", "remedy"), BROKEN)
def test_a_cell_that_is_wrong_is_named(
    tmp_path: Path, change: Callable[[Sheets], None], place: str, message: str, remedy: str
) -> None:
    """File, sheet and cell, the problem, and what to do about it."""
    found = told(made(tmp_path / "tiny.xlsx", change))
    assert f"tiny.xlsx, {place}" in found if place else "tiny.xlsx" in found
    assert message in found
    assert remedy in found


def merged(book: Workbook) -> None:
    """Two dealers share a cell."""
    page = book.get_worksheet_by_name("dealers")
    assert page is not None
    page.merge_range(1, 1, 2, 1, "gent")


def formula(text: str, value: Any) -> Callable[[Workbook], None]:
    """A formula where a target is due."""

    def change(book: Workbook) -> None:
        page = book.get_worksheet_by_name("stocking")
        assert page is not None
        page.write_formula(1, 3, text, None, value)

    return change


def hidden(book: Workbook) -> None:
    """A sheet that nobody sees."""
    page = book.add_worksheet("old dealers")
    page.write_string(0, 0, "dealer")
    page.hide()


@pytest.mark.parametrize(
    ("after", "words"),
    [
        pytest.param(merged, ("sheet dealers, cell B2", "B2:B3 are merged", "unmerge"), id="merged cells"),
        pytest.param(formula("=1/0", "#DIV/0!"), ("sheet stocking, cell D2", "error: '#DIV/0!'"), id="error"),
        pytest.param(
            formula("=A1", ""), ("sheet stocking, cell D2", "formula without a value"), id="formula without a value"
        ),
        pytest.param(
            hidden, ("sheet old dealers", "hidden sheet", "not part of the scenario"), id="hidden stray sheet"
        ),
    ],
)
def test_what_is_in_a_cell_besides_text(
    tmp_path: Path, after: Callable[[Workbook], None], words: tuple[str, ...]
) -> None:
    """What a reader of cells alone would take for an empty cell, or not see."""
    found = told(made(tmp_path / "tiny.xlsx", after=after))
    assert all(word in found for word in words), found


def test_a_formula_with_a_value_is_its_value(tmp_path: Path) -> None:
    """A planner may work a target out."""
    path = made(tmp_path / "tiny.xlsx", after=formula('="9"&"5 %"', "95 %"))
    assert CliRunner().invoke(main, ["show", path.name]).exit_code == 0


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    """Three sheets, three cells."""

    def wrong(found: Sheets) -> None:
        found["dealers"][1][1] = "ghent"
        found["stocking"][1][3] = 95
        found["suppliers"][1][1] = "20"

    found = told(made(tmp_path / "tiny.xlsx", wrong))
    assert "3 errors. Nothing was run." in found
    assert all(f"sheet {name}, cell" in found for name in ("dealers", "stocking", "suppliers"))


def test_an_error_in_a_design_is_told_where_the_design_is(tmp_path: Path) -> None:
    """The cell of the design, not that of the base."""

    def wrong(found: Sheets) -> None:
        found["designs"].append(["odd", "dealers.lyon.served_by", "nowhere"])

    assert "sheet designs, cell C3" in told(made(tmp_path / "tiny.xlsx", wrong))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(
            b"\xd0\xcf\x11\xe0" + b"\0" * 2000, ("locked by a password", "save it without a password"), id="password"
        ),
        pytest.param(b"PK\x03\x04 and no more", ("not an Excel workbook that can be read",), id="no zip"),
        pytest.param(b"", ("not an Excel workbook that can be read",), id="empty"),
        pytest.param(b"simnet: 1\n", ("not an Excel workbook that can be read",), id="yaml named xlsx"),
    ],
)
def test_a_file_that_is_no_workbook(tmp_path: Path, data: bytes, words: tuple[str, ...]) -> None:
    """Whatever is in a file that is named .xlsx."""
    path = tmp_path / "tiny.xlsx"
    path.write_bytes(data)
    found = told(path)
    assert all(word in found for word in words), found


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short(tmp_path: Path, share: float) -> None:
    """A copy that did not finish."""
    path = made(tmp_path / "tiny.xlsx")
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    assert "not an Excel workbook that can be read" in told(path)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_a_workbook_whose_inside_is_damaged(tmp_path: Path, part: str) -> None:
    """A part of it is no XML any more: an error, or the scenario where the part is not needed."""
    path = made(tmp_path / "tiny.xlsx")
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    files[part] = files[part][: len(files[part]) // 2]
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    done = CliRunner().invoke(main, ["show", path.name])
    assert done.exit_code in (0, 2)
    assert "Traceback" not in done.output


def test_a_far_stray_cell_is_named(tmp_path: Path) -> None:
    """One cell at the end of a sheet makes a table of billions."""
    path = made(
        tmp_path / "tiny.xlsx", lambda found: None, lambda book: book.worksheets()[2].write(1_048_000, 16_000, 1)
    )
    assert "reaches to cell WQK1048001" in told(path)


def test_no_such_workbook(tmp_path: Path) -> None:
    """The nearest name is offered."""
    made(tmp_path / "tiny.xlsx", like=sheets())
    done = CliRunner().invoke(main, ["show", "tyni.xlsx"])
    assert done.exit_code == 2
    assert "no such file" in done.output
    assert "did you mean 'tiny.xlsx'?" in done.output


@pytest.mark.parametrize("ending", [".ods", ".xls", ".xlsb", ".numbers", ".fods"])
def test_a_workbook_of_another_program_is_to_be_saved_as_xlsx(tmp_path: Path, ending: str) -> None:
    """What is in it is not taken for text that is broken."""
    made(tmp_path / "tiny.xlsx").rename(tmp_path / f"tiny{ending}")
    found = told(tmp_path / f"tiny{ending}")
    assert "a scenario is read from .xlsx or YAML" in found
    assert "save it as tiny.xlsx" in found
