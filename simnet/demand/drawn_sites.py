"""Which sites ask for a part: some of many, drawn by their share without replacement, by names alone (law 4.4).

Every site has for every part a chance u of its own, a hash of the two names, and a place e = -log(1 - u) / share in
the part's queue; the first `count` ask. Exponential places of rates `share` come in the order of a draw by share
without replacement (Efraimidis and Spirakis 2006, "Weighted random sampling with a reservoir"). So a part with more
sites keeps those it had, and a site that goes leaves its place to the next and moves nobody else.

Of 2,000 dealers a part has seventeen or so. The first 32 bits of u are worked out for all sites, block by block in the
cache of a processor, and held against the place at which a few more than enough are in; only these come further.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from simnet.streams import join_keys, mix_array

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Words = NDArray[np.uint32]

CELLS = 1 << 19
"""Parts times sites hashed at a time: few steps, as two workers wait for each other at each, and yet three arrays of
this size stay in the cache that a processor shares."""
GRID = 512
"""Places at which the number of sites in front is known; between them it is interpolated."""
LADDER = 1.2
"""Counts that differ less share a place at which enough are in."""
CHUNK = 1 << 18
"""Parts whose sites are sorted at a time."""
CUT = 20
"""Bits of a place, as a float, that are left out when it is packed with its part; of equals the first site asks."""
PLACE = 63 - CUT
_FIRST, _SECOND, _THIRD = (np.uint32(word) for word in (0x7FEB352D, 0x846CA68B, 0x9E3779B9))


def drawn_sites(part: Ints, site: Ints, share: Floats, count: Ints) -> tuple[Ints, Ints]:
    """Return (row of `part`, row of `site`) of who asks, sorted by the two.

    `part` and `site` hold the keys of names, `count` the number of sites of each part. Sites without a share never
    ask; a part with a `count` above the number of the others has all of them.
    """
    able = np.flatnonzero(share > 0)
    count = np.minimum(count, len(able))
    every = np.flatnonzero(count == len(able))
    found = [(np.repeat(every, len(able)), np.tile(able, len(every)))]
    left = np.flatnonzero((count < len(able)) & (count > 0))
    wanted = count[left] + 2.5 * np.sqrt(count[left]) + 2.0
    queue = _Queue(site[able], share[able] / share[able].max()) if len(left) else None
    while queue is not None and len(left):
        lacking = np.zeros(len(left), dtype=bool)
        for end, mine in queue.groups(wanted):
            row, place, enough = queue.first(end, part[left[mine]], count[left[mine]])
            found.append((left[mine[row]], able[place]))
            lacking[mine[~enough]] = True
        left, wanted = left[lacking], 2.0 * wanted[lacking] + 8.0
    row, place = (np.concatenate(column) for column in zip(*found, strict=True))
    code = np.sort(row * len(site) + place)
    return code // len(site), code % len(site)


class _Queue:
    """The sites that may ask, in the queue of every part."""

    def __init__(self, site: Ints, share: Floats) -> None:
        self.site, self.share = site, share
        mixed = mix_array(site, 0)
        self.low, self.high = _words(mixed)
        self.at, self.before = _in_front(share.tobytes())

    def groups(self, wanted: Floats) -> Iterator[tuple[float, Ints]]:
        """Rows of about one number of sites wanted, and the place up to which these are to be expected."""
        step = np.ceil(np.log(wanted) / np.log(LADDER)).astype(np.int64)
        order = np.argsort(step, kind="stable")
        edges = np.flatnonzero(np.diff(step[order], prepend=-1, append=-1))
        for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            end = float(np.interp(LADDER ** float(step[order[low]]), self.before, self.at, right=np.inf))
            for start in range(low, high, CHUNK):
                yield end, order[start : min(start + CHUNK, high)]

    def first(self, end: float, part: Ints, count: Ints) -> tuple[Ints, Ints, Any]:
        """The first `count` sites of each part, sought up to a place; which parts have enough of them there."""
        row, place, bits = self._hits(end, part)
        u = (bits + self._fraction(part[row], place)) * 2.0**-32
        at = -np.log1p(-u) / self.share[place]
        code = (row << PLACE) | (at.view(np.int64) >> CUT)  # positive floats sort as their bits do
        sort = np.sort(code)
        start = np.searchsorted(sort, np.arange(len(part) + 1) << PLACE)
        enough = np.diff(start) >= count
        edge = np.full(len(part), -1, dtype=np.int64)
        edge[enough] = sort[start[:-1][enough] + count[enough] - 1]
        sure = np.array([end * (1 - 1e-6)]).view(np.int64) >> CUT  # at the very end some sites may be missing
        enough &= (edge & ((1 << PLACE) - 1)) < sure
        kept = np.flatnonzero(enough[row] & (code <= edge[row]))
        kept = _without_ties(kept, row, code, count)
        return row[kept], place[kept], enough

    def _hits(self, end: float, part: Ints) -> tuple[Ints, Ints, Any]:
        """Rows of part and site, and the first bits of u, of all places up to the end."""
        limit = np.ceil(-np.expm1(-self.share * end) * 2.0**32)
        most = np.minimum(limit, 2.0**32 - 1).astype(np.uint32)
        low, high = _words(mix_array(part, 0))
        step = max(1, CELLS // len(self.site))
        rows, bits = [], []
        z, scratch = (np.empty((step, len(self.site)), np.uint32) for _ in range(2))
        for start in range(0, len(part), step):
            some = slice(start, min(start + step, len(part)))
            mine, spare = z[: some.stop - start], scratch[: some.stop - start]
            self._hash(low[some, None], high[some, None], mine, spare)
            hit = np.flatnonzero(mine <= most)
            rows.append(hit + start * len(self.site))
            bits.append(mine.ravel()[hit])
        cell = np.concatenate(rows)
        row = cell // len(self.site)
        return row, cell - row * len(self.site), np.concatenate(bits)

    def _hash(self, low: Words, high: Words, z: Words, scratch: Words) -> None:
        """32 bits of each part and site: two rounds of the mixer lowbias32 (Wellons 2018), a word of each in either."""
        np.bitwise_xor(low, self.low, out=z)
        for shift, factor in ((16, _FIRST), (15, _SECOND)):
            np.right_shift(z, shift, out=scratch)
            np.bitwise_xor(z, scratch, out=z)
            np.multiply(z, factor, out=z)
        np.add(z, high, out=z)
        np.add(z, self.high, out=z)
        np.multiply(z, _THIRD, out=z)
        np.right_shift(z, 16, out=scratch)
        np.bitwise_xor(z, scratch, out=z)

    def _fraction(self, part: Ints, place: Ints) -> Any:
        """The further digits of u, in (0, 1)."""
        return ((mix_array(join_keys(part, self.site[place]), 0) >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52


@lru_cache(16)
def _in_front(shares: bytes) -> tuple[Floats, Floats]:
    """Places in the queue of sites of these shares, and the sites to be expected in front of each."""
    share = np.frombuffer(shares)
    at = np.geomspace(1e-3 / share.sum(), 40.0 / share.min(), GRID)
    before = np.array([-np.expm1(-share * each).sum() for each in at])
    for each in (at, before):
        each.flags.writeable = False
    return at, before


def _words(mixed: Any) -> tuple[Words, Words]:
    """The lower and the upper half of 64 bits."""
    return (mixed & np.uint64(0xFFFFFFFF)).astype(np.uint32), (mixed >> np.uint64(32)).astype(np.uint32)


def _without_ties(kept: Ints, row: Ints, code: Ints, count: Ints) -> Ints:
    """As many of each row as are wanted, where the last ones share a place."""
    over = np.bincount(row[kept], minlength=len(count)) - count
    for each in np.flatnonzero(over > 0).tolist():
        mine = kept[row[kept] == each]
        last = mine[code[mine] == code[mine].max()]
        kept = np.setdiff1d(kept, last[len(last) - int(over[each]) :])
    return kept
