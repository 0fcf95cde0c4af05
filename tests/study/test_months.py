"""months.parquet: the tally by month, site and part class adds up to the figures of the comparison."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet as pq

import simnet as sn
from simnet.study.months import months_tables

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def result() -> sn.Result:
    """Two designs of the demo, two replications."""
    return sn.load(ROOT / "scenarios" / "demo" / "demo.yaml").compare(replications=2, folder=None)


@pytest.fixture(scope="module")
def months(result: sn.Result) -> pd.DataFrame:
    """Their table, the warm-up left out."""
    found: pd.DataFrame = pa.concat_tables(months_tables(result.comparison)).to_pandas()
    return found[found.measured]


def test_lines_add_up_to_the_fill(result: sn.Result, months: pd.DataFrame) -> None:
    """Filled over asked lines of each design and replication is its fill, to the last digit."""
    for design in result.designs:
        for replication, fill in enumerate(result.kpi("fill.line", design).values):
            own = months[(months.design == design) & (months.replication == replication)]
            assert own.filled_lines.sum() / own.lines.sum() == fill


def test_areas_add_up_to_mean_stock(result: sn.Result, months: pd.DataFrame) -> None:
    """Piece-minutes of all months over the measured time are the mean stock on hand."""
    for number, design in enumerate(result.designs):
        minutes = result.comparison.results[number].sums[0].minutes
        for replication, stock in enumerate(result.kpi("stock.on_hand.units", design).values):
            own = months[(months.design == design) & (months.replication == replication)]
            assert own.on_hand_minutes.sum() / minutes == stock


def test_levels_follow_from_one_month_to_the_next(result: sn.Result, months: pd.DataFrame) -> None:
    """The last month's stock by site is what the tally of points says at the horizon."""
    network = result.asked[0][0].network(result.designs[0])
    left = np.zeros(len(network.site_names), np.int64)
    np.add.at(left, network.points["site"], result.runs[0][0].tally.point["on_hand"])
    months = months.astype({"month": str})
    last = months[(months.design == result.designs[0]) & (months.replication == 0)]
    last = last[last.month == last.month.max()]
    found = last.groupby("site", observed=False).on_hand.sum()
    assert {name: int(found[name]) for name in network.site_names} == dict(
        zip(network.site_names, left.tolist(), strict=True)
    )


def test_the_table_is_kept_with_the_result(tmp_path: Path) -> None:
    """It stands in the folder, whole numbers throughout, under one schema however small the run."""
    result = sn.load(ROOT / "scenarios" / "minimal.yaml").run(replications=2, folder=tmp_path)
    assert result.folder is not None
    kept = pd.read_parquet(result.folder / "months.parquet")
    assert kept.measured.any() and not kept.measured.all()
    assert pq.ParquetFile(result.folder / "months.parquet").num_row_groups == 2, "one a replication"
    counts = kept.drop(columns=["design", "month", "measured", "site", "part_class"])
    assert set(counts.dtypes) == {np.dtype(np.int64)}
