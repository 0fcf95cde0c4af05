"""Demand whose rate changes, as demand models of one's own: what `simnet.demand` asks of any user."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from simnet.demand import Clock, Entry, Lines, Moments, Streams, Targets
from simnet.demand.sizes import Fixed
from simnet.streams import mix_array, uniform_array
from tests.oracles.system import Lead, System, base_stock
from tests.oracles.worlds import Measure, per_world, share, site_measures

SITE = "site"
GRID = 1 << 16
STATE = 1 << 40
"""Where the draws begin that say how the environment changes."""

Parameters = Mapping[str, Any]
Floats = NDArray[np.float64]


class Changing(Entry):
    """Poisson orders of one piece whose intensity is a function of time, by its integral."""

    minutes: int
    """In a unit of time."""

    def integral(self, time: Floats) -> Floats:
        """Orders expected before a time, both from minute 0; the time in the case's unit."""
        raise NotImplementedError

    def draw(self, streams: Streams, clock: Clock) -> Lines:
        """A Poisson number of lines, each at a minute where the integral reaches an even share."""
        grid = np.linspace(0.0, clock.horizon / self.minutes, GRID + 1)
        total = self.integral(grid)
        count = stats.poisson.ppf(uniform_array(mix_array(streams.key, 0)), total[-1]).astype(np.int64)
        stream = np.repeat(np.arange(len(streams)), count)
        number = np.arange(len(stream)) - np.repeat(np.cumsum(count) - count, count) + 1
        reached = uniform_array(mix_array(streams.key[stream], number)) * total[-1]
        minute = (np.interp(reached, total, grid) * self.minutes).astype(np.int64)
        return Lines(stream, np.minimum(minute, clock.horizon - 1), np.ones(len(stream), np.int64))

    def moments(self, targets: Targets) -> Moments:
        """What a planner would be told; nothing is planned here."""
        rate = np.full(len(targets), self.mean_rate() / self.minutes)
        return Moments(rate, np.ones(len(targets)), Fixed(pieces=1))

    def mean_rate(self) -> float:
        """Orders a unit of time, about."""
        raise NotImplementedError


class Sine(Changing):
    """Rate a (1 + b sin 2 pi t / T)."""

    a: float
    b: float
    T: float

    def integral(self, time: Floats) -> Floats:
        """a t + a b T / 2 pi (1 - cos 2 pi t / T)."""
        wave = 2 * math.pi / self.T
        return np.asarray(self.a * time + self.a * self.b / wave * (1 - np.cos(wave * time)))

    def mean_rate(self) -> float:
        """The mean over a season."""
        return self.a


class Declining(Changing):
    """Rate lam0 e^(-decay t)."""

    lam0: float
    decay: float

    def integral(self, time: Floats) -> Floats:
        """lam0 (1 - e^(-decay t)) / decay."""
        if not self.decay:
            return np.asarray(self.lam0 * time)
        return np.asarray(-self.lam0 / self.decay * np.expm1(-self.decay * time))

    def mean_rate(self) -> float:
        """The rate at the start."""
        return self.lam0


class Modulated(Changing):
    """Markov-modulated: an environment jumps by a generator, each of its states has a rate."""

    rates: tuple[float, ...]
    generator: tuple[tuple[float, ...], ...]

    def long_run(self) -> Floats:
        """The share of time in each state."""
        table = np.array(self.generator)
        lines = np.vstack([table.T[:-1], np.ones(len(table))])
        return np.asarray(np.linalg.solve(lines, np.eye(len(table))[-1]))

    def mean_rate(self) -> float:
        """The mean over the long run."""
        return float(self.long_run() @ np.array(self.rates))

    def draw(self, streams: Streams, clock: Clock) -> Lines:
        """All streams jump together, one jump a step, until the last has passed the horizon."""
        table, end = np.array(self.generator), clock.horizon / self.minutes
        leave = -np.diag(table)
        jump = np.cumsum(np.where(np.eye(len(table)) > 0, 0.0, table) / leave[:, None], axis=1)
        key, active = streams.key, np.arange(len(streams))
        state = np.searchsorted(np.cumsum(self.long_run()), uniform_array(mix_array(key, STATE)))
        since = np.zeros(len(key))
        drawn = np.ones(len(key), dtype=np.int64)
        columns: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        step = 0
        while len(active):
            step += 1
            here = state[active]
            stay = -np.log(uniform_array(mix_array(key[active], STATE + 2 * step - 1))) / leave[here]
            until = np.minimum(since[active] + stay, end)
            mean = np.array(self.rates)[here] * (until - since[active])
            chance = uniform_array(mix_array(key[active], 2 * STATE + step))
            count = stats.poisson.ppf(chance, mean).astype(np.int64)
            stream = np.repeat(active, count)
            number = np.arange(len(stream)) - np.repeat(np.cumsum(count) - count, count) + drawn[stream]
            place = uniform_array(mix_array(key[stream], number))
            start, length = since[stream], np.repeat(until - since[active], count)
            columns.append((stream, ((start + place * length) * self.minutes).astype(np.int64)))
            drawn[active] += count
            since[active] = until
            turn = uniform_array(mix_array(key[active], STATE + 2 * step))
            state[active] = (turn[:, None] > jump[here]).sum(axis=1)
            active = active[until < end]
        stream, minute = (np.concatenate(column) for column in zip(*columns, strict=True))
        return Lines(stream, np.minimum(minute, clock.horizon - 1), np.ones(len(stream), np.int64))


