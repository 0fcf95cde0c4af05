"""The scenario: everything the analyst wrote, checked, with its units gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, PrivateAttr, WithJsonSchema

from simnet.errors import shorten
from simnet.leadtime import LeadTime
from simnet.scenario.limits import Limit
from simnet.scenario.nodes import Mark
from simnet.scenario.order_classes import OrderClass
from simnet.scenario.parts import PartTable
from simnet.scenario.precision import Precision
from simnet.scenario.sites import SUPPLIERS, Dealer, Lane, Name, Strict, Supplier, Warehouse
from simnet.scenario.spans import CivilSpan, Day, Span, parse_date
from simnet.scenario.stocking import Stocking
from simnet.units import Duration, Money, MoneyPerDay, MoneyPerKg, SharePer, parse_quantity

if TYPE_CHECKING:
    from simnet.scenario.load import Book
    from simnet.scenario.sourcing import Sourcing

VERSION = 1
"""The version of the scenario language that this program reads."""


def _bounded(least: int, most: int, what: str) -> Any:
    def parse(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            number = value
        else:
            text = str(value).strip()
            number = int(text) if text.isdecimal() and text.isascii() and len(text) < 20 else parse_quantity(value)
        if not least <= number <= most:
            raise ValueError(f"{what} must be from {least} to {most}")
        return number

    return BeforeValidator(parse)


def _version(value: object) -> int:
    text = str(value).strip()
    if text == str(VERSION):
        return VERSION
    raise ValueError(f"must be {VERSION}, the version of the scenario language, not {shorten(text)}")


def _currency(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not (len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()):
        raise ValueError(f"must be a currency of three letters, such as EUR, not {shorten(value)}")
    return text


def _word(value: object) -> str:
    """A name, whose fitness for a folder is checked with those of the designs."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a name, such as two-tier")
    return value.strip()


_WHOLE = WithJsonSchema({"type": "integer", "minimum": 0})
Currency = Annotated[str, BeforeValidator(_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})]


class Run(Strict):
    """How long is simulated, and how often."""

    start: Day = Field(default=parse_date("2026-01-01"), examples=["2026-01-01"])
    """The first day, warm-up included."""
    warm_up: Span = CivilSpan(0, "min")
    """Time at the start that is not measured."""
    length: Span = CivilSpan(1, "y")
    """Time that is measured."""
    replications: Annotated[int, _bounded(1, 100_000, "replications"), _WHOLE] = Field(default=1, examples=[10])
    """How often the run is repeated under other chance; the fewest, where a precision is asked."""
    precision: dict[str, Precision] = Field(default={}, examples=[{"fill.line": "0.2 pt", "cost.year": "1 %"}])
    """Half widths asked of figures, such as `{fill.line: 0.2 pt}`: replications are added until they are reached."""
    most_replications: Annotated[int, _bounded(2, 100_000, "the most replications"), _WHOLE] = Field(
        default=200, examples=[500]
    )
    """Where adding replications for a precision ends."""
    seed: Annotated[int, _bounded(0, 2**63 - 1, "the seed"), _WHOLE] = Field(default=1, examples=[7])
    """Names the chance: the same seed gives the same demand and the same lead times."""
    windows: tuple[Annotated[Duration, Field(ge=1)], ...] = Field(default=(), examples=[["12 h", "14 d"]])
    """Further waits to report the fill within, such as `[12 h, 14 d]`."""
    engine: Literal["auto", "simpy", "compiled"] = "auto"
    """The clock that runs it."""


class Costs(Strict):
    """What holding, ordering and waiting cost."""

    holding: Annotated[SharePer, Field(ge=0)] = 0.0
    """Share of the stock value per time, such as `22 %/y`."""
    order: Money = 0
    """Money per replenishment order line."""
    rush: Money = 0
    """Money per customer's line that the dealer passes on, beside surcharge and freight."""
    backorder: MoneyPerDay = 0
    """Money per day and piece owed to a customer."""
    transport: MoneyPerKg = 0
    """Freight per kilogram on lanes that name no cost."""


