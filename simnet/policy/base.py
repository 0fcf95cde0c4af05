"""What all stocking policies share: the fields, the checks, and levels of one item from levels of many."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Annotated, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema, model_validator

from simnet.errors import shorten
from simnet.planning.item import Item, Items, LevelArrays, Levels
from simnet.units import Duration, Share, parse_quantity

LOWEST = -1_000_000_000


def parse_trigger(value: object) -> int:
    """A whole number of pieces; under 0 it is what may be owed before an order is worth placing."""
    text = str(value).strip()
    if not text.startswith("-"):
        return parse_quantity(value)
    if not text[1:2].isdecimal():
        raise ValueError(f"must be a whole number of pieces, not {shorten(text)}")
    return -parse_quantity(text[1:])


Trigger = Annotated[
    int, BeforeValidator(parse_trigger), WithJsonSchema({"anyOf": [{"type": "integer", "minimum": LOWEST}]})
]


class StockingPolicy(BaseModel):
    """Base of the policies, and of one's own where the keys of its YAML map are to be checked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    numbers: ClassVar[tuple[str, ...]] = ()
    """The fields that together are the policy's own numbers."""

    review: Duration = 0
    """Time between reviews (`1 w`); 0 or left out: the position is watched all the time."""

    @model_validator(mode="after")
    def _one_source(self) -> StockingPolicy:
        """Exactly one of numbers, cover, target says how much."""
        given = self._sources()
        if not self.numbers or len(given) == 1 and not self._lacking():
            return self
        word = " and ".join(self.numbers)
        if len(given) > 1:
            raise ValueError(f"{' and '.join(given)} contradict each other; keep one of them")
        if given:
            raise ValueError(f"{given[0]} needs {' and '.join(self._lacking())} beside it")
        raise ValueError(f"needs one of {word}, cover, target, such as 'target: 95 %'")

    def _sources(self) -> list[str]:
        """The fields given that say how much, the numbers counting as one."""
        given = [name for name in self.numbers if getattr(self, name) is not None][:1]
        return given + [name for name in ("cover", "target") if getattr(self, name, None) is not None]

    def _lacking(self) -> list[str]:
        """The numbers still missing when some are given."""
        missing = [name for name in self.numbers if getattr(self, name) is None]
        return missing if len(missing) < len(self.numbers) else []


class Leveled(StockingPolicy, ABC):
    """A policy compiled to levels, for many points at once."""

    def levels(self, item: Item) -> Levels:
        """The four numbers for one part at one site."""
        trigger, up_to, lot = self.levels_for(Items.one(item))
        return Levels(int(trigger[0]), int(up_to[0]), int(lot[0]), self.review)

    @abstractmethod
    def levels_for(self, items: Items) -> LevelArrays:
        """Trigger, up-to and lot of all items at once."""


class Sized(Leveled):
    """A policy that can also be sized by a cover time or a service target."""

    cover: Duration | None = None
    """Stock for this long at mean demand, on top of the lead time and the review (`30 d`)."""
    target: Share | None = None
    """Smallest level whose unit fill (pieces served at once) reaches this share (`95 %`)."""

    @model_validator(mode="after")
    def _reachable_target(self) -> Sized:
        """A target is above 0 % and below 100 %: no finite stock serves every piece of random demand."""
        if self.target is not None and not 0 < self.target < 1:
            raise ValueError("target must be above 0 % and below 100 %, such as '98 %'")
        return self
