# ruff: noqa: E501 - tables of cases and texts of scenarios
"""Nothing that is too large, too deep or too far costs more than reading it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from simnet.errors import SimnetError
from simnet.scenario import load
from tests.reader.samples import (
    BASE,
    changed,
    loaded,
    with_dealers,
    with_orders,
    with_parts,
    write,
)


def test_excel_with_a_far_cell_is_refused_at_once(tmp_path: Path) -> None:
    """One stray cell at the end of a sheet does not make a table of billions."""
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "parts.xlsx")
    sheet = book.add_worksheet("parts")
    sheet.write_string(0, 0, "part")
    sheet.write_string(1_048_575, 16_383, "far")
    book.close()
    with pytest.raises(SimnetError) as caught:
        loaded(tmp_path, with_parts("parts.xlsx"))
    assert "cell XFD1048576" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["[" * 10_000_000, "- " * 5_000_000, "{a: " * 3_000_000, "a: {\n" * 2_000_000, "? " * 5_000_000, "a: " + "&b [" * 3_000_000],
)  # fmt: skip
def test_ten_megabytes_of_nesting(text: str, tmp_path: Path) -> None:
    """Depth is bounded before it hurts."""
    started = time.process_time()
    with pytest.raises(SimnetError):
        load(write(tmp_path, text))
    assert time.process_time() - started < 5


def test_alias_bomb(tmp_path: Path) -> None:
    """Nine aliases of nine aliases of nine ... are refused before they expand."""
    names = "abcdefghijklmnop"
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join(['*' + above] * 9)}]\n" for above, name in zip(names, names[1:], strict=False)
    )
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, bomb))
    assert "aliases expand to too many values" in str(caught.value)


def test_depth_by_aliases(tmp_path: Path) -> None:
    """Levels that aliases add count like written ones."""
    deep = "".join(f"k{n}: &a{n} {'[' * 20}{f'*a{n - 1}' if n else 'x'}{']' * 20}\n" for n in range(200))
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, deep))
    assert "nested too deep" in str(caught.value)


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    """A small file that unpacks to hundreds of megabytes is not unpacked to its end."""
    import gzip

    data = gzip.compress(b"0" * 300_000_000, compresslevel=1)
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, with_parts("parts.csv.gz"), {"parts.csv.gz": data}))
    assert "is too large" in str(caught.value)


@pytest.mark.parametrize("name", ["~nobody-here/parts.csv", "a" * 300 + ".csv", "\\0.csv", "a/" * 400 + "b.csv"])
def test_names_that_cannot_be_files(name: str, tmp_path: Path) -> None:
    """A path that no file can have is a missing file."""
    for text in (with_parts(f'"{name}"'), f'extends: "{name}"\n' + BASE, with_parts(f'"{name[:-4]}.xlsx"')):
        with pytest.raises(SimnetError):
            load(write(tmp_path, text))


def test_many_values_are_refused_in_seconds(tmp_path: Path) -> None:
    """Ten megabytes of short values belong into a table."""
    started = time.process_time()
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, "a: [" + "x," * 5_000_000 + "]"))
    assert "too many values" in str(caught.value)
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    "value",
    ["9" * 5_000_000, "9 " * 2_000_000, "'1" + " " * 4_000_000 + "1'", "a.b" * 2_000_000, "'=" + ">" * 4_000_000 + "'"],
)
@pytest.mark.parametrize(
    "old",
    ["mean: 45 d", "start: 2026-01-01", "seed: 7", "orders: 2 per month", "chance: 12 %", "cost: 3 EUR", "{fill.dealer.line: at least 90 %}", "holding: 22 %/y", "policy: base-stock", "every: 1 mo"],
)  # fmt: skip
def test_endless_values_are_refused_at_once(value: str, old: str, tmp_path: Path) -> None:
    """A value of megabytes costs no more than reading it."""
    key = old.split(": ")[0]
    started = time.process_time()
    with pytest.raises(SimnetError) as caught:
        load(write(tmp_path, changed(old, f"{key}: {value}" + ("}" if old.startswith("{") else ""))))
    assert len(str(caught.value)) < 5000
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    "cell", ["9" * 99_000, "1" + " " * 99_000 + "1", "1," * 40_000, "(" * 99_000, "2025-01-01 " + " " * 90_000 + "x"]
)
def test_endless_cells_are_refused_at_once(cell: str, tmp_path: Path) -> None:
    """A cell or a column name of a hundred thousand characters is refused quickly."""
    started = time.process_time()
    for text, files in (
        (with_parts(), {"parts.csv": f'part,cost,lead_time\nfilter,"{cell}","{cell}"\nhose,1,1 d\n'}),
        (with_parts(), {"parts.csv": f'part,"{cell}"\nfilter,1\nhose,1\n'}),
        (with_orders(), {"orders.csv": f'part,date,quantity\nfilter,"{cell}","{cell}"\n'}),
        (with_dealers(), {"dealers.csv": f'dealer,served_by,lead_time\nlyon,"{cell}","{cell}"\n'}),
    ):
        with pytest.raises(SimnetError) as caught:
            load(write(tmp_path, text, files))
        assert len(str(caught.value)) < 5000
    assert time.process_time() - started < 4
