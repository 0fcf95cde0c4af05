"""Order classes: how the lines of each are served, from which sources, in what time and for what price."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from simnet.errors import shorten
from simnet.leadtime import LeadTime
from simnet.scenario.hours import Timed
from simnet.scenario.sites import Flag, Name, Strict
from simnet.units import SHARE_PATTERN, Distance, Duration, MoneyPerKg, Share, parse_share

STOCK, DAY, VOR = "stock", "day", "vor"
ALWAYS = (STOCK, DAY)
"""Order classes of every network: replenishment, and customers who say nothing."""
DEFAULT = "default"
"""Among the part classes of a share: all that are not named."""
Source = Literal["facing", "referral", "lateral", "central", "supplier"]
Place = Literal["dealer", "facing", "central"]


def _list(value: object) -> object:
    if isinstance(value, str) and len(words := re.findall(r"[^\s,;]+", value)) > 1:
        raise ValueError(f"is one text, {shorten(value)}; write a list: [{shorten(', '.join(words))[1:-1]}]")
    return value if isinstance(value, (list, tuple)) else [value]


def _shares(value: object) -> Mapping[str, float]:
    """A share for all parts, or one a part class."""
    if isinstance(value, Mapping):
        return {str(name): parse_share(each) for name, each in value.items()}
    return {DEFAULT: parse_share(value)}


_WORDS: dict[str, Any] = {"type": "string", "enum": ["facing", "referral", "lateral", "central", "supplier"]}
_SHARE: dict[str, Any] = {"type": "string", "pattern": f"^{SHARE_PATTERN}$", "examples": ["10 %"]}
Ask = Annotated[
    tuple[Source, ...], BeforeValidator(_list), WithJsonSchema({"anyOf": [_WORDS, {"type": "array", "items": _WORDS}]})
]
"""A sourcing list: who is asked when the dealer is short, one after the other."""
Shares = Annotated[
    Mapping[str, float],
    BeforeValidator(_shares),
    WithJsonSchema({"anyOf": [_SHARE, {"type": "object", "additionalProperties": _SHARE}]}),
]
"""A share of 1 by part class."""
Surcharge = Annotated[float, BeforeValidator(partial(parse_share, most=10)), WithJsonSchema(_SHARE)]
"""On top of a price, up to ten times of it."""


class Special(Strict):
    """What is otherwise for a part class, a site or a tier."""

    ask: Ask | None = Field(default=None, examples=[["facing"]])
    """Who is asked when the dealer is short, one after the other; replaces the whole list."""
    backorder: Place | None = None
    """Where the rest waits."""


class OrderClass(Timed, Strict):
    """How orders of one class are served; `stock`, `day` and `vor` are built in."""

    rank: int = Field(default=2, ge=1, le=99, examples=[1])
    """1 is served first, where stock is allocated by rank or kept in reserve."""
    ask: Ask = Field(default=(), examples=[["facing", "referral", "central"]])
    """Who is asked when the dealer is short, one after the other: facing, referral, lateral, central, supplier."""
    backorder: Place = "dealer"
    """Where the rest waits when no source has it: at the dealer, the facing or the central warehouse."""
    unmet: Literal["backorder", "lost"] = "backorder"
    """What no source has waits (`backorder`) or is gone (`lost`)."""
    lines: Literal["split", "complete"] = "split"
    """Whether a line ships piece by piece as stock allows, or complete only."""
    jobs: Literal["split", "complete"] = "split"
    """Whether the lines of a job are handed over as they come, or set aside until the last one is there."""
    patience: Duration | None = Field(default=None, examples=["14 d"])
    """A line that waits longer is lost; left out: it waits for ever."""
    need_by: Duration | None = Field(default=None, examples=["24 h"])
    """The time within which a line is promised; left out: off the shelf."""
    mode: Name | None = Field(default=None, examples=["air"])
    """How it travels: road, sea, air, or a word of one's own; left out: as the lane says."""
    lead_time: LeadTime | None = Field(default=None, examples=["1 d"])
    """From source to customer, where no lane says."""
    cost: MoneyPerKg | None = None
    """Freight per kilogram, where no lane says."""
    surcharge: Surcharge = 0.0
    """What the dealer pays on top of the price."""
    discount: Share = Field(default=0.0, examples=["5 %"])
    """What the dealer pays less than the price."""
    freight: Literal["maker", "dealer"] = "maker"
    """Who pays the freight."""
    will_fit: Shares = Field(default={}, examples=[{"fast": "15 %", "default": "5 %"}])
    """Share of the customers who buy elsewhere when the part is not on the shelf: one, or one a part class."""
    consolidate: Flag = Field(default=False, examples=[True])
    """Whether what other warehouses send travels through the facing warehouse."""
    radius: Distance | None = None
    """How far a sister site may be."""
    rush: Flag | None = Field(default=None, examples=[True])
    """Whether it counts as a rush order; left out: if it is served before `stock`."""
    part_classes: dict[Name, Special] = Field(default={}, examples=[{"fast": {"ask": ["facing"]}}])
    """Other sources for some part classes."""
    sites: dict[Name, Special] = Field(default={}, examples=[{"lyon": {"ask": ["facing", "lateral"]}}])
    """Other sources for some sites or tiers."""

    @property
    def passes_on(self) -> bool:
        """Whether its lines may be asked, or wait, elsewhere than at the site asked."""
        every: list[OrderClass | Special] = [self, *self.part_classes.values(), *self.sites.values()]
        return any(each.ask or each.backorder not in (None, "dealer") for each in every)

    def will_fit_of(self, part_class: str) -> float:
        """The share of customers who buy a part of this class elsewhere."""
        return self.will_fit.get(part_class, self.will_fit.get(DEFAULT, 0.0))

    def special(self, field: str, tier: str, part_class: str, site: str) -> Any:
        """`ask` or `backorder` at a site for a part class; of several the most special: site, part class, tier."""
        for named, name in ((self.sites, site), (self.part_classes, part_class), (self.sites, tier)):
            found = getattr(named[name], field) if name in named else None
            if found is not None:
                return found
        return getattr(self, field)


