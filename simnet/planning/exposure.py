"""Pieces asked while a replenishment is on its way, as generating functions: z -> E[z^X].

`g` is E[z^Z] - 1 for the size Z of a line. Sources: compound Poisson demand and any lead time, Feeney and
Sherbrooke (1966), after Palm; gamma lead times, Burgin (1975). Demand by periods: `periods`.
"""

from __future__ import annotations

import numpy as np

from simnet.planning.arrays import Floats, Waves
from simnet.planning.periods import seen, window
from simnet.planning.points import Points


def exposed(points: Points, g: Waves) -> Waves:
    """Pieces asked since the order that this line draws on could be placed, seen by a new line."""
    if np.any(points.chance > 0):
        return seen(points, g)
    waves = poisson_in_lead(points.lines, points.cv, g)
    if points.reviewed:
        waves = waves * _mean_over_cycle(_column(points.cycle) * g)
    return waves


def poisson_in_lead(lines: Floats, cv: Floats, g: Waves) -> Waves:
    """Compound Poisson demand of a constant (cv 0) or gamma lead time with `lines` lines on average."""
    mean, spread = _column(lines) * g, _column(cv) ** 2
    if not np.any(spread):
        return np.exp(mean)
    safe = np.where(spread > 0, spread, 1.0)
    mixed = np.exp(-_log1p(-safe * mean) / safe)
    return np.where(spread > 0, mixed, np.exp(mean))


def asked_between_reviews(points: Points, g: Waves) -> Waves:
    """1 - E[z^D], D the pieces asked from one review to the next."""
    if np.any(points.chance > 0):
        return 1.0 - window(_column(points.cycle_periods), _column(points.chance), g)
    return -np.expm1(_column(points.cycle) * g)


def _log1p(x: Waves) -> Waves:
    """log(1 + x), exact for small complex x (NumPy's own is not)."""
    real: Floats = 0.5 * np.log1p(2.0 * x.real + x.real**2 + x.imag**2)
    return real + 1j * np.arctan2(x.imag, 1.0 + x.real)


def _mean_over_cycle(x: Waves) -> Waves:
    """Mean of exp(u x) over u from 0 to 1: (exp(x) - 1) / x."""
    small = np.abs(x) < 1e-300
    return np.where(small, 1.0, np.expm1(x) / np.where(small, 1.0, x))


def _column(values: Floats) -> Floats:
    """A value a row, to meet a row of frequencies."""
    return values[:, None]
