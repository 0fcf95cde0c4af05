"""Ledgers: small worlds whose every event is known, and what is true after each of them.

A row is the state after one event. The world is run again for each row, up to and with that event: its tape holds the
demands up to the row, and its horizon is the minute after it. Areas are read from a run that ends at the event.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import yaml

import simnet as sn
from simnet.engine.simulate import simulate
from simnet.ledger.audit import audit
from simnet.ledger.tally import Tally
from simnet.network.network import Network
from simnet.network.tape import script
from simnet.study import Study
from tests.oracles.cases import Case
from tests.oracles.networks import start_of
from tests.oracles.system import Lead, Site, reorder_lot

PART = "part"
FINEST = 1 << 16


def minutes_in(times: list[float]) -> int:
    """The fewest minutes in a unit of time, a day at least, at which all times are whole."""
    for minutes in range(1440, FINEST):
        if all(math.isclose(time * minutes, round(time * minutes), abs_tol=1e-7) for time in times):
            return minutes
    raise ValueError("the ledger's times have no common unit")


@dataclass(frozen=True)
class State:
    """A world at one moment."""

    network: Network
    tally: Tally
    minutes: int

    def of(self, site: str, name: str) -> int:
        """A field of the site's point."""
        return int(self.tally.point[name][self.network.site_names.index(site)])

    def area(self, site: str, name: str) -> float:
        """An integral in the ledger's unit of time."""
        return self.of(site, name) / self.minutes

    def position(self, site: str) -> int:
        """On hand, on order, less owed."""
        return self.of(site, "on_hand") + self.of(site, "on_order") - self.of(site, "owed")

    def asked(self, site: str, order_class: str, name: str) -> int:
        """A field of what one order class asked of the site."""
        classes = self.network.order_classes
        table = self.tally.flow[name].reshape(-1, len(classes))
        return int(table[self.network.site_names.index(site), classes.index(order_class)])

    def mean_wait(self, site: str, order_class: str) -> float:
        """Mean wait of the lines of a class that asked the site, in the ledger's unit of time."""
        return (
            self.asked(site, order_class, "line_waited_minutes") / self.asked(site, order_class, "lines") / self.minutes
        )


Row = Mapping[str, Any]
Demand = tuple[float, str]


@dataclass(frozen=True)
class Ledger:
    """A world with a script, and how to read its rows."""

    study: Study
    minutes: int
    demands: tuple[Demand, ...]
    """Time and site, in order."""
    engine: str

    def at(self, time: float, after: bool, demands: int) -> State:
        """The state at a time, before or after its events, when only so many demands are asked."""
        span = round(time * self.minutes) + after
        network = self.study.set("run.length", f"{span} min").network()
        lines = [(round(when * self.minutes), site, PART, 1) for when, site in self.demands[:demands]]
        tape = script(network, [line for line in lines if line[0] < span])
        run = simulate(network, tape, engine=self.engine)
        audit(run.tally, network)
        return State(network, run.tally, self.minutes)

    def end(self, time: float) -> State:
        """The state when all is done."""
        return self.at(time, after=True, demands=len(self.demands))


def study_of(folder: Path, sites: tuple[Site, ...], minutes: int) -> Study:
    """The scenario file of a ledger, read again."""
    opening = "".join(f"{site.name},{PART},{site.start}\n" for site in sites)
    (folder / "opening.csv").write_text("site,part,on_hand\n" + opening, "utf-8")
    warehouses = {
        site.name: {
            "tier": site.name,
            "refilled_by": site.above or "factory",
            "lead_time": site.lead.written(minutes),
        }
        for site in sites
    }
    scenario = {
        "simnet": 1,
        "name": "ledger",
        "money": "EUR",
        "run": {"length": "1 d"},
        "suppliers": {"factory": {}},
        "warehouses": warehouses,
        "parts": {PART: {"cost": "1 EUR"}},
        "demand": {"part": PART, "at": [site.name for site in sites], "orders": "0 per year"},
        "stocking": {"sites": {site.name: site.policy(minutes) for site in sites}},
        "opening": "opening.csv",
    }
    path = folder / "ledger.yaml"
    path.write_text(yaml.safe_dump(scenario, sort_keys=False), "utf-8")
    return sn.load(path)


def lot_site(name: str, numbers: Row, lead: str, start: int, above: str = "") -> Site:
    """A site of a ledger: (r, nQ)."""
    return reorder_lot(name, Lead(numbers[lead]), numbers["r"], numbers["Q"], above=above, start=start)


class World(Protocol):
    """A ledger's world: its rows and its totals."""

    def row(self, time: float, event: str, demands: int) -> dict[str, Any]:
        """All columns after an event."""

    def totals(self) -> dict[str, Any]:
        """What is true at the end."""