_BUILT_IN: Mapping[str, Mapping[str, Any]] = {
    STOCK: {"rank": 3},
    DAY: {"rank": 2},
    VOR: {
        "rank": 1,
        "ask": ["facing", "referral", "central"],
        "backorder": "facing",
        "need_by": "24 h",
        "mode": "air",
    },
}


def built_in(name: str) -> dict[str, Any]:
    """What an order class is before the analyst says anything, as it would be written; nothing for a new one."""
    return dict(_BUILT_IN.get(name, {}))


def built_in_names() -> tuple[str, ...]:
    """The order classes that need no declaration."""
    return tuple(_BUILT_IN)


def in_force(written: Mapping[str, Any], used: Collection[str] = ()) -> dict[str, Any]:
    """The order classes of a scenario as one would write them out: what is written over what is built in.

    `stock` and `day` first, then those declared, then those that demand uses and that need no declaration.
    """
    names = dict.fromkeys([*ALWAYS, *written, *(name for name in used if name in _BUILT_IN)])
    found: dict[str, Any] = {}
    for name in names:
        said = written.get(name, {})
        found[name] = {**built_in(name), **said} if isinstance(said, Mapping) else said
    return found


def standard(name: str) -> OrderClass:
    """An order class of which nothing is written."""
    return OrderClass.model_validate(built_in(name))


def reserves(rules: Mapping[str, OrderClass], said: Mapping[str, int]) -> list[int]:
    """Pieces that each class leaves for better ones: what is said, else as many as the best-leaving better class."""
    known = {rules[name].rank: pieces for name, pieces in said.items() if name in rules}

    def left(rule: OrderClass) -> int:
        return max((pieces for rank, pieces in known.items() if rank <= rule.rank), default=0)

    return [said[name] if name in said else left(rule) for name, rule in rules.items()]


def is_rush(rule: OrderClass, stock: OrderClass) -> bool:
    """Whether a class counts as rush: as it says, else if it is served before replenishment."""
    return rule.rush if rule.rush is not None else rule.rank < stock.rank
