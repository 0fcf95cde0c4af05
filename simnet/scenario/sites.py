"""Where things are and how they travel: suppliers, warehouses, dealers and lanes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from simnet.errors import shorten
from simnet.leadtime import LeadTime
from simnet.scenario.hours import Departures, Shipping, Working
from simnet.units import Duration, Money, MoneyPerKg, Number, Quantity

SUPPLIERS = "suppliers"
"""The word that means: the supplier of each part."""

_PLACE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "examples": ["Gent BE"]},
        {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    ]
}
MOST_FOLDER = 100
_BOOLEANS = {"true": True, "false": False, "yes": True, "no": False}


class Strict(BaseModel):
    """A part of the scenario: frozen, and a key that is not known is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def parse_place(value: object) -> str | tuple[float, float]:
    """A place by name, or latitude and longitude in degrees."""
    if isinstance(value, str):
        if not value.strip() or len(value) > 100:
            raise ValueError("must be a place such as 'Gent BE', or [51.05, 3.73]")
        return value.strip()
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise ValueError("must be a place such as 'Gent BE', or [latitude, longitude]")
    try:
        latitude, longitude = float(value[0]), float(value[1])
    except (TypeError, ValueError):
        raise ValueError(f"must be [latitude, longitude] in degrees, not {shorten(value)}") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("latitude is from -90 to 90, longitude from -180 to 180")
    return latitude, longitude


def parse_flag(value: object) -> bool:
    """`true` or `false`."""
    if isinstance(value, bool):
        return value
    if str(value).lower() not in _BOOLEANS:
        raise ValueError(f"must be true or false, not {shorten(value)}")
    return _BOOLEANS[str(value).lower()]


def parse_name(value: object) -> str:
    """A name on one line, 1 to 200 characters, without spaces around it."""
    if not isinstance(value, str):
        raise ValueError("must be a name, not a map or a list")
    name = value.strip()
    if not name:
        raise ValueError("is empty; a name is due here")
    if len(name) > 200 or not name.isprintable():
        raise ValueError(f"must be a name of at most 200 printable characters, not {shorten(name)}")
    return name


def parse_sites(value: object) -> object:
    """Names in a list; a text holds one name, or several with semicolons between."""
    if isinstance(value, str):
        return [name.strip() for name in value.split(";")]
    return value if isinstance(value, (list, tuple)) else [value]


def folder_fault(name: str) -> str | None:
    """What keeps a name from being that of a folder, or None."""
    if len(name) > MOST_FOLDER:
        return f"the name is too long: it has {len(name)} characters, and may have {MOST_FOLDER}"
    if not name.isprintable() or set(name) & set('/\\:*?"<>|') or name.startswith("."):
        return f"the name {shorten(name)} cannot name a folder; use letters, digits, - and _"
    return None


