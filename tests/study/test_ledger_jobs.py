"""The ledger says which job a customer's line belongs to, where lines come in jobs."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import simnet as sn
from simnet.engine.pieces import Slice, SliceTask, run_slice
from simnet.engine.replicate import Collector, Task
from simnet.engine.simulate import simulate
from simnet.network.network import Network
from simnet.network.shard import shards
from simnet.network.slices import Slicer
from tests.network.test_slices import JOBS
from tests.worlds import DAY, ONE, network, tape

SEED, REPLICATION = 3, 1
KIND = "demand: {jobs: {orders: 1 per year, parts: [a, b, c]}}\n"
OF_JOBS = ONE + "parts: {a: {}, b: {}, c: {}}\n" + KIND + "stocking: {default: {up_to: 2}}\n"


@pytest.fixture
def study(tmp_path: Path) -> sn.Study:
    """Brake jobs of two kinds, and parts that are asked alone too."""
    (tmp_path / "jobs.yaml").write_text(JOBS, encoding="utf-8")
    return sn.load(tmp_path / "jobs.yaml")


def test_each_line_knows_its_job(clock: str) -> None:
    """By hand: two jobs of two lines, one line of its own, one at the horizon; replenishment is in no job."""
    of = network(OF_JOBS)
    asked = [(DAY, "a"), (3 * DAY, "a"), (DAY, "b"), (2 * DAY, "b"), (3 * DAY, "c"), (of.horizon, "c")]
    lines = tape(of, [(minute, "lyon", part, 1) for minute, part in asked])
    job = np.array([7, 4, 7, -1, 4, 9], np.int64)
    rows = simulate(of, replace(lines, job=job), engine=clock, lines=True).lines.rows()
    customers = rows[rows["dest"] < 0]
    assert list(zip(customers["minute"].tolist(), customers["job"].tolist(), strict=True)) == [
        (DAY, 7), (3 * DAY, 4), (DAY, 7), (2 * DAY, -1), (3 * DAY, 4),
    ]  # fmt: skip
    assert len(rows) > len(customers) and set(rows["job"][rows["dest"] >= 0].tolist()) == {-1}


def test_jobs_of_the_ledger_are_jobs(study: sn.Study) -> None:
    """Lines of one job are of one dealer, minute and class, and of the parts that the job asks."""
    frame = study.run(replications=1, lines=True, folder=None).lines()
    within = frame[frame["job"] >= 0]
    by_job = within.groupby("job")
    assert (by_job[["minute", "asked", "order_class"]].nunique() == 1).all().all()
    kinds = {tuple(sorted(parts)) for _, parts in by_job["part"]}
    assert kinds == {("brake", "pad"), ("disc", "pad")}
    assert set(within["for"]) == {"customer"}
    alone = frame[(frame["for"] == "customer") & (frame["job"] < 0)]
    assert {"alone", "far"} <= set(alone["part"])


def jobs_in(frame: pd.DataFrame) -> set[frozenset[tuple[int, str, str, int]]]:
    """The jobs of a ledger as what they ask, whatever their numbers."""
    within = frame[frame["job"] >= 0]
    columns = ["minute", "asked", "part", "quantity"]
    return {frozenset(map(tuple, rows[columns].values.tolist())) for _, rows in within.groupby("job")}


def test_slices_keep_the_same_jobs(study: sn.Study) -> None:
    """Slices, built apart, leave rows of the same jobs as the whole, and no number is in two of them."""
    whole = study.run(replications=1, seed=SEED, lines=True, folder=None).lines()
    slicer = Slicer(study.scenario)
    frames = []
    for number, parts in enumerate(slicer.cuts(1)):
        cut = Slice(f"{id(slicer)}-{number}", slicer.slice(parts), slicer.own, parts)
        data = run_slice(SliceTask(cut, 0, number, 0, SEED, "simpy", lines=True, points=False)).lines
        frames.append(pd.read_parquet(io.BytesIO(data)))
    together = pd.concat([frame.astype({"job": "int64"}) for frame in frames])
    numbers = [set(frame["job"]) - {-1} for frame in frames]
    assert len(set().union(*numbers)) == sum(map(len, numbers))
    assert jobs_in(together) == jobs_in(whole) and len(jobs_in(whole)) > 100
    assert len(together) == len(whole)


def sharded(of: Network, lines: int) -> list[tuple[int, ...]]:
    """The ledger of a replication that is run in shards of so many lines."""
    collector = Collector(of)
    for first, last in shards(of, lines):
        collector.add(first, Task(of, first, last, SEED, REPLICATION, "simpy", lines=True).run())
    found: list[tuple[int, ...]] = collector.run().lines.rows().tolist()
    return found


def test_shards_keep_the_same_numbers(study: sn.Study) -> None:
    """A shard has the job numbers of the whole (law 10.3)."""
    of = study.network()
    assert len(list(shards(of, 20))) > 1
    assert sharded(of, 20) == sharded(of, 10**9)


def test_the_kept_ledger_has_the_column(study: sn.Study, tmp_path: Path) -> None:
    """It is in the file, and in the answer that is read back."""
    first, second = (study.run(replications=1, lines=True, folder=tmp_path / "runs") for _ in range(2))
    assert second.cached and first.folder is not None
    kept = pd.read_parquet(first.folder / "lines-0-0.parquet")
    assert kept["job"].tolist() == first.lines()["job"].tolist() == second.lines()["job"].tolist()


def test_without_jobs_there_is_no_column() -> None:
    """A network whose lines are orders of their own pays nothing and shows nothing."""
    minimal = Path(__file__).parents[2] / "scenarios" / "minimal.yaml"
    assert "job" not in sn.load(minimal).run(replications=1, lines=True, folder=None).lines()
