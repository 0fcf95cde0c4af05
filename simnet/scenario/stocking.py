"""What is stocked where: settings by tier, class, site and rule, from the general to the special."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, PrivateAttr, ValidationInfo, WithJsonSchema

from simnet.errors import shorten
from simnet.policy import read_policy
from simnet.policy.base import Trigger
from simnet.scenario.limits import Limit, parse_limit
from simnet.scenario.managed import PLANNED, Delisting, Listing, ManagedStock
from simnet.scenario.nodes import Mark
from simnet.scenario.sites import Name, Strict
from simnet.units import Duration, Quantity, Share, parse_quantity

NUMBERS = ("trigger", "up_to", "lot")
SOURCES = (NUMBERS, ("cover",), ("target",))
"""A setting says how much in one of these ways; a more special one replaces the others."""
BESIDE = ("reserve", *PLANNED)
"""What is said beside the policy, whatever it is."""
KEPT = ("target", "cover", "review", *BESIDE)
"""What another policy still inherits."""
BUILT_IN: Mapping[str, frozenset[str]] = {
    "base-stock": frozenset(("up_to", "cover", "target", "review")),
    "min-max": frozenset(("trigger", "up_to", "cover", "target", "review", "order_cycle")),
    "reorder-lot": frozenset(("trigger", "lot", "cover", "target", "review", "order_cycle")),
    "economic": frozenset(("review",)),
    "none": frozenset(("review",)),
}


def _names(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, (list, tuple)) else [value]
    if not items or not all(isinstance(item, str) and item.strip() for item in items):
        raise ValueError("needs a name or a list of names")
    return tuple(str(item).strip() for item in items)


def _limit(value: object, info: ValidationInfo) -> Limit:
    currency = info.context.get("currency") if isinstance(info.context, Mapping) else None
    limit = value if isinstance(value, Limit) else parse_limit(value, currency)
    if limit.dimension != "money" or limit.within is not None:
        raise ValueError("must be a limit in money, such as 'at most 10 EUR'")
    return limit


_NAMES_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Names = Annotated[tuple[str, ...], BeforeValidator(_names), WithJsonSchema(_NAMES_SCHEMA)]
MoneyLimit = Annotated[
    Limit, BeforeValidator(_limit), WithJsonSchema({"type": "string", "examples": ["at most 10 EUR"]})
]


def _reserve(value: object) -> Mapping[str, int]:
    if not isinstance(value, Mapping):
        raise ValueError(f"must be pieces by order class, such as {{day: 1, stock: 2}}, not {shorten(value)}")
    found = {}
    for name, pieces in value.items():
        try:
            found[str(name)] = parse_quantity(pieces)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return found


_RESERVE_SCHEMA = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
Reserve = Annotated[Mapping[str, int], BeforeValidator(_reserve), WithJsonSchema(_RESERVE_SCHEMA)]
"""Pieces that an order class leaves for better ones."""


class Settings(Strict):
    """A stocking policy, or the part of one that is said here."""

    model_config = ConfigDict(extra="allow", arbitrary_types_allowed=True)

    policy: Name | None = Field(default=None, examples=["min-max"])
    """base-stock, min-max, reorder-lot, economic, none, or a policy of one's own."""
    trigger: Trigger | None = Field(default=None, examples=[2])
    """Position at or under which to order, pieces."""
    up_to: Quantity | None = Field(default=None, examples=[6])
    """Position to order up to, pieces."""
    lot: Quantity | None = Field(default=None, examples=[5])
    """Pieces of one order, and its multiples."""
    cover: Duration | None = None
    """Stock for this long at mean demand, on top of the lead time and the review."""
    target: Share | None = None
    """Share of the pieces to serve at once (unit fill)."""
    review: Duration | None = Field(default=None, examples=["1 w"])
    """Time between reviews; 0 or left out: watched all the time."""
    order_cycle: Duration | None = Field(default=None, examples=["1 mo"])
    """Demand time one order is for, where costs to weigh are not given."""
    reserve: Reserve | None = Field(default=None, examples=[{"day": 1, "stock": 2}])
    """Pieces that an order class leaves on the shelf for better ones, such as `{day: 1, stock: 2}`."""
    phase_in: Listing | None = Field(default=None, examples=[{"hits": 3, "within": "12 mo"}])
    """When a part comes on a dealer's stocking list, such as `{hits: 3, within: 12 mo}`."""
    phase_out: Delisting | None = None
    """Time without a line after which a part leaves a dealer's stocking list, such as `18 mo`."""
    managed: ManagedStock | None = Field(default=None, examples=[{"target": "92 %", "every": "1 w"}])
    """Levels of a dealer set by the maker, inside the run: `true`, or `{target: 95 %, window: 12 mo, every: 1 w}`."""

    def given(self) -> dict[str, Any]:
        """The fields that are said here, by name."""
        fields = {name: getattr(self, name) for name in Settings.model_fields}
        more = {name: value for name, value in (self.model_extra or {}).items() if name != "when"}
        return {name: value for name, value in {**fields, **more}.items() if value is not None}