class Single:
    """One site."""

    def __init__(self, case: Case, folder: Path, engine: str) -> None:
        given = case.parameters
        times = [*given["demands"], given["lead"], given.get("end", 0.0)]
        minutes = minutes_in(times)
        study = study_of(folder, (lot_site("site", given, "lead", given["on_hand"]),), minutes)
        demands = tuple((time, "site") for time in sorted(given["demands"]))
        self.ledger = Ledger(study, minutes, demands, engine)
        self.last = given.get("end", given.get("horizon", max(given["demands"])))

    def row(self, time: float, event: str, demands: int) -> dict[str, Any]:
        """All columns after an event."""
        state = self.ledger.at(time, after=True, demands=demands)
        return {"time": time, "event": event, **self.levels(state), **self.areas(time, demands)}

    def levels(self, state: State) -> dict[str, Any]:
        """What is there."""
        levels = {name: state.of("site", name) for name in ("on_hand", "owed")}
        return {"on_hand": levels["on_hand"], "backorders": levels["owed"], "position": state.position("site")}

    def areas(self, time: float, demands: int) -> dict[str, Any]:
        """Integrals up to a time."""
        if time == 0:
            return {"area_on_hand": 0.0, "area_backorders": 0.0, "time_with_stock": 0.0}
        state = self.ledger.at(time, after=False, demands=demands)
        names = {
            "area_on_hand": "on_hand_minutes",
            "area_backorders": "owed_minutes",
            "time_with_stock": "stocked_minutes",
        }
        return {word: state.area("site", name) for word, name in names.items()}

    def totals(self) -> dict[str, Any]:
        """What is true at the end."""
        demands = len(self.ledger.demands)
        return {**self.levels(self.ledger.end(self.last)), **self.areas(self.last, demands)}


class TwoLevel:
    """A hub and a site, and customers of the hub's own."""

    def __init__(self, case: Case, folder: Path, engine: str) -> None:
        given = case.parameters
        hub, site = given["hub"], given["site"]
        asked = [(time, "site") for time in given["customers"]]
        asked += [(time, "hub") for time in given.get("other", ())]
        times = [time for time, _ in asked]
        minutes = minutes_in([*times, hub["lead"], site["transit"]])
        sites = (
            lot_site("hub", hub, "lead", start_of(hub["r"], hub["Q"], 1)),
            lot_site("site", site, "transit", start_of(site["r"], site["Q"], 1), above="hub"),
        )
        demands = tuple(sorted(asked, key=lambda each: each[0]))
        self.ledger = Ledger(study_of(folder, sites, minutes), minutes, demands, engine)
        self.rows = case.rows
        self.last = float(case.values.get("end", case.rows[-1][0] if case.rows else max(times)))

    def row(self, time: float, event: str, demands: int) -> dict[str, Any]:
        """All columns after an event."""
        state = self.ledger.at(time, after=True, demands=demands)
        return {"time": time, "event": event, "received": self.received(time, event, demands), **self.levels(state)}

    def received(self, time: float, event: str, demands: int) -> int:
        """Pieces that the event brings."""
        where = {"hub receipt": "hub", "site receipt": "site"}.get(event)
        if where is None:
            return 0
        before = 0 if time == 0 else self.ledger.at(time, after=False, demands=demands).of(where, "received")
        return self.ledger.at(time, after=True, demands=demands).of(where, "received") - before

    def levels(self, state: State) -> dict[str, Any]:
        """What is there."""
        return {
            "site_on_hand": state.of("site", "on_hand"),
            "site_backorders": state.of("site", "owed"),
            "site_position": state.position("site"),
            "in_transit": state.of("site", "in_transit"),
            "hub_on_hand": state.of("hub", "on_hand"),
            "hub_backorders": state.of("hub", "owed"),
            "hub_on_order": state.of("hub", "on_order"),
            "hub_position": state.position("hub"),
        }

    def totals(self) -> dict[str, Any]:
        """What is true at the end; areas are from the first event on."""
        state = self.ledger.at(self.last, after=False, demands=len(self.ledger.demands))
        first = self.ledger.at(self.ledger.demands[0][0], after=False, demands=0)
        done = self.ledger.end(self.last)
        areas = {"backorder": "owed_minutes", "on_hand": "on_hand_minutes"}
        found = {
            f"{site}_{word}_time": state.area(site, name) - first.area(site, name)
            for site in ("hub", "site")
            for word, name in areas.items()
        }
        found["mean_order_wait"] = done.mean_wait("hub", "stock")
        found["mean_customer_wait"] = done.mean_wait("site", "day")
        return {**found, "end": self.last}


LEDGERS: Mapping[str, Callable[[Case, Path, str], World]] = {"ledger_single": Single, "ledger_two_level": TwoLevel}


RECEIPT = "receipt"


def events(case: Case) -> list[tuple[float, str, int]]:
    """Time and name of each row's event, and the demands asked up to it."""
    found, demands = [], 0
    for row in case.rows:
        time, event = float(row[0]), str(row[1])
        demands += not event.endswith(RECEIPT)
        found.append((time, event, demands))
    return found


def followed_at_once(case: Case) -> list[bool]:
    """Rows between two receipts of one moment: the run cannot stop there, only their `received` is compared."""
    pairs = zip(case.rows, [*case.rows[1:], None], strict=True)
    return [after is not None and after[0] == row[0] and str(after[1]).endswith(RECEIPT) for row, after in pairs]


def same(found: Any, value: Any) -> bool:
    """Whether two entries of a ledger are equal; areas are exact up to the last digit of a float."""
    return found == value if isinstance(value, str) else bool(np.isclose(found, value, rtol=1e-12, atol=1e-9))
