"""report.xlsx: every figure as a number with its unit, names as text, native charts, the same bytes on repeat."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from simnet.metrics import compare
from simnet.report import Story
from simnet.report.excel import excel, is_excel_report
from simnet.report.excel_book import new
from simnet.report.excel_compared import change_cells
from simnet.report.excel_print import pages_of
from simnet.report.excel_table import Amount, Column, number_format, put_table
from simnet.report.numbers import level
from simnet.report.page import measured
from simnet.study import load
from simnet.study.result import Result
from tests.cli.commands import TINY
from tests.metrics import flowing
from tests.workbook.books import made

HOSTILE = (
    "=cmd()|' /C calc'!A0", "+1", "-2", "@SUM(A1)", "<script>alert(1)</script>", "x" * 200, "漢字",
    "\u05d0\u05d1\u05d2", "\U0001f600",
)  # fmt: skip


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Three designs of the tiny scenario."""
    file = tmp_path_factory.mktemp("excel") / "tiny.yaml"
    file.write_text(TINY, encoding="utf-8")
    return load(file).compare(folder=None)


@pytest.fixture(scope="module")
def path(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its workbook."""
    return result.excel(tmp_path_factory.mktemp("book") / "report.xlsx")


def rows(path: Path, sheet: str) -> list[list[Any]]:
    """The cells of a sheet."""
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()


def part(path: Path, name: str) -> str:
    """A part of the packed file."""
    with zipfile.ZipFile(path) as packed:
        return packed.read(name).decode()


def test_the_sheets_are_those_that_are_promised(path: Path) -> None:
    """A cause needs an order class that is passed on; here there is none."""
    assert CalamineWorkbook.from_path(str(path)).sheet_names == [
        "Comparison", "Charts", "KPIs", "By site", "By part", "By month", "Assumptions", "Changes", "Glossary", "About",
    ]  # fmt: skip


def test_every_kpi_is_there_with_its_levels_differences_and_definition(result: Result, path: Path) -> None:
    """To the last digit that a float has; shares as shares, differences of shares in points, short waits in hours."""
    head, *body = rows(path, "KPIs")
    assert [row[0] for row in body] == list(result.comparison.kpis)
    assert head[:9] == ["key", "title", "unit", "tiny", "±", "richer", "±", "slower", "±"]
    for row in body:
        found = result.comparison.levels["tiny"][row[0]]
        times = 24 if found.unit == "d" and row[2] == "h" else 1
        assert row[3] == ("" if found.mean is None else pytest.approx(times * found.mean, rel=1e-14, abs=1e-300))
        change = result.comparison.differences["richer"][row[0]]
        factor = 100 if change.unit == "share" else times
        assert row[9] == ("" if change.mean is None else pytest.approx(factor * change.mean, rel=1e-14, abs=1e-300))
        assert row[11] == (change.verdict or "")
        assert row[-1] == result.comparison.kpis[row[0]].metric.definition


def test_sites_parts_and_months_add_up(result: Result, path: Path) -> None:
    """What the cuts say of customers' lines is what the whole says."""
    lines = result.kpi("demand.lines").mean
    assert lines is not None
    head, *body = rows(path, "By site")
    at = head.index("customers' lines")
    assert sum(row[at] for row in body if row[0] == "tiny" and row[at]) == pytest.approx(lines)
    head, *body = rows(path, "By month")
    assert sum(row[head.index("customers' lines")] for row in body if row[0] == "tiny") == pytest.approx(lines)
    head, *body = rows(path, "By part")
    mine = [row for row in body if row[0] == "tiny"]
    assert {row[1] for row in mine} == {"filter", "pump"}
    missed = [row[head.index("lines not on the shelf a year")] for row in mine]
    assert missed == sorted(missed, reverse=True)
    filled = sum(row[head.index("lines a year")] * row[head.index("fill, lines")] for row in mine)
    assert filled / sum(row[head.index("lines a year")] for row in mine) == pytest.approx(
        result.kpi("fill.line").mean, abs=0.02
    )


def test_assumptions_and_provenance_are_told(result: Result, path: Path) -> None:
    """The path and value of what was asked, what designs change, how to repeat it."""
    told = {row[0]: row for row in rows(path, "Assumptions")}
    assert told["stocking.default.target"][:3] == ["stocking.default.target", "90 %", "99 %"]
    assert ["richer", "stocking.default.target", "90 %", "99 %"] in rows(path, "Changes")
    about = dict(row[:2] for row in rows(path, "About"))
    assert about["command"] == result.command()
    assert about["seed"] == "7"
    assert about["simnet"] == result.provenance["simnet"]


def test_a_person_finds_frozen_heads_filters_formats_and_print_setup(path: Path) -> None:
    """In every table; there is no formula in any sheet."""
    with zipfile.ZipFile(path) as packed:
        sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        inside = {name: packed.read(name).decode() for name in sheets}
        charts = [name for name in packed.namelist() if name.startswith("xl/charts/chart")]
        bars = sum(packed.read(name).count(b"<c:errBars>") for name in charts)
    assert len(sheets) == 10
    assert len(charts) >= 3
    assert bars == 1
    for name, text in inside.items():
        assert "<f>" not in text
        assert 'fitToHeight="0"' in text
        assert 'orientation="landscape"' in text
        assert "<pane " in text or name.endswith("sheet2.xml")
    assert sum("<autoFilter " in text for text in inside.values()) == 8
    styles = part(path, "xl/styles.xml")
    assert all(code in styles for code in ("0.0%", "&quot; pt&quot;", "EUR&quot;", "&quot; d&quot;"))
    assert "Print_Titles" in part(path, "xl/workbook.xml")
    assert "A report of simnet" in part(path, "docProps/core.xml")


def test_the_same_result_is_the_same_bytes(result: Result, path: Path, tmp_path: Path) -> None:
    """Nothing in it knows the time."""
    assert result.excel(tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_hostile_names_are_text(tmp_path: Path) -> None:
    """Names of designs, sites and parts, and the scenario's own words: shown, never run."""
    sites = "\n".join(f"  {quoted(name)}: {{served_by: gent, lead_time: 1 d}}" for name in HOSTILE)
    parts = "\n".join(f"  {quoted(name)}: {{cost: 1 EUR, class: {quoted(name)}}}" for name in HOSTILE)
    file = tmp_path / "odd.yaml"
    file.write_text(
        f"simnet: 1\nname: odd\nabout: {quoted(HOSTILE[0])}\nmoney: EUR\nrun: {{length: 60 d, replications: 2}}\n"
        f"suppliers: {{f: {{lead_time: 9 d}}}}\nwarehouses: {{gent: {{refilled_by: f}}}}\ndealers:\n{sites}\n"
        f"parts:\n{parts}\ndemand: {{orders: 3 per month}}\nstocking: {{default: {{target: 90 %}}}}\n"
        f"designs:\n  {quoted('=1+1')}: {{stocking.default.target: 95 %}}\n",
        encoding="utf-8",
    )
    path = load(file).compare(folder=None).excel(tmp_path / "odd.xlsx")
    names = {row[1] for row in rows(path, "By site")}
    assert set(HOSTILE) <= names
    assert set(HOSTILE) <= {row[1] for row in rows(path, "By part")}
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            text = packed.read(name).decode("utf-8", "replace")
            assert not re.search(r"<f[ >]", text), name
            assert "<script>" not in text


def quoted(text: str) -> str:
    """A text as YAML in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def test_causes_are_a_sheet_where_lines_are_passed_on(tmp_path: Path) -> None:
    """A row a design and cause, its shares of the lines, pieces and value asked."""
    file = tmp_path / "passed.yaml"
    file.write_text(TINY + "order_classes: {day: {ask: [facing], backorder: facing}}\n", encoding="utf-8")
    result = load(file).run(folder=None)
    head, *body = rows(result.excel(tmp_path / "causes.xlsx"), "Causes")
    assert head[:4] == ["design", "cause", "of lines", "±"]
    assert sum(row[2] for row in body) == pytest.approx(result.kpi("missed.line").mean)


def test_the_points_of_a_sweep_are_rows(tmp_path: Path) -> None:
    """A column a varied value, then levels with their intervals."""
    file = tmp_path / "tiny.yaml"
    file.write_text(TINY, encoding="utf-8")
    found = load(file).sweep({"stocking.default.target": ["90 %", "95 %"]}, folder=None, replications=2)
    table = rows(found.excel(tmp_path / "points.xlsx"), "Points")
    head = next(row for row in table if row[0] == "stocking.default.target")
    at = table.index(head)
    assert [row[0] for row in table[at + 1 : at + 3]] == ["90 %", "95 %"]
    assert table[at + 1][head.index("customer fill")] == found.comparison.levels[found.designs[0]]["fill.line"].mean


def test_only_a_report_is_taken_for_one(path: Path, tmp_path: Path) -> None:
    """`--excel` writes over reports, never over a scenario or a file of somebody else's."""
    assert is_excel_report(path)
    assert not is_excel_report(made(tmp_path / "scenario.xlsx"))
    (tmp_path / "text.xlsx").write_text("no workbook", encoding="utf-8")
    assert not is_excel_report(tmp_path / "text.xlsx")


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (Amount(0.951, "share"), "0.0%"),
        (Amount(0.029, "share", signed=True), '+0.0" pt";-0.0" pt";0.0" pt"'),
        (Amount(0.003, "share", half=True), '"±"0.0" pt"'),
        (Amount(0.0003, "share", half=True), '"±"0.00" pt"'),
        (Amount(0.00002, "share", half=True), '"±"0.000" pt"'),
        (Amount(0.003, "1/y", half=True), '"±"0.000'),
        (Amount(0.0004, "d", half=True), '"±"0.0000" d"'),
        (Amount(3e-9, "EUR", half=True), '"±"0E+00" EUR"'),
        (Amount(0.0, "1/y", half=True), '"±"0.00'),
        (Amount(2.31, "1/y", beside=0.003), "0.000"),
        (Amount(0.9512, "share", beside=0.0003), "0.00%"),
        (Amount(0.000001, "d", signed=True, beside=0.01), '+0.00" d";-0.00" d";0.00" d"'),
        (Amount(700_091.0, "EUR"), '#,##0" EUR"'),
        (Amount(2.24, "EUR"), '#,##0.00" EUR"'),
        (Amount(4.93, "d"), '#,##0.0" d"'),
        (Amount(0.53, "d"), '0.00" d"'),
        (Amount(3.83, "h", beside=0.2), '0.00" h"'),
        (Amount(0.0019, "h", signed=True, beside=0.0004), '+0.0000" h";-0.0000" h";0.0000" h"'),
        (Amount(-13.4, "h", signed=True), '+#,##0.0" h";-#,##0.0" h";#,##0.0" h"'),
        (Amount(1298.0, "lines"), "#,##0"),
        (Amount(0.8, "lines"), "#,##0.0"),
        (Amount(1.07, "1/y"), "0.00"),
        (Amount(1234.0, "shipments/y"), '#,##0"/y"'),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value.value} {value.unit}",
)
def test_a_number_is_shown_in_its_unit(amount: Amount, code: str) -> None:
    """Money without decimals unless it is small; shares in percent, their differences in points."""
    assert number_format(amount) == code


