"""A result is opened by its folder, and read no further than it is asked."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pyarrow import dataset

import simnet as sn
from simnet.network import slices
from simnet.study import ready
from tests.cli.commands import tiny


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> sn.Result:
    """Three designs with their ledgers, run by slices of one part."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ready, "LARGE", 0)
        patch.setattr(slices, "SLICE_POINTS", 1)
        return sn.load(tiny(folder)).compare(replications=2, engine="simpy", lines=True, folder=folder / "runs")


@pytest.fixture(scope="module")
def kept(result: sn.Result) -> sn.Reopened:
    """The same, from disk."""
    assert result.folder is not None
    return sn.reopen(result.folder)


def test_figures_are_those_of_the_result(result: sn.Result, kept: sn.Reopened) -> None:
    """Every KPI of every design, with its values by replication."""
    assert kept.designs == result.designs
    for design in result.designs:
        for key, found in result.comparison.levels[design].items():
            assert kept.kpi(key, design) == found
    assert kept.provenance == result.provenance


def test_only_the_summary_is_read_at_first(kept: sn.Reopened, monkeypatch: pytest.MonkeyPatch) -> None:
    """No table is touched before one is asked for, and then no column that is not."""
    asked: list[object] = []
    real = dataset.Dataset.to_table

    class Seen:
        """A data set that tells what it is asked for."""

        def __init__(self, path: Path, **more: str) -> None:
            self.of = made(path, **more)
            self.schema = self.of.schema

        def to_table(self, **words: object) -> object:
            """The rows."""
            asked.append(words["columns"])
            return real(self.of, **words)

    made = dataset.dataset
    monkeypatch.setattr(dataset, "dataset", Seen)
    again = sn.reopen(kept.folder)
    assert asked == []
    again.frame("months", ["lines"], design=again.designs[0])
    assert asked == [["lines"]]


@pytest.mark.parametrize("columns", [["design", "month", "lines"], ["lines", "site"], None])
def test_rows_and_columns_are_chosen(kept: sn.Reopened, columns: list[str] | None) -> None:
    """What is left out while reading is what would be left out after it."""
    whole = kept.frame("months")
    site, design = str(whole.site[0]), kept.designs[1]
    found = kept.frame("months", columns, site=[site], design=design, measured=True)
    rows = whole[(whole.site == site) & (whole.design == design) & whole.measured]
    assert 0 < len(rows) < len(whole)
    expected = (rows[columns] if columns else rows).reset_index(drop=True)
    pd.testing.assert_frame_equal(found.astype(str), expected.astype(str))


@pytest.mark.parametrize("table", ["points", "lines"])
def test_tables_in_many_files_are_one(result: sn.Result, kept: sn.Reopened, table: str) -> None:
    """Files by design, replication and slice are put together; their names become columns."""
    whole = kept.frame(table)
    assert {*whole.design} == {*result.designs} and {*whole.replication} == {0, 1}
    some = kept.frame(table, ["replication", "part"], design=result.designs[1], replication=1)
    rows = whole[(whole.design == result.designs[1]) & (whole.replication == 1)]
    assert 0 < len(some) == len(rows) and list(some.columns) == ["replication", "part"]
    assert sorted(some.part.astype(str)) == sorted(rows.part.astype(str))
    assert len(kept.frame(table, ["design"])) == len(whole)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (lambda kept: kept.frame("month"), "there is no table 'month'.*did you mean 'months'"),
        (lambda kept: kept.frame("months", ["line"]), "there is no column 'line'.*did you mean 'lines'"),
        (lambda kept: kept.frame("months", place="x"), "there is no column 'place'"),
        (lambda kept: kept.kpi("fill.lines"), "there is no KPI 'fill.lines'.*did you mean 'fill.line'"),
        (lambda kept: kept.kpi("fill.line", "tinny"), "there is no design 'tinny'"),
        (lambda kept: sn.reopen(kept.folder.parent), "there is no result here"),
    ],
)
def test_what_is_not_there_is_told(kept: sn.Reopened, asked: object, told: str) -> None:
    """With what is like it."""
    assert callable(asked)
    with pytest.raises(sn.SimnetError, match=f"(?s){told}"):
        asked(kept)


@pytest.mark.parametrize(
    ("name", "told"), [("summary.json", "summary.json cannot be read"), ("months.parquet", "'months' cannot be read")]
)
def test_a_damaged_file_is_told(kept: sn.Reopened, tmp_path: Path, name: str, told: str) -> None:
    """A truncated summary or table: a message that names the folder."""
    for path in kept.folder.iterdir():
        data = path.read_bytes()
        (tmp_path / path.name).write_bytes(data[: len(data) // 2] if path.name == name else data)
    with pytest.raises(sn.SimnetError, match=told):
        sn.reopen(tmp_path).frame("months")
