"""Memory that is given back is kept while slices run, and goes to the system afterwards."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from simnet.engine import allocator
from simnet.engine.allocator import KEPT, ONE_POOL, USUAL, gnu_library, memory_kept
from simnet.process import process

LOOK = """
from pathlib import Path
import numpy as np
from simnet.engine.allocator import memory_kept

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

np.ones(8)
before = resident()
with memory_kept():
    for _ in range(2):
        several = [np.ones(8 << 20) for _ in range(4)]
        del several
    kept = resident()
print(before, kept, resident())
"""


class Library:
    """A C library that only remembers what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, ...]] = []

    def mallopt(self, name: int, value: int) -> int:
        """Remember."""
        self.asked.append((name, value))
        return 1

    def malloc_trim(self, pad: int) -> int:
        """Remember."""
        self.asked.append((pad,))
        return 1


def test_the_allocator_is_as_it_was_also_where_the_work_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Told to keep, then told the usual, then asked to give back."""
    library = Library()
    monkeypatch.setattr(allocator, "gnu_library", lambda: library)
    with pytest.raises(ZeroDivisionError), memory_kept():
        assert library.asked == list(KEPT.items())
        raise ZeroDivisionError
    assert library.asked == [*KEPT.items(), *USUAL.items(), (0,)]
    assert KEPT.keys() <= USUAL.keys(), "whatever is set is set back"


@pytest.mark.parametrize("ends", [False, True])
def test_a_process_that_goes_on_keeps_its_pools(ends: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be taken back is asked only in a process that ends with its study."""
    library = Library()
    monkeypatch.setattr(allocator, "gnu_library", lambda: library)
    monkeypatch.setattr(process, "ends", ends)
    with memory_kept():
        pass
    assert [name in dict(each for each in library.asked if len(each) == 2) for name in ONE_POOL] == [ends]


@pytest.mark.parametrize(
    ("libc", "said"),
    [
        (("", ""), {}),
        (("musl", "1.2"), {}),
        (("glibc", "2.36"), {"MALLOC_ARENA_MAX": "2"}),
        (("glibc", "2.36"), {"GLIBC_TUNABLES": "glibc.malloc.trim_threshold=1"}),
    ],
)
def test_elsewhere_nothing_changes(
    libc: tuple[str, str], said: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another C library is left alone, and one that somebody has told how to keep memory."""
    monkeypatch.setattr(allocator.platform, "libc_ver", lambda: libc)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    gnu_library.cache_clear()
    try:
        assert gnu_library() is None
        done: list[Any] = []
        with memory_kept():
            done.append(1)
        assert done
    finally:
        gnu_library.cache_clear()


@pytest.mark.skipif(gnu_library() is None, reason="not the GNU C library")
def test_memory_is_kept_meanwhile_and_given_back_afterwards() -> None:
    """256 MB stay with a process of its own while they are to be kept, and no longer."""
    told = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True).stdout
    before, kept, after = map(float, told.split())
    assert kept > before + 200, "nothing was given back"
    assert after < before + 60, "what was kept went to the system"
