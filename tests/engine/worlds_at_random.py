"""Random small networks and tapes for Hypothesis, written as scenarios and read like anyone's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import yaml
from hypothesis import strategies as st

from simnet.network.network import Network, Tape
from tests.worlds import network, tape

DAY = 1440
CONSTANT = ["0 d", "1 min", "1 d", "1 d", "36 h", "2 d", "9 d"]
RANDOM: list[Any] = [
    {"mean": "2 d", "cv": 0.7},
    {"mean": "1 d", "cv": 1.5},
    {"uniform": {"from": "0 d", "to": "4 d"}},
    {"table": {"1 d": "50 %", "5 d": "50 %"}},
]
REVIEWS = ["1 d", "1 d", "2 d", "1 w", "90 min"]
RUNS = [
    {"start": "2026-01-25", "length": "12 d"},
    {"start": "2026-01-25", "warm_up": "3 d", "length": "12 d"},
    {"start": "2026-01-31", "warm_up": "1 d", "length": "2 mo"},
    {"start": "2026-02-01", "warm_up": "1000 min", "length": "333 min"},
    {"start": "2026-03-30", "warm_up": "10 d", "length": "1 d"},
]
lead_times = st.sampled_from(CONSTANT) | st.sampled_from(RANDOM)
flags = st.booleans()


@dataclass(frozen=True)
class RandomWorld:
    """A network with its tape, and the text it was read from."""

    network: Network
    tape: Tape
    text: str

    def __repr__(self) -> str:
        lines = zip(*(column.tolist() for column in self.tape.columns), strict=True)
        opening = self.network.points[["opening_on_hand", "opening_on_order", "opening_owed"]].tolist()
        return f"{self.text}\ntape (point, pieces, class, minute): {list(lines)}\nopening: {opening}"


@st.composite
def policies(draw: Any) -> dict[str, Any]:
    """One stocking policy by its numbers."""
    name = draw(st.sampled_from(["base-stock", "min-max", "reorder-lot", "none"]))
    policy: dict[str, Any] = {"policy": name}
    if name == "base-stock":
        policy["up_to"] = draw(st.integers(0, 6))
    elif name == "min-max":
        policy["trigger"] = draw(st.integers(-1, 4))
        policy["up_to"] = policy["trigger"] + draw(st.integers(1, 4))
    elif name == "reorder-lot":
        policy["trigger"], policy["lot"] = draw(st.integers(-1, 4)), draw(st.integers(1, 5))
    if draw(flags):
        policy["review"] = draw(st.sampled_from(REVIEWS))
    return policy


@st.composite
def sites(draw: Any) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Warehouses in up to three tiers, dealers below any of them, and some lanes."""
    warehouses: dict[str, Any] = {}
    for number in range(draw(st.integers(0, 4))):
        above = ["factory", *(name for name, site in warehouses.items() if site["tier"] != "w2")]
        source = draw(st.sampled_from(above))
        tier = "w0" if source == "factory" else f"w{int(warehouses[source]['tier'][1]) + 1}"
        warehouses[f"w{number}"] = {"tier": tier, "refilled_by": source, "lead_time": draw(lead_times)}
    dealers = {
        f"d{number}": {
            "served_by": draw(st.sampled_from(["factory", *warehouses])),
            "lead_time": draw(lead_times),
        }
        for number in range(draw(st.integers(1, 4)))
    }
    lanes: dict[str, Any] = {}
    for name, site in {**warehouses, **dealers}.items():
        if draw(flags):
            source = site.get("refilled_by") or site["served_by"]
            lanes.setdefault(source, {})[name] = {"lead_time": draw(lead_times), "crossing": draw(flags)}
    return warehouses, dealers, lanes


@st.composite
def suppliers(draw: Any) -> dict[str, Any]:
    """A supplier; some take orders now and then, and of these some want them to be worth something."""
    found = {"lead_time": draw(lead_times), "minimum_order": draw(st.sampled_from([1, 1, 3]))}
    if draw(st.integers(0, 2)) == 0:
        found["order_every"] = draw(st.sampled_from(["1 d", "2 d", "90 min"]))
        if draw(st.integers(0, 3)):
            found["minimum_order_value"] = draw(st.sampled_from(["10 EUR", "40 EUR", "120 EUR", "1 MEUR"]))
            if draw(flags):
                found["hold_at_most"] = draw(st.sampled_from(["1 d", "3 d", "1 w"]))
    return found


