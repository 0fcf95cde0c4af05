"""Names for the arrays of the planning formulas."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Waves: TypeAlias = NDArray[np.complex128]
"""A generating function at roots of unity: a row a point, a column a root."""
