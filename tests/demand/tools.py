"""Small networks' worth of streams for the demand tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from simnet.demand import Clock, DemandModel, Lines, StreamBlock, Targets, make_blocks

START = date(2026, 1, 1)


def years(count: int, start: date = START) -> Clock:
    """Return the clock of this many whole calendar years."""
    return Clock.of(start, (date(start.year + count, start.month, start.day) - start).days * 1440)


def targets(
    parts: int | Sequence[str] = 1, sites: int | Sequence[str] = 1, shares: Sequence[float] | None = None
) -> Targets:
    """Return every part at every site."""
    part_names = [f"part{i}" for i in range(parts)] if isinstance(parts, int) else list(parts)
    site_names = [f"site{i}" for i in range(sites)] if isinstance(sites, int) else list(sites)
    part = np.repeat(np.arange(len(part_names)), len(site_names))
    site = np.tile(np.arange(len(site_names)), len(part_names))
    share = np.tile(np.ones(len(site_names)) if shares is None else np.asarray(shares), len(part_names))
    return Targets(part, site, share, part_names, site_names)


def block(model: DemandModel, chosen: Targets) -> StreamBlock:
    """Return the block of one entry alone."""
    return make_blocks([(model, chosen)])[0]


def by_name(chosen: Targets, lines: Lines) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Return the sorted (minute, quantity) of each part at each site, by their names."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for stream, minute, quantity in zip(lines.stream, lines.minute, lines.quantity, strict=True):
        names = (chosen.part_names[chosen.part[stream]], chosen.site_names[chosen.site[stream]])
        found.setdefault(names, []).append((int(minute), int(quantity)))
    return {names: sorted(rows) for names, rows in found.items()}
