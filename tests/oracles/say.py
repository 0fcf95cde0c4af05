"""A system as a scenario file: how many minutes its unit of time has, how long and how often it is run.

A unit of time is as many minutes as make the shortest lead time, review and mean gap between orders at least
RESOLUTION minutes, as far as the warm-up lets the run fit in its 127 years; within a few per cent of that, the
number at which the case's times come closest to whole minutes. What is left of the minute is the tie: an order in
the minute of a receipt finds it on the shelf, so a lead time is short by half a minute as far as fill is concerned,
a part in 20,000 of the shortest one. Averages over time do not see it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

import simnet as sn
from simnet.study import Study
from tests.oracles.system import Site, System

RESOLUTION = 10_000
LONGEST = 65_000_000
"""Minutes that a run may have."""
SEED = 20_260_101
NOTHING = {"part": "all", "orders": "0 per year"}
"""A scenario must hold a demand, even where all of it comes from a model of one's own."""


@dataclass(frozen=True)
class Length:
    """How much is run: worlds, and minutes of each."""

    minutes: int
    """In a unit of time."""
    warm_up: int
    measured: int
    parts: int
    replications: int


@dataclass(frozen=True)
class Effort:
    """What a run may cost: orders in all, in at least `parts` x `replications` worlds."""

    orders: float
    parts: int
    replications: int = 20


def settling(system: System) -> float:
    """Time after which the start is forgotten, in the case's unit.

    A fixed lead time is over after itself and a random one of 4,096 values after twenty times its mean; the phase of
    lots of Q pieces fades at the rate lambda E[X^2] 2 pi^2 / Q^2, so 0.4 Q^2 / (lambda E[X^2]) takes a factor 2,700.
    """
    leads = sum(site.lead.mean * (3 if site.lead.kind == "deterministic" else 20) for site in system.sites)
    reviews = sum(3 * site.review for site in system.sites)
    squares = sum(stream.rate * stream.size.square for stream in system.streams) + system.rate
    phases = 0.0
    for site in system.sites:
        own = sum(stream.rate * stream.size.square for stream in below(system, site))
        if site.cycle > 1:
            phases += 0.4 * site.cycle**2 / (own or squares)
    return leads + reviews + phases + system.forget


def below(system: System, site: Site) -> list[Any]:
    """The streams whose orders pass a site."""
    names = {site.name}
    for other in system.sites:
        if other.above in names:
            names.add(other.name)
    return [stream for stream in system.streams if stream.site in names]


def spans(system: System) -> list[float]:
    """Times that should be whole minutes."""
    found = [site.lead.shortest() for site in system.sites] + [site.review for site in system.sites]
    found += [*system.windows, *(system.span or ()), system.step]
    return [span for span in found if span > 0]


def minutes_of(system: System) -> int:
    """Minutes in the unit of time."""
    if system.minutes is not None:
        return system.minutes
    shortest = min([*spans(system), 1 / system.orders])
    room = LONGEST / (sum(system.span) if system.span else 5 * settling(system) + 2 * system.step)
    least = max(min(RESOLUTION / shortest, room / 1.05), 1.0)
    choices = np.unique(np.linspace(least, 1.05 * least, 5001).astype(np.int64))
    times = np.array([*spans(system), 1.0])[:, None] * choices
    off = (np.abs(times - np.rint(times)) / times).max(axis=0)
    return int(choices[int(off.argmin())])


def up_to_step(time: float, step: float) -> float:
    """The next multiple of a step."""
    return math.ceil(time / step - 1e-9) * step if step else time


def length_of(system: System, effort: Effort) -> Length:
    """Worlds, and minutes of each, for an effort."""
    minutes = minutes_of(system)
    worlds = effort.parts * effort.replications
    if system.span is not None:
        warm_up, measured = system.span
    else:
        warm_up = up_to_step(settling(system), system.step)
        most = LONGEST / minutes - warm_up - system.step
        measured = up_to_step(min(max(effort.orders / worlds / system.orders, 2 * warm_up), most), system.step)
    each = max(measured * system.orders, 1e-9)
    parts = max(effort.parts, math.ceil(effort.orders / each / effort.replications))
    return Length(minutes, round(warm_up * minutes), round(measured * minutes), parts, effort.replications)


def scenario_of(name: str, system: System, length: Length) -> dict[str, Any]:
    """The scenario as plain data."""
    minutes = length.minutes
    run = {"warm_up": f"{length.warm_up} min", "length": f"{length.measured} min", "seed": SEED}
    windows = sorted({round(window * minutes) for window in system.windows if window > 0})
    scenario: dict[str, Any] = {
        "simnet": 1,
        "name": name,
        "money": "EUR",
        "run": {**run, "replications": length.replications, "windows": [f"{each} min" for each in windows]},
        "suppliers": {"factory": {}},
        "warehouses": {
            site.name: {
                "tier": site.name,
                "refilled_by": site.above or "factory",
                "lead_time": site.lead.written(minutes),
            }
            for site in system.sites
        },
        "parts": "parts.csv",
        "demand": [stream.written(minutes) for stream in system.streams] or [{**NOTHING, "at": [system.sites[0].name]}],
        "stocking": {
            "sites": {site.name: policy_of(system, site, minutes) for site in system.sites},
        },
    }
    if system.lost:
        scenario["order_classes"] = {"day": {"unmet": "lost"}}
    if any(site.start is not None for site in system.sites):
        scenario["opening"] = "opening.csv"
    return scenario


def policy_of(system: System, site: Site, minutes: int) -> dict[str, Any]:
    """What the file says of a site's stock; where a policy of one's own takes over, `none` holds its place."""
    return {"policy": "none"} if site.name in system.policies else site.policy(minutes)


def write(folder: Path, name: str, system: System, length: Length) -> Study:
    """The study of a system: its scenario file and tables, read again, with what only Python can say."""
    parts = [f"p{number}" for number in range(length.parts)]
    (folder / "parts.csv").write_text("part,cost\n" + "".join(f"{part},1\n" for part in parts), "utf-8")
    rows = [
        f"{site.name},{part},{max(site.trigger + site.lot, site.up_to, 0) if site.start is None else site.start}\n"
        for site in system.sites
        for part in parts
    ]
    (folder / "opening.csv").write_text("site,part,on_hand\n" + "".join(rows), "utf-8")
    path = folder / "scenario.yaml"
    text = yaml.safe_dump(scenario_of(name, system, length), sort_keys=False)
    path.write_text(text, "utf-8")
    study = sn.load(path)
    if system.models is not None or system.policies:
        models = system.models(length.minutes) if system.models else []
        study = study.use(demand=models, policies=dict(system.policies))
    return study
