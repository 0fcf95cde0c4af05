"""Random networks that mix all of the order flow: a plain random network whose arrays are filled by hand.

What is used is Hypothesis's choice, so that it can leave things out one by one; the numbers come from one seed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import numpy as np
from hypothesis import strategies as st

from simnet.network.network import Network
from simnet.network.rows import PLANS, SOURCES, SUPPLIER_DIRECT, TERMS, WAYS
from tests.engine.worlds_at_random import DAY, RandomWorld, random_worlds, tapes

FEATURES = (
    "lists", "class-0 lists", "wait elsewhere", "ranks", "reserves", "holds", "will-fit", "fair", "push", "balance",
    "hours", "lane hours", "via", "patience", "need-by", "plans", "buy-back", "opening", "random leads",
)  # fmt: skip


@dataclass
class Tables:
    """What is written as it is needed: the timetable, the ways and the sourcing lists."""

    of: Network
    luck: Random
    used: frozenset[str]
    timetable: list[int] = field(default_factory=list)
    ways: list[dict[str, int]] = field(default_factory=list)
    sources: list[tuple[int, int, int]] = field(default_factory=list)
    days: int = 120
    """Days that gates and calendars know."""

    def has(self, feature: str, often: float = 0.6) -> bool:
        """Whether a feature is used here."""
        return feature in self.used and self.luck.random() < often

    def written(self, *columns: list[int]) -> int:
        """Columns of equal length in the timetable; their address."""
        address = len(self.timetable)
        self.timetable += [len(columns[0]), *(number for column in columns for number in column)]
        return address

    def gate(self) -> int:
        """A cut-off a day, or two, on some days."""
        leaves = self.luck.choice([0, 60, 900])
        hours = self.luck.choice([[1020], [600, 1020], [0], [1439]])
        days = [day for day in range(self.days) if day % 7 not in self.luck.choice([(), (5, 6), (0, 1, 2)])]
        asked = [(day * DAY + hour, (day + 1) * DAY) for day in days for hour in hours]
        return self.written([by for by, _ in asked], [by + leaves for by, _ in asked], [till for _, till in asked])

    def calendar(self) -> int:
        """Working hours, with or without a break, on some days."""
        hours = self.luck.choice([[(480, 1020)], [(480, 720), (780, 1020)], [(0, DAY)], [(0, 300)]])
        days = [day for day in range(self.days) if day % 7 not in self.luck.choice([(), (5, 6), (3,)])]
        spans = [(day * DAY + first, day * DAY + last) for day in days for first, last in hours]
        worked = np.cumsum([0, *(last - first for first, last in spans)]).tolist()
        return self.written([first for first, _ in spans], [last for _, last in spans], worked[:-1])

    def way(self, kind: int, least: int = 0) -> int:
        """A way of a kind whose transit is at least so many minutes."""
        luck = self.luck
        row = dict.fromkeys(WAYS.names or (), -1) | {"hold": 0, "picking": 0, "receiving": 0, "orderly": 0}
        row |= {"kind": kind, "lead": max(luck.choice([0, 1, 600, DAY, 3 * DAY]), least)}
        row |= {"source": -1 if kind == SUPPLIER_DIRECT else 0, "site": 0, "transport": 0, "shipment": 0}
        if not least and len(self.of.shapes) and self.has("random leads"):
            row["shape"] = luck.randrange(len(self.of.shapes))
            row["orderly"] = luck.randrange(2)
        if self.has("holds"):
            row["hold"] = luck.randrange(3)
        if self.has("hours"):
            row |= {name: self.gate() for name in ("release", "departures") if luck.random() < 0.5}
            row |= {name: self.calendar() for name in ("hours", "reception") if luck.random() < 0.5}
            row |= {name: luck.choice([0, 1, 120, 700]) for name in ("picking", "receiving")}
        if self.ways and self.has("via", 0.3):
            row["via"] = luck.choice([number for number, way in enumerate(self.ways) if way["via"] < 0] or [-1])
        self.ways.append(row)
        return len(self.ways) - 1

    def places(self, points: list[int], least: int = 0, supplier: bool = True) -> tuple[int, int]:
        """A sourcing list over some of the points: its first row, and how many."""
        luck, first = self.luck, len(self.sources)
        for point in luck.sample(points, luck.randint(0, min(3, len(points)))):
            self.sources.append((point, self.way(luck.randint(1, 4), least), luck.getrandbits(62)))
        if supplier and luck.random() < 0.3:
            self.sources.append((-1, self.way(SUPPLIER_DIRECT, least), luck.getrandbits(62)))
        return first, len(self.sources) - first


def terms_of(tables: Tables, ranks: list[int]) -> Any:
    """What every class meets at every point."""
    of, luck = tables.of, tables.luck
    classes = len(of.order_classes)
    terms = np.zeros(len(of.points) * classes, TERMS)
    terms["wait_at"] = -1
    for row, point in enumerate(of.points):
        others = [
            other for other in range(len(of.points)) if of.points["part"][other] == point["part"] and other != row
        ]
        by_rank = point["fair"] or tables.has("ranks", 0.7)
        for code in range(classes):
            own = terms[row * classes + code]
            own["queue"] = ranks[code] if by_rank else 0
            if tables.has("reserves", 0.4):
                own["reserve"] = luck.randint(0, 3)
            if code == 0 and tables.has("class-0 lists", 0.5):
                above = [other for other in others if other != point["source"]]
                own["source"], own["sources"] = tables.places(above, least=DAY, supplier=point["source"] >= 0)
            elif code and tables.has("lists", 0.7):
                own["source"], own["sources"] = tables.places(others)
                inside = [place for place in range(own["source"], len(tables.sources)) if tables.sources[place][0] >= 0]
                if inside and tables.has("wait elsewhere"):
                    own["wait_at"] = luck.choice(inside)
            if code and tables.has("will-fit", 0.4):
                own["will_fit"] = luck.choice([400, 2048, 4096])
    return terms


def points_of(tables: Tables) -> Any:
    """Points that share by need, push, balance, keep hours."""
    of, luck = tables.of, tables.luck
    points = of.points.copy()
    for row, point in enumerate(points):
        below = np.flatnonzero(points["source"] == row)
        others = [other for other in range(len(points)) if points["part"][other] == point["part"] and other != row]
        point["fickle"] = luck.getrandbits(62)
        point["fair"] = tables.has("fair")
        point["children"] = tables.written((below - row).tolist())
        point["push"] = int(len(below) > 0 and tables.has("push"))
        if others and tables.has("balance"):
            point["balance"] = luck.choice([DAY, 2 * DAY, 100])
            point["lateral"], point["laterals"] = tables.places(others, least=DAY, supplier=False)
        if tables.has("lane hours", 0.4):
            point["way"] = tables.way(1)
    return points


def plans_of(tables: Tables, points: Any) -> Any:
    """Some points whose stock is planned inside the run."""
    luck = tables.luck
    rows = []
    for row, point in enumerate(points):
        if not tables.has("plans", 0.5):
            continue
        own = dict.fromkeys(PLANS.names or (), 0) | {"point": row, "levels": -1, "accept": 4096, "starts": 1}
        own |= {"period": luck.choice([DAY, 2 * DAY, 1000]), "window": luck.randint(0, 5), "key": luck.getrandbits(62)}
        own |= {"hits": luck.randint(0, 3), "within": luck.randint(1, 5), "idle": luck.randint(0, 4)}
        own |= {"cells": max(own["window"], own["within"]), "starts": luck.randint(0, 1)}
        own |= {"trigger": int(point["trigger"]), "up_to": int(point["up_to"]), "sold": luck.choice([0, 0, 5])}
        if own["up_to"] <= own["trigger"] or own["trigger"] < 0:
            own |= {"trigger": 0, "up_to": 1}
        if own["window"] and luck.random() < 0.6:
            size = luck.randint(1, 5)
            levels = sorted(luck.randint(0, 4) for _ in range(size))
            address = len(tables.timetable)
            tables.timetable += [size, *levels, luck.choice([0, 1000, 9000])]
            own["levels"] = address
        own["accept"] = luck.choice([0, 2000, 4096, 4096])
        own["buy_back"] = int(tables.has("buy-back"))
        if not own["starts"]:
            point["trigger"], point["up_to"] = -1, 0
        point["plan"] = len(rows)
        rows.append(tuple(own[name] for name in PLANS.names or ()))
    return np.array(rows, PLANS) if rows else np.zeros(0, PLANS)


def mixed(of: Network, used: frozenset[str], seed: int, days: int = 120) -> Network:
    """A network in which everything of `used` may happen."""
    luck = Random(seed)
    tables = Tables(of, luck, used, days=days)
    classes = of.classes.copy()
    ranks = [luck.randrange(len(classes)) for _ in range(len(classes))]
    for row in classes:
        row["patience"] = luck.choice([1, 600, 2 * DAY, 5 * DAY]) if tables.has("patience") else 0
        row["need_by"] = luck.choice([1, 600, DAY, 3 * DAY]) if tables.has("need-by") else 0
    points = points_of(tables)
    tables.of = of = replace(of, points=points)
    terms = terms_of(tables, ranks)
    plans = plans_of(tables, points)
    if "opening" in used:
        for name in ("opening_on_hand", "opening_on_order", "opening_owed"):
            points[name] = [luck.randint(0, 4) * (luck.random() < 0.7) for _ in points]
        points["opening_on_hand"][points["opening_owed"] > 0] = 0
    return replace(
        of,
        classes=classes,
        queues=len(classes),
        points=points,
        terms=terms,
        sources=np.array(tables.sources, SOURCES),
        ways=np.array([tuple(way[name] for name in WAYS.names or ()) for way in tables.ways], WAYS),
        plans=plans,
        timetable=np.array([*tables.timetable, 0], np.int64),
        modes=("road",),
    )


@st.composite
def mixed_worlds(draw: Any) -> RandomWorld:
    """A network with a mixture of features, and a tape."""
    plain = draw(random_worlds())
    chosen = draw(st.tuples(*(st.booleans() for _ in FEATURES)))
    used = frozenset(name for name, use in zip(FEATURES, chosen, strict=True) if use)
    seed = draw(st.integers(0, 2**32))
    of = mixed(plain.network, used, seed)
    return RandomWorld(of, draw(tapes(of)), f"{sorted(used)} seed {seed}\n{plain.text}")
