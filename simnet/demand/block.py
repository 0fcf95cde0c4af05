"""The seam between demand and network: streams in, demand lines out, all as arrays.

A stream is the demand for one part at one site by one entry of the scenario's `demand`. The network builder
gives the `Targets` of an entry (which parts at which sites); `make_blocks` keys them; a block then draws the
lines of any replication, and gives planners the moments.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from simnet.demand.sizes import SizeLike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simnet.demand.clock import Clock
    from simnet.demand.opening import Openings


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
    openings: Openings | None = None
    """When the sites are open, where lines are asked in their hours; None: at any time."""

    def __len__(self) -> int:
        return len(self.part)

    def take(self, chosen: NDArray[Any]) -> Targets:
        """Return the chosen rows; keep or drop all sites of a part together, or shares change."""
        row = None if self.row is None else self.row[chosen]
        return replace(self, part=self.part[chosen], site=self.site[chosen], share=self.share[chosen], row=row)

    def share_of_part(self) -> NDArray[Any]:
        """Return each stream's share over the sum of the shares of its part."""
        return _over_total(self.share, self.part)

    def share_of_row(self) -> NDArray[Any]:
        """Return each stream's share over the sum of the shares of its row of the table, or of its part."""
        return _over_total(self.share, self.part if self.row is None else self.row)


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


def _none() -> NDArray[Any]:
    import numpy as np

    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Lines:
    """Demand lines in any order; the arrays are int64 and equally long."""

    stream: NDArray[Any]
    """Index of the stream (row of the targets)."""
    minute: NDArray[Any]
    """Minute in [0, horizon)."""
    quantity: NDArray[Any]
    """Pieces, at least 1."""
    job: NDArray[Any] = field(default_factory=_none)
    """A number that the lines of one job share, whatever other parts there are; empty: each line is an order."""

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
        from simnet.demand.sizes import LARGEST, Fixed, Geometric

        if self.size is not None:
            return self.size
        # Whole months of a history may be larger than a line can be written; plans need not be that fine.
        mean = min(max(float(self.size_mean[stream]), 1.0), LARGEST)
        return Fixed(pieces=round(mean)) if self.fixed else Geometric(mean=mean)


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
        lines = self.model.draw(Streams(keys, self.targets, self.part_base, seed, replication), clock)
        if self.targets.openings is None:
            return lines
        cells = getattr(self.model, "cells", _months)(clock)
        site = self.targets.site[lines.stream]
        return replace(lines, minute=self.targets.openings.moved(lines.minute, site, cells))

    def moments(self) -> Moments:
        """Return what planners may know of each stream's demand."""
        return self.model.moments(self.targets)


def _months(clock: Clock) -> NDArray[Any]:
    """The cells of a demand model that does not say its own."""
    return clock.month_start


def make_blocks(entries: Sequence[tuple[DemandModel, Targets]]) -> list[StreamBlock]:
    """Return one keyed block an entry.

    A stream's key is that of the names ("demand", part, site). Where several entries ask for the same part
    at the same site, the second and later ones join their number (1, 2, ...) to the key. Models that draw by
    part (their class says `by_part = True`) use the key of ("demand", part), numbered in the same way.
    """
    from simnet.streams import join_keys, name_key, name_keys

    bases, part_bases = [], []
    for _, targets in entries:
        part_base = join_keys(name_key("demand"), name_keys(targets.part_names))
        bases.append(join_keys(part_base[targets.part], name_keys(targets.site_names)[targets.site]))
        part_bases.append(part_base)
    _number(bases)
    _number([base for base, (model, _) in zip(part_bases, entries, strict=True) if _draws_by_part(model)])
    columns = zip(entries, bases, part_bases, strict=True)
    return [StreamBlock(model, targets, base, part_base) for (model, targets), base, part_base in columns]


def _draws_by_part(model: DemandModel) -> bool:
    return bool(getattr(model, "by_part", False))


def _number(bases: list[NDArray[Any]]) -> None:
    """Join the number 1, 2, ... to the second, third, ... of equal keys, over all entries in order."""
    import numpy as np

    from simnet.streams import join_keys

    keys = np.concatenate(bases) if bases else np.empty(0, dtype=np.int64)
    if (np.diff(np.sort(keys)) != 0).all():
        return
    order = np.argsort(keys, kind="stable")
    fresh = np.ones(len(keys), dtype=bool)
    fresh[1:] = keys[order][1:] != keys[order][:-1]
    starts = np.flatnonzero(fresh)
    numbers = np.empty(len(keys), dtype=np.int64)
    numbers[order] = np.arange(len(keys)) - np.repeat(starts, np.diff(starts, append=len(keys)))
    keys = np.where(numbers > 0, join_keys(keys, numbers), keys)
    ends = np.cumsum([len(base) for base in bases])
    for base, end in zip(bases, ends.tolist(), strict=True):
        base[:] = keys[end - len(base) : end]


def _over_total(share: NDArray[Any], group: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    if not len(share):
        return share
    return np.asarray(share / np.bincount(group, weights=share)[group])
