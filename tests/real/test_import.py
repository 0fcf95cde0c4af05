"""Real histories imported as they are: nothing is lost on the way, and what comes out runs."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

import simnet as sn
from simnet.intake import facts
from simnet.intake.history import Asked, read_orders
from simnet.intake.told import told
from simnet.intake.written import write_folder

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real data sets are not beside the checkout")
HISTORIES = {
    "carparts": ("carparts/open/demand_long.csv.gz", "qty", {}),
    "raf": ("raf/open/demand_long.csv.gz", "qty", {}),
    "sanderman7": ("sanderman7/demand_long.csv.gz", "qty", {}),
    "man": ("man/demand_long.csv.gz", "qty", {}),
    "oil": ("oil/demand_long.csv.gz", "qty", {}),
    "jobcards": ("jobcards/job_lines.csv.gz", None, {"quantity": "1"}),
}
SHIPMENTS = {
    "part": "sub_class",
    "date": "po_date",
    "dealer": "country",
    "delivered": "delivered_date",
    "promised": "scheduled_date",
}


@pytest.mark.parametrize("name", HISTORIES)
def test_every_piece_of_a_real_history_is_imported(name: str, tmp_path: Path) -> None:
    """Pieces in, pieces out, but for lines without a part; the folder loads with as many."""
    file, quantity, columns = HISTORIES[name]
    with gzip.open(DATA / file, "rt", newline="") as stream:
        rows = list(csv.DictReader(stream))
    wanted = sum(int(float(row[quantity])) if quantity else bool(row["item"].strip()) for row in rows)
    found = read_orders(str(DATA / file), Asked(columns))
    assert int(found.quantity.sum()) == wanted
    assert found.reasons().total() == len(rows) - len(found)
    write_folder(found, tmp_path, "real", "EUR")
    history = sn.load(tmp_path / "real.yaml").scenario.demand[0].history  # type: ignore[attr-defined]
    assert int(history.quantity.sum()) == wanted and len(history) == len(found)


@pytest.mark.parametrize("name", ["carparts", "raf", "jobcards"])
def test_a_real_history_runs_as_it_was_imported(name: str, tmp_path: Path) -> None:
    """One replication of its very lines: every piece of the measured months is asked."""
    file, _, columns = HISTORIES[name]
    found = read_orders(str(DATA / file), Asked(columns))
    write_folder(found, tmp_path, "real", "EUR")
    result = sn.load(tmp_path / "real.yaml").run("as-it-was", replications=1, folder=None)
    months = found.day.months()
    measured = months - months.min() >= min(12, (months.max() - months.min() + 1) // 3)
    assert result.kpi("demand.units").mean == int(found.quantity[measured].sum())
    assert 0.3 < (result.kpi("fill.unit").mean or 0) < 1


def test_months_without_a_year_are_no_dates() -> None:
    """The automotive set calls its months m01 to m24: refused, with the column in question."""
    with pytest.raises(sn.SimnetError, match="none of the 56,133 lines counts") as caught:
        read_orders(str(DATA / "auto" / "demand_long.csv.gz"))
    assert caught.value.problems[1].remedy == "is 'period' the date? --columns date=HEADING names another"


def test_real_deliveries_are_those_that_the_data_set_counts() -> None:
    """Shipments of medicine: the set itself counts the days from order to delivery."""
    file = DATA / "scms" / "shipments.csv.gz"
    with gzip.open(file, "rt", newline="") as stream:
        days = [int(float(row["lead_days"])) for row in csv.DictReader(stream) if row["lead_days"]]
    found = read_orders(str(file), Asked(SHIPMENTS))
    waits = facts.delivered(found)
    assert sorted(waits[waits >= 0].tolist()) == sorted(day for day in days if day >= 0)
    assert facts.early(found) == sum(day < 0 for day in days)
    said = " ".join(told(found, "orders.rejected.csv").split())
    assert "Read 4,592 of 10,324 lines" in said and "5,732 lines with no date" in said and "promise kept on" in said
