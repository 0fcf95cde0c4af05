"""What cases of chance are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from types import ModuleType
from typing import Any

Made = tuple[dict[str, Any], Mapping[str, Any]]
"""Parameters, and the exact measures."""
Maker = Callable[[Random, ModuleType], Made]

KINDS = ("deterministic", "exponential", "uniform", "erlang3", "lognormal", "twopoint")


def load(chance: Random) -> tuple[float, float]:
    """A rate and a lead time with 0.3 to 4 orders on the way."""
    rate = round(chance.uniform(0.05, 2.0), 3)
    return rate, round(chance.uniform(0.3, 4.0) / rate, 3)
