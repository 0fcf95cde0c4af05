"""Studies that were stopped: what was done is kept, whole, and is not done again."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from simnet.engine import pieces
from simnet.engine.executors import TaskError
from simnet.errors import SimnetError
from simnet.network import slices
from simnet.study import load, ready
from simnet.study.reopened import reopen
from simnet.study.result import Result
from simnet.study.unfinished import Unfinished
from tests.engine.executors import studies

DESIGNS = """
simnet: 1
name: chain
run: {{start: 2026-01-05, warm_up: 1 mo, length: {length}}}
suppliers: {{factory: {{lead_time: {{mean: 9 d, cv: 0.4}}}}}}
warehouses: {{gent: {{tier: central, refilled_by: factory}}}}
dealers: {{lyon: {{served_by: gent, lead_time: 2 d}}, turin: {{served_by: gent, lead_time: 1 d}}}}
parts:
{parts}
demand: [{{part: all, at: dealers, orders: 2 per week}}]
stocking: {{default: {{policy: base-stock, target: 90 %}}}}
designs: {{bolder: {{stocking.default.target: 97 %}}}}
"""
BY_SLICES = """
import sys
from simnet.network import slices
from simnet.study import ready
ready.LARGE, slices.SLICE_POINTS = 0, 9
from simnet.cli.program import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def sliced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every network is taken for a large one."""
    monkeypatch.setattr(ready, "LARGE", 0)
    monkeypatch.setattr(slices, "SLICE_POINTS", 9)


def chain(folder: Path, length: str = "4 mo", parts: int = 8) -> Path:
    """A scenario of two designs."""
    folder.mkdir(exist_ok=True)
    rows = [f"  p{number:02d}: {{cost: {number + 1} EUR, price: {3 * number + 3} EUR}}" for number in range(parts)]
    file = folder / "chain.yaml"
    file.write_text(DESIGNS.format(length=length, parts="\n".join(rows)), encoding="utf-8")
    return file


def ask(folder: Path, replications: int = 2, **more: object) -> Result:
    """Both designs on the SimPy clock."""
    study = load(chain(folder))
    return study.compare(replications=replications, engine="simpy", workers=1, folder=folder, **more)  # type: ignore[arg-type]


def figures(result: Result) -> dict[str, object]:
    """Everything that was measured."""
    return result.json()["designs"]  # type: ignore[no-any-return]


def test_slices_give_the_figures_of_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network run slice by slice has every KPI of the one built whole, and its rows a point."""
    whole = figures(ask(tmp_path / "whole"))
    monkeypatch.setattr(ready, "LARGE", 0)
    for points in (3, 9, 100_000):
        monkeypatch.setattr(slices, "SLICE_POINTS", points)
        assert figures(ask(tmp_path / f"{points}")) == whole
    assert len(list((tmp_path / "3" / "chain").glob("points-0-0-*.parquet"))) == 8


@pytest.mark.usefixtures("sliced")
@pytest.mark.parametrize("after", [1, 4])
def test_a_stopped_study_goes_on(tmp_path: Path, after: int) -> None:
    """Tasks that were done before Ctrl-C are not done again, and the answer is that of a study left alone."""
    steps: list[int] = []

    def stop(done: int, of: int) -> None:
        steps.append(done)
        if len(steps) == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(tmp_path, progress=stop)
    (folder,) = tmp_path.glob(".unfinished-*")
    done = {path.name: path.stat().st_mtime_ns for path in folder.glob("sums-*")}
    assert len(done) == after
    assert all(path.name.endswith(".bin") for path in folder.glob("sums-*"))
    result = ask(tmp_path)
    assert figures(result) == figures(ask(tmp_path / "alone"))
    assert not list(tmp_path.glob(".unfinished-*"))


@pytest.mark.usefixtures("sliced")
@pytest.mark.parametrize("cut", [0, 10, -1])
def test_a_damaged_piece_is_done_again(tmp_path: Path, cut: int) -> None:
    """A file that is not as it was written is no piece of an answer."""

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(tmp_path, progress=stop)
    (path,) = tmp_path.glob(".unfinished-*/sums-*")
    path.write_bytes(path.read_bytes()[:cut])
    assert figures(ask(tmp_path)) == figures(ask(tmp_path / "alone"))


def poisoned(folder: Path, text: str = "", **more: Any) -> str:
    """What is told of a study by slices in which one part, p05, cannot be run."""
    file = chain(folder)
    file.write_text(text or file.read_text(encoding="utf-8"), encoding="utf-8")
    study = load(file).use(policies={"dealer": studies.Dear(60_000)})
    with pytest.raises(TaskError) as error:
        study.compare("chain", replications=2, seed=11, folder=None, **more)
    return str(error.value)