def test_a_wide_table_is_printed_on_sheets_side_by_side(tmp_path: Path) -> None:
    """On one sheet nobody could read it; the names of its rows stand on each."""
    book = new("wide", "", "")
    columns = [Column("figure", 30, name=True), *(Column(f"design {number}", 14, "d") for number in range(20))]
    put_table(book, book.sheet("Wide"), columns, [["wait", *map(float, range(20))]], 0, 1)
    put_table(book, book.sheet("Narrow"), columns[:5], [["wait", 1.0, 2.0, 3.0, 4.0]], 0, 1)
    (tmp_path / "wide.xlsx").write_bytes(book.done())
    with zipfile.ZipFile(tmp_path / "wide.xlsx") as packed:
        wide, narrow = (packed.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2))
        names = packed.read("xl/workbook.xml").decode()
    assert re.findall(r'<brk id="(\d+)"', wide) == ["14"] and "<brk " not in narrow
    assert re.findall(r'scale="(\d+)"', wide) == ["54"] and 'fitToHeight="0"' in narrow
    assert "Wide!$A:$A,Wide!$1:$1" in names and "Narrow!$A:$A" not in names


def test_pages_break_before_the_differences_and_never_between_a_number_and_its_half_width() -> None:
    """What is for the screen alone is left out; a table that fits is one page, whatever its columns say."""
    levels = [Column("figure", 30, name=True), *(Column(title, 14, "d") for _ in range(7) for title in ("level", "±"))]
    changes = [Column("less", 15, "d", apart=True), Column("±", 11, "d"), Column("verdict", 10, wrap=True)]
    wide = pages_of([*levels, *changes, Column("definition", 90, screen=True)], 1)
    assert (wide.starts, wide.end) == ((0, 13, 15), 18)
    assert wide.told == (1, 12)
    fits = pages_of([*levels[:5], *changes, Column("definition", 90, screen=True)], 1)
    assert (fits.starts, fits.end, fits.told) == ((0,), 8, (0, 7))


