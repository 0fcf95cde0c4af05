"""Comparisons, exact sums, keys and the generated page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from simnet.errors import SimnetError
from simnet.metrics import compare, find
from simnet.metrics.kpi import window_name
from simnet.metrics.view import exact_dot, exact_sum
from simnet.network.outline import outline
from tests.metrics import tiny

ROOT = Path(__file__).parents[2]


def test_first_design_is_the_reference() -> None:
    """Levels for each design; paired differences for all but the first."""
    found = compare([tiny.design("a", (0, 1, 2)), tiny.design("b", (5, 6, 7)), tiny.design("c", (0, 1, 2))])
    assert found.designs == ("a", "b", "c")
    assert found.replications == 3
    assert list(found.differences) == ["b", "c"]
    gain = found.differences["b"]["fill.line"]
    assert gain.mean == pytest.approx(5 / 131)
    assert gain.verdict == "better"
    assert found.differences["c"]["fill.line"].verdict == "same"


def test_tiers_that_one_design_lacks_have_no_difference() -> None:
    """A KPI of a tier that the first design does not have is a level only."""
    other = tiny.design("b", tier_names=("support", "dealer"))
    found = compare([tiny.design("a"), other])
    assert "fill.support.line" in found.levels["b"]
    assert "fill.support.line" not in found.differences["b"]
    assert {"fill.support.line", "fill.central.line"} <= set(found.kpis)


def test_one_replication_has_no_interval() -> None:
    """With one replication levels and differences stand without interval and verdict."""
    found = compare([tiny.design("a", (0,)), tiny.design("b", (5,))])
    assert found.levels["a"]["fill.line"].half_width is None
    assert found.differences["b"]["fill.line"].verdict is None


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("fill.lines", "did you mean 'fill.line'"),
        ("nonsense-of-all-kinds", "docs/kpis.md"),
        ("within.5h", "run.windows"),
        ("within.5", "needs a unit"),
        ("fill.support.line", "unknown KPI"),
    ],
)
def test_unknown_kpi_says_what_to_do(key: str, said: str) -> None:
    """A wrong key names itself and a remedy."""
    with pytest.raises(SimnetError, match="KPI|window") as raised:
        find(key, outline(tiny.network()))
    assert said in str(raised.value)


@pytest.mark.parametrize(("minutes", "name"), [(240, "4h"), (2880, "48h"), (10080, "7d"), (90, "90min")])
def test_window_names(minutes: int, name: str) -> None:
    """The usual windows keep their usual names."""
    assert window_name(minutes) == name


def test_a_window_that_is_an_edge_can_be_asked() -> None:
    """A window named in the scenario is told exactly."""
    found = tiny.measured([tiny.ordinary()], tiny.network(), ["within.14d"])["within.14d"]
    assert found.mean == pytest.approx(130 / 131)


@pytest.mark.parametrize("scale", [1, 10**6, 10**12])
def test_sums_do_not_wrap(scale: int) -> None:
    """Sums beyond 64 bits are exact."""
    left = np.array([scale * 3, -scale * 7, scale * 4_000_000], dtype=np.int64)
    right = np.array([7, 10**11, 2 * 10**12], dtype=np.int64)
    assert exact_dot(left, right) == sum(int(a) * int(b) for a, b in zip(left, right, strict=True))
    many = np.full(1000, (1 << 62), dtype=np.int64)
    assert exact_sum(many) == 1000 << 62


def test_percentiles_stop_at_the_measured_time() -> None:
    """A wait in the open last bin is not told as longer than the measured time."""
    late = tiny.tally(day={tiny.LYON_FILTER: tiny.customers(10, 0, late_lines=10)}, wait={(1, tiny.EDGES[-1]): 10})
    found = tiny.measured([late], tiny.network(), ["wait.p99", "wait.p50"])
    assert 56 < (found["wait.p50"].mean or 0) < (found["wait.p99"].mean or 0) <= 365


def test_lost_lines_are_not_waits() -> None:
    """Lost lines lower the fill and the windows, not the waits."""
    lost = tiny.tally(day={tiny.LYON_FILTER: tiny.customers(10, 6, late_units=0, lost_units=4, lost_lines=4)})
    found = tiny.measured([lost], tiny.network(), ["fill.line", "lost.share", "wait.p99", "wait.mean", "within.7d"])
    means = [found[key].mean for key in found]
    assert means == [0.6, 0.4, 0.0, 0.0, 0.6]


def test_import_stays_light() -> None:
    """Measuring loads neither pandas nor matplotlib nor scipy until they are needed."""
    heavy = ("pandas", "matplotlib", "scipy")
    code = f"import sys, simnet.metrics; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_windows_are_edges_of_every_network() -> None:
    """The windows that have a name are the ones that networks count exactly."""
    from simnet.metrics.wait import WINDOWS
    from simnet.network.waits import wait_edges

    assert set(WINDOWS.values()) <= set(wait_edges(tiny.YEAR).tolist())