@dataclass(frozen=True)
class Expectation:
    """What `simnet test` holds a figure to, and where that is written."""

    kpi: str
    limit: Limit
    file: str = ""
    line: int = 0
    mark: Mark | None = field(default=None, repr=False)
    """The place of the figure's name."""
    limit_mark: Mark | None = field(default=None, repr=False)
    """The place of its limit."""


@dataclass(frozen=True, eq=False)
class OpeningTable:
    """Stock at the start by (site, part): pieces on hand, on order, owed to customers."""

    rows: Mapping[tuple[str, str], tuple[int, int, int]] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], Mark] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Change:
    """What a design does to one value: as written before and after; None where there is none."""

    path: str
    old: str | None
    new: str | None

    def __str__(self) -> str:
        return f"{self.path}: {self.old or '(none)'} → {self.new or '(removed)'}"


class Scenario(Strict):
    """A network, its parts, its demand and its stocking: one design, ready to build."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    simnet: Annotated[int, BeforeValidator(_version), WithJsonSchema({"const": VERSION})]
    """The version of the scenario language: 1."""
    name: Annotated[str, BeforeValidator(_word), WithJsonSchema({"type": "string", "minLength": 1})] = Field(
        default="scenario", examples=["two-tier"]
    )
    """The scenario's name; the name of its file if left out."""
    about: str = Field(default="", examples=["Two regional warehouses, or one central that flies everything?"])
    """What it is about, in a sentence or two."""
    money: Currency = Field(default="EUR", examples=["EUR"])
    """The currency of all amounts."""
    run: Run = Field(default=Run(), examples=[{"warm_up": "1 y", "length": "3 y", "replications": 10}])
    """How long is simulated, and how often."""
    suppliers: dict[Name, Supplier] = Field(default={}, examples=[{"factory": {"lead_time": "45 d"}}])
    """Where parts come from, by name."""
    warehouses: dict[Name, Warehouse] = Field(
        default={}, examples=[{"gent": {"tier": "central", "refilled_by": "factory"}}]
    )
    """The sites that refill others, by name."""
    dealers: dict[Name, Dealer] = Field(default={}, examples=[{"lyon": {"served_by": "gent", "lead_time": "2 d"}}])
    """The sites that meet customers, by name."""
    lanes: dict[Name, dict[Name, Lane]] = Field(
        default={}, examples=[{"gent": {"lyon": {"mode": "road", "lead_time": "2 d"}}}]
    )
    """The ways between sites: from, to."""
    parts: PartTable = Field(examples=[{"filter": {"cost": "12.40 EUR", "price": "23.00 EUR"}}])
    """The parts, by number."""
    demand: tuple[Any, ...] = Field(examples=[[{"part": "filter", "orders": "2 per month"}]])
    """What customers ask."""
    order_classes: dict[Name, OrderClass] = Field(default={}, examples=[{"vor": {"need_by": "24 h"}}])
    """Order classes by name; `stock` (replenishment), `day` (customers) and `vor` (machine off road) are built in."""
    stocking: Stocking = Field(default=Stocking(), examples=[{"default": {"target": "95 %"}}])
    """What is stocked where, and how it is reordered."""
    opening: OpeningTable | None = Field(default=None, examples=["opening.csv"])
    """Stock at the start; left out: every site starts full."""
    costs: Costs = Field(default=Costs(), examples=[{"holding": "22 %/y", "order": "6 EUR"}])
    """What holding, ordering and waiting cost."""
    designs: tuple[str, ...] = ()
    """The designs by name, this file itself first."""
    expect: tuple[Expectation, ...] = ()
    """What `simnet test` holds this file to."""
    variant: str = ""
    """The design that this is; the scenario's name for the file itself."""

    _book: Book | None = PrivateAttr(default=None)
    _adopted: frozenset[str] = PrivateAttr(default=frozenset())
    _unreferred: tuple[tuple[str, str], ...] = PrivateAttr(default=())
    _sourcing: Sourcing | None = PrivateAttr(default=None)
    _mark: Callable[..., Mark | None] | None = PrivateAttr(default=None)
    _common: dict[str, Any] | None = PrivateAttr(default=None)

    def design(self, name: str) -> Scenario:
        """The scenario of one design: this file plus the design's changes."""
        if self._book is None:
            raise ValueError("this scenario was not read from a file")
        return self._book.scenario(name)

    def changes(self, name: str | None = None) -> list[Change]:
        """What a design changes, old to new, the `--set` of the command line included."""
        if self._book is None:
            return []
        return self._book.changes(name if name is not None else self.variant)

    def written(self) -> dict[str, Any]:
        """The scenario as plain maps, lists and texts, with the design's changes in and the designs out."""
        return self._book.written(self.variant) if self._book is not None else {}

    def content(self) -> dict[str, Any]:
        """What it says, whatever files say it: as `written`, with a hash of its cells for every table."""
        return self._book.content(self.variant) if self._book is not None else {}

    @property
    def book(self) -> Book | None:
        """The file that it was read from, with its designs."""
        return self._book

    @property
    def files(self) -> tuple[Path, ...]:
        """The files it was read from, the scenario first."""
        return self._book.files if self._book is not None else ()

    def mark(self, *loc: str | int) -> Mark | None:
        """Where the value at `loc` is written."""
        return self._mark(*loc) if self._mark is not None else None

    def unread(self) -> Scenario:
        """The same network without the files it was read from: small, and able to go to another process."""
        found = self.model_copy(update={"expect": ()})
        found._book = found._mark = None
        return found

    def trunk(self) -> Scenario:
        """The same, unread, to cut slices from: they share what they have in common (`once`), and their sourcing."""
        found = self.unread()
        found._common, found._sourcing = {}, found.sourcing
        return found

    @property
    def common(self) -> dict[str, Any] | None:
        """What slices have in common; None where this is none."""
        return self._common

    def bare(self) -> Scenario:
        """The same without its sourcing, which refers to more than it."""
        found = self.model_copy()
        found._sourcing = None
        return found

    @property
    def adopted(self) -> frozenset[str]:
        """Sites that a removed warehouse left to its source, with the lead time they had from that warehouse."""
        return self._adopted

    @property
    def unreferred(self) -> tuple[tuple[str, str], ...]:
        """Warehouses that refer no more to one that is removed: (who, to whom)."""
        return self._unreferred

    @property
    def sourcing(self) -> Sourcing:
        """Who is asked when a site is short."""
        if self._sourcing is None:
            from simnet.scenario.sourcing import Sourcing

            self._sourcing = Sourcing(self, self.order_classes)
        return self._sourcing

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know of this design before its figures, in sentences."""
        from simnet.scenario.remarks import remarks

        return remarks(self)

    def source_of(self, site: str) -> str:
        """The warehouse or supplier that refills a site, or the word `suppliers`."""
        if site in self.dealers:
            return self.dealers[site].served_by
        return self.warehouses[site].refilled_by

    def lane(self, source: str, site: str) -> Lane | None:
        """The lane between two sites, if one is written."""
        return self.lanes.get(source, {}).get(site)

    def lead_time(self, site: str, source: str) -> LeadTime | None:
        """The lead time into `site` from a source; from a supplier, a part's own one comes first.

        The lane's, else the site's, else the supplier's; the time that a site had from a warehouse that is
        removed is not that of a supplier.
        """
        lane = self.lane(source, site)
        here = self.dealers[site] if site in self.dealers else self.warehouses[site]
        supplier = self.suppliers.get(source)
        if lane is not None and lane.lead_time is not None:
            return lane.lead_time
        if here.lead_time is not None and (supplier is None or site not in self._adopted):
            return here.lead_time
        return supplier.lead_time if supplier is not None else None

    def tier_of(self, site: str) -> str:
        """The tier of a site."""
        return self.dealers[site].tier if site in self.dealers else self.warehouses[site].tier

    def sites_at(self, at: tuple[str, ...]) -> list[str]:
        """The sites that `at:` names (sites, tiers, or `dealers`), each once, in file order."""
        wanted = set(at)
        return [
            site
            for site in (*self.warehouses, *self.dealers)
            if site in wanted or (self.tier_of(site) in wanted) or ("dealers" in wanted and site in self.dealers)
        ]


__all__ = ["SUPPLIERS", "Change", "Costs", "Expectation", "OpeningTable", "Run", "Scenario"]
