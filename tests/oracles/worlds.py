"""What a run of many worlds says: each part of the scenario is one world, each replication another set of them.

All parts are alike and meet only chance of their own, so a measure's standard error comes from the
scatter over parts x replications (the delta method for a ratio of sums).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simnet.ledger.tally import KINDS, Tally
from simnet.network.network import Network
from simnet.study import Result

Array = NDArray[np.float64]


def worlds_of(result: Result, minutes: int) -> Worlds:
    """The worlds of a result's first design; `minutes` in the case's unit of time."""
    study, design = result.asked[0]
    return Worlds(study.network(design), [run.tally for run in result.runs[0]], minutes)


@dataclass(frozen=True)
class Worlds:
    """Tallies of one network, a replication each."""

    network: Network
    tallies: Sequence[Tally]
    minutes: int
    """Minutes in the case's unit of time."""

    def rows(self, site: str) -> NDArray[np.int64]:
        """The stocking points of a site, a part each."""
        return np.flatnonzero(self.network.points["site"] == self.network.site_names.index(site))

    def point(self, site: str, name: str) -> Array:
        """A field of the site's points, by world."""
        rows = self.rows(site)
        return np.concatenate([tally.point[name][rows] for tally in self.tallies]).astype(np.float64)

    def asked(self, site: str, name: str) -> Array:
        """A field of what anyone asked of the site, by world."""
        rows, classes = self.rows(site), len(self.network.order_classes)
        return np.concatenate(
            [tally.flow[name].reshape(-1, classes)[rows].sum(axis=1) for tally in self.tallies]
        ).astype(np.float64)

    def of_class(self, site: str, order_class: str, name: str) -> Array:
        """A field of what one order class asked of the site, by world."""
        rows, classes = self.rows(site), self.network.order_classes
        at = classes.index(order_class)
        found = [tally.flow[name].reshape(-1, len(classes))[rows, at] for tally in self.tallies]
        return np.concatenate(found).astype(np.float64)

    def found(self, site: str, kind: str) -> Array:
        """Pieces that customers of the site got of one kind of source, or that ended so; by replication."""
        at, sites = self.network.site_names.index(site), len(self.network.site_names)
        kinds = [tally.miss["units"].reshape(sites, -1, len(KINDS))[at, :, KINDS.index(kind)] for tally in self.tallies]
        return np.array([each.sum() for each in kinds], dtype=np.float64)

    def together(self, values: Array) -> Array:
        """Sums over the worlds of each replication."""
        return np.asarray(values.reshape(len(self.tallies), -1).sum(axis=1))

    def within(self, site: str, wait: float) -> tuple[Array, Array]:
        """Pieces delivered no later than `wait` units of time after asking, and pieces asked; by replication."""
        at, bins = self.network.site_names.index(site), len(self.network.wait_edges)
        last = int(np.searchsorted(self.network.wait_edges, round(wait * self.minutes)))
        late = np.array([tally.wait[at, :, 1, : min(last + 1, bins)].sum() for tally in self.tallies])
        at_once = self.together(self.asked(site, "filled_units"))
        return at_once + late, self.together(self.asked(site, "units"))

    @property
    def time(self) -> float:
        """Measured time of each world, in the case's unit."""
        return self.tallies[0].minutes / self.minutes


Measure = Callable[[Worlds], tuple[Array, Array]]
"""A measure is a sum over worlds divided by another."""


def average(site: str, name: str) -> Measure:
    """The time average of an integral."""
    return lambda worlds: per_time(worlds, worlds.point(site, name) / worlds.minutes)


def rate(site: str, name: str) -> Measure:
    """A count a unit of time."""
    return lambda worlds: per_time(worlds, worlds.point(site, name))


def per_time(worlds: Worlds, amount: Array) -> tuple[Array, Array]:
    """An amount over the measured time."""
    return amount, np.full(len(amount), worlds.time)


def per_world(worlds: Worlds, amount: Array) -> tuple[Array, Array]:
    """The mean of an amount."""
    return amount, np.ones(len(amount))


def share(site: str, name: str, of: str) -> Measure:
    """What was asked of a site and went well, over all that was asked."""
    return lambda worlds: (worlds.asked(site, name), worlds.asked(site, of))


