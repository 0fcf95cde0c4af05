"""Arrays of integers and of integer records: what runs, tallies and networks are made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.void]
"""A structured array: one record a row."""
Integers = NDArray[np.int64]


def integers(names: str) -> np.dtype[np.void]:
    """A record of 64-bit integers, one field a name."""
    return np.dtype([(name, np.int64) for name in names.split()])