@pytest.mark.usefixtures("sliced")
@pytest.mark.parametrize("on", ["sequence", "processes"])
def test_a_poisoned_part_of_a_slice_is_named(tmp_path: Path, on: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slice, the replication, the seed, and the one part of many that fails by itself."""
    monkeypatch.setattr(slices, "SLICE_POINTS", 12)
    told = poisoned(tmp_path, on=on, workers=1)
    for replication in (0, 1):
        where = f"parts 'p04' to 'p07' (4) of chain, replication {replication}, seed 11"
        assert f"{where}: ZeroDivisionError: no such cover; part 'p05' fails by itself" in told


@pytest.mark.usefixtures("sliced")
def test_parts_that_meet_are_named_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of one job cannot be run apart: a slice that fails names those that meet the culprit."""
    monkeypatch.setattr(slices, "SLICE_POINTS", 100)
    text = chain(tmp_path).read_text(encoding="utf-8")
    jobs = "{jobs: {orders: 1 per month, parts: [p02, p05]}, at: dealers}"
    told = poisoned(tmp_path, text=text.replace("demand: [", f"demand: [{jobs}, "))
    assert "parts 'p02' to 'p05' (2), which meet in jobs, fail by themselves" in told


@pytest.mark.usefixtures("sliced")
def test_the_rest_of_a_poisoned_study_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All slices but one are there when the same is asked again, and are not run again."""
    ran: list[str] = []
    audit = pieces.audit

    def audited(tally: Any, network: Any, columns: Any) -> None:
        ran.append(network.part_names[0])
        if poison in network.part_names:
            raise ZeroDivisionError("no such cover")
        audit(tally, network, columns)

    monkeypatch.setattr(pieces, "audit", audited)
    poison = "p05"
    study = load(chain(tmp_path))
    asked: dict[str, Any] = {"replications": 2, "engine": "simpy", "workers": 1}
    with pytest.raises(TaskError, match="part 'p05' fails by itself"):
        study.run(folder=tmp_path, **asked)
    poison = ""
    ran.clear()
    result = study.run(folder=tmp_path, **asked)
    assert ran == ["p04", "p04"]
    assert figures(result) == figures(study.run(folder=tmp_path / "alone", **asked))


def test_replications_of_a_small_study_are_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that is built whole keeps each replication as it is done."""
    found = []
    put = Unfinished.put

    def stop(self: Unfinished, key: str, data: bytes) -> None:
        put(self, key, data)
        found.append(key)
        if len(found) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Unfinished, "put", stop)
    with pytest.raises(KeyboardInterrupt):
        ask(tmp_path, replications=3)
    assert figures(ask(tmp_path, replications=3)) == figures(ask(tmp_path / "alone", replications=3))
    assert found[2:6] == ["tally-0-2.bin", "tally-1-0.bin", "tally-1-1.bin", "tally-1-2.bin"]


def test_killed_ten_times(tmp_path: Path) -> None:
    """kill -9 at random moments, ten times: the answer is the same to the last integer, and no half of one is seen."""
    chance = random.Random(7)
    words = ["--replications", "3", "--engine", "simpy", "--json", "--workers", "1", "--out"]
    command = [sys.executable, "-c", BY_SLICES, "compare", str(chain(tmp_path, "20 y")), *words]

    def answer(folder: Path) -> object:
        done = subprocess.run([*command, str(folder)], capture_output=True, check=True)
        return json.loads(done.stdout)["designs"]

    alone, folder = answer(tmp_path / "alone"), tmp_path / "killed"
    killed = 0
    while killed < 10:
        running = subprocess.Popen([*command, str(folder)], stdout=-3, stderr=-3, start_new_session=True)
        try:
            running.wait(chance.uniform(0.5, 4.0))
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            killed += 1
        if (folder / "chain").exists():  # it came to its end, or was killed after it: what is there is whole
            assert reopen(folder / "chain").summary["designs"] == alone
            shutil.rmtree(folder)
    assert answer(folder) == alone


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full stops the study with a message; what was kept before is taken up when there is room."""
    store = Unfinished(tmp_path, "code")
    store.put("a", b"one")

    def full(self: Path, *_: object, **__: object) -> object:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        with pytest.raises(SimnetError, match="No space left on device"):
            store.put("b", b"two")
    assert store.get("a") == b"one"
    assert store.get("b") is None
    assert [path.name for path in (tmp_path / ".unfinished-code").iterdir()] == ["a"]


def test_old_studies_are_forgotten(tmp_path: Path) -> None:
    """What nobody came back to for a month is taken away; what is younger stays."""
    for name, days in (("old", 31), ("young", 29)):
        Unfinished(tmp_path, name).put("a", b"x")
        then = time.time() - days * 24 * 3600
        os.utime(tmp_path / f".unfinished-{name}", (then, then))
    Unfinished(tmp_path, "new")
    assert {path.name for path in tmp_path.iterdir()} == {".unfinished-young"}
