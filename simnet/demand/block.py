"""The seam between demand and network: streams in, demand lines out, all as arrays.

A stream is the demand for one part at one site by one entry of the scenario's `demand`. The network builder
gives the `Targets` of an entry (which parts at which sites); `make_blocks` keys them; a block then draws the
lines of any replication, and gives planners the moments.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from simnet.demand.sizes import SizeLike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simnet.demand.clock import Clock


@dataclass(frozen=True)
class Targets:
    """Parts at sites, one row a stream; the sites of one part are all together in one Targets."""

    part: NDArray[Any]
    """Index into part_names (int64)."""
    site: NDArray[Any]
    """Index into site_names (int64)."""
    share: NDArray[Any]
    """The site's weight where a rate, or a history, is divided over sites (float64)."""
    part_names: Sequence[str]
    site_names: Sequence[str]
    row: NDArray[Any] | None = None
    """Index into the rows of the entry's `table` (int64), if it has one."""

    def __len__(self) -> int:
        return len(self.part)

    def take(self, chosen: NDArray[Any]) -> Targets:
        """Return the chosen rows; keep or drop all sites of a part together, or shares change."""
        row = None if self.row is None else self.row[chosen]
        return replace(
            self, part=self.part[chosen], site=self.site[chosen], share=self.share[chosen], row=row
        )

    def share_of_part(self) -> NDArray[Any]:
        """Return each stream's share over the sum of the shares of its part."""
        import numpy as np

        totals = np.bincount(self.part, weights=self.share, minlength=len(self.part_names))
        return np.asarray(self.share / totals[self.part])


@dataclass(frozen=True)
class Streams:
    """Streams of one replication: what a demand model draws from."""

    key: NDArray[Any]
    """Key of each stream, mixed with seed and replication (uint64): its n-th draw is mix(key, n)."""
    targets: Targets
    """Whose demand it is."""
    part_base: NDArray[Any]
    """Key of each part's names (row of part_names), before seed and replication (int64)."""
    seed: int = 1
    replication: int = 0

    def __len__(self) -> int:
        return len(self.key)

    def part_key(self) -> NDArray[Any]:
        """Return the key of each part, for what is drawn by part before a site is known (uint64)."""
        from simnet.streams import stream_keys

        return stream_keys(self.part_base, self.seed, self.replication)


@dataclass(frozen=True)
class Lines:
    """Demand lines in any order; all three arrays are int64 and equally long."""

    stream: NDArray[Any]
    """Index of the stream (row of the targets)."""
    minute: NDArray[Any]
    """Minute in [0, horizon)."""
    quantity: NDArray[Any]
    """Pieces, at least 1."""

    def __len__(self) -> int:
        return len(self.stream)


@dataclass(frozen=True)
class Moments:
    """What planners may know of each stream's demand: its long-run law, not its draws."""

    rate: NDArray[Any]
    """Demand lines a minute, as stated (season averaged out, before growth)."""
    size_mean: NDArray[Any]
    """Mean pieces a line."""
    size: SizeLike | None
    """The size distribution that all streams share; None: each is geometric, or fixed if `fixed`."""
    fixed: bool = False
    """Without a shared size: every stream's lines are all of its `size_mean` pieces."""
    period: int | None = None
    """Minutes of the period in which at most one line is asked; None: lines come one by one (Poisson)."""
    chance: NDArray[Any] | None = None
    """With a period: the chance of a line in each."""

    def size_of(self, stream: int) -> SizeLike:
        """Return the size distribution of one stream."""
        from simnet.demand.sizes import Fixed, Geometric

        if self.size is not None:
            return self.size
        mean = float(self.size_mean[stream])
        return Fixed(pieces=round(mean)) if self.fixed else Geometric(mean=max(mean, 1.0))


@runtime_checkable
class DemandModel(Protocol):
    """A law of demand; a class of one's own needs these two methods and nothing else."""

    def draw(self, streams: Streams, clock: Clock) -> Lines:
        """Return the lines that the streams ask in [0, horizon), as a pure function of their keys."""

    def moments(self, targets: Targets) -> Moments:
        """Return what planners may know of each stream's demand."""


@dataclass(frozen=True)
class StreamBlock:
    """The streams of one demand entry, ready to draw."""

    model: DemandModel
    targets: Targets
    base: NDArray[Any]
    """Key of each stream's names, before seed and replication (int64)."""
    part_base: NDArray[Any]
    """Key of each part's names, likewise; used by models that draw by part."""

    def __len__(self) -> int:
        return len(self.base)

    def draw(self, seed: int, replication: int, clock: Clock) -> Lines:
        """Return the demand lines of one replication."""
        from simnet.streams import stream_keys

        keys = stream_keys(self.base, seed, replication)
        return self.model.draw(Streams(keys, self.targets, self.part_base, seed, replication), clock)

    def moments(self) -> Moments:
        """Return what planners may know of each stream's demand."""
        return self.model.moments(self.targets)


def make_blocks(entries: Sequence[tuple[DemandModel, Targets]]) -> list[StreamBlock]:
    """Return one keyed block an entry.

    A stream's key is that of the names ("demand", part, site). Where several entries ask for the same part
    at the same site, the second and later ones join their number (1, 2, ...) to the key. Models that draw by
    part (their class says `by_part = True`) use the key of ("demand", part), numbered in the same way.
    """
    from simnet.streams import join_keys, name_key, name_keys

    seen: dict[int, int] = {}
    blocks = []
    for model, targets in entries:
        part_base = join_keys(name_key("demand"), name_keys(targets.part_names))
        base = join_keys(part_base[targets.part], name_keys(targets.site_names)[targets.site])
        if len(entries) > 1:
            _number(base, seen)
            if getattr(model, "by_part", False):
                _number(part_base, seen)
        blocks.append(StreamBlock(model, targets, base, part_base))
    return blocks


def _number(base: NDArray[Any], seen: dict[int, int]) -> None:
    from simnet.streams import join_key

    for place, key in enumerate(base.tolist()):
        earlier = seen.get(key, 0)
        seen[key] = earlier + 1
        if earlier:
            base[place] = join_key(key, earlier)
