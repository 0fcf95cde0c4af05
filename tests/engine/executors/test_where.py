"""Where tasks are done, in words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from simnet.engine.executors import Where, read_where
from simnet.engine.executors.on_ray import from_outside
from simnet.errors import SimnetError

GOOD = {
    "sequence": Where("sequence", 2),
    "threads": Where("threads", 2),
    "processes": Where("processes", 2),
    "dask://10.0.0.7:8786": Where("dask", 2, "10.0.0.7:8786"),
    "dask://head.cluster:8786/": Where("dask", 2, "head.cluster:8786"),
    "dask://[::1]:8786": Where("dask", 2, "[::1]:8786"),
    "ray": Where("ray", 2),
    "ray://auto": Where("ray", 2, "auto"),
    "ray://head:10001": Where("ray", 2, "head:10001"),
}
BAD = {
    "": "names no place",
    "dask": "host and port are missing",
    "dask://": "host and port are missing",
    "dask://head": "'head' is not HOST:PORT",
    "dask://head:0": "is not HOST:PORT",
    "dask://head:99999": "is not HOST:PORT",
    "dask://a b:8786": "is not HOST:PORT",
    "dask://me@head:8786": "is not HOST:PORT",
    "dask://auto": "'auto' is not HOST:PORT",
    "ray://": "host and port are missing",
    "thread": "did you mean 'threads'?",
    "desk://head:8786": "did you mean 'dask'?",
    "spark://head:7077": "dask and ray are known",
    "tcp://head:8786": "dask and ray are known",
}


@pytest.mark.parametrize("on", GOOD)
def test_a_place_is_read(on: str) -> None:
    """Kinds of this machine by name, clusters by address."""
    assert read_where(on, 2) == GOOD[on]


@pytest.mark.parametrize("on", BAD)
def test_a_word_that_is_no_place_is_refused(on: str) -> None:
    """With what is wrong and all that may be written."""
    with pytest.raises(SimnetError) as error:
        read_where(on)
    assert BAD[on] in str(error.value)
    assert "dask://HOST:PORT" in str(error.value)


def test_an_executor_of_ones_own_is_a_place() -> None:
    """Any Executor, and a place that was read before."""
    with ThreadPoolExecutor(1) as own:
        where = read_where(own, 3)
    assert (where.kind, where.executor, where.workers) == ("executor", own, 3)
    assert read_where(where) is where


class Head:
    """A stand-in for Ray's client and a head that gives no server so many times."""

    def __init__(self, busy: int) -> None:
        self.busy, self.asked = busy, 0

    def init(self, **_: object) -> None:
        """Join, or be told so in the client's own words."""
        self.asked += 1
        if self.asked <= self.busy:
            raise ConnectionAbortedError(
                "Initialization failure from server:\nTraceback:\nRuntimeError: Proxy failed\n"
            )


@pytest.mark.parametrize("busy", [0, 1, 2])
def test_a_busy_ray_head_is_asked_again(busy: int) -> None:
    """A head that has just been started, or has much to do, fails at first to start the server of a client."""
    head = Head(busy)
    from_outside(head, "ray://head:10001", {})
    assert head.asked == busy + 1


def test_a_ray_head_that_never_serves_is_told() -> None:
    """After some times, with the last line of what it says."""
    with pytest.raises(ConnectionError, match="starts no server for us: RuntimeError: Proxy failed$"):
        from_outside(Head(99), "ray://head:10001", {})
