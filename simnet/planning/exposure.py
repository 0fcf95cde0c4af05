"""Pieces asked while a replenishment is on its way, as generating functions: z -> E[z^X].

`g` is E[z^Z] - 1 for the size Z of a line. Sources: compound Poisson demand and any lead time, Feeney and
Sherbrooke (1966), after Palm; gamma lead times, Burgin (1975). Demand by periods (at most one line in each,
at a minute drawn evenly) is taken as a new line sees it: its own period holds no other line. Where a review
comes in, the review falls at any phase of the cycle alike.
"""

from __future__ import annotations

import numpy as np

from simnet.planning.arrays import Floats, Ints, Waves
from simnet.planning.points import Points

NODES = 12
"""Lead times that stand for a gamma lead time under demand by periods (Gauss's rule)."""


def exposed(points: Points, g: Waves) -> Waves:
    """Pieces asked since the order that this line draws on could be placed, seen by a new line."""
    if np.any(points.chance > 0):
        return _by_period(points, g)
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


def seen(periods: Floats, chance: Floats, g: Waves) -> Waves:
    """Demand by periods in the last `periods` periods before a line, itself and its period left out."""
    whole = np.floor(periods + 1e-9)
    part = np.maximum(periods - whole, 0.0)
    full, step = 1.0 + chance * g, chance * g
    early = part * (1.0 + step * part / 2)
    none = early + (1.0 - part)
    some = early * full + (1.0 - part) * (1.0 + step * (1.0 + part) / 2)
    return np.where(whole > 0, whole_power(full, np.maximum(whole - 1, 0)) * some, none)


def window(periods: Floats, chance: Floats, g: Waves) -> Waves:
    """Demand by periods in a window of `periods` periods that starts at any phase alike."""
    whole = np.floor(periods + 1e-9)
    part = np.maximum(periods - whole, 0.0)
    full, step = 1.0 + chance * g, chance * g
    across = part + step * part**2 + step**2 * part**3 / 6
    bend = (1 + part) * (1 - part**2) / 2 - (1 - part**3) / 3
    beyond = (1 - part) + step * (1 - part**2) + step**2 * bend
    inside = across + (1 - part) * (1 + step * part)
    outside: Waves = whole_power(full, np.maximum(whole - 1, 0)) * (full * across + beyond)
    found: Waves = np.where(whole > 0, outside, inside)
    return found


def whole_power(base: Waves, exponent: Floats) -> Waves:
    """`base` to a whole exponent, by squaring: exact at a base of 0, where logarithms are not."""
    left, power, result = exponent.astype(np.int64), base, np.ones_like(base)
    while np.any(left > 0):
        result = np.where(left & 1 == 1, result * power, result)
        left, power = left >> 1, power * power
    return result


def gamma_nodes(cv: float) -> tuple[Floats, Floats]:
    """Lead times (mean 1) and weights that integrate a gamma distribution (Golub and Welsch 1969)."""
    if cv == 0:
        return np.ones(1), np.ones(1)
    shape, order = 1.0 / cv**2, np.arange(NODES)
    beside = np.sqrt(order[1:] * (order[1:] + shape - 1.0))
    values, vectors = np.linalg.eigh(np.diag(2 * order + shape) + np.diag(beside, 1) + np.diag(beside, -1))
    return np.maximum(values, 0.0) / shape, vectors[0] ** 2


def _by_period(points: Points, g: Waves) -> Waves:
    """Demand by periods over every lead time that a gamma lead time may take."""
    waves = np.zeros((len(points), g.shape[1]), dtype=np.complex128)
    for cv in np.unique(points.cv):
        rows: Ints = np.flatnonzero(points.cv == cv)
        part, own = points.take(rows), g if len(g) == 1 else g[rows]
        for lead, weight in zip(*gamma_nodes(float(cv)), strict=True):
            waves[rows] += weight * _seen_over_cycle(part, part.lead_periods * lead, own)
    return waves


def _seen_over_cycle(points: Points, lead: Floats, g: Waves) -> Waves:
    """Demand by periods of `lead` periods and an even share of a review cycle.

    Between whole numbers of periods the generating function is a cubic at most, so Gauss's rule of two nodes
    is exact on each stretch.
    """
    chance = _column(points.chance)
    if not points.reviewed:
        return seen(_column(lead), chance, g)
    total = np.zeros((len(points), g.shape[1]), dtype=np.complex128)
    end, first = lead + points.cycle_periods, np.floor(lead)
    for step in range(int(np.ceil(points.cycle_periods.max())) + 1):
        low, high = np.clip(first + step, lead, end), np.clip(first + step + 1, lead, end)
        middle, half = (low + high) / 2, (high - low) / 2
        for side in (-1, 1):
            at = seen(_column(middle + side * half / np.sqrt(3)), chance, g)
            total += _column(half / points.cycle_periods) * at
    return total


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
