"""Chance keyed by names, not by order (law 3).

A draw is a function, not the next item of a sequence: the n-th draw of a stream is `mix(key, n)`, where the
key comes from the seed, the replication and the names of the stream. A new part, site or design therefore
changes no other stream.

Two hashes are used:

- names become keys by BLAKE2b (64 bits, the top bit cleared, so that a key fits a signed 64-bit integer);
- keys and counters become draws by the finalizer of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable
  pseudorandom number generators", OOPSLA; constants of variant 13 by Stafford) of `key + (n + 1) * GOLDEN`
  modulo 2**64.

`mix_int`, `mix_u64` and `mix_array` give the same integers in Python, in Numba and in NumPy.
"""

from __future__ import annotations

from functools import cached_property, reduce
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

GOLDEN = 0x9E3779B97F4A7C15
FIRST = 0xBF58476D1CE4E5B9
SECOND = 0x94D049BB133111EB
MASK = 0xFFFFFFFFFFFFFFFF
KEY_MASK = 0x7FFFFFFFFFFFFFFF
FRACTION_BITS = 52

_GOLDEN, _FIRST, _SECOND, _ONE = (np.uint64(value) for value in (GOLDEN, FIRST, SECOND, 1))
_S27, _S30, _S31, _S32 = (np.uint64(value) for value in (27, 30, 31, 32))
_FRACTION_SHIFT = np.uint64(64 - FRACTION_BITS)


def mix_int(key: int, n: int) -> int:
    """Return the n-th draw of the stream `key` as a Python integer in [0, 2**64)."""
    z = (key + (n + 1) * GOLDEN) & MASK
    z = ((z ^ (z >> 30)) * FIRST) & MASK
    z = ((z ^ (z >> 27)) * SECOND) & MASK
    return z ^ (z >> 31)


def mix_u64(key: np.uint64, n: np.uint64) -> np.uint64:
    """Return the n-th draw of the stream `key`, all in uint64: the form that Numba compiles.

    Both arguments must be uint64 (Numba turns a mix of signed and unsigned into a float). Called as plain
    Python on NumPy scalars it wants `np.errstate(over="ignore")`, because the products wrap on purpose.
    """
    z = key + (n + _ONE) * _GOLDEN
    z = (z ^ (z >> _S30)) * _FIRST
    z = (z ^ (z >> _S27)) * _SECOND
    return z ^ (z >> _S31)


def mix_array(keys: ArrayLike, n: ArrayLike) -> NDArray[np.uint64]:
    """Return the draws `mix(keys, n)` elementwise; signed integers are taken modulo 2**64.

    Costs 8 ns a draw in blocks of up to 100,000, three times that in blocks that outgrow the cache.
    """
    counter = np.atleast_1d(as_u64(n)) + _ONE
    counter *= _GOLDEN
    return finish(np.add(as_u64(keys), counter))


def finish(z: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Finalize the states `key + (n + 1) * GOLDEN` in place and return them."""
    scratch = z >> _S30
    z ^= scratch
    z *= _FIRST
    np.right_shift(z, _S27, out=scratch)
    z ^= scratch
    z *= _SECOND
    np.right_shift(z, _S31, out=scratch)
    z ^= scratch
    return z


def as_u64(values: ArrayLike) -> NDArray[np.uint64]:
    """Return integers modulo 2**64 without copying where the bits already are what is wanted."""
    array = np.asarray(values)
    if array.dtype == np.int64:
        return array.view(np.uint64)
    return array.astype(np.uint64, copy=False)


def name_key(*names: str | int) -> int:
    """Return the key of a list of names, an integer in [0, 2**63) that never changes between runs.

    It is folded from the left: `name_key(a, b, c) == join_key(name_key(a, b), name_key(c))`, so a million
    streams need one hash of each part and each site only (see `join_keys`).
    """
    return reduce(join_key, (hash_name(name) for name in names))


def hash_name(name: str | int) -> int:
    """Return the BLAKE2b hash of one name in [0, 2**63); the number 7 and the text "7" are the same name."""
    return int.from_bytes(blake2b(str(name).encode(), digest_size=8).digest(), "little") & KEY_MASK


def join_key(left: int, right: int) -> int:
    """Return the key of two keys put together; the order matters."""
    return mix_int(left, right) & KEY_MASK


class Names(tuple[str, ...]):
    """Names that are asked for their keys again and again, and hashed once."""

    @cached_property
    def keys(self) -> NDArray[np.int64]:
        """The key of each name."""
        found = np.fromiter(map(hash_name, self), dtype=np.int64, count=len(self))
        found.flags.writeable = False
        return found


def name_keys(names: Sequence[str]) -> NDArray[np.int64]:
    """Return the key of each single name as an int64 array."""
    if isinstance(names, Names):
        return names.keys
    return np.fromiter(map(hash_name, names), dtype=np.int64, count=len(names))


def join_keys(left: ArrayLike, right: ArrayLike) -> NDArray[np.int64]:
    """Return `join_key` elementwise, as int64."""
    return (mix_array(left, right) & np.uint64(KEY_MASK)).view(np.int64)


def stream_key(seed: int, replication: int, *names: str | int) -> int:
    """Return the key of the stream of these names in one replication, in [0, 2**64)."""
    return mix_int(name_key(*names), world_key(seed, replication))


def stream_keys(base: ArrayLike, seed: int, replication: int) -> NDArray[np.uint64]:
    """Return the keys of many streams in one replication; `base` holds what `name_key` gives."""
    return mix_array(base, np.uint64(world_key(seed, replication)))


def world_key(seed: int, replication: int) -> int:
    """Return the key that all streams of one seed and replication share, in [0, 2**63)."""
    return join_key(join_key(hash_name("world"), seed & MASK), replication)


def uniform(draw: int) -> float:
    """Return the draw as a number strictly between 0 and 1 (52 bits: with 53 the last would round to 1)."""
    return ((draw >> (64 - FRACTION_BITS)) + 0.5) * 2.0**-FRACTION_BITS


def uniform_array(draws: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return `uniform` elementwise."""
    fraction = (draws >> _FRACTION_SHIFT).astype(np.float64)
    fraction += 0.5
    fraction *= 2.0**-FRACTION_BITS
    return fraction


def pick_array(draws: NDArray[np.uint64], count: ArrayLike) -> NDArray[np.int64]:
    """Return integers in [0, count), each equally likely to one part in 2**32 / count; count < 2**31."""
    return (((draws >> _S32) * as_u64(count)) >> _S32).view(np.int64)
