"""What slices leave, put together as they come: kept on disk where an interrupted study finds it, then added up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from simnet.engine.pieces import Piece, SliceTask, run_slice
from simnet.errors import SimnetError

if TYPE_CHECKING:
    from simnet.study.unfinished import Unfinished


@dataclass(eq=False)
class Gathered:
    """The replications of a design, as far as their slices have been done; any thread may add to them."""

    store: Unfinished
    packed: Callable[[Piece], bytes]
    whole: dict[int, Piece] = field(default_factory=dict)
    """By replication."""
    broken: SimnetError | None = None
    """Why pieces cannot be kept; whoever hands out tasks stops."""
    _lock: Lock = field(default_factory=Lock)

    def done(self, task: SliceTask) -> None:
        """Run a slice and take in what it leaves: what a thread of ours does.

        Were one thread to take in what all others leave, it would be one more at work than there are processors.
        """
        self.take(task, run_slice(task))

    def take(self, task: SliceTask, piece: Piece) -> None:
        """Keep a piece, then add it."""
        try:
            self.keep(task, piece)
        except SimnetError as error:
            self.broken = error
            raise
        self.join(task.replication, piece)

    def keep(self, task: SliceTask, piece: Piece) -> None:
        """Put a piece where an interrupted study finds it; its sums last, as they say that it is there."""
        if piece.points:
            self.store.put(f"points-{task.key}.parquet", piece.points)
        if piece.lines:
            self.store.put(f"lines-{task.key}.parquet", piece.lines)
        if self.store.folder is not None:
            self.store.put(f"sums-{task.key}.bin", self.packed(piece))

    def join(self, replication: int, piece: Piece) -> None:
        """Add a piece to its replication, which takes it over."""
        with self._lock:
            before = self.whole.get(replication)
            self.whole[replication] = before.plus(piece, True) if before is not None else piece.begun()