def weighed(*terms: tuple[float, Measure]) -> Measure:
    """A sum of averages over time, each with its weight: a cost."""

    def measure(worlds: Worlds) -> tuple[Array, Array]:
        parts = [(weight, *term(worlds)) for weight, term in terms]
        return sum((weight * top for weight, top, _ in parts), np.zeros(1)), parts[0][2]

    return measure


def little(site: str) -> Measure:
    """Mean wait of a piece by Little's law: the time pieces are owed, over pieces asked."""

    def measure(worlds: Worlds) -> tuple[Array, Array]:
        return worlds.point(site, "owed_minutes") / worlds.minutes, worlds.asked(site, "units")

    return measure


@dataclass(frozen=True)
class Within:
    """Share of the pieces delivered no later than `wait` after asking; by replication, as waits are tallied."""

    site: str
    wait: float

    def __call__(self, worlds: Worlds) -> tuple[Array, Array]:
        """Pieces known to be in time, and pieces asked."""
        return worlds.within(self.site, self.wait)

    def slack(self, worlds: Worlds) -> float:
        """The share of pieces that still wait at the horizon: some of them may yet be in time."""
        return float(worlds.asked(self.site, "open_units").sum() / worlds.asked(self.site, "units").sum())


@dataclass(frozen=True)
class Function:
    """What is worked out from other measures; its error follows from their scatter (the delta method)."""

    of: tuple[Measure, ...]
    work: Callable[..., float]

    def __call__(self, worlds: Worlds) -> tuple[Array, Array]:
        """The value plus, by world, how much that world moves it; over one a world."""
        pairs = [measure(worlds) for measure in self.of]
        values = [float(top.sum() / bottom.sum()) for top, bottom in pairs]
        found = self.work(*values)
        moved = np.full(len(pairs[0][0]), found)
        for at, (top, bottom) in enumerate(pairs):
            step = 1e-6 * max(abs(values[at]), 1e-9)
            slope = (self.work(*values[:at], values[at] + step, *values[at + 1 :]) - found) / step
            moved += slope * (top - values[at] * bottom) / bottom.mean()
        return moved, np.ones(len(moved))


def owed_above(site: str) -> Measure:
    """Pieces that the site's source owes it, on average."""

    def measure(worlds: Worlds) -> tuple[Array, Array]:
        waiting = worlds.point(site, "on_order_minutes") - worlds.point(site, "transit_minutes")
        return per_time(worlds, waiting / worlds.minutes)

    return measure


def site_measures(site: str, prefix: str, windows: Sequence[float] = ()) -> dict[str, Measure]:
    """Every measure of one site, by its name in the oracle file."""
    found: dict[str, Measure] = {
        "on_hand": average(site, "on_hand_minutes"),
        "backorders": average(site, "owed_minutes"),
        "on_order": average(site, "on_order_minutes"),
        "ready_rate": average(site, "stocked_minutes"),
        "order_rate": rate(site, "orders"),
        "unit_fill": share(site, "filled_units", "units"),
        "line_fill": share(site, "filled_lines", "lines"),
        "unit_fill_complete": share(site, "complete_units", "units"),
        "lost_fraction": share(site, "lost_units", "units"),
        "lost_rate": lambda worlds: per_time(worlds, worlds.asked(site, "lost_units")),
        "mean_wait": little(site),
        **{f"fill_within_{wait:g}": Within(site, wait) for wait in windows},
    }
    return {prefix + name: measure for name, measure in found.items()}


@dataclass(frozen=True)
class Found:
    """A measure of a run, with its standard error."""

    value: float
    error: float
    batches: int
    slack: float = 0.0
    """How much more it may be, because the horizon cuts some waits off."""


def estimate(worlds: Worlds, measure: Measure) -> Found:
    """The ratio of the sums, and its standard error by the delta method."""
    top, bottom = measure(worlds)
    value = float(top.sum() / bottom.sum())
    scatter = float(np.sqrt(((top - value * bottom) ** 2).sum() * len(top) / max(len(top) - 1, 1)))
    slack = measure.slack(worlds) if isinstance(measure, Within) else 0.0
    return Found(value, scatter / float(bottom.sum()), len(top), slack)
