"""How far the position lies under its top when demand comes: 0 for base stock, spread out for lots.

Law 7: at or under the trigger s, order the smallest multiple of the lot Q that brings the position to up-to S
or more, so just after an order it lies in S .. S+Q-1, its top. The distribution of the distance to the top:

- gap S-s of 1, any lot (reorder point and lot): uniform on 0 .. Q-1 (Hadley and Whitin 1963, Axsaeter 2006);
  where sizes and lot share a divisor, on the levels that can be reached from up-to.
- gap over 1, lot 1 (min-max): renewal mass function of the demand between reviews (Zheng, Federgruen 1991).
- both: the position modulo Q is uniform too, which settles how often each level after an order occurs.
"""

from __future__ import annotations

import numpy as np

from simnet.planning.arrays import Floats, Ints, Waves
from simnet.planning.exposure import asked_between_reviews
from simnet.planning.points import Points
from simnet.planning.sizes import SizeTables

STRETCH = 8
"""Transform length over the distance wanted: with `DECAY`, rounding and aliasing both stay near 1e-13."""
DECAY = 1e-13
MOST_STARTS = 256
MOST_CELLS = 1 << 22


def distance_waves(points: Points, sizes: SizeTables, length: int) -> Waves | None:
    """Generating function of the distance at the roots of unity; None where it is 0 for all points."""
    if np.all(points.gap == 1) and np.all(points.lot == 1):
        return None
    share = sizes.span[sizes.row[points.size]]
    keys = np.column_stack([points.gap, points.lot, np.gcd(share, points.lot)])
    if np.any(points.gap > 1):
        keys = np.column_stack([keys, np.arange(len(points)) if points.reviewed else points.size])
    _, first, twin = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    waves = np.fft.rfft(distances(points.take(first.astype(np.int64)), sizes), n=length, axis=1)
    return np.asarray(waves[twin.reshape(-1)])


def distances(points: Points, sizes: SizeTables) -> Floats:
    """Chance of each distance from the top, index = distance in pieces, a row a point."""
    table = np.zeros((len(points), int((points.gap + points.lot).max())))
    span = np.gcd(sizes.span[sizes.row[points.size]], points.lot)
    plain: Ints = np.flatnonzero(points.gap == 1)
    for lot, divisor in np.unique(np.column_stack([points.lot, span])[plain], axis=0):
        rows = plain[(points.lot[plain] == lot) & (span[plain] == divisor)]
        table[rows[:, None], np.arange(divisor - 1, lot, divisor)] = divisor / lot
    gapped: Ints = np.flatnonzero(points.gap > 1)
    if len(gapped):
        _fill_gapped(table, points.take(gapped), sizes, gapped, span[gapped])
    return table


def _fill_gapped(table: Floats, points: Points, sizes: SizeTables, rows: Ints, span: Ints) -> None:
    """Distances where up-to lies more than one piece over the trigger."""
    visits = visit_counts(points, sizes, int((points.gap + points.lot).max()) - 1)
    single: Ints = np.flatnonzero(points.lot == 1)
    reach = np.arange(visits.shape[1]) < points.gap[single, None]
    alone = np.where(reach, visits[single], 0.0)
    table[rows[single], : visits.shape[1]] = alone / alone.sum(axis=1, keepdims=True)
    packed: Ints = np.flatnonzero(points.lot > 1)
    triples = np.column_stack([points.gap, points.lot, span])[packed]
    for gap, lot, divisor in np.unique(triples, axis=0).tolist():
        same = packed[np.all(triples == (gap, lot, divisor), axis=1)]
        table[rows[same], : gap + lot - 1] = packed_distances(visits[same], gap, lot, divisor)


def visit_counts(points: Points, sizes: SizeTables, count: int) -> Floats:
    """How often demand leaves the position j pieces under where it started, j = 0 .. count-1.

    The renewal mass function, 1 / (1 - E[z^D]), on a circle inside the unit circle, where it has no pole.
    """
    length = 1 << int(np.ceil(np.log2(STRETCH * count)))
    shrink = DECAY ** (1.0 / length)
    g = sizes.waves(sizes.row[points.size], length, shrink)
    lacking = asked_between_reviews(points, g) if points.reviewed else -g
    inverse = np.broadcast_to(1.0 / lacking, (len(points), lacking.shape[1]))
    damped: Floats = np.fft.irfft(inverse, n=length, axis=1)[:, :count]
    counts: Floats = np.maximum(damped * shrink ** -np.arange(count), 0.0)
    return counts


def packed_distances(visits: Floats, gap: int, lot: int, divisor: int) -> Floats:
    """Distances under min-max with packs, each start weighted so that modulo the lot all is even.

    `visits` as `visit_counts`, a row a point; `divisor` the step between the levels that can be reached. Over
    `MOST_STARTS` levels after an order, all distances are taken as equally likely: an approximation.
    """
    starts = range(0, lot, divisor)
    if len(starts) > MOST_STARTS:
        return np.full((len(visits), gap + lot - 1), 1.0 / (gap + lot - 1))
    found = np.zeros((len(visits), gap + lot - 1))
    step = max(1, MOST_CELLS // len(starts) ** 2)
    for first in range(0, len(visits), step):
        some = visits[first : first + step]
        weights = _start_weights(some, gap, lot, divisor)
        for column, start in enumerate(starts):
            top, length = lot - 1 - start, start + gap
            found[first : first + step, top : top + length] += weights[:, column, None] * some[:, :length]
    found /= found.sum(axis=1, keepdims=True)
    return found


def _start_weights(visits: Floats, gap: int, lot: int, divisor: int) -> Floats:
    """How often each level after an order occurs (not normalized), a row a point."""
    starts = np.arange(0, lot, divisor)
    evenness = np.zeros((len(visits), len(starts), len(starts)))
    for column, start in enumerate(starts):
        by_rest = np.zeros((len(visits), -(-(start + gap) // lot) * lot))
        by_rest[:, : start + gap] = visits[:, : start + gap]
        by_rest = by_rest.reshape(len(visits), -1, lot).sum(axis=1)
        evenness[:, :, column] = by_rest[:, (start - starts) % lot]
    even = np.ones((len(visits), len(starts), 1))
    try:
        weights = np.linalg.solve(evenness, even)
    except np.linalg.LinAlgError:  # sizes so regular that the start is never forgotten
        weights = np.linalg.pinv(evenness) @ even
    kept: Floats = np.maximum(weights[:, :, 0], 0.0)
    return kept