def nonstationary_sine(case: Parameters) -> System:
    """A season that is a sine: whole seasons of warm-up and of measuring."""
    a, b, season = case["a"], case["b"], case["T"]
    return System(
        (base_stock(SITE, Lead(case["L"]), case["S"]),),
        (),
        site_measures(SITE, ""),
        step=season,
        models=lambda minutes: [Sine(at=(SITE,), minutes=minutes, a=a, b=b, T=season)],
        rate=a,
    )


def declining_demand(case: Parameters) -> System:
    """Demand that dies out; measured over (T0, T1) of a run from 0."""
    lam0, decay = case["lam0"], case["decay"]
    span = case["T1"] - case["T0"]
    asked = lam0 * span if not decay else lam0 / decay * -math.expm1(-decay * case["T1"])
    units: Measure = lambda worlds: per_world(worlds, worlds.asked(SITE, "units"))  # noqa: E731
    return System(
        (base_stock(SITE, Lead(case["L"]), case["S"]),),
        (),
        {**site_measures(SITE, ""), "expected_demand": units},
        span=(case["T0"], span),
        models=lambda minutes: [Declining(at=(SITE,), minutes=minutes, lam0=lam0, decay=decay)],
        rate=asked / case["T1"],
    )


def last_time_buy(case: Parameters) -> System:
    """One final order on the shelf at the start, nothing after it; what is not there is lost."""
    lam0, decay, horizon = case["lam0"], case["decay"], case["horizon"]
    asked = lam0 * horizon if not decay else lam0 / decay * -math.expm1(-decay * horizon)
    measures: dict[str, Measure] = {
        "unit_fill": share(SITE, "filled_units", "units"),
        "left_over": lambda worlds: per_world(worlds, worlds.point(SITE, "on_hand")),
        "unmet": lambda worlds: per_world(worlds, worlds.asked(SITE, "lost_units")),
        "expected_demand": lambda worlds: per_world(worlds, worlds.asked(SITE, "units")),
        "p_no_stockout": lambda worlds: per_world(worlds, 1.0 * (worlds.asked(SITE, "lost_units") == 0)),
    }
    return System(
        (base_stock(SITE, Lead(1.0), 0, start=case["Q"]),),
        (),
        measures,
        lost=True,
        span=(0.0, horizon),
        models=lambda minutes: [Declining(at=(SITE,), minutes=minutes, lam0=lam0, decay=decay)],
        rate=asked / horizon,
    )


def mmpp_demand(case: Parameters) -> System:
    """Markov-modulated demand, base stock; lead time constant or exponential."""
    lead = case.get("lead", "constant")
    kind, mean = (lead["kind"], lead["mean"]) if isinstance(lead, Mapping) else (lead, case["L"])
    rates = tuple(map(float, case["rates"]))
    rows = tuple(tuple(map(float, row)) for row in case["generator"])
    model = Modulated(at=(SITE,), minutes=1, rates=rates, generator=rows)
    return System(
        (base_stock(SITE, Lead(float(mean), "deterministic" if kind == "constant" else kind), case["S"]),),
        (),
        site_measures(SITE, ""),
        models=lambda minutes: [model.model_copy(update={"minutes": minutes})],
        rate=model.mean_rate(),
    )


CHANGING = {system.__name__: system for system in (nonstationary_sine, declining_demand, last_time_buy, mmpp_demand)}
