"""Many dots as fewer: those of one cell of a grid are one, in their middle, with their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]


def cell_of(points: Floats, size: float) -> Integers:
    """The number of the cell of each point [point, x or y], in a grid of squares `size` wide; cells without a point
    have no number."""
    grid = np.floor(points / size).astype(np.int64)
    _, number = np.unique(grid, axis=0, return_inverse=True)
    return np.asarray(number, np.int64).ravel()


def gathered(values: Floats, number: Integers, weight: Floats | None = None) -> Floats:
    """The mean in each cell of values [point, ...], by weight; where nothing has any weight the plain mean."""
    cells = int(number.max()) + 1 if len(number) else 0
    rows = values.reshape(len(values), -1)
    heavy = np.ones(len(rows)) if weight is None else weight
    light = np.bincount(number, heavy, cells) <= 0
    heavy = np.where(light[number], 1.0, heavy)
    total = np.bincount(number, heavy, cells)
    means = [np.bincount(number, heavy * column, cells) / total for column in rows.T]
    return np.stack(means, axis=-1).reshape(cells, *values.shape[1:])