def test_question_and_notes_stand_on_the_first_page_alone(tmp_path: Path) -> None:
    """In the names of the rows, which stand on every page, they would be cut off on the second."""
    file = tmp_path / "tiny.yaml"
    designs = "".join(f"  d{number}: {{stocking.default.target: 9{number} %}}\n" for number in range(6))
    file.write_text(re.sub(r"(?ms)^designs:.*?(?=^\S|\Z)", "", TINY) + f"\ndesigns:\n{designs}", encoding="utf-8")
    path = load(file, {"run.replications": 2}).compare(folder=None).excel(tmp_path / "report.xlsx")
    found = rows(path, "Comparison")
    assert found[0][0] and not any(row[0] for row in found if str(row[1]).startswith(("Levels of", "±", "d1 ")))
    text = part(path, "xl/worksheets/sheet1.xml")
    first = int(re.findall(r'<brk id="(\d+)"', text)[0])
    ends = re.findall(r'<mergeCell ref="B\d+:([A-Z])\d+"', text)
    assert ends and all(ord(end) - 65 < first for end in ends)


@pytest.mark.parametrize(("days", "unit", "times"), [(0.16, "h", 24), (2.4, "d", 1), (0.0, "d", 1), (None, "d", 1)])
def test_a_row_has_the_unit_of_the_page(tmp_path: Path, days: float | None, unit: str, times: int) -> None:
    """Levels, differences and intervals of a wait are hours where the page tells the first design's in hours."""
    comparison, key = compare([flowing.design("a"), flowing.design("b", (5, 6, 8))]), "wait.mean"
    first = replace(comparison.levels["a"][key], mean=days, half_width=None if days is None else 0.01)
    other = replace(comparison.differences["b"][key], mean=0.00008, half_width=0.00003)
    known = replace(
        comparison,
        levels={**comparison.levels, "a": {**comparison.levels["a"], key: first}},
        differences={"b": {**comparison.differences["b"], key: other}},
    )
    file = tmp_path / "report.xlsx"
    file.write_bytes(excel(known, Story("all"), {}))
    head, *body = rows(file, "KPIs")
    row = next(row for row in body if row[0] == key)
    wait = next(each for each in rows(file, "Comparison") if str(each[0]).strip() == comparison.kpi(key).title)
    assert row[2] == unit == (level(first).value.split()[-1] if days else "d")
    gap = head.index("b less a")
    assert row[gap : gap + 2] == pytest.approx([times * 0.00008, times * 0.00003])
    if days is not None:
        assert row[3:5] == pytest.approx([times * days, times * 0.01]) == wait[1:3]
    assert (f'" {unit}"' in number_format(change_cells(other, unit == "h")[0])) and row[gap] == wait[5]


def test_figures_that_no_design_has_are_not_printed(tmp_path: Path) -> None:
    """They come last on the sheet of all KPIs, below what is printed; each KPI is there."""
    comparison = compare([flowing.design("a"), flowing.design("b", (5, 6, 8))])
    file = tmp_path / "report.xlsx"
    file.write_bytes(excel(comparison, Story("all"), {}))
    keys = [row[0] for row in rows(file, "KPIs")[1:]]
    known = measured(comparison)
    assert keys[: len(known)] == known and sorted(keys) == sorted(comparison.kpis) and len(known) < len(keys)
    area = re.search(r"_xlnm.Print_Area[^>]*>KPIs!\$A\$1:\$[A-Z]+\$(\d+)<", part(file, "xl/workbook.xml"))
    assert area is not None and int(area[1]) == 1 + len(known)