Place = Annotated[str | tuple[float, float], BeforeValidator(parse_place), WithJsonSchema(_PLACE_SCHEMA)]
"""`Gent BE`, or latitude and longitude."""
Flag = Annotated[bool, BeforeValidator(parse_flag), WithJsonSchema({"type": "boolean"})]
"""`true` or `false`."""
Name = Annotated[str, BeforeValidator(parse_name), WithJsonSchema({"type": "string", "minLength": 1})]
"""A name on one line."""
Referral = Annotated[
    tuple[Name, ...],
    BeforeValidator(parse_sites),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""Warehouses in order; in a table's cell with semicolons between."""
Allocation = Literal["first come", "rank", "fair share"]
"""Who is served first when stock is short."""


class Supplier(Shipping, Strict):
    """Where parts come from; it never runs out."""

    at: Place | None = None
    """Where it is: `Gothenburg SE`, or [latitude, longitude]."""
    lead_time: LeadTime | None = Field(default=None, examples=[{"mean": "45 d", "cv": 0.5}])
    """From order to receipt at the warehouse, unless the part or the lane says otherwise."""
    minimum_order: Quantity = Field(default=1, ge=1, examples=[10])
    """Fewest pieces on one order line."""
    order_every: Duration | None = Field(default=None, examples=["1 w"])
    """How often it takes orders: a site's lines of that time leave together; left out: at any time."""
    minimum_order_value: Money = Field(default=0, examples=["5000 EUR"])
    """Least value of a site's order, all parts together, at their cost; what is worth less is held for the next."""
    hold_at_most: Duration | None = Field(default=None, examples=["4 w"])
    """How long an order is held; then it is sent whatever its value. Left out: until it is worth enough."""


class Warehouse(Working, Strict):
    """A site that stocks parts and refills others."""

    tier: Name = Field(default="warehouse", examples=["central"])
    """Its level in the network: central, regional, support, or a word of one's own."""
    at: Place | None = None
    """Where it is: `Gent BE`, or [latitude, longitude]."""
    refilled_by: Name = Field(examples=["factory"])
    """The warehouse or supplier it orders from; `suppliers`: the supplier of each part."""
    lead_time: LeadTime | None = Field(default=None, examples=[{"mean": "5 d", "cv": 0.3}])
    """From the shipment at its source to receipt here, unless the lane says otherwise."""
    allocation: Allocation | None = None
    """Who is served first when stock is short; left out: first come, or by rank where stock is kept in reserve."""
    push: Flag = Field(default=False, examples=[True])
    """Whether what a receipt leaves is offered at once to the sites it refills, neediest first."""
    refers_to: Referral = Field(default=(), examples=[["milan"]])
    """The warehouses asked next, in order, when this one is short (`referral` in a sourcing list)."""
    pool: Name | None = Field(default=None, examples=["south"])
    """The sisters it helps and is helped by (`lateral` in a sourcing list)."""
    hold_back: Quantity = Field(default=0, examples=[1])
    """Pieces it keeps for its own when sisters, or customers of other warehouses, ask."""
    balance: Duration | None = Field(default=None, examples=["1 w"])
    """How often it looks for stock at its sisters when it is out; left out: never."""


class Dealer(Working, Strict):
    """A site that meets customers."""

    at: Place | None = None
    """Where it is: `Lyon FR`, or [latitude, longitude]."""
    served_by: Name = Field(examples=["gent"])
    """The warehouse (or supplier) it orders from."""
    lead_time: LeadTime | None = Field(default=None, examples=["2 d"])
    """From the shipment at its source to receipt here, unless the lane says otherwise."""
    share: Number = Field(default=1.0, examples=[2])
    """Weight among the dealers when a total demand is split."""
    tier: Name = Field(default="dealer", examples=["dealer"])
    """Its level in the network."""
    allocation: Allocation | None = None
    """Who is served first when stock is short; left out: first come, or by rank where stock is kept in reserve."""
    pool: Name | None = Field(default=None, examples=["south"])
    """The sisters it helps and is helped by (`lateral` in a sourcing list)."""
    hold_back: Quantity = Field(default=0, examples=[1])
    """Pieces it keeps for its own customers when sisters ask."""
    balance: Duration | None = Field(default=None, examples=["1 w"])
    """How often it looks for stock at its sisters when it is out; left out: never."""
    stock: Literal["independent", "managed", "consigned"] = "independent"
    """Whose stock it is, and who sets its levels: its own; its own, but the maker sets the levels; the maker's."""


class LaneClass(Strict):
    """What is otherwise on a lane for one order class."""

    mode: Name | None = Field(default=None, examples=["air"])
    """road, sea, air, or a word of one's own."""
    lead_time: LeadTime | None = Field(default=None, examples=["1 d"])
    """From source to customer."""
    cost: MoneyPerKg | None = None
    """Freight per kilogram."""
    shipment_cost: Money | None = None
    """Freight per shipment."""
    departures: Departures | None = None
    """When lots leave, such as `mon-fri 18:00`; left out: as the lane says."""


class Lane(Strict):
    """The way from one site to another."""

    lead_time: LeadTime | None = Field(default=None, examples=[{"mean": "28 d", "cv": 0.3}])
    """From shipment to receipt; it wins over the receiving site's own lead time."""
    cost: MoneyPerKg | None = None
    """Freight per kilogram."""
    shipment_cost: Money = Field(default=0, examples=["40 EUR"])
    """Freight per shipment."""
    mode: Name = Field(default="road", examples=["sea"])
    """road, sea, air, or a word of one's own."""
    crossing: Flag = Field(default=True, examples=[False])
    """Whether a later shipment may arrive before an earlier one."""
    departures: Departures | None = None
    """When lots leave, such as `mon-fri 18:00`, in the time zone of its source; left out: when they are ready."""
    classes: dict[Name, LaneClass] = Field(default={}, examples=[{"vor": {"mode": "air", "lead_time": "1 d"}}])
    """What is otherwise for lines of some order classes that are passed on."""