@st.composite
def parts(draw: Any) -> dict[str, Any]:
    """One to three parts, some in packs or with minimum orders."""
    found = {}
    for number in range(draw(st.integers(1, 3))):
        part: dict[str, Any] = {
            "cost": draw(st.sampled_from(["10 EUR", "10 EUR", "3 EUR"])),
            "price": "25 EUR",
            "class": draw(st.sampled_from(["x", "y"])),
        }
        if draw(st.integers(0, 3)) == 0:
            part["pack"] = draw(st.integers(1, 4))
        if draw(st.integers(0, 3)) == 0:
            part["minimum_order"] = draw(st.integers(1, 7))
        if draw(st.integers(0, 3)) == 0:
            part["lead_time"] = draw(lead_times)
        found[f"p{number}"] = part
    return found


@st.composite
def scenarios(draw: Any) -> dict[str, Any]:
    """A whole scenario as plain data."""
    warehouses, dealers, lanes = draw(sites())
    catalog = draw(parts())
    at = list(dealers) + [name for name in warehouses if draw(flags)]
    rules = [
        {"when": {"site": site, "part": part}, **draw(policies())}
        for site in [*warehouses, *dealers]
        for part in catalog
    ]
    handling = {
        "unmet": st.sampled_from(["backorder", "lost"]),
        "lines": st.sampled_from(["split", "complete"]),
    }
    return {
        "simnet": 1,
        "name": "random",
        "money": "EUR",
        "run": draw(st.sampled_from(RUNS)),
        "suppliers": {"factory": draw(suppliers())},
        **({"warehouses": warehouses} if warehouses else {}),
        "dealers": dealers,
        **({"lanes": lanes} if lanes else {}),
        "parts": catalog,
        "demand": [{"part": "all", "at": at, "orders": "1 per month"}],
        "order_classes": {
            "stock": {"lines": draw(handling["lines"])},
            **{name: {key: draw(value) for key, value in handling.items()} for name in ("day", "rush")},
        },
        "stocking": {"default": {"policy": "none"}, "rules": rules},
    }


@st.composite
def tapes(draw: Any, of: Network) -> Tape:
    """Lines that often fall into the same minute, on whole days, on month ends and around the horizon."""
    days = of.horizon // DAY
    minutes = (
        st.integers(0, days).map(lambda day: day * DAY)
        | st.integers(0, of.horizon - 1)
        | st.sampled_from([0, of.warm_up, max(of.warm_up - 1, 0), of.horizon - 1, of.horizon])
    )
    line = st.tuples(
        minutes,
        st.integers(0, len(of.points) - 1),
        st.sampled_from([1, 1, 2, 3, 5, 8]),
        st.sampled_from(["day", "rush"]),
    )
    lines = []
    for minute, row, pieces, order_class in draw(
        st.lists(line, min_size=draw(st.sampled_from([0, 8, 20])), max_size=40)
    ):
        point = of.points[row]
        lines.append((minute, of.site_names[point["site"]], of.part_names[point["part"]], pieces, order_class))
    return tape(of, lines)


@st.composite
def random_worlds(draw: Any) -> RandomWorld:
    """A network read from text, with an opening position of its own or full shelves, and a tape."""
    text = yaml.safe_dump(draw(scenarios()), sort_keys=False)
    of = network(text, head="")
    if draw(st.integers(0, 2)) == 0:
        points = of.points.copy()
        for name, most in (("opening_on_hand", 5), ("opening_on_order", 4), ("opening_owed", 3)):
            points[name] = draw(st.lists(st.integers(0, most), min_size=len(points), max_size=len(points)))
        points["opening_on_hand"][points["opening_owed"] > 0] = 0
        of = replace(of, points=points)
    return RandomWorld(of, draw(tapes(of)), text)
