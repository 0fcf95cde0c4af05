"""Tables of sizes: long ones are worked out in less time, to the same numbers."""

from __future__ import annotations

import numpy as np
import pytest

from simnet.demand.sizes import Geometric
from simnet.network.planned import MixedSize
from simnet.planning import sizes as module
from simnet.planning.sizes import TAIL, size_chances


def plain(mean: float, length: int) -> np.ndarray:
    """A geometric size by its definition."""
    chances = (1 / mean) * (1 - 1 / mean) ** np.arange(length, dtype=np.float64)
    return np.concatenate([[0.0], chances])


@pytest.mark.parametrize("mean", [1.0, 1.5, 40.0, 3000.0])
@pytest.mark.parametrize("length", [5, 64, 100_000])
def test_a_chance_is_its_definition(mean: float, length: int) -> None:
    """Chances too small to count are left out; all others are those of the definition."""
    found, expected = Geometric(mean=mean).pmf(length), plain(mean, length)
    assert len(found) == length + 1
    assert np.allclose(found, expected, rtol=1e-11, atol=1e-43)
    if length <= 64:
        assert np.array_equal(found, expected)


@pytest.mark.parametrize("means", [[1.0], [2.5], [1.2, 9.0, 300.0], [5000.0, 2.0]])
def test_tables_end_where_nothing_counts(means: list[float]) -> None:
    """A mixture's table holds all chances but a tail that does not count, whatever its scale."""
    share = 1 / len(means)
    size = MixedSize(tuple(Geometric(mean=mean) for mean in means), (share,) * len(means))
    chances = size_chances(size)
    assert chances.sum() == pytest.approx(1, abs=1e-12)
    assert size.tail(len(chances)) < 100 * TAIL * max(means)
    assert np.arange(len(chances)) @ chances == pytest.approx(size.mean, rel=1e-9)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("table", [plain(4000.0, 150_000), np.r_[np.zeros(90_000), 0.25, np.zeros(4000), 0.75]])
def test_long_tables_are_tilted_run_by_run(monkeypatch: pytest.MonkeyPatch, sign: int, table: np.ndarray) -> None:
    """Exponential moments of a long table are those of the plain sum, also where they overflow."""
    table = table / table.sum()
    tilts = sign * np.concatenate([module.TILTS / np.sqrt(np.arange(len(table)) ** 2.0 @ table), [1.0]])[None]
    found = module._tilted([table], tilts)
    monkeypatch.setattr(module, "LONG", len(table))
    expected = module._tilted([table], tilts)
    assert np.allclose(found, expected, rtol=1e-12, equal_nan=True)
    assert np.array_equal(np.isfinite(found), np.isfinite(expected))
