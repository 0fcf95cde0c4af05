"""Real histories end to end: what goes in comes out to the piece, both clocks agree, the comparison comes out."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import simnet as sn
from simnet.network.tape import draw
from tests.real import oil

HERE = Path(__file__).parent
DATA = HERE.parents[1].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real data sets are not beside the checkout")


def monthly_input(path: Path, part: str, month: str, quantity: str) -> Counter[tuple[str, str]]:
    """Pieces by part and month in a long history."""
    total: Counter[tuple[str, str]] = Counter()
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            total[row[part], row[month]] += int(float(row[quantity]))
    return total


def monthly_tape(study: sn.Study) -> Counter[tuple[str, str]]:
    """Pieces by part and month that customers ask in the run."""
    network = study.network()
    tape = draw(network, seed=1)
    month = np.searchsorted(network.month_start, tape.minute, side="right") - 1
    part = network.points["part"][tape.point]
    total: Counter[tuple[str, str]] = Counter()
    for p, m, q in zip(part.tolist(), month.tolist(), tape.quantity.tolist(), strict=True):
        total[network.part_names[p], network.month_labels[m]] += q
    return total


@pytest.fixture(params=["raf", "carparts", "oil"], scope="module")
def study(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> sn.Study:
    """One of the real scenarios."""
    if request.param == "oil":
        return sn.load(oil.prepare(DATA / "oil", tmp_path_factory.mktemp("oil")))
    return sn.load(HERE / f"{request.param}.yaml")


def test_the_history_is_replayed_to_the_piece(study: sn.Study) -> None:
    """Pieces by part and month in the run equal those of the history."""
    file = {"raf": "raf/open", "carparts": "carparts/open", "oil": "oil"}[study.name]
    given = monthly_input(DATA / file / "demand_long.csv.gz", "part_id", "period", "qty")
    known = set(study.network().part_names)
    assert monthly_tape(study) == Counter({key: n for key, n in given.items() if key[0] in known})


def test_both_clocks_agree_on_real_demand(study: sn.Study) -> None:
    """Every design's tally and ledger are the same to the last integer under both clocks."""
    runs = [study.compare(engine=engine, folder=None, lines=True).runs for engine in ("simpy", "compiled")]
    for simpy, compiled in zip(*runs, strict=True):
        assert simpy[0].tally.same_as(compiled[0].tally)
        assert simpy[0].lines.same_as(compiled[0].lines)


def test_the_comparison_and_the_report_come_out(study: sn.Study, tmp_path: Path) -> None:
    """All designs are run, saved and reported; every piece asked in the history was asked in the run."""
    result = study.compare(folder=tmp_path / "runs")
    assert result.folder is not None
    assert (result.folder / "report.html").stat().st_size < 1_000_000
    pieces = sum(monthly_tape(study).values())
    for design in result.designs:
        assert result.kpi("demand.units", design).mean == pieces
        assert 0.5 < result.kpi("fill.unit", design).mean < 1


def test_the_refinery_keeps_far_more_stock_than_it_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Started from the real stock, the real policies serve almost everything at under one turn a year."""
    result = sn.load(oil.prepare(DATA / "oil", tmp_path)).run(folder=None)
    fill, value, turns = (result.kpi(key).mean for key in ("fill.unit", "stock.on_hand.value", "turns"))
    real = oil.real_stock_value(DATA / "oil")
    with capsys.disabled():
        print(f"\noil: unit fill {fill:.1%}, stock {value / 1e6:.2f} M (real {real / 1e6:.2f} M), turns {turns:.2f}")
    assert fill > 0.8
    assert 0.5 * real < value < 2 * real
    assert turns < 1
