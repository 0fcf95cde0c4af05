"""Vectorized draws of jobs: when each comes and where, then its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simnet.demand.arrivals import Even, poisson_counts, spread_lines
from simnet.demand.block import Lines, Moments
from simnet.streams import (
    hash_name,
    join_keys,
    mix_array,
    name_keys,
    pick_array,
    stream_keys,
    uniform_array,
)
from simnet.units import MONTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simnet.demand.block import Streams, Targets
    from simnet.demand.clock import Clock
    from simnet.demand.job_cards import JobCards, Recipes
    from simnet.demand.jobs import Jobs

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

DAY = 1440
ROW_BITS = 26
"""Jobs of one kind at one site in one replication are fewer than 2**26."""
MINUTE, SITE = 1, 2
"""Draws of a card."""
PLACES = np.uint64(0x8BB84B93962EACC9)
"""Sets the draws that give a card its site apart from those of its minute."""


@dataclass(frozen=True)
class Found:
    """Jobs that come: which recipe, at which site, when, under which number."""

    recipe: Ints
    site: Ints
    minute: Ints
    number: Ints


def part_rows(names: Sequence[str], targets: Targets) -> Ints:
    """The row of each name among the parts of the targets; -1 where it is not there."""
    known = {str(name): row for row, name in enumerate(targets.part_names)}
    return np.array([known.get(name, -1) for name in names], dtype=np.int64)


def site_rows(names: Sequence[str], targets: Targets) -> Ints:
    """The row of each name among the sites of the targets; -1 where it is not there."""
    known = {str(name): row for row, name in enumerate(targets.site_names)}
    return np.array([known.get(name, -1) for name in names], dtype=np.int64)


def sites_of(targets: Targets) -> tuple[Ints, Floats]:
    """The sites that ask, and their weights."""
    sites, first = np.unique(targets.site, return_index=True)
    return sites, targets.share[first]


def first_parts(recipes: Recipes, names: Sequence[str], rows: Ints) -> Ints:
    """Of each recipe the part that comes first by name, as a row of the targets; -1 where none of it is there."""
    order = np.argsort(np.array(names, dtype=object)) if len(names) else np.zeros(0, np.int64)
    rank = np.empty(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    ranks = np.where(rows[recipes.part] >= 0, rank[recipes.part], len(names))
    least = np.minimum.reduceat(ranks, recipes.start[:-1]) if len(recipes) else ranks
    return np.append(rows[order], -1)[np.minimum(least, len(names))]


def of_kinds(jobs: Jobs, streams: Streams, clock: Clock) -> Found:
    """Kinds of jobs: a Poisson process each at each site, keyed by kind and site."""
    targets = streams.targets
    sites, share = sites_of(targets)
    lead = first_parts(jobs.recipes, jobs.part_names, part_rows(jobs.part_names, targets))
    kind, site = (each.ravel() for each in np.meshgrid(np.flatnonzero(lead >= 0), sites, indexing="ij"))
    base = join_keys(streams.part_base[lead[kind]], name_keys(targets.site_names)[site])
    names = np.array([hash_name(f"job {key}") for key in jobs.keys], dtype=np.int64)
    key = stream_keys(join_keys(base, names[kind]), streams.seed, streams.replication)
    mean = kind_rates(jobs, share)[kind, np.searchsorted(sites, site)] * clock.horizon
    row, minute, number = poisson(key, mean, clock)
    code = (kind * len(targets.site_names) + site)[row]
    return Found(kind[row], site[row], minute, (code << ROW_BITS) + number)


def kind_rates(jobs: Jobs, share: Floats) -> Floats:
    """Jobs a minute, by kind and site."""
    rate = np.array([kind.orders for kind in jobs.kinds], dtype=np.float64)[:, None]
    weight = share / share.sum() if jobs.split == "share" and len(share) else np.ones(len(share))
    return np.asarray(rate * weight)


def poisson(key: NDArray[np.uint64], mean: Floats, clock: Clock) -> tuple[Ints, Ints, Ints]:
    """Row, minute and number within its row of everything that comes."""
    counts = poisson_counts(uniform_array(mix_array(key, 0)), mean)
    row, minute, _ = spread_lines(key, counts, Even(clock.horizon), lambda draws, _row: draws.view(np.int64))
    return row, minute, np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)


def bootstrap(cards: JobCards, streams: Streams, clock: Clock) -> Found:
    """Whole cards at the observed rate, each one of those of its site, all equally likely."""
    targets = streams.targets
    at = site_rows(cards.site_names, targets) if cards.site_names else np.zeros(1, dtype=np.int64)
    known = part_rows(cards.part_names, targets)
    if not (known >= 0).any():
        return Found(*(np.zeros(0, dtype=np.int64) for _ in range(4)))
    lead = known[min((name, row) for row, name in enumerate(cards.part_names) if known[row] >= 0)[1]]
    names = name_keys([f"cards {name}" for name in cards.site_names or ("",)])
    key = stream_keys(join_keys(streams.part_base[lead], names), streams.seed, streams.replication)
    counts = np.bincount(cards.site, minlength=len(at))
    order = np.argsort(cards.site, kind="stable")
    row, minute, number = poisson(key, counts / (cards.months * MONTH) * clock.horizon, clock)
    own = mix_array(key[row] ^ PLACES, number)
    pick = pick_array(mix_array(own, MINUTE), counts[row])
    site = at[row] if cards.site_names else places(own, targets)
    code = row << ROW_BITS
    return Found(order[(np.cumsum(counts) - counts)[row] + pick], site, minute, code + number)


def exact(cards: JobCards, streams: Streams, clock: Clock) -> Found:
    """Each card on its date, the first month of the cards on the month in which the run starts."""
    targets = streams.targets
    lead = first_parts(cards.recipes, cards.part_names, part_rows(cards.part_names, targets))
    card = np.flatnonzero(lead >= 0)
    base = join_keys(streams.part_base[lead[card]], name_keys(cards.names)[card])
    key = stream_keys(base, streams.seed, streams.replication)
    starts = clock.full_months(max(cards.months, len(clock.month_of_year)))
    month = cards.month[card] - cards.first_month
    length = np.diff(starts)[month]
    day = cards.day[card]
    start = starts[month] + np.where(day > 0, (np.minimum(day, length // DAY) - 1) * DAY, 0)
    minute = start + pick_array(mix_array(key, MINUTE), np.where(day > 0, DAY, length))
    site = site_rows(cards.site_names, targets)[cards.site[card]] if cards.site_names else places(key, targets)
    kept = np.flatnonzero((minute >= 0) & (minute < clock.horizon))
    return Found(card[kept], site[kept], minute[kept], card[kept])


def places(key: NDArray[np.uint64], targets: Targets) -> Ints:
    """A site for each key, by the sites' shares."""
    sites, share = sites_of(targets)
    if not len(sites):
        return np.full(len(key), -1, dtype=np.int64)
    cuts = np.rint(np.cumsum(share)[:-1] / share.sum() * 2.0**32).astype(np.int64)
    level = pick_array(mix_array(key, SITE), 1 << 31) * 2
    return np.asarray(sites[np.searchsorted(cuts, level, side="right")])


