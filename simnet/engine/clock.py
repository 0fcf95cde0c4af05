"""What a clock brings to the rules. These two are placeholders: each clock binds its own in their place."""

from __future__ import annotations

from simnet.engine.records import World


def schedule(world: World, minute: int, phase: int, place: int, quantity: int) -> None:
    """Have `happen(world, phase, place, quantity, minute)` called at that minute (law 1)."""
    raise RuntimeError("the rules were called without a clock")


def draw(key: int, n: int) -> int:
    """Twelve bits of chance: the n-th draw of the stream `key` (law 3)."""
    raise RuntimeError("the rules were called without a clock")
