"""A system as a scenario file: how many minutes its unit of time has, how long and how often it is run.

A unit of time is as many minutes as make the shortest lead time, review and mean gap between orders at least
RESOLUTION minutes, as far as the warm-up lets the run fit in its 127 years; within a few per cent of that, the
number at which the case's times come closest to whole minutes. What is left of the minute is the tie: an order in
the minute of a receipt finds it on the shelf, so a lead time is short by half a minute as far as fill is concerned,
a part in 20,000 of the shortest one. Averages over time do not see it.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

import simnet as sn
from simnet.policy import Levels
from simnet.study import Study
from tests.oracles.system import Lead, Site, System

RESOLUTION = 10_000
LONGEST = 65_000_000
"""Minutes that a run may have."""
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

    def pooled(self) -> Effort:
        """As many worlds, most of them replications."""
        return Effort(self.orders, math.ceil(self.parts * self.replications / POOLED), POOLED)


POOLED = 100
"""Replications of a system whose parts are tallied together."""


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
    found += [lead.shortest() for lead in system.lanes.values() if isinstance(lead, Lead)]
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


def up_to_step(minutes: float, step: int) -> int:
    """The next multiple of a step: whole reviews and seasons, so that none is cut."""
    return math.ceil(minutes / step) * step


def length_of(system: System, effort: Effort) -> Length:
    """Worlds, and minutes of each, for an effort."""
    minutes = minutes_of(system)
    worlds = effort.parts * effort.replications
    if system.span is not None:
        warm_up, measured = (round(span * minutes) for span in system.span)
    else:
        step = max(round(system.step * minutes), 1)
        warm_up = up_to_step(settling(system) * minutes, step)
        wanted = max(effort.orders / worlds / system.orders * minutes, 2 * warm_up)
        measured = up_to_step(min(wanted, LONGEST - warm_up - step), step)
    each = max(measured / minutes * system.orders, 1e-9)
    parts = max(effort.parts, math.ceil(effort.orders / each / effort.replications))
    return Length(minutes, warm_up, measured, parts, effort.replications)


def scenario_of(name: str, system: System, length: Length) -> dict[str, Any]:
    """The scenario as plain data."""
    minutes = length.minutes
    run = {"warm_up": f"{length.warm_up} min", "length": f"{length.measured} min", "seed": seed_of(name)}
    windows = sorted({round(window * minutes) for window in system.windows if window > 0})
    scenario: dict[str, Any] = {
        "simnet": 1,
        "name": name,
        "money": "EUR",
        "run": {**run, "replications": length.replications, "windows": [f"{each} min" for each in windows]},
        "suppliers": {"factory": {}},
        **network_of(system, minutes),
        "parts": "parts.csv",
        "demand": [stream.written(minutes) for stream in system.streams] or [{**NOTHING, "at": [system.sites[0].name]}],
        "stocking": {
            "sites": {site.name: policy_of(system, site, minutes) for site in system.sites},
        },
    }
    classes = {**system.classes, **({"day": {"unmet": "lost"}} if system.lost else {})}
    if classes:
        scenario["order_classes"] = {name: dict(said) for name, said in classes.items()}
    if any(site.start is not None for site in system.sites):
        scenario["opening"] = "opening.csv"
    return scenario


def network_of(system: System, minutes: int) -> dict[str, Any]:
    """Sites, and the lanes on which one serves customers of another."""
    found: dict[str, Any] = {}
    for word, dealers in (("warehouses", False), ("dealers", True)):
        found[word] = {site.name: site.written(minutes) for site in system.sites if site.dealer == dealers}
    lanes: dict[str, Any] = {}
    for (source, site), lead in system.lanes.items():
        time = lead.written(minutes) if isinstance(lead, Lead) else f"{lead} min"
        lanes.setdefault(source, {})[site] = {"classes": {"day": {"lead_time": time}}}
    return {word: said for word, said in {**found, "lanes": lanes}.items() if said}


def seed_of(name: str) -> int:
    """A seed a case, always the same: with one for all, a streak of luck would show in every case of one site."""
    return zlib.crc32(name.encode())


LOWEST_TRIGGER = -1
"""What the language can say; a policy of one's own can wait until more is owed."""


class Backlog:
    """Levels under LOWEST_TRIGGER, the same at every site and for every part."""

    def __init__(self, site: Site, minutes: int) -> None:
        self.site, self.review = site, round(site.review * minutes)

    def levels(self, item: Any) -> Levels:
        """Trigger, up-to and lot."""
        return Levels(self.site.trigger, self.site.up_to, self.site.lot)


def own_policies(system: System, minutes: int) -> dict[str, Any]:
    """Stocking policies given as Python objects, by site."""
    low = (site for site in system.sites if site.trigger < LOWEST_TRIGGER)
    return {site.name: Backlog(site, minutes) for site in low} | dict(system.policies)


def policy_of(system: System, site: Site, minutes: int) -> dict[str, Any]:
    """What the file says of a site's stock; where a policy of one's own takes over, `none` holds its place."""
    return {"policy": "none"} if site.name in own_policies(system, minutes) else site.policy(minutes)


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
    models = system.models(length.minutes) if system.models else []
    policies = own_policies(system, length.minutes)
    return study.use(demand=models, policies=policies) if models or policies else study
