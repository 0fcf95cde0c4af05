"""The bins in which waits are counted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simnet.integers import Integers

HOUR = 60
WINDOWS = (4 * HOUR, 24 * HOUR, 48 * HOUR, 72 * HOUR, 7 * 24 * HOUR)
"""Time windows of the fill ladder: 4 h, 24 h, 48 h, 72 h, 7 d."""
STEP = 1.03
"""Neighboring edges differ by 3 %, so a percentile of waits is known to 3 %."""


def wait_edges(horizon: int, windows: Sequence[int] = ()) -> Integers:
    """Upper edges: some minutes, then steps of 3 % from an hour on, and every window exactly; the last is open."""
    count = int(np.log(max(horizon, 2) / HOUR) / np.log(STEP)) + 2
    steps = np.round(HOUR * STEP ** np.arange(max(count, 1))).astype(np.int64)
    minutes = np.array([1, 5, 15, 30, *WINDOWS, *windows], dtype=np.int64)
    edges = np.unique(np.concatenate([steps, minutes]))
    return np.append(edges[edges < horizon], np.int64(1) << 62)
