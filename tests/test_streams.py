"""Chance is a function of names: the same integers everywhere, and no stream disturbs another."""

from __future__ import annotations

import numpy as np
import pytest

from simnet import streams

KEYS = [0, 1, 7, 2**63 - 1, streams.name_key("demand", "filter", "lyon")]
COUNTERS = [0, 1, 2, 4096, 2**31, 2**63 - 1]


def test_mix_matches_the_published_splitmix64() -> None:
    """The stream of key 1234567 starts with the reference outputs of SplitMix64 for that seed."""
    reference = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431]
    assert [streams.mix_int(1234567, n) for n in range(4)] == reference


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("n", COUNTERS)
def test_python_numpy_and_scalar_forms_agree(key: int, n: int) -> None:
    """Python integers, NumPy scalars and NumPy arrays give the same draw."""
    expected = streams.mix_int(key, n)
    with np.errstate(over="ignore"):
        assert int(streams.mix_u64(np.uint64(key), np.uint64(n))) == expected
    assert int(streams.mix_array(np.array([key]), np.array([n]))[0]) == expected
    assert int(streams.mix_array(np.array([key, key]), n)[1]) == expected


def test_numba_gives_the_same_integers() -> None:
    """The scalar form compiles, and the compiled one agrees with Python."""
    numba = pytest.importorskip("numba")
    compiled = numba.njit(streams.mix_u64)
    for key in KEYS:
        for n in COUNTERS:
            assert int(compiled(np.uint64(key), np.uint64(n))) == streams.mix_int(key, n)


def test_mix_array_leaves_its_inputs_alone() -> None:
    """The in-place work happens on a copy."""
    keys = np.arange(5, dtype=np.int64)
    counters = np.arange(5, dtype=np.uint64)
    streams.mix_array(keys, counters)
    assert keys.tolist() == counters.tolist() == [0, 1, 2, 3, 4]


def test_name_keys_are_pinned() -> None:
    """A key never changes between versions, or every stored result would move."""
    assert streams.hash_name("filter") == 7302834483483386817
    assert streams.name_key("demand", "filter", "lyon") == 3536127727452283648
    assert streams.stream_key(7, 0, "demand", "filter", "lyon") == 9338802942464402209


def test_name_key_depends_on_order_and_boundaries() -> None:
    """Other names, another order or another cut between names give another key."""
    keys = {
        streams.name_key(*names)
        for names in [("a", "b"), ("b", "a"), ("ab",), ("a", "b", ""), ("", "ab"), ("a",), ("a", 1), ("a", 2)]
    }
    assert len(keys) == 8
    assert all(0 <= key < 2**63 for key in keys)
    assert streams.name_key("a", 7) == streams.name_key("a", "7")


def test_joined_key_arrays_equal_name_keys() -> None:
    """Hashing each name once and joining arrays is the same as hashing each pair."""
    parts, sites = ["filter", "hose", "pump"], ["lyon", "turin", "gent"]
    joined = streams.join_keys(streams.name_key("demand"), streams.name_keys(parts))
    joined = streams.join_keys(joined, streams.name_keys(sites))
    expected = [streams.name_key("demand", part, site) for part, site in zip(parts, sites, strict=True)]
    assert joined.tolist() == expected
    mixed = streams.stream_keys(joined, seed=3, replication=2)
    assert mixed.tolist() == [
        streams.stream_key(3, 2, "demand", part, site) for part, site in zip(parts, sites, strict=True)
    ]


def test_replications_and_seeds_have_their_own_chance() -> None:
    """Seed and replication do not trade places, and none repeats another."""
    keys = {streams.stream_key(seed, rep, "x") for seed in range(40) for rep in range(40)}
    assert len(keys) == 1600


@pytest.mark.parametrize("draw", [0, 1, 2**63, 2**64 - 1])
def test_uniform_stays_strictly_inside(draw: int) -> None:
    """The end points 0 and 1 are never reached, in either form."""
    assert 0.0 < streams.uniform(draw) < 1.0
    assert streams.uniform_array(np.array([draw], dtype=np.uint64))[0] == streams.uniform(draw)


def test_pick_is_even() -> None:
    """Chi-square over ten picks, 200,000 draws: critical value 51.0 has a false alarm chance of 7e-8."""
    draws = streams.mix_array(streams.name_key("pick"), np.arange(200_000))
    counts = np.bincount(streams.pick_array(draws, 10), minlength=10)
    assert ((counts - 20_000) ** 2 / 20_000).sum() < 51.0


@pytest.mark.parametrize("bit", range(0, 64, 7))
def test_neighboring_counters_are_uncorrelated(bit: int) -> None:
    """Each bit is fair and independent of the next draw: 200,000 draws, 5.5 standard errors (4e-8 each)."""
    draws = streams.mix_array(streams.stream_key(1, 0, "bits"), np.arange(200_001))
    ones = ((draws >> np.uint64(bit)) & np.uint64(1)).astype(int)
    bound = 5.5 * 0.5 * 200_000**0.5
    assert abs(ones[:-1].sum() - 100_000) < bound
    assert abs((ones[:-1] ^ ones[1:]).sum() - 100_000) < bound