class When(Strict):
    """What a rule fits: all that is named here must fit."""

    model_config = ConfigDict(arbitrary_types_allowed=True, serialize_by_alias=True)

    tier: Names | None = Field(default=None, examples=["dealer"])
    """Tiers."""
    site: Names | None = Field(default=None, examples=[["lyon", "turin"]])
    """Sites."""
    part_class: Annotated[Names | None, Field(alias="class")] = Field(default=None, examples=["slow"])
    """Part classes (key `class`)."""
    part: Names | None = Field(default=None, examples=[["filter"]])
    """Parts."""
    price: MoneyLimit | None = None
    """Sales price of a piece, such as `at most 10 EUR`."""
    cost: MoneyLimit | None = Field(default=None, examples=["at least 500 EUR"])
    """Purchase cost of a piece."""

    def fits(self, point: Point) -> bool:
        """Whether a stocking point is one of those named."""
        names = (
            (self.tier, point.tier),
            (self.site, point.site),
            (self.part_class, point.part_class),
            (self.part, point.part),
        )
        return all(known is None or name in known for known, name in names) and all(
            limit is None or limit.holds(amount)
            for limit, amount in ((self.price, point.price), (self.cost, point.cost))
        )


class Rule(Settings):
    """Settings for the points that fit; of several rules the first that fits wins."""

    when: When = Field(examples=[{"tier": "dealer", "class": "slow"}])
    """What it fits."""


@dataclass(frozen=True, slots=True)
class Point:
    """A part at a site, as far as stocking looks at it; money in 1/10,000 of the currency."""

    site: str
    tier: str
    part: str
    part_class: str = "all"
    price: int = 0
    cost: int = 0


@dataclass(frozen=True, eq=False)
class LevelTable:
    """Numbers by site and part, from a table: what each row says, and where."""

    rows: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], Mark] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.rows)


class Stocking(Strict):
    """Settings from the general to the special: default, tiers, classes, sites, rules, levels."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    default: Settings = Field(default=Settings(), examples=[{"policy": "base-stock", "target": "95 %"}])
    """What holds where nothing else is said."""
    tiers: dict[Name, Settings] = Field(default={}, examples=[{"central": {"target": "97 %"}}])
    """By tier."""
    classes: dict[Name, Settings] = Field(default={}, examples=[{"slow": {"target": "90 %"}}])
    """By part class."""
    sites: dict[Name, Settings] = Field(default={}, examples=[{"lyon": {"review": "1 d"}}])
    """By site."""
    rules: tuple[Rule, ...] = Field(
        default=(), examples=[[{"when": {"tier": "dealer", "class": "slow"}, "policy": "none"}]]
    )
    """The first that fits wins."""
    levels: LevelTable = Field(default=LevelTable(), examples=["levels.csv"])
    """A table of numbers by site and part."""

    _policies: dict[Any, Any] = PrivateAttr(default_factory=dict)
    _settings: dict[Any, Any] = PrivateAttr(default_factory=dict)

    def settings(self, point: Point) -> Mapping[str, Any]:
        """The fields in force at a point, the special ones replacing the general."""
        rule = next((index for index, rule in enumerate(self.rules) if rule.when.fits(point)), -1)
        key = (point.tier, point.part_class, point.site if point.site in self.sites else None, rule)
        found = self._settings.get(key)
        if found is None:
            found = {}
            for layer in self.layers(point, rule):
                found = overlay(found, layer.given())
            self._settings[key] = found
        row = self.levels.rows.get((point.site, point.part)) if self.levels.rows else None
        return found if row is None else overlay(found, row)

    def layers(self, point: Point, rule: int = -1) -> list[Settings]:
        """The settings that apply to a point, the general ones first."""
        layers = [self.default]
        for named, name in (
            (self.tiers, point.tier),
            (self.classes, point.part_class),
            (self.sites, point.site),
        ):
            if name in named:
                layers.append(named[name])
        return layers + ([self.rules[rule]] if rule >= 0 else [])

    def policy(self, point: Point) -> Any:
        """The policy of a point; ValueError where the settings do not make one."""
        settings = usable(self.settings(point))
        key = tuple(sorted((name, repr(value)) for name, value in settings.items()))
        if key not in self._policies:
            self._policies[key] = read_policy(settings)
        return self._policies[key]


def overlay(general: Mapping[str, Any], special: Mapping[str, Any]) -> dict[str, Any]:
    """The general fields with the special ones over them.

    Another policy drops what was inherited but target, cover and review. Numbers, cover and target replace
    each other.
    """
    inherited = dict(general)
    other = special.get("policy")
    if other is not None and other != general.get("policy", "base-stock"):
        inherited = {name: value for name, value in inherited.items() if name in KEPT}
    if any(name in special for source in SOURCES for name in source):
        for source in SOURCES:
            if not any(name in special for name in source):
                for name in source:
                    inherited.pop(name, None)
    return {**inherited, **special}


def usable(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the policy takes: what is inherited but means nothing to it is left out."""
    known = BUILT_IN.get(str(settings.get("policy", "base-stock")))
    if known is None:
        return {name: value for name, value in settings.items() if name not in BESIDE}
    return {name: value for name, value in settings.items() if name in known or name == "policy"}