def lines_of(jobs: Jobs, found: Found, targets: Targets) -> Lines:
    """The lines of all jobs that come, as far as there is a stream for them."""
    recipes, width = jobs.recipes, len(targets.site_names)
    size = np.diff(recipes.start)[found.recipe]
    job = np.repeat(np.arange(len(size)), size)
    line = np.arange(len(job)) - np.repeat(np.cumsum(size) - size, size) + recipes.start[found.recipe][job]
    part, site = part_rows(jobs.part_names, targets)[recipes.part[line]], found.site[job]
    codes = targets.part * width + targets.site
    order = np.argsort(codes, kind="stable")
    place = np.searchsorted(codes[order], part * width + site)
    stream = np.append(order, -1)[np.minimum(place, len(order))]
    kept = np.flatnonzero((part >= 0) & (site >= 0) & (stream >= 0))
    kept = kept[codes[stream[kept]] == (part * width + site)[kept]]
    job = job[kept]
    return Lines(stream[kept], found.minute[job], recipes.quantity[line[kept]], found.number[job])


def moments(jobs: Jobs, targets: Targets) -> Moments:
    """The rate and mean size of each stream's lines; fixed where every part has its own number of pieces."""
    recipes, cards, width = jobs.recipes, jobs.cards, len(targets.site_names)
    rows = part_rows(jobs.part_names, targets)
    recipe = np.repeat(np.arange(len(recipes)), np.diff(recipes.start))
    sites, share = sites_of(targets)
    if cards is None:
        weight = kind_rates(jobs, share)[recipe]
    elif not cards.site_names:
        weight = np.tile(share / share.sum() if len(share) else share, (len(recipe), 1)) / (cards.months * MONTH)
    else:
        at = site_rows(cards.site_names, targets)[cards.site][recipe]
        weight = (at[:, None] == sites) / (cards.months * MONTH)
    code = np.where(rows[recipes.part] >= 0, rows[recipes.part] * width, -1)[:, None] + sites
    known = np.broadcast_to(rows[recipes.part][:, None] >= 0, code.shape)
    cells = len(targets.part_names) * width
    lines = np.bincount(code[known], weights=weight[known], minlength=cells)
    pieces = np.bincount(code[known], weights=(weight * recipes.quantity[:, None])[known], minlength=cells)
    rate, asked = lines[targets.part * width + targets.site], pieces[targets.part * width + targets.site]
    mean = np.divide(asked, rate, out=np.ones(len(rate)), where=rate > 0)
    return Moments(rate, np.where(steady(recipes), np.round(mean), mean), None, fixed=steady(recipes))


def steady(recipes: Recipes) -> bool:
    """Whether every part is always asked for in the same number of pieces."""
    pairs = np.unique(np.column_stack([recipes.part, recipes.quantity]), axis=0)
    return len(pairs) == len(np.unique(recipes.part))


def spans(jobs: Jobs, targets: Targets) -> tuple[Ints, Ints]:
    """First and last part of each job, as rows of the targets' parts; jobs of one part are left out."""
    recipes = jobs.recipes
    part = part_rows(jobs.part_names, targets)[recipes.part]
    if not len(recipes):
        return part, part
    high = np.maximum.reduceat(part, recipes.start[:-1])
    low = np.minimum.reduceat(np.where(part < 0, np.int64(1) << 40, part), recipes.start[:-1])
    wide = high > low
    return low[wide], high[wide]
